//! 待办: what waits for somebody, as their roles have it: `GET /me/work`.

use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What waits; ascending in the order in which it is shown.
    WorkKind {
        /// Roles that a second person must confirm.
        RolesToConfirm = "roles_to_confirm",
        /// Exam sessions in which somebody else took a step that needs a second person.
        ExamSessionsToConfirm = "exam_sessions_to_confirm",
        /// Exam sessions whose next step waits for somebody.
        ExamSessionsToAdvance = "exam_sessions_to_advance",
        /// Exam sessions whose next step was to be taken before today.
        ExamSessionsOverdue = "exam_sessions_overdue",
        /// Responses that wait for a marker.
        ResponsesToMark = "responses_to_mark",
        /// Survey lists whose columns nobody has confirmed.
        ListsToConfirm = "lists_to_confirm",
        /// Survey lists with rows that were not taken, while no newer list of the place was uploaded.
        ListsToCorrect = "lists_to_correct",
        /// Rosters that were confirmed, and that the county is to check.
        RostersToCheck = "rosters_to_check",
        /// Rosters that the county sent back, and that were not confirmed again.
        RostersReturned = "rosters_returned",
        /// Persons on the roster who await a visit, and to whom nobody is sent.
        PersonsToAssign = "persons_to_assign",
        /// Persons whom the reader is to visit.
        VisitsDue = "visits_due",
        /// Persons whom others propose to the reader's place.
        TransfersToAccept = "transfers_to_accept",
        /// Learners whom other schools propose to the reader's school.
        SchoolChangesToAccept = "school_changes_to_accept",
        /// What persons want corrected of what is kept of them.
        CorrectionsToAnswer = "corrections_to_answer",
        /// Merges of two records of one person in which the reader had no hand yet.
        MergesToApprove = "merges_to_approve",
        /// Rules of enrolment that others proposed.
        EnrolmentRulesToApprove = "enrolment_rules_to_approve",
        /// Rules of attendance that others proposed.
        AttendanceRulesToApprove = "attendance_rules_to_approve",
        /// Rules of courses that others proposed.
        CourseRulesToApprove = "course_rules_to_approve",
        /// Tools for learners that others proposed.
        ExternalToolsToApprove = "external_tools_to_approve",
        /// Rules of graduation that others proposed.
        GraduationRulesToApprove = "graduation_rules_to_approve",
        /// Records that came back to be corrected.
        RecordsReturned = "records_returned",
        /// Records that lack photos of papers that a review needs.
        RecordsWithoutPapers = "records_without_papers",
        /// Records with all such papers that were not submitted yet.
        RecordsToSubmit = "records_to_submit",
        /// Records that the school reviews.
        RecordsAtSchool = "records_at_school",
        /// Records that the county reviews.
        RecordsAtCounty = "records_at_county",
        /// Records that the city reviews.
        RecordsAtCity = "records_at_city",
        /// Classes that the county is to approve.
        ClassesToApprove = "classes_to_approve",
        /// Approved classes that take in nobody yet.
        ClassesToOpen = "classes_to_open",
        /// Today's meetings that have begun, and of which nothing was noted.
        MeetingsWithoutRoll = "meetings_without_roll",
        /// Questions of learners that wait for an answer.
        InquiriesToAnswer = "inquiries_to_answer",
        /// Assignments that learners handed in, and that wait for a mark.
        AssignmentsToMark = "assignments_to_mark",
        /// Posts in discussions that learners reported.
        PostsReported = "posts_reported",
        /// Drafts of courses that somebody else has submitted.
        CoursesToReview = "courses_to_review",
        /// Trainings that somebody else recorded.
        TrainingsToCheck = "trainings_to_check",
        /// Certificates of skills that somebody else recorded.
        CertificatesToCheck = "certificates_to_check",
        /// Items of others that wait for a review.
        ItemsToReview = "items_to_review",
        /// Items of the reader's own that a reviewer sent back.
        ItemsReturned = "items_returned",
        /// Papers that are composed and not sealed, and that the reader did not propose to seal.
        PapersToSeal = "papers_to_seal",
        /// Closed papers that somebody else has to see.
        PapersToOpen = "papers_to_open",
        /// Shares of papers' keys that the reader keeps, and has not seen or not typed back.
        KeySharesToConfirm = "key_shares_to_confirm",
        /// Tests in marking that the reader leads, with responses that wait.
        MarkingsToLead = "markings_to_lead",
        /// Tests that are sat at the reader's place today.
        ExamSessionsToday = "exam_sessions_today",
        /// Incidents of today that somebody else recorded, and that nobody has signed as the second person.
        IncidentsToSign = "incidents_to_sign",
        /// Incidents whose candidates were heard, or that were left open on their day, and that the reader may decide.
        IncidentsToDecide = "incidents_to_decide",
        /// Decisions about incidents that candidates ask to be looked at again.
        IncidentsToReconsider = "incidents_to_reconsider",
        /// Rechecks of results that nobody has looked at, or of which somebody else found the result wrong.
        RechecksToSettle = "rechecks_to_settle",
        /// What candidates need at tests, for the county to decide.
        AccommodationsToCheck = "accommodations_to_check",
        /// The same, for the city to decide after the county.
        AccommodationsToConfirm = "accommodations_to_confirm",
        /// Course certificates that the city is to audit.
        CertificatesToAudit = "certificates_to_audit",
        /// Course certificates that the city sent back.
        CertificatesReturned = "certificates_returned",
        /// Course certificates that were issued, and not submitted to the city yet.
        CertificatesToSubmit = "certificates_to_submit",
        /// Certificates that somebody else proposes to make void.
        CertificatesToRevoke = "certificates_to_revoke",
        /// Registrations for tests that wait for the reader's office.
        RegistrationsToReview = "registrations_to_review",
        /// Lists of graduates that the county is to confirm.
        GraduationsToConfirm = "graduations_to_confirm",
        /// Lists of graduates that the city is to approve.
        GraduationsToApprove = "graduations_to_approve",
        /// Lists of graduates that came back, and whose classes have no newer one.
        GraduationsReturned = "graduations_returned",
        /// Diplomas that somebody else proposes to make void.
        DiplomasToRevoke = "diplomas_to_revoke",
    }
}

