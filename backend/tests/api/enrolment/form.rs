//! 报名登记表 and 报名承诺书: printed by the office of the school, and noted.

use super::*;

db_tests! {
    async fn the_office_of_the_school_prints_form_and_letter_and_each_print_is_noted(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        let path = format!("{}/form", path(&record));
        let print = desk.clerk.post(&path, &json!({})).await;
        assert_eq!((print.status, &print.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
        assert_eq!(print.headers["cache-control"], "no-store");
        assert!(print.bytes.starts_with(b"%PDF"), "no PDF");
        if let Some(folder) = std::option_env!("KEEP_PDF") {
            std::fs::write(format!("{folder}/application-form.pdf"), &print.bytes).unwrap();
        }
        let noted = audited(&app, "keep_enrolments").await;
        assert_eq!(noted.last(), Some(&json!({ "printed": "application_form" })));

        let next_door = office(&app, "next-door", NEXT_DOOR).await;
        assert_eq!(next_door.post(&path, &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(desk.county.post(&path, &json!({})).await.expect_problem(403), "forbidden");
        assert_eq!(app.stranger().post(&path, &json!({})).await.expect_problem(401), "unauthenticated");
        assert_eq!(audited(&app, "keep_enrolments").await, noted, "a print that nobody got is not noted");
    }

    async fn the_signed_form_and_letter_are_papers_of_their_own(app) {
        let desk = Desk::open(&app).await;
        let record = desk.enrol(2).await;
        for kind in ["application_form", "commitment_letter"] {
            add_paper(&desk.clerk, &record, kind).await;
        }
        let view = desk.clerk.get(&path(&record)).await.expect(200);
        let kinds: Vec<_> = view["attachments"].as_array().unwrap().iter().map(|photo| &photo["kind"]).collect();
        assert_eq!(kinds, ["application_form", "commitment_letter"]);
    }
}
