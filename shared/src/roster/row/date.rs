//! Dates as survey lists write them.

use super::Cell;
use jiff::{ToSpan, civil::Date};

/// A date as far as it was written: people give 出生年月, and a spreadsheet makes 1985.1 of October.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// The date, or the first that it can be.
    pub first: Date,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    Day,
    Month,
    Year,
}

impl WrittenDate {
    /// Whether the day is known.
    pub(super) fn is_whole(self) -> bool {
        self.precision == Precision::Day
    }

    /// Whether `date` can be what was written.
    pub(super) fn allows(self, date: Date) -> bool {
        let same_year = self.first.year() == date.year();
        match self.precision {
            Precision::Day => self.first == date,
            Precision::Month => same_year && self.first.month() == date.month(),
            Precision::Year => same_year,
        }
    }
}

/// Reads `1985-03-14`, `1985/3/14`, `1985.3`, `1985`, `19850314`, `198503`, the same with 年月日, with a
/// time behind it, or the number of a day by which a spreadsheet means it.
pub(super) fn read_date(cell: Cell<'_>) -> Option<WrittenDate> {
    let mut parts = [""; 3];
    let mut count = 0;
    let date = cell.text.trim().split([' ', 'T']).next().unwrap_or_default();
    for part in date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        *parts.get_mut(count)? = part;
        count += 1;
    }
    match (parts, count) {
        ([year, month, day], 3) => written(year, month, day, Precision::Day),
        ([year, "1", _], 2) if cell.is_number && year.len() == 4 => written(year, "1", "1", Precision::Year),
        ([year, month, _], 2) if !cell.is_number || year.len() == 4 => written(year, month, "1", Precision::Month),
        ([digits, ..], 1) if digits.len() == 8 => written(&digits[..4], &digits[4..6], &digits[6..], Precision::Day),
        ([digits, ..], 1) if digits.len() == 6 => written(&digits[..4], &digits[4..], "1", Precision::Month),
        ([year, ..], 1) if year.len() == 4 => written(year, "1", "1", Precision::Year),
        ([days, ..], _) if cell.is_number => serial_day(days),
        _ => None,
    }
}

fn written(year: &str, month: &str, day: &str, precision: Precision) -> Option<WrittenDate> {
    let year: i16 = year.parse().ok().filter(|year| (1900..=2100).contains(year))?;
    let first = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(WrittenDate { first, precision })
}

/// Day 1 was 1900-01-01, and 1900 was taken for a leap year. Numbers of four digits are years.
fn serial_day(days: &str) -> Option<WrittenDate> {
    let days: i32 = days.parse().ok().filter(|days| (10_000..=73_050).contains(days))?;
    let first = Date::constant(1899, 12, 30).checked_add(days.days()).ok()?;
    Some(WrittenDate { first, precision: Precision::Day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str, is_number: bool) -> Option<(Date, Precision)> {
        read_date(Cell { text, is_number }).map(|date| (date.first, date.precision))
    }

    #[test]
    fn dates_are_read_however_they_are_written() {
        let day = Some((date(1985, 3, 14), Precision::Day));
        for text in ["1985-03-14", "1985/3/14", "1985.3.14", "19850314", " 1985年3月14日", "1985-03-14 00:00:00"] {
            assert_eq!(read(text, false), day, "{text}");
        }
        for text in ["1985-03", "1985.3", "198503", "1985年3月"] {
            assert_eq!(read(text, false), Some((date(1985, 3, 1), Precision::Month)), "{text}");
        }
        assert_eq!(read("1985年", false), Some((date(1985, 1, 1), Precision::Year)));
        for text in ["", "1985-13-01", "1985-02-30", "31120", "85-3-14", "三月", "1-2-3-4", "3014"] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_a_spreadsheet_are_days_or_what_looks_like_a_month() {
        let day = Some((date(1985, 3, 14), Precision::Day));
        for text in ["31120", "31120.5", "19850314"] {
            assert_eq!(read(text, true), day, "{text}");
        }
        assert_eq!(read("1985.03", true), Some((date(1985, 3, 1), Precision::Month)));
        assert_eq!(read("1985.1", true), Some((date(1985, 1, 1), Precision::Year)), "January or 1985.10");
        assert_eq!(read("1985", true), Some((date(1985, 1, 1), Precision::Year)));
        assert_eq!(read("999999", true), None);
    }

    #[test]
    fn what_is_not_written_may_be_anything() {
        let born = date(1985, 10, 14);
        let allows = |text, is_number| read_date(Cell { text, is_number }).unwrap().allows(born);
        assert!(allows("1985-10-14", false) && allows("1985.10", false) && allows("1985.1", true));
        assert!(!allows("1985-10-15", false) && !allows("1985.1", false) && !allows("1986", true));
    }
}
