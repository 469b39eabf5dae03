//! Pairs, tables, and words that are chosen where they stand.

use super::*;

/// Two texts on the left and three on the right, of which these pairs are called right.
fn pairs(shuffle: bool, correct: &[&str], processing: &str) -> String {
    let values: String = correct.iter().map(|value| format!("<value>{value}</value>")).collect();
    let entries: String = correct.iter().map(|value| format!("<mapEntry mapKey='{value}' mappedValue='1'/>")).collect();
    let side = |names: &[&str]| {
        let choice = |name: &&str| {
            format!("<simpleAssociableChoice identifier='{name}' matchMax='0'>{name}.</simpleAssociableChoice>")
        };
        format!("<simpleMatchSet>{}</simpleMatchSet>", names.iter().map(choice).collect::<String>())
    };
    of(
        &format!(
            "<responseDeclaration identifier='RESPONSE' cardinality='multiple' baseType='directedPair'>\
             <correctResponse>{values}</correctResponse><mapping defaultValue='0'>{entries}</mapping></responseDeclaration>"
        ),
        &format!(
            "<matchInteraction responseIdentifier='RESPONSE' shuffle='{shuffle}'><prompt>Which?</prompt>{}{}</matchInteraction>",
            side(&["a", "b"]),
            side(&["x", "y", "z"])
        ),
        processing,
    )
}

#[test]
fn pairs_that_are_not_shuffled_are_a_table() {
    let each = "<responseProcessing><setOutcomeValue identifier='SCORE'><mapResponse identifier='RESPONSE'/></setOutcomeValue>\
                </responseProcessing>";
    let (item, lost) = one(&pairs(false, &["a y", "b x"], each));
    let columns = texts(&["x.", "y.", "z."]);
    assert_eq!((item.stem.as_str(), lost), ("Which?", vec![]));
    assert_eq!(item.body, ItemBody::Matrix { rows: texts(&["a.", "b."]), columns, key: vec![1, 0] });
    let (item, lost) = one(&pairs(true, &["a y", "b x"], each));
    let ItemBody::Matching { lefts, rights, key } = item.body else { panic!("they are pairs") };
    let right = |place: usize| rights[usize::from(key[place])].as_str();
    assert_eq!((lefts, right(0), right(1), rights.len(), lost), (texts(&["a.", "b."]), "y.", "x.", 3, vec![]));
}

#[test]
fn pairs_have_one_key_each_and_what_is_scored_otherwise_is_told() {
    let whole = "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct'/>";
    let (_, lost) = one(&pairs(false, &["a y", "b x"], whole));
    assert_eq!(lost, losses(&[("scored_otherwise", "responseProcessing")]));
    check_error(&pairs(false, &["a y"], whole), "no_key", "");
    check_error(&pairs(false, &["a y", "a x", "b x"], whole), "several_keys", "");
}

#[test]
fn words_that_are_chosen_are_marked_where_they_stand() {
    let body = "<hottextInteraction responseIdentifier='R' maxChoices='0'><prompt>Which?</prompt><p>One \
                <hottext identifier='a'>[two]</hottext>, <b>three</b> <hottext identifier='b'>four</hottext>.</p>\
                </hottextInteraction>";
    let declared = "<responseDeclaration identifier='R' cardinality='multiple' baseType='identifier'>\
                    <correctResponse><value>b</value></correctResponse></responseDeclaration>";
    let (item, _) = one(&of(declared, body, ""));
    assert_eq!(item.stem, "Which?\n\nOne [[\\[two\\]]], **three** [[four]].");
    assert_eq!(item.body, ItemBody::HotText { key: vec![1], rule: MultipleRule::default() });
}
