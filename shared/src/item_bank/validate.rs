//! Whether an item can be stored: the same rules for forms, imports and the API.

use super::{
    Item, ItemBody, NumericUnit, Tolerance, hot_text,
    inline_choice::{BETWEEN, can_be_cut},
    mixed::is_mixed,
    numeric::{Decimal, is_plain, is_same_unit},
};
use crate::problem::FieldError;
use std::collections::BTreeSet;

mod shared_out;

/// The newest form of an item's document.
pub const ITEM_SCHEMA_VERSION: u16 = 1;

/// Characters of a stem, an explanation or a rubric.
pub const MAX_TEXT_CHARS: usize = 20_000;

/// Characters of one option or one accepted answer.
pub const MAX_OPTION_CHARS: usize = 4_000;

/// Fewest and most options of a choice.
pub const OPTION_COUNT: std::ops::RangeInclusive<usize> = 2..=10;

/// Fewest and most blanks of a fill-in.
pub const BLANK_COUNT: std::ops::RangeInclusive<usize> = 1..=20;

/// Fewest and most accepted answers of one blank.
pub const ACCEPTED_COUNT: std::ops::RangeInclusive<usize> = 1..=50;

/// Most units of a number.
pub const MAX_UNITS: usize = 20;

/// Fewest and most texts on either side of a matching.
pub const PAIR_COUNT: std::ops::RangeInclusive<usize> = 2..=20;

/// Fewest and most rows of a table.
pub const ROW_COUNT: std::ops::RangeInclusive<usize> = 2..=20;

/// Fewest and most columns of a table: more do not stand beside each other on a phone.
pub const COLUMN_COUNT: std::ops::RangeInclusive<usize> = 2..=6;

/// Fewest and most words of a text that can be chosen.
pub const SPOT_COUNT: std::ops::RangeInclusive<usize> = 2..=30;

/// Fewest and most dimensions of an essay.
pub const DIMENSION_COUNT: std::ops::RangeInclusive<usize> = 1..=8;

/// Fewest and most steps of a calculation.
pub const STEP_COUNT: std::ops::RangeInclusive<usize> = 2..=10;

/// Fewest and most questions on a material.
pub const CHILD_COUNT: std::ops::RangeInclusive<usize> = 2..=10;

/// The most questions on a material that a person marks: what is written to so many goes as one answer.
pub const MOST_WRITTEN: usize = 4;

/// Characters of the name of a dimension.
pub const DIMENSION_CHARS: usize = 40;

/// The most that an essay may have to be long: an answer is not longer.
pub const MOST_LONG: u16 = 5_000;

/// Fewest and most lines that are put in order.
pub const LINE_COUNT: std::ops::RangeInclusive<usize> = 3..=12;

/// Characters of the name of a unit.
pub const MAX_UNIT_CHARS: usize = 40;

/// Everything that is wrong with an item, each with a JSON pointer into its document.
#[must_use]
pub fn validate_item(item: &Item) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if item.schema_version != ITEM_SCHEMA_VERSION {
        errors.push(FieldError::new("/schema_version", "unknown-version"));
    }
    required(&mut errors, "/stem", &item.stem, MAX_TEXT_CHARS);
    at_most(&mut errors, "/explanation", &item.explanation, MAX_TEXT_CHARS);
    match &item.body {
        ItemBody::SingleChoice { options, key } => {
            check_options(&mut errors, options);
            in_range(&mut errors, "/body/key", *key, options);
        }
        ItemBody::MultipleChoice { options, key, .. } => {
            check_options(&mut errors, options);
            check_keys(&mut errors, key, options);
        }
        ItemBody::TrueFalse { .. } => {}
        ItemBody::FillIn { blanks, groups } => {
            check_blanks(&mut errors, &item.stem, blanks);
            check_groups(&mut errors, blanks.len(), groups);
        }
        ItemBody::ShortAnswer { rubric } => at_most(&mut errors, "/body/rubric", rubric, MAX_TEXT_CHARS),
        ItemBody::Numeric { key, tolerance, units } => check_number(&mut errors, "/body", key, tolerance, units),
        ItemBody::Matching { lefts, rights, key } => check_pairs(&mut errors, lefts, rights, key),
        ItemBody::Ordering { lines, key } => check_order(&mut errors, lines, key),
        ItemBody::InlineChoice { menus, key } => check_menus(&mut errors, &item.stem, menus, key),
        ItemBody::Matrix { rows, columns, key } => check_table(&mut errors, rows, columns, key),
        ItemBody::HotText { key, .. } => check_spots(&mut errors, &item.stem, key),
        ItemBody::Correction { key, accepted } => check_correction(&mut errors, *key, accepted),
        ItemBody::Essay { dimensions, length } => shared_out::check_essay(&mut errors, dimensions, *length),
        ItemBody::Composite { children } => shared_out::check_children(&mut errors, children),
        ItemBody::Calculation { steps } => shared_out::check_steps(&mut errors, steps),
    }
    errors
}

