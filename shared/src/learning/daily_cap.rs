//! Dated rule rows of how much study of one day counts (DOMAIN §4.7), and how near a learner is to it.

use crate::organisation::DivisionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row: how much of what is studied online counts a day in the classes of one region from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyCap {
    /// Where it holds.
    pub region: DivisionCode,
    /// The first day on which it holds.
    pub valid_from: Date,
    /// Minutes that count at most.
    pub minutes: u16,
}

impl DailyCap {
    /// 330000, from 2022-01-01: 8 hours (DOMAIN §4.7).
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        Self { region: DivisionCode::ZHEJIANG, valid_from: Date::constant(2022, 1, 1), minutes: 480 }
    }

    /// The same in milliseconds.
    #[must_use]
    pub fn ms(&self) -> i64 {
        i64::from(self.minutes) * 60_000
    }
}

/// The row that holds at `place` on `day`: of those whose region contains the place and whose day has come, that of
/// the smallest region; of two of one region, the newest.
#[must_use]
pub fn daily_cap_for(caps: &[DailyCap], place: DivisionCode, day: Date) -> Option<&DailyCap> {
    let holds = |cap: &&DailyCap| cap.valid_from <= day && cap.region.contains(&place);
    caps.iter().filter(holds).max_by_key(|cap| (cap.region.level(), cap.valid_from))
}

/// What counts of a learner's study today, of all their courses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudyToday {
    /// Minutes that count so far.
    pub counted_minutes: u16,
    /// Minutes that count at most.
    pub cap_minutes: u16,
}

impl StudyToday {
    /// Whether the learner should know of the limit: an eighth of it or less is left.
    #[must_use]
    pub fn is_near(&self) -> bool {
        u32::from(self.counted_minutes) * 8 >= u32::from(self.cap_minutes) * 7
    }

    /// Whether nothing more counts today.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.counted_minutes >= self.cap_minutes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_smallest_region_holds_and_its_newest_row_whose_day_has_come() {
        let code = |text| DivisionCode::parse(text).unwrap();
        let old = DailyCap::zhejiang_2022();
        let new = DailyCap { valid_from: date(2027, 1, 1), minutes: 360, ..old };
        let city = DailyCap { region: code("3305"), minutes: 240, ..old };
        let caps = [new, city, old];
        let at = |place, day| daily_cap_for(&caps, code(place), day).map(|cap| cap.minutes);
        assert_eq!(at("330106", date(2026, 12, 31)), Some(480));
        assert_eq!(at("330106", date(2027, 1, 1)), Some(360));
        assert_eq!(at("330502", date(2027, 1, 1)), Some(240), "the city's, however old");
        assert_eq!(at("330106", date(2021, 12, 31)), None);
    }

    #[test]
    fn the_last_eighth_of_a_day_is_near_its_end() {
        let after = |counted_minutes| StudyToday { counted_minutes, cap_minutes: 480 };
        assert_eq!([419, 420, 480].map(|minutes| after(minutes).is_near()), [false, true, true]);
        assert_eq!([479, 480].map(|minutes| after(minutes).is_full()), [false, true]);
    }
}
