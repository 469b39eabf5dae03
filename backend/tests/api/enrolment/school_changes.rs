//! A learner goes on at another school with the record that they have.

use super::{
    leaving::{class, class_of, members, studied, take_seat},
    *,
};
use crate::{classes::school::add, exam_world::school, people::close, support::execute};
use shared::{
    organisation::{OpenState, ProviderEntry},
    rights::{Place, RoleAt},
};

const SCHOOL_CHANGES: &str = "/api/v1/school_changes";

async fn propose(client: &Client, record: &Value, to: ProviderId) -> Reply {
    propose_once(client, record, to, "").await
}

async fn propose_once(client: &Client, record: &Value, to: ProviderId, key: &str) -> Reply {
    let request = client.request(Method::POST, &format!("{}/school_changes", path(record)));
    let body = json!({ "provider_id": to, "reason": "搬到隔壁镇" });
    send(request.header("idempotency-key", key).json(&body)).await
}

async fn settle(client: &Client, change: &Value, step: &str) -> Reply {
    settle_once(client, change, step, "").await
}

async fn settle_once(client: &Client, change: &Value, step: &str, key: &str) -> Reply {
    let path = format!("{SCHOOL_CHANGES}/{}/{step}", change["id"].as_str().unwrap());
    let body = if step == "refuse" { json!({ "reason": "班级已满" }) } else { json!({}) };
    send(client.request(Method::POST, &path).header("idempotency-key", key).json(&body)).await
}

/// The changes that somebody sees.
async fn listed(client: &Client, query: &str) -> Value {
    client.get(&format!("{SCHOOL_CHANGES}{query}")).await.expect(200)["items"].clone()
}

/// How many changes wait for somebody; the list says the same.
async fn waits(client: &Client) -> u64 {
    let count = waiting(client, "school_changes_to_accept").await;
    assert_eq!(listed(client, "?waits=true").await.as_array().unwrap().len() as u64, count);
    count
}

/// A registered record, and a school next door with its office.
async fn registered(app: &TestApp) -> (Desk, Value, ProviderId, Client) {
    let desk = Desk::open(app).await;
    let record = desk.register(&desk.enrol(2).await).await;
    let (next_door, neighbour) = neighbour(app).await;
    (desk, record, next_door, neighbour)
}

