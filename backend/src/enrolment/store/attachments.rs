//! Photos of papers.

use super::super::entity::{
    record_attachment::{ActiveModel, Column, Entity, Model},
    record_step, student_record,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::{
    enrolment::{AttachmentKind, RecordState, RecordStep},
    ids::{AccountId, AttachmentId, StudentRecordId},
    time::Timestamp,
};

pub(in super::super) async fn insert_attachment(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What is known of a record's photos that are there, the oldest first; not the photos.
pub(in super::super) async fn list_attachments(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
) -> AppResult<Vec<(AttachmentId, String, i32, i32, i32, Timestamp)>> {
    let query = there(record_id).select_only().column(Column::Id).column(Column::Kind);
    let query = query.column(Column::Width).column(Column::Height).column(Column::Bytes).column(Column::AddedAt);
    Ok(query.order_by_asc(Column::AddedAt).order_by_asc(Column::Id).into_tuple().all(conn).await?)
}

pub(in super::super) async fn count_attachments(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
) -> AppResult<u64> {
    Ok(there(record_id).count(conn).await?)
}

pub(in super::super) async fn find_attachment(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
    id: AttachmentId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::RecordId.eq(record_id)).one(conn).await?)
}

/// The photo of this kind that was added last and is there.
pub(in super::super) async fn last_attachment(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
    kind: AttachmentKind,
) -> AppResult<Option<Model>> {
    let of_kind = there(record_id).filter(Column::Kind.eq(kind.as_str()));
    Ok(of_kind.order_by_desc(Column::AddedAt).order_by_desc(Column::Id).one(conn).await?)
}

/// Takes a photo away; its row says who did.
pub(in super::super) async fn remove_attachment(
    conn: &impl ConnectionTrait,
    id: AttachmentId,
    by: AccountId,
    at: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Content, Expr::value(Vec::<u8>::new()));
    let update = update.col_expr(Column::RemovedBy, Expr::value(by)).col_expr(Column::RemovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).filter(Column::RemovedAt.is_null()).exec(conn).await?;
    Ok(())
}

/// Deletes the photos that show documents of who learns by an account; their rows say when. How many.
pub(in super::super) async fn forget_document_photos(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    at: Timestamp,
) -> AppResult<u64> {
    let kinds = AttachmentKind::ALL.iter().filter(|kind| kind.shows_document()).map(|kind| kind.as_str());
    let records = student_record::Entity::find().select_only().column(student_record::Column::Id);
    let records = records.filter(student_record::Column::AccountId.eq(account_id)).into_query();
    let update = Entity::update_many().col_expr(Column::Content, Expr::value(Vec::<u8>::new()));
    let update = update.col_expr(Column::RemovedAt, Expr::value(at)).filter(Column::RemovedAt.is_null());
    let update = update.filter(Column::Kind.is_in(kinds)).filter(Column::RecordId.in_subquery(records));
    Ok(update.exec(conn).await?.rows_affected)
}

/// Steps by which a review begins, goes on or ends, or the record does.
const LOOKED_AT: [RecordStep; 7] = [
    RecordStep::Submit,
    RecordStep::Approve,
    RecordStep::Return,
    RecordStep::Reenter,
    RecordStep::Transfer,
    RecordStep::Withdraw,
    RecordStep::Graduate,
];

/// Photos that have served their time since `before`, the oldest, as many as `rows`.
pub(in super::super) async fn list_served(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Vec<AttachmentId>> {
    let query = Entity::find().select_only().column(Column::Id).filter(served(before));
    Ok(query.order_by_asc(Column::AddedAt).order_by_asc(Column::Id).limit(rows).into_tuple().all(conn).await?)
}

/// Deletes these photos, as far as they have served their time since `before`; their rows say when. How many.
pub(in super::super) async fn forget_served(
    conn: &impl ConnectionTrait,
    ids: &[AttachmentId],
    (before, at): (Timestamp, Timestamp),
) -> AppResult<u64> {
    let update = Entity::update_many().col_expr(Column::Content, Expr::value(Vec::<u8>::new()));
    let update = update.col_expr(Column::RemovedAt, Expr::value(at)).filter(served(before));
    Ok(update.filter(Column::Id.is_in(ids.iter().copied())).exec(conn).await?.rows_affected)
}

/// Photos that are there, of records that stand so that they have served their time, and of which no step since `before`
/// looked at them.
fn served(before: Timestamp) -> Condition {
    let portrait = AttachmentKind::Portrait;
    let standing = |kind: AttachmentKind| Expr::exists(record_that(|state| kind.has_served(state)));
    let portraits = Condition::all().add(Column::Kind.eq(portrait.as_str())).add(standing(portrait));
    let proofs = Condition::all().add(Column::Kind.ne(portrait.as_str())).add(standing(AttachmentKind::IdCard));
    Condition::all()
        .add(Column::RemovedAt.is_null())
        .add(Column::AddedAt.lte(before))
        .add(Condition::any().add(proofs).add(portraits))
        .add(Expr::exists(looked_at_since(before)).not())
}

/// The record of a photo, if it is in such a state.
fn record_that(stands: impl Fn(RecordState) -> bool) -> SelectStatement {
    use student_record::Column::{Id, State};
    let states = RecordState::ALL.iter().filter(|state| stands(**state)).map(|state| state.as_str());
    Query::select()
        .expr(Expr::val(1))
        .from(student_record::Entity)
        .and_where(Expr::col((student_record::Entity, Id)).eq(Expr::col((Entity, Column::RecordId))))
        .and_where(Expr::col((student_record::Entity, State)).is_in(states))
        .take()
}

/// The steps of a photo's record after `before` that looked at it.
fn looked_at_since(before: Timestamp) -> SelectStatement {
    use record_step::Column::{RecordId, Step, TakenAt};
    Query::select()
        .expr(Expr::val(1))
        .from(record_step::Entity)
        .and_where(Expr::col((record_step::Entity, RecordId)).eq(Expr::col((Entity, Column::RecordId))))
        .and_where(Expr::col((record_step::Entity, Step)).is_in(LOOKED_AT.map(RecordStep::as_str)))
        .and_where(Expr::col((record_step::Entity, TakenAt)).gt(before.0))
        .take()
}

fn there(record_id: StudentRecordId) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::RecordId.eq(record_id)).filter(Column::RemovedAt.is_null())
}
