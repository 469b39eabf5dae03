//! Moodle XML of our own.

use super::*;
use crate::{
    item_bank::{ItemKind, MultipleRule, Tolerance, body_of_lines, validate_item},
    media::picture_path,
    problem::has_texts,
};
use proptest::prelude::*;

const QUIZ: &str = include_str!("quiz.xml");

fn one(kind: &str, inner: &str) -> ParsedItems {
    let stem = "<questiontext format=\"html\"><text><![CDATA[<p>Stem</p>]]></text></questiontext>";
    parse_moodle_xml(&format!("<quiz>\n<question type=\"{kind}\">{stem}{inner}</question></quiz>"))
}

fn answers(fractions: &[(&str, &str)]) -> String {
    fractions
        .iter()
        .map(|(text, weight)| format!("<answer fraction=\"{weight}\"><text>{text}</text></answer>"))
        .collect()
}

#[track_caller]
fn check_error(kind: &str, inner: &str, code: &str, name: &str) {
    let parsed = one(kind, inner);
    let found: Vec<_> =
        parsed.errors.iter().map(|error| (error.line, error.code.as_str(), error.name.as_str())).collect();
    assert_eq!(found, [(2, code, name)], "{kind}");
    assert_eq!((parsed.items.len(), parsed.losses.len()), (0, 0));
    assert!(has_texts(&format!("import.{code}")), "{code}");
}

#[test]
fn each_kind_that_there_is_becomes_an_item() {
    let parsed = parse_moodle_xml(QUIZ);
    assert_eq!(parsed.errors, []);
    let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let bodies: Vec<_> = parsed.items.iter().map(|item| item.body.clone()).collect();
    assert_eq!(
        bodies,
        [
            ItemBody::SingleChoice { options: texts(&["宁波", "**杭州**"]), key: 1 },
            ItemBody::MultipleChoice {
                options: texts(&["2", "$x^2$", "9"]),
                key: vec![0, 1],
                rule: MultipleRule::default()
            },
            ItemBody::TrueFalse { key: false },
            ItemBody::Numeric {
                key: "2".to_owned(),
                tolerance: Tolerance::Absolute { by: "0.01".to_owned() },
                units: Vec::new()
            },
            ItemBody::FillIn { blanks: vec![texts(&["杭州"])], groups: Vec::new() },
            ItemBody::FillIn { blanks: vec![texts(&["H2O", "water"])], groups: Vec::new() },
            ItemBody::ShortAnswer { rubric: "- 立春".to_owned() },
        ]
    );
    assert_eq!(parsed.items[0].stem, "浙江的省会是哪里？");
    assert_eq!(parsed.items[0].explanation, "见地图。");
    assert_eq!(parsed.items[5].stem, "Formula of ____?");
}

#[test]
fn what_is_left_behind_is_told_with_its_line() {
    let losses: Vec<_> =
        parse_moodle_xml(QUIZ).losses.into_iter().map(|loss| (loss.line, loss.code, loss.name)).collect();
    let told = [
        (3, "category_left_out", "$course$/top/地理"),
        (10, "picture_left_out", "map.png"),
        (20, "left_out", "feedback"),
        (24, "left_out", "tags"),
        (52, "case_matters", ""),
    ];
    assert_eq!(losses, told.map(|(line, code, name)| (line, code.to_owned(), name.to_owned())));
    for (_, code, _) in told {
        assert!(has_texts(&format!("import.{code}")), "{code}");
    }
}

fn pictured(text: &str) -> String {
    format!("<quiz><question type=\"essay\"><questiontext{text}</questiontext></question></quiz>")
}

fn file(path: &str, name: &str, content: &str) -> String {
    format!("<file name=\"{name}\" path=\"{path}\" encoding=\"base64\">{content}</file>")
}

