//! What stands in sealed papers, and what versions say, sealed.

use super::{
    super::entity::{item, item_version},
    ROWS,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use shared::ids::{AccountId, ItemId};
use std::collections::BTreeMap;

/// The items of versions, by the numbers of these.
fn by_number(versions: &[(ItemId, i32)]) -> BTreeMap<i32, Vec<ItemId>> {
    let mut items: BTreeMap<i32, Vec<ItemId>> = BTreeMap::new();
    for (id, number) in versions {
        items.entry(*number).or_default().push(*id);
    }
    items
}

/// Says that these versions of locked items stand in a sealed paper. A newer one that does stays.
pub(in crate::item_bank) async fn freeze(conn: &impl ConnectionTrait, versions: &[(ItemId, i32)]) -> AppResult<()> {
    use item::Column;
    for (number, ids) in by_number(versions) {
        for ids in ids.chunks(ROWS) {
            let row = item::ActiveModel { frozen_version: Set(Some(number)), ..Default::default() };
            let older = Condition::any().add(Column::FrozenVersion.is_null()).add(Column::FrozenVersion.lt(number));
            let of_items = item::Entity::update_many().set(row).filter(Column::Id.is_in(ids.iter().copied()));
            of_items.filter(older).exec(conn).await?;
        }
    }
    Ok(())
}

/// Says that these versions, and those before them, are read again; how many items it opened.
pub(in crate::item_bank) async fn thaw(conn: &impl ConnectionTrait, versions: &[(ItemId, i32)]) -> AppResult<u64> {
    use item::Column;
    let mut opened = 0;
    for (number, ids) in by_number(versions) {
        for ids in ids.chunks(ROWS) {
            let row = item::ActiveModel { frozen_version: Set(None), ..Default::default() };
            let of_items = item::Entity::update_many().set(row).filter(Column::Id.is_in(ids.iter().copied()));
            opened += of_items.filter(Column::FrozenVersion.lte(number)).exec(conn).await?.rows_affected;
        }
    }
    Ok(opened)
}

/// Items that somebody wrote and that stand in sealed papers that nobody has sat yet.
pub(in crate::item_bank) async fn list_frozen_of(
    conn: &impl ConnectionTrait,
    author: AccountId,
) -> AppResult<Vec<ItemId>> {
    use item::Column;
    let query = item::Entity::find().select_only().column(Column::Id);
    let frozen = query.filter(Column::CreatedBy.eq(author)).filter(Column::FrozenVersion.is_not_null());
    Ok(frozen.into_tuple().all(conn).await?)
}

/// Those of these items that stand in sealed papers that nobody has sat yet.
pub(in crate::item_bank) async fn list_frozen_among(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<Vec<ItemId>> {
    use item::Column;
    let mut frozen: Vec<ItemId> = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let query = item::Entity::find().select_only().column(Column::Id).filter(Column::FrozenVersion.is_not_null());
        frozen.extend(query.filter(Column::Id.is_in(chunk.iter().copied())).into_tuple::<ItemId>().all(conn).await?);
    }
    Ok(frozen)
}

/// Versions whose content lies open.
pub(in crate::item_bank) async fn list_open_versions(
    conn: &impl ConnectionTrait,
    rows: u64,
) -> AppResult<Vec<item_version::Model>> {
    use item_version::Column;
    let query = item_version::Entity::find().filter(Column::Sealed.is_null());
    Ok(query.order_by_asc(Column::ItemId).order_by_asc(Column::Number).limit(rows).all(conn).await?)
}

/// Puts what a version says, sealed, in the place of the same that lies open. What it says is no other.
pub(in crate::item_bank) async fn seal_open_version(
    conn: &impl ConnectionTrait,
    (item_id, number): (ItemId, i32),
    sealed: Vec<u8>,
) -> AppResult<()> {
    use item_version::Column;
    let mut update = Query::update();
    update.table(item_version::Entity).value(Column::Sealed, Expr::value(sealed));
    update.value(Column::Content, Expr::value("")).value(Column::Title, Expr::value(""));
    update.and_where(Column::ItemId.eq(item_id)).and_where(Column::Number.eq(number));
    update.and_where(Column::Sealed.is_null());
    conn.execute(&update).await?;
    Ok(())
}
