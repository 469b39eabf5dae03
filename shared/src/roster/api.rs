//! Requests and responses of `/roster`. No number of a document or a phone is whole in any of them.

use super::{
    ColumnMapping, ColumnProposal, EntryCorrection, LegalBasis, RosterDetails, RosterField, RosterHand, RosterState,
    RosterStepView, RowFault, UpgradeIntent, Visit, Wishes,
};
use crate::{
    ids::{AccountId, PersonId, ProviderId, RosterBatchId, RosterEntryId, VisitId},
    person::{EthnicGroup, Sex, mask_numbers},
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Largest file of a survey list, in bytes.
pub const MAX_LIST_BYTES: usize = 32 * 1024 * 1024;
/// Persons that one request assigns, and visits that one request brings.
pub const MAX_AT_ONCE: usize = 500;

text_enum! {
    /// Where an uploaded list stands.
    BatchState {
        /// Its columns wait to be confirmed.
        Uploaded = "uploaded",
        /// Its rows are being read.
        Importing = "importing",
        /// Every row was read.
        Imported = "imported",
    }
}

/// What an import has brought so far; also the result of its job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// The last row that was read, counted from 1 as spreadsheets do.
    pub last_row: u32,
    /// Persons that are new on the roster.
    pub added: u32,
    /// Persons that were on it already; nothing of them has changed.
    pub already_there: u32,
    /// Rows with a person whom another place keeps; they stand among the faulty rows, too.
    pub kept_elsewhere: u32,
    /// Rows that were not taken, for their faults.
    pub faulty: u32,
}

/// An uploaded list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchView {
    /// The list.
    pub id: RosterBatchId,
    /// What the file was called.
    pub file_name: String,
    /// Significant digits of the division whose roster it is for.
    pub division: String,
    /// The school whose roster it is for, if it is one's.
    pub provider_id: Option<ProviderId>,
    /// Where it stands.
    pub state: BatchState,
    /// The number of its last row, counted from 1 as spreadsheets do.
    pub rows: u32,
    /// Why its persons may be kept.
    pub legal_basis: LegalBasis,
    /// What it has brought.
    pub report: ImportReport,
    /// Who uploaded it.
    pub uploaded_by: AccountId,
    /// When.
    pub uploaded_at: Timestamp,
    /// When every row was read.
    pub imported_at: Option<Timestamp>,
}

/// Response of `POST /roster/batches` and `GET /roster/batches/{id}/columns`: the columns as we understand
/// them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadedList {
    /// The list.
    pub batch: BatchView,
    /// The row of the headers, counted from 1.
    pub header_row: u32,
    /// The headers.
    pub headers: Vec<String>,
    /// What the columns hold.
    pub proposal: ColumnProposal,
    /// Whether somebody at this place confirmed the mapping for such a list before.
    pub is_remembered: bool,
}

/// Body of `POST /roster/batches/{id}/import`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportList {
    /// What the columns hold, as somebody confirmed it.
    pub mapping: ColumnMapping,
    /// Why its persons may be kept.
    #[serde(default = "LegalBasis::usual")]
    pub legal_basis: LegalBasis,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaultyRow {
    /// The row, counted from 1 as spreadsheets do.
    pub row: u32,
    /// Everything that is wrong with it.
    pub faults: Vec<CellFault>,
}

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CellFault {
    /// The field.
    pub field: RosterField,
    /// Its column, counted from 0, if the list has one.
    pub column: Option<u16>,
    /// What is wrong.
    pub fault: RowFault,
    /// The same in the request's language.
    pub reason: String,
    /// What stands there, masked.
    pub value: String,
    /// The row in which the same document stands before, if that is the fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_row: Option<u32>,
}

/// What is known of a person beside the person: as texts, each as it stands on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct EntryDetails {
    /// Code of GB/T 3304.
    pub ethnic_group: Option<String>,
    /// What was written beside the registered residence.
    pub household_address: String,
    /// The village or community.
    pub village: String,
    /// The rest of the residence's address.
    pub residence_address: String,
    /// Whether the person lives where they are registered, if that is known.
    pub is_residence_registered: Option<bool>,
    /// Whether somebody of the office has seen a proof of the education.
    pub is_proof_seen: bool,
    /// The school that the person left last.
    pub graduation_school: String,
    /// When.
    pub graduation_year: Option<i16>,
    /// What the person lives on.
    pub employment_state: Option<super::EmploymentState>,
    /// The employer.
    pub employer: String,
    /// The employer's credit code.
    pub employer_code: Option<String>,
    /// The industry.
    pub industry: String,
    /// The post.
    pub job_post: String,
    /// Groups that the plan counts apart.
    pub group_tags: Vec<super::GroupTag>,
    /// Why not, or why so.
    pub intent_reason: String,
    /// How the person would like to be taught.
    pub study_mode: Option<super::StudyMode>,
    /// When the person could study.
    pub preferred_time: String,
    /// Where.
    pub preferred_place: String,
    /// Who asked, as the list says.
    pub surveyor: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub survey_date: Option<Date>,
    /// Remarks.
    pub note: String,
}

