//! What keeps a blueprint from being met, as far as counting tells: in the browser, too, while it is written.

use super::{
    BankItem, BankSummary, Blueprint, BlueprintRow, Contradiction, ContradictionKind, blueprint::whole, mix::of_the_mix,
};
use crate::{ids::ItemId, item_bank::Cell};
use std::collections::BTreeSet;

/// What keeps a blueprint from being met by a bank, as far as counting tells; each with its row. None of them is a
/// promise: what enemies and the last sessions leave, only the search knows.
#[must_use]
pub fn contradictions(blueprint: &Blueprint, bank: &BankSummary) -> Vec<Contradiction> {
    use ContradictionKind as Kind;
    let mut found = Vec::new();
    if blueprint.points() != blueprint.total {
        found.push(Contradiction::of_all(Kind::OtherTotal, blueprint.total.0, blueprint.points().0));
    }
    let is_named = |list: &[ItemId], item: &BankItem| list.contains(&item.item_id);
    let mut seen = BTreeSet::new();
    for (at, row) in blueprint.rows.iter().enumerate() {
        let cell = row.cell();
        if !seen.insert(cell.clone()) {
            found.push(Contradiction::at(at, Kind::SameField, 1, 2));
            continue;
        }
        let of_cell = || bank.named.iter().filter(|item| !item.is_trial && item.cell == cell);
        let mandatory = of_cell().filter(|item| is_named(&blueprint.mandatory, item)).count();
        let count = usize::from(row.count);
        if mandatory > count {
            found.push(Contradiction::at(at, Kind::TooManyMandatory, count, mandatory));
            continue;
        }
        let cap = blueprint.exposure_cap;
        let is_below = |item: &BankItem| cap.is_none_or(|cap| item.exposure < cap);
        let excluded = |item: &&BankItem| is_below(item) && is_named(&blueprint.excluded, item);
        let fixed = |item: &&BankItem| is_below(item) && is_named(&blueprint.mandatory, item);
        let out = of_cell().filter(|item| excluded(item) || fixed(item)).count();
        let open = bank.below(&cell, cap).saturating_sub(out);
        let forms = if blueprint.shared_limit == 0 { blueprint.all_forms() } else { 1 };
        let wanted = (count - mandatory) * forms;
        if open < wanted {
            found.push(Contradiction::at(at, Kind::TooFewItems, wanted + mandatory, open + mandatory));
        }
    }
    found.extend(of_the_mix(blueprint, bank));
    found.extend(of_the_named(blueprint, bank, &seen));
    found.extend(of_the_difficulty(blueprint, bank));
    found.extend(of_the_trials(blueprint, bank));
    found
}

/// Whether fewer items are on trial than the forms try, each in one of them.
fn of_the_trials(blueprint: &Blueprint, bank: &BankSummary) -> Option<Contradiction> {
    let cells: BTreeSet<_> = blueprint.rows.iter().map(BlueprintRow::cell).collect();
    let of_fields = bank.on_trial.iter().filter(|found| cells.contains(&found.cell));
    let all: usize = of_fields.map(|found| found.items as usize).sum();
    let is_out =
        |item: &&BankItem| item.is_trial && cells.contains(&item.cell) && blueprint.excluded.contains(&item.item_id);
    let there = all.saturating_sub(bank.named.iter().filter(is_out).count());
    let wanted = usize::from(blueprint.trial_places) * blueprint.all_forms();
    (there < wanted).then(|| Contradiction::of_whole(ContradictionKind::TooFewOnTrial, wanted, there))
}

/// What is wrong with the items that are named.
fn of_the_named(blueprint: &Blueprint, bank: &BankSummary, rows: &BTreeSet<Cell>) -> Vec<Contradiction> {
    use ContradictionKind as Kind;
    let may_count = |item: &BankItem| !item.is_trial && rows.contains(&item.cell);
    let stands = |id: &ItemId| bank.named.iter().any(|item| item.item_id == *id && may_count(item));
    let nowhere = blueprint.mandatory.iter().filter(|id| !stands(id)).count();
    let twice = blueprint.mandatory.iter().filter(|id| blueprint.excluded.contains(id)).count();
    let some = |kind: Kind, count: usize| (count > 0).then(|| Contradiction::of_all(kind, 0, whole(count)));
    [some(Kind::MandatoryNowhere, nowhere), some(Kind::MandatoryExcluded, twice)].into_iter().flatten().collect()
}

/// Whether even the hardest or the easiest items of each row leave the difficulty out of reach.
fn of_the_difficulty(blueprint: &Blueprint, bank: &BankSummary) -> Option<Contradiction> {
    let points = i64::from(blueprint.points().0);
    let (mut least, mut most) = (0, 0);
    for row in &blueprint.rows {
        let cell = row.cell();
        let found = bank.cells.iter().find(|found| found.cell == cell)?;
        let weight = i64::from(row.points.0) * i64::from(row.count);
        least += weight * i64::from(found.hardest);
        most += weight * i64::from(found.easiest);
    }
    let (wanted, tolerance) = (i64::from(blueprint.difficulty), i64::from(blueprint.tolerance));
    let there = if least > (wanted + tolerance) * points {
        least
    } else if most < (wanted - tolerance) * points {
        most
    } else {
        return None;
    };
    let there = i32::try_from(there / points.max(1)).unwrap_or(i32::MAX);
    Some(Contradiction::of_all(ContradictionKind::DifficultyOutOfReach, i32::from(blueprint.difficulty), there))
}
