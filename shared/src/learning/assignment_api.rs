//! Requests and responses of `/me/units/{id}/assignments`, `/me/assignments` and `/hand_ins`.

use super::{Activity, ActivityBody, Criterion, HandInDecision, HandInFile, HandInState, Takes, UnitProgress};
use crate::{
    ids::{ActivityId, AssignmentPhotoId, ClassId, CourseId, HandInId, UnitId},
    points::Points,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// An activity as its learner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityView {
    /// The activity.
    pub id: ActivityId,
    /// The title.
    pub title: String,
    /// Whether the task point needs it.
    pub is_required: bool,
    /// What is to be done.
    pub body: ActivityBodyView,
}

/// What is to be done, as its learner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActivityBodyView {
    /// 作业.
    Assignment {
        /// The task as sanitised HTML.
        task_html: String,
        /// What may be handed in.
        takes: Takes,
        /// By what it is marked, in order.
        rubric: Vec<Criterion>,
    },
    /// 讨论题.
    Discussion {
        /// What is asked, in plain text.
        prompt: String,
    },
    /// 线下课.
    OfflineLesson {
        /// What is done, and what is to be brought, in plain text.
        about: String,
        /// How many class hours it takes.
        class_hours: u8,
    },
    /// 外部课程. Where it lies is told when the learner goes there.
    External {
        /// What is done there, in plain text; may be empty.
        about: String,
        /// Per cent of the points from which it counts as done; 0 if the tool only says that it was completed.
        needs_pct: u8,
    },
}

/// An assignment, as its learner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentView {
    /// The task as sanitised HTML.
    pub task_html: String,
    /// What may be handed in.
    pub takes: Takes,
    /// By what it is marked, in order.
    pub rubric: Vec<Criterion>,
}

impl ActivityBodyView {
    /// The assignment, if it is one.
    #[must_use]
    pub fn assignment(self) -> Option<AssignmentView> {
        match self {
            Self::Assignment { task_html, takes, rubric } => Some(AssignmentView { task_html, takes, rubric }),
            Self::Discussion { .. } | Self::OfflineLesson { .. } | Self::External { .. } => None,
        }
    }

    /// What is asked, if it is a question to discuss.
    #[must_use]
    pub fn discussion(&self) -> Option<&str> {
        match self {
            Self::Discussion { prompt } => Some(prompt),
            Self::Assignment { .. } | Self::OfflineLesson { .. } | Self::External { .. } => None,
        }
    }

    /// What is done face to face and its class hours, if it is a lesson.
    #[must_use]
    pub fn offline_lesson(&self) -> Option<(&str, u8)> {
        match self {
            Self::OfflineLesson { about, class_hours } => Some((about.as_str(), *class_hours)),
            Self::Assignment { .. } | Self::Discussion { .. } | Self::External { .. } => None,
        }
    }

    /// What is done in somebody else's tool and the per cent of points that it needs, if it lies there.
    #[must_use]
    pub fn external(&self) -> Option<(&str, u8)> {
        match self {
            Self::External { about, needs_pct } => Some((about.as_str(), *needs_pct)),
            Self::Assignment { .. } | Self::Discussion { .. } | Self::OfflineLesson { .. } => None,
        }
    }
}

impl Activity {
    /// The activity as its learner sees it, its texts drawn by `render`.
    #[must_use]
    pub fn view(&self, render: impl Fn(&str) -> String) -> ActivityView {
        let body = match &self.body {
            ActivityBody::Assignment { task, takes, rubric } => {
                ActivityBodyView::Assignment { task_html: render(task), takes: *takes, rubric: rubric.clone() }
            }
            ActivityBody::Discussion { prompt } => ActivityBodyView::Discussion { prompt: prompt.clone() },
            ActivityBody::OfflineLesson { about, class_hours } => {
                ActivityBodyView::OfflineLesson { about: about.clone(), class_hours: *class_hours }
            }
            ActivityBody::External { link } => {
                ActivityBodyView::External { about: link.about.clone(), needs_pct: link.needs_pct }
            }
        };
        ActivityView { id: self.id, title: self.title.clone(), is_required: self.is_required, body }
    }
}

