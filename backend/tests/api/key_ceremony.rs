//! A paper's key in many hands: so many of its custodians open it together, and nobody else does, whatever a clock says.

use crate::{
    exam_forms::form,
    exam_world::{DURATION_MIN, STARTS_AFTER_S, STEM, World},
    people::{audited, texts, towns},
    support::{Client, Reply, TestApp, db_tests, send},
    work::waiting,
};
use backend::platform::crypto;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::PaperId,
    papers::{KEY_SHARE_BYTES, spoken_code},
    rights::{Place, Role, RoleAt},
};

/// The bureaux that keep shares: three places, and one of them twice.
const BUREAUX: [(&str, Role, &str); 4] = [
    ("sheng", Role::ProvinceOffice, "33"),
    ("huzhou", Role::CityAuditor, "3305"),
    ("wuxing", Role::CountyBureau, "330502"),
    ("wuxing-two", Role::CountyBureau, "330502"),
];

struct Keepers {
    /// Clients of [`BUREAUX`].
    clients: Vec<Client>,
    /// Their accounts.
    accounts: Vec<Value>,
    /// `/api/v1/papers/…`.
    paper: String,
}

impl Keepers {
    async fn of(app: &TestApp, world: &World) -> Self {
        towns(app).await;
        let mut keepers =
            Self { clients: Vec::new(), accounts: Vec::new(), paper: format!("/api/v1/papers/{}", id_of(world)) };
        for (name, role, division) in BUREAUX {
            keepers.clients.push(app.staff(name, role, division).await);
            let account = backend::identity::find_by_name(&app.cx, name).await.unwrap().unwrap();
            keepers.accounts.push(json!(account));
        }
        keepers
    }

    /// Splits the key among the first three, of whom two open it.
    async fn split(&self, world: &World) -> Value {
        let body = json!({ "threshold": 2, "custodians": self.accounts[..3] });
        world.administrators[0].post(&format!("{}/key_ceremonies", self.paper), &body).await.expect(200)
    }

    async fn show(&self, keeper: usize) -> Reply {
        self.clients[keeper].post(&format!("{}/key_share/show", self.paper), &json!({})).await
    }

    async fn say(&self, keeper: usize, verb: &str, code: &str) -> Reply {
        self.clients[keeper].post(&format!("{}/key_share/{verb}", self.paper), &json!({ "code": code })).await
    }

    /// Everybody notes their share and types it back; the codes.
    async fn handed_over(&self, world: &World) -> Vec<String> {
        self.split(world).await;
        let mut codes = Vec::new();
        for keeper in 0..3 {
            let shown = self.show(keeper).await.expect(200);
            codes.push(shown["code"].as_str().unwrap().to_owned());
            self.say(keeper, "confirm", &codes[keeper]).await.expect(204);
        }
        codes
    }

    /// The same persons, after a while in which their log-ins ended.
    async fn again(&mut self, app: &TestApp) {
        self.clients.clear();
        for (name, ..) in BUREAUX {
            self.clients.push(app.log_in(name).await);
        }
    }
}

fn id_of(world: &World) -> PaperId {
    world.paper_id.as_str().unwrap().parse().unwrap()
}

async fn own_state(client: &Client) -> String {
    let own = client.get("/api/v1/me/key_shares").await.expect(200);
    own[0]["state"].as_str().unwrap_or("none").to_owned()
}

/// Whether the server has the key of the paper, by whatever way.
async fn opens(app: &TestApp, world: &World) -> bool {
    let id = id_of(world);
    let Ok(key) = backend::papers::content_key(&app.cx, id).await else { return false };
    let sealed = app.stranger().get(&format!("/api/v1/papers/{id}/package")).await.bytes;
    let plain = crypto::decrypt(&key, id.to_string().as_bytes(), &sealed).unwrap();
    assert!(String::from_utf8(plain).unwrap().contains(STEM));
    true
}

