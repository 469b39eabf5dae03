//! Two records of one human at two places: one asks, the other agrees first, and neither learns more before.

use super::*;
use crate::people::FAR;

db_tests! {
    async fn a_place_asks_and_the_other_agrees_first(app) {
        let offices = Offices::open(&app).await;
        let far = office(&app, "zhao", FAR).await;
        let far_county = app.staff("far-county", Role::CountyBureau, "330503").await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&far, 4, FAR).await);
        let requests = format!("{}/merge_requests", path(&kept));
        let asking = |n: u32| json!({ "document": document(n), "ground": "wrong_number", "reason": "本人说在外县登记过" });
        for (n, code) in [(6, "not-recorded"), (2, "same-person")] {
            let error = offices.clerk.post(&requests, &asking(n)).await.expect(422)["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/document/number"), &json!(code)));
        }
        assert_eq!(far.post(&requests, &asking(4)).await.expect_problem(404), "not-found");

        let unknown = json!({
            "person_id": null, "name": "", "birth_year": null, "document": null, "division": "", "provider_id": null,
        });
        let asked = offices.clerk.post(&requests, &asking(4)).await.expect(201);
        assert_eq!((&asked["is_across"], &asked["merged"], &asked["steps"]), (&json!(true), &unknown, &json!(["withdraw"])));
        let refused_there = step(&far_county, &asked, "refuse").await.expect(200);
        assert_eq!((&refused_there["state"], &refused_there["survivor"]["person_id"]), (&json!("refused"), &Value::Null));
        let told = offices.clerk.get(&merge_path(&asked)).await.expect(200);
        assert_eq!((&told["closed"], &told["answer"], &told["merged"]), (&Value::Null, &json!("是两个人"), &unknown));

        let asked = offices.clerk.post(&requests, &asking(4)).await.expect(201);
        assert_eq!(offices.first.get(&merge_path(&asked)).await.expect(200)["steps"], json!(["withdraw"]));
        assert_eq!(step(&offices.first, &asked, "approve").await.expect_problem(403), "forbidden", "the other place answers");
        assert_eq!(step(&far, &asked, "withdraw").await.expect_problem(403), "forbidden");
        let seen_there = far_county.get(&merge_path(&asked)).await.expect(200);
        assert_eq!(seen_there["steps"], json!(["approve", "refuse"]));
        let survivor = &seen_there["survivor"];
        assert_eq!((&survivor["person_id"], &survivor["division"]), (&Value::Null, &json!(HERE)));
        assert_ne!(survivor["name"], kept["name"], "masked");
        let found = async |client: &Client, division: &str| {
            let page = client.get(&format!("{MERGES}?division={division}")).await.expect(200);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!((found(&offices.clerk, FAR).await, found(&far_county, FAR).await), (0, 2), "a filter tells no place");

        let agreed = step(&far_county, &asked, "approve").await.expect(200);
        assert_eq!((&agreed["state"], &agreed["survivor"]["person_id"]), (&json!("approved"), &kept["id"]));
        assert_eq!(step(&far_county, &agreed, "approve").await.expect_problem(403), "forbidden", "who asked agrees last");
        let told = offices.clerk.get(&merge_path(&asked)).await.expect(200);
        assert_eq!((&told["merged"]["person_id"], &told["merged"]["name"]), (&ended["id"], &ended["name"]));
        let done = step(&offices.first, &agreed, "approve").await.expect(200);
        assert_eq!(done["state"], "done");
        assert_eq!(far.get(&path(&ended)).await.expect_problem(404), "not-found");
        let merged = offices.clerk.get(&path(&kept)).await.expect(200);
        assert_eq!(merged["documents"].as_array().unwrap().len(), 2);
        step(&far_county, &done, "undo").await.expect(200);
        assert_eq!(far.get(&path(&ended)).await.expect(200)["name"], ended["name"]);
    }
}

fn merge_path(merge: &Value) -> String {
    format!("{MERGES}/{}", merge["id"].as_str().unwrap())
}
