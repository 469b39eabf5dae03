//! Receipts, held against the answers that are stored: what a restored store is judged by.

use super::service::answers_of;
use crate::{
    platform::{Services, error::AppResult},
    sittings::{self, SittingFacts},
};
use shared::{delivery::digest, ids::SittingId, sittings::ExamSessionState};
use uuid::Uuid;

/// Sittings that are looked at together.
const CHUNK: u64 = 200;

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ReceiptsHeld {
    /// Receipts whose digest is that of the stored answers.
    pub kept: u64,
    /// Sittings whose stored answers are not those of the receipt.
    pub broken: Vec<SittingId>,
}

/// Holds the receipt of every closed sitting against its stored answers.
///
/// # Errors
/// If the store fails.
pub async fn hold_receipts(cx: &Services) -> AppResult<ReceiptsHeld> {
    let (mut held, mut after) = (ReceiptsHeld::default(), SittingId::from(Uuid::nil()));
    loop {
        let sittings = sittings::closed_after(cx, after, CHUNK).await?;
        let Some(last) = sittings.last() else { return Ok(held) };
        after = last.id;
        let ids: Vec<_> = sittings.iter().filter(|sitting| is_final(sitting)).map(|sitting| sitting.id).collect();
        let mut answers = answers_of(cx, &ids).await?;
        for sitting in sittings.iter().filter(|sitting| is_final(sitting)) {
            if digest(&answers.remove(&sitting.id).unwrap_or_default()) == sitting.digest {
                held.kept += 1;
            } else {
                held.broken.push(sitting.id);
            }
        }
    }
}

/// Whether no answer can come any more. Into a sitting that the server closed late ones may, until the test is marked;
/// only then its receipt is stated again.
fn is_final(sitting: &SittingFacts) -> bool {
    sitting.by_candidate || matches!(sitting.state, ExamSessionState::Marking | ExamSessionState::Published)
}
