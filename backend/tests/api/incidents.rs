//! What a candidate is said to have done: recorded on the spot, signed by a second person, heard, decided and looked at
//! again; and what it means for results and certificates.

use crate::{
    credit_bank::Bank,
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    support::{Client, Reply, TestApp, db_tests, send},
    work::waiting,
};
use backend::{
    access::{Action, JobName, Permit},
    identity, sittings,
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ExamSessionId},
    rights::{Place, Right, Role, RoleAt},
};

struct SetUp;

impl Action for SetUp {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

/// Those who are there, and those who decide.
struct Staff {
    invigilator: Client,
    second: Client,
    city: Client,
    province: Client,
    office: Client,
}

impl Staff {
    async fn at(app: &TestApp) -> Self {
        Self {
            invigilator: app.staff("jiankao-one", Role::Invigilator, "330502").await,
            second: app.staff("xunshi", Role::Inspector, "3305").await,
            city: app.staff("shi-kaowu", Role::ExamAdministrator, "3305").await,
            province: app.staff("sheng-kaowu", Role::ExamAdministrator, "33").await,
            office: app.staff("shengting", Role::ProvinceOffice, "33").await,
        }
    }

    /// Records it of a candidate.
    async fn record(&self, world: &World, candidate: usize, kind: &str) -> Value {
        self.invigilator.post(&records(world), &incident(world, candidate, kind).await).await.expect(201)
    }

    /// Records it, signs it and hears the candidate.
    async fn hear(&self, world: &World, candidate: usize, kind: &str) -> Value {
        let recorded = self.record(world, candidate, kind).await;
        self.second.post(&path(&recorded, "sign"), &json!({})).await.expect(200);
        let hearing = json!({ "statement": "我没有说话" });
        self.invigilator.post(&path(&recorded, "hearing"), &hearing).await.expect(200)
    }

