//! Statements on the feature's tables.

use super::entity::{
    marking_claim, marking_reopening,
    scored_response::{ActiveModel, Column, Entity, Model},
};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, SimpleExpr},
};
use shared::{
    ids::{AccountId, ExamSessionId, ItemId, SittingId},
    points::Points,
    time::Timestamp,
};

/// Rows that one statement inserts.
const ROWS: usize = 500;

/// Inserts what has not been scored yet.
pub(super) async fn insert(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(ActiveModel::from);
        Entity::insert_many(rows)
            .on_conflict(OnConflict::columns([Column::SittingId, Column::ItemId, Column::Part]).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: uuid::Uuid) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// How many responses wait for a marker.
pub(super) async fn count_open(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<u64> {
    let open = Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::Points.is_null());
    Ok(open.count(conn).await?)
}

/// A marker who asks for work.
pub(super) struct Asker {
    pub(super) marker: AccountId,
    /// What they wrote themselves, if they are a candidate, too.
    pub(super) own_sitting: Option<SittingId>,
    pub(super) now: Timestamp,
}

/// Responses that wait for points and that the asker may have, with the last claim on each: what they
/// hold already, then the others item by item, and of a material question by question.
pub(super) async fn list_free(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    asker: &Asker,
    rows: u16,
) -> AppResult<Vec<(Model, Option<marking_claim::Model>)>> {
    let is_free = marking_claim::Column::ResponseId.is_null().or(yields_to(asker.marker, asker.now));
    let held_first: SimpleExpr = Expr::case(marking_claim::Column::MarkerId.eq(asker.marker), 0).finally(1).into();
    let open = Entity::find().find_also_related(marking_claim::Entity).filter(Column::ExamSessionId.eq(id));
    let open = open.filter(Column::Points.is_null()).filter(is_free);
    let open = match asker.own_sitting {
        Some(own) => open.filter(Column::SittingId.ne(own)),
        None => open,
    };
    let by_item = open.order_by_asc(held_first).order_by_asc(Column::ItemId).order_by_asc(Column::Part);
    let in_order = by_item.order_by_asc(Column::Id);
    Ok(in_order.limit(u64::from(rows)).all(conn).await?)
}

/// Claims responses for `marker`, new ones and those that they have; how many nobody else had at `now`.
pub(super) async fn claim(
    conn: &impl ConnectionTrait,
    claims: Vec<marking_claim::Model>,
    marker: AccountId,
    now: Timestamp,
) -> AppResult<u64> {
    use marking_claim::{ActiveModel, Column, Entity};
    if claims.is_empty() {
        return Ok(0);
    }
    let mut unless_held = OnConflict::column(Column::ResponseId);
    unless_held.update_columns([Column::MarkerId, Column::LeaseUntil]).action_and_where(yields_to(marker, now));
    let rows = claims.into_iter().map(ActiveModel::from);
    Ok(Entity::insert_many(rows).on_conflict(unless_held).exec_without_returning(conn).await?)
}

/// Whether `marker` may have at `now` what is claimed; says in the store what
/// [`shared::marking::Claim::yields_to`] says.
fn yields_to(marker: AccountId, now: Timestamp) -> SimpleExpr {
    marking_claim::Column::MarkerId.eq(marker).or(marking_claim::Column::LeaseUntil.lte(now))
}

pub(super) async fn find_claim(
    conn: &impl ConnectionTrait,
    response_id: uuid::Uuid,
) -> AppResult<Option<marking_claim::Model>> {
    Ok(marking_claim::Entity::find_by_id(response_id).one(conn).await?)
}

/// Renews everything that a marker has of an exam session.
pub(super) async fn renew_claims(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    marker: AccountId,
    until: Timestamp,
) -> AppResult<()> {
    use marking_claim::{Column, Entity};
    let held = Entity::update_many().filter(Column::ExamSessionId.eq(id)).filter(Column::MarkerId.eq(marker));
    held.col_expr(Column::LeaseUntil, Expr::value(until)).exec(conn).await?;
    Ok(())
}

/// Ends the claim of `marker` on a response; whether they had it.
pub(super) async fn end_claim(
    conn: &impl ConnectionTrait,
    response_id: uuid::Uuid,
    marker: AccountId,
) -> AppResult<bool> {
    let claim = marking_claim::Entity::delete_by_id(response_id);
    let ended = claim.filter(marking_claim::Column::MarkerId.eq(marker)).exec(conn).await?;
    Ok(ended.rows_affected == 1)
}

/// How many responses others hold at `now`.
pub(super) async fn count_with_others(conn: &impl ConnectionTrait, id: ExamSessionId, asker: &Asker) -> AppResult<u64> {
    use marking_claim::{Column, Entity};
    let held = Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::LeaseUntil.gt(asker.now));
    Ok(held.filter(Column::MarkerId.ne(asker.marker)).count(conn).await?)
}

