//! Items of our own, in the three versions.

use super::{
    super::{ItemBody, MultipleRule, validate_item},
    *,
};
use crate::problem::has_texts;
use proptest::prelude::*;

mod numbers_and_orders;
mod pairs;

const CHOICE: &str = include_str!("choice.xml");
const BLANKS: &str = include_str!("blanks.xml");

/// An item of version 2.2 with these declarations and this body.
fn of(declarations: &str, body: &str, processing: &str) -> String {
    format!(
        "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p2' identifier='i' title='t'>\n{declarations}\
         <outcomeDeclaration identifier='SCORE' cardinality='single' baseType='float'/>\n\
         <itemBody>{body}</itemBody>\n{processing}</assessmentItem>"
    )
}

fn choice(cardinality: &str, correct: &[&str], mapping: &str, template: &str) -> String {
    let values: String = correct.iter().map(|value| format!("<value>{value}</value>")).collect();
    let options: String =
        ["A", "B", "C"].map(|id| format!("<simpleChoice identifier='{id}'>{id}.</simpleChoice>")).concat();
    of(
        &format!(
            "<responseDeclaration identifier='RESPONSE' cardinality='{cardinality}' baseType='identifier'>\
             <correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
        ),
        &format!(
            "<choiceInteraction responseIdentifier='RESPONSE'><prompt>Which?</prompt>{options}</choiceInteraction>"
        ),
        &format!("<responseProcessing template='http://www.imsglobal.org/question/qti_v2p2/rptemplates/{template}'/>"),
    )
}

fn mapped(entries: &[(&str, &str)]) -> String {
    let entries = entries.iter().map(|(key, worth)| format!("<mapEntry mapKey='{key}' mappedValue='{worth}'/>"));
    format!("<mapping>{}</mapping>", entries.collect::<String>())
}

#[track_caller]
fn one(text: &str) -> (Item, Vec<(String, String)>) {
    let parsed = parse_qti(text);
    assert_eq!(parsed.errors, [], "{text}");
    let losses = parsed.losses.into_iter().map(|loss| (loss.code, loss.name)).collect();
    (parsed.items.into_iter().next().unwrap(), losses)
}

#[track_caller]
fn check_error(text: &str, code: &str, name: &str) {
    let found = parse_qti(text).errors.into_iter().map(|error| (error.code, error.name)).collect::<Vec<_>>();
    assert_eq!(found, [(code.to_owned(), name.to_owned())], "{text}");
    assert!(has_texts(&format!("import.{code}")), "{code}");
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn losses(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|&(code, name)| (code.to_owned(), name.to_owned())).collect()
}

#[test]
fn a_choice_of_version_3_is_read_with_what_it_loses() {
    let (item, lost) = one(CHOICE);
    assert_eq!(item.stem, "西湖在哪里？\n\n请选**一个**。");
    assert_eq!(item.body, ItemBody::SingleChoice { options: texts(&["宁波", "杭州"]), key: 1 });
    assert_eq!(
        lost,
        losses(&[
            ("picture_left_out", "lake.png"),
            ("left_out", "fixed"),
            ("left_out", "feedbackInline"),
            ("left_out", "modalFeedback"),
        ])
    );
}

#[test]
fn blanks_take_every_answer_that_the_rules_of_the_item_take() {
    let (item, lost) = one(BLANKS);
    assert_eq!(item.stem, "\\_\\_\\_\\_ 1 + 1 = ____ ____，水是 ____。");
    let blanks = vec![texts(&["2", "two"]), texts(&["!"]), texts(&["H2O", "water"])];
    assert_eq!(item.body, ItemBody::FillIn { blanks, groups: Vec::new() });
    assert_eq!(lost, losses(&[("case_matters", "")]));
}

#[test]
fn several_right_options_are_those_of_the_item_itself() {
    let key = |text: &str| one(text).0.body;
    let options = texts(&["A.", "B.", "C."]);
    let two = ItemBody::MultipleChoice { options, key: vec![0, 2], rule: MultipleRule::default() };
    assert_eq!(key(&choice("multiple", &["C", "A"], "", "match_correct")), two);
    assert_eq!(key(&choice("multiple", &[], &mapped(&[("A", "1"), ("C", "1"), ("B", "-1")]), "map_response")), two);
    let (item, lost) = one(&choice("multiple", &["A", "C"], &mapped(&[("A", "1"), ("C", "2")]), "map_response"));
    assert_eq!((item.body, lost), (two.clone(), losses(&[("scored_otherwise", "responseProcessing")])));
    let (item, lost) = one(&choice("multiple", &["A", "C"], "", "unknown"));
    assert_eq!((item.body, lost), (two, losses(&[("not_computed", "template")])));
}

