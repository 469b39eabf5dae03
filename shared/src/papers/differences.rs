//! In what a form is other than its blueprint: shown while somebody changes it by hand.

use super::{BANDS, BankItem, Blueprint};
use crate::{
    item_bank::{Cell, DifficultyBand},
    points::Points,
    rights::text_enum,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One form of a paper: its items in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The items.
    pub items: Vec<FormItem>,
    /// Those that are tried beside them, and count nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trials: Vec<FormItem>,
}

/// One item of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormItem {
    /// The item.
    pub item: BankItem,
    /// What it is worth; on trial, what it looks as if it were worth.
    pub points: Points,
}

text_enum! {
    /// In what a form is other than its blueprint.
    DifferenceKind {
        /// A row has other than its number of items.
        Count = "count",
        /// Items of a row are worth other than it says; counts them.
        Points = "points",
        /// Items are of no row; counts them.
        OfNoRow = "of_no_row",
        /// Items stand twice; counts them.
        Twice = "twice",
        /// Mandatory items are missing; counts them.
        Missing = "missing",
        /// Excluded items are there; counts them.
        Excluded = "excluded",
        /// Items stood in too many sealed papers; counts them.
        Worn = "worn",
        /// Items have enemies beside them; counts the groups.
        Enemies = "enemies",
        /// More items of the last sessions than there may be.
        Recent = "recent",
        /// Too hard or too easy; in thousandths.
        Difficulty = "difficulty",
        /// Items of a row are harder or easier than its mix wants; counts them.
        Mix = "mix",
        /// Other than its number of items is tried.
        Trials = "trials",
    }
}

/// One difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The row of the blueprint, from 0; absent if it is of the whole.
    pub row: Option<u16>,
    /// What is other.
    pub kind: DifferenceKind,
    /// How many are wanted, or how much.
    pub wanted: i32,
    /// How many are there, or how much.
    pub there: i32,
}

impl Form {
    /// What its items are worth together.
    #[must_use]
    pub fn points(&self) -> Points {
        self.items.iter().map(|item| item.points).sum()
    }

    /// Every item that it holds, what is tried among them.
    pub fn all_items(&self) -> impl Iterator<Item = &FormItem> {
        self.items.iter().chain(&self.trials)
    }

    /// The same as they stand on a paper: what is tried stands among what counts of its field, by its id, so that nobody
    /// tells it from its place.
    #[must_use]
    pub fn placed(&self) -> Vec<&FormItem> {
        let mut placed: Vec<&FormItem> = self.items.iter().collect();
        for tried in &self.trials {
            let is_of_field = |item: &&FormItem| item.item.cell == tried.item.cell;
            let later = placed.iter().position(|item| is_of_field(item) && item.item.item_id > tried.item.item_id);
            let last = placed.iter().rposition(is_of_field).map_or(placed.len(), |at| at + 1);
            placed.insert(later.unwrap_or(last), tried);
        }
        placed
    }

    /// How many of a thousand points a candidate is expected to earn, to the nearest.
    #[must_use]
    pub fn difficulty(&self) -> i32 {
        let (points, earned) = (i64::from(self.points().0).max(1), self.earned());
        i32::try_from((2 * earned + points) / (2 * points)).unwrap_or(i32::MAX)
    }

    /// How many of its items are of a field.
    #[must_use]
    pub fn count(&self, cell: &Cell) -> usize {
        self.items.iter().filter(|item| item.item.cell == *cell).count()
    }

    /// How many items it has in common with another, without those that `blueprint` has in every form.
    #[must_use]
    pub fn shared_with(&self, other: &Self, blueprint: &Blueprint) -> usize {
        let others: BTreeSet<_> = other.items.iter().map(|item| item.item.item_id).collect();
        let is_shared =
            |item: &&FormItem| others.contains(&item.item.item_id) && !blueprint.mandatory.contains(&item.item.item_id);
        self.items.iter().filter(is_shared).count()
    }

    /// Thousandths of points that a candidate is expected to earn.
    fn earned(&self) -> i64 {
        self.items.iter().map(|item| i64::from(item.points.0) * i64::from(item.item.difficulty)).sum()
    }
}

