//! What is asked for, and by which words it is known again.

use crate::exam_world::STEM;
use shared::rights::Right;

/// A kind of thing, of which there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Thing {
    Nothing,
    Course,
    Unit,
    Item,
    /// A file beside it, of which there is none.
    ItemAttachment,
    Paper,
    Blueprint,
    /// What was drawn by that blueprint: no forms, for its bank is empty.
    Assembly,
    ExamSession,
    /// The same, as those see it who are there where it is sat.
    WatchedExamSession,
    /// What one of its candidates is said to have done.
    Incident,
    /// A recheck of the result of another, who passed.
    Recheck,
    /// What the learner of the record needs at tests.
    Accommodation,
    /// A plan of its seats.
    SeatPlan,
    Sitting,
    Response,
    Certificate,
    /// A list of graduates of the class, of whom there is none.
    Graduation,
    /// A diploma of the learner of the record.
    Diploma,
    /// The same, as a thing of who issued it.
    DiplomaKept,
    Login,
    Job,
    School,
    NewSchool,
    TeachingPoint,
    ServicePoint,
    ExamSite,
    /// A room of that site.
    ExamRoom,
    Person,
    /// A person who was to go to the township beside; nothing came of it.
    Transfer,
    /// The same, as a thing of who sent.
    TransferSent,
    /// The same, as a thing of who was to receive.
    TransferReceived,
    /// A learner who was to go on at a school next door; nothing came of it.
    SchoolChange,
    /// The same, as a thing of who sent.
    SchoolChangeSent,
    /// The same, as a thing of who was to receive.
    SchoolChangeReceived,
    /// A request of a person to have their phone corrected.
    Correction,
    /// Two records of one human at the school, proposed to become one.
    Merge,
    Batch,
    RosterEntry,
    RosterCount,
    /// The roster of the school, confirmed, of which the county looks at the one person.
    RosterCheck,
    /// A survey of a season of the school's roster.
    RosterRound,
    Class,
    /// The learner of the class, of whom no phone is recorded.
    ClassLearner,
    /// A system of others that was let read what the class does.
    StatementReader,
    Record,
    RecordCount,
    Attachment,
    /// A version of the rules of enrolment, proposed for the whole province.
    RuleProposal,
    /// A rule of attendance, proposed for the whole province.
    AttendanceRuleProposal,
    /// A rule of a course, proposed for the whole province.
    CourseRuleProposal,
    /// A tool of others, proposed for the whole province.
    ExternalTool,
    /// A rule of graduation, proposed for the whole province.
    GraduationRuleProposal,
    NewClass,
    Meeting,
    RollPhoto,
    /// An assignment of the unit.
    Assignment,
    /// A photo that the learner sent for it.
    AssignmentPhoto,
    /// What the learner of the class handed in of it.
    HandIn,
    /// The photo, as a part of what was handed in.
    HandInPhoto,
    /// A question of the learner of the class.
    Inquiry,
    /// What was announced to the class.
    Announcement,
    /// A quiz that was set the class.
    Quiz,
    /// A topic of the class's discussion.
    Topic,
    /// What its tutor wrote there, and its learner reported.
    Post,
    Holiday,
    SkillRecord,
    SkillTraining,
    SkillCertificate,
    Rooms,
    /// One of them.
    TaughtRoom,
    /// The account of the school's office, and the role that it holds at its township.
    /// A township of the province.
    Division,
    Account,
    Grant,
    /// The same, as a row of a file.
    GrantRow,
    /// The audit log, which lies at the province.
    AuditLog,
    /// The keys, queues and settings of the system, which is one of the whole province.
    System,
}

impl Thing {
    pub(super) const ALL: [Self; 37] = [
        Self::Item,
        Self::Paper,
        Self::Blueprint,
        Self::ExamSession,
        Self::WatchedExamSession,
        Self::Incident,
        Self::Recheck,
        Self::Accommodation,
        Self::Certificate,
        Self::Graduation,
        Self::Diploma,
        Self::School,
        Self::TeachingPoint,
        Self::ServicePoint,
        Self::ExamSite,
        Self::Person,
        Self::Transfer,
        Self::SchoolChange,
        Self::Correction,
        Self::Merge,
        Self::Batch,
        Self::RosterEntry,
        Self::RosterCount,
        Self::RosterCheck,
        Self::RosterRound,
        Self::Class,
        Self::Record,
        Self::RecordCount,
        Self::Meeting,
        Self::HandIn,
        Self::Inquiry,
        Self::Announcement,
        Self::Quiz,
        Self::Topic,
        Self::Post,
        Self::SkillTraining,
        Self::SkillCertificate,
    ];

