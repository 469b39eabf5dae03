//! 小测: exercises of a course that who keeps or teaches a class has its learners do together, until a day. The best of a
//! learner's attempts counts. It teaches; no task point, certificate or test rests on it.

use super::NewQuizAttempt;
use crate::{
    ids::{CourseId, UnitId},
    item_bank::{Item, ItemBody, Response, Scored, score},
    points::Points,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Characters of a title at most.
pub const MAX_QUIZ_TITLE_CHARS: usize = 60;
/// Exercises of a quiz at most.
pub const MAX_QUIZ_ITEMS: usize = 50;
/// How often a learner may do one.
pub const QUIZ_ATTEMPTS: RangeInclusive<u8> = 1..=10;
/// What each exercise of a quiz gives.
pub const QUIZ_ITEM_POINTS: Points = Points::whole(1);

text_enum! {
    /// When a learner sees what was right, and why.
    QuizFeedback {
        /// After each attempt.
        AtOnce = "at_once",
        /// When no attempt is left or the quiz is over; before that, the points alone.
        AtEnd = "at_end",
    }
}

text_enum! {
    /// Where a quiz stands. Derived, never set.
    QuizState {
        /// 进行中.
        Open = "open",
        /// 已截止.
        Over = "over",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }
}

/// Where a quiz stands on a day in China; its last day counts.
#[must_use]
pub fn quiz_state(until: Date, is_withdrawn: bool, today: Date) -> QuizState {
    match is_withdrawn {
        true => QuizState::Withdrawn,
        false if until < today => QuizState::Over,
        false => QuizState::Open,
    }
}

/// How often a quiz may be done, and how often a learner has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuizAttempts {
    /// How often it may be.
    pub most: u8,
    /// How often it was.
    pub used: u8,
}

/// Why a quiz is not done, or not withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuizRefusal {
    /// Its last day has passed.
    #[error("the quiz is over")]
    Over,
    /// It was withdrawn.
    #[error("the quiz was withdrawn")]
    Withdrawn,
    /// The learner has done it as often as they may.
    #[error("all {most} attempts are used")]
    NoAttemptLeft {
        /// How often that is.
        most: u8,
    },
}

impl Refusal for QuizRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Over => "wrong-state.quiz-over",
            Self::Withdrawn => "wrong-state.quiz-withdrawn",
            Self::NoAttemptLeft { .. } => "wrong-state.quiz-attempts",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::NoAttemptLeft { most } => serde_json::json!({ "most": most }),
            Self::Over | Self::Withdrawn => serde_json::Value::Null,
        }
    }
}

/// Whether a learner may do a quiz once more.
///
/// # Errors
/// What stands against it.
pub const fn may_attempt(state: QuizState, attempts: QuizAttempts) -> Result<(), QuizRefusal> {
    match state {
        QuizState::Withdrawn => Err(QuizRefusal::Withdrawn),
        QuizState::Over => Err(QuizRefusal::Over),
        QuizState::Open if attempts.used >= attempts.most => Err(QuizRefusal::NoAttemptLeft { most: attempts.most }),
        QuizState::Open => Ok(()),
    }
}

/// Whether a quiz may be withdrawn: once.
///
/// # Errors
/// [`QuizRefusal::Withdrawn`].
pub const fn may_withdraw_quiz(is_withdrawn: bool) -> Result<(), QuizRefusal> {
    if is_withdrawn { Err(QuizRefusal::Withdrawn) } else { Ok(()) }
}

/// Whether a learner sees what was right in their last attempt. Who has made none sees no key, even of a quiz that is
/// over: there is nothing of theirs that it would explain.
#[must_use]
pub const fn shows_quiz_keys(feedback: QuizFeedback, state: QuizState, attempts: QuizAttempts) -> bool {
    let is_done = matches!(state, QuizState::Over) || attempts.used >= attempts.most;
    attempts.used > 0 && (matches!(feedback, QuizFeedback::AtOnce) || is_done)
}

/// Whether rules alone score an exercise: a quiz has no other, so that its result is there at once.
#[must_use]
pub fn may_be_quizzed(body: &ItemBody) -> bool {
    !body.is_marked_by_person()
}

/// The points of each item; an answer that is missing gives none.
#[must_use]
pub fn quiz_points<'a>(items: impl IntoIterator<Item = &'a Item>, responses: &[Response]) -> Vec<Points> {
    let points = |(at, item): (usize, &Item)| match score(item, responses.get(at), QUIZ_ITEM_POINTS) {
        Scored::Points(points) => points,
        Scored::NeedsPerson => Points::ZERO,
    };
    items.into_iter().enumerate().map(points).collect()
}

/// The attempt that counts: the best.
#[must_use]
pub fn best_attempt(attempts: impl IntoIterator<Item = Points>) -> Option<Points> {
    attempts.into_iter().max()
}

/// One exercise of a course that a quiz takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuizPick {
    /// The unit.
    pub unit_id: UnitId,
    /// Its number in the unit, from 0.
    pub exercise: u16,
}

/// A quiz that somebody sets a class: body of `POST /classes/{id}/quizzes` (with `Idempotency-Key`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuizEntry {
    /// The course whose exercises it takes.
    pub course_id: CourseId,
    /// The title.
    pub title: String,
    /// The exercises, in order.
    pub picks: Vec<QuizPick>,
    /// How often a learner may do it.
    pub attempts: u8,
    /// When they see what was right.
    pub feedback: QuizFeedback,
    /// The last day on which it may be done.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
}

impl QuizEntry {
    /// The same without blanks around the title, if it may be set on a day in China. Whether the course has the
    /// exercises is for the caller to know.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, today: Date) -> Result<Self, Vec<FieldError>> {
        let title = self.title.trim();
        let picks = match self.picks.len() {
            0 => Some("required"),
            count if count > MAX_QUIZ_ITEMS => Some("too-long"),
            _ if has_twice(&self.picks) => Some("duplicate"),
            _ => None,
        };
        let of_title = match title.chars().count() {
            0 => Some("required"),
            length if length > MAX_QUIZ_TITLE_CHARS => Some("too-long"),
            _ => None,
        };
        let wrong = [
            ("/title", of_title),
            ("/picks", picks),
            ("/attempts", (!QUIZ_ATTEMPTS.contains(&self.attempts)).then_some("out-of-range")),
            ("/until", (self.until < today).then_some("out-of-range")),
        ];
        let wrong: Vec<_> =
            wrong.into_iter().filter_map(|(pointer, code)| Some(FieldError::new(pointer, code?))).collect();
        if wrong.is_empty() { Ok(Self { title: title.to_owned(), ..self.clone() }) } else { Err(wrong) }
    }
}

fn has_twice(picks: &[QuizPick]) -> bool {
    picks.iter().enumerate().any(|(at, pick)| picks.iter().take(at).any(|other| other == pick))
}

impl NewQuizAttempt {
    /// Whether it answers so many items, and at least one of them.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(&self, items: usize) -> Result<(), Vec<FieldError>> {
        let wrong = |code: &str| Err(vec![FieldError::new("/responses", code)]);
        match self.responses.len() {
            given if given != items => wrong("wrong-type"),
            _ if self.responses.iter().all(Response::is_empty) => wrong("required"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
