//! What people say of items, in comments and in the reasons for which they send versions back: it quotes what these ask,
//! so it lies sealed as they do.

use super::{
    content::SealContents,
    entity::{item_comment, item_review},
    store,
};
use crate::{
    access::{JobName, Permit},
    platform::{
        Services,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
        sealed::{SMALL_ROWS, SealedColumn},
    },
};
use serde::{Deserialize, Serialize};
use shared::ids::ItemId;
use uuid::Uuid;

/// Remarks that a program of the time before has left open ask to be sealed.
pub const OPEN_REMARKS: &str = "items.open_remarks";
/// Remarks of a kind that are sealed in one run of the job.
const REMARKS_AT_A_TIME: u64 = 200;

/// Comments.
pub(super) const SEALED_COMMENTS: SealedColumn = SealedColumn {
    table: "item_comment",
    name: "sealed",
    id: "id",
    number: None,
    bound_to: |row| comment_purpose(row.id),
    open_len: None,
    rows: SMALL_ROWS,
};

/// Why versions were sent back.
pub(super) const SEALED_REASONS: SealedColumn = SealedColumn {
    table: "item_review",
    name: "sealed",
    id: "item_id",
    number: Some("number"),
    bound_to: |row| reason_purpose(ItemId(row.id), row.number),
    open_len: None,
    rows: SMALL_ROWS,
};

/// Binds a comment to its row.
fn comment_purpose(id: Uuid) -> String {
    format!("item_comment/{id}/sealed")
}

/// Binds the reason of a review to its row.
fn reason_purpose(item_id: ItemId, number: i32) -> String {
    format!("item_review/{item_id}/{number}/sealed")
}

/// A comment as it is kept.
pub(super) fn seal_comment(cx: &Services, id: Uuid, text: &str) -> AppResult<Vec<u8>> {
    cx.keys.fields.seal_bytes(&comment_purpose(id), text.as_bytes(), &*cx.ids)
}

/// Why a version is sent back, as it is kept.
pub(super) fn seal_reason(cx: &Services, (item_id, number): (ItemId, i32), reason: &str) -> AppResult<Vec<u8>> {
    cx.keys.fields.seal_bytes(&reason_purpose(item_id, number), reason.as_bytes(), &*cx.ids)
}

/// What a comment says.
///
/// # Errors
/// If it does not open.
pub(super) fn comment_text(cx: &Services, row: &item_comment::Model) -> AppResult<String> {
    let Some(sealed) = &row.sealed else { return Ok(row.text.clone()) };
    opened(cx, &comment_purpose(row.id), sealed)
}

/// Why a version was sent back; empty if it was not.
///
/// # Errors
/// If it does not open.
pub(super) fn reason(cx: &Services, row: &item_review::Model) -> AppResult<String> {
    let Some(sealed) = &row.sealed else { return Ok(row.reason.clone()) };
    opened(cx, &reason_purpose(row.item_id, row.number), sealed)
}

fn opened(cx: &Services, purpose: &str, sealed: &[u8]) -> AppResult<String> {
    String::from_utf8(cx.keys.fields.open_bytes(purpose, sealed)?).map_err(AppError::internal)
}

/// Seals remarks that a program of the time before has left open.
pub struct SealRemarks;

/// What [`SealRemarks`] is about: the payload of [`OPEN_REMARKS`].
#[derive(Serialize, Deserialize)]
pub struct AllRemarks {}

impl Work for SealRemarks {
    type Input = AllRemarks;
    const KIND: &'static str = "seal_item_remarks";

    async fn run(cx: Services, _: Run, _: AllRemarks) -> AppResult<Step> {
        let comments = store::list_open_comments(cx.db.read(), REMARKS_AT_A_TIME).await?;
        let reviews = store::list_open_reasons(cx.db.read(), REMARKS_AT_A_TIME).await?;
        if comments.is_empty() && reviews.is_empty() {
            return Ok(Step::Done);
        }
        let permit = Permit::<SealContents>::for_job(JobName::SealItems, cx.ids.uuid());
        cx.db
            .write(&permit, async |tx| {
                tx.note("remarks", comments.len() + reviews.len());
                for row in &comments {
                    let sealed = seal_comment(&cx, row.id, &row.text)?;
                    store::seal_open_comment(tx.conn(), row.id, sealed).await?;
                }
                for row in &reviews {
                    let version = (row.item_id, row.number);
                    let sealed = seal_reason(&cx, version, &row.reason)?;
                    store::seal_open_reason(tx.conn(), version, sealed).await?;
                }
                Ok(())
            })
            .await?;
        // Other work has its turn in between, and any node may go on.
        let is_last = (comments.len().max(reviews.len()) as u64) < REMARKS_AT_A_TIME;
        Ok(if is_last { Step::Done } else { Step::Later(cx.clock.now()) })
    }
}
