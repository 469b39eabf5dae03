//! Statements on blueprints and assemblies.

use super::super::entity::{assembly, assembly_paper, blueprint};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use shared::{
    ids::{AccountId, AssemblyId, BlueprintId, CourseId, PaperId},
    time::Timestamp,
};

pub(in crate::papers) async fn insert_blueprint(conn: &impl ConnectionTrait, row: blueprint::Model) -> AppResult<()> {
    blueprint::Entity::insert(blueprint::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The blueprint; nobody else changes it until the write ends.
pub(in crate::papers) async fn lock_blueprint(
    conn: &impl ConnectionTrait,
    id: BlueprintId,
) -> AppResult<Option<blueprint::Model>> {
    Ok(blueprint::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

pub(in crate::papers) async fn find_blueprint(
    conn: &impl ConnectionTrait,
    id: BlueprintId,
) -> AppResult<Option<blueprint::Model>> {
    Ok(blueprint::Entity::find_by_id(id).one(conn).await?)
}

/// Blueprints, the newest first, from after the last of the page before: those of one course, if that is told.
pub(in crate::papers) async fn list_blueprints(
    conn: &impl ConnectionTrait,
    course_id: Option<CourseId>,
    after: Option<BlueprintId>,
    rows: u64,
) -> AppResult<Vec<blueprint::Model>> {
    use blueprint::Column;
    let mut query = blueprint::Entity::find();
    if let Some(course_id) = course_id {
        query = query.filter(Column::CourseId.eq(course_id));
    }
    if let Some(id) = after {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// What a locked blueprint becomes.
pub(in crate::papers) struct Rewritten<'a> {
    pub(in crate::papers) title: &'a str,
    pub(in crate::papers) content: String,
    pub(in crate::papers) version: i32,
    pub(in crate::papers) changed_by: AccountId,
    pub(in crate::papers) changed_at: Timestamp,
}

/// Writes a locked blueprint anew.
pub(in crate::papers) async fn rewrite(
    conn: &impl ConnectionTrait,
    id: BlueprintId,
    new: Rewritten<'_>,
) -> AppResult<()> {
    use blueprint::Column;
    blueprint::Entity::update_many()
        .col_expr(Column::Title, Expr::value(new.title))
        .col_expr(Column::Content, Expr::value(new.content))
        .col_expr(Column::Version, Expr::value(new.version))
        .col_expr(Column::ChangedBy, Expr::value(new.changed_by))
        .col_expr(Column::ChangedAt, Expr::value(new.changed_at))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::papers) async fn insert_assembly(conn: &impl ConnectionTrait, row: assembly::Model) -> AppResult<()> {
    assembly::Entity::insert(assembly::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::papers) async fn find_assembly(
    conn: &impl ConnectionTrait,
    id: AssemblyId,
) -> AppResult<Option<assembly::Model>> {
    Ok(assembly::Entity::find_by_id(id).one(conn).await?)
}

/// The assembly; nobody else makes papers of it until the write ends.
pub(in crate::papers) async fn lock_assembly(
    conn: &impl ConnectionTrait,
    id: AssemblyId,
) -> AppResult<Option<assembly::Model>> {
    Ok(assembly::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// The assemblies by a blueprint, the newest first.
pub(in crate::papers) async fn list_assemblies(
    conn: &impl ConnectionTrait,
    id: BlueprintId,
) -> AppResult<Vec<assembly::Model>> {
    use assembly::Column;
    let query = assembly::Entity::find().filter(Column::BlueprintId.eq(id));
    Ok(query.order_by_desc(Column::Id).all(conn).await?)
}

/// The papers of these assemblies, in the order of the forms.
pub(in crate::papers) async fn list_form_papers(
    conn: &impl ConnectionTrait,
    ids: &[AssemblyId],
) -> AppResult<Vec<(AssemblyId, PaperId)>> {
    use assembly_paper::Column;
    let query = assembly_paper::Entity::find().filter(Column::AssemblyId.is_in(ids.iter().copied()));
    let rows = query.order_by_asc(Column::Form).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.assembly_id, row.paper_id)).collect())
}

pub(in crate::papers) async fn insert_form_paper(
    conn: &impl ConnectionTrait,
    row: assembly_paper::Model,
) -> AppResult<()> {
    assembly_paper::Entity::insert(assembly_paper::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}
