//! Two records of one human become one: who decides it, what forbids it, and how long it can be undone.

mod across;

pub use across::MergePlace;

use crate::{
    ids::AccountId,
    person::DocumentType,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use std::cmp::Reverse;

/// How long a merge can be undone, in seconds: 30 days.
pub const UNDO_S: i64 = 30 * DAY_S;
const DAY_S: i64 = 86_400;

text_enum! {
    /// Where a merge stands.
    MergeState {
        /// Somebody has proposed it; nothing has changed.
        Proposed = "proposed",
        /// One of the two approvals is given; nothing has changed.
        Approved = "approved",
        /// Both approvals are given: the facts are the survivor's.
        Done = "done",
        /// It was a mistake: each has their own facts again.
        Undone = "undone",
        /// An approver does not agree.
        Refused = "refused",
        /// It was taken back before it was done.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// How one human came to two records.
    MergeGround {
        /// They showed documents of two kinds, and both are theirs.
        OtherDocument = "other_document",
        /// The number of the merged record was taken down wrongly.
        WrongNumber = "wrong_number",
        /// The authority gave them a new number in the place of the merged record's.
        NumberReplaced = "number_replaced",
    }
}

text_enum! {
    /// Why two records do not become one, as they are.
    MergeObstacle {
        /// One of them has been merged already.
        AlreadyMerged = "already_merged",
        /// Another merge of one of them waits for its approvals.
        OpenMerge = "open_merge",
        /// A transfer of one of them waits for its answer.
        OpenTransfer = "open_transfer",
        /// Both have a running student record, and a person has one.
        RunningRecords = "running_records",
        /// Both are registered for the same test, so two people may have come.
        SameExamSession = "same_exam_session",
        /// The merged one is sitting a test now.
        OpenSitting = "open_sitting",
        /// Both are in the same class now.
        SameClass = "same_class",
        /// One of them is kept at another place than when it was proposed.
        Moved = "moved",
        /// The survivor got a fact of the same kind at the same moment.
        Clash = "clash",
    }
}

text_enum! {
    /// A table of facts of persons, by its name in the store.
    FactKind {
        /// Documents.
        Document = "person_document",
        /// Transfers between places.
        Transfer = "person_transfer",
        /// Requests to have something corrected.
        Correction = "correction_request",
        /// Text messages that went to them.
        TextMessage = "text_message",
        /// Entries on rosters.
        RosterEntry = "roster_entry",
        /// Visits of surveyors.
        RosterVisit = "roster_visit",
        /// Student records.
        StudentRecord = "student_record",
        /// Classes that they are or were in.
        ClassMember = "class_member",
        /// Times that they left a class.
        ClassDeparture = "class_departure",
        /// Times of study.
        StudyInterval = "study_interval",
        /// Answers to exercises.
        ExerciseAnswer = "exercise_answer",
        /// Photos that they sent for assignments.
        AssignmentPhoto = "assignment_photo",
        /// Assignments that they handed in.
        HandIn = "assignment_hand_in",
        /// Questions to teachers.
        Inquiry = "inquiry",
        /// Notes beside units.
        StudyNote = "study_note",
        /// Reminders to study.
        ClassReminder = "class_reminder",
        /// Announcements of classes that they have read.
        AnnouncementReading = "announcement_reading",
        /// Attempts at quizzes.
        QuizAttempt = "quiz_attempt",
        /// As whom tools of others know them.
        ExternalSubject = "external_subject",
        /// What they wrote in discussions.
        DiscussionPost = "discussion_post",
        /// What they did about posts there.
        DiscussionDeed = "discussion_deed",
        /// How far they have read there.
        DiscussionReading = "discussion_reading",
        /// Entries of roll-calls.
        RollCall = "roll_call_entry",
        /// Missed meetings that they made up.
        MeetingMakeup = "meeting_makeup",
        /// Trainings in skills.
        SkillTraining = "skill_training",
        /// Certificates of skills.
        SkillCertificate = "skill_certificate",
        /// Registrations for tests.
        Registration = "registration",
        /// Registrations that they took back.
        RegistrationWithdrawal = "registration_withdrawal",
        /// What they need at tests.
        Accommodation = "accommodation",
        /// Sittings of tests.
        Sitting = "sitting",
        /// Released results.
        Result = "result",
        /// Course certificates.
        Certificate = "certificate",
    }
}

text_enum! {
    /// Something that is known of a person.
    PersonField {
        /// The name.
        Name = "name",
        /// The sex.
        Sex = "sex",
        /// The birth date, also where the year is the same.
        BirthDate = "birth_date",
        /// The phone.
        Phone = "phone",
        /// The registered residence.
        Household = "household",
        /// The actual residence.
        Residence = "residence",
        /// The place that keeps them.
        Place = "place",
    }
}

text_enum! {
    /// What becomes of the merged record's log-in.
    LogInFate {
        /// There is none.
        None = "none",
        /// The survivor has none: it is the survivor's from then on.
        GoesAlong = "goes_along",
        /// The survivor has one: it is closed, and its facts go to the survivor's.
        Closes = "closes",
    }
}

text_enum! {
    /// What somebody wants to do with a merge.
    MergeStep {
        /// Give one of the two approvals.
        Approve = "approve",
        /// Not agree.
        Refuse = "refuse",
        /// Take the proposal back.
        Withdraw = "withdraw",
        /// Give each of the two their own facts again.
        Undo = "undo",
    }
}

impl MergeState {
    /// Where a merge stands after a step; `None` if the step is not taken there.
    #[must_use]
    pub const fn after(self, step: MergeStep) -> Option<Self> {
        match (self, step) {
            (Self::Proposed, MergeStep::Approve) => Some(Self::Approved),
            (Self::Approved, MergeStep::Approve) => Some(Self::Done),
            (Self::Proposed | Self::Approved, MergeStep::Refuse) => Some(Self::Refused),
            (Self::Proposed | Self::Approved, MergeStep::Withdraw) => Some(Self::Withdrawn),
            (Self::Done, MergeStep::Undo) => Some(Self::Undone),
            _ => None,
        }
    }
}

/// A merge, as far as its steps are judged by it.
#[derive(Clone, Copy, Debug)]
pub struct MergeCase<'a> {
    /// Where it stands.
    pub state: MergeState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Who gave the first approval.
    pub approved_by: Option<AccountId>,
    /// The accounts of the two persons.
    pub own: &'a [AccountId],
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

/// Why a merge is not proposed or not moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeRefusal {
    /// Something about the two persons forbids it.
    #[error("the merge is forbidden: {0}")]
    Forbidden(MergeObstacle),
    /// It has been refused, withdrawn, done or undone.
    #[error("the merge is {state}")]
    Closed {
        /// Where it stands.
        state: MergeState,
    },
    /// Who proposed it gives no approval.
    #[error("the proposer may not approve")]
    OwnProposal,
    /// Both approvals would be one person's.
    #[error("the other approval is the actor's own")]
    OwnApproval,
    /// It is the actor's own record.
    #[error("the actor is one of the two")]
    OwnRecord,
    /// The time in which it can be undone is over.
    #[error("it could be undone until {until}")]
    TooLate {
        /// The last instant.
        until: Timestamp,
    },
    /// The survivor has since been merged into another, or learns by the account that came along.
    #[error("later facts stand on it")]
    BuiltUpon,
    /// Somebody else holds the number that would be in force again.
    #[error("the document is another's by now")]
    DocumentTaken,
}

impl Refusal for MergeRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::OwnProposal | Self::OwnApproval | Self::OwnRecord => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Forbidden(obstacle) => obstacle.message_key(),
            Self::Closed { .. } => "wrong-state.merge-closed",
            Self::OwnProposal => "second-person-needed.merge",
            Self::OwnApproval => "second-person-needed.merge-approval",
            Self::OwnRecord => "second-person-needed.merge-own",
            Self::TooLate { .. } => "wrong-state.merge-too-late",
            Self::BuiltUpon => "wrong-state.merge-built-upon",
            Self::DocumentTaken => "wrong-state.merge-document-taken",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Forbidden(obstacle) => serde_json::json!({ "obstacle": obstacle }),
            Self::Closed { state } => serde_json::json!({ "state": state }),
            Self::TooLate { until } => serde_json::json!({ "until": until }),
            _ => serde_json::Value::Null,
        }
    }
}

