//! Who sits where at one exam site (编排, DOMAIN §4.2): drawn by a seed, in whole numbers, the same on every machine.
//!
//! First, who needs something of a seat or a room gets one that has it. Then rooms are opened one after the other until
//! all have a place, and a small last one is merged. Then the others are dealt out class by class, first over the dark
//! squares of a chessboard and then over the light ones, which keeps every class apart that is no more than half of all.
//! What still sits side by side is exchanged, and spread over a room that is not full. Forms follow the seats, so that
//! neighbours never have the same one; those that were given out already follow their candidates, who are parted by them.

mod exchange;
mod floor;
mod room;

use crate::{
    draw::{below, shuffle},
    ids::{ClassId, ExamRoomId, SittingId},
    rights::text_enum,
};
use floor::Floor;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
pub use room::{SeatingRoom, seat_position};
use serde::{Deserialize, Serialize};

/// The version of the algorithm: the same version, seed, rooms and candidates give the same plan.
pub const SEATING_ALGORITHM: u16 = 1;
/// A last room (尾考场) with fewer candidates is merged with the one before it where a room takes both ([D] DOMAIN §4.2).
pub const SMALLEST_ROOM: usize = 10;

/// A candidate as the plan needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatingCandidate {
    /// Their sitting.
    pub sitting_id: SittingId,
    /// The class that they come from.
    pub class_id: Option<ClassId>,
    /// Their employer, as far as it is known.
    pub employer: Option<String>,
    /// Whether they need a seat that a wheelchair reaches.
    pub needs_accessible: bool,
    /// Whether they have extra time.
    pub has_extra_time: bool,
    /// Whether another site takes them too: where seats are few, they leave them to those who can go nowhere else.
    pub has_elsewhere: bool,
    /// The form of the paper that they have already, from 0, if the test has several: it goes with them.
    pub form: Option<u8>,
}

impl SeatingCandidate {
    fn needs_anything(&self) -> bool {
        self.needs_accessible || self.has_extra_time
    }

    /// Whether both come from one class.
    fn is_classmate(&self, other: &Self) -> bool {
        self.class_id.is_some() && self.class_id == other.class_id
    }

    /// Whether both work at one place.
    fn is_colleague(&self, other: &Self) -> bool {
        self.employer.is_some() && self.employer == other.employer
    }

    /// Whether both have the same form already.
    fn has_same_form(&self, other: &Self) -> bool {
        self.form.is_some() && self.form == other.form
    }
}

/// One candidate's seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedSeat {
    /// The candidate's sitting.
    pub sitting_id: SittingId,
    /// The room.
    pub room_id: ExamRoomId,
    /// The number of the seat in its room, from 1; see [`seat_position`].
    pub seat: u8,
    /// Which form of the paper lies there, from 0.
    pub form: u8,
}

/// From where somebody was moved to where, within their room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatMove {
    /// The seat that the plan gave them.
    pub from: u8,
    /// The seat at which they go on.
    pub to: u8,
}

text_enum! {
    /// Why a candidate has no seat.
    UnseatedReason {
        /// No site serves where they come from.
        NoSite = "no_site",
        /// All rooms are full.
        NoSeatLeft = "no_seat_left",
        /// No seat that a wheelchair reaches is left.
        NoAccessibleSeat = "no_accessible_seat",
        /// No room for candidates with extra time has a seat left for them.
        NoExtraTimeRoom = "no_extra_time_room",
    }
}

/// One candidate without a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unseated {
    /// The candidate's sitting.
    pub sitting_id: SittingId,
    /// Why.
    pub because: UnseatedReason,
}

/// The plan of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatPlan {
    /// The seats, by room in the order of the rooms, and by number.
    pub seats: Vec<PlannedSeat>,
    /// Who has none, by sitting.
    pub unseated: Vec<Unseated>,
    /// Pairs of neighbours from one class that could not be parted.
    pub same_class: u32,
    /// Pairs of neighbours from one employer that could not be parted.
    pub same_employer: u32,
}

/// What numbers are drawn for. Each has its own stream of the one seed.
#[derive(Clone, Copy)]
enum Purpose {
    /// The order in which candidates are taken.
    Candidates,
    /// Which candidates are exchanged.
    Exchanges,
    /// Which form lies on the first seat of a room.
    Forms,
}

fn rng_for(seed: u64, purpose: Purpose) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(match purpose {
        Purpose::Candidates => 0,
        Purpose::Exchanges => 1,
        Purpose::Forms => 2,
    });
    rng
}

/// Other seats that are tried for each candidate who has one, on average and at most: where nearly all of 20,000 come
/// from one class, there is nothing to find, and the plan is made in seconds all the same.
const TRIES_EACH: usize = 500;

/// Seats the candidates of a site that holds no more than `capacity`, in whatever order they come, in its rooms, the first
/// room first. `forms` is the number of forms of the paper.
#[must_use]
pub fn plan_seats(
    (rooms, capacity): (&[SeatingRoom], u32),
    candidates: &[SeatingCandidate],
    forms: u8,
    seed: u64,
) -> SeatPlan {
    let mut candidates: Vec<_> = candidates.iter().collect();
    candidates.sort_by_key(|candidate| candidate.sitting_id);
    shuffle(&mut rng_for(seed, Purpose::Candidates), &mut candidates);
    candidates.sort_by_key(|candidate| candidate.has_elsewhere);
    let (needing, others) = (0..candidates.len()).partition(|who| candidates[*who].needs_anything());

    let mut floor = Floor::new((rooms, capacity), candidates);
    let mut unseated = floor.seat_needing(needing);
    unseated.extend(floor.seat_others(others));
    unseated.sort_by_key(|unseated| unseated.sitting_id);
    let mut tries = TRIES_EACH * floor.seated();
    floor.exchange(&mut rng_for(seed, Purpose::Exchanges), &mut tries);
    floor.spread();
    SeatPlan {
        seats: floor.seats(&first_forms(rooms.len(), forms, seed), forms),
        unseated,
        same_class: floor.pairs(SeatingCandidate::is_classmate),
        same_employer: floor.pairs(SeatingCandidate::is_colleague),
    }
}

/// Which form lies on the first seat of each room, so that no seat tells its form beforehand.
fn first_forms(rooms: usize, forms: u8, seed: u64) -> Vec<u32> {
    let mut rng = rng_for(seed, Purpose::Forms);
    (0..rooms).map(|_| below(&mut rng, u32::from(forms.max(1)))).collect()
}

#[cfg(test)]
mod tests;
