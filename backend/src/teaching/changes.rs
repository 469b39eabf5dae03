//! Meetings are moved and cancelled; how they were before is kept, and learners are told and read why.

use super::{
    clashes,
    entity::{meeting, meeting_change},
    notices::Audience,
    rooms, store,
    timetable::{KeepMeetings, check_teacher_and_room, none_of},
    views,
};
use crate::{
    access::{Actor, Permit},
    learning::{self, ClassHead},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::MeetingId,
    learning::may_change,
    people::check_words,
    problem::{FieldError, ProblemCode},
    teaching::{CancelMeeting, MAX_CHANGE_CHARS, MeetingState, MeetingView, Reschedule, TimetableRefusal, check_times},
};

/// Moves a meeting over the version that was seen.
pub(super) async fn reschedule(
    cx: &Services,
    actor: &Actor,
    (id, seen): (MeetingId, i32),
    request: &Reschedule,
) -> AppResult<MeetingView> {
    let (permit, class) = permit(cx, actor, id).await?;
    let mut errors = check_times(request.starts_at, request.ends_at);
    errors.extend(check_reason(&request.reason));
    none_of(errors)?;
    check_teacher_and_room(cx, actor, &class, (request.teacher_id, request.room_id)).await?;
    change(cx, actor, (&permit, &class), (id, seen), &request.reason, |row| meeting::Model {
        teacher_id: request.teacher_id,
        room_id: request.room_id,
        starts_at: request.starts_at,
        ends_at: request.ends_at,
        ..row
    })
    .await
}

/// Cancels a meeting over the version that was seen.
pub(super) async fn cancel(
    cx: &Services,
    actor: &Actor,
    (id, seen): (MeetingId, i32),
    request: &CancelMeeting,
) -> AppResult<MeetingView> {
    let (permit, class) = permit(cx, actor, id).await?;
    none_of(check_reason(&request.reason))?;
    let state = MeetingState::Cancelled.as_str();
    let cancelled = |row: meeting::Model| meeting::Model { state: state.to_owned(), ..row };
    change(cx, actor, (&permit, &class), (id, seen), &request.reason, cancelled).await
}

async fn permit(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<(Permit<KeepMeetings>, ClassHead)> {
    let (class, _) = views::seen(cx, actor, id).await?;
    Ok((learning::permit_class(cx, actor, class.id).await?, class))
}

async fn change(
    cx: &Services,
    actor: &Actor,
    (permit, class): (&Permit<KeepMeetings>, &ClassHead),
    (id, seen): (MeetingId, i32),
    reason: &str,
    changed: impl Fn(meeting::Model) -> meeting::Model,
) -> AppResult<MeetingView> {
    let audience = Audience::of(cx, class).await?;
    cx.db
        .write(permit, async |tx| {
            let class = learning::lock_class(tx, *permit.target()).await?;
            may_change(class.state).map_err(AppError::refused)?;
            let row = store::find_meeting(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            if row.state == MeetingState::Cancelled.as_str() {
                return Err(AppError::refused(TimetableRefusal::Cancelled));
            }
            let before = meeting_change::Model {
                id: cx.ids.uuid(),
                meeting_id: id,
                teacher_id: row.teacher_id,
                room_id: row.room_id,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                reason: reason.trim().to_owned(),
                changed_by: actor.account_id,
                changed_at: tx.now(),
            };
            let row = meeting::Model { version: row.version + 1, ..changed(row) };
            if row.room_id != before.room_id {
                rooms::hold_for(tx, &class, row.room_id).await?;
            }
            if row.state == MeetingState::Planned.as_str() {
                clashes::refuse(cx, tx, actor, std::slice::from_ref(&row)).await?;
            }
            tx.note("meeting", id.to_string());
            tx.note("state", row.state.clone());
            let was_at = before.starts_at;
            audience.notify(cx, tx, actor.account_id, (&before, &row)).await?;
            store::insert_change(tx.conn(), before).await?;
            audience.tell(cx, tx, actor.account_id, (was_at, &row)).await?;
            store::update_meeting(tx.conn(), row).await
        })
        .await?;
    views::by_ids(cx, &[id]).await?.pop().ok_or_else(AppError::not_found)
}

fn check_reason(reason: &str) -> Vec<FieldError> {
    check_words(reason, "/reason", MAX_CHANGE_CHARS).err().into_iter().collect()
}
