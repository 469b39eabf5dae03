//! What happens to the sitting: bad weather by chance, and then good.

use super::{
    ITEMS,
    device::{Page, asked},
    item,
    world::World,
};
use crate::{delivery::*, item_bank::Response, time::Timestamp};
use uuid::Uuid;

/// In good weather everything is done after so many rounds.
const ROUNDS: usize = 600;
const ROUND_MS: i64 = 400;
/// Milliseconds that pass between two things that happen.
const PAUSES_MS: [i64; 8] = [20, 100, 300, 500, 800, 1_500, 3_000, 6_000];
const HOUR_MS: i64 = 3_600_000;
/// Hours by which somebody sets a clock wrong: a year, a few, none.
const CLOCK_ERRORS_H: [i64; 7] = [-8_760, -3, -1, 0, 1, 3, 8_760];
const NAP_MS: i64 = 30_000;

impl World {
    /// One thing happens.
    pub(super) fn bad_weather(&mut self) {
        self.now += PAUSES_MS[self.dice.place(PAUSES_MS.len())];
        // Most of it on the first device.
        let d = self.dice.place(4) / 3;
        match self.dice.below(40) {
            0..=8 => self.answer(d),
            9..=15 => self.flush(d),
            16 => self.refuse_write(d),
            17..=27 => self.carry_any(),
            28 => self.lose_any(),
            29 => self.double_any(),
            30 => _ = self.give_up(d),
            31 => self.fire(d),
            32 => self.poll(d),
            33 => self.tell(d, Event::NetworkRestored),
            34 => self.tell(d, Event::NetworkLost),
            35 => self.crash(d),
            36 | 37 => self.come(d),
            38 => self.disturb_clock(d),
            _ => self.seldom(d),
        }
        self.server.close_due(Timestamp(self.now));
        self.tick(0);
        self.tick(1);
    }

    fn answer(&mut self, d: usize) {
        let item_id = item(self.dice.below(ITEMS));
        let choice = u16::try_from(self.dice.below(4)).unwrap();
        let response = if choice == 0 { Response::Cleared } else { Response::Single(choice) };
        let device = &self.devices[d];
        let could_tell = !device.is_disturbed;
        let Some(page) = &device.page else { return };
        let (before, monotonic_ms) = (page.player.unsent(), page.monotonic_ms(device.mono_ms(self.now)));
        self.tell(d, Event::Answered { item_id, response, monotonic_ms });
        let Some(page) = &self.devices[d].page else { return };
        let held = page.player.answers().iter().find(|answer| answer.item_id == item_id);
        if let Some(entry) = held.filter(|_| page.player.unsent() > before) {
            let newest = self.devices[d].disk.kept.as_ref().map_or(0, |kept| kept.newest);
            assert!(newest <= entry.epoch, "I3: who knows of a newer epoch writes no more");
            self.written.insert((entry.epoch, entry.seq), (self.now, could_tell));
        }
    }

    fn refuse_write(&mut self, d: usize) {
        if let Some(event) = self.devices[d].refuse() {
            self.tell(d, event);
        }
    }

    /// Parcels overtake each other.
    fn carry_any(&mut self) {
        if !self.wire.is_empty() {
            let parcel = self.wire.remove(self.dice.place(self.wire.len()));
            self.carry(parcel);
        }
    }

    fn lose_any(&mut self) {
        if !self.wire.is_empty() {
            drop(self.wire.remove(self.dice.place(self.wire.len())));
        }
    }

    fn double_any(&mut self) {
        if !self.wire.is_empty() {
            let parcel = self.wire[self.dice.place(self.wire.len())].clone();
            self.wire.push(parcel);
        }
    }

    /// The page is closed in the middle of everything; often it is opened again at once, without a network too.
    fn crash(&mut self, d: usize) {
        self.devices[d].crash();
        if self.dice.below(2) == 0 {
            self.visit(d, false);
            let is_offline = self.dice.below(2) == 0;
            if is_offline && self.devices[d].visit.is_some() {
                self.wire.pop();
                self.give_up(d);
            }
        }
    }

    /// The candidate comes to a device, or takes the sitting over.
    fn come(&mut self, d: usize) {
        let take_over = self.dice.below(2) == 0;
        self.visit(d, take_over);
    }

    /// The device sleeps, or somebody sets its clock; the page notices, and asks for the time if it can.
    fn disturb_clock(&mut self, d: usize) {
        let hours = CLOCK_ERRORS_H[self.dice.place(CLOCK_ERRORS_H.len())];
        let (has_slept, can_ask) = (self.dice.below(2) == 0, self.dice.below(2) == 0);
        let device = &mut self.devices[d];
        if has_slept {
            device.asleep_ms += NAP_MS;
            self.now += NAP_MS;
        } else {
            device.is_disturbed = true;
            device.wall_error_ms = hours * HOUR_MS;
        }
        let (mono_ms, wall) = (device.mono_ms(self.now), device.wall(self.now));
        let Some(page) = &mut device.page else { return };
        page.clock.compare(mono_ms, wall);
        if can_ask {
            page.clock.replace(asked(mono_ms, Timestamp(self.now)));
        } else {
            self.seen.slept_offline += u64::from(has_slept);
        }
    }

