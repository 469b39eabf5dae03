//! 任务点完成情况: who of a class has completed which unit.

use super::{Class, keeper};
use crate::{
    exam_world::World,
    learning::{UNIT, studying},
    support::db_tests,
};
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

/// The only unit of the class, with the names of who has begun it and of who has not.
async fn seen(class: &Class) -> (Value, Vec<String>, Vec<String>) {
    let all = class.tutor.get(&class.path("unit_study")).await.expect(200);
    let unit = all["courses"][0]["modules"][0]["units"][0].clone();
    let named = |places: &Value| {
        let places = places.as_array().unwrap().iter().map(|place| usize::try_from(place.as_u64().unwrap()).unwrap());
        places.map(|place| all["learners"][place]["display_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (begun, untouched) = (named(&unit["begun"]), named(&unit["untouched"]));
    (unit, begun, untouched)
}

db_tests! {
    async fn who_has_completed_a_unit_and_who_has_not_is_told(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        world.newcomer(&app, "idler").await;
        let class = Class::of(&app, &world.candidates[0].client).await;
        let (unit, begun, untouched) = seen(&class).await;
        assert_eq!((&unit["completed"], &unit["title"]), (&json!(1), &json!("U")));
        assert_eq!((begun, untouched), (vec![], vec!["idler".to_owned(), "newcomer".to_owned()]));

        let path = format!("/api/v1/me/units/{}/heartbeats", unit["unit_id"].as_str().unwrap());
        let beat = |read_pct: u8| json!({ "stream": Uuid::from_u128(1), "read_pct": read_pct });
        newcomer.post(&path, &beat(50)).await.expect(200);
        let (unit, begun, untouched) = seen(&class).await;
        assert_eq!((&unit["completed"], begun, untouched), (&json!(1), vec!["newcomer".to_owned()], vec!["idler".to_owned()]));
        newcomer.post(&path, &beat(95)).await.expect(200);
        let (unit, begun, _) = seen(&class).await;
        assert_eq!((&unit["completed"], begun.len()), (&json!(2), 0));
    }

    async fn each_is_judged_by_the_version_that_they_study(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        let (unit, _, untouched) = seen(&class).await;
        assert_eq!((&unit["unit_id"], untouched.len()), (&json!(UNIT), 1));
        // Whoever completed the first version stays with it: the unit of the second is not theirs to do.
        let earlier = app.log_in("learner-0").await;
        let own = earlier.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].as_str().unwrap().to_owned();
        let office = app.staff("above", Role::SchoolOffice, "330502").await;
        let all = office.get(&format!("/api/v1/classes/{own}/unit_study")).await.expect(200);
        let unit = &all["courses"][0]["modules"][0]["units"][0];
        assert_eq!((&unit["unit_id"], &unit["completed"]), (&json!(UNIT), &json!(0)));
        assert_eq!((&unit["begun"], &unit["untouched"]), (&json!([]), &json!([])));
    }

    async fn those_who_follow_the_class_see_it_and_nobody_else(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let class = Class::of(&app, learner).await;
        let teacher = keeper(&app, "teacher", Role::Teacher, &class.school()).await;
        teacher.get(&class.path("unit_study")).await.expect(200);
        let mut strangers = class.strangers(&app).await;
        strangers.push(learner.clone());
        for client in strangers {
            assert_eq!(client.get(&class.path("unit_study")).await.expect_problem(404), "not-found");
        }
    }
}