#[test]
fn a_picture_that_came_along_is_shown_where_it_stood() {
    let [one, other] = ["0a", "0b"].map(|digits| picture_path(&digits.repeat(32)));
    let pictures = MoodlePictures::from([(0, one.clone()), (2, other.clone())]);
    let files =
        [file("/", "图 1.png", "YWJj"), file("/", "b.png", "not base64"), file("/c/", "b.png", "\nYWJk\n")].concat();
    let names = ["%E5%9B%BE%201.png", "b.png", "c/b.png"];
    let html = names.map(|name| format!("&lt;img src=\"@@PLUGINFILE@@/{name}\" alt=\"圆 ]\"&gt;")).join(" ");
    let html = pictured(&format!(" format=\"html\"><text>看：{html}</text>{files}"));
    assert!(has_moodle_files(&html) && !has_moodle_files("<quiz/>"));
    assert_eq!(moodle_files(&html), [(0, b"abc".to_vec()), (2, b"abd".to_vec())]);
    let parsed = parse_moodle_quiz(&html, &pictures);
    assert_eq!(parsed.items[0].stem, format!("看：![圆 \\]]({one}) 圆 \\] ![圆 \\]]({other})"));
    assert_eq!(parsed.losses.iter().map(|loss| loss.code.as_str()).collect::<Vec<_>>(), ["picture_left_out"]);
    let markdown = names.map(|name| format!("![圆](@@PLUGINFILE@@/{name})")).join(" ");
    let markdown = pictured(&format!(" format=\"markdown\"><text>看：{markdown}</text>{files}"));
    let stem = format!("看：![圆]({one}) ![圆](@@PLUGINFILE@@/b.png) ![圆]({other})");
    assert_eq!(parse_moodle_quiz(&markdown, &pictures).items[0].stem, stem);
}

#[test]
fn a_picture_without_words_is_told_and_one_of_another_text_is_not_shown() {
    let own = picture_path(&"0a".repeat(32));
    let pictures = MoodlePictures::from([(0, own.clone())]);
    assert_eq!(moodle_files(QUIZ).len(), 1);
    let parsed = parse_moodle_quiz(QUIZ, &pictures);
    assert_eq!(parsed.items[0].stem, format!("浙江的省会是哪里？![]({own})"));
    let told = parsed.losses.iter().find(|loss| loss.code == "picture_without_words").unwrap();
    assert_eq!((told.line, told.name.as_str()), (10, "map.png"));
    let elsewhere =
        "<generalfeedback><text>&lt;img src=\"@@PLUGINFILE@@/a.png\" alt=\"a\"&gt;</text></generalfeedback>";
    let parsed =
        one("essay", &format!("<graderinfo><text>x</text>{}</graderinfo>{elsewhere}", file("/", "a.png", "YWJj")));
    assert_eq!(parsed.items[0].explanation, "a");
}

#[test]
fn what_is_no_item_here_is_told_by_its_name() {
    for kind in ["description", "ddwtos", "calculated", "gapselect", "random"] {
        check_error(kind, "", "unsupported_type", kind);
    }
    check_error("multichoice", &answers(&[("a", "50"), ("b", "100")]), "partial_weight", "");
    check_error("multichoice", &answers(&[("a", "0"), ("b", "0")]), "no_key", "");
    check_error("multichoice", &answers(&[("a", "100"), ("b", "100")]), "several_keys", "");
    check_error("multichoice", &answers(&[("a", "x"), ("b", "100")]), "bad_weight", "");
    check_error("multichoice", &answers(&[("a", "100")]), "too_few_options", "");
    let several = format!("<single>false</single>{}", answers(&[("a", "50"), ("b", "20")]));
    check_error("multichoice", &several, "weights_not_100", "");
    check_error("shortanswer", &answers(&[("a*", "100")]), "unsupported_wildcard", "");
    check_error("shortanswer", "", "no_key", "");
    check_error("truefalse", &answers(&[("maybe", "100")]), "bad_answers", "");
}

