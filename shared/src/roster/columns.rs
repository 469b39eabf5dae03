//! Which column of a survey list holds what: proposed from the header row, confirmed by a person.

use super::vocabulary::{Header, plain_header, read_header};
use crate::{problem::FieldError, rights::text_enum};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

text_enum! {
    /// What a column can hold.
    RosterField {
        /// 姓名.
        Name = "name",
        /// 证件类型; without it the number tells.
        DocumentType = "document_type",
        /// 证件号码.
        DocumentNumber = "document_number",
        /// 性别.
        Sex = "sex",
        /// 出生日期.
        BirthDate = "birth_date",
        /// 民族.
        EthnicGroup = "ethnic_group",
        /// 手机.
        Phone = "phone",
        /// 户籍地.
        HouseholdDivision = "household_division",
        /// 户籍地址.
        HouseholdAddress = "household_address",
        /// 常住地.
        ResidenceDivision = "residence_division",
        /// 村、社区.
        Village = "village",
        /// 常住地址.
        ResidenceAddress = "residence_address",
        /// 文化程度.
        EducationLevel = "education_level",
        /// 毕业学校.
        GraduationSchool = "graduation_school",
        /// 毕业年份.
        GraduationYear = "graduation_year",
        /// 就业状态.
        EmploymentState = "employment_state",
        /// 工作单位.
        Employer = "employer",
        /// 统一社会信用代码.
        EmployerCode = "employer_code",
        /// 行业.
        Industry = "industry",
        /// 岗位.
        JobPost = "job_post",
        /// 人员类别.
        GroupTags = "group_tags",
        /// 学历提升意愿.
        UpgradeIntent = "upgrade_intent",
        /// 原因.
        IntentReason = "intent_reason",
        /// 学习途径.
        StudyRoute = "study_route",
        /// 学习方式.
        StudyMode = "study_mode",
        /// 方便的时间.
        PreferredTime = "preferred_time",
        /// 方便的地点.
        PreferredPlace = "preferred_place",
        /// 排摸人.
        Surveyor = "surveyor",
        /// 排摸日期.
        SurveyDate = "survey_date",
        /// 备注.
        Note = "note",
    }
}

/// Fields without which no row can be read. 常住地 is one more unless the importer's place settles it.
pub const REQUIRED_FIELDS: [RosterField; 2] = [RosterField::Name, RosterField::DocumentNumber];

/// For each field the index of its column, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct ColumnMapping(pub BTreeMap<RosterField, u16>);

/// What the header row says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnProposal {
    /// Every field that one column holds.
    pub mapping: ColumnMapping,
    /// Of these, the fields whose header only resembles what we know: worth a look.
    pub guessed: Vec<RosterField>,
    /// Required fields that no column holds.
    pub missing: Vec<RosterField>,
    /// Fields that several columns claim; not in the mapping.
    pub ambiguous: Vec<AmbiguousField>,
    /// Columns that nothing was made of.
    pub not_understood: Vec<u16>,
}

/// A field that several columns claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AmbiguousField {
    /// The field.
    pub field: RosterField,
    /// The columns, ascending.
    pub columns: Vec<u16>,
}

impl ColumnMapping {
    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: RosterField) -> Option<usize> {
        self.0.get(&field).copied().map(usize::from)
    }

    /// What is wrong with a mapping that somebody confirmed, for a sheet of so many columns.
    #[must_use]
    pub fn check(&self, columns: usize, needs_residence: bool) -> Vec<FieldError> {
        let missing = required(needs_residence).filter(|field| !self.0.contains_key(field));
        let mut errors: Vec<_> = missing.map(|field| FieldError::new(format!("/{field}"), "required")).collect();
        let mut taken: HashMap<u16, RosterField> = HashMap::new();
        for (field, column) in &self.0 {
            if usize::from(*column) >= columns {
                errors.push(FieldError::new(format!("/{field}"), "out-of-range"));
            } else if taken.insert(*column, *field).is_some() {
                errors.push(FieldError::new(format!("/{field}"), "duplicate"));
            }
        }
        errors
    }
}

fn required(needs_residence: bool) -> impl Iterator<Item = RosterField> {
    REQUIRED_FIELDS.into_iter().chain(needs_residence.then_some(RosterField::ResidenceDivision))
}

/// Reads a header row. A header that is a known word beats one that only contains it.
#[must_use]
pub fn propose_columns<S: AsRef<str>>(headers: &[S], needs_residence: bool) -> ColumnProposal {
    let mut exact: BTreeMap<RosterField, Vec<u16>> = BTreeMap::new();
    let mut likely: BTreeMap<RosterField, Vec<u16>> = BTreeMap::new();
    let mut proposal = ColumnProposal::default();
    for (column, header) in (0..=u16::MAX).zip(headers) {
        match read_header(header.as_ref()) {
            Header::Exact(field) => exact.entry(field).or_default().push(column),
            Header::Likely(field) => likely.entry(field).or_default().push(column),
            Header::Unknown if !header.as_ref().trim().is_empty() => proposal.not_understood.push(column),
            Header::Unknown | Header::Needless => {}
        }
    }
    for field in RosterField::ALL {
        let (certain, guesses) = (exact.remove(field).unwrap_or_default(), likely.remove(field).unwrap_or_default());
        let is_guess = certain.is_empty();
        let claims = if is_guess {
            guesses
        } else {
            proposal.not_understood.extend(guesses);
            certain
        };
        match claims.as_slice() {
            [] => {}
            [column] => {
                proposal.mapping.0.insert(*field, *column);
                proposal.guessed.extend(is_guess.then_some(*field));
            }
            _ => proposal.ambiguous.push(AmbiguousField { field: *field, columns: claims }),
        }
    }
    proposal.not_understood.sort_unstable();
    proposal.missing = required(needs_residence).filter(|field| !proposal.mapping.0.contains_key(field)).collect();
    proposal
}

/// The header row among the first rows of a sheet, whose top often holds a title and remarks: the
/// earliest of those in which most fields are known, two at least.
#[must_use]
pub fn find_header_row<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R]) -> Option<usize> {
    let known = |row: &R| propose_columns(row.as_ref(), false).mapping.0.len();
    let best = rows.iter().map(known).enumerate().max_by_key(|(at, known)| (*known, std::cmp::Reverse(*at)))?;
    (best.1 >= 2).then_some(best.0)
}

/// What a header row is remembered by, with the mapping that somebody confirmed for it: a list of the
/// same columns, however its headers are spaced and starred, is understood the same way next time.
#[must_use]
pub fn headers_digest<S: AsRef<str>>(headers: &[S]) -> String {
    let mut digest = Sha256::new();
    for header in headers {
        digest.update(plain_header(header.as_ref()));
        digest.update([0]);
    }
    hex::encode(digest.finalize())
}

/// The letters of a column, counted from 0, as spreadsheets say them: A to Z, AA, AB and so on.
#[must_use]
pub fn column_letters(at: u16) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", column_letters(before - 1)),
    }
}

#[cfg(test)]
mod tests;
