//! The road from the import to the verified certificate, on forty real questions with formulas.

use crate::{
    exam_world::{DURATION_MIN, Device, World, approve},
    support::{START, db_tests},
};
use serde_json::{Value, json};
use shared::{
    item_bank::{Item, ItemBody, Response, parse_chinese_text},
    rights::Role,
};
use std::{fs, path::Path};

/// Questions of the paper.
const COUNT: usize = 40;
/// Of these, with formulas.
const WITH_FORMULAS: usize = 10;

/// The text of forty single choices, as a teacher would paste it: half of them from the sets of
/// mathematics, as far as their formulas reach.
fn questions() -> (String, Vec<Item>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/questions-zh/gaokao-bench/objective");
    let entries = fs::read_dir(folder).expect("the question sets lie beside the project");
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort_by_key(|file| (!file.to_string_lossy().contains("Math"), file.clone()));
    let (mut text, mut items, mut formulas) = (String::new(), Vec::new(), 0);
    for file in files {
        let file: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for row in file["example"].as_array().unwrap() {
            let question = row["question"].as_str().unwrap().trim();
            let question =
                question.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '．', '、']);
            let key = row["answer"][0].as_str().unwrap_or_default();
            let has_formula = question.contains('$');
            if items.len() == COUNT || (has_formula && formulas == COUNT / 2) {
                continue;
            }
            let longer = format!("{text}{}. {}\n答案：{key}\n\n", items.len() + 1, question.trim());
            let parsed = parse_chinese_text(&longer);
            let is_single = matches!(parsed.items.last().map(|item| &item.body), Some(ItemBody::SingleChoice { .. }));
            if parsed.errors.is_empty() && parsed.items.len() == items.len() + 1 && is_single {
                formulas += usize::from(has_formula);
                (text, items) = (longer, parsed.items);
            }
        }
    }
    assert!(items.len() == COUNT && formulas >= WITH_FORMULAS, "{} questions, {formulas} with formulas", items.len());
    (text, items)
}

fn right(item: &Item) -> Response {
    match &item.body {
        ItemBody::SingleChoice { key, .. } => Response::Single(*key),
        _ => unreachable!("only single choices were taken"),
    }
}

db_tests! {
    async fn forty_real_questions_go_the_whole_road(app) {
        let mut world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let (text, items) = questions();
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
        let report = author.post("/api/v1/items/import", &body).await.expect(200);
        assert_eq!((report["errors"].clone(), report["items"].clone()), (json!([]), json!(items)));
        world.items = serde_json::from_value(report["stored"].clone()).unwrap();
        approve(&app, &world.items).await;

        let administrator = &world.administrators[0];
        let chosen: Vec<_> = world.items.iter().map(|id| json!({ "item_id": id, "points": 250 })).collect();
        let paper = json!({ "course_id": world.course_id, "title": "Real", "items": chosen });
        let paper = administrator.post("/api/v1/papers", &paper).await.expect(201);
        let seal = format!("/api/v1/papers/{}/seal", paper["id"].as_str().unwrap());
        assert_eq!(administrator.post(&seal, &json!({})).await.expect(200)["points"], 10_000);
        let plan = json!({
            "title": "Real", "course_id": world.course_id, "paper_id": paper["id"],
            "starts_at": START.plus_s(60), "duration_min": DURATION_MIN,
        });
        let session = administrator.post("/api/v1/exam_sessions", &plan).await.expect(201);
        world.exam_session_id = session["id"].as_str().unwrap().parse().unwrap();
        let mut world = world.into_armed().await.started(&app).await;

        let mut device = Device::open(&world, 0, 1, false).await;
        let answers: Vec<_> = items.iter().enumerate().map(|(at, item)| {
            // Every fifth is wrong.
            let response = match (at % 5, right(item)) {
                (4, Response::Single(key)) => Response::Single(key ^ 1),
                (_, right) => right,
            };
            device.write(world.items[at], response, u64::try_from(at + 1).unwrap() * 1_000)
        }).collect();
        device.send(&world, &answers).await.expect(200);
        device.submit(&world).await.expect(200);
        world.settle(&app).await;
        world.settle(&app).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 700).await;
        world.settle(&app).await;
        world.step("release", 0).await.expect(200);
        assert_eq!(world.step("release", 1).await.expect(200)["state"], "published");
        let results = world.candidates[0].client.get("/api/v1/me/results").await.expect(200);
        assert_eq!((&results[0]["score"], &results[0]["grade"]), (&json!(8_000), &json!("a")));

        let officer = app.staff("xu", Role::CreditBankOfficer, "33").await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let issuing = officer.post("/api/v1/certificates/issue", &body).await;
        assert_eq!(app.finish_job(&officer, issuing).await["issued"], 1);
        let mine = world.candidates[0].client.get("/api/v1/me/certificates").await.expect(200);
        let id = mine[0]["id"].as_str().unwrap();
        officer.post(&format!("/api/v1/certificates/{id}/submit"), &json!({})).await.expect(200);
        let auditor = app.staff("qian", Role::CityAuditor, "3305").await;
        let approve = json!({ "decision": "approve" });
        auditor.post(&format!("/api/v1/certificates/{id}/audit"), &approve).await.expect(200);
        let document = format!("/api/v1/me/certificates/{id}/document");
        let document = world.candidates[0].client.get(&document).await.expect(200);
        let verdict = app.stranger().post("/api/v1/public/verifications", &document).await.expect(200);
        assert_eq!(verdict["verdict"], "valid");
    }
}
