//! The figures of study, one `name value unit` a line: `make bench ONLY=study`.
//!
//! The server is the real program in a process of its own; pages are asked for over HTTP as learners and their school
//! do, in a store that holds the facts of a million learners.

mod crowd;
mod scene;

use crate::{
    exam::wire::Wire,
    now, print,
    support::{Client, Cluster, Store},
};
use futures::future::join_all;
use scene::Scene;
use std::{cell::Cell, time::Duration};

/// Before this, nothing is counted.
const WARM_UP: Duration = Duration::from_secs(1);
/// How long is counted.
const WINDOW: Duration = Duration::from_secs(5);
/// How often each learner asks for the map of the course.
const COURSE_PAGES: usize = 20;
/// How often each class is asked for.
const CLASS_PAGES: usize = 10;

pub(crate) fn run() {
    actix_web::rt::System::new().block_on(async {
        let sqlite = heartbeats(&Scene::open(Store::sqlite().await).await.served().await, "sqlite").await;
        let cluster = Cluster::start();
        let scene = Scene::open(Store::on(&cluster).await).await;
        crowd::fill(&scene).await;
        let scene = scene.served().await;
        course_pages(&scene).await;
        class_pages(&scene).await;
        let postgres = heartbeats(&scene, "postgres").await;
        print("heartbeats_per_s", f64::min(sqlite, postgres), "1/s");
    });
}

/// Heartbeats taken a second, each of which answers where its unit stands: everybody sends the next when the reply is
/// there.
async fn heartbeats(scene: &Scene, store: &str) -> f64 {
    let counting_from = now() + WARM_UP;
    let end = counting_from + WINDOW;
    let counted = Cell::new(0_u32);
    let read = async |(nth, reader): (usize, &Client)| {
        let mut wire = Wire::connect(scene.address()).await;
        let heartbeat = scene.heartbeat(reader, nth);
        while now() < end {
            assert_eq!(wire.ask(&heartbeat).await.0, 200);
            let at = now();
            if at >= counting_from && at < end {
                counted.set(counted.get() + 1);
            }
        }
    };
    join_all(scene.readers.iter().enumerate().map(read)).await;
    let per_s = f64::from(counted.get()) / WINDOW.as_secs_f64();
    print(&format!("heartbeats_{store}_per_s"), per_s, "1/s");
    per_s
}

/// The delay of the map of a course with where its learner stands, learner after learner.
async fn course_pages(scene: &Scene) {
    let path = format!("/api/v1/me/courses/{}", scene.course_id);
    let mut delays = Vec::new();
    for _ in 0..COURSE_PAGES {
        for reader in &scene.readers {
            delays.push(delay(reader, &[path.as_str()]).await);
        }
    }
    print_delays("course_page", delays);
}

/// The delay of the page of a class as its school opens it: its plan, and where each of its learners is.
async fn class_pages(scene: &Scene) {
    let mut delays = Vec::new();
    for _ in 0..CLASS_PAGES {
        for class in crowd::observed() {
            let [plan, study] = ["plan", "study"].map(|part| format!("/api/v1/classes/{class}/{part}"));
            delays.push(delay(scene.school(), &[plan.as_str(), study.as_str()]).await);
        }
    }
    print_delays("class_page", delays);
}

/// Milliseconds until the last of these replies is there, one asked for after the other.
async fn delay(client: &Client, paths: &[&str]) -> f64 {
    let begin = now();
    for path in paths {
        client.get(path).await.expect(200);
    }
    begin.elapsed().as_secs_f64() * 1_000.0
}

/// Half and the slowest hundredth.
fn print_delays(page: &str, mut delays: Vec<f64>) {
    delays.sort_by(f64::total_cmp);
    for (part, name) in [(50, "p50"), (99, "p99")] {
        print(&format!("{page}_{name}_ms"), delays[delays.len() * part / 100], "ms");
    }
}
