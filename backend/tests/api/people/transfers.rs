//! Persons who go from one township to another.

use super::{
    FAR, HERE, NEXT_DOOR, SetUp, add, audited, change, close, document, enter, listed, office, path, post_once, towns,
};
use crate::{
    exam_world::school,
    support::{Client, Reply, TestApp, db_tests},
    work::waiting,
};
use backend::access::{JobName, Permit};
use futures::future::{join, join4};
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::{
    organisation::{OpenState, ProviderEntry},
    rights::{Place, Role, RoleAt},
};
use tokio::sync::Notify;

const TRANSFERS: &str = "/api/v1/person_transfers";
const REQUESTS: &str = "/api/v1/transfer_requests";
const TRANSFER_PLACES: &str = "/api/v1/transfer_places";

/// Two offices, and a person who is at the first.
struct Towns {
    sender: Client,
    receiver: Client,
    person: Value,
}

impl Towns {
    async fn of(app: &TestApp) -> Self {
        towns(app).await;
        let (sender, receiver) = (office(app, "wang", HERE).await, office(app, "li", NEXT_DOOR).await);
        let person = add(&sender, 2, HERE).await;
        Self { sender, receiver, person }
    }

    async fn propose(&self, division: &str) -> Reply {
        let body = json!({ "division": division, "reason": "迁居" });
        self.sender.post(&format!("{}/transfers", path(&self.person)), &body).await
    }

    /// Whether the sender and the receiver see the person.
    async fn seen(&self) -> (bool, bool) {
        let sees = async |client: &Client| {
            let status = client.get(&path(&self.person)).await.status;
            assert_eq!(listed(client, "").await.len(), usize::from(status == 200), "the list says the same");
            status == 200
        };
        (sees(&self.sender).await, sees(&self.receiver).await)
    }
}

/// What a place says who asks for the nth person.
fn asking(n: u32, division: &str) -> Value {
    json!({ "document": document(n), "division": division, "provider_id": null, "reason": "来本镇就读" })
}

async fn step(client: &Client, transfer: &Value, step: &str) -> Reply {
    let path = format!("{TRANSFERS}/{}/{step}", transfer["id"].as_str().unwrap());
    let body = if step == "refuse" { json!({ "reason": "查无此人" }) } else { json!({}) };
    client.post(&path, &body).await
}

/// The divisions of a list, by code.
fn codes<'a>(places: &'a Value, list: &str) -> Vec<&'a str> {
    places[list].as_array().unwrap().iter().map(|division| division["code"].as_str().unwrap()).collect()
}

async fn states(client: &Client) -> Vec<Value> {
    let page = client.get(TRANSFERS).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|transfer| transfer["state"].clone()).collect()
}

