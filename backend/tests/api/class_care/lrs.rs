//! What a system of others reads of a class, asked as the standard of statements has it. Which of its public requirements
//! hold, docs/lrs-conformance.md says, with the tests that ask them.

use super::{
    Class,
    statements::{study, taken},
};
use crate::{
    learning::studying,
    people::audited,
    support::{Client, Reply, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{learning::statement_faults, rights::Role, time::Timestamp};
use std::{fs, path::Path};

const NAME: &str = "市学情分析平台";

/// A system that was let read.
struct System {
    client: Client,
    id: String,
    secret: String,
    /// The public address of this system.
    home: String,
}

impl System {
    /// One that the school's office lets read until a day.
    async fn of(app: &TestApp, office: &Client, class: &Class, until: &str) -> Self {
        let entry = json!({ "name": NAME, "until": until });
        let given = office.post(&class.path("statement_readers"), &entry).await.expect(201);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let home = text(&given["address"]).strip_suffix("/xapi").unwrap().to_owned();
        Self { client: app.stranger(), id: text(&given["reader"]["id"]), secret: text(&given["secret"]), home }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, path).basic_auth(&self.id, Some(&self.secret));
        request.header("x-experience-api-version", "1.0.3")
    }

    /// Asks for statements.
    async fn ask(&self, parameters: &[(&str, &str)]) -> Reply {
        told(send(self.request(Method::GET, "/xapi/statements").query(parameters)).await)
    }

    async fn read(&self, parameters: &[(&str, &str)]) -> Vec<Value> {
        statements(self.ask(parameters).await.expect(200))
    }
}

/// The reply, which says its version and until when it is whole.
#[track_caller]
fn told(reply: Reply) -> Reply {
    let header = |name: &str| reply.headers[name].to_str().unwrap();
    assert_eq!(header("x-experience-api-version"), "1.0.3");
    header("x-experience-api-consistent-through").parse::<Timestamp>().unwrap();
    reply
}

fn statements(found: Value) -> Vec<Value> {
    found["statements"].as_array().unwrap().clone()
}

/// A statement as it leaves as a document: without what an LRS adds.
fn handed_over(mut statement: Value) -> Value {
    for added in ["authority", "stored", "version"] {
        statement.as_object_mut().unwrap().remove(added).unwrap();
    }
    statement
}

/// Everything, page by page, as each answer leads to the next.
async fn all_pages(system: &System, path: &str) -> Vec<Value> {
    let (mut all, mut path) = (Vec::new(), path.to_owned());
    while !path.is_empty() {
        let page = told(send(system.request(Method::GET, &path)).await).expect(200);
        assert_eq!(page.as_object().unwrap().len(), 2, "{page}");
        let rows = page["statements"].as_array().unwrap();
        assert!(rows.len() <= 3, "{page}");
        all.extend(rows.iter().cloned());
        path = page["more"].as_str().unwrap().to_owned();
    }
    all
}

/// A class in which a learner studied, long enough ago that nothing goes on, and the office of its school.
async fn studied(app: &TestApp) -> (Class, Client) {
    let learner = studying(app).await;
    let class = Class::of(app, &learner).await;
    study(app, &learner).await;
    app.clock.advance_s(60);
    (class, app.staff("office", Role::SchoolOffice, "330502").await)
}

db_tests! {
    async fn a_system_that_was_let_reads_what_a_class_did(app) {
        let (class, office) = studied(&app).await;
        let system = System::of(&app, &office, &class, "2026-12-31").await;
        let reply = system.ask(&[]).await;
        assert_eq!(reply.headers["content-type"], "application/json");
        let found = reply.expect(200);
        assert_eq!((found.as_object().unwrap().len(), &found["more"]), (2, &json!("")));
        let mut read = statements(found);
        read.reverse();
        let same: Vec<_> = read.iter().cloned().map(handed_over).collect();
        assert_eq!(json!(same), taken(&class).await, "it is what leaves as a document, the last first");
        assert!(same.iter().all(|one| statement_faults(one).is_empty()));
        assert!(read.iter().all(|one| one["stored"] == one["timestamp"] && one["version"] == "1.0.3"));
        assert!(!json!(read).to_string().contains("\"late\""), "nobody is named");
        assert_eq!(all_pages(&system, "/xapi/statements?limit=3&ascending=true").await, read);

        let id = read[0]["id"].as_str().unwrap();
        let one = system.ask(&[("statementId", id)]).await;
        assert_eq!(one.headers["last-modified"], "Mon, 23 Nov 2026 01:00:01 GMT");
        assert_eq!(one.expect(200), read[0]);
        for other in ["statementId", "voidedStatementId"] {
            let unknown = system.ask(&[(other, "0190a1b2-0000-5000-8000-000000000001")]).await;
            assert_eq!(unknown.expect_problem(404), "not-found", "{other}");
        }
        let head = told(send(system.request(Method::HEAD, "/xapi/statements")).await);
        assert_eq!((head.status, head.bytes.len()), (200, 0));
    }

    async fn a_system_is_answered_what_it_asks_for(app) {
        let (class, office) = studied(&app).await;
        let system = System::of(&app, &office, &class, "2026-12-31").await;
        let all = system.read(&[]).await;
        let launched = all.last().unwrap();
        let actor = launched["actor"].to_string();
        let registration = launched["context"]["registration"].as_str().unwrap();
        let unit = launched["object"]["id"].as_str().unwrap();
        let course = launched["context"]["contextActivities"]["parent"][0]["id"].as_str().unwrap();
        let authority = json!({ "account": { "homePage": system.home, "name": "chengxi" } }).to_string();
        let began = launched["stored"].as_str().unwrap();
        for (parameters, expected) in [
            (vec![("agent", actor.as_str())], 8),
            (vec![("agent", r#"{"mbox":"mailto:a@b.example"}"#)], 0),
            (vec![("agent", authority.as_str())], 0),
            (vec![("agent", authority.as_str()), ("related_agents", "true")], 8),
            (vec![("verb", "http://adlnet.gov/expapi/verbs/answered")], 2),
            (vec![("activity", unit)], 5),
            (vec![("activity", course)], 1),
            (vec![("activity", course), ("related_activities", "true")], 8),
            (vec![("registration", registration)], 8),
            (vec![("since", began)], 5),
            (vec![("until", began)], 3),
            (vec![("limit", "2")], 2),
            (vec![("limit", "0")], 8),
        ] {
            assert_eq!(system.read(&parameters).await.len(), expected, "{parameters:?}");
        }
        for format in ["exact", "canonical"] {
            assert_eq!(system.read(&[("format", format)]).await, all);
        }
        let by_ids = system.read(&[("format", "ids")]).await;
        assert_eq!(by_ids.last().unwrap()["object"], json!({ "id": unit }));

        assert_eq!(system.ask(&[("attachments", "false")]).await.headers["content-type"], "application/json");
        let parts = system.ask(&[("attachments", "true"), ("limit", "1")]).await;
        let content_type = parts.headers["content-type"].to_str().unwrap().to_owned();
        let boundary = content_type.strip_prefix("multipart/mixed; boundary=").unwrap();
        let body = String::from_utf8(parts.bytes).unwrap();
        let part = body.strip_prefix(&format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n")).unwrap();
        let only: Value = serde_json::from_str(part.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap()).unwrap();
        assert_eq!(statements(only), all[..1]);
    }

    async fn what_the_standard_does_not_know_is_refused(app) {
        let (class, office) = studied(&app).await;
        let system = System::of(&app, &office, &class, "2026-12-31").await;
        for parameters in [
            &[("stated", "1")][..],
            &[("Limit", "1")],
            &[("limit", "many")],
            &[("agent", "nobody")],
            &[("since", "yesterday")],
            &[("statementId", "7")],
            &[("statementId", "0190a1b2-0000-5000-8000-000000000001"), ("limit", "1")],
            &[("voidedStatementId", "0190a1b2-0000-5000-8000-000000000001"), ("verb", "http://a.example/did")],
        ] {
            let refused = system.ask(parameters).await;
            assert_eq!(refused.expect_problem(400), "malformed", "{parameters:?}");
        }
        for version in [None, Some("2.0.0"), Some("0.95")] {
            let request = app.stranger().request(Method::GET, "/xapi/statements");
            let request = request.basic_auth(&system.id, Some(&system.secret));
            let request = version.into_iter().fold(request, |asked, said| asked.header("x-experience-api-version", said));
            assert_eq!(told(send(request).await).expect_problem(400), "malformed", "{version:?}");
        }
        let about = app.stranger().get("/xapi/about").await;
        assert_eq!(about.headers["x-experience-api-version"], "1.0.3");
        assert_eq!(about.expect(200), json!({ "version": ["1.0.3"] }));
    }

    async fn nobody_reads_but_who_was_let_and_as_long_as_they_are(app) {
        let (class, office) = studied(&app).await;
        let path = class.path("statement_readers");
        let entry = json!({ "name": NAME, "until": "2026-11-23" });
        assert_eq!(class.tutor.post(&path, &entry).await.expect_problem(403), "forbidden");
        for client in class.strangers(&app).await {
            assert_eq!(client.post(&path, &entry).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&path).await.expect_problem(404), "not-found");
        }
        let late = json!({ "name": " ", "until": "2028-01-01" });
        assert_eq!(office.post(&path, &late).await.expect_problem(422), "invalid");

        let first = System::of(&app, &office, &class, "2026-12-31").await;
        assert_eq!(first.ask(&[]).await.status, 200);
        assert!(audited(&app, "keep_classes").await.contains(&json!({ "given": first.id, "until": "2026-12-31" })));
        let again = System::of(&app, &office, &class, "2026-11-23").await;
        let refused = first.ask(&[]).await;
        assert!(refused.headers["www-authenticate"].to_str().unwrap().starts_with("Basic "));
        assert_eq!(refused.expect_problem(401), "unauthenticated", "who is let again has another secret");
        let guessing = System { secret: "0".repeat(64), ..System::of(&app, &office, &class, "2026-11-23").await };
        assert_eq!(guessing.ask(&[]).await.expect_problem(401), "unauthenticated");
        assert_eq!(again.ask(&[]).await.expect_problem(401), "unauthenticated");
        let stranger = app.stranger().request(Method::GET, "/xapi/statements");
        assert_eq!(told(send(stranger).await).expect_problem(401), "unauthenticated");
        let tutor = class.tutor.request(Method::GET, "/xapi/statements");
        assert_eq!(told(send(tutor).await).expect_problem(401), "unauthenticated", "persons do not read here");

        let last = System::of(&app, &office, &class, "2026-11-23").await;
        let listed = office.get(&path).await.expect(200);
        let states: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!(states.iter().filter(|state| **state == "open").count(), 1, "{listed}");
        assert!(!listed.to_string().contains(&last.secret), "a secret is told once");
        let end = format!("/api/v1/statement_readers/{}/end", last.id);
        assert_eq!(class.tutor.post(&end, &json!({})).await.expect_problem(403), "forbidden");
        for _ in 0..2 {
            assert_eq!(office.post(&end, &json!({})).await.expect(200)["state"], "ended");
        }
        assert_eq!(last.ask(&[]).await.status, 401);
        let until_today = System::of(&app, &office, &class, "2026-11-23").await;
        assert_eq!(until_today.ask(&[]).await.status, 200);
        app.clock.advance_s(86_400);
        assert_eq!(until_today.ask(&[]).await.status, 401);
    }
}

/// Every row of docs/lrs-conformance.md names a test that is there, or says why none is; and it counts them.
#[test]
fn what_is_said_to_hold_is_asked_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let rules = ["question", "reading", "session"].map(|part| format!("shared/src/learning/statement/{part}/tests.rs"));
    let tests: String =
        rules.iter().map(|path| text(path)).chain([text("backend/tests/api/class_care/lrs.rs")]).collect();
    let list = text("docs/lrs-conformance.md");
    let rows: Vec<_> = list.lines().filter(|line| line.starts_with("| XAPI-")).collect();
    let named = |row: &&&str| row.trim_end_matches(" |").rsplit(" | ").next().unwrap().starts_with('`');
    for row in rows.iter().filter(named) {
        let test = row.rsplit('`').nth(1).unwrap();
        assert!(tests.contains(&format!("fn {test}(")), "{row}");
    }
    let count = format!("**{} of {}**", rows.iter().filter(named).count(), rows.len());
    println!("requirements of reading that hold: {count}");
    assert!(list.contains(&count), "docs/lrs-conformance.md has to say {count}");
}
