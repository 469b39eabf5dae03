//! Requests and responses of `/classes`: what a school plans, a county approves, and learners join.
//!
//! `GET /classes/{id}` with [`ClassView`](super::ClassView) is for those who follow the learners' study.

use super::{AttendanceRule, ClassForm, ClassSeason, ClassState, CourseLevel};
use crate::{
    ids::{AccountId, ClassId, CourseId, ProviderId, TeachingPointId},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a school writes of a class: body of `POST /classes` (with `Idempotency-Key`) and of
/// `PUT /classes/{id}/plan` (with `If-Match`).
///
/// Provider and form are settled at once. Partner and courses can be changed until the county has
/// approved the class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// Whose class it is.
    pub provider_id: ProviderId,
    /// What it is called.
    pub name: String,
    /// Who it is for and where it meets.
    pub form: ClassForm,
    /// The village or company; a village or factory class has one.
    #[serde(default)]
    pub partner: String,
    /// Who answers for it there.
    #[serde(default)]
    pub partner_contact: String,
    /// The telephone to reach them by at work.
    #[serde(default)]
    pub partner_phone: String,
    /// The season in which it begins.
    #[serde(default)]
    pub season: Option<ClassSeason>,
    /// Who keeps the class; one of `GET /class_teachers`.
    #[serde(default)]
    pub tutor_id: Option<AccountId>,
    /// How many learners it has room for.
    pub capacity: u16,
    /// Where it meets, unless it is online; a teaching point of the provider.
    #[serde(default)]
    pub teaching_point_id: Option<TeachingPointId>,
    /// What it studies; at least one course.
    pub courses: Vec<CourseAtVersion>,
    /// The first day, if it is settled.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub starts_on: Option<Date>,
    /// The last day, if it is settled.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub ends_on: Option<Date>,
}

/// A course as a class studies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CourseAtVersion {
    /// The course.
    pub course_id: CourseId,
    /// Number of a published version; without it the newest.
    #[serde(default)]
    pub version: Option<i32>,
}

/// One row of `GET /classes?division=&provider_id=&state=&form=&name=`, the newest class first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassRow {
    /// The class.
    pub id: ClassId,
    /// What it is called.
    pub name: String,
    /// Who it is for and where it meets.
    pub form: ClassForm,
    /// Where it stands.
    pub state: ClassState,
    /// Whose class it is.
    pub provider_id: ProviderId,
    /// What that is called.
    pub provider_name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
    /// Who keeps it.
    pub tutor_id: Option<AccountId>,
    /// Their name.
    pub tutor_name: Option<String>,
    /// Learners in it.
    pub learners: u32,
    /// How many it has room for.
    pub capacity: u16,
}

/// A class as it is planned: `GET /classes/{id}/plan`, and the reply to whatever changes it. Its `ETag`
/// is `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassPlan {
    /// The class as lists show it.
    pub class: ClassRow,
    /// Changes at every change.
    pub version: i32,
    /// The village or company.
    pub partner: String,
    /// Who answers for it there.
    pub partner_contact: String,
    /// The telephone to reach them by at work.
    pub partner_phone: String,
    /// Whether its school has been closed: it is led to its end if it has begun, and does not begin otherwise.
    #[serde(default)]
    pub is_school_closed: bool,
    /// Whether there is a photo of the agreement with it.
    pub has_agreement: bool,
    /// The season in which it begins.
    pub season: Option<ClassSeason>,
    /// Where it meets.
    pub teaching_point_id: Option<TeachingPointId>,
    /// What that is called.
    pub teaching_point_name: Option<String>,
    /// What it studies, by code.
    pub courses: Vec<PlannedCourse>,
    /// The first day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub starts_on: Option<Date>,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub ends_on: Option<Date>,
    /// Region and day of the rules that it keeps, such as `330000/2022-01-01`.
    pub rule_version: String,
    /// How attendance counts by them.
    pub attendance: AttendanceRule,
    /// The states that the reader may bring it to now.
    pub next: Vec<ClassState>,
    /// Whether the reader may change it and its members.
    pub may_keep: bool,
}

/// A course of a class, with the version with which it begins; its learners go over to newer ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedCourse {
    /// The course.
    pub course_id: CourseId,
    /// Catalogue code.
    pub code: String,
    /// The title.
    pub title: String,
    /// The level; that of its courses is the level of a class.
    pub level: CourseLevel,
    /// Number of the published version.
    pub version: i32,
}

/// Body of `POST /classes/{id}/steps`; the reply is the [`ClassPlan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassStep {
    /// Where it should go: the state after the present one.
    pub wanted: ClassState,
}

/// Somebody who may keep or teach classes of a school: `GET /class_teachers?provider_id=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassTeacher {
    /// The account.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
}

/// Learners that one request adds at most.
pub const MAX_NEW_MEMBERS: usize = 200;

/// Body of `POST /classes/{id}/members` (with `Idempotency-Key`): all of them are added, or nobody.
/// Who is in the class already stays. The reply is the [`ClassPlan`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMembers {
    /// The learners' accounts.
    pub learners: Vec<AccountId>,
}

/// Body of `POST /classes/{id}/departures`: a learner leaves. Nothing of them is deleted; who left may
/// join again. The reply is the [`ClassMemberRow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassDeparture {
    /// Who leaves.
    pub learner: AccountId,
    /// Why; not empty.
    pub reason: String,
}

text_enum! {
    /// Whether somebody is in a class.
    MemberState {
        /// 在班.
        In = "in",
        /// 已离班.
        Left = "left",
    }
}

/// One row of `GET /classes/{id}/members?state=`: who is in the class and who has left it, in the order
/// in which they joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassMemberRow {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// When they joined, the last time.
    pub joined_at: Timestamp,
    /// When they left, if they are gone.
    pub left_at: Option<Timestamp>,
    /// Each time that they left, the first one first.
    pub departures: Vec<DepartureView>,
}

/// One time that a learner left a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartureView {
    /// When they had joined.
    pub joined_at: Timestamp,
    /// When they left.
    pub left_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub recorded_by: AccountId,
}