db_tests! {
    async fn a_proposal_waits_for_the_receiver_until_it_is_answered(app) {
        let towns = Towns::of(&app).await;
        let waits = async |client: &Client| {
            let listed = client.get(&format!("{TRANSFERS}?waits=true")).await.expect(200);
            let count = waiting(client, "transfers_to_accept").await;
            assert_eq!(listed["items"].as_array().unwrap().len() as u64, count);
            count
        };
        let transfer = towns.propose(NEXT_DOOR).await.expect(201);
        assert_eq!((waits(&towns.sender).await, waits(&towns.receiver).await), (0, 1));
        step(&towns.receiver, &transfer, "refuse").await.expect(200);
        assert_eq!(waits(&towns.receiver).await, 0);
    }

    async fn an_accepted_person_belongs_to_the_receiver(app) {
        let towns = Towns::of(&app).await;
        let transfer = towns.propose(NEXT_DOOR).await.expect(201);
        assert_eq!((&transfer["state"], &transfer["from_division"], &transfer["to_division"]), (&json!("proposed"), &json!(HERE), &json!(NEXT_DOOR)));
        assert_eq!(towns.seen().await, (true, false), "until it is accepted, the sender's alone");
        let page = towns.receiver.get(TRANSFERS).await.expect(200);
        assert_eq!(page["items"], json!([transfer]));
        assert_eq!(transfer["name_masked"], "张**2", "the receiver gets no more than the answer needs");
        assert_eq!(step(&towns.sender, &transfer, "accept").await.expect_problem(403), "forbidden");

        assert_eq!(step(&towns.receiver, &transfer, "accept").await.expect(200)["state"], "accepted");
        assert_eq!(towns.seen().await, (false, true));
        let moved = towns.receiver.get(&path(&towns.person)).await.expect(200);
        assert_eq!((&moved["division"], &moved["residence_division"], &moved["household_division"]), (&json!(NEXT_DOOR), &json!(NEXT_DOOR), &json!("341822")));
        assert_eq!(moved["version"], 2);
        let audited = audited(&app, "transfer_people").await;
        assert_eq!(audited[0], json!({ "transfer": transfer["id"], "to": NEXT_DOOR }));
        assert_eq!(audited[1], json!({ "person": towns.person["id"], "state": "accepted" }));
        assert_eq!(step(&towns.receiver, &transfer, "refuse").await.expect_problem(409), "wrong-state");
        assert_eq!(step(&towns.receiver, &transfer, "accept").await.expect_problem(409), "wrong-state");
        assert_eq!((states(&towns.sender).await, states(&towns.receiver).await), (vec![json!("accepted")], vec![json!("accepted")]));
    }

    async fn a_refused_or_withdrawn_person_stays(app) {
        let towns = Towns::of(&app).await;
        let transfer = towns.propose(NEXT_DOOR).await.expect(201);
        let without_reason = towns.receiver.post(&format!("{TRANSFERS}/{}/refuse", transfer["id"].as_str().unwrap()), &json!({ "reason": "" })).await;
        assert_eq!(without_reason.expect(422)["errors"][0]["pointer"], "/reason");
        let refused = step(&towns.receiver, &transfer, "refuse").await.expect(200);
        assert_eq!((&refused["state"], &refused["answer"]), (&json!("refused"), &json!("查无此人")));
        assert_eq!(towns.seen().await, (true, false));
        let again = towns.propose(NEXT_DOOR).await.expect(201);
        assert_eq!(step(&towns.receiver, &again, "withdraw").await.expect_problem(403), "forbidden");
        assert_eq!(step(&towns.sender, &again, "withdraw").await.expect(200)["state"], "withdrawn");
        assert_eq!(step(&towns.receiver, &again, "accept").await.expect_problem(409), "wrong-state");
        assert_eq!(towns.seen().await, (true, false));
        assert_eq!(states(&towns.receiver).await, [json!("withdrawn"), json!("refused")]);
    }

    async fn a_place_asks_for_a_person_and_learns_nothing_before_the_keeper_lets_them_go(app) {
        let towns = Towns::of(&app).await;
        let ask = async || post_once(&towns.receiver, REQUESTS, "a", &asking(2, NEXT_DOOR)).await;
        let asked = ask().await.expect(201);
        assert_eq!(ask().await.expect(201), asked, "a repeat makes no second request");
        assert_eq!((&asked["is_request"], &asked["state"], &asked["person_id"]), (&json!(true), &json!("proposed"), &Value::Null));
        for hidden in ["name_masked", "from_division", "from_name"] {
            assert_eq!(asked[hidden], "", "{hidden}");
        }
        let items = async |client: &Client, query: &str| client.get(&format!("{TRANSFERS}?{query}")).await.expect(200)["items"].clone();
        assert_eq!(items(&towns.receiver, "").await, json!([asked]));
        assert_eq!(items(&towns.receiver, &format!("division={HERE}")).await, json!([]), "no filter tells where they are");
        assert_eq!(items(&towns.receiver, "waits=true").await, json!([]));
        let seen = items(&towns.sender, "waits=true").await[0].clone();
        assert_eq!((&seen["person_id"], &seen["name_masked"], &seen["to_division"]), (&towns.person["id"], &json!("张**2"), &json!(NEXT_DOOR)));
        assert_eq!((waiting(&towns.sender, "transfers_to_accept").await, waiting(&towns.receiver, "transfers_to_accept").await), (1, 0));

        for (client, verb) in [(&towns.receiver, "accept"), (&towns.receiver, "refuse"), (&towns.sender, "withdraw")] {
            assert_eq!(step(client, &asked, verb).await.expect_problem(403), "forbidden", "{verb}");
        }
        let third = office(&app, "zhao", FAR).await;
        assert_eq!(step(&third, &asked, "accept").await.expect_problem(404), "not-found");
        assert_eq!(towns.propose(NEXT_DOOR).await.expect_problem(409), "wrong-state");
        assert_eq!(towns.seen().await, (true, false));
        assert_eq!(step(&towns.sender, &asked, "accept").await.expect(200)["state"], "accepted");
        assert_eq!(towns.seen().await, (false, true));
        let told = items(&towns.receiver, &format!("division={HERE}")).await[0].clone();
        assert_eq!((&told["person_id"], &told["name_masked"]), (&towns.person["id"], &json!("张**2")));
    }

    async fn a_request_is_refused_with_a_reason_taken_back_or_names_what_is_wrong(app) {
        let towns = Towns::of(&app).await;
        let asked = towns.receiver.post(REQUESTS, &asking(2, NEXT_DOOR)).await.expect(201);
        step(&towns.sender, &asked, "refuse").await.expect(200);
        let refused = towns.receiver.get(TRANSFERS).await.expect(200)["items"][0].clone();
        assert_eq!((&refused["state"], &refused["answer"], &refused["name_masked"]), (&json!("refused"), &json!("查无此人"), &json!("")));
        let again = towns.receiver.post(REQUESTS, &asking(2, NEXT_DOOR)).await.expect(201);
        assert_eq!(step(&towns.receiver, &again, "withdraw").await.expect(200)["state"], "withdrawn");
        assert_eq!(towns.seen().await, (true, false));

        let wrong = |reply: Reply| {
            let error = reply.expect(422)["errors"][0].clone();
            assert!(!error["detail"].as_str().unwrap().starts_with("field."), "{error}");
            (error["pointer"].clone(), error["code"].clone())
        };
        let at_number = |code: &str| (json!("/document/number"), json!(code));
        assert_eq!(wrong(towns.receiver.post(REQUESTS, &asking(4, NEXT_DOOR)).await), at_number("not-recorded"));
        assert_eq!(wrong(towns.sender.post(REQUESTS, &asking(2, HERE)).await), at_number("kept-here"));
        let for_others = towns.receiver.post(REQUESTS, &asking(2, HERE)).await;
        assert_eq!(for_others.expect_problem(403), "forbidden", "one asks for one's own place");
        assert!(!crate::people::canary::dump(&app).await.contains(&super::number(2)));
    }

    async fn a_person_goes_one_way_at_a_time(app) {
        let towns = Towns::of(&app).await;
        let body = json!({ "division": NEXT_DOOR, "reason": "迁居" });
        let path = format!("{}/transfers", path(&towns.person));
        let first = post_once(&towns.sender, &path, "a", &body).await.expect(201);
        assert_eq!(post_once(&towns.sender, &path, "a", &body).await.expect(201), first, "a repeat proposes nothing");
        assert_eq!(towns.propose(FAR).await.expect_problem(409), "wrong-state");
        for (division, code) in [(HERE, "same-place"), ("330502199", "not-found"), ("330502", "division-too-wide"), ("33", "division-malformed")] {
            step(&towns.sender, &first, "withdraw").await;
            let problem = towns.propose(division).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/division"), &json!(code)));
        }
        let mut unknown = body.clone();
        unknown["person_id"] = towns.person["id"].clone();
        assert_eq!(towns.sender.post(&path, &unknown).await.expect(422)["errors"][0]["code"], "unknown");
        let both = [towns.propose(NEXT_DOOR), towns.propose(FAR)];
        let mut statuses: Vec<u16> = futures::future::join_all(both).await.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "two at once");
    }

    async fn a_school_of_the_county_takes_people_of_its_townships(app) {
        let towns = Towns::of(&app).await;
        let college = enter(&app, &school("330502")).await;
        let at_college = RoleAt { role: Role::SchoolOffice, place: Place::Provider { id: college, division: "330502".to_owned() } };
        let at_college = app.person("college", &[at_college]).await;
        let transfers = format!("{}/transfers", path(&towns.person));
        let to = |division: &str| json!({ "division": division, "provider_id": college, "reason": "就读" });
        for (division, pointer, code) in [(FAR, "/provider_id", "not-found"), ("330502", "/division", "division-too-wide")] {
            let problem = towns.sender.post(&transfers, &to(division)).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        let transfer = towns.sender.post(&transfers, &to(NEXT_DOOR)).await.expect(201);
        assert_eq!(at_college.get(TRANSFERS).await.expect(200)["items"], json!([transfer]));
        step(&at_college, &transfer, "accept").await.expect(200);
        let moved = at_college.get(&path(&towns.person)).await.expect(200);
        assert_eq!((&moved["provider_id"], &moved["division"], &moved["residence_division"]), (&json!(college), &json!("330502"), &json!(NEXT_DOOR)));
        assert_eq!(towns.seen().await, (false, false));
    }

    async fn who_transfers_people_finds_a_place_anywhere_in_the_province(app) {
        let towns = Towns::of(&app).await;
        let (village, college) = (enter(&app, &school(FAR)).await, enter(&app, &school("330503")).await);
        enter(&app, &ProviderEntry { state: OpenState::Closed, ..school(FAR) }).await;
        enter(&app, &school("330503103")).await;
        let places = async |query: &str| towns.sender.get(&format!("{TRANSFER_PLACES}{query}")).await.expect(200);
        let top = places("").await;
        assert_eq!((codes(&top, "way"), codes(&top, "parts").len(), &top["schools"]), (vec![], 11, &json!([])));
        let city = places("?division=3305").await;
        assert_eq!(codes(&city, "parts"), ["330502", "330503", "330521", "330522", "330523"]);
        let county = places("?division=330503000").await;
        assert_eq!((codes(&county, "way"), &county["schools"]), (vec!["3305", "330503"], &json!([])), "one moves to a township");
        assert!(codes(&county, "parts").contains(&FAR));
        let town = places(&format!("?division={FAR}")).await;
        assert_eq!((codes(&town, "way"), codes(&town, "parts")), (vec!["3305", "330503", FAR], vec![]));
        let sorted = |mut ids: Vec<Value>| { ids.sort_by_key(Value::to_string); ids };
        let schools = town["schools"].as_array().unwrap().iter().map(|school| school["id"].clone()).collect();
        assert_eq!(sorted(schools), sorted(vec![json!(village), json!(college)]), "the open ones of the township and its county");
        for unknown in ["330599", "330503999", "34"] {
            let reply = towns.sender.get(&format!("{TRANSFER_PLACES}?division={unknown}")).await;
            assert_eq!(reply.expect_problem(404), "not-found", "{unknown}");
        }
        let reply = towns.sender.get(&format!("{TRANSFER_PLACES}?division=x")).await;
        assert_eq!(reply.expect(422)["errors"][0]["pointer"], "/division");
        let bureau = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(bureau.get(TRANSFER_PLACES).await.expect_problem(403), "forbidden");
    }

    async fn a_person_goes_to_a_school_of_another_county(app) {
        let towns = Towns::of(&app).await;
        let village = enter(&app, &school(FAR)).await;
        let far = office(&app, "zhao", FAR).await;
        let body = json!({ "division": FAR, "provider_id": village, "reason": "迁居" });
        let transfer = towns.sender.post(&format!("{}/transfers", path(&towns.person)), &body).await.expect(201);
        let (from, to) = (transfer["from_name"].as_str().unwrap(), transfer["to_name"].as_str().unwrap());
        assert!(from.starts_with("湖州市 吴兴区 ") && to.starts_with("湖州市 南浔区 ") && to.ends_with(" School"), "{transfer}");
        assert_eq!(far.get(TRANSFERS).await.expect(200)["items"], json!([transfer]), "each knows the other's name");
        step(&far, &transfer, "accept").await.expect(200);
        let moved = far.get(&path(&towns.person)).await.expect(200);
        assert_eq!((&moved["provider_id"], &moved["division"]), (&json!(village), &json!(FAR)));
        assert_eq!(towns.seen().await, (false, false));
    }

    async fn nobody_goes_to_a_closed_school(app) {
        let towns = Towns::of(&app).await;
        let closed = enter(&app, &ProviderEntry { state: OpenState::Closed, ..school(NEXT_DOOR) }).await;
        let body = json!({ "division": NEXT_DOOR, "provider_id": closed, "reason": "就读" });
        let problem = towns.sender.post(&format!("{}/transfers", path(&towns.person)), &body).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/provider_id"), &json!("provider-closed")));
    }

    async fn a_school_that_has_closed_meanwhile_takes_nobody_in(app) {
        let towns = Towns::of(&app).await;
        let village = enter(&app, &school(NEXT_DOOR)).await;
        let body = json!({ "division": NEXT_DOOR, "provider_id": village, "reason": "就读" });
        let transfer = towns.sender.post(&format!("{}/transfers", path(&towns.person)), &body).await.expect(201);
        close(&app.staff("county", Role::CountyBureau, "330502").await, village, NEXT_DOOR).await;
        let refused = step(&towns.receiver, &transfer, "accept").await.expect(409);
        assert_eq!(refused["code"], "wrong-state");
        assert!(refused["detail"].as_str().unwrap().contains("已经停办"), "{refused}");
        assert_eq!(towns.seen().await, (true, false), "they stay where they were");
        step(&towns.receiver, &transfer, "refuse").await.expect(200);
    }

    async fn nobody_goes_to_a_township_that_is_gone_meanwhile(app) {
        let towns = Towns::of(&app).await;
        let transfer = towns.propose(NEXT_DOOR).await.expect(201);
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        let end = json!({ "effective_on": "2026-11-23", "reason": "并入邻镇" });
        province.post(&format!("/api/v1/divisions/{NEXT_DOOR}/abolish"), &end).await.expect(200);
        let refused = step(&towns.receiver, &transfer, "accept").await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("已经撤销"), "{refused}");
        assert_eq!(towns.seen().await, (true, false), "they stay where they were");
        step(&towns.receiver, &transfer, "refuse").await.expect(200);
    }

    async fn who_goes_meanwhile_is_not_there_any_more(app) {
        let towns = Towns::of(&app).await;
        let (sender, path) = (&towns.sender, path(&towns.person));
        let is_moved = Notify::new();
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, "person".to_owned());
        let moving = app.cx.db.write(&permit, async |tx| {
            tx.conn().execute_unprepared(&format!("UPDATE person SET division = '{NEXT_DOOR}'")).await?;
            is_moved.notify_one();
            // The others still find the person where they were, and wait for the end of this write.
            for _ in 0..20 {
                sender.get(&path).await.expect(200);
            }
            Ok(())
        });
        let working = async {
            is_moved.notified().await;
            let (seen, phone) = (json!(1), json!({ "phone": null }));
            let correction = json!({ "document": document(4), "reason": "填错" });
            let (reveal, phones, documents) = (format!("{path}/reveal"), format!("{path}/phone"), format!("{path}/documents"));
            let purpose = json!({ "purpose": "call_person", "note": "联系" });
            join4(
                sender.post(&reveal, &purpose),
                change(sender, Method::PUT, &phones, &seen, &phone),
                change(sender, Method::POST, &documents, &seen, &correction),
                towns.propose(FAR),
            ).await
        };
        let (moved, (revealed, called, corrected, proposed)) = join(moving, working).await;
        moved.unwrap();
        for reply in [revealed, called, corrected, proposed] {
            assert_eq!(reply.expect_problem(404), "not-found");
        }
        assert_eq!(audited(&app, "reveal_person").await, Vec::<Value>::new());
        assert_eq!(states(&towns.receiver).await, Vec::<Value>::new());
        assert_eq!(towns.receiver.get(&path).await.expect(200)["version"], 1, "nothing has changed");
    }

    async fn a_third_township_knows_of_nothing(app) {
        let towns = Towns::of(&app).await;
        let transfer = towns.propose(NEXT_DOOR).await.expect(201);
        let third = office(&app, "zhao", FAR).await;
        assert_eq!(states(&third).await, Vec::<Value>::new());
        for name in ["accept", "refuse", "withdraw"] {
            assert_eq!(step(&third, &transfer, name).await.expect_problem(404), "not-found");
        }
        for role in [Role::ProvinceOffice, Role::CountyBureau, Role::Teacher] {
            let staff = app.staff(role.as_str(), role, "33").await;
            assert_eq!(staff.get(TRANSFERS).await.expect_problem(403), "forbidden");
            assert_eq!(step(&staff, &transfer, "accept").await.expect_problem(404), "not-found");
        }
    }

    async fn nobody_accepts_what_they_proposed(app) {
        let towns = Towns::of(&app).await;
        let at = |division: &str| RoleAt { role: Role::SchoolOffice, place: Place::division(division) };
        let both = app.person("both", &[at(HERE), at(NEXT_DOOR)]).await;
        let body = json!({ "division": NEXT_DOOR, "reason": "迁居" });
        let transfer = both.post(&format!("{}/transfers", path(&towns.person)), &body).await.expect(201);
        assert_eq!(step(&both, &transfer, "accept").await.expect_problem(409), "second-person-needed");
        step(&towns.receiver, &transfer, "accept").await.expect(200);
    }
}
