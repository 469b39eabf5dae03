//! Where a person on the roster stands: derived from facts, never set (DOMAIN §7).

use super::{UpgradeIntent, Visit, VisitOutcome};
use crate::{device_log::latest, learning::CourseLevel, rights::text_enum};

text_enum! {
    /// The states of DOMAIN §7.
    RosterState {
        /// 已导入.
        Imported = "imported",
        /// 已分派.
        Assigned = "assigned",
        /// 已走访.
        Visited = "visited",
        /// 有意愿.
        IntentYes = "intent_yes",
        /// 不愿.
        IntentNo = "intent_no",
        /// 待定.
        Undecided = "undecided",
        /// 联系不上.
        Unreachable = "unreachable",
        /// 不符合条件.
        NotEligible = "not_eligible",
        /// 已迁出.
        MovedOut = "moved_out",
        /// 已去世.
        Deceased = "deceased",
        /// 已指导报名.
        Guided = "guided",
        /// 已报名.
        Enrolled = "enrolled",
        /// 在学.
        Studying = "studying",
        /// 已学完.
        Completed = "completed",
        /// 已取得证书.
        Verified = "verified",
        /// 已关闭.
        Closed = "closed",
    }
}

impl RosterState {
    /// Whether somebody may still be sent to the person.
    #[must_use]
    pub const fn awaits_visit(self) -> bool {
        match self {
            Self::Imported
            | Self::Assigned
            | Self::Visited
            | Self::IntentYes
            | Self::IntentNo
            | Self::Undecided
            | Self::Unreachable
            | Self::Guided => true,
            Self::NotEligible
            | Self::MovedOut
            | Self::Deceased
            | Self::Enrolled
            | Self::Studying
            | Self::Completed
            | Self::Verified
            | Self::Closed => false,
        }
    }
}

text_enum! {
    /// How far a learner has come, as the student record says; ascending.
    LearnerStage {
        /// Has applied and was not refused.
        Enrolled = "enrolled",
        /// Studies, or has paused.
        Studying = "studying",
        /// Has met every condition of the diploma.
        Completed = "completed",
        /// Holds the diploma.
        Verified = "verified",
    }
}

/// A link from the roster to one learner's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LearnerLink {
    /// The level studied for.
    pub level: CourseLevel,
    /// How far.
    pub stage: LearnerStage,
}

/// What is known of one entry of the roster.
#[derive(Clone, Copy, Debug, Default)]
pub struct RosterFacts<'a> {
    /// Whether somebody is to visit.
    pub is_assigned: bool,
    /// What the imported list said they want.
    pub listed_intent: Option<UpgradeIntent>,
    /// The log of visits, in any order.
    pub visits: &'a [Visit],
    /// The learner's records that still stand.
    pub links: &'a [LearnerLink],
    /// Whether the entry was closed by hand.
    pub is_closed: bool,
}

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterStatus {
    /// The state.
    pub state: RosterState,
    /// The level, from enrolment on.
    pub level: Option<CourseLevel>,
}

/// Where a person stands.
///
/// A learner's record says more than any visit: the higher level counts, and at one level the later
/// stage. Then an entry may be closed. Otherwise the latest visit counts, then the intent of the list.
#[must_use]
pub fn roster_status(facts: &RosterFacts<'_>) -> RosterStatus {
    if let Some(link) = facts.links.iter().max_by_key(|link| (link.level, link.stage)) {
        let state = match link.stage {
            LearnerStage::Enrolled => RosterState::Enrolled,
            LearnerStage::Studying => RosterState::Studying,
            LearnerStage::Completed => RosterState::Completed,
            LearnerStage::Verified => RosterState::Verified,
        };
        return RosterStatus { state, level: Some(link.level) };
    }
    let state = if facts.is_closed {
        RosterState::Closed
    } else if let Some(visit) = latest(facts.visits) {
        visited(&visit.outcome)
    } else if let Some(intent) = facts.listed_intent {
        stated(intent)
    } else if facts.is_assigned {
        RosterState::Assigned
    } else {
        RosterState::Imported
    };
    RosterStatus { state, level: None }
}

