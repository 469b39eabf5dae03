//! Incidents, their steps, and the sittings that they bar.

use super::{
    super::entity::{
        incident::{self, Column},
        incident_sitting, incident_step, sitting,
    },
    ROWS,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ExamSessionId, IncidentId, SittingId},
    sittings::{IncidentState, IncidentStep, ResultBar},
    time::Timestamp,
};
use std::collections::HashMap;

pub(in super::super) async fn insert_incident(conn: &impl ConnectionTrait, row: incident::Model) -> AppResult<()> {
    incident::Entity::insert(incident::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn find_incident(
    conn: &impl ConnectionTrait,
    id: IncidentId,
) -> AppResult<Option<incident::Model>> {
    Ok(incident::Entity::find_by_id(id).one(conn).await?)
}

/// The incident; nobody else takes a step until the write ends.
pub(in super::super) async fn lock_incident(
    conn: &impl ConnectionTrait,
    id: IncidentId,
) -> AppResult<Option<incident::Model>> {
    Ok(incident::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Incidents that fulfil a condition, the newest first.
pub(in super::super) async fn list_incidents(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<IncidentId>,
    rows: u64,
) -> AppResult<Vec<incident::Model>> {
    let within = within.add_option(before.map(|before| Column::Id.lt(before)));
    Ok(incident::Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many incidents fulfil a condition.
pub(in super::super) async fn count_incidents(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(incident::Entity::find().filter(within).count(conn).await?)
}

/// Incidents that somebody did not uphold.
pub(in super::super) fn not_upheld_by(person: AccountId) -> Condition {
    use incident_step::Column as Step;
    let upheld = incident_step::Entity::find()
        .select_only()
        .column(Step::IncidentId)
        .filter(Step::Step.eq(IncidentStep::Uphold.as_str()))
        .filter(Step::TakenBy.eq(person))
        .into_query();
    Condition::all().add(Column::Id.not_in_subquery(upheld))
}

/// What was recorded in these sittings, the newest first.
pub(in super::super) async fn list_incidents_in(
    conn: &impl ConnectionTrait,
    sittings: &[SittingId],
) -> AppResult<Vec<incident::Model>> {
    let query = incident::Entity::find().filter(Column::SittingId.is_in(sittings.iter().copied()));
    Ok(query.order_by_desc(Column::Id).all(conn).await?)
}

/// Incidents of any of these persons whose decision banned them.
pub(in super::super) async fn list_bans_of(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<Vec<incident::Model>> {
    let mut found = Vec::new();
    for chunk in accounts.chunks(ROWS) {
        let own = sitting::Entity::find().select_only().column(sitting::Column::Id);
        let own = own.filter(sitting::Column::AccountId.is_in(chunk.iter().copied())).into_query();
        let banning = incident::Entity::find().filter(Column::BanYears.is_not_null());
        found.extend(banning.filter(Column::SittingId.in_subquery(own)).all(conn).await?);
    }
    Ok(found)
}

/// Writes where a locked incident stands now.
pub(in super::super) async fn move_incident(
    conn: &impl ConnectionTrait,
    id: IncidentId,
    state: IncidentState,
    (signed_by, upheld_at, ban_years): (Option<AccountId>, Option<Timestamp>, Option<i32>),
) -> AppResult<()> {
    incident::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::SignedBy, Expr::value(signed_by.map(|person| person.0)))
        .col_expr(Column::UpheldAt, Expr::value(upheld_at.map(|at| at.0)))
        .col_expr(Column::BanYears, Expr::value(ban_years))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in super::super) async fn insert_incident_step(
    conn: &impl ConnectionTrait,
    row: incident_step::Model,
) -> AppResult<()> {
    incident_step::Entity::insert(incident_step::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The steps of these incidents, in order.
pub(in super::super) async fn list_incident_steps(
    conn: &impl ConnectionTrait,
    ids: &[IncidentId],
) -> AppResult<Vec<incident_step::Model>> {
    use incident_step::Column;
    let query = incident_step::Entity::find().filter(Column::IncidentId.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::IncidentId).order_by_asc(Column::Number).all(conn).await?)
}

/// Lets an incident bar these sittings; those that it bars already, it goes on to.
pub(in super::super) async fn bar_sittings(
    conn: &impl ConnectionTrait,
    incident_id: IncidentId,
    sittings: &[SittingId],
) -> AppResult<()> {
    for sittings in sittings.chunks(ROWS) {
        let row = |sitting_id: &SittingId| incident_sitting::Model { incident_id, sitting_id: *sitting_id };
        let rows = sittings.iter().map(row).map(incident_sitting::ActiveModel::from);
        incident_sitting::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// How many incidents of these exam sessions are not decided yet; nothing of those that have none.
pub(in super::super) async fn count_open_incidents(
    conn: &impl ConnectionTrait,
    ids: &[ExamSessionId],
) -> AppResult<HashMap<ExamSessionId, i64>> {
    let open = IncidentState::ALL.iter().filter(|state| state.bar() == Some(ResultBar::Held));
    let counted: Vec<(ExamSessionId, i64)> = incident::Entity::find()
        .select_only()
        .column(Column::ExamSessionId)
        .column_as(Column::Id.count(), "open")
        .filter(Column::ExamSessionId.is_in(ids.iter().copied()))
        .filter(Column::State.is_in(open.map(|state| state.as_str())))
        .group_by(Column::ExamSessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counted.into_iter().collect())
}

/// Where the incidents stand that bar these sittings.
pub(in super::super) async fn list_bars(
    conn: &impl ConnectionTrait,
    sittings: &[SittingId],
) -> AppResult<Vec<(SittingId, String)>> {
    let mut found = Vec::new();
    for sittings in sittings.chunks(ROWS) {
        let these = incident_sitting::Entity::find()
            .inner_join(incident::Entity)
            .select_only()
            .column(incident_sitting::Column::SittingId)
            .column(Column::State)
            .filter(incident_sitting::Column::SittingId.is_in(sittings.iter().copied()));
        found.extend(these.into_tuple::<(SittingId, String)>().all(conn).await?);
    }
    Ok(found)
}

/// The incidents that bar a sitting, in the order in which they were recorded.
pub(in super::super) async fn list_incidents_about(
    conn: &impl ConnectionTrait,
    id: SittingId,
) -> AppResult<Vec<incident::Model>> {
    let about = incident_sitting::Entity::find()
        .select_only()
        .column(incident_sitting::Column::IncidentId)
        .filter(incident_sitting::Column::SittingId.eq(id))
        .into_query();
    Ok(incident::Entity::find().filter(Column::Id.in_subquery(about)).order_by_asc(Column::Id).all(conn).await?)
}
