//! Two records of one human become one, by three people, and apart again within thirty days.

mod across;
mod facts;
mod killed;
mod moves;
mod namesakes;
mod refusals;
mod schema;
mod wealth;

use super::{HERE, NEXT_DOOR, PEOPLE, add, audited, change, document, listed, number, office, path, texts, towns};
use crate::support::{Client, Reply, TestApp, db_tests, send};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::rights::Role;

const MERGES: &str = "/api/v1/person_merges";

/// Who proposes at the township, and the two who approve for its county.
struct Offices {
    clerk: Client,
    first: Client,
    second: Client,
}

impl Offices {
    async fn open(app: &TestApp) -> Self {
        towns(app).await;
        Self::of(app).await
    }

    /// The same where the townships are there already.
    async fn of(app: &TestApp) -> Self {
        let clerk = office(app, "wang", HERE).await;
        let county = async |name: &str| app.staff(name, Role::CountyBureau, "330502").await;
        Self { clerk, first: county("county-one").await, second: county("county-two").await }
    }

    /// Logs everybody in again.
    async fn again(app: &TestApp) -> Self {
        let [clerk, first, second] = ["wang", "county-one", "county-two"];
        Self { clerk: app.log_in(clerk).await, first: app.log_in(first).await, second: app.log_in(second).await }
    }

    async fn propose(&self, survivor: &Value, merged: &Value) -> Reply {
        propose(&self.clerk, survivor, merged, "wrong_number").await
    }

    /// A proposal and both approvals.
    async fn merge(&self, survivor: &Value, merged: &Value) -> Value {
        let proposed = self.propose(survivor, merged).await.expect(201);
        let approved = step(&self.first, &proposed, "approve").await.expect(200);
        step(&self.second, &approved, "approve").await.expect(200)
    }

    async fn preview(&self, survivor: &Value, merged: &Value) -> Value {
        preview(&self.clerk, survivor, merged).await.expect(200)
    }
}

async fn propose(client: &Client, survivor: &Value, merged: &Value, ground: &str) -> Reply {
    let body = json!({ "merged_id": merged["id"], "ground": ground, "reason": "核对证件原件，是同一个人" });
    client.post(&format!("{}/merges", path(survivor)), &body).await
}

async fn preview(client: &Client, survivor: &Value, merged: &Value) -> Reply {
    let query = format!("?merged_id={}", merged["id"].as_str().unwrap());
    client.get(&format!("{}/merge_preview{query}", path(survivor))).await
}

/// Takes a step of a merge as it was seen.
async fn step(client: &Client, merge: &Value, step: &str) -> Reply {
    step_once(client, merge, step, "").await
}

async fn step_once(client: &Client, merge: &Value, step: &str, key: &str) -> Reply {
    send(step_request(client, merge, step, key)).await
}

fn step_request(client: &Client, merge: &Value, step: &str, key: &str) -> RequestBuilder {
    let path = format!("{MERGES}/{}/{step}", merge["id"].as_str().unwrap());
    let request = client.request(Method::POST, &path).header("idempotency-key", key);
    let request = request.header("if-match", format!("\"{}\"", merge["version"]));
    let body = if matches!(step, "refuse" | "undo") { json!({ "reason": "是两个人" }) } else { json!({}) };
    request.json(&body)
}

/// Why a merge is refused, as one reads it.
#[track_caller]
fn refused(reply: Reply, key: &str) {
    let reply = reply.expect(409);
    let key = format!("{}.{key}.detail", reply["code"].as_str().unwrap());
    let language = backend::platform::texts::Language::Chinese;
    assert_eq!(reply["detail"], backend::platform::texts::text(language, &key, &Value::Null), "{reply}");
}

