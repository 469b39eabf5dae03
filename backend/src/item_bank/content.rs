//! What versions of items say, with their keys: sealed by the key at rest, so that neither a copy of the store nor a
//! backup of it tells what is going to be asked.

use super::{entity::item_version, store};
use crate::{
    access::{JobName, Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
        sealed::{SMALL_ROWS, SealedColumn},
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::ItemId,
    item_bank::{Item, item_title},
};
use uuid::Uuid;

/// Versions that a program of the time before has left open ask to be sealed.
pub const OPEN_VERSIONS: &str = "items.open_versions";
/// Versions that are sealed in one run of the job.
const VERSIONS_AT_A_TIME: u64 = 200;
/// Characters of the title of an item.
const TITLE_CHARS: usize = 80;

actions! {
    /// Seal what versions say.
    SealContents(Uuid) = AuthorItem;
}

/// What versions say.
pub(super) const SEALED: SealedColumn = SealedColumn {
    table: "item_version",
    name: "sealed",
    id: "item_id",
    number: Some("number"),
    bound_to: |row| purpose(ItemId(row.id), row.number),
    open_len: None,
    rows: SMALL_ROWS,
};

/// Binds what a version says to its row.
fn purpose(item_id: ItemId, number: i32) -> String {
    format!("item_version/{item_id}/{number}/sealed")
}

/// What a version is to say, as it is kept.
pub(super) fn seal(cx: &Services, (item_id, number): (ItemId, i32), item: &Item) -> AppResult<Vec<u8>> {
    let content = serde_json::to_vec(item).map_err(AppError::internal)?;
    cx.keys.fields.seal_bytes(&purpose(item_id, number), &content, &*cx.ids)
}

/// What a version says.
///
/// # Errors
/// If it does not open.
pub(super) fn open(cx: &Services, row: &item_version::Model) -> AppResult<Item> {
    let Some(sealed) = &row.sealed else { return serde_json::from_str(&row.content).map_err(AppError::internal) };
    let content = cx.keys.fields.open_bytes(&purpose(row.item_id, row.number), sealed)?;
    serde_json::from_slice(&content).map_err(AppError::internal)
}

/// The first characters of what a version asks, as lists show them.
pub(super) fn title(item: &Item) -> String {
    item_title(&item.stem, TITLE_CHARS)
}

/// Seals versions that a program of the time before has left open.
pub struct SealVersions;

/// What [`SealVersions`] is about: the payload of [`OPEN_VERSIONS`].
#[derive(Serialize, Deserialize)]
pub struct AllVersions {}

impl Work for SealVersions {
    type Input = AllVersions;
    const KIND: &'static str = "seal_item_versions";

    async fn run(cx: Services, _: Run, _: AllVersions) -> AppResult<Step> {
        let rows = store::list_open_versions(cx.db.read(), VERSIONS_AT_A_TIME).await?;
        if rows.is_empty() {
            return Ok(Step::Done);
        }
        let is_last = (rows.len() as u64) < VERSIONS_AT_A_TIME;
        let permit = Permit::<SealContents>::for_job(JobName::SealItems, cx.ids.uuid());
        cx.db
            .write(&permit, async |tx| {
                tx.note("versions", rows.len());
                for row in &rows {
                    let item = open(&cx, row)?;
                    let sealed = seal(&cx, (row.item_id, row.number), &item)?;
                    store::seal_open_version(tx.conn(), (row.item_id, row.number), sealed).await?;
                }
                Ok(())
            })
            .await?;
        // Other work has its turn in between, and any node may go on.
        Ok(if is_last { Step::Done } else { Step::Later(cx.clock.now()) })
    }
}
