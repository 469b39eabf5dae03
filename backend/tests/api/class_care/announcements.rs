//! 班级通知: told to the class until a day, read by its learners, edited and withdrawn by who may.

use super::{Class, class_place, keeper};
use crate::{
    exam_world::World,
    people::audited,
    support::{Client, Reply, db_tests, execute, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const OWN: &str = "/api/v1/me/announcements";

fn entry(title: &str, until: &str) -> Value {
    json!({ "title": title, "text": "周三停课一次，words-of-the-text。", "until": until })
}

/// Announces something that is shown until a day; its path.
async fn announced(class: &Class, title: &str, until: &str) -> String {
    let told = class.tutor.post(&class.path("announcements"), &entry(title, until)).await.expect(201);
    format!("/api/v1/announcements/{}", told["id"].as_str().unwrap())
}

async fn edit(client: &Client, path: &str, seen: i32, entry: &Value) -> Reply {
    send(client.request(Method::PUT, path).header("if-match", format!("\"{seen}\"")).json(entry)).await
}

async fn read(learner: &Client, path: &str) -> Reply {
    learner.post(&format!("{}/read", path.replace("/announcements", "/me/announcements")), &json!({})).await
}

/// Readers and learners of the newest announcement, as the tutor sees them.
async fn readers(class: &Class) -> (Value, Value) {
    let told = class.tutor.get(&class.path("announcements")).await.expect(200);
    (told[0]["read"].clone(), told[0]["learners"].clone())
}

/// Title and state of what a learner was told, and whether they have read it.
async fn told(learner: &Client) -> Vec<(String, String, bool)> {
    let told = learner.get(OWN).await.expect(200);
    let line = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (text("title"), text("state"), !row["read_at"].is_null())
    };
    told.as_array().unwrap().iter().map(line).collect()
}

fn line(title: &str, state: &str, is_read: bool) -> (String, String, bool) {
    (title.to_owned(), state.to_owned(), is_read)
}

db_tests! {
    async fn the_class_is_told_until_a_day_and_it_is_known_who_has_read_it(app) {
        let world = World::draft(&app, 2).await;
        let [one, other] = [0, 1].map(|nth: usize| world.candidates[nth].client.clone());
        let mut class = Class::of(&app, &one).await;
        let path = announced(&class, " 停课 ", "2026-11-25").await;
        assert_eq!(told(&one).await, [line("停课", "current", false)]);
        let first = one.get(OWN).await.expect(200)[0].clone();
        assert_eq!((&first["by_name"], &first["class_name"], &first["until"]), (&json!("tutor"), &json!("Class"), &json!("2026-11-25")));
        assert_eq!(readers(&class).await, (json!(0), json!(2)));
        let (now, again) = join(read(&one, &path), read(&one, &path)).await;
        assert_eq!((now.status, again.status), (200, 200));
        assert_eq!(readers(&class).await, (json!(1), json!(2)), "who reads it twice counts once");
        assert_eq!((told(&one).await, told(&other).await), (vec![line("停课", "current", true)], vec![line("停课", "current", false)]));
        let own = one.get("/api/v1/me/data").await.expect(200)["announcement_readings"].clone();
        assert_eq!((own.as_array().unwrap().len(), &own[0]["title"], &own[0]["class_name"]), (1, &json!("停课"), &json!("Class")));
        class.later(&app, 3).await;
        assert_eq!(told(&app.log_in("learner-1").await).await, [line("停课", "over", false)]);
    }

    async fn what_was_edited_is_told_anew_and_what_was_withdrawn_is_gone(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let class = Class::of(&app, learner).await;
        let path = announced(&class, "停课", "2026-11-25").await;
        read(learner, &path).await.expect(200);
        let teacher = keeper(&app, "teacher", Role::Teacher, &class_place(class.id, class.provider)).await;
        let edited = edit(&teacher, &path, 1, &entry("改为周四停课", "2026-11-30")).await;
        assert_eq!(edited.headers["etag"], "\"2\"");
        let edited = edited.expect(200);
        assert_eq!((&edited["by_name"], &edited["read"], &edited["until"]), (&json!("tutor"), &json!(0), &json!("2026-11-30")));
        assert_eq!(told(learner).await, [line("改为周四停课", "current", false)]);
        assert_eq!(edit(&class.tutor, &path, 1, &entry("停课", "2026-11-25")).await.expect_problem(412), "stale");
        let withdraw = format!("{path}/withdraw");
        assert_eq!(class.tutor.post(&withdraw, &json!({})).await.expect(200)["state"], "withdrawn");
        assert_eq!(told(learner).await, []);
        assert_eq!(read(learner, &path).await.expect_problem(404), "not-found");
        assert_eq!(class.tutor.post(&withdraw, &json!({})).await.expect_problem(409), "wrong-state");
        assert_eq!(edit(&class.tutor, &path, 2, &entry("停课", "2026-11-25")).await.expect_problem(409), "wrong-state");
        let log = audited(&app, "address_class").await;
        assert_eq!((log.len(), &log[1]["version"], &log[2]["withdrawn"]), (3, &json!(2), &json!(true)));
        assert!(!json!(log).to_string().contains("words-of-the-text"), "{log:?}");
    }

    async fn what_is_wrong_with_an_announcement_is_named(app) {
        let world = World::draft(&app, 1).await;
        let class = Class::of(&app, &world.candidates[0].client).await;
        for (field, value, code) in [
            ("title", json!(" "), "required"),
            ("title", json!("长".repeat(61)), "too-long"),
            ("text", json!(""), "required"),
            ("text", json!("长".repeat(2_001)), "too-long"),
            ("until", json!("2026-11-22"), "out-of-range"),
        ] {
            let mut wrong = entry("停课", "2026-11-25");
            wrong[field] = value;
            let problem = class.tutor.post(&class.path("announcements"), &wrong).await.expect(422);
            let found = (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]);
            assert_eq!(found, (&json!(format!("/{field}")), &json!(code)));
        }
        let once = async || {
            let request = class.tutor.request(Method::POST, &class.path("announcements"));
            send(request.header("idempotency-key", "k").json(&entry("停课", "2026-11-25"))).await.expect(201)["id"].clone()
        };
        assert_eq!(once().await, once().await);
        execute(&app, "UPDATE class SET state = 'finished'").await;
        let over = class.tutor.post(&class.path("announcements"), &entry("停课", "2026-11-25")).await;
        assert_eq!(over.expect_problem(409), "wrong-state");
    }

    async fn nobody_outside_the_class_takes_part_and_the_office_reads(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let class = Class::of(&app, learner).await;
        let path = announced(&class, "停课", "2026-11-25").await;
        let office = keeper(&app, "office", Role::SchoolOffice, &class.school()).await;
        assert_eq!(office.get(&class.path("announcements")).await.expect(200)[0]["title"], "停课");
        let create = entry("停课", "2026-11-25");
        assert_eq!(office.post(&class.path("announcements"), &create).await.expect_problem(403), "forbidden");
        assert_eq!(edit(&office, &path, 1, &create).await.expect_problem(403), "forbidden");
        assert_eq!(office.post(&format!("{path}/withdraw"), &json!({})).await.expect_problem(403), "forbidden");
        let mut strangers = class.strangers(&app).await;
        strangers.extend([learner.clone(), app.staff("county", Role::CountyBureau, "330502").await]);
        for client in &strangers {
            assert_eq!(client.get(&class.path("announcements")).await.expect_problem(404), "not-found");
            assert_eq!(edit(client, &path, 1, &create).await.expect_problem(404), "not-found");
            assert_eq!(client.post(&format!("{path}/withdraw"), &json!({})).await.expect_problem(404), "not-found");
        }
        let outsider = world.later_class(&app, "later").await;
        assert_eq!(told(&outsider).await, []);
        assert_eq!(read(&outsider, &path).await.expect_problem(404), "not-found");
        assert_eq!(read(&class.tutor, &path).await.expect_problem(403), "forbidden");
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        assert_eq!(told(learner).await, [], "who has left is not told any more");
    }
}