    fn seldom(&mut self, d: usize) {
        let seconds = 20 + u32::try_from(self.dice.below(40)).unwrap();
        let left_ms = time_left(self.server.deadline(), Timestamp(self.now));
        match self.dice.below(6) {
            0 => self.tell(d, Event::SubmitPressed),
            1 => {
                let has_name = self.dice.below(2) == 0;
                let name = Uuid::from_u128(self.dice.roll().into());
                self.flushed.retain(|_, (device, _)| *device != d);
                self.devices[d].wipe((!has_name).then_some(name));
                self.seen.wipes += 1;
            }
            2 => self.now += left_ms,
            // Time is given back while there is time.
            _ if left_ms > 5_000 && self.server.closed.is_none() => {
                self.server.extend(seconds);
                self.seen.extensions += 1;
            }
            _ => {}
        }
    }

    /// The network works again, disks take what they are given, and everything gets its turn: what can be
    /// acknowledged is, and who then hands in gets a receipt.
    pub(super) fn heal(&mut self) {
        let healed_at = Timestamp(self.now);
        let writer = self.devices.iter().position(|device| Some(device.name) == self.server.device).unwrap_or(0);
        self.await_that(writer, Self::is_settled, "everything is acknowledged");
        self.check_acknowledged(writer, healed_at);
        self.tell(writer, Event::SubmitPressed);
        self.await_that(writer, Self::is_over, "who hands in gets a receipt");
    }

    fn await_that(&mut self, writer: usize, is_so: fn(&Self, usize) -> bool, law: &str) {
        for _ in 0..ROUNDS {
            self.good_weather(writer);
            if is_so(self, writer) {
                return;
            }
        }
        panic!("liveness: {law} once the network has healed");
    }

    /// Everything arrives, and everything gets its turn.
    fn good_weather(&mut self, writer: usize) {
        self.now += ROUND_MS;
        self.server.close_due(Timestamp(self.now));
        self.carry_all();
        for d in [0, 1] {
            while self.give_up(d) {}
            self.flush_all(d);
            self.fire(d);
            self.tick(d);
            self.poll(d);
        }
        self.come_back(writer);
        self.look_at(1 - writer);
    }

    /// The candidate goes on at the device that may write, and takes the sitting over if there is none.
    fn come_back(&mut self, writer: usize) {
        let (device, is_open) = (&self.devices[writer], self.server.closed.is_none());
        let is_overtaken = |page: &Page| matches!(page.player.phase(), Phase::TakenOver { .. });
        let (has_page, is_elsewhere) = (device.page.is_some(), device.is_elsewhere);
        if !has_page {
            self.visit(writer, is_elsewhere);
        } else if is_open && device.page.as_ref().is_some_and(is_overtaken) {
            self.visit(writer, true);
        }
    }

    /// The other device is looked at once more, and takes nothing over.
    fn look_at(&mut self, other: usize) {
        let device = &self.devices[other];
        if device.page.is_none() && device.disk.kept.is_some() {
            self.visit(other, false);
        }
    }

    /// Whether a device that does not write any more has sent what it wrote.
    fn is_emptied(&self, other: usize) -> bool {
        let has_sent = |page: &Page| matches!(page.player.phase(), Phase::Closed { .. }) || page.player.unsent() == 0;
        let device = &self.devices[other];
        device.visit.is_none() && device.page.as_ref().map_or(device.disk.kept.is_none(), has_sent)
    }

    fn is_settled(&self, writer: usize) -> bool {
        let is_done = |page: &Page| match page.player.phase() {
            Phase::Working => page.epoch == self.server.epoch && page.player.unsent() == 0,
            Phase::Closed { receipt } => receipt.is_some(),
            Phase::Submitting { .. } | Phase::TakenOver { .. } => false,
        };
        let device = &self.devices[writer];
        match &device.page {
            _ if !self.is_emptied(1 - writer) => false,
            Some(page) => page.writes.is_empty() && is_done(page),
            // Nothing is on this device, and the server has closed what nobody went on with.
            None => self.server.closed.is_some() && device.disk.kept.is_none(),
        }
    }

    fn is_over(&self, writer: usize) -> bool {
        let page = self.devices[writer].page.as_ref();
        self.server.closed.is_some()
            && page.is_none_or(|page| !matches!(page.player.phase(), Phase::Working))
            && self.is_settled(writer)
    }
}
