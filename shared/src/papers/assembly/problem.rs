//! A blueprint and a bank as numbers.

use super::Selections;
use crate::{
    item_bank::{Cell, DifficultyBand},
    papers::{BANDS, BankItem, Blueprint, BlueprintRow, Form, FormItem},
    points::Points,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use std::collections::{BTreeMap, BTreeSet};

/// The items of one form, row by row, as places in [`Problem::items`].
pub(super) type Selection = Vec<Vec<usize>>;

/// What is to be solved.
pub(super) struct Problem<'a> {
    /// What is wanted.
    pub(super) blueprint: &'a Blueprint,
    /// The items that may be drawn.
    pub(super) items: Vec<Candidate<'a>>,
    /// The rows of the blueprint; where it wants a mix, one for each band of each row.
    pub(super) rows: Vec<Row<'a>>,
    /// How many groups of enemies there are.
    pub(super) groups: usize,
    /// How many forms.
    pub(super) forms: usize,
    /// How many items two forms may have in common.
    pub(super) shared_limit: usize,
    /// How many items of the last sessions are mandatory.
    pub(super) fixed_recent: usize,
    /// Rows whose mandatory items have enemies among the mandatory ones.
    pub(super) at_war: Vec<usize>,
    /// What drawn items may bring to the difficulty of a form, at least and at most.
    pub(super) range: (i64, i64),
}

/// An item that may be drawn.
pub(super) struct Candidate<'a> {
    item: &'a BankItem,
    /// How far its difficulty is from the target, times its points.
    pub(super) offset: i64,
    /// Its group of enemies.
    pub(super) group: Option<usize>,
    /// Whether it stood in the last sessions.
    pub(super) is_recent: bool,
}

/// A row of the blueprint, or what it has of one band.
pub(super) struct Row<'a> {
    /// Which row of the blueprint it is of, from 0.
    pub(super) of: usize,
    /// The mandatory items.
    fixed: Vec<&'a BankItem>,
    points: Points,
    /// How many items are drawn beside them.
    pub(super) need: usize,
    /// The items that may be, in the order in which they are tried.
    pub(super) open: Vec<usize>,
}

impl<'a> Problem<'a> {
    /// A blueprint without contradictions, and the bank in whatever order.
    pub(super) fn new(blueprint: &'a Blueprint, bank: &'a [BankItem], seed: u64) -> Self {
        let counted = bank.iter().filter(|item| !item.is_trial);
        let by_id: BTreeMap<_, _> = counted.map(|item| (item.item_id, item)).collect();
        let mandatory: BTreeSet<_> = blueprint.mandatory.iter().collect();
        let (rows, places) = rows_of(blueprint);
        let place = |item: &BankItem| places.get(&item.cell)?[DifficultyBand::of(item.difficulty).place()];
        let mut problem = Self {
            blueprint,
            items: Vec::new(),
            rows,
            groups: 0,
            forms: blueprint.all_forms(),
            shared_limit: usize::from(blueprint.shared_limit),
            fixed_recent: 0,
            at_war: Vec::new(),
            range: (0, 0),
        };
        let mut taken = BTreeSet::new();
        for item in by_id.values().copied().filter(|item| mandatory.contains(&item.item_id)) {
            let Some(at) = place(item) else { continue };
            if !item.enemies.is_empty() && !taken.insert(item.enemies.as_str()) {
                problem.at_war.push(at);
            }
            problem.fix(at, item);
        }
        let mut groups = BTreeMap::new();
        for item in by_id.values().copied().filter(|item| !mandatory.contains(&item.item_id)) {
            let Some(at) = place(item) else { continue };
            if blueprint.may_draw(item) && !taken.contains(item.enemies.as_str()) {
                let next = groups.len();
                let group = (!item.enemies.is_empty()).then(|| *groups.entry(item.enemies.as_str()).or_insert(next));
                problem.open(at, item, group);
            }
        }
        problem.groups = groups.len();
        problem.settle_range();
        problem.shuffle(seed, 0);
        problem
    }

