//! What was done in courses as statements of the Experience API (xAPI 1.0.3, IEEE 9274.1.1), for systems that are not
//! ours: in docs/xapi.md stands what of the standard holds.
//!
//! A statement never changes, as the fact does not that it is made of; its id follows from the fact, so that what is
//! handed over twice is known by it. What was done in a unit is told in sessions, by the rules of cmi5.

mod check;
mod question;
mod reading;
mod session;

pub use check::{StatementFault, statement_faults};
pub use question::{
    AskedAgent, MAX_STATEMENTS, StatementFilter, StatementFormat, StatementKey, StatementQuestion,
    StatementQuestionFault, is_known_xapi_version,
};
pub use reading::{ReadableStatements, StatementPage, XAPI_VERSION, consistent_through};
pub use session::in_sessions;

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
/// Below what cmi5 names its categories and extensions.
const CMI5: &str = "https://w3id.org/xapi/cmi5/context";

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
    /// The session in which it was done; [`in_sessions`] says which.
    pub session: Option<StudySession>,
}

/// One time that a learner had a unit open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudySession {
    /// Its id, which follows from whose it is and when it began.
    pub id: Uuid,
    /// When it began.
    pub from: Timestamp,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeedKind {
    /// A unit was opened.
    Launched {
        /// The unit.
        unit: UnitId,
    },
    /// It was there to be read.
    Initialized {
        /// The unit.
        unit: UnitId,
    },
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
    /// A unit was left.
    Terminated {
        /// The unit.
        unit: UnitId,
        /// How long it was open, in milliseconds.
        ms: i64,
    },
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
        ("id".to_owned(), json!(deed.statement_id())),
        ("actor".to_owned(), json!({ "objectType": "Agent", "account": { "homePage": home, "name": deed.learner } })),
        ("verb".to_owned(), json!({ "id": verb, "display": { "en-US": shown } })),
        ("object".to_owned(), object(deed, words)),
        ("context".to_owned(), context(deed, words)),
        ("timestamp".to_owned(), json!(deed.at)),
    ]);
    if let Some(result) = deed.result() {
        statement.insert("result".to_owned(), result);
    }
    Value::Object(statement)
}

impl DeedKind {
    /// The verb: its address, and how it is shown.
    fn verb(&self) -> (String, &'static str) {
        let shown = match self {
            Self::Launched { .. } => "launched",
            Self::Initialized { .. } => "initialized",
            Self::Read { .. } => "experienced",
            Self::Answered { .. } => "answered",
            Self::HandedIn { .. } => return (SUBMITTED.to_owned(), "submitted"),
            Self::CompletedUnit { .. } | Self::CompletedCourse => "completed",
            Self::Terminated { .. } => "terminated",
        };
        (format!("{ADL}/verbs/{shown}"), shown)
    }

    /// The unit in which it was done.
    const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Launched { unit }
            | Self::Initialized { unit }
            | Self::Read { unit, .. }
            | Self::Answered { unit, .. }
            | Self::HandedIn { unit, .. }
            | Self::CompletedUnit { unit }
            | Self::Terminated { unit, .. } => Some(*unit),
            Self::CompletedCourse => None,
        }
    }

    /// Where it stands among what happened at the same instant: a session begins with its launch and ends with its end.
    const fn rank(&self) -> u8 {
        match self {
            Self::Launched { .. } => 0,
            Self::Initialized { .. } => 1,
            Self::Read { .. } | Self::Answered { .. } | Self::HandedIn { .. } => 2,
            Self::CompletedUnit { .. } => 3,
            Self::CompletedCourse => 4,
            Self::Terminated { .. } => 5,
        }
    }
}

impl StudyDeed {
    /// Where it stands when deeds are told in order.
    #[must_use]
    pub fn place(&self) -> (Timestamp, u8, Uuid) {
        (self.at, self.kind.rank(), self.statement_id())
    }

    /// The learner's going through the course, whatever class they do it in.
    #[must_use]
    pub fn registration(&self) -> Uuid {
        named_id(&format!("registration/{}/{}", self.learner, self.course_id))
    }

    /// The one id of its statement.
    fn statement_id(&self) -> Uuid {
        named_id(&format!("{}/{}/{}", self.learner, self.course_id, self.mark()))
    }

