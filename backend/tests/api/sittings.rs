//! Planning, registering, arranging, arming; marking and release; what candidates may know when.

use crate::{
    exam_world::{DURATION_MIN, Device, SECRET, STARTS_AFTER_S, STEM, World},
    support::{Client, START, TestApp, db_tests, execute},
    work::work,
};
use serde_json::{Value, json};
use shared::{ids::ExamSessionId, item_bank::Response, rights::Role};

/// Three candidates: one submitted with everything right, one was closed, one did not come.
async fn sat(app: &TestApp) -> World {
    let mut world = World::armed(app, 3).await.started(app).await;
    let mut good = Device::open(&world, 0, 1, false).await;
    let mut entries: Vec<_> = (0..3).map(|item| good.answer(&world, item, 0)).collect();
    entries.push(good.write(world.items[3], Response::Text("because".to_owned()), 9_000));
    good.send(&world, &entries).await.expect(200);
    good.submit(&world).await.expect(200);
    let mut poor = Device::open(&world, 1, 1, false).await;
    let entry = poor.answer(&world, 0, 3);
    poor.send(&world, &[entry]).await.expect(200);
    world.later(app, i64::from(DURATION_MIN) * 60 + 31).await;
    world.settle(app).await;
    world.later(app, 600).await;
    world.settle(app).await;
    world
}

