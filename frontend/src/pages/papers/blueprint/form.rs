//! A blueprint while it is being written.

use crate::pages::{
    marking::parse_points,
    papers::thousandths::{parse_share, share_text},
};
use leptos::prelude::*;
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{Ability, Cell, ItemKind},
    papers::{BankItem, BankSummary, Blueprint, BlueprintDraft, BlueprintRow, DifficultyMix, validate_blueprint},
    points::Points,
    problem::FieldError,
};

/// One row.
#[derive(Clone, Copy)]
pub(super) struct RowForm {
    /// Tells it from the others.
    pub(super) number: usize,
    pub(super) module: RwSignal<String>,
    pub(super) ability: RwSignal<String>,
    pub(super) kind: RwSignal<String>,
    pub(super) count: RwSignal<String>,
    pub(super) points: RwSignal<String>,
}

impl RowForm {
    fn of(number: usize, row: &BlueprintRow) -> Self {
        Self {
            number,
            module: RwSignal::new(row.module.clone()),
            ability: RwSignal::new(row.ability.as_str().to_owned()),
            kind: RwSignal::new(row.kind.as_str().to_owned()),
            count: RwSignal::new(row.count.to_string()),
            points: RwSignal::new(row.points.to_string()),
        }
    }

    /// What it asks for; numbers that cannot be read count as none.
    pub(super) fn row(self) -> BlueprintRow {
        BlueprintRow {
            module: self.module.get(),
            ability: Ability::parse(&self.ability.get()).unwrap_or(Ability::Recall),
            kind: ItemKind::parse(&self.kind.get()).unwrap_or(ItemKind::SingleChoice),
            count: self.count.get().trim().parse().unwrap_or_default(),
            points: parse_points(&self.points.get()).unwrap_or_default(),
        }
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) course_id: CourseId,
    pub(super) title: RwSignal<String>,
    pub(super) rows: RwSignal<Vec<RowForm>>,
    next: StoredValue<usize>,
    pub(super) total: RwSignal<String>,
    pub(super) forms: RwSignal<String>,
    pub(super) has_spare: RwSignal<bool>,
    pub(super) shared_limit: RwSignal<String>,
    pub(super) recent_limit: RwSignal<String>,
    pub(super) exposure_cap: RwSignal<String>,
    pub(super) difficulty: RwSignal<String>,
    pub(super) tolerance: RwSignal<String>,
    /// Per cent of hard, medium and easy items; nothing at all if any mix will do.
    pub(super) mix: [RwSignal<String>; 3],
    pub(super) trial_places: RwSignal<String>,
    pub(super) mandatory: RwSignal<Vec<ItemId>>,
    pub(super) excluded: RwSignal<Vec<ItemId>>,
    /// Items that were named on this page, as far as a list tells of them.
    pub(super) named: RwSignal<Vec<BankItem>>,
}

/// A row as it begins: two points an item.
fn new_row() -> BlueprintRow {
    let (ability, kind) = (Ability::Recall, ItemKind::SingleChoice);
    BlueprintRow { module: String::new(), ability, kind, count: 1, points: Points::whole(2) }
}

/// The shares of a mix as they are written; nothing where none is wanted.
fn mix_texts(mix: Option<DifficultyMix>) -> [String; 3] {
    let shares = mix.map(|mix| [mix.hard, mix.medium, mix.easy].map(|share| share.to_string()));
    shares.unwrap_or_default()
}

/// The mix that is written: what is empty is no share, what cannot be read more than there is.
fn mix_of(texts: [String; 3]) -> Option<DifficultyMix> {
    if texts.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let share = |text: &str| if text.is_empty() { 0 } else { text.parse().unwrap_or(u16::MAX) };
    let [hard, medium, easy] = texts.map(|text| share(text.trim()));
    Some(DifficultyMix { hard, medium, easy })
}

impl Form {
    /// Nothing but what is usual.
    pub(super) fn empty(course_id: CourseId) -> Self {
        let blueprint = Blueprint {
            rows: vec![new_row()],
            total: Points::whole(100),
            mandatory: Vec::new(),
            excluded: Vec::new(),
            forms: 2,
            has_spare: true,
            shared_limit: 0,
            recent_limit: 0,
            exposure_cap: None,
            difficulty: 650,
            tolerance: 20,
            mix: None,
            trial_places: 0,
        };
        Self::of(&BlueprintDraft { course_id, title: String::new(), blueprint })
    }