    /// What it is known by among those of its learner and course.
    fn mark(&self) -> String {
        let session = self.session.map(|session| session.id).unwrap_or_default();
        match &self.kind {
            DeedKind::Launched { .. } => format!("launched/{session}"),
            DeedKind::Initialized { .. } => format!("initialized/{session}"),
            DeedKind::Read { fact, .. } => format!("read/{fact}"),
            DeedKind::Answered { fact, .. } => format!("answered/{fact}"),
            DeedKind::HandedIn { activity, .. } => format!("handed_in/{activity}/{}", self.at.0),
            DeedKind::CompletedUnit { unit } => format!("completed/{unit}"),
            DeedKind::CompletedCourse => "completed".to_owned(),
            DeedKind::Terminated { .. } => format!("terminated/{session}"),
        }
    }

    /// What came of it, if there is anything to say.
    fn result(&self) -> Option<Value> {
        match &self.kind {
            DeedKind::Launched { .. } | DeedKind::Initialized { .. } | DeedKind::HandedIn { .. } => None,
            DeedKind::Read { ms, .. } | DeedKind::Terminated { ms, .. } => Some(json!({ "duration": duration(*ms) })),
            DeedKind::Answered { response, is_right: Some(is_right), .. } => {
                Some(json!({ "response": response, "success": is_right }))
            }
            DeedKind::Answered { response, is_right: None, .. } => Some(json!({ "response": response })),
            DeedKind::CompletedUnit { .. } => Some(match self.session {
                Some(session) => json!({ "completion": true, "duration": duration(self.at.ms_since(session.from)) }),
                None => json!({ "completion": true }),
            }),
            DeedKind::CompletedCourse => Some(json!({ "completion": true })),
        }
    }
}

/// An id of the form that is made of a name.
fn named_id(name: &str) -> Uuid {
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
        DeedKind::Launched { unit }
        | DeedKind::Initialized { unit }
        | DeedKind::Read { unit, .. }
        | DeedKind::CompletedUnit { unit }
        | DeedKind::Terminated { unit, .. } => unit_object(*unit, words),
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

/// The registration, the session, and what the deed is part of.
fn context(deed: &StudyDeed, words: &DeedWords) -> Value {
    let mut context = Map::from_iter([
        ("platform".to_owned(), json!(words.home)),
        ("registration".to_owned(), json!(deed.registration())),
    ]);
    let around = around(deed, words);
    if !around.is_empty() {
        context.insert("contextActivities".to_owned(), Value::Object(around));
    }
    if let Some(extensions) = extensions(deed, words) {
        context.insert("extensions".to_owned(), extensions);
    }
    Value::Object(context)
}

/// What the object is part of: a unit of its course, what is done in a unit of that unit, too; and what of it cmi5
/// defines.
fn around(deed: &StudyDeed, words: &DeedWords) -> Map<String, Value> {
    let course = json!([course_object(deed.course_id, words)]);
    let mut around = match &deed.kind {
        DeedKind::CompletedCourse => Map::new(),
        DeedKind::Launched { .. }
        | DeedKind::Initialized { .. }
        | DeedKind::Read { .. }
        | DeedKind::CompletedUnit { .. }
        | DeedKind::Terminated { .. } => Map::from_iter([("parent".to_owned(), course)]),
        DeedKind::Answered { unit, .. } | DeedKind::HandedIn { unit, .. } => {
            Map::from_iter([("parent".to_owned(), json!([unit_object(*unit, words)])), ("grouping".to_owned(), course)])
        }
    };
    let categories = categories(deed);
    if !categories.is_empty() {
        around.insert("category".to_owned(), json!(categories));
    }
    around
}

/// How cmi5 marks what it defines, and what decides whether a learner goes on.
fn categories(deed: &StudyDeed) -> Vec<Value> {
    let category = |name: &str| json!({ "objectType": "Activity", "id": format!("{CMI5}/categories/{name}") });
    match (&deed.kind, deed.session) {
        (DeedKind::CompletedUnit { .. }, Some(_)) => vec![category("cmi5"), category("moveon")],
        (DeedKind::Launched { .. } | DeedKind::Initialized { .. } | DeedKind::Terminated { .. }, Some(_)) => {
            vec![category("cmi5")]
        }
        _ => Vec::new(),
    }
}

/// The session, and how it was launched.
fn extensions(deed: &StudyDeed, words: &DeedWords) -> Option<Value> {
    let session = deed.session?;
    let name = |name: &str| format!("{CMI5}/extensions/{name}");
    let mut extensions = Map::from_iter([(name("sessionid"), json!(session.id))]);
    if let DeedKind::Launched { unit } = &deed.kind {
        extensions.insert(name("launchmode"), json!("Normal"));
        extensions.insert(name("launchurl"), json!(unit_address(*unit, words)));
        extensions.insert(name("moveon"), json!("Completed"));
    }
    Some(Value::Object(extensions))
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
