//! A new key: old values open until they are sealed anew, and what was found stays found.

use super::{HERE, PEOPLE, SetUp, add, change, document, listed, office, path, person, towns};
use crate::support::{TestApp, db_tests, execute};
use backend::{
    access::{JobName, Permit},
    app,
    people::{self, Added},
    platform::crypto::{FieldKeys, KeyId},
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{people::NewPerson, rights::Place};
use std::collections::BTreeMap;

/// Adds a key and asks for everything to be sealed by it.
async fn rotate(app: &TestApp) -> KeyId {
    let key = FieldKeys::add(&app.cx.config.key_dir, &*app.cx.ids).unwrap();
    app::ask_to_renew(&app.cx, key).await.unwrap();
    key
}

async fn key_use(app: &TestApp) -> BTreeMap<KeyId, u64> {
    app::key_use(&app.cx).await.unwrap()
}

/// Lets a new key take over; the file of the first one goes, because it opens nothing more.
pub(crate) async fn rotate_away(app: &TestApp) {
    let before = key_use(app).await[&KeyId(1)];
    rotate(app).await;
    app.jobs.run_due().await.unwrap();
    assert_eq!(key_use(app).await, uses([(1, 0), (2, before)]));
    std::fs::remove_file(app.cx.config.key_dir.join("fields/1.key")).unwrap();
    app.cx.keys.fields.reload().unwrap();
}

/// The blind indexes, in the order of the documents.
async fn indexes(app: &TestApp) -> Vec<Vec<u8>> {
    let conn = app.cx.db.read();
    let sql = "SELECT number_index FROM person_document ORDER BY id";
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Adds these persons in one write, as an import does.
async fn add_many(app: &TestApp, people: &[Value]) -> Vec<Added> {
    let now = app.cx.clock.now();
    let sealed = people.iter().map(|person| {
        let new: NewPerson = serde_json::from_value(person.clone()).unwrap();
        let checked = new.check(now.date_in_china()).ok().unwrap();
        people::seal(&app.cx, &checked, &Place::division(HERE), None, now).unwrap()
    });
    let sealed: Vec<_> = sealed.collect();
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, HERE.to_owned());
    app.cx
        .db
        .write(&permit, async |tx| people::add(tx, &sealed.iter().collect::<Vec<_>>(), |_| true).await)
        .await
        .unwrap()
}

fn uses<const N: usize>(uses: [(u32, u64); N]) -> BTreeMap<KeyId, u64> {
    uses.map(|(key, values)| (KeyId(key), values)).into()
}

db_tests! {
    async fn after_a_rotation_the_old_key_can_go(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = [add(&office, 2, HERE).await, add(&office, 4, HERE).await];
        let correction = json!({ "document": document(6), "reason": "填错" });
        let corrected = change(&office, Method::POST, &format!("{}/documents", path(&added[0])), &json!(1), &correction).await.expect(200);
        assert_eq!(key_use(&app).await, uses([(1, 5)]), "three documents, one of them of the past, and two phones");
        let before = indexes(&app).await;

        assert_eq!(rotate(&app).await, KeyId(2));
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 0), (2, 5)]));
        assert_eq!(indexes(&app).await, before);
        std::fs::remove_file(app.cx.config.key_dir.join("fields/1.key")).unwrap();
        assert_eq!(app.cx.keys.fields.reload().unwrap(), KeyId(2));
        assert_eq!(key_use(&app).await, uses([(2, 5)]));

        assert_eq!(office.get(&path(&added[0])).await.expect(200), corrected);
        let shown = office.post(&format!("{}/reveal", path(&added[1])), &json!({ "purpose": "call_person", "note": "联系" })).await.expect(200);
        assert_eq!(shown, json!({ "document": document(4), "phone": "13800138000", "birth_date": "1985-03-14" }));
        assert_eq!(office.post(&format!("{PEOPLE}/find"), &document(6)).await.expect(200)["id"], added[0]["id"]);
        assert_eq!(office.post(PEOPLE, &person(4, HERE)).await.expect(200)["id"], added[1]["id"], "still once");
    }

    async fn a_rotation_that_fails_half_way_goes_on_where_it_was(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let mut ids = Vec::new();
        for n in [2, 4, 6] {
            ids.push(add(&office, n, HERE).await["documents"][0]["id"].as_str().unwrap().to_owned());
        }
        // Somebody put one person's number into another's row.
        let literal = |id: &str| if app.store.redis().is_some() { format!("'{id}'") } else { format!("X'{}'", id.replace('-', "")) };
        execute(&app, "CREATE TABLE aside AS SELECT id, number FROM person_document").await;
        let swap = format!("UPDATE person_document SET number = (SELECT number FROM aside WHERE id = {}) WHERE id = {}", literal(&ids[1]), literal(&ids[2]));
        execute(&app, &swap).await;
        let numbers: Vec<_> = office.get(PEOPLE).await.expect(200)["items"].as_array().unwrap().iter().map(|row| row["documents"][0]["number_masked"].clone()).collect();
        assert_eq!(numbers.iter().filter(|number| *number == "******").count(), 1, "it does not open there: {numbers:?}");

        rotate(&app).await;
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 6), (2, 0)]), "a chunk is sealed anew as a whole or not at all");
        execute(&app, &format!("UPDATE person_document SET number = (SELECT number FROM aside WHERE id = {0}) WHERE id = {0}", literal(&ids[2]))).await;
        app.clock.advance_s(61);
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 0), (2, 6)]));
        assert_eq!(listed(&office, "").await.len(), 3);
    }

    async fn a_node_that_lacks_the_key_waits_for_it(app) {
        towns(&app).await;
        add(&office(&app, "wang", HERE).await, 2, HERE).await;
        app::ask_to_renew(&app.cx, KeyId(2)).await.unwrap();
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 2)]));
        FieldKeys::add(&app.cx.config.key_dir, &*app.cx.ids).unwrap();
        app.clock.advance_s(61);
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 0), (2, 2)]));
    }

    async fn thousands_are_added_at_once_and_sealed_anew(app) {
        towns(&app).await;
        let people: Vec<Value> = (0..600).map(|n| person(n, HERE)).collect();
        let outcome = add_many(&app, &people).await;
        assert!(outcome.iter().all(|added| matches!(added, Added::New(_))), "{outcome:?}");
        let again = add_many(&app, &[&people[..3], &people[..1], &[person(700, HERE), person(700, HERE)]].concat()).await;
        let ids: Vec<_> = again.iter().map(|added| match added {
            Added::New(id) => (true, *id),
            Added::AlreadyHere(id) => (false, *id),
            Added::KeptElsewhere => panic!("kept elsewhere"),
        }).collect();
        assert_eq!(ids.iter().map(|(is_new, _)| *is_new).collect::<Vec<_>>(), [false, false, false, false, true, false]);
        assert_eq!((ids[0], ids[4].1), (ids[3], ids[5].1), "twice in one batch is one person");
        rotate(&app).await;
        app.jobs.run_due().await.unwrap();
        assert_eq!(key_use(&app).await, uses([(1, 0), (2, 1_202)]));
    }
}
