//! A record moves through the hands of school, county and city, and of nobody twice.

use super::*;
use crate::people::close;

/// Step and state after it, of every step that was taken.
fn history(view: &Value) -> Vec<String> {
    let steps = view["steps"].as_array().unwrap();
    steps.iter().map(|taken| format!("{} {}", taken["step"], taken["to"]).replace('"', "")).collect()
}

/// What waits for somebody of the school, of the records that are being filled in: returned, without papers,
/// to be submitted. Each filter lists as many.
async fn filling_in(client: &Client) -> [u64; 3] {
    let mut counts = [0; 3];
    for (at, (kind, wait)) in
        [("returned", "returned"), ("without_papers", "papers"), ("to_submit", "submission")].into_iter().enumerate()
    {
        counts[at] = waiting(client, &format!("records_{kind}")).await;
        let listed = client.get(&format!("{ENROLMENTS}?waits={wait}")).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len() as u64, counts[at], "{wait}");
    }
    counts
}

db_tests! {
    async fn a_record_waits_for_one_thing_at_a_time(app) {
        let desk = Desk::open(&app).await;
        let (record, _) = (desk.enrol(2).await, desk.enrol(4).await);
        assert_eq!(filling_in(&desk.clerk).await, [0, 2, 0]);
        add_paper(&desk.clerk, &record, "id_card").await;
        assert_eq!(filling_in(&desk.clerk).await, [0, 2, 0], "the diploma is missing");
        add_paper(&desk.clerk, &record, "diploma").await;
        assert_eq!(filling_in(&desk.clerk).await, [0, 1, 1]);
        let submitted = step(&desk.clerk, &record, "submit", "").await.expect(200);
        assert_eq!((filling_in(&desk.clerk).await, waiting(&desk.head, "records_at_school").await), ([0, 1, 0], 1));
        let returned = step(&desk.head, &submitted, "return", "照片不清楚").await.expect(200);
        assert_eq!(filling_in(&desk.clerk).await, [1, 1, 0]);
        let submitted = step(&desk.clerk, &returned, "submit", "").await.expect(200);
        step(&desk.head, &submitted, "approve", "").await.expect(200);
        assert_eq!((waiting(&desk.county, "records_at_county").await, waiting(&desk.county, "records_returned").await), (1, 0));
        let (_, neighbour) = neighbour(&app).await;
        assert_eq!(crate::work::work(&neighbour).await, []);
    }

    async fn a_senior_is_registered_by_school_county_and_city(app) {
        let desk = Desk::open(&app).await;
        let submitted = desk.submit(&desk.enrol(2).await).await;
        assert_eq!(submitted["open_steps"], json!(["return", "withdraw"]), "who entered it does not approve it");
        assert_eq!(step(&desk.clerk, &submitted, "approve", "").await.expect_problem(409), "second-person-needed");
        assert_eq!(step(&desk.county, &submitted, "approve", "").await.expect_problem(403), "forbidden");
        let reviewed = step(&desk.head, &submitted, "approve", "").await.expect(200);
        assert_eq!(step(&desk.head, &reviewed, "approve", "").await.expect_problem(403), "forbidden");
        let approved = step(&desk.county, &reviewed, "approve", "材料齐全").await.expect(200);
        assert_eq!((&approved["record"]["state"], &approved["account_id"]), (&json!("city_filed"), &Value::Null));
        let registered = step(&desk.city, &approved, "approve", "").await.expect(200);
        let number = registered["record"]["learner_number"].as_str().unwrap();
        assert!(number.starts_with("202605022000001") && number.len() == 16, "{number}");
        assert!(registered["account_id"].is_string() && registered["is_activated"] == false);
        let expected = ["submit school_review", "approve county_review", "approve city_filed", "approve registered"];
        assert_eq!(history(&registered), expected);
        assert_eq!((&registered["steps"][2]["reason"], &registered["steps"][2]["taken_by_name"]), (&json!("材料齐全"), &json!("county")));
        let second = desk.register(&desk.enrol(4).await).await;
        assert!(second["record"]["learner_number"].as_str().unwrap().starts_with("202605022000002"));
        assert_eq!(audited(&app, "file_enrolment").await.len(), 2);
    }

    async fn a_junior_is_registered_by_the_county(app) {
        let desk = Desk::open(&app).await;
        let mut new = desk.stated(2);
        (new["level"], new["education_level"]) = (json!("junior"), json!("81"));
        let submitted = desk.submit(&desk.clerk.post(ENROLMENTS, &new).await.expect(201)).await;
        let reviewed = step(&desk.head, &submitted, "approve", "").await.expect(200);
        let registered = step(&desk.county, &reviewed, "approve", "").await.expect(200);
        assert_eq!(registered["record"]["state"], "registered");
        assert!(registered["record"]["learner_number"].as_str().unwrap().starts_with("202605021"));
    }

    async fn what_is_returned_goes_through_all_hands_again(app) {
        let desk = Desk::open(&app).await;
        let submitted = desk.submit(&desk.enrol(2).await).await;
        let reviewed = step(&desk.head, &submitted, "approve", "").await.expect(200);
        let silent = step(&desk.county, &reviewed, "return", " ").await.expect(422);
        assert!(silent["detail"].as_str().unwrap().contains("原因"), "{silent}");
        let numbered = step(&desk.county, &reviewed, "return", &number(2)).await.expect(422);
        assert_eq!(numbered["errors"][0]["code"], "holds-number");
        let returned = step(&desk.county, &reviewed, "return", "毕业证看不清").await.expect(200);
        assert_eq!(returned["record"]["state"], "school_review");
        let to_clerk = step(&desk.head, &returned, "return", "请重拍毕业证").await.expect(200);
        assert_eq!((&to_clerk["record"]["state"], &to_clerk["steps"][3]["reason"]), (&json!("applied"), &json!("请重拍毕业证")));
        assert_eq!(desk.register(&to_clerk).await["record"]["state"], "registered");
    }

    async fn a_step_counts_once_and_only_for_who_has_seen_the_record(app) {
        let desk = Desk::open(&app).await;
        let enrolled = desk.enrol(2).await;
        for kind in ["id_card", "diploma"] {
            add_paper(&desk.clerk, &enrolled, kind).await;
        }
        let submit = async || step_once(&desk.clerk, &enrolled, "submit", "", "key").await;
        let first = submit().await.expect(200);
        assert_eq!(submit().await.expect(200), first, "a repeat is harmless");
        let approve = async || step_once(&desk.head, &first, "approve", "", "key").await;
        let approved = approve().await.expect(200);
        assert_eq!(approve().await.expect(200), approved, "also when the step is another's by then");
        assert_eq!(step(&desk.head, &first, "return", "重看").await.expect_problem(412), "stale");
        let unseen = desk.clerk.post(&format!("{}/steps", path(&first)), &json!({ "step": "withdraw" })).await;
        assert_eq!(unseen.expect_problem(428), "precondition-required");
    }

    async fn a_record_that_two_devices_submit_at_the_same_moment_is_submitted_once(app) {
        let desk = Desk::open(&app).await;
        let laptop = app.log_in("clerk").await;
        for (n, keys, expected) in [(2, ["phone", "laptop"], [200_u16, 412]), (4, ["one", "one"], [200, 200])] {
            let enrolled = desk.enrol(n).await;
            for kind in ["id_card", "diploma"] {
                add_paper(&desk.clerk, &enrolled, kind).await;
            }
            let submit = |device, key| step_once(device, &enrolled, "submit", "", key);
            let (one, other) = join(submit(&desk.clerk, keys[0]), submit(&laptop, keys[1])).await;
            let mut statuses = [one.status, other.status];
            statuses.sort_unstable();
            assert_eq!(statuses, expected, "{keys:?}");
            let seen = desk.head.get(&path(&enrolled)).await.expect(200);
            assert_eq!(history(&seen), ["submit school_review"]);
        }
        assert_eq!(count(&app, "record_step").await, "2");
    }

    async fn two_reviewers_at_the_same_moment_take_one_step(app) {
        let desk = Desk::open(&app).await;
        let submitted = desk.submit(&desk.enrol(2).await).await;
        let third = office(&app, "third", HERE).await;
        let (one, other) =
            join(step(&desk.head, &submitted, "approve", ""), step(&third, &submitted, "return", "重看")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(count(&app, "record_step").await, "2");
    }

    async fn who_leaves_and_comes_again_keeps_their_number(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        assert_eq!(registered["record"]["state"], "registered");
        let suspended = step(&desk.clerk, &registered, "suspend", "生病住院").await.expect(200);
        let resumed = step(&desk.clerk, &suspended, "resume", "").await.expect(200);
        let withdrawn = step(&desk.clerk, &resumed, "withdraw", "外出打工").await.expect(200);
        assert_eq!((&withdrawn["record"]["state"], &withdrawn["open_steps"]), (&json!("withdrawn"), &json!(["reenter"])));
        let again = step(&desk.clerk, &withdrawn, "reenter", "").await.expect(200);
        let reviewed = step(&desk.head, &again, "approve", "").await.expect(200);
        let approved = step(&desk.county, &reviewed, "approve", "").await.expect(200);
        let back = step(&desk.city, &approved, "approve", "").await.expect(200);
        assert_eq!(back["record"]["learner_number"], registered["record"]["learner_number"]);
        assert_eq!(back["account_id"], registered["account_id"]);
        assert_eq!(count(&app, "account").await, "5", "four of staff and one learner");
    }

    async fn who_changes_school_enrols_there_and_learns_by_the_same_account(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let left = step(&desk.clerk, &registered, "transfer", "搬到隔壁镇").await.expect(200);
        assert_eq!(left["open_steps"], json!([]));
        let again = desk.register(&desk.enrol(2).await).await;
        assert_eq!(again["account_id"], registered["account_id"]);
        assert_ne!(again["record"]["id"], registered["record"]["id"]);
        let of_person = format!("{ENROLMENTS}?person_id={}", again["record"]["person_id"].as_str().unwrap());
        assert_eq!(desk.county.get(&of_person).await.expect(200)["items"].as_array().unwrap().len(), 2);
    }

    async fn nobody_re_enters_while_they_are_enrolled_elsewhere(app) {
        let desk = Desk::open(&app).await;
        let submitted = desk.submit(&desk.enrol(2).await).await;
        let left = step(&desk.clerk, &submitted, "withdraw", "家里忙").await.expect(200);
        desk.enrol(2).await;
        let refused = step(&desk.clerk, &left, "reenter", "").await.expect(409);
        assert_eq!(refused["code"], "enrolment-refused");
        assert!(refused["detail"].as_str().unwrap().contains("School"), "it says where: {refused}");
    }

    async fn nobody_re_enters_who_has_graduated_by_another_record(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let left = step(&desk.clerk, &registered, "withdraw", "外出打工").await.expect(200);
        desk.enrol(2).await;
        let graduate = "UPDATE student_record SET state = 'graduated', is_running = false WHERE state = 'applied'";
        crate::support::execute(&app, graduate).await;
        let refused = step(&desk.clerk, &left, "reenter", "").await.expect(409);
        assert_eq!(refused["code"], "enrolment-refused");
        assert!(refused["detail"].as_str().unwrap().contains("不用再读高中"), "{refused}");
        assert_eq!(desk.clerk.get(&path(&left)).await.expect(200)["record"], left["record"], "nothing has changed");
    }

    async fn nobody_comes_again_to_a_school_that_has_closed(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let left = step(&desk.clerk, &registered, "withdraw", "外出打工").await.expect(200);
        close(&desk.county, desk.school, HERE).await;
        let refused = step(&desk.clerk, &left, "reenter", "").await.expect(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/step"), &json!("provider-closed")));
        let seen = desk.clerk.get(&path(&left)).await.expect(200);
        assert_eq!(seen["record"], left["record"], "nothing has changed");
    }

    async fn facts_begin_and_end_studies_and_no_hand_does(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let by_hand = step(&desk.clerk, &registered, "begin", "").await.expect(422);
        assert_eq!(by_hand["errors"][0]["code"], "step-not-open");
        assert_eq!(step(&desk.clerk, &registered, "graduate", "").await.expect_problem(409), "wrong-state");
    }
}