/// What a response is worth, with its dimensions as JSON.
pub(super) struct Worth {
    pub(super) points: Points,
    pub(super) dimensions: Option<String>,
}

/// Marks a response that is not marked yet; whether it was not.
pub(super) async fn mark(
    conn: &impl ConnectionTrait,
    id: uuid::Uuid,
    worth: Worth,
    marked_by: AccountId,
    now: Timestamp,
) -> AppResult<bool> {
    let marked = Entity::update_many()
        .col_expr(Column::Points, Expr::value(worth.points.0))
        .col_expr(Column::DimensionPoints, Expr::value(worth.dimensions))
        .col_expr(Column::MarkedBy, Expr::value(marked_by.0))
        .col_expr(Column::MarkedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id))
        .filter(Column::Points.is_null())
        .exec(conn)
        .await?;
    Ok(marked.rows_affected == 1)
}

/// What each response of an exam session is worth: sitting, points, most points.
pub(super) async fn list_points(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<(SittingId, Option<Points>, Points)>> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::Points, Column::MaxPoints])
        .filter(Column::ExamSessionId.eq(id))
        .into_tuple()
        .all(conn)
        .await?)
}

/// Every response to an item of an exam session, the parts of one behind each other: sitting, part, response, points.
pub(super) async fn list_scored(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    item_id: ItemId,
) -> AppResult<Vec<(SittingId, i32, String, Option<Points>)>> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::Part, Column::Response, Column::Points])
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::ItemId.eq(item_id))
        .order_by_asc(Column::SittingId)
        .order_by_asc(Column::Part)
        .into_tuple()
        .all(conn)
        .await?)
}

/// How many responses each marker gave points, and how many still wait (nobody). What a rule scored is not counted.
pub(super) async fn count_by_marker(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<(Option<AccountId>, i64)>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::MarkedBy)
        .column_as(Column::Id.count(), "responses")
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::ScorerVersion.is_null())
        .group_by(Column::MarkedBy)
        .into_tuple()
        .all(conn)
        .await?)
}

/// How many responses each marker holds at `now`.
pub(super) async fn count_held(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    now: Timestamp,
) -> AppResult<Vec<(AccountId, i64)>> {
    use marking_claim::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .column(Column::MarkerId)
        .column_as(Column::ResponseId.count(), "responses")
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::LeaseUntil.gt(now))
        .group_by(Column::MarkerId)
        .into_tuple()
        .all(conn)
        .await?)
}

/// How often points were taken back.
pub(super) async fn count_reopened(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<u64> {
    use marking_reopening::{Column, Entity};
    Ok(Entity::find().filter(Column::ExamSessionId.eq(id)).count(conn).await?)
}

/// Responses that markers gave points, from after the key of a cursor.
pub(super) async fn list_marked(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    after: Option<uuid::Uuid>,
    rows: u64,
) -> AppResult<Vec<Model>> {
    let mut query = Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::MarkedBy.is_not_null());
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

pub(super) async fn insert_reopening(conn: &impl ConnectionTrait, row: marking_reopening::Model) -> AppResult<()> {
    use marking_reopening::{ActiveModel, Entity};
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// Takes the points of a marked response back.
pub(super) async fn unmark(conn: &impl ConnectionTrait, id: uuid::Uuid) -> AppResult<()> {
    let unmarked = ActiveModel {
        points: Set(None),
        dimension_points: Set(None),
        marked_by: Set(None),
        marked_at: Set(None),
        ..Default::default()
    };
    Entity::update_many().set(unmarked).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Every response of one sitting, the parts of one behind each other.
pub(super) async fn list_of_sitting(conn: &impl ConnectionTrait, id: SittingId) -> AppResult<Vec<Model>> {
    let of_sitting = Entity::find().filter(Column::SittingId.eq(id));
    Ok(of_sitting.order_by_asc(Column::ItemId).order_by_asc(Column::Part).all(conn).await?)
}
