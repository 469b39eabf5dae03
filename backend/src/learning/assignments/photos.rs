//! Photos for assignments: they come in from the learner, lie sealed, and each look of a teacher at one is audited.

use super::{
    OwnActivity,
    mark::{self, LookAtHandIn},
    views::photos_of,
};
use crate::{
    access::{Actor, Permit},
    learning::{entity::assignment_photo, store, study::StudyCourses},
    media,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{ActivityId, AssignmentPhotoId, HandInId},
    learning::{AssignmentPhotoView, MAX_HAND_IN_PHOTO_SIDE, may_send_photo},
};

/// Photos.
pub(in crate::learning) const SEALED: SealedColumn = SealedColumn {
    table: "assignment_photo",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(AssignmentPhotoId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo is sealed for.
fn bound_to(id: AssignmentPhotoId) -> String {
    format!("assignment_photo {id}")
}

/// Sees that an assignment of the learner takes photos, before the photo itself is read.
///
/// # Errors
/// `not-found` if no class of the learner studies it; the field `/photo` if it takes none.
pub(super) async fn may_add(cx: &Services, permit: &Permit<StudyCourses>, id: ActivityId) -> AppResult<()> {
    match OwnActivity::find(cx, *permit.target(), id, None).await?.takes.photos {
        0 => Err(AppError::field("/photo", "too-many")),
        _ => Ok(()),
    }
}

/// Keeps a photo for an assignment, to be handed in. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/photo` if it is none; `wrong-state` if very many were sent.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    activity_id: ActivityId,
    bytes: Vec<u8>,
) -> AppResult<AssignmentPhotoView> {
    let account_id = *permit.target();
    let request = (activity_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_HAND_IN_PHOTO_SIDE, "/photo").await?;
    let id: AssignmentPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    let id = cx
        .db
        .write(permit, async |tx| {
            once(tx, account_id, key, &request, async || {
                store::lock_learner(tx.conn(), account_id).await?;
                let sent = store::count_assignment_photos(tx.conn(), account_id, activity_id).await?;
                may_send_photo(sent).map_err(AppError::refused)?;
                let content = content.clone();
                let photo = assignment_photo::Model { id, account_id, activity_id, content, added_at: tx.now() };
                store::insert_assignment_photo(tx.conn(), photo).await?;
                tx.note("photo", id.to_string());
                Ok(id)
            })
            .await
        })
        .await?;
    Ok(AssignmentPhotoView { id })
}

/// A photo of the learner's own, as JPEG.
///
/// # Errors
/// `not-found` if it is none of theirs.
pub(super) async fn own(cx: &Services, permit: &Permit<StudyCourses>, id: AssignmentPhotoId) -> AppResult<Vec<u8>> {
    let row = store::find_assignment_photo(cx.db.read(), id).await?;
    let row = row.filter(|row| row.account_id == *permit.target()).ok_or_else(AppError::not_found)?;
    cx.keys.fields.open_bytes(&bound_to(id), &row.content)
}

/// A photo of a hand-in, as JPEG. Who looked, and at which, is audited.
///
/// # Errors
/// `not-found`, also if the hand-in has no such photo.
pub(super) async fn look(
    cx: &Services,
    actor: &Actor,
    (hand_in, id): (HandInId, AssignmentPhotoId),
) -> AppResult<Vec<u8>> {
    let permit = mark::permit::<LookAtHandIn>(cx, actor, hand_in).await?;
    let (row, _) = store::find_hand_in(cx.db.read(), hand_in).await?.ok_or_else(AppError::not_found)?;
    if !photos_of(&row)?.contains(&id) {
        return Err(AppError::not_found());
    }
    cx.db
        .write(&permit, async |tx| {
            let photo = store::find_assignment_photo(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("photo", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &photo.content)
        })
        .await
}
