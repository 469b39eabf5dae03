//! What was entered of a record is put right while it is filled in, judged by the rules of its day.

use super::*;

/// Puts a record right that is as it was seen.
async fn amend(client: &Client, seen: &Value, body: &Value) -> Reply {
    let request = client.request(Method::PUT, &path(seen));
    send(request.header("if-match", format!("\"{}\"", seen["record"]["version"])).json(body)).await
}

/// Why the rules refuse it.
async fn refused(client: &Client, seen: &Value, body: &Value) -> String {
    let refused = amend(client, seen, body).await.expect(409);
    assert_eq!(refused["code"], "enrolment-refused");
    refused["detail"].as_str().unwrap().to_owned()
}

fn text(key: &str) -> String {
    let key = format!("enrolment-refused.{key}.detail");
    backend::platform::texts::text(backend::platform::texts::Language::Chinese, &key, &Value::Null)
}

fn junior(education: &str, is_literate: bool) -> Value {
    json!({ "level": "junior", "education_level": education, "is_literate": is_literate })
}

fn senior(education: &str) -> Value {
    json!({ "level": "senior", "education_level": education })
}

db_tests! {
    async fn a_returned_record_is_put_right_and_goes_its_way(app) {
        let desk = Desk::open(&app).await;
        let submitted = desk.submit(&desk.enrol(2).await).await;
        let returned = step(&desk.head, &submitted, "return", "毕业证书是小学的").await.expect(200);
        let amended = amend(&desk.clerk, &returned, &junior("81", true)).await;
        assert_eq!(amended.headers["etag"], "\"4\"");
        let amended = amended.expect(200);
        let record = &amended["record"];
        assert_eq!((&record["level"], &record["state"], &record["version"]), (&json!("junior"), &json!("applied"), &json!(4)));
        assert_eq!((&amended["education_level"], &amended["is_literate"]), (&json!("81"), &json!(true)));
        assert_eq!((&amended["rule"]["level"], &amended["rule"]["valid_from"]), (&json!("junior"), &json!("2022-01-01")));
        assert_eq!((&amended["steps"][2]["step"], &amended["steps"][2]["to"]), (&json!("amend"), &json!("applied")));
        let noted = audited(&app, "keep_enrolments").await;
        let noted = noted.iter().find(|detail| detail["step"] == "amend").unwrap();
        assert_eq!((&noted["level"], &noted["education_level"]), (&json!(["senior", "junior"]), &json!(["71", "81"])));
        assert_eq!(noted["is_literate"], json!([false, true]));
        assert_eq!(desk.clerk.get(&path(&returned)).await.expect(200), amended);

        let submitted = step(&desk.clerk, &amended, "submit", "").await.expect(200);
        let reviewed = step(&desk.head, &submitted, "approve", "").await.expect(200);
        let registered = step(&desk.county, &reviewed, "approve", "").await.expect(200);
        assert!(registered["record"]["learner_number"].as_str().unwrap().starts_with("202605021"), "{registered}");
    }

    async fn the_rules_refuse_in_one_sentence_and_nothing_changes(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        assert_eq!(refused(&desk.clerk, &record, &senior("61")).await, text("holds-senior"));
        assert_eq!(refused(&desk.clerk, &record, &senior("73")).await, text("junior-missing"));
        assert_eq!(refused(&desk.clerk, &record, &junior("71", false)).await, text("holds-junior"));
        assert_eq!(refused(&desk.clerk, &record, &junior("90", false)).await, text("prior-missing"));
        assert_eq!(desk.clerk.get(&path(&record)).await.expect(200), record);
        assert_eq!(count(&app, "record_step").await, "0");
    }

    async fn a_record_is_judged_by_the_rules_that_it_keeps(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        // A newer rule, of the past too, is not the record's.
        let add = "INSERT INTO enrolment_rule (region, level, valid_from, youngest, oldest, prior, is_literacy_enough) VALUES";
        crate::support::execute(&app, &format!("{add} ('3305', 'senior', '2026-11-01', 16, 40, '71', false)")).await;
        crate::support::execute(&app, &format!("{add} ('3305', 'junior', '2026-11-01', 16, 40, '81', false)")).await;
        let amended = amend(&desk.clerk, &record, &senior("71")).await.expect(200);
        assert_eq!((&amended["rule"]["region"], &amended["age"]), (&json!("33"), &json!(41)));
        let amended = amend(&desk.clerk, &amended, &junior("90", true)).await.expect(200);
        assert_eq!((&amended["rule"]["region"], &amended["rule"]["is_literacy_enough"]), (&json!("33"), &json!(true)));
        assert_eq!(amended["record"]["version"], 3);
    }

    async fn only_who_has_seen_the_record_amends_it_and_only_while_it_is_filled_in(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let amended = amend(&desk.clerk, &record, &junior("81", false)).await.expect(200);
        assert_eq!(amend(&desk.clerk, &record, &senior("71")).await.expect_problem(412), "stale");
        let unseen = desk.clerk.request(Method::PUT, &path(&record)).json(&senior("71"));
        assert_eq!(send(unseen).await.expect_problem(428), "precondition-required");
        let submitted = desk.submit(&amended).await;
        assert_eq!(amend(&desk.clerk, &submitted, &junior("81", true)).await.expect_problem(409), "wrong-state");
        let by_hand = step(&desk.clerk, &submitted, "amend", "").await;
        assert_eq!(by_hand.expect_problem(409), "wrong-state");
    }

    async fn amending_is_no_step_that_one_takes_without_saying_what(app) {
        let desk = Desk::open(&app).await;
        let by_hand = step(&desk.clerk, &desk.enrol(2).await, "amend", "").await.expect(422);
        assert_eq!(by_hand["errors"][0]["code"], "step-not-open");
    }

    async fn only_the_school_of_the_record_amends_it(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let (_, neighbour) = neighbour(&app).await;
        assert_eq!(amend(&neighbour, &record, &senior("71")).await.expect_problem(404), "not-found");
        assert_eq!(amend(&desk.county, &record, &senior("71")).await.expect_problem(403), "forbidden");
    }

    async fn who_amended_a_record_does_not_approve_it(app) {
        let desk = Desk::open(&app).await;
        let amended = amend(&desk.head, &desk.enrol(2).await, &senior("71")).await.expect(200);
        let submitted = desk.submit(&amended).await;
        assert_eq!(step(&desk.head, &submitted, "approve", "").await.expect_problem(409), "second-person-needed");
        let third = office(&app, "third", HERE).await;
        step(&third, &submitted, "approve", "").await.expect(200);
    }

    async fn a_number_tells_the_level_so_that_it_stays(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let withdrawn = step(&desk.clerk, &registered, "withdraw", "外出打工").await.expect(200);
        let again = step(&desk.clerk, &withdrawn, "reenter", "").await.expect(200);
        let returned = step(&desk.head, &again, "return", "学历有变").await.expect(200);
        let other = amend(&desk.clerk, &returned, &junior("81", false)).await.expect(422);
        assert_eq!((&other["errors"][0]["pointer"], &other["errors"][0]["code"]), (&json!("/level"), &json!("unchangeable")));
        amend(&desk.clerk, &returned, &senior("71")).await.expect(200);
    }
}
