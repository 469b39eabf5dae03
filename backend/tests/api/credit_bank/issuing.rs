//! Who gets a certificate, and that everybody gets one.

use super::{Bank, verdict};
use crate::{
    exam_world::World,
    support::{TestApp, db_tests},
};
use backend::platform::{
    Services,
    ids::{IdSource, SystemIds},
    jobs::Jobs,
};
use futures::future::{Either, select};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use shared::rights::Role;
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::Notify;
use uuid::Uuid;

/// Ids of a node that dies when it has made so many of them.
struct LastIds {
    left: AtomicUsize,
    are_used_up: Notify,
}

impl IdSource for LastIds {
    fn uuid(&self) -> Uuid {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.are_used_up.notify_one();
        }
        SystemIds.uuid()
    }

    fn fill(&self, bytes: &mut [u8]) {
        SystemIds.fill(bytes);
    }
}

/// How many certificates there are, and how many learners, numbers and places in status lists they have.
async fn certificates(app: &TestApp) -> [i64; 4] {
    let conn = app.cx.db.read();
    let sql = "SELECT COUNT(*), COUNT(DISTINCT account_id), COUNT(DISTINCT number), COUNT(DISTINCT status_index) \
        FROM certificate";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap().unwrap();
    [0, 1, 2, 3].map(|column| row.try_get_by_index(column).unwrap())
}

