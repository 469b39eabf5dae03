//! What carries questions to the server, replies to the devices, and effects of the player to the disk.

use super::{
    Dice, Seen,
    device::{Device, Kept, Kind, Page, Write, measured},
    server::{Ask, Reply, Server},
};
use crate::{delivery::*, problem::ProblemCode, time::Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A reply that takes longer is no reply.
const REPLY_MS: u64 = 15_000;

/// Everything of one schedule.
pub(super) struct World {
    pub(super) dice: Dice,
    /// The true time, which the server's clock shows.
    pub(super) now: i64,
    pub(super) server: Server,
    pub(super) devices: [Device; 2],
    pub(super) wire: Vec<Parcel>,
    /// When each entry was written in truth, and whether its device could tell.
    pub(super) written: BTreeMap<(u32, u64), (i64, bool)>,
    /// What came to the disk of which device, and may not be lost.
    pub(super) flushed: BTreeMap<(u32, u64), (usize, JournalEntry)>,
    pub(super) seen: Seen,
    asked: u64,
}

/// One question or reply under way.
#[derive(Clone)]
pub(super) struct Parcel {
    device: usize,
    name: Uuid,
    id: u64,
    asked_mono_ms: u64,
    pub(super) load: Load,
}

/// What is carried.
#[derive(Clone)]
pub(super) enum Load {
    Ask(Ask),
    Reply(Reply),
}

impl World {
    /// A sitting that has begun, and a candidate who comes with the first device.
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let devices = [(); 2].map(|()| Device::new(Uuid::from_u128(dice.roll().into())));
        let mut world = Self {
            dice,
            now: 1_000,
            server: Server::new(),
            devices,
            wire: Vec::new(),
            written: BTreeMap::new(),
            flushed: BTreeMap::new(),
            seen: Seen::default(),
            asked: 0,
        };
        world.visit(0, false);
        world.carry_all();
        world
    }

    pub(super) fn with_hasty_server(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.server.is_hasty = true;
        world
    }

    /// The whole schedule: bad weather, then good.
    pub(super) fn run(mut self) -> Seen {
        for _ in 0..20 + self.dice.below(80) {
            self.bad_weather();
        }
        self.heal();
        self.check_end();
        self.seen
    }

    fn ask(&mut self, d: usize, ask: Ask) -> u64 {
        self.asked += 1;
        let device = &self.devices[d];
        let (name, asked_mono_ms) = (device.name, device.mono_ms(self.now));
        self.wire.push(Parcel { device: d, name, id: self.asked, asked_mono_ms, load: Load::Ask(ask) });
        self.asked
    }

    /// The page of the sitting is opened on a device that does not show it, or can only look at it.
    pub(super) fn visit(&mut self, d: usize, take_over: bool) {
        let is_on = |page: &Page| !matches!(page.player.phase(), Phase::TakenOver { .. });
        let device = &self.devices[d];
        if device.visit.is_some() || device.disk.receipt.is_some() || device.page.as_ref().is_some_and(is_on) {
            return;
        }
        self.flush_all(d);
        self.devices[d].page = None;
        (self.devices[d].is_elsewhere, self.devices[d].saw_epoch) = (false, self.server.epoch);
        let id = self.ask(d, Ask::Open { take_over });
        self.devices[d].visit = Some((id, take_over));
    }

    /// The device knows how the opening went.
    fn arrive(&mut self, d: usize, reply: Reply) {
        let take_over = self.devices[d].visit.take().is_some_and(|(_, take_over)| take_over);
        let (kept, mono_ms) = (self.devices[d].disk.kept.clone(), self.devices[d].mono_ms(self.now));
        let journal: Vec<JournalEntry> = self.devices[d].disk.entries.values().cloned().collect();
        let clock = measured(mono_ms, Timestamp(self.now));
        match (reply, kept) {
            (Reply::Opened(opened), None) if has_lost_its_journal(self.devices[d].saw_epoch, &opened, &journal) => {
                self.devices[d].name = Uuid::from_u128(self.dice.roll().into());
                let id = self.ask(d, Ask::Open { take_over: true });
                self.devices[d].visit = Some((id, true));
            }
            (Reply::Opened(opened), kept) => {
                self.seen.take_overs += u64::from(take_over && opened.epoch > 1);
                let same = kept.filter(|kept| kept.opened.epoch == opened.epoch);
                let began_at = same.map_or(opened.server_time, |kept| kept.began_at);
                let newest = opened.epoch;
                self.play(d, Kept { opened, began_at, newest, server_minus_wall_ms: 0 }, clock, None);
            }
            (Reply::Refused { .. }, _) if take_over => {}
            (Reply::Refused { code, params }, Some(kept)) => {
                let news = Event::of_refused_opening(code, &params, kept.opened.epoch);
                assert!(news.is_some(), "an opening is refused by {code:?}");
                self.play(d, kept, clock, news);
            }
            (Reply::Refused { code, .. }, None) => {
                self.devices[d].is_elsewhere = code == ProblemCode::SittingTakenOver;
            }
            (other, _) => panic!("an opening brought {other:?}"),
        }
    }

    /// Nobody answered: a device that has opened the sitting goes on without the network.
    fn arrive_offline(&mut self, d: usize, take_over: bool) {
        let device = &self.devices[d];
        let Some(kept) = device.disk.kept.clone().filter(|_| !take_over) else { return };
        let server_time = device.wall(self.now).plus_ms(kept.server_minus_wall_ms);
        let mut clock = ServerClockReading::default();
        clock.assume(device.mono_ms(self.now), server_time);
        self.seen.resumed_offline += 1;
        let news = Event::of_no_network(kept.opened.epoch, kept.newest);
        self.play(d, kept, clock, Some(news));
    }

    fn play(&mut self, d: usize, kept: Kept, clock: ServerClockReading, news: Option<Event>) {
        self.devices[d].begin(kept, clock, self.now);
        self.note_what_came_along(d);
        self.tell(d, Event::NetworkRestored);
        if let Some(news) = news {
            self.tell(d, news);
        }
    }

    /// What was written in an older epoch and is written anew was written then.
    fn note_what_came_along(&mut self, d: usize) {
        let device = &self.devices[d];
        let Some(page) = &device.page else { return };
        let mut came = Vec::new();
        for held in page.player.answers().iter().filter(|held| held.epoch == page.epoch) {
            let key = (held.epoch, held.seq);
            if !self.written.contains_key(&key) {
                let mut older = device.disk.entries.range(..(page.epoch, 0)).rev();
                let (source, _) = older.find(|(_, entry)| entry.item_id == held.item_id).unwrap();
                came.push((key, self.written[source]));
            }
        }
        self.written.extend(came);
    }

    /// What the player writes again by itself is written by now; when its answer was given is not known here.
    fn note_what_is_written_again(&mut self, d: usize) {
        let device = &self.devices[d];
        let Some(page) = &device.page else { return };
        for held in page.player.answers().iter().filter(|held| held.epoch == page.epoch) {
            self.written.entry((held.epoch, held.seq)).or_insert((self.now, false));
        }
    }

    /// Tells the player, and does what it asks for, in its order.
    pub(super) fn tell(&mut self, d: usize, event: Event) {
        let Some(page) = &mut self.devices[d].page else { return };
        let is_told_to_go_on =
            matches!(event, Event::TimerFired | Event::NetworkRestored | Event::Acked { .. } | Event::Heard(_));
        if is_told_to_go_on {
            page.is_waiting = false;
        }
        if is_told_to_go_on && event != Event::TimerFired {
            page.last_wait_ms = 0;
        }
        let is_written_again = event.is_difference();
        let was_locked = *page.player.phase() == Phase::Submitting { by_candidate: false };
        let effects = page.player.handle(event);
        let is_working = *page.player.phase() == Phase::Working;
        self.seen.reopened_by_news += u64::from(was_locked && is_working);
        if is_written_again {
            self.note_what_is_written_again(d);
        }
        for effect in effects {
            self.check_effect(d, &effect);
            self.carry_out(d, effect);
        }
        self.check_screen(d);
    }

    fn carry_out(&mut self, d: usize, effect: Effect) {
        let device = &mut self.devices[d];
        let (mono_ms, wall) = (device.mono_ms(self.now), device.wall(self.now));
        let Some(page) = &mut device.page else { return };
        match effect {
            Effect::StoreEntry(entry) => page.writes.push_back(Write::Entry(entry)),
            Effect::DeleteEntries(seqs) => {
                let server_minus_wall_ms = page.clock.server_time(mono_ms).unwrap().ms_since(wall);
                page.release(seqs, server_minus_wall_ms);
            }
            Effect::KeepDeadline(deadline) => {
                page.kept.opened.deadline = deadline;
                page.writes.push_back(Write::Keep(page.kept.clone()));
            }
            Effect::KeepTakenOver { current } => {
                page.kept.newest = current;
                page.writes.push_back(Write::Keep(page.kept.clone()));
            }
            Effect::SetTimer { ms } => {
                (page.is_timer_set, page.is_waiting, page.last_wait_ms) = (true, true, ms);
            }
            Effect::ShowReceipt => {
                let Phase::Closed { receipt: Some(receipt) } = page.player.phase().clone() else {
                    panic!("I10: a receipt is shown that is not there")
                };
                page.writes.push_back(Write::End(receipt));
            }
            Effect::SendBatch(entries) => self.send(d, Kind::Batch, Ask::Entries(entries)),
            Effect::AskForNews => self.send(d, Kind::News, Ask::News),
            Effect::Submit(submission) => self.send(d, Kind::Submission, Ask::Submit(submission)),
        }
    }

    fn send(&mut self, d: usize, kind: Kind, ask: Ask) {
        let id = self.ask(d, ask);
        self.devices[d].page.as_mut().unwrap().asks.push((id, kind));
    }

    /// The page asks by itself how the sitting stands, as it does now and then.
    pub(super) fn poll(&mut self, d: usize) {
        let is_over = |page: &Page| matches!(page.player.phase(), Phase::Closed { receipt: Some(_) });
        if self.devices[d].page.as_ref().is_some_and(|page| !is_over(page)) {
            self.send(d, Kind::Poll, Ask::News);
        }
    }

    /// A parcel comes to where it was sent.
    pub(super) fn carry(&mut self, parcel: Parcel) {
        match parcel.load {
            Load::Ask(ask) => {
                let reply = self.server.handle(parcel.name, &ask, Timestamp(self.now));
                self.wire.push(Parcel { load: Load::Reply(reply), ..parcel });
            }
            Load::Reply(reply) => self.receive(parcel.device, parcel.id, parcel.asked_mono_ms, reply),
        }
    }

    /// Everything that is under way arrives, in its order.
    pub(super) fn carry_all(&mut self) {
        while !self.wire.is_empty() {
            let parcel = self.wire.remove(0);
            self.carry(parcel);
        }
    }

    /// Who has given up, or has gone, hears no reply.
    fn receive(&mut self, d: usize, id: u64, sent_mono_ms: u64, reply: Reply) {
        let now = self.now;
        let device = &mut self.devices[d];
        if device.visit.is_some_and(|(visit, _)| visit == id) {
            return self.arrive(d, reply);
        }
        let received_mono_ms = device.mono_ms(now);
        let Some(page) = &mut device.page else { return };
        let Some(at) = page.asks.iter().position(|(asked, _)| *asked == id) else { return };
        let (_, kind) = page.asks.remove(at);
        if received_mono_ms - sent_mono_ms > REPLY_MS {
            return self.fail(d, kind);
        }
        let mut learn = |server_time| page.clock.learn(ClockSample { sent_mono_ms, server_time, received_mono_ms });
        let event = match reply {
            Reply::Acks(EntryAcks { acked, server_time, deadline, epoch }) => {
                learn(server_time);
                self.check_acks(d, &acked);
                Event::Acked { acked, server_time, deadline, epoch }
            }
            Reply::News(news) => {
                learn(news.server_time);
                Event::Heard(news)
            }
            Reply::Receipt(receipt) => Event::Submitted(receipt),
            Reply::Refused { code, params } => {
                let monotonic_ms = page.monotonic_ms(received_mono_ms);
                let told = Event::of_refusal(code, &params, page.epoch, monotonic_ms);
                told.unwrap_or_else(|| panic!("a page was refused by {code:?}"))
            }
            other => panic!("a page was told {other:?}"),
        };
        if event.is_difference() {
            self.ask_what_is_there(d);
        }
        self.tell(d, event);
    }

    /// The page asks what the server has, and has the reply at once, if it brings anything.
    fn ask_what_is_there(&mut self, d: usize) {
        let ask = Ask::Open { take_over: false };
        if let Reply::Opened(opened) = self.server.handle(self.devices[d].name, &ask, Timestamp(self.now)) {
            self.tell(d, Event::OpenedAgain(opened));
        }
    }

    /// What the device waited for longest brings no reply; whether there was anything.
    pub(super) fn give_up(&mut self, d: usize) -> bool {
        if let Some((_, take_over)) = self.devices[d].visit.take() {
            self.arrive_offline(d, take_over);
            return true;
        }
        let Some(page) = &mut self.devices[d].page else { return false };
        if page.asks.is_empty() {
            return false;
        }
        let (_, kind) = page.asks.remove(0);
        self.fail(d, kind);
        true
    }

    fn fail(&mut self, d: usize, kind: Kind) {
        match kind {
            Kind::Batch => self.tell(d, Event::BatchFailed),
            Kind::Submission => self.tell(d, Event::SubmitFailed),
            Kind::News | Kind::Poll => {
                self.tell(d, Event::NetworkLost);
                self.tell(d, Event::NotHeard);
            }
        }
    }

    /// The oldest write of a device is flushed.
    pub(super) fn flush(&mut self, d: usize) {
        if let Some(event) = self.devices[d].flush() {
            if let Event::Stored(seq) = event {
                let device = &self.devices[d];
                let key = (device.page.as_ref().map_or(0, |page| page.epoch), seq);
                self.flushed.insert(key, (d, device.disk.entries[&key].clone()));
            }
            self.tell(d, event);
        }
    }

    pub(super) fn flush_all(&mut self, d: usize) {
        while self.devices[d].page.as_ref().is_some_and(|page| !page.writes.is_empty()) {
            self.flush(d);
        }
    }

    /// The timer of a device fires, if it is set.
    pub(super) fn fire(&mut self, d: usize) {
        let Some(page) = &mut self.devices[d].page else { return };
        if std::mem::take(&mut page.is_timer_set) {
            self.tell(d, Event::TimerFired);
        }
    }

    /// The page looks at the clock.
    pub(super) fn tick(&mut self, d: usize) {
        let device = &self.devices[d];
        let Some(page) = &device.page else { return };
        let now = page.clock.server_time(device.mono_ms(self.now)).unwrap();
        if page.player.is_time_up(now) {
            self.tell(d, Event::TimeUp);
        }
    }
}
