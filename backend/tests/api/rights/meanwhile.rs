//! What changes about an account while somebody logs in to it: whoever was judged before is refused, and a log-in that
//! is being written ends with the others.

use super::{
    ACCOUNTS, GRANTS, Office,
    second_factor::{OWN, Phone, log_in, set_up},
    step,
};
use crate::{
    people::HERE,
    support::{Client, PASSWORD, Reply, TestApp, db_tests, serve},
};
use backend::{
    app::State,
    platform::{
        Services,
        db::Db,
        ids::{IdSource, SystemIds},
    },
};
use futures::future::{Either, join, select};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{
    pin::pin,
    sync::{Arc, Mutex, mpsc},
};
use tokio::sync::Notify;
use uuid::Uuid;

const LOGINS: &str = "/api/v1/logins";

/// Ids of a node on which a log-in stands still: it has been judged, and nothing of it is written.
#[derive(Default)]
struct StandingIds {
    has_come: Notify,
    /// What the next log-in waits for.
    signal: Mutex<Option<mpsc::Receiver<()>>>,
}

impl IdSource for StandingIds {
    fn uuid(&self) -> Uuid {
        SystemIds.uuid()
    }

    /// The first secret that a log-in takes is its refresh token. All that it is judged by has been read by then.
    fn fill(&self, bytes: &mut [u8]) {
        let signal = self.signal.lock().unwrap().take();
        if let Some(signal) = signal {
            self.has_come.notify_one();
            // Nobody gives it any more if the test has failed: then it goes on, too.
            signal.recv().unwrap_or_default();
        }
        SystemIds.fill(bytes);
    }
}

/// What a log-in comes to when `change` happens after it was judged and before it is written.
async fn log_in_while(app: &TestApp, body: &Value, change: impl Future<Output = ()>) -> Reply {
    let ids = Arc::new(StandingIds::default());
    // With connections of its own: who stands still holds nobody else up.
    let db = Db::open(&app.store.url(), app.cx.clock.clone(), ids.clone()).await.unwrap();
    let node = serve(State::new(Services { db, ids: ids.clone(), ..app.cx.clone() }).unwrap());
    let (go_on, signal) = mpsc::channel();
    *ids.signal.lock().unwrap() = Some(signal);
    let changing = async {
        ids.has_come.notified().await;
        change.await;
        go_on.send(()).unwrap();
    };
    let stranger = app.stranger().at(node);
    match select(pin!(stranger.post(LOGINS, body)), pin!(changing)).await {
        Either::Left((reply, _)) => panic!("it did not stand still: {}", reply.status),
        Either::Right(((), logging_in)) => logging_in.await,
    }
}

/// Whether the log-in of a phone lives on that is being written when `change` begins.
async fn outlives(app: &TestApp, name: &str, phone: &Client, change: impl Future<Output = Reply>) -> bool {
    phone.delete("/api/v1/logins/current").await.expect(204);
    let (has_begun, may_end) = (Notify::new(), Notify::new());
    // As a log-in does, it locks the account, and then there is an open one more.
    let account = format!("(SELECT id FROM account WHERE login_name = '{name}')");
    let lock = format!("UPDATE account SET display_name = display_name WHERE id = {account}");
    let open = format!("UPDATE login SET ended_at = NULL WHERE account_id = {account}");
    let writing = app.cx.db.write_journal(async |tx| {
        tx.execute_unprepared(&lock).await?;
        tx.execute_unprepared(&open).await?;
        has_begun.notify_one();
        may_end.notified().await;
        Ok(())
    });
    let stranger = app.stranger();
    let changing = async {
        has_begun.notified().await;
        // While others are answered, a change that waits for nobody comes to its end.
        let others = async {
            for _ in 0..100 {
                stranger.get("/readyz").await.expect(200);
            }
        };
        match select(pin!(change), pin!(others)).await {
            Either::Left((reply, _)) => {
                may_end.notify_one();
                reply
            }
            Either::Right(((), change)) => {
                may_end.notify_one();
                change.await
            }
        }
    };
    let (written, changed) = join(writing, changing).await;
    written.unwrap();
    assert!(changed.status < 300, "{}", changed.status);
    phone.get("/api/v1/me").await.status == 200
}

