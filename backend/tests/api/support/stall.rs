//! A store that stands still in the middle of a write, so that who writes can be killed there.

use super::{Program, TestApp, execute, try_send};
use futures::future::{Either, select};
use sea_orm::{ConnectionTrait, Statement};
use std::{
    fs,
    path::{Path, PathBuf},
    pin::pin,
    time::Duration,
};

/// So many bytes of one unfinished write lie in the log of the embedded store before it certainly stands still.
const REACHED: u64 = 4 << 20;
/// Writes of the other store that stand still.
const STANDING: &str = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";

/// A write that cannot be finished: whoever adds such a row gets no further.
pub(crate) struct Stall {
    table: &'static str,
    /// The log of the embedded store, and how long it was.
    log: Option<(PathBuf, u64)>,
}

impl Stall {
    /// Lets whoever adds a row of which `condition` is true to a table stand still from now on.
    pub(crate) async fn on(app: &TestApp, table: &'static str, condition: &str) -> Self {
        let log = app.store.url().strip_prefix("sqlite://").map(|file| PathBuf::from(format!("{file}-wal")));
        let (prepare, deed) = match log {
            // It fills the store without an end: as it outgrows the memory, the unfinished write reaches the disk.
            Some(_) => (
                [
                    "CREATE TABLE IF NOT EXISTS stall_filler (filler BLOB)",
                    "CREATE VIEW IF NOT EXISTS stall_endless AS \
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
                ],
                "BEGIN INSERT INTO stall_filler SELECT randomblob(4096) FROM stall_endless; END",
            ),
            None => (
                [
                    "CREATE TABLE IF NOT EXISTS stall_filler (filler text)",
                    "CREATE OR REPLACE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS \
                        'BEGIN PERFORM pg_sleep(3600); RETURN NEW; END'",
                ],
                "EXECUTE FUNCTION stall()",
            ),
        };
        for statement in prepare {
            execute(app, statement).await;
        }
        execute(app, &format!("CREATE TRIGGER stall AFTER INSERT ON {table} FOR EACH ROW WHEN ({condition}) {deed}"))
            .await;
        let log = log.map(|log| (log.clone(), length(&log)));
        Self { table, log }
    }

    /// Sends a request, kills the program when it stands still in the middle of it, and clears the way.
    pub(crate) async fn kill_at(self, app: &TestApp, program: &mut Program, request: reqwest::RequestBuilder) {
        match select(pin!(try_send(request)), pin!(self.is_reached(app))).await {
            Either::Left((reply, _)) => panic!("it came to an end: {:?}", reply.map(|reply| reply.status)),
            Either::Right(((), asking)) => {
                program.kill();
                assert!(asking.await.is_err(), "nobody is told that it is done");
            }
        }
        self.lift(app).await;
    }

    /// Returns when somebody stands still there.
    async fn is_reached(&self, app: &TestApp) {
        while !self.stands(app).await {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn stands(&self, app: &TestApp) -> bool {
        if let Some((log, before)) = &self.log {
            return length(log) > before + REACHED;
        }
        let conn = app.cx.db.read();
        let statement = Statement::from_string(conn.get_database_backend(), format!("SELECT 1 {STANDING}"));
        conn.query_one_raw(statement).await.unwrap().is_some()
    }

    /// Lets everybody go on who has not been there yet. Who stood there must be dead.
    async fn lift(self, app: &TestApp) {
        if self.log.is_some() {
            return execute(app, "DROP TRIGGER stall").await;
        }
        // A server of a store does not notice by itself that nobody waits for it any more.
        execute(app, &format!("SELECT pg_terminate_backend(pid) {STANDING}")).await;
        execute(app, &format!("DROP TRIGGER stall ON {}", self.table)).await;
    }
}

fn length(log: &Path) -> u64 {
    fs::metadata(log).map_or(0, |log| log.len())
}
