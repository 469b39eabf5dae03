//! Writes that meet others in the store: it asks for another try, and each is done once.

use crate::support::{Store, TestApp, db_tests, execute};
use backend::{
    access::{Action, JobName, Permit},
    platform::{
        db::verify_chain,
        error::{AppError, AppResult},
    },
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
};
use shared::{ids::AccountId, rights::Right};
use std::{cell::Cell, time::Duration};
use tokio::sync::Barrier;
use uuid::Uuid;

/// How often a write is tried.
const TRIES: u32 = 5;
/// Ours adds to `ours`, the other one to `theirs`.
const ADD_OURS: &str = "UPDATE tally SET ours = ours + 1 WHERE id = ";
const ADD_THEIRS: &str = "UPDATE tally SET theirs = theirs + 1 WHERE id = 1";

struct Probe;

impl Action for Probe {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

fn permit() -> Permit<Probe> {
    Permit::for_job(JobName::SeedDemo, AccountId::from(Uuid::nil()))
}

/// Two rows to add to.
async fn tally(app: &TestApp) {
    execute(app, "CREATE TABLE tally (id integer PRIMARY KEY, ours integer NOT NULL, theirs integer NOT NULL)").await;
    execute(app, "INSERT INTO tally (id, ours, theirs) VALUES (1, 0, 0), (2, 0, 0)").await;
}

/// What we have added to each row.
async fn added(app: &TestApp) -> Vec<i32> {
    let conn = app.cx.db.read();
    let statement = Statement::from_string(conn.get_database_backend(), "SELECT ours FROM tally ORDER BY id");
    let rows = conn.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn add(conn: &impl ConnectionTrait, row: u8) -> AppResult<()> {
    conn.execute_unprepared(&format!("{ADD_OURS}{row}")).await?;
    Ok(())
}

/// Somebody else in the same store, who waits for nobody.
async fn somebody_else(app: &TestApp) -> DatabaseConnection {
    let mut options = ConnectOptions::new(app.store.url());
    options.max_connections(1).map_sqlx_sqlite_opts(|options| options.busy_timeout(Duration::ZERO));
    Database::connect(options).await.unwrap()
}

/// Meets somebody else at the first row. The embedded store lets one write at a time; the other one finds that
/// what was read has changed since.
async fn collide(conn: &impl ConnectionTrait, other: &DatabaseConnection) -> AppResult<()> {
    if conn.get_database_backend() == DbBackend::Sqlite {
        other.execute_unprepared(ADD_THEIRS).await?;
        return Ok(());
    }
    conn.execute_unprepared("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    conn.execute_unprepared("SELECT ours FROM tally").await?;
    other.execute_unprepared(ADD_THEIRS).await?;
    add(conn, 1).await
}

db_tests! {
    async fn a_write_that_meets_another_is_tried_again_and_done_once(app) {
        tally(&app).await;
        let (other, tries, links) = (somebody_else(&app).await, Cell::new(0), verify_chain(app.cx.db.read()).await.unwrap());
        let work = async |conn: &DatabaseTransaction| {
            tries.set(tries.get() + 1);
            if tries.get() == 1 {
                collide(conn, &other).await?;
            }
            add(conn, 1).await
        };
        app.cx.db.write(&permit(), async |tx| work(tx.conn()).await).await.unwrap();
        assert_eq!((tries.replace(0), added(&app).await), (2, vec![1, 0]));
        assert_eq!(verify_chain(app.cx.db.read()).await.unwrap(), links.map(|links| links + 1));
        app.cx.db.write_journal(async |conn| work(conn).await).await.unwrap();
        assert_eq!((tries.get(), added(&app).await), (2, vec![2, 0]));
    }

    async fn a_write_that_meets_others_again_and_again_is_refused_for_a_moment(app) {
        tally(&app).await;
        let (other, tries) = (somebody_else(&app).await, Cell::new(0));
        let work = async |conn: &DatabaseTransaction| {
            tries.set(tries.get() + 1);
            collide(conn, &other).await
        };
        let outcome = app.cx.db.write(&permit(), async |tx| work(tx.conn()).await).await;
        assert!(matches!(outcome, Err(AppError::Unavailable { .. })), "{outcome:?}");
        assert_eq!(tries.replace(0), TRIES);
        let outcome = app.cx.db.write_journal(async |conn| work(conn).await).await;
        assert!(matches!(outcome, Err(AppError::Unavailable { .. })), "{outcome:?}");
        assert_eq!((tries.get(), added(&app).await), (TRIES, vec![0, 0]));
    }
}

/// The embedded store ends a transaction by itself where its disk fails, and its one writer does not notice.
#[actix_web::test]
async fn a_transaction_that_the_store_ended_by_itself_holds_up_no_other() {
    let app = TestApp::start(Store::sqlite().await).await;
    tally(&app).await;
    let outcome = app.cx.db.write_journal(async |conn| {
        add(conn, 1).await?;
        conn.execute_unprepared("ROLLBACK").await?;
        Err::<(), _>(AppError::Unavailable { reason: "the disk is full".to_owned() })
    });
    assert!(matches!(outcome.await, Err(AppError::Unavailable { .. })));
    app.cx.db.write_journal(async |conn| add(conn, 1).await).await.unwrap();
    assert_eq!(added(&app).await, vec![1, 0]);
}

/// The two stores differ here: the embedded one has one writer, whose commit meets nobody.
#[actix_web::test]
async fn a_collision_that_is_found_at_the_commit_is_tried_again() {
    let app = TestApp::start(Store::postgres().await).await;
    tally(&app).await;
    let (other, tries) = (somebody_else(&app).await, Cell::new(0));
    let serializable = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
    let outcome = app.cx.db.write_journal(async |conn| {
        tries.set(tries.get() + 1);
        if tries.get() > 1 {
            return add(conn, 1).await;
        }
        conn.execute_unprepared(serializable).await?;
        conn.execute_unprepared("SELECT ours FROM tally").await?;
        add(conn, 1).await?;
        // Each has read what the other one changes: together they fit no order.
        let theirs = "SELECT ours FROM tally; UPDATE tally SET theirs = theirs + 1 WHERE id = 2";
        other.execute_unprepared(&format!("BEGIN; {serializable}; {theirs}; COMMIT")).await?;
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!((tries.get(), added(&app).await), (2, vec![1, 0]));
}

/// Adds to two rows, and waits between them for another who does so in the other order.
async fn cross(app: &TestApp, met: &Barrier, rows: [u8; 2]) -> u32 {
    let (tries, permit) = (Cell::new(0), permit());
    let work = app.cx.db.write(&permit, async |tx| {
        tries.set(tries.get() + 1);
        add(tx.conn(), rows[0]).await?;
        if tries.get() == 1 {
            met.wait().await;
        }
        add(tx.conn(), rows[1]).await
    });
    work.await.unwrap();
    tries.get()
}

#[actix_web::test]
async fn of_two_writes_that_wait_for_each_other_one_is_tried_again() {
    let app = TestApp::start(Store::postgres().await).await;
    tally(&app).await;
    let met = Barrier::new(2);
    let (one, another) = futures::join!(cross(&app, &met, [1, 2]), cross(&app, &met, [2, 1]));
    // Who is tried again may be there before the other one goes on, and wait for them once more.
    assert!(one + another > 2);
    assert_eq!(added(&app).await, vec![2, 2]);
}
