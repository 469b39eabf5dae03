//! Candidates who were added or taken out after registration had ended.

use super::ROWS;
use crate::{
    platform::error::AppResult,
    sittings::entity::{sitting, sitting_change},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use shared::{
    ids::{AccountId, ExamSessionId, SittingId},
    time::Timestamp,
};

/// Writes whether, and when, the candidate of a sitting was taken out.
pub(in crate::sittings) async fn set_withdrawn(
    conn: &impl ConnectionTrait,
    id: SittingId,
    withdrawn_at: Option<Timestamp>,
) -> AppResult<()> {
    use sitting::Column;
    sitting::Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(withdrawn_at.map(|at| at.0)))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// The sitting of an exam session with this ticket number, unless its candidate was taken out.
pub(in crate::sittings) async fn find_by_ticket(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    ticket_number: &str,
) -> AppResult<Option<sitting::Model>> {
    use sitting::Column;
    let query = sitting::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    Ok(query.filter(Column::TicketNumber.eq(ticket_number)).one(conn).await?)
}

/// Every sitting of a person, those that they were taken out of, too.
pub(in crate::sittings) async fn list_all_own_sittings(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<sitting::Model>> {
    Ok(sitting::Entity::find().filter(sitting::Column::AccountId.eq(account_id)).all(conn).await?)
}

/// What was changed in an exam session, the last first.
pub(in crate::sittings) async fn list_changes_in(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<sitting_change::Model>> {
    use sitting_change::Column;
    let sittings = sitting::Entity::find().select_only().column(sitting::Column::Id);
    let sittings = sittings.filter(sitting::Column::ExamSessionId.eq(id)).into_query();
    let query = sitting_change::Entity::find().filter(Column::SittingId.in_subquery(sittings));
    Ok(query.order_by_desc(Column::DecidedAt).order_by_desc(Column::Id).all(conn).await?)
}

pub(in crate::sittings) async fn insert_sitting_change(
    conn: &impl ConnectionTrait,
    row: sitting_change::Model,
) -> AppResult<()> {
    sitting_change::Entity::insert(sitting_change::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What was changed of these sittings, the last first, also of those at one moment: ids ascend.
pub(in crate::sittings) async fn list_sitting_changes(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<Vec<sitting_change::Model>> {
    use sitting_change::Column;
    let mut found = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let query = sitting_change::Entity::find().filter(Column::SittingId.is_in(chunk.iter().copied()));
        found.extend(query.all(conn).await?);
    }
    found.sort_by_key(|change: &sitting_change::Model| std::cmp::Reverse((change.decided_at, change.id)));
    Ok(found)
}
