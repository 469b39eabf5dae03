//! Divisions that are founded, renamed, abolished or merged: what the province says of them, from which day on.

use super::{DivisionCode, DivisionLevel};
use crate::{
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of a division's name.
pub const MAX_DIVISION_NAME_CHARS: usize = 30;

text_enum! {
    /// What became of a division.
    DivisionChangeKind {
        /// 设立.
        Founded = "founded",
        /// 更名.
        Renamed = "renamed",
        /// 撤销.
        Abolished = "abolished",
        /// 并入: everything in it is its successor's.
        Merged = "merged",
        /// 接收: it is the successor of another.
        Absorbed = "absorbed",
    }
}

/// Body of `POST /divisions`: there is a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FoundDivision {
    /// Its code.
    pub code: DivisionCode,
    /// Its name.
    pub name: String,
    /// From which day on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub effective_on: Date,
    /// By which decree.
    pub reason: String,
}

/// Body of `POST /divisions/{code}/rename`: it is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameDivision {
    /// Its new name.
    pub name: String,
    /// From which day on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub effective_on: Date,
    /// By which decree.
    pub reason: String,
}

/// Body of `POST /divisions/{code}/abolish`: it is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AbolishDivision {
    /// From which day on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub effective_on: Date,
    /// By which decree.
    pub reason: String,
}

/// Body of `POST /divisions/{code}/merge`: a township goes over into another, with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeDivision {
    /// The township of the same county that takes its schools, persons, lists and classes.
    pub successor: DivisionCode,
    /// From which day on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub effective_on: Date,
    /// By which decree.
    pub reason: String,
}

/// Where something lay until its township went over into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormerDivision {
    /// Significant digits of the code.
    pub code: String,
    /// What it was called, after what it lay in.
    pub name: String,
    /// The day from which on it is no more.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
}

/// One change, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DivisionChangeView {
    /// What became of it.
    pub kind: DivisionChangeKind,
    /// What it is called since.
    pub name: String,
    /// What it was called before.
    pub former_name: Option<String>,
    /// What it was merged into, or what was merged into it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_name: Option<String>,
    /// From which day on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub effective_on: Date,
    /// By which decree.
    pub reason: String,
    /// Who entered it.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Timestamp,
}

/// Why a division stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DivisionRefusal {
    /// It is no more.
    #[error("the division is gone")]
    Gone,
    /// It is made of others, which go first.
    #[error("the division has parts")]
    HasParts,
    /// Something in it is open, and is closed first.
    #[error("{open} places in the division are open")]
    InUse {
        /// How many places.
        open: u32,
    },
    /// Persons are on their way between it and its successor.
    #[error("{open} transfers wait for an answer")]
    TransfersWait {
        /// How many transfers.
        open: u32,
    },
}

impl Refusal for DivisionRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Gone => "wrong-state.division-gone",
            Self::HasParts => "wrong-state.division-has-parts",
            Self::InUse { .. } => "wrong-state.division-in-use",
            Self::TransfersWait { .. } => "wrong-state.division-transfers-wait",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::InUse { open } | Self::TransfersWait { open } => serde_json::json!({ "open": open }),
            Self::Gone | Self::HasParts => serde_json::Value::Null,
        }
    }
}

impl FoundDivision {
    /// Everything that is wrong with it by itself on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if !matches!(self.code.level(), DivisionLevel::County | DivisionLevel::Township)
            || !DivisionCode::ZHEJIANG.contains(&self.code)
        {
            errors.push(FieldError::new("/code", "division-level"));
        }
        errors.extend(check_name(&self.name));
        errors.extend(check_day_and_reason(self.effective_on, &self.reason, today));
        errors
    }
}

impl RenameDivision {
    /// Everything that is wrong with it by itself on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors: Vec<_> = check_name(&self.name).into_iter().collect();
        errors.extend(check_day_and_reason(self.effective_on, &self.reason, today));
        errors
    }
}

impl AbolishDivision {
    /// Everything that is wrong with it by itself on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        check_day_and_reason(self.effective_on, &self.reason, today)
    }
}

impl MergeDivision {
    /// Everything that is wrong with it by itself on `today`, of the division of this code: townships alone are merged,
    /// within their county, whose bureau goes on to answer for both.
    #[must_use]
    pub fn check(&self, code: DivisionCode, today: Date) -> Vec<FieldError> {
        let are_townships = [code, self.successor].iter().all(|one| one.level() == DivisionLevel::Township);
        let are_neighbours = are_townships && code != self.successor && code.parent() == self.successor.parent();
        let elsewhere = (!are_neighbours).then(|| FieldError::new("/successor", "successor-elsewhere"));
        elsewhere.into_iter().chain(check_day_and_reason(self.effective_on, &self.reason, today)).collect()
    }
}

