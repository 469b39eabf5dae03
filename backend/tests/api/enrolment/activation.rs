//! A learner comes to their account by a slip of paper, once.

use super::*;

const ACTIVATIONS: &str = "/api/v1/activations";
pub(super) const PASSWORD: &str = "Xue-2026-xi";

pub(super) async fn slip(client: &Client, record: &Value) -> Reply {
    client.post(&format!("{}/activation_codes", path(record)), &json!({})).await
}

pub(super) fn code(slip: &Value) -> String {
    slip["code"].as_str().unwrap().to_owned()
}

/// The last four of a document's number.
pub(super) fn tail(n: u32) -> String {
    number(n)[14..].to_lowercase()
}

pub(super) async fn activate(app: &TestApp, code: &str, proof: &str, login_name: Option<&str>) -> Reply {
    let body = json!({ "code": code, "proof": proof, "login_name": login_name, "password": PASSWORD });
    app.stranger().post(ACTIVATIONS, &body).await
}

/// Why a code does not open the account.
#[track_caller]
pub(super) fn refused(reply: Reply) -> String {
    let reply = reply.expect(409);
    assert_eq!(reply["code"], "activation-refused");
    reply["detail"].as_str().unwrap().to_owned()
}

pub(super) async fn log_in(app: &TestApp, name: &str, password: &str) -> Reply {
    app.stranger().post("/api/v1/logins", &json!({ "name": name, "password": password })).await
}

pub(super) fn text(key: &str) -> String {
    let key = format!("activation-refused.{key}.detail");
    backend::platform::texts::text(backend::platform::texts::Language::Chinese, &key, &Value::Null)
}

