//! Divisions that the province founds, renames, abolishes and merges.

mod schema;

use crate::{
    classes::school::{TOWN, course, entry, planned, school, wrong_field},
    people::{HERE, NEXT_DOOR, PEOPLE, audited, office, person, texts, towns},
    support::{Client, TestApp, db_tests, execute, send},
};
use backend::organisation;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const DIVISIONS: &str = "/api/v1/divisions";
const NEW: &str = "330502199";

async fn province(app: &TestApp) -> Client {
    app.staff("province", Role::ProvinceOffice, "33").await
}

fn founding(code: &str) -> Value {
    json!({ "code": code, "name": "新设镇", "effective_on": "2026-11-23", "reason": "省民政厅批复" })
}

fn merger(successor: &str) -> Value {
    json!({ "successor": successor, "effective_on": "2026-11-23", "reason": "省政府批复" })
}

/// Puts a person on the roster of their place; the entry.
async fn list(office: &Client, person: &Value) -> Value {
    let body = json!({ "person_id": person["id"], "facts": {} });
    let key = person["id"].as_str().unwrap();
    let request = office.request(Method::POST, "/api/v1/roster").header("idempotency-key", key);
    send(request.json(&body)).await.expect(201)["entry"].clone()
}

fn ending() -> Value {
    json!({ "effective_on": "2026-11-23", "reason": "并入邻镇" })
}

