//! A paper that is not to be sealed is discarded; it stays as such.

use super::{
    service::{case_of, state_of},
    store,
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::PaperId,
    papers::{DiscardPaper, PaperStep, next_paper_state},
    people::check_reason,
};

actions! {
    /// Discard a paper that is not sealed.
    Discard(PaperId) = ComposePaper;
}

/// Discards a paper. What has been discarded stays so for its first reason.
///
/// # Errors
/// The reason if it is none; `wrong-state` if the paper is sealed.
pub(super) async fn discard(cx: &Services, permit: &Permit<Discard>, request: &DiscardPaper) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = next_paper_state(&case_of(&row), PaperStep::Discard, person).map_err(AppError::refused)?;
            if state == state_of(&row) {
                return Ok(());
            }
            tx.note("state", state.as_str());
            tx.note("reason", reason.clone());
            store::discard(tx.conn(), id, (person, tx.now()), &reason).await
        })
        .await
}
