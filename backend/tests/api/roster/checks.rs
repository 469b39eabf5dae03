//! 核查: a town confirms its roster, the county looks at a sample, and accepts the roster or sends it back.

use super::{long_list, take};
use crate::{
    exports::{column, taken},
    people::{HERE, NEXT_DOOR, audited, office, towns},
    support::{Client, NO_ID, Reply, TestApp, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::RosterEntryId,
    rights::{Place, Role, RoleAt},
    roster::draw_sample,
};

const CHECKS: &str = "/api/v1/roster/checks";

async fn confirm(client: &Client, place: &str, key: &str) -> Reply {
    let request = client.request(Method::POST, CHECKS).header("idempotency-key", key);
    send(request.json(&json!({ "division": place }))).await
}

fn path(check: &Value) -> String {
    format!("{CHECKS}/{}", check["id"].as_str().unwrap())
}

async fn find(client: &Client, check: &Value, entry: &Value, finding: &str, note: &str) -> Reply {
    let body = json!({ "entry_id": entry["entry_id"], "finding": finding, "note": note });
    client.post(&format!("{}/findings", path(check)), &body).await
}

async fn decide(client: &Client, check: &Value, verb: &str) -> Reply {
    client.post(&format!("{}/{verb}", path(check)), &json!({ "reason": "三个人的学历不对" })).await
}

async fn sample(client: &Client, check: &Value) -> Vec<Value> {
    let page = client.get(&format!("{}/sample?limit=200", path(check))).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// How many checks are listed that wait for the client to do this.
async fn waits(client: &Client, wait: &str) -> usize {
    client.get(&format!("{CHECKS}?waits={wait}")).await.expect(200)["items"].as_array().unwrap().len()
}

/// Everybody on the rosters that the client reads.
async fn on_roster(client: &Client) -> Vec<RosterEntryId> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/roster?limit=200{cursor}")).await.expect(200);
        let id = |entry: &Value| entry["id"].as_str().unwrap().parse::<RosterEntryId>().unwrap();
        ids.extend(page["items"].as_array().unwrap().iter().map(id));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

#[track_caller]
fn refused(reply: Reply, key: &str, params: &Value) {
    let reply = reply.expect(409);
    let language = backend::platform::texts::Language::Chinese;
    assert_eq!(reply["detail"], backend::platform::texts::text(language, &format!("{key}.detail"), params), "{reply}");
}

/// The office of a town with so many rows on its list, and the county's bureau.
async fn town_and_county(app: &TestApp, rows: u32) -> (Client, Client) {
    towns(app).await;
    let town = office(app, "wang", HERE).await;
    take(app, &town, &long_list(rows)).await;
    (town, app.staff("county", Role::CountyBureau, "330502").await)
}

db_tests! {
    async fn five_of_a_hundred_are_looked_at_and_the_roster_is_accepted(app) {
        let (town, county) = town_and_county(&app, 300).await;
        let confirmed = confirm(&town, HERE, "one").await.expect(201);
        assert_eq!((&confirmed["on_roster"], &confirmed["sample_size"], &confirmed["state"]), (&json!(297), &json!(15), &json!("confirmed")));
        assert_eq!(confirm(&town, HERE, "one").await.expect(201), confirmed, "a repeat");
        refused(confirm(&town, HERE, "two").await, "wrong-state.roster-confirmed", &Value::Null);
        assert_eq!((waiting(&county, "rosters_to_check").await, waits(&county, "check").await), (1, 1));

        let drawn = sample(&county, &confirmed).await;
        let ids: Vec<_> = drawn.iter().map(|entry| entry["entry_id"].clone()).collect();
        assert_eq!(confirmed["seed"], Value::Null, "who has the seed can draw the sample");
        let seen = county.get(&format!("{CHECKS}/{}", confirmed["id"].as_str().unwrap())).await.expect(200);
        let again = draw_sample(&on_roster(&county).await, seen["seed"].as_u64().unwrap());
        assert_eq!(ids, again.iter().map(|id| json!(id)).collect::<Vec<_>>(), "anybody draws the same");
        assert_eq!(sample(&town, &confirmed).await, [] as [Value; 0], "the town does not learn who is asked");

        for entry in &drawn[1..] {
            find(&county, &confirmed, entry, "right", "").await.expect(200);
        }
        refused(decide(&county, &confirmed, "accept").await, "wrong-state.roster-findings-missing", &json!({ "count": 1 }));
        let silent = find(&county, &confirmed, &drawn[0], "wrong", " ").await.expect(422);
        assert_eq!((&silent["errors"][0]["pointer"], &silent["errors"][0]["code"]), (&json!("/note"), &json!("required")));
        let wrong = find(&county, &confirmed, &drawn[0], "wrong", "学历是小学").await.expect(200);
        assert_eq!((&wrong["finding"], &wrong["note"], &wrong["found_by_name"]), (&json!("wrong"), &json!("学历是小学"), &json!("county")));
        refused(decide(&county, &confirmed, "accept").await, "wrong-state.roster-something-wrong", &json!({ "count": 1 }));
        find(&county, &confirmed, &drawn[0], "not_reached", "").await.expect(200);
        let accepted = decide(&county, &confirmed, "accept").await.expect(200);
        assert_eq!((&accepted["state"], &accepted["found"], &accepted["wrong"]), (&json!("accepted"), &json!(15), &json!(0)));
        assert_eq!((&accepted["confirmed_by_name"], &accepted["decided_by_name"]), (&json!("wang"), &json!("county")));
        refused(find(&county, &confirmed, &drawn[0], "right", "").await, "wrong-state.roster-check-closed", &Value::Null);
        assert_eq!((waiting(&county, "rosters_to_check").await, waiting(&town, "rosters_returned").await), (0, 0));
        let noted = audited(&app, "check_roster").await;
        assert_eq!(noted.last(), Some(&json!({ "state": "accepted", "wrong": 0 })));
        assert_eq!(audited(&app, "confirm_roster").await[0]["sample"], 15);
    }

    async fn checks_are_narrowed_down_to_a_place_and_a_state(app) {
        let (town, county) = town_and_county(&app, 20).await;
        confirm(&town, HERE, "one").await.expect(201);
        for (asked, found) in [
            (format!("division={HERE}"), 1),
            ("division=330502".to_owned(), 1),
            (format!("division={NEXT_DOOR}"), 0),
            (format!("provider_id={NO_ID}"), 0),
            ("state=confirmed".to_owned(), 1),
            ("state=accepted".to_owned(), 0),
            (format!("state=confirmed&waits=check&division={HERE}"), 1),
        ] {
            let page = county.get(&format!("{CHECKS}?{asked}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), found, "{asked}");
            let [list, _] = taken(&county, &format!("{CHECKS}/exports?{asked}")).await;
            assert_eq!(column(&list, "状态"), vec!["待核查"; found], "{asked}, as a file");
        }
    }

    async fn what_is_wrong_goes_back_and_is_drawn_anew(app) {
        let (town, county) = town_and_county(&app, 20).await;
        let first = confirm(&town, HERE, "one").await.expect(201);
        assert_eq!(first["sample_size"], 10, "ten at least");
        let drawn = sample(&county, &first).await;
        find(&county, &first, &drawn[3], "wrong", "已迁出").await.expect(200);
        let stranger = json!({ "entry_id": NO_ID });
        let elsewhere = find(&county, &first, &stranger, "right", "").await.expect(422);
        assert_eq!(elsewhere["errors"][0]["code"], "not-in-sample");
        let returned = decide(&county, &first, "return").await.expect(200);
        assert_eq!((&returned["state"], &returned["reason"]), (&json!("returned"), &json!("三个人的学历不对")));
        let told = sample(&town, &first).await;
        assert_eq!((told.len(), &told[0]["note"], &told[0]["entry_id"]), (1, &json!("已迁出"), &drawn[3]["entry_id"]));
        assert_eq!((waiting(&town, "rosters_returned").await, waits(&town, "correct").await), (1, 1));

        let second = confirm(&town, HERE, "two").await.expect(201);
        assert_ne!(second["id"], first["id"]);
        assert_eq!((waiting(&town, "rosters_returned").await, waits(&town, "correct").await), (0, 0));
        let listed = town.get(CHECKS).await.expect(200);
        assert_eq!(listed["items"], json!([second, returned]));
    }

    async fn only_the_town_confirms_and_only_another_person_of_the_county_checks(app) {
        let (town, county) = town_and_county(&app, 20).await;
        let neighbour = office(&app, "li", NEXT_DOOR).await;
        let foreign = app.staff("foreign", Role::CountyBureau, "330503").await;
        refused(confirm(&neighbour, NEXT_DOOR, "one").await, "wrong-state.roster-empty", &Value::Null);
        for client in [&neighbour, &county] {
            assert_eq!(confirm(client, HERE, "one").await.expect_problem(403), "forbidden");
        }
        // Somebody of both offices.
        let at = |role, code: &str| RoleAt { role, place: Place::division(code) };
        let both = app.person("both", &[at(Role::SchoolOffice, HERE), at(Role::CountyBureau, "330502")]).await;
        let check = confirm(&both, HERE, "one").await.expect(201);
        let drawn = sample(&county, &check).await;
        assert_eq!((waiting(&both, "rosters_to_check").await, waiting(&county, "rosters_to_check").await), (0, 1));
        refused(find(&both, &check, &drawn[0], "right", "").await, "second-person-needed.roster", &Value::Null);
        refused(decide(&both, &check, "return").await, "second-person-needed.roster", &Value::Null);
        assert_eq!(decide(&town, &check, "accept").await.expect_problem(403), "forbidden");
        for client in [&neighbour, &foreign] {
            assert_eq!(client.get(&path(&check)).await.expect_problem(404), "not-found");
            assert_eq!(decide(client, &check, "return").await.expect_problem(404), "not-found");
            assert_eq!(client.get(CHECKS).await.expect(200)["items"], json!([]));
        }
    }
}
