//! Photos of signed rolls: they come in from a teacher's phone, lie sealed, and each look at them is audited.

use super::{
    entity::{meeting, roll_photo},
    store::{self, PhotoFacts},
    views,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    identity, learning, media,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{MeetingId, RollPhotoId},
    people::check_reason,
    teaching::{MAX_ROLL_PHOTO_SIDE, MAX_ROLL_PHOTOS, MeetingState, RollPhotoRemoval, RollPhotoView, TimetableRefusal},
};

actions! {
    /// Add photos of a meeting's roll, and take them away.
    KeepRollPhotos(MeetingId) = TakeAttendance;
    /// Look at a photo of a meeting's roll.
    LookAtRoll(MeetingId) = ReadClasses;
}

/// Photos.
pub(super) const SEALED: SealedColumn = SealedColumn {
    table: "roll_photo",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(RollPhotoId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo is sealed for.
fn bound_to(id: RollPhotoId) -> String {
    format!("roll_photo {id}")
}

/// Lets the actor do something to the photos of a meeting; who may not see its class learns nothing of it.
async fn permit<A: Action<Target = MeetingId>>(
    cx: &Services,
    actor: &Actor,
    id: MeetingId,
) -> AppResult<(Permit<A>, meeting::Model)> {
    let (class, meeting) = views::seen(cx, actor, id).await?;
    Ok((authorize(actor, id, &class.place())?, meeting))
}

/// Lets the actor add a photo, before the photo itself is read.
///
/// # Errors
/// `not-found`, `forbidden`, or that the meeting was cancelled.
pub(super) async fn permit_to_add(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<Permit<KeepRollPhotos>> {
    let (permit, meeting) = permit(cx, actor, id).await?;
    if meeting.state == MeetingState::Cancelled.as_str() {
        return Err(AppError::refused(TimetableRefusal::Cancelled));
    }
    Ok(permit)
}

/// Adds a photo. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/photo` if it is none; too many of them.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<KeepRollPhotos>,
    key: &IdempotencyKey,
    bytes: Vec<u8>,
) -> AppResult<RollPhotoView> {
    let (meeting_id, added_by) = (*permit.target(), permit.person()?);
    let request = (meeting_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_ROLL_PHOTO_SIDE, "/photo").await?;
    let id: RollPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    let pixels = |number: u32| i32::try_from(number).map_err(AppError::internal);
    let (width, height) = (pixels(photo.width)?, pixels(photo.height)?);
    let bytes = i32::try_from(photo.content.len()).map_err(AppError::internal)?;
    let added = cx
        .db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                let meeting = store::find_meeting(tx.conn(), meeting_id).await?.ok_or_else(AppError::not_found)?;
                // Who adds the last one queues at the class.
                learning::lock_class(tx, meeting.class_id).await?;
                if store::count_photos(tx.conn(), meeting_id).await? >= MAX_ROLL_PHOTOS as u64 {
                    return Err(AppError::field("/photo", "too-many"));
                }
                let row = roll_photo::Model {
                    id,
                    meeting_id,
                    content: content.clone(),
                    width,
                    height,
                    bytes,
                    added_by,
                    added_at: tx.now(),
                    removed_by: None,
                    removed_at: None,
                    removed_because: String::new(),
                };
                store::insert_photo(tx.conn(), row).await?;
                tx.note("photo", id.to_string());
                Ok(id)
            })
            .await
        })
        .await?;
    list(cx, meeting_id).await?.into_iter().find(|photo| photo.id == added).ok_or_else(AppError::not_found)
}

/// The photos of a meeting's roll, for who may see its class.
///
/// # Errors
/// `not-found`.
pub(super) async fn of_meeting(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<Vec<RollPhotoView>> {
    views::seen(cx, actor, id).await?;
    list(cx, id).await
}

async fn list(cx: &Services, id: MeetingId) -> AppResult<Vec<RollPhotoView>> {
    let photos = store::list_photos(cx.db.read(), id).await?;
    let people: Vec<_> = photos.iter().map(|(_, _, _, _, added_by, _)| *added_by).collect();
    let names = identity::names_of(cx, &people).await?;
    let size = |number: i32| u32::try_from(number).map_err(AppError::internal);
    let view = |(id, width, height, bytes, added_by, added_at): PhotoFacts| {
        Ok(RollPhotoView {
            id,
            width: size(width)?,
            height: size(height)?,
            bytes: size(bytes)?,
            added_by_name: names.get(&added_by).cloned().unwrap_or_default(),
            added_at,
        })
    };
    photos.into_iter().map(view).collect()
}

/// Takes a photo away that proves nothing.
///
/// # Errors
/// `not-found`, `forbidden`, or the field `/reason`.
pub(super) async fn remove(
    cx: &Services,
    actor: &Actor,
    (meeting_id, id): (MeetingId, RollPhotoId),
    request: &RollPhotoRemoval,
) -> AppResult<()> {
    let (permit, _) = permit::<KeepRollPhotos>(cx, actor, meeting_id).await?;
    let because = check_reason(&request.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            store::find_photo(tx.conn(), meeting_id, id).await?.ok_or_else(AppError::not_found)?;
            tx.note("removed", id.to_string());
            store::remove_photo(tx.conn(), id, (by, tx.now(), &because)).await
        })
        .await
}

/// The photo, as JPEG. Who looked, and at which, is audited.
///
/// # Errors
/// `not-found`.
pub(super) async fn look(
    cx: &Services,
    actor: &Actor,
    (meeting_id, id): (MeetingId, RollPhotoId),
) -> AppResult<Vec<u8>> {
    let (permit, _) = permit::<LookAtRoll>(cx, actor, meeting_id).await?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::find_photo(tx.conn(), meeting_id, id).await?.ok_or_else(AppError::not_found)?;
            tx.note("photo", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &row.content)
        })
        .await
}