#[test]
fn numbers_pairs_and_orders_are_read() {
    let tolerance = "<answer fraction=\"100\"><text>x</text><tolerance></tolerance></answer>";
    check_error("numerical", tolerance, "not_a_number", "");
    check_error("numerical", "", "no_key", "");
    check_error("numerical", &answers(&[("1", "100"), ("2", "100")]), "several_keys", "");
    check_error("numerical", &answers(&[("1", "100"), ("2", "50")]), "partial_weight", "");
    let units =
        format!("{}<units><unit><unit_name>m</unit_name></unit></units>", answers(&[("1.50", "100"), ("*", "0")]));
    let number = one("numerical", &units);
    assert_eq!((number.items.len(), number.losses[0].name.as_str()), (1, "units"));
    let pair = |left: &str, right: &str| {
        format!("<subquestion format=\"html\"><text>{left}</text><answer><text>{right}</text></answer></subquestion>")
    };
    let pairs = [pair("浙江", "杭州"), pair("江苏", "南京"), pair("", "合肥")].concat();
    let expected = body_of_lines(ItemKind::Matching, "浙江 -> 杭州\n江苏 -> 南京\n-> 合肥").unwrap();
    assert_eq!(one("matching", &pairs).items[0].body, expected);
    let lines = answers(&[("1949", "3.0000000"), ("1911", "1.0000000"), ("1919", "2.0000000")]);
    let expected = body_of_lines(ItemKind::Ordering, "1911\n1919\n1949").unwrap();
    assert_eq!(one("ordering", &lines).items[0].body, expected);
}

#[test]
fn what_no_text_can_say_is_refused_by_its_name() {
    let html = |inner: &str| format!("<text><![CDATA[{inner}]]></text>");
    let formula = html("<p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>");
    check_error("essay", &format!("<graderinfo format=\"html\">{formula}</graderinfo>"), "mathml", "math");
    let unexplained = one("essay", &format!("<generalfeedback format=\"html\">{formula}</generalfeedback>"));
    assert_eq!((unexplained.items.len(), unexplained.losses[0].name.as_str()), (1, "math"));
    check_error("multichoice", &format!("<answer fraction=\"100\">{formula}</answer>"), "mathml", "math");
    let power = format!("<answer fraction=\"100\" format=\"html\">{}</answer>", html("<p>10<sup>2</sup></p>"));
    check_error("shortanswer", &power, "marked_answer", "sup");
    let plain = format!("<answer fraction=\"100\" format=\"html\">{}</answer>", html("<p><span>10</span><br></p>"));
    assert_eq!(one("shortanswer", &plain).items.len(), 1);
}

#[test]
fn a_file_that_is_none_is_refused_as_a_whole() {
    for (text, code) in
        [("<lesson/>", "not_moodle_xml"), ("<quiz>", "bad_xml"), ("<!DOCTYPE quiz><quiz/>", "xml_document_type")]
    {
        let parsed = parse_moodle_xml(text);
        assert_eq!(parsed.errors, [import_error(1, code)], "{text}");
        assert!(has_texts(&format!("import.{code}")), "{code}");
    }
    assert!(
        has_texts("import.xml_too_large") && has_texts("import.link_left_out") && has_texts("import.more_left_out")
    );
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in any::<String>(), inner in "[<>&;a-z\"=/\\[\\]!-]{0,60}") {
        drop(parse_moodle_xml(&text));
        drop(parse_moodle_xml(&format!("<quiz><question type=\"essay\"><questiontext><text><![CDATA[{inner}]]></text></questiontext></question></quiz>")));
    }

    #[test]
    fn a_changed_file_never_panics(at in 0..4_000_usize, length in 0..40_usize, by in "[<>a\"0/]{0,3}") {
        let end = (at + length).min(QUIZ.len());
        if let (Some(before), Some(after)) = (QUIZ.get(..at), QUIZ.get(end..)) {
            for item in parse_moodle_xml(&format!("{before}{by}{after}")).items {
                prop_assert_eq!(validate_item(&item), []);
            }
        }
    }
}
