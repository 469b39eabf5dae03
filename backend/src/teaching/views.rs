//! Meetings as people read them.

use super::{
    calendar,
    entity::{meeting, room},
    store,
};
use crate::{
    access::Actor,
    identity,
    learning::{self, ClassHead},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ClassId, MeetingId, RoomId},
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::Right,
    teaching::{Holiday, MeetingChange, MeetingMode, MeetingState, MeetingView, said_of},
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

/// Which meetings are listed.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct MeetingQuery {
    /// They begin at this instant or later.
    #[param(value_type = Option<String>)]
    pub(super) from: Option<Timestamp>,
    /// They begin before this instant.
    #[param(value_type = Option<String>)]
    pub(super) to: Option<Timestamp>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl MeetingQuery {
    /// The same meetings, from a cursor on, as many as one page has.
    pub(super) fn at_cursor(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// One page of the meetings of a class, ascending.
pub(super) async fn of_class(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    query: MeetingQuery,
) -> AppResult<Page<MeetingView>> {
    see_class(cx, actor, id).await?;
    let between = (query.from, query.to);
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = decode_cursor(&of_page)?;
    let rows = store::list_meetings_of_class(cx.db.read(), id, between, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| (row.starts_at, row.id));
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// A class that the actor may see; to others it is not there.
pub(super) async fn see_class(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<ClassHead> {
    let class = learning::class(cx, id).await?;
    if actor.has_any(&[Right::ReadClasses], &class.place()) { Ok(class) } else { Err(AppError::not_found()) }
}

/// A meeting of a class that the actor may see, with the class; to others it is not there.
pub(super) async fn seen(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<(ClassHead, meeting::Model)> {
    let meeting = store::find_meeting(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok((see_class(cx, actor, meeting.class_id).await?, meeting))
}

/// A meeting, for who may see its class and for who is in it.
pub(super) async fn get(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<MeetingView> {
    let meeting = store::find_meeting(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if !learning::learners_of(cx, meeting.class_id).await?.contains(&actor.account_id) {
        see_class(cx, actor, meeting.class_id).await?;
    }
    views(cx, vec![meeting]).await?.pop().ok_or_else(AppError::not_found)
}

/// These meetings, ascending.
pub(super) async fn by_ids(cx: &Services, ids: &[MeetingId]) -> AppResult<Vec<MeetingView>> {
    let mut rows = store::list_meetings_by_ids(cx.db.read(), ids).await?;
    rows.sort_by_key(|row| (row.starts_at, row.id));
    views(cx, rows).await
}

/// Meetings as people read them, in the same order.
pub(super) async fn views(cx: &Services, rows: Vec<meeting::Model>) -> AppResult<Vec<MeetingView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let changes = store::list_changes(cx.db.read(), &ids).await?;
    let classes: HashSet<_> = rows.iter().map(|row| row.class_id).collect();
    let classes = learning::classes(cx, &classes.into_iter().collect::<Vec<_>>()).await?;
    let classes: HashMap<_, _> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let courses: HashSet<_> = rows.iter().map(|row| row.course_id).collect();
    let courses = learning::course_heads(cx, courses).await?;
    let teachers: HashSet<AccountId> = rows.iter().filter_map(|row| row.teacher_id).collect();
    let teachers = identity::names_of(cx, &teachers.into_iter().collect::<Vec<_>>()).await?;
    let rooms = rows.iter().filter_map(|row| row.room_id).chain(changes.iter().filter_map(|change| change.room_id));
    let rooms = room_names(cx, rooms.collect()).await?;
    let holidays = holidays_around(cx, &rows).await?;
    let place = |room: Option<RoomId>| room.and_then(|room| rooms.get(&room).cloned());
    let view = |row: meeting::Model| {
        let before = changes.iter().filter(|change| change.meeting_id == row.id).map(|change| MeetingChange {
            starts_at: change.starts_at,
            ends_at: change.ends_at,
            place: place(change.room_id),
            reason: change.reason.clone(),
            changed_at: change.changed_at,
        });
        Ok(MeetingView {
            changes: before.collect(),
            class_name: classes.get(&row.class_id).cloned().unwrap_or_default(),
            course_title: courses.get(&row.course_id).map(|course| course.title.clone()).unwrap_or_default(),
            teacher_name: row.teacher_id.and_then(|teacher| teachers.get(&teacher).cloned()),
            place: place(row.room_id),
            mode: mode(&row)?,
            state: state(&row)?,
            holiday: said_of(row.starts_at.date_in_china(), &holidays).cloned(),
            id: row.id,
            version: row.version,
            class_id: row.class_id,
            course_id: row.course_id,
            topic: row.topic,
            teacher_id: row.teacher_id,
            room_id: row.room_id,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    };
    rows.into_iter().map(view).collect()
}

/// What is said of the days from the first of these meetings to the last.
async fn holidays_around(cx: &Services, rows: &[meeting::Model]) -> AppResult<Vec<Holiday>> {
    let days = || rows.iter().map(|row| row.starts_at.date_in_china());
    match days().min().zip(days().max()) {
        Some((first, last)) => calendar::between(cx, first, last).await,
        None => Ok(Vec::new()),
    }
}

/// How a meeting is held.
pub(super) fn mode(row: &meeting::Model) -> AppResult<MeetingMode> {
    MeetingMode::parse(&row.mode).ok_or_else(|| AppError::internal("a meeting held in an unknown way"))
}

/// Whether a meeting takes place.
pub(super) fn state(row: &meeting::Model) -> AppResult<MeetingState> {
    MeetingState::parse(&row.state).ok_or_else(|| AppError::internal("a meeting in an unknown state"))
}

/// Teaching point and room, as people say them.
async fn room_names(cx: &Services, ids: HashSet<RoomId>) -> AppResult<HashMap<RoomId, String>> {
    let rooms = store::list_rooms_by_ids(cx.db.read(), &ids.into_iter().collect::<Vec<_>>()).await?;
    let points: HashSet<_> = rooms.iter().map(|room| room.teaching_point_id).collect();
    let points = organisation::teaching_points(cx, &points.into_iter().collect::<Vec<_>>()).await?;
    let points: HashMap<_, _> = points.into_iter().map(|point| (point.id, point.name)).collect();
    let named = |room: room::Model| {
        let point = points.get(&room.teaching_point_id).map_or("", String::as_str);
        (room.id, format!("{point} {}", room.name).trim().to_owned())
    };
    Ok(rooms.into_iter().map(named).collect())
}
