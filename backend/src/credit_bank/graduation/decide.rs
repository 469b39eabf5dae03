//! An office decides a list of graduates.

use super::{issue::Graduates, level_of, state_of};
use crate::{
    access::{Action, Permit},
    credit_bank::{
        audit::checked_reason,
        entity::graduation_batch,
        store::{self, Settled},
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    credit_bank::{
        GraduationBatchFacts, GraduationDecision, GraduationOffice, GraduationRefusal, GraduationState,
        judge_graduation,
    },
    ids::{AccountId, GraduationBatchId},
};

/// Confirms, approves or returns a list. An approval issues the diplomas, as far as everybody on the list lacks nothing
/// by then.
///
/// # Errors
/// [`GraduationRefusal`], a field error for a return without reason, or `stale` if something that counted has just
/// changed.
pub(super) async fn decide<A: Action<Target = GraduationBatchId>>(
    cx: &Services,
    permit: &Permit<A>,
    office: GraduationOffice,
    decision: &GraduationDecision,
) -> AppResult<()> {
    match decision {
        GraduationDecision::Approve {} => approve(cx, permit, office).await,
        GraduationDecision::Return { reason } => {
            let (id, by, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
            let returned = cx.db.write(permit, async |tx| {
                let next = judge(&store::lock_batch(tx.conn(), id).await?, office, (by, false))?;
                settle(tx, id, (next, reason), by).await
            });
            returned.await
        }
    }
}

async fn approve<A: Action<Target = GraduationBatchId>>(
    cx: &Services,
    permit: &Permit<A>,
    office: GraduationOffice,
) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let graduates = Graduates::of(cx, id, by).await?;
    cx.db
        .write(permit, async |tx| {
            let batch = store::lock_batch(tx.conn(), id).await?;
            let next = judge(&batch, office, (by, true))?;
            let unready = graduates.unready(batch.provider_id);
            if unready > 0 {
                return Err(AppError::refused(GraduationRefusal::NotEligible { count: unready }));
            }
            if next == GraduationState::Approved {
                graduates.issue(cx, tx, &batch, by).await?;
            }
            settle(tx, id, (next, ""), by).await
        })
        .await
}

fn judge(
    batch: &graduation_batch::Model,
    office: GraduationOffice,
    (by, is_right): (AccountId, bool),
) -> AppResult<GraduationState> {
    let facts = GraduationBatchFacts {
        level: level_of(&batch.level)?,
        state: state_of(batch)?,
        proposed_by: batch.proposed_by,
        confirmed_by: batch.confirmed_by,
    };
    judge_graduation(&facts, office, by, is_right).map_err(AppError::refused)
}

async fn settle(
    tx: &Tx,
    id: GraduationBatchId,
    (state, reason): (GraduationState, &str),
    by: AccountId,
) -> AppResult<()> {
    tx.note("state", state.as_str());
    store::settle_batch(tx.conn(), id, &Settled { state, reason, by, at: tx.now() }).await
}
