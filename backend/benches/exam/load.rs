//! The load of a whole test: candidates who come, answer and hand in when they do, however long the server takes.
//!
//! The model is open: when each request is due is drawn before the test begins, and its delay counts from then, so that
//! a server which stands still is not asked less (no coordinated omission). What was acknowledged is kept, and held
//! against the store and the computed scores when the test is over.

use super::{
    scene::Scene,
    wire::{Wire, bytes_of},
};
use crate::{
    exam_world::{DURATION_MIN, Device, World},
    now,
    oracle::{self, Acks, Tally},
};
use futures::future::join_all;
use hdrhistogram::Histogram;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::delivery::EntryAcks;
use std::{
    cell::RefCell,
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// In this time everybody comes: the start minute.
const COMING: Duration = Duration::from_secs(60);
/// So long everybody works.
const WORKING: Duration = Duration::from_secs(30);
/// In this time everybody hands in: the submit minute.
const LEAVING: Duration = Duration::from_secs(60);
/// An answer is saved so often on the average, in seconds (RELIABILITY E4).
const SAVE_EVERY_S: f64 = 25.0;
/// Longest delay that is told from longer ones, in microseconds.
const LONGEST_US: u64 = 600_000_000;
/// So long after the test its clock stands when it is scored, in seconds.
const AFTER_S: i64 = 2 * 3_600;
/// Draws the moments of every run.
const SEED: u64 = 20_261_127;

/// Delays in microseconds.
pub(crate) type Delays = Histogram<u64>;

fn delays() -> Delays {
    Delays::new_with_bounds(1, LONGEST_US, 3).unwrap()
}

/// What a run came to.
pub(crate) struct Run {
    /// From when a request was due to its whole reply, by what was asked for.
    pub(crate) delays: BTreeMap<&'static str, Delays>,
    /// How late the client itself was: from when a request was due to when it was sent, where no reply was waited for.
    pub(crate) lags: Delays,
    /// Requests that were sent.
    pub(crate) requests: u64,
    /// Those that were not answered with 200.
    pub(crate) errors: u64,
    /// Answers that were acknowledged.
    pub(crate) acked: usize,
    /// What is wrong with them.
    pub(crate) tally: Tally,
    /// Memory of the server while everybody is connected, less what it held before anybody was, in KiB.
    pub(crate) rss_kib: f64,
}

impl Run {
    /// A part of the delays of an action, in milliseconds.
    pub(crate) fn delay_ms(&self, action: &str, part: f64) -> f64 {
        self.delays[action].value_at_quantile(part) as f64 / 1_000.0
    }
}

/// What is noted while candidates are at it.
struct Notes {
    delays: BTreeMap<&'static str, Delays>,
    lags: Delays,
    requests: u64,
    errors: u64,
}

impl Notes {
    fn none() -> RefCell<Self> {
        RefCell::new(Self { delays: BTreeMap::new(), lags: delays(), requests: 0, errors: 0 })
    }
}

/// When one candidate does what, counted from the beginning.
struct Plan {
    comes: Duration,
    saves: Vec<Duration>,
    leaves: Duration,
}

impl Plan {
    fn draw(chance: &mut ChaCha8Rng) -> Self {
        let comes = COMING.mul_f64(part(chance));
        let leaves = COMING + WORKING + LEAVING.mul_f64(part(chance));
        let mut saves = Vec::new();
        let mut at = comes;
        loop {
            // Between a fifth and nine fifths of the average.
            at += Duration::from_secs_f64(SAVE_EVERY_S * (0.2 + 1.6 * part(chance)));
            if at >= leaves {
                return Self { comes, saves, leaves };
            }
            saves.push(at);
        }
    }
}

/// A number from 0 to 1.
fn part(chance: &mut ChaCha8Rng) -> f64 {
    chance.next_u64() as f64 / u64::MAX as f64
}

/// A candidate at a device: one connection.
struct Desk<'a> {
    world: &'a World,
    candidate: usize,
    wire: Wire,
    notes: &'a RefCell<Notes>,
}

