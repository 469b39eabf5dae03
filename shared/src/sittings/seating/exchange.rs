//! Candidates change seats until no more neighbours are found that can be parted.

use super::floor::Floor;
use crate::draw::below;
use rand_chacha::ChaCha8Rng;

/// How often all seats are gone through.
const ROUNDS: usize = 8;

impl Floor<'_> {
    /// Each round offers every candidate a seat by chance, also where it brings nothing: nobody can tell where they will
    /// sit, and what is stuck moves on. Then every pair that is left is held against all other seats, as long as `tries`
    /// are left.
    pub(super) fn exchange(&mut self, rng: &mut ChaCha8Rng, tries: &mut usize) {
        let taken: Vec<usize> = (0..self.who.len()).filter(|seat| self.who[*seat].is_some()).collect();
        let bound = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        for _ in 0..ROUNDS {
            for seat in &taken {
                let other = taken[below(rng, bound) as usize];
                self.exchange_if(*seat, other, |after, before| after <= before);
            }
            for seat in &taken {
                self.part(*seat, &taken, tries);
            }
        }
    }

    /// Where a room is not full, who still sits beside somebody alike moves to a free seat of it as long as that parts more.
    pub(super) fn spread(&mut self) {
        for _ in 0..ROUNDS {
            for seat in 0..self.who.len() {
                let others = if self.conflicts(seat) > 0 { self.room_of(seat) } else { 0..0 };
                others.for_each(|free| self.move_if_better(seat, free));
            }
        }
    }

    fn move_if_better(&mut self, seat: usize, free: usize) {
        let before = self.conflicts(seat);
        if before == 0 || !self.may_move(seat, free) {
            return;
        }
        self.who.swap(seat, free);
        if self.conflicts(free) >= before {
            self.who.swap(seat, free);
        }
    }

    /// Looks for a better seat for a candidate as long as they sit beside somebody alike.
    fn part(&mut self, seat: usize, taken: &[usize], tries: &mut usize) {
        for other in taken {
            if *tries == 0 || self.conflicts(seat) == 0 {
                return;
            }
            *tries -= 1;
            self.exchange_if(seat, *other, |after, before| after < before);
        }
    }

    /// Exchanges two candidates if what is to be parted `after` and `before` is as wanted.
    fn exchange_if(&mut self, one: usize, other: usize, is_wanted: fn(usize, usize) -> bool) {
        if !self.may_exchange(one, other) {
            return;
        }
        let before = self.conflicts(one) + self.conflicts(other);
        self.who.swap(one, other);
        if !is_wanted(self.conflicts(one) + self.conflicts(other), before) {
            self.who.swap(one, other);
        }
    }
}