db_tests! {
    async fn an_accepted_learner_goes_on_at_the_other_school(app) {
        let desk = Desk::open(&app).await;
        let (next_door, neighbour) = neighbour(&app).await;
        let ours = class(&app, &desk).await;
        let (account, studying) = take_seat(&desk, &ours, 2).await;
        let record = &studying["record"];
        let change = propose(&desk.clerk, &studying, next_door).await.expect(201);
        assert_eq!((&change["state"], &change["name_masked"], &change["level"]), (&json!("proposed"), &json!("张**2"), &json!("senior")));
        assert_eq!((&change["from_provider_id"], &change["to_provider_id"]), (&json!(desk.school), &json!(next_door)));
        assert_eq!(neighbour.get(&path(&studying)).await.expect_problem(404), "not-found");
        assert_eq!((waits(&desk.clerk).await, waits(&desk.head).await, waits(&neighbour).await), (0, 0, 1));
        assert_eq!(settle(&desk.clerk, &change, "accept").await.expect_problem(403), "forbidden");

        let accepted = settle(&neighbour, &change, "accept").await.expect(200);
        assert_eq!((&accepted["state"], waits(&neighbour).await), (&json!("accepted"), 0));
        assert_eq!(desk.clerk.get(&path(&studying)).await.expect_problem(404), "not-found");
        let there = neighbour.get(&path(&studying)).await.expect(200);
        for kept in ["id", "person_id", "learner_number", "account_id", "state", "level", "enrolled_on"] {
            assert_eq!(there["record"][kept], record[kept], "{kept}");
        }
        assert_eq!((&there["rule"], &there["age"], &there["attachments"]), (&studying["rule"], &studying["age"], &studying["attachments"]));
        assert_eq!((&there["record"]["provider_id"], &there["record"]["division"]), (&json!(next_door), &json!(NEXT_DOOR)));
        assert_eq!(there["record"]["version"], record["version"].as_i64().unwrap() + 1);
        let (before, after) = (studying["steps"].as_array().unwrap(), there["steps"].as_array().unwrap());
        assert_eq!((&after[..before.len()], after.len()), (&before[..], before.len() + 1), "the history stays");
        let step = &after[before.len()];
        assert_eq!((&step["step"], &step["to"], &step["reason"]), (&json!("change_school"), &json!("studying"), &json!("搬到隔壁镇")));
        assert_eq!((listed(&desk.clerk, "").await, listed(&neighbour, "").await), (json!([accepted]), json!([accepted])));
        assert_eq!(there["school_changes"], json!([accepted]));

        app.jobs.run_due().await.unwrap();
        assert_eq!((studied(&app, account).await, members(&desk, &ours, "in").await), (0, Vec::new()));
        let left = members(&desk, &ours, "left").await;
        assert_eq!((&left[0]["account_id"], &left[0]["departures"][0]["reason"]), (&json!(account), &json!("搬到隔壁镇")));
        let theirs = class_of(&app, &desk.county, (next_door, &neighbour), "GYW02").await;
        add(&neighbour, &theirs, &[account]).await.expect(201);
        assert_eq!(studied(&app, account).await, 1);

        let person = format!("{PEOPLE}/{}", record["person_id"].as_str().unwrap());
        assert_eq!(desk.clerk.get(&person).await.expect_problem(404), "not-found");
        assert_eq!(neighbour.get(&person).await.expect(200)["provider_id"], json!(next_door));
        let noted = audited(&app, "keep_enrolments").await;
        let proposed = json!({ "school_change": change["id"], "to": next_door });
        assert!(noted.contains(&proposed), "{noted:?}");
        assert!(noted.contains(&json!({ "record": record["id"], "state": "accepted" })), "{noted:?}");
    }

    async fn a_refused_or_withdrawn_learner_stays(app) {
        let (desk, record, next_door, neighbour) = registered(&app).await;
        let change = propose(&desk.clerk, &record, next_door).await.expect(201);
        let refuse = format!("{SCHOOL_CHANGES}/{}/refuse", change["id"].as_str().unwrap());
        let silent = neighbour.post(&refuse, &json!({ "reason": " " })).await.expect(422);
        assert_eq!(silent["errors"][0]["pointer"], "/reason");
        let refused = settle(&neighbour, &change, "refuse").await.expect(200);
        assert_eq!((&refused["state"], &refused["answer"]), (&json!("refused"), &json!("班级已满")));

        let again = propose(&desk.clerk, &record, next_door).await.expect(201);
        assert_eq!(settle(&neighbour, &again, "withdraw").await.expect_problem(403), "forbidden");
        assert_eq!(settle(&desk.clerk, &again, "withdraw").await.expect(200)["state"], "withdrawn");
        for step in ["accept", "refuse"] {
            assert_eq!(settle(&neighbour, &again, step).await.expect_problem(409), "wrong-state");
        }
        let seen = desk.clerk.get(&path(&record)).await.expect(200);
        assert_eq!((&seen["record"], &seen["steps"]), (&record["record"], &record["steps"]), "nothing has changed");
        let states: Vec<_> = seen["school_changes"].as_array().unwrap().iter().map(|change| &change["state"]).collect();
        assert_eq!(states, ["withdrawn", "refused"]);
    }

    async fn one_proposal_waits_at_a_time(app) {
        let (desk, record, next_door, _) = registered(&app).await;
        let first = propose_once(&desk.clerk, &record, next_door, "one").await.expect(201);
        assert_eq!(propose_once(&desk.clerk, &record, next_door, "one").await.expect(201), first, "a repeat is harmless");
        let second = propose(&desk.head, &record, next_door).await.expect(409);
        assert!(second["detail"].as_str().unwrap().contains("等待答复"), "{second}");
        settle(&desk.head, &first, "withdraw").await.expect(200);
        let (one, other) = join(propose(&desk.clerk, &record, next_door), propose(&desk.head, &record, next_door)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(count(&app, "school_change").await, "2");
    }

    async fn an_answer_is_given_once(app) {
        let (desk, record, next_door, neighbour) = registered(&app).await;
        let change = propose(&desk.clerk, &record, next_door).await.expect(201);
        let (accepted, withdrawn) = join(settle_once(&neighbour, &change, "accept", "a"), settle(&desk.clerk, &change, "withdraw")).await;
        let mut statuses = [accepted.status, withdrawn.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        if accepted.status == 200 {
            let accepted = accepted.expect(200);
            assert_eq!(settle_once(&neighbour, &change, "accept", "a").await.expect(200), accepted, "a repeat is harmless");
        }
    }

    async fn a_learner_goes_to_another_open_school_and_while_enrolled(app) {
        let (desk, record, next_door, neighbour) = registered(&app).await;
        let wrong = async |to: ProviderId| {
            let problem = propose(&desk.clerk, &record, to).await.expect(422);
            assert_eq!(problem["errors"][0]["pointer"], "/provider_id");
            problem["errors"][0]["code"].as_str().unwrap().to_owned()
        };
        assert_eq!(wrong(desk.school).await, "same-place");
        assert_eq!(wrong(app.cx.ids.new_id()).await, "not-found");
        assert_eq!(wrong(enter(&app, &ProviderEntry { name: "停办校".to_owned(), state: OpenState::Closed, ..school(NEXT_DOOR) }).await).await, "provider-closed");
        let applied = desk.enrol(4).await;
        assert_eq!(propose(&desk.clerk, &applied, next_door).await.expect_problem(409), "wrong-state");
        for client in [&desk.county, &desk.city] {
            assert_eq!(propose(client, &record, next_door).await.expect_problem(403), "forbidden");
        }
        assert_eq!(propose(&neighbour, &record, next_door).await.expect_problem(404), "not-found");

        let change = propose(&desk.clerk, &record, next_door).await.expect(201);
        step(&desk.clerk, &record, "withdraw", "外出打工").await.expect(200);
        assert_eq!(settle(&neighbour, &change, "accept").await.expect_problem(409), "wrong-state", "they have left meanwhile");
        settle(&neighbour, &change, "refuse").await.expect(200);
    }

    async fn a_school_that_has_closed_meanwhile_takes_nobody_in(app) {
        let (desk, record, next_door, neighbour) = registered(&app).await;
        let change = propose(&desk.clerk, &record, next_door).await.expect(201);
        close(&desk.county, next_door, NEXT_DOOR).await;
        let refused = settle(&neighbour, &change, "accept").await.expect(409);
        assert_eq!(refused["code"], "wrong-state");
        assert!(refused["detail"].as_str().unwrap().contains("已经停办"), "{refused}");
        let seen = desk.clerk.get(&path(&record)).await.expect(200);
        assert_eq!((&seen["record"], &seen["steps"]), (&record["record"], &record["steps"]), "nothing has changed");
        assert_eq!(settle(&neighbour, &change, "refuse").await.expect(200)["state"], "refused");
    }

    async fn nobody_accepts_a_learner_whom_they_proposed(app) {
        let (_desk, record, next_door, neighbour) = registered(&app).await;
        let at = |division: &str| RoleAt { role: Role::SchoolOffice, place: Place::division(division) };
        let both = app.person("both", &[at(HERE), at(NEXT_DOOR)]).await;
        let change = propose(&both, &record, next_door).await.expect(201);
        assert_eq!(settle(&both, &change, "accept").await.expect_problem(409), "second-person-needed");
        assert_eq!((waits(&both).await, waits(&neighbour).await), (0, 1));
        settle(&neighbour, &change, "accept").await.expect(200);
    }

    async fn the_learner_sees_where_the_change_stands(app) {
        let (desk, record, next_door, neighbour) = registered(&app).await;
        let (_, learner) = app.learner("zhang").await;
        execute(&app, "UPDATE student_record SET account_id = (SELECT id FROM account WHERE login_name = 'zhang')").await;
        let own = async || learner.get("/api/v1/me/enrolments").await.expect(200)[0].clone();
        assert_eq!(own().await["school_changes"], json!([]));
        let change = propose(&desk.clerk, &record, next_door).await.expect(201);
        let seen = own().await;
        assert_eq!((&seen["school_changes"][0]["state"], &seen["provider_id"]), (&json!("proposed"), &json!(desk.school)));
        settle(&neighbour, &change, "accept").await.expect(200);
        let seen = own().await;
        assert_eq!((&seen["school_changes"][0]["state"], &seen["provider_id"]), (&json!("accepted"), &json!(next_door)));
        assert_eq!(seen["learner_number"], record["record"]["learner_number"]);
    }
}
