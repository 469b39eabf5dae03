//! Two equal nodes on one store and one Redis: the answers of each candidate go to both in turn.

use super::scene::{DEVICES, Scene};
use crate::{
    exam_world::Device,
    support::{Client, PASSWORD, Program, Redis, Store},
};
use serde_json::json;

/// How often a node is killed; before some of these Redis forgets everything, is killed, and comes back.
const NODE_KILLS: usize = 12;
const REDIS_IS_FLUSHED: usize = 2;
const REDIS_IS_KILLED: usize = 5;
const REDIS_IS_BACK: usize = 9;
/// How often a node is stopped and started again, as for another version.
const RESTARTS: usize = 6;

#[actix_web::test]
async fn killing_nodes_and_redis_loses_nothing_and_stops_nobody() {
    let mut redis = Redis::start().await;
    let url = redis.url();
    let mut scene = Scene::open_on(Store::postgres().await, 2, &[("CHENGXI_REDIS_URL", url.as_str())]).await;
    let strike = async |before: usize, nodes: &mut [Program]| {
        match before {
            REDIS_IS_FLUSHED => redis.flush(),
            REDIS_IS_KILLED => redis.kill(),
            REDIS_IS_BACK => redis.start_again().await,
            _ => {}
        }
        nodes[before % 2].kill_and_restart().await;
    };
    scene.load(NODE_KILLS, strike).await;
    redis.kill();
    sit_the_test(&mut scene).await;
    scene.assert_nothing_lost().await;
}

#[actix_web::test]
async fn a_rolling_restart_turns_nobody_away() {
    let mut scene = Scene::open_on(Store::postgres().await, 2, &[]).await;
    let strike = async |before: usize, nodes: &mut [Program]| {
        nodes[before % 2].stop().await;
        nodes[before % 2].start_again().await;
    };
    scene.load(RESTARTS, strike).await;
    assert_eq!(scene.turned_away, 0, "one of the nodes was always there");
    scene.assert_nothing_lost().await;
}

/// A latecomer logs in and opens the sitting at one node, answers at both, and hands in at the other.
async fn sit_the_test(scene: &mut Scene) {
    let [one, other] = [0, 1].map(|node| scene.nodes[node].address);
    let name = scene.world.candidates[DEVICES].name.clone();
    let log_in = json!({ "name": name, "password": PASSWORD });
    let entered = Client::new(one, None).post("/api/v1/logins", &log_in).await.expect(200);
    let token = entered["access_token"].as_str().unwrap().to_owned();
    let client = Client::new(one, Some(token));
    scene.world.candidates[DEVICES].client = client.clone();
    let mut device = Device::open(&scene.world, DEVICES, 1, false).await;
    for node in [one, other, one, other] {
        scene.world.candidates[DEVICES].client = client.at(node);
        let entry = device.answer(&scene.world, 0, 0);
        device.send(&scene.world, &[entry]).await.expect(200);
    }
    let receipt = device.submit(&scene.world).await.expect(200);
    assert_eq!(receipt["digest"], json!(device.digest()));
}
