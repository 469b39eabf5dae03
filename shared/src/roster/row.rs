//! One row of a survey list: read as a whole, with all its faults at once.

mod date;
mod reader;

use self::reader::Reader;
use super::{ColumnMapping, RosterField, RosterRow};
use crate::{
    organisation::{DivisionCode, Gazetteer},
    person::{mask_number, mask_numbers},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of a short text, such as an employer.
pub const MAX_TEXT_CHARS: usize = 100;
/// Characters of a remark.
pub const MAX_NOTE_CHARS: usize = 500;

/// One cell as the spreadsheet holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What it shows.
    pub text: &'a str,
    /// Whether the spreadsheet holds it as a number. It keeps 15 digits, so that a longer number in
    /// such a cell is destroyed even if it looks whole.
    pub is_number: bool,
}

impl<'a> Cell<'a> {
    /// A cell of text.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        Self { text, is_number: false }
    }
}

/// What reading a row depends on.
#[derive(Clone, Copy, Debug)]
pub struct ImportContext<'a> {
    /// The day of the import, in China.
    pub today: Date,
    /// The importer's place: every residence lies in it.
    pub home: DivisionCode,
    /// The residence of a row that names none: the importer's own township, if they have one.
    pub default_residence: Option<DivisionCode>,
    /// Every division.
    pub gazetteer: &'a Gazetteer,
}

text_enum! {
    /// What is wrong with a cell; also the code of a field error, whose text stands under `field.`.
    RowFault {
        /// Nothing is there.
        Required = "required",
        /// Too many characters.
        TooLong = "too-long",
        /// Characters that no name has.
        NameMalformed = "name-malformed",
        /// No identity number.
        DocumentMalformed = "document-malformed",
        /// An old number of 15 digits.
        DocumentOldForm = "document-old-form",
        /// An impossible birth date inside the number.
        DocumentImpossibleDate = "document-impossible-date",
        /// A wrong check digit.
        DocumentWrongCheck = "document-wrong-check",
        /// The spreadsheet destroyed the number.
        DocumentDestroyed = "document-destroyed",
        /// The number of another kind of document.
        DocumentOtherKind = "document-other-kind",
        /// A document of this kind has no such number.
        DocumentMalformedKind = "document-malformed-kind",
        /// Another birth date than the number's.
        BirthDateDiffers = "birth-date-differs",
        /// Another sex than the number's.
        SexDiffers = "sex-differs",
        /// No date.
        DateMalformed = "date-malformed",
        /// A day that has not come yet.
        DateInFuture = "date-in-future",
        /// A child.
        UnderAge = "under-age",
        /// No year in which somebody could have left school.
        YearMalformed = "year-malformed",
        /// No mobile number.
        PhoneMalformed = "phone-malformed",
        /// A word that the field does not have.
        UnknownValue = "unknown-value",
        /// No division that we know.
        DivisionUnknown = "division-unknown",
        /// Several divisions of this name.
        DivisionAmbiguous = "division-ambiguous",
        /// A division elsewhere.
        DivisionOutside = "division-outside",
        /// A county or city where a township is needed.
        DivisionTooWide = "division-too-wide",
        /// No credit code.
        CreditCodeMalformed = "credit-code-malformed",
        /// An old registration number.
        CreditCodeOldForm = "credit-code-old-form",
        /// A character that the file's encoding does not have.
        Unreadable = "unreadable",
        /// The same document stands in an earlier row.
        DuplicateInFile = "duplicate-in-file",
        /// The person is kept by another place.
        KeptElsewhere = "kept-elsewhere",
        /// The document is recorded under another name.
        NameDiffers = "name-differs",
    }
}

/// One fault of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowRefusal {
    /// The field.
    pub field: RosterField,
    /// What is wrong.
    pub fault: RowFault,
    /// What stands there, cut if it is long; numbers of documents and phones are masked, in whatever
    /// column they stand.
    pub value: String,
    /// The earlier row with the same document, for [`RowFault::DuplicateInFile`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_row: Option<u32>,
}

impl RowRefusal {
    /// A fault; what must not be shown is masked.
    #[must_use]
    pub fn new(field: RosterField, fault: RowFault, value: &str) -> Self {
        let is_secret = matches!(field, RosterField::DocumentNumber | RosterField::Phone);
        // Columns may be shifted: a number may stand under any header.
        let value = if is_secret { mask_number(value) } else { mask_numbers(value) };
        Self { field, fault, value: value.chars().take(MAX_TEXT_CHARS).collect(), earlier_row: None }
    }

    /// A document that stands in an earlier row.
    #[must_use]
    pub fn duplicate(number: &str, earlier: u32) -> Self {
        let refusal = Self::new(RosterField::DocumentNumber, RowFault::DuplicateInFile, number);
        Self { earlier_row: Some(earlier), ..refusal }
    }
}

/// Whether a row holds nothing at all; such rows are skipped, not refused.
#[must_use]
pub fn is_blank(cells: &[Cell<'_>]) -> bool {
    cells.iter().all(|cell| cell.text.trim().is_empty())
}

/// Reads one row.
///
/// Birth date and sex come from the document where its number tells; what is stated beside it is only
/// compared. A household's division may lie anywhere and need not be known.
///
/// # Errors
/// Every fault of the row.
pub fn read_row(
    cells: &[Cell<'_>],
    mapping: &ColumnMapping,
    context: &ImportContext<'_>,
) -> Result<RosterRow, Vec<RowRefusal>> {
    let mut row = Reader::new(cells, mapping, context);
    let (name, document) = (row.name(), row.document());
    let (birth_date, sex) = row.birth_date_and_sex(document.as_ref());
    let residence = row.residence();
    let mut details = row.details();
    row.readable();
    match (name, document, residence) {
        (Some(name), Some(document), Some((residence_division, rest))) if row.faults.is_empty() => {
            if details.village.is_empty() {
                rest.clone_into(&mut details.village);
            }
            Ok(RosterRow { name, document, birth_date, sex, residence_division, details })
        }
        _ => Err(row.faults),
    }
}

#[cfg(test)]
mod tests;
