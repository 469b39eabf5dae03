//! Divisions that the province founds, renames and abolishes.

use crate::{
    classes::school::wrong_field,
    people::{HERE, NEXT_DOOR, PEOPLE, audited, office, person, towns},
    support::{Client, TestApp, db_tests},
};
use backend::organisation;
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
}
