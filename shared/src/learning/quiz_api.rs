//! Requests and responses of `/classes/{id}/quizzes`, `/quizzes` and `/me/quizzes`.

use super::{QuizAttempts, QuizFeedback, QuizState, may_attempt};
use crate::{
    ids::{AccountId, ClassId, CourseId, QuizId, UnitId},
    item_bank::{ItemKind, ItemView, Response},
    points::Points,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What of a course of the class a quiz can take: one of `GET /classes/{id}/quiz_exercises`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizCourse {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub title: String,
    /// Its units with exercises, in order.
    pub units: Vec<QuizUnit>,
}

/// A unit with its exercises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizUnit {
    /// The unit.
    pub unit_id: UnitId,
    /// The title of its module.
    pub module_title: String,
    /// Its title.
    pub title: String,
    /// Those that rules score, in order.
    pub exercises: Vec<QuizExercise>,
}

/// An exercise that a quiz can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizExercise {
    /// Its number in the unit, from 0.
    pub exercise: u16,
    /// Its kind.
    pub kind: ItemKind,
    /// What is asked, in Markdown.
    pub stem: String,
}

/// A quiz as who follows the class sees it: one of `GET /classes/{id}/quizzes`, the newest first; the reply to whatever
/// changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizView {
    /// The quiz.
    pub id: QuizId,
    /// The class.
    pub class_id: ClassId,
    /// The title of the course.
    pub course_title: String,
    /// The title.
    pub title: String,
    /// The last day on which it may be done.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// Where it stands.
    pub state: QuizState,
    /// How often a learner may do it.
    pub attempts: u8,
    /// When they see what was right.
    pub feedback: QuizFeedback,
    /// The most that it gives.
    pub most: Points,
    /// Name of who set it.
    pub by_name: String,
    /// When they did.
    pub set_at: Timestamp,
    /// Learners of the class who have done it.
    pub done: u32,
    /// Learners of the class.
    pub learners: u32,
}

/// The same with what came of it: `GET /quizzes/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizSheet {
    /// The quiz.
    pub quiz: QuizView,
    /// The learners of the class, by name.
    pub learners: Vec<QuizLearner>,
    /// Its exercises, in order.
    pub items: Vec<QuizItemTally>,
}

/// What a learner of the class has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizLearner {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// How often they did it.
    pub used: u8,
    /// The points of their best attempt; absent before the first.
    pub best: Option<Points>,
    /// When they did it last.
    pub last_at: Option<Timestamp>,
}

/// How an exercise of a quiz went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizItemTally {
    /// The title of its unit.
    pub unit_title: String,
    /// What is asked, as sanitised HTML.
    pub stem_html: String,
    /// The right answer.
    pub key_text: String,
    /// Learners whose first attempt had it wholly right: what they knew before they were told.
    pub right: u32,
    /// Learners who made an attempt.
    pub tried: u32,
}

/// A quiz as a learner of the class sees it: one of `GET /me/quizzes`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyQuiz {
    /// The quiz.
    pub id: QuizId,
    /// Name of the class.
    pub class_name: String,
    /// The title of the course.
    pub course_title: String,
    /// The title.
    pub title: String,
    /// The last day on which it may be done.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// Where it stands.
    pub state: QuizState,
    /// When the learner sees what was right.
    pub feedback: QuizFeedback,
    /// How often it may be done.
    pub attempts: u8,
    /// How often it was.
    pub used: u8,
    /// The points of the best attempt; absent before the first.
    pub best: Option<Points>,
    /// The most that it gives.
    pub most: Points,
}

impl MyQuiz {
    /// Whether the learner may do it once more.
    #[must_use]
    pub fn is_open(&self) -> bool {
        may_attempt(self.state, QuizAttempts { most: self.attempts, used: self.used }).is_ok()
    }
}

/// The same with what is asked: `GET /me/quizzes/{id}`, and the reply of `POST /me/quizzes/{id}/attempts`. No key is in
/// it but by the rules of feedback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyQuizSheet {
    /// The quiz.
    pub quiz: MyQuiz,
    /// What is asked, in order.
    pub items: Vec<ItemView>,
    /// What the learner did, the first attempt first.
    pub attempts: Vec<MyQuizAttempt>,
    /// What was right in the last attempt, item by item; empty while the learner does not see it.
    pub review: Vec<QuizItemReview>,
}

/// An attempt of the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyQuizAttempt {
    /// Its points.
    pub points: Points,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
}

/// What was right of one item, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizItemReview {
    /// The unit in which it is taught.
    pub unit_id: UnitId,
    /// Its title.
    pub unit_title: String,
    /// What the learner answered; `cleared` where they did not.
    pub response: Response,
    /// Whether the answer was wholly right.
    pub is_right: bool,
    /// The right answer.
    pub key_text: String,
    /// Why, as sanitised HTML; may be empty.
    pub explanation_html: String,
}

/// Body of `POST /me/quizzes/{id}/attempts` (with `Idempotency-Key`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewQuizAttempt {
    /// An answer for each item, in order; `cleared` where there is none.
    pub responses: Vec<Response>,
}

/// An attempt of one's own, wherever that was: of `GET /me/data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnQuizAttempt {
    /// Name of the class.
    pub class_name: String,
    /// The title of the quiz.
    pub title: String,
    /// What was answered, in order.
    pub responses: Vec<Response>,
    /// The points.
    pub points: Points,
    /// The most that it gave.
    pub most: Points,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
}