/// Whether a division may be abolished that is or is not gone, has so many parts that are there, and in which so many
/// places are open.
///
/// # Errors
/// [`DivisionRefusal`].
pub const fn judge_abolition(is_gone: bool, parts: usize, open: u32) -> Result<(), DivisionRefusal> {
    match (is_gone, parts, open) {
        (true, ..) => Err(DivisionRefusal::Gone),
        (false, 0, 0) => Ok(()),
        (false, 0, open) => Err(DivisionRefusal::InUse { open }),
        (false, ..) => Err(DivisionRefusal::HasParts),
    }
}

fn check_name(name: &str) -> Option<FieldError> {
    match name.trim().chars().count() {
        0 => Some(FieldError::new("/name", "required")),
        1..=MAX_DIVISION_NAME_CHARS => None,
        _ => Some(FieldError::new("/name", "too-long")),
    }
}

/// A change is entered on the day on which it takes effect, or later.
fn check_day_and_reason(effective_on: Date, reason: &str, today: Date) -> Vec<FieldError> {
    let ahead = (effective_on > today).then(|| FieldError::new("/effective_on", "date-in-future"));
    ahead.into_iter().chain(check_reason(reason, "/reason").err()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use jiff::civil::date;

    const TODAY: Date = Date::constant(2026, 11, 27);

    fn found(code: &str) -> FoundDivision {
        let code = DivisionCode::parse(code).unwrap();
        FoundDivision { code, name: "新镇".to_owned(), effective_on: TODAY, reason: "民政厅批复".to_owned() }
    }

    fn codes(errors: Vec<FieldError>) -> Vec<(String, String)> {
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[test]
    fn a_new_division_is_a_county_or_township_of_the_province() {
        assert_eq!(found("330502199").check(TODAY), []);
        assert_eq!(found("330599").check(TODAY), []);
        for code in ["3399", "33", "310101001"] {
            assert_eq!(codes(found(code).check(TODAY)), [("/code".to_owned(), "division-level".to_owned())], "{code}");
        }
    }

    #[test]
    fn a_change_has_a_name_a_reason_and_a_day_that_has_come() {
        let wrong = RenameDivision { name: " ".to_owned(), effective_on: date(2026, 11, 28), reason: String::new() };
        let expected = [("/name", "required"), ("/effective_on", "date-in-future"), ("/reason", "required")];
        assert_eq!(codes(wrong.check(TODAY)), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        let gone = AbolishDivision { effective_on: TODAY, reason: "并入邻镇".to_owned() };
        assert_eq!(gone.check(TODAY), []);
    }

    #[test]
    fn a_division_goes_once_and_when_nothing_in_it_is_open() {
        assert_eq!(judge_abolition(false, 0, 0), Ok(()));
        assert_eq!(judge_abolition(true, 0, 0), Err(DivisionRefusal::Gone));
        assert_eq!(judge_abolition(false, 1, 0), Err(DivisionRefusal::HasParts));
        assert_eq!(judge_abolition(false, 0, 2), Err(DivisionRefusal::InUse { open: 2 }));
    }

    #[test]
    fn a_township_goes_over_into_another_of_its_county() {
        let merge = |from: &str, to: &str| {
            let successor = DivisionCode::parse(to).unwrap();
            let into = MergeDivision { successor, effective_on: TODAY, reason: "省政府批复".to_owned() };
            codes(into.check(DivisionCode::parse(from).unwrap(), TODAY))
        };
        assert_eq!(merge("330502100", "330502104"), []);
        let elsewhere = [("/successor".to_owned(), "successor-elsewhere".to_owned())];
        for (from, to) in [("330502100", "330502100"), ("330502100", "330503100"), ("330502", "330503")] {
            assert_eq!(merge(from, to), elsewhere, "{from} {to}");
        }
        assert!(has_texts("field.successor-elsewhere"));
    }

    #[test]
    fn every_kind_has_its_name_and_every_refusal_its_text() {
        let keys: Vec<_> = DivisionChangeKind::ALL.iter().map(|kind| format!("change_{kind}")).collect();
        let files =
            [include_str!("../../locales/zh-CN/organisation.json"), include_str!("../../locales/en/organisation.json")];
        assert!(are_named(files, &keys));
        let counted = [DivisionRefusal::InUse { open: 1 }, DivisionRefusal::TransfersWait { open: 1 }];
        for refusal in [DivisionRefusal::Gone, DivisionRefusal::HasParts].into_iter().chain(counted) {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }
}