#[test]
fn a_key_that_cannot_be_told_is_an_error() {
    check_error(&choice("single", &[], "", "match_correct"), "no_key", "");
    check_error(&choice("single", &["A"], &mapped(&[("B", "1")]), "map_response"), "key_conflict", "");
    check_error(&choice("single", &[], &mapped(&[("A", "1"), ("B", "1")]), "map_response"), "several_keys", "");
    check_error(&choice("single", &["A"], &mapped(&[("A", "1"), ("B", "0.5")]), "map_response"), "partial_weight", "");
    assert!(has_texts("import.scored_otherwise") && has_texts("import.not_computed"));
}

/// An item with one blank, of which these texts are worth so much.
fn blank(correct: &str, worth: &[(&str, &str)]) -> String {
    let rules = worth.iter().map(|(text, points)| {
        format!(
            "<responseCondition><responseIf><stringMatch caseSensitive='false'><variable identifier='R'/>\
             <baseValue baseType='string'>{text}</baseValue></stringMatch><setOutcomeValue identifier='SCORE'>\
             <baseValue baseType='float'>{points}</baseValue></setOutcomeValue></responseIf></responseCondition>"
        )
    });
    let processing = format!("<responseProcessing>{}</responseProcessing>", rules.collect::<String>());
    of(
        &format!(
            "<responseDeclaration identifier='R' cardinality='single' baseType='string'>{correct}</responseDeclaration>"
        ),
        "<p>a <textEntryInteraction responseIdentifier='R'/></p>",
        &processing,
    )
}

#[test]
fn a_blank_takes_what_is_worth_the_most() {
    let fill_in = |list: &[&str]| ItemBody::FillIn { blanks: vec![texts(list)], groups: Vec::new() };
    assert_eq!(one(&blank("", &[("wrong", "0"), ("right", "1"), ("too", "1")])).0.body, fill_in(&["right", "too"]));
    let (item, lost) = one(&blank("", &[("near", "0.5"), ("right", "1")]));
    assert_eq!((item.body, lost), (fill_in(&["right"]), losses(&[("scored_otherwise", "responseProcessing")])));
    check_error(&blank("", &[("wrong", "0")]), "no_key", "");
    let correct = "<correctResponse><value>b</value></correctResponse>";
    let (item, lost) = one(&blank(correct, &[("wrong", "0")]));
    assert_eq!((item.body, lost), (fill_in(&["b"]), losses(&[("not_computed", "responseProcessing")])));
    check_error(&blank(correct, &[("b", "0.5"), ("right", "1")]), "key_conflict", "");
}

#[test]
fn a_blank_that_gives_no_points_takes_only_what_is_called_right() {
    let other = |correct: &str| {
        let declared = format!("<responseDeclaration identifier='O' cardinality='single' baseType='string'>{correct}");
        let with_other = blank("", &[("right", "1")])
            .replace("<outcomeDeclaration", &format!("{declared}</responseDeclaration><outcomeDeclaration"));
        with_other.replace("</p></itemBody>", "<textEntryInteraction responseIdentifier='O'/></p></itemBody>")
    };
    check_error(&other(""), "no_key", "");
    let (item, lost) = one(&other("<correctResponse><value>b</value></correctResponse>"));
    let blanks = vec![texts(&["right"]), texts(&["b"])];
    assert_eq!(item.body, ItemBody::FillIn { blanks, groups: Vec::new() });
    assert_eq!(lost, losses(&[("scored_otherwise", "responseProcessing")]));
}

#[test]
fn an_item_that_would_take_too_long_is_not_computed() {
    let values = |count: usize| format!("<correctResponse>{}</correctResponse>", "<value>b</value>".repeat(count));
    check_error(&blank(&values(201), &[("b", "1")]), "qti_not_understood", "correctResponse");
    let entries = "<mapEntry mapKey='b' mappedValue='1'/>".repeat(201);
    check_error(&blank(&format!("<mapping>{entries}</mapping>"), &[("b", "1")]), "qti_not_understood", "mapping");
    let long = "b".repeat(1_000_000);
    let (item, lost) = one(&blank(&values(1), &[("b", "1"), (long.as_str(), "0")]));
    assert_eq!(item.stem, "a ____");
    assert_eq!(lost, losses(&[("not_computed", "responseProcessing"), ("not_computed", "responseProcessing")]));
    assert_eq!(
        computed("<repeat numberRepeats='201'><baseValue baseType='integer'>4</baseValue></repeat>"),
        "? repeat"
    );
}

