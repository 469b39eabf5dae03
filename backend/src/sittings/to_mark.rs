//! How many responses of an exam session wait for a marker: kept with it, as marking asks.

use super::store;
use crate::platform::{
    db::Tx,
    error::{AppError, AppResult},
};
use shared::ids::ExamSessionId;

/// Records that every response was scored by rule, and that `to_mark` wait for a marker.
///
/// # Errors
/// If the store fails.
pub async fn set_scored(tx: &Tx, id: ExamSessionId, to_mark: u64) -> AppResult<()> {
    let to_mark = i32::try_from(to_mark).map_err(AppError::internal)?;
    store::set_scored(tx.conn(), id, to_mark, tx.now()).await
}

/// Records that one more response is marked.
///
/// # Errors
/// If the store fails.
pub async fn take_marked(tx: &Tx, id: ExamSessionId) -> AppResult<()> {
    store::take_marked(tx.conn(), id).await
}

/// Records that one more response waits for a marker again. Who proposed the release saw other points, so
/// two persons release anew.
///
/// # Errors
/// If the store fails.
pub async fn give_back_marked(tx: &Tx, id: ExamSessionId) -> AppResult<()> {
    store::give_back_marked(tx.conn(), id).await
}
