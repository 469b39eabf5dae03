//! Keys in many hands.

use super::super::entity::{key_ceremony, key_share, paper};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use shared::{
    ids::{AccountId, KeyCeremonyId, KeyShareId, PaperId},
    time::Timestamp,
};

pub(in crate::papers) async fn insert_ceremony(
    conn: &impl ConnectionTrait,
    row: key_ceremony::Model,
    shares: Vec<key_share::Model>,
) -> AppResult<()> {
    let row = key_ceremony::ActiveModel::from(row);
    key_ceremony::Entity::insert(row).exec_without_returning(conn).await?;
    let shares = shares.into_iter().map(key_share::ActiveModel::from);
    key_share::Entity::insert_many(shares).exec_without_returning(conn).await?;
    Ok(())
}

/// How the keys of these papers are split now.
pub(in crate::papers) async fn list_ceremonies(
    conn: &impl ConnectionTrait,
    papers: &[PaperId],
) -> AppResult<Vec<key_ceremony::Model>> {
    use key_ceremony::Column;
    let of_papers = key_ceremony::Entity::find().filter(Column::PaperId.is_in(papers.iter().copied()));
    Ok(of_papers.filter(Column::EndedAt.is_null()).all(conn).await?)
}

/// How keys are split now, by the ids of the splittings; those that ended are left out.
pub(in crate::papers) async fn list_ceremonies_by_id(
    conn: &impl ConnectionTrait,
    ids: &[KeyCeremonyId],
) -> AppResult<Vec<key_ceremony::Model>> {
    use key_ceremony::Column;
    let query = key_ceremony::Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.filter(Column::EndedAt.is_null()).order_by_desc(Column::Id).all(conn).await?)
}

/// The shares of these splittings, in their order.
pub(in crate::papers) async fn list_shares(
    conn: &impl ConnectionTrait,
    ceremonies: &[KeyCeremonyId],
) -> AppResult<Vec<key_share::Model>> {
    use key_share::Column;
    let query = key_share::Entity::find().filter(Column::CeremonyId.is_in(ceremonies.iter().copied()));
    Ok(query.order_by_asc(Column::Position).all(conn).await?)
}

/// Every share that an account keeps or kept.
pub(in crate::papers) async fn list_shares_of(
    conn: &impl ConnectionTrait,
    custodian: AccountId,
) -> AppResult<Vec<key_share::Model>> {
    Ok(key_share::Entity::find().filter(key_share::Column::CustodianId.eq(custodian)).all(conn).await?)
}

/// How many shares that an account keeps it has not typed back, of keys that were not split anew.
pub(in crate::papers) async fn count_unconfirmed(conn: &impl ConnectionTrait, custodian: AccountId) -> AppResult<u64> {
    use key_share::Column;
    let standing = key_ceremony::Entity::find().select_only().column(key_ceremony::Column::Id);
    let standing = standing.filter(key_ceremony::Column::EndedAt.is_null()).into_query();
    let own = key_share::Entity::find().filter(Column::CustodianId.eq(custodian)).filter(Column::ConfirmedAt.is_null());
    Ok(own.filter(Column::CeremonyId.in_subquery(standing)).count(conn).await?)
}

/// Ends a splitting, which opens nothing any more.
pub(in crate::papers) async fn end_ceremony(
    conn: &impl ConnectionTrait,
    id: KeyCeremonyId,
    now: Timestamp,
) -> AppResult<()> {
    use key_ceremony::Column;
    key_ceremony::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::WrappedKey, Expr::value(None::<Vec<u8>>))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    key_share::Entity::update_many()
        .col_expr(key_share::Column::Content, Expr::value(None::<Vec<u8>>))
        .filter(key_share::Column::CeremonyId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Says that a share was shown, and forgets it.
pub(in crate::papers) async fn note_shown(
    conn: &impl ConnectionTrait,
    id: KeyShareId,
    now: Timestamp,
) -> AppResult<()> {
    use key_share::Column;
    key_share::Entity::update_many()
        .col_expr(Column::ShownAt, Expr::value(now))
        .col_expr(Column::Content, Expr::value(None::<Vec<u8>>))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Says that a share was typed back.
pub(in crate::papers) async fn note_confirmed(
    conn: &impl ConnectionTrait,
    id: KeyShareId,
    now: Timestamp,
) -> AppResult<()> {
    use key_share::Column;
    let update = key_share::Entity::update_many().col_expr(Column::ConfirmedAt, Expr::value(now));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Keeps a share that was handed in.
pub(in crate::papers) async fn keep_handed_in(
    conn: &impl ConnectionTrait,
    id: KeyShareId,
    sealed: Vec<u8>,
    now: Timestamp,
) -> AppResult<()> {
    use key_share::Column;
    key_share::Entity::update_many()
        .col_expr(Column::HandedInAt, Expr::value(now))
        .col_expr(Column::Content, Expr::value(sealed))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Forgets the shares of a splitting that were handed in; how many.
pub(in crate::papers) async fn forget_handed_in(conn: &impl ConnectionTrait, id: KeyCeremonyId) -> AppResult<u64> {
    use key_share::Column;
    let forgotten = key_share::Entity::update_many()
        .col_expr(Column::HandedInAt, Expr::value(None::<i64>))
        .col_expr(Column::Content, Expr::value(None::<Vec<u8>>))
        .filter(Column::CeremonyId.eq(id))
        .filter(Column::HandedInAt.is_not_null())
        .exec(conn)
        .await?;
    Ok(forgotten.rows_affected)
}

/// Forgets the key of a paper that its custodians keep.
pub(in crate::papers) async fn close_ceremony(
    conn: &impl ConnectionTrait,
    ceremony: &key_ceremony::Model,
    now: Timestamp,
) -> AppResult<()> {
    use key_ceremony::Column;
    let update = key_ceremony::Entity::update_many().col_expr(Column::ClosedAt, Expr::value(now));
    update.filter(Column::Id.eq(ceremony.id)).exec(conn).await?;
    paper::Entity::update_many()
        .col_expr(paper::Column::ContentKey, Expr::value(None::<Vec<u8>>))
        .filter(paper::Column::Id.eq(ceremony.paper_id))
        .exec(conn)
        .await?;
    Ok(())
}