#[test]
fn a_formula_that_no_text_can_say_is_refused() {
    let formula =
        "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mfrac><m:mn>1</m:mn><m:mn>2</m:mn></m:mfrac></m:math>";
    let body = |inner: &str| format!("<p>{inner}</p><extendedTextInteraction responseIdentifier='R'/>");
    check_error(&of("", &body(formula), ""), "mathml", "m:math");
    let (item, _) = one(&of("", &body(&format!("a<feedbackInline>{formula}</feedbackInline>")), ""));
    assert_eq!(item.stem, "a");
}

#[test]
fn what_a_person_marks_keeps_what_the_marker_is_told() {
    let body = "<rubricBlock view='candidate'><p>In 50 words.</p></rubricBlock><rubricBlock view='scorer'><ul><li>a</li></ul>\
                </rubricBlock><extendedTextInteraction responseIdentifier='R'><prompt>Why?</prompt></extendedTextInteraction>";
    let (item, lost) = one(&of("", body, ""));
    assert_eq!((item.stem.as_str(), lost), ("In 50 words.\n\nWhy?", vec![]));
    assert_eq!(item.body, ItemBody::ShortAnswer { rubric: "- a".to_owned() });
}

#[test]
fn what_is_no_item_here_is_told_by_its_name() {
    for name in ["gapMatchInteraction", "sliderInteraction", "hotspotInteraction", "uploadInteraction"] {
        check_error(&of("", &format!("<p><{name} responseIdentifier='R'/></p>"), ""), "unsupported_type", name);
    }
    check_error(
        &of("<templateDeclaration identifier='T' baseType='integer'/>", "", ""),
        "unsupported_type",
        "templateDeclaration",
    );
    check_error(&of("", "<p>Only text.</p>", ""), "no_interaction", "");
    let two = "<extendedTextInteraction responseIdentifier='R'/>".repeat(2);
    check_error(&of("", &two, ""), "several_interactions", "");
    check_error("<assessmentTest/>", "unsupported_type", "assessmentTest");
    check_error("<quiz/>", "not_qti", "");
    check_error(
        &of("<responseDeclaration identifier='R' cardinality='many'/>", "", ""),
        "qti_not_understood",
        "responseDeclaration",
    );
}

/// What an expression comes to as a text.
fn computed(expression: &str) -> String {
    let declarations = "<responseDeclaration identifier='R' cardinality='multiple' baseType='integer'><defaultValue>\
        <value>1</value><value>2</value></defaultValue></responseDeclaration>";
    let root = xml::parse(&format!("<i>{declarations}<e>{expression}</e></i>")).unwrap();
    let machine = Processor::read(&root).unwrap().machine;
    match machine.value(root.child("e").unwrap().elements().next().unwrap()) {
        Ok(Value::Null) => "null".to_owned(),
        Ok(Value::One(Atom::Boolean(is_true))) => is_true.to_string(),
        Ok(Value::One(Atom::Text(text))) => text,
        Ok(value @ Value::One(_)) => value.atoms()[0].number().unwrap().to_string(),
        Ok(value) => format!("{:?}", value.atoms().iter().filter_map(Atom::number).collect::<Vec<_>>()),
        Err(misfit) => format!("? {}", misfit.name),
    }
}

