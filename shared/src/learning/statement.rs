//! What was done in courses as statements of the Experience API (xAPI 1.0.3, IEEE 9274.1.1), for systems that are not
//! ours: in docs/xapi.md stands what of the standard holds.
//!
//! A statement never changes, as the fact does not that it is made of; its id follows from the fact, so that what is
//! handed over twice is known by it.

mod check;

pub use check::{StatementFault, statement_faults};

use crate::{
    ids::{AccountId, ActivityId, CourseId, UnitId},
    time::Timestamp,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// Where the verbs of the standard's authors and their kinds of activities are defined.
const ADL: &str = "http://adlnet.gov/expapi";
/// The verb of handing in, of the older vocabulary that it comes from.
const SUBMITTED: &str = "http://activitystrea.ms/schema/1.0/submit";
/// The kind of an assignment, by the registry of the standard's authors.
const ASSIGNMENT: &str = "http://id.tincanapi.com/activitytype/school-assignment";

/// One thing that a learner did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyDeed {
    /// Who.
    pub learner: AccountId,
    /// In which course.
    pub course_id: CourseId,
    /// When it was done.
    pub at: Timestamp,
    /// What.
    pub kind: DeedKind,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeedKind {
    /// A unit was read for a while.
    Read {
        /// The unit.
        unit: UnitId,
        /// The stretch of study, which will not grow any more.
        fact: Uuid,
        /// How long it was, in milliseconds.
        ms: i64,
    },
    /// An exercise was tried.
    Answered {
        /// The unit of the exercise.
        unit: UnitId,
        /// The try.
        fact: Uuid,
        /// The number of the exercise in its unit, from 0.
        exercise: i32,
        /// What was answered, as it is stored.
        response: String,
        /// Absent where a person would have to say.
        is_right: Option<bool>,
    },
    /// An assignment was handed in.
    HandedIn {
        /// The unit of the assignment.
        unit: UnitId,
        /// The assignment.
        activity: ActivityId,
    },
    /// A unit became complete.
    CompletedUnit {
        /// The unit.
        unit: UnitId,
    },
    /// The course became complete.
    CompletedCourse,
}

/// Where the statements come from, and what things are called there.
#[derive(Clone, Debug, Default)]
pub struct DeedWords {
    /// The public address of this system, without a slash at its end.
    pub home: String,
    /// Titles of courses.
    pub courses: HashMap<CourseId, String>,
    /// Titles of units.
    pub units: HashMap<UnitId, String>,
}

/// The statement of a deed. Of the learner it has no name and no number but that of their account here.
#[must_use]
pub fn statement(deed: &StudyDeed, words: &DeedWords) -> Value {
    let DeedWords { home, .. } = words;
    let (verb, shown) = deed.kind.verb();
    let mut statement = Map::from_iter([
        ("id".to_owned(), json!(statement_id(deed))),
        ("actor".to_owned(), json!({ "objectType": "Agent", "account": { "homePage": home, "name": deed.learner } })),
        ("verb".to_owned(), json!({ "id": verb, "display": { "en-US": shown } })),
        ("object".to_owned(), object(deed, words)),
        ("context".to_owned(), context(deed, words)),
        ("timestamp".to_owned(), json!(deed.at)),
    ]);
    if let Some(result) = deed.kind.result() {
        statement.insert("result".to_owned(), result);
    }
    Value::Object(statement)
}

impl DeedKind {
    /// The verb: its address, and how it is shown.
    fn verb(&self) -> (String, &'static str) {
        let shown = match self {
            Self::Read { .. } => "experienced",
            Self::Answered { .. } => "answered",
            Self::HandedIn { .. } => return (SUBMITTED.to_owned(), "submitted"),
            Self::CompletedUnit { .. } | Self::CompletedCourse => "completed",
        };
        (format!("{ADL}/verbs/{shown}"), shown)
    }

    /// What came of it, if there is anything to say.
    fn result(&self) -> Option<Value> {
        match self {
            Self::Read { ms, .. } => Some(json!({ "duration": duration(*ms) })),
            Self::Answered { response, is_right: Some(is_right), .. } => {
                Some(json!({ "response": response, "success": is_right }))
            }
            Self::Answered { response, is_right: None, .. } => Some(json!({ "response": response })),
            Self::HandedIn { .. } => None,
            Self::CompletedUnit { .. } | Self::CompletedCourse => Some(json!({ "completion": true })),
        }
    }

    /// What the deed is known by among those of its learner and course.
    fn mark(&self, at: Timestamp) -> String {
        match self {
            Self::Read { fact, .. } => format!("read/{fact}"),
            Self::Answered { fact, .. } => format!("answered/{fact}"),
            Self::HandedIn { activity, .. } => format!("handed_in/{activity}/{}", at.0),
            Self::CompletedUnit { unit } => format!("completed/{unit}"),
            Self::CompletedCourse => "completed".to_owned(),
        }
    }
}

/// The one id of a deed's statement, of the form that is made of a name.
fn statement_id(deed: &StudyDeed) -> Uuid {
    let name = format!("{}/{}/{}", deed.learner, deed.course_id, deed.kind.mark(deed.at));
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_sha1_bytes(bytes).into_uuid()
}

/// A duration as ISO 8601 writes it, to hundredths of a second.
fn duration(ms: i64) -> String {
    format!("PT{}.{:02}S", ms / 1_000, ms % 1_000 / 10)
}

fn object(deed: &StudyDeed, words: &DeedWords) -> Value {
    match &deed.kind {
        DeedKind::Read { unit, .. } | DeedKind::CompletedUnit { unit } => unit_object(*unit, words),
        DeedKind::CompletedCourse => course_object(deed.course_id, words),
        DeedKind::Answered { unit, exercise, .. } => {
            let id = format!("{}#exercise-{}", unit_address(*unit, words), exercise.saturating_add(1));
            let kind = format!("{ADL}/activities/cmi.interaction");
            json!({ "objectType": "Activity", "id": id, "definition": { "type": kind, "interactionType": "other" } })
        }
        DeedKind::HandedIn { unit, activity } => {
            let id = format!("{}#assignment-{activity}", unit_address(*unit, words));
            json!({ "objectType": "Activity", "id": id, "definition": { "type": ASSIGNMENT } })
        }
    }
}

/// What the object is part of: a unit of its course, what is done in a unit of that unit, too.
fn context(deed: &StudyDeed, words: &DeedWords) -> Value {
    let course = || course_object(deed.course_id, words);
    let activities = match &deed.kind {
        DeedKind::CompletedCourse => None,
        DeedKind::Read { .. } | DeedKind::CompletedUnit { .. } => Some(json!({ "parent": [course()] })),
        DeedKind::Answered { unit, .. } | DeedKind::HandedIn { unit, .. } => {
            Some(json!({ "parent": [unit_object(*unit, words)], "grouping": [course()] }))
        }
    };
    match activities {
        Some(activities) => json!({ "platform": words.home, "contextActivities": activities }),
        None => json!({ "platform": words.home }),
    }
}

fn unit_address(unit: UnitId, words: &DeedWords) -> String {
    format!("{}/learn/units/{unit}", words.home)
}

fn unit_object(unit: UnitId, words: &DeedWords) -> Value {
    activity(&unit_address(unit, words), "lesson", words.units.get(&unit))
}

fn course_object(course: CourseId, words: &DeedWords) -> Value {
    activity(&format!("{}/learn/courses/{course}", words.home), "course", words.courses.get(&course))
}

/// An activity of a kind, with its name if that is known.
fn activity(id: &str, kind: &str, name: Option<&String>) -> Value {
    let kind = format!("{ADL}/activities/{kind}");
    let definition = match name {
        Some(name) => json!({ "type": kind, "name": { "zh-CN": name } }),
        None => json!({ "type": kind }),
    };
    json!({ "objectType": "Activity", "id": id, "definition": definition })
}

#[cfg(test)]
mod tests;
