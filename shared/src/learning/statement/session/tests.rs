use super::*;
use crate::learning::{DeedWords, statement, statement_faults};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

const RULES: IntervalRules = IntervalRules { max_gap_s: 40 };

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

fn deed(at_s: i64, kind: DeedKind) -> StudyDeed {
    let (learner, course_id) = (AccountId(Uuid::from_u128(1)), CourseId(Uuid::from_u128(2)));
    StudyDeed { learner, course_id, at: Timestamp(at_s * 1_000), kind, session: None }
}

fn read(n: u128, from_s: i64, until_s: i64) -> StudyDeed {
    deed(until_s, DeedKind::Read { unit: unit(3), fact: Uuid::from_u128(n), ms: (until_s - from_s) * 1_000 })
}

fn answered(n: u128, at_s: i64) -> StudyDeed {
    let response = "{}".to_owned();
    deed(at_s, DeedKind::Answered { unit: unit(3), fact: Uuid::from_u128(n), exercise: 0, response, is_right: None })
}

/// The statements in order, as they are at a second.
fn told(deeds: Vec<StudyDeed>, now_s: i64) -> Vec<Value> {
    let words = DeedWords { home: "https://chengxi.example".to_owned(), ..DeedWords::default() };
    let mut told = in_sessions(deeds, Timestamp(now_s * 1_000), RULES);
    told.sort_by_key(StudyDeed::place);
    told.iter().map(|deed| statement(deed, &words)).collect()
}

fn verb(statement: &Value) -> &str {
    statement["verb"]["id"].as_str().unwrap().rsplit('/').next().unwrap()
}

fn session(statement: &Value) -> Option<&str> {
    statement["context"]["extensions"][format!("{}/extensions/sessionid", super::super::CMI5)].as_str()
}

/// The verbs in order, each with the number of its session.
fn in_order(statements: &[Value]) -> Vec<(&str, Option<usize>)> {
    let mut known: Vec<String> = Vec::new();
    let mut number = |id: &str| match known.iter().position(|known| known == id) {
        Some(number) => number,
        None => {
            known.push(id.to_owned());
            known.len() - 1
        }
    };
    statements.iter().map(|one| (verb(one), session(one).map(&mut number))).collect()
}

#[test]
fn what_is_done_without_a_pause_is_one_session() {
    let completed = deed(70, DeedKind::CompletedUnit { unit: unit(3) });
    let course = deed(70, DeedKind::CompletedCourse);
    let told =
        told(vec![course, completed, answered(1, 10), read(2, 30, 50), answered(3, 70), read(4, 200, 260)], 1_000);
    let expected = [
        ("launched", Some(0)),
        ("initialized", Some(0)),
        ("answered", Some(0)),
        ("experienced", Some(0)),
        ("answered", Some(0)),
        ("completed", Some(0)),
        ("completed", None),
        ("terminated", Some(0)),
        ("launched", Some(1)),
        ("initialized", Some(1)),
        ("experienced", Some(1)),
        ("terminated", Some(1)),
    ];
    assert_eq!(in_order(&told), expected);
    assert_eq!(told[7]["result"], json!({ "duration": "PT60.00S" }));
    assert_eq!(told[5]["result"], json!({ "completion": true, "duration": "PT60.00S" }));
    let launched = &told[0]["context"]["extensions"];
    assert_eq!(launched[format!("{}/extensions/launchmode", super::super::CMI5)], "Normal");
    let categories = |one: &Value| one["context"]["contextActivities"]["category"].as_array().map_or(0, Vec::len);
    assert_eq!([0, 1, 2, 5, 6, 7].map(|at| categories(&told[at])), [1, 1, 0, 2, 0, 1]);
    let registrations: Vec<_> = told.iter().map(|one| &one["context"]["registration"]).collect();
    assert!(registrations.windows(2).all(|two| two[0] == two[1] && two[0].is_string()), "{registrations:?}");
}

#[test]
fn what_may_go_on_is_told_when_it_has_ended_and_stays_what_it_was() {
    let deeds = || vec![read(1, 0, 60), answered(2, 20)];
    let meanwhile = told(deeds(), 100);
    assert_eq!(in_order(&meanwhile), [("launched", Some(0)), ("initialized", Some(0)), ("answered", Some(0))]);
    let afterwards = told(deeds(), 101);
    assert_eq!(in_order(&afterwards)[3..], [("experienced", Some(0)), ("terminated", Some(0))]);
    assert_eq!(afterwards[..3], meanwhile[..]);
}

#[test]
fn a_completion_that_nobody_was_there_for_has_no_session() {
    let told = told(vec![answered(1, 10), deed(500, DeedKind::CompletedUnit { unit: unit(3) })], 1_000);
    let last = told.last().unwrap();
    assert_eq!((verb(last), session(last), &last["result"]), ("completed", None, &json!({ "completion": true })));
}

proptest! {
    /// What cmi5 says of a session: launched first, then initialized, terminated last, each once; nothing outside.
    #[test]
    fn sessions_keep_their_rules_whatever_was_done(
        reads in prop::collection::vec((0_i64..2_000, 0_i64..200), 0..12),
        answers in prop::collection::vec(0_i64..2_000, 0..12), completed in prop::option::of(0_i64..2_000),
    ) {
        let mut deeds: Vec<_> = (1..).zip(&reads).map(|(n, (from, s))| read(n, *from, from + s)).collect();
        deeds.extend((100..).zip(&answers).map(|(n, at)| answered(n, *at)));
        deeds.extend(completed.map(|at| deed(at, DeedKind::CompletedUnit { unit: unit(3) })));
        let (facts, told) = (deeds.len(), told(deeds, 10_000));
        let mut of_sessions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in &told {
            prop_assert!(statement_faults(one).is_empty(), "{one}");
            if let Some(session) = session(one) {
                of_sessions.entry(session).or_default().push(verb(one));
            }
        }
        for verbs in of_sessions.values() {
            prop_assert_eq!(&verbs[..2], ["launched", "initialized"]);
            prop_assert_eq!(verbs.last(), Some(&"terminated"));
            let bounds = ["launched", "initialized", "terminated"];
            prop_assert_eq!(verbs.iter().filter(|verb| bounds.contains(verb)).count(), 3);
        }
        prop_assert_eq!(told.len(), facts + 3 * of_sessions.len());
        let mut outside = told.iter().filter(|one| session(one).is_none());
        prop_assert!(outside.all(|one| verb(one) == "completed"));
        let ids: std::collections::BTreeSet<_> = told.iter().map(|one| one["id"].to_string()).collect();
        prop_assert_eq!(ids.len(), told.len());
    }
}
