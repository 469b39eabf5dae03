//! Meetings are entered, one or a series, unless teacher, room or class is needed twice.

use super::{calendar, check_in, clashes, entity::meeting, rooms, store, views};
use crate::{
    access::{Actor, Permit, actions},
    identity,
    learning::{self, ClassHead},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use serde::Serialize;
use shared::{
    ids::{AccountId, ClassId, MeetingId, RoomId},
    learning::may_change,
    problem::FieldError,
    rights::Right,
    teaching::{Holiday, MeetingEntry, MeetingMode, MeetingSeries, MeetingState, MeetingView, SeriesReply},
};

actions! {
    /// Enter, move and cancel the meetings of a class.
    KeepMeetings(ClassId) = KeepTimetable;
}

/// Enters one meeting.
pub(super) async fn enter(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    (class_id, entry): (ClassId, &MeetingEntry),
) -> AppResult<MeetingView> {
    let permit = learning::permit_class::<KeepMeetings>(cx, actor, class_id).await?;
    none_of(entry.check())?;
    let class = learning::class(cx, class_id).await?;
    check_needs(cx, actor, &class, entry).await?;
    let ids = enter_all(cx, actor, &permit, key, (entry, std::slice::from_ref(entry))).await?;
    views::by_ids(cx, &ids).await?.pop().ok_or_else(AppError::not_found)
}

/// Enters a series: all its meetings, or none.
///
/// # Errors
/// `not-found`, `forbidden`, `wrong-state` or `timetable-clash`; the fields that are wrong.
pub async fn enter_series(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    (class_id, series): (ClassId, &MeetingSeries),
) -> AppResult<SeriesReply> {
    let permit = learning::permit_class::<KeepMeetings>(cx, actor, class_id).await?;
    none_of(series.check())?;
    let class = learning::class(cx, class_id).await?;
    check_needs(cx, actor, &class, &series.first).await.map_err(|error| within(error, "/first"))?;
    let said = calendar::between(cx, series.first.starts_at.date_in_china(), series.until).await?;
    let (meetings, skipped): (_, Vec<Holiday>) = series.meetings(&said);
    let entered = enter_all(cx, actor, &permit, key, (series, &meetings)).await;
    let ids = entered.map_err(|error| within(error, "/first"))?;
    Ok(SeriesReply { meetings: views::by_ids(cx, &ids).await?, skipped })
}

async fn enter_all(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<KeepMeetings>,
    key: &IdempotencyKey,
    (request, entries): (&impl Serialize, &[MeetingEntry]),
) -> AppResult<Vec<MeetingId>> {
    let class_id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            once(tx, actor.account_id, key, &(class_id, request), async || {
                let class = learning::lock_class(tx, class_id).await?;
                may_change(class.state).map_err(AppError::refused)?;
                // The meetings of a series are all in one room.
                rooms::hold_for(tx, &class, entries.first().and_then(|entry| entry.room_id)).await?;
                let row = |entry: &MeetingEntry| row(cx, tx, actor, (class_id, entry));
                let rows = entries.iter().map(row).collect::<AppResult<Vec<_>>>()?;
                clashes::refuse(cx, tx, actor, &rows).await?;
                let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
                tx.note("entered", ids.len());
                store::insert_meetings(tx.conn(), rows).await?;
                Ok(ids)
            })
            .await
        })
        .await
}

fn row(
    cx: &Services,
    tx: &Tx,
    actor: &Actor,
    (class_id, entry): (ClassId, &MeetingEntry),
) -> AppResult<meeting::Model> {
    let id: MeetingId = cx.ids.new_id();
    Ok(meeting::Model {
        id,
        class_id,
        course_id: entry.course_id,
        topic: entry.topic.trim().to_owned(),
        teacher_id: entry.teacher_id,
        room_id: entry.room_id,
        mode: entry.mode.unwrap_or(MeetingMode::usual(entry.room_id.is_some())).as_str().to_owned(),
        starts_at: entry.starts_at,
        ends_at: entry.ends_at,
        state: MeetingState::Planned.as_str().to_owned(),
        version: 1,
        check_in_secret: check_in::new_secret(cx, id)?,
        entered_by: Some(actor.account_id),
        entered_at: tx.now(),
    })
}

/// Refuses a course that the class does not study, and a teacher or room that it cannot have.
async fn check_needs(cx: &Services, actor: &Actor, class: &ClassHead, entry: &MeetingEntry) -> AppResult<()> {
    if !learning::courses_of(cx, class.id).await?.contains(&entry.course_id) {
        return Err(AppError::field("/course_id", "not-studied"));
    }
    check_teacher_and_room(cx, actor, class, (entry.teacher_id, entry.room_id)).await
}

/// Refuses a teacher or room that a class cannot have.
pub(super) async fn check_teacher_and_room(
    cx: &Services,
    actor: &Actor,
    class: &ClassHead,
    (teacher_id, room_id): (Option<AccountId>, Option<RoomId>),
) -> AppResult<()> {
    if let Some(teacher) = teacher_id
        && !identity::may(cx, teacher, Right::TakeAttendance, &class.place()).await?
    {
        return Err(AppError::field("/teacher_id", "no-class-teacher"));
    }
    if let Some(id) = room_id {
        let room = store::find_room(cx.db.read(), id).await?;
        let room = room.ok_or_else(|| AppError::field("/room_id", "not-found"))?;
        rooms::usable(cx, actor, room.teaching_point_id).await.map_err(|error| error.at_field("/room_id"))?;
    }
    Ok(())
}

/// Refuses wrong fields.
pub(super) fn none_of(errors: Vec<FieldError>) -> AppResult<()> {
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// The same error, its fields within the one at `pointer`.
fn within(error: AppError, pointer: &str) -> AppError {
    match error {
        AppError::Invalid(mut errors) => {
            for error in &mut errors {
                error.pointer.insert_str(0, pointer);
            }
            AppError::Invalid(errors)
        }
        other => other,
    }
}
