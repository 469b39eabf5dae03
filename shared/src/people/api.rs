//! Requests and responses of `/people`, `/person_transfers` and `/transfer_places`.
//!
//! Types that hold a whole number or phone have no `Debug`.

use super::{PersonState, TransferState};
use crate::{
    ids::{PersonDocumentId, PersonId, PersonTransferId, ProviderId},
    organisation::Division,
    person::{DocumentType, Sex},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A document as it is stated.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatedDocument {
    /// Its kind.
    pub kind: DocumentType,
    /// Its number; lower case, full-width characters and spaces are accepted.
    pub number: String,
}

/// Body of `POST /people`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The name; at most 50 characters.
    pub name: String,
    /// The document that names the person.
    pub document: StatedDocument,
    /// The birth date; needed where the number does not tell it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub birth_date: Option<Date>,
    /// The sex; where the number tells it, the same.
    pub sex: Option<Sex>,
    /// A mobile number; several persons may have the same.
    pub phone: Option<String>,
    /// Code of the registered residence (户籍所在地), also of another province.
    pub household_division: String,
    /// Code of the actual residence (常住地).
    pub residence_division: String,
    /// The school that keeps the person; without it, the township of residence does.
    pub provider_id: Option<ProviderId>,
}

/// A person as those see them who work at their place. No number is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonView {
    /// The person.
    pub id: PersonId,
    /// Grows with each change; the `ETag`.
    pub version: i32,
    /// The name.
    pub name: String,
    /// The sex, if it is known.
    pub sex: Option<Sex>,
    /// The year of birth, if it is known. The day would give back most of what the mask hides.
    pub birth_year: Option<i16>,
    /// In lists the document in force; of a single person the earlier ones too, the newest first.
    pub documents: Vec<DocumentView>,
    /// The phone with its middle hidden.
    pub phone_masked: Option<String>,
    /// Significant digits of the registered residence's code.
    pub household_division: String,
    /// Significant digits of the actual residence's code.
    pub residence_division: String,
    /// Significant digits of the place that keeps the person.
    pub division: String,
    /// The school that keeps the person, if one does.
    pub provider_id: Option<ProviderId>,
    /// How far they have come.
    pub state: PersonState,
    /// When the person was added.
    pub created_at: Timestamp,
}

/// A document with its number masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentView {
    /// The document.
    pub id: PersonDocumentId,
    /// Its kind.
    pub kind: DocumentType,
    /// Its number with all but its ends hidden.
    pub number_masked: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Whether the person is found by it beside the document that names them: it came by a merge.
    pub is_further: bool,
    /// When another took its place.
    pub ended_at: Option<Timestamp>,
    /// Why.
    pub ended_because: Option<String>,
}

text_enum! {
    /// What somebody needs a whole number for.
    RevealPurpose {
        /// Compare it with the document itself.
        CheckIdentity = "check_identity",
        /// Call the person.
        CallPerson = "call_person",
        /// Fill in the papers of enrolment.
        EnrolPerson = "enrol_person",
        /// Fill in a certificate or a diploma.
        FillInCertificate = "fill_in_certificate",
        /// Find out which of two records is right.
        ResolveDuplicate = "resolve_duplicate",
        /// Answer an authority that is entitled to it.
        AnswerAuthority = "answer_authority",
    }
}

/// Body of `POST /people/{id}/reveal`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealPerson {
    /// What for.
    pub purpose: RevealPurpose,
    /// The same in one's own words; it stands in the audit log, so no number belongs into it.
    pub note: String,
}

/// What the reveal shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedPerson {
    /// The document in force.
    pub document: StatedDocument,
    /// The phone.
    pub phone: Option<String>,
    /// The birth date, if it is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub birth_date: Option<Date>,
}

/// Body of `POST /people/{id}/documents`: the right document in the place of the one in force.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectDocument {
    /// The right one.
    pub document: StatedDocument,
    /// Why it takes the other's place.
    pub reason: String,
}

/// Body of `PUT /people/{id}/phone`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePhone {
    /// The new number; none if the person has none any more.
    pub phone: Option<String>,
}

/// Body of `POST /people/{id}/transfers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeTransfer {
    /// Code of the township that the person moves to.
    pub division: String,
    /// The school that is to keep the person: one of that township, or of a division around it.
    pub provider_id: Option<ProviderId>,
    /// Why.
    pub reason: String,
}

/// Body of `POST /transfer_requests`: a place asks for a person whom another keeps.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestTransfer {
    /// The document that they have shown.
    pub document: StatedDocument,
    /// Code of the township that the person moves to.
    pub division: String,
    /// The school that is to keep the person: one of that township, or of a division around it.
    pub provider_id: Option<ProviderId>,
    /// Why.
    pub reason: String,
}

/// Where a person may be proposed to: `GET /transfer_places`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferPlaces {
    /// The division that was asked for, after what it lies in below the province.
    pub way: Vec<Division>,
    /// What it is made of. A person moves to a division without parts.
    pub parts: Vec<Division>,
    /// The open schools that may keep a person who moves there; none of a division with parts.
    pub schools: Vec<ReceivingSchool>,
}

/// A school that may keep a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivingSchool {
    /// The school.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
}

/// Body of `POST /person_transfers/{id}/refuse`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseTransfer {
    /// Why.
    pub reason: String,
}

/// A transfer as both its sides see it. It shows no more of the person than the answer needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferView {
    /// The transfer.
    pub id: PersonTransferId,
    /// Whether the receiver asks for the person. Until the sender accepts it, the receiver is told neither who it is nor
    /// where they are.
    pub is_request: bool,
    /// The person, for who is told.
    pub person_id: Option<PersonId>,
    /// The name, partly hidden; empty for who is not told.
    pub name_masked: String,
    /// Significant digits of the sender's division; empty for who is not told.
    pub from_division: String,
    /// The sender's division in words, after what it lies in; empty for who is not told.
    pub from_name: String,
    /// Significant digits of the receiver's division.
    pub to_division: String,
    /// The receiving school, if it is one.
    pub to_provider_id: Option<ProviderId>,
    /// The receiver in words: its division, and the school, if it is one.
    pub to_name: String,
    /// Where it stands.
    pub state: TransferState,
    /// Why it was proposed.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When it got its answer.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub answer: Option<String>,
}
