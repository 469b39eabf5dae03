//! GIFT examples, and the corpus of the grammar's own tests, read in place.

use super::*;
use crate::item_bank::{
    ItemBody, ItemKind, MultipleRule, Tolerance, body_of_lines, matching::of_pairs, numeric::Decimal, validate_item,
};
use serde_json::Value;
use std::{fs, path::Path};

#[track_caller]
fn one(text: &str) -> Item {
    let parsed = parse_gift(text);
    assert_eq!(parsed.errors, [], "{text}");
    assert_eq!(parsed.items.len(), 1, "{text}");
    parsed.items.into_iter().next().unwrap()
}

#[track_caller]
fn check_error(text: &str, line: u32, code: &str) {
    let found: Vec<_> = parse_gift(text).errors.into_iter().map(|error| (error.line, error.code)).collect();
    assert_eq!(found, [(line, code.to_owned())], "{text}");
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn what_cannot_be_an_item_is_reported_with_its_line() {
    check_error("// c\n\nStem {#three}", 3, "bad_answers");
    check_error("Stem {#5..1}", 1, "not_a_tolerance");
    check_error("Stem {#=1 =2}", 1, "several_keys");
    check_error("Stem {#=%50%1}", 1, "partial_weight");
    check_error("Stem {#=%0%1}", 1, "no_key");
    check_error("Stem {=a -> b}", 1, "pair_count");
    check_error("\nOnly a description.", 2, "unsupported_kind");
    check_error("Stem {=a\n\nNext {T}", 1, "unclosed");
    check_error("Stem a}", 1, "unopened");
    check_error("A {T} B {F}", 1, "several_answers");
    check_error("{T}", 1, "empty_stem");
    check_error("Stem {~a ~b}", 1, "no_key");
    check_error("Stem {=a =b ~c}", 1, "several_keys");
    check_error("Stem {=a ~%50%b ~c}", 1, "partial_weight");
    check_error("Stem {~%50%a ~%20%b}", 1, "weights_not_100");
    check_error("Stem {~%x%a =b}", 1, "bad_weight");
    check_error("Stem {=a =%50%b}", 1, "partial_weight");
    check_error("Stem {=a*}", 1, "unsupported_wildcard");
    check_error("Stem {nonsense}", 1, "bad_answers");
    check_error("Stem {~ =b}", 1, "empty_option");
}

#[test]
fn an_unclosed_item_does_not_swallow_the_next() {
    let parsed = parse_gift("One {=a\n\nTwo {T}\n\nThree {\n~a\n\n=b\n}");
    assert_eq!((parsed.items.len(), parsed.errors.len()), (2, 1));
    assert_eq!(parsed.items[1].body, ItemBody::SingleChoice { options: texts(&["a", "b"]), key: 1 });
}

#[test]
fn general_feedback_is_the_explanation() {
    let item = one("$CATEGORY: a/b\n\n::题目::浙江的省会是 {~宁波 #no\n=杭州####因为\\: 如此。} 市。");
    assert_eq!((item.stem.as_str(), item.explanation.as_str()), ("浙江的省会是 ____ 市。", "因为: 如此。"));
    assert_eq!(item.body, ItemBody::SingleChoice { options: texts(&["宁波", "杭州"]), key: 1 });
    assert_eq!(one("Why? {####Because.}").body, ItemBody::ShortAnswer { rubric: String::new() });
}

#[test]
fn what_has_no_place_is_told_at_its_line() {
    let text = "$CATEGORY: 数学/集合\n\n// [id:q1] [tag:易] 说明\n::题目::浙江的省会是 {~宁波 #no\n=杭州####因为如此。} 市。\n\n\
        ::无题干::{T#好}\n\n::b::水是湿的 {TRUE#}\n\n几？ {#=3:0#对\n=%0%2:0}\n\n没有可说的 {F}";
    let parsed = parse_gift(text);
    let told = parsed.losses.iter().map(|loss| (loss.line, loss.code.as_str(), loss.name.as_str())).collect::<Vec<_>>();
    let expected = [
        (1, "category_left_out", "数学/集合"),
        (3, "left_out", "id:q1"),
        (3, "left_out", "tag:易"),
        (4, "left_out", "题目"),
        (4, "left_out", "feedback"),
        (9, "left_out", "b"),
        (11, "left_out", "feedback"),
    ];
    assert_eq!(told, expected);
    assert_eq!((parsed.items.len(), parsed.errors.len()), (4, 1), "{:?}", parsed.errors);
    let long = "长".repeat(40);
    let title = parse_gift(&format!("::{long}::水是湿的 {{T}}")).losses[0].name.clone();
    assert_eq!(title, format!("{}…", "长".repeat(30)));
}

#[test]
fn a_number_has_a_tolerance_or_bounds() {
    let check = |text: &str, key: &str, by: &str| {
        let tolerance = Tolerance::Absolute { by: by.to_owned() };
        assert_eq!(one(text).body, ItemBody::Numeric { key: key.to_owned(), tolerance, units: Vec::new() }, "{text}");
    };
    check("a {#3}", "3", "0");
    check("a {# 3.140:0.01 #well done####because}", "3.14", "0.01");
    check("a {#-3.142..-3.141}", "-3.1415", "0.0005");
    check("a {#\n=%0%5:0#no\n=%100%9:2#yes\n}", "9", "2");
}

#[test]
fn a_star_behind_a_backslash_is_a_star() {
    let accepted = texts(&["a*b"]);
    assert_eq!(one("a {=a\\*b}").body, ItemBody::FillIn { blanks: vec![accepted], groups: Vec::new() });
}

#[test]
fn pairs_keep_what_belongs_to_none() {
    let written = "浙江 -> 杭州\n江苏 -> 南京\n-> 合肥";
    let item = one("省会 {=浙江 -> 杭州 =[plain]江苏 -> 南京\n= -> 合肥}");
    assert_eq!(Some(item.body), body_of_lines(ItemKind::Matching, written));
}

#[test]
fn arbitrary_text_never_panics() {
    use proptest::prelude::*;
    proptest!(|(text in "([a-c{}=~#%:\\\\ \n甲0-9*\\[\\]-]|####|::|->|//){0,60}")| {
        for item in parse_gift(&text).items {
            prop_assert_eq!(validate_item(&item), []);
        }
    });
}

/// What a node of the corpus asks of us: an item's body, or a code.
fn expected_body(node: &Value) -> Result<ItemBody, &'static str> {
    let choices = || node["choices"].as_array().unwrap().iter();
    let text = |choice: &Value| choice["text"]["text"].as_str().unwrap().to_owned();
    let weight = |choice: &Value| choice["weight"].as_f64();
    match node["type"].as_str().unwrap() {
        "TF" => Ok(ItemBody::TrueFalse { key: node["isTrue"].as_bool().unwrap() }),
        "Essay" => Ok(ItemBody::ShortAnswer { rubric: String::new() }),
        "Short" if choices().any(|choice| weight(choice).is_some_and(|w| w > 0.0 && w < 100.0)) => {
            Err("partial_weight")
        }
        "Short" => Ok(ItemBody::FillIn { blanks: vec![choices().map(text).collect()], groups: Vec::new() }),
        "MC" => {
            let options = choices().map(text).collect();
            let right = choices().position(|choice| choice["isCorrect"] == true);
            let weighted = || (0..).zip(choices()).filter(|(_, choice)| weight(choice).is_some_and(|w| w > 0.0));
            Ok(match right {
                Some(key) => ItemBody::SingleChoice { options, key: u16::try_from(key).unwrap() },
                None => ItemBody::MultipleChoice {
                    options,
                    key: weighted().map(|(index, _)| index).collect(),
                    rule: MultipleRule::default(),
                },
            })
        }
        "Matching" => Ok(matching(node["matchPairs"].as_array().unwrap())),
        "Numerical" => numeric(&node["choices"]),
        _ => Err("unsupported_kind"),
    }
}

