//! When working time ends, and with it the parts of the paper, as the rows of a test and of its sittings say it.

use super::{
    entity::{exam_session, sitting},
    facts::SittingFacts,
};
use shared::{
    delivery::{TimePlan, deadline, latest_end, told_deadline},
    sittings::own_deadline,
    time::Timestamp,
};

impl SittingFacts {
    /// When working time ends, as it is told at `now`.
    #[must_use]
    pub fn told_deadline(&self, now: Timestamp) -> Timestamp {
        self.told(self.deadline, now)
    }

    /// When a part of the paper closes that everybody has to leave `minutes` after the start, as it is told at `now`.
    #[must_use]
    pub fn part_closes_at(&self, minutes: u16, now: Timestamp) -> Timestamp {
        self.working_time.part_closes_at(minutes, self.told(self.full_time_until, now))
    }

    /// Seconds that were given back in all.
    #[must_use]
    pub const fn given_s(&self) -> u32 {
        self.returned_s.saturating_add(self.extended_s)
    }

    fn told(&self, ends_at: Timestamp, now: Timestamp) -> Timestamp {
        let told = told_deadline(ends_at, self.paused_at, self.returned_s, now);
        self.latest_end.map_or(told, |latest| told.min(latest))
    }
}

/// What the end of a test is made of, before any time was given back.
pub(super) fn time_plan(row: &exam_session::Model, extra_min: i32) -> TimePlan {
    let minutes = |minutes: i32| u16::try_from(minutes).unwrap_or_default();
    let (duration_min, extra_min) = (minutes(row.duration_min), minutes(extra_min));
    TimePlan { starts_at: row.starts_at, duration_min, extra_min, returned_s: 0 }
}

/// What the end of one sitting is made of, with all time that was given back, by one person or by two.
pub(super) fn own_time_plan(row: &sitting::Model, exam_session: &exam_session::Model) -> TimePlan {
    let returned_s = whole(row.returned_s).saturating_add(whole(row.extended_s));
    TimePlan { returned_s, ..time_plan(exam_session, row.extra_min) }
}

/// When working time ends, extra time apart; when the test closes, if each begins at a time of their own.
pub(super) fn ends_at(row: &exam_session::Model) -> Timestamp {
    row.closes_at.unwrap_or_else(|| deadline(&time_plan(row, 0)))
}

/// Seconds as they are stored.
pub(super) fn whole(seconds: i32) -> u32 {
    u32::try_from(seconds).unwrap_or_default()
}

/// When the working time of one sitting would end if nobody closed it.
pub(super) fn full_time_until(plan: &TimePlan, row: &sitting::Model, exam_session: &exam_session::Model) -> Timestamp {
    match exam_session.closes_at {
        Some(closes_at) => own_deadline(plan, row.opened_at, closes_at),
        None => deadline(plan),
    }
}

/// When it ends. Whom two persons closed before that has had no more of it: what was written later is in time no more.
pub(super) fn deadline_of(row: &sitting::Model, ends_at: Timestamp) -> Timestamp {
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
