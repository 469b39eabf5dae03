//! What changed between versions.

use crate::{
    learning::{UNIT, content, created, publish, put, version_of},
    support::db_tests,
};
use serde_json::json;
use shared::rights::Role;
use uuid::Uuid;

db_tests! {
    async fn a_reviewer_sees_what_changed_since_the_last_publication(app) {
        let author = app.staff("wang", Role::Teacher, "33").await;
        let reviewer = app.staff("luo", Role::Teacher, "33").await;
        let id = created(&author, "GYW01").await;
        put(&author, &id, "\"1\"", &content(UNIT)).await.expect(200);
        let path = format!("/api/v1/courses/{id}/difference");
        let first = reviewer.get(&path).await.expect(200);
        assert_eq!((&first["from"], &first["to"], &first["units"][0]["change"]), (&json!(null), &json!(null), &json!("added")));
        publish(&author, &reviewer, &id).await;
        let nothing = reviewer.get(&path).await.expect(200);
        assert_eq!((&nothing["from"], &nothing["modules"], &nothing["units"]), (&json!(1), &json!([]), &json!([])));

        let mut changed = content(UNIT);
        changed["modules"][0]["title"] = json!("N");
        changed["modules"][0]["units"][0]["body"] = json!("若 $x^2 = 9$，则");
        changed["modules"][0]["units"][0]["exercises"][1]["stem"] = json!("1 + 2");
        let mut added = content(Uuid::from_u128(8))["modules"][0]["units"][0].clone();
        added["title"] = json!("V");
        changed["modules"][0]["units"].as_array_mut().unwrap().push(added);
        put(&author, &id, &version_of(&author, &id).await, &changed).await.expect(200);
        let found = reviewer.get(&path).await.expect(200);
        assert_eq!((&found["modules"][0]["title"], &found["modules"][0]["title_before"]), (&json!("N"), &json!("M")));
        let units = &found["units"];
        assert_eq!((&units[0]["change"], &units[1]["change"]), (&json!("changed"), &json!("added")));
        let pieces = [("same", "若 $x^2 = "), ("removed", "4"), ("added", "9"), ("same", "$，则")];
        assert_eq!(units[0]["text"], json!(pieces.map(|(change, text)| json!({ "change": change, "text": text }))));
        assert_eq!((&units[0]["exercises"][0]["number"], &units[0]["exercises"][0]["change"]), (&json!(2), &json!("changed")));
        changed["modules"][0]["units"][0]["exercises"] = content(UNIT)["modules"][0]["units"][0]["exercises"].clone();
        changed["modules"][0]["units"][0]["exercises"].as_array_mut().unwrap().reverse();
        put(&author, &id, &version_of(&author, &id).await, &changed).await.expect(200);
        let found = reviewer.get(&path).await.expect(200);
        let exercises = found["units"][0]["exercises"].as_array().unwrap();
        assert_eq!((exercises.len(), &exercises[0]["is_moved"], &exercises[0]["text"]), (1, &json!(true), &json!([])));

        publish(&author, &reviewer, &id).await;
        let versions = author.get(&format!("/api/v1/courses/{id}/versions")).await.expect(200);
        assert_eq!((&versions[0]["number"], &versions[1]["number"]), (&json!(2), &json!(1)));
        let between = author.get(&format!("{path}?from=1&to=2")).await.expect(200);
        assert_eq!((&between["to"], &between["units"]), (&json!(2), &found["units"]));
        assert_eq!(author.get(&format!("{path}?to=2")).await.expect(200), between, "the one before, unless told");
        assert_eq!(author.get(&format!("{path}?to=1")).await.expect(200)["from"], json!(null));
        assert_eq!(author.get(&format!("{path}?to=3")).await.expect_problem(404), "not-found");
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(learner.get(&path).await.expect_problem(403), "forbidden");
    }
}
