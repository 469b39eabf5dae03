//! What a request says, sealed: a number that somebody states is as much a secret as one that is kept.

use crate::platform::{
    Services,
    error::{AppError, AppResult},
    sealed::{SMALL_ROWS, SealedColumn},
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::CorrectionRequestId,
    people::{CheckedCorrection, StatedCorrection, StatedDocument, mask_birth_date, mask_phone},
    person::{DocumentType, mask_number},
    time::write_date,
};

/// What is right, and what stood there.
#[derive(Serialize, Deserialize)]
pub(super) struct Content {
    /// In the form in which it is kept.
    pub(super) stated: StatedCorrection,
    /// Masked.
    pub(super) former: String,
}

impl Content {
    pub(super) fn seal(&self, cx: &Services, id: CorrectionRequestId) -> AppResult<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(AppError::internal)?;
        cx.keys.fields.seal_bytes(&bound_to(id), &plain, &*cx.ids)
    }

    pub(super) fn open(cx: &Services, id: CorrectionRequestId, sealed: &[u8]) -> AppResult<Self> {
        let plain = cx.keys.fields.open_bytes(&bound_to(id), sealed)?;
        serde_json::from_slice(&plain).map_err(AppError::internal)
    }

    /// What is right, masked.
    pub(super) fn masked(&self) -> String {
        match &self.stated {
            StatedCorrection::Name { name } => name.clone(),
            StatedCorrection::Document { document } => mask_number(&document.number),
            StatedCorrection::Phone { phone } => mask_phone(phone),
            StatedCorrection::Sex { sex } => sex.as_str().to_owned(),
            StatedCorrection::BirthDate { birth_date } => mask_birth_date(*birth_date),
            StatedCorrection::Household { household_division } => household_division.clone(),
            StatedCorrection::Education { education_level } => education_level.code().to_owned(),
        }
    }

    /// The kind of the right document.
    pub(super) fn document_kind(&self) -> Option<DocumentType> {
        match &self.stated {
            StatedCorrection::Document { document } => Some(document.kind),
            _ => None,
        }
    }

    /// What is right, whole.
    pub(super) fn whole(self) -> String {
        match self.stated {
            StatedCorrection::Name { name } => name,
            StatedCorrection::Document { document } => document.number,
            StatedCorrection::Phone { phone } => phone,
            StatedCorrection::Sex { sex } => sex.as_str().to_owned(),
            StatedCorrection::BirthDate { birth_date } => write_date(birth_date),
            StatedCorrection::Household { household_division } => household_division,
            StatedCorrection::Education { education_level } => education_level.code().to_owned(),
        }
    }
}

/// What requests say.
pub const SEALED: &[SealedColumn] = &[SealedColumn {
    table: "correction_request",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(CorrectionRequestId(row.id)),
    open_len: None,
    rows: SMALL_ROWS,
}];

fn bound_to(id: CorrectionRequestId) -> String {
    format!("correction_request {id}")
}

/// What was checked, as it is stated again.
pub(super) fn stated(checked: &CheckedCorrection) -> StatedCorrection {
    match checked {
        CheckedCorrection::Name(name) => StatedCorrection::Name { name: name.clone() },
        CheckedCorrection::Document(document) => StatedCorrection::Document {
            document: StatedDocument { kind: document.kind(), number: document.reveal().to_owned() },
        },
        CheckedCorrection::Phone(phone) => StatedCorrection::Phone { phone: phone.clone() },
        CheckedCorrection::Sex(sex) => StatedCorrection::Sex { sex: *sex },
        CheckedCorrection::BirthDate(birth_date) => StatedCorrection::BirthDate { birth_date: *birth_date },
        CheckedCorrection::Household(code) => StatedCorrection::Household { household_division: code.clone() },
        CheckedCorrection::Education(level) => StatedCorrection::Education { education_level: *level },
    }
}
