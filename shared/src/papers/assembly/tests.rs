use super::*;
use crate::{
    ids::ItemId,
    item_bank::{Ability, Cell, ItemKind},
    papers::{BlueprintRow, DifficultyMix, differences},
    points::Points,
};
use proptest::prelude::*;

const MODULES: [&str; 2] = ["A", "B"];

fn cell(module: usize) -> Cell {
    Cell { module: MODULES[module].to_owned(), ability: Ability::Recall, kind: ItemKind::TrueFalse }
}

fn item(id: usize, module: usize, difficulty: u16, enemies: &str) -> BankItem {
    BankItem {
        item_id: ItemId(uuid::Uuid::from_u128(id as u128)),
        version: 1,
        cell: cell(module),
        difficulty,
        enemies: enemies.to_owned(),
        exposure: 0,
        is_recent: false,
        is_trial: false,
    }
}

fn blueprint(counts: [u16; 2], forms: u8) -> Blueprint {
    let row = |(module, count): (usize, u16)| {
        let Cell { module, ability, kind } = cell(module);
        BlueprintRow { module, ability, kind, count, points: Points(if count == 1 { 300 } else { 200 }) }
    };
    let rows = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).map(row).collect();
    let mut blueprint = Blueprint {
        rows,
        total: Points::ZERO,
        mandatory: Vec::new(),
        excluded: Vec::new(),
        forms,
        has_spare: false,
        shared_limit: 0,
        recent_limit: 0,
        exposure_cap: None,
        difficulty: 600,
        tolerance: 20,
        mix: None,
        trial_places: 0,
    };
    blueprint.total = blueprint.points();
    blueprint
}

/// Whether forms keep everything.
fn is_right(blueprint: &Blueprint, forms: &[Form]) -> bool {
    let is_apart = |(at, form): (usize, &Form)| {
        forms[..at].iter().all(|other| form.shared_with(other, blueprint) <= usize::from(blueprint.shared_limit))
    };
    forms.len() == blueprint.all_forms()
        && forms.iter().all(|form| differences(blueprint, form).is_empty())
        && forms.iter().enumerate().all(is_apart)
}

/// Whether any forms at all keep everything: each set of items is looked at.
fn exist(blueprint: &Blueprint, bank: &[BankItem]) -> bool {
    let form = |set: u32| {
        let chosen = bank.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
        let points = |item: &BankItem| blueprint.rows.iter().find(|row| row.cell() == item.cell).map(|row| row.points);
        let items = chosen.map(|(_, item)| super::super::FormItem {
            item: item.clone(),
            points: points(item).unwrap_or(Points(100)),
        });
        Form { items: items.collect(), trials: Vec::new() }
    };
    let single: Vec<_> =
        (0..1_u32 << bank.len()).map(form).filter(|form| differences(blueprint, form).is_empty()).collect();
    can_go_on(blueprint, &single, &mut Vec::new())
}

fn can_go_on(blueprint: &Blueprint, single: &[Form], forms: &mut Vec<Form>) -> bool {
    if forms.len() == blueprint.all_forms() {
        return true;
    }
    single.iter().any(|form| {
        let limit = usize::from(blueprint.shared_limit);
        if forms.iter().any(|other| form.shared_with(other, blueprint) > limit) {
            return false;
        }
        forms.push(form.clone());
        let can = can_go_on(blueprint, single, forms);
        forms.pop();
        can
    })
}

prop_compose! {
    fn small_bank()(items in proptest::collection::vec(
        (0..2_usize, 560_u16..640, prop_oneof![Just(""), Just(""), Just("x"), Just("y")], any::<bool>()), 2..9,
    )) -> Vec<BankItem> {
        let item = |(id, (module, difficulty, enemies, is_recent)): (usize, (usize, u16, &str, bool))| {
            BankItem { is_recent, ..item(id, module, difficulty, enemies) }
        };
        items.into_iter().enumerate().map(item).collect()
    }
}

prop_compose! {
    fn small_blueprint()(
        counts in [0_u16..3, 0_u16..3],
        (forms, has_spare) in (1_u8..3, any::<bool>()),
        (shared_limit, recent_limit) in (0_u16..2, 0_u16..4),
        (tolerance, mandatory) in (0_u16..40, proptest::option::of(0_usize..3)),
    ) -> (Blueprint, Option<usize>) {
        let counts = if counts == [0, 0] { [1, 0] } else { counts };
        (Blueprint { has_spare, shared_limit, recent_limit, tolerance, ..blueprint(counts, forms) }, mandatory)
    }
}

proptest! {
    #[test]
    fn forms_are_found_where_there_are_any_and_keep_everything(
        bank in small_bank(),
        (mut wanted, mandatory) in small_blueprint(),
        seed in any::<u64>(),
    ) {
        wanted.mandatory.extend(mandatory.and_then(|at| bank.get(at)).map(|item| item.item_id));
        match assemble(&wanted, &bank, seed) {
            Ok(forms) => prop_assert!(is_right(&wanted, &forms), "{forms:?}"),
            Err(none) => {
                prop_assert!(none.is_proven && !none.because.is_empty());
                prop_assert!(!exist(&wanted, &bank), "{:?}", none.because);
            }
        }
    }

    #[test]
    fn the_order_of_the_bank_changes_nothing(mut bank in small_bank(), (wanted, _) in small_blueprint(), seed in any::<u64>()) {
        let (forms, sha256) = (assemble(&wanted, &bank, seed), bank_sha256(&bank));
        bank.reverse();
        prop_assert_eq!((assemble(&wanted, &bank, seed), bank_sha256(&bank)), (forms, sha256));
    }
}

