//! Requests and responses of `/divisions`, `/providers`, `/teaching_points`, `/service_points`, `/exam_sites`, `/exam_rooms` and
//! `/public/places`.
//!
//! An entry is what a person writes, when a thing is made and whenever it is changed; a view is what
//! is read.

use super::{Division, DivisionChangeView, DivisionCode, ProviderKind};
use crate::{
    ids::{ClassId, ExamRoomId, ExamSiteId, ProviderId, ServicePointId, TeachingPointId},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Whether something is in use. Nothing is ever deleted: what has been a school once stays known.
    OpenState {
        /// In use.
        Open = "open",
        /// Closed; it may be opened again.
        Closed = "closed",
    }
}

/// How much of what is open lies in a division and may be seen by the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceCounts {
    /// Providers.
    pub providers: u32,
    /// Teaching points.
    pub teaching_points: u32,
    /// Service points.
    pub service_points: u32,
    /// Exam sites.
    pub exam_sites: u32,
}

/// One row of `GET /divisions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DivisionRow {
    /// The division.
    pub division: Division,
    /// The day from which on it is no more; such a one is read, and not chosen.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub abolished_on: Option<Date>,
    /// What lies in it.
    pub counts: PlaceCounts,
}

/// One division: `GET /divisions/{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DivisionView {
    /// The division.
    pub division: Division,
    /// What it lies in, the largest first.
    pub above: Vec<Division>,
    /// What lies in it.
    pub counts: PlaceCounts,
    /// The day from which on it is no more.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub abolished_on: Option<Date>,
    /// What the province changed of it, the last change first.
    pub changes: Vec<DivisionChangeView>,
}

/// Body of `POST /providers` and `PUT /providers/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProviderEntry {
    /// What kind of provider it is.
    pub kind: ProviderKind,
    /// Its name.
    pub name: String,
    /// The county or township that it lies in. It may move within its county.
    pub division: DivisionCode,
    /// Its unified social credit code, if it has one.
    pub credit_code: Option<String>,
    /// Why a code whose check digit is wrong is right all the same.
    pub credit_code_reason: Option<String>,
    /// Whether it is in use.
    pub state: OpenState,
    /// Of one that is closed by this: its classes that are not over, as its closer was told of them. Those that take
    /// learners in or run are led to their end; those that are only planned do not begin.
    #[serde(default)]
    pub told_classes: Vec<ClassId>,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProviderView {
    /// The provider.
    pub id: ProviderId,
    /// Its own code here: county, type and number.
    pub org_code: String,
    /// What kind of provider it is.
    pub kind: ProviderKind,
    /// Its name.
    pub name: String,
    /// The division that it lies in.
    pub division: DivisionCode,
    /// The names of that division and of what it lies in, below the province.
    pub division_name: String,
    /// Where it lay before, if its township went over into another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formerly: Option<super::FormerDivision>,
    /// Its unified social credit code, if it has one.
    pub credit_code: Option<String>,
    /// Why a code whose check digit is wrong is right all the same.
    pub credit_code_reason: Option<String>,
    /// Whether it is in use.
    pub state: OpenState,
    /// Counts the changes; the `ETag`.
    pub version: i32,
}

/// Body of `POST /teaching_points` and `PUT /teaching_points/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TeachingPointEntry {
    /// Whose teaching point it is; that never changes.
    pub provider_id: ProviderId,
    /// Its name.
    pub name: String,
    /// The county or township that it lies in: one of its provider's county.
    pub division: DivisionCode,
    /// Where to go.
    pub address: String,
    /// The telephone of its office, as it is announced.
    pub phone: String,
    /// Whether it is in use.
    pub state: OpenState,
    /// Of one that is closed by this: the classes that meet there and are not over, as its closer was told of them.
    /// They meet there until somebody moves them; no other class chooses it.
    #[serde(default)]
    pub told_classes: Vec<ClassId>,
}

/// One teaching point (教学点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeachingPointView {
    /// The teaching point.
    pub id: TeachingPointId,
    /// Whose it is.
    pub provider_id: ProviderId,
    /// Its provider's name.
    pub provider_name: String,
    /// Its name.
    pub name: String,
    /// The division that it lies in.
    pub division: DivisionCode,
    /// The names of that division and of what it lies in, below the province.
    pub division_name: String,
    /// Where to go.
    pub address: String,
    /// The telephone of its office.
    pub phone: String,
    /// Whether it is in use.
    pub state: OpenState,
    /// Counts the changes; the `ETag`.
    pub version: i32,
}

/// One person who serves at a service point, as the notice at its door names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PointStaff {
    /// The person's name.
    pub name: String,
    /// Whether this is the person in charge (负责人).
    pub is_in_charge: bool,
}

/// Body of `POST /service_points` and `PUT /service_points/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServicePointEntry {
    /// The provider that runs it; that never changes.
    pub provider_id: ProviderId,
    /// Its name.
    pub name: String,
    /// The county or township that it lies in: one of its provider's county.
    pub division: DivisionCode,
    /// Where to go.
    pub address: String,
    /// The telephone of its office, as it is announced.
    pub phone: String,
    /// When it is open, in words.
    pub opening_hours: String,
    /// Who serves there: two at least, of whom one is in charge.
    pub staff: Vec<PointStaff>,
    /// Whether it is in use.
    pub state: OpenState,
}

