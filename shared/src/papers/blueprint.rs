//! Blueprints: how many items of which module, ability and kind a paper has, and what else its forms must keep.

use crate::{
    ids::ItemId,
    item_bank::{ALL_OF_THEM, Ability, Cell, DifficultyBand, ItemKind, MODULE_CHARS},
    points::Points,
    problem::FieldError,
    rights::text_enum,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::{BANDS, DifficultyMix, ITEM_COUNT, ITEM_POINTS};

/// Rows of a blueprint.
pub const ROW_COUNT: usize = 60;
/// Forms that are drawn together, without the spare one.
pub const FORMS: std::ops::RangeInclusive<u8> = 1..=4;
/// Places of a form that count nothing: candidates spend time on them.
pub const TRIAL_PLACES: u16 = 20;
/// Items that a blueprint names.
pub const NAMED_ITEMS: usize = 500;

/// What the forms of a paper must keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// The fields of the table, each once.
    pub rows: Vec<BlueprintRow>,
    /// What a form is worth.
    pub total: Points,
    /// Items that every form holds.
    pub mandatory: Vec<ItemId>,
    /// Items that no form holds.
    pub excluded: Vec<ItemId>,
    /// How many forms are drawn.
    pub forms: u8,
    /// Whether one form more is drawn, to be kept in reserve.
    pub has_spare: bool,
    /// How many items two forms may have in common beside the mandatory ones.
    pub shared_limit: u16,
    /// How many items of a form may have stood in the papers of the last three exam sessions of the course.
    pub recent_limit: u16,
    /// An item that stood in so many sealed papers is not drawn any more; without it, none is too well known.
    pub exposure_cap: Option<u16>,
    /// How many of a thousand points a candidate is expected to earn.
    pub difficulty: u16,
    /// How far from that a form may be, in thousandths, either way.
    pub tolerance: u16,
    /// Which share of the items is hard, medium and easy; any unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mix: Option<DifficultyMix>,
    /// How many items of its fields a form holds beside the others that are tried, and count nothing (ADR 56).
    #[serde(default, skip_serializing_if = "is_none_at_all")]
    pub trial_places: u16,
}

/// Whether a number is left out of what is written.
fn is_none_at_all(number: &u16) -> bool {
    *number == 0
}

/// One field of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlueprintRow {
    /// The module of the course.
    pub module: String,
    /// What is asked for.
    pub ability: Ability,
    /// The kind of item.
    pub kind: ItemKind,
    /// How many items.
    pub count: u16,
    /// What each of them is worth.
    pub points: Points,
}

/// One item of a bank, as a blueprint sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BankItem {
    /// The item.
    pub item_id: ItemId,
    /// Number of its newest version.
    pub version: i32,
    /// Where it stands.
    pub cell: Cell,
    /// How many of a thousand candidates are expected to answer it right.
    pub difficulty: u16,
    /// The group that it has enemies in; empty if it has none.
    pub enemies: String,
    /// How many sealed papers it stood in, or in how many tests candidates saw it, if those are more.
    pub exposure: u16,
    /// Whether it stood in a paper of the last three exam sessions of the course.
    pub is_recent: bool,
    /// Whether it is on trial, and stands where it counts nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_trial: bool,
}

/// What a bank has for blueprints, without the items one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BankSummary {
    /// The fields that have items.
    pub cells: Vec<CellSummary>,
    /// The items that the blueprint names, as far as they are there.
    pub named: Vec<BankItem>,
    /// The fields that have items on trial.
    #[serde(default)]
    pub on_trial: Vec<TrialSummary>,
}

/// What a bank has on trial in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialSummary {
    /// The field.
    pub cell: Cell,
    /// How many items.
    pub items: u32,
}

/// What a bank has in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CellSummary {
    /// The field.
    pub cell: Cell,
    /// How many items stood in no sealed paper, in one, in two, ….
    pub by_exposure: Vec<u32>,
    /// The same of the hard, the medium and the easy ones, in this order.
    #[serde(default)]
    pub by_band: Vec<Vec<u32>>,
    /// The smallest difficulty number among them.
    pub hardest: u16,
    /// The largest.
    pub easiest: u16,
}

