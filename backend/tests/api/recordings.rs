//! Video and sound of lessons, from upload to the player.

use crate::{
    learning::{UNIT, act, content, created, put},
    support::{Client, Reply, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    media::recording::{RECORDINGS, RecordingLimits},
    rights::Role,
};

const ADD: &str = "/api/v1/recordings";

fn atom(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind.as_bytes(), &body].concat()
}

/// A track of this handler that is coded so.
fn track(handler: &str, coding: &str) -> Vec<u8> {
    let named = atom("hdlr", &[&[0; 8], handler.as_bytes(), &[0; 13]]);
    let described = atom("stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &atom(coding, &[&[0; 28]])]);
    let table = atom("minf", &[&atom("stbl", &[&described])]);
    atom("trak", &[&atom("mdia", &[&named, &table])])
}

/// A video of one track that is coded so, with what a camera wrote into it.
fn mp4(coding: &str) -> Vec<u8> {
    video(&[track("vide", coding)])
}

/// A video of these tracks, with what a camera wrote into it.
fn video(tracks: &[Vec<u8>]) -> Vec<u8> {
    let place = atom("udta", &[&atom("loci", &[b"+30.8+120.1/"])]);
    let index = atom("moov", &[&tracks.concat(), &place]);
    [atom("ftyp", &[b"isom\0\0\x02\0isommp41"]), index, atom("mdat", &[&[7; 64]])].concat()
}

/// A video of so many bytes behind its head.
fn webm(bytes: u32) -> Vec<u8> {
    let head = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, b'w', b'e', b'b', b'm', 0x18, 0x53, 0x80, 0x67];
    head.into_iter().chain((0..bytes).map(|at| (at % 251) as u8)).collect()
}

fn ogg(bytes: usize) -> Vec<u8> {
    [&b"OggS"[..], &[0; 22], &[1, 19], b"OpusHead", &vec![0; bytes]].concat()
}

async fn add(client: &Client, file: Vec<u8>) -> Reply {
    send(client.request(Method::POST, ADD).body(file)).await
}

async fn teacher(app: &TestApp) -> Client {
    app.staff("wang", Role::Teacher, "33").await
}

