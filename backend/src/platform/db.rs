//! The store: `read` for reading, `write` for everything that changes.

mod audit;
pub mod dialect;
mod entity;
mod insert;
mod outbox;
mod reader;
mod search;
mod sweep;

use super::{
    clock::{Clock, skew_ms},
    error::{AppError, AppResult},
    ids::IdSource,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, EntityTrait, Set,
    TransactionTrait,
};
use shared::{
    ids::{AccountId, ServicePointId},
    time::Timestamp,
};
use std::{cell::RefCell, sync::Arc};

pub use audit::{AuditEntry, AuditFilter, CHAIN_PART_ROWS, ChainPart, list_entries, verify_chain, verify_part};
pub use insert::{Taken, insert_rows};
pub use outbox::Event;
pub use reader::{Conn, Reader};
pub use search::{begins_with, contains};
pub use sweep::oldest_until;

/// A query for ids, to narrow another one down by: there may be more of them than a statement can name.
pub type IdQuery = sea_orm::sea_query::SelectStatement;

/// How often a write is tried when the store asks for another try.
const WRITE_TRIES: usize = 5;

tokio::task_local! {
    /// Set while a request that must not change anything is answered.
    static READING: ();
}

/// Answers a request that must not change anything: a write within `work` fails.
pub async fn reading<F: Future>(work: F) -> F::Output {
    READING.scope((), work).await
}

/// Fills a list up to a power of two by repeating its last value. A statement over a list has as many
/// texts as the list has lengths, and the store reads and plans each text anew; so they stay few.
/// Only for statements that a repeated value does not change.
pub fn fill_up<T: Clone>(values: &mut Vec<T>) {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
}

/// What a write comes to by this try; `None` if there is another one, because the store asks for it. What met
/// others again and again is refused for a moment, and nothing of it is stored.
fn outcome_of_try<T>(outcome: AppResult<T>, tries: usize) -> Option<AppResult<T>> {
    match outcome {
        Err(AppError::Store(error)) if dialect::wants_retry(&error) => {
            tracing::debug!(error = %error, db.tries = tries, "write meets another");
            (tries >= WRITE_TRIES).then(|| Err(AppError::Unavailable { reason: error.to_string() }))
        }
        outcome => Some(outcome),
    }
}

/// Proof that somebody may do something; [`crate::access::Permit`] is the only kind.
pub trait Permission {
    /// Who acts; `None` for the system's own jobs.
    fn actor_id(&self) -> Option<AccountId>;
    /// The right that is used.
    fn right(&self) -> &'static str;
    /// The thing it is used on.
    fn target(&self) -> String;
    /// The request it happens in.
    fn request_id(&self) -> &str;
    /// The service point for which the actor uses it, if it is one.
    fn service_point(&self) -> Option<ServicePointId> {
        None
    }
}

/// The store of facts.
#[derive(Clone)]
pub struct Db {
    connection: DatabaseConnection,
    reader: Reader,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    /// The embedded store has one writer.
    writer: Option<Arc<Writer>>,
}

/// The one writer of the embedded store. It keeps a connection of its own, in which pages and statements stay warm;
/// waiting for it is fairer than the store's busy loop.
struct Writer {
    options: ConnectOptions,
    connection: tokio::sync::Mutex<DatabaseConnection>,
}

impl Writer {
    async fn connect(options: ConnectOptions) -> AppResult<Self> {
        let connection = tokio::sync::Mutex::new(Database::connect(options.clone()).await?);
        Ok(Self { options, connection })
    }

    /// Goes on with another connection: where the store failed, it may have ended a transaction in which the old one
    /// still takes itself to be, and which that one could never leave.
    async fn renew(&self) {
        let new = match Database::connect(self.options.clone()).await {
            Ok(new) => new,
            Err(error) => return tracing::warn!(error = %error, "db.writer_not_renewed"),
        };
        let old = std::mem::replace(&mut *self.connection.lock().await, new);
        if let Err(error) = old.close().await {
            tracing::debug!(error = %error, "the old writer is not closed");
        }
    }
}

/// A running write: the connection, and what the audit row and the outbox will say.
pub struct Tx {
    transaction: DatabaseTransaction,
    now: Timestamp,
    detail: RefCell<serde_json::Map<String, serde_json::Value>>,
    events: RefCell<Vec<(&'static str, serde_json::Value)>>,
}

impl Tx {
    /// Where statements go.
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// When this write began; the time of every row in it.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Adds a fact to the audit row.
    pub fn note(&self, name: &str, value: impl Into<serde_json::Value>) {
        self.detail.borrow_mut().insert(name.to_owned(), value.into());
    }