db_tests! {
    async fn a_slip_opens_the_account_once(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        assert_eq!(slip(&desk.clerk, &record).await.expect_problem(409), "wrong-state");
        let registered = desk.register(&record).await;
        let number = registered["record"]["learner_number"].as_str().unwrap();
        assert_eq!(log_in(&app, number, "").await.status, 422);
        assert_eq!(log_in(&app, number, PASSWORD).await.expect_problem(401), "wrong-credentials");

        let reply = slip(&desk.clerk, &registered).await;
        assert_eq!(reply.headers["cache-control"], "no-store");
        let slip = reply.expect(201);
        assert_eq!((&slip["learner_number"], &slip["name"]), (&json!(number), &json!("张秀英2")));
        assert_eq!(activate(&app, &code(&slip), &tail(2), Some("Zhang.Xiuying")).await.status, 204);
        assert_eq!(refused(activate(&app, &code(&slip), &tail(2), None).await), text("spent"));
        let logged_in = log_in(&app, "zhang.xiuying", PASSWORD).await.expect(200);
        assert_eq!((&logged_in["me"]["account_id"], &logged_in["me"]["display_name"]), (&registered["account_id"], &json!("张秀英2")));
        assert_eq!(logged_in["me"]["roles"][0]["role"], "learner");
        assert_eq!(desk.clerk.get(&path(&registered)).await.expect(200)["is_activated"], true);

        let learner = Client::new(app.address, logged_in["access_token"].as_str().map(str::to_owned));
        let own = learner.get("/api/v1/me/enrolments").await.expect(200);
        assert_eq!((&own[0]["state"], &own[0]["learner_number"], &own[0]["rule"]["region"]), (&json!("registered"), &json!(number), &json!("33")));
        assert_eq!(own[0]["steps"].as_array().unwrap().len(), 4);
        assert!(own[0]["steps"][0].get("taken_by_name").is_none());
        assert_eq!(desk.clerk.get("/api/v1/me/enrolments").await.expect_problem(403), "forbidden");
    }

    async fn a_class_gets_its_slips_at_once_and_who_has_an_account_of_their_own_gets_none(app) {
        let desk = Desk::open(&app).await;
        let class = leaving::class(&app, &desk).await;
        let (_, studying) = leaving::take_seat(&desk, &class, 2).await;
        assert_eq!(studying["is_activated"], false);
        let codes = format!("{class}/activation_codes");
        assert_eq!(desk.county.post(&codes, &json!({})).await.expect_problem(403), "forbidden");
        let next_door = office(&app, "next-door", "330503").await;
        assert_eq!(next_door.post(&codes, &json!({})).await.expect_problem(404), "not-found");
        let first = desk.clerk.post(&codes, &json!({})).await;
        assert_eq!(first.headers["cache-control"], "no-store");
        let (first, slips) = (first.expect(201), desk.clerk.post(&codes, &json!({})).await.expect(201));
        assert_eq!((slips.as_array().unwrap().len(), &slips[0]["name"]), (1, &json!("张秀英2")));
        assert_eq!(refused(activate(&app, &code(&first[0]), &tail(2), None).await), text("spent"), "another took its place");
        assert_eq!(activate(&app, &code(&slips[0]), &tail(2), None).await.status, 204);
        let listed = desk.clerk.get("/api/v1/enrolments").await.expect(200);
        assert_eq!(listed["items"][0]["is_activated"], true);
        assert_eq!(desk.clerk.post(&codes, &json!({})).await.expect(201), json!([]));
    }

    async fn a_phone_proves_who_it_is_too_and_the_number_is_a_name(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        let typed = code(&slip).replace(' ', "-").replace('1', "１");
        assert_eq!(activate(&app, &typed, "199 0000 9137", None).await.status, 204);
        log_in(&app, registered["record"]["learner_number"].as_str().unwrap(), PASSWORD).await.expect(200);
    }

    async fn a_code_that_is_wrong_old_or_replaced_opens_nothing(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let first = slip(&desk.clerk, &registered).await.expect(201);
        assert_eq!(refused(activate(&app, "1234 5678 9012", &tail(2), None).await), text("malformed"));
        let unknown = code(&first).replace(' ', "").bytes().map(|digit| char::from(b'0' + (b'9' - digit))).collect::<String>();
        assert_eq!(activate(&app, &unknown, &tail(2), None).await.status, 409);
        let second = slip(&desk.clerk, &registered).await.expect(201);
        assert_eq!(refused(activate(&app, &code(&first), &tail(2), None).await), text("spent"), "another took its place");
        app.clock.advance_s(14 * 86_400);
        assert_eq!(refused(activate(&app, &code(&second), &tail(2), None).await), text("expired"));
        let clerk = app.log_in("clerk").await;
        let third = slip(&clerk, &registered).await.expect(201);
        app.clock.advance_s(14 * 86_400 - 1);
        assert_eq!(activate(&app, &code(&third), &tail(2), None).await.status, 204);
    }

    async fn wrong_proofs_void_a_code(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        for _ in 0..5 {
            assert_eq!(refused(activate(&app, &code(&slip), &tail(4), None).await), text("wrong"));
        }
        assert_eq!(refused(activate(&app, &code(&slip), &tail(2), None).await), text("too-many-tries"));
        // Nor does a password that holds the learner's name tell then whether the proof is right.
        let own = json!({ "code": code(&slip), "proof": tail(2), "password": "张秀英2天天向上好好学习", "login_name": null });
        assert_eq!(refused(app.stranger().post(ACTIVATIONS, &own).await), text("too-many-tries"));
        assert_eq!(audited(&app, "manage_own_logins").await.iter().filter(|detail| detail["proof"] == "wrong").count(), 5);
    }

    async fn an_address_that_guesses_must_wait(app) {
        let guess = async || activate(&app, &code_that_nobody_has(), "0000", None).await.status;
        for _ in 0..60 {
            assert_eq!(guess().await, 409);
        }
        assert_eq!(guess().await, 429);
    }

    async fn a_refused_name_leaves_the_code_good(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        let taken = activate(&app, &code(&slip), &tail(2), Some("Clerk")).await.expect(422);
        assert_eq!((&taken["errors"][0]["pointer"], &taken["errors"][0]["code"]), (&json!("/login_name"), &json!("duplicate")));
        let short = json!({ "code": code(&slip), "proof": tail(2), "password": "short", "login_name": "1234567812345678" });
        let short = app.stranger().post(ACTIVATIONS, &short).await.expect(422);
        assert_eq!(short["errors"].as_array().unwrap().len(), 2);
        for (password, code_of_it) in [("password123", "password-common"), ("19900009137", "password-digits")] {
            let easy = json!({ "code": code(&slip), "proof": tail(2), "password": password, "login_name": null });
            let easy = app.stranger().post(ACTIVATIONS, &easy).await.expect(422);
            assert_eq!((&easy["errors"][0]["pointer"], &easy["errors"][0]["code"]), (&json!("/password"), &json!(code_of_it)));
        }
        let number = registered["record"]["learner_number"].as_str().unwrap();
        let own = json!({ "code": code(&slip), "proof": tail(2), "password": number, "login_name": null });
        assert_eq!(app.stranger().post(ACTIVATIONS, &own).await.expect(422)["errors"][0]["code"], "password-name");
        let name = registered["record"]["name"].as_str().unwrap();
        let of_document = super::number(2)[12..].to_lowercase();
        for own in [format!("{name}天天向上好好学习"), format!("xuexi-{of_document}-hao"), "hao-009137-xuexi".to_owned()] {
            let own = json!({ "code": code(&slip), "proof": tail(2), "password": own, "login_name": null });
            let own = app.stranger().post(ACTIVATIONS, &own).await.expect(422);
            assert_eq!((&own["errors"][0]["pointer"], &own["errors"][0]["code"]), (&json!("/password"), &json!("password-own")));
        }
        // Who has not shown to be the learner is told nothing of the learner's numbers.
        let guess = json!({ "code": code(&slip), "proof": "9999", "password": "hao-009137-xuexi", "login_name": null });
        assert_eq!(refused(app.stranger().post(ACTIVATIONS, &guess).await), text("wrong"));
        assert_eq!(activate(&app, &code(&slip), &tail(2), None).await.status, 204);
    }

    async fn who_forgot_the_password_gets_another_slip_and_is_logged_out_elsewhere(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let first = slip(&desk.clerk, &registered).await.expect(201);
        activate(&app, &code(&first), &tail(2), Some("xiuying")).await.expect(204);
        let logged_in = log_in(&app, "xiuying", PASSWORD).await.expect(200);
        let learner = Client::new(app.address, logged_in["access_token"].as_str().map(str::to_owned));
        learner.get("/api/v1/me").await.expect(200);
        let second = slip(&desk.clerk, &registered).await.expect(201);
        activate(&app, &code(&second), &tail(2), None).await.expect(204);
        assert_eq!(learner.get("/api/v1/me").await.expect_problem(401), "unauthenticated");
        log_in(&app, "xiuying", PASSWORD).await.expect(200);
    }

    async fn two_at_the_same_moment_use_a_code_once(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        let (code, tail) = (code(&slip), tail(2));
        let (one, other) =
            join(activate(&app, &code, &tail, Some("first")), activate(&app, &code, &tail, Some("second"))).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
    }

    async fn only_the_school_of_the_record_hands_out_slips(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let (_, neighbour) = neighbour(&app).await;
        assert_eq!(slip(&neighbour, &registered).await.expect_problem(404), "not-found");
        assert_eq!(slip(&desk.county, &registered).await.expect_problem(403), "forbidden");
        let left = step(&desk.clerk, &registered, "withdraw", "外出打工").await.expect(200);
        assert_eq!(slip(&desk.clerk, &left).await.expect_problem(409), "wrong-state");
    }
}

/// A code of the right form.
fn code_that_nobody_has() -> String {
    use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
    shared::enrolment::ActivationCode::draw(&mut ChaCha8Rng::seed_from_u64(7)).grouped()
}
