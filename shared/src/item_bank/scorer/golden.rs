//! What version 1 says, for ever. Scores that were given by it are computed again years later: whoever changes one of
//! these numbers changes a rule, and gives the rules a new version beside this one.

use super::*;

/// A body, a response, the most points, and what the response is worth; nothing where a person says so.
const GOLDEN: &[(&str, &str, i32, Option<i32>)] = &[
    (SINGLE, r#"{"kind":"single","value":1}"#, 300, Some(300)),
    (SINGLE, r#"{"kind":"single","value":0}"#, 300, Some(0)),
    (SINGLE, r#"{"kind":"cleared"}"#, 300, Some(0)),
    (MULTIPLE, r#"{"kind":"multiple","value":[0,2]}"#, 125, Some(125)),
    (MULTIPLE, r#"{"kind":"multiple","value":[2]}"#, 125, Some(62)),
    (MULTIPLE, r#"{"kind":"multiple","value":[0,1,2]}"#, 125, Some(0)),
    (r#"{"kind":"true_false","key":false}"#, r#"{"kind":"true_false","value":false}"#, 200, Some(200)),
    (BLANKS, r#"{"kind":"blanks","value":["b","a","x"]}"#, 200, Some(134)),
    (BLANKS, r#"{"kind":"blanks","value":["Ａ","a","三十"]}"#, 200, Some(133)),
    (NUMBER, r#"{"kind":"text","value":"９.75 m"}"#, 300, Some(300)),
    (NUMBER, r#"{"kind":"text","value":"980cm"}"#, 300, Some(300)),
    (NUMBER, r#"{"kind":"text","value":"9.8"}"#, 300, Some(0)),
    (PAIRS, r#"{"kind":"choices","value":[1,null]}"#, 125, Some(63)),
    (ORDER, r#"{"kind":"ordered","value":[0,1,2]}"#, 201, Some(100)),
    (MENUS, r#"{"kind":"choices","value":[0,0]}"#, 125, Some(63)),
    (TABLE, r#"{"kind":"choices","value":[1,0,0]}"#, 200, Some(133)),
    (HOT_TEXT, r#"{"kind":"multiple","value":[0]}"#, 125, Some(62)),
    (HOT_TEXT, r#"{"kind":"multiple","value":[0,2]}"#, 125, Some(125)),
    (WRONG, r#"{"kind":"judged","value":{"is_right":false,"correction":"三十"}}"#, 125, Some(125)),
    (WRONG, r#"{"kind":"judged","value":{"is_right":false,"correction":"31"}}"#, 125, Some(63)),
    (WRONG, r#"{"kind":"judged","value":{"is_right":true,"correction":"30"}}"#, 125, Some(0)),
    (STEPS, r#"{"kind":"blanks","value":["9g","4"]}"#, 125, Some(38)),
    (STEPS, r#"{"kind":"blanks","value":["9","3"]}"#, 125, Some(87)),
    (PARTS, r#"{"kind":"parts","value":{"parts":[{"kind":"single","value":1},{"kind":"cleared"}]}}"#, 125, Some(50)),
    (
        PARTS,
        r#"{"kind":"parts","value":{"parts":[{"kind":"cleared"},{"kind":"true_false","value":true}]}}"#,
        125,
        Some(75),
    ),
    (SHORT, r#"{"kind":"text","value":"x"}"#, 500, None),
    (SHORT, r#"{"kind":"text","value":" "}"#, 500, Some(0)),
    (ESSAY, r#"{"kind":"text","value":"x"}"#, 500, None),
];

const SINGLE: &str = r#"{"kind":"single_choice","options":["x","y"],"key":1}"#;
const MULTIPLE: &str = r#"{"kind":"multiple_choice","options":["x","y","z"],"key":[0,2],"rule":"partial_no_wrong"}"#;
const BLANKS: &str = r#"{"kind":"fill_in","blanks":[["a"],["b"],["30"]],"groups":[[0,1]]}"#;
const NUMBER: &str = r#"{"kind":"numeric","key":"9.8","tolerance":{"kind":"absolute","by":"0.1"},
    "units":[{"name":"m","factor":"1"},{"name":"cm","factor":"0.01"}]}"#;
const PAIRS: &str = r#"{"kind":"matching","lefts":["a","b"],"rights":["x","y"],"key":[1,0]}"#;
const ORDER: &str = r#"{"kind":"ordering","lines":["x","y","z"],"key":[2,0,1]}"#;
const MENUS: &str = r#"{"kind":"inline_choice","menus":[["x","y"],["u","v"]],"key":[0,1]}"#;
const TABLE: &str = r#"{"kind":"matrix","rows":["a","b","c"],"columns":["x","y"],"key":[1,1,0]}"#;
const HOT_TEXT: &str = r#"{"kind":"hot_text","key":[0,2],"rule":"partial_no_wrong"}"#;
const WRONG: &str = r#"{"kind":"correction","key":false,"accepted":["30"]}"#;
const STEPS: &str = r#"{"kind":"calculation","steps":[
    {"label":"a","percent":30,"key":"9","tolerance":{"kind":"absolute","by":"0"},"units":[{"name":"g","factor":"1"}]},
    {"label":"b","percent":70,"key":"3","tolerance":{"kind":"relative","percent":"1"}}]}"#;
const PARTS: &str = r#"{"kind":"composite","children":[
    {"stem":"a","percent":40,"body":{"kind":"single_choice","options":["x","y"],"key":1}},
    {"stem":"b","percent":60,"body":{"kind":"true_false","key":true}}]}"#;
const SHORT: &str = r#"{"kind":"short_answer","rubric":"x"}"#;
const ESSAY: &str = r#"{"kind":"essay","dimensions":[{"name":"a","percent":100,"about":""}]}"#;

#[test]
fn version_1_scores_as_it_always_did() {
    for (body, response, max, expected) in GOLDEN {
        let body = serde_json::from_str(body).unwrap();
        let item = Item { schema_version: 1, stem: "[[x]] [[y]] [[z]]".to_owned(), body, explanation: String::new() };
        let given: Response = serde_json::from_str(response).unwrap();
        let expected = expected.map_or(Scored::NeedsPerson, |points| Scored::Points(Points(points)));
        assert_eq!(score_by(1, &item, Some(&given), Points(*max)), Some(expected), "{:?} {response}", item.body);
    }
    assert_eq!(SCORER_VERSION, 1);
    let item = Item {
        schema_version: 1,
        stem: "x".to_owned(),
        body: ItemBody::TrueFalse { key: true },
        explanation: String::new(),
    };
    assert_eq!(score_by(SCORER_VERSION + 1, &item, None, Points(1)), None);
}
