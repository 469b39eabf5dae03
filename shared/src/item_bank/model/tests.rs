//! How items, views and responses are written: pinned versions, sealed papers and journals are read for years.

use super::*;
use crate::item_bank::{ItemView, Judgement, PartAnswers, Response, body_of_lines};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PARTIAL: MultipleRule = MultipleRule::PartialNoWrong;

fn item(body: ItemBody) -> Item {
    Item { schema_version: 1, stem: "a ____".to_owned(), body, explanation: "why".to_owned() }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

/// The same thing reads as it is written.
#[track_caller]
fn check<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(thing: &T, written: Value) {
    assert_eq!(serde_json::to_value(thing).unwrap(), written);
    assert_eq!(&serde_json::from_value::<T>(written).unwrap(), thing);
}

#[test]
fn bodies_keep_their_written_form() {
    let options = texts(&["x", "y"]);
    check(
        &ItemBody::SingleChoice { options: options.clone(), key: 1 },
        json!({ "kind": "single_choice", "options": ["x", "y"], "key": 1 }),
    );
    check(
        &ItemBody::MultipleChoice { options: options.clone(), key: vec![0, 1], rule: MultipleRule::default() },
        json!({ "kind": "multiple_choice", "options": ["x", "y"], "key": [0, 1] }),
    );
    check(
        &ItemBody::MultipleChoice { options, key: vec![0, 1], rule: MultipleRule::PartialNoWrong },
        json!({ "kind": "multiple_choice", "options": ["x", "y"], "key": [0, 1], "rule": "partial_no_wrong" }),
    );
    check(&ItemBody::TrueFalse { key: true }, json!({ "kind": "true_false", "key": true }));
    check(
        &ItemBody::FillIn { blanks: vec![texts(&["x"])], groups: Vec::new() },
        json!({ "kind": "fill_in", "blanks": [["x"]] }),
    );
    check(
        &ItemBody::FillIn { blanks: vec![texts(&["x"]), texts(&["y"])], groups: vec![vec![0, 1]] },
        json!({ "kind": "fill_in", "blanks": [["x"], ["y"]], "groups": [[0, 1]] }),
    );
    check(&ItemBody::ShortAnswer { rubric: "x".to_owned() }, json!({ "kind": "short_answer", "rubric": "x" }));
    check(
        &body_of_lines(ItemKind::Numeric, "9.8 +- 0.1 m\ncm = 0.01").unwrap(),
        json!({
            "kind": "numeric",
            "key": "9.8",
            "tolerance": { "kind": "absolute", "by": "0.1" },
            "units": [{ "name": "m", "factor": "1" }, { "name": "cm", "factor": "0.01" }],
        }),
    );
    check(
        &ItemBody::Matching { lefts: texts(&["a", "b"]), rights: texts(&["x", "y"]), key: vec![1, 0] },
        json!({ "kind": "matching", "lefts": ["a", "b"], "rights": ["x", "y"], "key": [1, 0] }),
    );
    check(
        &ItemBody::Ordering { lines: texts(&["x", "y", "z"]), key: vec![1, 2, 0] },
        json!({ "kind": "ordering", "lines": ["x", "y", "z"], "key": [1, 2, 0] }),
    );
    check(
        &ItemBody::InlineChoice { menus: vec![texts(&["x", "y"])], key: vec![1] },
        json!({ "kind": "inline_choice", "menus": [["x", "y"]], "key": [1] }),
    );
    check(
        &ItemBody::Matrix { rows: texts(&["a", "b"]), columns: texts(&["x", "y"]), key: vec![1, 1] },
        json!({ "kind": "matrix", "rows": ["a", "b"], "columns": ["x", "y"], "key": [1, 1] }),
    );
    check(
        &ItemBody::HotText { key: vec![0, 2], rule: MultipleRule::default() },
        json!({ "kind": "hot_text", "key": [0, 2] }),
    );
    check(
        &ItemBody::HotText { key: vec![1], rule: MultipleRule::PartialNoWrong },
        json!({ "kind": "hot_text", "key": [1], "rule": "partial_no_wrong" }),
    );
    check(
        &ItemBody::Correction { key: false, accepted: texts(&["x"]) },
        json!({ "kind": "correction", "key": false, "accepted": ["x"] }),
    );
    check(
        &body_of_lines(ItemKind::Calculation, "x 100%: 9 +- 1 g").unwrap(),
        json!({
            "kind": "calculation",
            "steps": [{
                "label": "x",
                "percent": 100,
                "key": "9",
                "tolerance": { "kind": "absolute", "by": "1" },
                "units": [{ "name": "g", "factor": "1" }],
            }],
        }),
    );
    check(
        &body_of_lines(ItemKind::Composite, "(1) 40% x?\n答案：√\n(2) 60% y?\n答案：×").unwrap(),
        json!({
            "kind": "composite",
            "children": [
                { "stem": "x?", "percent": 40, "body": { "kind": "true_false", "key": true } },
                { "stem": "y?", "percent": 60, "body": { "kind": "true_false", "key": false } },
            ],
        }),
    );
    check(
        &body_of_lines(ItemKind::Essay, "-800\nx 100%: y").unwrap(),
        json!({
            "kind": "essay",
            "dimensions": [{ "name": "x", "percent": 100, "about": "y" }],
            "length": { "most": 800 },
        }),
    );
}

#[test]
fn views_keep_their_written_form() {
    let seen = |body| item(body).for_candidate(str::to_owned);
    let plain = |kind: &str| json!({ "kind": kind, "stem_html": "a ____", "options_html": [], "blanks": 0 });
    check(
        &seen(ItemBody::SingleChoice { options: texts(&["x", "y"]), key: 1 }),
        json!({ "kind": "single_choice", "stem_html": "a ____", "options_html": ["x", "y"], "blanks": 0 }),
    );
    let multiple = |rule| seen(ItemBody::MultipleChoice { options: texts(&["x", "y"]), key: vec![0, 1], rule });
    check(
        &multiple(MultipleRule::AllOrNothing),
        json!({ "kind": "multiple_choice", "stem_html": "a ____", "options_html": ["x", "y"], "blanks": 0 }),
    );
    check(
        &multiple(MultipleRule::PartialNoWrong),
        json!({
            "kind": "multiple_choice", "stem_html": "a ____", "options_html": ["x", "y"], "blanks": 0, "is_partial": true,
        }),
    );
    check(&seen(ItemBody::TrueFalse { key: true }), plain("true_false"));
    let part = json!({ "kind": "true_false", "stem_html": "x?", "options_html": [], "blanks": 0 });
    let one = |body| Child { stem: "x?".to_owned(), percent: 50, body };
    let children = vec![one(ItemBody::TrueFalse { key: true }), one(ItemBody::TrueFalse { key: false })];
    check(
        &seen(ItemBody::Composite { children }),
        json!({
            "kind": "composite", "stem_html": "a ____", "options_html": [], "blanks": 0,
            "parts": [{ "percent": 50, "view": part }, { "percent": 50, "view": part }],
        }),
    );
    check(
        &seen(body_of_lines(ItemKind::Calculation, "x 40%: 9 g\ny 60%: 3").unwrap()),
        json!({
            "kind": "calculation", "stem_html": "a ____", "options_html": [], "blanks": 2, "wants_unit": true,
            "lefts_html": ["x", "y"],
        }),
    );
    check(&seen(body_of_lines(ItemKind::Essay, "x 40%\ny 60%").unwrap()), plain("essay"));
    check(
        &seen(body_of_lines(ItemKind::Essay, "600-800\nx 40%\ny 60%").unwrap()),
        json!({
            "kind": "essay", "stem_html": "a ____", "options_html": [], "blanks": 0,
            "length": { "least": 600, "most": 800 },
        }),
    );
    check(&seen(ItemBody::Correction { key: false, accepted: texts(&["x"]) }), plain("correction"));
    check(&seen(ItemBody::ShortAnswer { rubric: "x".to_owned() }), plain("short_answer"));
    check(
        &seen(ItemBody::FillIn { blanks: vec![texts(&["x"])], groups: Vec::new() }),
        json!({ "kind": "fill_in", "stem_html": "a ____", "options_html": [], "blanks": 1 }),
    );
    check(&seen(body_of_lines(ItemKind::Numeric, "9.8").unwrap()), plain("numeric"));
    check(
        &seen(body_of_lines(ItemKind::Numeric, "9.8 m").unwrap()),
        json!({ "kind": "numeric", "stem_html": "a ____", "options_html": [], "blanks": 0, "wants_unit": true }),
    );
    check(
        &seen(ItemBody::Matching { lefts: texts(&["a", "b"]), rights: texts(&["x", "y"]), key: vec![1, 0] }),
        json!({
            "kind": "matching", "stem_html": "a ____", "options_html": ["x", "y"], "blanks": 0, "lefts_html": ["a", "b"],
        }),
    );
    check(
        &seen(ItemBody::Ordering { lines: texts(&["x", "y", "z"]), key: vec![1, 2, 0] }),
        json!({ "kind": "ordering", "stem_html": "a ____", "options_html": ["x", "y", "z"], "blanks": 0 }),
    );
    check(
        &seen(ItemBody::InlineChoice { menus: vec![texts(&["x", "y"]), texts(&["z", "u", "v"])], key: vec![1, 2] }),
        json!({
            "kind": "inline_choice",
            "stem_html": "",
            "options_html": ["x", "y", "z", "u", "v"],
            "blanks": 0,
            "pieces_html": ["a ", "\u{200b}"],
            "menus": [2, 3],
        }),
    );
    check(
        &seen(ItemBody::Matrix { rows: texts(&["a", "b"]), columns: texts(&["x", "y"]), key: vec![1, 1] }),
        json!({
            "kind": "matrix", "stem_html": "a ____", "options_html": ["x", "y"], "blanks": 0, "lefts_html": ["a", "b"],
        }),
    );
    let hot = |key| Item { stem: "a [[x]] b [[y]]".to_owned(), ..item(ItemBody::HotText { key, rule: PARTIAL }) };
    check(
        &hot(vec![1]).for_candidate(str::to_owned),
        json!({
            "kind": "hot_text", "stem_html": "", "options_html": ["x", "y"], "blanks": 0, "is_partial": true,
            "pieces_html": ["a ", "\u{200b} b ", "\u{200b}"],
        }),
    );
    assert_eq!(hot(vec![0, 1]).for_candidate(str::to_owned), hot(vec![1]).for_candidate(str::to_owned));
}

#[test]
fn responses_keep_their_written_form() {
    check(&Response::Single(1), json!({ "kind": "single", "value": 1 }));
    check(&Response::Multiple(vec![0, 2]), json!({ "kind": "multiple", "value": [0, 2] }));
    check(&Response::TrueFalse(false), json!({ "kind": "true_false", "value": false }));
    check(&Response::Blanks(texts(&["x", ""])), json!({ "kind": "blanks", "value": ["x", ""] }));
    check(&Response::Text("x".to_owned()), json!({ "kind": "text", "value": "x" }));
    check(&Response::Choices(vec![Some(1), None]), json!({ "kind": "choices", "value": [1, null] }));
    check(&Response::Ordered(vec![1, 0]), json!({ "kind": "ordered", "value": [1, 0] }));
    check(
        &Response::Judged(Judgement { is_right: false, correction: "x".to_owned() }),
        json!({ "kind": "judged", "value": { "is_right": false, "correction": "x" } }),
    );
    check(
        &Response::Parts(PartAnswers { parts: vec![Response::Single(1), Response::Cleared] }),
        json!({ "kind": "parts", "value": { "parts": [{ "kind": "single", "value": 1 }, { "kind": "cleared" }] } }),
    );
    check(&Response::Cleared, json!({ "kind": "cleared" }));
}

/// What a candidate sees of an item whose key is written in lines.
fn seen_of(kind: ItemKind, lines: &str) -> ItemView {
    item(body_of_lines(kind, lines).unwrap()).for_candidate(str::to_owned)
}

#[test]
fn what_is_seen_is_the_same_whatever_the_key() {
    let seen = ["a -> 1\nb -> 2\nc -> 3\n-> 4", "a -> 4\nb -> 3\nc -> 1\n-> 2", "a -> 2\nb -> 4\nc -> 3\n-> 1"]
        .map(|lines| seen_of(ItemKind::Matching, lines));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let seen =
        ["1911\n1919\n1949", "1949\n1919\n1911", "1919\n1911\n1949"].map(|lines| seen_of(ItemKind::Ordering, lines));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let seen = ["a | b\nc | d | e", "b | a\nd | e | c", "a | b\ne | c | d"]
        .map(|lines| seen_of(ItemKind::InlineChoice, lines));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let seen = ["x 40%: 9\ny 60%: 3", "x 50%: 8 +- 1\ny 50%: 7"].map(|lines| seen_of(ItemKind::Calculation, lines));
    assert_eq!(seen[0], seen[1]);
    let seen =
        ["√", "×"].map(|key| seen_of(ItemKind::Composite, &format!("(1) 40% x?\n答案：{key}\n(2) 60% y?\n答案：×")));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen_of(ItemKind::Essay, "x 100%: a"), seen_of(ItemKind::Essay, "y 50%\nz 50%"));
    assert_eq!(seen_of(ItemKind::Correction, "√"), seen_of(ItemKind::Correction, "× a"));
    let seen = ["x | y\na -> x\nb -> x", "x | y\na -> y\nb -> x"].map(|lines| seen_of(ItemKind::Matrix, lines));
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn what_can_be_chosen_is_drawn_as_words_whatever_it_begins_with() {
    let seen = seen_of(ItemKind::InlineChoice, "> | < | =");
    let options: BTreeSet<_> = seen.options_html.iter().map(String::as_str).collect();
    assert_eq!(options, BTreeSet::from(["<", "\u{200b}=", "\u{200b}>"]));
    assert!(seen_of(ItemKind::Ordering, "- 3\n1\n2").options_html.contains(&"\u{200b}- 3".to_owned()));
    let (played, said) = (|text: &str| format!("played {text}"), |text: &str| format!("said {text}"));
    let seen = item(ItemBody::SingleChoice { options: texts(&["- x", "y"]), key: 1 }).for_learner(played, said);
    assert_eq!((seen.stem_html.as_str(), seen.options_html[0].as_str()), ("played a ____", "said \u{200b}- x"));
    let seen = item(body_of_lines(ItemKind::Matching, "a -> 1\nb -> 2").unwrap()).for_learner(played, said);
    assert!(seen.options_html.iter().chain(&seen.lefts_html).all(|html| html.starts_with("said ")));
    let seen = item(body_of_lines(ItemKind::InlineChoice, "a | b").unwrap()).for_learner(played, said);
    assert_eq!((seen.pieces_html[0].as_str(), seen.options_html.len()), ("played a ", 2));
}