fn matching(pairs: &[Value]) -> ItemBody {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pairs: Vec<_> =
        pairs.iter().map(|pair| (text(&pair["subquestion"]["text"]), text(&pair["subanswer"]))).collect();
    of_pairs(&pairs).unwrap()
}

/// What a node of the corpus says of a number: one, or answers with their weights.
fn numeric(choices: &Value) -> Result<ItemBody, &'static str> {
    let text = |number: &Value| Decimal::read(&number.to_string()).unwrap();
    let body = |key: Decimal, by: Decimal| {
        let (key, by) = (key.to_string(), by.to_string());
        Ok(ItemBody::Numeric { key, tolerance: Tolerance::Absolute { by }, units: Vec::new() })
    };
    let Some(answers) = choices.as_array() else {
        return match choices["type"].as_str().unwrap() {
            "high-low" => {
                let (low, high) = (text(&choices["numberLow"]), text(&choices["numberHigh"]));
                body(low.plus(high).unwrap().half().unwrap(), high.plus(low.negative()).unwrap().half().unwrap())
            }
            "range" => body(text(&choices["number"]), text(&choices["range"])),
            _ => body(text(&choices["number"]), Decimal::whole(0)),
        };
    };
    let weight = |answer: &Value| answer["weight"].as_f64().unwrap_or(100.0);
    if answers.iter().any(|answer| weight(answer) > 0.0 && weight(answer) < 100.0) {
        return Err("partial_weight");
    }
    let right = answers.iter().find(|answer| weight(answer) > 99.0).ok_or("no_key")?;
    numeric(&right["text"])
}

#[test]
fn the_corpus_is_read_as_its_trees_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/gift/gift-pegjs");
    let (mut read, mut reported) = (0, 0);
    for entry in fs::read_dir(folder).expect("the corpus lies beside the project") {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "gift") {
            continue;
        }
        let tree: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        let parsed = parse_gift(&fs::read_to_string(&path).unwrap());
        let (mut items, mut errors) = (parsed.items.into_iter(), parsed.errors.into_iter());
        for node in tree.as_array().unwrap().iter().filter(|node| node["type"] != "Category") {
            match expected_body(node) {
                Err(code) => {
                    let error = errors.next().unwrap_or_else(|| panic!("{path:?} reports {node}"));
                    assert_eq!(error.code, code, "{path:?}");
                    reported += 1;
                }
                Ok(body) => {
                    let item = items.next().unwrap_or_else(|| panic!("{path:?} has {node}: {errors:?}"));
                    let stem = super::super::blanks::unify(node["stem"]["text"].as_str().unwrap());
                    assert_eq!((&item.stem, &item.body), (&stem, &body), "{path:?}");
                    assert_eq!(
                        item.explanation,
                        node["globalFeedback"]["text"].as_str().unwrap_or_default(),
                        "{path:?}"
                    );
                    read += 1;
                }
            }
        }
        assert_eq!((items.next(), errors.next()), (None, None), "{path:?} has nothing else");
    }
    println!("read {read}, reported {reported}");
    assert!(read >= 30 && reported >= 6);
}