    /// Emits an event with this write.
    pub fn emit(&self, topic: &'static str, payload: serde_json::Value) {
        self.events.borrow_mut().push((topic, payload));
    }
}

impl Db {
    /// Opens the store at `url` and asserts what durability needs.
    ///
    /// # Errors
    /// If the store cannot be reached or would acknowledge before its data is on disk.
    pub async fn open(url: &str, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> AppResult<Self> {
        dialect::make_room(url)?;
        let connection = Database::connect(dialect::pool_options(url)).await?;
        dialect::assert_durable(&connection).await?;
        let writer = match dialect::writer_options(url, &connection) {
            Some(options) => Some(Arc::new(Writer::connect(options).await?)),
            None => None,
        };
        Ok(Self { reader: Reader::new(connection.clone()), connection, clock, ids, writer })
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// If a migration fails.
    pub async fn migrate(&self) -> AppResult<()> {
        use sea_orm_migration::MigratorTrait;
        // One connection for all of them: what another remembers of the tables may be of the step before.
        let writer = self.turn().await;
        Ok(migrations::Migrator::up(writer.as_deref().unwrap_or(&self.connection), None).await?)
    }

    /// Whether no other node can share the store, because it is embedded.
    #[must_use]
    pub fn is_of_one_node(&self) -> bool {
        self.writer.is_some()
    }

    /// Where reads go.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// The only way to change anything: one transaction that holds the work, its audit row and its
    /// events. The closure runs again when the store asks for it, so it has no other effect.
    ///
    /// # Errors
    /// What `work` fails with, or the store; then nothing has changed.
    pub async fn write<T>(&self, permit: &impl Permission, work: impl AsyncFn(&Tx) -> AppResult<T>) -> AppResult<T> {
        let mut tries = 0;
        loop {
            tries += 1;
            if let Some(outcome) = outcome_of_try(self.try_write(permit, &work).await, tries) {
                return self.after_write(outcome).await;
            }
        }
    }

    async fn try_write<T>(&self, permit: &impl Permission, work: &impl AsyncFn(&Tx) -> AppResult<T>) -> AppResult<T> {
        let turn = self.turn().await;
        let tx = self.begin(turn.as_deref()).await?;
        match work(&tx).await {
            Ok(value) => {
                if let Some(point) = permit.service_point() {
                    tx.note("service_point", point.to_string());
                }
                self.record(&tx, permit).await?;
                tx.transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // Where the store broke, there is nothing to take back; what failed first is told.
                if let Err(failure) = tx.transaction.rollback().await {
                    tracing::debug!(error = %failure, "write is not taken back");
                }
                Err(error)
            }
        }
    }

    /// Facts that are their own record of who did what and when, each permitted on its own: the
    /// answer journal's group commit (DESIGN §2, wall 6), heartbeats of study and of sittings, tries at exercises;
    /// which node works on what (ADR 9); and parts of a recording, which nobody finds before its audited row (ADR 18). As in [`Self::write`], `work` may run again.
    ///
    /// # Errors
    /// What `work` fails with, or the store; then nothing of it is stored.
    pub async fn write_journal<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> AppResult<T>) -> AppResult<T> {
        let mut tries = 0;
        loop {
            tries += 1;
            if let Some(outcome) = outcome_of_try(self.try_write_journal(&work).await, tries) {
                return self.after_write(outcome).await;
            }
        }
    }

    async fn try_write_journal<T>(&self, work: &impl AsyncFn(&DatabaseTransaction) -> AppResult<T>) -> AppResult<T> {
        let turn = self.turn().await;
        let tx = self.begin(turn.as_deref()).await?;
        let value = work(&tx.transaction).await?;
        tx.transaction.commit().await?;
        Ok(value)
    }

    async fn turn(&self) -> Option<tokio::sync::MutexGuard<'_, DatabaseConnection>> {
        match &self.writer {
            Some(writer) => Some(writer.connection.lock().await),
            None => None,
        }
    }

    /// Sees to it that a store which failed a write takes the next one as soon as it can.
    async fn after_write<T>(&self, outcome: AppResult<T>) -> AppResult<T> {
        if let (Err(AppError::Unavailable { .. }), Some(writer)) = (&outcome, &self.writer) {
            writer.renew().await;
        }
        outcome
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where a change begins")]
    async fn begin(&self, writer: Option<&DatabaseConnection>) -> AppResult<Tx> {
        if READING.try_with(|()| ()).is_ok() {
            return Err(AppError::internal("a request that only reads must not write"));
        }
        let connection = writer.unwrap_or(&self.connection);
        let transaction = connection.begin_with_options(dialect::write_options()).await?;
        Ok(Tx { transaction, now: self.clock.now(), detail: RefCell::default(), events: RefCell::default() })
    }

    async fn record(&self, tx: &Tx, permit: &impl Permission) -> AppResult<()> {
        for (topic, payload) in tx.events.take() {
            let row = entity::outbox_event::ActiveModel {
                id: Set(self.ids.uuid()),
                at: Set(tx.now),
                topic: Set(topic.to_owned()),
                payload: Set(payload.to_string()),
                sent_at: Set(None),
            };
            entity::outbox_event::Entity::insert(row).exec_without_returning(&tx.transaction).await?;
        }
        let detail = serde_json::Value::Object(tx.detail.take()).to_string();
        audit::append(&tx.transaction, permit, tx.now, detail).await
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> AppResult<()> {
        self.connection.execute_unprepared("SELECT 1").await?;
        Ok(())
    }
    /// How many milliseconds this node's clock is certainly off that of the store, which all nodes share.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn clock_skew_ms(&self) -> AppResult<i64> {
        let before = self.clock.now();
        let there = dialect::now(&self.connection).await?;
        Ok(there.map_or(0, |there| skew_ms(before, there, self.clock.now())))
    }
}
