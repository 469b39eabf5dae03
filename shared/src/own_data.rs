//! Everything that the system knows of whoever asks: `GET /me/data` and `GET /me/data/pdf`.

use crate::{
    credit_bank::{CertificateView, OwnDiploma},
    delivery::OwnReceipt,
    enrolment::OwnEnrolment,
    identity::{LoginView, Me, PrivacyView},
    learning::{
        AnnouncementReading, CourseNotes, InquiryView, MyCourse, OwnDiscussion, OwnExternalSubject, OwnHandIn,
        OwnQuizAttempt, OwnReminder,
    },
    messages::OwnMessage,
    people::{CorrectionView, PersonView},
    results::{MyRecheck, MyResult},
    roster::EntryView,
    sittings::{AccommodationView, MyIncident},
    teaching::{CourseHours, OwnAttendance, SkillCertificateView, SkillTrainingView},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One's own data, to keep (PIPL art. 45).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnData {
    /// When it was put together.
    pub at: Timestamp,
    /// The account with its roles.
    pub account: Me,
    /// Where one is logged in.
    pub logins: Vec<LoginView>,
    /// What one has agreed to.
    pub privacy: PrivacyView,
    /// Who one is, every number masked; absent for who has no student record.
    pub person: Option<PersonView>,
    /// One's student records.
    pub enrolments: Vec<OwnEnrolment>,
    /// What one has studied.
    pub courses: Vec<MyCourse>,
    /// What one has written down beside units.
    pub notes: Vec<CourseNotes>,
    /// What one has handed in, the last first.
    pub hand_ins: Vec<OwnHandIn>,
    /// What one has answered in quizzes, the last first.
    pub quiz_attempts: Vec<OwnQuizAttempt>,
    /// As whom tools of others know one, and what they reported.
    pub external_subjects: Vec<OwnExternalSubject>,
    /// What one has asked teachers.
    pub inquiries: Vec<InquiryView>,
    /// Reminders to study, the last first.
    pub reminders: Vec<OwnReminder>,
    /// Announcements of classes that one has read, the last first.
    pub announcement_readings: Vec<AnnouncementReading>,
    /// What one has written, reported and read in discussions of classes.
    pub discussion: OwnDiscussion,
    /// Class hours, course by course.
    pub class_hours: Vec<CourseHours>,
    /// What counts of one at each meeting.
    pub attendance: Vec<OwnAttendance>,
    /// Trainings in skills, the last first.
    pub skill_trainings: Vec<SkillTrainingView>,
    /// Certificates of skills, the last first.
    pub skill_certificates: Vec<SkillCertificateView>,
    /// What is written of one on rosters, with the visits and calls.
    pub roster: Vec<EntryView>,
    /// Text messages to one, the last first.
    pub messages: Vec<OwnMessage>,
    /// Receipts of tests.
    pub receipts: Vec<OwnReceipt>,
    /// Results that were released.
    pub results: Vec<MyResult>,
    /// Rechecks of them that one has asked for.
    pub rechecks: Vec<MyRecheck>,
    /// What was recorded of one against the rules of tests, the last first.
    pub incidents: Vec<MyIncident>,
    /// What one needs at tests, the last application first.
    pub accommodations: Vec<AccommodationView>,
    /// Certificates.
    pub certificates: Vec<CertificateView>,
    /// Diplomas, the last first.
    pub diplomas: Vec<OwnDiploma>,
    /// What one has asked to be corrected.
    pub corrections: Vec<CorrectionView>,
}
