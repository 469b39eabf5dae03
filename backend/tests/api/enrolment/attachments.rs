//! Photos of papers: what a phone takes comes in upright and small, lies sealed, and is looked at on record.

use super::*;
use crate::{
    people::keys::rotate_away,
    support::{behind, serve},
};
use backend::{
    app::{self, State},
    platform::{
        Services,
        crypto::{KeyId, Keys, encrypt},
    },
};
use image::{Rgb, RgbImage};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, Query},
};
use std::sync::Arc;

/// A photo as a camera writes it that was held upright: lying, with a note to turn it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let photo = RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (x * y) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(photo).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let mut bytes = bytes.into_inner();
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xe1][..], &length, exif].concat());
    bytes
}

async fn add(client: &Client, record: &Value, kind: &str, bytes: Vec<u8>) -> Reply {
    let path = format!("{}/attachments?kind={kind}", path(record));
    send(client.request(Method::POST, &path).header("idempotency-key", kind).body(bytes)).await
}

fn at(record: &Value, photo: &Value) -> String {
    format!("{}/attachments/{}", path(record), photo["id"].as_str().unwrap())
}

async fn look(client: &Client, record: &Value, photo: &Value) -> Reply {
    client.post(&format!("{}/look", at(record, photo)), &json!({})).await
}

