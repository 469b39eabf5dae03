//! Who may do what, where: one pure table.

mod apart;
mod grant;
mod place;
mod right;
mod role;
#[cfg(test)]
mod tests;

pub use apart::{Apart, may_hold_together, needs_second_person};
pub use grant::{GrantParties, GrantRefusal, GrantState, GrantStep, judge_grant, may_be_held_at, next_grant_state};
pub use place::Place;
pub use right::Right;
pub use role::Role;

use crate::ids::{AccountId, ServicePointId};
use serde::{Deserialize, Serialize};

// The text is a `tt`: a `literal` reaches other macros in a group that has no marks, and the API's document would not see
// it.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:tt,)* }) => {
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
    if enrols(role, right) || settles_incidents(role, right) || keeps_keys(role, right) {
        return true;
    }
    match role {
        Role::Learner => {
            matches!(
                right,
                Do::StudyOwnCourse
                    | Do::RegisterForTest
                    | Do::AnswerOwnSitting
                    | Do::ReadOwnRecord
                    | Do::CheckInSelf
                    | Do::AskCorrection
            )
        }
        Role::Teacher => {
            is_of_class(right)
                || matches!(right, Do::AuthorCourse | Do::PublishCourse | Do::AddPicture | Do::TeachClass)
        }
        Role::ClassTutor => is_of_class(right) || matches!(right, Do::KeepTimetable | Do::TeachClass),
        Role::SchoolOffice => matches!(
            right,
            Do::FollowClass
                | Do::EditTeachingPoint
                | Do::ReadPeople
                | Do::KeepPeople
                | Do::RevealPerson
                | Do::TransferPeople
                | Do::ProposeMerge
                | Do::ReadRoster
                | Do::ImportRoster
                | Do::AssignRoster
                | Do::ConfirmRoster
                | Do::SurveyRoster
                | Do::ReadClasses
                | Do::KeepClasses
                | Do::RegisterClass
                | Do::TeachClass
                | Do::KeepTimetable
                | Do::TakeAttendance
                | Do::KeepSkills
                | Do::CheckSkills
                | Do::ReadRights
        ),
        // To whom they are sent, and to nobody else, the roster says.
        Role::Surveyor => matches!(right, Do::SurveyRoster),
        Role::ItemAuthor => matches!(right, Do::AuthorItem | Do::AddPicture),
        Role::ItemReviewer => matches!(right, Do::ReviewItem | Do::ReadItem),
        Role::PaperHead => matches!(right, Do::ComposePaper | Do::ReadItem),
        Role::ExamAdministrator => matches!(
            right,
            Do::ComposePaper
                | Do::ReadItem
                | Do::PlanExamSession
                | Do::ArmExamSession
                | Do::ReleaseResults
                | Do::TraceLeak
                | Do::EditExamSite
                | Do::AssignInvigilator
                | Do::RunExamDay
        ),
        // Which room an invigilator keeps, somebody else says.
        Role::SiteHead => {
            matches!(right, Do::WatchExamSession | Do::ReadSignIn | Do::KeepExamRoom | Do::AssignInvigilator)
        }
        Role::Invigilator => matches!(right, Do::WatchExamSession | Do::ReadSignIn | Do::KeepExamRoom),
        Role::Inspector => matches!(right, Do::WatchExamSession),
        Role::Marker => matches!(right, Do::MarkResponse),
        Role::MarkingHead => matches!(right, Do::LeadMarking),
        Role::CreditBankOfficer => matches!(right, Do::IssueCertificate | Do::EditServicePoint),
        Role::CityAuditor => {
            matches!(right, Do::AuditCertificate | Do::ReadPeople | Do::ReadRoster | Do::ReadClasses)
        }
        Role::SecurityAdministrator => matches!(right, Do::GrantRole | Do::KeepAccounts | Do::ReadRights),
        Role::AuditAdministrator => matches!(right, Do::ReadAudit),
        Role::CountyBureau => {
            edits_organisation(right)
                || matches!(right, Do::ReadPeople | Do::KeepPeople | Do::RevealPerson | Do::ReadRoster | Do::ReadRights)
                || matches!(right, Do::ReadClasses | Do::ApproveClass | Do::CheckSkills)
                || matches!(right, Do::ProposeMerge | Do::ApproveMerge | Do::CheckRoster)
        }
        Role::ProvinceOffice => {
            edits_organisation(right)
                || matches!(
                    right,
                    Do::ReadPeople
                        | Do::ReadRoster
                        | Do::ReadClasses
                        | Do::KeepHolidays
                        | Do::KeepAttendanceRules
                        | Do::KeepCourseRules
                        | Do::KeepExternalTools
                        | Do::KeepGraduationRules
                        | Do::ReadRights
                        | Do::EditDivisions
                )
        }
        Role::SystemAdministrator => matches!(right, Do::RotateKeys | Do::ReadSystem),
        Role::ServicePointClerk => matches!(right, Do::CheckSkills),
    }
}

const fn edits_organisation(right: Right) -> bool {
    matches!(right, Right::EditProvider | Right::EditTeachingPoint | Right::EditServicePoint | Right::EditExamSite)
}

/// Bureaux keep shares of papers' keys: they neither write items nor compose papers nor plan tests (RELIABILITY C1).
const fn keeps_keys(role: Role, right: Right) -> bool {
    matches!(right, Right::HoldKeyShare)
        && matches!(role, Role::CountyBureau | Role::CityAuditor | Role::ProvinceOffice)
}

