//! The registry of typed identifiers, alphabetical and append-only.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        #[cfg(feature = "orm")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// One accommodation of a candidate (考试便利).
    AccommodationId,
    /// One photo of a paper that shows why somebody needs an accommodation.
    AccommodationPhotoId,
    /// A person who can log in: learner, teacher or official.
    AccountId,
    /// One code of a learner's first log-in.
    ActivationCodeId,
    /// One activity of a unit, over all versions of its course.
    ActivityId,
    /// One announcement to a class (班级通知).
    AnnouncementId,
    /// One drawing of parallel forms by a blueprint.
    AssemblyId,
    /// One photo that a learner sent for an assignment.
    AssignmentPhotoId,
    /// One photo of a paper that belongs to a learner's record.
    AttachmentId,
    /// One rule of attendance that was proposed.
    AttendanceRuleProposalId,
    /// One blueprint of a course's papers.
    BlueprintId,
    /// One course certificate (课程成绩合格证明).
    CertificateId,
    /// One photo of an agreement with the partner of a class.
    ClassAgreementId,
    /// One class that learners are enrolled in.
    ClassId,
    /// One reminder of a learner who studied nothing for a while.
    ClassReminderId,
    /// One request of a person to have something of theirs corrected (更正申请).
    CorrectionRequestId,
    /// One course of the catalogue, over all its versions.
    CourseId,
    /// One rule of a course that was proposed.
    CourseRuleProposalId,
    /// One published or draft version of a course.
    CourseVersionId,
    /// One diploma (毕业证书).
    DiplomaId,
    /// One post in a topic of a class's discussion.
    DiscussionPostId,
    /// One topic of a class's discussion (班级讨论).
    DiscussionTopicId,
    /// One version of the rules of enrolment that was proposed.
    EnrolmentRuleProposalId,
    /// One room of an exam site (考场).
    ExamRoomId,
    /// One planned test (考次) of a course.
    ExamSessionId,
    /// One place where unified tests are sat (考点).
    ExamSiteId,
    /// Tests of several courses that were planned at once.
    ExamWindowId,
    /// One proposal to give candidates more time than one person may.
    ExtensionProposalId,
    /// One time that a learner was sent to a tool of others.
    ExternalLaunchId,
    /// One score that such a tool reported.
    ExternalScoreId,
    /// One learner, as one such tool knows them.
    ExternalSubjectId,
    /// One tool of others to which learners are sent (外部课程工具).
    ExternalToolId,
    /// One list of graduates (毕业生名册).
    GraduationBatchId,
    /// One rule of graduation that was proposed.
    GraduationRuleProposalId,
    /// One time that a learner handed in an assignment (作业).
    HandInId,
    /// One incident of a test: what somebody is said to have done against its rules (违规记录).
    IncidentId,
    /// One question of a learner to the teachers of their class.
    InquiryId,
    /// One file beside an item of the bank.
    ItemAttachmentId,
    /// One item of the bank, over all its versions.
    ItemId,
    /// One piece of long work.
    JobId,
    /// One splitting of a paper's key among custodians.
    KeyCeremonyId,
    /// One share of a paper's key.
    KeyShareId,
    /// One log-in on one device: a family of refresh tokens.
    LoginId,
    /// One meeting of a class, in its timetable.
    MeetingId,
    /// One missed meeting that a learner made up.
    MeetingMakeupId,
    /// What one person is told of a lesson that was moved or cancelled.
    MeetingNoticeId,
    /// One deed of study without a network; made on the device.
    OfflineEntryId,
    /// One form of a paper: the items that one group of candidates sees.
    PaperId,
    /// One time that somebody proposes to open a closed paper.
    PaperOpeningId,
    /// One document of a person: its number, in force or replaced.
    PersonDocumentId,
    /// One person who is to learn: on the survey list, enrolled, or a learner.
    PersonId,
    /// One merge of two records of a person.
    PersonMergeId,
    /// One transfer of a person from a township to another.
    PersonTransferId,
    /// One school or other provider of education.
    ProviderId,
    /// One attempt of a learner at a quiz.
    QuizAttemptId,
    /// One quiz that was set a class (小测).
    QuizId,
    /// One role held by one account at one place.
    RoleGrantId,
    /// One entry of a roll-call; made on the device.
    RollCallEntryId,
    /// One photo of a signed roll of a meeting.
    RollPhotoId,
    /// One room that classes meet in.
    RoomId,
    /// One errand: a surveyor sent to a person on the roster.
    RosterAssignmentId,
    /// One uploaded survey list.
    RosterBatchId,
    /// One time that a roster was confirmed, and checked.
    RosterCheckId,
    /// One person on the roster of a place.
    RosterEntryId,
    /// One survey of a season (排摸轮次) of a place's roster.
    RosterRoundId,
    /// One survey list on its way in, part by part; made on the device.
    RosterUploadId,
    /// One change of school (转学) of a learner.
    SchoolChangeId,
    /// One recheck of a result (成绩复核).
    ScoreRecheckId,
    /// One plan of the seats of an exam session (考场编排).
    SeatPlanId,
    /// One service point (受理点) of the credit bank.
    ServicePointId,
    /// One candidate's sitting of one paper in one exam session.
    SittingId,
    /// One learner's record (学籍) at one school and level.
    StudentRecordId,
    /// One certificate of a skill (职业资格证书 and others).
    SkillCertificateId,
    /// One photo of a certificate of a skill.
    SkillPhotoId,
    /// One training in a skill.
    SkillTrainingId,
    /// One system of others that reads what the learners of a class do (对接系统).
    StatementReaderId,
    /// One place where a provider teaches (教学点).
    TeachingPointId,
    /// One text message (短信) to a person.
    TextMessageId,
    /// One unit of a course version: the task point a learner completes.
    UnitId,
    /// One item of another system that is none here yet.
    UnreadItemId,
    /// One visit or call to a person on the roster; made on the device.
    VisitId,
}