db_tests! {
    async fn a_photo_is_turned_made_small_and_sealed(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let added = add(&desk.clerk, &record, "id_card", photo(2_400, 1_200)).await.expect(201);
        assert_eq!((&added["width"], &added["height"], &added["kind"]), (&json!(1_000), &json!(2_000), &json!("id_card")));
        assert_eq!(add(&desk.clerk, &record, "id_card", photo(2_400, 1_200)).await.expect(201), added, "a repeat");
        let view = desk.head.get(&path(&record)).await.expect(200);
        assert_eq!(view["attachments"], json!([added]));

        let shown = look(&desk.county, &record, &added).await;
        assert_eq!((shown.status, &shown.headers["content-type"], &shown.headers["cache-control"]), (200, &"image/jpeg".parse().unwrap(), &"no-store".parse().unwrap()));
        assert!(!shown.bytes.windows(4).any(|window| window == b"Exif"));
        assert_eq!(image::load_from_memory(&shown.bytes).unwrap().width(), 1_000);
        assert_eq!(audited(&app, "see_attachment").await, [json!({ "attachment": added["id"] })]);
        assert!(!dump(&app).await.contains("JFIF"), "a photo lies plain in the store");
    }

    async fn a_newer_key_takes_over_photos(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let added = add(&desk.clerk, &record, "id_card", photo(400, 200)).await.expect(201);
        let before = look(&desk.county, &record, &added).await.bytes;
        rotate_away(&app).await;
        assert_eq!(look(&desk.county, &record, &added).await.bytes, before);
    }

    async fn a_photo_of_the_time_before_the_ring_opens_and_follows_it(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let added = add(&desk.clerk, &record, "id_card", photo(400, 200)).await.expect(201);
        let shown = look(&desk.county, &record, &added).await.bytes;

        // As it was sealed then, by the one key that there was.
        let (single, conn) = ([7_u8; 32], behind(&app).await);
        let file = app.cx.config.key_dir.join("at-rest.key");
        std::fs::write(&file, single).unwrap();
        let bound_to = format!("record_attachment {}", added["id"].as_str().unwrap());
        let old = encrypt(&single, bound_to.as_bytes(), &shown, &*app.cx.ids).unwrap();
        let mut update = Query::update();
        update.table("record_attachment").value("content", Expr::value(old));
        conn.execute(&update).await.unwrap();
        let keys = Arc::new(Keys::load_or_create(&app.cx.config.key_dir, &*app.cx.ids).unwrap());
        let cx = Services { keys, ..app.cx.clone() };
        let node = serve(State::new(cx.clone()).unwrap());
        assert_eq!(look(&desk.county.at(node), &record, &added).await.bytes, shown);
        assert_eq!(app::key_use(&cx).await.unwrap()[&KeyId::SINGLE], 1);

        app::ask_to_renew(&cx, KeyId(1)).await.unwrap();
        app::jobs(cx.clone()).run_due().await.unwrap();
        assert_eq!(app::key_use(&cx).await.unwrap()[&KeyId::SINGLE], 0);
        std::fs::remove_file(file).unwrap();
        assert_eq!(look(&desk.county, &record, &added).await.bytes, shown, "a node without the old key opens it");
    }

    async fn photos_of_documents_go_when_their_owner_takes_the_consent_back(app) {
        let desk = Desk::open(&app).await;
        let learner = corrections::learner(&app, &desk, 2).await;
        let id = desk.clerk.get(ENROLMENTS).await.expect(200)["items"][0]["id"].clone();
        let view = desk.clerk.get(&format!("{ENROLMENTS}/{}", id.as_str().unwrap())).await.expect(200);
        let photo = |kind: &str| view["attachments"].as_array().unwrap().iter().find(|photo| photo["kind"] == kind).unwrap();
        let say = async |is_given: bool| {
            let said = json!({ "purpose": "sensitive", "is_given": is_given, "notice_version": 1 });
            learner.post("/api/v1/me/consents", &said).await.expect(200);
        };
        say(true).await;
        assert_eq!(look(&desk.county, &view, photo("id_card")).await.status, 200);
        say(false).await;
        let refused = look(&desk.county, &view, photo("id_card")).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("当面核对"), "{refused}");
        assert_eq!(look(&desk.county, &view, photo("diploma")).await.status, 200, "of this nobody was asked");
        app.jobs.run_due().await.unwrap();
        let left = desk.clerk.get(&path(&view)).await.expect(200)["attachments"].clone();
        assert_eq!((left.as_array().unwrap().len(), &left[0]["kind"]), (1, &json!("diploma")));
        assert_eq!(look(&desk.county, &view, photo("id_card")).await.expect_problem(404), "not-found");
    }

    async fn what_cannot_be_read_is_refused_at_once_with_its_reason(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let reason = async |bytes: Vec<u8>| {
            let reply = add(&desk.clerk, &record, "diploma", bytes).await.expect(422);
            assert_eq!(reply["errors"][0]["pointer"], "/photo");
            reply["errors"][0]["code"].as_str().unwrap().to_owned()
        };
        let heic = [&[0, 0, 0, 24][..], b"ftypheic\0\0\0\0mif1heic"].concat();
        assert_eq!(reason(heic).await, "heic");
        assert_eq!(reason(b"a text that calls itself .jpg".to_vec()).await, "not-a-picture");
        let mut whole = Cursor::new(Vec::new());
        DynamicImage::from(RgbImage::new(400, 300)).write_to(&mut whole, ImageFormat::Png).unwrap();
        let whole = whole.into_inner();
        assert_eq!(reason(whole[..whole.len() / 2].to_vec()).await, "picture-broken");
        // A header that claims four thousand million pixels a side.
        let mut bomb = Cursor::new(Vec::new());
        DynamicImage::from(RgbImage::new(4, 4)).write_to(&mut bomb, ImageFormat::Png).unwrap();
        let mut bomb = bomb.into_inner();
        bomb[16..24].copy_from_slice(&[0xff; 8]);
        assert_eq!(reason(bomb).await, "picture-too-wide");
        let large = add(&desk.clerk, &record, "diploma", vec![0; shared::enrolment::MAX_ATTACHMENT_BYTES + 1]).await;
        assert_eq!(large.expect_problem(413), "too-large");
        let unknown = add(&desk.clerk, &record, "selfie", whole).await.expect(422);
        assert_eq!(unknown["errors"][0]["pointer"], "/kind");
        assert_eq!(count(&app, "record_attachment").await, "0");
    }

    async fn what_lacks_its_papers_is_not_submitted(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let missing = async |seen: &Value| {
            let refused = step(&desk.clerk, seen, "submit", "").await.expect(409);
            assert_eq!(refused["code"], "papers-missing");
            (refused["params"]["missing"].clone(), refused["detail"].as_str().unwrap().to_owned())
        };
        let (kinds, said) = missing(&record).await;
        assert_eq!(kinds, json!(["id_card", "diploma"]));
        assert!(said.contains("身份证件") && said.contains("毕业证书"), "{said}");
        let photo = add(&desk.clerk, &record, "diploma", photo(40, 20)).await.expect(201);
        add_paper(&desk.clerk, &record, "household").await;
        let (kinds, said) = missing(&record).await;
        assert_eq!(kinds, json!(["id_card"]));
        assert!(said.contains("身份证件") && !said.contains("毕业证书"), "{said}");
        add_paper(&desk.clerk, &record, "id_card").await;
        assert_eq!(desk.clerk.get(&path(&record)).await.expect(200)["open_steps"], json!(["submit", "withdraw"]));
        assert_eq!(desk.clerk.delete(&at(&record, &photo)).await.status, 204);
        assert_eq!(missing(&record).await.0, json!(["diploma"]), "one that was taken away is not there");

        let english = desk.clerk.request(Method::POST, &format!("{}/steps", path(&record))).header("if-match", "\"1\"");
        let english = english.header("accept-language", "en").json(&json!({ "step": "submit" }));
        let said = send(english).await.expect(409)["detail"].as_str().unwrap().to_owned();
        assert!(said.contains("diploma"), "{said}");
        assert_eq!(count(&app, "record_step").await, "0");
    }

    async fn who_is_literate_shows_no_diploma_where_that_is_enough(app) {
        let desk = Desk::open(&app).await;
        let mut new = desk.stated(2);
        (new["level"], new["education_level"], new["is_literate"]) = (json!("junior"), json!("90"), json!(true));
        let record = desk.clerk.post(ENROLMENTS, &new).await.expect(201);
        add_paper(&desk.clerk, &record, "id_card").await;
        let submitted = step(&desk.clerk, &record, "submit", "").await.expect(200);
        assert_eq!(submitted["record"]["state"], "school_review");
    }

    async fn nobody_comes_around_the_papers_by_leaving(app) {
        let desk = Desk::open(&app).await;
        let left = step(&desk.clerk, &desk.enrol(2).await, "withdraw", "家里忙").await.expect(200);
        assert_eq!(left["open_steps"], json!([]));
        assert_eq!(step(&desk.clerk, &left, "reenter", "").await.expect_problem(409), "papers-missing");
    }

    async fn photos_change_only_while_the_record_is_filled_in(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let blurred = add(&desk.clerk, &record, "diploma", photo(40, 20)).await.expect(201);
        let kept = add(&desk.clerk, &record, "household", photo(40, 20)).await.expect(201);
        assert_eq!(desk.clerk.delete(&at(&record, &blurred)).await.status, 204);
        assert_eq!(desk.clerk.delete(&at(&record, &blurred)).await.status, 204, "a repeat is harmless");
        assert_eq!(look(&desk.clerk, &record, &blurred).await.expect_problem(404), "not-found");
        let submitted = desk.submit(&record).await;
        let there = submitted["attachments"].as_array().unwrap();
        assert!(there.len() == 3 && there.contains(&kept), "{there:?}");
        assert_eq!(add(&desk.clerk, &record, "other", photo(40, 20)).await.expect_problem(409), "wrong-state");
        assert_eq!(desk.clerk.delete(&at(&record, &kept)).await.expect_problem(409), "wrong-state");
        step(&desk.head, &submitted, "return", "还缺承诺书").await.expect(200);
        add(&desk.clerk, &record, "other", photo(40, 20)).await.expect(201);
    }

    async fn a_photo_is_seen_at_its_place_alone(app) {
        let desk = Desk::open(&app).await;
        let (record, other) = (desk.enrol(2).await, desk.enrol(4).await);
        let added = add(&desk.clerk, &record, "id_card", photo(40, 20)).await.expect(201);
        let (_, neighbour) = neighbour(&app).await;
        assert_eq!(look(&neighbour, &record, &added).await.expect_problem(404), "not-found");
        assert_eq!(add(&neighbour, &record, "id_card", photo(40, 20)).await.expect_problem(404), "not-found");
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        assert_eq!(look(&province, &record, &added).await.expect_problem(403), "forbidden");
        assert_eq!(add(&desk.county, &record, "id_card", photo(40, 20)).await.expect_problem(403), "forbidden");
        assert_eq!(look(&desk.clerk, &other, &added).await.expect_problem(404), "not-found", "another's record");
        assert_eq!(look(&desk.city, &record, &added).await.status, 200);
    }
}
