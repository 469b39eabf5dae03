//! Importing items, reviewing them, looking at them, composing and sealing papers.

use crate::{
    docx::{TEXT, document, drawing},
    exam_world::{SECRET, STEM, World, seal},
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures::future::join_all;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{
    ids::CourseId,
    rights::{Place, Role, RoleAt},
};
use std::{
    fs,
    io::{Cursor, Write},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const TWO_ITEMS: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. （判断）地球是圆的。\n答案：正确";
const ONE_BROKEN: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. 没有答案的题（　）\nA. 一\nB. 二\n";

async fn import(author: &Client, course_id: CourseId, format: &str, text: &str, dry_run: bool) -> Value {
    let body = json!({ "course_id": course_id, "format": format, "text": text, "dry_run": dry_run });
    author.post("/api/v1/items/import", &body).await.expect(200)
}

/// One draft of this author's.
async fn draft(author: &Client, course_id: CourseId) -> Value {
    let one = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：A";
    import(author, course_id, "chinese_text", one, false).await["stored"][0].clone()
}

fn path_of(item: &Value, part: &str) -> String {
    format!("/api/v1/items/{}/{part}", item.as_str().unwrap())
}

/// Says what was found of this version of an item.
async fn review(client: &Client, item: &Value, version: u32, decision: &Value) -> Reply {
    let request = client.request(Method::POST, &path_of(item, "reviews")).header("if-match", format!("\"{version}\""));
    send(request.json(decision)).await
}

async fn approve(reviewer: &Client, item: &Value, version: u32) -> Reply {
    review(reviewer, item, version, &json!({ "decision": "approve" })).await
}

async fn send_back(reviewer: &Client, item: &Value, reason: &str) -> Reply {
    review(reviewer, item, 1, &json!({ "decision": "return", "reason": reason })).await
}

/// The author writes the first version of a draft anew, with this option as its key.
async fn revise(author: &Client, item: &Value, key: u16) -> Reply {
    let new = json!({
        "schema_version": 1, "stem": "我国的首都是（　）", "explanation": "",
        "body": { "kind": "single_choice", "options": ["上海", "北京"], "key": key },
    });
    let request = author.request(Method::PUT, &format!("/api/v1/items/{}", item.as_str().unwrap()));
    send(request.header("if-match", "\"1\"").json(&new)).await
}

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn reviewer(app: &TestApp) -> Client {
    app.staff("wei", Role::ItemReviewer, "33").await
}

async fn count(author: &Client, course_id: CourseId) -> usize {
    let page = author.get(&format!("/api/v1/items?course_id={course_id}")).await.expect(200);
    page["items"].as_array().unwrap().len()
}

/// A package of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(*path, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document of two items, the first with a picture; `said` is the attribute that says what is to be seen on it.
fn pictured(said: &str) -> String {
    let (head, _) = TEXT.split_once("<w:body>").unwrap();
    let drawing = TEXT.split_once("<w:drawing>").unwrap().1.split_once("</w:drawing>").unwrap().0;
    let drawing = drawing.replace(r#"descr="两个方块""#, said);
    let line = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let lines = |all: &[&str]| all.iter().map(|words| line(words)).collect::<String>();
    let first = line("1. 看图，两个方块的颜色（　）");
    let picture = format!("<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>");
    let rest = lines(&["A. 相同", "B. 不同", "答案：B", "2. 一加一等于几（　）", "A. 一", "B. 二", "答案：B"]);
    format!("{head}<w:body>{first}{picture}{rest}</w:body></w:document>")
}

/// The hashes of a paper's package that the audit log holds.
async fn hashes_in_the_log(app: &TestApp, paper_id: &str) -> Vec<Value> {
    let conn = app.cx.db.read();
    let sql = "SELECT detail FROM audit_entry WHERE target = $1 ORDER BY seq";
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [paper_id.into()]);
    let rows = conn.query_all_raw(statement).await.unwrap();
    let details = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    let hashes = details.map(|detail| serde_json::from_str::<Value>(&detail).unwrap()["package_sha256"].clone());
    hashes.filter(|hash| !hash.is_null()).collect()
}

db_tests! {
    async fn items_come_in_as_a_whole_or_not_at_all(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let before = count(&author, world.course_id).await;

        let looked = import(&author, world.course_id, "chinese_text", TWO_ITEMS, true).await;
        assert_eq!((looked["items"].as_array().unwrap().len(), &looked["stored"]), (2, &json!([])));
        let broken = import(&author, world.course_id, "chinese_text", ONE_BROKEN, false).await;
        assert_eq!(broken["errors"][0]["line"], 6);
        assert_eq!((&broken["errors"][0]["code"], &broken["errors"][0]["detail"]), (&json!("no_key"), &json!("没有找到答案")));
        let gift = import(&author, world.course_id, "gift", "::a:: What { =yes ~no", false).await;
        assert_eq!(gift["errors"][0]["code"], "unclosed");
        assert_eq!(count(&author, world.course_id).await, before, "nothing is stored by half");

        let stored = import(&author, world.course_id, "chinese_text", TWO_ITEMS, false).await;
        assert_eq!(stored["stored"].as_array().unwrap().len(), 2);
        assert_eq!(count(&author, world.course_id).await, before + 2);
    }

    async fn of_a_text_with_errors_the_chosen_items_come_in(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let before = count(&author, world.course_id).await;
        let aiken = "One?\nA. a\nB. b\nANSWER: A\n\nTwo?\nA. a\nB. b\n\nThree?\nA) a\nB) b\nANSWER: B\n";
        let all = import(&author, world.course_id, "aiken", aiken, false).await;
        assert_eq!((&all["errors"][0]["line"], &all["stored"]), (&json!(6), &json!([])));
        let of = |only: Value| json!({ "course_id": world.course_id, "format": "aiken", "text": aiken, "dry_run": false, "only": only });
        for (only, pointer, code) in [
            (json!([]), "/only", "required"),
            (json!([1, 0]), "/only", "not-ascending"),
            (json!([0, 2]), "/only/1", "out-of-range"),
        ] {
            let refused = author.post("/api/v1/items/import", &of(only)).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
        }
        let stored = author.post("/api/v1/items/import", &of(json!([1]))).await.expect(200);
        assert_eq!((stored["stored"].as_array().unwrap().len(), stored["items"].as_array().unwrap().len()), (1, 2));
        assert_eq!(count(&author, world.course_id).await, before + 1);
        let page = author.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert_eq!(page["items"][0]["title"], "Three?");
    }

    async fn what_a_text_says_of_items_is_stored_with_those_that_are_taken(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let text = "1. 水是湿的。\n答案：√\n模块：物理\n难度：说不好\n2. 水是干的。\n答案：×\n\
            模块：集合\n知识点：交集\n难度：0.65\n能力层次：应用";
        let looked = import(&author, world.course_id, "chinese_text", text, true).await;
        let said = json!({ "module": "集合", "knowledge_point": "交集", "ability": "apply", "difficulty": 650, "enemies": "" });
        assert_eq!(looked["descriptors"], json!([{ "place": 1, "descriptor": said }]));
        let told: Vec<_> = looked["losses"].as_array().unwrap().iter().map(|loss| loss["detail"].clone()).collect();
        assert_eq!(told, ["没有同时写明模块和难度，“模块”没有带过来", "看不懂“说不好”，没有带过来"]);
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false, "only": [1] });
        author.post("/api/v1/items/import", &body).await.expect(200);
        let page = author.get(&format!("/api/v1/items?course_id={}&module=集合", world.course_id)).await.expect(200);
        let rows = page["items"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["descriptor"], &rows[0]["descriptor_version"]), (1, &said, &json!(2)));
    }

    async fn what_a_foreign_file_loses_is_told_and_does_not_stop_it(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let xml = "<quiz>\n<question type=\"truefalse\"><questiontext><text>&lt;p&gt;&lt;img src='a.png'&gt;Round?&lt;/p&gt;</text>\
            </questiontext><answer fraction=\"100\"><text>true</text></answer></question>\n<question type=\"description\"/></quiz>";
        let read = import(&author, world.course_id, "moodle_xml", xml, true).await;
        assert_eq!(read["items"][0]["stem"], "Round?");
        let loss = &read["losses"][0];
        assert_eq!((&loss["line"], &loss["name"]), (&json!(2), &json!("a.png")));
        assert_eq!(loss["detail"], "图片“a.png”没有带过来，请导入后重新加上");
        assert_eq!(read["errors"][0]["detail"], "“description”这种题还不能导入");
        let gift = import(&author, world.course_id, "gift", "$CATEGORY: a\n\n::b::Round? {T#yes}", true).await;
        let told: Vec<_> = gift["losses"].as_array().unwrap().iter().map(|loss| loss["detail"].clone()).collect();
        assert_eq!(told, ["分类“a”没有带过来", "“b”没有带过来", "“feedback”没有带过来"]);
        let refused = import(&author, world.course_id, "moodle_xml", "<!DOCTYPE quiz><quiz/>", false).await;
        assert_eq!((&refused["errors"][0]["code"], &refused["stored"]), (&json!("xml_document_type"), &json!([])));
    }

    async fn an_item_of_qti_is_scored_by_its_own_rules_to_find_its_key(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = |interaction: &str| format!(
            "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\">\n\
             <responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\"><mapping>\
             <mapEntry mapKey=\"B\" mappedValue=\"1\"/></mapping></responseDeclaration>\
             <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\
             <itemBody><{interaction} responseIdentifier=\"RESPONSE\"><prompt>Which?</prompt>\
             <simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></{interaction}></itemBody>\
             <responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response\"/></assessmentItem>"
        );
        let read = import(&author, world.course_id, "qti", &item("choiceInteraction"), false).await;
        assert_eq!(read["items"][0]["body"], json!({ "kind": "single_choice", "options": ["a", "b"], "key": 1 }));
        assert_eq!((read["losses"].as_array().unwrap().len(), read["stored"].as_array().unwrap().len()), (0, 1));
        let other = import(&author, world.course_id, "qti", &item("graphicOrderInteraction"), false).await;
        assert_eq!(other["errors"][0]["detail"], "“graphicOrderInteraction”这种题还不能导入");
    }

    async fn a_package_of_qti_comes_in_item_by_item(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let before = count(&author, world.course_id).await;
        let send_package = async |query: &str, key: &str, bytes: Vec<u8>| {
            let path = format!("/api/v1/courses/{}/item_packages?{query}", world.course_id);
            send(author.request(Method::POST, &path).header("idempotency-key", key).body(bytes)).await
        };
        let package = fs::read("../e2e/fixtures/items.zip").unwrap();
        let looked = send_package("dry_run=true", "a", package.clone()).await.expect(200);
        assert_eq!((looked["items"].as_array().unwrap().len(), &looked["stored"]), (2, &json!([])));
        let error = &looked["errors"][0];
        assert_eq!((&error["file"], &error["name"]), (&json!("items/order.xml"), &json!("graphicOrderInteraction")));
        let all = send_package("", "b", package.clone()).await.expect(200);
        assert_eq!((&all["stored"], count(&author, world.course_id).await), (&json!([]), before));
        let first = send_package("only=0,1", "c", package.clone()).await.expect(200);
        let again = send_package("only=0,1", "c", package.clone()).await.expect(200);
        assert_eq!((first["stored"].as_array().unwrap().len(), &first["stored"]), (2, &again["stored"]));
        assert_eq!(count(&author, world.course_id).await, before + 2);
        let other = send_package("only=0", "c", package).await;
        assert_eq!(other.status, 422, "the same key for another choice");
        let refused = send_package("", "d", b"no package".to_vec()).await.expect(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/file"), &json!("not-a-package")));
    }

    async fn pictures_of_a_document_come_along_with_the_items_that_show_them(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let bring = async |query: &str, said: &str, picture: &[u8]| {
            let path = format!("/api/v1/courses/{}/item_packages?{query}", world.course_id);
            let request = author.request(Method::POST, &path).header("idempotency-key", format!("{query}{}", said.len()));
            send(request.body(document(&pictured(said), picture))).await.expect(200)
        };
        let said = r#"descr="两个方块""#;
        let looked = bring("dry_run=true", said, &drawing()).await;
        let stem = looked["items"][0]["stem"].as_str().unwrap();
        let path = stem.split_once("![两个方块](").unwrap().1.split_once(')').unwrap().0.to_owned();
        assert!(!looked["losses"].to_string().contains("picture"), "{looked}");
        assert_eq!(bring("only=1", said, &drawing()).await["stored"].as_array().unwrap().len(), 1);
        assert_eq!(app.stranger().get(&path).await.status, 404, "neither a look nor another item brings it");
        bring("only=0", said, &drawing()).await;
        assert_eq!(app.stranger().get(&path).await.status, 200);

        let told = bring("dry_run=true", "", &drawing()).await["losses"][0].clone();
        assert_eq!((&told["code"], &told["name"]), (&json!("picture_without_words"), &json!("image1.png")));
        assert!(told["detail"].as_str().unwrap().contains("没有文字说明"), "{told}");
        let broken = bring("dry_run=true", said, b"no picture").await;
        assert_eq!(broken["losses"][0]["code"], "picture_left_out");
        assert!(!broken["items"][0]["stem"].as_str().unwrap().contains("!["), "{broken}");
    }

    async fn pictures_of_a_package_come_along_with_the_items_that_show_them(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let bring = async |query: &str, bytes: Vec<u8>| {
            let path = format!("/api/v1/courses/{}/item_packages?{query}", world.course_id);
            send(author.request(Method::POST, &path).header("idempotency-key", query).body(bytes)).await.expect(200)
        };
        let item = "<qti-assessment-item identifier='i'><qti-item-body><p>看图<img src='media/p.png' alt='两个方块'/></p>\
            <qti-extended-text-interaction response-identifier='R'><qti-prompt>写出不同之处</qti-prompt>\
            </qti-extended-text-interaction></qti-item-body></qti-assessment-item>";
        let manifest = "<manifest><resources><resource type='imsqti_item_xmlv3p0' href='items/a.xml'/></resources></manifest>";
        let picture = drawing();
        let package = zipped(&[
            ("imsmanifest.xml", manifest.as_bytes()),
            ("items/a.xml", item.as_bytes()),
            ("items/media/p.png", picture.as_slice()),
        ]);
        let looked = bring("dry_run=true", package.clone()).await;
        assert_eq!(looked["errors"], json!([]));
        assert!(!looked["losses"].to_string().contains("picture"), "{looked}");
        let stem = looked["items"][0]["stem"].as_str().unwrap();
        let path = stem.split_once("![两个方块](").unwrap().1.split_once(')').unwrap().0.to_owned();
        assert_eq!(app.stranger().get(&path).await.status, 404, "a look brings nothing");
        let stored = bring("", package).await["stored"].clone();
        assert_eq!(app.stranger().get(&path).await.status, 200);

        let asked = json!({ "course_id": world.course_id, "format": "qti22", "only": stored });
        let taken = author.post("/api/v1/items/exports", &asked).await;
        assert_eq!(taken.status, 200);
        let again = bring("dry_run=true&only=0", taken.bytes).await;
        assert!(again["items"][0]["stem"].as_str().unwrap().contains("![两个方块](/api/v1/pictures/"), "{again}");
    }

    async fn pictures_of_a_quiz_come_along_with_the_items_that_show_them(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let bring = async |query: &str, text: String| {
            let path = format!("/api/v1/courses/{}/item_packages?{query}", world.course_id);
            send(author.request(Method::POST, &path).header("idempotency-key", query).body(text)).await.expect(200)
        };
        let quiz = |picture: &[u8]| {
            let text = r#"<p>看图<img src="@@PLUGINFILE@@/p.png" alt="两个方块"></p>"#;
            let file = format!(r#"<file name="p.png" path="/" encoding="base64">{}</file>"#, STANDARD.encode(picture));
            format!(
                r#"<?xml version="1.0"?><quiz><question type="essay"><questiontext format="html"><text><![CDATA[{text}]]></text>{file}</questiontext></question></quiz>"#
            )
        };
        let looked = bring("dry_run=true", quiz(&drawing())).await;
        assert_eq!((&looked["errors"], &looked["losses"]), (&json!([]), &json!([])));
        let stem = looked["items"][0]["stem"].as_str().unwrap();
        let path = stem.split_once("![两个方块](").unwrap().1.split_once(')').unwrap().0.to_owned();
        assert_eq!(app.stranger().get(&path).await.status, 404, "a look brings nothing");
        let stored = bring("", quiz(&drawing())).await["stored"].clone();
        assert_eq!(app.stranger().get(&path).await.status, 200);

        let asked = json!({ "course_id": world.course_id, "format": "moodle_xml", "only": stored });
        let taken = author.post("/api/v1/items/exports", &asked).await;
        let again = bring("dry_run=true&only=0", String::from_utf8(taken.bytes).unwrap()).await;
        assert!(again["items"][0]["stem"].as_str().unwrap().contains("看图![两个方块](/api/v1/pictures/"), "{again}");
        let broken = bring("dry_run=true", quiz(b"no picture")).await;
        assert_eq!((&broken["losses"][0]["code"], &broken["losses"][0]["name"]), (&json!("picture_left_out"), &json!("p.png")));
    }

    async fn a_repeated_import_stores_once(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let before = count(&author, world.course_id).await;
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": TWO_ITEMS, "dry_run": false });
        for _ in 0..2 {
            let request = author.request(Method::POST, "/api/v1/items/import").header("idempotency-key", "k");
            send(request.json(&body)).await.expect(200);
        }
        assert_eq!(count(&author, world.course_id).await, before + 2);
    }

    async fn an_import_that_two_devices_confirm_at_the_same_moment_stores_once(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let devices = [author.clone(), app.log_in("zhou").await];
        let before = count(&author, world.course_id).await;
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": TWO_ITEMS, "dry_run": false });
        let confirm = |device: &Client| {
            let request = device.request(Method::POST, "/api/v1/items/import").header("idempotency-key", "k");
            send(request.json(&body))
        };
        let replies = join_all(devices.iter().map(confirm)).await;
        let stored: Vec<_> = replies.into_iter().map(|reply| reply.expect(200)["stored"].clone()).collect();
        assert_eq!(stored[0], stored[1], "both are told of the same items");
        assert_eq!(count(&author, world.course_id).await, before + 2);
    }

    async fn every_look_at_a_key_is_in_the_audit_log(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let list = reviewer.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert!(!list.to_string().contains(SECRET), "a list holds no keys");
        let item = world.items[3];
        let path = format!("/api/v1/items/{item}/views");
        assert_eq!(reviewer.post(&path, &json!({})).await.expect_problem(409), "wrong-state");
        // As once candidates have sat what is sealed.
        execute(&app, "UPDATE item SET frozen_version = NULL").await;
        let seen = world.administrators[0].post(&path, &json!({})).await.expect(200);
        assert!(seen.to_string().contains(SECRET));
        let conn = app.cx.db.read();
        let sql = "SELECT COUNT(*) FROM audit_entry WHERE target = $1 AND \"right\" = 'read_item'";
        let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [item.to_string().into()]);
        let looks: i64 = conn.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        assert_eq!(looks, 1, "what was refused is no look");
    }

    async fn learners_and_markers_see_no_items(app) {
        let world = World::draft(&app, 1).await;
        let items = format!("/api/v1/items?course_id={}", world.course_id);
        for client in [&world.candidates[0].client, &world.marker] {
            client.get(&items).await.expect(403);
            client.post(&format!("/api/v1/items/{}/views", world.items[0]), &json!({})).await.expect(403);
            client.get(&format!("/api/v1/papers?course_id={}", world.course_id)).await.expect(403);
        }
    }

    async fn an_author_sees_their_own_items_and_no_others(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = draft(&author, world.course_id).await;
        let list = author.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["is_own"]), (1, &json!(true)));
        author.post(&path_of(&item, "views"), &json!({})).await.expect(200);
        let others = author.post(&path_of(&json!(world.items[0]), "views"), &json!({})).await;
        assert_eq!(others.expect_problem(404), "not-found");
        assert_eq!(revise(&author, &json!(world.items[0]), 1).await.expect_problem(404), "not-found");
    }

    async fn a_paper_holds_only_what_somebody_else_approved(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let item = draft(&author, world.course_id).await;
        let paper = json!({ "course_id": world.course_id, "title": "New", "items": [{ "item_id": item, "points": 100 }] });
        let head = app.staff("kong", Role::PaperHead, "33").await;
        let refused = head.post("/api/v1/papers", &paper).await.expect(422);
        let error = &refused["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/items/0/item_id"), &json!("not-reviewed")));
        assert_eq!(waiting(&reviewer, "items_to_review").await, 1);

        assert_eq!(approve(&author, &item, 1).await.expect_problem(403), "forbidden");
        assert_eq!(approve(&head, &item, 1).await.expect_problem(403), "forbidden");
        assert_eq!(approve(&reviewer, &item, 2).await.expect_problem(412), "stale");
        assert_eq!(approve(&reviewer, &item, 1).await.expect(200)["state"], "approved");
        assert_eq!(approve(&reviewer, &item, 1).await.expect_problem(409), "wrong-state");
        assert_eq!(waiting(&reviewer, "items_to_review").await, 0);
        let composed = head.post("/api/v1/papers", &paper).await.expect(201);
        assert_eq!(waiting(&head, "papers_to_seal").await, 1);
        let unsealed = head.get("/api/v1/papers?state=open").await.expect(200)["items"].clone();
        assert_eq!((unsealed.as_array().unwrap().len(), &unsealed[0]["id"]), (1, &composed["id"]));
        let other = app.staff("shi", Role::PaperHead, "33").await;
        seal(&[head.clone(), other], &format!("/api/v1/papers/{}", composed["id"].as_str().unwrap())).await;
        assert_eq!(waiting(&head, "papers_to_seal").await, 0);
    }

    async fn what_is_sent_back_is_written_anew_and_reviewed_again(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let item = draft(&author, world.course_id).await;
        let nothing = send_back(&reviewer, &item, " ").await.expect(422);
        assert_eq!(nothing["errors"][0]["pointer"], "/reason");
        assert_eq!(send_back(&reviewer, &item, "首都是北京").await.expect(200)["state"], "returned");
        assert_eq!(waiting(&author, "items_returned").await, 1);
        let own = author.get("/api/v1/items?own=true&waits=revision").await.expect(200)["items"][0].clone();
        assert_eq!((&own["id"], &own["returned_because"]), (&item, &json!("首都是北京")));

        assert_eq!(approve(&reviewer, &item, 1).await.expect_problem(409), "wrong-state");
        assert_eq!(revise(&reviewer, &item, 1).await.expect_problem(403), "forbidden");
        let anew = revise(&author, &item, 1).await.expect(200);
        assert_eq!((&anew["version"], &anew["state"], &anew["returned_because"]), (&json!(2), &json!("draft"), &json!("")));
        assert_eq!((waiting(&author, "items_returned").await, waiting(&reviewer, "items_to_review").await), (0, 1));
        assert_eq!(approve(&reviewer, &item, 1).await.expect_problem(412), "stale");
        let waits = reviewer.get("/api/v1/items?waits=review").await.expect(200)["items"][0].clone();
        assert_eq!((&waits["id"], &waits["is_own"]), (&item, &json!(false)));
        assert_eq!(approve(&reviewer, &item, 2).await.expect(200)["state"], "approved");
    }

    async fn who_writes_and_reviews_never_reviews_their_own(app) {
        let world = World::draft(&app, 1).await;
        let place = Place::division("33");
        let roles = [Role::ItemAuthor, Role::ItemReviewer].map(|role| RoleAt { role, place: place.clone() });
        let both = app.person("shuang", &roles).await;
        let item = draft(&both, world.course_id).await;
        assert_eq!(waiting(&both, "items_to_review").await, 0);
        let refused = approve(&both, &item, 1).await.expect(409);
        assert_eq!((&refused["code"], &refused["detail"]), (&json!("second-person-needed"), &json!("自己命的题不能由自己审核，请另一位审题教师审核。")));
        assert_eq!(send_back(&both, &item, "原因").await.expect_problem(409), "second-person-needed");
        let others = draft(&author(&app).await, world.course_id).await;
        assert_eq!(waiting(&both, "items_to_review").await, 1);
        approve(&both, &others, 1).await.expect(200);
        approve(&reviewer(&app).await, &item, 1).await.expect(200);
    }

    async fn a_wrong_paper_is_refused_by_its_field(app) {
        let world = World::draft(&app, 1).await;
        let item = world.items[0];
        let compose = |items: Value| json!({ "course_id": world.course_id, "title": "Paper", "items": items });
        let unknown = "019ab000-0000-7000-8000-000000000001";
        for (items, pointer, code) in [
            (json!([]), "/items", "required"),
            (json!([{ "item_id": item, "points": 0 }]), "/items/0/points", "out-of-range"),
            (json!([{ "item_id": unknown, "points": 100 }]), "/items/0/item_id", "not-found"),
            (json!([{ "item_id": item, "points": 100 }, { "item_id": item, "points": 100 }]), "/items/1/item_id", "duplicate"),
        ] {
            let problem = world.administrators[0].post("/api/v1/papers", &compose(items)).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].clone(), error["code"].clone()), (json!(pointer), json!(code)));
        }
    }

    async fn a_sealed_paper_is_the_same_for_ever_and_tells_nothing(app) {
        let world = World::draft(&app, 1).await;
        let id = world.paper_id.as_str().unwrap();
        let package = format!("/api/v1/papers/{id}/package");
        let first = app.stranger().get(&package).await;
        assert_eq!(first.status, 200);
        let text = String::from_utf8_lossy(&first.bytes).into_owned();
        assert!(!text.contains(STEM) && !text.contains(SECRET), "a sealed package is not readable");
        let sealed = world.administrators[0].post(&format!("/api/v1/papers/{id}/seal"), &json!({})).await.expect(200);
        assert_eq!(app.stranger().get(&package).await.bytes, first.bytes, "sealing again changes nothing");
        use sha2::{Digest, Sha256};
        let digest = json!(hex::encode(Sha256::digest(&first.bytes)));
        assert_eq!(sealed["package_sha256"], digest);
        assert_eq!(hashes_in_the_log(&app, id).await, [digest], "the log holds it, once");
    }
}
