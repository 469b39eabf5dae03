//! An author sees an exercise as learners will.

use crate::support::db_tests;
use serde_json::{Value, json};
use shared::rights::Role;

const PREVIEWS: &str = "/api/v1/exercise_previews";

fn exercise(stem: &str) -> Value {
    json!({ "schema_version": 1, "stem": stem, "explanation": "since $1^2 = 1$",
        "body": { "kind": "single_choice", "options": ["$x = 1$", "<script>alert(1)</script>2"], "key": 0 } })
}

db_tests! {
    async fn an_exercise_is_drawn_without_its_key_and_nothing_of_it_acts(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let preview = teacher.post(PREVIEWS, &exercise("If $x^2 = 1$")).await.expect(200);
        let view = &preview["view"];
        assert_eq!((&view["kind"], view["options_html"].as_array().unwrap().len()), (&json!("single_choice"), 2));
        for html in [&view["stem_html"], &view["options_html"][0], &preview["explanation_html"]] {
            assert!(html.as_str().unwrap().contains("<math"), "{html}");
        }
        assert!(!preview.to_string().contains("script") && view.get("key").is_none(), "{preview}");
    }

    async fn what_is_no_exercise_is_not_drawn(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let problem = teacher.post(PREVIEWS, &exercise(" ")).await.expect(422);
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/stem"), &json!("required")));
    }

    async fn who_writes_items_sees_them_too_and_learners_do_not(app) {
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        author.post(PREVIEWS, &exercise("S")).await.expect(200);
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(learner.post(PREVIEWS, &exercise("S")).await.expect_problem(403), "forbidden");
    }
}
