//! What merging two persons must know of tests.

use super::{entity::sitting, store};
use crate::{
    people::{FactColumn, FactKeeper, Findings, Holder, MergePair},
    platform::{db::Conn, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::{
    ids::ExamSessionId,
    people::{FactKind, MergeObstacle},
    sittings::ExamSessionState,
};
use std::collections::HashSet;

/// Registrations, sittings, and what the person needs at tests.
///
/// Two who are registered for the same test were two people in the room, or will be: that is for somebody
/// to look into, not to merge. Of a test that was called off, or that the merged one left again, their facts stay
/// noted as they are.
struct SittingsFacts;

/// See [`SittingsFacts`].
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(SittingsFacts)
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::Registration, row: "exam_session_id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::RegistrationWithdrawal, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::Accommodation, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::Sitting, row: "id", holder: "account_id", holds: Holder::Account },
];

impl FactKeeper for SittingsFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn find<'a>(&'a self, conn: &'a Conn<'a>, pair: &'a MergePair) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(async move {
            let mut found = Findings::default();
            let (Some(survivor), Some(merged)) = (pair.survivor_learns.account, pair.merged_learns.account) else {
                return Ok(found);
            };
            let of_survivor = store::list_all_registrations(conn, survivor).await?;
            let of_survivor: HashSet<_> = of_survivor.into_iter().map(|row| row.exam_session_id).collect();
            let off = called_off(conn, &of_survivor).await?;
            let of_merged = store::list_all_registrations(conn, merged).await?;
            let of_both = of_merged.into_iter().filter(|row| of_survivor.contains(&row.exam_session_id));
            let (staying, clashing): (Vec<_>, Vec<_>) =
                of_both.partition(|row| row.withdrawn_at.is_some() || off.contains(&row.exam_session_id));
            found.staying.extend(staying.into_iter().map(|row| (FactKind::Registration, row.exam_session_id.0)));
            if !clashing.is_empty() {
                found.obstacles.push(MergeObstacle::SameExamSession);
            }
            let sittings = store::list_own_sittings(conn, merged).await?;
            if sittings.iter().any(|sitting| sitting.opened_at.is_some() && sitting.closed_at.is_none()) {
                found.obstacles.push(MergeObstacle::OpenSitting);
            }
            // What was called off nobody sits, nor what both were in and one was taken out of.
            let all = store::list_all_own_sittings(conn, merged).await?;
            let is_unsat = |sitting: &&sitting::Model| {
                let was_left = sitting.withdrawn_at.is_some() && of_survivor.contains(&sitting.exam_session_id);
                was_left || off.contains(&sitting.exam_session_id)
            };
            let unsat = all.iter().filter(is_unsat);
            found.staying.extend(unsat.map(|sitting| (FactKind::Sitting, sitting.id.0)));
            Ok(found)
        })
    }
}

/// Those of these exam sessions that were called off.
async fn called_off(conn: &Conn<'_>, ids: &HashSet<ExamSessionId>) -> AppResult<HashSet<ExamSessionId>> {
    let rows = store::list_exam_sessions(conn, ids.iter().copied()).await?;
    Ok(rows.into_iter().filter(|row| row.state == ExamSessionState::Cancelled.as_str()).map(|row| row.id).collect())
}
