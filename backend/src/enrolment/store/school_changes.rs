//! Changes of school.

use super::super::entity::{
    school_change::{self, Column},
    student_record,
};
use crate::{
    access::{Scope, lies_in},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ProviderId, SchoolChangeId, StudentRecordId},
    organisation::DivisionCode,
    people::TransferState,
    time::Timestamp,
};

/// Adds a proposal, unless one of its record is open: then 0.
pub(in super::super) async fn insert_school_change(
    conn: &impl ConnectionTrait,
    row: school_change::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = school_change::Entity::insert(school_change::ActiveModel::from(row)).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in super::super) async fn find_school_change(
    conn: &impl ConnectionTrait,
    id: SchoolChangeId,
) -> AppResult<Option<school_change::Model>> {
    Ok(school_change::Entity::find_by_id(id).one(conn).await?)
}

/// The changes of these records, the newest first.
pub(in super::super) async fn list_school_changes_of(
    conn: &impl ConnectionTrait,
    ids: &[StudentRecordId],
) -> AppResult<Vec<school_change::Model>> {
    let these = school_change::Entity::find().filter(Column::RecordId.is_in(ids.iter().copied()));
    Ok(these.order_by_desc(Column::Id).all(conn).await?)
}

/// Changes that somebody else proposes to the schools of this scope, and that have no answer.
pub(in super::super) fn changes_proposed_to(scope: &Scope, by_others_than: AccountId) -> Condition {
    Condition::all()
        .add(scope.within(Column::ToDivision, Some(Column::ToProviderId)))
        .add(Column::DecidedAt.is_null())
        .add(Column::ProposedBy.ne(by_others_than))
}

/// Changes from and to the schools of this scope.
pub(in super::super) fn changes_from_and_to(scope: &Scope) -> Condition {
    let from = scope.within(Column::FromDivision, Some(Column::FromProviderId));
    let to = scope.within(Column::ToDivision, Some(Column::ToProviderId));
    // What else is asked for is added to it.
    Condition::all().add(Condition::any().add(from).add(to))
}

/// Changes one of whose schools lies in a division.
pub(in super::super) fn changes_of_division(code: DivisionCode) -> Condition {
    Condition::any().add(lies_in(Column::FromDivision, code)).add(lies_in(Column::ToDivision, code))
}

/// Changes from or to a school.
pub(in super::super) fn changes_of_school(id: ProviderId) -> Condition {
    Condition::any().add(Column::FromProviderId.eq(id)).add(Column::ToProviderId.eq(id))
}

/// Changes that stand there.
pub(in super::super) fn changes_in_state(state: TransferState) -> Condition {
    Condition::all().add(Column::State.eq(state.as_str()))
}

/// How many changes fulfil a condition.
pub(in super::super) async fn count_school_changes(conn: &impl ConnectionTrait, wanted: Condition) -> AppResult<u64> {
    Ok(school_change::Entity::find().filter(wanted).count(conn).await?)
}

/// Changes that fulfil a condition, the newest first, from after `after`.
pub(in super::super) async fn list_school_changes(
    conn: &impl ConnectionTrait,
    wanted: Condition,
    after: Option<SchoolChangeId>,
    rows: u64,
) -> AppResult<Vec<school_change::Model>> {
    let mut query = school_change::Entity::find().filter(wanted);
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// Says what became of a change whose record is locked.
pub(in super::super) async fn settle_school_change(
    conn: &impl ConnectionTrait,
    id: SchoolChangeId,
    state: TransferState,
    (by, at): (AccountId, Timestamp),
    (answer, seq): (Option<String>, Option<i32>),
) -> AppResult<()> {
    let update = school_change::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer))
        .col_expr(Column::Seq, Expr::value(seq));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Leads a record that is locked to another school, if it still is as it was seen; then it is one version further.
pub(in super::super) async fn change_school(
    conn: &impl ConnectionTrait,
    record: &student_record::Model,
    (to, division): (ProviderId, &str),
    at: Timestamp,
) -> AppResult<bool> {
    use student_record::Column::{Division, Id, MovedAt, ProviderId, Version};
    let update = student_record::Entity::update_many()
        .col_expr(Version, Expr::col(Version).add(1))
        .col_expr(ProviderId, Expr::value(to))
        .col_expr(Division, Expr::value(division))
        .col_expr(MovedAt, Expr::value(at))
        .filter(Id.eq(record.id))
        .filter(Version.eq(record.version));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// The school at which the step `seq` of a record was taken: the one that it left next, or the one where it is.
pub(in super::super) async fn school_at(
    conn: &impl ConnectionTrait,
    record: &student_record::Model,
    seq: i32,
) -> AppResult<ProviderId> {
    let left = school_change::Entity::find().filter(Column::RecordId.eq(record.id)).filter(Column::Seq.gte(seq));
    let next = left.order_by_asc(Column::Seq).one(conn).await?;
    Ok(next.map_or(record.provider_id, |change| change.from_provider_id))
}
