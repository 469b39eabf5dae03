//! Where learners stand in a course for good, and within a write that rests on it.

use super::{
    classes::ever_studied_in,
    standing::{Facts, tells_more},
    store,
};
use crate::platform::{Services, db::Tx, error::AppResult};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId},
    learning::CourseStanding,
};

/// Where a learner stands in a course for good: who completed the version that they study in a class of theirs, or
/// studied while they were in it, has completed the course. `None` if no class ever did. Nobody adds to what the learner
/// studied, or takes them out of a class, until the write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_standing_ever(
    cx: &Services,
    tx: &Tx,
    account_id: AccountId,
    course_id: CourseId,
) -> AppResult<Option<CourseStanding>> {
    store::lock_learner(tx.conn(), account_id).await?;
    standing_ever_in(cx, tx.conn(), account_id, course_id).await
}

/// Holds a learner until the write ends: what they do at the same moment comes after it. Who was never in a class is not
/// held.
///
/// # Errors
/// If the store fails.
pub async fn hold_learner(tx: &Tx, account_id: AccountId) -> AppResult<()> {
    store::lock_learner(tx.conn(), account_id).await
}

async fn standing_ever_in(
    cx: &Services,
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    course_id: CourseId,
) -> AppResult<Option<CourseStanding>> {
    let facts = Facts::of_in(cx, conn, account_id, &[course_id]).await?;
    let mut best: Option<CourseStanding> = None;
    let studied = ever_studied_in(cx, conn, account_id).await?;
    for studied in studied.iter().filter(|studied| studied.course_id == course_id) {
        let standing = facts.standing_in(cx, studied).await?;
        if best.as_ref().is_none_or(|best| tells_more(&standing, best)) {
            best = Some(standing);
        }
    }
    Ok(best)
}
