//! Attendance: who came, how late, and what counts of it (DOMAIN §8).

use crate::{
    device_log::{LogEntry, latest},
    ids::{AccountId, MeetingId, RollCallEntryId},
    learning::AttendanceRule,
    person::mask_numbers,
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text_enum! {
    /// Whether somebody was there.
    AttendanceState {
        /// 到.
        Present = "present",
        /// 迟到.
        Late = "late",
        /// 请假.
        Leave = "leave",
        /// 缺勤.
        Absent = "absent",
    }
}

text_enum! {
    /// How presence was established.
    RollCallMethod {
        /// By the code on the screen.
        Code = "code",
        /// The teacher called the roll.
        RollCall = "roll_call",
        /// From a signed sheet, entered later.
        Paper = "paper",
    }
}

/// One entry of a roll-call, kept on the teacher's phone until there is a network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RollCallEntry {
    /// Made on the device.
    pub id: RollCallEntryId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Whose presence it is.
    pub learner: AccountId,
    /// What was seen.
    pub state: AttendanceState,
    /// Minutes of the meeting that the learner was there, if not all of it; of somebody absent, none.
    pub minutes: Option<u16>,
    /// When it was noted, by the device's clock.
    pub noted_at: Timestamp,
    /// Who noted it: the teacher, or the learner by the code.
    pub noted_by: AccountId,
    /// How.
    pub method: RollCallMethod,
    /// Why it was noted later or changed; may be empty during the meeting.
    pub reason: String,
}

impl LogEntry for RollCallEntry {
    type Id = RollCallEntryId;

    fn id(&self) -> RollCallEntryId {
        self.id
    }

    fn at(&self) -> Timestamp {
        self.noted_at
    }
}

/// Characters of a reason.
pub const MAX_REASON_CHARS: usize = 300;
/// How long after the end an entry needs no reason, in minutes.
pub const LATE_ENTRY_MIN: i64 = 30;
/// How long before the start one may be on the roll, in minutes. A leave is noted at any time.
pub const EARLY_ENTRY_MIN: i64 = 30;

/// Whether the roll of a meeting that begins at `starts_at` is not called yet at `now`.
#[must_use]
pub fn is_before_roll(starts_at: Timestamp, now: Timestamp) -> bool {
    now.plus_s(EARLY_ENTRY_MIN * 60) < starts_at
}

impl RollCallEntry {
    /// The same, with every number masked that somebody wrote into it.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.reason = mask_numbers(&self.reason);
        self
    }

    /// Everything that is wrong with an entry for a meeting from `starts_at` to `ends_at`, and which reached
    /// the server at `now`.
    #[must_use]
    pub fn check(&self, starts_at: Timestamp, ends_at: Timestamp, now: Timestamp) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.is_ahead(now) {
            errors.push(FieldError::new("/noted_at", "date-in-future"));
        }
        if self.state != AttendanceState::Leave && is_before_roll(starts_at, self.noted_at) {
            errors.push(FieldError::new("/noted_at", "before-roll"));
        }
        let is_late_entry = self.noted_at > ends_at.plus_s(LATE_ENTRY_MIN * 60);
        if is_late_entry && self.reason.trim().is_empty() {
            errors.push(FieldError::new("/reason", "required"));
        }
        if self.reason.chars().count() > MAX_REASON_CHARS {
            errors.push(FieldError::new("/reason", "too-long"));
        }
        errors
    }
}

/// What somebody who arrives at `arrived_at` is at a meeting that began at `starts_at`. Who comes
/// before the start, or at it, is there in time.
#[must_use]
pub const fn judge_arrival(starts_at: Timestamp, arrived_at: Timestamp, rule: &AttendanceRule) -> AttendanceState {
    let late_ms = arrived_at.ms_since(starts_at);
    if late_ms <= 0 {
        AttendanceState::Present
    } else if late_ms <= rule.late_min as i64 * 60_000 {
        AttendanceState::Late
    } else {
        AttendanceState::Absent
    }
}

/// Whole minutes of a meeting that are left for somebody who arrives at `arrived_at`.
#[must_use]
pub fn minutes_left(starts_at: Timestamp, ends_at: Timestamp, arrived_at: Timestamp) -> u16 {
    let left_ms = ends_at.ms_since(arrived_at.max(starts_at)).max(0);
    u16::try_from(left_ms / 60_000).unwrap_or(u16::MAX)
}

