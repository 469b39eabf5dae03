//! Sound of items: who adds it, and that it is heard from within the sealed paper alone.

use crate::{
    exam_world::{World, approve, seal},
    support::{Client, Reply, TestApp, db_tests, send},
};
use backend::platform::crypto;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{ItemId, PaperId},
    papers::PaperPackage,
    rights::Role,
};

/// A recording of ours that nobody added.
const NOBODYS: &str = "/api/v1/recordings/0000000000000000000000000000000000000000000000000000000000000000-10.ogg";

fn ogg(bytes: usize) -> Vec<u8> {
    [&b"OggS"[..], &[0; 22], &[1, 19], b"OpusHead", &vec![0; bytes]].concat()
}

async fn add(client: &Client, file: Vec<u8>) -> Reply {
    send(client.request(Method::POST, "/api/v1/recordings").body(file)).await
}

/// A paper of one item with sound in its stem and in an option; its path.
async fn paper_with(app: &TestApp, author: &Client, world: &World, sound: &str) -> String {
    let text = format!("1. 听一听：![对话]({sound}) 他们在哪里？\nA. ![甲]({sound})\nB. 学校\n答案：A");
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    assert_eq!(report["errors"], json!([]));
    let item: ItemId = report["stored"][0].as_str().unwrap().parse().unwrap();
    approve(app, &[item]).await;
    let items = json!([{ "item_id": item, "points": 200 }]);
    let paper = json!({ "course_id": world.course_id, "title": "Sound", "items": items });
    let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
    format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())
}

/// The package of a sealed paper, as candidates' devices open it.
async fn opened(app: &TestApp, paper: &str) -> PaperPackage {
    let id: PaperId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let sealed = app.stranger().get(&format!("{paper}/package")).await.bytes;
    let key = backend::papers::content_key(&app.cx, id).await.unwrap();
    serde_json::from_slice(&crypto::decrypt(&key, id.to_string().as_bytes(), &sealed).unwrap()).unwrap()
}

db_tests! {
    async fn sound_travels_within_the_paper_and_is_told_by_nothing_else(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let added: Value = add(&author, ogg(600_000)).await.expect(201);
        let path = added["path"].as_str().unwrap();
        let paper = paper_with(&app, &author, &world, path).await;
        let rehearsed = world.administrators[0].post(&format!("{paper}/rehearsals"), &json!({})).await.expect(200);
        seal(&world.administrators, &paper).await;
        let package = opened(&app, &paper).await;
        assert_eq!(serde_json::to_value(&package).unwrap(), rehearsed["package"], "it is tried as it is sat");
        let view = &package.items[0].view;
        for html in [&view.stem_html, &view.options_html[0]] {
            assert!(html.contains("<audio") && html.contains("src=\"data:audio/ogg;base64,T2dnU"));
            assert!(!html.contains(path) && html.len() > 800_000, "all of it is there, and nothing is fetched");
        }
        assert!(!view.options_html[1].contains("audio"));
    }

    async fn a_paper_has_all_its_sound_and_not_too_much(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let too_large = NOBODYS.replace("-10.", "-20000001.");
        for (sound, code) in [(NOBODYS, "sound-missing"), (too_large.as_str(), "sound-too-large")] {
            let paper = paper_with(&app, &author, &world, sound).await;
            let refused = world.administrators[0].post(&format!("{paper}/propose_seal"), &json!({})).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/items/0"), &json!(code)));
            assert!(error["detail"].as_str().unwrap().contains("录音"), "{error}");
        }
    }

    async fn who_writes_items_adds_sound_and_who_only_reads_them_does_not(app) {
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        assert_eq!(add(&author, ogg(10)).await.expect(201)["is_video"], json!(false));
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        assert_eq!(add(&reviewer, ogg(10)).await.expect_problem(403), "forbidden");
    }
}
