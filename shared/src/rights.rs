//! Who may do what, where: one pure table.

use crate::ids::{AccountId, ClassId, ProviderId};
use serde::{Deserialize, Serialize};

macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The value as it stands on the wire and in the store.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The value with this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use text_enum;

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
        /// 命题教师: writes items.
        ItemAuthor = "item_author",
        /// 审题教师: reviews items.
        ItemReviewer = "item_reviewer",
        /// 考务管理员: plans and runs unified tests.
        ExamAdministrator = "exam_administrator",
        /// 监考: watches one room.
        Invigilator = "invigilator",
        /// 阅卷教师: marks anonymous responses.
        Marker = "marker",
        /// 学分银行 officer: issues certificates.
        CreditBankOfficer = "credit_bank_officer",
        /// 受理点 staff: checks outcomes.
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

text_enum! {
    /// What can be allowed. One right per kind of action.
    Right {
        /// Write drafts of courses.
        AuthorCourse = "author_course",
        /// Publish a version of a course.
        PublishCourse = "publish_course",
        /// Add pictures to lessons and items.
        AddPicture = "add_picture",
        /// Study one's own courses and record it.
        StudyOwnCourse = "study_own_course",
        /// Follow the learners of a class.
        FollowClass = "follow_class",
        /// Bring items into the bank.
        AuthorItem = "author_item",
        /// See items with their keys.
        ReadItem = "read_item",
        /// Compose papers from items, and seal them.
        ComposePaper = "compose_paper",
        /// Plan an exam session and change its state.
        PlanExamSession = "plan_exam_session",
        /// Be one of the two persons who arm the release of the key.
        ArmExamSession = "arm_exam_session",
        /// Register oneself for a test.
        RegisterForTest = "register_for_test",
        /// Sit one's own test.
        AnswerOwnSitting = "answer_own_sitting",
        /// Mark anonymous responses.
        MarkResponse = "mark_response",
        /// Be one of the two persons who release results.
        ReleaseResults = "release_results",
        /// See one's own results and certificates.
        ReadOwnRecord = "read_own_record",
        /// Issue, submit and revoke certificates.
        IssueCertificate = "issue_certificate",
        /// Approve or return certificates for the city.
        AuditCertificate = "audit_certificate",
        /// Grant and withdraw roles.
        GrantRole = "grant_role",
        /// Read the audit log.
        ReadAudit = "read_audit",
        /// See and end one's own log-ins.
        ManageOwnLogins = "manage_own_logins",
        /// Look at the divisions, and at the providers, points and sites in them.
        ReadOrganisation = "read_organisation",
        /// Bring the list of divisions up to date. It comes with the program, so no person does.
        LoadDivisions = "load_divisions",
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
        /// Have fields encrypted by a new key.
        RotateKeys = "rotate_keys",
        /// See the roster of a place.
        ReadRoster = "read_roster",
        /// Import survey lists.
        ImportRoster = "import_roster",
        /// Send surveyors to the persons on the roster.
        AssignRoster = "assign_roster",
        /// Visit the persons on the roster, and record it.
        SurveyRoster = "survey_roster",
    }
}

/// Where a role is held, or where a thing lies.
///
/// Divisions are codes of GB/T 2260: province `33`, city `3305`, county `330502`, township
/// `330502104`. A prefix contains everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A province, city, county or township, by its significant digits.
    Division {
        /// The significant digits of the division's code.
        code: String,
    },
    /// One school or other provider, and the township it lies in.
    Provider {
        /// The provider.
        id: ProviderId,
        /// The significant digits of its division's code.
        division: String,
    },
    /// One class of a provider, and the township that the provider lies in.
    Class {
        /// The class.
        id: ClassId,
        /// The provider whose class it is.
        provider: ProviderId,
        /// The significant digits of the provider's division's code.
        division: String,
    },
    /// One person's own things.
    Own {
        /// Whose they are.
        account: AccountId,
    },
}

