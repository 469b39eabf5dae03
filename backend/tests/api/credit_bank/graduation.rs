//! From certificates that count to a diploma of the register that anybody can check.

use super::Bank;
use crate::{
    enrolment::Desk,
    exports::{column, said, taken},
    people::{HERE, audited, office},
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const NAME: &str = "张秀英2";
const GRADUATION_RULES: &str = "/api/v1/graduation_rules";
/// The record is one of the school whose class it is.
const AT_ITS_SCHOOL: &str =
    "UPDATE student_record SET provider_id = (SELECT provider_id FROM class WHERE name = 'Class')";

/// A class whose first learner lacks nothing but what a test takes away, and everybody who has a hand in a graduation.
struct Ceremony {
    bank: Bank,
    desk: Desk,
    school: Client,
    county: Client,
    city: Client,
    class: String,
    learner: Value,
    certificate: Value,
}

impl Ceremony {
    async fn ready(app: &TestApp) -> Self {
        let (bank, certificate) = Bank::issued(app).await;
        bank.approve(&certificate).await;
        let desk = Desk::open(app).await;
        desk.register(&desk.enrol(2).await).await;
        execute(app, "UPDATE attendance_rule SET face_min_pct = 0").await;
        let account = "(SELECT id FROM account WHERE login_name = 'learner-0')";
        execute(app, &format!("UPDATE student_record SET state = 'studying', account_id = {account}")).await;
        let learner = bank.learner().get("/api/v1/me").await.expect(200)["account_id"].clone();
        certify_skill(app, &desk, &learner).await;
        execute(app, AT_ITS_SCHOOL).await;
        Self {
            class: format!("/api/v1/classes/{}", bank.world.class_id),
            school: app.staff("xuexiao", Role::SchoolOffice, "330502").await,
            county: app.staff("xian", Role::CountyBureau, "330502").await,
            city: app.staff("shi", Role::CityAuditor, "3305").await,
            bank,
            desk,
            learner,
            certificate,
        }
    }

    async fn candidate(&self) -> Value {
        let candidates = self.school.get(&format!("{}/graduates", self.class)).await.expect(200);
        candidates.as_array().unwrap().iter().find(|one| one["account_id"] == self.learner).unwrap().clone()
    }

    async fn propose(&self) -> Value {
        let request = self.school.request(Method::POST, &format!("{}/graduations", self.class));
        let request = request.header("idempotency-key", "one").json(&json!({ "learners": [self.learner] }));
        send(request).await.expect(201)
    }

    /// The list with everybody's yes.
    async fn approved(&self) -> Value {
        let list = self.propose().await;
        let confirmed = self.county.post(&path(&list, "confirm"), &approve()).await.expect(200);
        assert_eq!(confirmed["list"]["state"], "confirmed");
        self.city.post(&path(&list, "approve"), &approve()).await.expect(200)
    }

    async fn own(&self) -> Value {
        self.bank.learner().get("/api/v1/me/graduation").await.expect(200)
    }
}

/// The school records a certificate of a skill, and two others find it right.
async fn certify_skill(app: &TestApp, desk: &Desk, learner: &Value) {
    let certificate = json!({ "learner": learner, "provider_id": desk.school, "kind": "skill_level_certificate",
        "occupation": "缝纫工", "level": "junior", "issuer": "示范县人社局", "number": "A1", "issued_on": "2026-10-20" });
    let recorded = desk.clerk.post("/api/v1/skill_certificates", &certificate).await.expect(201);
    let check = format!("/api/v1/skill_certificates/{}/check", recorded["id"].as_str().unwrap());
    let second = office(app, "er", HERE).await;
    let bureau = app.staff("ju", Role::CountyBureau, "330502").await;
    for client in [&second, &bureau] {
        client.post(&check, &json!({ "is_right": true })).await.expect(200);
    }
}

fn approve() -> Value {
    json!({ "decision": "approve" })
}

fn path(list: &Value, verb: &str) -> String {
    format!("/api/v1/graduations/{}/{verb}", list["list"]["id"].as_str().unwrap())
}

async fn check(app: &TestApp, number: &Value, name: &str) -> Reply {
    app.stranger().post("/api/v1/public/diploma_checks", &json!({ "number": number, "name": name })).await
}

db_tests! {
    async fn three_offices_lead_to_a_diploma_that_a_stranger_checks(app) {
        let ceremony = Ceremony::ready(&app).await;
        assert_eq!(ceremony.candidate().await["gaps"], json!([]));
        assert_eq!(ceremony.own().await["gaps"], json!([]));
        let list = ceremony.propose().await;
        assert_eq!(ceremony.propose().await["list"]["id"], list["list"]["id"], "a repeat makes no second list");
        assert_eq!(ceremony.candidate().await["listed"], "proposed");
        let again = json!({ "learners": [ceremony.learner] });
        let again = ceremony.school.post(&format!("{}/graduations", ceremony.class), &again).await;
        assert_eq!(again.expect_problem(409), "wrong-state");
        assert_eq!(waiting(&ceremony.county, "graduations_to_confirm").await, 1);
        let early = ceremony.city.post(&path(&list, "approve"), &approve()).await;
        assert_eq!(early.expect_problem(409), "wrong-state");
        let by_school = ceremony.school.post(&path(&list, "confirm"), &approve()).await;
        assert_eq!(by_school.expect_problem(403), "forbidden");

        ceremony.county.post(&path(&list, "confirm"), &approve()).await.expect(200);
        assert_eq!(waiting(&ceremony.county, "graduations_to_confirm").await, 0);
        assert_eq!(waiting(&ceremony.city, "graduations_to_approve").await, 1);
        let approved = ceremony.city.post(&path(&list, "approve"), &approve()).await.expect(200);
        assert_eq!(approved["list"]["state"], "approved");
        let number = approved["graduates"][0]["diploma_number"].clone();
        assert!(number.as_str().unwrap().starts_with("33050020264400001"), "{number}");

        let own = ceremony.own().await;
        assert_eq!((&own["diploma"]["number"], &own["listed"], &own["gaps"]), (&number, &json!("approved"), &json!([])));
        let kept = ceremony.bank.learner().get("/api/v1/me/data").await.expect(200)["diplomas"].clone();
        assert_eq!(kept, json!([own["diploma"]]));
        let records = ceremony.bank.learner().get("/api/v1/me/enrolments").await.expect(200);
        assert_eq!(records[0]["state"], "graduated");
        let found = check(&app, &number, NAME).await.expect(200);
        assert_eq!((&found["holder_name_masked"], &found["is_revoked"]), (&json!("张**2"), &json!(false)));
        assert_eq!(found["is_as_registered"], true);
        let copied = check(&app, &number, &format!("\u{FEFF}{NAME} ")).await.expect(200);
        assert_eq!(copied, found, "signs that nobody sees are no part of a name");
        for other in ["张秀", " "] {
            assert_eq!(check(&app, &number, other).await.expect_problem(404), "not-found");
        }
        for (search, count) in [(format!("number={}", number.as_str().unwrap()), 1), ("name=张".to_owned(), 1), ("name=李".to_owned(), 0)] {
            let page = ceremony.school.get(&format!("/api/v1/diplomas?{search}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), count, "{search}");
        }
        assert!(backend::platform::db::verify_chain(app.cx.db.read()).await.unwrap().is_ok());

        execute(&app, "UPDATE diploma SET holder_name = '李四'").await;
        assert_eq!(check(&app, &number, "李四").await.expect(200)["is_as_registered"], false);
    }

    async fn lists_are_narrowed_down_to_a_place_and_taken_away(app) {
        let ceremony = Ceremony::ready(&app).await;
        ceremony.propose().await;
        for (query, found) in [("", 1), ("division=3305", 1), ("division=3306", 0), ("state=proposed", 1), ("state=approved", 0)] {
            let page = ceremony.county.get(&format!("/api/v1/graduations?{query}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), found, "{query}");
        }
        let school = ceremony.county.get("/api/v1/graduations").await.expect(200)["items"][0]["provider_id"].clone();
        let of_school = format!("provider_id={}", school.as_str().unwrap());
        let [lists, about] = taken(&ceremony.county, &format!("/api/v1/graduations/exports?state=proposed&{of_school}")).await;
        assert_eq!((column(&lists, "申报人数"), column(&lists, "状态")), (vec!["1"], vec!["待县级审核"]));
        assert_eq!(said(&about, "筛选条件 状态"), "待县级审核");
        let noted = audited(&app, "read_diplomas").await;
        assert_eq!((&noted[0]["filter"]["state"], &noted[0]["filter"]["provider_id"]), (&json!("proposed"), &school));
        for (query, status) in [("division=3305", 200), ("division=x", 422)] {
            assert_eq!(ceremony.county.get(&format!("/api/v1/diplomas?{query}")).await.status, status);
        }
    }

    async fn what_is_missing_is_told_and_keeps_a_learner_back(app) {
        let ceremony = Ceremony::ready(&app).await;
        let proposed = json!({ "learners": [ceremony.learner] });
        let path_of_class = format!("{}/graduations", ceremony.class);
        for (change, undo, gap) in [
            ("UPDATE student_record SET state = 'suspended'", "UPDATE student_record SET state = 'studying'", "not_studying"),
            ("UPDATE skill_certificate SET state = 'claimed'", "UPDATE skill_certificate SET state = 'verified'", "skill_certificate"),
            ("UPDATE certificate SET state = 'submitted_to_city'", "UPDATE certificate SET state = 'city_approved'", "course"),
            ("UPDATE graduation_rule SET credits = 80", "UPDATE graduation_rule SET credits = 0", "credits"),
        ] {
            execute(&app, change).await;
            let gaps = ceremony.candidate().await["gaps"].clone();
            assert_eq!((gaps.as_array().unwrap().len(), &gaps[0]["kind"]), (1, &json!(gap)));
            assert_eq!(ceremony.school.post(&path_of_class, &proposed).await.expect_problem(409), "gate-not-met");
            execute(&app, undo).await;
        }
        let stranger = json!({ "learners": ["01932f00-0000-7000-8000-00000000000a"] });
        let problem = ceremony.school.post(&path_of_class, &stranger).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/learners/0"), &json!("not-in-class")));
    }

    async fn hours_are_worth_what_the_rule_of_their_course_says_that_the_learner_keeps(app) {
        let ceremony = Ceremony::ready(&app).await;
        execute(&app, "UPDATE graduation_rule SET credits = 80").await;
        let earned = async || ceremony.candidate().await["gaps"][0]["earned"].as_u64().unwrap();
        let before = earned().await;
        let rule = json!({ "course_id": ceremony.bank.world.course_id, "valid_from": "2026-12-31", "class_hours": 80,
            "face_to_face_hours": 0, "credits": 4, "pass_pct": 60, "gate_task_pct": 100 });
        let one = app.staff("sheng-one", Role::ProvinceOffice, "33").await;
        let proposed = json!({ "rule": rule, "reason": "省教育厅通知" });
        let proposal = one.post("/api/v1/course_rules/proposals", &proposed).await.expect(201);
        let approve = format!("/api/v1/course_rules/proposals/{}/approve", proposal["id"].as_str().unwrap());
        let other = app.staff("sheng-two", Role::ProvinceOffice, "33").await;
        other.post(&approve, &json!({ "reason": "" })).await.expect(200);
        assert_eq!(earned().await, before, "who enrolled before keeps what held then");
        execute(&app, "UPDATE student_record SET enrolled_on = '2026-12-31'").await;
        assert_eq!(earned().await, before + 4);
    }

    async fn a_person_holds_one_diploma_of_a_level_whatever_records_they_have(app) {
        let ceremony = Ceremony::ready(&app).await;
        ceremony.approved().await;
        // Another record of the same person, by which they learn.
        execute(&app, "UPDATE student_record SET state = 'withdrawn'").await;
        ceremony.desk.enrol(2).await;
        let studies = "UPDATE student_record SET state = 'studying', learner_number = '2026050220000994', \
            account_id = (SELECT id FROM account WHERE login_name = 'learner-0') WHERE state = 'applied'";
        execute(&app, studies).await;
        execute(&app, AT_ITS_SCHOOL).await;
        assert_eq!(ceremony.candidate().await["gaps"], json!([{ "kind": "holds_diploma" }]));
        let proposed = json!({ "learners": [ceremony.learner] });
        let again = ceremony.school.post(&format!("{}/graduations", ceremony.class), &proposed).await;
        assert_eq!(again.expect_problem(409), "gate-not-met");

        let diploma = ceremony.city.get("/api/v1/diplomas").await.expect(200)["items"][0]["id"].clone();
        let void = format!("/api/v1/diplomas/{}/revoke", diploma.as_str().unwrap());
        let second = app.staff("shi-er", Role::CityAuditor, "3305").await;
        for client in [&ceremony.city, &second] {
            client.post(&void, &json!({ "reason": "证书有误" })).await.expect(200);
        }
        assert_eq!(ceremony.candidate().await["gaps"], json!([]), "who holds none may have one");
    }

    async fn a_list_comes_back_with_a_reason_and_is_proposed_anew(app) {
        let ceremony = Ceremony::ready(&app).await;
        let list = ceremony.propose().await;
        let back = json!({ "decision": "return", "reason": "请核对姓名" });
        let returned = ceremony.county.post(&path(&list, "confirm"), &back).await.expect(200);
        assert_eq!((&returned["list"]["state"], &returned["list"]["reason"]), (&json!("returned"), &json!("请核对姓名")));
        assert_eq!(waiting(&ceremony.school, "graduations_returned").await, 1);
        let again = json!({ "learners": [ceremony.learner] });
        ceremony.school.post(&format!("{}/graduations", ceremony.class), &again).await.expect(201);
        assert_eq!(waiting(&ceremony.school, "graduations_returned").await, 0);
    }

    async fn an_approval_looks_at_the_facts_again(app) {
        let ceremony = Ceremony::ready(&app).await;
        let list = ceremony.propose().await;
        ceremony.county.post(&path(&list, "confirm"), &approve()).await.expect(200);
        let doubt = json!({ "reason": "成绩有误" });
        ceremony.bank.officer.post(&super::path(&ceremony.certificate, "revoke"), &doubt).await.expect(200);
        let refused = ceremony.city.post(&path(&list, "approve"), &approve()).await;
        assert_eq!(refused.expect_problem(409), "gate-not-met");
        let seen = ceremony.city.get(&format!("/api/v1/graduations/{}", list["list"]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(seen["graduates"][0]["gaps"][0]["kind"], "in_question");
    }

    async fn who_has_gone_to_another_school_graduates_by_a_list_of_that_one(app) {
        let ceremony = Ceremony::ready(&app).await;
        let list = ceremony.propose().await;
        let elsewhere = "(SELECT id FROM provider WHERE id NOT IN (SELECT provider_id FROM class) LIMIT 1)";
        execute(&app, &format!("UPDATE student_record SET provider_id = {elsewhere}")).await;
        assert_eq!(ceremony.county.post(&path(&list, "confirm"), &approve()).await.expect_problem(409), "gate-not-met");
        execute(&app, AT_ITS_SCHOOL).await;
        ceremony.county.post(&path(&list, "confirm"), &approve()).await.expect(200);
        execute(&app, &format!("UPDATE student_record SET provider_id = {elsewhere}")).await;
        assert_eq!(ceremony.city.post(&path(&list, "approve"), &approve()).await.expect_problem(409), "gate-not-met");
        assert_eq!(ceremony.candidate().await["listed"], "confirmed");
    }

    async fn the_bureau_that_issues_prints_the_diplomas_of_a_list(app) {
        let ceremony = Ceremony::ready(&app).await;
        let list = ceremony.propose().await;
        let print = async |client: &Client| client.post(&path(&list, "diplomas"), &json!({})).await;
        assert_eq!(print(&ceremony.city).await.expect_problem(409), "wrong-state", "nobody has them yet");
        ceremony.county.post(&path(&list, "confirm"), &approve()).await.expect(200);
        ceremony.city.post(&path(&list, "approve"), &approve()).await.expect(200);
        let printed = print(&ceremony.city).await;
        assert_eq!((printed.status, &printed.bytes[..5]), (200, b"%PDF-".as_slice()));
        assert_eq!(printed.headers["cache-control"], "no-store");
        for client in [&ceremony.school, &ceremony.county] {
            assert_eq!(print(client).await.expect_problem(403), "forbidden", "the city issues those of this level");
        }
        let elsewhere = app.staff("other-city", Role::CityAuditor, "3306").await;
        assert_eq!(print(&elsewhere).await.expect_problem(404), "not-found");
        assert_eq!(audited(&app, "keep_diplomas").await, [json!({ "printed": "diplomas", "diplomas": 1 })]);

        let diploma = ceremony.city.get("/api/v1/diplomas").await.expect(200)["items"][0].clone();
        let second = app.staff("shi-er", Role::CityAuditor, "3305").await;
        for client in [&ceremony.city, &second] {
            let path = format!("/api/v1/diplomas/{}/revoke", diploma["id"].as_str().unwrap());
            client.post(&path, &json!({ "reason": "误发" })).await.expect(200);
        }
        assert_eq!(print(&ceremony.city).await.expect_problem(409), "wrong-state", "what is void is not printed");
    }

    async fn two_persons_make_a_diploma_void_and_an_extract_takes_the_place_of_a_lost_one(app) {
        let ceremony = Ceremony::ready(&app).await;
        let approved = ceremony.approved().await;
        let number = approved["graduates"][0]["diploma_number"].clone();
        let sheet = ceremony.school.post(&path(&approved, "sheet"), &json!({})).await;
        assert_eq!((sheet.status, &sheet.bytes[..5]), (200, b"%PDF-".as_slice()));
        let diploma = ceremony.city.get("/api/v1/diplomas").await.expect(200)["items"][0].clone();
        let path = |verb: &str| format!("/api/v1/diplomas/{}/{verb}", diploma["id"].as_str().unwrap());
        let reason = json!({ "reason": "遗失" });
        for _ in 0..2 {
            let request = ceremony.city.request(Method::POST, &path("extracts")).header("idempotency-key", "one");
            assert_eq!(send(request.json(&reason)).await.status, 200);
        }
        assert_eq!(ceremony.city.get("/api/v1/diplomas").await.expect(200)["items"][0]["extracts"], 1);
        assert_eq!(ceremony.county.post(&path("revoke"), &reason).await.expect_problem(403), "forbidden");

        let second = app.staff("shi-er", Role::CityAuditor, "3305").await;
        assert_eq!(ceremony.city.post(&path("revoke"), &reason).await.expect(200)["state"], "in_question");
        assert_eq!(ceremony.city.post(&path("revoke"), &reason).await.expect_problem(409), "second-person-needed");
        assert_eq!((waiting(&second, "diplomas_to_revoke").await, waiting(&ceremony.city, "diplomas_to_revoke").await), (1, 0));
        for (client, count) in [(&second, 1), (&ceremony.city, 0), (&ceremony.county, 0)] {
            let waits = client.get("/api/v1/diplomas?waits=true").await.expect(200);
            assert_eq!(waits["items"].as_array().unwrap().len(), count);
        }
        assert_eq!(ceremony.school.get("/api/v1/diplomas?waits=true").await.expect_problem(403), "forbidden");
        assert_eq!(second.post(&path("keep"), &json!({})).await.expect(200)["state"], "valid");
        ceremony.city.post(&path("revoke"), &reason).await.expect(200);
        assert_eq!(second.post(&path("revoke"), &reason).await.expect(200)["state"], "revoked");
        assert_eq!(check(&app, &number, NAME).await.expect(200)["is_revoked"], true);
        let own = ceremony.own().await["diploma"].clone();
        assert_eq!((&own["is_revoked"], &own["extracts"]), (&json!(true), &json!(1)));
        let sheet = ceremony.bank.learner().get("/api/v1/me/data/pdf").await;
        assert_eq!((sheet.status, &sheet.bytes[..5]), (200, b"%PDF-".as_slice()));
        assert_eq!(ceremony.city.post(&path("extracts"), &reason).await.expect_problem(409), "wrong-state");
        assert_eq!(audited(&app, "keep_diplomas").await[0]["extract"], 1);
    }

    async fn a_rule_of_graduation_takes_two_persons_and_holds_for_who_enrols_from_its_first_day_on(app) {
        let ceremony = Ceremony::ready(&app).await;
        let (one, other) = (app.staff("sheng-one", Role::ProvinceOffice, "33").await, app.staff("sheng-two", Role::ProvinceOffice, "33").await);
        let of_city = app.staff("sheng-3305", Role::ProvinceOffice, "3305").await;
        let proposed = |region: &str, valid_from: &str, credits: u16| {
            json!({ "rule": { "region": region, "level": "senior", "valid_from": valid_from, "needs_skill_certificate": true,
                "credits": credits, "culture_cap": 60, "skill_cap": 40 }, "reason": "省教育厅通知" })
        };
        let count = async || one.get(GRADUATION_RULES).await.expect(200)["versions"].as_array().unwrap().len();
        let came = count().await;
        for (wrong, field, code) in [
            (proposed("33", "2026-11-23", 80), "/rule/valid_from", "day-not-future"),
            (proposed("33", "2027-01-01", 101), "/rule/credits", "credits-unreachable"),
            (proposed("3399", "2027-01-01", 80), "/rule/region", "not-found"),
        ] {
            let problem = one.post(&format!("{GRADUATION_RULES}/proposals"), &wrong).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(field), &json!(code)));
        }
        let rule = proposed("33", "2027-01-01", 80);
        assert_eq!(of_city.post(&format!("{GRADUATION_RULES}/proposals"), &rule).await.expect_problem(403), "forbidden");
        assert_eq!(ceremony.city.get(GRADUATION_RULES).await.expect_problem(403), "forbidden");
        let proposal = one.post(&format!("{GRADUATION_RULES}/proposals"), &rule).await.expect(201);
        assert_eq!((&proposal["state"], count().await), (&json!("proposed"), came), "it waits");
        assert_eq!(other.post(&format!("{GRADUATION_RULES}/proposals"), &rule).await.expect_problem(409), "wrong-state");
        for (client, waits) in [(&one, 0), (&other, 1), (&of_city, 0)] {
            assert_eq!(waiting(client, "graduation_rules_to_approve").await, waits, "for another who keeps it");
        }
        let step = |verb: &str| format!("{GRADUATION_RULES}/proposals/{}/{verb}", proposal["id"].as_str().unwrap());
        assert_eq!(one.post(&step("approve"), &json!({})).await.expect_problem(409), "second-person-needed");
        assert_eq!(of_city.post(&step("approve"), &json!({})).await.expect_problem(404), "not-found");
        let approved = other.post(&step("approve"), &json!({})).await.expect(200);
        assert_eq!((&approved["state"], &approved["approved_by_name"], count().await), (&json!("approved"), &json!("sheng-two"), came + 1));
        let noted = audited(&app, "keep_graduation_rules").await;
        assert_eq!((&noted[0]["version"], &noted[1]["state"]), (&json!("33/senior/2027-01-01"), &json!("approved")));

        assert_eq!(ceremony.candidate().await["gaps"], json!([]), "who has enrolled keeps the rule of that day");
        execute(&app, "UPDATE student_record SET enrolled_on = '2027-01-01'").await;
        let gap = ceremony.candidate().await["gaps"][0].clone();
        assert_eq!((&gap["kind"], &gap["needed"]), (&json!("credits"), &json!(80)));

        let withdrawn = one.post(&step("refuse"), &json!({ "reason": "日期写错" })).await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["answer"], count().await), (&json!("withdrawn"), &json!("日期写错"), came));
        assert_eq!(ceremony.candidate().await["gaps"], json!([]), "nobody goes by it");
        one.post(&format!("{GRADUATION_RULES}/proposals"), &rule).await.expect(201);
    }
}
