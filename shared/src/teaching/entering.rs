//! What a school enters of a timetable: one meeting, or the same each week but on holidays.

use super::{Clashes, Holiday, HolidayKind, MeetingEntry, MeetingSeries, SeriesDay};
use crate::{
    problem::{FieldError, ProblemCode, Refusal},
    time::Timestamp,
};
use jiff::{ToSpan, civil::Date};

/// Characters of a topic.
pub const MAX_TOPIC_CHARS: usize = 120;
/// Characters of a reason for a change.
pub const MAX_CHANGE_CHARS: usize = 200;
/// Days from the first meeting of a series to its last.
pub const MAX_SERIES_DAYS: i32 = 366;

/// Why a timetable stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimetableRefusal {
    /// Something is needed twice.
    #[error("{} clashes", .0.clashes.len())]
    Clash(Clashes),
    /// The meeting was cancelled.
    #[error("the meeting was cancelled")]
    Cancelled,
}

impl Refusal for TimetableRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Clash(_) => ProblemCode::TimetableClash,
            Self::Cancelled => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Clash(_) => "timetable-clash",
            Self::Cancelled => "wrong-state.meeting-cancelled",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Clash(clashes) => serde_json::to_value(clashes).unwrap_or_default(),
            Self::Cancelled => serde_json::Value::Null,
        }
    }
}

/// Everything that is wrong with when a meeting is: it ends after it begins, on the same day in China.
#[must_use]
pub fn check_times(starts_at: Timestamp, ends_at: Timestamp) -> Vec<FieldError> {
    if ends_at <= starts_at {
        return vec![FieldError::new("/ends_at", "before-start")];
    }
    // A meeting that ends at midnight ends on its day.
    let last = ends_at.plus_ms(-1);
    if last.date_in_china() == starts_at.date_in_china() {
        Vec::new()
    } else {
        vec![FieldError::new("/ends_at", "other-day")]
    }
}

impl MeetingEntry {
    /// Everything that is wrong with an entry, by itself.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = check_times(self.starts_at, self.ends_at);
        if self.topic.chars().count() > MAX_TOPIC_CHARS {
            errors.push(FieldError::new("/topic", "too-long"));
        }
        errors
    }
}

