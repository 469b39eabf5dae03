//! The register of diplomas.

use crate::{
    credit_bank::entity::{
        diploma::{self, Column},
        diploma_extract, diploma_revocation,
    },
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use shared::{
    ids::{AccountId, DiplomaId, GraduationBatchId, StudentRecordId},
    time::Timestamp,
};

/// Rows that one statement inserts.
const ROWS: usize = 100;

pub(in crate::credit_bank) async fn insert_diplomas(
    conn: &impl ConnectionTrait,
    rows: Vec<diploma::Model>,
) -> AppResult<()> {
    let rows: Vec<_> = rows.into_iter().map(diploma::ActiveModel::from).collect();
    for rows in rows.chunks(ROWS) {
        diploma::Entity::insert_many(rows.to_vec()).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The entry of a register with this number in its order.
pub(in crate::credit_bank) async fn find_entry(
    conn: &impl ConnectionTrait,
    issuer: &str,
    seq: i64,
) -> AppResult<Option<diploma::Model>> {
    let found = diploma::Entity::find().filter(Column::Issuer.eq(issuer)).filter(Column::Seq.eq(seq));
    Ok(found.one(conn).await?)
}

pub(in crate::credit_bank) async fn find_diploma(
    conn: &impl ConnectionTrait,
    id: DiplomaId,
) -> AppResult<Option<diploma::Model>> {
    Ok(diploma::Entity::find_by_id(id).one(conn).await?)
}

/// The diploma; nobody else does anything with it until the write ends.
pub(in crate::credit_bank) async fn lock_diploma(
    conn: &impl ConnectionTrait,
    id: DiplomaId,
) -> AppResult<diploma::Model> {
    let row = diploma::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

pub(in crate::credit_bank) async fn find_diploma_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> AppResult<Option<diploma::Model>> {
    Ok(diploma::Entity::find().filter(Column::Number.eq(number)).one(conn).await?)
}

/// The diplomas of a list.
pub(in crate::credit_bank) async fn list_diplomas_of_batch(
    conn: &impl ConnectionTrait,
    id: GraduationBatchId,
) -> AppResult<Vec<diploma::Model>> {
    Ok(diploma::Entity::find().filter(Column::BatchId.eq(id)).order_by_asc(Column::Seq).all(conn).await?)
}

/// The diplomas to which these records led, the newest first.
pub(in crate::credit_bank) async fn list_diplomas_of_records(
    conn: &impl ConnectionTrait,
    records: &[StudentRecordId],
) -> AppResult<Vec<diploma::Model>> {
    let these = diploma::Entity::find().filter(Column::RecordId.is_in(records.iter().copied()));
    Ok(these.order_by_desc(Column::Id).all(conn).await?)
}

/// Diplomas within a condition, the newest first, from after `after`.
pub(in crate::credit_bank) async fn list_diplomas(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<DiplomaId>,
    rows: u64,
) -> AppResult<Vec<diploma::Model>> {
    let within = Condition::all().add(within).add_option(after.map(|after| Column::Id.lt(after)));
    Ok(diploma::Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many diplomas fulfil a condition.
pub(in crate::credit_bank) async fn count_diplomas(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(diploma::Entity::find().filter(within).count(conn).await?)
}

/// Diplomas that wait for this person to confirm that they are made void.
pub(in crate::credit_bank) fn awaiting_void(person: AccountId) -> Condition {
    use diploma_revocation::Column as Proposal;
    let proposed = diploma_revocation::Entity::find()
        .select_only()
        .column(Proposal::DiplomaId)
        .filter(Proposal::ProposedBy.ne(person))
        .filter(Proposal::ConfirmedBy.is_null());
    Condition::all().add(Column::Id.in_subquery(proposed.into_query()))
}

/// What is proposed, or done, to make these diplomas void.
pub(in crate::credit_bank) async fn list_voidings(
    conn: &impl ConnectionTrait,
    ids: &[DiplomaId],
) -> AppResult<Vec<diploma_revocation::Model>> {
    let of_these = diploma_revocation::Column::DiplomaId.is_in(ids.iter().copied());
    Ok(diploma_revocation::Entity::find().filter(of_these).all(conn).await?)
}

pub(in crate::credit_bank) async fn find_voiding(
    conn: &impl ConnectionTrait,
    id: DiplomaId,
) -> AppResult<Option<diploma_revocation::Model>> {
    Ok(diploma_revocation::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::credit_bank) async fn insert_voiding(
    conn: &impl ConnectionTrait,
    row: diploma_revocation::Model,
) -> AppResult<()> {
    let row = diploma_revocation::ActiveModel::from(row);
    diploma_revocation::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// A second person confirms that a diploma is void.
pub(in crate::credit_bank) async fn confirm_voiding(
    conn: &impl ConnectionTrait,
    id: DiplomaId,
    (person, at): (AccountId, Timestamp),
) -> AppResult<()> {
    use diploma_revocation::Column as Proposal;
    diploma_revocation::Entity::update_many()
        .col_expr(Proposal::ConfirmedBy, Expr::value(person.0))
        .col_expr(Proposal::ConfirmedAt, Expr::value(at.0))
        .filter(Proposal::DiplomaId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes back what was proposed and not confirmed.
pub(in crate::credit_bank) async fn delete_voiding(conn: &impl ConnectionTrait, id: DiplomaId) -> AppResult<()> {
    use diploma_revocation::Column as Proposal;
    diploma_revocation::Entity::delete_many()
        .filter(Proposal::DiplomaId.eq(id))
        .filter(Proposal::ConfirmedBy.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::credit_bank) async fn insert_extract(
    conn: &impl ConnectionTrait,
    row: diploma_extract::Model,
) -> AppResult<()> {
    diploma_extract::Entity::insert(diploma_extract::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::credit_bank) async fn find_extract(
    conn: &impl ConnectionTrait,
    id: DiplomaId,
    nth: i32,
) -> AppResult<Option<diploma_extract::Model>> {
    Ok(diploma_extract::Entity::find_by_id((id, nth)).one(conn).await?)
}

/// The extracts of these diplomas, one by one.
pub(in crate::credit_bank) async fn list_extracts(
    conn: &impl ConnectionTrait,
    ids: &[DiplomaId],
) -> AppResult<Vec<DiplomaId>> {
    use diploma_extract::Column as Extract;
    let given = diploma_extract::Entity::find().select_only().column(Extract::DiplomaId);
    Ok(given.filter(Extract::DiplomaId.is_in(ids.iter().copied())).into_tuple().all(conn).await?)
}
