//! Running a test: opening, answers, races, time, submission, closing.

use crate::{
    exam_world::{DURATION_MIN, Device, World},
    rights::passwords::{refresh, refresh_cookie},
    support::{Client, PASSWORD, Reply, TestApp, db_tests, execute, serve},
};
use backend::{
    app::State,
    platform::{Services, config::Config},
    sittings,
};
use futures::{StreamExt, future::join, stream::FuturesUnordered};
use serde_json::{Value, json};
use std::{net::SocketAddr, sync::Arc};
use tokio::sync::Notify;

/// Another node of the same system, whose journal writes one batch at a time and lets one more wait.
fn narrow_node(app: &TestApp) -> SocketAddr {
    let config = Config { answer_group_rows: 1, answer_queue: 1, ..(*app.cx.config).clone() };
    serve(State::new(Services { config: Arc::new(config), ..app.cx.clone() }).unwrap())
}

/// Whether the node has no room; it says when to try again.
fn is_refused(reply: &Reply) -> bool {
    assert!(reply.status != 503 || reply.headers["retry-after"] == "2");
    reply.status == 503
}

/// The first candidate logs in once more.
async fn log_in_as_candidate(app: &TestApp) -> Reply {
    app.stranger().post("/api/v1/logins", &json!({ "name": "learner-0", "password": PASSWORD })).await
}