impl MergeObstacle {
    /// The text that says it in one sentence, below `problem.`.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::AlreadyMerged => "wrong-state.merge-already-merged",
            Self::OpenMerge => "wrong-state.merge-open-merge",
            Self::OpenTransfer => "wrong-state.merge-open-transfer",
            Self::RunningRecords => "wrong-state.merge-running-records",
            Self::SameExamSession => "wrong-state.merge-same-exam-session",
            Self::OpenSitting => "wrong-state.merge-open-sitting",
            Self::SameClass => "wrong-state.merge-same-class",
            Self::Moved => "wrong-state.merge-moved",
            Self::Clash => "wrong-state.merge-clash",
        }
    }
}

impl MergeGround {
    /// Whether the merged record's number still is a number of the survivor's.
    #[must_use]
    pub const fn keeps_number(self) -> bool {
        matches!(self, Self::OtherDocument)
    }
}

/// How one human may have come to records with documents of these kinds.
///
/// Two documents of one kind name two people, unless one of the numbers is wrong or was replaced: their
/// check digits do not tell which, so somebody says so. A number is replaced by one of its own kind.
pub fn grounds(survivor: DocumentType, merged: DocumentType) -> impl Iterator<Item = MergeGround> {
    let is_same = survivor == merged;
    MergeGround::ALL.iter().copied().filter(move |ground| match ground {
        MergeGround::OtherDocument => !is_same,
        MergeGround::WrongNumber => true,
        MergeGround::NumberReplaced => is_same,
    })
}

