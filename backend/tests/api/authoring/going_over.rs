//! Learners go over to a newer version when nothing is taken from under their hands.

use crate::{
    exam_world::World,
    learning::{UNIT, content, publish, put, version_of},
    support::{Client, TestApp, db_tests},
};
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

const SECOND: Uuid = Uuid::from_u128(8);
const THIRD: Uuid = Uuid::from_u128(9);

/// Those who write, and the course that they write.
struct Desk {
    author: Client,
    reviewer: Client,
    course: String,
}

impl Desk {
    async fn open(app: &TestApp, world: &World) -> Self {
        let author = app.staff("wang", Role::Teacher, "33").await;
        let reviewer = app.staff("luo", Role::Teacher, "33").await;
        Self { author, reviewer, course: world.course_id.to_string() }
    }

    async fn publish(&self, content: &Value) {
        put(&self.author, &self.course, &version_of(&self.author, &self.course).await, content).await.expect(200);
        publish(&self.author, &self.reviewer, &self.course).await;
    }
}

/// A content of units with two exercises each.
fn units(ids: &[Uuid]) -> Value {
    let units: Vec<_> = ids.iter().map(|id| content(*id)["modules"][0]["units"][0].clone()).collect();
    json!({ "modules": [{ "title": "M", "units": units }] })
}

/// The first unit says something else, and its second exercise asks something else.
fn revised(ids: &[Uuid]) -> Value {
    let mut content = units(ids);
    content["modules"][0]["units"][0]["body"] = json!("新的课文");
    content["modules"][0]["units"][0]["exercises"][1]["stem"] = json!("1 + 2");
    content
}

async fn read(app: &TestApp, learner: &Client, unit: Uuid, read_pct: u8) {
    app.clock.advance_s(10);
    let beat = json!({ "stream": unit, "read_pct": read_pct });
    learner.post(&format!("/api/v1/me/units/{unit}/heartbeats"), &beat).await.expect(200);
    app.clock.advance_s(10);
}

/// Answers an exercise of the first unit by an option; what came back.
async fn answer(learner: &Client, exercise: u8, version: Option<i32>) -> Value {
    let path = format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers");
    let body = json!({ "response": { "kind": "single", "value": exercise }, "version": version });
    learner.post(&path, &body).await.expect(200)
}

async fn course(learner: &Client) -> Value {
    learner.get("/api/v1/me/courses").await.expect(200)[0].clone()
}

db_tests! {
    async fn a_unit_is_finished_as_it_was_begun_and_what_stays_the_same_stays_done(app) {
        let world = World::draft(&app, 1).await;
        let desk = Desk::open(&app, &world).await;
        desk.publish(&units(&[UNIT, SECOND])).await;
        let learner = world.later_class(&app, "late").await;
        read(&app, &learner, UNIT, 50).await;
        desk.publish(&revised(&[UNIT, SECOND, THIRD])).await;

        let held = course(&learner).await;
        assert_eq!((&held["version"], &held["course"]["published_version"]), (&json!(2), &json!(3)));
        assert_eq!(held["standing"]["task_points"], 2);
        let path = format!("/api/v1/me/units/{UNIT}");
        let unit = learner.get(&path).await.expect(200);
        assert_eq!(unit["version"], 2);
        assert!(!unit["html"].as_str().unwrap().contains("新的课文"));
        read(&app, &learner, UNIT, 95).await;
        assert_eq!(answer(&learner, 0, Some(2)).await["progress"]["exercises_done"], 1);
        app.clock.advance_s(10);
        assert_eq!(answer(&learner, 1, Some(2)).await["progress"]["is_complete"], true);

        app.clock.advance_s(10);
        let after = course(&learner).await;
        assert_eq!((&after["version"], &after["standing"]["task_points"]), (&json!(3), &json!(3)));
        let unit = learner.get(&path).await.expect(200);
        assert!(unit["html"].as_str().unwrap().contains("新的课文"));
        assert_eq!((&unit["version"], &unit["done"]), (&json!(3), &json!([true, false])));
        assert_eq!(unit["progress"]["read_pct"], 95, "what was read counts by its unit");
        // The page that is still open shows the exercises of before.
        assert_eq!(answer(&learner, 1, Some(2)).await["progress"]["is_complete"], true);
        assert_eq!(learner.get(&path).await.expect(200)["done"], json!([true, false]));
        assert_eq!(answer(&learner, 1, None).await["progress"]["is_complete"], true);
        assert_eq!(learner.get(&path).await.expect(200)["done"], json!([true, true]));
    }

    async fn who_is_in_the_middle_of_nothing_goes_over_at_once(app) {
        let world = World::draft(&app, 1).await;
        let desk = Desk::open(&app, &world).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        assert_eq!(course(&newcomer).await["version"], 1);
        app.clock.advance_s(10);
        desk.publish(&units(&[UNIT])).await;
        let now = course(&newcomer).await;
        assert_eq!((&now["version"], &now["next_unit"]["id"]), (&json!(2), &json!(UNIT)));
        let map = newcomer.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(200);
        assert_eq!(map["modules"][0]["units"].as_array().unwrap().len(), 1);
    }

    async fn who_has_completed_the_course_is_asked_for_no_more(app) {
        let world = World::draft(&app, 1).await;
        let desk = Desk::open(&app, &world).await;
        app.clock.advance_s(10);
        desk.publish(&units(&[UNIT, SECOND])).await;
        let mine = course(&world.candidates[0].client).await;
        assert_eq!((&mine["version"], &mine["standing"]["gate"]), (&json!(1), &json!({ "state": "open" })));
        // The class shows each learner in the version that is theirs.
        world.newcomer(&app, "newcomer").await;
        let office = app.staff("office", Role::SchoolOffice, "330502").await;
        let class = office.get(&format!("/api/v1/classes/{}", mine["class_id"].as_str().unwrap())).await.expect(200);
        let points: Vec<_> = class["learners"].as_array().unwrap().iter()
            .map(|learner| (&learner["display_name"], &learner["standings"][0]["task_points"]))
            .collect();
        assert_eq!(points, [(&json!("learner-0"), &json!(1)), (&json!("newcomer"), &json!(2))]);
    }

    async fn a_page_of_a_unit_that_is_gone_goes_on_working(app) {
        let world = World::draft(&app, 1).await;
        let desk = Desk::open(&app, &world).await;
        desk.publish(&units(&[UNIT, SECOND])).await;
        let learner = world.later_class(&app, "late").await;
        read(&app, &learner, UNIT, 10).await;
        read(&app, &learner, SECOND, 10).await;
        desk.publish(&units(&[SECOND, THIRD])).await;
        assert_eq!(course(&learner).await["version"], 3, "the second unit is as it was");
        read(&app, &learner, UNIT, 20).await;
        assert_eq!(learner.get(&format!("/api/v1/me/units/{UNIT}")).await.expect(200)["version"], 2);
    }
}
