//! 学情: who needs help comes first, with the reason.

use super::{Class, keeper};
use crate::{
    exam_world::World,
    exports::{column, said, taken},
    learning::{UNIT, studying},
    people::audited,
    support::{Client, TestApp, db_tests, execute},
};
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

/// Name, state and reason of each learner in the only course.
async fn seen(class: &Class, query: &str) -> Vec<(String, String, Value)> {
    let rows = class.tutor.get(&class.path(&format!("study{query}"))).await.expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |row: &Value| {
        let course = &row["courses"][0];
        (text(&row["display_name"]), text(&course["state"]), course["reason"].clone())
    };
    rows.as_array().unwrap().iter().map(line).collect()
}

fn line(name: &str, state: &str, reason: Value) -> (String, String, Value) {
    (name.to_owned(), state.to_owned(), reason)
}

async fn answer(app: &TestApp, learner: &Client, option: u16) {
    app.clock.advance_s(1);
    let body = json!({ "response": { "kind": "single", "value": option } });
    learner.post(&format!("/api/v1/me/units/{UNIT}/exercises/0/answers"), &body).await.expect(200);
}

db_tests! {
    async fn who_needs_help_comes_first_with_the_reason(app) {
        let world = World::draft(&app, 1).await;
        world.newcomer(&app, "newcomer").await;
        let mut class = Class::of(&app, &world.candidates[0].client).await;
        let done = line("learner-0", "complete", json!({ "kind": "complete" }));
        assert_eq!(seen(&class, "").await, [line("newcomer", "not_begun", json!({ "kind": "not_begun" })), done.clone()]);
        class.later(&app, 14).await;
        let away = line("newcomer", "away", json!({ "kind": "quiet_since_joining", "days": 14 }));
        assert_eq!(seen(&class, "").await, [away.clone(), done.clone()]);
        assert_eq!(seen(&class, "?state=away").await, [away]);
        assert_eq!(seen(&class, "?state=stuck").await, []);
        let row = class.tutor.get(&class.path("study?state=complete")).await.expect(200)[0]["courses"][0].clone();
        assert_eq!((&row["course_title"], &row["standing"]["completed"]), (&json!("Course"), &json!(1)));
        assert_eq!(row["last_at"], "2026-11-23T01:00:00.000Z");
        let wrong = class.tutor.get(&class.path("study?state=asleep")).await.expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/state");
    }

    async fn who_tries_in_vain_is_stuck_until_it_is_right(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        for _ in 0..2 {
            answer(&app, &learner, 1).await;
        }
        assert_eq!(seen(&class, "").await, [line("late", "going_on", json!({ "kind": "missing", "missing": 1 }))]);
        answer(&app, &learner, 1).await;
        let stuck = json!({ "kind": "tries", "unit_title": "U", "tries": 3 });
        assert_eq!(seen(&class, "?state=stuck").await, [line("late", "stuck", stuck)]);
        answer(&app, &learner, 0).await;
        assert_eq!(seen(&class, "").await, [line("late", "going_on", json!({ "kind": "missing", "missing": 1 }))]);
    }

    async fn who_stays_at_a_unit_for_a_week_is_stuck_and_then_away(app) {
        let learner = studying(&app).await;
        let mut class = Class::of(&app, &learner).await;
        let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 10 });
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        class.later(&app, 7).await;
        let long = json!({ "kind": "long_unit", "unit_title": "U", "days": 7 });
        assert_eq!(seen(&class, "").await, [line("late", "stuck", long)]);
        class.later(&app, 8).await;
        assert_eq!(seen(&class, "").await, [line("late", "away", json!({ "kind": "quiet", "days": 15 }))]);
        // A word from the tutor helps.
        let learner = app.log_in("late").await;
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        assert_eq!(seen(&class, "").await[0].1, "stuck");
    }

    async fn it_is_taken_away_as_it_is_listed_and_that_is_noted(app) {
        let world = World::draft(&app, 1).await;
        world.newcomer(&app, "newcomer").await;
        execute(&app, "UPDATE account SET display_name = '=1+1' WHERE login_name = 'newcomer'").await;
        let mut class = Class::of(&app, &world.candidates[0].client).await;
        class.later(&app, 20).await;
        let path = class.path("study/exports");
        let [list, _] = taken(&class.tutor, &path).await;
        assert_eq!((column(&list, "姓名"), column(&list, "状态")), (vec!["'=1+1", "learner-0"], vec!["久未学习", "已学完"]));
        assert_eq!(column(&list, "情况说明"), ["入班 20 天，还没有学过。", "任务点全部完成。"]);
        assert_eq!((column(&list, "已完成任务点"), column(&list, "最近学习日期")), (vec!["0", "1"], vec!["", "2026-11-23"]));
        let [list, about] = taken(&class.tutor, &format!("{path}?state=complete")).await;
        assert_eq!((column(&list, "姓名"), said(&about, "筛选条件 学情")), (vec!["learner-0"], "已学完"));
        let noted = audited(&app, "follow_class").await;
        assert_eq!((&noted[1]["exported"], &noted[1]["rows"]), (&json!("class_study"), &json!(1)));
        assert_eq!(noted[1]["filter"], json!({ "class": class.id, "study": "complete" }));
    }

    async fn nobody_but_those_of_the_class_and_its_school_sees_it(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let class = Class::of(&app, learner).await;
        for (name, role) in [("teacher", Role::Teacher), ("office", Role::SchoolOffice)] {
            let client = keeper(&app, name, role, &class.school()).await;
            assert_eq!(client.get(&class.path("study")).await.expect(200).as_array().unwrap().len(), 1);
        }
        let mut strangers = class.strangers(&app).await;
        strangers.extend([learner.clone(), app.staff("county", Role::CountyBureau, "330502").await]);
        for client in strangers {
            assert_eq!(client.get(&class.path("study")).await.expect_problem(404), "not-found");
            let taken = client.post(&class.path("study/exports"), &json!({})).await;
            assert_eq!(taken.expect_problem(404), "not-found");
        }
    }
}