/// The school enters and reviews, the county approves, the city files, the province says by which rules and sees no
/// paper; a city may have senior rules of its own, a county junior ones. What somebody needs at tests, and who graduates,
/// goes the same way.
const fn enrols(role: Role, right: Right) -> bool {
    use Right as Do;
    match right {
        Do::ReadEnrolments => {
            matches!(role, Role::SchoolOffice | Role::CountyBureau | Role::CityAuditor | Role::ProvinceOffice)
        }
        Do::SeeAttachment => matches!(role, Role::SchoolOffice | Role::CountyBureau | Role::CityAuditor),
        Do::KeepEnrolments | Do::ReviewEnrolment | Do::ReviewRegistration => matches!(role, Role::SchoolOffice),
        Do::ApproveEnrolment | Do::CheckAccommodation | Do::ApproveRegistration => matches!(role, Role::CountyBureau),
        Do::FileEnrolment | Do::ConfirmAccommodation | Do::FileRegistration => matches!(role, Role::CityAuditor),
        Do::ReadDiplomas => {
            matches!(role, Role::SchoolOffice | Role::CountyBureau | Role::CityAuditor | Role::ProvinceOffice)
        }
        Do::ProposeGraduates => matches!(role, Role::SchoolOffice),
        Do::ConfirmGraduates => matches!(role, Role::CountyBureau),
        Do::ApproveGraduates => matches!(role, Role::CityAuditor),
        Do::KeepDiplomas => matches!(role, Role::CountyBureau | Role::CityAuditor),
        Do::KeepEnrolmentRules => matches!(role, Role::ProvinceOffice),
        Do::KeepSeniorRules => matches!(role, Role::CityAuditor),
        Do::KeepJuniorRules => matches!(role, Role::CountyBureau),
        _ => false,
    }
}

/// Who is there records and signs, as does who only looks on (Order 33, article 18: two invigilators or patrols);
/// those who run tests decide, and the province's office looks again (DOMAIN §4.6).
const fn settles_incidents(role: Role, right: Right) -> bool {
    use Right as Do;
    match right {
        Do::RecordIncident => matches!(role, Role::SiteHead | Role::Invigilator),
        Do::SignIncident => matches!(role, Role::SiteHead | Role::Invigilator | Role::Inspector),
        Do::HearCandidate => matches!(role, Role::SiteHead | Role::Invigilator | Role::ExamAdministrator),
        Do::DecideIncident => matches!(role, Role::ExamAdministrator),
        Do::ReconsiderIncident => matches!(role, Role::ProvinceOffice),
        _ => false,
    }
}

/// What who keeps or teaches a class does in it.
const fn is_of_class(right: Right) -> bool {
    matches!(right, Right::FollowClass | Right::ReadClasses | Right::TakeAttendance)
        || matches!(right, Right::AnswerInquiry | Right::AddressClass | Right::MarkAssignment | Right::LeadDiscussion)
}

/// All staff know the schools and sites of their place; who keeps the logs sees the logs alone.
const fn reads_organisation(role: Role) -> bool {
    !matches!(role, Role::Learner | Role::AuditAdministrator)
}

/// The places at which these roles carry a right.
pub fn places(roles: &[RoleAt], right: Right) -> impl Iterator<Item = &Place> {
    roles.iter().filter(move |held| gives(held, right)).map(|held| &held.place)
}

/// The service point for which these roles use a right on a thing at `place`; none if another role gives it too. The
/// audit log names it (DOMAIN §2.3).
#[must_use]
pub fn service_point_for(roles: &[RoleAt], right: Right, place: &Place) -> Option<ServicePointId> {
    only_point(places(roles, right).filter(|held| held.contains(place)))
}

/// The same for a right that is used wherever it is held.
#[must_use]
pub fn service_point_where_held(roles: &[RoleAt], right: Right) -> Option<ServicePointId> {
    only_point(places(roles, right))
}

/// The first of some places, if all of them are service points.
fn only_point<'a>(mut places: impl Iterator<Item = &'a Place>) -> Option<ServicePointId> {
    let Place::ServicePoint { id, .. } = places.next()? else { return None };
    places.all(|place| matches!(place, Place::ServicePoint { .. })).then_some(*id)
}

/// Whether a role gives a right where it is held. A teacher writes courses for a whole province and
/// follows the learners of their own classes alone (DOMAIN §1.8); a clerk serves at a service point, and nobody else
/// does.
fn gives(held: &RoleAt, right: Right) -> bool {
    let is_at_point = matches!(held.place, Place::ServicePoint { .. });
    if is_at_point != (held.role == Role::ServicePointClerk) {
        return false;
    }
    let is_too_wide = is_of_class(right)
        && held.role == Role::Teacher
        && !matches!(held.place, Place::Class { .. } | Place::Provider { .. });
    carries(held.role, right) && !is_too_wide
}

/// Whether everybody has the right over their own things, whatever their roles.
#[must_use]
pub const fn is_everybodys(right: Right) -> bool {
    matches!(right, Right::ManageOwnLogins | Right::ReadOwnNotices | Right::KeepOwnConsents)
}

/// Whether who came in by an admission ticket has the right, over the one sitting that it is for: it opens that and
/// nothing else, whatever roles they hold (ADR 43).
#[must_use]
pub const fn is_open_by_ticket(right: Right) -> bool {
    matches!(right, Right::AnswerOwnSitting)
}

/// Whether `account` with these roles may use `right` on a thing that lies at `place`.
#[must_use]
pub fn allows(account: AccountId, roles: &[RoleAt], right: Right, place: &Place) -> bool {
    let is_own = *place == Place::Own { account };
    (is_own && is_everybodys(right)) || roles.iter().any(|held| gives(held, right) && held.place.contains(place))
}
