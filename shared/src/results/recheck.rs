//! A recheck of a result (成绩复核): until when a candidate may ask, who settles it, and what the result is then.
//!
//! It looks for marks that were missed, wrong sums and answers that were not recorded; nothing is marked anew
//! (DOMAIN §4.5). What changes a result takes two persons.

use super::ItemCorrection;
use crate::{
    ids::{AccountId, ItemId},
    points::Points,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// Days after the release in which a candidate may ask: ten working days ([D] DOMAIN §4.5).
pub const RECHECK_DAYS: i64 = 14;
/// Days in which that is answered: fifteen working days ([D] DOMAIN §4.5).
pub const RECHECK_ANSWER_DAYS: i64 = 21;
/// Seconds of a day.
const DAY_S: i64 = 24 * 60 * 60;

text_enum! {
    /// Where a recheck stands.
    RecheckState {
        /// The candidate has asked for it.
        Asked = "asked",
        /// Somebody found that the result is wrong; another is to confirm it.
        Proposed = "proposed",
        /// The result was right.
        Unchanged = "unchanged",
        /// The result was put right.
        Corrected = "corrected",
    }
}

text_enum! {
    /// What is done about a recheck.
    RecheckStep {
        /// Find that the result is right.
        Keep = "keep",
        /// Find that it is another.
        Propose = "propose",
        /// Confirm what another found.
        Confirm = "confirm",
        /// Have it looked at once more.
        Return = "return",
    }
}

/// One item of a paper, as a recheck sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecheckedItem {
    /// The item.
    pub item_id: ItemId,
    /// Its number in the paper, from 1.
    pub number: u16,
    /// What it is worth at most.
    pub max_points: Points,
    /// What the response was given.
    pub points: Points,
    /// Whether a person marked it.
    pub is_marked: bool,
    /// Whether anything was answered.
    pub is_answered: bool,
    /// Whether what was scored is what the candidate's device handed in.
    pub is_recorded: bool,
    /// What the rule gives it, where a rule scores.
    pub by_rule: Option<Points>,
}

impl RecheckedItem {
    /// Whether nothing speaks against its points.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.is_recorded && self.by_rule.is_none_or(|by_rule| by_rule == self.points)
    }
}

/// What decides about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecheckFacts {
    /// Where it stands.
    pub state: RecheckState,
    /// Whose result it is.
    pub candidate: AccountId,
    /// Who looked at it last, if anybody has.
    pub settled_by: Option<AccountId>,
}

/// Why something about a recheck is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecheckRefusal {
    /// It is not the step's turn.
    #[error("recheck is {state}, no turn to {step}")]
    WrongState {
        /// Where it stands.
        state: RecheckState,
        /// What was wanted.
        step: RecheckStep,
    },
    /// Who found the result wrong does not confirm it, and nobody looks at their own.
    #[error("somebody else is needed")]
    SomebodyElseNeeded,
    /// Who practised asks for nothing.
    #[error("the test was for practice")]
    Practice,
    /// The days are over in which the candidate could ask.
    #[error("could be asked until {until}")]
    TooLate {
        /// The end of these days.
        until: Timestamp,
    },
}

impl Refusal for RecheckRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } | Self::Practice | Self::TooLate { .. } => ProblemCode::WrongState,
            Self::SomebodyElseNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state.recheck",
            Self::Practice => "wrong-state.recheck-practice",
            Self::TooLate { .. } => "wrong-state.recheck-late",
            Self::SomebodyElseNeeded => "second-person-needed.recheck",
        }
    }
}

/// Until when a candidate may ask for a recheck of a result that was released at `released_at`: the end of the planned
/// day, and never less than [`RECHECK_DAYS`] after the release.
#[must_use]
pub fn recheck_until(released_at: Timestamp, planned: Option<Date>) -> Timestamp {
    let least = end_of_day_after(released_at, RECHECK_DAYS);
    planned.map_or(least, |day| least.max(Timestamp::of_day_in_china(day).plus_s(DAY_S)))
}

