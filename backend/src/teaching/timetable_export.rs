//! The timetable of a class as a file.

use super::views::{self, MeetingQuery};
use crate::{
    access::{Actor, actions},
    exports::{self, Cell, Filter, List, Part, named},
    learning,
    platform::{
        Services,
        error::AppResult,
        words::{day, moment},
    },
};
use actix_web::HttpResponse;
use shared::{ids::ClassId, page::Page, teaching::MeetingView, time::Timestamp};

/// Which list it is.
const LIST: &str = "meetings";
/// Its columns.
const COLUMNS: [&str; 9] = ["day", "begins", "ends", "course", "topic", "teacher", "meeting_place", "mode", "state"];

actions! {
    /// Take the timetable of a class away as a file.
    ExportMeetings(ClassId) = ReadClasses;
}

/// The meetings of a class, as a file.
///
/// # Errors
/// Those of [`views::of_class`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, id: ClassId, query: &MeetingQuery) -> AppResult<HttpResponse> {
    let permit = learning::permit_class::<ExportMeetings>(cx, actor, id).await?;
    let class = Part { asked: id.to_string(), shown: learning::class(cx, id).await?.name };
    let instant = |at: Timestamp| Part { asked: at.0.to_string(), shown: moment(at) };
    let filter = Filter::default()
        .and("class", Some(class))
        .and("from", query.from.map(instant))
        .and("to", query.to.map(instant));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = views::of_class(cx, actor, id, query.at_cursor(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(meeting: MeetingView) -> Vec<Cell> {
    vec![
        day(meeting.starts_at).into(),
        clock(meeting.starts_at).into(),
        clock(meeting.ends_at).into(),
        meeting.course_title.into(),
        meeting.topic.into(),
        meeting.teacher_name.into(),
        meeting.place.into(),
        named("classes.mode", Some(meeting.mode.as_str())),
        named("classes.meeting", Some(meeting.state.as_str())),
    ]
}

/// The time of day in China, to the minute.
fn clock(at: Timestamp) -> String {
    let time = at.in_china().time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}
