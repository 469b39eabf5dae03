//! What has served its time goes out of the store, a little at a time, and nothing else does.

use crate::{
    enrolment::Desk,
    support::{TestApp, db_tests, execute},
};
use backend::{
    access::{Action, JobName, Permit},
    app,
    platform::{
        http::{IdempotencyKey, once},
        jobs::Jobs,
    },
};
use futures::future::try_join_all;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use shared::{ids::AccountId, rights::Right};

const DAY_S: i64 = 86_400;
/// Rows of a kind that go at a time.
const BATCH: i64 = 500;
/// What nobody waits for.
const TOPIC: &str = "probe.happened";

struct Probe;

impl Action for Probe {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

/// How many rows a table has.
async fn rows(app: &TestApp, table: &str) -> i64 {
    let (conn, sql) = (app.cx.db.read(), format!("SELECT COUNT(*) FROM {table}"));
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Sweeps once, when it is time.
async fn sweep(app: &TestApp) {
    app.jobs.ask_for_standing().await.unwrap();
    assert_eq!(app.jobs.run_due().await.unwrap(), 1);
}

/// Requests of somebody, each by a key of its own; what they reply. A repeat has the reply of the first.
async fn reply(app: &TestApp, account: AccountId, keys: std::ops::Range<i64>, reply: i64) -> Vec<i64> {
    let permit = Permit::<Probe>::for_job(JobName::SeedDemo, account);
    let write = app.cx.db.write(&permit, async |tx| {
        let mut replies = Vec::new();
        for key in keys.clone() {
            let key = IdempotencyKey(Some(format!("key-{key}")));
            replies.push(once(tx, account, &key, &"request", async || Ok(reply)).await?);
        }
        Ok(replies)
    });
    write.await.unwrap()
}

db_tests! {
    async fn a_reply_is_kept_for_thirty_days(app) {
        let account = app.cx.ids.new_id();
        assert_eq!(reply(&app, account, 0..1, 1).await, [1]);
        app.clock.advance_s(30 * DAY_S);
        sweep(&app).await;
        assert_eq!(reply(&app, account, 0..1, 2).await, [1], "a phone that was away for so long may ask again");
        app.clock.advance_s(3_600);
        sweep(&app).await;
        assert_eq!(reply(&app, account, 0..1, 3).await, [3]);
    }

    async fn much_goes_a_little_at_a_time_and_each_time_is_audited_and_counted(app) {
        // Counting begins with the first request.
        app.stranger().get("/healthz").await;
        let account = app.cx.ids.new_id();
        reply(&app, account, 0..BATCH, 1).await;
        app.clock.advance_s(1);
        reply(&app, account, BATCH..BATCH + 1, 1).await;
        app.clock.advance_s(31 * DAY_S);
        sweep(&app).await;
        assert_eq!(rows(&app, "idempotency_key").await, 1);
        assert_eq!(app.jobs.run_due().await.unwrap(), 0, "others write meanwhile");
        app.clock.advance_s(1);
        sweep(&app).await;
        assert_eq!(rows(&app, "idempotency_key").await, 0);
        app.clock.advance_s(1);
        assert_eq!(app.jobs.run_due().await.unwrap(), 0, "little is left, so it rests");
        assert_eq!(rows(&app, r#"audit_entry WHERE "right" = 'sweep_store' AND target = 'replies'"#).await, 2);
        let metrics = String::from_utf8(app.stranger().get("/metrics").await.bytes).unwrap();
        let counted = |line: &str| line.starts_with("store_swept_rows") && line.contains(r#"kind="replies""#);
        assert!(metrics.lines().any(counted), "{metrics}");
    }

    async fn an_event_is_kept_until_it_is_passed_on_and_a_week_longer(app) {
        let permit = Permit::<Probe>::for_job(JobName::SeedDemo, app.cx.ids.new_id());
        let emit = app.cx.db.write(&permit, async |tx| {
            tx.emit(TOPIC, json!(1));
            tx.emit(TOPIC, json!(2));
            Ok(())
        });
        emit.await.unwrap();
        let events = app.cx.db.unsent_events(&[TOPIC]).await.unwrap();
        app.cx.db.pass_on(&events[0], async |_| Ok(())).await.unwrap();
        app.clock.advance_s(7 * DAY_S);
        sweep(&app).await;
        assert_eq!(rows(&app, "outbox_event").await, 2);
        app.clock.advance_s(3_600);
        sweep(&app).await;
        let left = app.cx.db.unsent_events(&[TOPIC]).await.unwrap();
        assert_eq!((rows(&app, "outbox_event").await, left.len()), (1, 1), "what waits is not forgotten");
    }

    async fn photos_of_papers_go_half_a_year_after_their_review_and_a_portrait_with_the_record(app) {
        let desk = Desk::open(&app).await;
        desk.register(&desk.enrol(2).await).await;
        desk.submit(&desk.enrol(4).await).await;
        let of_registered = "record_id = (SELECT id FROM student_record WHERE state = 'registered')";
        let portrait = format!("UPDATE record_attachment SET kind = 'portrait' WHERE kind = 'diploma' AND {of_registered}");
        execute(&app, &portrait).await;
        let there = async || rows(&app, "record_attachment WHERE removed_at IS NULL").await;
        let hourly = async || {
            app.jobs.ask_for_standing().await.unwrap();
            app.jobs.run_due().await.unwrap();
        };
        app.clock.advance_s(180 * DAY_S - 3_600);
        hourly().await;
        assert_eq!(there().await, 4, "a review can still be asked about");
        app.clock.advance_s(3_600);
        hourly().await;
        assert_eq!(there().await, 3, "the portrait stays, and what a review waits for");
        assert_eq!(rows(&app, "record_attachment WHERE length(content) = 0").await, 1, "its row says that it was there");

        execute(&app, "UPDATE student_record SET state = 'withdrawn', is_running = false WHERE state = 'registered'").await;
        app.clock.advance_s(3_600);
        hourly().await;
        assert_eq!((there().await, rows(&app, "record_attachment").await), (2, 4));
        let swept = r#"audit_entry WHERE "right" = 'sweep_store' AND target = 'papers'"#;
        assert_eq!(rows(&app, swept).await, 2, "each batch is audited, in sum");
    }

    async fn of_many_nodes_one_sweeps(app) {
        let nodes = [app::jobs(app.cx.clone()), app::jobs(app.cx.clone()), app::jobs(app.cx.clone())];
        try_join_all(nodes.iter().map(Jobs::ask_for_standing)).await.unwrap();
        assert_eq!(rows(&app, "job").await, 1);
        let runs: usize = try_join_all(nodes.iter().map(Jobs::run_due)).await.unwrap().into_iter().sum();
        assert_eq!(runs, 1);
        app.clock.advance_s(3_600);
        try_join_all(nodes.iter().map(Jobs::ask_for_standing)).await.unwrap();
        assert_eq!((rows(&app, "job").await, nodes[2].run_due().await.unwrap()), (1, 1), "it goes on for ever");
    }
}
