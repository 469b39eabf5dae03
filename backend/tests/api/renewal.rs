//! The renewal of log-ins: lost replies, two tabs, thieves; and how long tokens and log-ins are kept.

use crate::{
    identity::{cookie, log_in, refresh},
    support::{TestApp, db_tests},
};
use futures::future::join;
use sea_orm::{ConnectionTrait, Statement};
use shared::rights::Role;

const DAY_S: i64 = 86_400;

async fn count(app: &TestApp, rows: &str) -> i64 {
    let (conn, sql) = (app.cx.db.read(), format!("SELECT COUNT(*) FROM {rows}"));
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn sweep(app: &TestApp) {
    app.jobs.ask_for_standing().await.unwrap();
    app.jobs.run_due().await.unwrap();
}

db_tests! {
    async fn who_lost_a_reply_gets_the_same_token_again_and_stays_in(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let first = cookie(&log_in(&app, "wang").await);
        let lost = cookie(&refresh(&app, &first).await);
        app.clock.advance_s(60);
        let second = cookie(&refresh(&app, &first).await);
        assert_eq!(second, lost, "there are never two");
        let third = cookie(&refresh(&app, &second).await);
        assert_eq!(cookie(&refresh(&app, &second).await), third);
        app.clock.advance_s(600);
        refresh(&app, &third).await.expect(200);
    }

    async fn two_tabs_that_renew_at_one_moment_stay_in(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let mut held = cookie(&log_in(&app, "wang").await);
        for _ in 0..10 {
            let (one, other) = join(refresh(&app, &held), refresh(&app, &held)).await;
            assert_eq!((one.status, other.status), (200, 200));
            assert_eq!(cookie(&one), cookie(&other));
            held = cookie(&one);
            app.clock.advance_s(600);
        }
    }

    async fn a_reply_that_comes_late_leads_to_where_the_others_are(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let first = cookie(&log_in(&app, "wang").await);
        let second = cookie(&refresh(&app, &first).await);
        let third = cookie(&refresh(&app, &second).await);
        assert_eq!(cookie(&refresh(&app, &first).await), third, "the browser does not go back");
    }

    async fn a_token_that_is_used_again_later_was_stolen_and_ends_the_log_in(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let first = cookie(&log_in(&app, "wang").await);
        let second = cookie(&refresh(&app, &first).await);
        app.clock.advance_s(61);
        assert_eq!(refresh(&app, &first).await.expect_problem(401), "unauthenticated");
        assert_eq!(refresh(&app, &second).await.expect_problem(401), "unauthenticated");
        let ended = "audit_entry WHERE request_id = 'job:log-in' AND detail LIKE '%reuse%'";
        assert_eq!(count(&app, ended).await, 1);
    }

    async fn a_thief_who_is_quick_is_found_out_by_the_next_renewal(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let stolen = cookie(&log_in(&app, "wang").await);
        let of_thief = cookie(&refresh(&app, &stolen).await);
        let of_owner = cookie(&refresh(&app, &stolen).await);
        app.clock.advance_s(600);
        let next = cookie(&refresh(&app, &of_thief).await);
        app.clock.advance_s(600);
        for token in [of_owner, next] {
            assert_eq!(refresh(&app, &token).await.expect_problem(401), "unauthenticated");
        }
    }

    async fn tokens_are_kept_as_long_as_a_thief_may_be_found_and_log_ins_for_ninety_days(app) {
        app.staff("wang", Role::Teacher, "33").await;
        app.staff("li", Role::Teacher, "33").await;
        let first = cookie(&log_in(&app, "wang").await);
        refresh(&app, &first).await.expect(200);
        assert_eq!((count(&app, "login").await, count(&app, "refresh_token").await), (3, 4));
        app.clock.advance_s(15 * DAY_S);
        sweep(&app).await;
        assert_eq!(count(&app, "refresh_token").await, 4);
        app.clock.advance_s(3_600);
        sweep(&app).await;
        assert_eq!(count(&app, "refresh_token").await, 3, "what was replaced goes");
        app.clock.advance_s(76 * DAY_S);
        log_in(&app, "wang").await.expect(200);
        sweep(&app).await;
        assert_eq!((count(&app, "login").await, count(&app, "refresh_token").await), (2, 2), "the last of each stays");
        log_in(&app, "li").await.expect(200);
    }
}
