//! Everything in which SQLite and PostgreSQL differ. Nowhere else is either named.

use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    Statement, TransactionOptions,
    sqlx::{
        self,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use shared::time::Timestamp;
use std::{fs, path::Path, time::Duration};

/// Which kind of store one speaks to.
pub type Dialect = DbBackend;

/// The store of who names none: embedded, among the program's data.
pub const DEFAULT_URL: &str = "sqlite://data/chengxi.sqlite";
/// How the address of a store begins.
pub const SCHEMES: [&str; 2] = ["sqlite:", "postgres:"];

/// Longest wait for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// Idle for so long, a connection is asked whether it still stands before it is used: one that was used just now does,
/// and each question is another round to the store.
const ASKED_WHEN_IDLE_FOR: Duration = Duration::from_secs(1);
/// Longest wait of the embedded store for its file lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Memory in which the one writer keeps pages: 32 MiB, in KiB below zero as the store wants it.
const WRITER_CACHE: &str = "-32768";
/// Pages of the log after which the writer takes them into the store: 16 MiB.
const LOG_PAGES: &str = "4096";

/// How to connect. The embedded store keeps a write-ahead log and flushes it at every commit.
pub fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false).max_connections(16);
    options.test_before_acquire_if_idle_for(ASKED_WHEN_IDLE_FOR);
    options.map_sqlx_sqlite_opts(embedded);
    options
}

/// How the store's pool connects. Beside the one writer of the embedded store it only reads, and the store sees to that.
pub fn pool_options(url: &str) -> ConnectOptions {
    let mut options = options(url);
    options.map_sqlx_sqlite_opts(|sqlite| embedded(sqlite).pragma("query_only", "ON"));
    options
}

/// How the one writer of the embedded store connects; `None` where there are many writers. Its cache holds the pages of
/// indexes to which thousands of rows are added in no order, and its log grows a while before it is taken in.
#[must_use]
pub fn writer_options(url: &str, connection: &DatabaseConnection) -> Option<ConnectOptions> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return None;
    }
    let mut writer = ConnectOptions::new(url);
    writer.acquire_timeout(BUSY_TIMEOUT).sqlx_logging(false).max_connections(1);
    writer.test_before_acquire_if_idle_for(ASKED_WHEN_IDLE_FOR);
    writer.map_sqlx_sqlite_opts(|sqlite| {
        embedded(sqlite).pragma("cache_size", WRITER_CACHE).pragma("wal_autocheckpoint", LOG_PAGES)
    });
    Some(writer)
}

/// The embedded store as every connection wants it.
fn embedded(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// Makes the folder that the file of an embedded store lies in.
///
/// # Errors
/// If it cannot be made.
pub fn make_room(url: &str) -> AppResult<()> {
    let file = url.strip_prefix("sqlite://").and_then(|file| file.split('?').next());
    match file.and_then(|file| Path::new(file).parent()) {
        Some(folder) => fs::create_dir_all(folder).map_err(AppError::internal),
        None => Ok(()),
    }
}

/// Refuses a store that would acknowledge before its data is on disk.
///
/// # Errors
/// [`AppError::Unavailable`] with the setting that is wrong.
pub async fn assert_durable(connection: &DatabaseConnection) -> AppResult<()> {
    let backend = connection.get_database_backend();
    let wanted: &[(&str, &str)] = match backend {
        DbBackend::Sqlite => {
            &[("PRAGMA journal_mode", "wal"), ("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2")]
        }
        _ => &[("SHOW fsync", "on"), ("SHOW full_page_writes", "on"), ("SHOW synchronous_commit", "on")],
    };
    for (query, value) in wanted {
        let row = connection.query_one_raw(Statement::from_string(backend, *query)).await?;
        let found: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        if found != *value {
            return Err(AppError::Unavailable { reason: format!("{query} is {found}, must be {value}") });
        }
    }
    Ok(())
}

/// Copies an embedded store into `file`, as it is at one moment, while others go on writing to it. Returns when the copy
/// is on disk.
///
/// # Errors
/// [`AppError::Unavailable`] if the store is not embedded, if there is none, or if `file` is there already.
pub async fn copy_embedded(url: &str, file: &Path) -> AppResult<()> {
    let refused = |reason: String| AppError::Unavailable { reason };
    if !url.starts_with(SCHEMES[0]) {
        return Err(refused("the store is PostgreSQL, which has tools of its own: docs/operations.md".to_owned()));
    }
    if file.exists() {
        return Err(refused(format!("{} is there already", file.display())));
    }
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).max_connections(1);
    options.map_sqlx_sqlite_opts(|sqlite| embedded(sqlite).create_if_missing(false));
    let connection = Database::connect(options).await?;
    let values = [file.display().to_string().into()];
    let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", values);
    connection.execute_raw(copy).await?;
    connection.close().await?;
    // The store itself does not wait for the disk here.
    fs::File::open(file).and_then(|copy| copy.sync_all()).map_err(AppError::internal)
}

