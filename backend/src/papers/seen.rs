//! Who sees what a paper holds before its seal is opened: who composes papers, and sees keys anyway; nobody sees a paper
//! that holds an item of their own.

use super::{
    entity::paper_item,
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
    ids::{ItemId, PaperId},
    papers::{PaperRefusal, PaperState},
};
use std::collections::HashMap;

/// A paper with the items that it holds.
pub(super) struct SeenPaper {
    /// The paper.
    pub(super) paper: PaperHead,
    /// Its items, in the author's order.
    pub(super) rows: Vec<paper_item::Model>,
    /// What they are: as they were sealed, or proposed, or else the newest.
    pub(super) items: HashMap<ItemId, PinnedItem>,
}

/// A paper for somebody who composes papers; whether they do is the caller's to judge.
///
/// # Errors
/// `not-found` if there is none; `second-person-needed` for who wrote an item of it; `wrong-state` if it was discarded.
pub(super) async fn seen(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<SeenPaper> {
    let paper = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_items(cx.db.read(), id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.item_id).collect();
    let heads = item_bank::heads_of(cx, &ids).await?;
    if heads.values().any(|head| head.written_by == actor.account_id) {
        return Err(AppError::refused(PaperRefusal::OwnItem));
    }
    let items = match state_of(&paper) {
        PaperState::Discarded => return Err(AppError::refused(PaperRefusal::Discarded)),
        PaperState::Open => newest_of(cx, &rows).await?,
        PaperState::Proposed => versions_of(cx, &rows, |row| row.proposed_version).await?,
        PaperState::Sealed => versions_of(cx, &rows, |row| row.item_version).await?,
    };
    Ok(SeenPaper { paper, rows, items })
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
