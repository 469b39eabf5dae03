//! 成绩册: exercises, class hours, released results and grades, and nothing that is not released.

use super::{Class, keeper};
use crate::{
    exam_world::{DURATION_MIN, Device, World},
    exports::{column, said, taken},
    learning::{UNIT, studying},
    people::audited,
    support::{Client, TestApp, db_tests, execute},
};
use serde_json::{Value, json};
use shared::rights::Role;

async fn book(class: &Class, query: &str) -> Value {
    class.tutor.get(&class.path(&format!("gradebook{query}"))).await.expect(200)
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["display_name"].as_str().unwrap()).collect()
}

/// An invigilator says that the first candidate whispered.
async fn record_incident(app: &TestApp, world: &World) {
    let exams = world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
    let ticket = exams[0]["sitting"]["ticket_number"].clone();
    let body = json!({ "ticket_number": ticket, "kind": "whispering", "what_happened": "与邻座交谈两次" });
    let invigilator = app.staff("jiankao", Role::Invigilator, "330502").await;
    let path = format!("/api/v1/exam_sessions/{}/incidents", world.exam_session_id);
    invigilator.post(&path, &body).await.expect(201);
}

db_tests! {
    async fn a_result_is_in_the_book_once_it_is_released(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..3).map(|item| device.answer(&world, item, 0)).collect();
        device.send(&world, &entries).await.expect(200);
        device.submit(&world).await.expect(200);
        for seconds in [i64::from(DURATION_MIN) * 60 + 31, 600] {
            world.later(&app, seconds).await;
            world.settle(&app).await;
        }
        let class = Class::of(&app, &world.candidates[0].client).await;
        let course = async || book(&class, "").await["items"][0]["courses"][0].clone();
        let before = course().await;
        assert_eq!((&before["course_title"], &before["results"], &before["grade"]), (&json!("Course"), &json!([]), &Value::Null));
        world.step("release", 0).await.expect(200);
        assert_eq!(course().await, before, "one person has not released it yet");
        world.step("release", 1).await.expect(200);
        let after = course().await;
        assert_eq!((&after["results"][0]["score"], &after["results"][0]["max_score"]), (&json!(600), &json!(1_000)));
        assert_eq!((&after["results"][0]["grade"], &after["grade"]), (&json!("b"), &json!("b")));
        assert_eq!((&after["class_hours"], &after["needed_hours"]), (&json!(0), &json!(10)));
        let [list, about] = taken(&class.tutor, &class.path("gradebook/exports")).await;
        assert_eq!((column(&list, "姓名"), column(&list, "Course 等第")), (vec!["learner-0"], vec!["B 合格"]));
        assert_eq!(column(&list, "Course 测试成绩"), ["6 / 10 2026-11-23"]);
        assert_eq!(said(&about, "筛选条件 班级"), "Class");

        record_incident(&app, &world).await;
        assert_eq!(course().await, before, "what is held until an incident is decided is told to nobody");
        let [list, _] = taken(&class.tutor, &class.path("gradebook/exports")).await;
        assert!(list.rows.iter().flatten().all(|cell| !cell.contains("6 / 10")));
    }

    async fn exercises_are_counted_by_what_came_of_them(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        let answer = async |exercise: u8, option: u8| {
            app.clock.advance_s(1);
            let body = json!({ "response": { "kind": "single", "value": option } });
            learner.post(&format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers"), &body).await.expect(200);
        };
        let exercises = async || book(&class, "").await["items"][0]["courses"][0]["exercises"].clone();
        assert_eq!(exercises().await, json!({ "exercises": 2, "done": 0, "right_at_once": 0 }));
        answer(0, 1).await;
        answer(0, 0).await;
        answer(1, 1).await;
        assert_eq!(exercises().await, json!({ "exercises": 2, "done": 2, "right_at_once": 1 }));
    }

    async fn it_comes_page_by_page_and_is_taken_away_as_a_whole(app) {
        let world = World::draft(&app, 3).await;
        let learner = &world.candidates[0].client;
        let class = Class::of(&app, learner).await;
        app.clock.advance_s(1);
        world.newcomer(&app, "newcomer").await;
        let first = book(&class, "?limit=2").await;
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = book(&class, &format!("?limit=2&cursor={cursor}")).await;
        let mut all: Vec<_> = names(&first).into_iter().chain(names(&second)).collect();
        assert_eq!((all.len(), all[3], &second["next_cursor"]), (4, "newcomer", &Value::Null), "who joined last comes last");
        all.sort_unstable();
        assert_eq!(all, ["learner-0", "learner-1", "learner-2", "newcomer"]);
        execute(&app, "UPDATE account SET display_name = '@SUM(A1)' WHERE login_name = 'newcomer'").await;
        let [list, _] = taken(&class.tutor, &class.path("gradebook/exports")).await;
        assert_eq!((list.rows.len(), column(&list, "姓名")[3]), (5, "'@SUM(A1)"));
        assert_eq!(audited(&app, "follow_class").await[0]["exported"], "gradebook");
        let wrong = class.tutor.get(&class.path("gradebook?cursor=x")).await.expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/cursor");
    }

    async fn nobody_but_those_of_the_class_and_its_school_reads_it(app) {
        let world = World::draft(&app, 1).await;
        let learner = world.candidates[0].client.clone();
        let class = Class::of(&app, &learner).await;
        let refused = async |client: &Client, status: u16| {
            client.get(&class.path("gradebook")).await.expect_problem(status);
            client.post(&class.path("gradebook/exports"), &json!({})).await.expect_problem(status);
        };
        for (name, role) in [("teacher", Role::Teacher), ("office", Role::SchoolOffice)] {
            let client = keeper(&app, name, role, &class.school()).await;
            assert_eq!(names(&client.get(&class.path("gradebook")).await.expect(200)), ["learner-0"]);
        }
        refused(&app.staff("county", Role::CountyBureau, "330502").await, 403).await;
        refused(&learner, 404).await;
        for client in class.strangers(&app).await {
            refused(&client, 404).await;
        }
    }
}
