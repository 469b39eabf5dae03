//! 活动: what a learner does in a unit beside reading and exercises, and what is not scored by a rule.
//!
//! An activity keeps its id over versions as long as it is the same to a learner: what was done of it counts there.

use super::{MAX_HAND_IN_FILES, MAX_TOPIC_CHARS, MAX_TOPIC_TITLE_CHARS, Unit};
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
}

text_enum! {
    /// A kind of activity.
    ActivityKind {
        /// 作业.
        Assignment = "assignment",
        /// 讨论题.
        Discussion = "discussion",
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
        }
    }

    /// The assignment, if it is one.
    #[must_use]
    pub fn assignment(&self) -> Option<Assignment<'_>> {
        match self {
            Self::Assignment { task, takes, rubric } => Some(Assignment { task, takes: *takes, rubric }),
            Self::Discussion { .. } => None,
        }
    }

    /// What is asked, if it is a question to discuss.
    #[must_use]
    pub fn discussion(&self) -> Option<&str> {
        match self {
            Self::Assignment { .. } => None,
            Self::Discussion { prompt } => Some(prompt),
        }
    }

    /// Everything of it that is read, with its Markdown.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let of_assignment = self.assignment().into_iter().flat_map(|assignment| {
            let criteria = assignment.rubric.iter().flat_map(|criterion| [&criterion.title, &criterion.description]);
            [assignment.task].into_iter().chain(criteria.map(String::as_str))
        });
        of_assignment.chain(self.discussion())
    }
}

impl Activity {
    /// The activity as it is read, a line each; what needs words is told by signs.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.body.discussion().map(str::to_owned));
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
            // Whether a class talks about it is for its teachers: nobody's task point waits for that.
            if activity.is_required {
                errors.push(FieldError::new(format!("{here}/is_required"), "wrong-type"));
            }
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
mod tests {
    use super::*;
    use uuid::Uuid;

    fn activity() -> Activity {
        let criterion = Criterion { title: "C".into(), points: Points::whole(5), description: "D".into() };
        Activity {
            id: ActivityId(Uuid::nil()),
            title: "A".into(),
            is_required: true,
            body: ActivityBody::Assignment {
                task: "T".into(),
                takes: Takes { may_write: true, photos: 2, files: 0 },
                rubric: vec![criterion],
            },
        }
    }

    fn errors(activity: Activity) -> Vec<(String, String)> {
        let (mut errors, activities) = (Vec::new(), [activity]);
        check_kept(&mut errors, "", &activities);
        check_published(&mut errors, "", &activities);
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut String, &mut Takes, &mut Vec<Criterion>), pointer: &str, code: &str) {
        let mut activity = activity();
        let ActivityBody::Assignment { task, takes, rubric } = &mut activity.body else { unreachable!() };
        change(task, takes, rubric);
        assert_eq!(errors(activity), [(format!("/activities/0/body/{pointer}"), code.to_owned())]);
    }

    #[test]
    fn a_finished_assignment_can_be_published() {
        assert_eq!(errors(activity()), []);
    }

    #[test]
    fn every_gap_of_an_assignment_is_named() {
        check(|task, _, _| task.clear(), "task", "required");
        check(|task, _, _| *task = "![](/x)".into(), "task", "picture-without-words");
        check(|task, _, _| *task = "T".repeat(MAX_TASK_CHARS + 1), "task", "too-long");
        check(|_, takes, _| *takes = Takes { may_write: false, photos: 0, files: 0 }, "takes", "required");
        check(|_, takes, _| takes.photos = MAX_HAND_IN_PHOTOS + 1, "takes/photos", "out-of-range");
        check(|_, takes, _| takes.files = MAX_HAND_IN_FILES + 1, "takes/files", "out-of-range");
        check(|_, _, rubric| rubric.clear(), "rubric", "required");
        check(|_, _, rubric| rubric[0].title.clear(), "rubric/0/title", "required");
        check(|_, _, rubric| rubric[0].points = Points::ZERO, "rubric/0/points", "out-of-range");
        check(|_, _, rubric| rubric[0].description = "D".repeat(501), "rubric/0/description", "too-long");
        let untitled = Activity { title: " ".into(), ..activity() };
        assert_eq!(errors(untitled), [("/activities/0/title".to_owned(), "required".to_owned())]);
    }

    fn discussion(prompt: &str) -> Activity {
        Activity { is_required: false, body: ActivityBody::Discussion { prompt: prompt.to_owned() }, ..activity() }
    }

    #[test]
    fn a_question_to_discuss_fits_into_a_topic_and_no_task_point_waits_for_it() {
        assert_eq!(errors(discussion("P")), []);
        let wrong = |activity: Activity, pointer: &str, code: &str| {
            assert_eq!(errors(activity), [(format!("/activities/0/{pointer}"), code.to_owned())]);
        };
        wrong(discussion(" "), "body/prompt", "required");
        wrong(discussion(&"P".repeat(MAX_TOPIC_CHARS + 1)), "body/prompt", "too-long");
        wrong(Activity { title: "A".repeat(MAX_TOPIC_TITLE_CHARS + 1), ..discussion("P") }, "title", "too-long");
        wrong(Activity { is_required: true, ..discussion("P") }, "is_required", "wrong-type");
    }

    #[test]
    fn it_is_read_line_by_line() {
        assert_eq!(activity().as_text(), "A\nT\n✎ ▣ ≤ 2\n– C (5) D");
        assert_eq!(discussion("P").as_text(), "A\nP");
        assert_eq!(discussion("P").body.texts().collect::<Vec<_>>(), ["P"]);
    }

    #[test]
    fn its_kind_stands_in_its_body() {
        let json = serde_json::to_value(activity()).unwrap();
        assert_eq!(json["body"]["kind"], "assignment");
        assert_eq!(json["body"]["takes"]["photos"], 2);
        assert_eq!(serde_json::from_value::<Activity>(json).unwrap(), activity());
        assert_eq!(
            serde_json::to_value(discussion("P")).unwrap()["body"],
            serde_json::json!({ "kind": "discussion", "prompt": "P" })
        );
    }
}
