//! Tests of several courses that are planned at once (同批考次): from one template of dates, in one action, all of them or
//! none; and what they take from each other when two are sat at the same time.

#[cfg(test)]
mod tests;

use super::{ExamCalendar, ExamKind, ExamRules, ExamSessionView, NewExamSession, ReviewOffice, overlaps};
use crate::{
    ids::{AccountId, CourseId, ExamRoomId, ExamSessionId, PaperId},
    organisation::DivisionCode,
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Characters of what the titles of all its tests begin with.
const TITLE_CHARS: usize = 60;
/// Tests that are planned at once.
const MOST_TESTS: usize = 20;

/// Body of `POST /exam_windows`: unified tests of several courses, in one action.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewExamWindow {
    /// What their titles begin with, such as `2026年秋季 全省统一测试`; the course follows.
    pub title: String,
    /// The division that runs the tests, the province or one of its cities; if absent, that of the planner.
    #[serde(default)]
    pub division: Option<DivisionCode>,
    /// The days around the tests; if absent, the usual ones counted from the first of them.
    #[serde(default)]
    pub calendar: Option<ExamCalendar>,
    /// What candidates are allowed; if absent, what is usual.
    #[serde(default)]
    pub rules: Option<ExamRules>,
    /// The last office that reviews registrations; absent if none does.
    #[serde(default)]
    pub reviewed_up_to: Option<ReviewOffice>,
    /// The tests, one of each course.
    pub tests: Vec<NewWindowTest>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewWindowTest {
    /// The course that is tested.
    pub course_id: CourseId,
    /// The sealed paper.
    pub paper_id: PaperId,
    /// Other forms of it, worth the same.
    #[serde(default)]
    pub other_paper_ids: Vec<PaperId>,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Working time in minutes.
    pub duration_min: u16,
}

impl NewExamWindow {
    /// What is wrong with it as a whole; each test is judged as one that is planned alone.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        match self.title.trim().chars().count() {
            0 => wrong.push(FieldError::new("/title", "required")),
            chars if chars > TITLE_CHARS => wrong.push(FieldError::new("/title", "too-long")),
            _ => {}
        }
        if self.tests.is_empty() {
            wrong.push(FieldError::new("/tests", "required"));
        }
        if self.tests.len() > MOST_TESTS {
            wrong.push(FieldError::new("/tests", "too-long"));
        }
        let mut courses = BTreeSet::new();
        for (nth, test) in self.tests.iter().enumerate() {
            if !courses.insert(test.course_id) {
                wrong.push(FieldError::new(format!("/tests/{nth}/course_id"), "duplicate"));
            }
        }
        wrong
    }

    /// The plan of one of its tests, of the course with this title.
    #[must_use]
    pub fn plan(&self, test: &NewWindowTest, course_title: &str) -> NewExamSession {
        NewExamSession {
            title: format!("{} {course_title}", self.title.trim()),
            kind: ExamKind::Unified,
            division: self.division,
            course_id: test.course_id,
            paper_id: test.paper_id,
            other_paper_ids: test.other_paper_ids.clone(),
            starts_at: test.starts_at,
            duration_min: test.duration_min,
            closes_at: None,
            hard_stop_at: None,
            calendar: self.calendar.or_else(|| self.usual_calendar()),
            rules: Some(self.rules.unwrap_or_else(ExamRules::usual)),
            quotas: Vec::new(),
            reviewed_up_to: self.reviewed_up_to,
            browser_exam_keys: Vec::new(),
        }
    }

    /// The usual days, counted from the day of the first test: whoever sits several is told of one time to register.
    fn usual_calendar(&self) -> Option<ExamCalendar> {
        let first = self.tests.iter().map(|test| test.starts_at).min()?;
        Some(ExamCalendar::usual(first.date_in_china()))
    }
}

/// Where what is wrong with the plan of the `nth` test stands in the body: its own fields, or those of all.
#[must_use]
pub fn field_of_window(nth: usize, error: &FieldError) -> FieldError {
    let is_common = ["/title", "/calendar", "/rules"].iter().any(|common| error.pointer.starts_with(*common));
    let pointer = if is_common { error.pointer.clone() } else { format!("/tests/{nth}{}", error.pointer) };
    FieldError::new(pointer, error.code.clone())
}

text_enum! {
    /// What two tests take from each other that are sat at the same time.
    ExamClashKind {
        /// Learners who are to sit both.
        Learners = "learners",
        /// Rooms in which both have seats.
        Rooms = "rooms",
        /// Persons who are to watch rooms of both.
        Staff = "staff",
    }
}

/// Tests that were planned at once, and where they clash: `GET /exam_sessions/{id}/window`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamWindowView {
    /// What their titles begin with; absent for a test that was planned alone.
    pub title: Option<String>,
    /// The tests, by time.
    pub tests: Vec<ExamSessionView>,
    /// Where they clash, the earliest first.
    pub clashes: Vec<WindowClash>,
}

/// Two tests that are sat at the same time and take something from each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowClash {
    /// What.
    pub kind: ExamClashKind,
    /// One of them.
    pub one: ExamSessionId,
    /// The other.
    pub other: ExamSessionId,
    /// How many.
    pub count: u32,
    /// The rooms, or the persons who watch; learners are counted and not named.
    pub names: Vec<String>,
}

/// What is known of one of the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowTestFacts {
    /// The test.
    pub id: ExamSessionId,
    /// When it is sat, with the most extra time that anybody has.
    pub time: (Timestamp, Timestamp),
    /// Who is registered, or has a sitting.
    pub learners: BTreeSet<AccountId>,
    /// The rooms in which it has seats by the plan that holds.
    pub rooms: BTreeSet<ExamRoomId>,
    /// Who watches these rooms.
    pub staff: BTreeSet<AccountId>,
}

/// What two tests share that are sat at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedAtOnce {
    /// One of them: the one that comes first.
    pub one: ExamSessionId,
    /// The other.
    pub other: ExamSessionId,
    /// How many learners sit both.
    pub learners: usize,
    /// Rooms of both.
    pub rooms: Vec<ExamRoomId>,
    /// Who watches both.
    pub staff: Vec<AccountId>,
}

impl SharedAtOnce {
    /// Whether they share anything.
    #[must_use]
    pub fn is_clash(&self) -> bool {
        self.learners > 0 || !self.rooms.is_empty() || !self.staff.is_empty()
    }
}

/// Whether any two of these times lie in each other: others need not be looked at closer.
#[must_use]
pub fn are_any_at_once(times: &[(Timestamp, Timestamp)]) -> bool {
    times.iter().enumerate().any(|(nth, one)| times.iter().skip(nth + 1).any(|other| overlaps(*one, *other)))
}

/// The pairs of tests that are sat at the same time and share learners, rooms or staff, in the order of `tests`.
#[must_use]
pub fn find_clashes(tests: &[WindowTestFacts]) -> Vec<SharedAtOnce> {
    let pairs =
        tests.iter().enumerate().flat_map(|(nth, one)| tests.iter().skip(nth + 1).map(move |other| (one, other)));
    let at_once = pairs.filter(|(one, other)| overlaps(one.time, other.time));
    let shared = at_once.map(|(one, other)| SharedAtOnce {
        one: one.id,
        other: other.id,
        learners: one.learners.intersection(&other.learners).count(),
        rooms: one.rooms.intersection(&other.rooms).copied().collect(),
        staff: one.staff.intersection(&other.staff).copied().collect(),
    });
    shared.filter(SharedAtOnce::is_clash).collect()
}
