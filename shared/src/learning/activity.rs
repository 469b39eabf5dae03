//! 活动: what a learner does in a unit beside reading and exercises, and what is not scored by a rule.
//!
//! An activity keeps its id over versions as long as it is the same to a learner: what was done of it counts there.

use super::{ExternalLink, MAX_HAND_IN_FILES, MAX_TOPIC_CHARS, MAX_TOPIC_TITLE_CHARS, Unit};
use crate::{ids::ActivityId, media::has_wordless_picture, points::Points, problem::FieldError, rights::text_enum};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Activities of a unit at most.
pub const MAX_ACTIVITIES: usize = 20;
/// Characters of the title of an activity or of a criterion.
pub const MAX_ACTIVITY_TITLE_CHARS: usize = 100;
/// Characters of what is to be done.
pub const MAX_TASK_CHARS: usize = 10_000;
/// Criteria of a rubric at most.
pub const MAX_CRITERIA: usize = 10;
/// Characters of what is said of a criterion.
pub const MAX_CRITERION_CHARS: usize = 500;
/// Photos of a hand-in at most.
pub const MAX_HAND_IN_PHOTOS: u8 = 9;
/// Class hours of a lesson face to face.
pub const OFFLINE_LESSON_HOURS: RangeInclusive<u8> = 1..=20;
/// Points of a criterion, in hundredths.
pub const CRITERION_POINTS: RangeInclusive<i32> = 1..=10_000;

/// One activity of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Stays the same over versions as long as the activity is the same to a learner.
    pub id: ActivityId,
    /// The title.
    pub title: String,
    /// Whether the task point needs it.
    pub is_required: bool,
    /// What is to be done.
    pub body: ActivityBody,
}

/// What kind of activity it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ActivityBody {
    /// 作业: something is handed in, and a teacher of the class marks it.
    Assignment {
        /// What is to be done, in Markdown.
        task: String,
        /// What may be handed in.
        takes: Takes,
        /// By what it is marked, in order.
        rubric: Vec<Criterion>,
    },
    /// 讨论题: teachers open it to their classes as a topic, and learners talk about it there. No task point needs it.
    Discussion {
        /// What is asked, in plain text, as a topic has it.
        prompt: String,
    },
    /// 线下课: what is done face to face. When that is, the timetable of each class says; no task point needs it, for
    /// who was there is known by the roll-call.
    OfflineLesson {
        /// What is done, and what is to be brought, in plain text.
        about: String,
        /// How many class hours it takes.
        class_hours: u8,
    },
    /// 外部课程: what is done in somebody else's tool, which reports back (ADR 61).
    External {
        /// Where it lies, and what completes it.
        link: ExternalLink,
    },
}

text_enum! {
    /// A kind of activity.
    ActivityKind {
        /// 作业.
        Assignment = "assignment",
        /// 讨论题.
        Discussion = "discussion",
        /// 线下课.
        OfflineLesson = "offline_lesson",
        /// 外部课程.
        External = "external",
    }
}

/// What may be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Takes {
    /// Whether a text may be.
    pub may_write: bool,
    /// How many photos may be; none at 0.
    pub photos: u8,
    /// How many files may be; none at 0.
    #[serde(default, skip_serializing_if = "is_none")]
    pub files: u8,
}

/// Whether nothing of a sort may be handed in.
const fn is_none(most: &u8) -> bool {
    *most == 0
}

/// One line of a rubric (评分标准).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What is looked at.
    pub title: String,
    /// The most that it gives.
    pub points: Points,
    /// What gives how much, in plain text; may be empty.
    pub description: String,
}

/// An assignment of a unit, as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment<'a> {
    /// What is to be done, in Markdown.
    pub task: &'a str,
    /// What may be handed in.
    pub takes: Takes,
    /// By what it is marked, in order.
    pub rubric: &'a [Criterion],
}

impl ActivityBody {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ActivityKind {
        match self {
            Self::Assignment { .. } => ActivityKind::Assignment,
            Self::Discussion { .. } => ActivityKind::Discussion,
            Self::OfflineLesson { .. } => ActivityKind::OfflineLesson,
            Self::External { .. } => ActivityKind::External,
        }
    }

    /// The assignment, if it is one.
    #[must_use]
    pub fn assignment(&self) -> Option<Assignment<'_>> {
        match self {
            Self::Assignment { task, takes, rubric } => Some(Assignment { task, takes: *takes, rubric }),
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

    /// Where it lies, if that is somebody else's tool.
    #[must_use]
    pub const fn external(&self) -> Option<&ExternalLink> {
        match self {
            Self::External { link } => Some(link),
            Self::Assignment { .. } | Self::Discussion { .. } | Self::OfflineLesson { .. } => None,
        }
    }

    /// Everything of it that is read, with its Markdown.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let of_assignment = self.assignment().into_iter().flat_map(|assignment| {
            let criteria = assignment.rubric.iter().flat_map(|criterion| [&criterion.title, &criterion.description]);
            [assignment.task].into_iter().chain(criteria.map(String::as_str))
        });
        let of_lesson = self.offline_lesson().map(|(about, _)| about);
        let of_tool = self.external().map(|link| link.about.as_str());
        of_assignment.chain(self.discussion()).chain(of_lesson).chain(of_tool)
    }
}

