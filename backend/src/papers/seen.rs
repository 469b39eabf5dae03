//! Who sees what a paper holds. As long as none of its items is in a sealed paper that candidates are yet to sit, who
//! composes papers, and sees keys anyway; from then on two persons together, for whom it was opened. Nobody sees a paper
//! that holds an item of their own.

use super::{
    entity::paper_item,
    opening::opening_of,
    proposing::newest_of,
    service::state_of,
    store::{self, PaperHead},
};
use crate::{
    access::Actor,
    item_bank::{self, PinnedItem},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ItemId, PaperId},
    papers::{PaperRefusal, PaperState},
};
use std::collections::HashMap;

/// A paper, as far as it is known before anybody sees what it asks.
pub(super) struct HeldPaper {
    /// The paper.
    pub(super) paper: PaperHead,
    /// Its items, in the author's order.
    pub(super) rows: Vec<paper_item::Model>,
    /// Whether nobody sees it alone.
    pub(super) is_closed: bool,
}

/// A paper with the items that it holds.
pub(super) struct SeenPaper {
    /// The paper.
    pub(super) paper: PaperHead,
    /// Its items, in the author's order.
    pub(super) rows: Vec<paper_item::Model>,
    /// What they are: as they were sealed, or proposed, or else the newest.
    pub(super) items: HashMap<ItemId, PinnedItem>,
}

/// A paper for somebody who wrote none of its items.
///
/// # Errors
/// `not-found` if there is none; `second-person-needed` for who wrote an item of it.
pub(super) async fn held(cx: &Services, person: AccountId, id: PaperId) -> AppResult<HeldPaper> {
    let paper = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_items(cx.db.read(), id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.item_id).collect();
    let heads = item_bank::heads_of(cx, &ids).await?;
    if heads.values().any(|head| head.written_by == person) {
        return Err(AppError::refused(PaperRefusal::OwnItem));
    }
    Ok(HeldPaper { paper, rows, is_closed: heads.values().any(|head| head.is_frozen) })
}

/// A paper for somebody who composes papers; whether they do is the caller's to judge.
///
/// # Errors
/// `not-found` if there is none; `second-person-needed` for who wrote an item of it; `wrong-state` if it was discarded, or
/// is closed and two persons have not opened it for the reader.
pub(super) async fn seen(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<SeenPaper> {
    let HeldPaper { paper, rows, is_closed } = held(cx, actor.account_id, id).await?;
    let state = state_of(&paper);
    if is_closed && state != PaperState::Discarded && !is_open_for(cx, id, actor.account_id).await? {
        return Err(AppError::refused(PaperRefusal::Closed));
    }
    let items = match state {
        PaperState::Discarded => return Err(AppError::refused(PaperRefusal::Discarded)),
        PaperState::Open => newest_of(cx, &rows).await?,
        PaperState::Proposed => versions_of(cx, &rows, |row| row.proposed_version).await?,
        PaperState::Sealed => versions_of(cx, &rows, |row| row.item_version).await?,
    };
    Ok(SeenPaper { paper, rows, items })
}

/// Whether two persons, of whom this is one, have opened a closed paper.
async fn is_open_for(cx: &Services, id: PaperId, person: AccountId) -> AppResult<bool> {
    let newest = store::newest_openings(cx.db.read(), &[id]).await?.remove(&id);
    Ok(newest.is_some_and(|row| opening_of(&row).lets_see(person, cx.clock.now())))
}

/// The items of a paper in the versions that it has.
async fn versions_of(
    cx: &Services,
    rows: &[paper_item::Model],
    version: impl Fn(&paper_item::Model) -> Option<i32>,
) -> AppResult<HashMap<ItemId, PinnedItem>> {
    let pins: Vec<_> = rows.iter().filter_map(|row| Some((row.item_id, version(row)?))).collect();
    Ok(item_bank::pinned(cx, &pins).await?.into_iter().map(|item| (item.item_id, item)).collect())
}