text_enum! {
    /// Why a blueprint cannot be met.
    ContradictionKind {
        /// The rows add up to something else than the total; in points.
        OtherTotal = "other_total",
        /// A row before this one is for the same field.
        SameField = "same_field",
        /// The bank has fewer items than the forms take.
        TooFewItems = "too_few_items",
        /// More items of this field are mandatory than a form has of it.
        TooManyMandatory = "too_many_mandatory",
        /// A mandatory item is of no row, or is not in the bank; counts the items.
        MandatoryNowhere = "mandatory_nowhere",
        /// An item is mandatory and excluded; counts the items.
        MandatoryExcluded = "mandatory_excluded",
        /// The bank has fewer items of a band than the mix takes of the row; counts those of all bands.
        MixOutOfReach = "mix_out_of_reach",
        /// No choice of items comes near enough to the difficulty; in thousandths.
        DifficultyOutOfReach = "difficulty_out_of_reach",
        /// Forms must hold more items of the last sessions than they may.
        TooManyRecent = "too_many_recent",
        /// Enemies leave fewer items than the forms take.
        EnemiesInTheWay = "enemies_in_the_way",
        /// Fewer items of the blueprint's fields are on trial than the forms try.
        TooFewOnTrial = "too_few_on_trial",
        /// Each row could be met, but not all of them together; this one was the last that could not.
        NotTogether = "not_together",
    }
}

/// One thing that keeps a blueprint from being met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contradiction {
    /// The row, from 0; absent if it is of the whole.
    pub row: Option<u16>,
    /// What is wrong.
    pub kind: ContradictionKind,
    /// How many are wanted, or how much.
    pub wanted: i32,
    /// How many are there, or how much.
    pub there: i32,
}

impl Contradiction {
    pub(super) fn at(row: usize, kind: ContradictionKind, wanted: usize, there: usize) -> Self {
        Self { row: u16::try_from(row).ok(), kind, wanted: whole(wanted), there: whole(there) }
    }

    pub(super) const fn of_all(kind: ContradictionKind, wanted: i32, there: i32) -> Self {
        Self { row: None, kind, wanted, there }
    }

    pub(super) fn of_whole(kind: ContradictionKind, wanted: usize, there: usize) -> Self {
        Self::of_all(kind, whole(wanted), whole(there))
    }
}

pub(super) fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl BlueprintRow {
    /// The field that it is for.
    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell { module: self.module.trim().to_owned(), ability: self.ability, kind: self.kind }
    }
}

impl Blueprint {
    /// How many forms are drawn, with the spare one.
    #[must_use]
    pub fn all_forms(&self) -> usize {
        usize::from(self.forms) + usize::from(self.has_spare)
    }

    /// What its rows are worth together.
    #[must_use]
    pub fn points(&self) -> Points {
        let of_row = |row: &BlueprintRow| row.points.0.saturating_mul(i32::from(row.count));
        Points(self.rows.iter().map(of_row).fold(0, i32::saturating_add))
    }

    /// Whether an item may be drawn, which a mandatory one need not.
    #[must_use]
    pub fn may_draw(&self, item: &BankItem) -> bool {
        let is_worn = self.exposure_cap.is_some_and(|cap| item.exposure >= cap);
        !is_worn && !self.excluded.contains(&item.item_id)
    }
}

impl BankSummary {
    /// What `bank` has, and those of its items that are named.
    #[must_use]
    pub fn of(bank: &[BankItem], blueprint: Option<&Blueprint>) -> Self {
        let mut cells: BTreeMap<&Cell, CellSummary> = BTreeMap::new();
        let mut on_trial: BTreeMap<&Cell, u32> = BTreeMap::new();
        for item in bank.iter().filter(|item| item.is_trial) {
            *on_trial.entry(&item.cell).or_insert(0) += 1;
        }
        for item in bank.iter().filter(|item| !item.is_trial) {
            let found = cells.entry(&item.cell).or_insert_with(|| CellSummary {
                cell: item.cell.clone(),
                by_exposure: Vec::new(),
                by_band: vec![Vec::new(); BANDS],
                hardest: item.difficulty,
                easiest: item.difficulty,
            });
            count(&mut found.by_exposure, item.exposure);
            count(&mut found.by_band[DifficultyBand::of(item.difficulty).place()], item.exposure);
            found.hardest = found.hardest.min(item.difficulty);
            found.easiest = found.easiest.max(item.difficulty);
        }
        let named: BTreeSet<_> = blueprint.iter().flat_map(|of| of.mandatory.iter().chain(&of.excluded)).collect();
        let named = bank.iter().filter(|item| named.contains(&item.item_id)).cloned().collect();
        let summary = |(cell, items): (&Cell, u32)| TrialSummary { cell: cell.clone(), items };
        Self { cells: cells.into_values().collect(), named, on_trial: on_trial.into_iter().map(summary).collect() }
    }

