//! Nothing that was acknowledged is ever lost: the server and the store are killed under load.

mod scene;
mod two_nodes;

use crate::support::{Client, Cluster, Program, Store, run, try_send};
use backend::platform::db::verify_chain;
use scene::{PATIENCE, Scene};
use std::{fs, path::PathBuf};

/// How often the server is killed.
const SERVER_KILLS: usize = 20;
/// How often the server is asked to stop.
const SERVER_STOPS: usize = 5;
/// How often PostgreSQL is killed.
const STORE_KILLS: usize = 5;
/// How often the server is killed after the backup that everything is restored from.
const KILLS_AFTER_BACKUP: usize = 3;
/// How often all processes of PostgreSQL stand still, until the node says that its store does not answer. Longer would
/// be no other case: by then whoever asks for a connection is refused, and who has one waits.
const STALLS: usize = 3;

#[actix_web::test]
async fn killing_the_server_loses_nothing_on_the_embedded_store() {
    let mut scene = Scene::open(Store::sqlite().await).await;
    scene.load(SERVER_KILLS, async |_, nodes| nodes[0].kill_and_restart().await).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn killing_the_server_loses_nothing_on_postgresql() {
    let mut scene = Scene::open(Store::postgres().await).await;
    scene.load(SERVER_KILLS, async |_, nodes| nodes[0].kill_and_restart().await).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn killing_postgresql_loses_nothing() {
    let cluster = Cluster::start();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    scene.load(STORE_KILLS, async |_, _| cluster.crash_and_restart()).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn a_store_whose_disk_is_gone_comes_back_with_everything_that_was_acknowledged() {
    let mut cluster = Cluster::archived();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    let strike = async |before: usize, nodes: &mut [Program]| match before {
        0 => cluster.back_up(),
        _ => nodes[0].kill_and_restart().await,
    };
    scene.load(1 + KILLS_AFTER_BACKUP, strike).await;
    let audited = verify_chain(scene.app.cx.db.read()).await.unwrap().unwrap();
    cluster.lose_and_restore();
    assert!(verify_chain(scene.app.cx.db.read()).await.unwrap().unwrap() >= audited, "acts were lost");
    let checked = run(&scene.app.store, &["check-store"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.printed, checked.said);
    // The test goes on where it was.
    scene.load(1, async |_, _| ()).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn a_store_that_stands_still_loses_nothing_and_comes_back_by_itself() {
    let cluster = Cluster::start();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    let stall = async |_: usize, nodes: &mut [Program]| {
        cluster.hold_still();
        while is_ready(&nodes[0]).await {}
        cluster.go_on();
    };
    scene.load(STALLS, stall).await;
    scene.assert_nothing_lost().await;
}

/// Whether a node says that it can serve; it may not even say that it cannot.
async fn is_ready(node: &Program) -> bool {
    let request = Client::new(node.address, None).request(reqwest::Method::GET, "/readyz");
    try_send(request.timeout(PATIENCE)).await.is_ok_and(|reply| reply.status == 200)
}

#[actix_web::test]
async fn a_full_disk_acknowledges_nothing_and_needs_no_repair() {
    let store = Store::sqlite().await;
    let log = PathBuf::from(format!("{}-wal", store.url().trim_start_matches("sqlite://")));
    let mut scene = Scene::open(store).await;
    let fill = async |_: usize, nodes: &mut [Program]| {
        nodes[0].limit_files(Some(fs::metadata(&log).unwrap().len()));
        nodes[0].log_until("journal.group_failed").await;
        assert!(is_ready(&nodes[0]).await, "reading goes on");
        nodes[0].limit_files(None);
    };
    scene.load(1, fill).await;
    scene.assert_nothing_lost().await;
}

/// The check of the check: where commits are acknowledged too early, a crash is found out.
#[actix_web::test]
async fn a_store_that_acknowledges_too_early_is_found_out() {
    let cluster = Cluster::start();
    let mut scene = Scene::open(Store::on(&cluster).await).await;
    cluster.acknowledge_too_early().await;
    scene.load(STORE_KILLS, async |_, _| cluster.crash_and_restart()).await;
    let lost = scene.tally().await.missing;
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
        scene.nodes[0].start_again().await;
    }
    scene.load(0, async |_, _| ()).await;
    scene.assert_nothing_lost().await;
}
