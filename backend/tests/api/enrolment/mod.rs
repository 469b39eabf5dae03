//! 学籍: from the desk of a school to a learner who logs in.

mod activation;
mod amending;
mod attachments;
mod corrections;
mod form;
mod leaving;
mod login_names;
mod messages;
mod places;
mod refusals;
mod rules;
mod school_changes;
mod steps;

use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, audited, canary::dump, enter, number, office, texts, towns},
    support::{Client, Reply, TestApp, db_tests, send},
    work::waiting,
};
use futures::future::join;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ProviderId, rights::Role};
use std::io::Cursor;

const ENROLMENTS: &str = "/api/v1/enrolments";
const CHECK: &str = "/api/v1/enrolments/check";

/// A school with two of its office, and who answers for it above.
pub(crate) struct Desk {
    pub(crate) school: ProviderId,
    /// Enters and submits.
    pub(crate) clerk: Client,
    /// Reviews for the school.
    head: Client,
    county: Client,
    city: Client,
}

impl Desk {
    pub(crate) async fn open(app: &TestApp) -> Self {
        Self {
            school: towns(app).await,
            clerk: office(app, "clerk", HERE).await,
            head: office(app, "head", HERE).await,
            county: app.staff("county", Role::CountyBureau, "330502").await,
            city: app.staff("city", Role::CityAuditor, "3305").await,
        }
    }

    /// The nth person, from the street.
    fn stated(&self, n: u32) -> Value {
        stated(self.school, n)
    }

    /// Enrols the nth person.
    pub(crate) async fn enrol(&self, n: u32) -> Value {
        self.clerk.post(ENROLMENTS, &self.stated(n)).await.expect(201)
    }

    /// Adds photos of the papers to a record, and submits it.
    pub(crate) async fn submit(&self, record: &Value) -> Value {
        for kind in ["id_card", "diploma"] {
            add_paper(&self.clerk, record, kind).await;
        }
        step(&self.clerk, record, "submit", "").await.expect(200)
    }

    /// Leads a record of the senior level through all reviews.
    pub(crate) async fn register(&self, record: &Value) -> Value {
        let submitted = self.submit(record).await;
        let reviewed = step(&self.head, &submitted, "approve", "").await.expect(200);
        let approved = step(&self.county, &reviewed, "approve", "").await.expect(200);
        step(&self.city, &approved, "approve", "").await.expect(200)
    }
}

/// The nth person wants to finish senior school.
fn stated(school: ProviderId, n: u32) -> Value {
    json!({
        "provider_id": school, "level": "senior", "education_level": "71",
        "applicant": {
            "kind": "stated", "name": format!("张秀英{n}"), "phone": "19900009137",
            "document": { "kind": "resident_identity_card", "number": number(n) },
        },
    })
}

/// Adds a photo of a paper to a record.
async fn add_paper(client: &Client, record: &Value, kind: &str) {
    let mut photo = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(8, 8).write_to(&mut photo, ImageFormat::Png).unwrap();
    let path = format!("{}/attachments?kind={kind}", path(record));
    send(client.request(Method::POST, &path).body(photo.into_inner())).await.expect(201);
}

fn path(view: &Value) -> String {
    format!("{ENROLMENTS}/{}", view["record"]["id"].as_str().unwrap())
}

/// Takes a step of a record as it was seen.
pub(crate) async fn step(client: &Client, seen: &Value, step: &str, reason: &str) -> Reply {
    step_once(client, seen, step, reason, "").await
}

async fn step_once(client: &Client, seen: &Value, step: &str, reason: &str, key: &str) -> Reply {
    let request = client.request(Method::POST, &format!("{}/steps", path(seen))).header("idempotency-key", key);
    let request = request.header("if-match", format!("\"{}\"", seen["record"]["version"]));
    send(request.json(&json!({ "step": step, "reason": reason }))).await
}

/// The number of rows of a table.
async fn count(app: &TestApp, table: &str) -> String {
    texts(app, &format!("SELECT CAST(COUNT(*) AS text) FROM {table}")).await.remove(0)
}

