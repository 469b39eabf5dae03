//! A room: where its seats stand, and how many rooms are opened.

use super::SMALLEST_ROOM;
use crate::{ids::ExamRoomId, organisation::MAX_ROOM_SEATS};

/// A room of a site as the plan needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatingRoom {
    /// The room.
    pub id: ExamRoomId,
    /// Rows of seats, from the front to the back.
    pub rows: u8,
    /// Columns of seats.
    pub columns: u8,
    /// How many candidates it may hold; there may be more seats than that.
    pub capacity: u8,
    /// The numbers of the seats that a wheelchair reaches.
    pub accessible_seats: Vec<u8>,
    /// Whether candidates with extra time may sit here.
    pub has_extra_time: bool,
}

impl SeatingRoom {
    /// How many seats stand in it.
    pub(super) fn seats(&self) -> u8 {
        self.rows.saturating_mul(self.columns).min(MAX_ROOM_SEATS)
    }

    /// How many candidates it takes.
    pub(super) fn capacity(&self) -> usize {
        usize::from(self.capacity.min(self.seats()))
    }

    /// The numbers of the seats in front of, behind and at both sides of one.
    pub(super) fn beside(&self, (row, column): (u8, u8)) -> impl Iterator<Item = u8> {
        let (rows, seats) = (self.rows, self.seats());
        let around = [
            (row.checked_sub(1), Some(column)),
            (row.checked_add(1), Some(column)),
            (Some(row), column.checked_sub(1)),
            (Some(row), column.checked_add(1)),
        ];
        let inside = around.into_iter().filter_map(|(row, column)| row.zip(column));
        inside.filter_map(move |at| seat_number(rows, at)).filter(move |number| *number <= seats)
    }
}

/// Where the seat with this number, from 1, stands: its row and column, both from 0. The numbers run down the first
/// column and up the next, as the seat labels of self-study exams do (DOMAIN §4.2).
#[must_use]
pub fn seat_position(rows: u8, number: u8) -> (u8, u8) {
    let (rows, before) = (rows.max(1), number.saturating_sub(1));
    let (column, along) = (before / rows, before % rows);
    (if column % 2 == 0 { along } else { rows - 1 - along }, column)
}

/// The number of the seat that stands there; `None` behind the last row or beyond what numbers tell.
fn seat_number(rows: u8, (row, column): (u8, u8)) -> Option<u8> {
    let along = if column % 2 == 0 { row } else { rows.checked_sub(row)?.checked_sub(1)? };
    let number = u16::from(column) * u16::from(rows) + u16::from(along) + 1;
    u8::try_from(number).ok().filter(|_| row < rows)
}

/// How many each room holds in the end, where `held` sit already and `more` are to come as far as there is room: first
/// the rooms that are in use anyway, then the others in their order.
pub(super) fn open_rooms(held: &[usize], capacities: &[usize], more: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..held.len()).collect();
    order.sort_by_key(|room| held[*room] == 0);
    let (mut holds, mut left) = (held.to_vec(), more);
    for room in &order {
        let coming = left.min(capacities[*room].saturating_sub(holds[*room]));
        holds[*room] += coming;
        left -= coming;
    }
    order.retain(|room| held[*room] == 0 && holds[*room] > 0);
    if let [.., before, last] = order[..] {
        merge_remainder(&mut holds, capacities, (before, last));
    }
    holds
}

/// Moves the candidates of a small last room and of the room before it together into the smallest unused room that
/// takes both.
fn merge_remainder(holds: &mut [usize], capacities: &[usize], (before, last): (usize, usize)) {
    if holds[last] >= SMALLEST_ROOM {
        return;
    }
    let both = holds[before] + holds[last];
    let takes_both = (0..holds.len()).filter(|room| holds[*room] == 0 && capacities[*room] >= both);
    let smallest = takes_both.min_by_key(|room| (capacities[*room], *room));
    if let Some(room) = smallest {
        (holds[before], holds[last]) = (0, 0);
        holds[room] = both;
    }
}
