//! What was written on a paper that was handed out in a room, entered later: by one person, and by another who has not
//! seen what the first one entered. Only if both say the same it counts.

use crate::{
    ids::{AccountId, ItemId, SittingId},
    item_bank::{ItemView, Response},
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Items of one paper at most.
const MOST: usize = 300;

text_enum! {
    /// How far a paper is that was handed out.
    PaperEntryState {
        /// It is in the room.
        HandedOut = "handed_out",
        /// It was taken in, and nobody has entered it.
        Collected = "collected",
        /// One person has.
        EnteredOnce = "entered_once",
        /// Two persons have entered the same: it counts.
        Counted = "counted",
    }
}

/// Body of `POST /exam_sessions/{id}/paper_answers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPaperAnswers {
    /// Whose paper it is.
    pub sitting_id: SittingId,
    /// What is written on it; items that were left out are left out.
    pub answers: Vec<PaperAnswer>,
}

/// What is written at one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperAnswer {
    /// The item.
    pub item_id: ItemId,
    /// The answer.
    pub response: Response,
}

impl NewPaperAnswers {
    /// The answers by item; nothing written is no answer.
    ///
    /// # Errors
    /// The fields that are wrong: an item that is not on the paper, or twice.
    pub fn by_item(&self, on_paper: &BTreeSet<ItemId>) -> Result<BTreeMap<ItemId, Response>, Vec<FieldError>> {
        let (mut answers, mut errors) = (BTreeMap::new(), Vec::new());
        if self.answers.len() > MOST {
            return Err(vec![FieldError::new("/answers", "too-long")]);
        }
        for (nth, answer) in self.answers.iter().enumerate() {
            let pointer = format!("/answers/{nth}/item_id");
            if !on_paper.contains(&answer.item_id) {
                errors.push(FieldError::new(pointer, "not-found"));
            } else if answers.insert(answer.item_id, answer.response.clone()).is_some() {
                errors.push(FieldError::new(pointer, "duplicate"));
            }
        }
        answers.retain(|_, response| *response != Response::Cleared);
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }
}

/// The papers that were handed out in a test, and what is asked on them: `GET /exam_sessions/{id}/paper_answers`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperEntries {
    /// The candidates, by ticket number.
    pub sittings: Vec<PaperSitting>,
    /// What is asked, form by form and in its order, without keys; empty while no paper was handed out.
    pub items: Vec<PaperEntryItem>,
}

/// One candidate who went on on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperSitting {
    /// Their sitting.
    pub sitting_id: SittingId,
    /// 准考证号.
    pub ticket_number: String,
    /// Which form of the test they sit, from 0.
    pub form: u8,
    /// How far the paper is.
    pub state: PaperEntryState,
    /// Whether the reader entered it, and somebody else has to be the second.
    pub is_own: bool,
}

/// One item of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperEntryItem {
    /// The form, from 0.
    pub form: u8,
    /// The item.
    pub item_id: ItemId,
    /// What is asked.
    pub view: ItemView,
}

/// What decides about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFacts {
    /// Whether a paper was ever handed out.
    pub was_on_paper: bool,
    /// Whether one is still out.
    pub has_paper: bool,
    /// Whether the sitting is over.
    pub is_closed: bool,
    /// Whether the test still takes answers: nothing was scored.
    pub is_armed: bool,
    /// Whether two persons have entered the same.
    pub is_counted: bool,
    /// What was entered last, and by whom.
    pub earlier: Option<(AccountId, BTreeMap<ItemId, Response>)>,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperStep {
    /// It is kept, and a second person enters the paper again.
    Keep,
    /// A second person says the same: it counts.
    Count,
}

/// Why an entry is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefusal {
    /// No paper was handed out.
    #[error("no paper was handed out")]
    NotOnPaper,
    /// It is still in the room.
    #[error("the paper was not taken in")]
    NotCollected,
    /// The sitting is not over, or the test takes no answers any more.
    #[error("answers on paper are entered between the end of the sitting and the scoring")]
    WrongTime,
    /// It counts already.
    #[error("the paper counts already")]
    Counted,
    /// The second person says something else at these items.
    #[error("{} items differ", .items.len())]
    Differs {
        /// The items.
        items: Vec<ItemId>,
    },
}

