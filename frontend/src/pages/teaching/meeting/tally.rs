//! What the roll says: the server's entries and those of this device, joined.

use shared::{
    device_log::merge,
    ids::AccountId,
    teaching::{AttendanceState, RollCallEntry, RollRow, roll},
};
use std::collections::BTreeMap;

/// What a teacher answers to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// 到.
    Present,
    /// 迟到.
    Late,
    /// 早退: there, but not until the end.
    LeftEarly,
    /// 请假.
    Leave,
    /// 缺勤.
    Absent,
}

impl Answer {
    /// Every answer, in the order of the buttons.
    pub(super) const ALL: [Self; 5] = [Self::Present, Self::Late, Self::LeftEarly, Self::Leave, Self::Absent];

    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::LeftEarly => "early",
            Self::Leave => "leave",
            Self::Absent => "absent",
        }
    }

    /// The state that is noted for it.
    pub(super) const fn state(self) -> AttendanceState {
        match self {
            Self::Present | Self::LeftEarly => AttendanceState::Present,
            Self::Late => AttendanceState::Late,
            Self::Leave => AttendanceState::Leave,
            Self::Absent => AttendanceState::Absent,
        }
    }

    /// What an entry of a lesson of so many minutes answers.
    pub(super) fn of(entry: &RollCallEntry, planned_min: u16) -> Self {
        match entry.state {
            AttendanceState::Present if entry.minutes.is_some_and(|minutes| minutes < planned_min) => Self::LeftEarly,
            AttendanceState::Present => Self::Present,
            AttendanceState::Late => Self::Late,
            AttendanceState::Leave => Self::Leave,
            AttendanceState::Absent => Self::Absent,
        }
    }
}

/// The answer that counts for each learner who has one.
pub(super) fn answers(rows: &[RollRow], waiting: &[RollCallEntry], planned_min: u16) -> BTreeMap<AccountId, Answer> {
    let known: Vec<_> = rows.iter().flat_map(|row| row.entries.iter().cloned()).collect();
    let all = merge(&known, waiting);
    roll(&all).into_iter().map(|(learner, entry)| (learner, Answer::of(entry, planned_min))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{MeetingId, RollCallEntryId},
        teaching::RollCallMethod,
        time::Timestamp,
    };
    use uuid::Uuid;

    const LEARNER: AccountId = AccountId(Uuid::from_u128(7));

    fn entry(id: u128, at: i64, state: AttendanceState, minutes: Option<u16>) -> RollCallEntry {
        RollCallEntry {
            id: RollCallEntryId(Uuid::from_u128(id)),
            meeting_id: MeetingId(Uuid::nil()),
            learner: LEARNER,
            state,
            minutes,
            noted_at: Timestamp(at),
            noted_by: AccountId(Uuid::nil()),
            method: RollCallMethod::RollCall,
            reason: String::new(),
        }
    }

    fn row(entries: Vec<RollCallEntry>) -> RollRow {
        let display_name = String::new();
        RollRow { account_id: LEARNER, display_name, state: None, method: None, minutes: 0, entries }
    }

    #[test]
    fn what_this_device_noted_later_counts_before_the_server_has_it() {
        let rows = [row(vec![entry(1, 10, AttendanceState::Absent, None)])];
        let waiting = [entry(2, 20, AttendanceState::Late, Some(70))];
        assert_eq!(answers(&rows, &waiting, 90).get(&LEARNER), Some(&Answer::Late));
        assert_eq!(answers(&rows, &[], 90).get(&LEARNER), Some(&Answer::Absent));
        assert_eq!(answers(&[row(Vec::new())], &[], 90).get(&LEARNER), None);
    }

    #[test]
    fn who_was_there_for_a_part_left_early() {
        let of = |minutes| Answer::of(&entry(1, 0, AttendanceState::Present, minutes), 90);
        assert_eq!((of(None), of(Some(90)), of(Some(40))), (Answer::Present, Answer::Present, Answer::LeftEarly));
        assert!(Answer::ALL.iter().all(|answer| !answer.class().is_empty()));
    }
}
