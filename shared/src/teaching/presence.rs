//! When a learner was at a meeting: what they study in the meantime is no second hour, nor is a second meeting.

use super::{AttendanceState, RollCallEntry, counted_minutes, minutes_left};
use crate::{
    learning::{StudyInterval, outside},
    time::Timestamp,
};

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

/// A meeting at which a learner was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attended<K> {
    /// The meeting.
    pub meeting: K,
    /// Whether it was held face to face.
    pub is_face_to_face: bool,
    /// When the learner was there.
    pub stretch: StudyInterval,
}

/// Whole minutes of each of these meetings of one learner that count. Nobody is at two meetings at once: time that
/// another meeting covers counts there. Meetings face to face come first, and then what was earlier.
#[must_use]
pub fn minutes_once<K: Copy + Ord>(attended: &[Attended<K>]) -> Vec<(K, u16)> {
    let mut in_order = attended.to_vec();
    in_order.sort_unstable_by_key(|one| (!one.is_face_to_face, one.stretch.from, one.stretch.until, one.meeting));
    let mut covered: Vec<StudyInterval> = Vec::with_capacity(in_order.len());
    let count = |one: Attended<K>| {
        let left = outside(&[(one.meeting, one.stretch)], &covered);
        covered.push(one.stretch);
        (one.meeting, whole_minutes(&left))
    };
    in_order.into_iter().map(count).collect()
}

fn whole_minutes<K>(stretches: &[(K, StudyInterval)]) -> u16 {
    let ms: i64 = stretches.iter().map(|(_, stretch)| stretch.until.ms_since(stretch.from)).sum();
    u16::try_from(ms / 60_000).unwrap_or(u16::MAX)
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

    /// Meetings, each of so many minutes after the first, and whether it is face to face: the minutes of each.
    fn counted(meetings: &[(i64, i64, bool)]) -> Vec<u16> {
        let mut counted = minutes_once(&attended(meetings));
        counted.sort_unstable_by_key(|(meeting, _)| *meeting);
        counted.into_iter().map(|(_, minutes)| minutes).collect()
    }

    fn attended(meetings: &[(i64, i64, bool)]) -> Vec<Attended<usize>> {
        let minute = |minute: i64| START.plus_s(minute * 60);
        let one = |(meeting, (from, until, is_face_to_face)): (usize, &(i64, i64, bool))| {
            let stretch = StudyInterval { from: minute(*from), until: minute(*until) };
            Attended { meeting, is_face_to_face: *is_face_to_face, stretch }
        };
        meetings.iter().enumerate().map(one).collect()
    }

    #[test]
    fn two_meetings_at_the_same_time_count_once_and_face_to_face_first() {
        assert_eq!(counted(&[]), [] as [u16; 0]);
        assert_eq!(counted(&[(0, 90, true), (90, 180, true)]), [90, 90], "one after the other");
        assert_eq!(counted(&[(0, 90, true), (0, 90, true)]), [90, 0]);
        assert_eq!(counted(&[(60, 150, true), (0, 90, true)]), [60, 90], "what was earlier");
        assert_eq!(counted(&[(0, 90, false), (30, 120, true)]), [30, 90], "face to face before what was earlier");
        assert_eq!(counted(&[(0, 200, false), (30, 60, true), (90, 120, true)]), [140, 30, 30], "around both");
    }

    proptest! {
        #[test]
        fn minutes_never_exceed_the_length_of_the_union_of_the_meetings(
            meetings in prop::collection::vec((0..300_i64, 1..120_i64, any::<bool>()), 0..8),
        ) {
            let meetings: Vec<_> =
                meetings.into_iter().map(|(from, length, is_room)| (from, from + length, is_room)).collect();
            let union = |in_room: &[bool]| {
                let covers = |minute: &i64| {
                    let at = |meeting: &&(i64, i64, bool)| in_room.contains(&meeting.2);
                    meetings.iter().filter(at).any(|(from, until, _)| (*from..*until).contains(minute))
                };
                (0..420_i64).filter(covers).count()
            };
            let counted = counted(&meetings);
            let sum = |in_room: &[bool]| {
                let of_mode = counted.iter().zip(&meetings).filter(|(_, meeting)| in_room.contains(&meeting.2));
                of_mode.map(|(minutes, _)| usize::from(*minutes)).sum::<usize>()
            };
            prop_assert_eq!(sum(&[true, false]), union(&[true, false]), "all of it, once");
            prop_assert_eq!(sum(&[true]), union(&[true]), "no lesson online takes from one face to face");
            for (minutes, (from, until, _)) in counted.iter().zip(&meetings) {
                prop_assert!(i64::from(*minutes) <= until - from);
            }
        }

        #[test]
        fn nobody_is_there_outside_of_the_meeting(state in 0..4_usize, minutes in prop::option::of(0..200_u16)) {
            if let Some((from, until)) = there(AttendanceState::ALL[state], minutes) {
                prop_assert!(0 <= from && from < until && until <= 90);
            }
        }
    }
}
