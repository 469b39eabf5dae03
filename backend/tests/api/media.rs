//! Pictures of lessons and items, from upload to the sealed paper.

use crate::{
    exam_world::{World, approve},
    people::keys::rotate_away,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::{papers, platform::crypto};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::json;
use shared::{ids::PaperId, papers::PaperPackage, rights::Role};
use std::io::Cursor;

const PICTURES: &str = "/api/v1/pictures";

fn drawing() -> Vec<u8> {
    let drawing = RgbImage::from_fn(40, 30, |x, _| if x < 20 { Rgb([255; 3]) } else { Rgb([0; 3]) });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(drawing).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn add(client: &Client, bytes: Vec<u8>) -> Reply {
    send(client.request(Method::POST, PICTURES).body(bytes)).await
}

async fn teacher(app: &TestApp) -> Client {
    app.staff("wang", Role::Teacher, "33").await
}

/// Composes a paper of one item with this picture, and has it sealed by two persons, as far as that goes.
async fn sealing(app: &TestApp, picture: &str) -> (PaperId, Reply) {
    let world = World::draft(app, 1).await;
    let author = app.staff("chuti", Role::ItemAuthor, "33").await;
    let text = format!("1. 看图，两个圆交叉的部分是（　　）\n![两个圆]({picture})\nA. 6\nB. 9\n答案：A\n");
    let import = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &import).await.expect(200);
    let item = &report["stored"][0];
    approve(app, &[item.as_str().unwrap().parse().unwrap()]).await;
    let paper = json!({
        "course_id": world.course_id, "title": "Picture", "items": [{ "item_id": item, "points": 200 }],
    });
    let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
    let id = paper["id"].as_str().unwrap();
    let proposed = world.administrators[0].post(&format!("/api/v1/papers/{id}/propose_seal"), &json!({})).await;
    if proposed.status != 200 {
        return (id.parse().unwrap(), proposed);
    }
    let sealed = world.administrators[1].post(&format!("/api/v1/papers/{id}/seal"), &json!({})).await;
    (id.parse().unwrap(), sealed)
}

db_tests! {
    async fn a_picture_is_kept_once_and_served_for_ever(app) {
        let teacher = teacher(&app).await;
        let picture = add(&teacher, drawing()).await.expect(201);
        assert_eq!((picture["width"].clone(), picture["height"].clone()), (json!(40), json!(30)));
        assert_eq!(add(&teacher, drawing()).await.expect(201), picture);
        let served = app.stranger().get(picture["path"].as_str().unwrap()).await;
        assert_eq!((served.status, served.headers["content-type"].to_str().unwrap()), (200, "image/png"));
        assert!(served.headers["cache-control"].to_str().unwrap().contains("immutable"));
        assert_eq!(served.bytes.len() as u64, picture["bytes"].as_u64().unwrap());
        let unknown = format!("{PICTURES}/{}", "0".repeat(64));
        assert_eq!(app.stranger().get(&unknown).await.expect_problem(404), "not-found");
    }

    async fn what_is_no_picture_is_refused_with_its_field(app) {
        let teacher = teacher(&app).await;
        let mut half = drawing();
        half.truncate(half.len() / 2);
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
        for (file, code, words) in [
            (b"%PDF-1.7".to_vec(), "not-a-picture", "JPEG"), (heic, "heic", "HEIC"), (half, "picture-broken", "损坏"),
        ] {
            let error = add(&teacher, file).await.expect(422)["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/picture"), &json!(code)));
            assert!(error["detail"].as_str().unwrap().contains(words), "{error}");
        }
        assert_eq!(add(&teacher, vec![0; 12 * 1024 * 1024 + 1]).await.expect_problem(413), "too-large");
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(add(&learner, drawing()).await.expect_problem(403), "forbidden");
    }

    async fn a_lesson_shows_our_pictures_and_only_them(app) {
        let teacher = teacher(&app).await;
        let picture = add(&teacher, drawing()).await.expect(201);
        let path = picture["path"].as_str().unwrap();
        let markdown = format!("![两个圆]({path}) ![别处](https://example.org/x.png)");
        let preview = teacher.post("/api/v1/markdown_previews", &json!({ "markdown": markdown })).await.expect(200);
        let html = preview["html"].as_str().unwrap();
        assert!(html.contains(path) && html.contains("别处") && !html.contains("example.org"), "{html}");
    }

    async fn a_sealed_paper_brings_its_pictures_along(app) {
        let picture = add(&teacher(&app).await, drawing()).await.expect(201);
        let (id, sealed) = sealing(&app, picture["path"].as_str().unwrap()).await;
        sealed.expect(200);
        let package = app.stranger().get(&format!("/api/v1/papers/{id}/package")).await.bytes;
        let key = papers::content_key(&app.cx, id).await.unwrap();
        rotate_away(&app).await;
        assert_eq!(papers::content_key(&app.cx, id).await.unwrap(), key, "a newer key takes it over");
        let plain = crypto::decrypt(&key, id.to_string().as_bytes(), &package).unwrap();
        let package: PaperPackage = serde_json::from_slice(&plain).unwrap();
        let stem = &package.items[0].view.stem_html;
        assert!(stem.contains("src=\"data:image/png;base64,") && !stem.contains(PICTURES), "{stem}");
    }

    async fn a_paper_whose_picture_was_never_added_is_not_sealed(app) {
        let (_, refused) = sealing(&app, &format!("{PICTURES}/{}", "0".repeat(64))).await;
        let problem = refused.expect(422);
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/items/0"), &json!("picture-missing")));
    }

    async fn who_repeats_a_step_waits_for_no_picture(app) {
        let picture = add(&teacher(&app).await, drawing()).await.expect(201);
        let (id, sealed) = sealing(&app, picture["path"].as_str().unwrap()).await;
        sealed.expect(200);
        execute(&app, "DELETE FROM picture").await;
        let (one, other) = (app.log_in("kaowu-one").await, app.log_in("kaowu-two").await);
        let again = other.post(&format!("/api/v1/papers/{id}/seal"), &json!({})).await.expect(200);
        assert_eq!(again["state"], "sealed");
        execute(&app, "UPDATE paper SET sealed_by = NULL, sealed_at = NULL").await;
        let again = one.post(&format!("/api/v1/papers/{id}/propose_seal"), &json!({})).await.expect(200);
        assert_eq!(again["state"], "proposed");
    }
}
