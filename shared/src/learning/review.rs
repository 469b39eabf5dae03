//! 课程审核: what an author has written is looked at by somebody else before learners study it.

use super::CourseContent;
use crate::{
    ids::{AccountId, CourseId, UnitId},
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Characters of what a reviewer says, of the whole draft or of one unit.
pub const MAX_REMARK_CHARS: usize = 1_000;

text_enum! {
    /// What became of a draft that was submitted.
    ReviewState {
        /// 待审核: nobody changes the draft.
        Waiting = "waiting",
        /// 已撤回: its authors write on.
        TakenBack = "taken_back",
        /// 已退回: its authors write on, and know what to do.
        Returned = "returned",
        /// 已通过: it was published.
        Approved = "approved",
    }
}

text_enum! {
    /// What is done with a draft that was submitted.
    ReviewStep {
        /// An author wants it back.
        TakeBack = "take_back",
        /// Somebody else finds something to be done.
        Return = "return",
        /// Somebody else lets learners study it.
        Approve = "approve",
    }
}

/// A draft as the rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewCase<'a> {
    /// What became of its last submission; absent if it was never submitted.
    pub state: Option<ReviewState>,
    /// Everybody who has written it since the last publication, and who submitted it.
    pub authors: &'a [AccountId],
}

impl ReviewCase<'_> {
    /// Whether nobody may change the draft now.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.state == Some(ReviewState::Waiting)
    }
}

/// Why a draft is not changed, submitted or decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefusal {
    /// It is with a reviewer.
    #[error("the draft is in review")]
    InReview,
    /// It is with its authors.
    #[error("the draft is not in review")]
    NotInReview,
    /// It is what is published already.
    #[error("nothing has changed since the last publication")]
    Unchanged,
    /// Who has written it does not decide about it.
    #[error("a second person is needed")]
    SecondPersonNeeded,
}

impl Refusal for ReviewRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::InReview | Self::NotInReview | Self::Unchanged => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::InReview => "wrong-state.draft-in-review",
            Self::NotInReview => "wrong-state.draft-not-in-review",
            Self::Unchanged => "wrong-state.draft-unchanged",
            Self::SecondPersonNeeded => "second-person-needed.course",
        }
    }
}

/// Whether a draft may be changed.
///
/// # Errors
/// [`ReviewRefusal::InReview`].
pub fn may_write(case: &ReviewCase<'_>) -> Result<(), ReviewRefusal> {
    if case.is_locked() { Err(ReviewRefusal::InReview) } else { Ok(()) }
}

/// Whether a draft may be submitted; `has_changed` since the last publication.
///
/// # Errors
/// [`ReviewRefusal::InReview`], or [`ReviewRefusal::Unchanged`].
pub fn may_submit(case: &ReviewCase<'_>, has_changed: bool) -> Result<(), ReviewRefusal> {
    may_write(case)?;
    if has_changed { Ok(()) } else { Err(ReviewRefusal::Unchanged) }
}

/// What becomes of a draft that `by` takes a step with. Every author may take it back; nobody who has written a
/// word of it decides about it, not even by sending it back.
///
/// # Errors
/// [`ReviewRefusal::NotInReview`], or [`ReviewRefusal::SecondPersonNeeded`].
pub fn judge_review(case: &ReviewCase<'_>, step: ReviewStep, by: AccountId) -> Result<ReviewState, ReviewRefusal> {
    if !case.is_locked() {
        return Err(ReviewRefusal::NotInReview);
    }
    match step {
        ReviewStep::TakeBack => Ok(ReviewState::TakenBack),
        ReviewStep::Return | ReviewStep::Approve if case.authors.contains(&by) => {
            Err(ReviewRefusal::SecondPersonNeeded)
        }
        ReviewStep::Return => Ok(ReviewState::Returned),
        ReviewStep::Approve => Ok(ReviewState::Approved),
    }
}

/// What a reviewer says of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitRemark {
    /// The unit.
    pub unit_id: UnitId,
    /// What is to be done, as plain text.
    pub text: String,
}

/// Body of `POST /courses/{id}/return`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnDraft {
    /// What is to be done of the whole, as plain text; it may be empty if there are remarks.
    pub note: String,
    /// Remarks on units of the draft, each unit once.
    pub remarks: Vec<UnitRemark>,
}

impl ReturnDraft {
    /// Everything that is wrong with it: an author who gets a draft back is told why.
    #[must_use]
    pub fn check(&self, content: &CourseContent) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.note.trim().is_empty() && self.remarks.is_empty() {
            errors.push(FieldError::new("/note", "required"));
        }
        if self.note.chars().count() > MAX_REMARK_CHARS {
            errors.push(FieldError::new("/note", "too-long"));
        }
        let units: HashSet<UnitId> =
            content.modules.iter().flat_map(|module| &module.units).map(|unit| unit.id).collect();
        let mut seen = HashSet::new();
        for (at, remark) in self.remarks.iter().enumerate() {
            let here = format!("/remarks/{at}");
            if !units.contains(&remark.unit_id) {
                errors.push(FieldError::new(format!("{here}/unit_id"), "not-found"));
            } else if !seen.insert(remark.unit_id) {
                errors.push(FieldError::new(format!("{here}/unit_id"), "duplicate"));
            }
            if remark.text.trim().is_empty() {
                errors.push(FieldError::new(format!("{here}/text"), "required"));
            } else if remark.text.chars().count() > MAX_REMARK_CHARS {
                errors.push(FieldError::new(format!("{here}/text"), "too-long"));
            }
        }
        errors
    }
}