#[test]
fn expressions_come_to_what_the_standard_says() {
    let f = |number: &str| format!("<baseValue baseType='float'>{number}</baseValue>");
    let n = |number: &str| format!("<baseValue baseType='integer'>{number}</baseValue>");
    let s = |text: &str| format!("<baseValue baseType='string'>{text}</baseValue>");
    let (yes, no, null) = (
        "<baseValue baseType='boolean'>true</baseValue>",
        "<baseValue baseType='boolean'>false</baseValue>",
        "<null/>",
    );
    let call = |name: &str, operands: &str| format!("<{name}>{operands}</{}>", name.split(' ').next().unwrap());
    for (expression, expected) in [
        (call("and", &format!("{yes}{null}")), "null"),
        (call("and", &format!("{no}{null}")), "false"),
        (call("or", &format!("{yes}{null}")), "true"),
        (call("not", null), "null"),
        (call("anyN min='1' max='2'", &format!("{yes}{null}{no}")), "true"),
        (call("anyN min='2' max='2'", &format!("{yes}{null}{no}")), "null"),
        (call("sum", &format!("{}{}", n("1"), f("2.5"))), "3.5"),
        (call("sum", &format!("{}{null}", n("1"))), "null"),
        (call("divide", &format!("{}{}", n("1"), n("0"))), "null"),
        (call("round", &f("6.5")), "7"),
        (call("round", &f("-6.5")), "-6"),
        (call("truncate", &f("-6.5")), "-6"),
        (call("integerDivide", &format!("{}{}", n("-7"), n("2"))), "-4"),
        (call("integerModulus", &format!("{}{}", n("-7"), n("2"))), "1"),
        (call("roundTo roundingMode='significantFigures' figures='3'", &f("1234.5")), "1230"),
        (call("roundTo roundingMode='decimalPlaces' figures='1'", &f("0.25")), "0.3"),
        (call("equal toleranceMode='absolute' tolerance='0.1'", &format!("{}{}", f("3.14"), f("3.2"))), "true"),
        (call("equal toleranceMode='relative' tolerance='1'", &format!("{}{}", f("100"), f("101.5"))), "false"),
        (call("equalRounded roundingMode='decimalPlaces' figures='1'", &format!("{}{}", f("3.14"), f("3.06"))), "true"),
        (call("gcd", &format!("{}{}", n("12"), n("18"))), "6"),
        (call("lcm", &format!("{}{}", n("4"), n("6"))), "12"),
        (call("power", &format!("{}{}", n("2"), n("10"))), "1024"),
        (call("mathOperator name='floor'", &f("-1.5")), "-2"),
        (call("statsOperator name='sampleVariance'", "<variable identifier='R'/>"), "0.5"),
        (call("containerSize", "<variable identifier='R'/>"), "2"),
        (call("index n='2'", &call("ordered", &format!("{}{}", n("5"), n("6")))), "6"),
        (call("delete", &format!("{}<variable identifier='R'/>", n("1"))), "[2.0]"),
        (call("member", &format!("{}<variable identifier='R'/>", n("3"))), "false"),
        (call("contains", &format!("<variable identifier='R'/>{}", call("multiple", &n("2")))), "true"),
        (
            call("match", &format!("<variable identifier='R'/>{}", call("multiple", &format!("{}{}", n("2"), n("1"))))),
            "true",
        ),
        (call("repeat numberRepeats='2'", &n("4")), "[4.0, 4.0]"),
        (call("stringMatch caseSensitive='false'", &format!("{}{}", s("aB"), s("Ab"))), "true"),
        (call("substring caseSensitive='true'", &format!("{}{}", s("b"), s("abc"))), "true"),
        (call("patternMatch pattern='[A-Z]\\d+'", &s("K9")), "true"),
        (call("customOperator definition='x:Trim'", &s(" a ")), "a"),
        (call("customOperator definition='x:Unknown'", &s("a")), "? customOperator"),
        (call("inside shape='circle' coords='0,0,5'", "<baseValue baseType='point'>3 4</baseValue>"), "true"),
        (call("random", "<variable identifier='R'/>"), "? random"),
        (call("isNull", &s("")), "true"),
        ("<mathConstant name='pi'/>".to_owned(), "3.141592653589793"),
        ("<variable identifier='NONE'/>".to_owned(), "? variable"),
    ] {
        assert_eq!(computed(&expression), expected, "{expression}");
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        drop(parse_qti(&text));
    }

    #[test]
    fn a_changed_item_never_panics(at in 0..4_000_usize, length in 0..60_usize, by in "[<>a\"0/]{0,3}") {
        for whole in [CHOICE, BLANKS] {
            let end = (at + length).min(whole.len());
            if let (Some(before), Some(after)) = (whole.get(..at), whole.get(end..)) {
                for item in parse_qti(&format!("{before}{by}{after}")).items {
                    prop_assert_eq!(validate_item(&item), []);
                }
            }
        }
    }

    #[test]
    fn operators_never_panic(name in prop::sample::select(OPERATORS.to_vec()), numbers in prop::collection::vec(any::<i32>(), 0..4)) {
        let operands: String = numbers.iter().map(|number| format!("<baseValue baseType='float'>{number}e3</baseValue>")).collect();
        let attributes = "name='ln' figures='2' n='1' min='1' max='2' numberRepeats='3' tolerance='1' toleranceMode='absolute'";
        computed(&format!("<{name} {attributes}>{operands}</{name}>"));
    }
}

const OPERATORS: &[&str] = &[
    "multiple",
    "ordered",
    "containerSize",
    "isNull",
    "index",
    "fieldValue",
    "member",
    "delete",
    "contains",
    "repeat",
    "equal",
    "equalRounded",
    "lt",
    "gte",
    "match",
    "sum",
    "product",
    "max",
    "gcd",
    "lcm",
    "subtract",
    "divide",
    "power",
    "integerDivide",
    "integerModulus",
    "truncate",
    "round",
    "roundTo",
    "mathOperator",
    "statsOperator",
    "stringMatch",
];
