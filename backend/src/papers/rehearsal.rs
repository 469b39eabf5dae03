//! A paper is tried as a candidate sits it: what devices are given, already open, and an order as candidates have one.

use super::{
    sealing::{enclosed, package, pinned_of, pinned_parts_of},
    seen::{SeenPaper, seen},
    service::state_of,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    organisation,
    platform::{Services, error::AppResult},
};
use shared::{
    ids::PaperId,
    papers::{PaperRehearsal, PaperState},
};

actions! {
    /// Try a paper as a candidate sits it.
    RehearsePaper(PaperId) = ComposePaper;
}

/// A paper to be tried. Each time is in the audit log.
///
/// # Errors
/// `forbidden` for who composes no papers; `not-found` if there is none; `second-person-needed` for who wrote an item of
/// it; `wrong-state` if it was discarded or is closed; the item's field if it has a picture or sound that was never added.
pub(super) async fn rehearse(cx: &Services, actor: &Actor, id: PaperId) -> AppResult<PaperRehearsal> {
    let permit: Permit<RehearsePaper> = authorize(actor, id, &organisation::catalogue())?;
    let SeenPaper { paper, rows, items } = seen(cx, actor, id).await?;
    let enclosed = enclosed(cx, &rows, &items).await?;
    let mut package = package(&paper, &rows, &items, &enclosed)?;
    if state_of(&paper) == PaperState::Sealed {
        // What was sealed before options were pinned is shuffled as it always was.
        for (row, item) in rows.iter().zip(&mut package.items) {
            (item.pinned, item.pinned_parts) = (pinned_of(row)?, pinned_parts_of(row)?);
        }
    }
    let seed = cx.ids.seed();
    cx.db
        .write(&permit, async |tx| {
            tx.note("rehearsed_with", seed);
            Ok(())
        })
        .await?;
    Ok(PaperRehearsal { seed, package })
}