    /// Words that stand in whatever shows it, and in nothing else.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Item => STEM,
            Self::Paper => r#""title":"Paper""#,
            Self::Blueprint | Self::Assembly => "印记细目表",
            Self::ExamSession => r#""title":"Test""#,
            Self::WatchedExamSession => r#""expected":"#,
            Self::Incident => "印记违规",
            Self::Recheck => r#""answer_by":"#,
            Self::Accommodation => "印记便利",
            Self::Certificate => r#""holder_name":"learner-0""#,
            Self::Graduation => "印记毕业",
            Self::Diploma | Self::DiplomaKept => "印记文凭",
            Self::School => "印记学校",
            Self::TeachingPoint => "印记教学点",
            Self::ServicePoint => "印记受理点",
            Self::ExamSite => "印记考点",
            Self::Person => "印记人",
            Self::Transfer | Self::TransferSent | Self::TransferReceived => "印记迁居",
            Self::SchoolChange | Self::SchoolChangeSent | Self::SchoolChangeReceived => "印记转学",
            Self::Correction => "印记更正",
            Self::Merge => "印记合并",
            Self::Batch => "mark-list.csv",
            Self::RosterEntry => "印记册",
            Self::RosterCount => r#""persons":"#,
            Self::RosterCheck => r#""sample_size":"#,
            Self::RosterRound => "印记轮",
            Self::Class => "印记班",
            Self::Record => "印记籍",
            Self::Meeting => "印记课",
            Self::HandIn => "印记交",
            Self::Inquiry => "印记问",
            Self::Announcement => "印记告",
            Self::Quiz => "印记小测",
            Self::Topic => "印记话题",
            Self::Post => "印记发言",
            Self::Account | Self::Grant => r#"":"zheng""#,
            Self::GrantRow => ">zheng<",
            Self::SkillTraining => "印记技能",
            Self::SkillCertificate => "印记证书",
            Self::RecordCount => r#""records":"#,
            Self::Nothing
            | Self::AuditLog
            | Self::System
            | Self::Course
            | Self::Unit
            | Self::Assignment
            | Self::AssignmentPhoto
            | Self::HandInPhoto
            | Self::SeatPlan
            | Self::Sitting
            | Self::Response
            | Self::Login
            | Self::Job
            | Self::Attachment
            | Self::ItemAttachment
            | Self::RuleProposal
            | Self::AttendanceRuleProposal
            | Self::CourseRuleProposal
            | Self::ExternalTool
            | Self::GraduationRuleProposal
            | Self::NewClass
            | Self::ClassLearner
            | Self::StatementReader
            | Self::Division
            | Self::Holiday
            | Self::SkillRecord
            | Self::RollPhoto
            | Self::Rooms
            | Self::TaughtRoom
            | Self::ExamRoom
            | Self::NewSchool => "a word that stands nowhere",
        }
    }

    /// The rights that show it to somebody, by whatever operation.
    pub(super) const fn seen_with(self) -> &'static [Right] {
        match self {
            Self::Course => &[Right::AuthorCourse, Right::AuthorItem],
            Self::Item | Self::ItemAttachment => &[Right::ReadItem],
            Self::Paper | Self::Blueprint | Self::Assembly => &[Right::ComposePaper],
            Self::ExamSession | Self::SeatPlan | Self::Response | Self::Recheck => &[
                Right::PlanExamSession,
                Right::ArmExamSession,
                Right::ReleaseResults,
                Right::MarkResponse,
                Right::LeadMarking,
                Right::IssueCertificate,
            ],
            Self::WatchedExamSession => &[Right::WatchExamSession],
            Self::Incident => &[Right::SignIncident, Right::DecideIncident, Right::ReconsiderIncident],
            Self::Accommodation => &[Right::CheckAccommodation, Right::ConfirmAccommodation],
            Self::Certificate => &[Right::IssueCertificate, Right::AuditCertificate],
            Self::Graduation | Self::Diploma | Self::DiplomaKept => &[Right::ReadDiplomas],
            Self::School
            | Self::Rooms
            | Self::TaughtRoom
            | Self::NewSchool
            | Self::TeachingPoint
            | Self::ServicePoint
            | Self::ExamSite
            | Self::ExamRoom => &[Right::ReadOrganisation],
            Self::Person | Self::RosterEntry => &[Right::ReadPeople, Right::ReadRoster],
            Self::Transfer | Self::TransferSent | Self::TransferReceived => &[Right::TransferPeople],
            // The office that keeps the record settles it; who reads the record sees what became of it.
            Self::SchoolChange | Self::SchoolChangeSent | Self::SchoolChangeReceived => {
                &[Right::KeepEnrolments, Right::ReadEnrolments]
            }
            Self::Correction => &[Right::ReadPeople],
            Self::Merge => &[Right::ProposeMerge, Right::ApproveMerge],
            Self::Batch | Self::RosterCount | Self::RosterCheck | Self::RosterRound => &[Right::ReadRoster],
            Self::Class | Self::ClassLearner | Self::StatementReader | Self::Meeting | Self::RollPhoto => {
                &[Right::FollowClass, Right::ReadClasses]
            }
            Self::HandIn | Self::HandInPhoto => &[Right::MarkAssignment],
            Self::Inquiry => &[Right::AnswerInquiry],
            Self::Announcement | Self::Quiz | Self::Topic | Self::Post => &[Right::FollowClass],
            Self::NewClass => &[Right::ReadClasses],
            Self::Account | Self::Grant | Self::GrantRow => &[Right::ReadRights],
            Self::AuditLog => &[Right::ReadAudit],
            Self::System => &[Right::ReadSystem],
            Self::RuleProposal => &[Right::KeepEnrolmentRules],
            Self::AttendanceRuleProposal => &[Right::KeepAttendanceRules],
            Self::CourseRuleProposal => &[Right::KeepCourseRules],
            Self::ExternalTool => &[Right::KeepExternalTools],
            Self::GraduationRuleProposal => &[Right::KeepGraduationRules],
            Self::SkillRecord | Self::SkillTraining | Self::SkillCertificate => {
                &[Right::KeepSkills, Right::CheckSkills]
            }
            Self::Record => &[Right::ReadEnrolments, Right::ReadPeople],
            Self::RecordCount | Self::Attachment => &[Right::ReadEnrolments],
            Self::Nothing
            | Self::Division
            | Self::Holiday
            | Self::Unit
            | Self::Assignment
            | Self::AssignmentPhoto
            | Self::Sitting
            | Self::Login
            | Self::Job => &[],
        }
    }
}
