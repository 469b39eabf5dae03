//! Who keeps or teaches the class announces something, edits it, or withdraws it.

use crate::{
    access::{Actor, Permit, actions, authorize},
    learning::{
        classes::{lock_class, place_of},
        entity::announcement,
        store,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AnnouncementId, ClassId},
    learning::{AnnouncementEntry, may_change, may_change_announcement},
    problem::ProblemCode,
    rights::Right,
    time::write_date,
};

actions! {
    /// Announce something to a class.
    Announce(ClassId) = AddressClass;
    /// Edit or withdraw what was announced to a class.
    ChangeAnnouncement(AnnouncementId) = AddressClass;
}

/// Lets the actor change an announcement of a class at a place of theirs.
///
/// # Errors
/// `not-found` for who does not follow the class, `forbidden` for who only reads.
pub(super) async fn permit(cx: &Services, actor: &Actor, id: AnnouncementId) -> AppResult<Permit<ChangeAnnouncement>> {
    let row = store::find_announcement(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let class = store::find_class(cx.db.read(), row.class_id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::FollowClass], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Announces something to a class.
///
/// # Errors
/// The fields that are wrong; `wrong-state` if the class is over.
pub(super) async fn announce(
    cx: &Services,
    permit: &Permit<Announce>,
    key: &IdempotencyKey,
    entry: &AnnouncementEntry,
) -> AppResult<AnnouncementId> {
    let (class_id, by) = (*permit.target(), permit.person()?);
    let id: AnnouncementId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(class_id, entry), async || {
                let checked = entry.check(tx.now().date_in_china()).map_err(AppError::Invalid)?;
                may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
                let row = announcement::Model {
                    id,
                    class_id,
                    title: checked.title,
                    text: checked.text,
                    until: write_date(checked.until),
                    version: 1,
                    written_by: by,
                    written_at: tx.now(),
                    edited_at: None,
                    withdrawn_by: None,
                    withdrawn_at: None,
                };
                store::insert_announcement(tx.conn(), row).await?;
                tx.note("announcement", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Edits an announcement over the version that was seen; who has read it before is told anew.
///
/// # Errors
/// The fields that are wrong; `stale`; `wrong-state` if it was withdrawn.
pub(super) async fn edit(
    cx: &Services,
    permit: &Permit<ChangeAnnouncement>,
    seen: i32,
    entry: &AnnouncementEntry,
) -> AppResult<()> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let checked = entry.check(tx.now().date_in_china()).map_err(AppError::Invalid)?;
            let row = locked(tx, id).await?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            tx.note("version", seen + 1);
            let row = announcement::Model {
                title: checked.title,
                text: checked.text,
                until: write_date(checked.until),
                version: seen + 1,
                edited_at: Some(tx.now()),
                ..row
            };
            store::update_announcement(tx.conn(), row).await
        })
        .await
}

/// Withdraws an announcement: its learners do not see it any more.
///
/// # Errors
/// `wrong-state` if it was withdrawn.
pub(super) async fn withdraw(cx: &Services, permit: &Permit<ChangeAnnouncement>) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = locked(tx, id).await?;
            tx.note("withdrawn", true);
            let row = announcement::Model { withdrawn_by: Some(by), withdrawn_at: Some(tx.now()), ..row };
            store::update_announcement(tx.conn(), row).await
        })
        .await
}

/// An announcement that may be changed; nobody else does until the write ends.
async fn locked(tx: &Tx, id: AnnouncementId) -> AppResult<announcement::Model> {
    let row = store::lock_announcement(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    may_change_announcement(row.withdrawn_at.is_some()).map_err(AppError::refused)?;
    Ok(row)
}