db_tests! {
    async fn two_others_approve_and_two_records_are_one(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let preview = offices.preview(&kept, &ended).await;
        assert_eq!((&preview["obstacles"], &preview["differs"], &preview["log_in"]), (&json!([]), &json!(["name"]), &json!("none")));
        assert_eq!(preview["grounds"], json!(["wrong_number", "number_replaced"]));
        assert_eq!(preview["facts"], json!([{ "kind": "person_document", "survivor": 1, "merged": 1, "staying": 0 }]));
        assert_eq!(preview["suggested_survivor"], kept["id"]);
        assert!(!preview.to_string().contains(&number(2)) && !preview.to_string().contains(&number(4)));

        let proposed = offices.propose(&kept, &ended).await.expect(201);
        assert_eq!((&proposed["state"], &proposed["version"], &proposed["approvals"]), (&json!("proposed"), &json!(1), &json!([])));
        assert_eq!(step(&offices.clerk, &proposed, "approve").await.expect_problem(403), "forbidden");
        let approved = step(&offices.first, &proposed, "approve").await.expect(200);
        assert_eq!(approved["state"], "approved");
        refused(step(&offices.first, &approved, "approve").await, "merge-approval");
        assert_eq!(offices.clerk.get(&path(&ended)).await.expect(200), ended, "nothing has changed");

        let done = step(&offices.second, &approved, "approve").await.expect(200);
        assert_eq!((&done["state"], &done["merged"]["name"]), (&json!("done"), &json!("张秀英4")));
        assert_eq!(done["approvals"].as_array().unwrap().len(), 2);
        assert_eq!(done["undo_until"], "2026-12-23T01:00:00.000Z");
        assert_eq!(done["merged"]["document"]["ended_because"], done["reason"]);
        assert_eq!(offices.clerk.get(&path(&ended)).await.expect_problem(404), "not-found");
        assert_eq!(listed(&offices.clerk, "").await, [kept["id"].clone()]);
        let merged = offices.clerk.get(&path(&kept)).await.expect(200);
        assert_eq!(merged["documents"].as_array().unwrap().len(), 2);
        assert_eq!(offices.first.get(&format!("{MERGES}/{}", done["id"].as_str().unwrap())).await.expect(200), done);
        let noted = &audited(&app, "approve_merge").await[1];
        assert_eq!((&noted["state"], &noted["survivor"], &noted["moved"]), (&json!("done"), &kept["id"], &json!(1)));
    }

    async fn a_wrong_number_is_nobodys_any_more(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        offices.merge(&kept, &ended).await;
        let find = format!("{PEOPLE}/find");
        assert_eq!(offices.clerk.post(&find, &document(2)).await.expect(200)["id"], kept["id"]);
        assert_eq!(offices.clerk.post(&find, &document(4)).await.expect_problem(404), "not-found");
        let somebody = add(&offices.clerk, 4, HERE).await;
        assert_ne!(somebody["id"], ended["id"], "another holds it now");
    }

    async fn a_second_document_leads_to_the_one_who_stays(app) {
        let offices = Offices::open(&app).await;
        let passport = json!({ "kind": "passport", "number": "E12345678" });
        let mut foreign = super::person(4, HERE);
        (foreign["document"], foreign["birth_date"]) = (passport.clone(), json!("1985-03-14"));
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, offices.clerk.post(PEOPLE, &foreign).await.expect(201));
        assert_eq!(offices.preview(&kept, &ended).await["grounds"], json!(["other_document", "wrong_number"]));
        let proposed = propose(&offices.clerk, &kept, &ended, "other_document").await.expect(201);
        let approved = step(&offices.first, &proposed, "approve").await.expect(200);
        let done = step(&offices.second, &approved, "approve").await.expect(200);
        let found = offices.clerk.post(&format!("{PEOPLE}/find"), &passport).await.expect(200);
        assert_eq!(found["id"], kept["id"]);
        assert_eq!(offices.clerk.post(PEOPLE, &foreign).await.expect(200)["id"], kept["id"], "a list with it adds nobody");
        let listed = offices.clerk.get(PEOPLE).await.expect(200)["items"][0].clone();
        assert_eq!(listed["documents"].as_array().unwrap().len(), 1, "one of them names the person");
        assert_eq!(listed["documents"][0]["kind"], "resident_identity_card");
        let correction = json!({ "document": document(6), "reason": "换发" });
        let documents = format!("{}/documents", path(&kept));
        change(&offices.clerk, Method::POST, &documents, &listed["version"], &correction).await.expect(200);
        assert_eq!(offices.clerk.post(&format!("{PEOPLE}/find"), &passport).await.expect(200)["id"], kept["id"]);

        step(&offices.first, &done, "undo").await.expect(200);
        let back = offices.clerk.post(&format!("{PEOPLE}/find"), &passport).await.expect(200);
        assert_eq!((&back["id"], &back["documents"][0]["is_further"]), (&ended["id"], &json!(false)));
    }

    async fn within_thirty_days_each_is_themself_again(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let done = offices.merge(&kept, &ended).await;
        assert_eq!(step(&offices.clerk, &done, "undo").await.expect_problem(403), "forbidden");
        app.clock.advance_s(30 * 86_400);
        let offices = Offices::again(&app).await;
        let undone = step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!((&undone["state"], &undone["undone_because"]), (&json!("undone"), &json!("是两个人")));
        let mut back = offices.clerk.get(&path(&ended)).await.expect(200);
        assert_eq!(back["version"], 3);
        back["version"] = json!(1);
        assert_eq!(back, ended, "as they were, two versions further");
        assert_eq!(offices.clerk.post(&format!("{PEOPLE}/find"), &document(4)).await.expect(200)["id"], ended["id"]);
        refused(step(&offices.first, &undone, "undo").await, "merge-closed");
        assert_eq!(step(&offices.first, &done, "undo").await.expect_problem(412), "stale");
        offices.merge(&kept, &ended).await;
    }

    async fn after_thirty_days_it_stays(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let done = offices.merge(&kept, &ended).await;
        app.clock.advance_s(30 * 86_400 + 1);
        refused(step(&Offices::again(&app).await.first, &done, "undo").await, "merge-too-late");
    }

    async fn a_number_that_somebody_else_holds_by_now_does_not_come_back(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let done = offices.merge(&kept, &ended).await;
        add(&offices.clerk, 4, HERE).await;
        refused(step(&offices.first, &done, "undo").await, "merge-document-taken");
        assert_eq!(offices.clerk.get(&path(&ended)).await.expect_problem(404), "not-found", "and nothing is half undone");
        assert_eq!(offices.clerk.get(&path(&kept)).await.expect(200)["documents"].as_array().unwrap().len(), 2);
    }

    async fn what_waits_is_refused_or_taken_back(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        let withdrawn = step(&offices.clerk, &proposed, "withdraw").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["closed"]["name"]), (&json!("withdrawn"), &json!("wang")));
        let again = offices.propose(&kept, &ended).await.expect(201);
        let approved = step(&offices.first, &again, "approve").await.expect(200);
        let closed = step(&offices.second, &approved, "refuse").await.expect(200);
        assert_eq!((&closed["state"], &closed["answer"]), (&json!("refused"), &json!("是两个人")));
        refused(step(&offices.second, &closed, "approve").await, "merge-closed");
        let list = offices.clerk.get(MERGES).await.expect(200);
        assert_eq!(list["items"], json!([closed, withdrawn]));
        assert_eq!(listed(&offices.clerk, "").await.len(), 2);
    }

    async fn a_repeat_is_answered_as_before_and_two_at_once_do_it_once(app) {
        let offices = Offices::open(&app).await;
        let third = app.staff("county-three", Role::CountyBureau, "330502").await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        let approved = step_once(&offices.first, &proposed, "approve", "a").await.expect(200);
        assert_eq!(step_once(&offices.first, &proposed, "approve", "a").await.expect(200), approved);
        let (one, other) =
            futures::future::join(step(&offices.second, &approved, "approve"), step(&third, &approved, "approve")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(texts(&app, "SELECT table_name FROM person_merge_fact").await, ["person_document"]);
    }

    async fn of_two_who_approve_first_at_the_same_moment_one_counts_and_the_other_looks_again(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        let (one, other) =
            futures::future::join(step(&offices.first, &proposed, "approve"), step(&offices.second, &proposed, "approve")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        let (approved, late) = if one.status == 200 { (one, &offices.second) } else { (other, &offices.first) };
        let approved = approved.expect(200);
        assert_eq!((&approved["state"], approved["approvals"].as_array().unwrap().len()), (&json!("approved"), 1));
        assert_eq!(texts(&app, "SELECT table_name FROM person_merge_fact").await, [] as [String; 0]);
        assert_eq!(step(late, &approved, "approve").await.expect(200)["state"], "done", "who was late is the second");
        assert_eq!(audited(&app, "approve_merge").await.len(), 2);
    }

    async fn who_may_be_the_same_is_found_by_name_and_phone(app) {
        let offices = Offices::open(&app).await;
        let mut alike = super::person(4, HERE);
        alike["name"] = json!("张秀英2");
        let kept = add(&offices.clerk, 2, HERE).await;
        let same_name = offices.clerk.post(PEOPLE, &alike).await.expect(201);
        let same_phone = add(&offices.clerk, 6, HERE).await;
        let mut other = super::person(8, HERE);
        other["phone"] = json!("13800138001");
        offices.clerk.post(PEOPLE, &other).await.expect(201);
        let next_door = office(&app, "li", NEXT_DOOR).await;
        add(&next_door, 10, NEXT_DOOR).await;
        let found = offices.clerk.get(&format!("{}/duplicates", path(&kept))).await.expect(200);
        let ids: Vec<_> = found.as_array().unwrap().iter().map(|found| found["person"]["id"].clone()).collect();
        assert_eq!(ids, [same_name["id"].clone(), same_phone["id"].clone()]);
        assert_eq!(found[0]["same"][0], "name");
        assert!(found[1]["same"].as_array().unwrap().contains(&json!("phone")));
        assert_eq!(next_door.get(&format!("{}/duplicates", path(&kept))).await.expect_problem(404), "not-found");
    }
}
