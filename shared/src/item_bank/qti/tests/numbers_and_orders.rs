//! Numbers, steps, lines in an order, and menus: what others write, too.

use super::*;
use crate::item_bank::Tolerance;

const ONE: &str = "<baseValue baseType='float'>1</baseValue>";

fn number(name: &str, key: &str) -> String {
    format!(
        "<responseDeclaration identifier='{name}' cardinality='single' baseType='float'><correctResponse>\
         <value>{key}</value></correctResponse></responseDeclaration>"
    )
}

fn if_equal(name: &str, attributes: &str, worth: &str) -> String {
    format!(
        "<responseCondition><responseIf><equal {attributes}><variable identifier='{name}'/><correct identifier='{name}'/>\
         </equal><setOutcomeValue identifier='SCORE'>{worth}</setOutcomeValue></responseIf></responseCondition>"
    )
}

fn processed(rules: &str) -> String {
    format!("<responseProcessing>{rules}</responseProcessing>")
}

#[test]
fn a_number_keeps_its_tolerance() {
    let entry = "<p>How high?</p><p><textEntryInteraction responseIdentifier='R'/></p>";
    for (attributes, tolerance) in [
        ("toleranceMode='absolute' tolerance='0.10 0.10'", Tolerance::Absolute { by: "0.10".to_owned() }),
        ("toleranceMode='relative' tolerance='5'", Tolerance::Relative { percent: "5".to_owned() }),
        ("toleranceMode='exact'", Tolerance::Absolute { by: "0".to_owned() }),
    ] {
        let (item, lost) = one(&of(&number("R", "9.80"), entry, &processed(&if_equal("R", attributes, ONE))));
        assert_eq!((item.stem.as_str(), lost), ("How high?", vec![]), "{attributes}");
        assert_eq!(item.body, ItemBody::Numeric { key: "9.80".to_owned(), tolerance, units: Vec::new() });
    }
    let within = "<p>It is <textEntryInteraction responseIdentifier='R'/> m high.</p>";
    let (item, _) = one(&of(&number("R", "3"), within, &processed(&if_equal("R", "toleranceMode='exact'", ONE))));
    assert_eq!(item.stem, "It is ____ m high.");
}

#[test]
fn what_is_scored_in_any_other_way_is_no_number() {
    let entry = "<p>How high?</p><p><textEntryInteraction responseIdentifier='R'/></p>";
    for attributes in ["toleranceMode='absolute' tolerance='1 2'", "toleranceMode='exact' includeLowerBound='false'"] {
        let (item, _) = one(&of(&number("R", "3"), entry, &processed(&if_equal("R", attributes, ONE))));
        assert!(matches!(item.body, ItemBody::FillIn { .. }), "{attributes} {item:?}");
    }
}

#[test]
fn numbers_that_share_a_hundred_are_steps() {
    let entry = |label: &str, name: &str| format!("<p>{label} <textEntryInteraction responseIdentifier='{name}'/></p>");
    let body = format!("<p>Compute.</p>{}{}", entry("speed", "A"), entry("way", "B"));
    let share = |percent: u16| {
        format!("<sum><variable identifier='SCORE'/><baseValue baseType='float'>{percent}</baseValue></sum>")
    };
    let rules = |first: u16| {
        let exact = "toleranceMode='exact'";
        processed(&format!("{}{}", if_equal("A", exact, &share(first)), if_equal("B", exact, &share(60))))
    };
    let declared = number("A", "60") + &number("B", "300");
    let (item, lost) = one(&of(&declared, &body, &rules(40)));
    let ItemBody::Calculation { steps } = item.body else { panic!("they are steps") };
    let told: Vec<_> = steps.iter().map(|step| (step.label.as_str(), step.percent, step.key.as_str())).collect();
    assert_eq!((item.stem.as_str(), lost), ("Compute.", vec![]));
    assert_eq!(told, [("speed", 40, "60"), ("way", 60, "300")]);
    let (item, _) = one(&of(&declared, &body, &rules(30)));
    assert!(matches!(item.body, ItemBody::FillIn { .. }), "they are no whole: {item:?}");
}

