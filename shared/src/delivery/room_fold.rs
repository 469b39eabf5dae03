//! What a room's acts come to, taken in one after another: who looks on is told of what is new, and nothing is read or
//! counted again for it. Each fold comes to what counting all of it anew would.

use super::{RoomActKind, RoomAnnouncement, RoomCounts, RoomSeat, RoomSeatState, SeatAct, SeatLog};
use crate::ids::{ExamRoomId, SittingId};
use std::collections::{HashMap, HashSet};

/// One act that concerns a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLogEntry {
    /// Its number in its test, from 1.
    pub number: i64,
    /// Whose act it is; absent if it is for more than one.
    pub sitting_id: Option<SittingId>,
    /// The act.
    pub act: SeatAct,
    /// What was announced, or why it was done.
    pub text: Option<String>,
}

/// What the acts of one room come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomLog {
    last: i64,
    seats: HashMap<SittingId, SeatLog>,
    news: HashMap<SittingId, i64>,
    news_of_all: i64,
    announcements: Vec<RoomAnnouncement>,
}

impl RoomLog {
    /// Takes an act in. They come by number, and one that is in already changes nothing.
    pub fn add(&mut self, entry: RoomLogEntry) {
        let RoomLogEntry { number, sitting_id, act, text } = entry;
        if number <= self.last {
            return;
        }
        self.last = number;
        match sitting_id {
            Some(id) => {
                let log = self.seats.entry(id).or_default();
                *log = log.after(act);
                self.news.insert(id, number);
            }
            None => self.news_of_all = number,
        }
        if act.kind == RoomActKind::Announce {
            self.announcements.push(RoomAnnouncement { text: text.unwrap_or_default(), announced_at: act.acted_at });
        }
    }

    /// The number of the last act that is in; 0 if none is.
    #[must_use]
    pub const fn last(&self) -> i64 {
        self.last
    }

    /// What was done at one seat.
    #[must_use]
    pub fn seat(&self, id: SittingId) -> SeatLog {
        self.seats.get(&id).copied().unwrap_or_default()
    }

    /// The number of the last act that concerns a candidate.
    #[must_use]
    pub fn last_news(&self, id: SittingId) -> i64 {
        self.news.get(&id).copied().unwrap_or_default().max(self.news_of_all)
    }

    /// What was announced, the last first.
    #[must_use]
    pub fn announcements(&self) -> Vec<RoomAnnouncement> {
        self.announcements.iter().rev().cloned().collect()
    }
}

/// How many were let in, by room, of a whole test: each candidate once in a room, however often they were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdmittedTally {
    last: i64,
    seen: HashSet<(ExamRoomId, SittingId)>,
    rooms: HashMap<ExamRoomId, u32>,
}

impl AdmittedTally {
    /// The number of the last admission that is in; 0 if none is.
    #[must_use]
    pub const fn last(&self) -> i64 {
        self.last
    }

    /// Takes in all admissions whose numbers are above `from`, ascending. `false`, and nothing is taken in, if some before
    /// them are missing here.
    pub fn take(&mut self, from: i64, admissions: &[(i64, ExamRoomId, SittingId)]) -> bool {
        if self.last < from {
            return false;
        }
        for (number, room, sitting) in admissions {
            if self.seen.insert((*room, *sitting)) {
                *self.rooms.entry(*room).or_default() += 1;
            }
            self.last = self.last.max(*number);
        }
        true
    }

    /// How many were let in to each room.
    #[must_use]
    pub const fn rooms(&self) -> &HashMap<ExamRoomId, u32> {
        &self.rooms
    }
}

/// No device is believed to hold more answers than this that have not arrived.
const MOST_UNSENT: u32 = 1_000_000;

/// What one seat counts for.
fn counted(seat: &RoomSeat) -> RoomCounts {
    let is_over = matches!(seat.state, RoomSeatState::Submitted | RoomSeatState::Closed);
    RoomCounts {
        expected: 1,
        admitted: seat.admitted_at.is_some().into(),
        working: (seat.opened_at.is_some() && !is_over).into(),
        offline: (seat.state == RoomSeatState::Offline).into(),
        over: is_over.into(),
        unsent: seat.unsent.min(MOST_UNSENT),
    }
}

impl RoomCounts {
    /// Counts the seats of a room.
    #[must_use]
    pub fn of(seats: &[RoomSeat]) -> Self {
        seats.iter().fold(Self::default(), |counts, seat| counts.each(counted(seat), u32::saturating_add))
    }

    /// These counts, once the seats `before` have become `after`: only those that are others are counted.
    #[must_use]
    pub fn after(self, before: &[RoomSeat], after: &[RoomSeat]) -> Self {
        let known: HashMap<SittingId, &RoomSeat> = before.iter().map(|seat| (seat.sitting_id, seat)).collect();
        let is_there: HashSet<SittingId> = after.iter().map(|seat| seat.sitting_id).collect();
        let gone = before.iter().filter(|seat| !is_there.contains(&seat.sitting_id));
        let others = after.iter().filter(|seat| known.get(&seat.sitting_id) != Some(seat));
        let counts = gone.fold(self, |counts, seat| counts.each(counted(seat), u32::saturating_sub));
        others.fold(counts, |counts, seat| {
            let was = known.get(&seat.sitting_id).map(|seat| counted(seat)).unwrap_or_default();
            counts.each(was, u32::saturating_sub).each(counted(seat), u32::saturating_add)
        })
    }

    fn each(self, other: Self, join: fn(u32, u32) -> u32) -> Self {
        Self {
            expected: join(self.expected, other.expected),
            admitted: join(self.admitted, other.admitted),
            working: join(self.working, other.working),
            offline: join(self.offline, other.offline),
            over: join(self.over, other.over),
            unsent: join(self.unsent, other.unsent),
        }
    }
}

#[cfg(test)]
mod tests;
