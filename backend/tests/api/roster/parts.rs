//! A survey list comes in part by part.

use super::{BATCHES, count, messy, upload};
use crate::{
    classes::school::wrong_field,
    people::{HERE, canary::dump, number, office, towns},
    support::{Client, Reply, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{rights::Role, roster::LIST_PART_BYTES};

const UPLOAD: &str = "0197f3a0-0000-7000-8000-000000000001";

async fn part(client: &Client, upload: &str, part: u16, bytes: &[u8]) -> Reply {
    let path = format!("/api/v1/roster/uploads/{upload}?part={part}");
    send(client.request(Method::POST, &path).body(bytes.to_vec())).await
}

/// Makes a list of the parts that came.
async fn finish(client: &Client, parts: u16) -> Reply {
    let path = format!("{BATCHES}?division={HERE}&file_name=list.csv&upload_id={UPLOAD}&parts={parts}");
    send(client.request(Method::POST, &path).header("idempotency-key", "once")).await
}

/// What is found in a list, whichever way it came.
fn found(uploaded: &Value) -> (Value, Value, Value) {
    (uploaded["headers"].clone(), uploaded["proposal"].clone(), uploaded["batch"]["rows"].clone())
}

db_tests! {
    async fn a_list_comes_in_parts_in_any_order_and_each_as_often_as_it_is_sent(app) {
        towns(&app).await;
        let [office, other] = [office(&app, "wang", HERE).await, office(&app, "li", HERE).await];
        let list = messy();
        let (first, second) = list.as_bytes().split_at(list.len() / 2);
        assert_eq!(part(&office, UPLOAD, 1, second).await.expect(200), json!({ "part": 1 }));
        let missing = ("/file".to_owned(), "part-missing".to_owned());
        assert_eq!(wrong_field(finish(&office, 2).await), missing, "the first one has not come");
        for _ in 0..2 {
            part(&office, UPLOAD, 0, first).await.expect(200);
        }
        part(&office, UPLOAD, 0, b"another").await.expect(200);
        assert_eq!(wrong_field(finish(&office, 3).await), missing);
        assert_eq!(wrong_field(finish(&other, 2).await), missing, "by the id of another's upload nothing is found");

        let uploaded = finish(&office, 2).await.expect(201);
        let whole = upload(&office, HERE, list).await.expect(201);
        assert_eq!(found(&uploaded), found(&whole));
        assert_eq!(finish(&office, 2).await.expect(201), uploaded, "who lost the reply asks again");
        let dumped = dump(&app).await;
        assert!(!dumped.contains(&number(2)), "the parts are sealed");
    }

    async fn parts_are_forgotten_after_a_day(app) {
        towns(&app).await;
        let client = office(&app, "wang", HERE).await;
        part(&client, UPLOAD, 0, messy().as_bytes()).await.expect(200);
        app.clock.advance_s(86_401);
        let client = app.log_in("wang").await;
        part(&client, "0197f3a0-0000-7000-8000-000000000002", 0, b"x").await.expect(200);
        assert_eq!(wrong_field(finish(&client, 1).await), ("/file".to_owned(), "part-missing".to_owned()));
        app.clock.advance_s(86_401);
        let client = app.log_in("wang").await;
        upload(&client, HERE, messy()).await.expect(201);
        assert_eq!(count(&app, "roster_upload_part").await, "0", "also when a list comes in one piece");
        part(&client, UPLOAD, 0, b"x").await.expect(200);
        app.clock.advance_s(86_401);
        app.jobs.ask_for_standing().await.unwrap();
        app.jobs.run_due().await.unwrap();
        assert_eq!(count(&app, "roster_upload_part").await, "0", "and when no other comes");
    }

    async fn what_is_no_part_of_a_list_is_refused(app) {
        towns(&app).await;
        let client = office(&app, "wang", HERE).await;
        let beyond = part(&client, UPLOAD, 64, b"x").await;
        assert_eq!(wrong_field(beyond), ("/part".to_owned(), "out-of-range".to_owned()));
        let long = part(&client, UPLOAD, 0, &vec![b'x'; LIST_PART_BYTES + 1]).await;
        assert_eq!(long.expect_problem(413), "too-large");
        let marker = app.staff("marker", Role::Marker, "33").await;
        assert_eq!(part(&marker, UPLOAD, 0, b"x").await.expect_problem(403), "forbidden");
        assert_eq!(part(&app.stranger(), UPLOAD, 0, b"x").await.expect_problem(401), "unauthenticated");
    }
}
