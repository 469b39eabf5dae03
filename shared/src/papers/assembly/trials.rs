//! Places of a form that count nothing, filled from items on trial once what counts is drawn (ADR 56).
//!
//! An item is tried in one form alone, and beside none of its enemies. So a group of enemies gives one item to each of as
//! many forms as it has items, and who gives to whom is a flow from groups to forms, which is exact: where these forms can
//! be filled, they are. The seed says in which order items come; a form takes of the field of which it tries least.

use crate::{
    draw::shuffle,
    item_bank::Cell,
    papers::{BankItem, Blueprint, Contradiction, ContradictionKind, Form, FormItem},
    points::Points,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

/// Far from the numbers of the tries, of which there are a few.
const STREAM: u64 = u64::MAX;

/// Fills the places of every form.
///
/// # Errors
/// What keeps them from being filled.
pub(super) fn fill(
    blueprint: &Blueprint,
    bank: &[BankItem],
    forms: &mut [Form],
    seed: u64,
) -> Result<(), Contradiction> {
    let places = usize::from(blueprint.trial_places);
    if places == 0 {
        return Ok(());
    }
    let mut dealing = Dealing::new(blueprint, bank, forms, seed);
    let wanted = places * forms.len();
    let there = dealing.items();
    if there < wanted {
        return Err(Contradiction::of_whole(ContradictionKind::TooFewOnTrial, wanted, there));
    }
    let mut dealt = 0;
    for _ in 0..places {
        for form in 0..forms.len() {
            let mut seen = vec![false; dealing.groups.len()];
            dealt += usize::from(dealing.give(form, &mut seen));
        }
    }
    if dealt < wanted {
        return Err(Contradiction::of_whole(ContradictionKind::EnemiesInTheWay, wanted, dealt));
    }
    dealing.write(blueprint, forms);
    Ok(())
}

/// Items of which a form holds one at most.
struct Group<'a> {
    /// In the order in which they are dealt.
    items: Vec<&'a BankItem>,
    /// The forms that hold one, as many as there are items at most.
    holders: Vec<usize>,
}

/// What is dealt to whom.
struct Dealing<'a> {
    groups: Vec<Group<'a>>,
    /// For each form and group whether what counts there leaves room for it.
    is_allowed: Vec<Vec<bool>>,
}

impl<'a> Dealing<'a> {
    fn new(blueprint: &Blueprint, bank: &'a [BankItem], forms: &[Form], seed: u64) -> Self {
        let (mut groups, mut places): (Vec<Group>, _) = (Vec::new(), BTreeMap::new());
        for item in in_turn(blueprint, bank, seed) {
            let next = groups.len();
            let at = if item.enemies.is_empty() { next } else { *places.entry(item.enemies.as_str()).or_insert(next) };
            match groups.get_mut(at) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { items: vec![item], holders: Vec::new() }),
            }
        }
        let is_allowed = forms.iter().map(|form| {
            let there: BTreeSet<_> = form.items.iter().map(|item| item.item.enemies.as_str()).collect();
            let is_free = |group: &Group| {
                let enemies = group.items.first().map_or("", |item| item.enemies.as_str());
                enemies.is_empty() || !there.contains(enemies)
            };
            groups.iter().map(is_free).collect::<Vec<_>>()
        });
        let is_allowed = is_allowed.collect();
        Self { groups, is_allowed }
    }

    fn items(&self) -> usize {
        self.groups.iter().map(|group| group.items.len()).sum()
    }

    /// Whether a form may take one of a group.
    fn may_take(&self, form: usize, group: usize) -> bool {
        self.is_allowed[form][group] && !self.groups[group].holders.contains(&form)
    }

    /// How many items of each field a form tries.
    fn fields_of(&self, form: usize) -> BTreeMap<&'a Cell, usize> {
        let mut fields = BTreeMap::new();
        for group in self.groups.iter().filter(|group| group.holders.contains(&form)) {
            if let Some(&item) = group.items.first() {
                *fields.entry(&item.cell).or_insert(0) += 1;
            }
        }
        fields
    }

    /// Gives a form one item more; the first that is free, or else one that another form can do without. `seen` are groups
    /// that were asked in vain.
    fn give(&mut self, form: usize, seen: &mut [bool]) -> bool {
        let tried = self.fields_of(form);
        let has_room = |group: &usize| self.groups[*group].holders.len() < self.groups[*group].items.len();
        let turn = |group: &usize| {
            let first = self.groups[*group].items.first();
            (first.map(|item| (item.is_recent, tried.get(&item.cell).copied().unwrap_or(0_usize))), *group)
        };
        let free = (0..self.groups.len()).filter(|group| has_room(group) && self.may_take(form, *group));
        if let Some(group) = free.min_by_key(turn) {
            self.groups[group].holders.push(form);
            return true;
        }
        for group in 0..self.groups.len() {
            if seen[group] || !self.may_take(form, group) {
                continue;
            }
            seen[group] = true;
            for at in 0..self.groups[group].holders.len() {
                let other = self.groups[group].holders[at];
                if self.give(other, seen) {
                    self.groups[group].holders[at] = form;
                    return true;
                }
            }
        }
        false
    }

    /// Writes what was dealt into the forms, in the order of rows and items.
    fn write(&self, blueprint: &Blueprint, forms: &mut [Form]) {
        let rows = rows_of(blueprint);
        for group in &self.groups {
            for (form, item) in group.holders.iter().zip(&group.items) {
                if let (Some(form), Some((_, points))) = (forms.get_mut(*form), rows.get(&item.cell)) {
                    form.trials.push(FormItem { item: (*item).clone(), points: *points });
                }
            }
        }
        for form in forms {
            form.trials.sort_by_key(|tried| (rows.get(&tried.item.cell).map(|(at, _)| *at), tried.item.item_id));
        }
    }
}

/// The fields of a blueprint, each with its row and what an item there is worth.
fn rows_of(blueprint: &Blueprint) -> BTreeMap<Cell, (usize, Points)> {
    blueprint.rows.iter().enumerate().map(|(at, row)| (row.cell(), (at, row.points))).collect()
}

/// The items that may be tried, in the order in which they are dealt.
fn in_turn<'a>(blueprint: &Blueprint, bank: &'a [BankItem], seed: u64) -> Vec<&'a BankItem> {
    let rows = rows_of(blueprint);
    let may_stand = |item: &&BankItem| item.is_trial && blueprint.may_draw(item) && rows.contains_key(&item.cell);
    let by_id: BTreeMap<_, _> = bank.iter().filter(may_stand).map(|item| (item.item_id, item)).collect();
    let mut items: Vec<_> = by_id.into_values().collect();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(STREAM);
    shuffle(&mut rng, &mut items);
    items
}

#[cfg(test)]
mod tests;
