//! Which items have certain traits.

use super::{
    super::entity::{item, item_use, item_version},
    descriptors::of_descriptors_in,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use shared::{
    item_bank::{Ability, DifficultyBand, DifficultySource, ItemTraits, ItemUsage},
    time::Timestamp,
};

/// What is said of items, as a list is narrowed down by it.
#[derive(Clone, Copy, Default)]
pub(in crate::item_bank) struct Said<'s> {
    /// The module.
    pub(in crate::item_bank) module: Option<&'s str>,
    /// The ability.
    pub(in crate::item_bank) ability: Option<Ability>,
}

/// Items of which this is said now and that have these traits. A measured difficulty is in force from `least` candidates
/// on. Whose they are is judged elsewhere.
pub(in crate::item_bank) fn with_traits(said: Said<'_>, traits: &ItemTraits, least: u32) -> Condition {
    let Said { module, ability } = said;
    let knowledge_point = traits.knowledge_point.as_deref();
    Condition::all()
        .add_option(of_descriptors_in(module, ability, knowledge_point, None))
        .add_option(traits.band.map(|band| of_band(band, traits.source.unwrap_or_default(), least)))
        .add_option(traits.kind.map(|kind| {
            use item_version::{Column, Entity};
            // Every version of an item has the kind of the first.
            let of_kind = Entity::find().select_only().column(Column::ItemId).filter(Column::Number.eq(1));
            item::Column::Id.in_subquery(of_kind.filter(Column::Kind.eq(kind.as_str())).into_query())
        }))
        .add_option(traits.usage.map(of_usage))
        .add_option(traits.unused_since.map(|day| {
            let used = seen_in_tests().filter(item_use::Column::UsedAt.gte(Timestamp::of_day_in_china(day)));
            item::Column::Id.not_in_subquery(used.into_query())
        }))
}

fn of_band(band: DifficultyBand, source: DifficultySource, least: u32) -> Condition {
    use item::Column;
    let (hardest, easiest) = band.range();
    let stated = || Condition::all().add_option(of_descriptors_in(None, None, None, Some((hardest, easiest))));
    let measured = |from: i32| {
        let in_band = Column::MeasuredDifficulty.between(i32::from(hardest), i32::from(easiest));
        Condition::all().add(Column::MeasuredCandidates.gte(from)).add(in_band)
    };
    let least = i32::try_from(least).unwrap_or(i32::MAX);
    match source {
        DifficultySource::Stated => stated(),
        DifficultySource::Measured => measured(1),
        DifficultySource::InForce => {
            Condition::any().add(measured(least)).add(stated().add(Column::MeasuredCandidates.lt(least)))
        }
    }
}

fn of_usage(usage: ItemUsage) -> Condition {
    let often = |tests: SelectStatement| Condition::all().add(item::Column::Id.in_subquery(tests));
    let tests = || item_use::Column::ExamSessionId.count();
    let counted = || seen_in_tests().group_by(item_use::Column::ItemId);
    match usage {
        ItemUsage::Unused => Condition::all().add(item::Column::Id.not_in_subquery(seen_in_tests().into_query())),
        ItemUsage::UsedOnce => often(counted().having(tests().eq(1)).into_query()),
        ItemUsage::UsedOften => often(counted().having(tests().gt(1)).into_query()),
    }
}

/// The items that candidates saw.
fn seen_in_tests() -> sea_orm::Select<item_use::Entity> {
    item_use::Entity::find().select_only().column(item_use::Column::ItemId)
}
