//! What cannot be right in the plan of a test, found before anybody is hurt by it: shown while one plans, and refused where
//! registration is opened and the key armed.

#[cfg(test)]
mod tests;

use super::{
    EXTRA_PCT, ExamKind, ExamSessionState, RehearsedEnd, RehearsedPlan, extra_minutes, last_lawful_end, rehearse,
};
use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Days between the notice of a test and the test: 45 until registration begins ([D] DOMAIN §4.8).
pub const NOTICE_DAYS: i64 = 45;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

text_enum! {
    /// What may be wrong with a plan.
    PlanFault {
        /// The rooms are closed while somebody may lawfully still be at work.
        HardStop = "hard_stop",
        /// There is no sealed paper of the course.
        PaperMissing = "paper_missing",
        /// Somebody practises, or has practised, with a paper of a test that counts.
        PaperPractised = "paper_practised",
        /// Candidates sit another test at that time that has not begun either.
        Overlap = "overlap",
        /// Candidates sit another test that runs already, and that may not be over by then.
        OverlapRunning = "overlap_running",
        /// Another test of the same course at that time is open to the same learners.
        SameCourse = "same_course",
        /// Tests of other courses are planned at that time for the same learners: who studies both sits one.
        SameTime = "same_time",
        /// All the rooms of the place have fewer seats than there are candidates.
        SeatsMissing = "seats_missing",
        /// No rooms are entered where the test is held.
        NoRooms = "no_rooms",
        /// No plan of seats holds.
        NoSeatPlan = "no_seat_plan",
        /// The plan of seats that holds leaves candidates out.
        Unseated = "unseated",
        /// The plan of seats that holds gives candidates no seat or room as they were granted.
        NeedsUnmet = "needs_unmet",
        /// The plan of seats that holds puts candidates into rooms that another test has at that time: somebody was granted
        /// more time, or one of the tests was put off.
        Crowded = "crowded",
        /// Learners hear of it later than they should.
        ShortNotice = "short_notice",
        /// The test asks for the entry code of the room, and nobody has a room.
        CodeUnread = "code_unread",
        /// Candidates begin after they were let in to their room, and nobody has a room.
        NobodyAdmits = "nobody_admits",
        /// The test opens in Safe Exam Browser alone, and nobody has a room where that is waived for a device on which it
        /// does not run.
        NobodyWaives = "nobody_waives",
    }
}

/// What is known of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// Where the exam session stands.
    pub state: ExamSessionState,
    /// What it is for. For practice nobody needs a seat or a notice in good time, and nobody is harmed by an overlap.
    pub kind: ExamKind,
    /// When it is looked at.
    pub now: Timestamp,
    /// When candidates may begin, and for how long they work.
    pub plan: RehearsedPlan,
    /// When the rooms are closed, if that was said.
    pub hard_stop_at: Option<Timestamp>,
    /// Whether there is a sealed paper of the course.
    pub has_paper: bool,
    /// Whether a test for practice and one that counts have a paper in common, so that this one gives the other away.
    pub is_practised: bool,
    /// Candidates: those who are registered, and later those who have a sitting.
    pub candidates: u32,
    /// The most extra time that a sitting has, in minutes; absent as long as there are none.
    pub most_extra_min: Option<u16>,
    /// Of the candidates, those who sit another test at that time that has not begun.
    pub overlapping: u32,
    /// Of the candidates, those who sit another test that runs by now and may go on until then.
    pub overlapping_running: u32,
    /// Other tests of the course that are open to the same learners at that time.
    pub same_course: u32,
    /// Tests of other courses that are planned at that time for the same learners.
    pub same_time: u32,
    /// Seats in the rooms of the place; absent if none are entered.
    pub seats: Option<u32>,
    /// What the plan of seats says that holds, if one does.
    pub seating: Option<SeatingFacts>,
}

/// What the plan of seats that holds leaves undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatingFacts {
    /// Candidates without a seat.
    pub unseated: u32,
    /// Candidates whose seat or room is not as they were granted.
    pub needs_unmet: u32,
    /// Candidates in rooms that another test has at that time.
    pub crowded: u32,
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanFinding {
    /// What.
    pub fault: PlanFault,
    /// Whether the next step is refused for it; otherwise somebody should look at it.
    pub is_stopping: bool,
    /// How many candidates, tests, rooms or missing seats it is about; days of notice for a short one; 0 where nothing is counted.
    pub count: u32,
    /// The moment that would be right, where there is one.
    pub right_at: Option<Timestamp>,
}

/// What is wrong with a plan, and how it would end: `GET /exam_sessions/{id}/check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanCheck {
    /// What is wrong, what stops it first.
    pub findings: Vec<PlanFinding>,
    /// When each kind of candidate ends.
    pub rehearsal: Vec<RehearsedEnd>,
}

/// Everything that is wrong with a plan, what stops it first.
#[must_use]
pub fn check_plan(facts: &PlanFacts) -> PlanCheck {
    let mut findings = time_faults(facts);
    findings.extend(room_faults(facts));
    if facts.kind.counts() {
        findings.extend(candidate_faults(facts));
        findings.extend(seat_faults(facts));
    }
    findings.sort_by_key(|finding| !finding.is_stopping);
    PlanCheck { findings, rehearsal: rehearse(&facts.plan) }
}

const fn finding(fault: PlanFault, is_stopping: bool, count: u32) -> PlanFinding {
    PlanFinding { fault, is_stopping, count, right_at: None }
}

