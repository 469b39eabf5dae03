//! A rehearsal of a test on a clock of its own: when each kind of candidate ends, by the functions that the player and
//! the server use on the day.

use super::{EXTRA_PCT, ExamRules, extra_minutes};
use crate::{
    delivery::{TimePlan, deadline},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Most time that is given back after interruptions, in seconds (DOMAIN §4.7).
pub const MAX_RETURNED_S: u32 = 30 * 60;

/// What is rehearsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RehearsedPlan {
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Working time in minutes.
    pub duration_min: u16,
    /// What candidates are allowed.
    pub rules: ExamRules,
}

/// How the test ends for one kind of candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RehearsedEnd {
    /// Extra time of this kind, in per cent of the working time.
    pub extra_pct: u8,
    /// The same in minutes.
    pub extra_min: u16,
    /// When the working time of who comes in time ends. It is the same for who comes late.
    pub ends_at: Timestamp,
    /// Minutes that are left to who comes as late as is allowed; absent if that is as long as the test runs.
    pub late_comer_min: Option<u16>,
    /// When the server closes what nobody handed in.
    pub closes_at: Timestamp,
    /// Until when answers may arrive that prove to be written in time.
    pub arrives_until: Timestamp,
    /// When it ends at the latest, if all time is given back that can be.
    pub ends_at_latest: Timestamp,
}

/// The ends of every kind of candidate, the shortest first.
#[must_use]
pub fn rehearse(plan: &RehearsedPlan) -> Vec<RehearsedEnd> {
    EXTRA_PCT.iter().map(|extra_pct| rehearse_kind(plan, *extra_pct)).collect()
}

fn rehearse_kind(plan: &RehearsedPlan, extra_pct: u8) -> RehearsedEnd {
    let extra_min = extra_minutes(plan.duration_min, extra_pct);
    let rules = plan.rules.delivery();
    let ends_at = end(plan, extra_min, 0);
    let left_min = |from: Timestamp| u16::try_from(ends_at.ms_since(from).max(0) / 60_000).unwrap_or(u16::MAX);
    RehearsedEnd {
        extra_pct,
        extra_min,
        ends_at,
        late_comer_min: plan.rules.admits_until(plan.starts_at, 0).map(left_min),
        closes_at: ends_at.plus_s(rules.grace_s),
        arrives_until: ends_at.plus_s(rules.late_window_s),
        ends_at_latest: end(plan, extra_min, MAX_RETURNED_S),
    }
}

fn end(plan: &RehearsedPlan, extra_min: u16, returned_s: u32) -> Timestamp {
    let RehearsedPlan { starts_at, duration_min, .. } = *plan;
    deadline(&TimePlan { starts_at, duration_min, extra_min, returned_s })
}

/// The last moment at which somebody with so much extra time may lawfully still be at work: all time given back, and the
/// seconds for the network over.
#[must_use]
pub fn last_lawful_end(plan: &RehearsedPlan, extra_min: u16) -> Timestamp {
    end(plan, extra_min, MAX_RETURNED_S).plus_s(plan.rules.delivery().grace_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{EntryStamp, SittingFacts, Verdict, judge_answer};
    use proptest::prelude::*;

    const PLAN: RehearsedPlan = RehearsedPlan { starts_at: Timestamp(0), duration_min: 75, rules: ExamRules::usual() };

    fn minute(minutes: i64) -> Timestamp {
        Timestamp(0).plus_s(minutes * 60)
    }

    #[test]
    fn every_kind_of_candidate_has_an_end_of_its_own() {
        let ends = rehearse(&PLAN);
        let told: Vec<_> = ends.iter().map(|end| (end.extra_pct, end.extra_min, end.ends_at)).collect();
        assert_eq!(told, [(0, 0, minute(75)), (30, 23, minute(98)), (50, 38, minute(113))]);
        assert_eq!(ends[0].late_comer_min, Some(60), "who comes late loses what they missed, and no more");
        assert_eq!(ends[2].ends_at_latest, minute(143));
        assert_eq!(ends[0].closes_at, minute(75).plus_s(30));
        let short = RehearsedPlan { duration_min: 10, ..PLAN };
        assert_eq!(rehearse(&short)[0].late_comer_min, Some(0));
        let lenient = RehearsedPlan { rules: ExamRules::lenient(), ..PLAN };
        assert_eq!(rehearse(&lenient)[0].late_comer_min, None, "everybody is let in as long as it runs");
        let patient = RehearsedPlan { rules: ExamRules { grace_s: 60, ..ExamRules::usual() }, ..PLAN };
        assert_eq!(rehearse(&patient)[0].closes_at, minute(76));
    }

    /// What the server says to an answer of this kind of candidate, when its clock shows `now`.
    fn answered(kind: &RehearsedEnd, now: Timestamp, is_proven: bool) -> Option<Verdict> {
        let sitting = SittingFacts { epoch: 1, deadline: kind.ends_at, closed: None };
        judge_answer(&sitting, EntryStamp { epoch: 1, seq: 1 }, now, &PLAN.rules.delivery(), is_proven).ok()
    }

    #[test]
    fn the_server_takes_answers_until_the_rehearsed_moments_and_not_a_millisecond_longer() {
        for kind in rehearse(&PLAN) {
            for minutes in [0, i64::from(PLAN.duration_min) - 1] {
                assert_eq!(answered(&kind, minute(minutes), false), Some(Verdict::Store), "{minutes} {kind:?}");
            }
            assert_eq!(answered(&kind, kind.closes_at, false), Some(Verdict::Store));
            assert_eq!(answered(&kind, kind.closes_at.plus_ms(1), false), None);
            assert_eq!(answered(&kind, kind.arrives_until, true), Some(Verdict::StoreAsLate));
            assert_eq!(answered(&kind, kind.arrives_until.plus_ms(1), true), None);
        }
    }

    proptest! {
        #[test]
        fn nobody_lawfully_works_after_the_last_end(duration_min in 1..=300u16, returned_s in 0..=MAX_RETURNED_S) {
            let plan = RehearsedPlan { duration_min, ..PLAN };
            for kind in rehearse(&plan) {
                let last = last_lawful_end(&plan, kind.extra_min);
                prop_assert!(end(&plan, kind.extra_min, returned_s).plus_s(30) <= last);
                prop_assert!(kind.closes_at <= last);
                prop_assert!(kind.ends_at <= kind.closes_at && kind.closes_at < kind.arrives_until);
            }
        }
    }
}
