//! One's own meetings, and one's own hours.

use super::{roll, store, views};
use crate::{
    access::Actor,
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use serde::Deserialize;
use shared::{
    device_log::latest,
    teaching::{MeetingPart, MeetingView, MyMeeting},
    time::Timestamp,
};

const DAY_S: i64 = 86_400;
/// How far ahead one looks unless told, in seconds.
const AHEAD_S: i64 = 28 * DAY_S;
/// How long a time may be asked for at once, in seconds.
const MAX_SPAN_S: i64 = 190 * DAY_S;
/// Meetings that are shown at most.
const MAX_ROWS: u64 = 500;

/// From when to when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct Span {
    /// They begin at this instant or later; without it, today.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// They begin before this instant; without it, four weeks later.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
}

impl Span {
    fn around(&self, now: Timestamp) -> AppResult<(Timestamp, Timestamp)> {
        let from = self.from.unwrap_or_else(|| midnight_before(now));
        let to = self.to.unwrap_or(from.plus_s(AHEAD_S));
        if to.ms_since(from) > MAX_SPAN_S * 1_000 {
            return Err(AppError::field("/to", "out-of-range"));
        }
        Ok((from, to))
    }
}

/// When the day began that it is in China.
pub(super) const fn midnight_before(now: Timestamp) -> Timestamp {
    // Days begin at midnight in China, eight hours before they do in UTC.
    Timestamp((now.0 + 8 * 3_600_000).div_euclid(DAY_S * 1_000) * DAY_S * 1_000 - 8 * 3_600_000)
}

/// The meetings of one's classes and those that one teaches, ascending.
pub(super) async fn meetings(cx: &Services, actor: &Actor, span: &Span) -> AppResult<Vec<MyMeeting>> {
    let between = span.around(cx.clock.now())?;
    let classes: Vec<_> = learning::classes_of(cx, actor.account_id).await?.into_iter().map(|class| class.id).collect();
    let rows = store::list_meetings_between(cx.db.read(), between, &classes, actor.account_id, MAX_ROWS).await?;
    let known = roll::of_learners(cx, &[actor.account_id]).await?;
    let meetings = views::views(cx, rows).await?;
    let mine = |meeting: MeetingView| {
        let is_teacher = meeting.teacher_id == Some(actor.account_id);
        let part = if is_teacher { MeetingPart::Teacher } else { MeetingPart::Learner };
        let entries = known.iter().filter(|entry| entry.meeting_id == meeting.id);
        let attendance = latest(entries).map(|entry| entry.state);
        MyMeeting { meeting, part, attendance }
    };
    Ok(meetings.into_iter().map(mine).collect())
}