impl Place {
    /// A division by its code, trailing zeros allowed: `330000` is `33`.
    #[must_use]
    pub fn division(code: &str) -> Self {
        let significant = match code.trim_end_matches('0').len() {
            0..=2 => 2,
            3..=4 => 4,
            5..=6 => 6,
            _ => 9,
        };
        Self::Division { code: code.chars().take(significant).collect() }
    }

    /// Whether everything at `other` is also here.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Division { code },
                Self::Division { code: below }
                | Self::Provider { division: below, .. }
                | Self::Class { division: below, .. },
            ) => below.starts_with(code.as_str()),
            (Self::Provider { id, .. }, Self::Provider { id: other, .. } | Self::Class { provider: other, .. }) => {
                id == other
            }
            (Self::Class { id, .. }, Self::Class { id: other, .. }) => id == other,
            (Self::Own { account }, Self::Own { account: other }) => account == other,
            _ => false,
        }
    }
}

/// A role at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleAt {
    /// The role.
    pub role: Role,
    /// Where it is held.
    pub place: Place,
}

/// Whether a role carries a right at all. The one table; `docs/permissions.txt` prints it.
#[must_use]
pub const fn carries(role: Role, right: Right) -> bool {
    use Right as Do;
    if matches!(right, Do::ReadOrganisation) {
        return reads_organisation(role);
    }
    match role {
        Role::Learner => {
            matches!(right, Do::StudyOwnCourse | Do::RegisterForTest | Do::AnswerOwnSitting | Do::ReadOwnRecord)
        }
        Role::Teacher => matches!(right, Do::AuthorCourse | Do::PublishCourse | Do::AddPicture | Do::FollowClass),
        Role::ClassTutor => matches!(right, Do::FollowClass),
        Role::SchoolOffice => matches!(
            right,
            Do::FollowClass
                | Do::EditTeachingPoint
                | Do::ReadPeople
                | Do::KeepPeople
                | Do::RevealPerson
                | Do::TransferPeople
                | Do::ReadRoster
                | Do::ImportRoster
                | Do::AssignRoster
                | Do::SurveyRoster
        ),
        Role::ItemAuthor | Role::ItemReviewer => matches!(right, Do::AuthorItem | Do::AddPicture | Do::ReadItem),
        Role::ExamAdministrator => matches!(
            right,
            Do::ComposePaper
                | Do::ReadItem
                | Do::PlanExamSession
                | Do::ArmExamSession
                | Do::ReleaseResults
                | Do::EditExamSite
        ),
        Role::Marker => matches!(right, Do::MarkResponse),
        Role::CreditBankOfficer => matches!(right, Do::IssueCertificate | Do::EditServicePoint),
        Role::CityAuditor => matches!(right, Do::AuditCertificate),
        Role::SecurityAdministrator => matches!(right, Do::GrantRole),
        Role::AuditAdministrator => matches!(right, Do::ReadAudit),
        Role::CountyBureau => {
            edits_organisation(right)
                || matches!(right, Do::ReadPeople | Do::KeepPeople | Do::RevealPerson | Do::ReadRoster)
        }
        Role::ProvinceOffice => edits_organisation(right) || matches!(right, Do::ReadPeople | Do::ReadRoster),
        Role::SystemAdministrator => matches!(right, Do::RotateKeys),
        Role::Invigilator | Role::ServicePointClerk => false,
    }
}

const fn edits_organisation(right: Right) -> bool {
    matches!(right, Right::EditProvider | Right::EditTeachingPoint | Right::EditServicePoint | Right::EditExamSite)
}

/// All staff know the schools and sites of their place; who keeps the logs sees the logs alone.
const fn reads_organisation(role: Role) -> bool {
    !matches!(role, Role::Learner | Role::AuditAdministrator)
}