/// The numbers of the items of every form.
fn numbers(forms: &[Form]) -> Vec<Vec<u128>> {
    let of_form = |form: &Form| form.items.iter().map(|item| item.item.item_id.0.as_u128()).collect();
    forms.iter().map(of_form).collect()
}

#[test]
fn a_seed_gives_the_same_forms_for_ever() {
    let bank: Vec<_> =
        (0..40_u16).map(|id| item(usize::from(id), usize::from(id % 2), 300 + id * 37 % 600, "")).collect();
    let wanted = Blueprint { has_spare: true, ..blueprint([4, 2], 2) };
    let forms = assemble(&wanted, &bank, 20_261_126).unwrap();
    assert!(is_right(&wanted, &forms));
    assert_eq!(ASSEMBLY_ALGORITHM, 2, "other forms are another version");
    let drawn = [[16, 22, 24, 38, 11, 35], [6, 28, 30, 32, 17, 33], [14, 20, 34, 36, 13, 29]];
    assert_eq!(numbers(&forms), drawn);
    assert_eq!(bank_sha256(&bank), "0e221d8c031b33573dcabf70524d5647ab5695ff111ef67cd110b46a65173715");
    assert_ne!(numbers(&assemble(&wanted, &bank, 20_261_127).unwrap()), numbers(&forms));
}

#[test]
fn every_row_of_every_form_has_its_mix() {
    let bank: Vec<_> =
        (0..60_u16).map(|id| item(usize::from(id), usize::from(id % 2), 300 + id * 37 % 600, "")).collect();
    let mix = Some(DifficultyMix { hard: 25, medium: 50, easy: 25 });
    let wanted = Blueprint { has_spare: true, mix, tolerance: 40, ..blueprint([4, 4], 2) };
    let forms = assemble(&wanted, &bank, 5).unwrap();
    assert!(is_right(&wanted, &forms));
    let hard = |form: &Form| form.items.iter().filter(|item| item.item.difficulty < 400).count();
    assert_eq!(forms.iter().map(hard).collect::<Vec<_>>(), [2, 2, 2]);
    let none = assemble(&Blueprint { mix: Some(DifficultyMix { hard: 100, medium: 0, easy: 0 }), ..wanted }, &bank, 5);
    assert!(none.unwrap_err().because.iter().any(|found| found.kind == ContradictionKind::MixOutOfReach));
}

#[test]
fn forms_that_lie_far_apart_are_levelled() {
    let bank: Vec<_> = (0..4).map(|id| item(id, 0, if id < 2 { 560 } else { 640 }, "")).collect();
    let wanted = Blueprint { tolerance: 40, ..blueprint([2, 0], 2) };
    let problem = Problem::new(&wanted, &bank, 1);
    // Its items stand in the order of their ids.
    let mut forms = vec![vec![vec![0, 1]], vec![vec![2, 3]]];
    level::level(&problem, &mut forms);
    let levelled = problem.forms(&forms);
    assert!(is_right(&wanted, &levelled));
    assert_eq!(levelled.iter().map(Form::difficulty).collect::<Vec<_>>(), [600, 600]);
}

#[test]
fn rows_that_enemies_empty_are_named() {
    let bank: Vec<_> = (0..6).map(|id| item(id, usize::from(id > 3), 600, if id > 1 { "x" } else { "" })).collect();
    let because = |counts| assemble(&blueprint(counts, 2), &bank, 1).map(|_| ()).unwrap_err();
    let none = because([2, 1]);
    assert!(none.is_proven);
    let rows: Vec<_> = none.because.iter().map(|found| (found.row, found.kind)).collect();
    assert_eq!(rows, [(Some(0), ContradictionKind::EnemiesInTheWay), (Some(1), ContradictionKind::EnemiesInTheWay)]);
    assert!(assemble(&blueprint([1, 1], 2), &bank, 1).is_ok());
}

#[test]
fn items_of_the_last_sessions_are_kept_below_their_limit() {
    let bank: Vec<_> = (0..6).map(|id| BankItem { is_recent: id > 1, ..item(id, 0, 600, "") }).collect();
    let with = |recent_limit| assemble(&Blueprint { recent_limit, ..blueprint([2, 0], 2) }, &bank, 7);
    assert!(is_right(&Blueprint { recent_limit: 1, ..blueprint([2, 0], 2) }, &with(1).unwrap()));
    let none = with(0).unwrap_err();
    assert_eq!(none.because[0], Contradiction::at(0, ContradictionKind::TooManyRecent, 0, 2));
}

#[test]
fn three_forms_of_fifty_items_are_drawn_from_a_large_bank() {
    let bank: Vec<_> =
        (0..4_000_usize).map(|id| item(id, id % 2, 200 + u16::try_from(id * 7919 % 701).unwrap(), "")).collect();
    let wanted = Blueprint { has_spare: true, difficulty: 650, ..blueprint([30, 20], 2) };
    let forms = assemble(&wanted, &bank, 3).unwrap();
    assert!(is_right(&wanted, &forms));
    assert!(
        forms.iter().all(|form| (645..=655).contains(&form.difficulty())),
        "exchanges bring them nearer than asked"
    );
}
