//! What can be allowed.

use super::text_enum;

text_enum! {
    /// What can be allowed. One right per kind of action.
    Right {
        /// Write drafts of courses.
        AuthorCourse = "author_course",
        /// Publish what somebody else has written of a course, or return it with remarks.
        PublishCourse = "publish_course",
        /// Add pictures to lessons and items.
        AddPicture = "add_picture",
        /// Study one's own courses and record it.
        StudyOwnCourse = "study_own_course",
        /// Follow the learners of a class.
        FollowClass = "follow_class",
        /// Bring items into the bank; see one's own, write them anew and retire them.
        AuthorItem = "author_item",
        /// See every item with its key. Authors see their own without it.
        ReadItem = "read_item",
        /// Approve or return what somebody else wrote, and retire items.
        ReviewItem = "review_item",
        /// Compose papers from items, and seal them.
        ComposePaper = "compose_paper",
        /// Keep a share of a paper's key, and hand it in for the test.
        HoldKeyShare = "hold_key_share",
        /// Plan an exam session and change its state.
        PlanExamSession = "plan_exam_session",
        /// Be one of the two persons who arm the release of the key.
        ArmExamSession = "arm_exam_session",
        /// See the tests that are sat at a place, on their day.
        WatchExamSession = "watch_exam_session",
        /// See who is to come to a test at a place, and who has, on its day.
        ReadSignIn = "read_sign_in",
        /// Register oneself for a test.
        RegisterForTest = "register_for_test",
        /// Register the learners of a class for a test.
        RegisterClass = "register_class",
        /// Sit one's own test.
        AnswerOwnSitting = "answer_own_sitting",
        /// Mark anonymous responses.
        MarkResponse = "mark_response",
        /// Follow the marking of a test, and have a response marked again.
        LeadMarking = "lead_marking",
        /// Be one of the two persons who release results.
        ReleaseResults = "release_results",
        /// Hold the sittings of a test against a leaked photo, and learn the numbers of who may have taken it.
        TraceLeak = "trace_leak",
        /// See one's own results and certificates.
        ReadOwnRecord = "read_own_record",
        /// Issue, submit and revoke certificates.
        IssueCertificate = "issue_certificate",
        /// Approve or return certificates for the city.
        AuditCertificate = "audit_certificate",
        /// Grant and withdraw roles.
        GrantRole = "grant_role",
        /// Read the audit log. It is one for the whole province, and read by who holds this there.
        ReadAudit = "read_audit",
        /// See and end one's own log-ins.
        ManageOwnLogins = "manage_own_logins",
        /// Say that one has read what one was told.
        ReadOwnNotices = "read_own_notices",
        /// Look at the divisions, and at the providers, points and sites in them.
        ReadOrganisation = "read_organisation",
        /// Bring the list of divisions up to date. It comes with the program, so no person does.
        LoadDivisions = "load_divisions",
        /// Found, rename and abolish divisions. The list is one for the whole province.
        EditDivisions = "edit_divisions",
        /// Enter and change providers of education.
        EditProvider = "edit_provider",
        /// Enter and change where a provider teaches.
        EditTeachingPoint = "edit_teaching_point",
        /// Enter and change where the credit bank is served, and by whom.
        EditServicePoint = "edit_service_point",
        /// Enter and change where unified tests are sat.
        EditExamSite = "edit_exam_site",
        /// See persons with their numbers masked.
        ReadPeople = "read_people",
        /// Add persons, correct their documents, change their phones.
        KeepPeople = "keep_people",
        /// See a whole number, for a purpose that is audited.
        RevealPerson = "reveal_person",
        /// Propose persons to another township, and answer what others propose.
        TransferPeople = "transfer_people",
        /// Propose that two records of one human become one.
        ProposeMerge = "propose_merge",
        /// Give one of the two approvals of a merge, refuse it, or undo it.
        ApproveMerge = "approve_merge",
        /// Have fields encrypted by a new key.
        RotateKeys = "rotate_keys",
        /// See how the system is: its keys, what waits in it, and the settings in force.
        ReadSystem = "read_system",
        /// Hand text messages to whoever carries them. The system does, when somebody has asked for one.
        SendMessages = "send_messages",
        /// Delete what has served its time and is no fact, such as log-ins that ended long ago. The system does.
        SweepStore = "sweep_store",
        /// See the roster of a place.
        ReadRoster = "read_roster",
        /// Import survey lists.
        ImportRoster = "import_roster",
        /// Send surveyors to the persons on the roster, or close an entry that leads nowhere.
        AssignRoster = "assign_roster",
        /// Say that a roster is right.
        ConfirmRoster = "confirm_roster",
        /// Look at a sample of a roster that was confirmed; accept it, or send it back.
        CheckRoster = "check_roster",
        /// Visit the persons on the roster, and record it.
        SurveyRoster = "survey_roster",
        /// See the records of learners.
        ReadEnrolments = "read_enrolments",
        /// Enrol learners, keep their records, and hand out activation codes.
        KeepEnrolments = "keep_enrolments",
        /// Approve or return records for the school.
        ReviewEnrolment = "review_enrolment",
        /// Approve or return records for the county.
        ApproveEnrolment = "approve_enrolment",
        /// Approve or return records of the senior level for the city.
        FileEnrolment = "file_enrolment",
        /// Propose versions of the rules of enrolment, and decide what another proposed.
        KeepEnrolmentRules = "keep_enrolment_rules",
        /// The same of the senior level, for one's own city.
        KeepSeniorRules = "keep_senior_rules",
        /// The same of the junior level, for one's own county.
        KeepJuniorRules = "keep_junior_rules",
        /// Look at photos of learners' papers, each look audited.
        SeeAttachment = "see_attachment",
        /// See classes, who is in them and when they meet.
        ReadClasses = "read_classes",
        /// Plan classes, and add and dismiss learners.
        KeepClasses = "keep_classes",
        /// Approve what a school plans.
        ApproveClass = "approve_class",
        /// Be chosen as tutor or teacher of a class.
        TeachClass = "teach_class",
        /// Enter, move and cancel meetings.
        KeepTimetable = "keep_timetable",
        /// Call the roll, and show the code of a meeting.
        TakeAttendance = "take_attendance",
        /// Check oneself in at a meeting.
        CheckInSelf = "check_in_self",
        /// Say which days are holidays.
        KeepHolidays = "keep_holidays",
        /// Propose rules of attendance, decide what another proposed, and withdraw what has not begun.
        KeepAttendanceRules = "keep_attendance_rules",
        /// Propose what courses are from a day on, decide what another proposed, and withdraw what has not begun.
        KeepCourseRules = "keep_course_rules",
        /// Propose rules of graduation, decide what another proposed, and withdraw what has not begun.
        KeepGraduationRules = "keep_graduation_rules",
        /// Record trainings and certificates of skills.
        KeepSkills = "keep_skills",
        /// Find right or wrong what somebody else recorded of skills.
        CheckSkills = "check_skills",
        /// See who may do what at a place.
        ReadRights = "read_rights",
        /// Create accounts of staff, and give them a new first password.
        KeepAccounts = "keep_accounts",
        /// Give and withdraw one's own consents.
        KeepOwnConsents = "keep_own_consents",
        /// Ask for what is known of oneself to be corrected.
        AskCorrection = "ask_correction",
        /// Answer what learners of a class ask.
        AnswerInquiry = "answer_inquiry",
        /// Remind learners of a class, call them, announce things to it and set it quizzes.
        AddressClass = "address_class",
        /// Mark or return what learners of a class hand in.
        MarkAssignment = "mark_assignment",
        /// Open topics to a class, write in them, and keep what is written there in order.
        LeadDiscussion = "lead_discussion",
        /// Record what a candidate is said to have done against the rules of a test, on its day.
        RecordIncident = "record_incident",
        /// Be the second person who signs such a record.
        SignIncident = "sign_incident",
        /// Take down what a candidate says to it.
        HearCandidate = "hear_candidate",
        /// Decide whether it was so.
        DecideIncident = "decide_incident",
        /// Look again at such a decision, when the candidate asks for it.
        ReconsiderIncident = "reconsider_incident",
        /// Decide for the county whether somebody is to have what they need at tests.
        CheckAccommodation = "check_accommodation",
        /// Decide the same for the city, after the county.
        ConfirmAccommodation = "confirm_accommodation",
        /// Run an exam room on the day of a test: admit, pause, give time back, consent, announce.
        KeepExamRoom = "keep_exam_room",
        /// Say who watches which exam room.
        AssignInvigilator = "assign_invigilator",
        /// Follow a test over all its sites on its day, and give time back to any of its candidates.
        RunExamDay = "run_exam_day",
        /// Review, for the school, who has registered for a test.
        ReviewRegistration = "review_registration",
        /// The same for the county.
        ApproveRegistration = "approve_registration",
        /// The same for the city.
        FileRegistration = "file_registration",
        /// See lists of graduates and the register of diplomas, and take them away.
        ReadDiplomas = "read_diplomas",
        /// Propose graduates of a class, for the school.
        ProposeGraduates = "propose_graduates",
        /// Confirm or return lists of graduates for the county, which issues junior diplomas.
        ConfirmGraduates = "confirm_graduates",
        /// Approve or return lists of graduates for the city, which issues senior diplomas.
        ApproveGraduates = "approve_graduates",
        /// Be one of the two persons who make a diploma void, and give extracts in the place of lost ones.
        KeepDiplomas = "keep_diplomas",
        /// Propose tools of others to which learners are sent, decide what another proposed, and switch them off.
        KeepExternalTools = "keep_external_tools",
        /// Answer such tools who a learner is, and take what they report.
        ServeExternalTools = "serve_external_tools",
    }
}