impl Refusal for PaperRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotOnPaper => "wrong-state.room-has-no-paper",
            Self::NotCollected => "wrong-state.paper-not-collected",
            Self::WrongTime => "wrong-state.paper-wrong-time",
            Self::Counted => "wrong-state.paper-counted",
            Self::Differs { .. } => "wrong-state.paper-differs",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Differs { items } => json!({ "items": items }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Decides what becomes of what `person` entered.
///
/// # Errors
/// [`PaperRefusal`]: the first reason why it is not taken.
pub fn judge_paper_entry(
    facts: &PaperFacts,
    person: AccountId,
    answers: &BTreeMap<ItemId, Response>,
) -> Result<PaperStep, PaperRefusal> {
    if !facts.was_on_paper {
        return Err(PaperRefusal::NotOnPaper);
    }
    if facts.is_counted {
        return Err(PaperRefusal::Counted);
    }
    if facts.has_paper {
        return Err(PaperRefusal::NotCollected);
    }
    if !facts.is_closed || !facts.is_armed {
        return Err(PaperRefusal::WrongTime);
    }
    match &facts.earlier {
        Some((first, known)) if *first != person => {
            let items = differing(known, answers);
            if items.is_empty() { Ok(PaperStep::Count) } else { Err(PaperRefusal::Differs { items }) }
        }
        _ => Ok(PaperStep::Keep),
    }
}

/// The items at which two entries say something else.
fn differing(one: &BTreeMap<ItemId, Response>, other: &BTreeMap<ItemId, Response>) -> Vec<ItemId> {
    let items: BTreeSet<ItemId> = one.keys().chain(other.keys()).copied().collect();
    items.into_iter().filter(|item| one.get(item) != other.get(item)).collect()
}

/// How far a paper is.
#[must_use]
pub fn paper_state(has_paper: bool, is_entered: bool, is_counted: bool) -> PaperEntryState {
    match (is_counted, has_paper, is_entered) {
        (true, ..) => PaperEntryState::Counted,
        (false, true, _) => PaperEntryState::HandedOut,
        (false, false, true) => PaperEntryState::EnteredOnce,
        (false, false, false) => PaperEntryState::Collected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const ITEM: ItemId = ItemId(Uuid::from_u128(3));

    fn facts() -> PaperFacts {
        PaperFacts {
            was_on_paper: true,
            has_paper: false,
            is_closed: true,
            is_armed: true,
            is_counted: false,
            earlier: None,
        }
    }

    fn answers(choice: u16) -> BTreeMap<ItemId, Response> {
        BTreeMap::from([(ITEM, Response::Single(choice))])
    }

    #[test]
    fn a_second_person_who_says_the_same_makes_it_count() {
        let entered = |by| PaperFacts { earlier: Some((by, answers(1))), ..facts() };
        assert_eq!(judge_paper_entry(&facts(), ONE, &answers(1)), Ok(PaperStep::Keep));
        assert_eq!(judge_paper_entry(&entered(ONE), ONE, &answers(2)), Ok(PaperStep::Keep), "one puts it right alone");
        assert_eq!(judge_paper_entry(&entered(ONE), OTHER, &answers(1)), Ok(PaperStep::Count));
        let differs = Err(PaperRefusal::Differs { items: vec![ITEM] });
        assert_eq!(judge_paper_entry(&entered(ONE), OTHER, &answers(2)), differs);
        assert_eq!(judge_paper_entry(&entered(ONE), OTHER, &BTreeMap::new()), differs, "what is left out differs, too");
    }

    #[test]
    fn a_paper_is_entered_once_it_is_back_and_the_sitting_over() {
        for (facts, refusal) in [
            (PaperFacts { was_on_paper: false, ..facts() }, PaperRefusal::NotOnPaper),
            (PaperFacts { has_paper: true, ..facts() }, PaperRefusal::NotCollected),
            (PaperFacts { is_closed: false, ..facts() }, PaperRefusal::WrongTime),
            (PaperFacts { is_armed: false, ..facts() }, PaperRefusal::WrongTime),
            (PaperFacts { is_counted: true, ..facts() }, PaperRefusal::Counted),
        ] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
            assert_eq!(judge_paper_entry(&facts, ONE, &answers(1)), Err(refusal));
        }
        let differs = PaperRefusal::Differs { items: Vec::new() };
        assert!(crate::problem::has_texts(&format!("{}.detail", differs.message_key())));
    }

    #[test]
    fn an_item_is_entered_once_and_stands_on_the_paper() {
        let answer = |item_id| PaperAnswer { item_id, response: Response::Single(0) };
        let entered = |items: &[ItemId]| {
            let new = NewPaperAnswers {
                sitting_id: SittingId(Uuid::nil()),
                answers: items.iter().copied().map(answer).collect(),
            };
            new.by_item(&BTreeSet::from([ITEM])).map_err(|errors| errors[0].code.clone())
        };
        assert_eq!(entered(&[ITEM]), Ok(answers(0)));
        assert_eq!(entered(&[ITEM, ITEM]), Err("duplicate".to_owned()));
        assert_eq!(entered(&[ItemId(Uuid::nil())]), Err("not-found".to_owned()));
        let cleared = PaperAnswer { item_id: ITEM, response: Response::Cleared };
        let new = NewPaperAnswers { sitting_id: SittingId(Uuid::nil()), answers: vec![cleared] };
        assert_eq!(new.by_item(&BTreeSet::from([ITEM])), Ok(BTreeMap::new()));
    }
}