/// What speaks for a record to be the one that survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordWeight {
    /// Whether a student record of theirs runs.
    pub is_running: bool,
    /// Whether they can log in.
    pub has_account: bool,
    /// How many facts they have.
    pub facts: u64,
    /// When they were added.
    pub created_at: Timestamp,
}

/// Whether `one` is to survive rather than `other`: who is studying now, who can log in, who has more
/// facts, who was there first. The proposer may choose otherwise.
#[must_use]
pub fn outweighs(one: &RecordWeight, other: &RecordWeight) -> bool {
    let weight =
        |record: &RecordWeight| (record.is_running, record.has_account, record.facts, Reverse(record.created_at));
    weight(one) >= weight(other)
}

/// Where a merge stands after a step of `actor`, who has the right to it where both persons are kept.
///
/// The proposal is no approval: three people see a merge before it is done.
///
/// # Errors
/// [`MergeRefusal`]: why the step is not taken.
pub fn next_merge_state(
    case: &MergeCase<'_>,
    step: MergeStep,
    actor: AccountId,
    now: Timestamp,
) -> Result<MergeState, MergeRefusal> {
    let next = case.state.after(step).ok_or(MergeRefusal::Closed { state: case.state })?;
    if matches!(step, MergeStep::Approve | MergeStep::Undo) && case.own.contains(&actor) {
        return Err(MergeRefusal::OwnRecord);
    }
    if step == MergeStep::Approve && actor == case.proposed_by {
        return Err(MergeRefusal::OwnProposal);
    }
    if step == MergeStep::Approve && case.approved_by == Some(actor) {
        return Err(MergeRefusal::OwnApproval);
    }
    match case.done_at.map(undo_until) {
        Some(until) if step == MergeStep::Undo && now > until => Err(MergeRefusal::TooLate { until }),
        _ => Ok(next),
    }
}

/// The last instant at which a merge can be undone.
#[must_use]
pub const fn undo_until(done_at: Timestamp) -> Timestamp {
    done_at.plus_s(UNDO_S)
}

/// Days until then, a part of one counted as a whole; none when it is over.
#[must_use]
pub fn days_left(until: Timestamp, now: Timestamp) -> Option<u32> {
    let left_ms = until.ms_since(now);
    let days = left_ms.max(0).unsigned_abs().div_ceil(DAY_S.unsigned_abs() * 1_000);
    (left_ms >= 0).then(|| u32::try_from(days).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