#[test]
fn lines_keep_the_order_that_is_called_right() {
    let order = |correct: &[&str]| {
        let values: String = correct.iter().map(|value| format!("<value>{value}</value>")).collect();
        let lines: String = ["x", "y", "z"]
            .iter()
            .map(|name| format!("<simpleChoice identifier='{name}'>{name}.</simpleChoice>"))
            .collect();
        of(
            &format!(
                "<responseDeclaration identifier='RESPONSE' cardinality='ordered' baseType='identifier'><correctResponse>\
                 {values}</correctResponse></responseDeclaration>"
            ),
            &format!(
                "<orderInteraction responseIdentifier='RESPONSE'><prompt>Order.</prompt>{lines}</orderInteraction>"
            ),
            "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct'/>",
        )
    };
    let (item, lost) = one(&order(&["z", "x", "y"]));
    let ItemBody::Ordering { lines, key } = item.body else { panic!("they are lines") };
    let right: Vec<_> = key.iter().map(|place| lines[usize::from(*place)].as_str()).collect();
    assert_eq!((right, lost), (vec!["z.", "x.", "y."], losses(&[("scored_otherwise", "responseProcessing")])));
    check_error(&order(&["z", "x"]), "no_key", "");
}

#[test]
fn a_menu_keeps_what_is_called_right() {
    let menu = |name: &str| {
        let words: String = ["p", "q"]
            .iter()
            .map(|word| format!("<inlineChoice identifier='{word}'>{word}{name}</inlineChoice>"))
            .collect();
        format!("<inlineChoiceInteraction responseIdentifier='{name}'>{words}</inlineChoiceInteraction>")
    };
    let declared = |name: &str, right: &str| {
        format!(
            "<responseDeclaration identifier='{name}' cardinality='single' baseType='identifier'><correctResponse>\
             <value>{right}</value></correctResponse><mapping defaultValue='0'><mapEntry mapKey='{right}' mappedValue='2'/>\
             </mapping></responseDeclaration>"
        )
    };
    let body = format!("<p>a {} b {} c</p>", menu("A"), menu("B"));
    let sum = "<setOutcomeValue identifier='SCORE'><sum><mapResponse identifier='A'/><mapResponse identifier='B'/></sum>\
               </setOutcomeValue>";
    let (item, lost) = one(&of(&(declared("A", "q") + &declared("B", "p")), &body, &processed(sum)));
    let ItemBody::InlineChoice { menus, key } = item.body else { panic!("they are menus") };
    let right: Vec<_> = menus.iter().zip(&key).map(|(menu, place)| menu[usize::from(*place)].as_str()).collect();
    assert_eq!((item.stem.as_str(), right, lost), ("a ____ b ____ c", vec!["qA", "pB"], vec![]));
    let alone = "<setOutcomeValue identifier='SCORE'><mapResponse identifier='A'/></setOutcomeValue>";
    let (_, lost) = one(&of(&(declared("A", "q") + &declared("B", "p")), &body, &processed(alone)));
    assert_eq!(lost, losses(&[("scored_otherwise", "responseProcessing")]));
    check_error(&of("", &body, ""), "no_key", "");
}

#[test]
fn a_verdict_with_a_place_to_write_is_a_statement_to_be_put_right() {
    let options = |right: &str| {
        format!(
            "<p>A year has five seasons.</p><choiceInteraction responseIdentifier='V' maxChoices='1'>\
             <simpleChoice identifier='r'>{right}</simpleChoice><simpleChoice identifier='w'>False</simpleChoice>\
             </choiceInteraction><p><textEntryInteraction responseIdentifier='C'/></p>"
        )
    };
    let declared = "<responseDeclaration identifier='V' cardinality='single' baseType='identifier'><correctResponse>\
        <value>w</value></correctResponse></responseDeclaration><responseDeclaration identifier='C' cardinality='single' \
        baseType='string'><correctResponse><value>four</value></correctResponse><mapping defaultValue='0'>\
        <mapEntry mapKey='four' mappedValue='1'/><mapEntry mapKey='4' mappedValue='1'/></mapping></responseDeclaration>";
    let half = "<responseCondition><responseIf><match><variable identifier='V'/><correct identifier='V'/></match>\
        <setOutcomeValue identifier='SCORE'><sum><baseValue baseType='float'>1</baseValue><mapResponse identifier='C'/></sum>\
        </setOutcomeValue></responseIf></responseCondition>";
    let (item, lost) = one(&of(declared, &options("True"), &processed(half)));
    assert_eq!((item.stem.as_str(), lost), ("A year has five seasons.", vec![]));
    assert_eq!(item.body, ItemBody::Correction { key: false, accepted: texts(&["four", "4"]) });
    check_error(&of(declared, &options("Maybe"), &processed(half)), "several_interactions", "");
}
