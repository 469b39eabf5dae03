//! A paper that was handed out in a room is entered by two persons, and counts like any other answer.

use super::Day;
use crate::{
    exam_forms::form,
    exam_world::{DURATION_MIN, Device, STEM},
    people::audited,
    support::{Client, Reply, db_tests, execute},
};
use serde_json::{Value, json};
use shared::{ids::ItemId, item_bank::Response};

fn path(day: &Day) -> String {
    format!("/api/v1/exam_sessions/{}/paper_answers", day.world.exam_session_id)
}

/// Somebody enters the paper of the first candidate: the choices of its first items.
async fn enter(day: &Day, by: &Client, choices: &[u16]) -> Reply {
    let answer = |(item, choice): (&ItemId, &u16)| json!({ "item_id": item, "response": Response::Single(*choice) });
    let answers: Vec<Value> = day.world.items.iter().zip(choices).map(answer).collect();
    by.post(&path(day), &json!({ "sitting_id": day.world.sitting(0), "answers": answers })).await
}

db_tests! {
    async fn a_paper_counts_when_two_persons_enter_the_same_and_nothing_is_scored_before(app) {
        let mut day = Day::started(&app, 1).await;
        let mut device = Device::open(&day.world, 0, 1, false).await;
        let entry = device.answer(&day.world, 2, 3);
        device.send(&day.world, &[entry]).await.expect(200);
        let ticket = day.world.view(0).await["ticket_number"].clone();
        let [one, _] = day.world.administrators.clone();
        assert_eq!(enter(&day, &one, &[0]).await.expect_problem(409), "wrong-state", "nobody handed one out");
        assert_eq!(one.get(&path(&day)).await.expect(200), json!({ "sittings": [], "items": [] }));
        let out = json!({ "kind": "hand_out_paper", "ticket_number": ticket, "text": "机房停电" });
        day.act(&day.invigilator, &out).await.expect(200);
        let listed = one.get(&path(&day)).await;
        assert!(String::from_utf8_lossy(&listed.bytes).contains(STEM), "what is asked is told");
        assert_eq!(listed.expect(200)["sittings"][0]["state"], "handed_out");
        let back = json!({ "kind": "collect_paper", "ticket_number": ticket, "text": "4 页" });
        day.act(&day.invigilator, &back).await.expect(200);
        assert_eq!(enter(&day, &one, &[0]).await.expect_problem(409), "wrong-state", "the sitting is not over");

        day.world.later(&app, i64::from(DURATION_MIN) * 60 + 11 * 60).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await["answered"], 1);
        assert_eq!(day.world.exam_session().await["state"], "armed", "a paper is still to be entered");
        let [one, other] = day.world.administrators.clone();
        let first = enter(&day, &one, &[0, 1]).await.expect(200);
        assert_eq!(first["sittings"][0], json!({ "sitting_id": day.world.sitting(0), "ticket_number": ticket,
            "form": 0, "state": "entered_once", "is_own": true }));
        let differs = enter(&day, &other, &[0, 2]).await.expect(409);
        assert_eq!(differs["params"]["items"], json!([day.world.items[1]]));
        let counted = enter(&day, &other, &[0, 1]).await.expect(200);
        assert_eq!(counted["sittings"][0]["state"], "counted");
        assert_eq!(enter(&day, &one, &[0, 1]).await.expect_problem(409), "wrong-state", "it counts once");

        let answers = day.world.answers(&app, 0).await;
        let choice = |item: usize| answers.response(day.world.items[item]).cloned();
        let expected = [Some(Response::Single(0)), Some(Response::Single(1)), Some(Response::Single(3))];
        assert_eq!([choice(0), choice(1), choice(2)], expected, "what was left out on paper stays");
        assert_eq!(day.world.receipt(0).await["answered"], 3);
        day.world.later(&app, 60).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.exam_session().await["state"], "marking");
        let noted: Vec<Value> = audited(&app, "run_exam_day").await;
        assert_eq!(noted.iter().filter(|entry| entry["is_counted"] == true).count(), 1);
        assert_eq!(app.log_in("zhukao").await.get(&path(&day)).await.expect_problem(404), "not-found");
    }

    async fn a_paper_that_was_forgotten_is_taken_in_the_next_day_and_the_test_ends(app) {
        let mut day = Day::started(&app, 1).await;
        let ticket = day.ticket(0).await;
        let out = json!({ "kind": "hand_out_paper", "ticket_number": ticket, "text": "机房停电" });
        day.act(&day.invigilator, &out).await.expect(200);
        day.world.later(&app, 24 * 60 * 60).await;
        day.world.settle(&app).await;
        let [one, other] = day.world.administrators.clone();
        assert_eq!(enter(&day, &one, &[0]).await.expect_problem(409), "wrong-state", "it is still in the room");
        let head = app.log_in("zhukao").await;
        day.act(&head, &json!({ "kind": "collect_paper", "ticket_number": ticket })).await.expect(200);
        for person in [&one, &other] {
            enter(&day, person, &[0]).await.expect(200);
        }
        day.world.later(&app, 60).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.exam_session().await["state"], "marking");
        assert_eq!(app.log_in("zhukao").await.get(&day.room).await.expect_problem(404), "not-found", "it is over");
    }

    async fn what_is_asked_is_told_form_by_form(app) {
        let day = Day::started(&app, 1).await;
        let other = form(&day.world, [400, 200, 200, 200]).await;
        execute(&app, &format!("UPDATE exam_session SET other_papers = '[{other}]'")).await;
        let out = json!({ "kind": "hand_out_paper", "ticket_number": day.ticket(0).await, "text": "机房停电" });
        day.act(&day.invigilator, &out).await.expect(200);
        let listed = day.world.administrators[0].get(&path(&day)).await.expect(200);
        assert_eq!(listed["sittings"][0]["form"], 0);
        let forms: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| item["form"].clone()).collect();
        assert_eq!(forms, [0, 0, 0, 0, 1, 1, 1, 1].map(|form| json!(form)));
    }
}
