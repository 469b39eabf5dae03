//! Nothing on the way to a test is a dead end: plans, papers, items and registrations are put right, as long as
//! nobody builds on them.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World, approve, seal},
    support::{Client, Reply, START, TestApp, db_tests, execute, send},
    work::waiting,
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{ids::ItemId, rights::Role};

async fn put(client: &Client, path: &str, seen: &str, body: &Value) -> Reply {
    send(client.request(Method::PUT, path).header("if-match", seen).json(body)).await
}

async fn cancel(client: &Client, world: &World, reason: &str) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
    client.post(&path, &json!({ "reason": reason })).await
}

fn registrations(world: &World) -> String {
    format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id)
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    let conn = app.cx.db.read();
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    conn.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Approves the version of an item that the reviewer has seen.
async fn find_right(reviewer: &Client, item: &str, seen: &str) -> Reply {
    let request = reviewer.request(Method::POST, &format!("{item}/reviews")).header("if-match", seen);
    send(request.json(&json!({ "decision": "approve" }))).await
}

/// A draft of this author's with a key that is to be put right.
async fn draft_item(author: &Client, world: &World) -> ItemId {
    let text = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：A";
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    report["stored"][0].as_str().unwrap().parse().unwrap()
}

/// The same, after somebody else approved it.
async fn approved_item(app: &TestApp, author: &Client, world: &World) -> ItemId {
    let item = draft_item(author, world).await;
    approve(app, &[item]).await;
    item
}

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn reviewer(app: &TestApp) -> Client {
    app.staff("wei", Role::ItemReviewer, "33").await
}

/// A paper of one item, as it is composed.
fn paper_of(world: &World, item: ItemId) -> Value {
    json!({ "course_id": world.course_id, "title": "Spare", "items": [{ "item_id": item, "points": 200 }] })
}

/// An unsealed paper of one item; its path.
async fn spare_paper(world: &World, item: ItemId) -> String {
    let paper = world.administrators[0].post("/api/v1/papers", &paper_of(world, item)).await.expect(201);
    assert_eq!(paper["state"], "open");
    format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())
}

/// The version that a sealed paper holds of its one item, and the stem.
async fn pinned(app: &TestApp, paper: &str) -> (i32, String) {
    let id = paper.rsplit('/').next().unwrap().parse().unwrap();
    let sealed = backend::papers::sealed_items(&app.cx, id).await.unwrap();
    (sealed[0].item_version, sealed[0].item.stem.clone())
}

