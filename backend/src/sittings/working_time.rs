//! When working time ends, as the rows of a test and of its sittings say it.

use super::entity::{exam_session, sitting};
use shared::{
    delivery::{TimePlan, deadline, latest_end},
    sittings::own_deadline,
    time::Timestamp,
};

/// What the end of a test is made of, before any time was given back.
pub(super) fn time_plan(row: &exam_session::Model, extra_min: i32) -> TimePlan {
    let minutes = |minutes: i32| u16::try_from(minutes).unwrap_or_default();
    let (duration_min, extra_min) = (minutes(row.duration_min), minutes(extra_min));
    TimePlan { starts_at: row.starts_at, duration_min, extra_min, returned_s: 0 }
}

/// When working time ends, extra time apart; when the test closes, if each begins at a time of their own.
pub(super) fn ends_at(row: &exam_session::Model) -> Timestamp {
    row.closes_at.unwrap_or_else(|| deadline(&time_plan(row, 0)))
}

/// Seconds as they are stored.
pub(super) fn whole(seconds: i32) -> u32 {
    u32::try_from(seconds).unwrap_or_default()
}

/// When the working time of one sitting ends. Whom two persons closed before that has had no more of it: what was written
/// later is in time no more.
pub(super) fn deadline_of(row: &sitting::Model, exam_session: &exam_session::Model) -> Timestamp {
    let returned_s = whole(row.returned_s).saturating_add(whole(row.extended_s));
    let plan = TimePlan { returned_s, ..time_plan(exam_session, row.extra_min) };
    let ends_at = match exam_session.closes_at {
        Some(closes_at) => own_deadline(&plan, row.opened_at, closes_at),
        None => deadline(&plan),
    };
    match row.closed_at {
        Some(closed_at) if !row.by_candidate => ends_at.min(closed_at),
        _ => ends_at,
    }
}

/// The last moment to which time that is given back moves that, if the test has a hard stop. Where each begins at a time of
/// their own, the closing of the test is the end.
pub(super) fn latest_end_of(
    row: &sitting::Model,
    exam_session: &exam_session::Model,
    grace_s: i64,
) -> Option<Timestamp> {
    let hard_stop_at = exam_session.hard_stop_at.filter(|_| exam_session.closes_at.is_none());
    latest_end(&time_plan(exam_session, row.extra_min), hard_stop_at, grace_s)
}
