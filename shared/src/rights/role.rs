//! The roles.

use super::text_enum;

text_enum! {
    /// The roles of DOMAIN §1.8. A role is held at a [`Place`].
    Role {
        /// 学员: a person who studies.
        Learner = "learner",
        /// 教师: writes courses and teaches.
        Teacher = "teacher",
        /// 班主任: keeps a class.
        ClassTutor = "class_tutor",
        /// 办学机构 office: roster, enrolment, classes.
        SchoolOffice = "school_office",
        /// 排摸员: goes to the persons on a roster to whom the office sends them.
        Surveyor = "surveyor",
        /// 命题教师: writes items.
        ItemAuthor = "item_author",
        /// 审题教师: reviews items.
        ItemReviewer = "item_reviewer",
        /// 命题组长: composes papers of reviewed items and seals them.
        PaperHead = "paper_head",
        /// 考务管理员: plans and runs unified tests.
        ExamAdministrator = "exam_administrator",
        /// 主考: runs the tests at the sites of a county or township, on their days.
        SiteHead = "site_head",
        /// 监考: watches one room.
        Invigilator = "invigilator",
        /// 巡视员: looks at the tests of a place on their days, signs what was recorded there, and changes nothing.
        Inspector = "inspector",
        /// 阅卷教师: marks anonymous responses.
        Marker = "marker",
        /// 阅卷组长: follows the marking, and has a response marked again.
        MarkingHead = "marking_head",
        /// 学分银行 officer: issues certificates.
        CreditBankOfficer = "credit_bank_officer",
        /// 受理点 staff: sees the original of an outcome, and finds what was recorded of it right or wrong.
        ServicePointClerk = "service_point_clerk",
        /// 市教育局 auditor.
        CityAuditor = "city_auditor",
        /// 县教育局.
        CountyBureau = "county_bureau",
        /// 省教育厅.
        ProvinceOffice = "province_office",
        /// Settings of the system.
        SystemAdministrator = "system_administrator",
        /// Accounts and their roles.
        SecurityAdministrator = "security_administrator",
        /// Reads the audit log, and nothing else.
        AuditAdministrator = "audit_administrator",
    }
}
