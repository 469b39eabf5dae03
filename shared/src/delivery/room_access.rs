//! Who sees an exam room, and who does something there.

use crate::sittings::ExamSessionState;
use jiff::civil::Date;

/// What somebody holds at the place of a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomHolder {
    /// Runs the day of the test over all its sites.
    pub runs_day: bool,
    /// Says who watches which room.
    pub assigns: bool,
    /// Keeps rooms.
    pub keeps: bool,
    /// Watches tests.
    pub watches: bool,
    /// Was told to watch this very room.
    pub is_assigned: bool,
    /// Whether the test is sat today, or is not over yet ([`is_room_open`]).
    pub is_today: bool,
}

/// Whether something is done today in the rooms of a test in `state`: on its day, and after that until it is over. Some go
/// on after midnight, and a paper that nobody has taken in keeps a test from its end.
#[must_use]
pub fn is_room_open(state: ExamSessionState, (test_day, today): (Date, Date)) -> bool {
    match state {
        ExamSessionState::Armed => test_day <= today,
        ExamSessionState::Arranged | ExamSessionState::Marking | ExamSessionState::Published => test_day == today,
        ExamSessionState::Draft | ExamSessionState::Registering | ExamSessionState::Cancelled => false,
    }
}

/// What somebody may do with a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomAccess {
    /// It is not there for them.
    Hidden,
    /// Look at it.
    See,
    /// Admit, pause, give time back, and what else is done in a room.
    Keep,
}

/// What somebody may do with a room: an invigilator keeps the room that they were told to watch, and knows of no other;
/// the site head keeps all of the site; both on the day, until the test is over. Who inspects looks on, and who runs the
/// day does so on any day.
#[must_use]
pub const fn room_access(holder: RoomHolder) -> RoomAccess {
    let RoomHolder { runs_day, assigns, keeps, watches, is_assigned, is_today } = holder;
    if is_today && keeps && (assigns || is_assigned) {
        return RoomAccess::Keep;
    }
    let inspects = is_today && watches && !keeps;
    if runs_day || inspects { RoomAccess::See } else { RoomAccess::Hidden }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: RoomHolder = RoomHolder {
        runs_day: false,
        assigns: false,
        keeps: false,
        watches: false,
        is_assigned: false,
        is_today: true,
    };
    const INVIGILATOR: RoomHolder = RoomHolder { keeps: true, watches: true, ..NOBODY };

    #[test]
    fn an_invigilator_keeps_their_own_room_on_its_day_and_knows_of_no_other() {
        let own = RoomHolder { is_assigned: true, ..INVIGILATOR };
        assert_eq!(room_access(own), RoomAccess::Keep);
        assert_eq!(room_access(INVIGILATOR), RoomAccess::Hidden);
        assert_eq!(room_access(RoomHolder { is_today: false, ..own }), RoomAccess::Hidden);
        let elsewhere = RoomHolder { keeps: false, watches: false, ..own };
        assert_eq!(room_access(elsewhere), RoomAccess::Hidden, "whose role ended keeps nothing");
    }

    #[test]
    fn a_room_is_open_on_the_day_of_the_test_and_until_it_is_over() {
        use ExamSessionState::{Armed, Arranged, Cancelled, Draft, Marking, Published, Registering};
        let day = |day| jiff::civil::date(2026, 11, day);
        let open = |state| [22, 23, 24, 30].map(|today| is_room_open(state, (day(23), day(today))));
        assert_eq!(open(Armed), [false, true, true, true], "one that nobody has ended");
        for state in [Arranged, Marking, Published] {
            assert_eq!(open(state), [false, true, false, false], "{state}");
        }
        for state in [Draft, Registering, Cancelled] {
            assert_eq!(open(state), [false; 4], "{state}");
        }
    }

    #[test]
    fn the_site_head_keeps_every_room_and_others_look_on() {
        assert_eq!(room_access(RoomHolder { assigns: true, ..INVIGILATOR }), RoomAccess::Keep);
        let inspector = RoomHolder { watches: true, ..NOBODY };
        assert_eq!(room_access(inspector), RoomAccess::See);
        assert_eq!(room_access(RoomHolder { is_today: false, ..inspector }), RoomAccess::Hidden);
        let office = RoomHolder { runs_day: true, assigns: true, is_today: false, ..NOBODY };
        assert_eq!(room_access(office), RoomAccess::See);
        assert_eq!(room_access(NOBODY), RoomAccess::Hidden);
    }
}