fn check_options(errors: &mut Vec<FieldError>, options: &[String]) {
    if !OPTION_COUNT.contains(&options.len()) {
        return errors.push(FieldError::new("/body/options", "option-count"));
    }
    for (index, option) in options.iter().enumerate() {
        let pointer = format!("/body/options/{index}");
        required(errors, &pointer, option, MAX_OPTION_CHARS);
        if !option.trim().is_empty() && options[..index].iter().any(|earlier| earlier.trim() == option.trim()) {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
    }
}

fn check_keys(errors: &mut Vec<FieldError>, key: &[u16], options: &[String]) {
    if key.is_empty() {
        errors.push(FieldError::new("/body/key", "required"));
    }
    for (index, &one) in key.iter().enumerate() {
        in_range(errors, &format!("/body/key/{index}"), one, options);
    }
    if !key.is_sorted_by(|a, b| a < b) {
        errors.push(FieldError::new("/body/key", "not-ascending"));
    }
}

fn check_blanks(errors: &mut Vec<FieldError>, stem: &str, blanks: &[Vec<String>]) {
    if !BLANK_COUNT.contains(&blanks.len()) {
        errors.push(FieldError::new("/body/blanks", "blank-count"));
    }
    let in_stem = super::blanks::count(stem);
    if in_stem > 0 && in_stem != blanks.len() {
        errors.push(FieldError::new("/body/blanks", "blank-mismatch"));
    }
    for (index, accepted) in blanks.iter().enumerate() {
        if !ACCEPTED_COUNT.contains(&accepted.len()) {
            errors.push(FieldError::new(format!("/body/blanks/{index}"), "accepted-count"));
        }
        for (number, text) in accepted.iter().enumerate() {
            required(errors, &format!("/body/blanks/{index}/{number}"), text, MAX_OPTION_CHARS);
        }
    }
}

/// A group has at least two blanks, and no blank is in two places.
fn check_groups(errors: &mut Vec<FieldError>, blanks: usize, groups: &[Vec<u16>]) {
    let mut seen = BTreeSet::new();
    for (index, group) in groups.iter().enumerate() {
        let are_new = group.iter().filter(|&&blank| usize::from(blank) < blanks && seen.insert(blank)).count();
        if group.len() < 2 || are_new < group.len() {
            errors.push(FieldError::new(format!("/body/groups/{index}"), "bad-group"));
        }
    }
}

/// The number that stands at `base`.
fn check_number(errors: &mut Vec<FieldError>, base: &str, key: &str, tolerance: &Tolerance, units: &[NumericUnit]) {
    if !is_plain(key) {
        errors.push(FieldError::new(format!("{base}/key"), "not-a-number"));
    }
    let is_kept = match tolerance {
        Tolerance::Absolute { by } => is_plain(by) && !by.starts_with('-'),
        Tolerance::Relative { percent } => is_plain(percent) && is_percentage(percent),
    };
    if !is_kept {
        errors.push(FieldError::new(format!("{base}/tolerance"), "not-a-tolerance"));
    }
    if units.len() > MAX_UNITS {
        errors.push(FieldError::new(format!("{base}/units"), "unit-count"));
    }
    for (index, unit) in units.iter().enumerate() {
        let pointer = format!("{base}/units/{index}/name");
        required(errors, &pointer, &unit.name, MAX_UNIT_CHARS);
        if units[..index].iter().any(|earlier| is_same_unit(&earlier.name, &unit.name)) {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
        let is_more_than_nothing = |factor: Decimal| !factor.is_negative() && !factor.is_zero();
        if !is_plain(&unit.factor) || !Decimal::read(&unit.factor).is_some_and(is_more_than_nothing) {
            errors.push(FieldError::new(format!("{base}/units/{index}/factor"), "not-a-factor"));
        }
    }
}

fn check_pairs(errors: &mut Vec<FieldError>, lefts: &[String], rights: &[String], key: &[u16]) {
    for (pointer, side) in [("/body/lefts", lefts), ("/body/rights", rights)] {
        if !PAIR_COUNT.contains(&side.len()) {
            errors.push(FieldError::new(pointer, "pair-count"));
            continue;
        }
        check_lines(errors, pointer, side);
    }
    if !is_mixed(rights) {
        errors.push(FieldError::new("/body/rights", "not-mixed"));
    }
    if key.len() != lefts.len() {
        errors.push(FieldError::new("/body/key", "key-count"));
    }
    for (index, &one) in key.iter().enumerate() {
        in_range(errors, &format!("/body/key/{index}"), one, rights);
    }
}

fn check_table(errors: &mut Vec<FieldError>, rows: &[String], columns: &[String], key: &[u16]) {
    let sides =
        [("/body/rows", rows, ROW_COUNT, "row-count"), ("/body/columns", columns, COLUMN_COUNT, "column-count")];
    for (pointer, side, count, code) in sides {
        if !count.contains(&side.len()) {
            errors.push(FieldError::new(pointer, code));
            continue;
        }
        check_lines(errors, pointer, side);
    }
    if key.len() != rows.len() {
        errors.push(FieldError::new("/body/key", "key-count"));
    }
    for (index, &one) in key.iter().enumerate() {
        in_range(errors, &format!("/body/key/{index}"), one, columns);
    }
}

/// What is right is not put right.
fn check_correction(errors: &mut Vec<FieldError>, key: bool, accepted: &[String]) {
    let is_enough = if key { accepted.is_empty() } else { ACCEPTED_COUNT.contains(&accepted.len()) };
    if !is_enough {
        errors.push(FieldError::new("/body/accepted", "correction-count"));
    }
    check_lines(errors, "/body/accepted", accepted);
}

fn check_spots(errors: &mut Vec<FieldError>, stem: &str, key: &[u16]) {
    let words = hot_text::hot_words(stem);
    if !SPOT_COUNT.contains(&words.len()) {
        errors.push(FieldError::new("/stem", "spot-count"));
    }
    if !hot_text::can_be_cut(stem) {
        errors.push(FieldError::new("/stem", "plain-spots"));
    }
    check_keys(errors, key, &words);
}

fn check_order(errors: &mut Vec<FieldError>, lines: &[String], key: &[u16]) {
    if !LINE_COUNT.contains(&lines.len()) {
        return errors.push(FieldError::new("/body/lines", "line-count"));
    }
    check_lines(errors, "/body/lines", lines);
    if !is_mixed(lines) {
        errors.push(FieldError::new("/body/lines", "not-mixed"));
    }
    if key.len() != lines.len() {
        errors.push(FieldError::new("/body/key", "key-count"));
    }
    for (index, one) in key.iter().enumerate() {
        let pointer = format!("/body/key/{index}");
        in_range(errors, &pointer, *one, lines);
        if key[..index].contains(one) {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
    }
}

fn check_menus(errors: &mut Vec<FieldError>, stem: &str, menus: &[Vec<String>], key: &[u16]) {
    if !BLANK_COUNT.contains(&menus.len()) || super::blanks::count(stem) != menus.len() {
        errors.push(FieldError::new("/body/menus", "blank-mismatch"));
    }
    if !can_be_cut(stem) {
        errors.push(FieldError::new("/stem", "plain-stem"));
    }
    if key.len() != menus.len() {
        errors.push(FieldError::new("/body/key", "key-count"));
    }
    for (index, menu) in menus.iter().enumerate() {
        let pointer = format!("/body/menus/{index}");
        if !OPTION_COUNT.contains(&menu.len()) {
            errors.push(FieldError::new(pointer, "option-count"));
            continue;
        }
        check_lines(errors, &pointer, menu);
        if menu.iter().any(|words| words.contains(['$', BETWEEN]) || words.contains("![")) {
            errors.push(FieldError::new(pointer.clone(), "plain-words"));
        }
        if !is_mixed(menu) {
            errors.push(FieldError::new(pointer, "not-mixed"));
        }
        if let Some(&right) = key.get(index) {
            in_range(errors, &format!("/body/key/{index}"), right, menu);
        }
    }
}

/// Texts of one line each, no two alike.
fn check_lines(errors: &mut Vec<FieldError>, pointer: &str, texts: &[String]) {
    for (index, text) in texts.iter().enumerate() {
        let pointer = format!("{pointer}/{index}");
        required(errors, &pointer, text, MAX_OPTION_CHARS);
        if text.contains(['\n', '\r']) {
            errors.push(FieldError::new(pointer.clone(), "line-break"));
        }
        if !text.trim().is_empty() && texts[..index].iter().any(|earlier| earlier.trim() == text.trim()) {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
    }
}

/// Between nothing and a hundred.
fn is_percentage(text: &str) -> bool {
    let within = |percent: Decimal| !percent.is_negative() && percent.is_at_most(Decimal::whole(100)) == Some(true);
    Decimal::read(text).is_some_and(within)
}

fn required(errors: &mut Vec<FieldError>, pointer: &str, text: &str, max: usize) {
    if text.trim().is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    }
    at_most(errors, pointer, text, max);
}

fn at_most(errors: &mut Vec<FieldError>, pointer: &str, text: &str, max: usize) {
    if text.chars().count() > max {
        errors.push(FieldError::new(pointer, "too-long"));
    }
}

fn in_range(errors: &mut Vec<FieldError>, pointer: &str, key: u16, options: &[String]) {
    if usize::from(key) >= options.len() {
        errors.push(FieldError::new(pointer, "out-of-range"));
    }
}

#[cfg(test)]
mod tests;
