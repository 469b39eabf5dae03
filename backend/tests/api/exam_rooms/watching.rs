//! Who sees a room and does something there; who is let in; who ends a sitting.

use super::{Day, heartbeat, seat_of};
use crate::{
    enrolment::Desk,
    exam_world::{Device, STARTS_AFTER_S},
    people::audited,
    seat_plans::{COUNTY, confirm, draw, wanted, with_sites},
    support::{db_tests, execute, send},
};
use ed25519_dalek::{Signature, VerifyingKey};
use futures::future::join_all;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    delivery::{FocusPolicy, spoken_entry_code},
    ids::ExamSessionId,
    rights::Role,
    sittings::{ExamRules, TicketCode, ticket_verifier_bytes},
};
use std::io::Cursor;

db_tests! {
    async fn an_invigilator_sees_the_own_room_alone(app) {
        let day = Day::armed(&app, 2).await;
        let rooms = format!("/api/v1/exam_sessions/{}/rooms", day.world.exam_session_id);
        let own = day.invigilator.get(&rooms).await.expect(200);
        assert_eq!((own.as_array().unwrap().len(), &own[0]["expected"], &own[0]["may_keep"]), (1, &json!(2), &json!(true)));
        assert_eq!(own[0]["available"], json!([]), "who assigns nobody is not told whom one could");
        assert_eq!(day.seen().await["seats"].as_array().unwrap().len(), 2);

        let beside = app.staff("jiankao-two", Role::Invigilator, COUNTY).await;
        let next_door = app.staff("linxian", Role::SiteHead, "330503").await;
        for client in [&beside, &next_door, &day.world.marker, &day.world.candidates[0].client] {
            assert_eq!(client.get(&rooms).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&day.room).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&format!("{}/live", day.room)).await.expect_problem(404), "not-found");
            let act = json!({ "kind": "announce", "text": "请安静" });
            assert_eq!(day.act(client, &act).await.expect_problem(404), "not-found");
            assert_eq!(day.assign(&app, client, &[]).await.expect_problem(404), "not-found");
        }
        let inspector = app.staff("xunshi", Role::Inspector, COUNTY).await;
        assert_eq!(inspector.get(&rooms).await.expect(200)[0]["may_keep"], json!(false));
        inspector.get(&day.room).await.expect(200);
        let act = json!({ "kind": "announce", "text": "请安静" });
        assert_eq!(day.act(&inspector, &act).await.expect_problem(403), "forbidden");
        assert_eq!(day.assign(&app, &day.invigilator, &["jiankao-two"]).await.expect_problem(403), "forbidden");
    }

    async fn the_code_on_a_ticket_is_signed_for_its_candidate_and_its_test(app) {
        let day = Day::armed(&app, 2).await;
        assert_eq!(day.seen().await["entry_code"], Value::Null, "the test asks for none");
        let verifier = ticket_verifier_bytes(day.seen().await["ticket_verifier"].as_str().unwrap()).unwrap();
        let verifier = VerifyingKey::from_bytes(&verifier.try_into().unwrap()).unwrap();
        let is_signed = |code: &TicketCode| {
            let text = TicketCode::signed_text(code.exam_session_id, &code.ticket_number);
            let signature = Signature::from_slice(&code.signature).unwrap();
            verifier.verify_strict(text.as_bytes(), &signature).is_ok()
        };
        let mut codes = Vec::new();
        for (number, candidate) in day.world.candidates.iter().enumerate() {
            let exams = candidate.client.get("/api/v1/me/exams").await.expect(200);
            let code = TicketCode::parse(exams[0]["sitting"]["ticket_code"].as_str().unwrap()).unwrap();
            assert_eq!((json!(code.ticket_number), code.exam_session_id), (day.ticket(number).await, day.world.exam_session_id));
            assert!(is_signed(&code));
            codes.push(code);
        }
        let elsewhere = ExamSessionId(uuid::Uuid::from_u128(1));
        assert!(!is_signed(&TicketCode { exam_session_id: elsewhere, ..codes[0].clone() }));
        let borrowed = TicketCode { ticket_number: codes[1].ticket_number.clone(), ..codes[0].clone() };
        assert!(!is_signed(&borrowed), "another candidate's number under one's own signature");
    }

    async fn who_keeps_one_room_signs_in_and_records_of_nobody_else(app) {
        let day = Day::armed(&app, 2).await;
        let list = format!("/api/v1/exam_sessions/{}/sign_in_list", day.world.exam_session_id);
        let count = |list: Value| list["candidates"].as_array().unwrap().len();
        assert_eq!(count(day.invigilator.get(&list).await.expect(200)), 2, "both sit in the room");
        let beside = app.staff("jiankao-two", Role::Invigilator, COUNTY).await;
        assert_eq!(count(beside.get(&list).await.expect(200)), 0, "who keeps no room sees nobody once rooms are kept");
        let incidents = format!("/api/v1/exam_sessions/{}/incidents", day.world.exam_session_id);
        let whispers = json!({ "ticket_number": day.ticket(0).await, "kind": "whispering", "what_happened": "交头接耳" });
        let refused = beside.post(&incidents, &whispers).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/ticket_number");
        day.invigilator.post(&incidents, &whispers).await.expect(201);
        assert_eq!(count(day.head.get(&list).await.expect(200)), 2);
        day.assign(&app, &day.head, &[]).await.expect(200);
        assert_eq!(count(beside.get(&list).await.expect(200)), 2, "as before rooms were kept");
    }

    async fn who_is_assigned_anew_watches_and_who_is_not_named_does_not_any_more(app) {
        let day = Day::armed(&app, 1).await;
        let other = app.staff("jiankao-two", Role::Invigilator, COUNTY).await;
        let rooms = day.assign(&app, &day.head, &["jiankao-two"]).await.expect(200);
        assert_eq!(rooms[0]["invigilators"][0]["name"], "jiankao-two");
        other.get(&day.room).await.expect(200);
        assert_eq!(day.invigilator.get(&day.room).await.expect_problem(404), "not-found");
        let stranger = day.assign(&app, &day.head, &["yuejuan"]).await.expect(422);
        assert_eq!(stranger["errors"][0]["pointer"], "/account_ids/0", "a marker watches no room");
        let twice = day.assign(&app, &day.head, &["jiankao", "jiankao"]).await.expect(422);
        assert_eq!(twice["errors"][0]["pointer"], "/account_ids/1");
        let noted = audited(&app, "assign_invigilator").await;
        assert_eq!(noted.len(), 2, "each time it was said is in the audit log");
    }

    async fn who_was_told_to_watch_a_room_where_nobody_sits_any_more_watches_another(app) {
        let (world, [here, beside]) = with_sites(&app, 1).await;
        let head = app.staff("zhukao", Role::SiteHead, "3305").await;
        app.staff("jiankao", Role::Invigilator, "3305").await;
        let person = backend::identity::find_by_name(&app.cx, "jiankao").await.unwrap().unwrap();
        let body = json!({ "account_ids": [person] });
        for site in [&here, &beside] {
            let plan = draw(&world, &wanted(&[(site, COUNTY)])).await.expect(201);
            confirm(&world, &plan).await.expect(200);
            let test = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
            let path = format!("{test}/rooms/{}/invigilators", site.room.as_str().unwrap());
            // Said twice at one moment it is the same.
            for reply in join_all([&head, &head].map(|client| client.post(&path, &body))).await {
                assert_eq!(reply.expect(200)[0]["invigilators"][0]["name"], "jiankao");
            }
        }
    }

    async fn there_is_no_room_on_another_day(app) {
        let day = Day::armed(&app, 1).await;
        app.clock.advance_s(24 * 60 * 60);
        day.world.settle(&app).await;
        for name in ["jiankao", "zhukao"] {
            assert_eq!(app.log_in(name).await.get(&day.room).await.expect_problem(404), "not-found", "{name}");
        }
        app.log_in("kaowu-one").await.get(&day.room).await.expect(200);
    }

    async fn who_comes_is_let_in_once_however_often_that_is_sent(app) {
        let day = Day::armed(&app, 2).await;
        let act = json!({ "kind": "admit", "ticket_number": day.ticket(0).await, "document_matches": true,
            "photo_matches": true });
        let path = format!("{}/acts", day.room);
        let admit = || day.invigilator.request(Method::POST, &path).header("idempotency-key", "k1").json(&act);
        let room = send(admit()).await.expect(200);
        assert_eq!((&room["counts"]["admitted"], &room["counts"]["expected"]), (&json!(1), &json!(2)));
        send(admit()).await.expect(200);
        let seat = day.seat(0).await;
        assert_eq!((&seat["state"], &seat["is_identity_right"]), (&json!("admitted"), &json!(true)));
        assert_eq!(day.seat(1).await["state"], "expected");
        let noted = audited(&app, "keep_exam_room").await;
        assert_eq!((noted.len(), &noted[0]["act"], &noted[0]["seats"]), (2, &json!("admit"), &json!(1)));

        let doubtful = json!({ "kind": "admit", "ticket_number": day.ticket(1).await, "document_matches": true,
            "photo_matches": false });
        let refused = day.act(&day.invigilator, &doubtful).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/text", "it has to be said why");
        let unknown = json!({ "kind": "admit", "ticket_number": "26010601012304", "document_matches": true,
            "photo_matches": true });
        let refused = day.act(&day.invigilator, &unknown).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/ticket_number");
    }

    async fn the_portrait_of_who_comes_is_looked_at_in_their_room_alone_and_each_look_is_audited(app) {
        let day = Day::armed(&app, 2).await;
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let mut photo = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 8).write_to(&mut photo, ImageFormat::Png).unwrap();
        let add = format!("/api/v1/enrolments/{}/attachments?kind=portrait", record["record"]["id"].as_str().unwrap());
        send(desk.clerk.request(Method::POST, &add).body(photo.into_inner())).await.expect(201);
        desk.register(&record).await;
        let account = "(SELECT id FROM account WHERE login_name = 'learner-0')";
        execute(&app, &format!("UPDATE student_record SET account_id = {account}")).await;

        let path = format!("{}/portrait", day.room);
        let of_first = json!({ "ticket_number": day.ticket(0).await });
        let shown = day.invigilator.post(&path, &of_first).await;
        assert_eq!((shown.status, &shown.headers["content-type"]), (200, &"image/jpeg".parse().unwrap()));
        assert_eq!(shown.headers["cache-control"], "no-store");
        let noted = audited(&app, "keep_exam_room").await;
        assert_eq!((noted.len(), &noted[0]["looked_at"]), (1, &json!(day.world.sitting(0))));
        let of_second = json!({ "ticket_number": day.ticket(1).await });
        assert_eq!(day.invigilator.post(&path, &of_second).await.expect_problem(404), "not-found", "there is none");
        let inspector = app.staff("xunshi", Role::Inspector, COUNTY).await;
        assert_eq!(inspector.post(&path, &of_first).await.expect_problem(403), "forbidden");
        let nobody = day.invigilator.post(&path, &json!({ "ticket_number": "26010601012304" })).await.expect(422);
        assert_eq!(nobody["errors"][0]["pointer"], "/ticket_number");
    }

    async fn who_comes_later_than_the_test_allows_is_not_let_in(app) {
        let mut day = Day::started(&app, 1).await;
        let usual = serde_json::to_string(&ExamRules::usual()).unwrap();
        execute(&app, &format!("UPDATE exam_session SET rules = '{usual}'")).await;
        day.world.later(&app, 15 * 60 + 1).await;
        let act = json!({ "kind": "admit", "ticket_number": day.ticket(0).await, "document_matches": true,
            "photo_matches": true });
        let invigilator = app.log_in("jiankao").await;
        let refused = day.act(&invigilator, &act).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("09:16"), "{refused}");
    }

    async fn who_begins_types_the_code_that_is_read_out_in_the_room(app) {
        let mut day = Day::armed(&app, 1).await;
        let asking = ExamRules { asks_entry_code: true, ..ExamRules::lenient() };
        let asking = serde_json::to_string(&asking).unwrap();
        execute(&app, &format!("UPDATE exam_session SET rules = '{asking}'")).await;
        let code = day.seen().await["entry_code"].as_str().unwrap().to_owned();
        day.world.later(&app, STARTS_AFTER_S).await;
        assert_eq!(day.world.view(0).await["asks_entry_code"], true);
        let open = async |entry_code: Value| {
            let body = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false, "entry_code": entry_code });
            day.world.candidates[0].client.post(&day.world.path(0, "open"), &body).await
        };
        for wrong in [Value::Null, json!(""), json!("00000000"), json!(code[1..])] {
            assert_eq!(open(wrong).await.expect_problem(409), "entry-code-wrong");
        }
        open(json!(spoken_entry_code(&code))).await.expect(200);
        assert_eq!(day.world.view(0).await["asks_entry_code"], false, "who has begun was there");
        Device::opened(&day.world, 0, 1, false).await.expect(200);
    }

    async fn who_leaves_the_page_often_is_told_of_where_the_test_says_so(app) {
        let day = Day::started(&app, 2).await;
        let telling = ExamRules { focus_policy: FocusPolicy::Tell, ..ExamRules::lenient() };
        let telling = serde_json::to_string(&telling).unwrap();
        execute(&app, &format!("UPDATE exam_session SET rules = '{telling}'")).await;
        for (candidate, losses) in [(0, 3), (1, 2)] {
            Device::open(&day.world, candidate, 1, false).await;
            let mut told = heartbeat(0);
            (told["focus_losses"], told["focus_lost_s"]) = (json!(losses), json!(9));
            day.beat(candidate, &told).await.expect(200);
        }
        let room = day.seen().await;
        let often = |candidate| seat_of(&room, &day.world, candidate)["left_often"].clone();
        assert_eq!((often(0), often(1)), (json!(true), json!(false)));
        assert_eq!(seat_of(&room, &day.world, 0)["state"], "working", "it is told and changes nothing");
    }

    async fn another_device_needs_the_consent_of_the_invigilator_each_time(app) {
        let day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        let refused = Device::opened(&day.world, 0, 2, true).await;
        assert_eq!(refused.expect_problem(409), "take-over-consent-needed");
        let consent = json!({ "kind": "consent_take_over", "ticket_number": day.ticket(0).await, "text": "平板没电" });
        day.act(&day.invigilator, &consent).await.expect(200);
        assert_eq!(day.seat(0).await["may_take_over"], true);
        assert_eq!(Device::open(&day.world, 0, 2, true).await.epoch, 2);
        assert_eq!(day.seat(0).await["may_take_over"], false, "it is good for once");
        let refused = Device::opened(&day.world, 0, 3, true).await;
        assert_eq!(refused.expect_problem(409), "take-over-consent-needed");
    }

    async fn where_nobody_watches_the_candidate_takes_over_alone(app) {
        let day = Day::started(&app, 1).await;
        day.assign(&app, &day.head, &[]).await.expect(200);
        Device::open(&day.world, 0, 1, false).await;
        assert_eq!(Device::open(&day.world, 0, 2, true).await.epoch, 2);
    }

    async fn a_sitting_is_ended_by_two_persons_and_takes_no_later_answer(app) {
        let mut day = Day::started(&app, 1).await;
        let mut device = Device::open(&day.world, 0, 1, false).await;
        let answered = device.answer(&day.world, 0, 0);
        device.send(&day.world, &[answered]).await.expect(200);
        let ticket = day.ticket(0).await;
        let end = json!({ "kind": "force_submit", "ticket_number": ticket });
        assert_eq!(day.act(&day.head, &end).await.expect_problem(409), "wrong-state", "nobody proposed it");
        let propose = json!({ "kind": "propose_submit", "ticket_number": ticket, "text": "扰乱考场秩序" });
        day.act(&day.invigilator, &propose).await.expect(200);
        assert_eq!(day.act(&day.invigilator, &end).await.expect_problem(409), "second-person-needed");
        let room = day.act(&day.head, &end).await.expect(200);
        assert_eq!(seat_of(&room, &day.world, 0)["state"], "closed");
        let receipt = day.world.receipt(0).await;
        assert_eq!((&receipt["by_candidate"], &receipt["answered"]), (&json!(false), &json!(1)));
        assert_eq!(receipt["digest"], json!(device.digest()), "what was saved stays");

        day.world.later(&app, 60).await;
        let later = device.answer_at(&day.world, 1, 0, 30_000);
        assert_eq!(device.send(&day.world, &[later]).await.expect_problem(410), "time-up");
        let again = day.act(&app.log_in("zhukao").await, &end).await;
        assert_eq!(again.expect_problem(409), "wrong-state", "it is over once");
    }

    async fn a_candidate_goes_on_at_a_free_seat_of_the_room(app) {
        let day = Day::started(&app, 2).await;
        let [own, taken] = [day.seat(0).await["seat"].clone(), day.seat(1).await["seat"].clone()];
        let free = (1..=6).map(|seat| json!(seat)).find(|seat| *seat != own && *seat != taken).unwrap();
        let to = |seat: &Value, ticket: &Value| json!({ "kind": "change_seat", "ticket_number": ticket, "seat": seat,
            "text": "键盘失灵" });
        let ticket = day.ticket(0).await;
        let refused = day.act(&day.invigilator, &to(&taken, &ticket)).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/seat", "somebody sits there");
        day.act(&day.invigilator, &to(&free, &ticket)).await.expect(200);
        let seat = day.seat(0).await;
        assert_eq!((&seat["seat"], &seat["moved_from"]), (&free, &own), "both are told");
        let moved = json!({ "from": own, "to": free });
        let test = format!("/api/v1/exam_sessions/{}", day.world.exam_session_id);
        let list = day.invigilator.get(&format!("{test}/sign_in_list")).await.expect(200);
        let of_them = |row: &&Value| row["ticket_number"] == ticket;
        assert_eq!(list["candidates"].as_array().unwrap().iter().find(of_them).unwrap()["moved"], moved);
        let plans = day.world.administrators[0].get(&format!("{test}/seat_plans")).await.expect(200);
        let plan = format!("/api/v1/seat_plans/{}", plans[0]["id"].as_str().unwrap());
        let plan = day.world.administrators[0].get(&plan).await.expect(200);
        assert_eq!(plan["moved"], json!([{ "sitting_id": day.world.sitting(0), "seats": moved }]));
        let exams = day.world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
        let own_seat = &exams[0]["sitting"]["seat"];
        assert_eq!((&own_seat["seat"], &own_seat["has_changed"]), (&free, &json!(true)));
        let noted = audited(&app, "keep_exam_room").await.pop().unwrap();
        assert_eq!((&noted["act"], &noted["seat"]), (&json!("change_seat"), &free));
        let left = day.act(&day.invigilator, &to(&free, &day.ticket(1).await)).await.expect(422);
        assert_eq!(left["errors"][0]["code"], "duplicate", "it is taken now");
    }

    async fn a_paper_is_handed_out_and_the_device_is_told(app) {
        let day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        let ticket = day.ticket(0).await;
        let out = json!({ "kind": "hand_out_paper", "ticket_number": ticket, "text": "机房停电" });
        let room = day.act(&day.invigilator, &out).await.expect(200);
        assert_eq!(seat_of(&room, &day.world, 0)["state"], "on_paper");
        assert_eq!(day.world.view(0).await["is_on_paper"], true);
        assert_eq!(day.act(&day.invigilator, &out).await.expect_problem(409), "wrong-state", "one is enough");
        let back = json!({ "kind": "collect_paper", "ticket_number": ticket, "text": "4 页" });
        day.act(&day.invigilator, &back).await.expect(200);
        assert_eq!(day.world.view(0).await["is_on_paper"], false);
    }

    async fn the_report_of_a_room_is_printed_by_who_keeps_it_and_each_print_is_noted(app) {
        let day = Day::started(&app, 2).await;
        let pause = json!({ "kind": "pause", "text": "消防演习" });
        day.act(&day.invigilator, &pause).await.expect(200);
        let path = format!("{}/report", day.room);
        let noted = audited(&app, "keep_exam_room").await.len();
        let print = day.invigilator.post(&path, &json!({})).await;
        assert_eq!((print.status, &print.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
        assert!(print.bytes.starts_with(b"%PDF"), "no PDF");
        if let Some(folder) = std::option_env!("KEEP_PDF") {
            std::fs::write(format!("{folder}/room-report.pdf"), &print.bytes).unwrap();
        }
        let after: Vec<Value> = audited(&app, "keep_exam_room").await;
        assert_eq!((after.len(), &after[noted]["printed"]), (noted + 1, &json!("room_report")));
        let office = &day.world.administrators[0];
        assert_eq!(office.post(&path, &json!({})).await.status, 200);
        let inspector = app.staff("xunshi", Role::Inspector, COUNTY).await;
        assert_eq!(inspector.post(&path, &json!({})).await.expect_problem(403), "forbidden");
    }
}