db_tests! {
    async fn four_fields_enrol_somebody_from_the_street(app) {
        let desk = Desk::open(&app).await;
        let verdict = desk.clerk.post(CHECK, &desk.stated(2)).await.expect(200);
        assert_eq!((&verdict["refusal"], &verdict["age"], &verdict["rule"]["region"]), (&Value::Null, &json!(41), &json!("33")));
        assert_eq!(count(&app, "person").await, "0", "a check writes nothing");

        let enrolled = desk.enrol(2).await;
        let record = &enrolled["record"];
        assert_eq!((&record["state"], &record["version"], &record["name"]), (&json!("applied"), &json!(1), &json!("张秀英2")));
        assert_eq!((&record["enrolled_on"], &record["learner_number"]), (&json!("2026-11-23"), &Value::Null));
        assert_eq!((&enrolled["person"]["sex"], &enrolled["person"]["division"]), (&json!("female"), &json!(HERE)));
        assert_eq!((&enrolled["rule"]["valid_from"], &enrolled["age"]), (&json!("2022-01-01"), &json!(41)));
        assert_eq!(enrolled["open_steps"], json!(["withdraw"]), "papers are missing");
        let seen = desk.head.get(&path(&enrolled)).await;
        assert_eq!(seen.headers["etag"], "\"1\"");
        assert_eq!(seen.expect(200), enrolled);
        let noted = &audited(&app, "keep_enrolments").await[0];
        assert_eq!((&noted["record"], &noted["person"]), (&record["id"], &record["person_id"]));
    }

    async fn a_repeat_makes_no_second_record(app) {
        let desk = Desk::open(&app).await;
        let once = async |body: &Value| {
            send(desk.clerk.request(Method::POST, ENROLMENTS).header("idempotency-key", "one").json(body)).await
        };
        let first = once(&desk.stated(2)).await.expect(201);
        assert_eq!(once(&desk.stated(2)).await.expect(201), first);
        assert_eq!(once(&desk.stated(4)).await.expect_problem(422), "idempotency-conflict");
        assert_eq!(count(&app, "student_record").await, "1");
        assert!(!texts(&app, "SELECT request_hash || reply FROM idempotency_key").await.join("").contains(&number(2)));
    }

    async fn an_enrolment_that_two_devices_send_at_the_same_moment_is_one(app) {
        let desk = Desk::open(&app).await;
        let laptop = app.log_in("clerk").await;
        let body = desk.stated(2);
        let send_once = |device: &Client| {
            send(device.request(Method::POST, ENROLMENTS).header("idempotency-key", "one").json(&body))
        };
        let (one, other) = join(send_once(&desk.clerk), send_once(&laptop)).await;
        assert_eq!(one.expect(201), other.expect(201), "both are told of the same record");
        assert_eq!((count(&app, "student_record").await, count(&app, "person").await), ("1".to_owned(), "1".to_owned()));
        assert_eq!(audited(&app, "keep_enrolments").await.iter().filter(|noted| !noted["record"].is_null()).count(), 1);
    }

    async fn two_offices_at_the_same_moment_make_one_record(app) {
        let desk = Desk::open(&app).await;
        let body = desk.stated(2);
        let (one, other) = join(desk.clerk.post(ENROLMENTS, &body), desk.head.post(ENROLMENTS, &body)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);

        let (next_door, neighbour) = neighbour(&app).await;
        let theirs = stated(next_door, 4);
        let body = desk.stated(4);
        let (one, other) = join(desk.clerk.post(ENROLMENTS, &body), neighbour.post(ENROLMENTS, &theirs)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!((count(&app, "student_record").await, count(&app, "person").await), ("2".to_owned(), "2".to_owned()));
    }

    async fn the_roster_shows_who_has_enrolled(app) {
        let desk = Desk::open(&app).await;
        let list = format!("姓名,身份证号,文化程度,学历提升意愿\n张三,{},初中毕业,高中\n", number(2));
        crate::roster::take(&app, &desk.clerk, &list).await;
        let entry = desk.clerk.get("/api/v1/roster").await.expect(200)["items"][0].clone();
        let state = async || desk.clerk.get("/api/v1/roster").await.expect(200)["items"][0]["state"].clone();
        assert_eq!(state().await, "intent_yes");

        let applicant = json!({ "kind": "listed", "entry_id": entry["id"] });
        let new = json!({ "provider_id": desk.school, "level": "senior", "applicant": applicant });
        let enrolled = desk.clerk.post(ENROLMENTS, &new).await.expect(201);
        assert_eq!((&enrolled["roster_entry_id"], &enrolled["education_level"]), (&entry["id"], &json!("71")));
        assert_eq!(state().await, "enrolled");
        crate::roster::take(&app, &desk.clerk, &format!("{list}\n")).await;
        assert_eq!(state().await, "enrolled", "an import does not undo it");
        step(&desk.clerk, &enrolled, "withdraw", "要外出打工").await.expect(200);
        assert_eq!(state().await, "intent_yes", "nothing of it stands, so the list counts again");
    }

    async fn somebody_known_enrols_by_name_alone(app) {
        let desk = Desk::open(&app).await;
        let known = desk.clerk.post(PEOPLE, &crate::people::person(2, HERE)).await.expect(201);
        let applicant = json!({ "kind": "known", "person_id": known["id"] });
        let new = json!({ "provider_id": desk.school, "level": "junior", "is_literate": true, "applicant": applicant });
        let enrolled = desk.clerk.post(ENROLMENTS, &new).await.expect(201);
        assert_eq!((&enrolled["record"]["person_id"], &enrolled["record"]["level"]), (&known["id"], &json!("junior")));
        let by_street = desk.clerk.post(CHECK, &desk.stated(2)).await.expect(200);
        assert_eq!(by_street["refusal"]["key"], "enrolment-refused.already-enrolled");
    }

    async fn no_number_lies_in_the_store(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = desk.clerk.post(&format!("{}/activation_codes", path(&registered)), &json!({})).await.expect(201);
        let code = slip["code"].as_str().unwrap().replace(' ', "");
        let dump = dump(&app).await;
        assert!(dump.contains("张秀英2"), "the dump holds what was written");
        for canary in [number(2).as_str(), "19900009137", &code, slip["code"].as_str().unwrap()] {
            assert!(!dump.contains(canary), "{canary} is in the store");
        }
        assert!(!registered.to_string().contains(&number(2)));
    }
}

/// A school next door and its office.
async fn neighbour(app: &TestApp) -> (ProviderId, Client) {
    let school = enter(app, &crate::exam_world::school(NEXT_DOOR)).await;
    (school, office(app, "neighbour", NEXT_DOOR).await)
}