/// In what `form` is other than `blueprint`, the rows first; nothing if it keeps everything.
#[must_use]
pub fn differences(blueprint: &Blueprint, form: &Form) -> Vec<Difference> {
    let mut found = of_the_rows(blueprint, form);
    let mut more = |kind: DifferenceKind, wanted: usize, there: usize| {
        if there > wanted {
            found.push(difference(None, kind, wanted, there));
        }
    };
    let cells: BTreeSet<_> = blueprint.rows.iter().map(super::BlueprintRow::cell).collect();
    let ids: BTreeSet<_> = form.items.iter().map(|item| item.item.item_id).collect();
    let counted = |is_so: &dyn Fn(&BankItem) -> bool| form.items.iter().filter(|item| is_so(&item.item)).count();
    let is_mandatory = |item: &BankItem| blueprint.mandatory.contains(&item.item_id);
    let is_worn =
        |item: &BankItem| !is_mandatory(item) && blueprint.exposure_cap.is_some_and(|cap| item.exposure >= cap);
    let missing = blueprint.mandatory.iter().filter(|id| !ids.contains(id)).count();
    more(DifferenceKind::OfNoRow, 0, counted(&|item| !cells.contains(&item.cell)));
    more(DifferenceKind::Twice, 0, form.items.len() - ids.len());
    more(DifferenceKind::Missing, 0, missing);
    more(DifferenceKind::Excluded, 0, counted(&|item| blueprint.excluded.contains(&item.item_id)));
    more(DifferenceKind::Worn, 0, counted(&is_worn));
    more(DifferenceKind::Enemies, 0, groups_of_enemies(form));
    more(DifferenceKind::Recent, usize::from(blueprint.recent_limit), counted(&|item| item.is_recent));
    if !is_near(blueprint, form) {
        let (wanted, there) = (i32::from(blueprint.difficulty), form.difficulty());
        found.push(Difference { row: None, kind: DifferenceKind::Difficulty, wanted, there });
    }
    found.extend(of_the_mix(blueprint, form));
    let (wanted, there) = (usize::from(blueprint.trial_places), form.trials.len());
    if there != wanted {
        found.push(difference(None, DifferenceKind::Trials, wanted, there));
    }
    found
}

/// Rows that have more items of a band than the mix wants.
fn of_the_mix(blueprint: &Blueprint, form: &Form) -> Vec<Difference> {
    let Some(counts) = blueprint.mixed_counts() else { return Vec::new() };
    let mut found = Vec::new();
    for (at, (row, wanted)) in blueprint.rows.iter().zip(counts).enumerate() {
        let (cell, mut there) = (row.cell(), [0_usize; BANDS]);
        for item in form.items.iter().filter(|item| item.item.cell == cell) {
            there[DifficultyBand::of(item.item.difficulty).place()] += 1;
        }
        let other: usize =
            there.iter().zip(wanted).map(|(there, wanted)| there.saturating_sub(usize::from(wanted))).sum();
        if other > 0 {
            found.push(difference(Some(at), DifferenceKind::Mix, 0, other));
        }
    }
    found
}

fn difference(row: Option<usize>, kind: DifferenceKind, wanted: usize, there: usize) -> Difference {
    let whole = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    Difference { row: row.and_then(|row| u16::try_from(row).ok()), kind, wanted: whole(wanted), there: whole(there) }
}

fn of_the_rows(blueprint: &Blueprint, form: &Form) -> Vec<Difference> {
    let mut found = Vec::new();
    for (at, row) in blueprint.rows.iter().enumerate() {
        let (cell, wanted) = (row.cell(), usize::from(row.count));
        let there = form.count(&cell);
        if there != wanted {
            found.push(difference(Some(at), DifferenceKind::Count, wanted, there));
        }
        let is_other = |item: &&FormItem| item.item.cell == cell && item.points != row.points;
        let other = form.items.iter().filter(is_other).count();
        if other > 0 {
            found.push(difference(Some(at), DifferenceKind::Points, 0, other));
        }
    }
    found
}

/// Groups of which more than one item is there.
fn groups_of_enemies(form: &Form) -> usize {
    let mut groups = BTreeMap::new();
    for item in form.all_items().filter(|item| !item.item.enemies.is_empty()) {
        *groups.entry(item.item.enemies.as_str()).or_insert(0) += 1;
    }
    groups.values().filter(|count| **count > 1).count()
}

