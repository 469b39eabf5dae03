//! Merges, their undoing and moves in every order: whoever stands on a roster counts once, where they are kept.

use super::{HERE, NEXT_DOOR, Offices, PEOPLE, document, number, office, step, towns};
use crate::{
    roster::{
        moves::{counted, hand_over, listed_at_school},
        take,
        visits::{account, send_visits, visit},
    },
    support::{Client, TestApp, db_tests},
};
use serde_json::{Value, json};

const ROSTER: &str = "/api/v1/roster";

/// A list of this township or school with the nth person alone.
fn list(n: u32) -> String {
    format!("姓名,身份证号\n张秀英{n},{}\n", number(n))
}

/// The nth person, who is known.
async fn known(office: &Client, n: u32) -> Value {
    office.post(&format!("{PEOPLE}/find"), &document(n)).await.expect(200)
}

/// The nth person, put on the roster of `HERE`.
async fn listed_here(app: &TestApp, clerk: &Client, n: u32) -> Value {
    assert_eq!(take(app, clerk, &list(n)).await.1["added"], 1);
    known(clerk, n).await
}

/// Somebody goes to where another office keeps them.
async fn go(from: &Client, to: &Client, person: &Value, proposal: &Value) {
    hand_over(from, to, &json!({ "person_id": person["id"] }), proposal).await;
}

/// Who stands on the rosters that an office sees: names, with the school that keeps the list.
async fn on_rosters(office: &Client) -> Vec<(String, Value)> {
    let listed = office.get(ROSTER).await.expect(200);
    let entry = |entry: &Value| (entry["name"].as_str().unwrap().to_owned(), entry["provider_id"].clone());
    let mut entries: Vec<_> = listed["items"].as_array().unwrap().iter().map(entry).collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    entries
}

fn here(n: u32) -> (String, Value) {
    (format!("张秀英{n}"), Value::Null)
}

db_tests! {
    async fn what_a_move_set_aside_before_the_merge_stays_so(app) {
        let school = towns(&app).await;
        let offices = Offices::of(&app).await;
        let at_school = listed_at_school(&app, school, &list(4)).await;
        let merged = listed_here(&app, &offices.clerk, 4).await;
        let survivor = listed_here(&app, &offices.clerk, 2).await;
        go(&at_school, &offices.clerk, &merged, &json!({ "division": HERE, "reason": "毕业" })).await;
        assert_eq!(on_rosters(&offices.clerk).await, [here(2), here(4)]);
        app.clock.advance_s(60);
        let done = offices.merge(&survivor, &merged).await;
        assert_eq!(on_rosters(&offices.clerk).await, [here(2)]);
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(on_rosters(&offices.clerk).await, [here(2), here(4)]);
        assert_eq!(counted(&at_school).await, 0, "the school's own entry stays set aside");
    }

    async fn who_came_to_a_roster_by_the_others_entry_stands_there_by_their_own(app) {
        let school = towns(&app).await;
        let offices = Offices::of(&app).await;
        let at_school = listed_at_school(&app, school, &list(2)).await;
        let (survivor, merged) = (known(&at_school, 2).await, listed_here(&app, &offices.clerk, 4).await);
        let done = offices.merge(&survivor, &merged).await;
        go(&at_school, &offices.clerk, &survivor, &json!({ "division": HERE, "reason": "毕业" })).await;
        assert_eq!(counted(&offices.clerk).await, 1);
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(on_rosters(&offices.clerk).await, [here(2), here(4)]);
        assert_eq!(counted(&at_school).await, 0);
    }

    async fn a_visit_to_an_entry_that_a_merge_set_aside_is_shown_at_the_one_that_stands(app) {
        towns(&app).await;
        let offices = Offices::of(&app).await;
        let survivor = listed_here(&app, &offices.clerk, 2).await;
        let merged = listed_here(&app, &offices.clerk, 4).await;
        let entry = async |n: u32| {
            let listed = offices.clerk.get(&format!("{ROSTER}?name=张秀英{n}")).await.expect(200);
            listed["items"][0].clone()
        };
        let (stands, set_aside, wang) = (entry(2).await, entry(4).await, account(&app, "wang").await);
        let unreachable = json!({ "kind": "unreachable" });
        let before = visit(&set_aside, &wang, 1, 0, &unreachable);
        assert_eq!(send_visits(&offices.clerk, std::slice::from_ref(&before)).await, ["recorded"]);
        offices.merge(&survivor, &merged).await;
        let sent = [before, visit(&set_aside, &wang, 2, 1, &json!({ "kind": "moved_out" }))];
        assert_eq!(send_visits(&offices.clerk, &sent).await, ["known", "recorded"]);
        assert_eq!(send_visits(&offices.clerk, &sent).await, ["known", "known"]);
        let seen = offices.clerk.get(&format!("{ROSTER}/{}", stands["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((seen["visits"].as_array().unwrap().len(), &seen["entry"]["state"]), (2, &json!("moved_out")));
    }

    async fn an_entry_that_went_with_the_survivor_comes_home(app) {
        towns(&app).await;
        let offices = Offices::of(&app).await;
        let next_door = office(&app, "li", NEXT_DOOR).await;
        let survivor = offices.clerk.post(PEOPLE, &super::super::person(2, HERE)).await.expect(201);
        let merged = listed_here(&app, &offices.clerk, 4).await;
        let done = offices.merge(&survivor, &merged).await;
        go(&offices.clerk, &next_door, &survivor, &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await;
        assert_eq!((counted(&offices.clerk).await, counted(&next_door).await), (0, 1));
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(on_rosters(&offices.clerk).await, [here(4)]);
        assert_eq!(counted(&next_door).await, 0, "the survivor never stood on a roster");
    }

    async fn an_entry_that_stayed_counts_again_while_the_survivor_is_next_door(app) {
        towns(&app).await;
        let offices = Offices::of(&app).await;
        let next_door = office(&app, "li", NEXT_DOOR).await;
        let survivor = listed_here(&app, &offices.clerk, 2).await;
        let merged = listed_here(&app, &offices.clerk, 4).await;
        let done = offices.merge(&survivor, &merged).await;
        go(&offices.clerk, &next_door, &survivor, &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await;
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(on_rosters(&offices.clerk).await, [here(4)]);
        assert_eq!(on_rosters(&next_door).await, [here(2)]);
        go(&next_door, &offices.clerk, &survivor, &json!({ "division": HERE, "reason": "迁回" })).await;
        assert_eq!(on_rosters(&offices.clerk).await, [here(2), here(4)], "and moves go on as before");
    }
}