/// Where somebody's second factor is reset.
fn reset_path(office: &Office) -> String {
    format!("{ACCOUNTS}/{}/second_factor/reset", office.worker_id.as_str().unwrap())
}

db_tests! {
    async fn who_was_judged_without_a_code_is_refused_once_the_second_factor_is_on(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let phone = Phone::scan(&teacher.post(OWN, &json!({})).await.expect(200));
        let (confirm, code) = (format!("{OWN}/confirm"), json!({ "code": phone.code(&app, 0) }));
        let body = json!({ "name": "wang", "password": PASSWORD });
        let reply = log_in_while(&app, &body, async {
            teacher.post(&confirm, &code).await.expect(200);
        });
        assert_eq!(reply.await.expect_problem(401), "wrong-credentials");
        assert_eq!(teacher.get(LOGINS).await.expect(200).as_array().unwrap().len(), 1, "nobody else is in");
        assert_eq!(log_in(&app, "wang", None).await.expect_problem(401), "second-factor-needed");
    }

    async fn who_was_judged_by_a_second_factor_is_refused_once_it_is_reset(app) {
        let office = Office::of(&app).await;
        let (phone, _) = set_up(&app, &office.worker).await;
        let body = json!({ "name": "zhou", "password": PASSWORD, "code": phone.code(&app, 0) });
        let (reset, reason) = (reset_path(&office), json!({ "reason": "手机丢了" }));
        let reply = log_in_while(&app, &body, async {
            office.first.post(&reset, &reason).await.expect(204);
        });
        assert_eq!(reply.await.expect_problem(401), "wrong-credentials");
        log_in(&app, "zhou", None).await.expect(200);
    }

    async fn who_was_judged_as_staff_is_refused_once_they_are_none(app) {
        let office = Office::of(&app).await;
        let own = format!("{GRANTS}?account_id={}", office.worker_id.as_str().unwrap());
        let end = step(&office.first.get(&own).await.expect(200)["items"][0], "end");
        let (body, reason) = (json!({ "name": "zhou", "password": PASSWORD }), json!({ "reason": "调离岗位" }));
        let reply = log_in_while(&app, &body, async {
            office.second.post(&end, &reason).await.expect(200);
        });
        assert_eq!(reply.await.expect_problem(401), "wrong-credentials");
        log_in(&app, "zhou", None).await.expect(200);
    }

    async fn who_was_judged_comes_in_though_something_changes_that_nobody_judged(app) {
        let office = Office::of(&app).await;
        let body = json!({ "name": "zhou", "password": PASSWORD });
        let reply = log_in_while(&app, &body, async {
            office.granted("school_office", HERE).await;
        });
        assert_eq!(reply.await.expect(200)["me"]["roles"].as_array().unwrap().len(), 2);
    }

    async fn a_log_in_that_is_being_written_ends_with_the_others_when_the_second_factor_is_switched_on(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let phone = app.log_in("wang").await;
        assert!(outlives(&app, "wang", &phone, teacher.get(OWN)).await, "who looks ends nothing");
        let secret = Phone::scan(&teacher.post(OWN, &json!({})).await.expect(200));
        let (confirm, code) = (format!("{OWN}/confirm"), json!({ "code": secret.code(&app, 0) }));
        assert!(!outlives(&app, "wang", &phone, teacher.post(&confirm, &code)).await);
        teacher.get("/api/v1/me").await.expect(200);
    }

    async fn a_log_in_that_is_being_written_ends_with_the_others_when_the_second_factor_is_reset(app) {
        let office = Office::of(&app).await;
        let (secret, _) = set_up(&app, &office.worker).await;
        let reply = log_in(&app, "zhou", Some(&secret.code(&app, 0))).await.expect(200);
        let phone = Client::new(app.address, Some(reply["access_token"].as_str().unwrap().to_owned()));
        let (reset, reason) = (reset_path(&office), json!({ "reason": "手机丢了" }));
        assert!(!outlives(&app, "zhou", &phone, office.first.post(&reset, &reason)).await);
    }

    async fn a_log_in_that_is_being_written_ends_with_the_others_when_all_are_ended(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let phone = app.log_in("wang").await;
        assert!(!outlives(&app, "wang", &phone, teacher.delete(LOGINS)).await);
        teacher.get("/api/v1/me").await.expect(401);
    }
}