/// For each learner of one meeting the entry that counts: the latest.
#[must_use]
pub fn roll(entries: &[RollCallEntry]) -> BTreeMap<AccountId, &RollCallEntry> {
    let mut by_learner: BTreeMap<AccountId, Vec<&RollCallEntry>> = BTreeMap::new();
    for entry in entries {
        by_learner.entry(entry.learner).or_default().push(entry);
    }
    by_learner.into_iter().filter_map(|(learner, entries)| Some((learner, latest(entries)?))).collect()
}

/// Minutes of a meeting of `planned_min` minutes that count: what the learner was there, but never more
/// than was planned.
#[must_use]
pub fn counted_minutes(planned_min: u16, entry: &RollCallEntry) -> u16 {
    match entry.state {
        AttendanceState::Present | AttendanceState::Late => entry.minutes.unwrap_or(planned_min).min(planned_min),
        AttendanceState::Leave | AttendanceState::Absent => 0,
    }
}

/// Whole class hours in so many minutes. Minutes are added up first and divided once: 45 meetings with
/// a minute too much are an hour more.
#[must_use]
pub fn class_hours(minutes: u32, class_hour_min: u16) -> u32 {
    minutes / u32::from(class_hour_min.max(1))
}

/// Minutes of meetings that count, of classes that may keep different rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedMinutes {
    /// By the minutes of a class hour.
    by_length: BTreeMap<u16, u32>,
}

impl CountedMinutes {
    /// Counts minutes of a meeting by the rule of its class.
    pub fn count(&mut self, minutes: u16, rule: &AttendanceRule) {
        *self.by_length.entry(rule.class_hour_min).or_default() += u32::from(minutes);
    }

