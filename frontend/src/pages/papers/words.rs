//! What keeps a blueprint from being met, and in what a form is other, in words.

use super::thousandths::share_text;
use crate::{
    i18n::{Locale, td_string},
    pages::item_bank::{ability::ability_name, kind::kind_name},
};
use shared::{
    item_bank::Cell,
    papers::{Contradiction, ContradictionKind, Difference, DifferenceKind, KeyShareState},
    points::Points,
};

/// Where a share of a key stands.
pub(super) fn share_state_name(locale: Locale, state: KeyShareState) -> &'static str {
    match state {
        KeyShareState::Waiting => td_string!(locale, papers.share_waiting),
        KeyShareState::Shown => td_string!(locale, papers.share_shown),
        KeyShareState::Confirmed => td_string!(locale, papers.share_confirmed),
        KeyShareState::HandedIn => td_string!(locale, papers.share_handed_in),
    }
}

/// A field of a blueprint.
pub(super) fn cell_name(locale: Locale, cell: &Cell) -> String {
    format!("{} · {} · {}", cell.module, ability_name(locale, cell.ability), kind_name(locale, cell.kind))
}

/// What is wrong, with the number of its row.
pub(super) fn contradiction_text(locale: Locale, found: &Contradiction) -> String {
    of_row(locale, found.row, contradiction_words(locale, found))
}

/// What is wrong, where the row is plain.
pub(super) fn contradiction_words(locale: Locale, found: &Contradiction) -> String {
    use ContradictionKind as Kind;
    let Contradiction { kind, wanted, there, .. } = *found;
    match kind {
        Kind::OtherTotal => {
            let (wanted, there) = (Points(wanted).to_string(), Points(there).to_string());
            td_string!(locale, papers.other_total, wanted = wanted, there = there)
        }
        Kind::SameField => td_string!(locale, papers.same_field).to_owned(),
        Kind::TooFewItems => td_string!(locale, papers.too_few_items, wanted = wanted, there = there),
        Kind::TooManyMandatory => td_string!(locale, papers.too_many_mandatory, wanted = wanted, there = there),
        Kind::MandatoryNowhere => td_string!(locale, papers.mandatory_nowhere, there = there),
        Kind::MandatoryExcluded => td_string!(locale, papers.mandatory_excluded, there = there),
        Kind::DifficultyOutOfReach => {
            let (wanted, there) = (share_text(wanted), share_text(there));
            td_string!(locale, papers.difficulty_out_of_reach, wanted = wanted, there = there)
        }
        Kind::TooManyRecent => td_string!(locale, papers.too_many_recent, wanted = wanted, there = there),
        Kind::EnemiesInTheWay => td_string!(locale, papers.enemies_in_the_way, wanted = wanted, there = there),
        Kind::TooFewOnTrial => td_string!(locale, papers.too_few_on_trial, wanted = wanted, there = there),
        Kind::MixOutOfReach => td_string!(locale, papers.mix_out_of_reach, wanted = wanted, there = there),
        Kind::NotTogether => td_string!(locale, papers.not_together).to_owned(),
    }
}

/// In what a form is other, with the number of the row.
pub(super) fn difference_text(locale: Locale, found: &Difference) -> String {
    use DifferenceKind as Kind;
    let Difference { kind, wanted, there, .. } = *found;
    let words = match kind {
        Kind::Count => td_string!(locale, papers.diff_count, wanted = wanted, there = there),
        Kind::Points => td_string!(locale, papers.diff_points, there = there),
        Kind::OfNoRow => td_string!(locale, papers.diff_of_no_row, there = there),
        Kind::Twice => td_string!(locale, papers.diff_twice, there = there),
        Kind::Missing => td_string!(locale, papers.diff_missing, there = there),
        Kind::Excluded => td_string!(locale, papers.diff_excluded, there = there),
        Kind::Worn => td_string!(locale, papers.diff_worn, there = there),
        Kind::Enemies => td_string!(locale, papers.diff_enemies, there = there),
        Kind::Recent => td_string!(locale, papers.diff_recent, wanted = wanted, there = there),
        Kind::Difficulty => {
            let (wanted, there) = (share_text(wanted), share_text(there));
            td_string!(locale, papers.diff_difficulty, wanted = wanted, there = there)
        }
        Kind::Mix => td_string!(locale, papers.diff_mix, there = there),
        Kind::Trials => td_string!(locale, papers.diff_trials, wanted = wanted, there = there),
    };
    of_row(locale, found.row, words)
}

fn of_row(locale: Locale, row: Option<u16>, what: String) -> String {
    match row {
        Some(row) => td_string!(locale, papers.row_named, row = row + 1, what = what),
        None => what,
    }
}
