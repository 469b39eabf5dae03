//! Statements on the feature's tables.

use super::entity::{
    picture::{ActiveModel, Column, Entity, Model},
    recording, recording_part,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, Func, OnConflict},
};

/// Adds a picture, unless it is there.
pub(super) async fn insert(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let once = OnConflict::column(Column::Sha256).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, sha256: &str) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(sha256).one(conn).await?)
}

pub(super) async fn list(conn: &impl ConnectionTrait, sha256: &[String]) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::Sha256.is_in(sha256)).all(conn).await?)
}

/// How many bytes each of these pictures has.
pub(super) async fn list_weights(conn: &impl ConnectionTrait, sha256: &[String]) -> AppResult<Vec<(String, i64)>> {
    let bytes = Func::cust("LENGTH").arg(Expr::col(Column::Content)).cast_as("BIGINT");
    let query = Entity::find().select_only().column(Column::Sha256).column_as(bytes, "bytes");
    Ok(query.filter(Column::Sha256.is_in(sha256)).into_tuple().all(conn).await?)
}

/// Adds a recording, unless it is there.
pub(super) async fn insert_recording(conn: &impl ConnectionTrait, row: recording::Model) -> AppResult<()> {
    let once = OnConflict::column(recording::Column::Sha256).do_nothing().to_owned();
    let row = recording::ActiveModel::from(row);
    recording::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

/// Adds a part of a recording, unless it is there: of the same name it is the same.
pub(super) async fn insert_recording_part(conn: &impl ConnectionTrait, row: recording_part::Model) -> AppResult<()> {
    let key = [recording_part::Column::Sha256, recording_part::Column::Part];
    let once = OnConflict::columns(key).do_nothing().to_owned();
    let row = recording_part::ActiveModel::from(row);
    recording_part::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find_recording(conn: &impl ConnectionTrait, sha256: &str) -> AppResult<Option<recording::Model>> {
    Ok(recording::Entity::find_by_id(sha256).one(conn).await?)
}

pub(super) async fn find_recording_part(
    conn: &impl ConnectionTrait,
    sha256: &str,
    part: i32,
) -> AppResult<Option<Vec<u8>>> {
    let row = recording_part::Entity::find_by_id((sha256.to_owned(), part)).one(conn).await?;
    Ok(row.map(|row| row.content))
}

/// Which of these recordings are there.
pub(super) async fn list_recordings(
    conn: &impl ConnectionTrait,
    sha256: &[String],
) -> AppResult<Vec<recording::Model>> {
    Ok(recording::Entity::find().filter(recording::Column::Sha256.is_in(sha256)).all(conn).await?)
}
