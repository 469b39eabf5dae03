//! Trainings and certificates: recorded by a school, found right by somebody else.

use super::with;
use crate::{
    classes::school::{NEXT_COUNTY, School, TOWN, picture, school, wrong_field},
    people::{audited, canary::dump, keys::rotate_away, number},
    support::{Client, NO_ID, TestApp, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::AccountId,
    rights::{Place, Role, RoleAt},
};

const TRAININGS: &str = "/api/v1/skill_trainings";
const CERTIFICATES: &str = "/api/v1/skill_certificates";
const POINT: &str = "01932f00-0000-7000-8000-00000000000a";
const RIGHT: &str = r#"{ "is_right": true }"#;

/// A school with a second office, and a learner.
struct Skilled {
    school: School,
    second: Client,
    /// Verifies what the second has checked.
    bureau: Client,
    learner_id: AccountId,
    learner: Client,
}

/// The role of who serves at a service point of a school, for a division.
fn serving(school: &School, serves: &str) -> RoleAt {
    let (id, provider) = (POINT.parse().unwrap(), school.id);
    RoleAt { role: Role::ServicePointClerk, place: Place::ServicePoint { id, provider, serves: serves.to_owned() } }
}

impl Skilled {
    async fn new(app: &TestApp) -> Self {
        let school = school(app, "school", TOWN).await;
        let second = app.person("second", &[RoleAt { role: Role::SchoolOffice, place: school.place.clone() }]).await;
        let bureau = app.staff("bureau", Role::CountyBureau, "330502").await;
        let (learner_id, learner) = app.learner("zhang").await;
        Self { school, second, bureau, learner_id, learner }
    }

    fn training(&self) -> Value {
        json!({ "learner": self.learner_id, "provider_id": self.school.id, "project": "童装缝制", "occupation": "缝纫工",
            "occupation_code": "6-05-01-03", "level": "junior", "department": "human_resources", "organiser": "本校",
            "hours": 40, "theory_score": 86, "practice_score": null, "source": "school", "starts_on": "2026-10-01",
            "ends_on": "2026-10-20" })
    }

    fn certificate(&self, number: &str, level: &str) -> Value {
        json!({ "learner": self.learner_id, "provider_id": self.school.id, "kind": "skill_level_certificate",
            "occupation": "缝纫工", "level": level, "issuer": "示范县人社局", "number": number, "issued_on": "2026-10-20" })
    }

    async fn verified(&self, number: &str, level: &str) -> Value {
        let certificate = self.school.office.post(CERTIFICATES, &self.certificate(number, level)).await.expect(201);
        assert_eq!(check(&self.second, CERTIFICATES, &certificate, RIGHT).await.expect(200)["state"], "checked");
        check(&self.bureau, CERTIFICATES, &certificate, RIGHT).await.expect(200)
    }

    async fn record(&self, client: &Client) -> Value {
        client.get(&format!("/api/v1/skill_records/{}", self.learner_id)).await.expect(200)
    }
}

/// Takes a record back, for this reason.
async fn withdraw(client: &Client, path: &str, record: &Value, reason: &str) -> crate::support::Reply {
    client.post(&format!("{path}/{}/withdraw", record["id"].as_str().unwrap()), &json!({ "reason": reason })).await
}

async fn check(client: &Client, path: &str, record: &Value, body: &str) -> crate::support::Reply {
    let body: Value = serde_json::from_str(body).unwrap();
    client.post(&format!("{path}/{}/check", record["id"].as_str().unwrap()), &body).await
}

db_tests! {
    async fn a_newer_key_takes_over_numbers_of_certificates(app) {
        let skilled = Skilled::new(&app).await;
        skilled.verified("A1", "senior").await;
        let before = skilled.record(&skilled.second).await;
        rotate_away(&app).await;
        assert_eq!(skilled.record(&skilled.second).await, before);
    }

    async fn a_training_counts_when_two_others_have_found_it_right_one_after_the_other(app) {
        let skilled = Skilled::new(&app).await;
        let office = &skilled.school.office;
        let training = office.post(TRAININGS, &skilled.training()).await.expect(201);
        assert_eq!((&training["state"], &training["entry"]), (&json!("claimed"), &skilled.training()));
        assert_eq!(skilled.record(office).await["verified_hours"], 0);
        assert_eq!(check(office, TRAININGS, &training, RIGHT).await.expect_problem(409), "second-person-needed");
        assert_eq!(check(&skilled.second, TRAININGS, &training, RIGHT).await.expect(200)["state"], "checked");
        assert_eq!(check(&skilled.second, TRAININGS, &training, RIGHT).await.expect_problem(409), "second-person-needed");
        assert_eq!(skilled.record(office).await["verified_hours"], 0);
        assert_eq!(check(&skilled.bureau, TRAININGS, &training, RIGHT).await.expect(200)["state"], "verified");
        assert_eq!(check(&skilled.bureau, TRAININGS, &training, RIGHT).await.expect_problem(409), "wrong-state");
        assert_eq!(skilled.learner.get("/api/v1/me/skill_record").await.expect(200)["verified_hours"], 40);

        let other = office.post(TRAININGS, &skilled.training()).await.expect(201);
        let wrong = check(&skilled.second, TRAININGS, &other, r#"{ "is_right": false }"#).await;
        assert_eq!(wrong_field(wrong), ("/reason".to_owned(), "required".to_owned()));
        let refused = check(&skilled.second, TRAININGS, &other, r#"{ "is_right": false, "reason": "没有签到表" }"#).await.expect(200);
        assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("没有签到表")));
        assert_eq!(skilled.record(office).await["verified_hours"], 40);
    }

    async fn a_higher_certificate_counts_instead_of_a_lower_one(app) {
        let skilled = Skilled::new(&app).await;
        let low = skilled.verified("A1", "junior").await;
        assert_eq!(low["replaced_by"], Value::Null);
        let high = skilled.verified("A2", "senior").await;
        assert_eq!(high["replaced_by"], Value::Null);
        let record = skilled.record(&skilled.school.office).await;
        let certificates = record["certificates"].as_array().unwrap();
        let lower = certificates.iter().find(|certificate| certificate["id"] == low["id"]).unwrap();
        assert_eq!((certificates.len(), &lower["replaced_by"]), (2, &high["id"]));
    }

    async fn a_certificate_is_entered_once(app) {
        let skilled = Skilled::new(&app).await;
        let entry = skilled.certificate("zj 001", "junior");
        let post = || send(skilled.school.office.request(Method::POST, CERTIFICATES).header("idempotency-key", "one").json(&entry));
        let first = post().await.expect(201);
        assert_eq!(post().await.expect(201), first, "a repeat");
        let again = skilled.second.post(CERTIFICATES, &skilled.certificate("ZJ001", "senior")).await;
        assert_eq!(wrong_field(again), ("/number".to_owned(), "number-taken".to_owned()));
        let elsewhere = with(skilled.certificate("ZJ001", "junior"), "issuer", json!("另一机构"));
        skilled.second.post(CERTIFICATES, &elsewhere).await.expect(201);
    }

    async fn what_is_wrong_is_named(app) {
        let skilled = Skilled::new(&app).await;
        let other = school(&app, "other", NEXT_COUNTY).await;
        for (field, value, pointer, code) in [
            ("learner", json!(skilled.school.teacher_id), "/learner", "not-a-learner"),
            ("provider_id", json!(other.id), "/provider_id", "not-found"),
            ("provider_id", json!(NO_ID), "/provider_id", "not-found"),
            ("level", Value::Null, "/level", "level-missing"),
            ("kind", json!("vocational_qualification"), "/number", "vocational-number"),
            ("kind", json!("diploma"), "/kind", "unknown"),
            ("issued_on", json!("2026-11-24"), "/issued_on", "date-in-future"),
            ("page", json!(1), "/page", "unknown"),
        ] {
            let reply = skilled.school.office.post(CERTIFICATES, &with(skilled.certificate("1", "junior"), field, value)).await;
            assert_eq!(wrong_field(reply), (pointer.to_owned(), code.to_owned()));
        }
        let reply = skilled.school.office.post(TRAININGS, &with(skilled.training(), "hours", json!(0))).await;
        assert_eq!(wrong_field(reply).0, "/hours");
    }

    async fn a_number_that_is_a_persons_lies_nowhere_in_plain(app) {
        let skilled = Skilled::new(&app).await;
        let licence = with(skilled.certificate(&number(2), "junior"), "kind", json!("driving_licence"));
        let licence = with(licence, "level", Value::Null);
        let seen = skilled.school.office.post(CERTIFICATES, &licence).await.expect(201).to_string();
        let dump = dump(&app).await;
        assert!(!seen.contains(&number(2)) && !dump.contains(&number(2)), "{seen}");
    }

    async fn the_photo_of_a_certificate_lies_sealed_and_each_look_at_it_is_noted(app) {
        let skilled = Skilled::new(&app).await;
        let office = &skilled.school.office;
        let certificate = office.post(CERTIFICATES, &skilled.certificate("A1", "junior")).await.expect(201);
        assert_eq!(certificate["has_photo"], false);
        let path = format!("{CERTIFICATES}/{}/photo", certificate["id"].as_str().unwrap());
        let look = format!("{path}/look");
        assert_eq!(skilled.bureau.post(&look, &json!({})).await.expect_problem(404), "not-found");
        let add = async |client: &Client, bytes: Vec<u8>| send(client.request(Method::POST, &path).body(bytes)).await;
        assert_eq!(wrong_field(add(office, b"no picture".to_vec()).await).0, "/photo");
        assert_eq!(add(&skilled.bureau, picture()).await.expect_problem(403), "forbidden");
        assert_eq!(add(office, picture()).await.expect(201)["has_photo"], true);
        for client in [&skilled.second, &skilled.bureau] {
            let photo = client.post(&look, &json!({})).await;
            assert_eq!((photo.status, &photo.bytes[..2]), (200, &[0xFF, 0xD8][..]));
        }
        assert_eq!(skilled.learner.post(&look, &json!({})).await.expect_problem(404), "not-found");
        let looks = audited(&app, "check_skills").await;
        assert_eq!(looks.iter().filter(|noted| noted.get("photo").is_some()).count(), 2, "{looks:?}");
        for client in [&skilled.second, &skilled.bureau] {
            check(client, CERTIFICATES, &certificate, RIGHT).await.expect(200);
            let refused = add(office, picture()).await.expect(409);
            assert_eq!(refused["code"], "wrong-state");
            assert!(refused["detail"].as_str().unwrap().contains("照片"), "{refused}");
        }
    }

    async fn who_serves_at_a_service_point_sees_the_original_and_is_one_of_the_two_who_check(app) {
        let skilled = Skilled::new(&app).await;
        let clerk = app.person("clerk", &[serving(&skilled.school, "330502")]).await;
        let elsewhere = app.person("elsewhere", &[serving(&skilled.school, "330503")]).await;
        let at_no_point = app.staff("at-no-point", Role::ServicePointClerk, "330502").await;
        assert_eq!(at_no_point.get(CERTIFICATES).await.expect_problem(403), "forbidden");
        let certificate = skilled.school.office.post(CERTIFICATES, &skilled.certificate("A1", "junior")).await.expect(201);
        let path = format!("{CERTIFICATES}/{}/photo", certificate["id"].as_str().unwrap());
        send(skilled.school.office.request(Method::POST, &path).body(picture())).await.expect(201);
        for (client, waits, listed) in [(&clerk, 1, 1), (&elsewhere, 0, 0)] {
            assert_eq!(waiting(client, "certificates_to_check").await, waits);
            let rows = client.get(CERTIFICATES).await.expect(200)["items"].clone();
            assert_eq!(rows.as_array().unwrap().len(), listed);
        }
        assert_eq!(clerk.post(&format!("{path}/look"), &json!({})).await.status, 200);
        assert_eq!(elsewhere.post(&format!("{path}/look"), &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(check(&elsewhere, CERTIFICATES, &certificate, RIGHT).await.expect_problem(404), "not-found");
        let own = skilled.certificate("A2", "junior");
        assert_eq!(clerk.post(CERTIFICATES, &own).await.expect_problem(403), "forbidden", "who checks records nothing");

        assert_eq!(check(&clerk, CERTIFICATES, &certificate, RIGHT).await.expect(200)["state"], "checked");
        assert_eq!(check(&clerk, CERTIFICATES, &certificate, RIGHT).await.expect_problem(409), "second-person-needed");
        assert_eq!(check(&skilled.bureau, CERTIFICATES, &certificate, RIGHT).await.expect(200)["state"], "verified");
        let noted = audited(&app, "check_skills").await;
        let points: Vec<_> = noted.iter().map(|noted| noted["service_point"].clone()).collect();
        assert_eq!(points, [json!(POINT), json!(POINT), Value::Null], "the look and the check are the point's, not the bureau's");
        assert_eq!(skilled.record(&clerk).await["certificates"][0]["state"], "verified");
        assert_eq!(clerk.get("/api/v1/people").await.expect_problem(403), "forbidden", "an outcome is no person's file");
    }

    async fn what_was_recorded_by_mistake_is_withdrawn_and_can_be_recorded_again(app) {
        let skilled = Skilled::new(&app).await;
        let office = &skilled.school.office;
        let typed = office.post(CERTIFICATES, &skilled.certificate("A1", "junior")).await.expect(201);
        assert_eq!(wrong_field(withdraw(office, CERTIFICATES, &typed, " ").await), ("/reason".to_owned(), "required".to_owned()));
        let gone = withdraw(office, CERTIFICATES, &typed, "等级填错").await.expect(200);
        assert_eq!((&gone["state"], &gone["reason"]), (&json!("withdrawn"), &json!("等级填错")));
        assert_eq!(withdraw(office, CERTIFICATES, &typed, "等级填错").await.expect_problem(409), "wrong-state");
        assert_eq!(check(&skilled.second, CERTIFICATES, &typed, RIGHT).await.expect_problem(409), "wrong-state");
        skilled.verified("A1", "senior").await;
        let again = office.post(CERTIFICATES, &skilled.certificate("A1", "junior")).await;
        assert_eq!(wrong_field(again), ("/number".to_owned(), "number-taken".to_owned()));

        let training = office.post(TRAININGS, &skilled.training()).await.expect(201);
        for client in [&skilled.second, &skilled.bureau] {
            check(client, TRAININGS, &training, RIGHT).await.expect(200);
        }
        assert_eq!(withdraw(office, TRAININGS, &training, "重复").await.expect_problem(409), "second-person-needed");
        withdraw(&skilled.second, TRAININGS, &training, "重复").await.expect(200);
        let own = skilled.learner.get("/api/v1/me/skill_record").await.expect(200);
        assert_eq!((&own["verified_hours"], &own["trainings"][0]["state"]), (&json!(0), &json!("withdrawn")));
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(withdraw(&county, TRAININGS, &training, "重复").await.expect_problem(403), "forbidden");
    }

    async fn what_schools_recorded_is_listed_by_its_state(app) {
        let skilled = Skilled::new(&app).await;
        let (office, county) = (&skilled.school.office, app.staff("county", Role::CountyBureau, "330502").await);
        let first = office.post(TRAININGS, &skilled.training()).await.expect(201);
        let second = office.post(TRAININGS, &skilled.training()).await.expect(201);
        office.post(CERTIFICATES, &skilled.certificate("A1", "junior")).await.expect(201);
        let to_check = async |client: &Client| (waiting(client, "trainings_to_check").await, waiting(client, "certificates_to_check").await);
        assert_eq!((to_check(&county).await, to_check(&skilled.second).await, to_check(office).await), ((2, 1), (2, 1), (0, 0)));
        check(&county, TRAININGS, &first, RIGHT).await.expect(200);
        assert_eq!((to_check(&county).await, to_check(&skilled.second).await), ((1, 1), (2, 1)), "who has checked it waits for another");
        let ids = |page: Value| page["items"].as_array().unwrap().iter().map(|row| row["training"]["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(county.get(TRAININGS).await.expect(200)), [second["id"].clone(), first["id"].clone()]);
        let claimed = county.get(&format!("{TRAININGS}?state=claimed")).await.expect(200);
        assert_eq!((&claimed["items"][0]["display_name"], &claimed["items"][0]["school_name"]), (&json!("zhang"), &json!("school")));
        assert_eq!(ids(claimed), [second["id"].clone()]);
        let waits = async |client: &Client| ids(client.get(&format!("{TRAININGS}?waits=true")).await.expect(200));
        assert_eq!((waits(&county).await, waits(&skilled.second).await), (vec![second["id"].clone()], vec![second["id"].clone(), first["id"].clone()]));
        let school_id = skilled.school.id;
        for (place, found) in [(format!("provider_id={school_id}"), 2), ("division=330503".to_owned(), 0)] {
            assert_eq!(ids(county.get(&format!("{TRAININGS}?{place}")).await.expect(200)).len(), found, "{place}");
        }
        let page = county.get(&format!("{TRAININGS}?limit=1")).await.expect(200);
        let rest = county.get(&format!("{TRAININGS}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await.expect(200);
        assert_eq!(ids(rest), [first["id"].clone()]);
        let other = school(&app, "other", NEXT_COUNTY).await;
        assert_eq!(ids(other.office.get(TRAININGS).await.expect(200)), [] as [Value; 0]);
        assert_eq!(skilled.learner.get(TRAININGS).await.expect_problem(403), "forbidden");
    }

    async fn the_skills_of_a_class_are_summed_up_for_who_keeps_them(app) {
        let taught = super::taught(&app).await;
        let (office, learner) = (&taught.school.office, taught.learners[0].0);
        let training = json!({ "learner": learner, "provider_id": taught.school.id, "occupation": "缝纫工", "organiser": "本校",
            "hours": 40, "starts_on": "2026-10-01", "ends_on": "2026-10-20" });
        let first = office.post(TRAININGS, &training).await.expect(201);
        office.post(TRAININGS, &training).await.expect(201);
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let head = app.staff("countyhead", Role::CountyBureau, "330502").await;
        for client in [&county, &head] {
            check(client, TRAININGS, &first, RIGHT).await.expect(200);
        }
        let path = format!("{}/skills", taught.path);
        let sum = |account: AccountId, name: &str, hours: u32, to_check: u32| json!({ "account_id": account,
            "display_name": name, "verified_hours": hours, "certificates": 0, "to_check": to_check });
        let expected = json!([sum(taught.learners[1].0, "shen", 0, 0), sum(learner, "zhang", 40, 1)]);
        assert_eq!(office.get(&path).await.expect(200), expected);
        assert_eq!(county.get(&path).await.expect(200), expected);
        assert_eq!(taught.school.teacher.get(&path).await.expect_problem(403), "forbidden");
        assert_eq!(taught.learners[0].1.get(&path).await.expect_problem(404), "not-found");
        let record = office.get(&format!("/api/v1/skill_records/{learner}")).await.expect(200);
        assert_eq!(record["schools"], json!([{ "provider_id": taught.school.id, "name": "school" }]));
        assert_eq!(county.get(&format!("/api/v1/skill_records/{learner}")).await.expect(200)["schools"], json!([]));
    }

    async fn skills_are_seen_at_ones_own_places(app) {
        let skilled = Skilled::new(&app).await;
        let other = school(&app, "other", NEXT_COUNTY).await;
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let training = skilled.school.office.post(TRAININGS, &skilled.training()).await.expect(201);
        assert_eq!(skilled.record(&county).await["trainings"].as_array().unwrap().len(), 1);
        let path = format!("/api/v1/skill_records/{}", skilled.learner_id);
        assert_eq!(other.office.get(&path).await.expect_problem(404), "not-found");
        assert_eq!(skilled.learner.get(&path).await.expect_problem(403), "forbidden");
        assert_eq!(skilled.school.office.get(&format!("/api/v1/skill_records/{NO_ID}")).await.expect_problem(404), "not-found");
        assert_eq!(check(&other.office, TRAININGS, &training, RIGHT).await.expect_problem(404), "not-found");
        assert_eq!(check(&skilled.school.teacher, TRAININGS, &training, RIGHT).await.expect_problem(404), "not-found");
        let wrong = county.post(TRAININGS, &skilled.training()).await;
        assert_eq!(wrong.expect_problem(403), "forbidden");
        check(&county, TRAININGS, &training, RIGHT).await.expect(200);
    }
}
