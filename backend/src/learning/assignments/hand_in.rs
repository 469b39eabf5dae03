//! A learner hands in what was asked.

use super::{OwnActivity, photos::PHOTO, state_of};
use crate::{
    access::Permit,
    learning::{
        classes::{is_in_class, lock_class},
        entity::assignment_hand_in,
        store,
        study::StudyCourses,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, ActivityId, AssignmentPhotoId, HandInId},
    learning::{NewHandIn, UnitProgress, may_change, may_hand_in},
};

/// Hands in an assignment in the class in which the learner studies its unit; where the unit stands then.
///
/// # Errors
/// `not-found` if no class of the learner studies it; the fields that are wrong; `wrong-state` if the class is over, or
/// if it was handed in and not returned.
pub(super) async fn hand_in(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    activity_id: ActivityId,
    given: &NewHandIn,
) -> AppResult<UnitProgress> {
    let account_id = *permit.target();
    let OwnActivity { own, takes } = OwnActivity::find(cx, account_id, activity_id, given.version).await?;
    let text = given.check(takes).map_err(AppError::Invalid)?;
    let photos = serde_json::to_string(&given.photos).map_err(AppError::internal)?;
    let files = serde_json::to_string(&given.files).map_err(AppError::internal)?;
    let (class_id, id): (_, HandInId) = (own.studied.class.id, cx.ids.new_id());
    cx.db
        .write(permit, async |tx| {
            once(tx, account_id, key, &(activity_id, given), async || {
                may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
                store::lock_learner(tx.conn(), account_id).await?;
                if !is_in_class(tx.conn(), class_id, account_id).await? {
                    return Err(AppError::not_found());
                }
                let before = store::list_own_hand_ins(tx.conn(), account_id, Some(&[activity_id])).await?;
                let last = before.first().map(|(_, mark)| state_of(mark.as_ref()));
                may_hand_in(last).map_err(AppError::refused)?;
                check_sent(tx, (account_id, activity_id), given).await?;
                let row = assignment_hand_in::Model {
                    id,
                    class_id,
                    course_id: own.studied.course_id,
                    course_version_id: own.version_id,
                    unit_id: own.unit().id,
                    activity_id,
                    account_id,
                    text: text.clone(),
                    photos: photos.clone(),
                    files: files.clone(),
                    handed_in_at: tx.now(),
                };
                store::insert_hand_in(tx.conn(), row).await?;
                tx.note("hand_in", id.to_string());
                tx.note("class", class_id.to_string());
                Ok(id)
            })
            .await
        })
        .await?;
    own.progress(cx, account_id).await
}

/// Sees that photos and files were sent by the learner for this assignment, and are what they are said to be.
///
/// # Errors
/// `not-found` at the field `/photos` or `/files`.
async fn check_sent(tx: &Tx, (account_id, activity_id): (AccountId, ActivityId), given: &NewHandIn) -> AppResult<()> {
    let photos: Vec<_> = given.photos.iter().map(|id| (*id, PHOTO.to_owned())).collect();
    let files: Vec<_> = given.files.iter().map(|file| (file.id, file.kind.as_str().to_owned())).collect();
    let ids: Vec<_> = photos.iter().chain(&files).map(|(id, _)| *id).collect();
    let sent = store::list_sent(tx.conn(), account_id, activity_id, &ids).await?;
    let is_missing = |one: &(AssignmentPhotoId, String)| !sent.contains(one);
    for (pointer, named) in [("/photos", photos), ("/files", files)] {
        if named.iter().any(is_missing) {
            return Err(AppError::field(pointer, "not-found"));
        }
    }
    Ok(())
}