/// Whether the difficulty is within the tolerance, exactly.
fn is_near(blueprint: &Blueprint, form: &Form) -> bool {
    let points = i64::from(form.points().0);
    let off = (form.earned() - i64::from(blueprint.difficulty) * points).abs();
    off <= i64::from(blueprint.tolerance) * points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::ItemId,
        item_bank::{Ability, ItemKind},
        papers::BlueprintRow,
    };

    fn item(id: u128, difficulty: u16) -> FormItem {
        let cell = Cell { module: "M".to_owned(), ability: Ability::Recall, kind: ItemKind::SingleChoice };
        let item_id = ItemId(uuid::Uuid::from_u128(id));
        let (enemies, version, exposure) = (String::new(), 1, 0);
        let item =
            BankItem { item_id, version, cell, difficulty, enemies, exposure, is_recent: false, is_trial: false };
        FormItem { item, points: Points(200) }
    }

    fn blueprint() -> Blueprint {
        let row = BlueprintRow {
            module: "M".to_owned(),
            ability: Ability::Recall,
            kind: ItemKind::SingleChoice,
            count: 2,
            points: Points(200),
        };
        Blueprint {
            rows: vec![row],
            total: Points(400),
            mandatory: Vec::new(),
            excluded: Vec::new(),
            forms: 2,
            has_spare: false,
            shared_limit: 0,
            recent_limit: 0,
            exposure_cap: Some(3),
            difficulty: 600,
            tolerance: 20,
            mix: None,
            trial_places: 0,
        }
    }

    fn kinds(blueprint: &Blueprint, form: &Form) -> Vec<DifferenceKind> {
        differences(blueprint, form).into_iter().map(|found| found.kind).collect()
    }

    #[test]
    fn a_form_that_keeps_everything_has_no_difference() {
        let form = Form { items: vec![item(1, 580), item(2, 620)], trials: Vec::new() };
        assert_eq!((differences(&blueprint(), &form), form.difficulty(), form.points()), (vec![], 600, Points(400)));
        let edge = Form { items: vec![item(1, 620), item(2, 620)], trials: Vec::new() };
        assert_eq!(kinds(&blueprint(), &edge), []);
        let beyond = Form { items: vec![item(1, 620), item(2, 621)], trials: Vec::new() };
        assert_eq!(kinds(&blueprint(), &beyond), [DifferenceKind::Difficulty]);
    }

    #[test]
    fn what_is_tried_counts_nothing_and_stands_beside_no_enemy() {
        let (mut tried, mut counted) = (item(3, 1_000), item(1, 580));
        tried.item.is_trial = true;
        counted.item.enemies = "pair".to_owned();
        let with = |tried: FormItem| Form { items: vec![counted.clone(), item(5, 620)], trials: vec![tried] };
        let wanted = Blueprint { trial_places: 1, ..blueprint() };
        let form = with(tried.clone());
        assert_eq!((kinds(&wanted, &form), form.points(), form.difficulty()), (vec![], Points(400), 600));
        let placed: Vec<_> = form.placed().iter().map(|item| item.item.item_id.0.as_u128()).collect();
        assert_eq!(placed, [1, 3, 5]);
        assert_eq!(kinds(&blueprint(), &form), [DifferenceKind::Trials]);
        tried.item.enemies = "pair".to_owned();
        assert_eq!(kinds(&wanted, &with(tried)), [DifferenceKind::Enemies]);
    }

    #[test]
    fn every_difference_is_named() {
        let (mut of_no_row, mut enemy, mut other) = (item(1, 600), item(2, 600), item(3, 600));
        of_no_row.item.cell.ability = Ability::Apply;
        of_no_row.item.exposure = 3;
        enemy.item.enemies = "pair".to_owned();
        other.item.enemies = "pair".to_owned();
        other.item.is_recent = true;
        other.points = Points(100);
        let form = Form { items: vec![of_no_row, enemy.clone(), other, enemy], trials: Vec::new() };
        let mut wanted = blueprint();
        wanted.mandatory = vec![item(9, 0).item.item_id];
        wanted.excluded = vec![item(2, 0).item.item_id];
        let (row, all) = (differences(&wanted, &form), kinds(&wanted, &form));
        assert_eq!((row[0].row, row[0].wanted, row[0].there), (Some(0), 2, 3));
        assert_eq!(all, DifferenceKind::ALL[..DifferenceKind::ALL.len() - 3]);
        assert_eq!(form.shared_with(&Form { items: vec![item(3, 1)], trials: Vec::new() }, &wanted), 1);
    }
}
