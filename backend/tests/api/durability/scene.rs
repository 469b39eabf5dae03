//! A test in which all devices write, while somebody kills what they write to.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    oracle::{self, Acks, Tally},
    support::{Program, Store, TestApp, try_send},
};
use backend::platform::{
    clock::{Clock, SystemClock},
    ids::{IdSource, SystemIds},
};
use futures::future::{join, join_all};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use shared::delivery::{EntryAcks, JournalEntry};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    time::Duration,
};
use tokio::sync::watch;

/// Devices that write at the same time.
pub(super) const DEVICES: usize = 12;
/// At most so many acknowledgements lie between two strikes.
const ACKS_BETWEEN: u64 = 80;
/// What a device keeps back at most before it waits for the server.
const UNACKNOWLEDGED: usize = 20;
/// Longest wait of a device for a reply: a node may hang together with the store.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How late answers may come, in seconds; then a test is scored.
const LATE_WINDOW_S: i64 = 600;

/// A test in which all devices write, against nodes in processes of their own.
pub(super) struct Scene {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) nodes: Vec<Program>,
    devices: Vec<Writer>,
    /// How often a device found no node that took its answers.
    pub(super) turned_away: usize,
    /// Repeats the moments of the strikes.
    seed: u64,
}

impl Scene {
    /// One node.
    pub(super) async fn open(store: Store) -> Self {
        Self::open_on(store, 1, &[]).await
    }

    /// Several nodes of one system, with these settings.
    pub(super) async fn open_on(store: Store, nodes: usize, settings: &[(&'static str, &str)]) -> Self {
        let began = SystemClock.now().plus_s(-2 * STARTS_AFTER_S);
        let app = TestApp::start_at(store, began).await;
        // One more than devices: a latecomer.
        let mut world = World::armed(&app, DEVICES + 1).await.started(&app).await;
        let mut devices = Vec::new();
        for candidate in 0..DEVICES {
            devices.push(Writer::new(Device::open(&world, candidate, 1, false).await));
        }
        let mut running = Vec::new();
        for _ in 0..nodes {
            running.push(Program::start_with(&app.store, settings).await);
        }
        for candidate in &mut world.candidates {
            candidate.client = candidate.client.at(running[0].address);
        }
        let seed = SystemIds.uuid().as_u64_pair().1;
        Self { app, world, nodes: running, devices, turned_away: 0, seed }
    }

    /// Lets the devices write while `strike` comes at random moments, until all is acknowledged. It is told how many
    /// came before it.
    pub(super) async fn load(&mut self, strikes: usize, mut strike: impl AsyncFnMut(usize, &mut [Program])) {
        let load = Load::new(&self.nodes);
        let mut moments = ChaCha8Rng::seed_from_u64(self.seed);
        let mut acks = load.acks.subscribe();
        let (world, nodes) = (&self.world, &mut self.nodes);
        let writing = join_all(self.devices.iter_mut().map(|device| device.write_on(world, &load)));
        let striking = async {
            for before in 0..strikes {
                let moment = *acks.borrow() + 1 + moments.next_u64() % ACKS_BETWEEN;
                acks.wait_for(|acks| *acks >= moment).await.unwrap();
                load.is_up.send_replace(false);
                strike(before, nodes.as_mut_slice()).await;
                load.is_up.send_replace(true);
            }
            load.is_over.set(true);
        };
        join(writing, striking).await;
        self.turned_away += load.turned_away.get();
    }

    /// Asks the only node to stop at a random moment while the devices write.
    pub(super) async fn stop_under_load(&mut self) {
        let load = Load::new(&self.nodes);
        let mut moments = ChaCha8Rng::seed_from_u64(self.seed);
        self.seed = moments.next_u64();
        let moment = 1 + self.seed % ACKS_BETWEEN;
        let mut acks = load.acks.subscribe();
        let (world, node) = (&self.world, &mut self.nodes[0]);
        let writing = join_all(self.devices.iter_mut().map(|device| device.write_until_gone(world, &load)));
        let stopping = async {
            acks.wait_for(|acks| *acks >= moment).await.unwrap();
            node.stop().await;
        };
        join(writing, stopping).await;
    }

    /// Whatever the server has stored it has acknowledged before it went.
    pub(super) async fn assert_nothing_in_doubt(&self) {
        for writer in &self.devices {
            let stored = self.stored(writer.device.candidate).await;
            assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), writer.acked, "seed {}", self.seed);
        }
    }

    /// Everything that was acknowledged is stored once, as it was written, and counts: in the receipt and in the score.
    pub(super) async fn assert_nothing_lost(mut self) {
        let seed = self.seed;
        assert_eq!(self.tally().await, Tally::default(), "seed {seed}");
        for writer in &self.devices {
            assert_eq!(self.stored(writer.device.candidate).await.len(), writer.written.len(), "seed {seed}");
            let receipt = writer.device.submit(&self.world).await.expect(200);
            assert_eq!(receipt["digest"], json!(writer.device.digest()), "seed {seed}");
        }
        // The clock of the test goes ahead of theirs.
        self.nodes.clear();
        self.app.clock.advance_s(i64::from(DURATION_MIN) * 60 + STARTS_AFTER_S + LATE_WINDOW_S);
        self.world.settle(&self.app).await;
        let mut tally = Tally::default();
        for Writer { device, .. } in &self.devices {
            let sitting = self.world.sitting(device.candidate);
            tally += oracle::scored(&self.app, sitting, &self.world.items[..3], &device.answers).await;
        }
        assert_eq!(tally, Tally::default(), "seed {seed}");
    }