#[track_caller]
fn is_refused(reply: Reply, words: &str) {
    let problem = reply.expect(409);
    assert_eq!(problem["code"], "wrong-state", "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
}

#[track_caller]
fn is_wrong(reply: Reply, pointer: &str, code: &str) {
    let problem = reply.expect(422);
    assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
}

db_tests! {
    async fn two_of_three_open_a_paper_and_nobody_else_does(app) {
        let mut world = World::arranged(&app, 1).await;
        let mut keepers = Keepers::of(&app, &world).await;
        let codes = keepers.handed_over(&world).await;
        assert!(!opens(&app, &world).await, "the server has forgotten the key");
        for administrator in 0..2 {
            world.step("arm", administrator).await.expect(200);
        }
        world.later(&app, STARTS_AFTER_S).await;
        keepers.again(&app).await;
        is_refused(world.candidates[0].client.get(&world.path(0, "key")).await, "须满 2 份");

        keepers.say(2, "hand_in", &codes[2]).await.expect(204);
        keepers.say(2, "hand_in", &codes[2]).await.expect(204);
        assert!(!opens(&app, &world).await, "one alone opens nothing, however often");
        is_wrong(keepers.say(2, "hand_in", &codes[0]).await, "/code", "not-own-share");
        assert!(!opens(&app, &world).await, "nor with what another has noted");
        app.clock.advance_s(i64::from(DURATION_MIN) * 60 - 60);
        assert!(!opens(&app, &world).await, "no clock opens it");
        world.later(&app, 0).await;
        keepers.again(&app).await;
        is_refused(world.candidates[0].client.get(&world.path(0, "key")).await, "已交回 1 份");

        keepers.say(0, "hand_in", &codes[0]).await.expect(204);
        assert!(opens(&app, &world).await);
        world.candidates[0].client.get(&world.path(0, "key")).await.expect(200);
        let steps = audited(&app, "hold_key_share").await;
        let states: Vec<_> = steps.iter().filter_map(|step| step["state"].as_str()).collect();
        let each = ["shown", "confirmed"].repeat(3);
        assert_eq!(states, [each, vec!["handed_in"; 2]].concat());
    }

    async fn a_share_is_shown_once_and_typed_back(app) {
        let world = World::draft(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let paper = keepers.split(&world).await;
        let ceremony = &paper["key_ceremony"];
        assert_eq!((&ceremony["threshold"], &ceremony["closed_at"]), (&json!(2), &Value::Null));
        assert_eq!(ceremony["shares"][1]["custodian_name"], "huzhou");
        assert_eq!(own_state(&keepers.clients[1]).await, "waiting");
        assert_eq!(waiting(&keepers.clients[1], "key_shares_to_confirm").await, 1);
        let made_up = spoken_code(id_of(&world), &[1; KEY_SHARE_BYTES]);
        is_refused(keepers.say(1, "confirm", &made_up).await, "先查看");
        let shown = keepers.show(1).await;
        assert_eq!(shown.headers["cache-control"], "no-store");
        let code = shown.expect(200)["code"].as_str().unwrap().to_owned();
        is_refused(keepers.show(1).await, "只显示一次");
        let kept = texts(&app, "SELECT sha256 FROM key_share WHERE content IS NULL").await;
        assert_eq!(kept.len(), 1, "what was shown is forgotten");
        let wrong = if code.starts_with('0') { code.replacen('0', "1", 1) } else { format!("0{}", &code[1..]) };
        is_wrong(keepers.say(1, "confirm", &wrong).await, "/code", "spoken-code-group");
        is_wrong(keepers.say(1, "confirm", &code[..40]).await, "/code", "spoken-code-length");
        keepers.say(1, "confirm", &code).await.expect(204);
        keepers.say(1, "confirm", &code.replace(' ', "")).await.expect(204);
        assert_eq!(own_state(&keepers.clients[1]).await, "confirmed");
        assert_eq!(waiting(&keepers.clients[1], "key_shares_to_confirm").await, 0);
        assert!(opens(&app, &world).await, "not all have typed theirs back: the server keeps the key");
        assert_eq!(keepers.show(3).await.expect_problem(404), "not-found", "of the same place, and no custodian");
        for code in audited(&app, "hold_key_share").await {
            assert!(code.get("code").is_none() && code.get("content").is_none(), "{code}");
        }
    }

    async fn custodians_are_of_different_places_and_never_handled_the_paper(app) {
        let world = World::draft(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let path = format!("{}/key_ceremonies", keepers.paper);
        let ask = async |threshold: u8, custodians: &[Value]| {
            world.administrators[1].post(&path, &json!({ "threshold": threshold, "custodians": custodians })).await
        };
        let [sheng, huzhou, wuxing, wuxing_two] = keepers.accounts.as_slice() else { unreachable!() };
        let three = [sheng.clone(), huzhou.clone(), wuxing.clone()];
        is_wrong(ask(2, &three[..2]).await, "/custodians", "custodians-out-of-range");
        is_wrong(ask(1, &three).await, "/threshold", "threshold-out-of-range");
        is_wrong(ask(3, &three).await, "/threshold", "threshold-out-of-range");
        let same_place = [sheng.clone(), wuxing.clone(), wuxing_two.clone()];
        is_wrong(ask(2, &same_place).await, "/custodians/2", "custodian-place-taken");
        let marker = backend::identity::find_by_name(&app.cx, "yuejuan").await.unwrap().unwrap();
        is_wrong(ask(2, &[sheng.clone(), huzhou.clone(), json!(marker)]).await, "/custodians/2", "no-custodian");
        let roles = [
            RoleAt { role: Role::ExamAdministrator, place: Place::division("33") },
            RoleAt { role: Role::CountyBureau, place: Place::division("330503") },
        ];
        let both = app.person("both", &roles).await;
        let account = backend::identity::find_by_name(&app.cx, "both").await.unwrap().unwrap();
        let body = json!({ "threshold": 2, "custodians": [sheng, huzhou, account] });
        is_wrong(both.post(&path, &body).await, "/custodians/2", "handled-paper");

        let custodians = format!("{}/key_custodians", keepers.paper);
        let listed = world.administrators[0].get(&custodians).await.expect(200);
        let names: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert!(BUREAUX.iter().all(|(name, ..)| names.contains(name)), "{names:?}");
        assert!(!names.contains(&"yuejuan"), "{names:?}");
        assert_eq!(ask(2, &three).await.status, 200);
        assert_eq!(keepers.clients[0].post(&path, &json!({ "threshold": 2, "custodians": three })).await.status, 403);
    }

    async fn a_key_is_split_anew_until_it_was_handed_over(app) {
        let world = World::arranged(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        keepers.split(&world).await;
        let lost = keepers.show(0).await.expect(200)["code"].as_str().unwrap().to_owned();
        is_refused(world.step("arm", 0).await, "没有完成");
        keepers.split(&world).await;
        assert_eq!(own_state(&keepers.clients[0]).await, "waiting");
        let code = keepers.show(0).await.expect(200)["code"].as_str().unwrap().to_owned();
        assert_ne!(code, lost);
        is_wrong(keepers.say(0, "confirm", &lost).await, "/code", "not-own-share");
        keepers.say(0, "confirm", &code).await.expect(204);
        for keeper in 1..3 {
            is_refused(keepers.say(0, "hand_in", &code).await, "还不能交回");
            let shown = keepers.show(keeper).await.expect(200);
            keepers.say(keeper, "confirm", shown["code"].as_str().unwrap()).await.expect(204);
        }
        assert!(!opens(&app, &world).await);
        let body = json!({ "threshold": 2, "custodians": keepers.accounts[..3] });
        let again = world.administrators[0].post(&format!("{}/key_ceremonies", keepers.paper), &body).await;
        is_refused(again, "不再有密钥");
        world.step("arm", 0).await.expect(200);
    }

    async fn shares_are_handed_in_for_a_test_that_two_persons_armed(app) {
        let world = World::arranged(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let codes = keepers.handed_over(&world).await;
        world.step("arm", 0).await.expect(200);
        is_refused(keepers.say(0, "hand_in", &codes[0]).await, "还不能交回");
        world.step("arm", 1).await.expect(200);
        keepers.say(0, "hand_in", &codes[0]).await.expect(204);
        assert_eq!(own_state(&keepers.clients[0]).await, "handed_in");
        let shown = world.administrators[0].get(&format!("/api/v1/papers?course_id={}", world.course_id)).await.expect(200);
        let states: Vec<_> =
            shown["items"][0]["key_ceremony"]["shares"].as_array().unwrap().iter().map(|share| share["state"].clone()).collect();
        assert_eq!(states, ["handed_in", "confirmed", "confirmed"]);
    }

    async fn shares_are_handed_in_anew_for_a_test_that_was_put_off(app) {
        let world = World::arranged(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let codes = keepers.handed_over(&world).await;
        for administrator in 0..2 {
            world.step("arm", administrator).await.expect(200);
        }
        for (keeper, code) in codes.iter().enumerate().take(2) {
            keepers.say(keeper, "hand_in", code).await.expect(204);
        }
        assert!(opens(&app, &world).await);
        let path = format!("/api/v1/exam_sessions/{}/postpone", world.exam_session_id);
        let version = world.exam_session().await["version"].clone();
        let request = world.administrators[0].request(Method::POST, &path).header("if-match", format!("\"{version}\""));
        let body = json!({ "starts_at": app.began.plus_s(7 * 86_400), "reason": "台风停考" });
        send(request.json(&body)).await.expect(200);
        assert!(!opens(&app, &world).await, "the server has forgotten the key again");
        assert_eq!(own_state(&keepers.clients[0]).await, "confirmed");
        is_refused(keepers.say(0, "hand_in", &codes[0]).await, "还不能交回");
    }

    async fn what_was_handed_in_for_a_test_that_was_called_off_opens_nothing(app) {
        let world = World::arranged(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let codes = keepers.handed_over(&world).await;
        for administrator in 0..2 {
            world.step("arm", administrator).await.expect(200);
        }
        // Another test of the paper is armed, and does not begin before next week.
        let next = world.another_test(&app, 7 * 86_400).await;
        for (verb, administrator) in [("arrange", 0), ("arm", 0), ("arm", 1)] {
            let path = format!("/api/v1/exam_sessions/{next}/{verb}");
            world.administrators[administrator].post(&path, &json!({})).await.expect(200);
        }
        for (keeper, code) in codes.iter().enumerate().take(2) {
            keepers.say(keeper, "hand_in", code).await.expect(204);
        }
        assert!(opens(&app, &world).await);
        let path = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
        world.administrators[0].post(&path, &json!({ "reason": "台风停考" })).await.expect(200);
        assert!(!opens(&app, &world).await, "the server has forgotten the key again");
        assert_eq!(own_state(&keepers.clients[0]).await, "confirmed");
        is_refused(keepers.say(0, "hand_in", &codes[0]).await, "还不能交回");
    }

    async fn the_key_of_any_form_is_handed_over_before_the_test_is_armed_and_handed_in_for_it(app) {
        let world = World::draft(&app, 1).await;
        let first = form(&world, [400, 200, 200, 200]).await;
        let plan = json!({ "title": "Test", "course_id": world.course_id, "paper_id": first,
            "other_paper_ids": [world.paper_id], "starts_at": app.began.plus_s(STARTS_AFTER_S),
            "duration_min": DURATION_MIN });
        let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        let request = world.administrators[0].request(Method::PUT, &path).header("if-match", "\"1\"");
        send(request.json(&plan)).await.expect(200);
        let mut world = world.into_arranged().await;
        let mut keepers = Keepers::of(&app, &world).await;
        keepers.split(&world).await;
        is_refused(world.step("arm", 0).await, "密钥分发没有完成");
        let codes = keepers.handed_over(&world).await;
        for administrator in 0..2 {
            world.step("arm", administrator).await.expect(200);
        }
        world.later(&app, STARTS_AFTER_S).await;
        keepers.again(&app).await;
        keepers.say(0, "hand_in", &codes[0]).await.expect(204);
    }

    async fn one_request_splits_a_key_once(app) {
        let world = World::draft(&app, 1).await;
        let keepers = Keepers::of(&app, &world).await;
        let body = json!({ "threshold": 2, "custodians": keepers.accounts[..3] });
        for _ in 0..2 {
            let path = format!("{}/key_ceremonies", keepers.paper);
            let request = world.administrators[0].request(Method::POST, &path).header("idempotency-key", "split-1");
            send(request.json(&body)).await.expect(200);
        }
        assert_eq!(texts(&app, "SELECT sha256 FROM key_share").await.len(), 3);
    }
}