fn time_faults(facts: &PlanFacts) -> Vec<PlanFinding> {
    let mut found = Vec::new();
    if !facts.has_paper {
        found.push(finding(PlanFault::PaperMissing, true, 0));
    }
    if facts.is_practised {
        found.push(finding(PlanFault::PaperPractised, true, 0));
    }
    let last = last_lawful_end(&facts.plan, most_extra_min(facts));
    if facts.hard_stop_at.is_some_and(|stop| stop < last) {
        found.push(PlanFinding { right_at: Some(last), ..finding(PlanFault::HardStop, true, 0) });
    }
    let days = facts.plan.starts_at.ms_since(facts.now).max(0) / DAY_MS;
    let is_not_told = facts.state == ExamSessionState::Draft && facts.kind.counts();
    if is_not_told && days < NOTICE_DAYS {
        found.push(finding(PlanFault::ShortNotice, false, u32::try_from(days).unwrap_or_default()));
    }
    found
}

/// The most extra time that anybody has, or can be granted as long as nobody has a sitting.
fn most_extra_min(facts: &PlanFacts) -> u16 {
    let largest = EXTRA_PCT.into_iter().max().unwrap_or_default();
    facts.most_extra_min.unwrap_or_else(|| extra_minutes(facts.plan.duration_min, largest))
}

fn candidate_faults(facts: &PlanFacts) -> Vec<PlanFinding> {
    let counted = [
        (PlanFault::Overlap, true, facts.overlapping),
        (PlanFault::OverlapRunning, false, facts.overlapping_running),
        (PlanFault::SameCourse, false, facts.same_course),
        (PlanFault::SameTime, false, facts.same_time),
    ];
    some(counted)
}

/// What rules want done in rooms, where nobody has one: no code is read to candidates and nobody lets them in, so neither
/// is asked of them; and nobody helps who has trouble with a browser.
fn room_faults(facts: &PlanFacts) -> Vec<PlanFinding> {
    if facts.state != ExamSessionState::Arranged || facts.seating.is_some() {
        return Vec::new();
    }
    let rules = facts.plan.rules;
    let wanted = [
        (rules.asks_entry_code, PlanFault::CodeUnread),
        (rules.needs_admission, PlanFault::NobodyAdmits),
        (rules.needs_safe_browser, PlanFault::NobodyWaives),
    ];
    wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, fault)| finding(fault, false, 0)).collect()
}

fn seat_faults(facts: &PlanFacts) -> Vec<PlanFinding> {
    let Some(seats) = facts.seats else { return vec![finding(PlanFault::NoRooms, false, 0)] };
    let mut found = some([(PlanFault::SeatsMissing, true, facts.candidates.saturating_sub(seats))]);
    match facts.seating {
        Some(seating) => found.extend(some([
            (PlanFault::Unseated, true, seating.unseated),
            (PlanFault::NeedsUnmet, true, seating.needs_unmet),
            (PlanFault::Crowded, true, seating.crowded),
        ])),
        None if facts.state == ExamSessionState::Arranged => found.push(finding(PlanFault::NoSeatPlan, false, 0)),
        None => {}
    }
    found
}

/// Those that count anything.
fn some<const N: usize>(counted: [(PlanFault, bool, u32); N]) -> Vec<PlanFinding> {
    let found = counted.into_iter().filter(|(_, _, count)| *count > 0);
    found.map(|(fault, is_stopping, count)| finding(fault, is_stopping, count)).collect()
}

/// Whether a time of one test lies in that of another; the end is not part of it.
#[must_use]
pub fn overlaps(one: (Timestamp, Timestamp), other: (Timestamp, Timestamp)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Why a test goes no further: the first thing that stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plan cannot be right: {fault}")]
pub struct PlanRefusal {
    /// What.
    pub fault: PlanFault,
    /// How many it is about.
    pub count: u32,
}

impl Refusal for PlanRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self.fault {
            PlanFault::HardStop => "wrong-state.plan-hard-stop",
            PlanFault::PaperMissing => "wrong-state.plan-paper-missing",
            PlanFault::PaperPractised => "wrong-state.plan-paper-practised",
            PlanFault::Overlap => "wrong-state.plan-overlap",
            PlanFault::SeatsMissing => "wrong-state.plan-seats-missing",
            PlanFault::Unseated => "wrong-state.plan-unseated",
            PlanFault::NeedsUnmet => "wrong-state.plan-needs-unmet",
            PlanFault::Crowded => "wrong-state.plan-crowded",
            // These stop nothing.
            PlanFault::OverlapRunning
            | PlanFault::SameCourse
            | PlanFault::SameTime
            | PlanFault::NoRooms
            | PlanFault::NoSeatPlan
            | PlanFault::ShortNotice
            | PlanFault::CodeUnread
            | PlanFault::NobodyAdmits
            | PlanFault::NobodyWaives => "wrong-state",
        }
    }

    fn params(&self) -> serde_json::Value {
        serde_json::json!({ "count": self.count })
    }
}

/// Whether a plan may go on to the next step.
///
/// # Errors
/// [`PlanRefusal`] with the first thing that stops it.
pub fn may_go_on(check: &PlanCheck) -> Result<(), PlanRefusal> {
    match check.findings.iter().find(|finding| finding.is_stopping) {
        Some(finding) => Err(PlanRefusal { fault: finding.fault, count: finding.count }),
        None => Ok(()),
    }
}
