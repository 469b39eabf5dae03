//! The facts of persons that `people` itself keeps.

use super::book::{FactColumn, FactKeeper, Findings, Holder, MergePair};
use crate::{
    people::store,
    platform::{db::Conn, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::people::{FactKind, MergeObstacle};

/// Documents and transfers.
pub(super) struct OwnFacts;

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::Document, row: "id", holder: "person_id", holds: Holder::Person },
    FactColumn { kind: FactKind::Transfer, row: "id", holder: "person_id", holds: Holder::Person },
    FactColumn { kind: FactKind::Correction, row: "id", holder: "person_id", holds: Holder::Person },
];

impl FactKeeper for OwnFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn find<'a>(&'a self, conn: &'a Conn<'a>, pair: &'a MergePair) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(async move {
            let mut found = Findings::default();
            for person in pair.people() {
                if store::has_open_transfer(conn, person).await? {
                    found.obstacles.push(MergeObstacle::OpenTransfer);
                    break;
                }
            }
            Ok(found)
        })
    }
}
