//! Roles in words.

use crate::i18n::{Locale, td_string};
use shared::rights::Role;

/// The role's name in the reader's language.
pub(crate) fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Learner => td_string!(locale, identity.role_learner),
        Role::Teacher => td_string!(locale, identity.role_teacher),
        Role::ClassTutor => td_string!(locale, identity.role_class_tutor),
        Role::SchoolOffice => td_string!(locale, identity.role_school_office),
        Role::Surveyor => td_string!(locale, identity.role_surveyor),
        Role::ItemAuthor => td_string!(locale, identity.role_item_author),
        Role::ItemReviewer => td_string!(locale, identity.role_item_reviewer),
        Role::PaperHead => td_string!(locale, identity.role_paper_head),
        Role::ExamAdministrator => td_string!(locale, identity.role_exam_administrator),
        Role::SiteHead => td_string!(locale, identity.role_site_head),
        Role::Invigilator => td_string!(locale, identity.role_invigilator),
        Role::Inspector => td_string!(locale, identity.role_inspector),
        Role::Marker => td_string!(locale, identity.role_marker),
        Role::MarkingHead => td_string!(locale, identity.role_marking_head),
        Role::CreditBankOfficer => td_string!(locale, identity.role_credit_bank_officer),
        Role::ServicePointClerk => td_string!(locale, identity.role_service_point_clerk),
        Role::CityAuditor => td_string!(locale, identity.role_city_auditor),
        Role::CountyBureau => td_string!(locale, identity.role_county_bureau),
        Role::ProvinceOffice => td_string!(locale, identity.role_province_office),
        Role::SystemAdministrator => td_string!(locale, identity.role_system_administrator),
        Role::SecurityAdministrator => td_string!(locale, identity.role_security_administrator),
        Role::AuditAdministrator => td_string!(locale, identity.role_audit_administrator),
    }
}
