//! 对接系统: a system of others that reads what the learners of a class do, by a secret of its own and until a day.

use crate::{ids::StatementReaderId, problem::FieldError, rights::text_enum, time::Timestamp};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of a name at most.
pub const MAX_STATEMENT_READER_NAME_CHARS: usize = 40;
/// For how many days a system reads at most before somebody lets it again: a year.
pub const MAX_STATEMENT_READER_DAYS: i64 = 366;

const DAY_S: i64 = 86_400;

text_enum! {
    /// Whether a system may read. Derived, never set.
    StatementReaderState {
        /// 可以读取.
        Open = "open",
        /// 已到期.
        Over = "over",
        /// 已停止.
        Ended = "ended",
    }
}

/// Whether a system may read on a day in China; its last day counts.
#[must_use]
pub fn statement_reader_state(until: Date, is_ended: bool, today: Date) -> StatementReaderState {
    match is_ended {
        true => StatementReaderState::Ended,
        false if until < today => StatementReaderState::Over,
        false => StatementReaderState::Open,
    }
}

/// A system that somebody lets read: body of `POST /classes/{id}/statement_readers`. Of one name a class has one at most:
/// who lets it again gives it another secret, and the one before it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementReaderEntry {
    /// What it is called.
    pub name: String,
    /// The last day on which it may read.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
}

impl StatementReaderEntry {
    /// The same without blanks around the name, if it may be let read on a day in China.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, today: Date) -> Result<Self, Vec<FieldError>> {
        let name = self.name.trim();
        let of_name = match name.chars().count() {
            0 => Some("required"),
            length if length > MAX_STATEMENT_READER_NAME_CHARS => Some("too-long"),
            _ => None,
        };
        let last = last_statement_reader_day(today);
        let wrong =
            [("/name", of_name), ("/until", (self.until < today || self.until > last).then_some("out-of-range"))];
        let wrong: Vec<_> =
            wrong.into_iter().filter_map(|(pointer, code)| Some(FieldError::new(pointer, code?))).collect();
        if wrong.is_empty() { Ok(Self { name: name.to_owned(), until: self.until }) } else { Err(wrong) }
    }
}

/// The last day on which a system may be let read.
#[must_use]
pub fn last_statement_reader_day(today: Date) -> Date {
    Timestamp::of_day_in_china(today).plus_s(MAX_STATEMENT_READER_DAYS * DAY_S).date_in_china()
}

/// A system that reads or read: one of `GET /classes/{id}/statement_readers`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementReaderView {
    /// Its id, which is also the name by which it asks.
    pub id: StatementReaderId,
    /// What it is called.
    pub name: String,
    /// The last day on which it may read.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// Whether it may.
    pub state: StatementReaderState,
    /// Name of who let it.
    pub by_name: String,
    /// When they did.
    pub given_at: Timestamp,
}

/// What is handed to a system: the reply to whoever lets it read. Its secret is told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenStatementReader {
    /// The system.
    pub reader: StatementReaderView,
    /// Where it asks: the base address of an LRS.
    pub address: String,
    /// The word by which it asks, beside its id.
    pub secret: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 23);

    fn entry(name: &str, until: Date) -> StatementReaderEntry {
        StatementReaderEntry { name: name.to_owned(), until }
    }

    #[track_caller]
    fn check(name: &str, until: Date, wrong: &[(&str, &str)]) {
        let found = entry(name, until).check(TODAY).err().unwrap_or_default();
        let found: Vec<_> = found.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(found, wrong);
    }

    #[test]
    fn a_system_has_a_name_and_a_last_day_within_a_year() {
        check("市学情分析平台", TODAY, &[]);
        check("市学情分析平台", date(2027, 11, 24), &[]);
        check("市学情分析平台", date(2027, 11, 25), &[("/until", "out-of-range")]);
        check("市学情分析平台", date(2026, 11, 22), &[("/until", "out-of-range")]);
        check("  ", TODAY, &[("/name", "required")]);
        check(&"长".repeat(41), date(2026, 1, 1), &[("/name", "too-long"), ("/until", "out-of-range")]);
        assert_eq!(entry(" 平台 ", TODAY).check(TODAY), Ok(entry("平台", TODAY)));
    }

    #[test]
    fn a_system_reads_until_its_last_day_unless_somebody_ends_it() {
        let state = |until, is_ended| statement_reader_state(until, is_ended, TODAY);
        assert_eq!(state(TODAY, false), StatementReaderState::Open);
        assert_eq!(state(date(2026, 11, 22), false), StatementReaderState::Over);
        assert_eq!(state(TODAY, true), StatementReaderState::Ended);
        assert_eq!(state(date(2026, 11, 22), true), StatementReaderState::Ended);
    }

    proptest! {
        #[test]
        fn whoever_is_let_read_reads_today_and_not_for_ever(days in -800_i64..800) {
            let day = |days: i64| Timestamp::of_day_in_china(TODAY).plus_s(days * DAY_S).date_in_china();
            let is_let = entry("平台", day(days)).check(TODAY).is_ok();
            prop_assert_eq!(is_let, (0..=MAX_STATEMENT_READER_DAYS).contains(&days));
            if is_let {
                prop_assert_eq!(statement_reader_state(day(days), false, TODAY), StatementReaderState::Open);
                prop_assert_eq!(statement_reader_state(day(days), false, day(days + 1)), StatementReaderState::Over);
            }
        }
    }
}
