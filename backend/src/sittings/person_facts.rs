//! What merging two persons must know of tests.

use super::store;
use crate::{
    people::{FactColumn, FactKeeper, Findings, Holder, MergePair},
    platform::error::AppResult,
};
use futures::future::LocalBoxFuture;
use sea_orm::DatabaseExecutor;
use shared::people::{FactKind, MergeObstacle};

/// Registrations and sittings.
///
/// Two who are registered for the same test were two people in the room, or will be: that is for somebody
/// to look into, not to merge.
struct SittingsFacts;

/// See [`SittingsFacts`].
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(SittingsFacts)
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::Registration, row: "exam_session_id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::Sitting, row: "id", holder: "account_id", holds: Holder::Account },
];

impl FactKeeper for SittingsFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn find<'a>(
        &'a self,
        conn: &'a DatabaseExecutor<'a>,
        pair: &'a MergePair,
    ) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(async move {
            let mut found = Findings::default();
            let (Some(survivor), Some(merged)) = (pair.survivor_learns.account, pair.merged_learns.account) else {
                return Ok(found);
            };
            let of_survivor = store::list_registrations(conn, survivor).await?;
            let of_merged = store::list_registrations(conn, merged).await?;
            if of_merged.iter().any(|test| of_survivor.contains(test)) {
                found.obstacles.push(MergeObstacle::SameExamSession);
            }
            let sittings = store::list_own_sittings(conn, merged).await?;
            if sittings.iter().any(|sitting| sitting.opened_at.is_some() && sitting.closed_at.is_none()) {
                found.obstacles.push(MergeObstacle::OpenSitting);
            }
            Ok(found)
        })
    }
}
