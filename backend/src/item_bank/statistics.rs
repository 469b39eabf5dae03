//! In which tests candidates saw items, and how their versions did in them: who scores a test hands in the one, who
//! releases its results the other.

use super::{
    entity::{item, item_statistic, item_use},
    frozen, store, views,
};
use crate::{
    access::Actor,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{ExamSessionId, ItemId},
    item_bank::{ItemStatistic, MeasuredItem, least_candidates, pooled},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Keeps within a write how items did in a test. What was kept of it before stays.
///
/// # Errors
/// If the store fails.
pub async fn note_statistics(
    tx: &Tx,
    exam_session_id: ExamSessionId,
    measured: &[(ItemId, ItemStatistic)],
) -> AppResult<()> {
    let row = |(item_id, statistic): &(ItemId, ItemStatistic)| {
        Ok(item_statistic::Model {
            item_id: *item_id,
            exam_session_id,
            number: statistic.version,
            held_at: statistic.held_at,
            candidates: to_i32(statistic.candidates)?,
            difficulty: i32::from(statistic.difficulty),
            discrimination: statistic.discrimination.map(i32::from),
            options: serde_json::to_string(&statistic.options).map_err(AppError::internal)?,
            unanswered: to_i32(statistic.unanswered)?,
            measured_at: tx.now(),
        })
    };
    let rows = measured.iter().map(row).collect::<AppResult<Vec<_>>>()?;
    tx.note("items", rows.len());
    store::insert_statistics(tx.conn(), &rows).await?;
    pool(tx, &measured.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await
}

/// Says within a write how the newest versions of these items did in all tests together.
async fn pool(tx: &Tx, ids: &[ItemId]) -> AppResult<()> {
    store::lock_all(tx.conn(), ids).await?;
    let heads = store::list_version_heads(tx.conn(), ids).await?.into_iter();
    let newest: BTreeMap<ItemId, i32> = heads.map(|head| (head.item_id, head.number)).collect();
    for (id, number) in newest {
        let tests = store::list_statistics(tx.conn(), id).await?;
        let tests = tests.iter().filter(|row| row.number == number).map(statistic);
        let tests = tests.collect::<AppResult<Vec<_>>>()?;
        store::set_measured(tx.conn(), id, pooled(&tests, least_candidates(tx.now()))).await?;
    }
    Ok(())
}

/// How the newest version of an item did, and whether that counts by the rule of `now`.
///
/// # Errors
/// If the row holds what no test brings.
pub(super) fn measured(row: &item::Model, now: Timestamp) -> AppResult<Option<MeasuredItem>> {
    let candidates = to_u32(row.measured_candidates)?;
    if candidates == 0 {
        return Ok(None);
    }
    Ok(Some(MeasuredItem {
        candidates,
        difficulty: u16::try_from(row.measured_difficulty).map_err(AppError::internal)?,
        discrimination: row.measured_discrimination.map(i16::try_from).transpose().map_err(AppError::internal)?,
        is_in_force: candidates >= least_candidates(now),
    }))
}

/// Notes within a write that candidates saw these versions of items in a test, which began then: they are closed no more.
/// Noting it again changes nothing.
///
/// # Errors
/// If the store fails.
pub async fn note_uses(
    tx: &Tx,
    (exam_session_id, used_at): (ExamSessionId, Timestamp),
    seen: &[(ItemId, i32)],
) -> AppResult<()> {
    let row = |(item_id, number): &(ItemId, i32)| item_use::Model {
        item_id: *item_id,
        exam_session_id,
        number: *number,
        used_at,
    };
    store::insert_uses(tx.conn(), &seen.iter().map(row).collect::<Vec<_>>()).await?;
    frozen::thaw(tx, seen).await
}

/// How an item did, the newest version first, and of each the last test first. Who only writes items asks of their own.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<Vec<ItemStatistic>> {
    views::may_know(cx, actor, id).await?;
    store::list_statistics(cx.db.read(), id).await?.iter().map(statistic).collect()
}

fn statistic(row: &item_statistic::Model) -> AppResult<ItemStatistic> {
    Ok(ItemStatistic {
        version: row.number,
        held_at: row.held_at,
        candidates: to_u32(row.candidates)?,
        difficulty: u16::try_from(row.difficulty).map_err(AppError::internal)?,
        discrimination: row.discrimination.map(i16::try_from).transpose().map_err(AppError::internal)?,
        options: serde_json::from_str(&row.options).map_err(AppError::internal)?,
        unanswered: to_u32(row.unanswered)?,
    })
}

fn to_i32(number: u32) -> AppResult<i32> {
    i32::try_from(number).map_err(AppError::internal)
}

fn to_u32(number: i32) -> AppResult<u32> {
    u32::try_from(number).map_err(AppError::internal)
}
