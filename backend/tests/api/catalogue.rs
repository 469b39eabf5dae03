//! What a stranger reads: the published courses, and where to enrol.

use crate::{
    learning,
    support::{Client, Reply, TestApp, db_tests, send},
};
use backend::organisation;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

const COURSES: &str = "/api/v1/courses";
const CATALOGUE: &str = "/api/v1/public/courses";
const PLACES: &str = "/api/v1/public/places";
/// Stands in what a stranger must never read: a key, a lesson that is no sample, a draft.
const SECRET: &str = "机密";

/// A course, as a teacher fills it in.
fn new_course(code: &str, title: &str, level: &str, kind: &str) -> Value {
    json!({ "code": code, "title": title, "level": level, "role": "required", "kind": kind,
        "class_hours": 300, "face_to_face_hours": 100, "summary": "简介" })
}

/// Two units, each with an exercise.
fn content(is_sample_open: bool) -> Value {
    let exercise = json!({ "schema_version": 1, "stem": SECRET, "explanation": SECRET,
        "body": { "kind": "single_choice", "options": [SECRET, "3"], "key": 0 } });
    let unit = |id: u128, title: &str, body: &str| json!({ "id": Uuid::from_u128(id), "title": title, "minutes": 20, "body": body, "exercises": [exercise] });
    let units = [unit(1, "第一单元", "若 $x^2 = 4$，则"), unit(2, "第二单元", SECRET)];
    let about = json!({ "goals": "会**写**借条", "is_sample_open": is_sample_open, "textbook": "语文（第二版）", "standard_year": 2020 });
    json!({ "about": about,
        "modules": [{ "title": "应用文", "units": units }] })
}

/// Writes a course, and has a colleague publish it.
async fn publish((teacher, colleague): &(Client, Client), course: &Value, content: &Value) -> String {
    let made = teacher.post("/api/v1/courses", course).await.expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    save(teacher, &id, "\"1\"", content).await.expect(200);
    learning::publish(teacher, colleague, &id).await;
    id
}

async fn save(teacher: &Client, id: &str, seen: &str, content: &Value) -> Reply {
    let path = format!("/api/v1/courses/{id}/draft");
    send(teacher.request(Method::PUT, &path).header("if-match", seen).json(content)).await
}

