//! What has served its time is deleted in small batches, the oldest first.

use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::time::Timestamp;

/// Up to which moment of `at` the next batch of a table reaches: it holds the oldest rows, as many as `rows`, and none
/// of `before` or later. `None` if there is nothing so old.
///
/// # Errors
/// If the store fails.
pub async fn oldest_until<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    at: E::Column,
    before: Timestamp,
    rows: u64,
) -> AppResult<Option<Timestamp>> {
    let oldest = E::find().select_only().column(at).filter(at.lt(before)).order_by_asc(at).limit(rows);
    let moments: Vec<Timestamp> = oldest.into_tuple().all(conn).await?;
    Ok(moments.last().copied())
}