/// Body of `POST /me/assignments/{id}/hand_ins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHandIn {
    /// Plain text; may be empty if there are photos or files.
    pub text: String,
    /// Photos that were sent for this assignment, in order.
    pub photos: Vec<AssignmentPhotoId>,
    /// Files that were sent for this assignment, in order.
    #[serde(default)]
    pub files: Vec<HandInFile>,
    /// Number of the version that the page shows; the one that the learner studies by now, unless told.
    #[serde(default)]
    pub version: Option<i32>,
}

/// A photo that was sent for an assignment: reply of `POST /me/assignments/{id}/photos`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentPhotoView {
    /// The photo.
    pub id: AssignmentPhotoId,
}

/// Body of `POST /hand_ins/{id}/mark`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandInMark {
    /// What becomes of it.
    pub decision: HandInDecision,
    /// The points of each criterion, in order; none if it is returned.
    #[serde(default)]
    pub points: Vec<Points>,
    /// What is to be corrected, or what there is to say of it, in plain text.
    pub remark: String,
}

/// What a teacher decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInMarkView {
    /// Whether the learner is to correct it.
    pub is_returned: bool,
    /// The points of each criterion, in order; none if it was returned.
    pub points: Vec<Points>,
    /// Plain text; may be empty.
    pub remark: String,
    /// Name of who decided.
    pub by_name: String,
    /// When they did.
    pub at: Timestamp,
}

/// Something that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInView {
    /// The hand-in.
    pub id: HandInId,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
    /// Plain text; may be empty.
    pub text: String,
    /// The photos, in order.
    pub photos: Vec<AssignmentPhotoId>,
    /// The files, in order.
    pub files: Vec<HandInFile>,
    /// By what it is marked, in order: as the assignment was when it was handed in.
    pub rubric: Vec<Criterion>,
    /// What a teacher decided, if they did.
    pub mark: Option<HandInMarkView>,
}

impl HandInView {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> HandInState {
        HandInState::of(self.mark.as_ref().map(|mark| mark.is_returned))
    }
}

/// What the learner handed in of one assignment: of `GET /me/units/{id}/assignments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAssignment {
    /// The assignment.
    pub activity_id: ActivityId,
    /// What was handed in, the last first.
    pub hand_ins: Vec<HandInView>,
}

impl OwnAssignment {
    /// Where the last hand-in stands; absent before the first.
    #[must_use]
    pub fn state(&self) -> Option<HandInState> {
        self.hand_ins.first().map(HandInView::state)
    }
}

/// Reply of `POST /me/assignments/{id}/hand_ins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInReceipt {
    /// What the learner handed in by now.
    pub assignment: OwnAssignment,
    /// Where the unit stands now.
    pub progress: UnitProgress,
}

/// Something that the learner handed in, wherever that was: of `GET /me/data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnHandIn {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// The title of the unit.
    pub unit_title: String,
    /// The title of the assignment.
    pub title: String,
    /// What was handed in.
    pub hand_in: HandInView,
}

/// A hand-in as who keeps or teaches the class sees it: a row of `GET /hand_ins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInRow {
    /// The hand-in.
    pub id: HandInId,
    /// The class.
    pub class_id: ClassId,
    /// Its name.
    pub class_name: String,
    /// Name of who handed in.
    pub learner_name: String,
    /// The title of the course.
    pub course_title: String,
    /// The unit.
    pub unit_id: UnitId,
    /// Its title.
    pub unit_title: String,
    /// The title of the assignment.
    pub title: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// How many photos there are.
    pub photos: u8,
    /// How many files there are.
    pub files: u8,
    /// Where it stands.
    pub state: HandInState,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
}

/// The same with all that it takes to mark it: `GET /hand_ins/{id}`, and the reply of `POST /hand_ins/{id}/mark`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInSheet {
    /// Whose it is, and of what.
    pub row: HandInRow,
    /// The task as sanitised HTML.
    pub task_html: String,
    /// What was handed in.
    pub hand_in: HandInView,
    /// What the same learner handed in of it before, the last first.
    pub earlier: Vec<HandInView>,
    /// Whether the reader handed it in themselves, and so may not mark it.
    pub is_own: bool,
    /// Whether it may be returned: the class is not over, and the learner is in it.
    pub may_return: bool,
    /// The hand-in of the reader's classes that waits next, if any other does.
    pub next: Option<HandInId>,
}
