//! Proposing: somebody finds a paper ready to be sealed, in the versions that its items have by then. Somebody else seals
//! these very versions, or sends the paper back.

use super::{
    entity::paper_item,
    sealing::enclosed,
    service::{case_of, is_to_do, state_of},
    store,
};
use crate::{
    access::{Permit, actions},
    item_bank::{self, PinnedItem},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ItemId, PaperId},
    papers::{PaperRefusal, PaperStep, SendBackPaper, next_paper_state},
    people::check_reason,
};
use std::collections::HashMap;

actions! {
    /// Find a paper ready to be sealed.
    ProposeSeal(PaperId) = ComposePaper;
    /// Send back a paper that somebody proposed to seal.
    SendBack(PaperId) = ComposePaper;
}

/// Proposes to seal a paper. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if there is none, `second-person-needed` for who wrote an item of it, `wrong-state` if it was sealed or
/// discarded; the item's field if it was retired, waits for a review or has a picture or sound that was never added.
pub async fn propose(cx: &Services, permit: &Permit<ProposeSeal>) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    if !is_to_do(cx, id, PaperStep::Propose, person).await? {
        return Ok(());
    }
    let rows = store::list_items(cx.db.read(), id).await?;
    let items = newest_of(cx, &rows).await?;
    enclosed(cx, &rows, &items).await?;
    cx.db
        .write(permit, async |tx| {
            let paper = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = next_paper_state(&case_of(&paper), PaperStep::Propose, person).map_err(AppError::refused)?;
            if state == state_of(&paper) {
                return Ok(());
            }
            hold_items(tx, &rows, person).await?;
            for row in &rows {
                let item = items.get(&row.item_id).ok_or_else(|| AppError::internal("an item of a paper is gone"))?;
                store::propose_version(tx.conn(), row, item.version).await?;
            }
            tx.note("state", state.as_str());
            store::propose(tx.conn(), id, (person, tx.now())).await
        })
        .await
}

/// Sends back a paper that was proposed; its items follow their newest versions again. Repeating it changes nothing.
///
/// # Errors
/// The reason if it is none; `wrong-state` if the paper was sealed or discarded.
pub(super) async fn send_back(cx: &Services, permit: &Permit<SendBack>, request: &SendBackPaper) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let paper = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = next_paper_state(&case_of(&paper), PaperStep::SendBack, person).map_err(AppError::refused)?;
            if state == state_of(&paper) {
                return Ok(());
            }
            tx.note("state", state.as_str());
            tx.note("reason", reason.clone());
            store::send_back(tx.conn(), id, &reason).await
        })
        .await
}

/// The newest versions of a paper's items.
pub(super) async fn newest_of(cx: &Services, rows: &[paper_item::Model]) -> AppResult<HashMap<ItemId, PinnedItem>> {
    let ids: Vec<_> = rows.iter().map(|row| row.item_id).collect();
    Ok(item_bank::newest(cx, &ids).await?.into_iter().map(|item| (item.item_id, item)).collect())
}

/// Holds the items of a paper until the write ends.
///
/// # Errors
/// `second-person-needed` if the person wrote one of them; the item's field if no paper takes it any more.
pub(super) async fn hold_items(tx: &Tx, rows: &[paper_item::Model], person: AccountId) -> AppResult<()> {
    let ids: Vec<_> = rows.iter().map(|row| row.item_id).collect();
    let heads = item_bank::hold_heads_of(tx, &ids).await?;
    if heads.values().any(|head| head.written_by == person) {
        return Err(AppError::refused(PaperRefusal::OwnItem));
    }
    let why = |row: &paper_item::Model| heads.get(&row.item_id)?.why_no_paper(row.trial_points.is_some());
    let wrong = rows.iter().enumerate().find_map(|(at, row)| Some((at, why(row)?)));
    wrong.map_or(Ok(()), |(at, code)| Err(AppError::field(&format!("/items/{at}"), code)))
}