text_enum! {
    /// Which exam sessions wait for what: `GET /exam_sessions?waits=`.
    ExamWait {
        /// Somebody else took a step that needs a second person.
        Confirm = "confirm",
        /// The next step, which one person takes.
        Advance = "advance",
        /// The next step, which by their calendars was to be taken before today.
        Overdue = "overdue",
        /// They have responses that wait for a marker.
        Mark = "mark",
        /// The same, for who leads the markers.
        Lead = "lead",
    }
}

text_enum! {
    /// Which incidents wait for the reader: `GET /incidents?waits=`.
    IncidentWait {
        /// Those of today that others recorded and nobody has signed.
        Sign = "sign",
        /// Those whose candidates were heard, or that were left open on their day, and that the reader may decide.
        Decide = "decide",
        /// Those that candidates ask to be looked at again.
        Reconsider = "reconsider",
    }
}

text_enum! {
    /// Which survey lists wait: `GET /roster/batches?waits=`.
    ListWait {
        /// Those whose columns nobody has confirmed.
        Confirm = "confirm",
        /// Those with rows that were not taken, while no newer list of the place was uploaded.
        Correct = "correct",
    }
}

text_enum! {
    /// Which checks of rosters wait: `GET /roster/checks?waits=`.
    CheckWait {
        /// Those of rosters that others confirmed.
        Check = "check",
        /// Those that came back, while the roster was not confirmed again.
        Correct = "correct",
    }
}

text_enum! {
    /// Which items wait for the reader: `GET /items?waits=`.
    ItemWait {
        /// Those of others, for a review.
        Review = "review",
        /// Their own that came back, to be written anew.
        Revision = "revision",
    }
}

text_enum! {
    /// Which papers wait for the reader: `GET /papers?waits=`.
    PaperWait {
        /// Those that nobody proposed to seal, and those that somebody else did.
        Sealing = "sealing",
        /// Closed ones that somebody else has to see, and that nobody has opened for them.
        Opening = "opening",
    }
}

text_enum! {
    /// Which certificates wait for the reader: `GET /certificates?waits=`.
    CertificateWait {
        /// Those that somebody else proposes to make void.
        Revocation = "revocation",
    }
}

text_enum! {
    /// Which lists of graduates wait for the reader: `GET /graduations?waits=`.
    GraduationWait {
        /// Those that the county is to confirm.
        County = "county",
        /// Those that the city is to approve.
        City = "city",
        /// Those that came back to the school, and whose classes have no newer one.
        Returned = "returned",
    }
}

text_enum! {
    /// Which records that are being filled in wait for what: `GET /enrolments?waits=`.
    RecordWait {
        /// They came back to be corrected.
        Returned = "returned",
        /// Photos of papers that a review needs are missing.
        Papers = "papers",
        /// They have all such papers, and were not submitted yet.
        Submission = "submission",
    }
}

/// How much of one kind waits: one of `GET /me/work`, ascending by kind. What nothing waits of is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkLine {
    /// What waits.
    pub kind: WorkKind,
    /// How much of it, counted to the last.
    pub count: u64,
}

impl WorkLine {
    /// A line, unless there is nothing.
    #[must_use]
    pub const fn some(kind: WorkKind, count: u64) -> Option<Self> {
        if count == 0 { None } else { Some(Self { kind, count }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::are_named;

    #[test]
    fn what_waits_has_its_words() {
        let keys: Vec<_> = WorkKind::ALL.iter().map(|kind| format!("work_{kind}")).collect();
        let files = [include_str!("../locales/zh-CN/common.json"), include_str!("../locales/en/common.json")];
        assert!(are_named(files, &keys));
    }

    #[test]
    fn where_nothing_waits_there_is_no_line() {
        assert_eq!(WorkLine::some(WorkKind::VisitsDue, 0), None);
        assert_eq!(WorkLine::some(WorkKind::VisitsDue, 3).map(|line| line.count), Some(3));
    }
}
