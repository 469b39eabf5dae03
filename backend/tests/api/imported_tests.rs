//! Files that items come in. A test in a package of QTI becomes an open paper of the items that were taken: for who
//! composes papers, and not for who brought it.

use crate::{
    exam_world::{World, approve},
    people::audited,
    support::{Client, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ItemId, rights::Role};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What one has brought and nobody here understood.
const UNREAD: &str = "/api/v1/me/unread_items";

/// A package of three essays, two of which share a material, and a test of them.
fn package() -> Vec<u8> {
    let essay = |stem: &str, shared: &str| {
        format!(
            "<qti-assessment-item identifier='i'>{shared}<qti-item-body><qti-extended-text-interaction \
             response-identifier='R'><qti-prompt>{stem}</qti-prompt></qti-extended-text-interaction></qti-item-body>\
             </qti-assessment-item>"
        )
    };
    let shared = "<qti-assessment-stimulus-ref identifier='s' href='s.xml'/>";
    let item = |href: &str, points: u32| {
        format!("<qti-assessment-item-ref href='{href}'><qti-weight value='{points}'/></qti-assessment-item-ref>")
    };
    let test = format!(
        "<qti-assessment-test title='期中测验'><qti-test-part><qti-assessment-section title='第一部分'>\
         <qti-ordering shuffle='true'/>{}<qti-assessment-section title='阅读'>{}{}</qti-assessment-section>\
         </qti-assessment-section></qti-test-part></qti-assessment-test>",
        item("c.xml", 5),
        item("a.xml", 2),
        item("b.xml", 3)
    );
    let stimulus =
        "<qti-assessment-stimulus><qti-stimulus-body><p>材料</p></qti-stimulus-body></qti-assessment-stimulus>";
    let resource = |kind: &str, href: &str| format!("<resource type='imsqti_{kind}_xmlv3p0' href='{href}'/>");
    let listed = [("test", "t.xml"), ("stimulus", "s.xml"), ("item", "a.xml"), ("item", "b.xml"), ("item", "c.xml")];
    let listed: String = listed.into_iter().map(|(kind, href)| resource(kind, href)).collect();
    packed(&[
        ("imsmanifest.xml", format!("<manifest><resources>{listed}</resources></manifest>")),
        ("t.xml", test),
        ("s.xml", stimulus.to_owned()),
        ("a.xml", essay("甲", shared)),
        ("b.xml", essay("乙", shared)),
        ("c.xml", essay("丙", "")),
    ])
}

fn packed(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(*path, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document whose paragraphs are these lines; a star before one of them says that a list of letters marks it.
fn document(lines: &[&str]) -> Vec<u8> {
    const LIST: &str = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let paragraph = |line: &&str| {
        let (mark, words) = line.strip_prefix('*').map_or(("", *line), |words| (LIST, words));
        format!("<w:p>{mark}<w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body: String = lines.iter().map(paragraph).collect();
    let numbering = format!(
        "<w:numbering {NAMES}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"upperLetter\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         </w:numbering>"
    );
    let related = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>\
        </Relationships>";
    packed(&[
        ("word/document.xml", format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", numbering),
        ("word/_rels/document.xml.rels", related.to_owned()),
    ])
}

async fn import(author: &Client, world: &World, query: &str) -> Value {
    import_file(author, world, query, package()).await
}

async fn import_file(author: &Client, world: &World, query: &str, file: Vec<u8>) -> Value {
    let path = format!("/api/v1/courses/{}/item_packages?{query}", world.course_id);
    send(author.request(Method::POST, &path).header("idempotency-key", format!("import {query}")).body(file))
        .await
        .expect(200)
}

/// The papers of the course that are not sealed.
async fn open_papers(app: &TestApp, world: &World) -> Vec<Value> {
    app.jobs.run_due().await.unwrap();
    let path = format!("/api/v1/papers?state=open&course_id={}", world.course_id);
    world.administrators[0].get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

db_tests! {
    async fn a_test_becomes_an_open_paper_of_its_items(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let looked = import(&author, &world, "dry_run=true").await;
        assert_eq!(looked["errors"], json!([]));
        let draft = &looked["papers"][0];
        assert_eq!((&draft["title"], &draft["sections"][0]["blocks"]), (&json!("期中测验"), &json!([1, 2])));
        assert_eq!(looked["items"][0]["stem"], "材料\n\n甲");
        let copied: Vec<_> = looked["losses"].as_array().unwrap().iter().map(|loss| loss["code"].clone()).collect();
        assert_eq!(copied, ["stimulus_copied", "stimulus_copied"]);
        assert_eq!(open_papers(&app, &world).await, Vec::<Value>::new(), "a look makes no paper");

        let stored = import(&author, &world, "").await["stored"].clone();
        import(&author, &world, "").await;
        let [paper]: [Value; 1] = open_papers(&app, &world).await.try_into().unwrap();
        assert_eq!((&paper["title"], &paper["items"], &paper["points"]), (&json!("期中测验"), &json!(3), &json!(1000)));
        assert_eq!(author.get("/api/v1/papers").await.status, 403, "who wrote its items sees no paper");

        let path = format!("/api/v1/papers/{}", paper["id"].as_str().unwrap());
        let early = world.administrators[0].post(&format!("{path}/propose_seal"), &json!({})).await;
        assert_eq!(early.status, 422, "its items wait for somebody to find them right");
        let items: Vec<ItemId> = serde_json::from_value(stored).unwrap();
        approve(&app, &items).await;
        for (administrator, step) in world.administrators.iter().zip(["propose_seal", "seal"]) {
            administrator.post(&format!("{path}/{step}"), &json!({})).await.expect(200);
        }
        let id = paper["id"].as_str().unwrap().parse().unwrap();
        let sealed = backend::papers::sealed_items(&app.cx, id).await.unwrap();
        let order: Vec<_> = sealed.iter().map(|item| item.item_id).collect();
        assert_eq!(order, [items[2], items[0], items[1]], "as they stand in the test");
        let shape = backend::papers::shape_of(&app.cx, id, &sealed).await.unwrap();
        assert_eq!((shape.parts[0].blocks.as_slice(), shape.parts[0].is_shuffled), (&[1, 2][..], true));
    }

    async fn what_is_no_item_here_is_kept_for_who_brought_it(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let drawn = "<assessmentItem identifier='d'><itemBody><p>drawn-nowhere-else</p><drawingInteraction \
            responseIdentifier='R'/></itemBody></assessmentItem>";
        let listed = "<manifest><resources><resource type='imsqti_item_xmlv2p2' href='d/e.xml'/></resources></manifest>";
        let file = packed(&[("imsmanifest.xml", listed.to_owned()), ("d/e.xml", drawn.to_owned())]);
        let looked = import_file(&author, &world, "dry_run=true", file.clone()).await;
        assert_eq!((&looked["errors"][0]["name"], &looked["kept"]), (&json!("drawingInteraction"), &json!(1)));
        assert_eq!(author.get(UNREAD).await.expect(200), json!([]), "a look keeps nothing");
        import_file(&author, &world, "only=", file.clone()).await;
        import_file(&author, &world, "only=&dry_run=false", file).await;
        let kept = author.get(UNREAD).await.expect(200);
        assert_eq!(kept.as_array().unwrap().len(), 1, "the same is kept once");
        assert_eq!((&kept[0]["file"], &kept[0]["name"]), (&json!("d/e.xml"), &json!("drawingInteraction")));
        let path = format!("{UNREAD}/{}/views", kept[0]["id"].as_str().unwrap());
        assert_eq!(author.post(&path, &json!({})).await.expect(200)["text"], drawn);
        let other = app.staff("zhao", Role::ItemAuthor, "33").await;
        assert_eq!(other.get(UNREAD).await.expect(200), json!([]));
        assert_eq!(other.post(&path, &json!({})).await.expect_problem(404), "not-found");
        let noted = audited(&app, "author_item").await;
        assert!(noted.iter().any(|detail| detail["unread"].is_string()), "each look is noted: {noted:?}");

        let alone = json!({ "course_id": world.course_id, "format": "qti", "text": drawn, "dry_run": false, "only": [] });
        author.post("/api/v1/items/import", &alone).await.expect(200);
        assert_eq!(author.get(UNREAD).await.expect(200).as_array().unwrap().len(), 1, "it is the same text");
    }

    async fn a_document_is_read_as_its_author_sees_it(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let lines = [
            "1. 我国的首都是（　）",
            "*上海",
            "*北京",
            "答案：B",
            "解析：1949 年起。",
            "2. （判断）圆有无数条对称轴。",
            "答案：正确",
            "3. 没有答案",
        ];
        let looked = import_file(&author, &world, "dry_run=true", document(&lines)).await;
        let options = json!(["上海", "北京"]);
        assert_eq!(looked["items"][0]["body"], json!({ "kind": "single_choice", "options": options, "key": 1 }));
        assert_eq!(looked["items"][0]["explanation"], "1949 年起。");
        assert_eq!(looked["items"][1]["body"], json!({ "kind": "true_false", "key": true }));
        assert_eq!((&looked["errors"][0]["line"], &looked["errors"][0]["code"]), (&json!(8), &json!("no_key")));
        let stored = import_file(&author, &world, "only=0,1", document(&lines)).await;
        assert_eq!(stored["stored"].as_array().unwrap().len(), 2);
    }

    async fn of_chosen_items_the_paper_has_these_alone(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let stored = import(&author, &world, "only=0,2").await["stored"].clone();
        assert_eq!(stored.as_array().unwrap().len(), 2);
        let [paper]: [Value; 1] = open_papers(&app, &world).await.try_into().unwrap();
        assert_eq!((&paper["items"], &paper["points"]), (&json!(2), &json!(700)));
    }
}