impl From<RosterDetails> for EntryDetails {
    fn from(read: RosterDetails) -> Self {
        Self {
            ethnic_group: read.ethnic_group.map(EthnicGroup::code),
            household_address: read.household.address,
            village: read.village,
            residence_address: read.residence_address,
            is_residence_registered: None,
            is_proof_seen: false,
            graduation_school: read.graduation_school,
            graduation_year: read.graduation_year,
            employment_state: read.employment_state,
            employer: read.employer,
            employer_code: read.employer_code.map(|code| code.as_str().to_owned()),
            industry: read.industry,
            job_post: read.job_post,
            group_tags: read.group_tags,
            intent_reason: read.intent_reason,
            study_mode: read.study_mode,
            preferred_time: read.preferred_time,
            preferred_place: read.preferred_place,
            surveyor: read.surveyor,
            survey_date: read.survey_date,
            note: read.note,
        }
    }
}

impl EntryDetails {
    /// The same, where what was said at these visits counts more than what the list says.
    #[must_use]
    pub fn after(self, visits: &[Visit]) -> Self {
        let listed = Wishes { time: self.preferred_time, place: self.preferred_place, mode: self.study_mode };
        let Wishes { time, place, mode } = listed.after(visits);
        Self { preferred_time: time, preferred_place: place, study_mode: mode, ..self }
    }

    /// The same, with every number masked that somebody wrote into a text.
    #[must_use]
    pub fn masked(mut self) -> Self {
        for text in [
            &mut self.household_address,
            &mut self.village,
            &mut self.residence_address,
            &mut self.graduation_school,
            &mut self.employer,
            &mut self.industry,
            &mut self.job_post,
            &mut self.intent_reason,
            &mut self.preferred_time,
            &mut self.preferred_place,
            &mut self.surveyor,
            &mut self.note,
        ] {
            *text = mask_numbers(text);
        }
        self
    }
}

/// A person in the list of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryRow {
    /// The entry.
    pub id: RosterEntryId,
    /// The person.
    pub person_id: PersonId,
    /// Grows with each change.
    pub version: i32,
    /// The name.
    pub name: String,
    /// The sex, if it is known.
    pub sex: Option<Sex>,
    /// The year of birth, if it is known. The day would tell the masked part of the number.
    pub birth_year: Option<i16>,
    /// Significant digits of the division whose roster it is.
    pub division: String,
    /// The school whose roster it is, if it is one's.
    pub provider_id: Option<ProviderId>,
    /// Significant digits of the residence's code.
    pub residence_division: String,
    /// Code of GB/T 4658.
    pub education_level: Option<String>,
    /// What the person wants to reach, as said last.
    pub intent: Option<UpgradeIntent>,
    /// Which way.
    pub study_route: Option<super::StudyRoute>,
    /// Who is to visit.
    pub surveyor_id: Option<AccountId>,
    /// Where the person stands.
    pub state: RosterState,
}

/// A person on the roster, with everything that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryView {
    /// What the list shows.
    pub entry: EntryRow,
    /// What else is known.
    pub details: EntryDetails,
    /// Visits and calls, the oldest first.
    pub visits: Vec<Visit>,
    /// When the entry was closed and opened again, the oldest first.
    #[serde(default)]
    pub steps: Vec<RosterStepView>,
    /// When the facts were put right, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<EntryCorrection>,
    /// What those are called who visited, are sent, took a step or put facts right; for who looks at one entry alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<RosterHand>,
    /// On whose roster the person stood before, if that township went over into another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formerly: Option<crate::organisation::FormerDivision>,
}

/// How many persons stand where, in one division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterCount {
    /// Significant digits of the division whose roster it is.
    pub division: String,
    /// Where they stand.
    pub state: RosterState,
    /// How many.
    pub persons: u64,
}

/// Somebody who can be sent to persons on the roster: `GET /roster/surveyors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Surveyor {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
}

/// Body of `POST /roster/assignments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignSurveyor {
    /// Who is to visit: somebody who surveys for the same school. Nobody, to take an assignment back.
    pub surveyor_id: Option<AccountId>,
    /// Whom; at most 500.
    pub entries: Vec<RosterEntryId>,
}

/// Body of `POST /roster/visits`: what a device has gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendVisits {
    /// At most 500.
    pub visits: Vec<SentVisit>,
}

/// A visit to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SentVisit {
    /// Who was visited.
    pub entry_id: RosterEntryId,
    /// The visit.
    pub visit: Visit,
}

text_enum! {
    /// What became of a visit that was sent.
    VisitReceipt {
        /// It is on disk now.
        Recorded = "recorded",
        /// It was already; the device may forget it.
        Known = "known",
        /// It was not taken.
        Refused = "refused",
    }
}

/// What became of one visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitAck {
    /// The visit.
    pub visit_id: VisitId,
    /// What became of it.
    pub receipt: VisitReceipt,
    /// Why it was not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}
