//! Requests and responses of `/me/corrections` and `/corrections`.

use super::{CorrectionField, CorrectionState};
use crate::{
    ids::{CorrectionRequestId, PersonId},
    person::DocumentType,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A request, or what an office put right without one: reply of `POST /me/corrections`, a row of `GET /me/corrections`
/// and `GET /corrections`. No number is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionView {
    /// The request.
    pub id: CorrectionRequestId,
    /// The person.
    pub person_id: PersonId,
    /// The name, as it is now.
    pub person_name: String,
    /// What is wrong.
    pub field: CorrectionField,
    /// The kind of the right document.
    pub document_kind: Option<DocumentType>,
    /// What stood there when it was asked for, masked; empty if nothing did. A residence is in words, a sex and
    /// what was learnt before are codes.
    pub former: String,
    /// What is right, in the same form.
    pub stated: String,
    /// Why; may be empty.
    pub reason: String,
    /// Where the request stands.
    pub state: CorrectionState,
    /// When it was made.
    pub asked_at: Timestamp,
    /// The last day on which it is answered in time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub due_on: Date,
    /// Whether it still waits though that day is over.
    pub is_overdue: bool,
    /// When it got its answer, or was taken back.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub answer: Option<String>,
    /// Whether nobody asked: the office found it wrong, and put it right.
    #[serde(default)]
    pub is_by_office: bool,
}

/// Body of `POST /corrections/{id}/refuse`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseCorrection {
    /// Why; the person reads it.
    pub reason: String,
}

/// Reply of `POST /corrections/{id}/look`: what the person says is right, whole, to be compared with the
/// paper itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatedWhole {
    /// The name, number, phone or birth date; another field as in the request itself.
    pub stated: String,
}