db_tests! {
    async fn who_studied_passed_and_is_identified_gets_one_certificate(app) {
        let bank = Bank::published(&app).await;
        let report = |issued, already| json!({ "issued": issued, "already": already, "not_eligible": 1 });
        assert_eq!(bank.issue(&app, Some("first")).await, report(1, 0));
        assert_eq!(bank.issue(&app, Some("first")).await, report(1, 0));
        assert_eq!(bank.issue(&app, None).await, report(0, 1));
        let mine = bank.learner().get("/api/v1/me/certificates").await.expect(200);
        assert_eq!(mine.as_array().unwrap().len(), 1);
        assert!(mine[0]["number"].as_str().unwrap().starts_with("20263305201000001"), "{mine}");
        assert_eq!((mine[0]["state"].clone(), mine[0]["score"].clone(), mine[0]["grade"].clone()), (json!("issued"), json!(600), json!("b")));
        let other = &bank.world.candidates[1].client;
        assert_eq!(other.get("/api/v1/me/certificates").await.expect(200), json!([]));
        let document = format!("/api/v1/me/certificates/{}/document", mine[0]["id"].as_str().unwrap());
        assert_eq!(other.get(&document).await.expect_problem(404), "not-found");
    }

    async fn who_left_the_class_has_studied_all_the_same(app) {
        let bank = Bank::published(&app).await;
        let (learner, office) = (bank.learner(), app.staff("office", Role::SchoolOffice, "330502").await);
        let account = learner.get("/api/v1/me").await.expect(200)["account_id"].clone();
        let class = learner.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].clone();
        let course = format!("/api/v1/me/courses/{}", bank.world.course_id);
        let map = learner.get(&course).await.expect(200);
        let unit = format!("/api/v1/me/units/{}", map["modules"][0]["units"][0]["id"].as_str().unwrap());
        let departures = format!("/api/v1/classes/{}/departures", class.as_str().unwrap());
        office.post(&departures, &json!({ "learner": account, "reason": "搬家" })).await.expect(201);

        assert_eq!(learner.get("/api/v1/me/courses").await.expect(200), json!([]));
        for path in [&course, &unit] {
            assert_eq!(learner.get(path).await.expect_problem(404), "not-found", "who left studies no more");
        }
        let heartbeat = json!({ "stream": Uuid::from_u128(3), "read_pct": 100 });
        assert_eq!(learner.post(&format!("{unit}/heartbeats"), &heartbeat).await.expect_problem(404), "not-found");
        let graduation = learner.get("/api/v1/me/graduation").await.expect(200);
        assert_eq!(bank.course(&graduation)["standing"]["gate"], json!({ "state": "open" }));

        assert_eq!(bank.issue(&app, None).await["issued"], 1);
        let certificate = learner.get("/api/v1/me/certificates").await.expect(200)[0].clone();
        bank.approve(&certificate).await;
        assert_eq!(verdict(&app, &bank.document(&certificate).await).await, "valid");
    }

    async fn nobody_reads_all_numbers_one_after_the_other(app) {
        let path = "/api/v1/public/certificates/202633052010000014";
        for _ in 0..120 {
            app.stranger().get(path).await.expect(404);
        }
        let refused = app.stranger().get(path).await;
        assert_eq!(refused.headers["retry-after"], "60");
        assert_eq!(refused.expect_problem(429), "too-many");
    }

    async fn two_officers_at_once_issue_one_certificate(app) {
        let bank = Bank::published(&app).await;
        let other = app.staff("zheng", Role::CreditBankOfficer, "33").await;
        let body = json!({ "exam_session_id": bank.world.exam_session_id });
        let mut asked = Vec::new();
        for officer in [&bank.officer, &other] {
            let job = officer.post("/api/v1/certificates/issue", &body).await.expect(202);
            asked.push((officer, format!("/api/v1/jobs/{}", job["id"].as_str().unwrap())));
        }
        let nodes = [backend::app::jobs(app.cx.clone()), backend::app::jobs(app.cx.clone())];
        futures::future::try_join_all(nodes.iter().map(Jobs::run_due)).await.unwrap();
        let mut issued = 0;
        for (officer, job) in asked {
            issued += officer.get(&job).await.expect(200)["result"]["issued"].as_u64().unwrap();
        }
        assert_eq!(issued, 1);
    }

    async fn a_node_that_dies_between_two_chunks_is_taken_over_and_everybody_gets_one_certificate(app) {
        let bank = Bank::published_with(&app, 230).await;
        let body = json!({ "exam_session_id": bank.world.exam_session_id });
        let job = bank.officer.post("/api/v1/certificates/issue", &body).await.expect(202);
        let job = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());

        // Two ids a certificate, twenty learners a chunk: it dies after a few of them.
        let ids = Arc::new(LastIds { left: AtomicUsize::new(250), are_used_up: Notify::new() });
        let dying = backend::app::jobs(Services { ids: ids.clone(), ..app.cx.clone() });
        match select(pin!(dying.run_due()), pin!(ids.are_used_up.notified())).await {
            Either::Left(_) => panic!("the node did not die"),
            Either::Right(_) => {}
        }
        let view = bank.officer.get(&job).await.expect(200);
        assert_eq!((&view["state"], &view["total"]), (&json!("running"), &json!(232)));
        let number = |name: &str| view["result"][name].as_i64().unwrap();
        let done = view["done"].as_i64().unwrap();
        assert!(0 < done && done < 232 && number("issued") + number("not_eligible") == done, "{view}");
        assert_eq!(certificates(&app).await, [number("issued"); 4], "what the dying node began is undone");
        assert_eq!(app.jobs.run_due().await.unwrap(), 0, "the dead node still holds it");

        app.clock.advance_s(61);
        assert_eq!(app.jobs.run_due().await.unwrap(), 1);
        let view = bank.officer.get(&job).await.expect(200);
        assert_eq!((&view["state"], &view["done"], &view["total"]), (&json!("done"), &json!(232), &json!(232)));
        assert_eq!(view["result"], json!({ "issued": 231, "already": 0, "not_eligible": 1 }));
        assert_eq!(certificates(&app).await, [231; 4]);
        assert_eq!(bank.issue(&app, None).await, json!({ "issued": 0, "already": 231, "not_eligible": 1 }));
    }

    async fn nothing_is_issued_before_the_results_are_out_or_by_others(app) {
        let world = World::draft(&app, 1).await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let officer = app.staff("xu", Role::CreditBankOfficer, "33").await;
        assert_eq!(officer.post("/api/v1/certificates/issue", &body).await.expect_problem(409), "wrong-state");
        let elsewhere = app.staff("su", Role::CreditBankOfficer, "32").await;
        assert_eq!(elsewhere.post("/api/v1/certificates/issue", &body).await.expect_problem(404), "not-found");
        assert_eq!(world.marker.post("/api/v1/certificates/issue", &body).await.expect_problem(403), "forbidden");
    }
}