/// The places at which these roles carry a right.
pub fn places(roles: &[RoleAt], right: Right) -> impl Iterator<Item = &Place> {
    roles.iter().filter(move |held| gives(held, right)).map(|held| &held.place)
}

/// Whether a role gives a right where it is held. A teacher writes courses for a whole province and
/// follows the learners of their own classes alone (DOMAIN §1.8).
fn gives(held: &RoleAt, right: Right) -> bool {
    let is_too_wide = right == Right::FollowClass
        && held.role == Role::Teacher
        && !matches!(held.place, Place::Class { .. } | Place::Provider { .. });
    carries(held.role, right) && !is_too_wide
}

/// Whether everybody has the right over their own things, whatever their roles.
#[must_use]
pub const fn is_everybodys(right: Right) -> bool {
    matches!(right, Right::ManageOwnLogins)
}

/// Whether `account` with these roles may use `right` on a thing that lies at `place`.
#[must_use]
pub fn allows(account: AccountId, roles: &[RoleAt], right: Right, place: &Place) -> bool {
    let is_own = *place == Place::Own { account };
    (is_own && is_everybodys(right)) || roles.iter().any(|held| gives(held, right) && held.place.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));

    fn provider(n: u128) -> Place {
        Place::Provider { id: ProviderId(Uuid::from_u128(n)), division: "330502104".to_owned() }
    }

    /// A class of the provider with this number.
    fn class(provider: u128, n: u128) -> Place {
        let (id, provider) = (ClassId(Uuid::from_u128(n)), ProviderId(Uuid::from_u128(provider)));
        Place::Class { id, provider, division: "330502104".to_owned() }
    }

    #[test]
    fn a_class_lies_in_its_provider_and_in_every_division_of_it() {
        for above in [provider(1), class(1, 7)] {
            assert!(above.contains(&class(1, 7)), "{above:?}");
        }
        for code in ["330000", "330500", "330502", "330502104"] {
            assert!(Place::division(code).contains(&class(1, 7)), "{code}");
        }
        let elsewhere =
            [provider(2), class(1, 8), class(2, 9), Place::division("330503"), Place::Own { account: ACCOUNT }];
        for place in elsewhere {
            assert!(!place.contains(&class(1, 7)), "{place:?}");
        }
    }

    #[test]
    fn a_role_at_a_class_reaches_that_class_and_nothing_else_of_the_provider() {
        let held = [RoleAt { role: Role::ClassTutor, place: class(1, 7) }];
        let may = |right, place: &Place| allows(ACCOUNT, &held, right, place);
        assert!(may(Right::FollowClass, &class(1, 7)));
        for place in [class(1, 8), provider(1), Place::division("330502104"), Place::Own { account: ACCOUNT }] {
            assert!(!may(Right::FollowClass, &place), "{place:?}");
        }
        assert!(!may(Right::PublishCourse, &class(1, 7)), "the role carries no other right there either");
    }

    #[test]
    fn a_role_at_the_provider_reaches_all_its_classes() {
        let held = [RoleAt { role: Role::SchoolOffice, place: provider(1) }];
        assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
        assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 8)));
        assert!(!allows(ACCOUNT, &held, Right::FollowClass, &class(2, 9)));
    }

    #[test]
    fn a_teacher_of_the_province_writes_courses_and_follows_no_class() {
        let held = [RoleAt { role: Role::Teacher, place: Place::division("33") }];
        assert!(allows(ACCOUNT, &held, Right::AuthorCourse, &Place::division("33")));
        assert!(!allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
        let held = [RoleAt { role: Role::Teacher, place: class(1, 7) }];
        assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
    }

    #[test]
    fn a_place_is_stored_as_it_is_read() {
        let stored = serde_json::to_string(&class(1, 7)).unwrap();
        assert!(stored.starts_with(r#"{"kind":"class","id":"#), "{stored}");
        assert_eq!(serde_json::from_str::<Place>(&stored).unwrap(), class(1, 7));
    }
}