    /// How many items of a field are below a cap.
    pub(super) fn below(&self, cell: &Cell, cap: Option<u16>) -> usize {
        let Some(found) = self.cells.iter().find(|found| found.cell == *cell) else { return 0 };
        below(&found.by_exposure, cap)
    }

    /// The same of each band; none where nothing is known of bands.
    pub(super) fn below_of_bands(&self, cell: &Cell, cap: Option<u16>) -> [usize; BANDS] {
        let mut there = [0; BANDS];
        if let Some(found) = self.cells.iter().find(|found| found.cell == *cell) {
            for (there, counts) in there.iter_mut().zip(&found.by_band) {
                *there = below(counts, cap);
            }
        }
        there
    }
}

/// Counts an item by how many sealed papers it stood in.
fn count(counts: &mut Vec<u32>, exposure: u16) {
    let exposure = usize::from(exposure);
    if counts.len() <= exposure {
        counts.resize(exposure + 1, 0);
    }
    counts[exposure] += 1;
}

fn below(counts: &[u32], cap: Option<u16>) -> usize {
    counts.iter().take(cap.map_or(counts.len(), usize::from)).map(|count| *count as usize).sum()
}

/// Everything that is wrong with the form of a blueprint, each with a JSON pointer. Whether it can be met is another
/// question, which [`super::contradictions()`] answers.
#[must_use]
pub fn validate_blueprint(blueprint: &Blueprint) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if blueprint.rows.is_empty() {
        errors.push(FieldError::new("/rows", "required"));
    }
    let items: usize = blueprint.rows.iter().map(|row| usize::from(row.count)).sum();
    if blueprint.rows.len() > ROW_COUNT || items + usize::from(blueprint.trial_places) > *ITEM_COUNT.end() {
        errors.push(FieldError::new("/rows", "too-long"));
    }
    for (at, row) in blueprint.rows.iter().enumerate() {
        let mut wrong = |field: &str, code: &str| errors.push(FieldError::new(format!("/rows/{at}/{field}"), code));
        match row.module.trim().chars().count() {
            0 => wrong("module", "required"),
            long if long > MODULE_CHARS => wrong("module", "too-long"),
            _ => {}
        }
        if row.count == 0 {
            wrong("count", "out-of-range");
        }
        if !ITEM_POINTS.contains(&row.points) {
            wrong("points", "out-of-range");
        }
    }
    let numbers = [
        ("/total", blueprint.total > Points::ZERO),
        ("/forms", FORMS.contains(&blueprint.forms)),
        ("/difficulty", blueprint.difficulty <= ALL_OF_THEM),
        ("/tolerance", blueprint.tolerance <= ALL_OF_THEM),
        ("/exposure_cap", blueprint.exposure_cap != Some(0)),
        ("/trial_places", blueprint.trial_places <= TRIAL_PLACES),
    ];
    errors.extend(numbers.iter().filter(|(_, is_right)| !is_right).map(|(at, _)| FieldError::new(*at, "out-of-range")));
    errors.extend(blueprint.mix.and_then(DifficultyMix::wrong));
    for (pointer, named) in [("/mandatory", &blueprint.mandatory), ("/excluded", &blueprint.excluded)] {
        let once: BTreeSet<_> = named.iter().collect();
        if named.len() > NAMED_ITEMS {
            errors.push(FieldError::new(pointer, "too-long"));
        } else if once.len() < named.len() {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
    }
    errors
}

#[cfg(test)]
mod tests;
