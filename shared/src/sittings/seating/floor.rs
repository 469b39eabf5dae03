//! The seats of all rooms of a site, and who sits on them.

use super::{
    PlannedSeat, SeatingCandidate, SeatingRoom, Unseated, UnseatedReason,
    room::{open_rooms, seat_position},
};
use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

/// Seats are known by their place in the list, candidates by theirs.
pub(super) struct Floor<'a> {
    rooms: &'a [SeatingRoom],
    candidates: Vec<&'a SeatingCandidate>,
    seats: Vec<Seat>,
    /// Who sits on each seat.
    pub(super) who: Vec<Option<usize>>,
    /// How many sit in each room.
    held: Vec<usize>,
    /// How many more the site takes, whatever its rooms hold.
    left: usize,
}

struct Seat {
    /// The place of its room in the list.
    room: usize,
    number: u8,
    row: u8,
    column: u8,
    is_accessible: bool,
    /// The seats in front, behind and at both sides.
    beside: Vec<usize>,
}

impl<'a> Floor<'a> {
    /// Rooms in which nobody sits yet, of a site that holds no more than `capacity`.
    pub(super) fn new((rooms, capacity): (&'a [SeatingRoom], u32), candidates: Vec<&'a SeatingCandidate>) -> Self {
        let mut seats = Vec::new();
        for (at, room) in rooms.iter().enumerate() {
            let first = seats.len();
            seats.extend((1..=room.seats()).map(|number| Seat::new((at, room), first, number)));
        }
        let (who, held) = (vec![None; seats.len()], vec![0; rooms.len()]);
        Self { rooms, candidates, seats, who, held, left: capacity as usize }
    }

    /// Seats who needs something of a seat or a room, those first who have the least choice; who finds none is named.
    pub(super) fn seat_needing(&mut self, mut needing: Vec<usize>) -> Vec<Unseated> {
        let least_choice = |candidate: &SeatingCandidate| (!candidate.needs_accessible, !candidate.has_extra_time);
        needing.sort_by_key(|who| least_choice(self.candidates[*who]));
        let mut unseated = Vec::new();
        for who in needing {
            let fitting = (0..self.seats.len()).filter(|seat| self.is_free(*seat) && self.fits(who, *seat));
            match fitting.min_by_key(|seat| (self.waste(who, *seat), *seat)) {
                Some(seat) => self.seat(who, seat),
                None => unseated.push(self.unseated(who, self.lacking(who))),
            }
        }
        unseated
    }

    /// Seats all others as far as there is room; who finds none is named.
    pub(super) fn seat_others(&mut self, mut others: Vec<usize>) -> Vec<Unseated> {
        let capacities: Vec<usize> = self.rooms.iter().map(SeatingRoom::capacity).collect();
        let holds = open_rooms(&self.held, &capacities, others.len().min(self.left));
        let seats = self.seats_to_fill(&holds);
        let without = others.split_off(seats.len().min(others.len()));
        self.order_by_class(&mut others);
        for (who, seat) in others.into_iter().zip(self.order_by_colour(seats)) {
            self.seat(who, seat);
        }
        without.into_iter().map(|who| self.unseated(who, UnseatedReason::NoSeatLeft)).collect()
    }

    /// How many have a seat.
    pub(super) fn seated(&self) -> usize {
        self.held.iter().sum()
    }

    /// The plan, with the form that lies on the first seat of each room.
    pub(super) fn seats(&self, first_forms: &[u32], forms: u8) -> Vec<PlannedSeat> {
        let taken = self.seats.iter().zip(&self.who).filter_map(|(seat, who)| Some((seat, (*who)?)));
        let planned = taken.map(|(seat, who)| {
            let nth = u32::from(seat.row) + u32::from(seat.column) + first_forms[seat.room];
            let candidate = self.candidates[who];
            let in_turn = u8::try_from(nth % u32::from(forms.max(1))).unwrap_or_default();
            PlannedSeat {
                sitting_id: candidate.sitting_id,
                room_id: self.rooms[seat.room].id,
                seat: seat.number,
                form: candidate.form.unwrap_or(in_turn),
            }
        });
        planned.collect()
    }

    /// How many pairs of neighbours are alike.
    pub(super) fn pairs(&self, is_alike: fn(&SeatingCandidate, &SeatingCandidate) -> bool) -> u32 {
        let beside = (0..self.seats.len()).flat_map(|seat| self.seats[seat].beside.iter().map(move |it| (seat, *it)));
        let once = beside.filter(|(seat, other)| seat < other);
        let pairs = once.filter_map(|(seat, other)| Some((self.sitter(seat)?, self.sitter(other)?)));
        u32::try_from(pairs.filter(|(one, other)| is_alike(one, other)).count()).unwrap_or(u32::MAX)
    }

    /// How many reasons there are to part the candidate on this seat from the neighbours.
    pub(super) fn conflicts(&self, seat: usize) -> usize {
        let Some(sitter) = self.sitter(seat) else { return 0 };
        let neighbours = self.seats[seat].beside.iter().filter_map(|other| self.sitter(*other));
        let reasons = |other: &SeatingCandidate| {
            [sitter.is_classmate(other), sitter.is_colleague(other), sitter.has_same_form(other)]
        };
        neighbours.flat_map(reasons).filter(|is_one| *is_one).count()
    }

    /// Whether two candidates differ and each may sit on the other's seat.
    pub(super) fn may_exchange(&self, one: usize, other: usize) -> bool {
        let (Some(first), Some(second)) = (self.who[one], self.who[other]) else { return false };
        let [of_one, of_other] = [first, second].map(|who| self.candidates[who]);
        let told = |one: &'a SeatingCandidate| (one.class_id, &one.employer, one.form);
        let are_same = told(of_one) == told(of_other);
        !are_same && self.fits(first, other) && self.fits(second, one)
    }

    /// Whether a seat is free and has what the candidate on another one needs.
    pub(super) fn may_move(&self, seat: usize, free: usize) -> bool {
        self.who[free].is_none() && self.who[seat].is_some_and(|who| self.fits(who, free))
    }

    /// The seats of the room in which a seat stands.
    pub(super) fn room_of(&self, seat: usize) -> Range<usize> {
        let room = self.seats[seat].room;
        self.seats.partition_point(|it| it.room < room)..self.seats.partition_point(|it| it.room <= room)
    }

    fn sitter(&self, seat: usize) -> Option<&'a SeatingCandidate> {
        self.who[seat].map(|who| self.candidates[who])
    }

