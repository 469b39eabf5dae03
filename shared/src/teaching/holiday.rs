//! Days that are no ordinary ones, and what they mean for lessons.

use crate::rights::text_enum;
use jiff::civil::Date;
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
}
