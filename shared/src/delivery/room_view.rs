//! An exam room with its seats, as those see it who watch it.

use super::RoomSeatState;
use crate::{
    ids::{AccountId, ExamRoomId, ExamSessionId, SittingId},
    sittings::ExamSessionState,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One room with its seats: `GET /exam_sessions/{id}/rooms/{room_id}`, and the first event of its live line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchedRoom {
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: ExamSessionState,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra and returned time apart.
    pub ends_at: Timestamp,
    /// The room.
    pub exam_room_id: ExamRoomId,
    /// The name of the site.
    pub site_name: String,
    /// The number of the room.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// What is true of how many.
    pub counts: RoomCounts,
    /// The seats in which somebody is to sit, by number.
    pub seats: Vec<RoomSeat>,
    /// What was announced there, the last first.
    pub announcements: Vec<RoomAnnouncement>,
    /// Tells whether the code on a ticket was signed here, without a network: a public Ed25519 key in base64url.
    #[serde(default)]
    pub ticket_verifier: String,
    /// The entry code that is read out in the room, if the test asks for it.
    #[serde(default)]
    pub entry_code: Option<String>,
}

/// How many of a room's candidates are how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomCounts {
    /// All who have a seat.
    pub expected: u32,
    /// Those who were let in.
    pub admitted: u32,
    /// Those who are at work, whether heard from or not.
    pub working: u32,
    /// Those of them who are not heard from.
    pub offline: u32,
    /// Those whose sitting is over.
    pub over: u32,
    /// Answers that devices have and the server has not.
    pub unsent: u32,
}

/// One seat. Not a word of what is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomSeat {
    /// The number of the seat.
    pub seat: u8,
    /// The seat that the plan gave them, if they go on at another one.
    #[serde(default)]
    pub moved_from: Option<u8>,
    /// The sitting.
    pub sitting_id: SittingId,
    /// 准考证号.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// What is to be seen.
    pub state: RoomSeatState,
    /// When the candidate was let in.
    pub admitted_at: Option<Timestamp>,
    /// Whether document and photo were found right then.
    pub is_identity_right: Option<bool>,
    /// When the candidate began.
    pub opened_at: Option<Timestamp>,
    /// When the sitting ended.
    pub closed_at: Option<Timestamp>,
    /// When working time ends.
    pub deadline: Timestamp,
    /// Since when it stands still.
    pub paused_at: Option<Timestamp>,
    /// Seconds that were given back.
    pub returned_s: u32,
    /// On how many devices the sitting was opened.
    pub epoch: u32,
    /// Whether the candidate's device has not heard the last news for it: time, a pause, an announcement.
    pub has_unheard: bool,
    /// Whether the candidate may go on at another device.
    pub may_take_over: bool,
    /// When its device was last heard, while it is not heard any more.
    pub last_seen_at: Option<Timestamp>,
    /// Answers that the device has and the server has not, as it said last.
    pub unsent: u32,
    /// How often the candidate left the paper's page: evidence, never a verdict.
    pub focus_losses: u32,
    /// For how many seconds in all.
    pub focus_lost_s: u32,
    /// Whether that was so often that the test has those told who watch.
    #[serde(default)]
    pub left_often: bool,
    /// Who found that the sitting has to end now, and waits for a second person.
    pub submit_proposed_by: Option<AccountId>,
    /// Whether the candidate may sit the test in Safe Exam Browser alone.
    #[serde(default)]
    pub needs_safe_browser: bool,
    /// Whether the candidate has not begun, comes later than the test allows, and was not let in all the same.
    #[serde(default)]
    pub is_too_late: bool,
    /// Who found it right that such a candidate begins, and waits for a second person.
    #[serde(default)]
    pub late_proposed_by: Option<AccountId>,
    /// To how many items an answer came after the end, with proof that it was written in time: it is kept, and counts.
    #[serde(default)]
    pub late_answers: u32,
}

/// Something that was said to candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomAnnouncement {
    /// What.
    pub text: String,
    /// When.
    pub announced_at: Timestamp,
}

/// What has changed in a room: an event of its live line after the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomChange {
    /// Where the exam session stands.
    pub state: ExamSessionState,
    /// What is true of how many now.
    pub counts: RoomCounts,
    /// The seats that are others than before.
    pub seats: Vec<RoomSeat>,
    /// What was announced there, the last first.
    pub announcements: Vec<RoomAnnouncement>,
}

impl WatchedRoom {
    /// What is other than `before`; `None` if nothing is.
    #[must_use]
    pub fn since(&self, before: &Self) -> Option<RoomChange> {
        if self == before {
            return None;
        }
        let is_other = |seat: &&RoomSeat| !before.seats.contains(seat);
        Some(RoomChange {
            state: self.state,
            counts: self.counts,
            seats: self.seats.iter().filter(is_other).cloned().collect(),
            announcements: self.announcements.clone(),
        })
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: RoomChange) {
        let RoomChange { state, counts, seats, announcements } = change;
        (self.state, self.counts, self.announcements) = (state, counts, announcements);
        for changed in seats {
            match self.seats.iter_mut().find(|seat| seat.sitting_id == changed.sitting_id) {
                Some(seat) => *seat = changed,
                None => self.seats.push(changed),
            }
        }
        self.seats.sort_by_key(|seat| seat.seat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(number: u8, unsent: u32) -> RoomSeat {
        RoomSeat {
            seat: number,
            moved_from: None,
            sitting_id: SittingId(uuid::Uuid::from_u128(u128::from(number))),
            ticket_number: String::new(),
            candidate_name: String::new(),
            state: RoomSeatState::Working,
            admitted_at: None,
            is_identity_right: None,
            opened_at: Some(Timestamp(1)),
            closed_at: None,
            deadline: Timestamp(9),
            paused_at: None,
            returned_s: 0,
            epoch: 1,
            has_unheard: false,
            may_take_over: false,
            last_seen_at: None,
            unsent,
            focus_losses: 0,
            focus_lost_s: 0,
            left_often: false,
            submit_proposed_by: None,
            needs_safe_browser: false,
            is_too_late: false,
            late_proposed_by: None,
            late_answers: 0,
        }
    }

    fn room(seats: Vec<RoomSeat>) -> WatchedRoom {
        WatchedRoom {
            exam_session_id: ExamSessionId(uuid::Uuid::nil()),
            title: String::new(),
            state: ExamSessionState::Armed,
            starts_at: Timestamp(0),
            ends_at: Timestamp(9),
            exam_room_id: ExamRoomId(uuid::Uuid::nil()),
            site_name: String::new(),
            number: 1,
            name: String::new(),
            counts: RoomCounts::of(&seats),
            seats,
            announcements: Vec::new(),
            ticket_verifier: String::new(),
            entry_code: None,
        }
    }

    #[test]
    fn a_change_names_the_seats_that_are_others_and_leads_to_the_same_room() {
        let before = room(vec![seat(1, 0), seat(2, 0), seat(3, 0)]);
        let after = room(vec![seat(1, 0), seat(2, 4), seat(3, 0)]);
        assert_eq!(before.since(&before), None);
        let change = after.since(&before).unwrap();
        assert_eq!((change.seats.len(), change.counts.unsent), (1, 4));
        let mut shown = before;
        shown.apply(change);
        assert_eq!(shown, after);
    }
}