    fn fix(&mut self, at: usize, item: &'a BankItem) {
        let row = &mut self.rows[at];
        row.fixed.push(item);
        row.need = row.need.saturating_sub(1);
        self.fixed_recent += usize::from(item.is_recent);
    }

    fn open(&mut self, at: usize, item: &'a BankItem, group: Option<usize>) {
        let offset = offset(self.blueprint, item, self.rows[at].points);
        self.rows[at].open.push(self.items.len());
        self.items.push(Candidate { item, offset, group, is_recent: item.is_recent });
    }

    fn settle_range(&mut self) {
        let of_row = |row: &Row| row.fixed.iter().map(|item| offset(self.blueprint, item, row.points)).sum::<i64>();
        let fixed: i64 = self.rows.iter().map(of_row).sum();
        let width = i64::from(self.blueprint.tolerance) * i64::from(self.blueprint.points().0);
        self.range = (-width - fixed, width - fixed);
    }

    /// Orders the items of every row anew: those of the last sessions come last.
    pub(super) fn shuffle(&mut self, seed: u64, again: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(again);
        for row in &mut self.rows {
            row.open.sort_unstable();
            shuffle(&mut rng, &mut row.open);
            row.open.sort_by_key(|item| self.items[*item].is_recent);
        }
    }

    /// How many items of the last sessions a form may draw; `None` if more are mandatory than there may be.
    pub(super) fn recent_limit(&self) -> Option<usize> {
        usize::from(self.blueprint.recent_limit).checked_sub(self.fixed_recent)
    }

    /// What was selected, with the mandatory items, in the order of rows and items.
    pub(super) fn forms(&self, selections: &Selections) -> Vec<Form> {
        selections.iter().map(|selection| self.form(selection)).collect()
    }

    fn form(&self, selection: &Selection) -> Form {
        let mut items = Vec::new();
        for (row, drawn) in self.rows.iter().zip(selection) {
            let drawn = drawn.iter().map(|item| self.items[*item].item);
            items.extend(row.fixed.iter().copied().chain(drawn).map(|item| (row.of, item, row.points)));
        }
        items.sort_by_key(|(of, item, _)| (*of, item.item_id));
        let items = items.into_iter().map(|(_, item, points)| FormItem { item: item.clone(), points });
        Form { items: items.collect(), trials: Vec::new() }
    }
}

impl Row<'_> {
    fn new(of: usize, row: &BlueprintRow, count: u16) -> Self {
        Self { of, fixed: Vec::new(), points: row.points, need: usize::from(count), open: Vec::new() }
    }
}

/// The rows that are filled, and for each field the one of each band, which may be the same.
fn rows_of<'a>(blueprint: &Blueprint) -> (Vec<Row<'a>>, BTreeMap<Cell, [Option<usize>; BANDS]>) {
    let (mut rows, mut places) = (Vec::new(), BTreeMap::new());
    let counts = blueprint.mixed_counts();
    for (of, row) in blueprint.rows.iter().enumerate() {
        let mut of_bands = [Some(rows.len()); BANDS];
        match counts.as_ref().and_then(|counts| counts.get(of)) {
            None => rows.push(Row::new(of, row, row.count)),
            Some(counts) => {
                for (place, count) in of_bands.iter_mut().zip(counts) {
                    *place = Some(rows.len());
                    rows.push(Row::new(of, row, *count));
                }
            }
        }
        places.insert(row.cell(), of_bands);
    }
    (rows, places)
}

fn offset(blueprint: &Blueprint, item: &BankItem, points: Points) -> i64 {
    (i64::from(item.difficulty) - i64::from(blueprint.difficulty)) * i64::from(points.0)
}

/// Fisher and Yates on numbers of 32 bits, which every machine draws alike.
fn shuffle(rng: &mut ChaCha8Rng, list: &mut [usize]) {
    for last in (1..list.len()).rev() {
        let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
        let drawn = (u64::from(rng.next_u32()) * bound) >> 32;
        list.swap(last, usize::try_from(drawn).unwrap_or(last));
    }
}
