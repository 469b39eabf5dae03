//! Systems of others that read what the learners of a class do.

use crate::{
    learning::entity::statement_reader::{Column, Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::ids::{ClassId, StatementReaderId};

pub(in crate::learning) async fn insert_statement_reader(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_statement_reader(
    conn: &impl ConnectionTrait,
    id: StatementReaderId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The reader; nobody else changes it until the write ends.
pub(in crate::learning) async fn lock_statement_reader(
    conn: &impl ConnectionTrait,
    id: StatementReaderId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// The reader of a class that has this name and was not ended.
pub(in crate::learning) async fn find_standing_statement_reader(
    conn: &impl ConnectionTrait,
    class_id: ClassId,
    name: &str,
) -> AppResult<Option<Model>> {
    let query = Entity::find().filter(Column::ClassId.eq(class_id)).filter(Column::Name.eq(name));
    Ok(query.filter(Column::EndedAt.is_null()).one(conn).await?)
}

/// Stores a reader that was locked, or whose class was.
pub(in crate::learning) async fn update_statement_reader(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The readers of a class, the newest first.
pub(in crate::learning) async fn list_statement_readers(
    conn: &impl ConnectionTrait,
    class_id: ClassId,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ClassId.eq(class_id));
    Ok(query.order_by_desc(Column::GivenAt).order_by_desc(Column::Id).all(conn).await?)
}