    /// What was acknowledged to all devices, held against the store.
    pub(super) async fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for writer in &self.devices {
            tally += oracle::stored(&self.app, self.world.sitting(writer.device.candidate), &writer.acks).await;
        }
        tally
    }

    /// Number of every row of a candidate, read from the store itself.
    async fn stored(&self, candidate: usize) -> Vec<u64> {
        let conn = self.app.cx.db.read();
        let sql = "SELECT seq FROM answer_entry WHERE sitting_id = $1 ORDER BY seq";
        let values = [self.world.sitting(candidate).0.into()];
        let rows = conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await;
        let read = |row: sea_orm::QueryResult| {
            let seq: i64 = row.try_get_by_index(0).unwrap();
            u64::try_from(seq).unwrap()
        };
        rows.unwrap().into_iter().map(read).collect()
    }
}

/// What devices and killer know of each other.
struct Load {
    /// Where the nodes are.
    nodes: Vec<SocketAddr>,
    /// How many answers have been acknowledged.
    acks: watch::Sender<u64>,
    /// Whether server and store are there.
    is_up: watch::Sender<bool>,
    /// Whether the last strike is over: then nothing new is written.
    is_over: Cell<bool>,
    /// How often a device found no node that took its answers.
    turned_away: Cell<usize>,
}

impl Load {
    fn new(nodes: &[Program]) -> Self {
        Self {
            nodes: nodes.iter().map(|node| node.address).collect(),
            acks: watch::Sender::new(0),
            is_up: watch::Sender::new(true),
            is_over: Cell::new(false),
            turned_away: Cell::new(0),
        }
    }
}

/// A device that goes on writing and, as the page does, deletes only what was acknowledged.
struct Writer {
    device: Device,
    written: Vec<JournalEntry>,
    waiting: BTreeMap<u64, JournalEntry>,
    acked: BTreeSet<u64>,
    acks: Acks,
    /// Counts the requests: the nodes get them in turn.
    turn: usize,
}

impl Writer {
    fn new(device: Device) -> Self {
        let turn = device.candidate;
        let (written, waiting, acked, acks) = (Vec::new(), BTreeMap::new(), BTreeSet::new(), Acks::default());
        Self { device, written, waiting, acked, acks, turn }
    }

    async fn write_on(&mut self, world: &World, load: &Load) {
        let mut is_up = load.is_up.subscribe();
        while !load.is_over.get() || !self.waiting.is_empty() {
            if !load.is_over.get() && self.waiting.len() < UNACKNOWLEDGED {
                self.write(world);
            }
            match self.send(world, load).await {
                Some(acked) => self.note(load, acked),
                None => drop(is_up.wait_for(|is_up| *is_up).await.unwrap()),
            }
        }
    }

    /// Writes until no server answers any more.
    async fn write_until_gone(&mut self, world: &World, load: &Load) {
        loop {
            if self.waiting.len() < UNACKNOWLEDGED {
                self.write(world);
            }
            let Some(acked) = self.send(world, load).await else { return };
            self.note(load, acked);
        }
    }

    fn note(&mut self, load: &Load, acked: Vec<u64>) {
        self.acks.note(self.waiting.values(), &acked);
        self.waiting.retain(|seq, _| !acked.contains(seq));
        load.acks.send_modify(|count| *count += acked.len() as u64);
        self.acked.extend(acked);
    }

    fn write(&mut self, world: &World) {
        let n = self.written.len();
        let entry = self.device.answer(world, n % 3, u16::try_from(n % 4).unwrap());
        self.waiting.insert(entry.seq, entry.clone());
        self.written.push(entry);
    }

    /// Sends what waits to the node whose turn it is, or to another one if that does not take it, as a proxy does;
    /// the acknowledged numbers, if one took it.
    async fn send(&mut self, world: &World, load: &Load) -> Option<Vec<u64>> {
        for _ in &load.nodes {
            self.turn += 1;
            let node = load.nodes[self.turn % load.nodes.len()];
            if let Some(acked) = self.send_to(world, node).await {
                return Some(acked);
            }
        }
        load.turned_away.set(load.turned_away.get() + 1);
        None
    }

    async fn send_to(&self, world: &World, node: SocketAddr) -> Option<Vec<u64>> {
        let entries: Vec<_> = self.waiting.values().collect();
        let candidate = self.device.candidate;
        let client = world.candidates[candidate].client.at(node);
        let request = client.request(reqwest::Method::POST, &world.path(candidate, "entries"));
        let request = request.json(&json!({ "entries": entries })).timeout(PATIENCE);
        let reply = try_send(request).await.ok().filter(|reply| reply.status < 500)?;
        let acks: EntryAcks = serde_json::from_value(reply.expect(200)).unwrap();
        Some(acks.acked)
    }
}
