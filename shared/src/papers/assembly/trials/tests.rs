use super::*;
use crate::{
    ids::ItemId,
    item_bank::{Ability, ItemKind},
    papers::{BlueprintRow, assemble, differences},
};
use proptest::prelude::*;

const MODULES: [&str; 2] = ["A", "B"];

fn item(id: usize, module: usize, enemies: &str, is_trial: bool) -> BankItem {
    let cell = Cell { module: MODULES[module].to_owned(), ability: Ability::Recall, kind: ItemKind::TrueFalse };
    let (item_id, enemies) = (ItemId(uuid::Uuid::from_u128(id as u128)), enemies.to_owned());
    BankItem { item_id, version: 1, cell, difficulty: 600, enemies, exposure: 0, is_recent: false, is_trial }
}

/// One item of each module in each form, and so many places of trial.
fn blueprint(forms: u8, trial_places: u16) -> Blueprint {
    let row = |module: &str| BlueprintRow {
        module: module.to_owned(),
        ability: Ability::Recall,
        kind: ItemKind::TrueFalse,
        count: 1,
        points: Points(if module == "A" { 200 } else { 300 }),
    };
    Blueprint {
        rows: MODULES.map(row).to_vec(),
        total: Points(500),
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
        trial_places,
    }
}

/// A form whose counted items have these enemies.
fn form(enemies: &[&str]) -> Form {
    let counted =
        |(at, enemies): (usize, &&str)| FormItem { item: item(100 + at, 0, enemies, false), points: Points(200) };
    Form { items: enemies.iter().enumerate().map(counted).collect(), trials: Vec::new() }
}

fn tried(forms: &[Form]) -> Vec<Vec<u128>> {
    let of_form = |form: &Form| form.trials.iter().map(|tried| tried.item.item_id.0.as_u128()).collect();
    forms.iter().map(of_form).collect()
}

/// Whether an item may be tried in a form beside what stands there.
fn fits(form: &Form, item: &BankItem) -> bool {
    let mut there = form.items.iter().chain(&form.trials);
    item.enemies.is_empty() || there.all(|other| other.item.enemies != item.enemies)
}

/// Whether the items can be dealt at all: every way is tried.
fn can_be_dealt(items: &[BankItem], forms: &mut [Form], places: usize) -> bool {
    let Some(at) = forms.iter().position(|form| form.trials.len() < places) else { return true };
    (0..items.len()).any(|choice| {
        if !fits(&forms[at], &items[choice]) {
            return false;
        }
        let rest: Vec<_> =
            items.iter().enumerate().filter(|(at, _)| *at != choice).map(|(_, item)| item.clone()).collect();
        forms[at].trials.push(FormItem { item: items[choice].clone(), points: Points(200) });
        let can = can_be_dealt(&rest, forms, places);
        forms[at].trials.pop();
        can
    })
}

proptest! {
    #[test]
    fn places_are_filled_where_they_can_be_and_no_item_is_tried_twice(
        items in prop::collection::vec((0..2_usize, prop_oneof![Just(""), Just("x"), Just("y"), Just("z")]), 0..7),
        counted in prop::collection::vec(prop_oneof![Just(""), Just("x"), Just("y")], 1..3),
        (places, seed) in (1_u16..3, any::<u64>()),
    ) {
        let bank: Vec<_> = items.iter().enumerate().map(|(id, (module, enemies))| item(id, *module, enemies, true)).collect();
        let empty: Vec<_> = counted.iter().map(|enemies| form(&[*enemies])).collect();
        let wanted = blueprint(u8::try_from(empty.len()).unwrap(), places);
        let mut forms = empty.clone();
        match fill(&wanted, &bank, &mut forms, seed) {
            Err(_) => prop_assert!(!can_be_dealt(&bank, &mut empty.clone(), usize::from(places))),
            Ok(()) => {
                let mut all = tried(&forms).concat();
                all.sort_unstable();
                all.dedup();
                prop_assert_eq!(all.len(), forms.len() * usize::from(places));
                for form in &forms {
                    prop_assert_eq!(form.trials.len(), usize::from(places));
                    for (at, tried) in form.trials.iter().enumerate() {
                        let before = Form { items: form.items.clone(), trials: form.trials[..at].to_vec() };
                        prop_assert!(fits(&before, &tried.item), "{tried:?}");
                    }
                }
                let reversed: Vec<_> = bank.into_iter().rev().collect();
                let mut again = empty.clone();
                prop_assert_eq!(fill(&wanted, &reversed, &mut again, seed), Ok(()));
                prop_assert_eq!(again, forms, "the order of the bank changes nothing");
            }
        }
    }
}

#[test]
fn what_counts_is_drawn_as_if_nothing_were_tried() {
    let counted = (0..12).map(|id| item(id, id % 2, "", false));
    let on_trial = (20..30).map(|id| item(id, id % 2, "", true));
    let bank: Vec<_> = counted.chain(on_trial).collect();
    let plain = assemble(&blueprint(2, 0), &bank, 7).unwrap();
    let forms = assemble(&blueprint(2, 3), &bank, 7).unwrap();
    assert!(plain.iter().zip(&forms).all(|(one, other)| one.items == other.items));
    assert!(forms.iter().all(|form| differences(&blueprint(2, 3), form).is_empty()));
    assert!(forms.iter().all(|form| form.items.iter().all(|item| !item.item.is_trial)));
    for form in &forms {
        let modules: BTreeSet<_> = form.trials.iter().map(|tried| tried.item.cell.module.as_str()).collect();
        assert_eq!(modules.len(), 2, "each field gives in turn");
        let worth = |tried: &FormItem| tried.points == Points(if tried.item.cell.module == "A" { 200 } else { 300 });
        assert!(form.trials.iter().all(worth), "it looks as if it were worth what the others are");
        assert_eq!((form.points(), form.difficulty()), (Points(500), 600), "and counts nothing");
        let placed: Vec<_> = form.placed().iter().map(|item| item.item.cell.module.clone()).collect();
        assert!(placed.len() == 5 && placed.is_sorted(), "it stands among those of its field");
    }
    assert_ne!(tried(&assemble(&blueprint(2, 3), &bank, 8).unwrap()), tried(&forms));
}

#[test]
fn what_keeps_trials_from_their_places_is_named() {
    let counted: Vec<_> = (0..12).map(|id| item(id, id % 2, "", false)).collect();
    let with = |enemies: [&str; 3]| {
        let on_trial = enemies.into_iter().enumerate().map(|(at, enemies)| item(20 + at, 0, enemies, true));
        let bank: Vec<_> = counted.iter().cloned().chain(on_trial).collect();
        assemble(&blueprint(2, 2), &bank, 1).unwrap_err()
    };
    let too_few = with([""; 3]);
    assert!(too_few.is_proven);
    let found = Contradiction::of_whole(ContradictionKind::TooFewOnTrial, 4, 3);
    assert_eq!(too_few.because, [found]);
    let on_trial = (20..24).map(|id| item(id, 0, "x", true));
    let bank: Vec<_> = counted.into_iter().chain(on_trial).collect();
    let enemies = assemble(&blueprint(2, 2), &bank, 1).unwrap_err();
    assert!(!enemies.is_proven, "other forms might leave room");
    assert_eq!(enemies.because, [Contradiction::of_whole(ContradictionKind::EnemiesInTheWay, 4, 2)]);
}
