//! Nothing that was acknowledged is ever lost: the server and the store are killed under load.

use crate::{
    exam_world::{Device, STARTS_AFTER_S, World},
    support::{Cluster, Program, Store, TestApp, try_send},
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
use shared::delivery::{EntryAcks, JournalEntry, entry_hash};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::sync::watch;

/// Devices that write at the same time.
const DEVICES: usize = 12;
/// How often the server is killed.
const SERVER_KILLS: usize = 20;
/// How often the server is asked to stop.
const SERVER_STOPS: usize = 5;
/// How often PostgreSQL is killed.
const STORE_KILLS: usize = 5;
/// At most so many acknowledgements lie between two kills.
const ACKS_BETWEEN: u64 = 80;
/// What a device keeps back at most before it waits for the server.
const UNACKNOWLEDGED: usize = 20;

#[actix_web::test]
async fn killing_the_server_loses_nothing_on_the_embedded_store() {
    let mut scene = Scene::open(Store::sqlite().await).await;
    scene.load(SERVER_KILLS, async |program| program.kill_and_restart().await).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn killing_the_server_loses_nothing_on_postgresql() {
    let mut scene = Scene::open(Store::postgres().await).await;
    scene.load(SERVER_KILLS, async |program| program.kill_and_restart().await).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn killing_postgresql_loses_nothing() {
    let cluster = Cluster::start();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    scene.load(STORE_KILLS, async |_| cluster.crash_and_restart()).await;
    scene.assert_nothing_lost().await;
}

/// The check of the check: where commits are acknowledged too early, a crash is found out.
#[actix_web::test]
async fn a_store_that_acknowledges_too_early_is_found_out() {
    let cluster = Cluster::start();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    cluster.acknowledge_too_early().await;
    scene.load(STORE_KILLS, async |_| cluster.crash_and_restart()).await;
    let lost: usize = scene.lost().await.values().map(BTreeSet::len).sum();
    assert!(lost > 0, "the crash of a store without synchronous commits lost nothing: the test sees nothing");
}

#[actix_web::test]
async fn a_server_that_is_asked_to_stop_leaves_nothing_in_doubt_on_the_embedded_store() {
    stop_and_go_on(Store::sqlite().await).await;
}

#[actix_web::test]
async fn a_server_that_is_asked_to_stop_leaves_nothing_in_doubt_on_postgresql() {
    stop_and_go_on(Store::postgres().await).await;
}

async fn stop_and_go_on(store: Store) {
    let mut scene = Scene::open(store).await;
    for _ in 0..SERVER_STOPS {
        scene.stop_under_load().await;
        scene.assert_nothing_in_doubt().await;
        scene.program.start_again().await;
    }
    scene.load(0, async |_| ()).await;
    scene.assert_nothing_lost().await;
}

/// A test in which all devices write, against a server in a process of its own.
struct Scene {
    app: TestApp,
    world: World,
    program: Program,
    devices: Vec<Writer>,
    /// Repeats the moments of the kills.
    seed: u64,
}

impl Scene {
    async fn open(store: Store) -> Self {
        let began = SystemClock.now().plus_s(-2 * STARTS_AFTER_S);
        let app = TestApp::start_at(store, began).await;
        let mut world = World::armed(&app, DEVICES).await.started(&app).await;
        let mut devices = Vec::new();
        for candidate in 0..DEVICES {
            devices.push(Writer::new(Device::open(&world, candidate, 1, false).await));
        }
        let program = Program::start(&app.store).await;
        for candidate in &mut world.candidates {
            candidate.client = candidate.client.at(program.address);
        }
        let seed = SystemIds.uuid().as_u64_pair().1;
        Self { app, world, program, devices, seed }
    }

    /// Lets the devices write while `kill` strikes at random moments, until all is acknowledged.
    async fn load(&mut self, kills: usize, kill: impl AsyncFn(&mut Program)) {
        let load = Load { acks: watch::Sender::new(0), is_up: watch::Sender::new(true), is_over: Cell::new(false) };
        let mut moments = ChaCha8Rng::seed_from_u64(self.seed);
        let mut acks = load.acks.subscribe();
        let (world, program) = (&self.world, &mut self.program);
        let writing = join_all(self.devices.iter_mut().map(|device| device.write_on(world, &load)));
        let killing = async {
            for _ in 0..kills {
                let moment = *acks.borrow() + 1 + moments.next_u64() % ACKS_BETWEEN;
                acks.wait_for(|acks| *acks >= moment).await.unwrap();
                load.is_up.send_replace(false);
                kill(program).await;
                load.is_up.send_replace(true);
            }
            load.is_over.set(true);
        };
        join(writing, killing).await;
    }

    /// Asks the server to stop at a random moment while the devices write.
    async fn stop_under_load(&mut self) {
        let load = Load { acks: watch::Sender::new(0), is_up: watch::Sender::new(true), is_over: Cell::new(false) };
        let mut moments = ChaCha8Rng::seed_from_u64(self.seed);
        self.seed = moments.next_u64();
        let moment = 1 + self.seed % ACKS_BETWEEN;
        let mut acks = load.acks.subscribe();
        let (world, program) = (&self.world, &mut self.program);
        let writing = join_all(self.devices.iter_mut().map(|device| device.write_until_gone(world, &load)));
        let stopping = async {
            acks.wait_for(|acks| *acks >= moment).await.unwrap();
            program.stop().await;
        };
        join(writing, stopping).await;
    }

    /// Whatever the server has stored it has acknowledged before it went.
    async fn assert_nothing_in_doubt(&self) {
        for writer in &self.devices {
            let stored: BTreeSet<_> =
                self.stored(writer.device.candidate).await.into_iter().map(|(seq, _)| seq).collect();
            assert_eq!(stored, writer.acked, "seed {}", self.seed);
        }
    }

    /// Everything that was acknowledged is stored once, as it was written, and counts.
    async fn assert_nothing_lost(&self) {
        assert_eq!(self.lost().await, BTreeMap::new(), "seed {}", self.seed);
        for writer in &self.devices {
            let candidate = writer.device.candidate;
            assert_eq!(self.stored(candidate).await.len(), writer.written.len(), "seed {}", self.seed);
            let receipt = writer.device.submit(&self.world).await.expect(200);
            assert_eq!(receipt["digest"], json!(writer.device.digest()), "seed {}", self.seed);
        }
    }

    /// Numbers that were acknowledged and are not stored exactly once, by candidate.
    async fn lost(&self) -> BTreeMap<usize, BTreeSet<u64>> {
        let mut lost = BTreeMap::new();
        for writer in &self.devices {
            let candidate = writer.device.candidate;
            let missing = writer.missing_in(&self.stored(candidate).await);
            if !missing.is_empty() {
                lost.insert(candidate, missing);
            }
        }
        lost
    }

    /// Number and hash of every row of a candidate, read from the store itself.
    async fn stored(&self, candidate: usize) -> Vec<(u64, String)> {
        let conn = self.app.cx.db.read();
        let sql = "SELECT seq, hash FROM answer_entry WHERE sitting_id = $1 ORDER BY seq";
        let values = [self.world.sitting(candidate).0.into()];
        let rows = conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await;
        let read = |row: sea_orm::QueryResult| {
            let (seq, hash): (i64, String) = row.try_get_many_by_index().unwrap();
            (u64::try_from(seq).unwrap(), hash)
        };
        rows.unwrap().into_iter().map(read).collect()
    }
}

/// What devices and killer know of each other.
struct Load {
    /// How many answers have been acknowledged.
    acks: watch::Sender<u64>,
    /// Whether server and store are there.
    is_up: watch::Sender<bool>,
    /// Whether the last kill is over: then nothing new is written.
    is_over: Cell<bool>,
}

/// A device that goes on writing and, as the page does, deletes only what was acknowledged.
struct Writer {
    device: Device,
    written: Vec<JournalEntry>,
    waiting: BTreeMap<u64, JournalEntry>,
    acked: BTreeSet<u64>,
}

impl Writer {
    fn new(device: Device) -> Self {
        Self { device, written: Vec::new(), waiting: BTreeMap::new(), acked: BTreeSet::new() }
    }

    async fn write_on(&mut self, world: &World, load: &Load) {
        let mut is_up = load.is_up.subscribe();
        while !load.is_over.get() || !self.waiting.is_empty() {
            if !load.is_over.get() && self.waiting.len() < UNACKNOWLEDGED {
                self.write(world);
            }
            match self.send(world).await {
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
            let Some(acked) = self.send(world).await else { return };
            self.note(load, acked);
        }
    }

    fn note(&mut self, load: &Load, acked: Vec<u64>) {
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

    /// Sends what waits; the acknowledged numbers, if a server answered.
    async fn send(&self, world: &World) -> Option<Vec<u64>> {
        let entries: Vec<_> = self.waiting.values().collect();
        let candidate = self.device.candidate;
        let request =
            world.candidates[candidate].client.request(reqwest::Method::POST, &world.path(candidate, "entries"));
        let request = request.json(&json!({ "entries": entries })).timeout(Duration::from_secs(10));
        let reply = try_send(request).await.ok().filter(|reply| reply.status < 500)?;
        let acks: EntryAcks = serde_json::from_value(reply.expect(200)).unwrap();
        Some(acks.acked)
    }

    fn missing_in(&self, stored: &[(u64, String)]) -> BTreeSet<u64> {
        let is_stored_once = |seq: &u64| {
            let entry = &self.written[usize::try_from(*seq).unwrap() - 1];
            let mut rows = stored.iter().filter(|(stored, _)| stored == seq);
            rows.next().is_some_and(|(_, hash)| *hash == entry_hash(entry)) && rows.next().is_none()
        };
        self.acked.iter().filter(|seq| !is_stored_once(seq)).copied().collect()
    }
}
