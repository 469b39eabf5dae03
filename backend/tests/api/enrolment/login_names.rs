//! A phone is a name to log in by for its owner alone, and lies nowhere in plain; a document's number is none.

use super::{
    activation::{PASSWORD, activate, code, log_in, refused, slip, tail, text},
    *,
};
use crate::support::execute;
use backend::platform::db::Db;

/// The phone that the school recorded of everybody here.
const PHONE: &str = "19900009137";
/// Another's.
const OTHER: &str = "19900009138";

/// What is wrong with the name.
#[track_caller]
fn wrong_name(reply: Reply) -> String {
    let reply = reply.expect(422);
    let error = &reply["errors"][0];
    assert_eq!(error["pointer"], "/login_name", "{reply}");
    assert!(!error["detail"].as_str().unwrap().starts_with("field."), "{reply}");
    error["code"].as_str().unwrap().to_owned()
}

db_tests! {
    async fn ones_own_phone_is_a_name_and_lies_in_no_column(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        activate(&app, &code(&slip), &tail(2), Some("１９９ 0000-9137")).await.expect(204);
        for typed in [PHONE, " 199 0000 9137 ", "１９９００００９１３７", "+86 199-0000-9137"] {
            let me = &log_in(&app, typed, PASSWORD).await.expect(200)["me"];
            assert_eq!(me["account_id"], registered["account_id"], "{typed}");
            assert_eq!(me["login_name"], registered["record"]["learner_number"], "{typed}");
        }
        log_in(&app, registered["record"]["learner_number"].as_str().unwrap(), PASSWORD).await.expect(200);
        assert_eq!(log_in(&app, PHONE, "wrong").await.expect_problem(401), "wrong-credentials");
        assert_eq!(log_in(&app, OTHER, PASSWORD).await.expect_problem(401), "wrong-credentials");

        let dump = dump(&app).await.to_lowercase();
        assert!(dump.contains("张秀英2"), "the dump holds what was written");
        for canary in [PHONE, OTHER, &hex::encode(PHONE), "199 0000-9137", "199 0000 9137", "１９９"] {
            assert!(!dump.contains(canary), "{canary} is in the store");
        }
    }

    async fn anothers_phone_is_no_name(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        for phone in [OTHER, "１９９ 0000 9138", "12900009137"] {
            assert_eq!(wrong_name(activate(&app, &code(&slip), &tail(2), Some(phone)).await), "phone-not-own");
        }
        for phone in [PHONE, OTHER] {
            let unproven = activate(&app, &code(&slip), &tail(4), Some(phone)).await;
            assert_eq!(refused(unproven), text("wrong"), "who proves nothing learns nothing");
        }
        assert_eq!(log_in(&app, OTHER, PASSWORD).await.expect_problem(401), "wrong-credentials");
        activate(&app, &code(&slip), &tail(2), Some(PHONE)).await.expect(204);
    }

    async fn a_document_s_number_is_no_name(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        let own = number(2);
        let parted = format!("{} {} {}", &own[..6], &own[6..14], &own[14..]);
        for name in [own.as_str(), &parted, "33019919850314002x", "330199850314002", "zhang19900009137", "19900009137@example.com"] {
            assert_eq!(wrong_name(activate(&app, &code(&slip), &tail(2), Some(name)).await), "login-name-number", "{name}");
        }
        activate(&app, &code(&slip), &tail(2), Some("zhang.xiuying-1985")).await.expect(204);
        log_in(&app, "zhang.xiuying-1985", PASSWORD).await.expect(200);
    }

    async fn a_phone_that_two_share_opens_one_account(app) {
        let desk = Desk::open(&app).await;
        let (mother, daughter) = (desk.register(&desk.enrol(2).await).await, desk.register(&desk.enrol(4).await).await);
        let first = slip(&desk.clerk, &mother).await.expect(201);
        activate(&app, &code(&first), &tail(2), Some(PHONE)).await.expect(204);
        let other = slip(&desk.clerk, &daughter).await.expect(201);
        assert_eq!(wrong_name(activate(&app, &code(&other), &tail(4), Some(PHONE)).await), "phone-taken");
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect(200)["me"]["account_id"], mother["account_id"]);

        // Who activates anew keeps the phone, and gives it up by choosing a name.
        let again = slip(&desk.clerk, &mother).await.expect(201);
        activate(&app, &code(&again), &tail(2), None).await.expect(204);
        log_in(&app, PHONE, PASSWORD).await.expect(200);
        let again = slip(&desk.clerk, &mother).await.expect(201);
        activate(&app, &code(&again), &tail(2), Some("xiuying")).await.expect(204);
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect_problem(401), "wrong-credentials");
        activate(&app, &code(&other), &tail(4), Some(PHONE)).await.expect(204);
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect(200)["me"]["account_id"], daughter["account_id"]);
    }

    async fn a_closed_account_gives_its_phone_up(app) {
        let desk = Desk::open(&app).await;
        let (closed, kept) = (desk.register(&desk.enrol(2).await).await, desk.register(&desk.enrol(4).await).await);
        let first = slip(&desk.clerk, &closed).await.expect(201);
        activate(&app, &code(&first), &tail(2), Some(PHONE)).await.expect(204);
        execute(&app, "UPDATE account SET closed_at = 1 WHERE login_phone_index IS NOT NULL").await;
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect_problem(401), "wrong-credentials");
        let other = slip(&desk.clerk, &kept).await.expect(201);
        activate(&app, &code(&other), &tail(4), Some(PHONE)).await.expect(204);
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect(200)["me"]["account_id"], kept["account_id"]);
    }

    async fn the_log_in_stays_when_the_phone_changes(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let first = slip(&desk.clerk, &registered).await.expect(201);
        activate(&app, &code(&first), &tail(2), Some(PHONE)).await.expect(204);
        let person = format!("{PEOPLE}/{}", registered["record"]["person_id"].as_str().unwrap());
        let version = &desk.clerk.get(&person).await.expect(200)["version"];
        let change = desk.clerk.request(Method::PUT, &format!("{person}/phone"));
        let change = change.header("if-match", format!("\"{version}\""));
        send(change.json(&json!({ "phone": OTHER }))).await.expect(200);
        log_in(&app, PHONE, PASSWORD).await.expect(200);
        let again = slip(&desk.clerk, &registered).await.expect(201);
        assert_eq!(wrong_name(activate(&app, &code(&again), &tail(2), Some(PHONE)).await), "phone-not-own");
        activate(&app, &code(&again), &tail(2), Some(OTHER)).await.expect(204);
        log_in(&app, OTHER, PASSWORD).await.expect(200);
        assert_eq!(log_in(&app, PHONE, PASSWORD).await.expect_problem(401), "wrong-credentials");
    }

    async fn a_phone_that_was_a_name_on_earlier_days_is_none_any_more(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let slip = slip(&desk.clerk, &registered).await.expect(201);
        activate(&app, &code(&slip), &tail(2), Some("xiuying")).await.expect(204);
        // The store of the day before phones were indexed.
        for statement in [
            "DROP INDEX ux_account_login_phone",
            "ALTER TABLE account DROP COLUMN login_phone_index",
            "DELETE FROM seaql_migrations WHERE version LIKE '%_login_phone'",
            "UPDATE account SET login_name = '199-0000-9137' WHERE login_name = 'xiuying'",
        ] {
            execute(&app, statement).await;
        }
        // Opened anew, as after an upgrade: a connection of before may still know the column.
        let next = Db::open(&app.cx.config.database_url.0, app.cx.clock.clone(), app.cx.ids.clone()).await.unwrap();
        next.migrate().await.unwrap();
        let mut names = texts(&app, "SELECT login_name FROM account").await;
        names.sort_unstable();
        let number = registered["record"]["learner_number"].as_str().unwrap();
        assert_eq!(names, [number, "city", "clerk", "county", "head"]);
        log_in(&app, number, PASSWORD).await.expect(200);
    }

    async fn tries_for_a_phone_are_counted_together_however_it_is_typed(app) {
        for typed in [PHONE, "１９９００００９１３７", "199 0000 9137", "199-0000-9137", "+8619900009137"] {
            for _ in 0..2 {
                assert_eq!(log_in(&app, typed, "wrong").await.expect_problem(401), "wrong-credentials");
            }
        }
        assert_eq!(log_in(&app, PHONE, "wrong").await.expect_problem(429), "too-many");
    }
}
