//! Opening: what candidates are yet to sit is seen by two persons together, for a while, and each of them is noted.

use super::{
    entity::paper_opening,
    seen::{HeldPaper, held},
    service::state_of,
    store,
};
use crate::{
    access::{Permit, actions},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, PaperId, PaperOpeningId},
    papers::{
        PaperOpening, PaperOpeningView, PaperRefusal, PaperState, ProposePaperOpening, judge_opening,
        judge_opening_proposal,
    },
    people::check_reason,
};
use std::collections::HashMap;

actions! {
    /// Say why a closed paper has to be seen.
    ProposeOpening(PaperId) = ComposePaper;
    /// Open a closed paper that somebody else has to see.
    OpenPaper(PaperId) = ComposePaper;
}

/// Proposes to open a closed paper.
///
/// # Errors
/// The reason if it is none; `not-found` if there is no such paper; `second-person-needed` for who wrote an item of it;
/// `wrong-state` if it was discarded or is not closed, or an earlier opening waits or lasts.
pub(super) async fn propose(
    cx: &Services,
    permit: &Permit<ProposeOpening>,
    key: &IdempotencyKey,
    request: &ProposePaperOpening,
) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (id, person) = (*permit.target(), permit.person()?);
    let is_closed = closed(cx, id, person).await?;
    let opening_id: PaperOpeningId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, request), async || {
                store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
                let newest = store::newest_openings(tx.conn(), &[id]).await?.remove(&id);
                let newest = newest.as_ref().map(opening_of);
                judge_opening_proposal(is_closed, newest.as_ref(), tx.now()).map_err(AppError::refused)?;
                tx.note("opening", "proposed");
                tx.note("reason", reason.clone());
                let row = paper_opening::Model {
                    id: opening_id,
                    paper_id: id,
                    proposed_by: person,
                    proposed_at: tx.now(),
                    reason: reason.clone(),
                    opened_by: None,
                    opened_at: None,
                };
                store::insert_opening(tx.conn(), row).await
            })
            .await
        })
        .await
}

/// Opens a closed paper for who proposed it and for who does so. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if there is no such paper; `second-person-needed` for who proposed it or wrote an item of it;
/// `wrong-state` if nobody proposed it, the proposal lapsed, or somebody else opened it.
pub(super) async fn open(cx: &Services, permit: &Permit<OpenPaper>) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    closed(cx, id, person).await?;
    cx.db
        .write(permit, async |tx| {
            store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let newest = store::newest_openings(tx.conn(), &[id]).await?.remove(&id);
            let opening = newest.as_ref().map(opening_of);
            let is_new = judge_opening(opening.as_ref(), person, tx.now()).map_err(AppError::refused)?;
            if let Some(row) = newest.filter(|_| is_new) {
                tx.note("opening", "opened");
                tx.note("reason", row.reason);
                store::note_opened(tx.conn(), row.id, (person, tx.now())).await?;
            }
            Ok(())
        })
        .await
}

/// Whether a paper that can be opened is closed at all.
async fn closed(cx: &Services, id: PaperId, person: AccountId) -> AppResult<bool> {
    let HeldPaper { paper, is_closed, .. } = held(cx, person, id).await?;
    match state_of(&paper) {
        PaperState::Discarded => Err(AppError::refused(PaperRefusal::Discarded)),
        PaperState::Open | PaperState::Proposed | PaperState::Sealed => Ok(is_closed),
    }
}

/// An opening, as far as its rules go.
pub(super) fn opening_of(row: &paper_opening::Model) -> PaperOpening {
    let (proposed_by, proposed_at) = (row.proposed_by, row.proposed_at);
    PaperOpening { proposed_by, proposed_at, opened: row.opened_by.zip(row.opened_at) }
}

/// The openings of these papers that wait or last.
///
/// # Errors
/// If the store fails.
pub(super) async fn views(cx: &Services, papers: &[PaperId]) -> AppResult<HashMap<PaperId, PaperOpeningView>> {
    let now = cx.clock.now();
    let mut rows = store::newest_openings(cx.db.read(), papers).await?;
    rows.retain(|_, row| !opening_of(row).is_over(now));
    let persons: Vec<_> = rows.values().flat_map(|row| [Some(row.proposed_by), row.opened_by]).flatten().collect();
    let names = identity::names_of(cx, &persons).await?;
    let name = |person: Option<AccountId>| person.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let view = |(id, row): (PaperId, paper_opening::Model)| {
        let view = PaperOpeningView {
            proposed_by: row.proposed_by,
            proposed_by_name: name(Some(row.proposed_by)),
            opened_by: row.opened_by,
            opened_by_name: name(row.opened_by),
            ends_at: opening_of(&row).ends_at(),
            reason: row.reason,
        };
        (id, view)
    };
    Ok(rows.into_iter().map(view).collect())
}
