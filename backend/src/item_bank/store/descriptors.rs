//! What is said of items.

use super::{
    super::entity::{item, item_descriptor, item_version},
    ROWS,
};
use crate::platform::{
    db::{Taken, insert_rows},
    error::AppResult,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{Ability, ItemState},
};

/// A version of an item without its content.
pub(in crate::item_bank) struct VersionHead {
    pub(in crate::item_bank) item_id: ItemId,
    pub(in crate::item_bank) number: i32,
    pub(in crate::item_bank) kind: String,
}

/// Says something new of a locked item.
pub(in crate::item_bank) async fn describe(conn: &impl ConnectionTrait, row: item_descriptor::Model) -> AppResult<()> {
    let in_force = item::ActiveModel { described: Set(row.number), ..Default::default() };
    let of_item = item::Column::Id.eq(row.item_id);
    item_descriptor::Entity::insert(item_descriptor::ActiveModel::from(row)).exec_without_returning(conn).await?;
    item::Entity::update_many().set(in_force).filter(of_item).exec(conn).await?;
    Ok(())
}

/// Keeps what is said of new items.
pub(in crate::item_bank) async fn insert_descriptors(
    conn: &impl ConnectionTrait,
    rows: &[item_descriptor::Model],
) -> AppResult<()> {
    insert_rows(conn, &rows.iter().collect::<Vec<_>>(), Taken::Fails).await.map(drop)
}

/// Everything that was said of these items, the oldest first.
pub(in crate::item_bank) async fn list_descriptors(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<Vec<item_descriptor::Model>> {
    use item_descriptor::Column;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let query = item_descriptor::Entity::find().filter(Column::ItemId.is_in(chunk.iter().copied()));
        found.extend(query.order_by_asc(Column::Number).all(conn).await?);
    }
    Ok(found)
}

/// Every version of these items without its content, the oldest first.
pub(in crate::item_bank) async fn list_version_heads(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<Vec<VersionHead>> {
    use item_version::Column;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let query = item_version::Entity::find()
            .select_only()
            .column(Column::ItemId)
            .column(Column::Number)
            .column(Column::Kind)
            .filter(Column::ItemId.is_in(chunk.iter().copied()))
            .order_by_asc(Column::Number);
        let rows: Vec<(ItemId, i32, String)> = query.into_tuple().all(conn).await?;
        found.extend(rows.into_iter().map(|(item_id, number, kind)| VersionHead { item_id, number, kind }));
    }
    Ok(found)
}

/// The items of a course that papers may take, where they count or where they are tried, and of which something is said.
pub(in crate::item_bank) async fn list_described(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
) -> AppResult<Vec<item::Model>> {
    use item::Column;
    let query = item::Entity::find()
        .filter(Column::CourseId.eq(course_id))
        .filter(Column::State.is_in([ItemState::Approved, ItemState::Trial].map(ItemState::as_str)))
        .filter(Column::RetiredAt.is_null())
        .filter(Column::Described.gt(0))
        .order_by_asc(Column::Id);
    Ok(query.all(conn).await?)
}

/// Items of this module, ability and point of knowledge and between these difficulties, as is said of them now; any
/// unless told.
pub(super) fn of_descriptors_in(
    module: Option<&str>,
    ability: Option<Ability>,
    knowledge_point: Option<&str>,
    difficulty: Option<(u16, u16)>,
) -> Option<Condition> {
    use item_descriptor::Column;
    if module.is_none() && ability.is_none() && knowledge_point.is_none() && difficulty.is_none() {
        return None;
    }
    let said = |column| Expr::col((item_descriptor::Entity, column));
    let mut in_force = Query::select()
        .expr(Expr::val(1))
        .from(item_descriptor::Entity)
        .and_where(said(Column::ItemId).eq(Expr::col((item::Entity, item::Column::Id))))
        .and_where(said(Column::Number).eq(Expr::col((item::Entity, item::Column::Described))))
        .take();
    if let Some(module) = module {
        in_force.and_where(said(Column::Module).eq(module));
    }
    if let Some(ability) = ability {
        in_force.and_where(said(Column::Ability).eq(ability.as_str()));
    }
    if let Some(knowledge_point) = knowledge_point {
        in_force.and_where(said(Column::KnowledgePoint).eq(knowledge_point));
    }
    if let Some((hardest, easiest)) = difficulty {
        in_force.and_where(said(Column::Difficulty).between(i32::from(hardest), i32::from(easiest)));
    }
    Some(Condition::all().add(Expr::exists(in_force)))
}
