//! What a candidate holds in the hand: the admission ticket, and the receipt of what was handed in.

use crate::{
    exam_world::{Device, SECRET, STEM, World},
    people::audited,
    seat_plans::{COUNTY, confirm, draw, wanted, with_sites},
    support::{Reply, Sheets, db_tests, execute},
};
use serde_json::{Value, json};
use shared::delivery::{Receipt, receipt_code};

/// What is printed, without the spaces of lines.
fn read(print: &Reply) -> (String, String) {
    assert_eq!((print.status, &print.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert_eq!(print.headers["cache-control"], "no-store");
    let sheets = Sheets::read(&print.bytes);
    (sheets.text.split_whitespace().collect(), sheets.qr())
}

/// Keeps a print, for who looks through what the tests have printed.
fn keep(name: &str, print: &Reply) {
    if let Some(folder) = std::option_env!("KEEP_PDF") {
        std::fs::write(format!("{folder}/{name}.pdf"), &print.bytes).unwrap();
    }
}

/// The candidate's test, as the candidate sees it.
async fn own_exam(world: &World) -> Value {
    world.candidates[0].client.get("/api/v1/me/exams").await.expect(200)[0].clone()
}

db_tests! {
    async fn a_receipt_is_printed_for_its_candidate_and_the_office(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let ticket = world.view(0).await["ticket_number"].clone();
        let (own, offices) = (world.path(0, "receipt"), format!("/api/v1/exam_sessions/{}/receipts", world.exam_session_id));
        let (candidate, other) = (&world.candidates[0].client, &world.candidates[1].client);
        let [administrator, _] = &world.administrators;
        let asked = json!({ "ticket_number": ticket });
        assert_eq!(candidate.post(&own, &json!({})).await.expect_problem(409), "wrong-state", "nothing is handed in");
        assert_eq!(administrator.post(&offices, &asked).await.expect_problem(409), "wrong-state");

        let mut device = Device::open(&world, 0, 1, false).await;
        let entries = [device.answer(&world, 0, 0), device.answer(&world, 0, 1), device.answer(&world, 1, 2)];
        device.send(&world, &entries).await.expect(200);
        device.submit(&world).await.expect(200);
        let receipt: Receipt = serde_json::from_value(world.receipt(0).await).unwrap();
        let (was_own, was_offices) =
            (audited(&app, "answer_own_sitting").await.len(), audited(&app, "run_exam_day").await.len());
        let print = candidate.post(&own, &json!({})).await;
        keep("receipt", &print);
        let (text, code) = read(&print);
        let ticket = ticket.as_str().unwrap();
        assert_eq!(code, receipt_code(ticket, &receipt, 3));
        let digest: String = device.digest();
        for words in ["考试回执", "Course", "learner-0", ticket, "本人交卷", "2题", "3条", digest.as_str()] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(![STEM, SECRET].iter().any(|words| text.contains(words)), "{text}");
        assert_eq!(read(&administrator.post(&offices, &asked).await), (text, code), "the office holds it against the own");
        assert_eq!(audited(&app, "answer_own_sitting").await[was_own]["printed"], "receipt");
        assert_eq!(audited(&app, "run_exam_day").await[was_offices]["sitting"], json!(world.sitting(0)));

        for client in [other, administrator, &world.marker] {
            assert_eq!(client.post(&own, &json!({})).await.expect_problem(404), "not-found");
        }
        assert!([403, 404].contains(&candidate.post(&offices, &asked).await.status));
        for (typed, code) in [("", "required"), ("12", "not-found"), ("26010600101018", "not-found")] {
            let refused = administrator.post(&offices, &json!({ "ticket_number": typed })).await.expect(422);
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/ticket_number"), &json!(code)));
        }
    }

    async fn a_ticket_is_printed_for_its_candidate_alone(app) {
        let (world, [here, _]) = with_sites(&app, 2).await;
        let (path, candidate) = (world.path(0, "ticket"), &world.candidates[0].client);
        let exam = own_exam(&world).await;
        let (text, code) = read(&candidate.post(&path, &json!({})).await);
        assert_eq!(code, exam["sitting"]["ticket_code"].as_str().unwrap());
        assert!(text.contains("还没有编排"), "{text}");

        let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        confirm(&world, &plan).await.expect(200);
        let print = candidate.post(&path, &json!({})).await;
        keep("ticket", &print);
        let (text, _) = read(&print);
        let ticket = exam["sitting"]["ticket_number"].as_str().unwrap();
        for words in ["准考证", "Test", "Course", "learner-0", ticket, "考点330502", "第1考场", "请带本准考证"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(text.contains(&exam["sitting"]["login_code"].as_str().unwrap().replace(' ', "")), "{text}");
        execute(&app, "UPDATE sitting SET needs_large_print = TRUE").await;
        let large = candidate.post(&path, &json!({})).await;
        keep("ticket-large", &large);
        assert!(read(&large).0.contains(ticket));
        let noted = audited(&app, "answer_own_sitting").await;
        assert_eq!(noted.iter().filter(|entry| entry["printed"] == "admission_ticket").count(), 3);

        for client in [&world.candidates[1].client, &world.administrators[0]] {
            assert_eq!(client.post(&path, &json!({})).await.expect_problem(404), "not-found");
        }
        let cancel = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
        world.administrators[0].post(&cancel, &json!({ "reason": "考点停电，改期举行" })).await.expect(200);
        assert_eq!(candidate.post(&path, &json!({})).await.expect_problem(409), "exam-cancelled");
    }
}