db_tests! {
    async fn a_wrong_plan_is_refused_by_its_field(app) {
        let world = World::draft(&app, 1).await;
        let plan = |field: &str, value: Value| {
            let mut plan = json!({
                "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
                "starts_at": START.plus_s(3_600), "duration_min": 60,
            });
            plan[field] = value;
            plan
        };
        let unknown = json!("019ab000-0000-7000-8000-000000000001");
        for (field, value, code) in [
            ("title", json!("  "), "required"),
            ("title", json!("x".repeat(101)), "too-long"),
            ("duration_min", json!(9), "out-of-range"),
            ("duration_min", json!(301), "out-of-range"),
            ("starts_at", json!(START), "in-the-past"),
            ("course_id", unknown.clone(), "not-found"),
            ("paper_id", unknown, "not-found"),
        ] {
            let problem = world.administrators[0].post("/api/v1/exam_sessions", &plan(field, value)).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].clone(), error["code"].clone()), (json!(format!("/{field}")), json!(code)));
        }
    }

    async fn a_plan_with_the_same_key_is_made_once(app) {
        let world = World::draft(&app, 1).await;
        let plan = json!({
            "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": START.plus_s(3_600), "duration_min": 60,
        });
        let mut ids = Vec::new();
        for _ in 0..2 {
            let request = world.administrators[0].request(reqwest::Method::POST, "/api/v1/exam_sessions");
            let reply = crate::support::send(request.header("idempotency-key", "once").json(&plan)).await;
            ids.push(reply.expect(201)["id"].clone());
        }
        assert_eq!(ids[0], ids[1]);
        let listed = world.administrators[0].get("/api/v1/exam_sessions?limit=1").await.expect(200);
        assert_eq!(listed["items"][0]["id"], ids[0]);
        let next = format!("/api/v1/exam_sessions?limit=1&cursor={}", listed["next_cursor"].as_str().unwrap());
        let listed = world.administrators[0].get(&next).await.expect(200);
        assert_eq!((listed["items"][0]["id"].clone(), listed["next_cursor"].clone()), (json!(world.exam_session_id), Value::Null));
    }

    async fn what_waits_is_counted_beyond_any_page_and_listed(app) {
        let world = World::arranged(&app, 1).await;
        let plan = json!({
            "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": START.plus_s(3_600), "duration_min": 60,
        });
        let [one, two] = &world.administrators;
        for _ in 0..202 {
            one.post("/api/v1/exam_sessions", &plan).await.expect(201);
        }
        assert_eq!(work(one).await, [("exam_sessions_to_advance".to_owned(), 203)]);
        world.step("arm", 0).await.expect(200);
        assert_eq!(work(one).await, [("exam_sessions_to_advance".to_owned(), 202)], "another person arms it, too");
        let expected = [("exam_sessions_to_confirm".to_owned(), 1), ("exam_sessions_to_advance".to_owned(), 202)];
        assert_eq!(work(two).await, expected);

        let listed = async |client: &Client, wait: &str| {
            let path = format!("/api/v1/exam_sessions?limit=200&waits={wait}");
            client.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
        };
        assert_eq!((listed(one, "confirm").await, listed(two, "confirm").await.len()), (Vec::new(), 1));
        assert_eq!(listed(two, "confirm").await[0]["id"], json!(world.exam_session_id));
        assert_eq!((listed(one, "advance").await.len(), listed(one, "mark").await), (200, Vec::new()));
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for client in [&elsewhere, &world.marker, &world.candidates[0].client] {
            assert_eq!(work(client).await, []);
        }
    }

    async fn who_runs_tests_elsewhere_knows_nothing_of_it(app) {
        let world = World::draft(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        let other = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        assert_eq!(other.get(&path).await.expect_problem(404), "not-found");
        assert_eq!(other.get("/api/v1/exam_sessions").await.expect(200)["items"], json!([]));
        assert_eq!(other.post(&format!("{path}/open_registration"), &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(world.marker.post(&format!("{path}/open_registration"), &json!({})).await.expect_problem(403), "forbidden");
        let learner = &world.candidates[0].client;
        assert_eq!(learner.get(&path).await.expect_problem(404), "not-found");
        assert_eq!(learner.get("/api/v1/exam_sessions").await.expect_problem(403), "forbidden");
    }

    async fn only_who_has_completed_the_course_registers(app) {
        let world = World::draft(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        let learner = &world.candidates[0].client;
        assert_eq!(learner.post(&path, &json!({})).await.expect_problem(404), "not-found");
        world.open_registration().await;
        assert_eq!(world.step("open_registration", 0).await.expect_problem(409), "wrong-state");

        let (_, outsider) = app.learner("outsider").await;
        let problem = outsider.post(&path, &json!({})).await.expect(409);
        assert_eq!((problem["code"].clone(), problem["detail"].clone()), (json!("gate-not-met"), json!("您还没有在班级里学习这门课程，请联系您的学校。")));
        let lazy = world.newcomer(&app, "lazy").await;
        let problem = lazy.post(&path, &json!({})).await.expect(409);
        assert_eq!((problem["code"].clone(), problem["params"]["missing"].clone()), (json!("gate-not-met"), json!(1)));
        assert_eq!(problem["detail"], "课程还差 1 个任务点没有学完，学完后即可报名。");
        let exams = lazy.get("/api/v1/me/exams").await.expect(200);
        assert_eq!(exams[0]["gate"], json!({ "state": "task_points_missing", "missing": 1 }));

        for _ in 0..2 {
            assert_eq!(learner.post(&path, &json!({})).await.expect(200)["is_registered"], true);
        }
        assert_eq!(world.exam_session().await["counts"]["registered"], 1);
    }

    async fn nobody_registers_for_a_test_of_another_city_or_is_offered_it(app) {
        let world = World::draft(&app, 1).await;
        world.open_registration().await;
        let path = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        let learner = &world.candidates[0].client;
        execute(&app, "UPDATE exam_session SET division = '3306'").await;
        assert_eq!(learner.get("/api/v1/me/exams").await.expect(200), json!([]));
        let problem = learner.post(&path, &json!({})).await.expect(409);
        let detail = "这次考试不面向您学习的地区，请选择本县（市、区）、本市或全省的考试。";
        assert_eq!((&problem["code"], &problem["detail"]), (&json!("wrong-state"), &json!(detail)));
        execute(&app, "UPDATE exam_session SET division = '3305'").await;
        assert_eq!(learner.get("/api/v1/me/exams").await.expect(200)[0]["is_registered"], false);
        learner.post(&path, &json!({})).await.expect(200);
    }

    async fn nobody_registers_for_two_tests_at_one_time(app) {
        let world = World::draft(&app, 1).await;
        world.open_registration().await;
        let at_once = world.another_test(&app, STARTS_AFTER_S + i64::from(DURATION_MIN) * 60 - 1).await;
        let afterwards = world.another_test(&app, STARTS_AFTER_S + i64::from(DURATION_MIN) * 60).await;
        let path = |id: ExamSessionId| format!("/api/v1/exam_sessions/{id}/registrations");
        let (one, other) = (path(world.exam_session_id), path(at_once));
        let learner = &world.candidates[0].client;
        learner.post(&one, &json!({})).await.expect(200);
        let problem = learner.post(&other, &json!({})).await.expect(409);
        let detail = "您已报名同一时间的另一场考试。如要改考这一场，请先取消那一场的报名。";
        assert_eq!((&problem["code"], &problem["detail"]), (&json!("wrong-state"), &json!(detail)));
        learner.post(&path(afterwards), &json!({})).await.expect(200);

        for path in [one.clone(), path(afterwards)] {
            learner.post(&format!("{path}/withdraw"), &json!({})).await.expect(200);
        }
        let body = json!({});
        let (first, second) = futures::future::join(learner.post(&one, &body), learner.post(&other, &body)).await;
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "nor for both at one moment");
    }

    async fn who_has_completed_the_course_and_left_the_class_registers_and_who_has_not_does_not(app) {
        let world = World::draft(&app, 1).await;
        world.open_registration().await;
        let office = app.staff("office", Role::SchoolOffice, "330502").await;
        let (learner, lazy) = (&world.candidates[0].client, world.newcomer(&app, "lazy").await);
        for client in [learner, &lazy] {
            let account = client.get("/api/v1/me").await.expect(200)["account_id"].clone();
            let class = client.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].clone();
            let departures = format!("/api/v1/classes/{}/departures", class.as_str().unwrap());
            office.post(&departures, &json!({ "learner": account, "reason": "搬家" })).await.expect(201);
        }
        let exams = learner.get("/api/v1/me/exams").await.expect(200);
        assert_eq!((&exams[0]["gate"], &exams[0]["is_registered"]), (&json!({ "state": "open" }), &json!(false)));
        assert_eq!(lazy.get("/api/v1/me/exams").await.expect(200), json!([]));

        let path = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        let problem = lazy.post(&path, &json!({})).await.expect(409);
        assert_eq!(problem["detail"], "您还没有在班级里学习这门课程，请联系您的学校。", "there is no class to complete it in");
        assert_eq!(learner.post(&path, &json!({})).await.expect(200)["is_registered"], true);
        assert_eq!(world.exam_session().await["counts"]["registered"], 1);
    }

    async fn arranging_again_creates_nothing_new(app) {
        let world = World::arranged(&app, 3).await;
        world.step("arrange", 0).await.expect(200);
        let counts = world.exam_session().await["counts"].clone();
        assert_eq!((counts["registered"].clone(), counts["sittings"].clone()), (json!(3), json!(3)));
        let mut tickets = Vec::new();
        for candidate in 0..3 {
            let view = world.view(candidate).await;
            let ticket = view["ticket_number"].as_str().unwrap().to_owned();
            assert!(shared::sittings::is_ticket_number(&ticket), "{ticket}");
            tickets.push(ticket);
        }
        tickets.dedup();
        assert_eq!(tickets.len(), 3);
    }

    async fn registration_is_opened_by_two_persons_for_the_plan_that_both_saw(app) {
        let world = World::draft(&app, 1).await;
        let register = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        let [one, two] = &world.administrators;
        let first = world.step("open_registration", 0).await.expect(200);
        assert_eq!((&first["state"], &first["awaits_second_person"]), (&json!("draft"), &json!(true)));
        assert_eq!(world.step("open_registration", 0).await.expect_problem(409), "second-person-needed");
        assert_eq!(work(one).await, []);
        assert_eq!(work(two).await, [("exam_sessions_to_confirm".to_owned(), 1)]);
        let learner = &world.candidates[0].client;
        assert_eq!(learner.post(&register, &json!({})).await.expect_problem(404), "not-found", "it is a draft to learners");

        let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        let plan = json!({ "title": "Another plan", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": START.plus_s(3_600), "duration_min": DURATION_MIN });
        let request = one.request(reqwest::Method::PUT, &path).header("if-match", format!("\"{}\"", first["version"]));
        let changed = crate::support::send(request.json(&plan)).await.expect(200);
        assert_eq!(changed["awaits_second_person"], false, "nobody has found the changed plan right");
        assert_eq!(world.step("open_registration", 1).await.expect(200)["state"], "draft");
        assert_eq!(world.step("open_registration", 0).await.expect(200)["state"], "registering");
        learner.post(&register, &json!({})).await.expect(200);
    }

    async fn the_key_is_armed_by_two_persons(app) {
        let world = World::arranged(&app, 1).await;
        assert_eq!(world.step("arm", 0).await.expect(200)["awaits_second_person"], true);
        assert_eq!(world.step("arm", 0).await.expect_problem(409), "second-person-needed");
        assert_eq!(world.step("arm", 1).await.expect(200)["state"], "armed");
        assert_eq!(world.step("arm", 1).await.expect_problem(409), "wrong-state");
    }

    async fn no_response_to_a_candidate_holds_what_they_may_not_know(app) {
        let world = World::armed(&app, 1).await;
        let client = world.candidates[0].client.clone();
        let sitting = format!("/api/v1/sittings/{}", world.sitting(0));
        let package = format!("/api/v1/papers/{}/package", world.paper_id.as_str().unwrap());
        let before = ["/api/v1/me/exams".to_owned(), sitting.clone(), package.clone(), world.path(0, "key")];
        for path in &before {
            let text = String::from_utf8_lossy(&client.get(path).await.bytes).into_owned();
            assert!(!text.contains(STEM) && !text.contains(SECRET), "{path}: {text}");
        }
        let world = world.started(&app).await;
        let client = world.candidates[0].client.clone();
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 1);
        let replies = [
            device.send(&world, &[entry]).await,
            Device::opened(&world, 0, 1, false).await,
            device.submit(&world).await,
            client.get(&sitting).await,
            client.get(&package).await,
            client.get("/api/v1/me/results").await,
        ];
        for reply in replies {
            assert!(!String::from_utf8_lossy(&reply.bytes).contains(SECRET));
        }
    }

    async fn from_answers_to_results_that_two_persons_release(app) {
        let mut world = sat(&app).await;
        let session = world.exam_session().await;
        assert_eq!((session["state"].clone(), session["counts"]["to_mark"].clone()), (json!("marking"), json!(1)));
        assert_eq!(world.step("release", 0).await.expect_problem(409), "wrong-state");

        let claims = format!("/api/v1/exam_sessions/{}/marking_claims", world.exam_session_id);
        let work = world.marker.post(&claims, &json!({})).await.expect(200);
        let tasks = &work["tasks"];
        assert_eq!(tasks.as_array().unwrap().len(), 1);
        assert_eq!((tasks[0]["response"].clone(), tasks[0]["max_points"].clone()), (json!("because"), json!(400)));
        let text = work.to_string();
        for secret in [world.sitting(0).to_string(), "learner-0".to_owned()] {
            assert!(!text.contains(&secret), "a marker sees no identity: {text}");
        }
        let mark = format!("/api/v1/marking_tasks/{}/mark", tasks[0]["id"].as_str().unwrap());
        assert_eq!(world.administrators[0].post(&mark, &json!({ "points": 300 })).await.expect_problem(403), "forbidden");
        for points in [-1, 401] {
            assert_eq!(world.marker.post(&mark, &json!({ "points": points })).await.expect_problem(422), "invalid");
        }
        world.marker.post(&mark, &json!({ "points": 250 })).await.expect(204);
        assert_eq!(world.marker.post(&mark, &json!({ "points": 400 })).await.expect_problem(409), "wrong-state");
        let work = world.marker.post(&claims, &json!({})).await.expect(200);
        assert_eq!(work, json!({ "tasks": [], "left": 0, "with_others": 0 }));
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 0);

        assert_eq!(world.candidates[0].client.get("/api/v1/me/results").await.expect(200), json!([]));
        assert_eq!(world.step("release", 0).await.expect(200)["awaits_second_person"], true);
        assert_eq!(world.step("release", 0).await.expect_problem(409), "second-person-needed");
        assert_eq!(world.step("release", 1).await.expect(200)["state"], "published");
        assert_eq!(world.step("release", 1).await.expect_problem(409), "wrong-state");

        let result = |value: Value| [value["score"].clone(), value["max_score"].clone(), value["grade"].clone(), value["has_passed"].clone()];
        world.later(&app, 1).await;
        let good = world.candidates[0].client.get("/api/v1/me/results").await.expect(200);
        assert_eq!(result(good[0].clone()), [json!(850), json!(1_000), json!("a"), json!(true)]);
        let poor = world.candidates[1].client.get("/api/v1/me/results").await.expect(200);
        assert_eq!(result(poor[0].clone()), [json!(0), json!(1_000), json!("d"), json!(false)]);
        let absent = world.candidates[2].client.get("/api/v1/me/results").await.expect(200);
        assert_eq!(absent, json!([]));
        let released = backend::results::released_in(&app.cx, world.exam_session_id).await.unwrap();
        assert_eq!(released.len(), 2);
    }

    async fn scoring_again_changes_nothing(app) {
        let world = sat(&app).await;
        backend::marking::score_exam_session(&app.cx, world.exam_session_id).await.unwrap();
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 1);
    }
}
