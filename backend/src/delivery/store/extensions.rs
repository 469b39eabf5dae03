//! Statements on time that waits for a second person.

use crate::{delivery::entity::extension_proposal, platform::error::AppResult};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use shared::{
    ids::{AccountId, ExamSessionId, ExtensionProposalId},
    time::Timestamp,
};

/// Keeps a proposal.
pub(in crate::delivery) async fn insert_extension(
    conn: &impl ConnectionTrait,
    row: extension_proposal::Model,
) -> AppResult<()> {
    let row = extension_proposal::ActiveModel::from(row);
    extension_proposal::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// One proposal of an exam session.
pub(in crate::delivery) async fn find_extension(
    conn: &impl ConnectionTrait,
    (exam_session, id): (ExamSessionId, ExtensionProposalId),
) -> AppResult<Option<extension_proposal::Model>> {
    let of_test = extension_proposal::Column::ExamSessionId.eq(exam_session);
    Ok(extension_proposal::Entity::find_by_id(id).filter(of_test).one(conn).await?)
}

/// The proposals of an exam session about which nobody has decided, the first first.
pub(in crate::delivery) async fn list_waiting_extensions(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<extension_proposal::Model>> {
    use extension_proposal::Column;
    let waiting =
        extension_proposal::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::DecidedAt.is_null());
    Ok(waiting.order_by_asc(Column::ProposedAt).order_by_asc(Column::Id).all(conn).await?)
}

/// Says that the time was given, to how many, and how many were passed over.
pub(in crate::delivery) async fn note_confirmed(
    conn: &impl ConnectionTrait,
    id: ExtensionProposalId,
    (person, now): (AccountId, Timestamp),
    (extended, passed_over): (i32, i32),
) -> AppResult<()> {
    use extension_proposal::Column;
    extension_proposal::Entity::update_many()
        .col_expr(Column::ConfirmedBy, Expr::value(person))
        .col_expr(Column::DecidedAt, Expr::value(now))
        .col_expr(Column::Extended, Expr::value(extended))
        .col_expr(Column::PassedOver, Expr::value(passed_over))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Says that nothing comes of it.
pub(in crate::delivery) async fn note_dropped(
    conn: &impl ConnectionTrait,
    id: ExtensionProposalId,
    (person, now): (AccountId, Timestamp),
) -> AppResult<()> {
    use extension_proposal::Column;
    extension_proposal::Entity::update_many()
        .col_expr(Column::DroppedBy, Expr::value(person))
        .col_expr(Column::DecidedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}