    fn seat(&mut self, who: usize, seat: usize) {
        self.who[seat] = Some(who);
        self.held[self.seats[seat].room] += 1;
        self.left -= 1;
    }

    fn is_free(&self, seat: usize) -> bool {
        let room = self.seats[seat].room;
        self.left > 0 && self.who[seat].is_none() && self.held[room] < self.rooms[room].capacity()
    }

    /// Whether a seat has what a candidate needs.
    fn fits(&self, who: usize, seat: usize) -> bool {
        let (candidate, seat) = (self.candidates[who], &self.seats[seat]);
        (!candidate.needs_accessible || seat.is_accessible)
            && (!candidate.has_extra_time || self.rooms[seat.room].has_extra_time)
    }

    /// What a seat has that the candidate does not need and others may.
    fn waste(&self, who: usize, seat: usize) -> u8 {
        let (candidate, seat) = (self.candidates[who], &self.seats[seat]);
        let room = &self.rooms[seat.room];
        let of_seat = !candidate.needs_accessible && seat.is_accessible;
        let of_access = !candidate.needs_accessible && !room.accessible_seats.is_empty();
        let of_time = !candidate.has_extra_time && room.has_extra_time;
        2 * u8::from(of_seat) + u8::from(of_access || of_time)
    }

    /// What a candidate with needs has not found.
    fn lacking(&self, who: usize) -> UnseatedReason {
        let mut free = (0..self.seats.len()).filter(|seat| self.is_free(*seat)).peekable();
        if free.peek().is_none() {
            UnseatedReason::NoSeatLeft
        } else if self.candidates[who].needs_accessible && !free.any(|seat| self.seats[seat].is_accessible) {
            UnseatedReason::NoAccessibleSeat
        } else {
            UnseatedReason::NoExtraTimeRoom
        }
    }

    fn unseated(&self, who: usize, because: UnseatedReason) -> Unseated {
        Unseated { sitting_id: self.candidates[who].sitting_id, because }
    }

    /// The seats that are taken when each room holds so many: by number, those that a wheelchair reaches last.
    fn seats_to_fill(&self, holds: &[usize]) -> Vec<usize> {
        let mut to_fill = Vec::new();
        for (room, holds) in holds.iter().enumerate() {
            let of_room = (0..self.seats.len()).filter(|seat| self.seats[*seat].room == room);
            let mut free: Vec<usize> = of_room.filter(|seat| self.who[*seat].is_none()).collect();
            free.sort_by_key(|seat| self.seats[*seat].is_accessible);
            to_fill.extend(free.into_iter().take(holds.saturating_sub(self.held[room])));
        }
        to_fill
    }

    /// The dark squares of all rooms, one of each room after the other, and then the light ones.
    fn order_by_colour(&self, seats: Vec<usize>) -> Vec<usize> {
        let mut counts = BTreeMap::new();
        let ranked = seats.into_iter().map(|at| {
            let seat = &self.seats[at];
            let colour = (seat.row + seat.column) % 2;
            let rank: &mut usize = counts.entry((seat.room, colour)).or_default();
            *rank += 1;
            (colour, *rank, at)
        });
        let mut ranked: Vec<(u8, usize, usize)> = ranked.collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, at)| at).collect()
    }

    /// The largest class first, so that it finds squares of one colour; who is in none comes last.
    fn order_by_class(&self, others: &mut [usize]) {
        let class = |who: usize| self.candidates[who].class_id;
        let mut sizes = BTreeMap::new();
        for who in others.iter() {
            *sizes.entry(class(*who)).or_insert(0_usize) += 1;
        }
        others.sort_by_key(|who| (class(*who).is_none(), Reverse(sizes[&class(*who)]), class(*who)));
    }
}

impl Seat {
    /// The seat with this number; the list holds those of its room from `first` on.
    fn new((at, room): (usize, &SeatingRoom), first: usize, number: u8) -> Self {
        let (row, column) = seat_position(room.rows, number);
        Self {
            room: at,
            number,
            row,
            column,
            is_accessible: room.accessible_seats.contains(&number),
            beside: room.beside((row, column)).map(|number| first + usize::from(number) - 1).collect(),
        }
    }
}
