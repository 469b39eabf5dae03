//! The road from the import to the verified certificate, on forty real questions with formulas.

use crate::{
    exam_world::{DURATION_MIN, Device, World, approve, seal},
    support::{START, TestApp, db_tests},
};
use backend::platform::{crypto, markdown};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use shared::{
    delivery::ContentKey,
    item_bank::{Item, ItemBody, ItemKind, Response, parse_chinese_text},
    papers::PaperPackage,
    rights::Role,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Questions of the paper.
const COUNT: usize = 40;
/// Of these, with several right options, and with a blank.
const OF_KIND: usize = 2;
/// Of these, with formulas.
const WITH_FORMULAS: usize = 10;
/// How a blank stands in the sets of mathematics; a teacher would write a line.
const BLANK: &str = "=(\\quad)$";

/// What a teacher pastes, question by question, and what is read of it.
#[derive(Default)]
struct Pasted {
    text: String,
    items: Vec<Item>,
    /// Questions with formulas.
    formulas: usize,
    /// Questions that are read as something else, or whose formulas cannot be drawn.
    passed_over: usize,
}

impl Pasted {
    fn add(&mut self, question: &str, key: &str, kind: ItemKind) {
        let longer = format!("{}{}. {}\n答案：{key}\n\n", self.text, self.items.len() + 1, question.trim());
        let parsed = parse_chinese_text(&longer);
        let is_read = parsed.errors.is_empty() && parsed.items.len() == self.items.len() + 1;
        let is_right = |item: &Item| item.body.kind() == kind && is_drawn(item);
        if is_read && parsed.items.last().is_some_and(is_right) {
            self.formulas += usize::from(question.contains('$'));
            (self.text, self.items) = (longer, parsed.items);
        } else {
            self.passed_over += 1;
        }
    }
}

/// What a candidate reads of an item, as it was written.
fn texts(item: &Item) -> Vec<&str> {
    let options: &[String] = match &item.body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options,
        _ => &[],
    };
    std::iter::once(item.stem.as_str()).chain(options.iter().map(String::as_str)).collect()
}

/// Whether no formula is left as it was written.
fn is_drawn(item: &Item) -> bool {
    texts(item).into_iter().map(markdown::render).all(|html| !html.contains('$') && !html.contains("<code>"))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/questions-zh").join(name)
}

/// The questions of a set of `agieval-gaokao`.
fn lines(name: &str) -> Vec<Value> {
    let path = folder("agieval-gaokao").join(name);
    let text = fs::read_to_string(path).expect("the question sets lie beside the project");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text of forty questions, as a teacher would paste it: half of the single choices from the sets of
/// mathematics; some with several right options, and some with a blank.
fn questions() -> Pasted {
    let entries = fs::read_dir(folder("gaokao-bench/objective")).expect("the question sets lie beside the project");
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort_by_key(|file| (!file.to_string_lossy().contains("Math"), file.clone()));
    let mut pasted = Pasted::default();
    let singles = COUNT - 2 * OF_KIND;
    for file in files {
        let file: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for row in file["example"].as_array().unwrap() {
            let question = row["question"].as_str().unwrap().trim();
            let question =
                question.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '．', '、']);
            let is_enough = question.contains('$') && pasted.formulas == singles / 2;
            if pasted.items.len() < singles && !is_enough {
                pasted.add(question, row["answer"][0].as_str().unwrap_or_default(), ItemKind::SingleChoice);
            }
        }
    }
    for row in lines("gaokao-physics.first-half.jsonl") {
        let letters: Vec<_> = row["label"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if letters.len() > 1 && pasted.items.len() < singles + OF_KIND {
            let options = row["options"].as_array().unwrap().iter().filter_map(Value::as_str);
            let question: Vec<_> = row["question"].as_str().into_iter().chain(options).collect();
            pasted.add(&question.join("\n"), &letters.concat(), ItemKind::MultipleChoice);
        }
    }
    for row in lines("gaokao-mathcloze.first-half.jsonl") {
        let (question, answer) = (row["question"].as_str().unwrap(), row["answer"].as_str().unwrap_or_default());
        let is_number = answer.parse::<i32>().is_ok();
        if is_number
            && question.matches("\\quad").count() == 1
            && question.contains(BLANK)
            && pasted.items.len() < COUNT
        {
            pasted.add(&question.replace(BLANK, "=$____"), answer, ItemKind::FillIn);
        }
    }
    let kinds: Vec<_> = pasted.items.iter().map(|item| item.body.kind()).collect();
    let count = |kind| kinds.iter().filter(|one| **one == kind).count();
    let found = (kinds.len(), count(ItemKind::MultipleChoice), count(ItemKind::FillIn));
    let (formulas, passed_over) = (pasted.formulas, pasted.passed_over);
    assert_eq!(found, (COUNT, OF_KIND, OF_KIND));
    assert!(
        formulas >= WITH_FORMULAS && passed_over <= COUNT / 4,
        "{formulas} with formulas, {passed_over} passed over"
    );
    pasted
}

