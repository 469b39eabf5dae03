//! Photos of papers are deleted some time after they have served: the privacy notice promises it.

use super::store;
use crate::platform::{Services, db::Permission, error::AppResult};
use shared::enrolment::PAPERS_KEPT_DAYS;

/// Deletes photos that have served their time, the oldest, as many as `rows`; how many. That they were there, and when they
/// went, stays in their rows.
///
/// # Errors
/// If the store fails.
pub async fn forget_papers(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let before = cx.clock.now().plus_s(-PAPERS_KEPT_DAYS * 86_400);
    let ids = store::list_served(cx.db.read(), before, rows).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_served(tx.conn(), &ids, (before, tx.now())).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}
