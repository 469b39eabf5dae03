//! Surveys of a season: each counts the visits of its own days.

use super::visits::{ROSTER, account, entry, names, send_visits, three, visit};
use crate::{
    people::{HERE, NEXT_DOOR, office, towns},
    support::db_tests,
};
use serde_json::{Value, json};
use shared::rights::Role;

const ROUNDS: &str = "/api/v1/roster/rounds";
/// Minutes of a day.
const DAY: i64 = 24 * 60;

fn round(begins_on: &str, ends_on: &str) -> Value {
    json!({ "division": HERE, "provider_id": null, "name": "秋季排摸", "begins_on": begins_on, "ends_on": ends_on })
}

fn stated(intent: &str) -> Value {
    json!({ "kind": "stated", "intent": intent, "route": null, "reason": "" })
}

/// All, and those who were not visited, not reached, are undecided and willing.
fn sums([persons, unvisited, unreached, undecided, willing]: [u32; 5]) -> Value {
    json!({
        "persons": persons, "unvisited": unvisited, "unreached": unreached, "undecided": undecided, "willing": willing,
        "unwilling": 0, "left_out": 0,
    })
}

db_tests! {
    async fn visits_count_in_the_round_of_their_days(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let wang = account(&app, "wang").await;
        let (one, other) = (entry(&here, "张秀英").await, entry(&here, "张三").await);
        let before = [
            visit(&one, &wang, 1, -300 * DAY, &stated("unwilling")),
            visit(&other, &wang, 2, -60, &json!({ "kind": "unreachable" })),
        ];
        assert_eq!(send_visits(&here, &before).await, ["recorded", "recorded"]);
        let autumn = here.post(ROUNDS, &round("2026-11-20", "2026-12-31")).await.expect(201);
        assert_eq!((&autumn["sums"], &autumn["is_running"]), (&sums([3, 2, 1, 0, 0]), &json!(true)));
        for (begins_on, ends_on, code) in
            [("2026-12-31", "2027-01-31", "round-overlaps"), ("2026-09-01", "2026-11-01", "round-too-early")]
        {
            let problem = here.post(ROUNDS, &round(begins_on, ends_on)).await.expect(422);
            assert_eq!(problem["errors"][0]["code"], code);
            assert!(!problem["errors"][0]["detail"].as_str().unwrap().starts_with("field."), "{problem}");
        }
        let now = [visit(&one, &wang, 3, -5, &stated("senior")), visit(&other, &wang, 4, -4, &json!({ "kind": "met" }))];
        send_visits(&here, &now).await;
        send_visits(&here, &now).await;
        let listed = here.get(ROUNDS).await.expect(200)["items"][0].clone();
        assert_eq!(listed["sums"], sums([3, 1, 0, 1, 1]));
        let of_round = format!("&round_id={}", autumn["id"].as_str().unwrap());
        assert_eq!(names(&here, &of_round).await, ["张三", "张秀英"]);
        assert_eq!(names(&here, &format!("{of_round}&in_round=unvisited")).await, ["李四"]);
        assert_eq!(names(&here, &format!("{of_round}&in_round=willing")).await, ["张秀英"]);
        assert_eq!(here.get(&format!("{ROSTER}?in_round=willing")).await.expect_problem(422), "invalid");

        let next_door = office(&app, "li", NEXT_DOOR).await;
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        let end = format!("{ROUNDS}/{}/end", autumn["id"].as_str().unwrap());
        assert_eq!(next_door.get(ROUNDS).await.expect(200)["items"], json!([]));
        assert_eq!(next_door.get(&format!("{ROSTER}?limit=2{of_round}")).await.expect_problem(422), "invalid");
        assert_eq!(next_door.post(&end, &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(next_door.post(ROUNDS, &round("2027-01-01", "2027-02-01")).await.expect_problem(403), "forbidden");
        assert_eq!(county.get(ROUNDS).await.expect(200)["items"], json!([listed]));
        assert_eq!(county.post(&end, &json!({})).await.expect_problem(403), "forbidden");

        for _ in 0..2 {
            assert_eq!(here.post(&end, &json!({})).await.expect(200)["ends_on"], "2026-11-23");
        }
        let winter = here.post(ROUNDS, &round("2026-11-24", "2027-02-01")).await.expect(201);
        assert_eq!((&winter["sums"], &winter["is_running"]), (&sums([3, 3, 0, 0, 0]), &json!(false)));
    }
}
