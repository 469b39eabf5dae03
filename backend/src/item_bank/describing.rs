//! What items are about and how hard they are: said by their author or by who reviews, and never overwritten.

use super::{
    entity::item_descriptor,
    frozen,
    service::{in_use, state_of},
    statistics,
    store::{self, VersionHead},
};
use crate::{
    access::{Action, Permit, actions},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{Ability, Cell, Descriptor, ItemKind, ItemState, difficulty_in_force, validate_descriptor},
    problem::ProblemCode,
};
use std::collections::HashMap;

actions! {
    /// Say what an item is about.
    Describe(ItemId) = ReviewItem;
    /// Say what an item of one's own is about.
    DescribeOwn(ItemId) = AuthorItem;
}

/// An item that papers may take, as a blueprint asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedItem {
    /// The item.
    pub item_id: ItemId,
    /// Number of its newest version.
    pub version: i32,
    /// Where it stands in a blueprint.
    pub cell: Cell,
    /// How many of a thousand candidates are expected to answer it right, as was said or measured.
    pub difficulty: u16,
    /// The group that it has enemies in; empty if it has none.
    pub enemies: String,
    /// In how many tests candidates saw it, mock tests among them.
    pub uses: i64,
    /// Whether it is on trial, and stands where it counts nothing.
    pub is_trial: bool,
}

/// Says what an item is about, over the version that was read, which is 1 before anything was said. The same again is
/// no new version.
///
/// # Errors
/// The fields that are wrong; `stale` if something was said since, `wrong-state` if it was retired.
pub async fn describe<A: Action<Target = ItemId>>(
    cx: &Services,
    permit: &Permit<A>,
    seen: i32,
    new: &Descriptor,
) -> AppResult<()> {
    let wrong = validate_descriptor(new);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let (id, person, new) = (*permit.target(), permit.person()?, new.trimmed());
    cx.db
        .write(permit, async |tx| {
            let item = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if item.described + 1 != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            in_use(&item)?;
            let said = store::list_descriptors(tx.conn(), &[id]).await?;
            if said.last().map(descriptor).transpose()?.as_ref() == Some(&new) {
                return Ok(());
            }
            tx.note("descriptor", serde_json::to_value(&new).map_err(AppError::internal)?);
            say(tx, (id, seen), person, &new).await
        })
        .await
}

/// Says something new of a locked item, within a write; `number` is the version that it becomes.
pub(super) async fn say(tx: &Tx, version: (ItemId, i32), person: AccountId, new: &Descriptor) -> AppResult<()> {
    store::describe(tx.conn(), row(tx, version, person, new)).await
}

/// What somebody says of an item within a write, as it is kept.
pub(super) fn row(
    tx: &Tx,
    (item_id, number): (ItemId, i32),
    person: AccountId,
    new: &Descriptor,
) -> item_descriptor::Model {
    item_descriptor::Model {
        item_id,
        number,
        module: new.module.clone(),
        knowledge_point: new.knowledge_point.clone(),
        ability: new.ability.as_str().to_owned(),
        difficulty: i32::from(new.difficulty),
        enemies: new.enemies.clone(),
        described_by: person,
        described_at: tx.now(),
    }
}

/// What a row says.
pub(super) fn descriptor(row: &item_descriptor::Model) -> AppResult<Descriptor> {
    let unknown = || AppError::internal(format!("an item asks for {}", row.ability));
    Ok(Descriptor {
        module: row.module.clone(),
        knowledge_point: row.knowledge_point.clone(),
        ability: Ability::parse(&row.ability).ok_or_else(unknown)?,
        difficulty: u16::try_from(row.difficulty).map_err(AppError::internal)?,
        enemies: row.enemies.clone(),
    })
}

/// Every item of a course that papers may take and of which it is said what it is about, in the order of their ids.
///
/// # Errors
/// If the store fails.
pub async fn described(cx: &Services, course_id: CourseId) -> AppResult<Vec<DescribedItem>> {
    let items = store::list_described(cx.db.read(), course_id).await?;
    let (ids, now) = (items.iter().map(|item| item.id).collect::<Vec<_>>(), cx.clock.now());
    let heads = newest_heads(cx, &ids).await?;
    let said = store::list_descriptors(cx.db.read(), &ids).await?;
    let said: HashMap<_, _> = said.into_iter().map(|row| (row.item_id, row)).collect();
    let uses = store::count_uses(cx.db.read(), &ids).await?;
    let all = items.iter().filter_map(|item| Some((item, heads.get(&item.id)?, said.get(&item.id)?)));
    all.map(|(item, head, row)| {
        let Descriptor { module, ability, difficulty, enemies, .. } = descriptor(row)?;
        let kind = ItemKind::parse(&head.kind).ok_or_else(|| AppError::internal("unknown kind of an item"))?;
        let cell = Cell { module, ability, kind };
        let difficulty = difficulty_in_force(difficulty, statistics::measured(item, now)?);
        let uses = uses.get(&head.item_id).map_or(0, |(tests, _)| *tests);
        let (item_id, version, is_trial) = (head.item_id, head.number, state_of(item)? == ItemState::Trial);
        Ok(DescribedItem { item_id, version, cell, difficulty, enemies, uses, is_trial })
    })
    .collect()
}

/// The first words of these items, as their newest versions have them; of those in sealed papers that nobody has sat yet
/// nothing, and those that do not exist are missing.
///
/// # Errors
/// If the store fails.
pub async fn titles_of(cx: &Services, ids: &[ItemId]) -> AppResult<HashMap<ItemId, String>> {
    let items = store::list(cx.db.read(), ids).await?;
    frozen::shown_titles(cx, cx.db.read(), None, &items).await
}

async fn newest_heads(cx: &Services, ids: &[ItemId]) -> AppResult<HashMap<ItemId, VersionHead>> {
    let heads = store::list_version_heads(cx.db.read(), ids).await?;
    Ok(heads.into_iter().map(|head| (head.item_id, head)).collect())
}
