//! When the working time of a sitting ends, and with it the parts of its paper.

use super::{
    entity::{exam_session, sitting},
    facts::SittingFacts,
};
use shared::{
    delivery::{TimePlan, deadline, told_deadline},
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

    fn told(&self, ends_at: Timestamp, now: Timestamp) -> Timestamp {
        let told = told_deadline(ends_at, self.paused_at, self.returned_s, now);
        self.latest_end.map_or(told, |latest| told.min(latest))
    }
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
