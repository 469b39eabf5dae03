//! Lists: their files, their rows that were not taken, and how far their import is.

use super::{
    super::entity::{roster_batch, roster_faulty_row, roster_file_part},
    to_i32,
};
use crate::platform::{
    db::{Taken, insert_rows},
    error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, Query, SelectStatement, SimpleExpr},
};
use shared::{
    ids::{ProviderId, RosterBatchId},
    organisation::DivisionCode,
    roster::{BatchState, ImportReport, LegalBasis},
    time::Timestamp,
    work::ListWait,
};

/// The state of what stands for a list of those whom no list names. It is none that anybody sees.
pub(in super::super) const BY_HAND: &str = "by_hand";

pub(in super::super) async fn insert_batch(conn: &impl ConnectionTrait, row: roster_batch::Model) -> AppResult<()> {
    roster_batch::Entity::insert(roster_batch::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn insert_file_part(
    conn: &impl ConnectionTrait,
    part: roster_file_part::Model,
) -> AppResult<()> {
    let part = roster_file_part::ActiveModel::from(part);
    roster_file_part::Entity::insert(part).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn find_batch(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
) -> AppResult<Option<roster_batch::Model>> {
    let uploaded = roster_batch::Column::State.ne(BY_HAND);
    Ok(roster_batch::Entity::find_by_id(id).filter(uploaded).one(conn).await?)
}

/// What stands for the list of those of a place whom no list names.
pub(in super::super) async fn find_batch_by_hand(
    conn: &impl ConnectionTrait,
    division: DivisionCode,
    provider_id: Option<ProviderId>,
) -> AppResult<Option<RosterBatchId>> {
    use roster_batch::Column::{Division, State};
    let query = roster_batch::Entity::find()
        .filter(Division.eq(division.as_str()))
        .filter(of_school(provider_id))
        .filter(State.eq(BY_HAND));
    Ok(query.one(conn).await?.map(|row| row.id))
}

/// Lists of a school, or of the division itself.
fn of_school(provider_id: Option<ProviderId>) -> SimpleExpr {
    use roster_batch::Column::ProviderId as School;
    match provider_id {
        Some(id) => School.eq(id),
        None => School.is_null(),
    }
}

/// A list that nobody else changes until the write is over.
pub(in super::super) async fn lock_batch(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
) -> AppResult<roster_batch::Model> {
    let row = roster_batch::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// A part of a list that waits; `None` after the last one.
pub(in super::super) async fn find_file_part(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
    part: i32,
) -> AppResult<Option<Vec<u8>>> {
    Ok(roster_file_part::Entity::find_by_id((id, part)).one(conn).await?.map(|row| row.content))
}

/// The last part of the file of a list that waits.
pub(in super::super) async fn last_file_part(conn: &impl ConnectionTrait, id: RosterBatchId) -> AppResult<Option<i32>> {
    use roster_file_part::Column::{BatchId, Part};
    let last = roster_file_part::Entity::find().select_only().column(Part).filter(BatchId.eq(id));
    Ok(last.order_by_desc(Part).limit(1).into_tuple().one(conn).await?)
}

/// Lists within a condition, the newest first.
pub(in super::super) async fn list_batches(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<RosterBatchId>,
    rows: u64,
) -> AppResult<Vec<roster_batch::Model>> {
    use roster_batch::Column::{Id, State};
    let mut query = roster_batch::Entity::find().filter(within).filter(State.ne(BY_HAND));
    if let Some(before) = before {
        query = query.filter(Id.lt(before));
    }
    Ok(query.order_by_desc(Id).limit(rows).all(conn).await?)
}

/// How many lists fulfil a condition.
pub(in super::super) async fn count_batches(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(roster_batch::Entity::find().filter(within).count(conn).await?)
}

/// Lists that wait for this.
pub(in super::super) fn awaits(wait: ListWait) -> Condition {
    use roster_batch::Column::{Faulty, State};
    match wait {
        ListWait::Confirm => Condition::all().add(State.eq(BatchState::Uploaded.as_str())),
        ListWait::Correct => Condition::all()
            .add(State.eq(BatchState::Imported.as_str()))
            .add(Faulty.gt(0))
            .add(Expr::exists(newer_of_place()).not()),
    }
}

/// The lists of the same place that were uploaded after one.
fn newer_of_place() -> SelectStatement {
    use roster_batch::{
        Column::{Division, Id, ProviderId, State},
        Entity,
    };
    let newer = |column| Expr::col(("newer", column));
    let this = |column| Expr::col((Entity, column));
    let no_school = newer(ProviderId).is_null().and(this(ProviderId).is_null());
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, "newer")
        .and_where(newer(Division).eq(this(Division)))
        .and_where(newer(ProviderId).eq(this(ProviderId)).or(no_school))
        .and_where(newer(Id).gt(this(Id)))
        .and_where(newer(State).ne(BY_HAND))
        .take()
}

/// The mapping that was confirmed last for a list with these headers at this place.
pub(in super::super) async fn find_mapping(
    conn: &impl ConnectionTrait,
    headers_digest: &str,
    division: DivisionCode,
    provider_id: Option<ProviderId>,
) -> AppResult<Option<String>> {
    use roster_batch::Column;
    let query = roster_batch::Entity::find()
        .filter(Column::HeadersDigest.eq(headers_digest))
        .filter(Column::Division.eq(division.as_str()))
        .filter(of_school(provider_id))
        .filter(Column::ImportedAt.is_not_null());
    Ok(query.order_by_desc(Column::ImportedAt).one(conn).await?.map(|row| row.mapping))
}

/// Keeps the mapping that somebody confirmed, and why they may keep the persons.
pub(in super::super) async fn begin_import(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
    mapping: String,
    legal_basis: LegalBasis,
) -> AppResult<()> {
    use roster_batch::Column;
    roster_batch::Entity::update_many()
        .col_expr(Column::State, Expr::value(BatchState::Importing.as_str()))
        .col_expr(Column::Mapping, Expr::value(mapping))
        .col_expr(Column::LegalBasis, Expr::value(legal_basis.as_str()))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Keeps how far an import is; whether it still was where it was seen.
pub(in super::super) async fn save_report(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
    seen: u32,
    report: &ImportReport,
) -> AppResult<bool> {
    use roster_batch::Column;
    let saved = roster_batch::Entity::update_many()
        .col_expr(Column::LastRow, Expr::value(to_i32(report.last_row)?))
        .col_expr(Column::Added, Expr::value(to_i32(report.added)?))
        .col_expr(Column::AlreadyThere, Expr::value(to_i32(report.already_there)?))
        .col_expr(Column::KeptElsewhere, Expr::value(to_i32(report.kept_elsewhere)?))
        .col_expr(Column::Faulty, Expr::value(to_i32(report.faulty)?))
        .filter(Column::Id.eq(id))
        .filter(Column::LastRow.eq(to_i32(seen)?))
        .exec(conn)
        .await?;
    Ok(saved.rows_affected == 1)
}

/// Every row was read: the file goes.
pub(in super::super) async fn end_import(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
    now: Timestamp,
) -> AppResult<()> {
    use roster_batch::Column;
    roster_batch::Entity::update_many()
        .col_expr(Column::State, Expr::value(BatchState::Imported.as_str()))
        .col_expr(Column::ImportedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    let parts = roster_file_part::Entity::delete_many().filter(roster_file_part::Column::BatchId.eq(id));
    parts.exec(conn).await?;
    Ok(())
}

/// Keeps rows that were not taken; those that are kept already stay.
pub(in super::super) async fn insert_faulty_rows(
    conn: &impl ConnectionTrait,
    rows: &[roster_faulty_row::Model],
) -> AppResult<()> {
    insert_rows(conn, &rows.iter().collect::<Vec<_>>(), Taken::Stays).await.map(drop)
}

/// Rows of a list that were not taken, after this one.
pub(in super::super) async fn list_faulty_rows(
    conn: &impl ConnectionTrait,
    id: RosterBatchId,
    after: i32,
    rows: u64,
) -> AppResult<Vec<roster_faulty_row::Model>> {
    use roster_faulty_row::Column;
    let query = roster_faulty_row::Entity::find().filter(Column::BatchId.eq(id)).filter(Column::Row.gt(after));
    Ok(query.order_by_asc(Column::Row).limit(rows).all(conn).await?)
}
