//! Kinds of identity document and why a number is refused.

use super::{IdentityNumberRefusal, Sex};
use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;

text_enum! {
    /// Kinds of identity document, in the order of the JY/T codes (DOMAIN §3.1).
    DocumentType {
        /// 1, 居民身份证.
        ResidentIdentityCard = "resident_identity_card",
        /// 2, 军官证.
        OfficerCard = "officer_card",
        /// 3, 士兵证.
        SoldierCard = "soldier_card",
        /// 4, 文职干部证.
        CivilCadreCard = "civil_cadre_card",
        /// 5, 部队离退休证.
        RetiredSoldierCard = "retired_soldier_card",
        /// 6, 香港特区护照/身份证明, and the 回乡证 of its people.
        HongKongDocument = "hong_kong_document",
        /// 7, 澳门特区护照/身份证明, and the 回乡证 of its people.
        MacaoDocument = "macao_document",
        /// 8, 台湾居民来往大陆通行证.
        TaiwanTravelPermit = "taiwan_travel_permit",
        /// 9, 境外永久居住证: the 外国人永久居留身份证 in both its forms.
        PermanentResidenceCard = "permanent_residence_card",
        /// A, 护照.
        Passport = "passport",
        /// B, 户口簿.
        HouseholdRegister = "household_register",
        /// C, 港澳台居民居住证.
        ResidencePermit = "residence_permit",
        /// Z, 其他.
        Other = "other",
    }
}

/// The JY/T codes in the order of [`DocumentType::ALL`].
const CODES: [char; 13] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'Z'];

impl DocumentType {
    /// The JY/T code.
    #[must_use]
    pub const fn code(self) -> char {
        CODES[self as usize]
    }

    /// The kind with this JY/T code.
    #[must_use]
    pub fn of_code(code: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code.to_ascii_uppercase())
    }

    /// What a number of 18 characters most likely is, when nobody says: a residence permit begins with
    /// 81, 82 or 83 and four zeros, a permanent-residence card with 9 or with three letters.
    #[must_use]
    pub fn of_number(number: &str) -> Self {
        let number = number.trim();
        let begins_with_letters = number.len() == 15 && number.bytes().take(3).all(|b| b.is_ascii_alphabetic());
        if ["810000", "820000", "830000"].iter().any(|region| number.starts_with(region)) {
            Self::ResidencePermit
        } else if begins_with_letters || (number.len() == 18 && number.starts_with('9')) {
            Self::PermanentResidenceCard
        } else {
            Self::ResidentIdentityCard
        }
    }
}

/// Why a number is not taken, or does not agree with what else is stated.
///
/// What the number tells is a fact of the refusal, but never part of its `Display`, which may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentRefusal {
    /// There is none.
    #[error("no number")]
    Missing,
    /// A spreadsheet took it for a quantity; its last digits are lost.
    #[error("a spreadsheet destroyed the number")]
    DestroyedBySpreadsheet,
    /// The form of an identity number is wrong.
    #[error(transparent)]
    Number(#[from] IdentityNumberRefusal),
    /// The number is right, but of another kind of document.
    #[error("the number of a {likely}")]
    OtherKind {
        /// What it most likely is.
        likely: DocumentType,
    },
    /// A document of this kind has no such number.
    #[error("not the number of a {kind}")]
    Malformed {
        /// The kind that was stated.
        kind: DocumentType,
    },
    /// The stated birth date is another than the number's.
    #[error("another birth date than the number's")]
    OtherBirthDate {
        /// What the number tells.
        derived: Date,
    },
    /// The stated sex is another than the number's.
    #[error("another sex than the number's")]
    OtherSex {
        /// What the number tells.
        derived: Sex,
    },
}

impl DocumentRefusal {
    /// The code of a field error.
    #[must_use]
    pub const fn field_code(self) -> &'static str {
        match self {
            Self::Missing => "required",
            Self::DestroyedBySpreadsheet => "document-destroyed",
            Self::Number(refusal) => refusal.field_code(),
            Self::OtherKind { .. } => "document-other-kind",
            Self::Malformed { .. } => "document-malformed-kind",
            Self::OtherBirthDate { .. } => "birth-date-differs",
            Self::OtherSex { .. } => "sex-differs",
        }
    }
}

impl Refusal for DocumentRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::Invalid
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::OtherKind { likely: kind } | Self::Malformed { kind } => serde_json::json!({ "kind": kind }),
            Self::OtherBirthDate { derived } => serde_json::json!({ "derived": derived }),
            Self::OtherSex { derived } => serde_json::json!({ "derived": derived }),
            _ => serde_json::Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    #[test]
    fn kinds_and_codes_belong_together() {
        let codes: String = DocumentType::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes, "123456789ABCZ");
        for kind in DocumentType::ALL {
            assert_eq!(DocumentType::of_code(kind.code()), Some(*kind));
        }
        assert_eq!((DocumentType::of_code('a'), DocumentType::of_code('0')), (Some(DocumentType::Passport), None));
    }

    #[test]
    fn a_number_tells_its_likely_kind() {
        assert_eq!(DocumentType::of_number("330199198503140022"), DocumentType::ResidentIdentityCard);
        assert_eq!(DocumentType::of_number("81000018900101001X"), DocumentType::ResidencePermit);
        assert_eq!(DocumentType::of_number("933999198802290010"), DocumentType::PermanentResidenceCard);
        assert_eq!(DocumentType::of_number("USA330119880229"), DocumentType::PermanentResidenceCard);
    }

    #[test]
    fn every_refusal_has_its_text() {
        let derived = Date::default();
        let refusals = [
            DocumentRefusal::Missing,
            DocumentRefusal::DestroyedBySpreadsheet,
            IdentityNumberRefusal::Malformed.into(),
            IdentityNumberRefusal::OldForm.into(),
            IdentityNumberRefusal::ImpossibleDate.into(),
            IdentityNumberRefusal::WrongCheck.into(),
            DocumentRefusal::OtherKind { likely: DocumentType::Passport },
            DocumentRefusal::Malformed { kind: DocumentType::Passport },
            DocumentRefusal::OtherBirthDate { derived },
            DocumentRefusal::OtherSex { derived: Sex::Male },
        ];
        for refusal in refusals {
            assert!(has_texts(&format!("field.{}", refusal.field_code())), "{refusal}");
        }
    }
}