/// What a stranger gets who says this.
async fn ask(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = app.stranger().request(Method::GET, path);
    send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

fn path(view: &Value) -> &str {
    view["path"].as_str().unwrap()
}

db_tests! {
    async fn nobody_adds_recordings_without_end(app) {
        let teacher = teacher(&app).await;
        for _ in 0..60 {
            add(&teacher, b"%PDF-1.7".to_vec()).await.expect(422);
        }
        assert_eq!(add(&teacher, ogg(10)).await.expect_problem(429), "too-many");
        let other = app.staff("li", Role::Teacher, "33").await;
        add(&other, ogg(10)).await.expect(201);
    }

    async fn a_recording_is_kept_once_and_served_whole_or_in_parts(app) {
        let teacher = teacher(&app).await;
        let file = webm(1_300_000);
        let view = add(&teacher, file.clone()).await.expect(201);
        assert_eq!((&view["is_video"], &view["begins_late"]), (&json!(true), &json!(false)));
        assert_eq!(view["bytes"], json!(file.len()));
        assert_eq!(add(&teacher, file.clone()).await.expect(201), view);
        let whole = ask(&app, path(&view), &[("accept-encoding", "gzip, br")]).await;
        let header = |reply: &Reply, name: &str| reply.headers[name].to_str().unwrap().to_owned();
        assert_eq!((whole.status, header(&whole, "content-type")), (200, "video/webm".to_owned()));
        assert_eq!((header(&whole, "accept-ranges"), header(&whole, "x-content-type-options")), ("bytes".to_owned(), "nosniff".to_owned()));
        assert!(!whole.headers.contains_key("content-encoding") && header(&whole, "cache-control").contains("immutable"));
        assert!(whole.bytes == file, "it comes as it went");
        let length = file.len();
        for (range, from, to) in [
            ("bytes=0-15", 0, 16),
            ("bytes=524280-524299", 524_280, 524_300),
            ("bytes=500000-1200000", 500_000, 1_200_001),
            ("bytes=-100", length - 100, length),
            ("bytes=1300000-9999999", 1_300_000, length),
        ] {
            let part = ask(&app, path(&view), &[("range", range)]).await;
            assert_eq!((part.status, header(&part, "content-range")), (206, format!("bytes {from}-{}/{length}", to - 1)));
            assert!(part.bytes == file[from..to], "{range}");
        }
    }

    async fn a_part_is_of_what_the_client_has_or_it_is_no_part(app) {
        let view = add(&teacher(&app).await, webm(1_000)).await.expect(201);
        let whole = ask(&app, path(&view), &[]).await;
        let tag = whole.headers["etag"].to_str().unwrap();
        let range = ("range", "bytes=10-19");
        assert_eq!(ask(&app, path(&view), &[range, ("if-range", tag)]).await.status, 206);
        let older = ask(&app, path(&view), &[range, ("if-range", "\"older\"")]).await;
        assert_eq!((older.status, older.bytes.len()), (200, whole.bytes.len()));
        let known = ask(&app, path(&view), &[("if-none-match", tag)]).await;
        assert_eq!((known.status, &known.headers["cache-control"]), (304, &whole.headers["cache-control"]));
        let beyond = ask(&app, path(&view), &[("range", "bytes=5000-")]).await;
        assert_eq!(beyond.headers["content-range"].to_str().unwrap(), format!("bytes */{}", whole.bytes.len()));
        assert_eq!(beyond.expect_problem(416), "range-not-satisfiable");
    }

    async fn only_its_own_name_finds_a_recording(app) {
        let view = add(&teacher(&app).await, webm(1_000)).await.expect(201);
        let own = path(&view).strip_prefix(RECORDINGS).unwrap();
        let (hash, _) = own.split_once('-').unwrap();
        for other in [format!("{hash}-1.webm"), own.replace(".webm", ".mp4"), own.replace(hash, &"0".repeat(64)), hash.to_owned()] {
            let reply = ask(&app, &format!("{RECORDINGS}{other}"), &[]).await;
            assert_eq!(reply.expect_problem(404), "not-found", "{other}");
        }
    }

    async fn what_not_every_phone_plays_is_refused_with_its_reason(app) {
        let teacher = teacher(&app).await;
        let half = mp4("avc1");
        for (file, code) in [
            (b"%PDF-1.7".to_vec(), "not-a-recording"),
            (Vec::new(), "not-a-recording"),
            (mp4("hvc1"), "video-codec"),
            (half[..half.len() / 2].to_vec(), "recording-broken"),
        ] {
            let problem = add(&teacher, file).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/recording"), &json!(code)));
            assert!(!error["detail"].as_str().unwrap().is_ascii(), "{error} is said in Chinese");
        }
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(add(&learner, webm(1)).await.expect_problem(403), "forbidden");
    }

    async fn video_and_sound_have_limits_of_their_own(app) {
        let app = app.configured(|config| config.recordings = RecordingLimits { video_bytes: 1_000, sound_bytes: 500 });
        let teacher = teacher(&app).await;
        add(&teacher, webm(900)).await.expect(201);
        add(&teacher, ogg(400)).await.expect(201);
        for file in [webm(1_000), ogg(500)] {
            let problem = add(&teacher, file).await.expect(413);
            assert_eq!(problem["code"], "too-large");
            assert!(problem["detail"].as_str().unwrap().contains("0.1 MB"), "{problem}");
        }
    }

    async fn where_a_video_was_taken_is_forgotten(app) {
        let file = mp4("avc1");
        let view = add(&teacher(&app).await, file.clone()).await.expect(201);
        let kept = ask(&app, path(&view), &[]).await.bytes;
        assert_eq!(kept.len(), file.len());
        let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        assert!(has(&file, b"+30.8") && !has(&kept, b"+30.8") && !has(&kept, b"udta"));
        assert!(has(&kept, b"avc1") && kept.ends_with(&[7; 64]));
    }

    async fn whose_video_loses_its_subtitles_is_told(app) {
        let teacher = teacher(&app).await;
        let plain = add(&teacher, mp4("avc1")).await.expect(201);
        assert_eq!(plain["lost_subtitles"], false);
        let view = add(&teacher, video(&[track("vide", "avc1"), track("sbtl", "tx3g")])).await.expect(201);
        assert_eq!(view["lost_subtitles"], true);
        let kept = ask(&app, path(&view), &[]).await.bytes;
        let has = |word: &[u8]| kept.windows(word.len()).any(|window| window == word);
        assert!(has(b"avc1") && !has(b"tx3g"));
    }

    async fn two_who_send_the_same_at_once_both_have_it(app) {
        let teacher = teacher(&app).await;
        let file = webm(600_000);
        let (first, second) = futures::join!(add(&teacher, file.clone()), add(&teacher, file.clone()));
        let (first, second) = (first.expect(201), second.expect(201));
        assert_eq!(first, second);
        assert!(ask(&app, path(&first), &[]).await.bytes == file);
    }

    async fn a_lesson_plays_our_recordings_and_is_heavy_by_them(app) {
        let author = teacher(&app).await;
        let view = add(&author, webm(3_200_000)).await.expect(201);
        let markdown = format!("![怎样接线]({}) ![别处](https://example.org/x.mp4)", path(&view));
        let source = json!({ "markdown": markdown });
        let preview = author.post("/api/v1/markdown_previews", &source).await.expect(200);
        let html = preview["html"].as_str().unwrap();
        assert!(html.contains(&format!("<video src=\"{}\"", path(&view))) && html.contains("preload=\"none\""), "{html}");
        assert!(html.contains("怎样接线 · 3.3 MB") && !html.contains("example.org"), "{html}");
        let item_author = app.staff("chuti", Role::ItemAuthor, "33").await;
        let preview = item_author.post("/api/v1/markdown_previews", &source).await.expect(200);
        assert!(!preview["html"].as_str().unwrap().contains("<video"), "an item has words alone");
        let id = created(&author, "GYW01").await;
        let mut lesson = content(UNIT);
        lesson["modules"][0]["units"][0]["body"] = json!(markdown);
        let saved = put(&author, &id, "\"1\"", &lesson).await.expect(200);
        assert_eq!((&saved["heavy"][0]["unit_id"], &saved["heavy"][0]["recording_bytes"]), (&json!(UNIT), &view["bytes"]));
        assert_eq!(saved["recording_limits"], json!({ "video_bytes": 200_000_000, "sound_bytes": 20_000_000 }));
    }

    async fn a_lesson_is_not_submitted_with_a_recording_that_is_not_there(app) {
        let author = teacher(&app).await;
        let view = add(&author, webm(1_000)).await.expect(201);
        let id = created(&author, "GYW01").await;
        let mut lesson = content(UNIT);
        lesson["modules"][0]["units"][0]["body"] = json!(format!("![片]({})", path(&view).replace("webm", "mp4")));
        put(&author, &id, "\"1\"", &lesson).await.expect(200);
        let problem = act(&author, &id, "submit", "\"2\"", &json!({})).await.expect(422);
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/modules/0/units/0/body"), &json!("recording-missing")));
        lesson["modules"][0]["units"][0]["body"] = json!(format!("![片]({})", path(&view)));
        put(&author, &id, "\"2\"", &lesson).await.expect(200);
        act(&author, &id, "submit", "\"3\"", &json!({})).await.expect(200);
    }
}