/// What the clock of the store says; `None` where it is that of this machine.
///
/// # Errors
/// If the store does not answer.
pub async fn now(connection: &DatabaseConnection) -> AppResult<Option<Timestamp>> {
    let backend = connection.get_database_backend();
    if backend == DbBackend::Sqlite {
        return Ok(None);
    }
    let query = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    let row = connection.query_one_raw(Statement::from_string(backend, query)).await?;
    Ok(row.map(|row| row.try_get_by_index(0).map(Timestamp)).transpose()?)
}

/// How a write begins: the embedded store takes its lock at once, so that it never fails half-way.
#[must_use]
pub fn write_options() -> TransactionOptions {
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
    }
}

/// How the store asks for another try: a serialisation failure, a deadlock; a file that is busy, also while it
/// recovers, with a newer state than was read, or after a wait.
const TRY_AGAIN: [&str; 6] = ["40001", "40P01", "5", "261", "517", "773"];
/// How the store says that it goes away, or is not there yet.
const GOES_AWAY: [&str; 3] = ["57P01", "57P02", "57P03"];
/// How the store says that its disk is full or fails: when it writes a file, makes it longer, cuts it or flushes it.
const NO_ROOM: [&str; 8] = ["53100", "58030", "13", "10", "778", "1034", "1546", "4874"];

/// Whether the store asks for another try. It may do so at any statement, at the beginning and at the commit; in
/// each case nothing of the transaction is stored.
#[must_use]
pub fn wants_retry(error: &DbErr) -> bool {
    code(error).is_some_and(|code| TRY_AGAIN.contains(&code.as_str()))
}

/// Whether the store was lost on the way. What was not committed is not stored; of a commit nobody knows, so it is
/// who asked that tries again: a repeat is harmless.
#[must_use]
pub fn is_lost(error: &DbErr) -> bool {
    let is_broken = matches!(cause(error), Some(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed));
    is_broken || code(error).is_some_and(|code| GOES_AWAY.contains(&code.as_str()))
}

/// Whether the disk of the store is full or fails. Nothing of the transaction is stored; when there is room again, a
/// repeat is.
#[must_use]
pub fn has_no_room(error: &DbErr) -> bool {
    code(error).is_some_and(|code| NO_ROOM.contains(&code.as_str()))
}

/// Whether a connection of the embedded store cannot begin a write any more: where its disk failed, the store has ended
/// the transaction by itself, and the connection still takes itself to be in it.
#[must_use]
pub fn is_stuck(error: &DbErr) -> bool {
    matches!(cause(error), Some(sqlx::Error::InvalidSavePointStatement | sqlx::Error::BeginFailed))
}

fn code(error: &DbErr) -> Option<String> {
    Some(cause(error)?.as_database_error()?.code()?.into_owned())
}

fn cause(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(&**cause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{has_no_room, is_lost, is_stuck, wants_retry};
    use sea_orm::{
        DbErr, RuntimeErr,
        sqlx::{
            self,
            error::{DatabaseError, ErrorKind},
        },
    };
    use std::{borrow::Cow, error::Error, io, sync::Arc};

    /// What a store says, by its code.
    #[derive(Debug, thiserror::Error)]
    #[error("code {0}")]
    struct Said(&'static str);

    impl DatabaseError for Said {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(Cow::Borrowed(self.0))
        }

        fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    fn said(code: &'static str) -> RuntimeErr {
        RuntimeErr::SqlxError(Arc::new(sqlx::Error::Database(Box::new(Said(code)))))
    }

    #[test]
    fn a_collision_asks_for_another_try_wherever_it_is_found() {
        for code in ["40001", "40P01", "5", "261", "517", "773"] {
            assert!(wants_retry(&DbErr::Exec(said(code))), "{code} at a statement");
            assert!(wants_retry(&DbErr::Query(said(code))), "{code} at the beginning or the commit");
            assert!(!is_lost(&DbErr::Query(said(code))), "{code}");
        }
    }

    #[test]
    fn what_fails_every_time_is_not_tried_again() {
        for code in ["23505", "1555", "2067", "42P01", "55P03", "57P01"] {
            assert!(!wants_retry(&DbErr::Exec(said(code))), "{code}");
        }
        assert!(!wants_retry(&DbErr::Custom("40001".to_owned())));
        assert!(!wants_retry(&DbErr::Query(RuntimeErr::Internal("5".to_owned()))));
    }

    #[test]
    fn a_store_that_is_lost_is_told_from_one_that_refuses() {
        let broken = || RuntimeErr::SqlxError(Arc::new(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into())));
        assert!(is_lost(&DbErr::Query(broken())) && !wants_retry(&DbErr::Query(broken())));
        assert!(is_lost(&DbErr::Exec(said("57P01"))));
        assert!(!is_lost(&DbErr::Exec(said("23505"))));
    }
    #[test]
    fn a_full_disk_is_told_from_a_bug() {
        for code in ["53100", "13", "778"] {
            assert!(has_no_room(&DbErr::Query(said(code))) && !wants_retry(&DbErr::Query(said(code))), "{code}");
        }
        assert!(!has_no_room(&DbErr::Exec(said("23505"))));
        let stuck = RuntimeErr::SqlxError(Arc::new(sqlx::Error::InvalidSavePointStatement));
        assert!(is_stuck(&DbErr::Query(stuck)) && !is_stuck(&DbErr::Query(said("13"))));
    }
}
