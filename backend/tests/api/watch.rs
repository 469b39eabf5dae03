//! Those who are there where a test is sat see its numbers on its day, and who is to come; never an answer.

use crate::{
    exam_world::{Device, STARTS_AFTER_S, World},
    support::{Client, db_tests},
    work::waiting,
};
use serde_json::{Value, json};
use shared::rights::Role;

const WATCHED: &str = "/api/v1/watched_exam_sessions";

async fn watched(client: &Client) -> Vec<Value> {
    client.get(WATCHED).await.expect(200).as_array().unwrap().clone()
}

fn numbers(watched: &Value) -> [u64; 3] {
    ["expected", "started", "closed"].map(|name| watched[name].as_u64().unwrap())
}

fn list_of(world: &World) -> String {
    format!("/api/v1/exam_sessions/{}/sign_in_list", world.exam_session_id)
}

db_tests! {
    async fn a_site_head_sees_who_is_to_come_and_who_has(app) {
        let mut world = World::armed(&app, 2).await;
        let head = app.staff("zhukao", Role::SiteHead, "330502").await;
        assert_eq!(waiting(&head, "exam_sessions_today").await, 1);
        let found = watched(&head).await;
        assert_eq!((found.len(), numbers(&found[0])), (1, [2, 0, 0]));
        let list = head.get(&list_of(&world)).await.expect(200);
        let names = |list: &Value| {
            let rows = list["candidates"].as_array().unwrap().iter();
            rows.map(|row| row["candidate_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut found = names(&list);
        found.sort();
        assert_eq!(found, ["learner-0", "learner-1"]);
        assert_eq!(list["candidates"][0]["class_name"], "Class");

        world.later(&app, STARTS_AFTER_S).await;
        let device = Device::open(&world, 0, 1, false).await;
        assert_eq!(numbers(&watched(&head).await[0]), [2, 1, 0]);
        device.submit(&world).await.expect(200);
        let list = head.get(&list_of(&world)).await.expect(200);
        assert_eq!(numbers(&list["exam_session"]), [2, 1, 1]);
        let come = list["candidates"].as_array().unwrap().iter().filter(|row| !row["started_at"].is_null());
        assert_eq!(come.map(|row| &row["is_closed"]).collect::<Vec<_>>(), [&json!(true)]);
    }

    async fn everybody_sees_their_own_place_alone(app) {
        let world = World::arranged(&app, 2).await;
        let beside = app.staff("lin", Role::SiteHead, "330503").await;
        assert_eq!(numbers(&watched(&beside).await[0]), [0, 0, 0]);
        let list = beside.get(&list_of(&world)).await.expect(200);
        assert_eq!(list["candidates"], json!([]));
        let province = app.staff("sheng", Role::Inspector, "33").await;
        assert_eq!(numbers(&watched(&province).await[0]), [2, 0, 0]);
        assert_eq!(province.get(&list_of(&world)).await.expect_problem(404), "not-found");
        let foreign = app.staff("jiangsu", Role::SiteHead, "32").await;
        assert_eq!(watched(&foreign).await, [] as [Value; 0]);
        assert_eq!(foreign.get(&list_of(&world)).await.expect_problem(404), "not-found");
        for client in [&world.marker, &world.candidates[0].client] {
            assert_eq!(client.get(WATCHED).await.expect_problem(403), "forbidden");
            assert_eq!(client.get(&list_of(&world)).await.expect_problem(404), "not-found");
        }
    }

    async fn there_is_nothing_to_watch_before_it_is_arranged_and_on_other_days(app) {
        let world = World::draft(&app, 1).await;
        let head = app.staff("zhukao", Role::SiteHead, "330502").await;
        assert_eq!(watched(&head).await, [] as [Value; 0]);
        world.open_registration().await;
        assert_eq!(watched(&head).await, [] as [Value; 0]);
        world.step("arrange", 0).await.expect(200);
        assert_eq!(watched(&head).await.len(), 1);
        app.clock.advance_s(24 * 60 * 60);
        let head = app.log_in("zhukao").await;
        assert_eq!(watched(&head).await, [] as [Value; 0]);
        assert_eq!(waiting(&head, "exam_sessions_today").await, 0);
        assert_eq!(head.get(&list_of(&world)).await.expect_problem(404), "not-found");
    }

    async fn what_was_called_off_is_watched_by_nobody(app) {
        let world = World::arranged(&app, 1).await;
        let head = app.staff("zhukao", Role::SiteHead, "330502").await;
        assert_eq!(watched(&head).await.len(), 1);
        let cancel = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
        world.administrators[0].post(&cancel, &json!({ "reason": "台风停考" })).await.expect(200);
        assert_eq!(watched(&head).await, [] as [Value; 0]);
        assert_eq!(waiting(&head, "exam_sessions_today").await, 0);
        assert_eq!(head.get(&list_of(&world)).await.expect_problem(404), "not-found");
    }
}
