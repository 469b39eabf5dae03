//! Whether an item can be stored: the same rules for forms, imports and the API.

use super::{
    Item, ItemBody, NumericUnit, Tolerance,
    inline_choice::BETWEEN,
    mixed::is_mixed,
    normalise::normalise_answer,
    numeric::{Decimal, is_plain},
};
use crate::problem::FieldError;

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
        ItemBody::MultipleChoice { options, key } => {
            check_options(&mut errors, options);
            check_keys(&mut errors, key, options);
        }
        ItemBody::TrueFalse { .. } => {}
        ItemBody::FillIn { blanks } => check_blanks(&mut errors, &item.stem, blanks),
        ItemBody::ShortAnswer { rubric } => at_most(&mut errors, "/body/rubric", rubric, MAX_TEXT_CHARS),
        ItemBody::Numeric { key, tolerance, units } => check_number(&mut errors, key, tolerance, units),
        ItemBody::Matching { lefts, rights, key } => check_pairs(&mut errors, lefts, rights, key),
        ItemBody::Ordering { lines, key } => check_order(&mut errors, lines, key),
        ItemBody::InlineChoice { menus, key } => check_menus(&mut errors, &item.stem, menus, key),
    }
    errors
}

fn check_options(errors: &mut Vec<FieldError>, options: &[String]) {
    if !OPTION_COUNT.contains(&options.len()) {
        errors.push(FieldError::new("/body/options", "option-count"));
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

fn check_number(errors: &mut Vec<FieldError>, key: &str, tolerance: &Tolerance, units: &[NumericUnit]) {
    if !is_plain(key) {
        errors.push(FieldError::new("/body/key", "not-a-number"));
    }
    let is_kept = match tolerance {
        Tolerance::Absolute { by } => is_plain(by) && !by.starts_with('-'),
        Tolerance::Relative { percent } => is_plain(percent) && is_percentage(percent),
    };
    if !is_kept {
        errors.push(FieldError::new("/body/tolerance", "not-a-tolerance"));
    }
    if units.len() > MAX_UNITS {
        errors.push(FieldError::new("/body/units", "unit-count"));
    }
    for (index, unit) in units.iter().enumerate() {
        let name = normalise_answer(&unit.name);
        let pointer = format!("/body/units/{index}/name");
        required(errors, &pointer, &unit.name, MAX_UNIT_CHARS);
        if units[..index].iter().any(|earlier| normalise_answer(&earlier.name) == name) {
            errors.push(FieldError::new(pointer, "duplicate"));
        }
        let is_more_than_nothing = |factor: Decimal| !factor.is_negative() && !factor.is_zero();
        if !is_plain(&unit.factor) || !Decimal::read(&unit.factor).is_some_and(is_more_than_nothing) {
            errors.push(FieldError::new(format!("/body/units/{index}/factor"), "not-a-factor"));
        }
    }
}

fn check_pairs(errors: &mut Vec<FieldError>, lefts: &[String], rights: &[String], key: &[u16]) {
    for (pointer, side) in [("/body/lefts", lefts), ("/body/rights", rights)] {
        if !PAIR_COUNT.contains(&side.len()) {
            errors.push(FieldError::new(pointer, "pair-count"));
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

fn check_order(errors: &mut Vec<FieldError>, lines: &[String], key: &[u16]) {
    if !LINE_COUNT.contains(&lines.len()) {
        errors.push(FieldError::new("/body/lines", "line-count"));
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
    if key.len() != menus.len() {
        errors.push(FieldError::new("/body/key", "key-count"));
    }
    for (index, menu) in menus.iter().enumerate() {
        let pointer = format!("/body/menus/{index}");
        if !OPTION_COUNT.contains(&menu.len()) {
            errors.push(FieldError::new(pointer.clone(), "option-count"));
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
mod tests {
    use super::*;
    use crate::item_bank::{ItemKind, body_of_lines};

    fn check(stem: &str, body: ItemBody, expected: &[(&str, &str)]) {
        let item = Item { schema_version: 1, stem: stem.to_owned(), body, explanation: String::new() };
        let errors = validate_item(&item);
        let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code.as_str())).collect();
        assert_eq!(found, expected);
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_good_item_has_no_errors() {
        check("a", ItemBody::SingleChoice { options: texts(&["x", "y"]), key: 1 }, &[]);
        check("a", ItemBody::MultipleChoice { options: texts(&["x", "y"]), key: vec![0, 1] }, &[]);
        check("a ____ b __", ItemBody::FillIn { blanks: vec![texts(&["x"]), texts(&["y", "z"])] }, &[]);
        check("a", ItemBody::ShortAnswer { rubric: String::new() }, &[]);
    }

    #[test]
    fn every_error_points_to_its_field() {
        check(" ", ItemBody::TrueFalse { key: true }, &[("/stem", "required")]);
        check(&"a".repeat(20_001), ItemBody::TrueFalse { key: true }, &[("/stem", "too-long")]);
        check(
            "a",
            ItemBody::SingleChoice { options: texts(&["x"]), key: 1 },
            &[("/body/options", "option-count"), ("/body/key", "out-of-range")],
        );
        check(
            "a",
            ItemBody::SingleChoice { options: texts(&["x", "", "x"]), key: 0 },
            &[("/body/options/1", "required"), ("/body/options/2", "duplicate")],
        );
        check(
            "a",
            ItemBody::MultipleChoice { options: texts(&["x", "y"]), key: vec![1, 0] },
            &[("/body/key", "not-ascending")],
        );
        check("a", ItemBody::MultipleChoice { options: texts(&["x", "y"]), key: vec![] }, &[("/body/key", "required")]);
        check("a", ItemBody::FillIn { blanks: vec![] }, &[("/body/blanks", "blank-count")]);
        check(
            "a ____",
            ItemBody::FillIn { blanks: vec![texts(&["x"]), vec![]] },
            &[("/body/blanks", "blank-mismatch"), ("/body/blanks/1", "accepted-count")],
        );
    }

    #[test]
    fn pairs_are_complete_and_their_right_side_is_mixed() {
        let body = |text: &str| body_of_lines(ItemKind::Matching, text).unwrap();
        check("a", body("x -> 1\ny -> 2\n-> 3"), &[]);
        check("a", body("x -> 1\ny -> 1"), &[("/body/rights", "pair-count")]);
        check("a", body("x -> 1\nx -> 2"), &[("/body/lefts/1", "duplicate")]);
        check(
            "a",
            body("x -> \ny -> 2"),
            &[(if is_mixed(&texts(&["", "2"])) { "/body/rights/0" } else { "/body/rights/1" }, "required")],
        );
        let ItemBody::Matching { lefts, mut rights, .. } = body("x -> 1\ny -> 2\n-> 3") else {
            panic!("it is a matching");
        };
        rights.reverse();
        check(
            "a",
            ItemBody::Matching { lefts, rights, key: vec![3] },
            &[("/body/rights", "not-mixed"), ("/body/key", "key-count"), ("/body/key/0", "out-of-range")],
        );
        let codes = ["pair-count", "not-mixed", "key-count", "line-break"];
        assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
    }

    #[test]
    fn every_line_has_one_place_in_the_order() {
        let body = |text: &str| body_of_lines(ItemKind::Ordering, text).unwrap();
        check("a", body("x\ny\nz"), &[]);
        check("a", body("x\ny"), &[("/body/lines", "line-count")]);
        check("a", body("x\ny\nz\nx"), &[("/body/key", "key-count"), ("/body/key/3", "duplicate")]);
        let ItemBody::Ordering { mut lines, .. } = body("x\ny\nz") else { panic!("it is an order") };
        lines.reverse();
        check(
            "a",
            ItemBody::Ordering { lines, key: vec![0, 3, 0] },
            &[("/body/lines", "not-mixed"), ("/body/key/1", "out-of-range"), ("/body/key/2", "duplicate")],
        );
        assert!(crate::problem::has_texts("field.line-count"));
    }

    #[test]
    fn every_blank_has_a_menu_of_plain_words() {
        let body = |text: &str| body_of_lines(ItemKind::InlineChoice, text).unwrap();
        check("a ____ b ____", body("x | y\nu | v | w"), &[]);
        check("a ____", body("x | y\nu | v"), &[("/body/menus", "blank-mismatch")]);
        check("a", body("x | y"), &[("/body/menus", "blank-mismatch")]);
        check("a ____", body("x"), &[("/body/menus/0", "option-count")]);
        check("a ____", body("$x$ | y"), &[("/body/menus/0", "plain-words")]);
        let ItemBody::InlineChoice { mut menus, .. } = body("x | y") else { panic!("it has menus") };
        menus[0].reverse();
        check(
            "a ____",
            ItemBody::InlineChoice { menus, key: vec![2, 0] },
            &[("/body/key", "key-count"), ("/body/menus/0", "not-mixed"), ("/body/key/0", "out-of-range")],
        );
        assert!(crate::problem::has_texts("field.plain-words"));
    }

    #[test]
    fn a_number_its_tolerance_and_its_units_can_be_read() {
        let unit = |name: &str, factor: &str| NumericUnit { name: name.to_owned(), factor: factor.to_owned() };
        let number = |key: &str, tolerance, units| ItemBody::Numeric { key: key.to_owned(), tolerance, units };
        let by = |by: &str| Tolerance::Absolute { by: by.to_owned() };
        let percent = |percent: &str| Tolerance::Relative { percent: percent.to_owned() };
        check("a", number("-9.81", by("0"), vec![unit("m", "1"), unit("cm", "0.01")]), &[]);
        check("a ____", number("0", percent("100"), Vec::new()), &[]);
        check(
            "a",
            number("1e3", by("-1"), vec![unit(" ", "0"), unit("m", "x"), unit("M", "-1")]),
            &[
                ("/body/key", "not-a-number"),
                ("/body/tolerance", "not-a-tolerance"),
                ("/body/units/0/name", "required"),
                ("/body/units/0/factor", "not-a-factor"),
                ("/body/units/1/factor", "not-a-factor"),
                ("/body/units/2/name", "duplicate"),
                ("/body/units/2/factor", "not-a-factor"),
            ],
        );
        check("a", number("1", percent("100.1"), Vec::new()), &[("/body/tolerance", "not-a-tolerance")]);
        let codes = ["not-a-number", "not-a-tolerance", "not-a-factor", "unit-count"];
        assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
    }
}
