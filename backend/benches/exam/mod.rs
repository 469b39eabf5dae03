//! The figures of a unified test, one `name value unit` a line: `make bench`, and with the group `candidates`, which is
//! measured alone, `make bench-exam`.
//!
//! The server is the real program in a process of its own, on a store with real flushes; the load
//! comes over loopback from the same machine, so both share its cores.

mod candidates;
mod hall;
mod load;
mod scene;
pub(crate) mod wire;

use crate::{exam_world::Device, now, print};
use futures::future::join_all;
use scene::{Kind, Line, Scene};
use std::{cell::Cell, time::Duration};
use wire::{Wire, bytes_of};

/// Candidates who save at the same time.
const CANDIDATES: usize = 64;
/// Requests that are ready for each candidate: more than the fastest server takes.
const READY: usize = 2_500;
/// Before this, nothing is counted.
const WARM_UP: Duration = Duration::from_secs(1);
/// How long is counted.
const WINDOW: Duration = Duration::from_secs(5);
/// The target load at which the delay is measured, as a part of the highest rate.
const TARGET: f64 = 0.5;
/// Candidates whose whole test is measured.
const WHOLE_TESTS: usize = 100;
/// Saves of a test of 40 items (DESIGN §9).
const SAVES: usize = 60;

pub(crate) fn run(wanted: &[String]) {
    actix_web::rt::System::new().block_on(async {
        if let Some(at) = wanted.iter().position(|name| name == "candidates") {
            return candidates::figures(&wanted[at + 1..]).await;
        }
        let wants = |group: &str| wanted.is_empty() || wanted.iter().any(|name| name == group);
        if wants("empty") {
            empty_handler().await;
        }
        for (kind, name) in [(Kind::Postgres, "postgres"), (Kind::Sqlite, "sqlite")] {
            if !wants(name) {
                continue;
            }
            let single = answers(kind, name, "single", &[("CHENGXI_ANSWER_GROUP_ROWS", "1")]).await;
            let grouped = answers(kind, name, "grouped", &[]).await;
            print(&format!("answers_{name}_grouped_to_single"), grouped / single, "ratio");
            delay(kind, name, grouped * TARGET).await;
        }
        if wants("cpu") {
            print("server_cpu_ms_per_candidate", cpu_per_candidate(Kind::Postgres).await, "ms");
            print("server_cpu_ms_per_candidate_sqlite", cpu_per_candidate(Kind::Sqlite).await, "ms");
        }
    });
}

/// Requests to the cheapest handler.
async fn empty_handler() {
    let scene = Scene::open(Kind::Sqlite, 1, &[]).await;
    let request = bytes_of(scene.world.candidates[0].client.request(reqwest::Method::GET, "/healthz"));
    let connect = |_| async {
        Line {
            wire: Wire::connect(scene.program.address).await,
            requests: vec![request.clone(); READY * 8].into_iter(),
        }
    };
    let mut lines = join_all((0..CANDIDATES).map(connect)).await;
    print("empty_handler_per_s", closed_loop(&mut lines).await.0, "1/s");
}

/// Answers acknowledged a second, as fast as the server takes them.
async fn answers(kind: Kind, store: &str, mode: &str, settings: &[(&'static str, &str)]) -> f64 {
    let scene = Scene::open(kind, CANDIDATES, settings).await;
    let (rate, acknowledged) = closed_loop(&mut scene.lines(READY).await).await;
    assert_eq!(scene.stored().await, acknowledged, "what was acknowledged is on disk, once");
    print(&format!("answers_{store}_{mode}_per_s"), rate, "1/s");
    rate
}

/// Everybody sends the next request when the reply is there. The rate in the window, and all
/// replies.
async fn closed_loop(lines: &mut [Line]) -> (f64, usize) {
    let counting_from = now() + WARM_UP;
    let end = counting_from + WINDOW;
    let (counted, all) = (Cell::new(0_u32), Cell::new(0));
    let send = async |line: &mut Line| {
        while now() < end {
            let request = line.requests.next().expect("enough requests are ready");
            assert_eq!(line.wire.ask(&request).await.0, 200);
            all.set(all.get() + 1);
            let at = now();
            if at >= counting_from && at < end {
                counted.set(counted.get() + 1);
            }
        }
    };
    join_all(lines.iter_mut().map(send)).await;
    (f64::from(counted.get()) / WINDOW.as_secs_f64(), all.get())
}

/// The delay of an acknowledgement at `target` answers a second. The load does not wait for the
/// server: each delay counts from when the request was due.
async fn delay(kind: Kind, store: &str, target: f64) {
    let scene = Scene::open(kind, CANDIDATES, &[]).await;
    let mut lines = scene.lines(READY).await;
    let every = Duration::from_secs_f64(CANDIDATES as f64 / target);
    let begin = now() + Duration::from_millis(100);
    let send = async |(at, line): (usize, &mut Line)| {
        let mut due = begin + every.mul_f64(at as f64 / CANDIDATES as f64);
        let mut delays = Vec::new();
        while due < begin + WARM_UP + WINDOW {
            tokio::time::sleep_until(due.into()).await;
            let request = line.requests.next().expect("enough requests are ready");
            assert_eq!(line.wire.ask(&request).await.0, 200);
            if due >= begin + WARM_UP {
                delays.push(now() - due);
            }
            due += every;
        }
        delays
    };
    let mut delays: Vec<_> = join_all(lines.iter_mut().enumerate().map(send)).await.concat();
    delays.sort_unstable();
    for (part, name) in [(50, "p50"), (99, "p99")] {
        let delay = delays[delays.len() * part / 100].as_secs_f64() * 1_000.0;
        print(&format!("answers_{store}_grouped_{name}_ms"), delay, "ms");
    }
}

/// CPU time of server and store for one whole test, log-in apart: package, key, opening, saves,
/// submission with its receipt.
async fn cpu_per_candidate(kind: Kind) -> f64 {
    let scene = Scene::open(kind, WHOLE_TESTS, &[]).await;
    let before = scene.cpu_ms();
    join_all((0..WHOLE_TESTS).map(|candidate| whole_test(&scene, candidate))).await;
    let spent = scene.cpu_ms() - before;
    assert_eq!(scene.stored().await, WHOLE_TESTS * SAVES);
    spent / WHOLE_TESTS as f64
}

async fn whole_test(scene: &Scene, candidate: usize) {
    let (world, client) = (&scene.world, &scene.world.candidates[candidate].client);
    let package = format!("/api/v1/papers/{}/package", world.paper_id.as_str().unwrap());
    let sitting = world.path(candidate, "");
    for path in
        ["/api/v1/me/exams", sitting.trim_end_matches('/'), &package, "/api/v1/time", &world.path(candidate, "key")]
    {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
    let mut device = Device::open(world, candidate, 1, false).await;
    for n in 0..SAVES {
        let entry = device.answer(world, n % 3, u16::try_from(n % 4).unwrap());
        device.send(world, &[entry]).await.expect(200);
    }
    device.submit(world).await.expect(200);
}