/// When what was asked at `asked_at` is to be answered.
#[must_use]
pub fn recheck_answer_by(asked_at: Timestamp) -> Timestamp {
    end_of_day_after(asked_at, RECHECK_ANSWER_DAYS)
}

fn end_of_day_after(at: Timestamp, days: i64) -> Timestamp {
    Timestamp::of_day_in_china(at.date_in_china()).plus_s((days + 1) * DAY_S)
}

/// Whether a candidate may ask for a recheck at `now`, of a test that counts or not.
///
/// # Errors
/// [`RecheckRefusal::Practice`] or [`RecheckRefusal::TooLate`].
pub fn may_ask_recheck(counts: bool, until: Timestamp, now: Timestamp) -> Result<(), RecheckRefusal> {
    match counts {
        false => Err(RecheckRefusal::Practice),
        true if now >= until => Err(RecheckRefusal::TooLate { until }),
        true => Ok(()),
    }
}

/// Where a step of `person` leads.
///
/// # Errors
/// [`RecheckRefusal::WrongState`] or [`RecheckRefusal::SomebodyElseNeeded`].
pub fn judge_recheck(
    facts: &RecheckFacts,
    step: RecheckStep,
    person: AccountId,
) -> Result<RecheckState, RecheckRefusal> {
    let state = facts.state;
    let next = match (state, step) {
        (RecheckState::Asked, RecheckStep::Keep) => RecheckState::Unchanged,
        (RecheckState::Asked, RecheckStep::Propose) => RecheckState::Proposed,
        (RecheckState::Proposed, RecheckStep::Confirm) => RecheckState::Corrected,
        (RecheckState::Proposed, RecheckStep::Return) => RecheckState::Asked,
        _ => return Err(RecheckRefusal::WrongState { state, step }),
    };
    let is_own = step == RecheckStep::Confirm && facts.settled_by == Some(person);
    if is_own || facts.candidate == person { Err(RecheckRefusal::SomebodyElseNeeded) } else { Ok(next) }
}

/// What the result is with these corrections: the sum of all items.
#[must_use]
pub fn corrected_score(items: &[RecheckedItem], corrections: &[ItemCorrection]) -> Points {
    let corrected = |item: &RecheckedItem| corrections.iter().find(|one| one.item_id == item.item_id);
    items.iter().map(|item| corrected(item).map_or(item.points, |one| one.points)).sum()
}

/// Whether a result of `score` is wrong: points of an item are others, or they are not summed rightly.
#[must_use]
pub fn is_result_wrong(items: &[RecheckedItem], corrections: &[ItemCorrection], score: Points) -> bool {
    let is_other =
        |one: &ItemCorrection| items.iter().any(|item| item.item_id == one.item_id && item.points != one.points);
    corrections.iter().any(is_other) || corrected_score(items, corrections) != score
}

/// Everything that is wrong with corrections of these items: what is no item of the paper, stands there twice, or is
/// more than the item is worth.
#[must_use]
pub fn check_corrections(items: &[RecheckedItem], corrections: &[ItemCorrection]) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for (at, one) in corrections.iter().enumerate() {
        let item = items.iter().find(|item| item.item_id == one.item_id);
        let is_twice = corrections.iter().take(at).any(|earlier| earlier.item_id == one.item_id);
        match item {
            None => wrong.push(FieldError::new(format!("/corrections/{at}/item_id"), "not-found")),
            Some(_) if is_twice => wrong.push(FieldError::new(format!("/corrections/{at}/item_id"), "duplicate")),
            Some(item) if one.points < Points::ZERO || one.points > item.max_points => {
                wrong.push(FieldError::new(format!("/corrections/{at}/points"), "out-of-range"));
            }
            Some(_) => {}
        }
    }
    wrong
}
