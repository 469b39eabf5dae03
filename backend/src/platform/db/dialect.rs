//! Everything in which SQLite and PostgreSQL differ. Nowhere else is either named.

use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    Statement, TransactionOptions,
};
use std::time::Duration;

/// Longest wait for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// Longest wait of the embedded store for its file lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How to connect. The embedded store keeps a write-ahead log and flushes it at every commit.
pub fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false).max_connections(16);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
    });
    options
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

/// Whether the store has one writer at a time.
#[must_use]
pub fn has_one_writer(connection: &DatabaseConnection) -> bool {
    connection.get_database_backend() == DbBackend::Sqlite
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

/// Whether the store asks for another try: a serialisation failure, a deadlock, a busy file.
#[must_use]
pub fn wants_retry(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01" | "5" | "517"))
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    Some(error.as_database_error()?.code()?.into_owned())
}
