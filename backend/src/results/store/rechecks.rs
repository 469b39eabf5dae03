//! Rechecks, and what results are since.

use crate::{
    platform::error::AppResult,
    results::entity::{
        result_correction,
        score_recheck::{ActiveModel, Column, Entity, Model},
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use shared::{
    ids::{AccountId, ScoreRecheckId, SittingId},
    results::RecheckState,
};

/// Keeps that a candidate asked, unless they did before.
pub(in crate::results) async fn insert_recheck(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let unless_there = OnConflict::column(Column::SittingId).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(unless_there).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::results) async fn find_recheck(
    conn: &impl ConnectionTrait,
    id: ScoreRecheckId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The recheck; nobody else takes a step until the write ends.
pub(in crate::results) async fn lock_recheck(
    conn: &impl ConnectionTrait,
    id: ScoreRecheckId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// The rechecks of these sittings.
pub(in crate::results) async fn list_rechecks_of(
    conn: &impl ConnectionTrait,
    sittings: &[SittingId],
) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::SittingId.is_in(sittings.iter().copied())).all(conn).await?)
}

/// Rechecks that fulfil a condition, the newest first.
pub(in crate::results) async fn list_rechecks(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<ScoreRecheckId>,
    rows: u64,
) -> AppResult<Vec<Model>> {
    let within = within.add_option(before.map(|before| Column::Id.lt(before)));
    Ok(Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many rechecks fulfil a condition.
pub(in crate::results) async fn count_rechecks(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(Entity::find().filter(within).count(conn).await?)
}

/// Rechecks that wait for somebody: those that nobody has looked at, and those of which another found the result wrong.
pub(in crate::results) fn waiting_for(person: AccountId) -> Condition {
    let is_found =
        Condition::all().add(Column::State.eq(RecheckState::Proposed.as_str())).add(Column::SettledBy.ne(person));
    Condition::any().add(Column::State.eq(RecheckState::Asked.as_str())).add(is_found)
}

/// Writes where a locked recheck stands now, and what was found.
pub(in crate::results) async fn replace_recheck(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let id = row.id;
    Entity::update_many().set(row.into_active_model().reset_all()).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

pub(in crate::results) async fn insert_correction(
    conn: &impl ConnectionTrait,
    row: result_correction::Model,
) -> AppResult<()> {
    result_correction::Entity::insert(result_correction::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}
