//! What the office does with an entry of its roster by hand: it closes one that leads nowhere, and opens it
//! again.

use super::RosterState;
use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// A step of an entry.
    RosterStep {
        /// 关闭: nobody is sent to the person any more.
        Close = "close",
        /// 重新打开: the facts count again.
        Reopen = "reopen",
    }
}

/// Why an entry does not take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entry that is {state} cannot {step}")]
pub struct RosterStepRefusal {
    /// Where the person stands.
    pub state: RosterState,
    /// What was wanted.
    pub step: RosterStep,
}

impl Refusal for RosterStepRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self.step {
            RosterStep::Close => "wrong-state.roster-close",
            RosterStep::Reopen => "wrong-state.roster-reopen",
        }
    }

    fn params(&self) -> serde_json::Value {
        serde_json::json!({ "state": self.state, "step": self.step })
    }
}

/// Whether an entry is closed: the last of its steps says so.
#[must_use]
pub fn is_closed_after(last: Option<RosterStep>) -> bool {
    last == Some(RosterStep::Close)
}

/// The one step that an entry may take now, if there is one. Where a learner's record says how far somebody
/// is, there is nothing to close.
#[must_use]
pub const fn open_roster_step(state: RosterState, is_closed: bool) -> Option<RosterStep> {
    match (is_closed, state) {
        (true, _) => Some(RosterStep::Reopen),
        (false, RosterState::Enrolled | RosterState::Studying | RosterState::Completed | RosterState::Verified) => None,
        (false, _) => Some(RosterStep::Close),
    }
}

/// Decides whether an entry takes a step.
///
/// # Errors
/// If it is another step's turn, or none's.
pub fn judge_roster_step(state: RosterState, is_closed: bool, step: RosterStep) -> Result<(), RosterStepRefusal> {
    if open_roster_step(state, is_closed) == Some(step) { Ok(()) } else { Err(RosterStepRefusal { state, step }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};

    #[track_caller]
    fn check(state: RosterState, is_closed: bool, expected: Option<RosterStep>) {
        for step in RosterStep::ALL {
            let is_taken = judge_roster_step(state, is_closed, *step).is_ok();
            assert_eq!(is_taken, expected == Some(*step), "{step} when {state}");
        }
    }

    #[test]
    fn what_is_open_is_closed_and_what_is_closed_opened() {
        for state in [RosterState::Imported, RosterState::IntentNo, RosterState::Deceased] {
            check(state, false, Some(RosterStep::Close));
        }
        check(RosterState::Closed, true, Some(RosterStep::Reopen));
    }

    #[test]
    fn whose_record_counts_is_not_closed_but_can_be_opened() {
        check(RosterState::Enrolled, false, None);
        check(RosterState::Verified, false, None);
        check(RosterState::Studying, true, Some(RosterStep::Reopen));
    }

    #[test]
    fn the_last_step_says_whether_an_entry_is_closed() {
        assert!(is_closed_after(Some(RosterStep::Close)));
        assert!(!is_closed_after(Some(RosterStep::Reopen)) && !is_closed_after(None));
    }

    #[test]
    fn every_step_and_refusal_has_its_words() {
        let files = [include_str!("../../locales/zh-CN/roster.json"), include_str!("../../locales/en/roster.json")];
        let keys: Vec<String> = RosterStep::ALL.iter().map(|step| format!("step_{step}")).collect();
        assert!(are_named(files, &keys));
        for step in RosterStep::ALL {
            let refusal = RosterStepRefusal { state: RosterState::Enrolled, step: *step };
            assert!(has_texts(&format!("{}.detail", refusal.message_key())));
        }
    }
}