impl Activity {
    /// The activity as it is read, a line each; what needs words is told by signs.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.body.discussion().map(str::to_owned));
        if let Some((about, class_hours)) = self.body.offline_lesson() {
            lines.extend([about.to_owned(), format!("⏱ {class_hours}")]);
        }
        lines.extend(self.body.external().into_iter().flat_map(ExternalLink::lines));
        if let Some(Assignment { task, takes, rubric }) = self.body.assignment() {
            let signs = [
                (takes.may_write, "✎".to_owned()),
                (takes.photos > 0, format!("▣ ≤ {}", takes.photos)),
                (takes.files > 0, format!("▤ ≤ {}", takes.files)),
            ];
            lines.push(task.to_owned());
            lines.push(
                signs.into_iter().filter_map(|(is_so, sign)| is_so.then_some(sign)).collect::<Vec<_>>().join(" "),
            );
            let criterion = |one: &Criterion| format!("– {} ({}) {}", one.title, one.points, one.description);
            lines.extend(rubric.iter().map(|one| criterion(one).trim_end().to_owned()));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

/// The activity of a unit with this id.
#[must_use]
pub fn activity_of(unit: &Unit, id: ActivityId) -> Option<&Activity> {
    unit.activities.iter().find(|activity| activity.id == id)
}

/// What makes the activities of a unit at `here` impossible to keep. Whether they share an id with others is for the
/// caller to know.
pub(super) fn check_kept(errors: &mut Vec<FieldError>, here: &str, activities: &[Activity]) {
    if activities.len() > MAX_ACTIVITIES {
        errors.push(FieldError::new(format!("{here}/activities"), "too-long"));
    }
    for (at, activity) in activities.iter().enumerate() {
        let here = format!("{here}/activities/{at}");
        if let Some(prompt) = activity.body.discussion() {
            at_most(errors, format!("{here}/title"), &activity.title, MAX_TOPIC_TITLE_CHARS);
            at_most(errors, format!("{here}/body/prompt"), prompt, MAX_TOPIC_CHARS);
            continue;
        }
        at_most(errors, format!("{here}/title"), &activity.title, MAX_ACTIVITY_TITLE_CHARS);
        if let Some((about, _)) = activity.body.offline_lesson() {
            at_most(errors, format!("{here}/body/about"), about, MAX_TOPIC_CHARS);
        }
        if let Some(link) = activity.body.external() {
            link.check_kept(errors, &format!("{here}/body/link"));
        }
        let Some(Assignment { task, rubric, .. }) = activity.body.assignment() else { continue };
        at_most(errors, format!("{here}/body/task"), task, MAX_TASK_CHARS);
        if rubric.len() > MAX_CRITERIA {
            errors.push(FieldError::new(format!("{here}/body/rubric"), "too-long"));
        }
        for (at, criterion) in rubric.iter().enumerate() {
            let here = format!("{here}/body/rubric/{at}");
            at_most(errors, format!("{here}/title"), &criterion.title, MAX_ACTIVITY_TITLE_CHARS);
            at_most(errors, format!("{here}/description"), &criterion.description, MAX_CRITERION_CHARS);
        }
    }
}

/// What stands between the activities of a unit at `here` and their publication, beside what cannot be kept.
pub(super) fn check_published(errors: &mut Vec<FieldError>, here: &str, activities: &[Activity]) {
    for (at, activity) in activities.iter().enumerate() {
        let here = format!("{here}/activities/{at}");
        required(errors, format!("{here}/title"), &activity.title);
        if let Some(assignment) = activity.body.assignment() {
            check_assignment(errors, &format!("{here}/body"), &assignment);
        }
        if let Some(prompt) = activity.body.discussion() {
            required(errors, format!("{here}/body/prompt"), prompt);
        }
        if let Some((about, class_hours)) = activity.body.offline_lesson() {
            required(errors, format!("{here}/body/about"), about);
            if !OFFLINE_LESSON_HOURS.contains(&class_hours) {
                errors.push(FieldError::new(format!("{here}/body/class_hours"), "out-of-range"));
            }
        }
        if let Some(link) = activity.body.external() {
            link.check_published(errors, &format!("{here}/body/link"));
        }
        // Whether a class talks or meets is for its teachers: nobody's task point waits for that.
        let may_be_required = matches!(activity.body.kind(), ActivityKind::Assignment | ActivityKind::External);
        if activity.is_required && !may_be_required {
            errors.push(FieldError::new(format!("{here}/is_required"), "wrong-type"));
        }
    }
}

fn check_assignment(errors: &mut Vec<FieldError>, here: &str, assignment: &Assignment<'_>) {
    let Assignment { task, takes, rubric } = assignment;
    required(errors, format!("{here}/task"), task);
    if has_wordless_picture(task) {
        errors.push(FieldError::new(format!("{here}/task"), "picture-without-words"));
    }
    if !takes.may_write && takes.photos == 0 && takes.files == 0 {
        errors.push(FieldError::new(format!("{here}/takes"), "required"));
    }
    if takes.photos > MAX_HAND_IN_PHOTOS {
        errors.push(FieldError::new(format!("{here}/takes/photos"), "out-of-range"));
    }
    if takes.files > MAX_HAND_IN_FILES {
        errors.push(FieldError::new(format!("{here}/takes/files"), "out-of-range"));
    }
    if rubric.is_empty() {
        errors.push(FieldError::new(format!("{here}/rubric"), "required"));
    }
    for (at, criterion) in rubric.iter().enumerate() {
        required(errors, format!("{here}/rubric/{at}/title"), &criterion.title);
        if !CRITERION_POINTS.contains(&criterion.points.0) {
            errors.push(FieldError::new(format!("{here}/rubric/{at}/points"), "out-of-range"));
        }
    }
}

fn required(errors: &mut Vec<FieldError>, pointer: String, text: &str) {
    if text.trim().is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    }
}

fn at_most(errors: &mut Vec<FieldError>, pointer: String, text: &str, most: usize) {
    if text.chars().count() > most {
        errors.push(FieldError::new(pointer, "too-long"));
    }
}

#[cfg(test)]
mod tests;
