//! Timetables: who or what is needed at two places at once.

use crate::{
    ids::{AccountId, ClassId, MeetingId, RoomId},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One meeting of a class. It takes the time from its start up to its end, the end left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// The class.
    pub class_id: ClassId,
    /// Who teaches, if that is settled.
    pub teacher: Option<AccountId>,
    /// Where, unless it is online.
    pub room: Option<RoomId>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

text_enum! {
    /// What is needed twice.
    ClashKind {
        /// One teacher.
        Teacher = "teacher",
        /// One room.
        Room = "room",
        /// One class.
        Class = "class",
    }
}

/// Two meetings that cannot both be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clash {
    /// What is needed twice.
    pub kind: ClashKind,
    /// The meeting with the smaller id.
    pub one: MeetingId,
    /// The other.
    pub other: MeetingId,
}

/// Every clash among the meetings, ascending, each once.
#[must_use]
pub fn clashes(meetings: &[ClassMeeting]) -> Vec<Clash> {
    let mut needed: BTreeMap<(ClashKind, uuid::Uuid), Vec<&ClassMeeting>> = BTreeMap::new();
    for meeting in meetings.iter().filter(|meeting| meeting.starts_at < meeting.ends_at) {
        let class = Some((ClashKind::Class, meeting.class_id.0));
        let teacher = meeting.teacher.map(|teacher| (ClashKind::Teacher, teacher.0));
        let room = meeting.room.map(|room| (ClashKind::Room, room.0));
        for key in [class, teacher, room].into_iter().flatten() {
            needed.entry(key).or_default().push(meeting);
        }
    }
    let mut found = Vec::new();
    for ((kind, _), mut meetings) in needed {
        meetings.sort_unstable_by_key(|meeting| meeting.starts_at);
        for (at, first) in meetings.iter().enumerate() {
            let overlapping = meetings[at + 1..].iter().take_while(|next| next.starts_at < first.ends_at);
            found.extend(overlapping.map(|next| Clash {
                kind,
                one: first.id.min(next.id),
                other: first.id.max(next.id),
            }));
        }
    }
    found.sort_unstable();
    found
}

/// The clashes that `planned` would bring. A meeting that is planned anew takes its own old place.
#[must_use]
pub fn clashes_of(planned: &[ClassMeeting], existing: &[ClassMeeting]) -> Vec<Clash> {
    let is_planned = |id: MeetingId| planned.iter().any(|meeting| meeting.id == id);
    let others = existing.iter().filter(|meeting| !is_planned(meeting.id));
    let all: Vec<ClassMeeting> = planned.iter().chain(others).copied().collect();
    clashes(&all).into_iter().filter(|clash| is_planned(clash.one) || is_planned(clash.other)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Id, class, teacher, room, start, end; 0 is nobody and nowhere.
    type Plan = (u128, u128, u128, u128, i64, i64);

    fn meeting((id, class, teacher, room, starts, ends): Plan) -> ClassMeeting {
        let some = |number: u128| (number > 0).then(|| Uuid::from_u128(number));
        ClassMeeting {
            id: MeetingId(Uuid::from_u128(id)),
            class_id: ClassId(Uuid::from_u128(class)),
            teacher: some(teacher).map(AccountId),
            room: some(room).map(RoomId),
            starts_at: Timestamp(starts),
            ends_at: Timestamp(ends),
        }
    }

    fn found(plans: &[Plan]) -> Vec<(ClashKind, u128, u128)> {
        let meetings: Vec<_> = plans.iter().copied().map(meeting).collect();
        clashes(&meetings).iter().map(|clash| (clash.kind, clash.one.0.as_u128(), clash.other.0.as_u128())).collect()
    }

    #[test]
    fn one_meeting_may_begin_when_another_ends() {
        assert_eq!(found(&[(1, 1, 1, 1, 0, 10), (2, 1, 1, 1, 10, 20)]), []);
        let all = [(ClashKind::Teacher, 1, 2), (ClashKind::Room, 1, 2), (ClashKind::Class, 1, 2)];
        assert_eq!(found(&[(1, 1, 1, 1, 0, 11), (2, 1, 1, 1, 10, 20)]), all);
    }

    #[test]
    fn nobody_and_nowhere_never_clash() {
        assert_eq!(found(&[(1, 1, 0, 0, 0, 10), (2, 2, 0, 0, 0, 10)]), []);
        assert_eq!(found(&[(1, 1, 3, 0, 0, 10), (2, 2, 3, 0, 0, 10)]), [(ClashKind::Teacher, 1, 2)]);
    }

    #[test]
    fn a_long_meeting_clashes_with_each_that_it_covers() {
        let plans = [(1, 1, 7, 0, 0, 100), (2, 2, 7, 0, 10, 20), (3, 3, 7, 0, 30, 40), (4, 4, 7, 0, 100, 110)];
        assert_eq!(found(&plans), [(ClashKind::Teacher, 1, 2), (ClashKind::Teacher, 1, 3)]);
    }

    #[test]
    fn a_meeting_that_moves_does_not_clash_with_where_it_was() {
        let old = meeting((1, 1, 1, 1, 0, 10));
        let other = meeting((2, 2, 1, 2, 20, 30));
        assert_eq!(clashes_of(&[meeting((1, 1, 1, 1, 5, 15))], &[old, other]), []);
        let onto = clashes_of(&[meeting((1, 1, 1, 1, 25, 35))], &[old, other]);
        assert_eq!(onto.iter().map(|clash| clash.kind).collect::<Vec<_>>(), [ClashKind::Teacher]);
        let elsewhere = [meeting((3, 3, 3, 3, 0, 10)), meeting((4, 3, 4, 4, 0, 10))];
        assert_eq!(clashes_of(&[old], &elsewhere), [], "clashes that were there before are not ours");
    }

    proptest! {
        #[test]
        fn exactly_the_pairs_that_overlap_are_found(
            plans in prop::collection::vec((1..4_u128, 0..4_u128, 0..4_u128, 0..20_i64, 0..8_i64), 0..14),
        ) {
            let meetings: Vec<_> = (1..).zip(&plans)
                .map(|(id, (class, teacher, room, start, length))| meeting((id, *class, *teacher, *room, *start, start + length)))
                .collect();
            let overlap = |a: &ClassMeeting, b: &ClassMeeting| a.starts_at.max(b.starts_at) < a.ends_at.min(b.ends_at);
            let mut expected = Vec::new();
            for (at, a) in meetings.iter().enumerate() {
                for b in meetings[at + 1..].iter().filter(|b| overlap(a, b)) {
                    let shares = [
                        (ClashKind::Teacher, a.teacher.is_some() && a.teacher == b.teacher),
                        (ClashKind::Room, a.room.is_some() && a.room == b.room),
                        (ClashKind::Class, a.class_id == b.class_id),
                    ];
                    let clash = |(kind, _)| Clash { kind, one: a.id, other: b.id };
                    expected.extend(shares.into_iter().filter(|(_, is_shared)| *is_shared).map(clash));
                }
            }
            expected.sort_unstable();
            prop_assert_eq!(clashes(&meetings), expected);
        }
    }
}
