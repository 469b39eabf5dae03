//! Statements on the feature's tables.

mod exam_rooms;
mod places;

pub(super) use exam_rooms::*;
pub(super) use places::{
    PlaceTable, Wanted, count_open, count_open_in, find, insert, list, list_open_of, lock, replace,
};

use super::{
    division_book::{DivisionColumn, DivisionWay},
    entity::{division, division_change, org_code_counter, provider, service_point, teaching_point},
};
use crate::{
    access::lies_in,
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};
use shared::{
    ids::{ProviderId, ServicePointId, TeachingPointId},
    organisation::{DivisionCode, OpenState},
};
use std::collections::HashSet;

/// Rows that one statement inserts, and keys that one statement asks for.
const ROWS: usize = 500;

/// Inserts divisions; one that is there gets the new name.
pub(super) async fn upsert_divisions(conn: &impl ConnectionTrait, rows: &[division::Model]) -> AppResult<()> {
    use division::Column;
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(division::ActiveModel::from);
        let newer =
            OnConflict::column(Column::Code).update_columns([Column::Name, Column::Level, Column::Parent]).to_owned();
        division::Entity::insert_many(rows).on_conflict(newer).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Every division.
pub(super) async fn list_all_divisions(conn: &impl ConnectionTrait) -> AppResult<Vec<division::Model>> {
    Ok(division::Entity::find().all(conn).await?)
}

/// These divisions, by code.
pub(super) async fn list_divisions(
    conn: &impl ConnectionTrait,
    codes: &[DivisionCode],
) -> AppResult<Vec<division::Model>> {
    use division::Column;
    let mut found = Vec::with_capacity(codes.len());
    for chunk in codes.chunks(ROWS) {
        let these = Column::Code.is_in(chunk.iter().map(DivisionCode::as_str));
        found.extend(division::Entity::find().filter(these).order_by_asc(Column::Code).all(conn).await?);
    }
    Ok(found)
}

/// The divisions that this one is made of, by code.
pub(super) async fn list_parts(conn: &impl ConnectionTrait, code: DivisionCode) -> AppResult<Vec<division::Model>> {
    use division::Column;
    let parts = division::Entity::find().filter(Column::Parent.eq(code.as_str()));
    Ok(parts.order_by_asc(Column::Code).all(conn).await?)
}

pub(super) async fn find_division(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Option<division::Model>> {
    Ok(division::Entity::find_by_id(code.to_string()).one(conn).await?)
}

/// The same, if it is not gone.
pub(super) async fn find_standing_division(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Option<division::Model>> {
    Ok(find_division(conn, code).await?.filter(|row| row.abolished_on.is_none()))
}

/// The division; nobody else changes it until the write ends.
pub(super) async fn lock_division(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Option<division::Model>> {
    Ok(division::Entity::find_by_id(code.to_string()).lock_exclusive().one(conn).await?)
}

/// Keeps what a division is called, and whether it is gone.
pub(super) async fn set_division(conn: &impl ConnectionTrait, row: &division::Model) -> AppResult<()> {
    use division::Column::{AbolishedOn, Code, Name};
    let update = division::Entity::update_many().col_expr(Name, Expr::value(row.name.as_str()));
    let update = update.col_expr(AbolishedOn, Expr::value(row.abolished_on.clone()));
    update.filter(Code.eq(row.code.as_str())).exec(conn).await?;
    Ok(())
}

/// The divisions that this one is made of and that are not gone, by code.
pub(super) async fn list_standing_parts(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Vec<division::Model>> {
    let mut parts = list_parts(conn, code).await?;
    parts.retain(|part| part.abolished_on.is_none());
    Ok(parts)
}

pub(super) async fn insert_division_change(conn: &impl ConnectionTrait, row: division_change::Model) -> AppResult<()> {
    division_change::Entity::insert(division_change::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What was changed of a division, the last change first.
pub(super) async fn list_division_changes(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Vec<division_change::Model>> {
    use division_change::Column::{Code, EnteredAt, Id};
    let of_division = division_change::Entity::find().filter(Code.eq(code.as_str()));
    Ok(of_division.order_by_desc(EnteredAt).order_by_desc(Id).all(conn).await?)
}

/// The codes of all divisions of which something was changed.
pub(super) async fn list_changed_divisions(conn: &impl ConnectionTrait) -> AppResult<HashSet<String>> {
    let codes = division_change::Entity::find().select_only().column(division_change::Column::Code).distinct();
    let codes: Vec<String> = codes.into_tuple().all(conn).await?;
    Ok(codes.into_iter().collect())
}

/// Leads what lies in one township by a column to another; how many rows.
pub(super) async fn move_division(
    conn: &impl ConnectionTrait,
    column: &DivisionColumn,
    way: &DivisionWay,
) -> AppResult<u64> {
    let mut update = Query::update();
    update.table(column.table).value(column.column, way.to.as_str());
    if let Some(former) = column.former {
        update.value(former, way.from.as_str());
    }
    if column.is_versioned {
        update.value("version", Expr::col("version").add(1));
    }
    let which = Condition::all().add(Expr::col(column.column).eq(way.from.as_str()));
    let which = column.only.into_iter().fold(which, |which, only| which.add(only()));
    update.cond_where(which);
    Ok(conn.execute(&update).await?.rows_affected())
}

/// Takes the next number with this prefix; writers of the same prefix queue here.
pub(super) async fn next_number(conn: &impl ConnectionTrait, prefix: &str) -> AppResult<i32> {
    use org_code_counter::{ActiveModel, Column, Entity};
    Entity::insert(ActiveModel { prefix: Set(prefix.to_owned()), last: Set(0) })
        .on_conflict(OnConflict::column(Column::Prefix).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Entity::update_many()
        .col_expr(Column::Last, Expr::col(Column::Last).add(1))
        .filter(Column::Prefix.eq(prefix))
        .exec(conn)
        .await?;
    let counter = Entity::find_by_id(prefix.to_owned()).one(conn).await?;
    counter.map(|counter| counter.last).ok_or_else(|| AppError::internal("a counter of providers is missing"))
}

/// These providers.
pub(super) async fn list_providers(conn: &impl ConnectionTrait, ids: &[ProviderId]) -> AppResult<Vec<provider::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let these = provider::Column::Id.is_in(chunk.iter().copied());
        found.extend(provider::Entity::find().filter(these).all(conn).await?);
    }
    Ok(found)
}

/// The open providers of exactly these divisions, by name.
pub(super) async fn list_open_providers(
    conn: &impl ConnectionTrait,
    codes: &[DivisionCode],
) -> AppResult<Vec<provider::Model>> {
    use provider::Column;
    let query = provider::Entity::find().filter(Column::Division.is_in(codes.iter().map(DivisionCode::as_str)));
    let query = query.filter(Column::State.eq(OpenState::Open.as_str()));
    Ok(query.order_by_asc(Column::Name).order_by_asc(Column::Id).all(conn).await?)
}

/// The open providers in and below a division, and those of what it lies in; those of the smallest divisions first, by name.
pub(super) async fn list_open_providers_around(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<Vec<provider::Model>> {
    use provider::Column;
    let above: Vec<_> = code.and_above().map(|code| code.to_string()).collect();
    let around = Condition::any().add(lies_in(Column::Division, code)).add(Column::Division.is_in(above));
    let query = provider::Entity::find().filter(around).filter(Column::State.eq(OpenState::Open.as_str()));
    let nearest_first = query.order_by_desc(Column::Division).order_by_asc(Column::Name).order_by_asc(Column::Id);
    Ok(nearest_first.all(conn).await?)
}

/// These teaching points.
pub(super) async fn list_teaching_points(
    conn: &impl ConnectionTrait,
    ids: &[TeachingPointId],
) -> AppResult<Vec<teaching_point::Model>> {
    let these = teaching_point::Column::Id.is_in(ids.iter().copied());
    Ok(teaching_point::Entity::find().filter(these).all(conn).await?)
}

/// The ids of the providers that are closed, for a condition of a greater statement.
pub(super) fn closed_providers() -> SelectStatement {
    let closed = provider::Column::State.eq(OpenState::Closed.as_str());
    provider::Entity::find().select_only().column(provider::Column::Id).filter(closed).into_query()
}

/// These service points.
pub(super) async fn list_service_points(
    conn: &impl ConnectionTrait,
    ids: &[ServicePointId],
) -> AppResult<Vec<service_point::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = service_point::Column::Id.is_in(ids.iter().copied());
    Ok(service_point::Entity::find().filter(these).all(conn).await?)
}

/// Whether a point of this provider is open.
pub(super) async fn has_open_points(conn: &impl ConnectionTrait, id: ProviderId) -> AppResult<bool> {
    let open = OpenState::Open.as_str();
    let teaching = teaching_point::Entity::find()
        .filter(teaching_point::Column::ProviderId.eq(id))
        .filter(teaching_point::Column::State.eq(open));
    let serving = service_point::Entity::find()
        .filter(service_point::Column::ProviderId.eq(id))
        .filter(service_point::Column::State.eq(open));
    Ok(teaching.count(conn).await? > 0 || serving.count(conn).await? > 0)
}
