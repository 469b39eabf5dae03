//! What goes wrong on the way of an answer, one fault a test; docs/testing.md says which test is for which fault.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    oracle::{self, Acks, Tally},
    support::{Store, TestApp, Wire, db_tests, execute, serve, try_send},
};
use backend::{
    app::State,
    platform::clock::{Clock, SystemClock},
};
use futures::future::{join, join_all};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::delivery::JournalEntry;
use std::{net::SocketAddr, time::Duration};

/// A delay that some networks manage, in seconds.
const LONG_DELAY_S: i64 = 40 * 60;
/// The working time, in seconds.
const DURATION_S: i64 = DURATION_MIN as i64 * 60;
/// How long after the deadline the server takes answers and closes, in seconds.
const GRACE_S: i64 = 30;
/// How long after the deadline what shows that it was written in time still counts, in seconds.
const LATE_WINDOW_S: i64 = 600;
/// How far a clock may be off, in milliseconds: more than the test takes.
const MOST_SKEW_MS: u32 = 60_000;
/// Moments around the deadline, in milliseconds after it: in the last the server closes as well.
const MOMENTS_MS: [i64; 4] = [-1, 0, 1, GRACE_S * 1_000 + 1];

/// Another node of the same system.
fn another_node(app: &TestApp) -> SocketAddr {
    serve(State::new(app.cx.clone()).unwrap())
}

/// Sends a request over a wire on which the reply is lost once the request has been carried out.
async fn lose_reply(wire: &Wire, request: RequestBuilder, is_done: impl AsyncFn() -> bool) {
    wire.mute();
    let cutting = async {
        while !is_done().await {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        wire.cut();
    };
    let (reply, ()) = join(try_send(request), cutting).await;
    assert!(reply.is_err(), "a reply came through");
    wire.mend();
}

/// Sends entries; what was acknowledged.
async fn acked(world: &World, device: &Device, entries: &[JournalEntry]) -> Acks {
    let reply = device.send(world, entries).await.expect(200);
    let seqs: Vec<u64> = serde_json::from_value(reply["acked"].clone()).unwrap();
    let mut acks = Acks::default();
    acks.note(entries, &seqs);
    acks
}

db_tests! {
    async fn a_reply_that_is_lost_is_given_again_and_nothing_is_done_twice(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let wire = Wire::to(app.address);
        let far = world.candidates[0].client.at(wire.address);
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 0);
        let save = far.request(Method::POST, &world.path(0, "entries")).json(&json!({ "entries": [entry] }));
        lose_reply(&wire, save, async || world.stored(&app, 0).await == 1).await;
        let acks = acked(&world, &device, &[entry]).await;
        assert_eq!((acks.len(), world.stored(&app, 0).await), (1, 1));

        let submission = json!({ "epoch": 1, "last_seq": 1, "digest": device.digest() });
        let submit = far.request(Method::POST, &world.path(0, "submit")).json(&submission);
        lose_reply(&wire, submit, async || world.receipt(0).await != Value::Null).await;
        let stands = world.receipt(0).await;
        assert_eq!(device.submit(&world).await.expect(200), stands);
        assert_eq!(oracle::stored(&app, world.sitting(0), &acks).await, Tally::default());
    }

    async fn what_two_nodes_get_at_once_is_stored_once(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let nodes = [app.address, another_node(&app)];
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..8).map(|n| device.answer(&world, n % 3, (n % 4) as u16)).collect();
        let (client, path) = (&world.candidates[0].client, world.path(0, "entries"));
        let send = async |node: SocketAddr, entries: &[JournalEntry]| {
            client.at(node).post(&path, &json!({ "entries": entries })).await.expect(200)["acked"].clone()
        };
        // Each node gets everything, one in its order, the other from the end, and each entry alone as well.
        let reversed: Vec<_> = entries.iter().rev().cloned().collect();
        let batches = [&entries[..], &reversed[..]].into_iter().chain(entries.chunks(1));
        let sends = batches.flat_map(|batch| nodes.map(|node| send(node, batch)));
        let replies = join_all(sends).await;
        assert_eq!(replies[0], json!([1, 2, 3, 4, 5, 6, 7, 8]));
        assert_eq!(world.stored(&app, 0).await, 8);
        assert_eq!(world.answers(&app, 0).await, device.answers);
    }

    async fn what_comes_forty_minutes_late_and_out_of_order_takes_nothing_back(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let delayed = [device.answer(&world, 0, 1), device.answer(&world, 1, 2)];
        let newer = [device.answer(&world, 0, 0), device.answer(&world, 2, 3)];
        acked(&world, &device, &newer).await;
        world.later(&app, LONG_DELAY_S).await;
        for entry in [&delayed[1], &delayed[0], &delayed[1]] {
            acked(&world, &device, std::slice::from_ref(entry)).await;
        }
        acked(&world, &device, &newer).await;
        assert_eq!(world.answers(&app, 0).await, device.answers, "the answer in force is the one written last");
        assert_eq!(world.verdicts(&app, 0).await, ["store"; 4]);
    }

    async fn a_test_that_two_devices_hand_in_at_the_deadline_ends_once(app) {
        let mut world = World::armed(&app, MOMENTS_MS.len()).await.started(&app).await;
        let deadline = app.began.plus_s(STARTS_AFTER_S + DURATION_S);
        let mut pairs = Vec::new();
        for candidate in 0..MOMENTS_MS.len() {
            let mut phone = Device::open(&world, candidate, 1, false).await;
            let first = phone.answer(&world, 0, 1);
            acked(&world, &phone, &[first]).await;
            let mut laptop = Device::open(&world, candidate, 2, true).await;
            let second = laptop.answer(&world, 1, 0);
            acked(&world, &laptop, &[second]).await;
            pairs.push((phone, laptop));
        }
        world.later(&app, DURATION_S - 60).await;
        let node = another_node(&app);
        for (candidate, (phone, laptop)) in pairs.iter().enumerate() {
            app.clock.set(deadline.plus_ms(MOMENTS_MS[candidate]));
            let submission = json!({ "epoch": 2, "last_seq": 1, "digest": laptop.digest() });
            let (path, client) = (world.path(candidate, "submit"), world.candidates[candidate].client.at(node));
            let submits = join_all([phone.submit(&world), laptop.submit(&world)]);
            let (replies, (elsewhere, ())) =
                join(submits, join(client.post(&path, &submission), world.settle(&app))).await;
            let receipt = world.receipt(candidate).await;
            assert_eq!(receipt["digest"], laptop.digest(), "{candidate}");
            for (device, reply) in replies.into_iter().chain([elsewhere]).enumerate() {
                // The device that was overtaken may learn that first.
                if device == 0 && reply.status == 409 {
                    continue;
                }
                assert_eq!(reply.expect(200), receipt, "{candidate}");
            }
        }
    }

    async fn who_is_offline_for_the_whole_test_loses_nothing(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..20).map(|n| device.answer(&world, n % 3, (n % 2) as u16)).collect();
        world.later(&app, DURATION_S + GRACE_S + 1).await;
        world.settle(&app).await;
        assert_eq!(world.receipt(0).await["answered"], 0);

        world.later(&app, LATE_WINDOW_S / 2).await;
        let acks = acked(&world, &device, &entries).await;
        assert_eq!(world.verdicts(&app, 0).await, ["store_as_late"; 20], "and it is seen that they came late");
        world.later(&app, LATE_WINDOW_S).await;
        world.settle(&app).await;
        assert_eq!(world.receipt(0).await["digest"], device.digest());
        let mut tally = oracle::stored(&app, world.sitting(0), &acks).await;
        tally += oracle::scored(&app, world.sitting(0), &world.items[..3], &device.answers).await;
        assert_eq!((acks.len(), tally), (20, Tally::default()));
    }
}

