//! Records are seen at their place alone: in lists, in counts, and one by one.

use super::*;

/// The names on all pages of a list.
async fn names(client: &Client, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{ENROLMENTS}?limit=2{query}{cursor}")).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        names.extend(items.iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    names.sort();
    names
}

async fn counts(client: &Client, query: &str) -> Value {
    client.get(&format!("{ENROLMENTS}/counts{query}")).await.expect(200)
}

db_tests! {
    async fn lists_and_counts_show_ones_own_place(app) {
        let desk = Desk::open(&app).await;
        for n in [2, 4, 6] {
            desk.enrol(n).await;
        }
        let submitted = desk.submit(&desk.enrol(8).await).await;
        let (next_door, neighbour) = neighbour(&app).await;
        neighbour.post(ENROLMENTS, &stated(next_door, 10)).await.expect(201);

        let all = ["张秀英2", "张秀英4", "张秀英6", "张秀英8"];
        assert_eq!(names(&desk.clerk, "").await, all);
        assert_eq!(names(&neighbour, "").await, ["张秀英10"]);
        assert_eq!(names(&desk.county, "").await.len(), 5);
        assert_eq!(names(&desk.county, &format!("&division={NEXT_DOOR}")).await, ["张秀英10"]);
        assert_eq!(names(&desk.county, &format!("&provider_id={}", desk.school)).await, all);
        assert_eq!(names(&desk.clerk, "&state=school_review").await, ["张秀英8"]);
        assert_eq!(names(&desk.clerk, "&level=junior").await, [""; 0]);
        assert_eq!(names(&desk.county, "&name=张秀英1").await, ["张秀英10"]);
        assert_eq!(names(&desk.county, "&name=李").await, [""; 0]);

        let count = |state: &str, records: u64| json!({ "state": state, "records": records });
        assert_eq!(counts(&desk.clerk, "").await, json!([count("applied", 3), count("school_review", 1)]));
        assert_eq!(counts(&neighbour, "").await, json!([count("applied", 1)]));
        assert_eq!(counts(&desk.county, &format!("?division={NEXT_DOOR}&level=senior")).await, json!([count("applied", 1)]));
        assert_eq!(counts(&neighbour, &format!("?division={HERE}")).await, json!([]));

        let elsewhere = app.staff("elsewhere", Role::CountyBureau, "330503").await;
        assert_eq!(names(&elsewhere, "").await, [""; 0]);
        for stranger in [&neighbour, &elsewhere] {
            assert_eq!(stranger.get(&path(&submitted)).await.expect_problem(404), "not-found");
            assert_eq!(step(stranger, &submitted, "approve", "").await.expect_problem(404), "not-found");
        }
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        assert_eq!(province.get(&path(&submitted)).await.expect(200)["open_steps"], json!([]));
        assert_eq!(step(&province, &submitted, "approve", "").await.expect_problem(403), "forbidden");
        assert_eq!(province.post(ENROLMENTS, &desk.stated(12)).await.expect_problem(403), "forbidden");
    }

    async fn an_office_of_one_school_sees_the_records_of_that_school(app) {
        use shared::rights::{Place, RoleAt};
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let second = enter(&app, &crate::exam_world::school(HERE)).await;
        let at = |id| RoleAt { role: Role::SchoolOffice, place: Place::Provider { id, division: HERE.to_owned() } };
        let (own, other) = (app.person("own", &[at(desk.school)]).await, app.person("other", &[at(second)]).await);
        assert_eq!(names(&own, "").await, ["张秀英2"]);
        assert_eq!(names(&other, "").await, [""; 0]);
        assert_eq!(other.get(&path(&record)).await.expect_problem(404), "not-found");
        assert_eq!(other.post(ENROLMENTS, &desk.stated(4)).await.expect_problem(403), "forbidden");
        own.post(ENROLMENTS, &desk.stated(4)).await.expect(201);
    }

    async fn who_has_no_part_in_enrolment_sees_nothing_of_it(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let teacher = app.staff("teacher", Role::Teacher, "33").await;
        let (_, learner) = app.learner("learner").await;
        for client in [&teacher, &learner] {
            assert_eq!(client.get(ENROLMENTS).await.expect_problem(403), "forbidden");
            assert_eq!(client.get(&format!("{ENROLMENTS}/counts")).await.expect_problem(403), "forbidden");
            assert_eq!(client.get("/api/v1/enrolment_rules").await.expect_problem(403), "forbidden");
            assert_eq!(client.get(&path(&record)).await.expect_problem(404), "not-found");
        }
        assert_eq!(learner.get("/api/v1/me/enrolments").await.expect(200), json!([]));
    }
}
