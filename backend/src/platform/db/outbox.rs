//! Events on their way: written with the change that they tell of, passed on once.

use super::{Db, Permission, entity::outbox_event, oldest_until};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid,
    sea_query::Expr,
};

/// Events that one look finds.
const MANY: u64 = 200;
/// How long an event is kept after it was passed on, in seconds: for who asks what became of it.
const KEPT_S: i64 = 7 * 86_400;

/// An event that waits to be passed on.
pub struct Event {
    /// The event.
    pub id: Uuid,
    /// What it is about.
    pub topic: String,
    /// What happened.
    pub payload: String,
}

impl Db {
    /// Events of these topics that were not passed on yet, in their order.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn unsent_events(&self, topics: &[&'static str]) -> AppResult<Vec<Event>> {
        use outbox_event::{Column, Entity};
        let query = Entity::find().filter(Column::SentAt.is_null()).filter(Column::Topic.is_in(topics.iter().copied()));
        let rows = query.order_by_asc(Column::At).order_by_asc(Column::Id).limit(MANY).all(self.read()).await?;
        Ok(rows.into_iter().map(|row| Event { id: row.id, topic: row.topic, payload: row.payload }).collect())
    }

    /// How many events of these topics were not passed on yet.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn count_unsent_events(&self, topics: &[&'static str]) -> AppResult<u64> {
        use outbox_event::{Column, Entity};
        let query = Entity::find().filter(Column::SentAt.is_null()).filter(Column::Topic.is_in(topics.iter().copied()));
        Ok(query.count(self.read()).await?)
    }

    /// Passes an event on, unless another node has: the transaction in which `work` does so marks it.
    ///
    /// # Errors
    /// What `work` fails with, or the store; then the event still waits.
    pub async fn pass_on(
        &self,
        event: &Event,
        work: impl AsyncFn(&DatabaseTransaction) -> AppResult<()>,
    ) -> AppResult<()> {
        use outbox_event::{Column, Entity};
        self.write_journal(async |tx| {
            let mark = Entity::update_many().col_expr(Column::SentAt, Expr::value(self.clock.now()));
            let mark = mark.filter(Column::Id.eq(event.id)).filter(Column::SentAt.is_null());
            if mark.exec(tx).await?.rows_affected == 1 { work(tx).await } else { Ok(()) }
        })
        .await
    }

    /// Deletes events that were passed on long ago, the oldest, about as many as `rows`; how many.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn forget_sent_events(&self, permit: &impl Permission, rows: u64) -> AppResult<u64> {
        use outbox_event::{Column, Entity};
        let before = self.clock.now().plus_s(-KEPT_S);
        let Some(until) = oldest_until::<Entity>(self.read(), Column::SentAt, before, rows).await? else {
            return Ok(0);
        };
        self.write(permit, async |tx| {
            let deleted = Entity::delete_many().filter(Column::SentAt.lte(until)).exec(tx.conn()).await?.rows_affected;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
    }
}