/// The other store says so of itself; the embedded one is filled in the tests of durability.
#[actix_web::test]
async fn a_store_without_room_acknowledges_nothing_and_needs_no_repair() {
    let app = TestApp::start(Store::postgres().await).await;
    let world = World::armed(&app, 1).await.started(&app).await;
    let mut device = Device::open(&world, 0, 1, false).await;
    let entry = device.answer(&world, 0, 0);
    execute(
        &app,
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS \
            'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''disk_full''; END'",
    )
    .await;
    for table in ["answer_entry", "sitting"] {
        let on = format!("BEFORE INSERT OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION no_room()");
        execute(&app, &format!("CREATE TRIGGER no_room {on}")).await;
    }
    let refused = device.send(&world, std::slice::from_ref(&entry)).await;
    assert_eq!(refused.headers["retry-after"], "2");
    assert_eq!(refused.expect_problem(503), "unavailable");
    assert_eq!(Device::opened(&world, 0, 2, true).await.expect_problem(503), "unavailable");
    assert_eq!(world.view(0).await["epoch"], 1, "reading goes on");
    assert_eq!(world.stored(&app, 0).await, 0);

    for table in ["answer_entry", "sitting"] {
        execute(&app, &format!("DROP TRIGGER no_room ON {table}")).await;
    }
    let acks = acked(&world, &device, &[entry]).await;
    device.submit(&world).await.expect(200);
    assert_eq!(oracle::stored(&app, world.sitting(0), &acks).await, Tally::default());
}

/// The embedded store has the clock of its only node.
#[actix_web::test]
async fn a_node_whose_clock_is_off_is_not_ready() {
    let app = TestApp::start(Store::postgres().await).await.configured(|config| config.clock_skew_ms = MOST_SKEW_MS);
    let is_ready = async |off_s: i64| {
        app.clock.set(SystemClock.now().plus_s(off_s));
        app.stranger().get("/readyz").await.status
    };
    assert_eq!(is_ready(0).await, 200);
    for off_s in [3_600, -3_600] {
        assert_eq!(is_ready(off_s).await, 503, "{off_s}");
    }
    assert_eq!(is_ready(0).await, 200, "and is again when the clock was put right");
}