db_tests! {
    async fn a_new_township_is_chosen_like_any_other(app) {
        towns(&app).await;
        let (province, county) = (province(&app).await, app.staff("county", Role::CountyBureau, "330502").await);
        assert_eq!(county.post(DIVISIONS, &founding(NEW)).await.expect_problem(403), "forbidden");
        let view = province.post(DIVISIONS, &founding(NEW)).await.expect(201);
        assert_eq!((&view["division"]["name"], &view["changes"][0]["kind"]), (&json!("新设镇"), &json!("founded")));
        let keeper = office(&app, "new", NEW).await;
        keeper.post(PEOPLE, &person(2, NEW)).await.expect(201);
        for (wrong, code) in [(founding(NEW), "duplicate"), (founding("330599001"), "not-found"), (founding("3398"), "division-level")] {
            assert_eq!(wrong_field(province.post(DIVISIONS, &wrong).await), ("/code".to_owned(), code.to_owned()));
        }
        let noted = audited(&app, "edit_divisions").await;
        assert_eq!(noted, [json!({ "division": NEW, "change": "founded", "name": "新设镇" })]);
    }

    async fn a_name_that_the_province_gives_stays_when_the_list_is_loaded_again(app) {
        towns(&app).await;
        let province = province(&app).await;
        let path = format!("{DIVISIONS}/{HERE}");
        let former = province.get(&path).await.expect(200)["division"]["name"].clone();
        let named = json!({ "name": "改名街道", "effective_on": "2026-11-20", "reason": "省政府批复" });
        let view = province.post(&format!("{path}/rename"), &named).await.expect(200);
        assert_eq!((&view["division"]["name"], &view["changes"][0]["former_name"]), (&json!("改名街道"), &former));
        organisation::load_divisions(&app.cx).await.unwrap();
        assert_eq!(province.get(&path).await.expect(200)["division"]["name"], "改名街道");
        let ahead = json!({ "name": "再改", "effective_on": "2026-11-24", "reason": "省政府批复" });
        let wrong = province.post(&format!("{path}/rename"), &ahead).await;
        assert_eq!(wrong_field(wrong), ("/effective_on".to_owned(), "date-in-future".to_owned()));
        assert_eq!(province.post(&format!("{DIVISIONS}/330502999/rename"), &named).await.expect_problem(404), "not-found");
    }

    async fn a_township_that_is_gone_is_read_and_not_chosen(app) {
        towns(&app).await;
        let (province, here, there) = (province(&app).await, office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let kept = there.post(PEOPLE, &person(2, NEXT_DOOR)).await.expect(201);
        let path = format!("{DIVISIONS}/{NEXT_DOOR}");
        let in_use = province.post(&format!("{DIVISIONS}/{HERE}/abolish"), &ending()).await.expect(409);
        assert_eq!((&in_use["code"], &in_use["params"]["open"]), (&json!("wrong-state"), &json!(1)), "its school is open");
        assert_eq!(province.post(&format!("{DIVISIONS}/330502/abolish"), &ending()).await.expect_problem(409), "wrong-state");
        let gone = province.post(&format!("{path}/abolish"), &ending()).await.expect(200);
        assert_eq!((&gone["abolished_on"], &gone["changes"][0]["reason"]), (&json!("2026-11-23"), &json!("并入邻镇")));
        assert_eq!(province.post(&format!("{path}/abolish"), &ending()).await.expect_problem(409), "wrong-state");

        let parts = province.get(&format!("{DIVISIONS}?parent=330502")).await.expect(200);
        let row = parts.as_array().unwrap().iter().find(|row| row["division"]["code"] == NEXT_DOOR).unwrap();
        assert_eq!(row["abolished_on"], "2026-11-23", "it is read");
        let seen = there.get(&format!("{PEOPLE}/{}", kept["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(seen["division"], NEXT_DOOR);
        let places = here.get("/api/v1/transfer_places?division=330502").await.expect(200);
        assert!(places["parts"].as_array().unwrap().iter().all(|part| part["code"] != NEXT_DOOR), "and not chosen");
        let refused = there.post(PEOPLE, &person(4, NEXT_DOOR)).await;
        assert_eq!(wrong_field(refused), ("/residence_division".to_owned(), "not-found".to_owned()));
    }

    async fn a_township_that_goes_over_leaves_everything_to_its_successor(app) {
        let school = school(&app, "school", HERE).await;
        let class = planned(&school, &entry(&school, &[course(&app, "CN").await])).await;
        let (province, old, new) = (province(&app).await, office(&app, "wang", HERE).await, office(&app, "li", TOWN).await);
        let kept = old.post(PEOPLE, &person(2, HERE)).await.expect(201);
        let own = list(&old, &kept).await;
        let second = list(&old, &old.post(PEOPLE, &person(4, HERE)).await.expect(201)).await;
        list(&new, &new.post(PEOPLE, &person(6, TOWN)).await.expect(201)).await;
        // Somebody who stands on both rosters.
        execute(&app, "UPDATE roster_entry SET person_id = (SELECT id FROM person WHERE name = '张秀英4') WHERE name = '张秀英6'").await;

        let path = format!("{DIVISIONS}/{HERE}/merge");
        let person_path = format!("{PEOPLE}/{}", kept["id"].as_str().unwrap());
        let moving = json!({ "division": TOWN, "reason": "迁居" });
        let transfer = old.post(&format!("{person_path}/transfers"), &moving).await.expect(201);
        let waits = province.post(&path, &merger(TOWN)).await.expect(409);
        assert_eq!((&waits["code"], &waits["params"]["open"]), (&json!("wrong-state"), &json!(1)), "nobody moves from a place to itself");
        old.post(&format!("/api/v1/person_transfers/{}/withdraw", transfer["id"].as_str().unwrap()), &json!({})).await.expect(200);

        let gone = province.post(&path, &merger(TOWN)).await.expect(200);
        assert_eq!((&gone["abolished_on"], &gone["changes"][0]["kind"]), (&json!("2026-11-23"), &json!("merged")));
        let successor = province.get(&format!("{DIVISIONS}/{TOWN}")).await.expect(200);
        assert_eq!(successor["changes"][0]["kind"], "absorbed");
        let other = gone["changes"][0]["other_name"].as_str().unwrap();
        assert!(other.ends_with(successor["division"]["name"].as_str().unwrap()), "{other}");
        assert_eq!(province.post(&path, &merger(TOWN)).await.expect_problem(409), "wrong-state", "once");
        let noted = audited(&app, "edit_divisions").await;
        assert_eq!((&noted[0]["change"], &noted[0]["successor"], noted.len()), (&json!("merged"), &json!(TOWN), 1));

        let seen = province.get(&format!("/api/v1/providers/{}", school.id)).await.expect(200);
        assert_eq!((&seen["division"], &seen["formerly"]["code"], &seen["formerly"]["until"]), (&json!(TOWN), &json!(HERE), &json!("2026-11-23")));
        let formerly = seen["formerly"]["name"].as_str().unwrap();
        assert!(formerly.ends_with(gone["division"]["name"].as_str().unwrap()), "the old name is still read: {formerly}");
        school.office.get(&class).await.expect(200);
        new.get(&class).await.expect(200);
        assert_eq!(old.get(&class).await.expect_problem(404), "not-found");
        let places = texts(&app, "SELECT place FROM role_grant WHERE provider_id IS NOT NULL").await;
        assert!(!places.is_empty() && places.iter().all(|place| place.contains(TOWN)), "{places:?}");

        let seen = new.get(&person_path).await.expect(200);
        assert_eq!((&seen["division"], &seen["residence_division"]), (&json!(TOWN), &json!(TOWN)));
        assert_eq!(old.get(&person_path).await.expect_problem(404), "not-found", "a role at the township itself stays there");
        let view = new.get(&format!("/api/v1/roster/{}", own["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&view["entry"]["division"], &view["formerly"]["code"]), (&json!(TOWN), &json!(HERE)));
        let aside = texts(&app, "SELECT division FROM roster_entry WHERE set_aside_at IS NOT NULL").await;
        assert_eq!(aside, [HERE], "a person stands on a roster once: {second}");
    }

    async fn a_township_goes_over_into_one_of_its_county_that_is_there(app) {
        towns(&app).await;
        let (province, county) = (province(&app).await, app.staff("county", Role::CountyBureau, "330502").await);
        let path = format!("{DIVISIONS}/{HERE}/merge");
        assert_eq!(county.post(&path, &merger(TOWN)).await.expect_problem(403), "forbidden");
        for elsewhere in [HERE, "330503100", "330502"] {
            let wrong = wrong_field(province.post(&path, &merger(elsewhere)).await);
            assert_eq!(wrong, ("/successor".to_owned(), "successor-elsewhere".to_owned()), "{elsewhere}");
        }
        province.post(&format!("{DIVISIONS}/{NEXT_DOOR}/abolish"), &ending()).await.expect(200);
        let wrong = wrong_field(province.post(&path, &merger(NEXT_DOOR)).await);
        assert_eq!(wrong, ("/successor".to_owned(), "not-found".to_owned()));
        let unknown = format!("{DIVISIONS}/330502998/merge");
        assert_eq!(province.post(&unknown, &merger(TOWN)).await.expect_problem(404), "not-found");
    }
}
