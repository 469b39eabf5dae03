//! The acts of one test, as far as candidates' devices wait for them.

use super::store::ActHead;
use shared::ids::{ExamRoomId, ExamSessionId, ExamSiteId, SittingId};
use std::collections::HashMap;
use tokio::sync::watch;

/// The acts of one test that this node knows: of those that concern the same candidates, the last. Everybody who waits
/// looks whenever there is a new one, and in the hour before a test there is one for each candidate who is let in.
pub(super) struct Board {
    of_sittings: HashMap<SittingId, i64>,
    of_rooms: HashMap<ExamRoomId, i64>,
    of_sites: HashMap<ExamSiteId, i64>,
    of_all: i64,
    /// The number of the last one.
    pub(super) latest: watch::Sender<i64>,
    /// So many turns nobody has waited.
    pub(super) idle_turns: u32,
}

impl Board {
    /// With these acts, ascending.
    pub(super) fn of(heads: &[ActHead]) -> Self {
        let mut board = Self {
            of_sittings: HashMap::new(),
            of_rooms: HashMap::new(),
            of_sites: HashMap::new(),
            of_all: 0,
            latest: watch::Sender::new(0),
            idle_turns: 0,
        };
        board.add(heads);
        board
    }

    /// Takes acts that are newer, ascending, and tells who waits; of none it tells nobody.
    pub(super) fn add(&mut self, heads: &[ActHead]) {
        for (number, site, room, sitting) in heads {
            let of = match (sitting, room, site) {
                (Some(sitting), ..) => self.of_sittings.entry(*sitting).or_default(),
                (None, Some(room), _) => self.of_rooms.entry(*room).or_default(),
                (None, None, Some(site)) => self.of_sites.entry(*site).or_default(),
                (None, None, None) => &mut self.of_all,
            };
            *of = *number;
        }
        if let Some((newest, ..)) = heads.last() {
            self.latest.send_replace(*newest);
        }
    }

    /// The number of the last act that [`concerns`] a candidate; 0 if none does.
    pub(super) fn last_for(&self, place: &Place) -> i64 {
        let own = self.of_sittings.get(&place.sitting_id);
        let of_room = place.room.and_then(|(room, _)| self.of_rooms.get(&room));
        let of_site = place.room.and_then(|(_, site)| self.of_sites.get(&site));
        [own, of_room, of_site].into_iter().flatten().copied().fold(self.of_all, i64::max)
    }
}

/// Where a candidate sits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sitting_id: SittingId,
    pub(super) exam_session_id: ExamSessionId,
    pub(super) room: Option<(ExamRoomId, ExamSiteId)>,
}

/// Whether an act concerns a candidate: it is theirs, their room's, their site's, or everybody's.
pub(super) fn concerns((_, site, room, sitting): &ActHead, place: &Place) -> bool {
    match (sitting, room, site) {
        (Some(sitting), ..) => *sitting == place.sitting_id,
        (None, Some(room), _) => place.room.is_some_and(|(own, _)| own == *room),
        (None, None, Some(site)) => place.room.is_some_and(|(_, own)| own == *site),
        (None, None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ROOM: ExamRoomId = ExamRoomId(Uuid::from_u128(1));
    const SITE: ExamSiteId = ExamSiteId(Uuid::from_u128(2));
    const SITTING: SittingId = SittingId(Uuid::from_u128(3));
    const PLACE: Place =
        Place { sitting_id: SITTING, exam_session_id: ExamSessionId(Uuid::from_u128(4)), room: Some((ROOM, SITE)) };

    #[test]
    fn an_act_concerns_the_candidate_or_the_room_or_the_site_or_everybody() {
        let (other_room, other_site) = (ExamRoomId(Uuid::from_u128(9)), ExamSiteId(Uuid::from_u128(9)));
        for (site, room, sitting, expected) in [
            (Some(SITE), Some(ROOM), Some(SITTING), true),
            (Some(SITE), Some(ROOM), Some(SittingId(Uuid::from_u128(9))), false),
            (Some(SITE), Some(ROOM), None, true),
            (Some(SITE), Some(other_room), None, false),
            (Some(SITE), None, None, true),
            (Some(other_site), None, None, false),
            (None, None, None, true),
        ] {
            let head = (1, site, room, sitting);
            assert_eq!(concerns(&head, &PLACE), expected, "{site:?} {room:?} {sitting:?}");
            let mut board = Board::of(&[head]);
            assert_eq!(board.last_for(&PLACE) == 1, expected, "{site:?} {room:?} {sitting:?}");
            board.add(&[(2, None, None, Some(SITTING)), (3, None, None, Some(SittingId(Uuid::from_u128(8))))]);
            assert_eq!((board.last_for(&PLACE), *board.latest.borrow()), (2, 3));
        }
        let unseated = Place { room: None, ..PLACE };
        assert!(!concerns(&(1, Some(SITE), None, None), &unseated) && concerns(&(1, None, None, None), &unseated));
    }
}