fn wrong_field(problem: &Value) -> (&Value, &Value) {
    (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"])
}

db_tests! {
    async fn a_draft_is_put_right_over_the_version_that_was_seen(app) {
        let world = World::draft(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        let [planner, _] = &world.administrators;
        let shown = planner.get(&path).await;
        let tag = shown.headers["etag"].to_str().unwrap().to_owned();
        let mut plan = json!({
            "title": " Better ", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": START.plus_s(7_200), "duration_min": 90,
        });
        let changed = put(planner, &path, &tag, &plan).await;
        assert_eq!(changed.headers["etag"], "\"2\"");
        let changed = changed.expect(200);
        assert_eq!((&changed["title"], &changed["version"]), (&json!("Better"), &json!(2)));
        assert_eq!(changed["starts_at"], json!(START.plus_s(7_200)));
        assert_eq!(changed["ends_at"], json!(START.plus_s(7_200 + 90 * 60)));

        assert_eq!(put(planner, &path, &tag, &plan).await.expect_problem(412), "stale");
        let unseen = send(planner.request(Method::PUT, &path).json(&plan)).await;
        assert_eq!(unseen.expect_problem(428), "precondition-required");
        assert_eq!(put(&world.marker, &path, "\"2\"", &plan).await.expect_problem(403), "forbidden");
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for stranger in [&elsewhere, &world.candidates[0].client] {
            assert_eq!(put(stranger, &path, "\"2\"", &plan).await.expect_problem(404), "not-found");
        }
        plan["starts_at"] = json!(START);
        let problem = put(planner, &path, "\"2\"", &plan).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/starts_at"), &json!("in-the-past")));

        plan["starts_at"] = json!(START.plus_s(9_000));
        world.open_registration().await;
        assert_eq!(put(planner, &path, "\"2\"", &plan).await.expect_problem(412), "stale");
        let problem = put(planner, &path, "\"3\"", &plan).await.expect(409);
        assert_eq!(problem["code"], "wrong-state");
        assert!(problem["detail"].as_str().unwrap().contains("不是草稿"), "{problem}");
    }

    async fn what_was_called_off_is_not_sat(app) {
        let mut world = World::armed(&app, 2).await;
        let off = cancel(&world.administrators[0], &world, " 台风停考 ").await.expect(200);
        assert_eq!((&off["state"], &off["cancelled_because"]), (&json!("cancelled"), &json!("台风停考")));
        let again = cancel(&world.administrators[1], &world, "另一个原因").await.expect(200);
        assert_eq!((&again["cancelled_because"], &again["version"]), (&json!("台风停考"), &off["version"]));
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_entry WHERE detail LIKE '%台风停考%'").await, 1);
        let listed = world.administrators[1].get("/api/v1/exam_sessions").await.expect(200);
        assert_eq!(listed["items"][0]["cancelled_because"], "台风停考");

        let exams = world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
        assert_eq!((&exams[0]["state"], &exams[0]["is_registered"]), (&json!("cancelled"), &json!(true)));
        assert_eq!(exams[0]["cancelled_because"], "台风停考", "who is registered is told why");
        for verb in ["open_registration", "arrange", "arm", "release"] {
            assert_eq!(world.step(verb, 1).await.expect_problem(409), "wrong-state", "{verb}");
        }

        world.later(&app, STARTS_AFTER_S).await;
        let client = world.candidates[0].client.clone();
        let sitting = format!("/api/v1/sittings/{}", world.sitting(0));
        for path in [sitting, world.path(0, "key")] {
            assert_eq!(client.get(&path).await.expect_problem(409), "exam-cancelled", "{path}");
        }
        assert_eq!(Device::opened(&world, 0, 1, false).await.expect_problem(409), "exam-cancelled");
        world.settle(&app).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 631).await;
        world.settle(&app).await;
        let session = world.exam_session().await;
        let counts = [&session["counts"]["started"], &session["counts"]["closed"], &session["counts"]["to_mark"]];
        assert_eq!((&session["state"], counts), (&json!("cancelled"), [&json!(0); 3]), "nothing more becomes of it");
    }

    async fn who_may_not_calls_nothing_off_and_nobody_without_reason(app) {
        let world = World::draft(&app, 1).await;
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for stranger in [&elsewhere, &world.candidates[0].client] {
            assert_eq!(cancel(stranger, &world, "台风停考").await.expect_problem(404), "not-found");
        }
        assert_eq!(cancel(&world.marker, &world, "台风停考").await.expect_problem(403), "forbidden");
        for (reason, code) in [("", "required"), ("停", "required"), ("联系 19900009137", "holds-number")] {
            let problem = cancel(&world.administrators[0], &world, reason).await.expect(422);
            assert_eq!(wrong_field(&problem), (&json!("/reason"), &json!(code)));
        }
        world.open_registration().await;
        let learner = &world.candidates[0].client;
        cancel(&world.administrators[0], &world, "台风停考").await.expect(200);
        assert_eq!(learner.get("/api/v1/me/exams").await.expect(200), json!([]), "who is not registered needs not know");
        assert_eq!(learner.post(&registrations(&world), &json!({})).await.expect_problem(409), "exam-cancelled");
    }

    async fn a_test_that_runs_is_not_called_off(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let problem = cancel(&world.administrators[0], &world, "台风停考").await.expect(409);
        assert_eq!(problem["code"], "wrong-state");
        assert!(problem["detail"].as_str().unwrap().contains("已经开考"), "{problem}");
        Device::open(&world, 0, 1, false).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["state"], "marking");
        assert_eq!(cancel(&world.administrators[0], &world, "台风停考").await.expect_problem(409), "wrong-state");
    }

    async fn a_registration_is_taken_back_until_it_closes_and_made_again(app) {
        let world = World::draft(&app, 2).await;
        let register = registrations(&world);
        let withdraw = format!("{register}/withdraw");
        let (one, two) = (&world.candidates[0].client, &world.candidates[1].client);
        let registered = async || world.exam_session().await["counts"]["registered"].clone();
        assert_eq!(one.post(&withdraw, &json!({})).await.expect_problem(404), "not-found");
        world.open_registration().await;
        assert_eq!(one.post(&withdraw, &json!({})).await.expect_problem(404), "not-found", "there is none to take back");
        assert_eq!(world.marker.post(&withdraw, &json!({})).await.expect_problem(403), "forbidden");

        for learner in [one, two] {
            learner.post(&register, &json!({})).await.expect(200);
        }
        for _ in 0..2 {
            assert_eq!(one.post(&withdraw, &json!({})).await.expect(200)["is_registered"], false);
        }
        assert_eq!(registered().await, 1);
        assert_eq!(one.get("/api/v1/me/exams").await.expect(200)[0]["is_registered"], false);
        assert_eq!(one.post(&register, &json!({})).await.expect(200)["is_registered"], true);
        assert_eq!(registered().await, 2);
        one.post(&withdraw, &json!({})).await.expect(200);

        world.step("arrange", 0).await.expect(200);
        let counts = world.exam_session().await["counts"].clone();
        assert_eq!((&counts["registered"], &counts["sittings"]), (&json!(1), &json!(1)), "who left gets no sitting");
        assert_eq!(two.post(&withdraw, &json!({})).await.expect_problem(409), "wrong-state");
        assert_eq!(one.post(&register, &json!({})).await.expect_problem(409), "wrong-state");
        one.post(&withdraw, &json!({})).await.expect(200);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM registration_withdrawal").await, 2, "each time stays");
    }

    async fn a_paper_is_discarded_until_it_is_sealed(app) {
        let world = World::draft(&app, 1).await;
        let [composer, other] = &world.administrators;
        let paper = spare_paper(&world, world.items[0]).await;
        let discard = format!("{paper}/discard");
        let problem = composer.post(&discard, &json!({ "reason": " " })).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/reason"), &json!("required")));
        let body = json!({ "reason": "选错了题" });
        for stranger in [&world.marker, &world.candidates[0].client] {
            assert_eq!(stranger.post(&discard, &body).await.expect_problem(403), "forbidden");
        }
        for reason in ["选错了题", "另一个原因"] {
            let discarded = other.post(&discard, &json!({ "reason": reason })).await.expect(200);
            assert_eq!(discarded["state"], "discarded");
            assert_eq!(discarded["discarded_because"], "选错了题", "the first reason stands");
        }
        for verb in ["propose_seal", "seal"] {
            let problem = composer.post(&format!("{paper}/{verb}"), &json!({})).await.expect(409);
            assert!(problem["detail"].as_str().unwrap().contains("已经作废"), "{problem}");
        }
        let listed = composer.get(&format!("/api/v1/papers?course_id={}", world.course_id)).await.expect(200);
        assert_eq!(listed["items"][0]["discarded_because"], "选错了题", "it stays as such");

        let sealed = format!("/api/v1/papers/{}/discard", world.paper_id.as_str().unwrap());
        let problem = composer.post(&sealed, &body).await.expect(409);
        assert_eq!(problem["code"], "wrong-state");
        assert!(problem["detail"].as_str().unwrap().contains("已经封存"), "{problem}");
        let nothing = format!("/api/v1/papers/{}/discard", crate::support::NO_ID);
        assert_eq!(composer.post(&nothing, &body).await.expect_problem(404), "not-found");
    }

    async fn a_new_version_leaves_sealed_papers_as_they_are(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer, composer) = (author(&app).await, reviewer(&app).await, &world.administrators[0]);
        let item = approved_item(&app, &author, &world).await;
        let sealed = spare_paper(&world, item).await;
        seal(&world.administrators, &sealed).await;
        let path = format!("/api/v1/items/{item}");
        let seen = author.post(&format!("{path}/views"), &json!({})).await.expect(200);
        assert_eq!((&seen["row"]["version"], &seen["row"]["state"]), (&json!(1), &json!("approved")));
        let mut better = seen["item"].clone();
        better["stem"] = json!("A better stem");
        better["body"]["key"] = json!(1);
        let revised = put(&author, &path, "\"1\"", &better).await;
        assert_eq!(revised.headers["etag"], "\"2\"");
        let revised = revised.expect(200);
        assert_eq!((&revised["version"], &revised["title"]), (&json!(2), &json!("A better stem")));

        assert_eq!(put(&author, &path, "\"1\"", &better).await.expect_problem(412), "stale");
        assert_eq!(put(&author, &path, "\"2\"", &better).await.expect(200)["version"], 2, "nothing is new in it");
        let unseen = send(author.request(Method::PUT, &path).json(&better)).await;
        assert_eq!(unseen.expect_problem(428), "precondition-required");
        for stranger in [composer, &reviewer, &world.candidates[0].client] {
            assert_eq!(put(stranger, &path, "\"2\"", &better).await.expect_problem(403), "forbidden");
        }
        let another = app.staff("li", Role::ItemAuthor, "33").await;
        assert_eq!(put(&another, &path, "\"2\"", &better).await.expect_problem(404), "not-found");
        let mut wrong = better.clone();
        wrong["body"] = json!({ "kind": "true_false", "key": true });
        let problem = put(&author, &path, "\"2\"", &wrong).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/body/kind"), &json!("unchangeable")));
        better["body"]["key"] = json!(9);
        let problem = put(&author, &path, "\"2\"", &better).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/body/key"), &json!("out-of-range")));

        assert_eq!(pinned(&app, &sealed).await, (1, seen["item"]["stem"].as_str().unwrap().to_owned()));
        assert_eq!(find_right(&reviewer, &path, "\"2\"").await.expect_problem(409), "wrong-state", "nobody has sat it yet");
        // As once candidates have sat what is sealed.
        execute(&app, "UPDATE item SET frozen_version = NULL").await;
        find_right(&reviewer, &path, "\"2\"").await.expect(200);
        let fresh = spare_paper(&world, item).await;
        seal(&world.administrators, &fresh).await;
        assert_eq!(pinned(&app, &fresh).await, (2, "A better stem".to_owned()));
    }

    async fn an_item_that_is_written_anew_waits_for_somebody_else(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer, composer) = (author(&app).await, reviewer(&app).await, &world.administrators[0]);
        let item = approved_item(&app, &author, &world).await;
        let open = spare_paper(&world, item).await;
        let path = format!("/api/v1/items/{item}");
        let mut better = author.post(&format!("{path}/views"), &json!({})).await.expect(200)["item"].clone();
        assert_eq!(put(&author, &path, "\"1\"", &better).await.expect(200)["state"], "approved", "nothing is new in it");
        better["body"]["key"] = json!(1);
        assert_eq!(put(&author, &path, "\"1\"", &better).await.expect(200)["state"], "draft");

        let problem = composer.post("/api/v1/papers", &paper_of(&world, item)).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/items/0/item_id"), &json!("not-reviewed")));
        let problem = composer.post(&format!("{open}/propose_seal"), &json!({})).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/items/0"), &json!("not-reviewed")));
        assert_eq!(waiting(&reviewer, "items_to_review").await, 1);
        assert_eq!(find_right(&author, &path, "\"2\"").await.expect_problem(403), "forbidden");
        assert_eq!(find_right(&reviewer, &path, "\"1\"").await.expect_problem(412), "stale");
        assert_eq!(find_right(&reviewer, &path, "\"2\"").await.expect(200)["state"], "approved");
        seal(&world.administrators, &open).await;
        assert_eq!(pinned(&app, &open).await.0, 2);
    }

    async fn no_new_paper_takes_a_retired_item(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer, composer) = (author(&app).await, reviewer(&app).await, &world.administrators[0]);
        let item = approved_item(&app, &author, &world).await;
        let paper = spare_paper(&world, item).await;
        let path = format!("/api/v1/items/{item}");
        let retire = format!("{path}/retire");
        let body = json!({ "reason": "超出大纲" });
        for stranger in [composer, &world.candidates[0].client] {
            assert_eq!(stranger.post(&retire, &body).await.expect_problem(403), "forbidden");
        }
        let another = app.staff("li", Role::ItemAuthor, "33").await;
        assert_eq!(another.post(&retire, &body).await.expect_problem(404), "not-found");
        let problem = author.post(&retire, &json!({ "reason": "" })).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/reason"), &json!("required")));
        for (client, reason) in [(&author, "超出大纲"), (&reviewer, "另一个原因")] {
            let retired = client.post(&retire, &json!({ "reason": reason })).await.expect(200);
            assert_eq!(retired["retired_because"], "超出大纲", "the first reason stands");
        }
        let listed = author.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert_eq!(listed["items"][0]["retired_because"], "超出大纲");
        let usable = author.get("/api/v1/items?state=approved").await.expect(200);
        assert_eq!(usable["items"], json!([]), "it stands nowhere");

        let mut better = author.post(&format!("{path}/views"), &json!({})).await.expect(200)["item"].clone();
        better["body"]["key"] = json!(1);
        assert_eq!(put(&author, &path, "\"1\"", &better).await.expect_problem(409), "wrong-state");
        let problem = composer.post("/api/v1/papers", &paper_of(&world, item)).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/items/0/item_id"), &json!("retired")));
        let problem = composer.post(&format!("{paper}/propose_seal"), &json!({})).await.expect(422);
        assert_eq!(wrong_field(&problem), (&json!("/items/0"), &json!("retired")));
        assert_eq!(waiting(composer, "papers_to_seal").await, 1);
        composer.post(&format!("{paper}/discard"), &json!({ "reason": "有题目停用" })).await.expect(200);
        assert_eq!(waiting(composer, "papers_to_seal").await, 0);
        let sealed = format!("/api/v1/papers/{}/package", world.paper_id.as_str().unwrap());
        assert_eq!(composer.get(&sealed).await.status, 200, "a sealed paper stays as it is");
    }

    async fn what_was_retired_waits_for_no_review(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let path = format!("/api/v1/items/{}", draft_item(&author, &world).await);
        assert_eq!(waiting(&reviewer, "items_to_review").await, 1);
        reviewer.post(&format!("{path}/retire"), &json!({ "reason": "超出大纲" })).await.expect(200);
        assert_eq!(waiting(&reviewer, "items_to_review").await, 0);
        let problem = find_right(&reviewer, &path, "\"1\"").await.expect(409);
        assert_eq!(problem["code"], "wrong-state");
        assert!(problem["detail"].as_str().unwrap().contains("已经停用"), "{problem}");
    }
}
