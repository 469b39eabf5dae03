//! How long it takes to draw parallel forms: `make bench ONLY=assembly`.
//!
//! Two forms and a spare, of 50 items each, from a bank of 10,000 by a blueprint of 25 rows. One item in ten has
//! enemies, one in ten stood in the last sessions. The slowest of some seeds counts.

use crate::now;
use shared::{
    ids::ItemId,
    item_bank::{Ability, Cell, ItemKind},
    papers::{BankItem, Blueprint, BlueprintRow, assemble, differences},
    points::Points,
};
use uuid::Uuid;

/// Items of the bank.
const ITEMS: u16 = 10_000;
/// Rows of the blueprint, of two items each.
const ROWS: u16 = 25;
/// Seeds that are tried.
const SEEDS: u64 = 20;

fn cell(row: u16) -> Cell {
    let kinds = [ItemKind::SingleChoice, ItemKind::MultipleChoice, ItemKind::TrueFalse, ItemKind::FillIn];
    let kind = kinds[usize::from(row) % kinds.len()];
    Cell { module: format!("M{}", row / 4), ability: Ability::ALL[usize::from(row) % 3], kind }
}

fn bank() -> Vec<BankItem> {
    let item = |n: u16| BankItem {
        item_id: ItemId(Uuid::from_u128(u128::from(n))),
        version: 1,
        cell: cell(n % ROWS),
        difficulty: 200 + n % 701,
        enemies: if n % 10 == 3 { format!("E{}", n / 70) } else { String::new() },
        exposure: n % 4,
        is_recent: n % 10 == 7,
        is_trial: false,
    };
    (0..ITEMS).map(item).collect()
}

fn blueprint() -> Blueprint {
    let row = |row: u16| {
        let Cell { module, ability, kind } = cell(row);
        BlueprintRow { module, ability, kind, count: 2, points: Points::whole(2) }
    };
    Blueprint {
        rows: (0..ROWS).map(row).collect(),
        total: Points::whole(100),
        mandatory: Vec::new(),
        excluded: Vec::new(),
        forms: 2,
        has_spare: true,
        shared_limit: 0,
        recent_limit: 5,
        exposure_cap: Some(3),
        difficulty: 620,
        tolerance: 20,
        mix: None,
        trial_places: 0,
    }
}

pub(crate) fn run() {
    let (bank, blueprint) = (bank(), blueprint());
    let seconds = (0..SEEDS).map(|seed| {
        let began = now();
        let forms = assemble(&blueprint, &bank, seed).unwrap();
        let took = began.elapsed().as_secs_f64();
        assert!(forms.len() == 3 && forms.iter().all(|form| differences(&blueprint, form).is_empty()));
        took
    });
    println!("assembly_3_forms_s {:.3} s", seconds.fold(0.0, f64::max));
}