    /// All of them.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.by_length.values().sum()
    }

    /// The class hours in them: what one rule counts is added up before it is divided.
    #[must_use]
    pub fn class_hours(&self) -> u32 {
        self.by_length.iter().map(|(length, minutes)| class_hours(*minutes, *length)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device_log::{is_only_ahead, merge};
    use proptest::prelude::*;
    use uuid::Uuid;

    const RULE: AttendanceRule = AttendanceRule::zhejiang_2022();

    fn entry(id: u128, learner: u128, noted_at: i64, state: AttendanceState, minutes: Option<u16>) -> RollCallEntry {
        RollCallEntry {
            id: RollCallEntryId(Uuid::from_u128(id)),
            meeting_id: MeetingId(Uuid::nil()),
            learner: AccountId(Uuid::from_u128(learner)),
            state,
            minutes,
            noted_at: Timestamp(noted_at),
            noted_by: AccountId(Uuid::nil()),
            method: RollCallMethod::RollCall,
            reason: String::new(),
        }
    }

    #[test]
    fn no_whole_number_is_kept_in_a_reason() {
        let noted = RollCallEntry {
            reason: "补录，电话19900009137".to_owned(),
            ..entry(1, 1, 0, AttendanceState::Late, None)
        };
        let masked = noted.clone().masked();
        assert_eq!(masked.reason, "补录，电话19*******37");
        assert_eq!(RollCallEntry { reason: noted.reason.clone(), ..masked }, noted, "nothing else is changed");
    }

    #[test]
    fn fifteen_minutes_are_late_and_a_moment_more_is_absent() {
        let at = |ms| judge_arrival(Timestamp(0), Timestamp(ms), &RULE);
        assert_eq!(
            (at(-60_000), at(0), at(1)),
            (AttendanceState::Present, AttendanceState::Present, AttendanceState::Late)
        );
        assert_eq!((at(900_000), at(900_001)), (AttendanceState::Late, AttendanceState::Absent));
    }

    #[test]
    fn who_comes_early_gets_the_whole_meeting_and_who_comes_after_it_nothing() {
        let left = |arrived| minutes_left(Timestamp(0), Timestamp(5_400_000), Timestamp(arrived));
        assert_eq!((left(-600_000), left(0), left(600_000), left(600_001)), (90, 90, 80, 79));
        assert_eq!((left(5_400_000), left(9_999_999)), (0, 0));
    }

    #[test]
    fn what_counts_is_what_one_was_there_but_never_more_than_planned() {
        let minutes = |state, minutes| counted_minutes(90, &entry(1, 1, 0, state, minutes));
        assert_eq!(minutes(AttendanceState::Present, None), 90);
        assert_eq!(minutes(AttendanceState::Present, Some(120)), 90);
        assert_eq!(minutes(AttendanceState::Late, Some(80)), 80);
        assert_eq!(minutes(AttendanceState::Leave, Some(90)), 0);
        assert_eq!(minutes(AttendanceState::Absent, Some(90)), 0);
    }

    #[test]
    fn minutes_are_added_up_before_they_are_divided() {
        assert_eq!((class_hours(44, 45), class_hours(45, 45), class_hours(80 + 80, 45)), (0, 1, 3));
        assert_eq!((class_hours(160, 40), class_hours(7, 0)), (4, 7));
    }

    #[test]
    fn each_rule_counts_its_own_minutes() {
        let forty = AttendanceRule { class_hour_min: 40, ..RULE };
        let mut counted = CountedMinutes::default();
        assert_eq!((counted.minutes(), counted.class_hours()), (0, 0));
        for (minutes, rule) in [(44, &RULE), (39, &forty), (46, &RULE), (1, &forty)] {
            counted.count(minutes, rule);
        }
        assert_eq!((counted.minutes(), counted.class_hours()), (130, 3));
    }

    #[test]
    fn a_later_entry_corrects_an_earlier_one() {
        let entries = [
            entry(2, 1, 20, AttendanceState::Present, None),
            entry(1, 1, 10, AttendanceState::Absent, None),
            entry(3, 2, 10, AttendanceState::Leave, None),
        ];
        let states: Vec<_> = roll(&entries).values().map(|entry| entry.state).collect();
        assert_eq!(states, [AttendanceState::Present, AttendanceState::Leave]);
    }

    #[test]
    fn what_is_entered_long_after_needs_a_reason() {
        let (start, end, now) = (Timestamp(-5_400_000), Timestamp(0), Timestamp(1_800_001));
        assert_eq!(entry(1, 1, 30 * 60_000, AttendanceState::Present, None).check(start, end, now), []);
        let late = entry(1, 1, 30 * 60_000 + 1, AttendanceState::Present, None);
        assert_eq!(late.check(start, end, now), [FieldError::new("/reason", "required")]);
        let ahead = late.check(start, Timestamp(1_800_000), Timestamp(0));
        assert!(is_only_ahead(&ahead), "by the rule of devices whose clock is fast");
        assert_eq!(ahead, [FieldError::new("/noted_at", "date-in-future")]);
        assert_eq!(RollCallEntry { reason: "手机没电".to_owned(), ..late.clone() }.check(start, end, now), []);
    }

    #[test]
    fn nobody_is_present_before_the_roll_is_called() {
        let (start, end) = (Timestamp(1_800_001), Timestamp(7_200_001));
        let wrong = |at, state| entry(1, 1, at, state, None).check(start, end, Timestamp(7_200_000));
        assert_eq!(wrong(0, AttendanceState::Present), [FieldError::new("/noted_at", "before-roll")]);
        assert_eq!(wrong(0, AttendanceState::Absent), [FieldError::new("/noted_at", "before-roll")]);
        assert_eq!(wrong(0, AttendanceState::Leave), [], "who says before that they do not come");
        assert_eq!(wrong(1, AttendanceState::Present), []);
    }

    fn entries() -> impl Strategy<Value = Vec<RollCallEntry>> {
        let one = (0..20_u128, 0..3_u128, 0..9_i64, 0..4_usize, prop::option::of(0..200_u16));
        let entry = one
            .prop_map(|(id, learner, at, state, minutes)| entry(id, learner, at, AttendanceState::ALL[state], minutes));
        prop::collection::vec(entry, 0..12)
    }

    proptest! {
        #[test]
        fn two_phones_give_one_roll_whichever_comes_first(one in entries(), two in entries()) {
            let (here, there) = (merge(&one, &two), merge(&two, &one));
            prop_assert_eq!(roll(&here), roll(&there));
        }

        #[test]
        fn nobody_gets_more_than_was_planned(entries in entries(), planned in 0..300_u16) {
            for entry in &entries {
                prop_assert!(counted_minutes(planned, entry) <= planned);
            }
        }

        #[test]
        fn who_comes_later_is_never_better_off(first in 0..2_000_000_i64, more in 0..2_000_000_i64) {
            let at = |ms| judge_arrival(Timestamp(0), Timestamp(ms), &RULE) as u8;
            let worst = |state: u8| if state == AttendanceState::Absent as u8 { 2 } else { state };
            prop_assert!(worst(at(first)) <= worst(at(first + more)));
        }
    }
}
