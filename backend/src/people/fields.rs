//! What of a person is sealed, and how it is opened.

use super::entity::{person, person_document};
use crate::platform::{
    crypto::{BlindIndex, Column, FieldKeys, Plain},
    error::{AppError, AppResult},
};
use jiff::civil::Date;
use shared::{
    people::PersonState,
    person::{DocumentType, IdentityDocument, Sex},
    roster::LearnerStage,
    time::read_date,
};

/// Document numbers. The index is of kind and number together.
pub(super) const NUMBER: Column = Column { table: "person_document", name: "number" };
/// Phones.
pub(super) const PHONE: Column = Column { table: "person", name: "phone" };

/// Where a document is found by.
pub(super) fn document_index(keys: &FieldKeys, document: &IdentityDocument) -> BlindIndex {
    keys.blind_index(NUMBER, &document.canonical())
}

pub(super) fn open_number(keys: &FieldKeys, row: &person_document::Model) -> AppResult<Plain> {
    keys.open(NUMBER.of(row.id.0), &row.number)
}

pub(super) fn open_phone(keys: &FieldKeys, row: &person::Model) -> AppResult<Option<Plain>> {
    row.phone.as_ref().map(|phone| keys.open(PHONE.of(row.id.0), phone)).transpose()
}

pub(super) fn kind_of(row: &person_document::Model) -> AppResult<DocumentType> {
    DocumentType::parse(&row.kind).ok_or_else(|| AppError::internal(format!("document of kind {}", row.kind)))
}

pub(super) fn sex_of(row: &person::Model) -> Option<Sex> {
    row.sex.as_deref().and_then(Sex::parse)
}

pub(super) fn state_of(row: &person::Model) -> PersonState {
    row.stage.as_deref().and_then(LearnerStage::parse).into()
}

pub(super) fn birth_date_of(row: &person::Model) -> Option<Date> {
    row.birth_date.as_deref().and_then(read_date)
}