/// The last submission of a draft, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseReview {
    /// What became of it.
    pub state: ReviewState,
    /// Who submitted it.
    pub submitted_by_name: String,
    /// When.
    pub submitted_at: Timestamp,
    /// Who took it back, returned or approved it.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What the reviewer says of the whole; empty if nothing.
    pub note: String,
    /// What the reviewer says of units.
    pub remarks: Vec<UnitRemark>,
}

/// A draft that waits for a reviewer: one of `GET /course_reviews`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingReview {
    /// The course.
    pub course_id: CourseId,
    /// Catalogue code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Who submitted it.
    pub submitted_by_name: String,
    /// When.
    pub submitted_at: Timestamp,
    /// Whether the reader has a hand in it, and so does not decide about it.
    pub is_own: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{learning::Module, learning::Unit, problem::has_texts};
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    fn case(state: Option<ReviewState>) -> ReviewCase<'static> {
        ReviewCase { state, authors: &[ONE] }
    }

    #[test]
    fn a_draft_in_review_is_neither_changed_nor_submitted_again() {
        for state in ReviewState::ALL.iter().copied().map(Some).chain([None]) {
            let is_locked = state == Some(ReviewState::Waiting);
            assert_eq!(may_write(&case(state)).is_err(), is_locked, "{state:?}");
            assert_eq!(may_submit(&case(state), true).is_err(), is_locked, "{state:?}");
        }
        assert_eq!(may_submit(&case(None), false), Err(ReviewRefusal::Unchanged));
    }

    #[test]
    fn who_has_written_a_word_of_it_does_not_decide() {
        let waiting = case(Some(ReviewState::Waiting));
        assert_eq!(judge_review(&waiting, ReviewStep::Approve, OTHER), Ok(ReviewState::Approved));
        assert_eq!(judge_review(&waiting, ReviewStep::Return, OTHER), Ok(ReviewState::Returned));
        for step in [ReviewStep::Approve, ReviewStep::Return] {
            assert_eq!(judge_review(&waiting, step, ONE), Err(ReviewRefusal::SecondPersonNeeded));
        }
        for by in [ONE, OTHER] {
            assert_eq!(judge_review(&waiting, ReviewStep::TakeBack, by), Ok(ReviewState::TakenBack));
        }
    }

    #[test]
    fn what_is_not_in_review_is_not_decided() {
        let others = ReviewState::ALL.iter().copied().filter(|state| *state != ReviewState::Waiting).map(Some);
        for state in others.chain([None]) {
            for step in ReviewStep::ALL {
                assert_eq!(judge_review(&case(state), *step, OTHER), Err(ReviewRefusal::NotInReview), "{state:?}");
            }
        }
    }

    #[test]
    fn an_author_who_gets_a_draft_back_is_told_why() {
        let id = UnitId(Uuid::from_u128(7));
        let unit = Unit {
            id,
            title: String::new(),
            minutes: 5,
            body: String::new(),
            exercises: Vec::new(),
            activities: Vec::new(),
        };
        let content = CourseContent {
            modules: vec![Module { title: String::new(), units: vec![unit] }],
            ..CourseContent::default()
        };
        let remark = |unit_id, text: &str| UnitRemark { unit_id, text: text.to_owned() };
        let check = |note: &str, remarks: Vec<UnitRemark>| {
            let errors = ReturnDraft { note: note.to_owned(), remarks }.check(&content);
            errors.into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
        };
        let wrong = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(check(" ", Vec::new()), wrong("/note", "required"));
        assert_eq!(check("再改", Vec::new()), []);
        assert_eq!(check("", vec![remark(id, "漏了一步")]), []);
        assert_eq!(check("", vec![remark(id, " ")]), wrong("/remarks/0/text", "required"));
        let long = "长".repeat(MAX_REMARK_CHARS + 1);
        assert_eq!(check("", vec![remark(id, &long)]), wrong("/remarks/0/text", "too-long"));
        assert_eq!(check(&long, Vec::new()), wrong("/note", "too-long"));
        assert_eq!(check("", vec![remark(id, "a"), remark(id, "b")]), wrong("/remarks/1/unit_id", "duplicate"));
        let nowhere = UnitId(Uuid::from_u128(8));
        assert_eq!(check("", vec![remark(nowhere, "a")]), wrong("/remarks/0/unit_id", "not-found"));
    }

    #[test]
    fn each_refusal_has_a_text() {
        let all = [
            ReviewRefusal::InReview,
            ReviewRefusal::NotInReview,
            ReviewRefusal::Unchanged,
            ReviewRefusal::SecondPersonNeeded,
        ];
        for refusal in all {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal:?}");
        }
    }
}
