//! Statements on the rooms of exam sites.

use super::places::{Stored, stored};
use crate::{
    organisation::entity::{exam_room, exam_site},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use shared::ids::{ExamRoomId, ExamSiteId};

pub(in crate::organisation) async fn insert_exam_room(
    conn: &impl ConnectionTrait,
    row: exam_room::Model,
) -> AppResult<Stored> {
    stored(exam_room::Entity::insert(row.into_active_model()).exec_without_returning(conn).await)
}

pub(in crate::organisation) async fn find_exam_room(
    conn: &impl ConnectionTrait,
    id: ExamRoomId,
) -> AppResult<Option<exam_room::Model>> {
    Ok(exam_room::Entity::find_by_id(id).one(conn).await?)
}

/// Stores a room over the version that its author has seen.
pub(in crate::organisation) async fn replace_exam_room(
    conn: &impl ConnectionTrait,
    seen: i32,
    row: exam_room::Model,
) -> AppResult<Stored> {
    use exam_room::Column;
    let id = row.id;
    let update = exam_room::Entity::update_many().set(row.into_active_model().reset_all());
    let update = update.filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
    stored(update.exec(conn).await.map(|updated| updated.rows_affected))
}

/// The rooms of these sites, each site's by number.
pub(in crate::organisation) async fn list_exam_rooms(
    conn: &impl ConnectionTrait,
    sites: &[ExamSiteId],
) -> AppResult<Vec<exam_room::Model>> {
    use exam_room::Column;
    let theirs = exam_room::Entity::find().filter(Column::ExamSiteId.is_in(sites.iter().copied()));
    Ok(theirs.order_by_asc(Column::ExamSiteId).order_by_asc(Column::Number).all(conn).await?)
}

/// Sites that fulfil a condition, by id.
pub(in crate::organisation) async fn list_exam_sites_within(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<Vec<exam_site::Model>> {
    Ok(exam_site::Entity::find().filter(within).order_by_asc(exam_site::Column::Id).all(conn).await?)
}

/// These sites, by id.
pub(in crate::organisation) async fn list_exam_sites(
    conn: &impl ConnectionTrait,
    ids: &[ExamSiteId],
) -> AppResult<Vec<exam_site::Model>> {
    use exam_site::Column;
    let these = exam_site::Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(these.order_by_asc(Column::Id).all(conn).await?)
}
