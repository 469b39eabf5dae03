//! Statements on requests to correct something.

use crate::{
    access::{Scope, lies_in},
    people::entity::{
        correction_request::{self, Column, Relation},
        person,
    },
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, CorrectionRequestId, PersonId, ProviderId},
    organisation::DivisionCode,
    people::CorrectionState,
    time::Timestamp,
};

/// Inserts a request unless one of the same field is open; how many it inserted.
pub(in crate::people) async fn insert_correction(
    conn: &impl ConnectionTrait,
    row: correction_request::Model,
) -> AppResult<u64> {
    let unless_open = OnConflict::new().do_nothing().to_owned();
    let insert = correction_request::Entity::insert(correction_request::ActiveModel::from(row));
    Ok(insert.on_conflict(unless_open).exec_without_returning(conn).await?)
}

pub(in crate::people) async fn find_correction(
    conn: &impl ConnectionTrait,
    id: CorrectionRequestId,
) -> AppResult<Option<correction_request::Model>> {
    Ok(correction_request::Entity::find_by_id(id).one(conn).await?)
}

/// The requests of a person, the newest first.
pub(in crate::people) async fn list_corrections_of(
    conn: &impl ConnectionTrait,
    person_id: PersonId,
) -> AppResult<Vec<correction_request::Model>> {
    let of_person = correction_request::Entity::find().filter(Column::PersonId.eq(person_id));
    Ok(of_person.order_by_desc(Column::Id).all(conn).await?)
}

/// Persons that are kept at the places of this scope, and in this division and by this school, if they are told.
pub(in crate::people) fn kept_at(
    scope: &Scope,
    division: Option<DivisionCode>,
    provider_id: Option<ProviderId>,
) -> Condition {
    use person::Column;
    Condition::all()
        .add(scope.within(Column::Division, Some(Column::ProviderId)))
        .add_option(division.map(|code| lies_in(Column::Division, code)))
        .add_option(provider_id.map(|id| Column::ProviderId.eq(id)))
}

/// Requests of the persons that are kept there, the newest first, from after `after`.
pub(in crate::people) async fn list_corrections(
    conn: &impl ConnectionTrait,
    kept: Condition,
    state: Option<CorrectionState>,
    after: Option<CorrectionRequestId>,
    rows: u64,
) -> AppResult<Vec<correction_request::Model>> {
    let mut query = correction_request::Entity::find().join(JoinType::InnerJoin, Relation::Person.def()).filter(kept);
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many requests of the persons that are kept at the places of this scope wait for their answer.
pub(in crate::people) async fn count_open_corrections(conn: &impl ConnectionTrait, scope: &Scope) -> AppResult<u64> {
    let open = correction_request::Entity::find()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .filter(scope.within(person::Column::Division, Some(person::Column::ProviderId)))
        .filter(Column::State.eq(CorrectionState::Open.as_str()));
    Ok(open.count(conn).await?)
}

/// Ends a request that still is open; whether it was.
pub(in crate::people) async fn decide_correction(
    conn: &impl ConnectionTrait,
    id: CorrectionRequestId,
    state: CorrectionState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<bool> {
    let update = correction_request::Entity::update_many().col_expr(Column::State, Expr::value(state.as_str()));
    let update = update.col_expr(Column::DecidedBy, Expr::value(by)).col_expr(Column::DecidedAt, Expr::value(at));
    let update = update.col_expr(Column::Answer, Expr::value(answer)).filter(Column::Id.eq(id));
    Ok(update.filter(Column::DecidedAt.is_null()).exec(conn).await?.rows_affected == 1)
}