db_tests! {
    async fn the_key_stays_closed_until_the_start(app) {
        let world = World::armed(&app, 1).await;
        let path = world.path(0, "key");
        assert_eq!(world.candidates[0].client.get(&path).await.expect_problem(409), "wrong-state");
        let world = world.started(&app).await;
        let key = world.candidates[0].client.get(&path).await.expect(200);
        assert_eq!(key["key"].as_str().unwrap().len(), 43);
    }

    async fn a_test_that_is_not_armed_does_not_begin(app) {
        let mut world = World::arranged(&app, 1).await;
        world.later(&app, 61).await;
        let open = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false });
        let client = &world.candidates[0].client;
        assert_eq!(client.post(&world.path(0, "open"), &open).await.expect_problem(409), "wrong-state");
        assert_eq!(client.get(&world.path(0, "key")).await.expect_problem(409), "wrong-state");
    }

    async fn nobody_comes_near_the_sitting_of_another(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let device = Device::open(&world, 0, 1, false).await;
        let other = &world.candidates[1].client;
        for client in [other, &world.administrators[0]] {
            let own = world.path(0, "");
            assert_eq!(client.get(own.trim_end_matches('/')).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&world.path(0, "key")).await.expect_problem(404), "not-found");
            let open = json!({ "device": uuid::Uuid::from_u128(9), "take_over": true });
            assert_eq!(client.post(&world.path(0, "open"), &open).await.expect_problem(404), "not-found");
        }
        let entries = json!({ "entries": [device.clone().answer(&world, 0, 0)] });
        assert_eq!(other.post(&world.path(0, "entries"), &entries).await.expect_problem(404), "not-found");
        assert_eq!(world.stored(&app, 0).await, 0);
    }

    async fn answers_need_a_token_that_is_valid_and_an_opening(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let path = world.path(0, "entries");
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 0);
        let body = json!({ "entries": [entry] });
        assert_eq!(app.stranger().post(&path, &body).await.expect_problem(401), "unauthenticated");
        app.clock.advance_s(700);
        assert_eq!(device.send(&world, std::slice::from_ref(&entry)).await.expect_problem(401), "unauthenticated");
        world.later(&app, 0).await;
        device.send(&world, &[entry]).await.expect(200);

        // An ended log-in may go on with what it opened until its token expires, and with nothing else.
        world.candidates[0].client.delete("/api/v1/logins/current").await.expect(204);
        let more = device.answer(&world, 1, 0);
        device.send(&world, &[more]).await.expect(200);
        let open = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false });
        let refused = world.candidates[0].client.post(&world.path(0, "open"), &open).await;
        assert_eq!(refused.expect_problem(401), "unauthenticated");
        app.clock.advance_s(700);
        let late = device.answer(&world, 2, 0);
        assert_eq!(device.send(&world, &[late]).await.expect_problem(401), "unauthenticated");
        assert_eq!(world.stored(&app, 0).await, 2);
    }

    async fn a_sitting_that_was_never_opened_takes_no_answers(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let mut foreign = device.answer(&world, 0, 0);
        foreign.epoch = 0;
        let path = world.path(1, "entries");
        let body = json!({ "entries": [foreign] });
        let status = world.candidates[1].client.post(&path, &body).await.status;
        assert!([409, 422].contains(&status), "{status}");
        assert_eq!(world.stored(&app, 1).await, 0);
    }

    async fn the_same_device_keeps_its_epoch_and_gets_its_answers_back(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 1);
        device.send(&world, &[entry]).await.expect(200);
        let again = Device::opened(&world, 0, 1, false).await.expect(200);
        assert_eq!((again["epoch"].clone(), again["acked_through"].clone()), (json!(1), json!(1)));
        assert_eq!(again["answers"][0]["response"], json!({ "kind": "single", "value": 1 }));
    }

    async fn repeats_and_reordering_change_nothing(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..6).map(|n| device.answer(&world, n % 3, (n % 4) as u16)).collect();
        let mut orders = vec![entries.clone(), entries.clone()];
        orders[1].reverse();
        let sends = orders.iter().chain(&orders).map(|order| device.send(&world, order));
        for reply in futures::future::join_all(sends).await {
            assert_eq!(reply.expect(200)["acked"], json!([1, 2, 3, 4, 5, 6]));
        }
        // The reply was lost; the device asks again, one by one.
        for entry in entries.iter().rev() {
            device.send(&world, std::slice::from_ref(entry)).await.expect(200);
        }
        assert_eq!(world.stored(&app, 0).await, 6);
        let receipt = device.submit(&world).await.expect(200);
        assert_eq!((receipt["answered"].clone(), receipt["digest"].clone()), (json!(3), json!(device.digest())));
    }

    async fn a_number_with_another_content_is_refused_but_its_neighbours_are_stored(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let first = device.answer(&world, 0, 1);
        device.send(&world, std::slice::from_ref(&first)).await.expect(200);
        let second = device.answer(&world, 1, 1);
        let mut forged = first;
        forged.item_id = world.items[2];
        assert_eq!(device.send(&world, &[forged.clone(), second]).await.expect(200)["acked"], json!([2]));
        assert_eq!(device.send(&world, &[forged]).await.expect_problem(422), "idempotency-conflict");
        assert_eq!(world.stored(&app, 0).await, 2);
    }

    async fn what_does_not_belong_to_the_paper_is_refused(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let mut foreign = device.answer(&world, 0, 1);
        foreign.item_id = shared::ids::ItemId(uuid::Uuid::from_u128(5));
        assert_eq!(device.send(&world, &[foreign.clone()]).await.expect_problem(422), "invalid");
        foreign.seq = 0;
        assert_eq!(device.send(&world, &[foreign.clone()]).await.expect_problem(400), "malformed");
        foreign.seq = u64::MAX;
        assert_eq!(device.send(&world, &[foreign.clone()]).await.expect_problem(422), "invalid");
        assert_eq!(device.send(&world, &vec![foreign; 201]).await.expect_problem(422), "invalid");
        assert_eq!(world.stored(&app, 0).await, 0);
    }

    async fn submitting_many_times_at_once_gives_one_receipt(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 1);
        device.send(&world, &[entry]).await.expect(200);
        let replies = futures::future::join_all((0..5).map(|_| device.submit(&world))).await;
        let receipts: Vec<Value> = replies.into_iter().map(|reply| reply.expect(200)).collect();
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
        let path = world.path(0, "");
        let view = world.candidates[0].client.get(path.trim_end_matches('/')).await.expect(200);
        assert_eq!(view["receipt"], receipts[0]);
    }

    async fn a_difference_names_what_is_missing(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..3).map(|n| device.answer(&world, n, 1)).collect();
        device.send(&world, &[entries[0].clone(), entries[2].clone()]).await.expect(200);
        let refused = device.submit(&world).await.expect(409);
        assert_eq!(refused["code"], "answers-missing");
        assert_eq!(refused["params"], json!({ "last_seq_stored": 3, "answered": 2, "missing": [2] }));
        device.send(&world, &[entries[1].clone()]).await.expect(200);
        assert_eq!(device.submit(&world).await.expect(200)["by_candidate"], true);
    }

    async fn nothing_changes_after_submission_but_a_lost_reply_is_given_again(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 1);
        device.send(&world, std::slice::from_ref(&entry)).await.expect(200);
        device.submit(&world).await.expect(200);
        let late = device.answer(&world, 1, 1);
        assert_eq!(device.send(&world, &[late]).await.expect_problem(410), "sitting-closed");
        assert_eq!(device.send(&world, &[entry]).await.expect(200)["acked"], json!([1]));
        assert_eq!(Device::opened(&world, 0, 1, false).await.expect_problem(410), "sitting-closed");
        assert_eq!(world.stored(&app, 0).await, 1);
    }

    async fn time_is_up_after_the_grace_unless_the_chain_proves_the_answer(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let in_time = device.answer(&world, 0, 1);
        let proven = device.answer(&world, 1, 1);
        device.send(&world, &[in_time]).await.expect(200);
        world.later(&app, i64::from(DURATION_MIN) * 60 + 29).await;
        let in_grace = device.answer_at(&world, 2, 1, u64::from(DURATION_MIN) * 60_000 + 1);
        device.send(&world, &[in_grace]).await.expect(200);
        assert_eq!(Device::opened(&world, 0, 1, false).await.expect_problem(410), "time-up");

        world.later(&app, 2).await;
        let too_late = device.answer_at(&world, 2, 2, u64::from(DURATION_MIN) * 60_000 + 2);
        assert_eq!(device.send(&world, &[too_late]).await.expect_problem(410), "time-up");
        device.send(&world, &[proven]).await.expect(200);
        assert_eq!(world.verdicts(&app, 0).await, ["store", "store_as_late", "store"]);
    }

    async fn a_part_that_is_closed_takes_what_was_written_before_and_nothing_else(app) {
        let world = World::armed(&app, 1).await;
        // The first item is a part of its own, which closes after twenty minutes of the hour.
        let part = |items: usize, minutes: Option<u16>| {
            json!({ "title": "Part", "instructions": "", "blocks": vec![1; items], "is_shuffled": false, "minutes": minutes })
        };
        let parts = json!([part(1, Some(20)), part(3, None)]);
        execute(&app, &format!("UPDATE paper SET sections = '{parts}'")).await;
        let mut world = world.started(&app).await;
        let view = world.view(0).await;
        assert_eq!((&view["duration_min"], &view["extra_min"]), (&json!(DURATION_MIN), &json!(0)));
        let mut device = Device::open(&world, 0, 1, false).await;
        let sent = device.answer(&world, 0, 1);
        device.send(&world, &[sent]).await.expect(200);
        let kept = device.answer(&world, 0, 2);

        world.later(&app, 20 * 60 + 31).await;
        device.send(&world, &[kept]).await.expect(200);
        let after = device.answer_at(&world, 0, 3, 20 * 60_000 + 1);
        let refused = device.send(&world, std::slice::from_ref(&after)).await.expect(410);
        assert_eq!((&refused["code"], &refused["params"]["seq"]), (&json!("part-closed"), &json!(3)));
        assert!(refused["detail"].as_str().unwrap().contains("后面的部分"), "{refused}");
        let elsewhere = device.answer_at(&world, 1, 1, 20 * 60_000 + 2);
        let acked = device.send(&world, &[after, elsewhere]).await.expect(200)["acked"].clone();
        assert_eq!(acked, json!([4]), "the part that is open goes on");
        assert_eq!(world.verdicts(&app, 0).await, ["store", "store_as_late", "store"]);
        // What two persons give moves every part by as much: the closed one is open again.
        execute(&app, "UPDATE sitting SET extended_s = 600").await;
        let again = device.answer_at(&world, 0, 2, 20 * 60_000 + 3);
        device.send(&world, &[again]).await.expect(200);
        assert_eq!(world.verdicts(&app, 0).await, ["store", "store_as_late", "store", "store"]);
    }

    async fn the_server_closes_the_absent_minded_and_counts_what_arrives_late(app) {
        let mut world = World::armed(&app, 3).await.started(&app).await;
        let mut submitted = Device::open(&world, 0, 1, false).await;
        let entry = submitted.answer(&world, 0, 1);
        submitted.send(&world, &[entry]).await.expect(200);
        submitted.submit(&world).await.expect(200);
        let mut dreaming = Device::open(&world, 1, 1, false).await;
        let sent = dreaming.answer(&world, 0, 1);
        let kept = dreaming.answer(&world, 1, 1);
        dreaming.send(&world, &[sent]).await.expect(200);

        world.later(&app, i64::from(DURATION_MIN) * 60 + 30).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["counts"]["closed"], 1, "the grace is not over");
        world.later(&app, 5).await;
        world.settle(&app).await;
        let session = world.exam_session().await;
        assert_eq!((session["counts"]["closed"].clone(), session["state"].clone()), (json!(3), json!("armed")));
        assert_eq!(world.receipt(1).await["by_candidate"], false);
        assert_eq!((world.receipt(1).await["answered"].clone(), world.receipt(2).await["answered"].clone()), (json!(1), json!(0)));

        dreaming.send(&world, &[kept]).await.expect(200);
        world.later(&app, 600).await;
        world.settle(&app).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["state"], "marking");
        let receipt = world.receipt(1).await;
        assert_eq!((receipt["answered"].clone(), receipt["digest"].clone()), (json!(2), json!(dreaming.digest())));
    }

    async fn a_submission_beside_many_batches_knows_every_acknowledged_answer(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..30).map(|n| device.answer(&world, n % 3, (n % 4) as u16)).collect();
        let sends = entries.iter().map(|entry| device.send(&world, std::slice::from_ref(entry)));
        let (replies, submitted) = join(futures::future::join_all(sends), device.submit(&world)).await;
        let acked = replies.into_iter().filter(|reply| reply.status == 200).count();
        assert_eq!(world.stored(&app, 0).await, acked);
        let (status, stored) = (submitted.status, world.answers(&app, 0).await);
        if status == 200 {
            assert_eq!(submitted.expect(200)["digest"], shared::delivery::digest(&stored));
        } else {
            assert_eq!(submitted.expect_problem(409), "answers-missing");
            assert_eq!(acked, 30);
        }
    }

    async fn a_full_journal_refuses_and_acknowledges_nothing_that_it_does_not_store(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let (client, path) = (world.candidates[0].client.at(narrow_node(&app)), world.path(0, "entries"));
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..6).map(|n| device.answer(&world, n % 3, 1)).collect();
        let send = async |at: usize| (at, client.post(&path, &json!({ "entries": [entries[at]] })).await);

        // Nothing reaches the disk as long as somebody else holds the sitting.
        let (is_held, may_go) = (Notify::new(), Notify::new());
        let holding = app.cx.db.write_journal(async |tx| {
            sittings::lock_sittings(tx, &[world.sitting(0)]).await?;
            is_held.notify_one();
            may_go.notified().await;
            Ok(())
        });
        let sending = async {
            is_held.notified().await;
            let mut sent: FuturesUnordered<_> = (0..entries.len()).map(&send).collect();
            // One batch is being written and one waits: the four others have no room.
            let mut replies: Vec<_> = sent.by_ref().take(4).collect().await;
            assert!(replies.iter().all(|(_, reply)| is_refused(reply)));
            assert_eq!(world.stored(&app, 0).await, 0);
            may_go.notify_one();
            replies.extend(sent.collect::<Vec<_>>().await);
            replies
        };
        let (held, replies) = join(holding, sending).await;
        held.unwrap();

        let (refused, taken): (Vec<_>, Vec<_>) = replies.into_iter().partition(|(_, reply)| is_refused(reply));
        assert!(!taken.is_empty());
        assert_eq!(world.stored(&app, 0).await, taken.len());
        for (at, reply) in taken {
            assert_eq!(reply.expect(200)["acked"], json!([entries[at].seq]));
        }
        for (at, reply) in refused {
            let problem = reply.expect(503);
            assert_eq!((problem["code"].clone(), problem["title"].clone()), (json!("unavailable"), json!("系统繁忙")));
            send(at).await.1.expect(200);
        }
        assert_eq!(world.stored(&app, 0).await, 6);
        let receipt = device.submit(&world).await.expect(200);
        assert_eq!(receipt["digest"], device.digest());
    }

    async fn many_candidates_share_the_journal(app) {
        let world = World::armed(&app, 8).await.started(&app).await;
        let mut devices = Vec::new();
        for candidate in 0..8 {
            devices.push(Device::open(&world, candidate, 1, false).await);
        }
        for _ in 0..10 {
            let entries: Vec<_> = devices.iter_mut().map(|device| [device.answer(&world, 1, 2)]).collect();
            let sends = devices.iter().zip(&entries).map(|(device, entry)| device.send(&world, entry));
            for reply in futures::future::join_all(sends).await {
                reply.expect(200);
            }
        }
        for (candidate, device) in devices.iter().enumerate() {
            assert_eq!(world.stored(&app, candidate).await, 10);
            assert_eq!(world.answers(&app, candidate).await, device.answers);
        }
    }

    async fn a_candidate_without_a_network_is_not_logged_out_as_long_as_answers_may_come(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let entered = log_in_as_candidate(&app).await;
        let cookie = refresh_cookie(&entered);
        let token = entered.expect(200)["access_token"].as_str().unwrap().to_owned();
        let candidate = Client::new(app.address, Some(token));
        let open = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false });
        candidate.post(&world.path(0, "open"), &open).await.expect(200);

        // The deadline and ten minutes for what comes late; then half an hour of idleness.
        let minutes = i64::from(DURATION_MIN) + 10 + 30;
        app.clock.advance_s((minutes - 2) * 60);
        let back = refresh(&app, &cookie).await;
        let cookie = refresh_cookie(&back);
        back.expect(200);
        app.clock.advance_s(31 * 60);
        refresh(&app, &cookie).await.expect(401);
    }

    async fn a_log_in_that_opened_no_sitting_lies_idle_as_any(app) {
        World::armed(&app, 1).await.started(&app).await;
        let cookie = refresh_cookie(&log_in_as_candidate(&app).await);
        app.clock.advance_s(31 * 60);
        refresh(&app, &cookie).await.expect(401);
    }

    async fn the_clock_is_open_to_everybody(app) {
        let reply = app.stranger().get("/api/v1/time").await.expect(200);
        assert_eq!(reply["server_time"], "2026-11-23T01:00:00.000Z");
    }
}