    /// What is there.
    pub(super) fn of(draft: &BlueprintDraft) -> Self {
        let blueprint = &draft.blueprint;
        let rows: Vec<_> = blueprint.rows.iter().enumerate().map(|(at, row)| RowForm::of(at, row)).collect();
        let number = |number: u16| RwSignal::new(number.to_string());
        let share = |share: u16| RwSignal::new(share_text(i32::from(share)));
        Self {
            course_id: draft.course_id,
            title: RwSignal::new(draft.title.clone()),
            next: StoredValue::new(rows.len()),
            rows: RwSignal::new(rows),
            total: RwSignal::new(blueprint.total.to_string()),
            forms: number(u16::from(blueprint.forms)),
            has_spare: RwSignal::new(blueprint.has_spare),
            shared_limit: number(blueprint.shared_limit),
            recent_limit: number(blueprint.recent_limit),
            exposure_cap: RwSignal::new(blueprint.exposure_cap.map(|cap| cap.to_string()).unwrap_or_default()),
            difficulty: share(blueprint.difficulty),
            tolerance: share(blueprint.tolerance),
            mix: mix_texts(blueprint.mix).map(RwSignal::new),
            trial_places: number(blueprint.trial_places),
            mandatory: RwSignal::new(blueprint.mandatory.clone()),
            excluded: RwSignal::new(blueprint.excluded.clone()),
            named: RwSignal::new(Vec::new()),
        }
    }

    /// One row more.
    pub(super) fn add_row(self) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.rows.update(|rows| rows.push(RowForm::of(number, &new_row())));
    }

    /// Which of the rows this one is, from 0.
    pub(super) fn place_of(self, row: RowForm) -> usize {
        self.rows.with(|rows| rows.iter().position(|other| other.number == row.number)).unwrap_or_default()
    }

    /// The blueprint as far as it can be read.
    pub(super) fn draft(self) -> BlueprintDraft {
        let number = |text: RwSignal<String>| text.get().trim().parse::<u16>();
        let share = |text: RwSignal<String>| parse_share(&text.get()).unwrap_or_default();
        let blueprint = Blueprint {
            rows: self.rows.get().into_iter().map(RowForm::row).collect(),
            total: parse_points(&self.total.get()).unwrap_or_default(),
            mandatory: self.mandatory.get(),
            excluded: self.excluded.get(),
            forms: self.forms.get().trim().parse().unwrap_or_default(),
            has_spare: self.has_spare.get(),
            shared_limit: number(self.shared_limit).unwrap_or_default(),
            recent_limit: number(self.recent_limit).unwrap_or_default(),
            exposure_cap: number(self.exposure_cap).ok(),
            difficulty: share(self.difficulty),
            tolerance: share(self.tolerance),
            mix: mix_of(self.mix.map(|share| share.get())),
            trial_places: number(self.trial_places).unwrap_or_default(),
        };
        BlueprintDraft { course_id: self.course_id, title: self.title.get(), blueprint }
    }

    /// What is wrong with it, by the rules that the server has too, and what cannot be read.
    pub(super) fn wrong(self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        if self.title.with(|title| title.trim().is_empty()) {
            wrong.push(FieldError::new("/title", "required"));
        }
        let is_number = |text: RwSignal<String>| text.with(|text| text.trim().parse::<u16>().is_ok());
        let is_share = |text: RwSignal<String>| text.with(|text| parse_share(text).is_some());
        let has_no_cap = self.exposure_cap.with(|cap| cap.trim().is_empty());
        let readable = [
            ("/blueprint/shared_limit", is_number(self.shared_limit)),
            ("/blueprint/recent_limit", is_number(self.recent_limit)),
            ("/blueprint/trial_places", is_number(self.trial_places)),
            ("/blueprint/exposure_cap", has_no_cap || is_number(self.exposure_cap)),
            ("/blueprint/difficulty", is_share(self.difficulty)),
            ("/blueprint/tolerance", is_share(self.tolerance)),
        ];
        let unreadable = readable.into_iter().filter(|(_, is_readable)| !is_readable);
        wrong.extend(unreadable.map(|(pointer, _)| FieldError::new(pointer, "out-of-range")));
        let below = |error: FieldError| FieldError { pointer: format!("/blueprint{}", error.pointer), ..error };
        wrong.extend(validate_blueprint(&self.draft().blueprint).into_iter().map(below));
        wrong
    }

    /// The bank with the items that were named on this page.
    pub(super) fn with_named(self, bank: &BankSummary) -> BankSummary {
        let mut bank = bank.clone();
        let more = self.named.get().into_iter();
        let more = more.filter(|item| !bank.named.iter().any(|known| known.item_id == item.item_id));
        let more: Vec<_> = more.collect();
        bank.named.extend(more);
        bank
    }
}

/// How many items the bank has in a field below a cap.
pub(super) fn there(bank: &BankSummary, cell: &Cell, cap: Option<u16>) -> usize {
    let found = bank.cells.iter().find(|found| found.cell == *cell);
    let counts = found.map(|found| found.by_exposure.as_slice()).unwrap_or_default();
    counts.iter().take(cap.map_or(counts.len(), usize::from)).map(|count| *count as usize).sum()
}
