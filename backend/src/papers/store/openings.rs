//! Openings of closed papers by two persons.

use super::{
    super::entity::{paper, paper_opening},
    PAPERS,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use shared::{
    ids::{AccountId, PaperId, PaperOpeningId},
    papers::OPENING_WAITS_S,
    time::Timestamp,
};
use std::collections::HashMap;

pub(in crate::papers) async fn insert_opening(conn: &impl ConnectionTrait, row: paper_opening::Model) -> AppResult<()> {
    paper_opening::Entity::insert(paper_opening::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The newest opening of each of these papers.
pub(in crate::papers) async fn newest_openings(
    conn: &impl ConnectionTrait,
    papers: &[PaperId],
) -> AppResult<HashMap<PaperId, paper_opening::Model>> {
    use paper_opening::Column;
    let mut newest = HashMap::new();
    for chunk in papers.chunks(PAPERS) {
        let query = paper_opening::Entity::find().filter(Column::PaperId.is_in(chunk.iter().copied()));
        let rows = query.order_by_asc(Column::ProposedAt).order_by_asc(Column::Id).all(conn).await?;
        newest.extend(rows.into_iter().map(|row| (row.paper_id, row)));
    }
    Ok(newest)
}

/// Says who opened a paper.
pub(in crate::papers) async fn note_opened(
    conn: &impl ConnectionTrait,
    id: PaperOpeningId,
    (person, now): (AccountId, Timestamp),
) -> AppResult<()> {
    use paper_opening::Column;
    paper_opening::Entity::update_many()
        .col_expr(Column::OpenedBy, Expr::value(person))
        .col_expr(Column::OpenedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Papers that somebody else has to see, and that nobody has opened: a proposal that lapsed is none.
pub(in crate::papers) fn awaiting_opening(account: AccountId, now: Timestamp) -> Condition {
    use paper_opening::Column;
    let waiting = paper_opening::Entity::find().select_only().column(Column::PaperId);
    let waiting = waiting.filter(Column::OpenedBy.is_null()).filter(Column::ProposedBy.ne(account));
    let waiting = waiting.filter(Column::ProposedAt.gt(now.plus_s(-OPENING_WAITS_S)));
    let is_asked_for = Condition::all().add(paper::Column::Id.in_subquery(waiting.into_query()));
    is_asked_for.add(paper::Column::DiscardedAt.is_null())
}