fn right(item: &Item) -> Response {
    match &item.body {
        ItemBody::SingleChoice { key, .. } => Response::Single(*key),
        ItemBody::MultipleChoice { key, .. } => Response::Multiple(key.clone()),
        ItemBody::FillIn { blanks, .. } => {
            Response::Blanks(blanks.iter().map(|accepted| accepted[0].clone()).collect())
        }
        _ => unreachable!("none of these was taken"),
    }
}

fn wrong(item: &Item) -> Response {
    match right(item) {
        Response::Single(key) => Response::Single(key ^ 1),
        Response::Multiple(key) => Response::Multiple(key[1..].to_vec()),
        _ => Response::Blanks(vec!["不知道".to_owned()]),
    }
}

/// The package of a paper, opened with the key that the candidate's device is given.
pub(crate) async fn opened(app: &TestApp, world: &World, paper_id: &str) -> PaperPackage {
    let sealed = app.stranger().get(&format!("/api/v1/papers/{paper_id}/package")).await.bytes;
    let key = world.candidates[0].client.get(&world.path(0, "key")).await.expect(200);
    let key: ContentKey = serde_json::from_value(key).unwrap();
    let key = URL_SAFE_NO_PAD.decode(key.key).unwrap().try_into().unwrap();
    serde_json::from_slice(&crypto::decrypt(&key, paper_id.as_bytes(), &sealed).unwrap()).unwrap()
}

/// Whether the candidate sees every item as it was meant: formulas as MathML, blanks to fill in.
fn assert_is_shown(package: &PaperPackage, items: &[Item]) {
    assert_eq!(package.items.len(), items.len());
    for (packaged, item) in package.items.iter().zip(items) {
        let (view, has_formula) = (&packaged.view, texts(item).concat().contains('$'));
        let html = format!("{}{}", view.stem_html, view.options_html.concat());
        assert_eq!((view.kind, html.contains("<math")), (item.body.kind(), has_formula), "{html}");
        assert!(!html.contains('$') && !html.contains("<code>"), "{html}");
        assert_eq!(view.options_html.len(), texts(item).len() - 1);
        assert_eq!(usize::from(view.blanks), usize::from(view.kind == ItemKind::FillIn), "{html}");
    }
}

db_tests! {
    async fn forty_real_questions_go_the_whole_road(app) {
        let mut world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let Pasted { text, items, .. } = questions();
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
        let report = author.post("/api/v1/items/import", &body).await.expect(200);
        assert_eq!((report["errors"].clone(), report["items"].clone()), (json!([]), json!(items)));
        world.items = serde_json::from_value(report["stored"].clone()).unwrap();
        approve(&app, &world.items).await;

        let administrator = &world.administrators[0];
        let chosen: Vec<_> = world.items.iter().map(|id| json!({ "item_id": id, "points": 250 })).collect();
        let paper = json!({ "course_id": world.course_id, "title": "Real", "items": chosen });
        let paper = administrator.post("/api/v1/papers", &paper).await.expect(201);
        let sealed = seal(&world.administrators, &format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())).await;
        assert_eq!(sealed["points"], 10_000);
        let plan = json!({
            "title": "Real", "course_id": world.course_id, "paper_id": paper["id"],
            "starts_at": START.plus_s(60), "duration_min": DURATION_MIN,
        });
        let session = administrator.post("/api/v1/exam_sessions", &plan).await.expect(201);
        world.exam_session_id = session["id"].as_str().unwrap().parse().unwrap();
        let mut world = world.into_armed().await.started(&app).await;
        let package = opened(&app, &world, paper["id"].as_str().unwrap()).await;
        assert!(package.items.iter().map(|item| item.item_id).eq(world.items.iter().copied()));
        assert_is_shown(&package, &items);

        let mut device = Device::open(&world, 0, 1, false).await;
        let answers: Vec<_> = items.iter().enumerate().map(|(at, item)| {
            // Every fifth is wrong.
            let response = if at % 5 == 4 { wrong(item) } else { right(item) };
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

        let number = mine[0]["number"].as_str().unwrap();
        let public = app.stranger().get(&format!("/api/v1/public/certificates/{number}")).await.expect(200);
        assert_eq!((&public["score"], &public["max_score"], &public["grade"]), (&json!(8_000), &json!(10_000), &json!("a")));
        assert_eq!((&public["exam_session_title"], &public["signature_is_valid"]), (&json!("Real"), &json!(true)));
    }
}