const fn visited(outcome: &VisitOutcome) -> RosterState {
    match outcome {
        VisitOutcome::Met {} => RosterState::Visited,
        VisitOutcome::Stated { intent, .. } => stated(*intent),
        VisitOutcome::Guided {} => RosterState::Guided,
        VisitOutcome::Unreachable {} => RosterState::Unreachable,
        VisitOutcome::NotEligible { .. } => RosterState::NotEligible,
        VisitOutcome::MovedOut {} => RosterState::MovedOut,
        VisitOutcome::Deceased {} => RosterState::Deceased,
    }
}

const fn stated(intent: UpgradeIntent) -> RosterState {
    match intent {
        UpgradeIntent::Unwilling => RosterState::IntentNo,
        UpgradeIntent::Undecided => RosterState::Undecided,
        UpgradeIntent::Junior | UpgradeIntent::Senior | UpgradeIntent::College | UpgradeIntent::Bachelor => {
            RosterState::IntentYes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{AccountId, VisitId},
        problem::are_named,
        roster::VisitChannel,
        time::Timestamp,
    };
    use uuid::Uuid;

    fn visit(at: i64, outcome: VisitOutcome) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(1)),
            visited_at: Timestamp(at),
            visitor: AccountId(Uuid::nil()),
            channel: VisitChannel::Phone,
            outcome,
            note: String::new(),
        }
    }

    fn state(facts: &RosterFacts<'_>) -> RosterState {
        roster_status(facts).state
    }

    #[test]
    fn every_state_has_its_name() {
        let mut keys = Vec::new();
        keys.extend(RosterState::ALL.iter().map(|value| format!("state_{value}")));
        keys.extend(VisitChannel::ALL.iter().map(|value| format!("channel_{value}")));
        let files = [include_str!("../../locales/zh-CN/roster.json"), include_str!("../../locales/en/roster.json")];
        assert!(are_named(files, &keys));
    }

    #[test]
    fn the_latest_visit_says_where_somebody_stands() {
        let want = |intent| VisitOutcome::Stated {
            intent,
            route: None,
            reason: String::new(),
            preferred_time: String::new(),
            preferred_place: String::new(),
            study_mode: None,
        };
        let log = [visit(20, want(UpgradeIntent::Senior)), visit(10, VisitOutcome::Unreachable {})];
        assert_eq!(state(&RosterFacts { visits: &log, ..RosterFacts::default() }), RosterState::IntentYes);
        let log = [visit(20, want(UpgradeIntent::Senior)), visit(30, want(UpgradeIntent::Unwilling))];
        assert_eq!(state(&RosterFacts { visits: &log, ..RosterFacts::default() }), RosterState::IntentNo);
    }

    #[test]
    fn without_a_visit_the_list_counts_and_then_the_assignment() {
        let none = RosterFacts::default();
        assert_eq!(state(&none), RosterState::Imported);
        assert_eq!(state(&RosterFacts { is_assigned: true, ..none }), RosterState::Assigned);
        let listed = RosterFacts { is_assigned: true, listed_intent: Some(UpgradeIntent::Undecided), ..none };
        assert_eq!(state(&listed), RosterState::Undecided);
        assert_eq!(state(&RosterFacts { is_closed: true, ..listed }), RosterState::Closed);
    }

    #[test]
    fn a_learners_record_says_more_than_any_visit() {
        let links = [
            LearnerLink { level: CourseLevel::Junior, stage: LearnerStage::Verified },
            LearnerLink { level: CourseLevel::Senior, stage: LearnerStage::Enrolled },
        ];
        let log = [visit(99, VisitOutcome::Unreachable {})];
        let facts = RosterFacts { visits: &log, links: &links, is_closed: true, ..RosterFacts::default() };
        let senior = RosterStatus { state: RosterState::Enrolled, level: Some(CourseLevel::Senior) };
        assert_eq!(roster_status(&facts), senior);
        let facts = RosterFacts { links: &links[..1], ..facts };
        assert_eq!(state(&facts), RosterState::Verified);
    }
}
