//! Who goes to another place stands on the roster there, and on no other.

use super::{
    BATCHES, import, take,
    visits::{ASSIGNMENTS, ROSTER, account, entry, names, send_visits, three, visit},
};
use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, number, office, texts, towns},
    support::{Client, TestApp, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::ProviderId,
    rights::{Place, Role, RoleAt},
};

/// Proposes a person of the roster to another place, which accepts.
pub(crate) async fn hand_over(from: &Client, to: &Client, entry: &Value, proposal: &Value) {
    let path = format!("{PEOPLE}/{}/transfers", entry["person_id"].as_str().unwrap());
    let transfer = from.post(&path, proposal).await.expect(201);
    let path = format!("/api/v1/person_transfers/{}/accept", transfer["id"].as_str().unwrap());
    to.post(&path, &json!({})).await.expect(200);
}

/// How many persons the counts tell of.
pub(crate) async fn counted(client: &Client) -> u64 {
    let counts = client.get(&format!("{ROSTER}/counts")).await.expect(200);
    counts.as_array().unwrap().iter().map(|count| count["persons"].as_u64().unwrap()).sum()
}

/// The office of a school, which has brought a list of its own.
pub(crate) async fn listed_at_school(app: &TestApp, school: ProviderId, list: &str) -> Client {
    let place = Place::Provider { id: school, division: HERE.to_owned() };
    let at_school = app.person("school", &[RoleAt { role: Role::SchoolOffice, place }]).await;
    let path = format!("{BATCHES}?provider_id={school}&file_name=list.csv");
    let uploaded = send(at_school.request(Method::POST, &path).body(list.to_owned())).await.expect(201);
    assert_eq!(import(app, &at_school, &uploaded).await["added"], 1);
    at_school
}

