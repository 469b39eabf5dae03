//! Good items, and what is wrong with others.

use super::*;
use crate::item_bank::{Child, EssayLength, ItemKind, MultipleRule, body_of_lines};

fn check(stem: &str, body: ItemBody, expected: &[(&str, &str)]) {
    let item = Item { schema_version: 1, stem: stem.to_owned(), body, explanation: String::new() };
    let errors = validate_item(&item);
    let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code.as_str())).collect();
    assert_eq!(found, expected);
}

fn multiple(key: Vec<u16>) -> ItemBody {
    ItemBody::MultipleChoice { options: texts(&["x", "y"]), key, rule: MultipleRule::default() }
}

fn fill_in(blanks: Vec<Vec<String>>) -> ItemBody {
    ItemBody::FillIn { blanks, groups: Vec::new() }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn a_good_item_has_no_errors() {
    check("a", ItemBody::SingleChoice { options: texts(&["x", "y"]), key: 1 }, &[]);
    check("a", multiple(vec![0, 1]), &[]);
    check("a ____ b __", fill_in(vec![texts(&["x"]), texts(&["y", "z"])]), &[]);
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
    check("a", multiple(vec![1, 0]), &[("/body/key", "not-ascending")]);
    check("a", multiple(vec![]), &[("/body/key", "required")]);
    check("a", fill_in(vec![]), &[("/body/blanks", "blank-count")]);
    check(
        "a ____",
        fill_in(vec![texts(&["x"]), vec![]]),
        &[("/body/blanks", "blank-mismatch"), ("/body/blanks/1", "accepted-count")],
    );
}

#[test]
fn what_is_too_many_is_told_once() {
    let many = vec!["x".to_owned(); 30];
    check("a", ItemBody::SingleChoice { options: many.clone(), key: 1 }, &[("/body/options", "option-count")]);
    check(
        "a",
        ItemBody::Matching { lefts: many.clone(), rights: many.clone(), key: vec![0; 30] },
        &[("/body/lefts", "pair-count"), ("/body/rights", "pair-count")],
    );
    check("a", ItemBody::Ordering { lines: many, key: vec![0; 30] }, &[("/body/lines", "line-count")]);
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
fn each_row_of_a_table_belongs_to_one_of_its_columns() {
    let body = |text: &str| body_of_lines(ItemKind::Matrix, text).unwrap();
    check("a", body("x | y\na -> x\nb -> y"), &[]);
    check("a", body("x | y\na -> x\nb -> x"), &[]);
    check("a", body("x | y\na -> x"), &[("/body/rows", "row-count")]);
    check("a", body("x\na -> x\nb -> x"), &[("/body/columns", "column-count")]);
    check("a", body("x | x\na -> x\na -> x"), &[("/body/rows/1", "duplicate"), ("/body/columns/1", "duplicate")]);
    check("a", body("x | y\n-> x\nb -> y"), &[("/body/rows/0", "required")]);
    check(
        "a",
        ItemBody::Matrix { rows: texts(&["a", "b"]), columns: texts(&["x", "y\nz"]), key: vec![2] },
        &[("/body/columns/1", "line-break"), ("/body/key", "key-count"), ("/body/key/0", "out-of-range")],
    );
    let codes = ["row-count", "column-count", "not-a-table"];
    assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn what_is_wrong_is_put_right_and_nothing_else() {
    let body = |key, accepted: &[&str]| ItemBody::Correction { key, accepted: texts(accepted) };
    check("a", body(true, &[]), &[]);
    check("a", body(false, &["x", "y"]), &[]);
    check("a", body(false, &[]), &[("/body/accepted", "correction-count")]);
    check("a", body(true, &["x"]), &[("/body/accepted", "correction-count")]);
    check("a", body(false, &["x", " ", "x"]), &[("/body/accepted/1", "required"), ("/body/accepted/2", "duplicate")]);
    let codes = ["correction-count", "not-a-correction"];
    assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn the_dimensions_of_an_essay_are_all_of_its_points() {
    let body = |text: &str| body_of_lines(ItemKind::Essay, text).unwrap();
    check("a", body("600-800\nx 40%: y\nz 60%"), &[]);
    check("a", body("x 100%"), &[]);
    check("a", body("x 40%\nz 50%"), &[("/body/dimensions", "dimension-sum")]);
    check("a", body("x 0%\nz 100%"), &[("/body/dimensions", "dimension-sum")]);
    check("a", body("x 40%\nx 60%"), &[("/body/dimensions/1/name", "duplicate")]);
    check("a", body("40%\nx 60%"), &[("/body/dimensions/0/name", "required")]);
    check("a", body("800-600\nx 100%"), &[("/body/length", "bad-length")]);
    check("a", body("-5001\nx 100%"), &[("/body/length", "bad-length")]);
    let none = ItemBody::Essay { dimensions: Vec::new(), length: EssayLength::default() };
    check("a", none, &[("/body/dimensions", "dimension-count")]);
    let codes = ["dimension-count", "dimension-sum", "bad-length", "not-an-essay"];
    assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn the_steps_of_a_calculation_are_all_of_its_points() {
    let body = |text: &str| body_of_lines(ItemKind::Calculation, text).unwrap();
    check("a", body("x 40%: 9 g\ny 60%: 3"), &[]);
    check("a", body("x 100%: 9"), &[("/body/steps", "step-count")]);
    check("a", body("x 40%: 9\ny 50%: 3"), &[("/body/steps", "step-sum")]);
    check("a", body("x 40%: 9\nx 60%: 3"), &[("/body/steps/1", "duplicate")]);
    check("a", body("40%: 9\ny 60%: 3"), &[("/body/steps/0", "required")]);
    check(
        "a",
        body("x 40%: 9 +- -1 g\nkg = 0\ny 60%: 3"),
        &[("/body/steps/0/tolerance", "not-a-tolerance"), ("/body/steps/0/units/1/factor", "not-a-factor")],
    );
    let codes = ["step-count", "step-sum", "not-a-step"];
    assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn each_question_on_a_material_is_an_item_of_its_own() {
    let body = |text: &str| body_of_lines(ItemKind::Composite, text).unwrap();
    check("a", body("(1) 40% x?\n答案：√\n(2) 60% y?\n答案：×"), &[]);
    check("a", body("(1) 40% x?\n答案：√\n(2) 50% y?\n答案：×"), &[("/body/children", "child-sum")]);
    check("a", body("(1) 100% x?\n答案：√"), &[("/body/children", "child-count")]);
    check("a", body("(1) 40% x?\n答案：√\n(2) 60% y?\n答案：略"), &[]);
    let essay = body_of_lines(ItemKind::Essay, "z 90%").unwrap();
    let children = [ItemBody::TrueFalse { key: true }, essay];
    let children = children.map(|body| Child { stem: "x".to_owned(), percent: 50, body }).to_vec();
    let wrong = [("/body/children/1/body/dimensions", "dimension-sum")];
    check("a", ItemBody::Composite { children }, &wrong);
    let written = |count: u16| {
        let child = |place: u16| format!("({place}) {}% x{place}?\n答案：略\n", 100 / count);
        body(&(1..=count).map(child).collect::<String>())
    };
    check("a", written(4), &[]);
    check("a", written(5), &[("/body/children", "child-written")]);
    let inner = body("(1) 40% x?\n答案：√\n(2) 60% y?\n答案：×");
    let children = [inner, ItemBody::TrueFalse { key: true }];
    let children = children.map(|body| Child { stem: "x".to_owned(), percent: 50, body }).to_vec();
    check("a", ItemBody::Composite { children }, &[("/body/children/0/body/kind", "child-kind")]);
    let wrong = ItemBody::SingleChoice { options: texts(&["x", "y"]), key: 2 };
    let child = |stem: &str, body| Child { stem: stem.to_owned(), percent: 50, body };
    let children = vec![child(" ", ItemBody::TrueFalse { key: true }), child("y", wrong)];
    check(
        "a",
        ItemBody::Composite { children },
        &[("/body/children/0/stem", "required"), ("/body/children/1/body/key", "out-of-range")],
    );
    let codes = ["child-count", "child-sum", "child-kind", "child-written", "not-a-child"];
    assert!(codes.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn the_right_words_are_among_those_that_can_be_chosen() {
    let body = |key: &[u16]| ItemBody::HotText { key: key.to_vec(), rule: MultipleRule::default() };
    check("a [[x]] b [[y]]", body(&[1]), &[]);
    check("a [[x]] b [[y]]", body(&[0, 1]), &[]);
    check("a [[x]] b", body(&[0]), &[("/stem", "spot-count")]);
    check("a [[x]] **b [[y]]**", body(&[0]), &[("/stem", "plain-spots")]);
    check("a [[x]] b [[y]]", body(&[]), &[("/body/key", "required")]);
    check("a [[x]] b [[y]]", body(&[2, 0]), &[("/body/key/0", "out-of-range"), ("/body/key", "not-ascending")]);
    assert!(["spot-count", "plain-spots"].iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
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
    check("**a ____ b**", body("x | y"), &[("/stem", "plain-stem")]);
    assert!(["plain-words", "plain-stem"].iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
}

#[test]
fn a_group_has_several_blanks_of_its_own() {
    let body = |groups: &[&[u16]]| {
        let groups = groups.iter().map(|group| group.to_vec()).collect();
        ItemBody::FillIn { blanks: ["x", "y", "z", "u"].map(|text| texts(&[text])).to_vec(), groups }
    };
    check("a", body(&[&[0, 2], &[1, 3]]), &[]);
    for wrong in [&[0, 4][..], &[0], &[], &[1, 1]] {
        check("a", body(&[wrong]), &[("/body/groups/0", "bad-group")]);
    }
    check("a", body(&[&[0, 2], &[2, 3]]), &[("/body/groups/1", "bad-group")]);
    assert!(crate::problem::has_texts("field.bad-group"));
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
        number("1e3", by("-1"), vec![unit(" ", "0"), unit("kg", "x"), unit("KG", "-1")]),
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
