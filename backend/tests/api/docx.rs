//! A document of a word processor becomes units of a draft: looked at first, then taken in one write.

use crate::{
    learning::publish,
    support::{Client, Reply, TestApp, db_tests, send},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

pub(crate) const TEXT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>
<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>第一章</w:t></w:r></w:p>
<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>第一节</w:t></w:r></w:p>
<w:p><w:r><w:t>看图：</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="两个方块"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>第二节</w:t></w:r></w:p>
<w:p><w:del w:id="1"><w:r><w:delText>旧话</w:delText></w:r></w:del><w:r><w:t>新话</w:t></w:r></w:p>
</w:body></w:document>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>"#;

pub(crate) fn drawing() -> Vec<u8> {
    let drawing = RgbImage::from_fn(40, 30, |x, _| if x < 20 { Rgb([255; 3]) } else { Rgb([0; 3]) });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(drawing).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A document with this text and this picture.
pub(crate) fn document(text: &str, picture: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", RELATIONS.as_bytes()),
        ("word/media/image1.png", picture),
    ];
    for (path, content) in parts {
        archive.start_file(path, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

struct Desk {
    teacher: Client,
    course: String,
}

impl Desk {
    async fn open(app: &TestApp) -> Self {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let course = json!({
            "code": "GYW01", "title": "Course", "level": "senior", "role": "required",
            "class_hours": 100, "face_to_face_hours": 10, "summary": "Summary",
        });
        let course = teacher.post("/api/v1/courses", &course).await.expect(201);
        Self { teacher, course: format!("/api/v1/courses/{}", course["id"].as_str().unwrap()) }
    }

    async fn preview(&self, query: &str, bytes: Vec<u8>) -> Reply {
        send(self.teacher.request(Method::POST, &format!("{}/docx_previews?{query}", self.course)).body(bytes)).await
    }

    async fn import(&self, query: &str, version: &str, key: &str, bytes: Vec<u8>) -> Reply {
        let request = self.teacher.request(Method::POST, &format!("{}/docx_imports?{query}", self.course));
        send(request.header("if-match", version).header("idempotency-key", key).body(bytes)).await
    }

    async fn draft(&self) -> Value {
        self.teacher.get(&format!("{}/draft", self.course)).await.expect(200)
    }
}

/// Pointer and code of the first wrong field.
fn field(problem: &Value) -> (&str, &str) {
    let error = &problem["errors"][0];
    assert!(!error["detail"].as_str().unwrap().starts_with("field."), "{problem}");
    (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
}

db_tests! {
    async fn a_document_is_looked_at_and_nothing_changes(app) {
        let desk = Desk::open(&app).await;
        let before = desk.draft().await;
        let preview = desk.preview("split=modules", document(TEXT, &drawing())).await.expect(200);
        assert_eq!(preview["modules"][0]["title"], "第一章");
        let units = &preview["modules"][0]["units"];
        assert_eq!((&units[0]["title"], &units[1]["title"]), (&json!("第一节"), &json!("第二节")));
        assert_eq!((&units[0]["pictures"], &units[0]["beginning"], &units[1]["beginning"]), (&json!(1), &json!("看图："), &json!("新话")));
        assert_eq!(preview["pictures"], 1);
        assert_eq!(preview["report"], json!([{ "kind": "deletion", "heading": "第二节", "paragraph": 5, "detail": "旧话" }]));
        let flat = desk.preview("split=units&file_name=%E8%AE%B2%E4%B9%89.docx", document(TEXT, &drawing())).await.expect(200);
        assert_eq!((&flat["modules"][0]["title"], &flat["modules"][0]["units"][0]["title"]), (&json!("讲义"), &json!("第一章")));
        assert_eq!(desk.draft().await, before);
    }

    async fn a_document_is_taken_once_in_one_write_and_can_be_published(app) {
        let desk = Desk::open(&app).await;
        let first = desk.import("", "\"1\"", "k", document(TEXT, &drawing())).await;
        assert_eq!(first.headers["etag"], "\"2\"");
        let first = first.expect(200);
        assert_eq!(desk.import("", "\"1\"", "k", document(TEXT, &drawing())).await.expect(200), first, "a repeat");
        assert_eq!(desk.import("", "\"1\"", "other", document(TEXT, &drawing())).await.expect_problem(412), "stale");
        let draft = desk.draft().await;
        let units = &draft["content"]["modules"][0]["units"];
        let body = units[0]["body"].as_str().unwrap();
        let picture = body.split_once("![两个方块](").unwrap().1.trim_end_matches(')');
        assert_eq!(app.stranger().get(picture).await.status, 200);
        assert_eq!(units[1]["body"], "新话");
        let colleague = app.staff("luo", Role::Teacher, "33").await;
        let published = publish(&desk.teacher, &colleague, desk.course.rsplit('/').next().unwrap()).await;
        assert_eq!(published["modules"], json!(["第一章"]));
        assert_eq!(desk.draft().await["version"], 1, "the draft after it");
        desk.import("split=units", "\"1\"", "again", document(TEXT, &drawing())).await.expect(200);
        assert_eq!(desk.draft().await["content"]["modules"].as_array().unwrap().len(), 2, "behind what was there");
    }

    async fn a_version_must_be_named(app) {
        let desk = Desk::open(&app).await;
        let request = desk.teacher.request(Method::POST, &format!("{}/docx_imports", desk.course));
        assert_eq!(send(request.body(document(TEXT, &drawing()))).await.expect_problem(428), "precondition-required");
    }

    async fn a_broken_picture_is_reported_and_the_rest_is_taken(app) {
        let desk = Desk::open(&app).await;
        let preview = desk.preview("", document(TEXT, b"no picture")).await.expect(200);
        assert_eq!(preview["pictures"], 0);
        assert_eq!((&preview["report"][0]["kind"], &preview["report"][0]["detail"]), (&json!("picture_unreadable"), &json!("image1.png")));
        let draft = desk.import("", "\"1\"", "k", document(TEXT, b"no picture")).await.expect(200);
        assert_eq!(draft["content"]["modules"][0]["units"][0]["body"], "看图：");
    }

    async fn what_is_no_document_is_refused_with_its_reason(app) {
        let desk = Desk::open(&app).await;
        let compound = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        let locked = [compound.clone(), "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        let whole = document(TEXT, &drawing());
        let long = TEXT.replace("新话", &"字".repeat(50_001));
        let refused = [
            (b"%PDF-1.7".to_vec(), "not-a-docx"),
            (whole[..whole.len() / 2].to_vec(), "not-a-docx"),
            (compound, "docx-old-format"),
            (locked, "docx-encrypted"),
            (document(&TEXT.replace("<w:document", "<!DOCTYPE a []><w:document"), b""), "not-a-docx"),
            (document(&long, b""), "docx-too-long"),
            (document(&format!("{}<w:body/></w:document>", TEXT.split_once("<w:body>").unwrap().0), b""), "docx-empty"),
        ];
        for (bytes, code) in refused {
            assert_eq!(field(&desk.preview("", bytes.clone()).await.expect(422)), ("/file", code));
            assert_eq!(field(&desk.import("", "\"1\"", code, bytes).await.expect(422)), ("/file", code));
        }
        assert_eq!(desk.preview("", vec![0; 20 * 1024 * 1024 + 1]).await.expect_problem(413), "too-large");
        assert_eq!(field(&desk.preview("split=pages", whole).await.expect(422)), ("/split", "wrong-value"));
        assert_eq!(desk.draft().await["version"], 1);
    }

    async fn only_authors_may_and_only_for_a_course_that_there_is(app) {
        let desk = Desk::open(&app).await;
        let (_, learner) = app.learner("zhang").await;
        let path = format!("{}/docx_previews", desk.course);
        assert_eq!(send(learner.request(Method::POST, &path).body(Vec::new())).await.expect_problem(403), "forbidden");
        let none = Desk { course: format!("/api/v1/courses/{}", crate::support::NO_ID), ..desk };
        assert_eq!(none.preview("", document(TEXT, &drawing())).await.expect_problem(404), "not-found");
        assert_eq!(none.import("", "\"1\"", "k", document(TEXT, &drawing())).await.expect_problem(404), "not-found");
    }
}
