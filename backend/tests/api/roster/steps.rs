//! An entry that leads nowhere is closed with a reason, and opened again.

use super::visits::{ROSTER, account, entry, names, send_visits, three, visit};
use crate::{
    people::{HERE, NEXT_DOOR, audited, canary::dump, office, texts, towns},
    support::{Client, NO_ID, Reply, db_tests, execute, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const REASON: &str = "不愿再被联系";

fn path(entry: &Value) -> String {
    format!("{ROSTER}/{}", entry["id"].as_str().unwrap())
}

/// Takes a step of an entry as it was seen.
async fn step(client: &Client, seen: &Value, key: &str, body: &Value) -> Reply {
    let request = client.request(Method::POST, &format!("{}/steps", path(seen))).header("idempotency-key", key);
    send(request.header("if-match", format!("\"{}\"", seen["version"])).json(body)).await
}

fn close() -> Value {
    json!({ "step": "close", "reason": REASON })
}

fn reopen() -> Value {
    json!({ "step": "reopen", "reason": "又愿意了" })
}

db_tests! {
    async fn an_entry_is_closed_and_opened_again_each_for_a_reason(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "张三").await, account(&app, "wang").await);
        assert_eq!((&person["state"], waiting(&here, "persons_to_assign").await), (&json!("intent_yes"), 3));
        let closed = step(&here, &person, "1", &close()).await.expect(200);
        assert_eq!((&closed["entry"]["state"], &closed["entry"]["version"]), (&json!("closed"), &json!(2)));
        let taken = &closed["steps"][0];
        assert_eq!((&taken["step"], &taken["reason"], &taken["taken_by"]), (&json!("close"), &json!(REASON), &wang));
        assert_eq!(closed["hands"], json!([{ "account_id": wang, "name": "wang" }]));
        assert_eq!((names(&here, "&state=closed").await, waiting(&here, "persons_to_assign").await), (vec!["张三".to_owned()], 2));
        assert_eq!(audited(&app, "assign_roster").await, [json!({ "step": "close" })]);

        // What comes from a phone afterwards is kept, and opens nothing.
        let gone = visit(&person, &wang, 1, 0, &json!({ "kind": "moved_out" }));
        assert_eq!(send_visits(&here, &[gone]).await, ["recorded"]);
        let still = entry(&here, "张三").await;
        assert_eq!(still["state"], "closed");
        let opened = step(&here, &still, "2", &reopen()).await.expect(200);
        assert_eq!((&opened["entry"]["state"], opened["steps"].as_array().unwrap().len()), (&json!("moved_out"), 2));
        assert_eq!((&opened["steps"][0]["step"], &opened["steps"][1]["step"]), (&json!("close"), &json!("reopen")));
        assert_eq!(here.get(&path(&person)).await.expect(200), opened);

        // Who was taken for gone is met after all.
        let met = visit(&person, &wang, 2, 1, &json!({ "kind": "met" }));
        assert_eq!(send_visits(&here, &[met]).await, ["recorded"]);
        assert_eq!(entry(&here, "张三").await["state"], "visited");
    }

    async fn a_step_that_is_sent_again_is_taken_once(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let person = entry(&here, "张三").await;
        let closed = step(&here, &person, "1", &close()).await.expect(200);
        assert_eq!(step(&here, &person, "1", &close()).await.expect(200), closed);
        assert_eq!(step(&here, &person, "1", &reopen()).await.expect_problem(422), "idempotency-conflict");
        assert_eq!(texts(&app, "SELECT step FROM roster_step").await, ["close"]);
        assert_eq!(step(&here, &person, "2", &reopen()).await.expect_problem(412), "stale");
        let unseen = here.post(&format!("{}/steps", path(&person)), &reopen()).await;
        assert_eq!(unseen.expect_problem(428), "precondition-required");
    }

    async fn a_step_is_taken_where_it_leads_somewhere(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let person = entry(&here, "张三").await;
        assert_eq!(step(&here, &person, "1", &reopen()).await.expect_problem(409), "wrong-state");
        for (reason, code) in [("", "required"), ("电话19900009137", "holds-number")] {
            let problem = step(&here, &person, "2", &json!({ "step": "close", "reason": reason })).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/reason"), &json!(code)));
        }
        let closed = step(&here, &person, "3", &close()).await.expect(200);
        assert_eq!(step(&here, &closed["entry"], "4", &close()).await.expect_problem(409), "wrong-state");
        let learner = entry(&here, "李四").await;
        execute(&app, "UPDATE roster_entry SET state = 'enrolled' WHERE name = '李四'").await;
        assert_eq!(step(&here, &learner, "5", &close()).await.expect_problem(409), "wrong-state");
    }

    async fn the_office_of_the_place_closes_and_nobody_else(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        three(&app, &here, HERE, 2).await;
        let person = entry(&here, "张三").await;
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(step(&county, &person, "1", &close()).await.expect_problem(403), "forbidden");
        assert_eq!(step(&next_door, &person, "1", &close()).await.expect_problem(404), "not-found");
        let nobody = json!({ "id": NO_ID, "version": 1 });
        assert_eq!(step(&here, &nobody, "1", &close()).await.expect_problem(404), "not-found");
        step(&here, &person, "1", &close()).await.expect(200);
        let shown = county.get(&path(&person)).await.expect(200);
        assert_eq!((&shown["entry"]["state"], &shown["steps"][0]["reason"]), (&json!("closed"), &json!(REASON)));
    }

    async fn no_number_in_a_reason_lies_in_the_store_or_is_shown(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let number = "199 0000 9137";
        let body = json!({ "step": "close", "reason": format!("不要再打{number}") });
        let closed = step(&here, &entry(&here, "张三").await, "1", &body).await.expect(200).to_string();
        assert!(closed.contains("不要再打") && !closed.contains(number), "{closed}");
        assert!(!dump(&app).await.contains(number));
    }
}
