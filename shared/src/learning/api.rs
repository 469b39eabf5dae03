//! Requests and responses of `/courses`, `/classes`, `/me/courses` and `/me/units`.

use super::{
    ActivityView, CourseContent, CourseKind, CourseLevel, CourseReview, CourseRole, HeavyLesson, StudyRules, StudyToday,
};
use crate::{
    ids::{AccountId, ActivityId, ClassId, CourseId, CourseVersionId, OfflineEntryId, UnitId},
    item_bank::{ItemView, Response},
    media::recording::RecordingLimits,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /courses`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewCourse {
    /// Catalogue code, such as `GYW01`.
    pub code: String,
    /// The title.
    pub title: String,
    /// The level it counts for.
    pub level: CourseLevel,
    /// How it counts for the diploma.
    pub role: CourseRole,
    /// What it teaches.
    #[serde(default = "culture")]
    pub kind: CourseKind,
    /// All class hours of 45 minutes.
    pub class_hours: u16,
    /// Of these, face to face.
    pub face_to_face_hours: u16,
    /// What it is about, in one or two sentences.
    pub summary: String,
}

const fn culture() -> CourseKind {
    CourseKind::Culture
}

/// Body of `POST /courses/{id}/copies`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CopyCourse {
    /// Catalogue code of the copy.
    pub code: String,
    /// The title of the copy.
    pub title: String,
}

/// One course: `GET /courses`, open to everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseView {
    /// The course.
    pub id: CourseId,
    /// Catalogue code.
    pub code: String,
    /// The title.
    pub title: String,
    /// The level it counts for.
    pub level: CourseLevel,
    /// How it counts for the diploma.
    pub role: CourseRole,
    /// All class hours of 45 minutes.
    pub class_hours: u16,
    /// Of these, face to face.
    pub face_to_face_hours: u16,
    /// What it is about.
    pub summary: String,
    /// Number of the newest published version; absent before the first.
    pub published_version: Option<i32>,
    /// Titles of the published modules.
    pub modules: Vec<String>,
}

/// The draft of a course: `GET` and `PUT /courses/{id}/draft`; its `ETag` is `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseDraft {
    /// The version being written.
    pub id: CourseVersionId,
    /// Its course.
    pub course: CourseView,
    /// Changes at every save.
    pub version: i32,
    /// The content.
    pub content: CourseContent,
    /// Whether the reader has a hand in it, and so does not publish it.
    pub is_own: bool,
    /// Its last submission; absent before the first.
    pub review: Option<CourseReview>,
    /// Lessons for which a learner on a weak network would wait.
    pub heavy: Vec<HeavyLesson>,
    /// How large video and sound may be.
    pub recording_limits: RecordingLimits,
}

/// Body of `POST /markdown_previews`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkdownSource {
    /// Markdown with formulas.
    pub markdown: String,
}

/// Reply of `POST /markdown_previews`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenderedMarkdown {
    /// Sanitised HTML, formulas as MathML.
    pub html: String,
}

/// Reply of `POST /exercise_previews`, whose body is an `Item`: what a learner will see of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExercisePreview {
    /// What is asked.
    pub view: ItemView,
    /// Why the key is right, as sanitised HTML; shown after an answer.
    pub explanation_html: String,
}

/// Why a course is not complete yet, or that it is. Derived from facts, never set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseStanding {
    /// Task points in the course version.
    pub task_points: u16,
    /// Of these, completed.
    pub completed: u16,
    /// Minutes of study that count.
    pub studied_minutes: u32,
    /// Whether the learner may register for the unified test.
    pub gate: Gate,
}

/// The gate of the unified test (考试资格).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Gate {
    /// The course is complete.
    Open,
    /// Task points are missing.
    TaskPointsMissing {
        /// How many more are needed.
        missing: u16,
    },
}

/// A class with its learners, for those who follow it: `GET /classes/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassView {
    /// The class.
    pub id: ClassId,
    /// Its name.
    pub name: String,
    /// The courses that it studies, by code.
    pub courses: Vec<ClassCourse>,
    /// Its learners, by name.
    pub learners: Vec<ClassLearner>,
}

/// A course of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassCourse {
    /// The course.
    pub id: CourseId,
    /// Catalogue code.
    pub code: String,
    /// The title.
    pub title: String,
}

/// A learner of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassLearner {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Where they stand in each course of the class, in its order.
    pub standings: Vec<CourseStanding>,
}

/// One course of the learner: `GET /me/courses`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyCourse {
    /// The course.
    pub course: CourseView,
    /// The class in which it is studied.
    pub class_id: ClassId,
    /// Name of the class.
    pub class_name: String,
    /// Where the learner stands.
    pub standing: CourseStanding,
    /// The unit to study next; absent when all are complete.
    pub next_unit: Option<UnitProgress>,
    /// Number of the version that the learner studies; the newest is `course.published_version`.
    pub version: i32,
    /// Exercises in the learner's wrong-answer book (错题本).
    pub mistakes: u16,
    /// Questions of the learner that were answered, and that they have not ended yet.
    pub answers: u16,
    /// Units with assignments that teachers returned, in order.
    #[serde(default)]
    pub to_correct: Vec<UnitToCorrect>,
}

