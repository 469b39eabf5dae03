//! What is known of one person on the roster (DOMAIN §7).

use crate::{
    organisation::{CreditCode, DivisionCode},
    person::{EducationLevel, EthnicGroup, IdentityDocument, Sex},
    rights::text_enum,
};
use jiff::civil::Date;

text_enum! {
    /// What a person wants to reach.
    UpgradeIntent {
        /// 初中.
        Junior = "junior",
        /// 高中.
        Senior = "senior",
        /// 大专.
        College = "college",
        /// 本科.
        Bachelor = "bachelor",
        /// 不愿.
        Unwilling = "unwilling",
        /// 待定.
        Undecided = "undecided",
    }
}

text_enum! {
    /// The way to study.
    StudyRoute {
        /// 双证制.
        DualCertificate = "dual_certificate",
        /// 成人中专.
        AdultSecondary = "adult_secondary",
        /// 开放教育.
        OpenEducation = "open_education",
        /// 成人高考.
        AdultCollegeEntrance = "adult_college_entrance",
        /// 自学考试.
        SelfStudyExamination = "self_study_examination",
        /// 高职单招.
        VocationalRecruitment = "vocational_recruitment",
        /// 双元制.
        DualSystem = "dual_system",
    }
}

text_enum! {
    /// How a person would like to be taught.
    StudyMode {
        /// 面授.
        FaceToFace = "face_to_face",
        /// 网上.
        Online = "online",
        /// 线上线下结合.
        Blended = "blended",
    }
}

text_enum! {
    /// What a person lives on.
    EmploymentState {
        /// 在职.
        Employed = "employed",
        /// 灵活就业.
        Flexible = "flexible",
        /// 务农.
        Farming = "farming",
        /// 待业.
        Unemployed = "unemployed",
        /// 退休.
        Retired = "retired",
        /// 学生: in a full-time school.
        InSchool = "in_school",
        /// 服刑.
        ServingSentence = "serving_sentence",
        /// 现役.
        MilitaryService = "military_service",
    }
}

text_enum! {
    /// Groups that the plan counts apart.
    GroupTag {
        /// 农民工.
        MigrantWorker = "migrant_worker",
        /// 高素质农民.
        QualifiedFarmer = "qualified_farmer",
        /// 金蓝领.
        GoldenBlueCollar = "golden_blue_collar",
        /// 村干部.
        VillageCadre = "village_cadre",
        /// 辅警.
        AuxiliaryPolice = "auxiliary_police",
        /// 退役军人.
        Veteran = "veteran",
        /// 服刑人员.
        ServingSentence = "serving_sentence",
        /// 企业职工.
        EnterpriseEmployee = "enterprise_employee",
        /// 妇女.
        Woman = "woman",
    }
}

text_enum! {
    /// Why the persons of a list may be kept (PIPL, article 13).
    LegalBasis {
        /// 履行法定职责: the survey is a duty of the bureaus.
        StatutoryDuty = "statutory_duty",
        /// 本人同意.
        Consent = "consent",
        /// 订立、履行合同: of who studies here.
        Contract = "contract",
    }
}

impl LegalBasis {
    /// That of most lists, for who states none.
    #[must_use]
    pub const fn usual() -> Self {
        Self::StatutoryDuty
    }
}

/// One person on the roster, as a good row of a survey list gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    /// The name, in one way of writing.
    pub name: String,
    /// The identity document.
    pub document: IdentityDocument,
    /// From the document if it tells, otherwise as stated.
    pub birth_date: Option<Date>,
    /// From the document if it tells, otherwise as stated.
    pub sex: Option<Sex>,
    /// 常住地: a township at the importer's place.
    pub residence_division: DivisionCode,
    /// Everything that a list may leave out.
    pub details: RosterDetails,
}

/// What else is known. Empty texts are absent facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterDetails {
    /// 民族.
    pub ethnic_group: Option<EthnicGroup>,
    /// Mobile number, eleven digits.
    pub phone: Option<String>,
    /// 户籍地: where the household is registered, often elsewhere.
    pub household: Whereabouts,
    /// 村、社区.
    pub village: String,
    /// The rest of the residence's address.
    pub residence_address: String,
    /// 文化程度.
    pub education_level: Option<EducationLevel>,
    /// 毕业学校.
    pub graduation_school: String,
    /// 毕业年份.
    pub graduation_year: Option<i16>,
    /// What the person lives on.
    pub employment_state: Option<EmploymentState>,
    /// 工作单位.
    pub employer: String,
    /// The employer's credit code. Its check may be wrong: ask [`CreditCode::warning`].
    pub employer_code: Option<CreditCode>,
    /// 行业.
    pub industry: String,
    /// 岗位.
    pub job_post: String,
    /// Groups, in the order of [`GroupTag::ALL`], each once.
    pub group_tags: Vec<GroupTag>,
    /// 学历提升意愿.
    pub upgrade_intent: Option<UpgradeIntent>,
    /// Why not, or why so.
    pub intent_reason: String,
    /// 学习途径.
    pub study_route: Option<StudyRoute>,
    /// 学习方式.
    pub study_mode: Option<StudyMode>,
    /// When the person could study.
    pub preferred_time: String,
    /// Where.
    pub preferred_place: String,
    /// Who asked.
    pub surveyor: String,
    /// When.
    pub survey_date: Option<Date>,
    /// 备注.
    pub note: String,
}

/// A registered residence: its division as far as we know it, and what was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The division, if the text names one that we know, or gives a code.
    pub division: Option<DivisionCode>,
    /// What was written beside it.
    pub address: String,
}
