//! The key of a paper as a file that anybody may have: no sooner than every test of the paper has begun.

use crate::{
    exam_world::{STARTS_AFTER_S, World},
    support::{Reply, TestApp, db_tests, execute, run},
};
use serde_json::Value;
use shared::sittings::ExamRules;
use std::fs;

async fn released(app: &TestApp, world: &World) -> Reply {
    app.stranger().get(&format!("/api/v1/released_keys/{}", world.paper_id.as_str().unwrap())).await
}

/// It says no more than that there is nothing, and nobody on the way keeps that.
#[track_caller]
fn is_nothing(reply: Reply, unknown: &Value) {
    assert_eq!(reply.headers["cache-control"], "no-store");
    let mut said = reply.expect(404);
    said["instance"] = unknown["instance"].clone();
    assert_eq!(said, *unknown);
}

db_tests! {
    async fn a_key_lies_open_from_the_start_on_and_no_sooner(app) {
        let unknown = app.stranger().get("/api/v1/released_keys/019ab000-0000-7000-8000-000000000001").await.expect(404);
        let mut world = World::arranged(&app, 1).await;
        is_nothing(released(&app, &world).await, &unknown);
        world.step("arm", 0).await.expect(200);
        is_nothing(released(&app, &world).await, &unknown);
        world.step("arm", 1).await.expect(200);
        app.clock.advance_s(STARTS_AFTER_S - 1);
        is_nothing(released(&app, &world).await, &unknown);

        world.later(&app, 1).await;
        let reply = released(&app, &world).await;
        assert_eq!(reply.headers["cache-control"], "public, max-age=31536000, immutable");
        let key = world.candidates[0].client.get(&world.path(0, "key")).await.expect(200);
        assert_eq!(reply.expect(200), key, "it is what each candidate gets");
    }

    async fn a_later_test_of_the_paper_keeps_its_key_in(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        released(&app, &world).await.expect(200);
        world.another_test(&app, STARTS_AFTER_S + 3_600).await;
        released(&app, &world).await.expect(404);
        execute(&app, "UPDATE exam_session SET state = 'cancelled' WHERE title = 'Another'").await;
        released(&app, &world).await.expect(200);
    }

    async fn where_time_alone_lets_nobody_begin_the_key_stays_in_until_the_test_is_over(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        for rules in [
            ExamRules { needs_admission: true, ..ExamRules::lenient() },
            ExamRules { needs_safe_browser: true, ..ExamRules::lenient() },
        ] {
            let rules = serde_json::to_string(&rules).unwrap();
            execute(&app, &format!("UPDATE exam_session SET rules = '{rules}'")).await;
            released(&app, &world).await.expect(404);
        }
        execute(&app, "UPDATE exam_session SET state = 'marking'").await;
        released(&app, &world).await.expect(200);
    }

    async fn the_program_writes_the_same_file_and_never_early(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let expected = released(&app, &world).await.expect(200);
        let file = app.store.folder().join("key.json");
        let paper = world.paper_id.as_str().unwrap();
        let arguments = ["release-key", paper, "--out", file.to_str().unwrap()];
        let far = app.began.plus_s(100 * 365 * 86_400).0;
        execute(&app, &format!("UPDATE exam_session SET starts_at = {far}")).await;
        let early = run(&app.store, &arguments);
        assert!(early.code != Some(0) && early.said.contains("not released") && !file.exists(), "{}", early.said);
        // Its clock is that of the machine.
        execute(&app, "UPDATE exam_session SET starts_at = 1").await;
        let ended = run(&app.store, &arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        let written: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(written, expected);
    }
}