impl Desk<'_> {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.world.candidates[self.candidate].client.request(method, path)
    }

    /// Sends a request that was due at `due`; the body of a reply with 200.
    async fn ask(&mut self, action: &'static str, due: Instant, request: RequestBuilder) -> Option<Vec<u8>> {
        let reply = self.wire.try_ask(&bytes_of(request)).await;
        let body = reply.ok().filter(|(status, _)| *status == 200).map(|(_, body)| body.to_vec());
        let mut notes = self.notes.borrow_mut();
        notes.delays.entry(action).or_insert_with(delays).saturating_record(micros(now() - due));
        notes.requests += 1;
        notes.errors += u64::from(body.is_none());
        body
    }

    /// Waits until something is due, if it is not overdue since a reply took long.
    async fn wait_until(&self, due: Instant) {
        if now() < due {
            tokio::time::sleep_until(due.into()).await;
            self.notes.borrow_mut().lags.saturating_record(micros(now() - due));
        }
    }

    /// Fetches what a candidate needs, and opens the sitting.
    async fn come(&mut self, due: Instant) -> Option<Device> {
        let package = format!("/api/v1/papers/{}/package", self.world.paper_id.as_str().unwrap());
        let sitting = self.world.path(self.candidate, "");
        let asked = [
            ("view", sitting.trim_end_matches('/').to_owned()),
            ("package", package),
            ("key", self.world.path(self.candidate, "key")),
        ];
        let mut since = due;
        for (action, path) in asked {
            let request = self.request(Method::GET, &path);
            self.ask(action, since, request).await?;
            since = now();
        }
        let body = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false });
        let request = self.request(Method::POST, &self.world.path(self.candidate, "open")).json(&body);
        let opened: Value = serde_json::from_slice(&self.ask("open", since, request).await?).unwrap();
        Some(Device::begun(self.world, self.candidate, &opened))
    }

    /// Saves one more answer; the acknowledgement is noted.
    async fn save(&mut self, due: Instant, device: &mut Device, acks: &mut Acks) -> Option<()> {
        let n = acks.len();
        let entry = device.answer(self.world, n % 3, u16::try_from(n % 4).unwrap());
        let request = self.request(Method::POST, &self.world.path(self.candidate, "entries"));
        let reply = self.ask("save", due, request.json(&json!({ "entries": [entry] }))).await?;
        let acked: EntryAcks = serde_json::from_slice(&reply).unwrap();
        acks.note([&entry], &acked.acked);
        Some(())
    }

    /// Hands in, and looks at the receipt.
    async fn leave(&mut self, due: Instant, device: &Device) -> Option<()> {
        let request = self.request(Method::POST, &self.world.path(self.candidate, "submit"));
        self.ask("submit", due, request.json(&device.submission())).await?;
        let sitting = self.world.path(self.candidate, "");
        let request = self.request(Method::GET, sitting.trim_end_matches('/'));
        self.ask("receipt", now(), request).await.map(drop)
    }
}

fn micros(delay: Duration) -> u64 {
    u64::try_from(delay.as_micros()).unwrap_or(u64::MAX)
}

/// One candidate, from coming to leaving; what was acknowledged, and the device if everything went well.
async fn sit(
    scene: &Scene,
    candidate: usize,
    plan: &Plan,
    begin: Instant,
    notes: &RefCell<Notes>,
) -> (Acks, Option<Device>) {
    let mut acks = Acks::default();
    tokio::time::sleep_until((begin + plan.comes).into()).await;
    let Ok(wire) = Wire::try_connect(scene.program.address).await else {
        notes.borrow_mut().errors += 1;
        return (acks, None);
    };
    let mut desk = Desk { world: &scene.world, candidate, wire, notes };
    let device = work(&mut desk, plan, begin, &mut acks).await;
    (acks, device)
}

async fn work(desk: &mut Desk<'_>, plan: &Plan, begin: Instant, acks: &mut Acks) -> Option<Device> {
    let mut device = desk.come(begin + plan.comes).await?;
    for save in &plan.saves {
        desk.wait_until(begin + *save).await;
        desk.save(begin + *save, &mut device, acks).await?;
    }
    desk.wait_until(begin + plan.leaves).await;
    desk.leave(begin + plan.leaves, &device).await?;
    Some(device)
}

/// Lets everybody in the scene sit the test.
pub(crate) async fn run(scene: &Scene) -> Run {
    let mut chance = ChaCha8Rng::seed_from_u64(SEED);
    let plans: Vec<_> = scene.world.candidates.iter().map(|_| Plan::draw(&mut chance)).collect();
    let (notes, rss_before) = (Notes::none(), scene.rss_kib());
    let begin = now() + Duration::from_millis(100);
    let everybody = plans.iter().enumerate().map(|(candidate, plan)| sit(scene, candidate, plan, begin, &notes));
    let weighing = async {
        tokio::time::sleep_until((begin + COMING + WORKING.mul_f64(0.5)).into()).await;
        scene.rss_kib()
    };
    let (sat, rss) = futures::future::join(join_all(everybody), weighing).await;
    let tally = judge(scene, &sat).await;
    let acked = sat.iter().map(|(acks, _)| acks.len()).sum();
    let Notes { delays, lags, requests, errors } = notes.into_inner();
    Run { delays, lags, requests, errors, acked, tally, rss_kib: rss - rss_before }
}

/// What TCP carries in both directions for a whole test with so many saves, in bytes.
pub(crate) async fn bytes_of_whole_test(scene: &Scene, candidate: usize, saves: usize) -> usize {
    let (notes, mut acks) = (Notes::none(), Acks::default());
    let wire = Wire::connect(scene.program.address).await;
    let mut desk = Desk { world: &scene.world, candidate, wire, notes: &notes };
    let mut device = desk.come(now()).await.unwrap();
    for _ in 0..saves {
        desk.save(now(), &mut device, &mut acks).await.unwrap();
    }
    desk.leave(now(), &device).await.unwrap();
    desk.wire.bytes
}

/// Holds what was acknowledged against the store, and the answers of who handed in against their scores.
async fn judge(scene: &Scene, sat: &[(Acks, Option<Device>)]) -> Tally {
    let (app, world) = (&scene.app, &scene.world);
    app.clock.advance_s(i64::from(DURATION_MIN) * 60 + AFTER_S);
    world.settle(app).await;
    let mut tally = Tally::default();
    for (candidate, (acks, device)) in sat.iter().enumerate() {
        let sitting = world.sitting(candidate);
        tally += oracle::stored(app, sitting, acks).await;
        if let Some(device) = device {
            tally += oracle::scored(app, sitting, &world.items[..3], &device.answers).await;
        }
    }
    tally
}
