//! How many candidates one machine sustains, and what each costs: `make bench-exam`.

use super::{
    SAVES, WHOLE_TESTS, answers,
    load::{self, Run},
    scene::{Kind, Scene},
    whole_test,
};
use crate::{oracle::Tally, print};
use futures::future::join_all;

/// Candidates of the first run, unless another number is wanted.
const FIRST: usize = 1_000;
/// More are not tried: client and server have no room for the connections of many more.
const MOST: usize = 16_000;
/// So often the number that is sustained is looked for between one that is and one that is not.
const HALVINGS: usize = 2;
/// Nobody waits longer for 99 of 100 replies, in milliseconds (DESIGN 9).
const P99_MS: f64 = 200.0;
/// One of so many requests may fail.
const REQUESTS_PER_ERROR: u64 = 1_000;
/// Learners, sittings with answers, and items beside those that are measured, before they grow.
const BASE: usize = 300;

/// Prints all figures of the stores that are wanted; a number among what is wanted is where the search begins.
pub(crate) async fn figures(wanted: &[String]) {
    let first = wanted.iter().find_map(|word| word.parse().ok()).unwrap_or(FIRST);
    let names_none = !wanted.iter().any(|word| ["postgres", "sqlite"].contains(&word.as_str()));
    for (kind, store, suffix) in [(Kind::Postgres, "postgres", ""), (Kind::Sqlite, "sqlite", "_sqlite")] {
        if !names_none && !wanted.iter().any(|word| word == store) {
            continue;
        }
        sustained(kind, store, suffix, first).await;
        print(&format!("exam_answers_{store}_per_s"), answers(kind, store, "grouped", &[]).await, "1/s");
        costs(kind, suffix).await;
    }
}

/// Looks for the largest number of candidates that is sustained, and prints what its run came to.
async fn sustained(kind: Kind, store: &str, suffix: &str, first: usize) {
    let (mut best, mut candidates, mut failed) = (None, first, None);
    let mut halvings = 0;
    while halvings <= HALVINGS && candidates <= MOST {
        let run = attempt(kind, candidates).await;
        if holds(store, candidates, &run) {
            best = Some((candidates, run));
        } else {
            failed = Some(candidates);
        }
        let held = best.as_ref().map_or(0, |(held, _)| *held);
        candidates = match failed {
            None => candidates * 2,
            Some(failed) => {
                halvings += 1;
                usize::midpoint(held, failed)
            }
        };
    }
    let Some((candidates, run)) = best else {
        return print(&format!("candidates_sustained_{store}"), 0.0, "candidates");
    };
    print(&format!("candidates_sustained_{store}"), candidates as f64, "candidates");
    for action in run.delays.keys() {
        for (part, name) in [(0.5, "p50"), (0.99, "p99")] {
            print(&format!("exam_{action}_{store}_{name}_ms"), run.delay_ms(action, part), "ms");
        }
    }
    print(&format!("exam_client_lag_{store}_p99_ms"), run.lags.value_at_quantile(0.99) as f64 / 1_000.0, "ms");
    print(&format!("exam_rss_kib_per_candidate{suffix}"), run.rss_kib / candidates as f64, "KiB");
}

async fn attempt(kind: Kind, candidates: usize) -> Run {
    let mut scene = Scene::open(kind, 1, &[]).await;
    scene.enlarge(candidates).await;
    scene.share_out_cores();
    let run = load::run(&scene).await;
    scene.share_all_cores();
    run
}

/// Whether the run of so many candidates holds all limits; what it came to is told.
fn holds(store: &str, candidates: usize, run: &Run) -> bool {
    let slowest = run.delays.keys().map(|action| run.delay_ms(action, 0.99)).fold(0.0, f64::max);
    eprintln!(
        "{candidates} candidates on {store}: {} requests, {} errors, {} answers acknowledged, {:?}, slowest p99 {slowest:.1} ms, \
         client late by p99 {:.1} ms",
        run.requests,
        run.errors,
        run.acked,
        run.tally,
        run.lags.value_at_quantile(0.99) as f64 / 1_000.0,
    );
    assert_eq!(run.tally, Tally::default(), "nothing that was acknowledged is missing, doubled or wrong");
    slowest <= P99_MS && run.errors * REQUESTS_PER_ERROR <= run.requests
}

/// What a whole test costs, and how much more beside ten and a hundred times as many learners, sittings, answers and
/// items.
async fn costs(kind: Kind, suffix: &str) {
    let scene = Scene::open(kind, 1, &[]).await;
    let bytes = load::bytes_of_whole_test(&scene, 0, SAVES).await;
    drop(scene);
    print(&format!("exam_wire_bytes_per_candidate{suffix}"), bytes as f64, "B");
    let base = cpu_beside(kind, BASE).await;
    print(&format!("exam_cpu_ms_per_candidate{suffix}"), base, "ms");
    for times in [10, 100] {
        print(&format!("exam_growth_{times}x{suffix}"), cpu_beside(kind, BASE * times).await / base, "ratio");
    }
}

/// CPU time of server and store for a whole test, beside so much of everything.
async fn cpu_beside(kind: Kind, much: usize) -> f64 {
    let mut scene = Scene::open(kind, WHOLE_TESTS + 1, &[]).await;
    // The last one sits the test whose answers everybody of last year gave.
    whole_test(&scene, WHOLE_TESTS).await;
    scene.world.add_history(&scene.app, WHOLE_TESTS, much).await;
    scene.add_items(much).await;
    scene.log_in_again().await;
    let before = scene.cpu_ms();
    join_all((0..WHOLE_TESTS).map(|candidate| whole_test(&scene, candidate))).await;
    let spent = scene.cpu_ms() - before;
    assert_eq!(scene.stored().await, (WHOLE_TESTS + 1 + much) * SAVES);
    spent / WHOLE_TESTS as f64
}
