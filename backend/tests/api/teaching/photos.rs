//! Photos of signed rolls: they lie sealed, and each look at one is on record.

use super::{act, taught};
use crate::{
    classes::school::{NEXT_COUNTY, school, wrong_field},
    people::{canary::dump, keys::rotate_away},
    support::{Client, Reply, db_tests, send},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{rights::Role, teaching::MAX_ROLL_PHOTOS};
use std::io::Cursor;

fn photo(width: u32, height: u32) -> Vec<u8> {
    let photo = RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (x * y) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(photo).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn path(meeting: &Value) -> String {
    format!("/api/v1/meetings/{}/roll_photos", meeting["id"].as_str().unwrap())
}

async fn add(client: &Client, meeting: &Value, key: &str, bytes: Vec<u8>) -> Reply {
    send(client.request(Method::POST, &path(meeting)).header("idempotency-key", key).body(bytes)).await
}

async fn at(client: &Client, meeting: &Value, photo: &Value, verb: &str, body: Value) -> Reply {
    client.post(&format!("{}/{}/{verb}", path(meeting), photo["id"].as_str().unwrap()), &body).await
}

db_tests! {
    async fn a_signed_roll_is_kept_small_and_sealed_and_shown_to_who_may_see_the_meeting(app) {
        let taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        let added = add(&taught.school.teacher, &meeting, "one", photo(2_400, 1_200)).await.expect(201);
        assert_eq!((&added["width"], &added["height"], &added["added_by_name"]), (&json!(2_000), &json!(1_000), &json!("school-teacher")));
        assert_eq!(add(&taught.school.teacher, &meeting, "one", photo(2_400, 1_200)).await.expect(201), added, "a repeat");
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(county.get(&path(&meeting)).await.expect(200), json!([added]));
        let shown = at(&county, &meeting, &added, "look", json!({})).await;
        assert_eq!((shown.status, &shown.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        assert_eq!(image::load_from_memory(&shown.bytes).unwrap().width(), 2_000);
        assert!(!dump(&app).await.contains("JFIF"), "a photo lies plain in the store");

        let other = school(&app, "other", NEXT_COUNTY).await;
        for client in [&other.office, &taught.learners[0].1] {
            assert_eq!(client.get(&path(&meeting)).await.expect_problem(404), "not-found");
            assert_eq!(at(client, &meeting, &added, "look", json!({})).await.expect_problem(404), "not-found");
            assert_eq!(add(client, &meeting, "two", photo(40, 20)).await.expect_problem(404), "not-found");
        }
        assert_eq!(add(&county, &meeting, "two", photo(40, 20)).await.expect_problem(403), "forbidden");
    }

    async fn a_newer_key_takes_over_photos_of_rolls(app) {
        let taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        let added = add(&taught.school.teacher, &meeting, "one", photo(40, 20)).await.expect(201);
        let before = at(&taught.school.teacher, &meeting, &added, "look", json!({})).await.bytes;
        rotate_away(&app).await;
        assert_eq!(at(&taught.school.teacher, &meeting, &added, "look", json!({})).await.bytes, before);
    }

    async fn a_photo_that_proves_nothing_is_taken_away_for_a_reason(app) {
        let taught = taught(&app).await;
        let (teacher, meeting) = (&taught.school.teacher, taught.meet(&taught.evening(0)).await);
        let added = add(teacher, &meeting, "one", photo(40, 20)).await.expect(201);
        let without = at(teacher, &meeting, &added, "remove", json!({ "reason": " " })).await;
        assert_eq!(wrong_field(without), ("/reason".to_owned(), "required".to_owned()));
        let elsewhere = taught.meet(&taught.evening(24)).await;
        let wrong = at(teacher, &elsewhere, &added, "look", json!({})).await;
        assert_eq!(wrong.expect_problem(404), "not-found", "a photo of another meeting");
        assert_eq!(at(teacher, &meeting, &added, "remove", json!({ "reason": "拍错了" })).await.status, 204);
        assert_eq!(teacher.get(&path(&meeting)).await.expect(200), json!([]));
        assert_eq!(at(teacher, &meeting, &added, "look", json!({})).await.expect_problem(404), "not-found");
    }

    async fn what_is_no_photo_or_one_too_many_is_refused(app) {
        let taught = taught(&app).await;
        let (teacher, meeting) = (&taught.school.teacher, taught.meet(&taught.evening(0)).await);
        let text = add(teacher, &meeting, "text", b"a text".to_vec()).await;
        assert_eq!(wrong_field(text), ("/photo".to_owned(), "not-a-picture".to_owned()));
        for at in 0..MAX_ROLL_PHOTOS {
            add(teacher, &meeting, &at.to_string(), photo(40, 20)).await.expect(201);
        }
        let more = add(teacher, &meeting, "more", photo(40, 20)).await;
        assert_eq!(wrong_field(more), ("/photo".to_owned(), "too-many".to_owned()));
        let cancelled = taught.meet(&taught.evening(24)).await;
        act(&taught.school.office, &cancelled, "cancel", 1, &json!({ "reason": "停电" })).await.expect(200);
        assert_eq!(add(teacher, &cancelled, "one", photo(40, 20)).await.expect_problem(409), "wrong-state");
    }
}