db_tests! {
    async fn who_goes_next_door_is_on_the_roster_there_alone(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "张秀英").await, account(&app, "wang").await);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": [person["id"]] })).await.expect(204);
        assert_eq!((counted(&here).await, counted(&next_door).await, counted(&county).await), (3, 0, 3));
        assert_eq!(waiting(&here, "visits_due").await, 1);

        hand_over(&here, &next_door, &person, &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await;
        assert_eq!((counted(&here).await, counted(&next_door).await, counted(&county).await), (2, 1, 3));
        assert_eq!(names(&here, "").await, ["张三", "李四"]);
        assert_eq!(names(&county, "").await.len(), 3);
        let moved = entry(&next_door, "张秀英").await;
        assert_eq!((&moved["id"], &moved["division"], &moved["residence_division"]), (&person["id"], &json!(NEXT_DOOR), &json!(NEXT_DOOR)));
        assert_eq!((&moved["surveyor_id"], &moved["state"], &moved["version"]), (&Value::Null, &json!("imported"), &json!(3)));
        let path = format!("{ROSTER}/{}", person["id"].as_str().unwrap());
        assert_eq!(here.get(&path).await.expect_problem(404), "not-found");
        next_door.get(&path).await.expect(200);
        assert_eq!((waiting(&here, "visits_due").await, waiting(&next_door, "persons_to_assign").await), (0, 1));
        assert_eq!(here.get(&format!("{ROSTER}/assigned")).await.expect(200)["items"], json!([]));
    }

    async fn a_visit_reaches_whoever_has_gone_next_door_since(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let (sent, other) = (app.staff("zhu", Role::Surveyor, HERE).await, app.staff("qian", Role::Surveyor, HERE).await);
        three(&app, &here, HERE, 2).await;
        let person = entry(&here, "张秀英").await;
        let (zhu, qian) = (account(&app, "zhu").await, account(&app, "qian").await);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": zhu, "entries": [person["id"]] })).await.expect(204);
        hand_over(&here, &next_door, &person, &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await;

        let moved_out = json!({ "kind": "moved_out" });
        assert_eq!(send_visits(&sent, &[visit(&person, &zhu, 1, 0, &moved_out)]).await, ["recorded"]);
        assert_eq!(send_visits(&other, &[visit(&person, &qian, 2, 0, &moved_out)]).await, ["refused"]);
        let wang = account(&app, "wang").await;
        let by_office = [visit(&person, &wang, 3, 0, &moved_out)];
        assert_eq!(send_visits(&here, &by_office).await, ["refused"], "whom another place keeps is not theirs");
        let path = format!("{ROSTER}/{}", person["id"].as_str().unwrap());
        let seen = next_door.get(&path).await.expect(200);
        assert_eq!((seen["visits"].as_array().unwrap().len(), &seen["entry"]["state"]), (1, &json!("moved_out")));
        assert_eq!(sent.get(&path).await.expect_problem(404), "not-found", "to tell is not to be told");
    }

    async fn a_visit_to_an_entry_that_was_left_is_shown_where_the_person_stands(app) {
        let school = towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let list = format!("姓名,身份证号\n张秀英,{}\n", number(2));
        let at_school = listed_at_school(&app, school, &list).await;
        let (left, visitor) = (entry(&at_school, "张秀英").await, account(&app, "school").await);
        at_school.post(ASSIGNMENTS, &json!({ "surveyor_id": visitor, "entries": [left["id"]] })).await.expect(204);
        assert_eq!(take(&app, &here, &list).await.1["added"], 1);
        hand_over(&at_school, &here, &left, &json!({ "division": HERE, "reason": "毕业" })).await;

        let visits = [visit(&left, &visitor, 1, 0, &json!({ "kind": "met" }))];
        assert_eq!(send_visits(&at_school, &visits).await, ["recorded"]);
        assert_eq!(send_visits(&at_school, &visits).await, ["known"]);
        let stands = entry(&here, "张秀英").await;
        assert_ne!(stands["id"], left["id"]);
        let seen = here.get(&format!("{ROSTER}/{}", stands["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(seen["visits"].as_array().unwrap().len(), 1);
    }

    async fn who_stays_in_a_proposal_stays_on_the_roster(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        three(&app, &here, HERE, 2).await;
        let person = entry(&here, "张秀英").await;
        let path = format!("{PEOPLE}/{}/transfers", person["person_id"].as_str().unwrap());
        let transfer = here.post(&path, &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await.expect(201);
        let path = format!("/api/v1/person_transfers/{}/refuse", transfer["id"].as_str().unwrap());
        next_door.post(&path, &json!({ "reason": "查无此人" })).await.expect(200);
        assert_eq!((counted(&here).await, counted(&next_door).await), (3, 0));
        assert_eq!(entry(&here, "张秀英").await, person);
    }

    async fn who_is_on_both_rosters_counts_once_where_they_are(app) {
        let school = towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let list = format!("姓名,身份证号\n张秀英,{}\n", number(2));
        let at_school = listed_at_school(&app, school, &list).await;
        let person = entry(&at_school, "张秀英").await;
        assert_eq!(take(&app, &here, &list).await.1["added"], 1);
        assert_eq!((counted(&here).await, counted(&at_school).await), (2, 1));
        assert_eq!(names(&here, &format!("&provider_id={school}")).await, ["张秀英"], "on the school's own roster");
        let counts = here.get(&format!("{ROSTER}/counts?provider_id={school}")).await.expect(200);
        assert_eq!(counts.as_array().unwrap().iter().map(|count| &count["persons"]).collect::<Vec<_>>(), [&json!(1)]);

        hand_over(&at_school, &here, &person, &json!({ "division": HERE, "reason": "毕业" })).await;
        assert_eq!((counted(&here).await, counted(&at_school).await), (1, 0));
        let person = entry(&here, "张秀英").await;
        assert_eq!(person["provider_id"], Value::Null);

        hand_over(&here, &at_school, &person, &json!({ "division": HERE, "provider_id": school, "reason": "就读" })).await;
        assert_eq!((counted(&here).await, counted(&at_school).await), (1, 1));
        assert_eq!(entry(&here, "张秀英").await["provider_id"], json!(school));
        assert_eq!(texts(&app, "SELECT CAST(COUNT(*) AS text) FROM roster_entry WHERE set_aside_at IS NULL").await, ["1"]);
    }
}
