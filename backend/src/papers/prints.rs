//! What is printed of a paper, and that it was. From its seal on, until candidates have sat it, two persons open it first;
//! each print is in the audit log, and stands on every page of it.

use super::{
    entity::paper_item,
    sealing::{SealedItem, scorer_of},
    seen::{SeenPaper, seen},
    service::sections_of,
    tools::tools_of,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    item_bank::PinnedItem,
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{CourseId, ItemId, PaperId},
    item_bank::{pinned_of_parts, pinned_options},
    papers::{PaperSection, PaperSheet},
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
    /// Its formula sheet as Markdown; empty if there is none.
    pub formula_sheet: String,
}

/// A paper for who may print it: who composes papers, and wrote none of its items.
///
/// # Errors
/// `forbidden`; `not-found` if there is none; `second-person-needed` for who wrote an item of it; `wrong-state` if it was
/// discarded or is closed.
pub async fn printable(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<(Permit<PrintPaper>, PrintablePaper)> {
    let permit: Permit<PrintPaper> = authorize(actor, id, &organisation::catalogue())?;
    let SeenPaper { paper, rows, items } = seen(cx, actor, id).await?;
    let items = rows.iter().map(|row| printed(row, &items)).collect::<AppResult<_>>()?;
    let (sections, formula_sheet) = (sections_of(&paper)?, tools_of(&paper)?.formula_sheet);
    let (title, course_id) = (paper.title, paper.course_id);
    Ok((permit, PrintablePaper { title, course_id, sections, items, formula_sheet }))
}

fn printed(row: &paper_item::Model, items: &HashMap<ItemId, PinnedItem>) -> AppResult<SealedItem> {
    let pinned = items.get(&row.item_id).ok_or_else(|| AppError::internal("an item of a paper is gone"))?;
    Ok(SealedItem {
        item_id: row.item_id,
        item_version: pinned.version,
        scorer_version: scorer_of(row)?,
        points: row.points,
        trial_points: row.trial_points,
        item: pinned.item.clone(),
        pinned: pinned_options(&pinned.item.body),
        pinned_parts: pinned_of_parts(&pinned.item.body),
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