/// One service point (受理点) of the credit bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServicePointView {
    /// The service point.
    pub id: ServicePointId,
    /// The provider that runs it.
    pub provider_id: ProviderId,
    /// Its provider's name.
    pub provider_name: String,
    /// Its name.
    pub name: String,
    /// The division that it lies in.
    pub division: DivisionCode,
    /// The names of that division and of what it lies in, below the province.
    pub division_name: String,
    /// Where to go.
    pub address: String,
    /// The telephone of its office.
    pub phone: String,
    /// When it is open, in words.
    pub opening_hours: String,
    /// Who serves there.
    pub staff: Vec<PointStaff>,
    /// Whether it is in use.
    pub state: OpenState,
    /// Counts the changes; the `ETag`.
    pub version: i32,
}

/// Body of `POST /exam_sites` and `PUT /exam_sites/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamSiteEntry {
    /// Its name.
    pub name: String,
    /// The county or township that it lies in. It may move within its county.
    pub division: DivisionCode,
    /// Where to go.
    pub address: String,
    /// How many candidates can sit there at once.
    pub capacity: u32,
    /// Whether a wheelchair gets everywhere that a candidate goes.
    pub is_accessible: bool,
    /// Who answers for the site.
    pub contact_name: String,
    /// The telephone to reach them by at work.
    pub contact_phone: String,
    /// Whether it is in use.
    pub state: OpenState,
}

/// One exam site (考点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamSiteView {
    /// The exam site.
    pub id: ExamSiteId,
    /// Its name.
    pub name: String,
    /// The division that it lies in.
    pub division: DivisionCode,
    /// The names of that division and of what it lies in, below the province.
    pub division_name: String,
    /// Where to go.
    pub address: String,
    /// How many candidates can sit there at once.
    pub capacity: u32,
    /// Whether a wheelchair gets everywhere that a candidate goes.
    pub is_accessible: bool,
    /// Who answers for the site.
    pub contact_name: String,
    /// The telephone to reach them by at work.
    pub contact_phone: String,
    /// Whether it is in use.
    pub state: OpenState,
    /// Counts the changes; the `ETag`.
    pub version: i32,
}

/// Body of `POST /exam_sites/{id}/rooms` and `PUT /exam_rooms/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamRoomEntry {
    /// Its number in its site, as it stands on its door.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// Rows of seats, from the front to the back.
    pub rows: u8,
    /// Columns of seats.
    pub columns: u8,
    /// How many candidates it may hold; there may be more seats than that.
    pub capacity: u8,
    /// How many devices work there, if somebody has counted: no more candidates sit there than have one.
    pub devices: Option<u8>,
    /// The numbers of the seats that a wheelchair reaches.
    pub accessible_seats: Vec<u8>,
    /// Whether candidates with extra time may sit here.
    pub has_extra_time: bool,
    /// Whether it is in use.
    pub state: OpenState,
}

/// One room of an exam site (考场).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamRoomView {
    /// The room.
    pub id: ExamRoomId,
    /// Its site.
    pub exam_site_id: ExamSiteId,
    /// Its number in its site, as it stands on its door.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// Rows of seats, from the front to the back.
    pub rows: u8,
    /// Columns of seats.
    pub columns: u8,
    /// How many candidates it may hold; there may be more seats than that.
    pub capacity: u8,
    /// How many devices work there, if somebody has counted: no more candidates sit there than have one.
    pub devices: Option<u8>,
    /// The numbers of the seats that a wheelchair reaches, ascending.
    pub accessible_seats: Vec<u8>,
    /// Whether candidates with extra time may sit here.
    pub has_extra_time: bool,
    /// Whether it is in use.
    pub state: OpenState,
    /// Counts the changes; the `ETag`.
    pub version: i32,
}

impl ExamRoomView {
    /// How many candidates sit there at most.
    #[must_use]
    pub fn takes(&self) -> u8 {
        self.devices.map_or(self.capacity, |devices| devices.min(self.capacity))
    }
}

/// Where to enrol: `GET /public/places`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentPlaces {
    /// The division and what it lies in, the largest first.
    pub way: Vec<Division>,
    /// What it is made of, by code.
    pub parts: Vec<Division>,
    /// The open providers in it and in what it lies in, the nearest first; none above the county.
    pub providers: Vec<PublicProvider>,
}

/// A provider, as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicProvider {
    /// Its name.
    pub name: String,
    /// What kind of provider it is.
    pub kind: ProviderKind,
    /// The names of its division and of what that lies in, below the province.
    pub division_name: String,
    /// Where it teaches, by name.
    pub teaching_points: Vec<PublicPoint>,
    /// Where it serves the credit bank, by name.
    pub service_points: Vec<PublicPoint>,
}

/// A point of a provider, as its notice at the door says it; whom one meets there is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicPoint {
    /// Its name.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// The telephone of its office.
    pub phone: String,
    /// When it is open, in words, if it says so.
    pub opening_hours: Option<String>,
}
