//! Dates as survey lists write them.

use super::Cell;
use jiff::{ToSpan, civil::Date};

/// A date of which the day may be missing, as in 出生年月.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// The date; its first day if the day is missing.
    pub first: Date,
    /// Whether the day is known.
    pub is_whole: bool,
}

impl WrittenDate {
    /// Whether `date` is what was written.
    pub(super) fn allows(self, date: Date) -> bool {
        let same_month = (self.first.year(), self.first.month()) == (date.year(), date.month());
        if self.is_whole { self.first == date } else { same_month }
    }
}

/// Reads `1985-03-14`, `1985/3/14`, `1985.3`, `19850314`, `198503`, the same with 年月日, with a time
/// of midnight behind it, or the number of a day by which a spreadsheet means it.
pub(super) fn read_date(cell: Cell<'_>) -> Option<WrittenDate> {
    let mut parts = [""; 3];
    let mut count = 0;
    let date = cell.text.trim().split([' ', 'T']).next().unwrap_or_default();
    for part in date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        *parts.get_mut(count)? = part;
        count += 1;
    }
    match (parts, count) {
        ([year, month, day], 3) => written(year, month, Some(day)),
        ([year, month, _], 2) if !cell.is_number => written(year, month, None),
        ([digits, ..], 1) if digits.len() == 8 => written(&digits[..4], &digits[4..6], Some(&digits[6..])),
        ([digits, ..], 1) if digits.len() == 6 => written(&digits[..4], &digits[4..], None),
        ([days, ..], _) if cell.is_number => serial_day(days),
        _ => None,
    }
}

fn written(year: &str, month: &str, day: Option<&str>) -> Option<WrittenDate> {
    let year: i16 = year.parse().ok().filter(|year| (1900..=2100).contains(year))?;
    let day_number = day.map_or(Some(1), |day| day.parse().ok())?;
    let first = Date::new(year, month.parse().ok()?, day_number).ok()?;
    Some(WrittenDate { first, is_whole: day.is_some() })
}

/// Day 1 was 1900-01-01, and 1900 was taken for a leap year.
fn serial_day(days: &str) -> Option<WrittenDate> {
    let days: i32 = days.parse().ok().filter(|days| (61..=73_050).contains(days))?;
    let first = Date::constant(1899, 12, 30).checked_add(days.days()).ok()?;
    Some(WrittenDate { first, is_whole: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str, is_number: bool) -> Option<(Date, bool)> {
        read_date(Cell { text, is_number }).map(|date| (date.first, date.is_whole))
    }

    #[test]
    fn dates_are_read_however_they_are_written() {
        let day = Some((date(1985, 3, 14), true));
        for text in ["1985-03-14", "1985/3/14", "1985.3.14", "19850314", " 1985年3月14日", "1985-03-14 00:00:00"] {
            assert_eq!(read(text, false), day, "{text}");
        }
        for text in ["1985-03", "1985.3", "198503", "1985年3月"] {
            assert_eq!(read(text, false), Some((date(1985, 3, 1), false)), "{text}");
        }
        assert_eq!(read("31120", true), day, "how a spreadsheet holds that day");
        assert_eq!(read("31120.0", true), day);
        for text in ["", "1985", "1985-13-01", "1985-02-30", "31120", "85-3-14", "三月", "1-2-3-4"] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_month_allows_each_of_its_days() {
        let month = read_date(Cell::text("1985.3")).unwrap();
        assert!(month.allows(date(1985, 3, 14)) && !month.allows(date(1985, 4, 1)));
        let day = read_date(Cell::text("1985.3.1")).unwrap();
        assert!(day.allows(date(1985, 3, 1)) && !day.allows(date(1985, 3, 14)));
    }
}
