//! What items are found by, and which are alike.

use super::{
    super::entity::{item, item_alike, item_band, item_text},
    ROWS,
};
use crate::platform::{
    db::{Taken, contains, insert_rows},
    error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::ids::{CourseId, ItemId};
use std::collections::HashMap;

/// Forgets everything that was derived from these items.
pub(in crate::item_bank) async fn forget_texts(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<()> {
    forget_words(conn, ids).await?;
    for chunk in ids.chunks(ROWS) {
        let of_bands = item_band::Column::ItemId.is_in(chunk.iter().copied());
        item_band::Entity::delete_many().filter(of_bands).exec(conn).await?;
    }
    forget_alike(conn, ids).await
}

/// Forgets the words of these items; what they are compared by stays, and tells none of them.
pub(in crate::item_bank) async fn forget_words(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<()> {
    for chunk in ids.chunks(ROWS) {
        let of_texts = item_text::Column::ItemId.is_in(chunk.iter().copied());
        item_text::Entity::delete_many().filter(of_texts).exec(conn).await?;
    }
    Ok(())
}

/// Forgets that these items are alike with others.
pub(in crate::item_bank) async fn forget_alike(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<()> {
    use item_alike::Column;
    for chunk in ids.chunks(ROWS) {
        let either = Condition::any()
            .add(Column::ItemId.is_in(chunk.iter().copied()))
            .add(Column::OtherId.is_in(chunk.iter().copied()));
        item_alike::Entity::delete_many().filter(either).exec(conn).await?;
    }
    Ok(())
}

pub(in crate::item_bank) async fn insert_texts(
    conn: &impl ConnectionTrait,
    texts: &[item_text::Model],
    bands: &[item_band::Model],
) -> AppResult<()> {
    insert_rows(conn, &texts.iter().collect::<Vec<_>>(), Taken::Fails).await?;
    insert_rows(conn, &bands.iter().collect::<Vec<_>>(), Taken::Stays).await.map(drop)
}

pub(in crate::item_bank) async fn insert_alike(
    conn: &impl ConnectionTrait,
    pairs: &[item_alike::Model],
) -> AppResult<()> {
    insert_rows(conn, &pairs.iter().collect::<Vec<_>>(), Taken::Stays).await.map(drop)
}

/// The items of a course that have each of these bands, the newest first, so many at most.
pub(in crate::item_bank) async fn list_of_bands(
    conn: &impl ConnectionTrait,
    (course_id, most): (CourseId, usize),
    bands: &[i64],
) -> AppResult<HashMap<i64, Vec<ItemId>>> {
    use item_band::Column;
    let mut found: HashMap<i64, Vec<ItemId>> = HashMap::new();
    for chunk in bands.chunks(ROWS) {
        let query = item_band::Entity::find()
            .select_only()
            .columns([Column::Band, Column::ItemId])
            .filter(Column::CourseId.eq(course_id))
            .filter(Column::Band.is_in(chunk.iter().copied()))
            .order_by_desc(Column::ItemId);
        let rows: Vec<(i64, ItemId)> = query.into_tuple().all(conn).await?;
        for (band, item_id) in rows {
            let of_band = found.entry(band).or_default();
            if of_band.len() < most {
                of_band.push(item_id);
            }
        }
    }
    Ok(found)
}

/// The texts of these items.
pub(in crate::item_bank) async fn list_texts(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<HashMap<ItemId, String>> {
    use item_text::Column;
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let query = item_text::Entity::find().filter(Column::ItemId.is_in(chunk.iter().copied()));
        found.extend(query.all(conn).await?.into_iter().map(|row| (row.item_id, row.text)));
    }
    Ok(found)
}

/// What is alike with these items, of each the most alike first.
pub(in crate::item_bank) async fn list_alike(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<Vec<item_alike::Model>> {
    use item_alike::Column;
    let mut found = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let query = item_alike::Entity::find().filter(Column::ItemId.is_in(chunk.iter().copied()));
        found.extend(query.order_by_desc(Column::Resemblance).order_by_asc(Column::OtherId).all(conn).await?);
    }
    Ok(found)
}

/// Items that have no text by this rule, with their courses; those in sealed papers have none.
pub(in crate::item_bank) async fn list_without_text(
    conn: &impl ConnectionTrait,
    rule: i32,
    rows: u64,
) -> AppResult<Vec<(ItemId, CourseId)>> {
    use item::Column;
    let by_rule = text_of_item().and_where(Expr::col((item_text::Entity, item_text::Column::Rule)).eq(rule)).take();
    let query = item::Entity::find()
        .select_only()
        .columns([Column::Id, Column::CourseId])
        .filter(Column::FrozenVersion.is_null())
        .filter(Expr::exists(by_rule).not())
        .order_by_asc(Column::Id)
        .limit(rows);
    Ok(query.into_tuple().all(conn).await?)
}

/// Items in whose text these letters stand.
pub(in crate::item_bank) fn of_letters(letters: &str) -> Condition {
    Condition::all().add(Expr::exists(text_of_item().and_where(contains(item_text::Column::Text, letters)).take()))
}

/// Items that are alike with another.
pub(in crate::item_bank) fn of_alike() -> Condition {
    let any = Query::select()
        .expr(Expr::val(1))
        .from(item_alike::Entity)
        .and_where(Expr::col((item_alike::Entity, item_alike::Column::ItemId)).eq(id_of_item()))
        .take();
    Condition::all().add(Expr::exists(any))
}

/// The text of the item that the statement around is about.
fn text_of_item() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(item_text::Entity)
        .and_where(Expr::col((item_text::Entity, item_text::Column::ItemId)).eq(id_of_item()))
        .take()
}

fn id_of_item() -> Expr {
    Expr::col((item::Entity, item::Column::Id))
}
