//! Files beside items: sealed, seen by who sees the item, and each look noted.

use crate::{
    exam_world::World,
    people::audited,
    support::{Client, NO_ID, Reply, db_tests, execute, send},
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{item_bank::MAX_ATTACHMENTS, rights::Role};

const PDF: &[u8] = b"%PDF-1.7 a scan of the paper";

async fn attach(client: &Client, path: &str, key: &str, name: &str, file: &[u8]) -> Reply {
    let request = client.request(Method::POST, &format!("{path}?name={name}")).header("idempotency-key", key);
    send(request.body(file.to_vec())).await
}

async fn look(client: &Client, path: &str, file: &Value) -> Reply {
    client.post(&format!("{path}/{}/look", file["id"].as_str().unwrap()), &json!({})).await
}

db_tests! {
    async fn a_file_beside_an_item_is_sealed_and_each_look_at_it_is_noted(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let text = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B";
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
        let stored = author.post("/api/v1/items/import", &body).await.expect(200)["stored"][0].clone();
        let item = format!("/api/v1/items/{}", stored.as_str().unwrap());
        let path = format!("{item}/attachments");
        let wrong: [(&str, &[u8], &str, &str); 3] = [
            ("", PDF, "/name", "required"),
            ("a.exe", b"MZ", "/file", "attachment-kind"),
            ("a.docx", b"PK\x03\x04word/document.xml word/vbaProject.bin", "/file", "attachment-kind"),
        ];
        for (name, file, pointer, code) in wrong {
            let error = attach(&author, &path, "wrong", name, file).await.expect(422)["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
        }
        for _ in 0..2 {
            let files = attach(&author, &path, "k", "卷/期末卷.pdf", PDF).await.expect(201);
            assert_eq!(files.as_array().unwrap().len(), 1, "a repeat keeps it once: {files}");
        }
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let file = reviewer.get(&path).await.expect(200)[0].clone();
        assert_eq!((&file["name"], &file["kind"]), (&json!("期末卷.pdf"), &json!("pdf")));
        assert_eq!((&file["bytes"], &file["version"]), (&json!(PDF.len()), &json!(1)));
        let seen = look(&reviewer, &path, &file).await;
        assert_eq!((seen.status, seen.bytes.as_slice()), (200, PDF));
        assert_eq!(seen.headers["content-type"], "application/pdf");
        assert_eq!(seen.headers["cache-control"], "no-store");
        let noted = audited(&app, "read_item").await;
        assert!(noted.iter().any(|detail| detail["attachment"] == file["id"]), "{noted:?}");
        look(&reviewer, &path, &json!({ "id": NO_ID })).await.expect(404);

        let colleague = app.staff("wu", Role::ItemAuthor, "33").await;
        colleague.get(&path).await.expect(404);
        look(&colleague, &path, &file).await.expect(404);
        attach(&colleague, &path, "k", "a.pdf", PDF).await.expect(404);
        assert_eq!(attach(&reviewer, &path, "k", "a.pdf", PDF).await.expect_problem(403), "forbidden");
        let of_learner = look(&world.candidates[0].client, &path, &file).await;
        assert_eq!(of_learner.expect_problem(403), "forbidden");

        let conn = app.cx.db.read();
        let sql = "SELECT name, content FROM item_attachment";
        let row = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap().remove(0);
        for (column, plain) in ["期末卷".as_bytes(), b"%PDF"].into_iter().enumerate() {
            let sealed: Vec<u8> = row.try_get_by_index(column).unwrap();
            assert!(!sealed.windows(plain.len()).any(|part| part == plain), "it lies open");
        }

        // What lies beside an item in a sealed paper is closed as the item is.
        execute(&app, "UPDATE item SET frozen_version = 1").await;
        assert_eq!(reviewer.get(&path).await.expect(200)[0]["name"], "");
        assert_eq!(look(&reviewer, &path, &file).await.expect_problem(409), "wrong-state");
        assert_eq!(look(&author, &path, &file).await.status, 200);
        for n in 1..MAX_ATTACHMENTS {
            attach(&author, &path, &format!("more-{n}"), "a.pdf", PDF).await.expect(201);
        }
        let error = attach(&author, &path, "last", "a.pdf", PDF).await.expect(422)["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/file"), &json!("too-many")));
        let events = author.get(&format!("{item}/history")).await.expect(200)["items"].clone();
        assert!(events.as_array().unwrap().iter().any(|event| event["kind"] == "attached"), "{events}");
    }
}
