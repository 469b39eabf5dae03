//! 学习记录证明: printed by whose it is and by the office of their school, and checked by anybody.

use crate::{
    enrolment::Desk,
    exam_world::World,
    people::{HERE, NEXT_DOOR, office},
    support::{Reply, TestApp, db_tests},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    credit_bank::{CertificateNumber, is_study_proof},
    rights::Role,
};

const OWN: &str = "/api/v1/me/study_proofs";

/// The number of a print, as its file is called.
fn number_of(print: &Reply) -> String {
    assert_eq!((print.status, &print.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert_eq!(print.headers["cache-control"], "no-store");
    assert!(print.bytes.starts_with(b"%PDF"), "no PDF");
    let name = print.headers["content-disposition"].to_str().unwrap();
    name.trim_start_matches("attachment; filename=\"").trim_end_matches(".pdf\"").to_owned()
}

/// What a stranger is told of a number.
async fn check(app: &TestApp, number: &str) -> Reply {
    app.stranger().get(&format!("/api/v1/public/study_proofs/{number}")).await
}

db_tests! {
    async fn a_learner_prints_what_they_studied_and_a_stranger_checks_it(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let print = learner.post(OWN, &json!({})).await;
        let number = number_of(&print);
        assert!(is_study_proof(&CertificateNumber::parse(&number).unwrap()) && number.starts_with("202633059"), "{number}");
        let known = check(&app, &number).await.expect(200);
        let digest = hex::encode(Sha256::digest(&print.bytes));
        assert_eq!(known, json!({ "number": number, "digest": digest, "issued_at": known["issued_at"] }));
        assert!(known["issued_at"].as_str().unwrap().starts_with("2026-11-23T"));

        let again = learner.post(OWN, &json!({})).await;
        assert_ne!(number_of(&again), number, "each print has a number of its own");
        assert_eq!(check(&app, &number).await.expect(200), known, "and the one before stays good");
        let log = super::log(&app).await;
        assert!(log.contains(&number) && log.contains("read_own_record"), "{log}");
    }

    async fn a_number_that_nobody_printed_is_not_there(app) {
        let world = World::draft(&app, 1).await;
        let number = number_of(&world.candidates[0].client.post(OWN, &json!({})).await);
        let wrong = |digit: char| if digit == '9' { '8' } else { '9' };
        let changed: String = number.char_indices().map(|(at, digit)| if at == 16 { wrong(digit) } else { digit }).collect();
        for number in [changed.as_str(), "202633052010000421", "1", "x"] {
            assert_eq!(check(&app, number).await.expect_problem(404), "not-found");
        }
        let as_certificate = app.stranger().get(&format!("/api/v1/public/certificates/{number}")).await;
        assert_eq!(as_certificate.expect_problem(404), "not-found");
    }

    async fn the_office_of_the_school_prints_for_its_learner_and_nobody_else_does(app) {
        let desk = Desk::open(&app).await;
        let enrolled = desk.enrol(2).await;
        let path = format!("/api/v1/enrolments/{}/study_proofs", enrolled["record"]["id"].as_str().unwrap());
        assert_eq!(desk.clerk.post(&path, &json!({})).await.expect_problem(409), "wrong-state", "nobody learns by it yet");
        desk.register(&enrolled).await;
        let print = desk.clerk.post(&path, &json!({})).await;
        let number = number_of(&print);
        assert_eq!(check(&app, &number).await.expect(200)["digest"], json!(hex::encode(Sha256::digest(&print.bytes))));

        let bureau = app.staff("bureau", Role::CountyBureau, "330502").await;
        assert_eq!(bureau.post(&path, &json!({})).await.expect_problem(403), "forbidden");
        let next_door = office(&app, "next-door", NEXT_DOOR).await;
        let (_, learner) = app.learner("somebody").await;
        for client in [&next_door, &learner] {
            assert_eq!(client.post(&path, &json!({})).await.expect_problem(404), "not-found");
        }
        for staff in [&desk.clerk, &bureau] {
            assert_eq!(staff.post(OWN, &json!({})).await.expect_problem(403), "forbidden");
        }
        assert_eq!(app.stranger().post(&path, &json!({})).await.expect_problem(401), "unauthenticated");
        let nothing: Value = learner.get("/api/v1/me/courses").await.expect(200);
        assert_eq!(nothing, json!([]));
        number_of(&learner.post(OWN, &json!({})).await);
        assert!(number.starts_with(&format!("2026{}9", &HERE[..4])), "{number}");
    }
}
