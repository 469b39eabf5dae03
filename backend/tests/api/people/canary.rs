//! A number and a phone that must not turn up anywhere: not in the store, not in replies, not in logs.

use super::{HERE, PEOPLE, change, office, path, texts, towns};
use crate::support::{Client, Operation, Program, TestApp, db_tests, execute, send};
use backend::platform::clock::{Clock, SystemClock};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::rights::Role;

/// Numbers of documents, the right one and the wrong one, and phones: fixtures that nobody can have.
const CANARIES: [&str; 4] = ["330199198503140022", "330199200210300037", "19900009137", "19900009138"];

/// The canaries as they may not be found: plain, as bytes in hexadecimal, and as a plain hash, which
/// anybody could find by trying all numbers.
fn forms() -> Vec<String> {
    let forms = |canary: &str| [canary.to_owned(), hex::encode(canary), hex::encode(Sha256::digest(canary))];
    CANARIES.into_iter().flat_map(forms).collect()
}

#[track_caller]
fn assert_silent(text: &str, place: &str) {
    let text = text.to_lowercase();
    for form in forms() {
        assert!(!text.contains(&form), "{form} is in {place}");
    }
}

/// Everything that can be done with a person's numbers, at the server that `office` talks to.
async fn use_numbers(office: &Client) -> Value {
    let body = json!({
        "name": "张秀英", "document": { "kind": "resident_identity_card", "number": CANARIES[1] },
        "phone": CANARIES[2], "household_division": HERE, "residence_division": HERE,
    });
    let request = office.request(Method::POST, PEOPLE).header("idempotency-key", "canary").json(&body);
    let added = send(request).await.expect(201);
    assert_silent(&added.to_string(), "the reply to POST /people");
    let right = json!({ "kind": "resident_identity_card", "number": CANARIES[0] });
    let correction = json!({ "document": right, "reason": "填错" });
    change(office, Method::POST, &format!("{}/documents", path(&added)), &json!(1), &correction).await.expect(200);
    let phone = json!({ "phone": CANARIES[3] });
    change(office, Method::PUT, &format!("{}/phone", path(&added)), &json!(2), &phone).await.expect(200);
    office.post(&format!("{PEOPLE}/find"), &right).await.expect(200);
    let reveal = json!({ "purpose": "call_person", "note": "联系" });
    let shown = office.post(&format!("{}/reveal", path(&added)), &reveal).await.expect(200);
    assert_eq!((&shown["document"]["number"], &shown["phone"]), (&json!(CANARIES[0]), &json!(CANARIES[3])));
    // Refusals name the field, and never repeat what was sent.
    for wrong in [
        json!({ "kind": "resident_identity_card", "number": format!("{}9", CANARIES[0]) }),
        json!({ "kind": CANARIES[0], "number": CANARIES[0] }),
        json!({ "kind": "passport", "number": [CANARIES[0]] }),
    ] {
        let reply = office.post(&format!("{PEOPLE}/find"), &wrong).await;
        assert_eq!(reply.status, 422);
        assert_silent(&String::from_utf8_lossy(&reply.bytes), "a refusal");
    }
    // Somebody types a number where a name belongs: it would stand in addresses. No page sends it, and nobody takes it.
    for list in ["people", "roster", "enrolments"] {
        let found = office.get(&format!("/api/v1/{list}?name={}", CANARIES[0])).await;
        assert_eq!(found.status, 422, "{list}");
        assert_silent(&String::from_utf8_lossy(&found.bytes), list);
    }
    let noted = json!({ "purpose": "call_person", "note": CANARIES[3] });
    assert_silent(&office.post(&format!("{}/reveal", path(&added)), &noted).await.expect(422).to_string(), "a refusal");
    added
}

/// All that the store holds, as text.
pub(crate) async fn dump(app: &TestApp) -> String {
    if let Some(file) = app.store.url().strip_prefix("sqlite://") {
        let files = [file.to_owned(), format!("{file}-wal")];
        let bytes: Vec<u8> = files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let tables =
        texts(app, "SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = 'public'")
            .await;
    let mut dump = String::new();
    for table in tables {
        dump.push_str(&texts(app, &format!("SELECT CAST(row AS text) FROM \"{table}\" AS row")).await.join("\n"));
    }
    dump
}

db_tests! {
    async fn no_number_lies_in_the_store(app) {
        towns(&app).await;
        use_numbers(&office(&app, "wang", HERE).await).await;
        let dump = dump(&app).await;
        assert!(dump.contains("张秀英") && dump.contains("call_person"), "the dump holds what was written");
        assert_silent(&dump, "the store");
    }

    async fn no_reply_but_the_reveal_holds_a_number(app) {
        towns(&app).await;
        let keeper = office(&app, "wang", HERE).await;
        let added = use_numbers(&keeper).await;
        let ids = [added["id"].as_str().unwrap().to_owned(), added["documents"][0]["id"].as_str().unwrap().to_owned()];
        let mut askers = vec![app.stranger(), keeper];
        // Who is told what is decided above the stores, and one of them need tell.
        let is_embedded = app.store.redis().is_none();
        for role in Role::ALL.iter().filter(|role| is_embedded && **role != Role::Learner) {
            askers.push(app.staff(role.as_str(), *role, "33").await);
        }
        for operation in Operation::all().iter().filter(|operation| operation.method == Method::GET) {
            for path in operation.paths(&ids) {
                for asker in &askers {
                    let reply = asker.get(&path).await;
                    assert_silent(&String::from_utf8_lossy(&reply.bytes), &path);
                }
            }
        }
    }

    async fn no_log_holds_a_number(app) {
        // The program has a clock of its own, by which the log-in must be valid.
        app.clock.set(SystemClock.now());
        towns(&app).await;
        let keeper = office(&app, "wang", HERE).await;
        let mut program = Program::start_with(&app.store, &[("CHENGXI_LOG", "trace")]).await;
        let keeper = keeper.at(program.address);
        let added = use_numbers(&keeper).await;
        // What breaks is logged with its chain of errors.
        execute(&app, "UPDATE person_document SET number = (SELECT phone FROM person)").await;
        let reveal = json!({ "purpose": "call_person", "note": "联系" });
        let broken = keeper.post(&format!("{}/reveal", path(&added)), &reveal).await;
        assert_eq!(broken.expect_problem(500), "internal");
        program.stop().await;
        let log = program.log_until("server.stopped").await;
        assert!(log.contains("person_document.number does not open"), "the log tells of the error: {log}");
        assert_silent(&log, "the log");
    }
}
