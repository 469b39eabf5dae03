//! When a learner was at a meeting: what they study in the meantime is no second hour.

use super::{AttendanceState, RollCallEntry, counted_minutes, minutes_left};
use crate::{learning::StudyInterval, time::Timestamp};

/// The stretch of a meeting from `starts_at` to `ends_at` for which an entry counts; `None` if nothing of it does.
/// Who came late was there at its end, anybody else from its start.
#[must_use]
pub fn presence(starts_at: Timestamp, ends_at: Timestamp, entry: &RollCallEntry) -> Option<StudyInterval> {
    let minutes = counted_minutes(minutes_left(starts_at, ends_at, starts_at), entry);
    let length_s = i64::from(minutes) * 60;
    let stretch = match entry.state {
        AttendanceState::Late => StudyInterval { from: ends_at.plus_s(-length_s), until: ends_at },
        _ => StudyInterval { from: starts_at, until: starts_at.plus_s(length_s) },
    };
    (minutes > 0).then_some(stretch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{AccountId, MeetingId, RollCallEntryId},
        teaching::RollCallMethod,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    const START: Timestamp = Timestamp(0);
    const END: Timestamp = Timestamp(90 * 60_000);

    fn there(state: AttendanceState, minutes: Option<u16>) -> Option<(i64, i64)> {
        let entry = RollCallEntry {
            id: RollCallEntryId(Uuid::nil()),
            meeting_id: MeetingId(Uuid::nil()),
            learner: AccountId(Uuid::nil()),
            state,
            minutes,
            noted_at: START,
            noted_by: AccountId(Uuid::nil()),
            method: RollCallMethod::RollCall,
            reason: String::new(),
        };
        let stretch = presence(START, END, &entry)?;
        Some((stretch.from.0 / 60_000, stretch.until.0 / 60_000))
    }

    #[test]
    fn who_comes_late_is_there_at_the_end_and_who_leaves_early_at_the_start() {
        assert_eq!(there(AttendanceState::Present, None), Some((0, 90)));
        assert_eq!(there(AttendanceState::Present, Some(50)), Some((0, 50)));
        assert_eq!(there(AttendanceState::Late, Some(80)), Some((10, 90)));
        assert_eq!(there(AttendanceState::Late, Some(0)), None);
        assert_eq!(there(AttendanceState::Leave, Some(90)), None);
        assert_eq!(there(AttendanceState::Absent, None), None);
    }

    proptest! {
        #[test]
        fn nobody_is_there_outside_of_the_meeting(state in 0..4_usize, minutes in prop::option::of(0..200_u16)) {
            if let Some((from, until)) = there(AttendanceState::ALL[state], minutes) {
                prop_assert!(0 <= from && from < until && until <= 90);
            }
        }
    }
}
