//! What is printed of a paper, and that it was. Before its seal is opened nobody sees it but who sees keys anyway; each
//! print is in the audit log, and stands on every page of it.

use super::{
    entity::paper_item,
    proposing::newest_of,
    sealing::SealedItem,
    service::{sections_of, state_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    item_bank::{self, PinnedItem},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{CourseId, ItemId, PaperId},
    item_bank::pinned_options,
    papers::{PaperRefusal, PaperSection, PaperSheet, PaperState},
};
use std::collections::HashMap;

actions! {
    /// Print a paper, its key or its marking scheme.
    PrintPaper(PaperId) = ComposePaper;
}

/// A paper as it is printed.
#[derive(Clone, Debug)]
pub struct PrintablePaper {
    /// The title.
    pub title: String,
    /// The course that is tested.
    pub course_id: CourseId,
    /// Its parts, if it has any.
    pub sections: Vec<PaperSection>,
    /// Its items with their keys, in the author's order: as they were sealed, or proposed, or else the newest.
    pub items: Vec<SealedItem>,
}

/// A paper for who may print it: who composes papers, and wrote none of its items.
///
/// # Errors
/// `forbidden`; `not-found` if there is none; `second-person-needed` for who wrote an item of it; `wrong-state` if it was
/// discarded.
pub async fn printable(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<(Permit<PrintPaper>, PrintablePaper)> {
    let permit: Permit<PrintPaper> = authorize(actor, id, &organisation::catalogue())?;
    let paper = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_items(cx.db.read(), id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.item_id).collect();
    let heads = item_bank::heads_of(cx, &ids).await?;
    if heads.values().any(|head| head.written_by == actor.account_id) {
        return Err(AppError::refused(PaperRefusal::OwnItem));
    }
    let found = match state_of(&paper) {
        PaperState::Discarded => return Err(AppError::refused(PaperRefusal::Discarded)),
        PaperState::Open => newest_of(cx, &rows).await?,
        PaperState::Proposed => versions_of(cx, &rows, |row| row.proposed_version).await?,
        PaperState::Sealed => versions_of(cx, &rows, |row| row.item_version).await?,
    };
    let items = rows.iter().map(|row| printed(row, &found)).collect::<AppResult<_>>()?;
    let sections = sections_of(&paper)?;
    Ok((permit, PrintablePaper { title: paper.title, course_id: paper.course_id, sections, items }))
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

fn printed(row: &paper_item::Model, found: &HashMap<ItemId, PinnedItem>) -> AppResult<SealedItem> {
    let pinned = found.get(&row.item_id).ok_or_else(|| AppError::internal("an item of a paper is gone"))?;
    Ok(SealedItem {
        item_id: row.item_id,
        item_version: pinned.version,
        points: row.points,
        item: pinned.item.clone(),
        pinned: pinned_options(&pinned.item.body),
    })
}

/// Notes that a paper was printed.
///
/// # Errors
/// If the store fails.
pub async fn note_print(cx: &Services, permit: &Permit<PrintPaper>, sheet: PaperSheet) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", sheet.as_str());
            Ok(())
        })
        .await
}
