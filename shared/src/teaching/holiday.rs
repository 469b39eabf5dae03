//! Days that are no ordinary ones, and what they mean for lessons.

use crate::rights::text_enum;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What the State Council's list, or the province, says of a day.
    HolidayKind {
        /// 放假: nobody works.
        Off = "off",
        /// 调休上班: a Saturday or Sunday that is worked.
        Worked = "worked",
        /// An ordinary day again: the entry was a mistake.
        Usual = "usual",
    }
}

/// Body of `PUT /holidays/{date}`, for the province alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidayEntry {
    /// What it is.
    pub kind: HolidayKind,
    /// What it is called.
    pub name: String,
}

/// One day of `GET /holidays?year=2026`, ascending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub day: Date,
    /// What it is.
    pub kind: HolidayKind,
    /// What it is called.
    pub name: String,
}

/// What is said of a day that is no ordinary one: a day off, or a Saturday or Sunday that is worked. Whoever plans a
/// lesson for it is told so.
#[must_use]
pub fn said_of(day: Date, holidays: &[Holiday]) -> Option<&Holiday> {
    holidays.iter().find(|holiday| holiday.day == day && holiday.kind != HolidayKind::Usual)
}

/// Whether offices work on a day: from Monday to Friday, unless something else is said of it.
#[must_use]
pub fn is_working_day(day: Date, holidays: &[Holiday]) -> bool {
    match said_of(day, holidays) {
        Some(said) => said.kind == HolidayKind::Worked,
        None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
    }
}

/// The nth working day after a day, which itself does not count.
#[must_use]
pub fn working_day_after(day: Date, nth: u32, holidays: &[Holiday]) -> Date {
    let later = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
    let mut worked = later.filter(|day| is_working_day(*day, holidays));
    nth.checked_sub(1).and_then(|before| worked.nth(before as usize)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn of_days_off_and_worked_weekend_days_is_told_and_of_no_others() {
        let said = |day, kind| Holiday { day, kind, name: "国庆节".to_owned() };
        let all = [
            said(date(2026, 10, 1), HolidayKind::Off),
            said(date(2026, 10, 10), HolidayKind::Worked),
            said(date(2026, 10, 17), HolidayKind::Usual),
        ];
        let kind = |day| said_of(day, &all).map(|holiday| holiday.kind);
        assert_eq!(kind(date(2026, 10, 1)), Some(HolidayKind::Off));
        assert_eq!(kind(date(2026, 10, 10)), Some(HolidayKind::Worked));
        assert_eq!((kind(date(2026, 10, 17)), kind(date(2026, 10, 2))), (None, None));
    }

    #[test]
    fn offices_work_from_monday_to_friday_unless_something_else_is_said() {
        let said = |day, kind| Holiday { day, kind, name: "国庆节".to_owned() };
        let all = [said(date(2026, 10, 1), HolidayKind::Off), said(date(2026, 10, 10), HolidayKind::Worked)];
        // A Thursday, a Friday, a Saturday that is worked, and a Sunday.
        let days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 10), date(2026, 10, 11)];
        assert_eq!(days.map(|day| is_working_day(day, &all)), [false, true, true, false]);
        assert_eq!(working_day_after(date(2026, 9, 30), 1, &all), date(2026, 10, 2));
        assert_eq!(working_day_after(date(2026, 9, 30), 0, &all), date(2026, 9, 30));
        assert_eq!(working_day_after(date(2026, 10, 9), 1, &all), date(2026, 10, 10));
    }
}
