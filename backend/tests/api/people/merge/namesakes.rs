//! Who was entered twice is told without anybody looking for them.

use super::{HERE, NEXT_DOOR, Offices, PEOPLE, office, step};
use crate::{
    people::person,
    support::{Client, db_tests},
};
use serde_json::{Value, json};
use shared::rights::Role;

const NAMESAKES: &str = "/api/v1/namesakes";

/// Enters the nth person by this name; all are born on one day.
async fn enter(client: &Client, name: &str, n: u32, township: &str) -> Value {
    let mut body = person(n, township);
    body["name"] = json!(name);
    client.post(PEOPLE, &body).await.expect(201)
}

async fn told(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("{NAMESAKES}{query}")).await.expect(200)["items"].as_array().unwrap().clone()
}

/// The ids of a group, sorted.
fn ids(group: &Value) -> Vec<String> {
    let ids = group["people"].as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap().to_owned());
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids
}

/// The ids of these persons, sorted.
fn sorted(people: &[&Value]) -> Vec<String> {
    let mut ids: Vec<_> = people.iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect();
    ids.sort_unstable();
    ids
}

db_tests! {
    async fn who_was_entered_twice_is_told_where_somebody_may_say_so(app) {
        let offices = Offices::open(&app).await;
        let beside = office(&app, "li", NEXT_DOOR).await;
        let (one, other) = (enter(&offices.clerk, "章秀英", 2, HERE).await, enter(&beside, "章秀英", 4, NEXT_DOOR).await);
        enter(&offices.clerk, "章秀", 6, HERE).await;
        let mut younger = person(8, HERE);
        younger["name"] = json!("章秀英");
        younger["document"] = json!({ "kind": "passport", "number": "E12345678" });
        younger["birth_date"] = json!("1985-03-15");
        offices.clerk.post(PEOPLE, &younger).await.expect(201);

        assert_eq!(told(&offices.clerk, "").await, [] as [Value; 0], "the other one is not theirs to know of");
        let county = told(&offices.first, "").await;
        assert_eq!((county.len(), ids(&county[0])), (1, sorted(&[&one, &other])));
        assert_eq!(county[0]["last_merge"], Value::Null);
        assert!(county[0]["people"][0]["documents"][0]["number_masked"].as_str().unwrap().contains('*'));
        assert_eq!(told(&offices.first, &format!("?division={HERE}")).await, [] as [Value; 0]);
        let third = enter(&offices.clerk, "章秀英", 10, HERE).await;
        assert_eq!(ids(&told(&offices.clerk, "").await[0]), sorted(&[&one, &third]));
        let city = app.staff("shi", Role::CityAuditor, "3305").await;
        assert_eq!(city.get(NAMESAKES).await.expect_problem(403), "forbidden");
    }

    async fn what_was_said_of_two_is_told_and_who_is_one_is_told_no_more(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (enter(&offices.clerk, "章秀英", 2, HERE).await, enter(&offices.clerk, "章秀英", 4, HERE).await);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        assert_eq!(told(&offices.clerk, "").await[0]["last_merge"], "proposed");
        step(&offices.first, &proposed, "refuse").await.expect(200);
        assert_eq!(told(&offices.clerk, "").await[0]["last_merge"], "refused");
        offices.merge(&kept, &ended).await;
        assert_eq!(told(&offices.clerk, "").await, [] as [Value; 0]);
    }

    async fn namesakes_come_page_by_page_and_no_name_stands_in_an_address(app) {
        let offices = Offices::open(&app).await;
        for (nth, name) in (0..).zip(["章一", "章二", "章三"]) {
            enter(&offices.clerk, name, 4 * nth, HERE).await;
            enter(&offices.clerk, name, 4 * nth + 2, HERE).await;
        }
        let (mut names, mut query) = (Vec::new(), "?limit=1".to_owned());
        let mut cursors = Vec::new();
        loop {
            let page = offices.clerk.get(&format!("{NAMESAKES}{query}")).await.expect(200);
            names.extend(page["items"].as_array().unwrap().iter().map(|group| group["people"][0]["name"].clone()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursors.push(next.to_owned());
            query = format!("?limit=1&cursor={next}");
        }
        names.sort_by_key(Value::to_string);
        assert_eq!(names.len(), 3);
        names.dedup();
        assert_eq!(names.len(), 3, "each of them once");
        let beside = office(&app, "li", NEXT_DOOR).await;
        let foreign = beside.get(&format!("{NAMESAKES}?cursor={}", cursors[0])).await.expect(422);
        assert_eq!(foreign["errors"][0]["pointer"], "/cursor");
    }
}
