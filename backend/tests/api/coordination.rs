//! Redis goes away, or is not there at the start: limits hold on each node, log-ins and answers go on.

use crate::{
    exam_world::{Device, World},
    support::{Client, Program, Store, TestApp, Wire},
};
use backend::platform::coordination::{Coordination, Shared};
use std::{net::SocketAddr, sync::Arc};

/// Longer than a Redis that did not answer is left alone.
const LEFT_ALONE_S: i64 = 6;
/// So often a node may ask until it finds that Redis is back.
const SOON: usize = 100;
/// Length of a window that does not end in the test.
const WINDOW_S: u32 = 86_400;

/// Where a Redis is.
fn address_of(url: &str) -> SocketAddr {
    url.trim_start_matches("redis://").split('/').next().unwrap().parse().unwrap()
}

/// Counters of another node, whose way to Redis is whole.
async fn another_node(app: &TestApp) -> Shared {
    let (url, prefix) = app.store.redis().unwrap();
    Shared::connect(&url, &prefix, app.cx.clock.clone()).await.unwrap()
}

/// A system with Redis at the end of a wire.
async fn wired() -> (TestApp, Wire) {
    let app = TestApp::start(Store::postgres().await).await;
    let (url, prefix) = app.store.redis().unwrap();
    let wire = Wire::to(address_of(&url));
    let shared = Shared::connect(&format!("redis://{}", wire.address), &prefix, app.cx.clock.clone()).await.unwrap();
    assert!(shared.answers().await, "the wire leads to Redis");
    (app.coordinated(Arc::new(shared)), wire)
}

#[actix_web::test]
async fn log_ins_and_answers_go_on_without_redis() {
    let (app, wire) = wired().await;
    let world = World::armed(&app, 1).await.started(&app).await;
    let mut device = Device::open(&world, 0, 1, false).await;
    wire.cut();
    let entry = device.answer(&world, 0, 0);
    device.send(&world, &[entry]).await.expect(200);
    app.log_in("learner-0").await;
    device.submit(&world).await.expect(200);
    assert_eq!(world.stored(&app, 0).await, 1);
}

#[actix_web::test]
async fn a_node_counts_alone_while_redis_is_away_and_with_the_others_when_it_is_back() {
    let (app, wire) = wired().await;
    let (counters, other) = (&app.cx.coordination, another_node(&app).await);
    assert_eq!((counters.count("a", WINDOW_S).await, other.count("a", WINDOW_S).await), (1, 2));
    wire.cut();
    assert_eq!((counters.count("a", WINDOW_S).await, counters.count("a", WINDOW_S).await), (1, 2), "alone");
    assert_eq!((counters.counted("a").await, other.counted("a").await), (2, 2));
    counters.forget("a").await;
    assert_eq!((counters.counted("a").await, other.counted("a").await), (0, 2));
    wire.mend();
    for _ in 0..SOON {
        app.clock.advance_s(LEFT_ALONE_S);
        other.count("b", WINDOW_S).await;
        if counters.counted("b").await > 0 {
            assert_eq!((counters.count("a", WINDOW_S).await, other.counted("a").await), (3, 3));
            return;
        }
    }
    panic!("Redis is back, and nobody asks it");
}

#[actix_web::test]
async fn a_server_starts_without_its_redis() {
    let store = Store::sqlite().await;
    let program = Program::start_with(&store, &[("CHENGXI_REDIS_URL", "redis://127.0.0.1:1")]).await;
    program.log_until("coordination.fallback").await;
    Client::new(program.address, None).get("/readyz").await.expect(200);
}

#[actix_web::test]
async fn an_address_of_no_redis_is_told_at_the_start() {
    let app = TestApp::start(Store::sqlite().await).await;
    assert!(Shared::connect("nowhere", "test:", app.cx.clock.clone()).await.is_err());
}