fn codes_of(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes of the courses that a stranger finds.
async fn codes(app: &TestApp, query: &[(&str, &str)]) -> Vec<String> {
    let found = send(app.stranger().request(Method::GET, CATALOGUE).query(query)).await.expect(200);
    codes_of(found["items"].as_array().unwrap())
}

/// Who writes courses, and who publishes them.
async fn teachers(app: &TestApp) -> (Client, Client) {
    (app.staff("wang", Role::Teacher, "33").await, app.staff("luo", Role::Teacher, "33").await)
}

db_tests! {
    async fn a_stranger_reads_what_is_published_and_nothing_else(app) {
        let teachers = teachers(&app).await;
        let teacher = &teachers.0;
        let id = publish(&teachers, &new_course("GYW01", "成人高中语文", "senior", "culture"), &content(true)).await;
        teacher.post("/api/v1/courses", &new_course("GYW02", "没有发布", "senior", "culture")).await.expect(201);
        let mut draft = content(true);
        draft["modules"][0]["title"] = json!(SECRET);
        let seen = teacher.get(&format!("/api/v1/courses/{id}/draft")).await.headers["etag"].to_str().unwrap().to_owned();
        save(teacher, &id, &seen, &draft).await.expect(200);

        assert_eq!(codes(&app, &[]).await, ["GYW01"]);
        let course = app.stranger().get(&format!("{CATALOGUE}/GYW01")).await.expect(200);
        let row = &course["course"];
        assert_eq!((&row["shelf"], &row["version"]), (&json!("senior"), &json!(1)));
        assert_eq!((&row["textbook"], &row["standard_year"]), (&json!("语文（第二版）"), &json!(2020)));
        assert_eq!((&row["task_points"], &row["exercises"]), (&json!(2), &json!(2)));
        let credits = json!({ "credits": 10, "region": "33", "valid_from": "2022-01-01" });
        assert_eq!(row["credits"], credits, "ten hours face to face are one");
        assert!(course["goals_html"].as_str().unwrap().contains("<strong>写</strong>"));
        let units = json!([{ "title": "第一单元", "minutes": 20, "exercises": 1 },
            { "title": "第二单元", "minutes": 20, "exercises": 1 }]);
        assert_eq!(course["modules"], json!([{ "title": "应用文", "units": units }]));
        assert_eq!(course["sample"]["title"], "第一单元");
        assert!(course["sample"]["html"].as_str().unwrap().contains("<math"));
        assert!(!course.to_string().contains(SECRET), "{course}");
        app.stranger().get(&format!("{CATALOGUE}/GYW02")).await.expect(404);
        app.stranger().get(&format!("{CATALOGUE}/GYW03")).await.expect(404);
    }

    async fn a_sample_is_shown_only_if_its_author_allows_it(app) {
        publish(&teachers(&app).await, &new_course("GYW01", "语文", "senior", "culture"), &content(false)).await;
        let course = app.stranger().get(&format!("{CATALOGUE}/GYW01")).await.expect(200);
        assert_eq!(course["sample"], Value::Null);
        assert!(!course.to_string().contains("<math"), "{course}");
    }

    async fn courses_are_found_by_shelf_title_and_code(app) {
        let teachers = teachers(&app).await;
        for (code, title, level, kind) in [
            ("CWH01", "成人初中文化学习辅导", "junior", "culture"),
            ("GXX01", "农产品电子商务", "senior", "skill"),
            ("GYW01", "成人高中语文", "senior", "culture"),
        ] {
            publish(&teachers, &new_course(code, title, level, kind), &content(true)).await;
        }
        assert_eq!(codes(&app, &[]).await, ["CWH01", "GXX01", "GYW01"]);
        for (shelf, code) in [("junior", "CWH01"), ("senior", "GYW01"), ("skill", "GXX01")] {
            assert_eq!(codes(&app, &[("shelf", shelf)]).await, [code]);
        }
        assert_eq!(codes(&app, &[("text", "成人")]).await, ["CWH01", "GYW01"]);
        assert_eq!(codes(&app, &[("text", " 电子商务 ")]).await, ["GXX01"]);
        assert_eq!(codes(&app, &[("text", "gyw")]).await, ["GYW01"]);
        assert_eq!(codes(&app, &[("text", "%")]).await, [""; 0], "a sign of the store's own means nothing");
        assert_eq!(codes(&app, &[("text", "成人"), ("shelf", "junior")]).await, ["CWH01"]);
        app.stranger().get(&format!("{CATALOGUE}?shelf=college")).await.expect(422);
        let long = "长".repeat(101);
        send(app.stranger().request(Method::GET, CATALOGUE).query(&[("text", &long)])).await.expect(422);
    }

    async fn courses_come_page_by_page_and_none_twice_though_others_come_before_them(app) {
        let teachers = teachers(&app).await;
        for code in ["GYW05", "GYW03", "GYW01", "GYW04"] {
            publish(&teachers, &new_course(code, "语文", "senior", "culture"), &content(true)).await;
        }
        let author = &teachers.0;
        author.post(COURSES, &new_course("GYW02", "数学", "senior", "culture")).await.expect(201);
        let (stranger, published) = (app.stranger(), ["GYW01", "GYW03", "GYW04", "GYW05"]);
        for list in [COURSES, CATALOGUE] {
            assert_eq!(codes_of(&stranger.all(list, 3).await), published);
            assert_eq!(stranger.get(&format!("{list}?cursor=none")).await.expect_problem(422), "invalid");
        }
        assert_eq!(codes_of(&author.all(COURSES, 2).await), ["GYW01", "GYW02", "GYW03", "GYW04", "GYW05"]);
        assert_eq!(codes_of(&author.all(&format!("{COURSES}?published=true"), 2).await), published);
        assert_eq!(codes_of(&author.all(&format!("{COURSES}?text=gyw02"), 2).await), ["GYW02"]);
        assert!(stranger.all(&format!("{COURSES}?text=gyw02"), 2).await.is_empty(), "not published");
        for (list, new) in [(COURSES, "GYW00"), (CATALOGUE, "GYV99")] {
            let first = stranger.get(&format!("{list}?limit=3")).await.expect(200);
            publish(&teachers, &new_course(new, "语文", "senior", "culture"), &content(true)).await;
            let next = format!("{list}?limit=3&cursor={}", first["next_cursor"].as_str().unwrap());
            let second = stranger.get(&next).await.expect(200);
            let both = [&first, &second].map(|page| codes_of(page["items"].as_array().unwrap())).concat();
            assert!(both.is_sorted() && !both.iter().any(|code| code == new), "{both:?}");
            assert_eq!(both.iter().filter(|code| published.contains(&code.as_str())).count(), 4, "{both:?}");
        }
    }

    async fn who_has_the_catalogue_fetches_it_no_second_time(app) {
        let teachers = teachers(&app).await;
        publish(&teachers, &new_course("GYW01", "语文", "senior", "culture"), &content(true)).await;
        let ask = async |path: &str, tag: &str| {
            send(app.stranger().request(Method::GET, path).header("if-none-match", tag)).await
        };
        for path in [CATALOGUE.to_owned(), format!("{CATALOGUE}/GYW01")] {
            let first = app.stranger().get(&path).await;
            let tag = first.headers["etag"].to_str().unwrap().to_owned();
            assert_eq!(first.headers["cache-control"], "public, no-cache");
            let again = ask(&path, &tag).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0));
            assert_eq!(again.headers["etag"], first.headers["etag"]);
            ask(&path, "\"another\"").await.expect(200);
        }
        let listed = app.stranger().get(CATALOGUE).await.headers["etag"].to_str().unwrap().to_owned();
        publish(&teachers, &new_course("GYW02", "语文 二", "senior", "culture"), &content(true)).await;
        ask(CATALOGUE, &listed).await.expect(200);
    }

    async fn a_stranger_finds_the_schools_of_a_place_and_no_person(app) {
        organisation::load_divisions(&app.cx).await.unwrap();
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        let enter = async |path: &str, entry: &Value| province.post(&format!("/api/v1/{path}"), entry).await.expect(201);
        let school = |name: &str, division: &str, state: &str| {
            json!({ "kind": "adult_school", "name": name, "division": division, "state": state })
        };
        let town = enter("providers", &school("织里成校", "330502100", "open")).await;
        enter("providers", &school("吴兴社区学院", "330502", "open")).await;
        enter("providers", &school("南浔成校", "330503", "open")).await;
        enter("providers", &school("关了的学校", "330502100", "closed")).await;
        let point = json!({ "provider_id": town["id"], "name": "本部", "division": "330502100", "address": "振兴路 1 号",
            "phone": "0572-0000001", "state": "open" });
        enter("teaching_points", &point).await;
        let mut service = point.clone();
        service["name"] = json!("受理点");
        service["opening_hours"] = json!("周一至周五 8:30-17:00");
        service["staff"] = json!([{ "name": SECRET, "is_in_charge": true }, { "name": "乙某某", "is_in_charge": false }]);
        enter("service_points", &service).await;

        let places = async |division: &str| {
            send(app.stranger().request(Method::GET, PLACES).query(&[("division", division)])).await
        };
        let all = app.stranger().get(PLACES).await.expect(200);
        assert_eq!((all["parts"].as_array().unwrap().len(), &all["providers"]), (11, &json!([])));
        assert_eq!(places("3305").await.expect(200)["providers"], json!([]), "above the county only the way down");

        let found = places("330502100").await.expect(200);
        let names: Vec<_> = found["providers"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
        assert_eq!(names, ["织里成校", "吴兴社区学院"], "the nearest first");
        let first = &found["providers"][0];
        assert_eq!(first["teaching_points"][0]["address"], "振兴路 1 号");
        assert_eq!(first["service_points"][0]["opening_hours"], "周一至周五 8:30-17:00");
        let text = found.to_string();
        assert!(!text.contains(SECRET) && !text.contains("乙某某") && !text.contains("关了"), "{text}");
        assert_eq!(found["way"].as_array().unwrap().last().unwrap()["code"], "330502100");

        let county = places("330502").await.expect(200);
        assert_eq!(county["providers"].as_array().unwrap().len(), 2);
        places("330599").await.expect(404);
        places("nowhere").await.expect(422);
    }
}
