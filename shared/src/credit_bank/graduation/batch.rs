//! 毕业生名册: a school proposes graduates, the county looks at them, and who issues the diploma approves.

use crate::{
    ids::AccountId,
    learning::CourseLevel,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where a list of graduates stands.
    GraduationState {
        /// 待县级审核: the school proposed it.
        Proposed = "proposed",
        /// 待市级审批: the county found it right; senior only.
        Confirmed = "confirmed",
        /// 已批准: every learner of it has a diploma.
        Approved = "approved",
        /// 已退回, with a reason: the school proposes anew.
        Returned = "returned",
    }
}

text_enum! {
    /// Whose turn it is.
    GraduationOffice {
        /// The county: it issues junior diplomas, and confirms senior ones (DOMAIN §1.4).
        County = "county",
        /// The city: it issues senior diplomas.
        City = "city",
    }
}

/// What is known of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GraduationBatchFacts {
    /// The level of the diplomas.
    pub level: CourseLevel,
    /// Where it stands.
    pub state: GraduationState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Who confirmed it for the county.
    pub confirmed_by: Option<AccountId>,
}

/// Why a list does not move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraduationRefusal {
    /// It is another office's turn, or nobody's.
    #[error("the list is {state}")]
    WrongState {
        /// Where it stands.
        state: GraduationState,
    },
    /// Who proposed or confirmed it does not approve it.
    #[error("another person is needed")]
    SamePerson,
    /// So many of its learners lack something by now, or have gone to another school.
    #[error("{count} learners do not qualify")]
    NotEligible {
        /// How many.
        count: usize,
    },
    /// A learner is on another list that waits, or has the diploma.
    #[error("a learner is on another list")]
    Elsewhere,
}

impl Refusal for GraduationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } | Self::Elsewhere => ProblemCode::WrongState,
            Self::SamePerson => ProblemCode::SecondPersonNeeded,
            Self::NotEligible { .. } => ProblemCode::GateNotMet,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state.graduation",
            Self::SamePerson => "second-person-needed.graduation",
            Self::NotEligible { .. } => "gate-not-met.graduation",
            Self::Elsewhere => "wrong-state.graduation-elsewhere",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::WrongState { state } => serde_json::json!({ "state": state }),
            Self::NotEligible { count } => serde_json::json!({ "count": count }),
            Self::SamePerson | Self::Elsewhere => serde_json::Value::Null,
        }
    }
}

/// The office whose turn it is in a state.
#[must_use]
pub const fn graduation_turn(state: GraduationState) -> Option<GraduationOffice> {
    match state {
        GraduationState::Proposed => Some(GraduationOffice::County),
        GraduationState::Confirmed => Some(GraduationOffice::City),
        GraduationState::Approved | GraduationState::Returned => None,
    }
}

/// Where a list goes that `by` decides for an office. Who sends it back may be anybody of that office.
///
/// # Errors
/// [`GraduationRefusal`]: the state first, then the person.
pub fn judge_graduation(
    batch: &GraduationBatchFacts,
    office: GraduationOffice,
    by: AccountId,
    is_right: bool,
) -> Result<GraduationState, GraduationRefusal> {
    if graduation_turn(batch.state) != Some(office) {
        return Err(GraduationRefusal::WrongState { state: batch.state });
    }
    if !is_right {
        return Ok(GraduationState::Returned);
    }
    if batch.proposed_by == by || batch.confirmed_by == Some(by) {
        return Err(GraduationRefusal::SamePerson);
    }
    Ok(match (office, batch.level) {
        (GraduationOffice::County, CourseLevel::Senior) => GraduationState::Confirmed,
        (GraduationOffice::County, CourseLevel::Junior) | (GraduationOffice::City, _) => GraduationState::Approved,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use proptest::prelude::*;
    use uuid::Uuid;

    const fn person(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn batch(level: CourseLevel, state: GraduationState) -> GraduationBatchFacts {
        let confirmed_by = (state == GraduationState::Confirmed).then_some(person(2));
        GraduationBatchFacts { level, state, proposed_by: person(1), confirmed_by }
    }

    #[test]
    fn a_junior_list_ends_at_the_county_and_a_senior_one_at_the_city() {
        let county = |level| {
            judge_graduation(&batch(level, GraduationState::Proposed), GraduationOffice::County, person(2), true)
        };
        assert_eq!(county(CourseLevel::Junior), Ok(GraduationState::Approved));
        assert_eq!(county(CourseLevel::Senior), Ok(GraduationState::Confirmed));
        let confirmed = batch(CourseLevel::Senior, GraduationState::Confirmed);
        let city = |by, is_right| judge_graduation(&confirmed, GraduationOffice::City, by, is_right);
        assert_eq!(city(person(3), true), Ok(GraduationState::Approved));
        assert_eq!(city(person(3), false), Ok(GraduationState::Returned));
        for by in [person(1), person(2)] {
            assert_eq!(city(by, true), Err(GraduationRefusal::SamePerson));
        }
    }

    #[test]
    fn every_state_and_refusal_has_its_words() {
        let keys: Vec<_> = GraduationState::ALL.iter().map(|state| format!("state_{state}")).collect();
        let files = [
            include_str!("../../../locales/zh-CN/graduation.json"),
            include_str!("../../../locales/en/graduation.json"),
        ];
        assert!(are_named(files, &keys));
        let wrong = GraduationRefusal::WrongState { state: GraduationState::Approved };
        let others =
            [GraduationRefusal::SamePerson, GraduationRefusal::NotEligible { count: 1 }, GraduationRefusal::Elsewhere];
        for refusal in others.into_iter().chain([wrong]) {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn no_list_is_approved_by_who_had_a_hand_in_it(
            level in prop::sample::select(CourseLevel::ALL),
            state in prop::sample::select(GraduationState::ALL),
            office in prop::sample::select(GraduationOffice::ALL),
            by in 1..5_u128,
            is_right in any::<bool>(),
        ) {
            let facts = batch(level, state);
            let outcome = judge_graduation(&facts, office, person(by), is_right);
            if let Ok(next) = outcome {
                prop_assert_eq!(graduation_turn(state), Some(office));
                prop_assert_eq!(next == GraduationState::Returned, !is_right);
                prop_assert!(!is_right || (facts.proposed_by != person(by) && facts.confirmed_by != Some(person(by))));
            }
        }
    }
}
