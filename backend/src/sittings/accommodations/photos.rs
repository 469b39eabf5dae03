//! The photo of a paper: it comes in from who applied, lies sealed, and each look of a bureau at it is audited.

use super::{
    ApplyForAccommodation, CheckAccommodation, ConfirmAccommodation, own, permit, permit_own, state_of, visible,
};
use crate::{
    access::{Action, Actor, Permit},
    media,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
    sittings::{entity::accommodation_photo, store},
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccommodationId, AccommodationPhotoId},
    sittings::{AccommodationView, MAX_ACCOMMODATION_PHOTO_SIDE, may_add_paper, may_add_photo},
};

/// Photos.
pub(in crate::sittings) const SEALED: SealedColumn = SealedColumn {
    table: "accommodation_photo",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(AccommodationPhotoId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo is sealed for.
fn bound_to(id: AccommodationPhotoId) -> String {
    format!("accommodation_photo {id}")
}

/// Lets who applied add a photo, before the photo itself is read.
///
/// # Errors
/// `not-found` for another's, `wrong-state` once somebody has decided.
pub(super) async fn permit_to_add(
    cx: &Services,
    actor: &Actor,
    id: AccommodationId,
) -> AppResult<Permit<ApplyForAccommodation>> {
    let permit = permit_own(cx, actor, id).await?;
    let row = store::find_accommodation(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    may_add_paper(state_of(&row)?).map_err(AppError::refused)?;
    Ok(permit)
}

/// Adds a photo, which counts from then on. A repeat with the same key adds it once.
///
/// # Errors
/// The field `/photo` if it is none; `wrong-state` once somebody has decided, or if very many were added.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<ApplyForAccommodation>,
    key: &IdempotencyKey,
    bytes: Vec<u8>,
) -> AppResult<Vec<AccommodationView>> {
    let (accommodation_id, added_by) = (*permit.target(), permit.person()?);
    let request = (accommodation_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_ACCOMMODATION_PHOTO_SIDE, "/photo").await?;
    let id: AccommodationPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                let row = store::lock_accommodation(tx.conn(), accommodation_id).await?;
                may_add_paper(state_of(&row.ok_or_else(AppError::not_found)?)?).map_err(AppError::refused)?;
                let added = store::count_accommodation_photos(tx.conn(), accommodation_id).await?;
                may_add_photo(added).map_err(AppError::refused)?;
                let content = content.clone();
                let row = accommodation_photo::Model { id, accommodation_id, content, added_by, added_at: tx.now() };
                store::insert_accommodation_photo(tx.conn(), row).await?;
                tx.note("photo", id.to_string());
                store::set_accommodation_photo(tx.conn(), accommodation_id, id).await?;
                Ok(id)
            })
            .await
        })
        .await?;
    own::accommodations_of(cx, added_by).await
}

/// The photo, as JPEG, for a bureau that decides. Who looked, and at which, is audited.
///
/// # Errors
/// `not-found`, also if there is none.
pub(super) async fn look(cx: &Services, actor: &Actor, id: AccommodationId) -> AppResult<Vec<u8>> {
    let photo = visible(cx, actor, id).await?.photo_id;
    match permit::<CheckAccommodation>(cx, actor, id).await {
        Ok(permit) => shown(cx, &permit, photo).await,
        Err(_) => shown(cx, &permit::<ConfirmAccommodation>(cx, actor, id).await?, photo).await,
    }
}

async fn shown<A: Action>(
    cx: &Services,
    permit: &Permit<A>,
    photo: Option<AccommodationPhotoId>,
) -> AppResult<Vec<u8>> {
    let id = photo.ok_or_else(AppError::not_found)?;
    cx.db
        .write(permit, async |tx| {
            let row = store::find_accommodation_photo(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("photo", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &row.content)
        })
        .await
}
