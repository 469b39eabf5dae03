use super::*;
use crate::papers::contradictions;
use ContradictionKind as Kind;

fn cell(module: &str) -> Cell {
    Cell { module: module.to_owned(), ability: Ability::Recall, kind: ItemKind::TrueFalse }
}

fn item(id: u128, module: &str, difficulty: u16, exposure: u16) -> BankItem {
    let (item_id, enemies, version) = (ItemId(uuid::Uuid::from_u128(id)), String::new(), 1);
    BankItem { item_id, version, cell: cell(module), difficulty, enemies, exposure, is_recent: false, is_trial: false }
}

fn row(module: &str, count: u16) -> BlueprintRow {
    let Cell { module, ability, kind } = cell(module);
    BlueprintRow { module, ability, kind, count, points: Points(200) }
}

fn blueprint(rows: Vec<BlueprintRow>) -> Blueprint {
    let mut blueprint = Blueprint {
        rows,
        total: Points::ZERO,
        mandatory: Vec::new(),
        excluded: Vec::new(),
        forms: 2,
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

fn bank() -> Vec<BankItem> {
    (0..6).map(|id| item(id, if id < 4 { "A" } else { "B" }, 600, u16::try_from(id % 3).unwrap())).collect()
}

fn found(blueprint: &Blueprint) -> Vec<(Option<u16>, Kind)> {
    let summary = BankSummary::of(&bank(), Some(blueprint));
    contradictions(blueprint, &summary).into_iter().map(|found| (found.row, found.kind)).collect()
}

#[test]
fn what_can_be_met_has_no_contradiction() {
    let wanted = blueprint(vec![row("A", 2), row("B", 1)]);
    assert_eq!((found(&wanted), validate_blueprint(&wanted)), (vec![], vec![]));
}

#[test]
fn rows_that_the_bank_cannot_fill_are_named() {
    let mut wanted = blueprint(vec![row("A", 2), row("B", 2), row("A", 1), row("C", 1)]);
    let too_few = Kind::TooFewItems;
    assert_eq!(found(&wanted), [(Some(1), too_few), (Some(2), Kind::SameField), (Some(3), too_few)]);
    wanted.rows.truncate(1);
    wanted.total = Points(500);
    assert_eq!(found(&wanted), [(None, Kind::OtherTotal)]);
    wanted.total = wanted.points();
    wanted.exposure_cap = Some(1);
    let counted = contradictions(&wanted, &BankSummary::of(&bank(), None));
    assert_eq!(counted, [Contradiction { row: Some(0), kind: too_few, wanted: 4, there: 2 }]);
}

#[test]
fn mandatory_items_count_once_for_every_form() {
    let all = bank();
    let mut wanted = blueprint(vec![row("A", 3)]);
    assert_eq!(found(&wanted), [(Some(0), Kind::TooFewItems)]);
    wanted.mandatory = all[..2].iter().map(|item| item.item_id).collect();
    assert_eq!(found(&wanted), []);
    wanted.excluded = vec![all[3].item_id];
    assert_eq!(found(&wanted), [(Some(0), Kind::TooFewItems)]);
    wanted.excluded = vec![all[0].item_id];
    wanted.mandatory.push(all[4].item_id);
    assert_eq!(found(&wanted), [(None, Kind::MandatoryNowhere), (None, Kind::MandatoryExcluded)]);
    wanted.mandatory = all[..4].iter().map(|item| item.item_id).collect();
    wanted.excluded.clear();
    assert_eq!(found(&wanted), [(Some(0), Kind::TooManyMandatory)]);
}

#[test]
fn a_difficulty_that_no_item_reaches_is_named() {
    let mut wanted = blueprint(vec![row("A", 2)]);
    wanted.difficulty = 620;
    assert_eq!(found(&wanted), []);
    wanted.difficulty = 621;
    assert_eq!(found(&wanted), [(None, Kind::DifficultyOutOfReach)]);
}

#[test]
fn a_mix_that_the_bank_cannot_give_is_named() {
    let mut wanted = blueprint(vec![row("A", 2)]);
    wanted.mix = Some(DifficultyMix { hard: 0, medium: 100, easy: 0 });
    assert_eq!(found(&wanted), []);
    wanted.mix = Some(DifficultyMix { hard: 50, medium: 50, easy: 0 });
    let summary = BankSummary::of(&bank(), Some(&wanted));
    let named = Contradiction { row: Some(0), kind: Kind::MixOutOfReach, wanted: 4, there: 2 };
    assert_eq!(contradictions(&wanted, &summary), [named]);
    wanted.mix = Some(DifficultyMix { hard: 50, medium: 51, easy: 0 });
    assert_eq!(validate_blueprint(&wanted), [FieldError::new("/mix", "out-of-range")]);
}

#[test]
fn what_is_tried_counts_for_no_row_and_is_counted_apart() {
    let on_trial = |id, module| BankItem { is_trial: true, ..item(id, module, 600, 0) };
    let bank: Vec<_> = bank().into_iter().chain([on_trial(10, "B"), on_trial(11, "B"), on_trial(12, "C")]).collect();
    let told = |blueprint: &Blueprint| {
        let found = contradictions(blueprint, &BankSummary::of(&bank, Some(blueprint)));
        found.into_iter().map(|found| (found.row, found.kind, found.wanted, found.there)).collect::<Vec<_>>()
    };
    let mut wanted = blueprint(vec![row("A", 2), row("B", 1)]);
    wanted.trial_places = 1;
    assert_eq!(told(&wanted), []);
    wanted.excluded = vec![on_trial(10, "B").item_id];
    assert_eq!(told(&wanted), [(None, Kind::TooFewOnTrial, 2, 1)], "of C there is no row");
    wanted = blueprint(vec![row("B", 2)]);
    wanted.mandatory = vec![on_trial(10, "B").item_id];
    let told = told(&wanted);
    assert_eq!(told, [(Some(0), Kind::TooFewItems, 4, 2), (None, Kind::MandatoryNowhere, 0, 1)]);
    wanted.trial_places = TRIAL_PLACES + 1;
    assert_eq!(validate_blueprint(&wanted), [FieldError::new("/trial_places", "out-of-range")]);
}

#[test]
fn every_wrong_field_is_named() {
    let mut wrong = blueprint(vec![row(" ", 0)]);
    wrong.forms = 5;
    wrong.exposure_cap = Some(0);
    wrong.excluded = vec![bank()[0].item_id; 2];
    let named: Vec<_> = validate_blueprint(&wrong).into_iter().map(|error| error.pointer).collect();
    assert_eq!(named, ["/rows/0/module", "/rows/0/count", "/total", "/forms", "/exposure_cap", "/excluded"]);
    assert_eq!(validate_blueprint(&blueprint(Vec::new()))[0], FieldError::new("/rows", "required"));
}