/// A unit with an assignment that a teacher returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitToCorrect {
    /// The unit.
    pub id: UnitId,
    /// Its title.
    pub title: String,
}

/// The map of one course of the learner: `GET /me/courses/{course_id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyCourseMap {
    /// The course with its standing.
    pub course: MyCourse,
    /// Its modules, in order.
    pub modules: Vec<ModuleProgress>,
}

/// One module on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleProgress {
    /// The title.
    pub title: String,
    /// What it weighs on a phone that keeps it, in bytes.
    pub bytes: u32,
    /// Its units, in order.
    pub units: Vec<UnitProgress>,
}

/// One unit on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitProgress {
    /// The unit.
    pub id: UnitId,
    /// The title.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// How far it has been read, in per cent.
    pub read_pct: u8,
    /// Seconds that are missing before it can have been read: nobody reads faster (ADR 45).
    #[serde(default)]
    pub reading_left_s: u32,
    /// Exercises in it.
    pub exercises: u16,
    /// Of these, answered rightly at least once (or handed in, where a person marks).
    pub exercises_done: u16,
    /// Activities in it that are required.
    #[serde(default)]
    pub activities: u16,
    /// Of these, done; an assignment is once it has been handed in and was not returned.
    #[serde(default)]
    pub activities_done: u16,
    /// Whether the task point is complete.
    pub is_complete: bool,
}

impl UnitProgress {
    /// Whether its text has been read: far enough, and for long enough.
    #[must_use]
    pub const fn is_read(&self, rules: &StudyRules) -> bool {
        self.read_pct >= rules.read_enough_pct && self.reading_left_s == 0
    }

    /// Whether anything of it has been studied.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        self.read_pct > 0 || self.exercises_done > 0 || self.activities_done > 0
    }
}

/// A unit to study: `GET /me/units/{unit_id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitView {
    /// Its course.
    pub course_id: CourseId,
    /// Title of its course.
    pub course_title: String,
    /// Number of the version of the course.
    pub version: i32,
    /// Title of its module.
    pub module_title: String,
    /// Title and progress.
    pub progress: UnitProgress,
    /// The lesson as sanitised HTML.
    pub html: String,
    /// The exercises, without keys.
    pub exercises: Vec<ItemView>,
    /// For each exercise, whether it has been done.
    pub done: Vec<bool>,
    /// What else is done in it, in order.
    #[serde(default)]
    pub activities: Vec<ActivityView>,
    /// Those of them that lie in tools of others and are done.
    #[serde(default)]
    pub done_in_tools: Vec<ActivityId>,
    /// The unit after this one.
    pub next: Option<UnitId>,
}

/// Body of `POST /me/units/{unit_id}/heartbeats`, sent every 20 s while the page is looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Heartbeat {
    /// Names the open page: one random id for each time it is opened, or shown again after it was hidden.
    pub stream: uuid::Uuid,
    /// How far it has been read, in per cent.
    pub read_pct: u8,
    /// Number of the version that the page shows; the one that the learner studies by now, unless told.
    #[serde(default)]
    pub version: Option<i32>,
}

/// Body of `POST /me/units/{unit_id}/exercises/{index}/answers`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExerciseAnswer {
    /// Made on the device, the same as of the entry that it keeps if no reply comes: however often it is sent, it counts
    /// once. Without one each answer is a try of its own.
    #[serde(default)]
    pub id: Option<OfflineEntryId>,
    /// What the learner answered.
    pub response: Response,
    /// Number of the version that the page shows; the one that the learner studies by now, unless told.
    #[serde(default)]
    pub version: Option<i32>,
}

/// What comes back after an exercise is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseFeedback {
    /// Right or wrong; absent where a person would have to say.
    pub is_right: Option<bool>,
    /// The right answer, as a person would write it.
    pub key_text: String,
    /// Why, as sanitised HTML.
    pub explanation_html: String,
    /// Where the unit stands now.
    pub progress: UnitProgress,
}

/// What the server knows of the learner's study after a heartbeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudyReceipt {
    /// When the heartbeat was taken, on the server's clock.
    pub received_at: Timestamp,
    /// Where the unit stands now.
    pub progress: UnitProgress,
    /// Whether the learner reads on another page that was opened later: then the time of this one does not count.
    pub is_elsewhere: bool,
    /// What counts today of all that the learner studied; absent where no rule sets a limit.
    pub today: Option<StudyToday>,
    /// 读中小题: the exercise of the unit that the learner is asked now, by its number from 0; they have read for long
    /// without an answer.
    #[serde(default)]
    pub check: Option<u16>,
}