impl MeetingSeries {
    /// Everything that is wrong with a series, by itself.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = self.first.check();
        for error in &mut errors {
            error.pointer.insert_str(0, "/first");
        }
        let first = self.first.starts_at.date_in_china();
        match first.until(self.until).map(|span| span.get_days()) {
            Ok(days) if days < 0 => errors.push(FieldError::new("/until", "before-start")),
            Ok(0..=MAX_SERIES_DAYS) => {}
            _ => errors.push(FieldError::new("/until", "out-of-range")),
        }
        if self.weekdays.len() > SeriesDay::ALL.len() {
            errors.push(FieldError::new("/weekdays", "too-long"));
        }
        errors
    }

    /// The meetings of the series, and the days that are left out for what is said of them. China has no
    /// summer time, so a day is always as long.
    #[must_use]
    pub fn meetings(&self, holidays: &[Holiday]) -> (Vec<MeetingEntry>, Vec<Holiday>) {
        let (mut meetings, mut skipped) = (Vec::new(), Vec::new());
        let first = self.first.starts_at.date_in_china();
        let days = first.series(1.day()).take_while(|day| *day <= self.until);
        for (later, day) in (0..).zip(days).filter(|(_, day)| self.meets_on(*day)) {
            let said = holidays.iter().find(|holiday| holiday.day == day && self.leaves_out(holiday.kind));
            match said {
                Some(holiday) => skipped.push(holiday.clone()),
                None => meetings.push(self.after_days(later)),
            }
        }
        (meetings, skipped)
    }

    fn meets_on(&self, day: Date) -> bool {
        match self.weekdays.as_slice() {
            [] => day.weekday() == self.first.starts_at.date_in_china().weekday(),
            days => days.iter().any(|of| of.weekday() == day.weekday()),
        }
    }

    const fn leaves_out(&self, kind: HolidayKind) -> bool {
        match kind {
            HolidayKind::Off => true,
            HolidayKind::Worked => !self.meets_on_worked_days,
            HolidayKind::Usual => false,
        }
    }

    fn after_days(&self, days: i64) -> MeetingEntry {
        let later = |at: Timestamp| at.plus_s(days * 86_400);
        let (starts_at, ends_at) = (later(self.first.starts_at), later(self.first.ends_at));
        MeetingEntry { starts_at, ends_at, ..self.first.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::CourseId, problem::has_texts, teaching::SeriesTemplate};
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Saturday 2026-09-19, 19:00 in China.
    const SATURDAY: Timestamp = Timestamp(1_789_815_600_000);

    fn series(until: Date) -> MeetingSeries {
        let first = MeetingEntry {
            course_id: CourseId(Uuid::nil()),
            topic: String::new(),
            teacher_id: None,
            room_id: None,
            mode: None,
            starts_at: SATURDAY,
            ends_at: SATURDAY.plus_s(5_400),
        };
        MeetingSeries { first, until, weekdays: Vec::new(), meets_on_worked_days: false }
    }

    fn said(day: Date, kind: HolidayKind) -> Holiday {
        Holiday { day, kind, name: "国庆节".to_owned() }
    }

    fn days(meetings: &[MeetingEntry]) -> Vec<Date> {
        meetings.iter().map(|meeting| meeting.starts_at.date_in_china()).collect()
    }

    #[test]
    fn a_series_meets_on_each_of_its_days() {
        let weekend = MeetingSeries { weekdays: SeriesTemplate::Weekend.days().to_vec(), ..series(date(2026, 9, 27)) };
        let (meetings, _) = weekend.meetings(&[]);
        let expected = [date(2026, 9, 19), date(2026, 9, 20), date(2026, 9, 26), date(2026, 9, 27)];
        assert_eq!(days(&meetings), expected);
        let evenings = MeetingSeries { weekdays: SeriesTemplate::Evening.days().to_vec(), ..weekend };
        let (meetings, _) = evenings.meetings(&[]);
        assert_eq!(days(&meetings), [date(2026, 9, 21), date(2026, 9, 23), date(2026, 9, 25)]);
        assert!(meetings.iter().all(|one| one.starts_at.in_china().time() == SATURDAY.in_china().time()));
    }

    #[test]
    fn a_series_leaves_out_days_off_and_worked_weekend_days() {
        let said = [
            said(date(2026, 9, 26), HolidayKind::Off),
            said(date(2026, 10, 3), HolidayKind::Off),
            said(date(2026, 10, 10), HolidayKind::Worked),
            said(date(2026, 10, 17), HolidayKind::Usual),
            said(date(2026, 10, 18), HolidayKind::Off),
        ];
        let series = series(date(2026, 10, 24));
        let (meetings, skipped) = series.meetings(&said);
        assert_eq!(days(&meetings), [date(2026, 9, 19), date(2026, 10, 17), date(2026, 10, 24)]);
        assert_eq!(skipped, said[..3]);
        let (meetings, skipped) = MeetingSeries { meets_on_worked_days: true, ..series }.meetings(&said);
        assert_eq!((meetings.len(), skipped.len()), (4, 2));
    }

    #[test]
    fn times_are_checked_by_the_day_in_china() {
        let check = |starts: i64, minutes: i64| {
            let starts_at = SATURDAY.plus_s(starts);
            let errors = check_times(starts_at, starts_at.plus_s(minutes * 60));
            errors.first().map(|error| error.code.clone())
        };
        assert_eq!(check(0, 300), None, "until midnight");
        assert_eq!(check(0, 301).as_deref(), Some("other-day"));
        assert_eq!((check(0, 0).as_deref(), check(0, -1).as_deref()), (Some("before-start"), Some("before-start")));
        assert_eq!(check(-13 * 3_600, 120), None, "a morning that is yesterday in UTC");
    }

    #[test]
    fn a_series_is_checked_before_it_is_sent() {
        let codes = |series: MeetingSeries| {
            series.check().into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
        };
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(codes(series(date(2026, 9, 19))), []);
        assert_eq!(codes(series(date(2027, 9, 20))), []);
        assert_eq!(codes(series(date(2026, 9, 18))), one("/until", "before-start"));
        assert_eq!(codes(series(date(2027, 9, 21))), one("/until", "out-of-range"));
        let mut long = series(date(2026, 9, 19));
        long.first.topic = "长".repeat(MAX_TOPIC_CHARS + 1);
        assert_eq!(codes(long), one("/first/topic", "too-long"));
    }

    #[test]
    fn every_refusal_has_its_text() {
        for refusal in [TimetableRefusal::Clash(Clashes { clashes: Vec::new() }), TimetableRefusal::Cancelled] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn every_week_is_met_or_left_out(weeks in 0..50_i32, off in prop::collection::vec(0..60_i32, 0..20)) {
            let first = date(2026, 9, 19);
            let day = |week: i32| first.checked_add((week * 7).days()).unwrap();
            let said: Vec<_> = off.iter().map(|week| said(day(*week), HolidayKind::Off)).collect();
            let (meetings, skipped) = series(day(weeks)).meetings(&said);
            prop_assert_eq!(meetings.len() + skipped.len(), usize::try_from(weeks).unwrap() + 1);
            for meeting in &meetings {
                prop_assert_eq!(meeting.starts_at.in_china().time(), SATURDAY.in_china().time());
                prop_assert!(said.iter().all(|said| said.day != meeting.starts_at.date_in_china()));
            }
        }
    }
}