    /// The same, and the province finds that it was so.
    async fn uphold(&self, world: &World, candidate: usize, kind: &str) -> Value {
        let heard = self.hear(world, candidate, kind).await;
        decide(&self.province, &heard, true).await.expect(200)
    }
}

fn records(world: &World) -> String {
    format!("/api/v1/exam_sessions/{}/incidents", world.exam_session_id)
}

fn one(incident: &Value) -> String {
    format!("/api/v1/incidents/{}", incident["id"].as_str().unwrap())
}

fn path(incident: &Value, verb: &str) -> String {
    format!("{}/{verb}", one(incident))
}

async fn incident(world: &World, candidate: usize, kind: &str) -> Value {
    let exams = world.candidates[candidate].client.get("/api/v1/me/exams").await.expect(200);
    let ticket = exams[0]["sitting"]["ticket_number"].clone();
    json!({ "ticket_number": ticket, "kind": kind, "what_happened": "与邻座交谈两次" })
}

async fn decide(client: &Client, incident: &Value, is_upheld: bool) -> Reply {
    let decision = json!({ "is_upheld": is_upheld, "reason": "监控录像为证" });
    client.post(&path(incident, "decide"), &decision).await
}

/// Everybody answers rightly, and the results are released.
async fn publish(app: &TestApp, world: &mut World) {
    for candidate in 0..world.candidates.len() {
        let mut device = Device::open(world, candidate, 1, false).await;
        let entries: Vec<_> = (0..3).map(|item| device.answer(world, item, 0)).collect();
        device.send(world, &entries).await.expect(200);
        device.submit(world).await.expect(200);
    }
    world.later(app, i64::from(DURATION_MIN) * 60 + 31).await;
    world.settle(app).await;
    world.later(app, 600).await;
    world.settle(app).await;
    for administrator in 0..2 {
        world.step("release", administrator).await.expect(200);
    }
}

async fn results(world: &World, candidate: usize) -> usize {
    let results = world.candidates[candidate].client.get("/api/v1/me/results").await.expect(200);
    results.as_array().unwrap().len()
}

async fn own(world: &World, candidate: usize) -> Value {
    world.candidates[candidate].client.get("/api/v1/me/incidents").await.expect(200)
}

/// How many certificates an officer gets to issue.
async fn issued(app: &TestApp, world: &World) -> Value {
    let officer = app.staff("xuefen", Role::CreditBankOfficer, "33").await;
    let body = json!({ "exam_session_id": world.exam_session_id });
    let asked = send(officer.request(Method::POST, "/api/v1/certificates/issue").json(&body)).await;
    app.finish_job(&officer, asked).await
}

db_tests! {
    async fn an_incident_goes_from_the_room_to_a_decision_that_is_looked_at_again(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let recorded = staff.record(&world, 0, "whispering").await;
        assert_eq!((&recorded["state"], &recorded["candidate_name"]), (&json!("recorded"), &json!("learner-0")));
        assert_eq!(recorded["open_steps"], json!([]), "who recorded it waits for somebody else to sign");
        assert_eq!(
            staff.invigilator.post(&path(&recorded, "sign"), &json!({})).await.expect_problem(409),
            "second-person-needed"
        );
        assert_eq!(waiting(&staff.second, "incidents_to_sign").await, 1);
        assert_eq!(waiting(&staff.invigilator, "incidents_to_sign").await, 0);
        let signed = staff.second.post(&path(&recorded, "sign"), &json!({})).await.expect(200);
        assert_eq!(signed["state"], "signed");
        assert_eq!(waiting(&staff.second, "incidents_to_sign").await, 0);
        assert_eq!(decide(&staff.province, &recorded, true).await.expect_problem(409), "wrong-state");
        let refused = json!({ "witness": "王监考" });
        let heard = staff.invigilator.post(&path(&recorded, "hearing"), &refused).await.expect(200);
        assert_eq!((&heard["state"], &heard["steps"][1]["witness"]), (&json!("heard"), &json!("王监考")));
        assert_eq!(waiting(&staff.city, "incidents_to_decide").await, 1);
        let upheld = decide(&staff.city, &recorded, true).await.expect(200);
        assert_eq!(upheld["state"], "upheld");
        assert_eq!(waiting(&staff.city, "incidents_to_decide").await, 0);

        let told = own(&world, 0).await;
        assert_eq!((&told[0]["state"], &told[0]["steps"][2]["text"]), (&json!("upheld"), &json!("监控录像为证")));
        assert_eq!(told[0]["steps"][2]["by_name"], Value::Null, "who decided is not named");
        assert!(told[0]["appeal_until"].is_string());
        let data = world.candidates[0].client.get("/api/v1/me/data").await.expect(200);
        assert_eq!(data["incidents"], told, "it belongs to what is known of the candidate");
        assert_eq!(own(&world, 1).await, json!([]));
        let appeal = format!("/api/v1/me/incidents/{}/appeal", recorded["id"].as_str().unwrap());
        let reason = json!({ "reason": "我是在向监考老师提问" });
        assert_eq!(world.candidates[1].client.post(&appeal, &reason).await.expect_problem(404), "not-found");
        let told = world.candidates[0].client.post(&appeal, &reason).await.expect(200);
        assert_eq!((&told[0]["state"], &told[0]["appeal_until"]), (&json!("appealed"), &Value::Null));
        assert!(told[0]["answer_until"].is_string());

        assert_eq!(waiting(&staff.office, "incidents_to_reconsider").await, 1);
        let listed = staff.office.get("/api/v1/incidents?waits=reconsider").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let again = json!({ "is_upheld": false, "reason": "复核认为证据不足" });
        assert_eq!(staff.city.post(&path(&recorded, "reconsider"), &again).await.expect_problem(403), "forbidden");
        let lifted = staff.office.post(&path(&recorded, "reconsider"), &again).await.expect(200);
        let steps: Vec<_> = lifted["steps"].as_array().unwrap().iter().map(|step| step["step"].clone()).collect();
        assert_eq!(steps, ["sign", "hear", "uphold", "appeal", "lift"]);
    }

    async fn a_repeat_records_and_signs_once(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let body = incident(&world, 0, "copying").await;
        let twice = async |client: &Client, path: &str, body: &Value, status| {
            let once = || client.request(Method::POST, path).header("idempotency-key", "k").json(body);
            (send(once()).await.expect(status), send(once()).await.expect(status))
        };
        let (first, second) = twice(&staff.invigilator, &records(&world), &body, 201).await;
        assert_eq!(first["id"], second["id"]);
        let listed = staff.province.get("/api/v1/incidents").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let (_, signed) = twice(&staff.second, &path(&first, "sign"), &json!({}), 200).await;
        assert_eq!(signed["steps"].as_array().unwrap().len(), 1);
    }

    async fn two_who_sign_at_once_are_one_second_person(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let other = app.staff("zhukao", Role::SiteHead, "330502").await;
        let (recorded, nothing) = (staff.record(&world, 0, "whispering").await, json!({}));
        let sign = path(&recorded, "sign");
        let (one, two) = join(staff.second.post(&sign, &nothing), other.post(&sign, &nothing)).await;
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    async fn it_is_recorded_there_and_then_and_of_nobody_else(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let body = incident(&world, 0, "whispering").await;
        let beside = app.staff("lin", Role::Invigilator, "330503").await;
        let reply = beside.post(&records(&world), &body).await.expect(422);
        assert_eq!(reply["errors"][0]["pointer"], "/ticket_number", "they have no such candidate");
        for client in [&staff.second, &staff.province] {
            assert_eq!(client.post(&records(&world), &body).await.expect_problem(404), "not-found");
        }
        let wrong = json!({ "ticket_number": "", "kind": "whispering", "what_happened": "x", "seized": "1" });
        let reply = staff.invigilator.post(&records(&world), &wrong).await.expect(422);
        let pointers: Vec<_> = reply["errors"].as_array().unwrap().iter().map(|wrong| &wrong["pointer"]).collect();
        assert_eq!(pointers, ["/ticket_number", "/what_happened", "/seized"]);

        let recorded = staff.record(&world, 0, "whispering").await;
        assert_eq!(waiting(&staff.province, "incidents_to_decide").await, 0, "those who are there have their turn");
        assert_eq!(beside.get(&one(&recorded)).await.expect_problem(404), "not-found");
        world.later(&app, 24 * 60 * 60).await;
        let invigilator = app.log_in("jiankao-one").await;
        assert_eq!(invigilator.post(&records(&world), &body).await.expect_problem(404), "not-found");
        let listed = invigilator.get("/api/v1/incidents").await.expect(200);
        assert_eq!(listed["items"], json!([]), "who was there sees it on the day alone");
        let province = app.log_in("sheng-kaowu").await;
        assert_eq!(waiting(&province, "incidents_to_decide").await, 1, "what was left open is told to who decides");
        let dismissed = decide(&province, &recorded, false).await.expect(200);
        assert_eq!(dismissed["state"], "dismissed", "what nobody signed holds no result for ever");
    }

    async fn a_list_is_filtered_by_test_and_state(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let staff = Staff::at(&app).await;
        staff.record(&world, 0, "whispering").await;
        staff.hear(&world, 1, "copying").await;
        let count = async |query: &str| {
            let listed = staff.city.get(&format!("/api/v1/incidents?{query}")).await.expect(200);
            listed["items"].as_array().unwrap().len()
        };
        assert_eq!(count("state=recorded").await, 1);
        assert_eq!(count("state=upheld").await, 0);
        assert_eq!(count(&format!("exam_session_id={}", world.exam_session_id)).await, 2);
        assert_eq!(count("limit=1").await, 1);
        assert_eq!(world.exam_session().await["counts"]["open_incidents"], 2);
        assert_eq!(world.marker.get("/api/v1/incidents").await.expect_problem(403), "forbidden");
    }

    async fn a_city_decides_no_cheating(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let heard = staff.hear(&world, 0, "sending_device").await;
        assert_eq!(decide(&staff.city, &heard, true).await.expect_problem(409), "wrong-state");
        let decidable = async |client: &Client| {
            let listed = client.get("/api/v1/incidents?waits=decide").await.expect(200);
            (waiting(client, "incidents_to_decide").await, listed["items"].as_array().unwrap().len())
        };
        assert_eq!((decidable(&staff.city).await, decidable(&staff.province).await), ((0, 0), (1, 1)));
        let seen = staff.city.get("/api/v1/incidents").await.expect(200);
        assert_eq!(seen["items"][0]["open_steps"], json!([]));
        assert_eq!(decide(&staff.province, &heard, true).await.expect(200)["state"], "upheld");
    }

    async fn an_open_incident_holds_a_result_and_no_certificate_comes_of_it(app) {
        let mut world = World::armed(&app, 2).await;
        world.later(&app, STARTS_AFTER_S).await;
        let staff = Staff::at(&app).await;
        let heard = staff.hear(&world, 0, "whispering").await;
        publish(&app, &mut world).await;
        assert_eq!((results(&world, 0).await, results(&world, 1).await), (0, 1));
        let report = issued(&app, &world).await;
        assert_eq!((&report["issued"], &report["not_eligible"]), (&json!(1), &json!(1)));
        let province = app.log_in("sheng-kaowu").await;
        assert_eq!(world.exam_session().await["counts"]["open_incidents"], 1);
        decide(&province, &heard, false).await.expect(200);
        assert_eq!(world.exam_session().await["counts"]["open_incidents"], 0);
        assert_eq!(results(&world, 0).await, 1, "what was not so bars nothing");
        let officer = app.log_in("xuefen").await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let report = app.finish_job(&officer, officer.post("/api/v1/certificates/issue", &body).await).await;
        assert_eq!(report["issued"], 1);
    }

    async fn a_voided_result_is_told_to_nobody_and_leads_to_no_certificate(app) {
        let mut world = World::armed(&app, 2).await;
        world.later(&app, STARTS_AFTER_S).await;
        let staff = Staff::at(&app).await;
        staff.uphold(&world, 0, "copying").await;
        publish(&app, &mut world).await;
        assert_eq!((results(&world, 0).await, results(&world, 1).await), (0, 1));
        let report = issued(&app, &world).await;
        assert_eq!((&report["issued"], &report["not_eligible"]), (&json!(1), &json!(1)));
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let measured = reviewer.get(&format!("/api/v1/items/{}/statistics", world.items[0])).await.expect(200);
        assert_eq!(measured[0]["candidates"], 1, "it says nothing of the items either");
        let passed = async |candidate: usize| {
            let graduation = world.candidates[candidate].client.get("/api/v1/me/graduation").await.expect(200);
            let courses = graduation["courses"].as_array().unwrap().clone();
            courses.iter().filter(|course| course["has_passed"] == json!(true)).count()
        };
        assert_eq!((passed(0).await, passed(1).await), (0, 1));
    }

    async fn the_city_approves_no_certificate_whose_result_was_voided(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let staff = Staff::at(&app).await;
        staff.uphold(&bank.world, 0, "copying").await;
        let path = |verb: &str| format!("/api/v1/certificates/{}/{verb}", certificate["id"].as_str().unwrap());
        bank.officer.post(&path("submit"), &json!({})).await.expect(200);
        let approve = json!({ "decision": "approve" });
        assert_eq!(bank.auditor.post(&path("audit"), &approve).await.expect_problem(409), "wrong-state");
    }

    async fn who_is_banned_sits_no_test_until_the_ban_ends_or_is_taken_back(app) {
        const DAY_S: i64 = 24 * 60 * 60;
        let world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let heard = staff.hear(&world, 0, "substitute").await;
        let ban = |years: u8| json!({ "is_upheld": true, "reason": "监控录像为证", "ban_years": years });
        let wrong = staff.province.post(&path(&heard, "decide"), &ban(4)).await.expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/ban_years");
        let upheld = staff.province.post(&path(&heard, "decide"), &ban(1)).await.expect(200);
        let learner = &world.candidates[0].client;
        assert_eq!(upheld["banned_until"], own(&world, 0).await[0]["banned_until"]);
        assert!(upheld["banned_until"].is_string());

        let [soon, later] = [world.another_test(&app, 300 * DAY_S).await, world.another_test(&app, 400 * DAY_S).await];
        let register = |id: ExamSessionId| format!("/api/v1/exam_sessions/{id}/registrations");
        assert_eq!(learner.post(&register(soon), &json!({})).await.expect_problem(409), "wrong-state");
        learner.post(&register(later), &json!({})).await.expect(200);

        let appeal = format!("/api/v1/me/incidents/{}/appeal", upheld["id"].as_str().unwrap());
        learner.post(&appeal, &json!({ "reason": "不是替考" })).await.expect(200);
        assert_eq!(learner.post(&register(soon), &json!({})).await.expect_problem(409), "wrong-state");
        let again = staff.office.post(&path(&upheld, "reconsider"), &ban(1)).await.expect(422);
        assert_eq!(again["errors"][0]["pointer"], "/ban_years", "nobody makes it graver");
        let lifted = json!({ "is_upheld": false, "reason": "证据不足" });
        staff.office.post(&path(&upheld, "reconsider"), &lifted).await.expect(200);
        learner.post(&register(soon), &json!({})).await.expect(200);
    }

    async fn who_had_registered_before_they_were_banned_does_not_begin(app) {
        const DAY_S: i64 = 24 * 60 * 60;
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let next = world.another_test(&app, DAY_S).await;
        let path_of = |verb: &str| format!("/api/v1/exam_sessions/{next}/{verb}");
        let learner = &world.candidates[0].client;
        learner.post(&path_of("registrations"), &json!({})).await.expect(200);
        for (verb, administrator) in [("arrange", 0), ("arm", 0), ("arm", 1)] {
            world.administrators[administrator].post(&path_of(verb), &json!({})).await.expect(200);
        }
        let staff = Staff::at(&app).await;
        let heard = staff.hear(&world, 0, "substitute").await;
        let ban = json!({ "is_upheld": true, "reason": "监控录像为证", "ban_years": 1 });
        staff.province.post(&path(&heard, "decide"), &ban).await.expect(200);

        let exams = learner.get("/api/v1/me/exams").await.expect(200);
        let exam = exams.as_array().unwrap().iter().find(|exam| exam["id"] == json!(next)).unwrap();
        world.candidates[0].sitting_id = Some(exam["sitting"]["id"].as_str().unwrap().parse().unwrap());
        world.later(&app, DAY_S).await;
        let refused = Device::opened(&world, 0, 1, false).await.expect(403);
        assert!(refused["detail"].as_str().unwrap().contains("停考"), "{refused}");
    }

    async fn what_was_approved_before_an_incident_was_upheld_is_proposed_to_be_revoked(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        let staff = Staff::at(&app).await;
        let proposed = async || {
            app.jobs.run_due().await.unwrap();
            let found = bank.officer.get("/api/v1/certificates?waits=revocation").await.expect(200);
            found["items"].as_array().unwrap().iter().map(|row| row["revocation_because"].clone()).collect::<Vec<_>>()
        };
        let upheld = staff.uphold(&bank.world, 0, "copying").await;
        assert_eq!(proposed().await, [json!("监控录像为证")]);
        assert_eq!(waiting(&bank.officer, "certificates_to_revoke").await, 1);

        let appeal = format!("/api/v1/me/incidents/{}/appeal", upheld["id"].as_str().unwrap());
        bank.learner().post(&appeal, &json!({ "reason": "我没有抄袭" })).await.expect(200);
        assert_eq!(proposed().await.len(), 1, "until it is looked at again the decision holds");
        let lifted = json!({ "is_upheld": false, "reason": "证据不足" });
        staff.office.post(&path(&upheld, "reconsider"), &lifted).await.expect(200);
        assert_eq!(proposed().await.len(), 0);

        staff.uphold(&bank.world, 0, "whispering").await;
        assert_eq!(proposed().await.len(), 1);
        let revoke = format!("/api/v1/certificates/{}/revoke", certificate["id"].as_str().unwrap());
        let revoked = bank.officer.post(&revoke, &json!({ "reason": "违纪，成绩无效" })).await.expect(200);
        assert_eq!(revoked["state"], "revoked", "who upheld it was the first of the two");
    }

    async fn what_two_incidents_make_void_stays_proposed_when_one_of_them_is_taken_back(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        let staff = Staff::at(&app).await;
        let heard = staff.hear(&bank.world, 0, "copying").await;
        let first = decide(&staff.province, &heard, true).await.expect(200);
        let heard = staff.hear(&bank.world, 0, "whispering").await;
        let decision = json!({ "is_upheld": true, "reason": "两名监考员证实" });
        staff.city.post(&path(&heard, "decide"), &decision).await.expect(200);
        app.jobs.run_due().await.unwrap();
        let because = async |officer: &Client| {
            let found = officer.get("/api/v1/certificates?waits=revocation").await.expect(200);
            found["items"].as_array().unwrap().iter().map(|row| row["revocation_because"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(because(&bank.officer).await, [json!("监控录像为证")]);

        let appeal = format!("/api/v1/me/incidents/{}/appeal", first["id"].as_str().unwrap());
        bank.learner().post(&appeal, &json!({ "reason": "我没有抄袭" })).await.expect(200);
        let lifted = json!({ "is_upheld": false, "reason": "证据不足" });
        staff.office.post(&path(&first, "reconsider"), &lifted).await.expect(200);
        app.jobs.run_due().await.unwrap();
        assert_eq!(because(&bank.officer).await, [json!("两名监考员证实")], "the other decision still makes it void");
    }

    async fn nobody_settles_what_they_are_part_of_whatever_roles_they_hold(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let province = |role| RoleAt { role, place: Place::division("33") };
        let both = [province(Role::ExamAdministrator), province(Role::ProvinceOffice)];
        let alone = app.person("yi-ren", &both).await;
        let heard = staff.hear(&world, 0, "copying").await;
        decide(&alone, &heard, true).await.expect(200);
        let appeal = format!("/api/v1/me/incidents/{}/appeal", heard["id"].as_str().unwrap());
        let reason = json!({ "reason": "我没有抄袭" });
        world.candidates[0].client.post(&appeal, &reason).await.expect(200);
        let again = json!({ "is_upheld": true, "reason": "复核维持" });
        let reply = alone.post(&path(&heard, "reconsider"), &again).await;
        assert_eq!(reply.expect_problem(409), "second-person-needed", "who decided does not look again");
        assert_eq!(alone.get(&one(&heard)).await.expect(200)["open_steps"], json!([]));
        assert_eq!(waiting(&alone, "incidents_to_reconsider").await, 0);
        assert_eq!(waiting(&staff.office, "incidents_to_reconsider").await, 1);
        staff.office.post(&path(&heard, "reconsider"), &again).await.expect(200);
    }

    async fn staff_who_sat_the_test_see_what_is_said_of_them_as_a_candidate_does(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let account_id = sittings::sitting_facts(&app.cx, world.sitting(0)).await.unwrap().account_id;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, account_id);
        let held = RoleAt { role: Role::Invigilator, place: Place::division("330502") };
        app.cx.db.write(&permit, async |tx| identity::grant_role(&app.cx, tx, account_id, &held).await).await.unwrap();
        let both = app.log_in("learner-0").await;
        let reply = both.post(&records(&world), &incident(&world, 0, "whispering").await).await;
        assert_eq!(reply.expect_problem(409), "second-person-needed");
        let of_them = staff.record(&world, 0, "whispering").await;
        let of_another = staff.record(&world, 1, "whispering").await;
        assert_eq!(both.get(&one(&of_them)).await.expect_problem(404), "not-found");
        assert_eq!(both.post(&path(&of_them, "sign"), &json!({})).await.expect_problem(404), "not-found");
        let listed = both.get("/api/v1/incidents").await.expect(200);
        let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
        assert_eq!(ids, [&of_another["id"]]);
        assert_eq!(waiting(&both, "incidents_to_sign").await, 1);
        both.post(&path(&of_another, "sign"), &json!({})).await.expect(200);
    }

    async fn after_fifteen_days_nothing_is_asked_again(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let staff = Staff::at(&app).await;
        let upheld = staff.uphold(&world, 0, "whispering").await;
        world.later(&app, 16 * 24 * 60 * 60).await;
        assert_eq!(own(&world, 0).await[0]["appeal_until"], Value::Null);
        let appeal = format!("/api/v1/me/incidents/{}/appeal", upheld["id"].as_str().unwrap());
        let reply = world.candidates[0].client.post(&appeal, &json!({ "reason": "太晚了" })).await;
        assert_eq!(reply.expect_problem(409), "wrong-state");
    }
}
