//! What the standard asks of statements, by its sections (xAPI 1.0.3, part two).

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const HOME: &str = "https://chengxi.example";

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn words() -> DeedWords {
    DeedWords {
        home: HOME.to_owned(),
        courses: HashMap::from([(CourseId(uuid(2)), "语文".to_owned())]),
        units: HashMap::from([(UnitId(uuid(3)), "请假条".to_owned())]),
    }
}

fn deed(kind: DeedKind) -> StudyDeed {
    let (learner, course_id) = (AccountId(uuid(1)), CourseId(uuid(2)));
    StudyDeed { learner, course_id, at: Timestamp(1_795_395_600_120), kind, session: None }
}

fn read(fact: u128, ms: i64) -> StudyDeed {
    deed(DeedKind::Read { unit: UnitId(uuid(3)), fact: uuid(fact), ms })
}

fn answered(is_right: Option<bool>) -> StudyDeed {
    let response = r#"{"kind":"single","value":0}"#.to_owned();
    deed(DeedKind::Answered { unit: UnitId(uuid(3)), fact: uuid(7), exercise: 0, response, is_right })
}

/// One of each kind.
fn deeds() -> Vec<StudyDeed> {
    vec![
        read(6, 61_239),
        answered(Some(false)),
        answered(None),
        deed(DeedKind::HandedIn { unit: UnitId(uuid(4)), activity: ActivityId(uuid(9)) }),
        deed(DeedKind::CompletedUnit { unit: UnitId(uuid(3)) }),
        deed(DeedKind::CompletedCourse),
    ]
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Every value below one that is an object or a list, and itself.
fn all(value: &Value) -> Vec<&Value> {
    let below: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    std::iter::once(value).chain(below.into_iter().flat_map(all)).collect()
}

#[track_caller]
fn check_iri(value: &Value) {
    let iri = value.as_str().unwrap();
    assert!(iri.starts_with("http://") || iri.starts_with("https://"), "{iri}");
    assert!(!iri.contains(char::is_whitespace), "{iri}");
}

#[track_caller]
fn check_activity(activity: &Value) {
    assert_eq!(activity["objectType"], "Activity");
    check_iri(&activity["id"]);
    check_iri(&activity["definition"]["type"]);
    let known = ["type", "name", "interactionType"];
    assert!(keys(&activity["definition"]).iter().all(|key| known.contains(key)), "{activity}");
}

#[test]
fn a_statement_has_what_it_must_and_nothing_that_is_not_known() {
    // 2.2: no null, no property that is not defined; 2.4: actor, verb and object.
    let known = ["id", "actor", "verb", "object", "result", "context", "timestamp"];
    for one in deeds() {
        let statement = statement(&one, &words());
        assert!(all(&statement).iter().all(|value| !value.is_null()), "{statement}");
        assert!(keys(&statement).iter().all(|key| known.contains(key)), "{statement}");
        assert!(["id", "actor", "verb", "object", "timestamp"].iter().all(|key| statement.get(key).is_some()));
    }
}

#[test]
fn the_actor_is_an_agent_with_one_identifier() {
    // 2.4.2.1 and 2.4.2.4: an account has a home page, which is an address, and a name.
    let actor = &statement(&read(6, 1_000), &words())["actor"];
    assert_eq!((&actor["objectType"], keys(actor).len()), (&json!("Agent"), 2));
    assert_eq!(actor["account"], json!({ "homePage": HOME, "name": uuid(1) }));
}

#[test]
fn verbs_and_activities_are_named_by_addresses() {
    // 2.4.3, 2.4.4.1 and 4.2: IRIs, and maps of languages.
    for one in deeds() {
        let statement = statement(&one, &words());
        check_iri(&statement["verb"]["id"]);
        assert!(statement["verb"]["display"]["en-US"].is_string());
        check_activity(&statement["object"]);
        let around = statement["context"].get("contextActivities").map(all).unwrap_or_default();
        around.into_iter().filter(|value| value.get("objectType").is_some()).for_each(check_activity);
    }
    let unit = &statement(&read(6, 1_000), &words())["object"];
    assert_eq!(unit["definition"]["name"], json!({ "zh-CN": "请假条" }));
    assert_eq!(unit["id"], format!("{HOME}/learn/units/{}", uuid(3)));
}

#[test]
fn results_say_how_long_and_whether_it_was_right() {
    // 2.4.5, and 4.6: durations as ISO 8601 writes them, to a hundredth of a second.
    let result = |deed: StudyDeed| statement(&deed, &words()).get("result").cloned();
    assert_eq!(result(read(6, 61_239)), Some(json!({ "duration": "PT61.23S" })));
    assert_eq!(result(read(6, 40_000)), Some(json!({ "duration": "PT40.00S" })));
    let response = r#"{"kind":"single","value":0}"#;
    assert_eq!(result(answered(Some(false))), Some(json!({ "response": response, "success": false })));
    assert_eq!(result(answered(None)), Some(json!({ "response": response })));
    assert_eq!(result(deed(DeedKind::CompletedCourse)), Some(json!({ "completion": true })));
}

#[test]
fn a_timestamp_is_rfc_3339_in_utc() {
    // 4.5 of version 1.0.3, 4.2.7 of IEEE 9274.1.1.
    assert_eq!(statement(&read(6, 1_000), &words())["timestamp"], "2026-11-23T01:00:00.120Z");
}

#[test]
fn what_is_handed_over_twice_has_the_same_id_and_everything_else_another() {
    // 2.4.1: an id is a UUID of RFC 4122, whose form is the fourteenth digit.
    let ids: Vec<_> = deeds().iter().map(|deed| statement(deed, &words())["id"].clone()).collect();
    for id in &ids {
        let id = id.as_str().unwrap();
        assert!(id.len() == 36 && id.as_bytes()[14] == b'5' && b"89ab".contains(&id.as_bytes()[19]), "{id}");
    }
    let elsewhere = DeedWords { home: "https://other.example".to_owned(), ..DeedWords::default() };
    assert_eq!(statement(&deeds()[0], &elsewhere)["id"], ids[0]);
    // The two answers are of one try.
    let different: BTreeSet<_> = ids.iter().filter_map(Value::as_str).collect();
    assert_eq!(different.len(), ids.len() - 1);
    assert_ne!(statement(&read(5, 61_239), &words())["id"], ids[0]);
    let of_another = StudyDeed { learner: AccountId(uuid(8)), ..deed(DeedKind::CompletedCourse) };
    assert_ne!(statement(&of_another, &words())["id"], ids[5]);
}

#[test]
fn what_we_write_has_no_fault() {
    for one in deeds() {
        let unnamed = DeedWords { home: HOME.to_owned(), ..DeedWords::default() };
        for words in [words(), unnamed] {
            let faults = statement_faults(&statement(&one, &words));
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
}

/// The faults of a statement in which a place holds something else; what is put there as null is taken away.
fn spoilt(at: &str, holds: Value) -> Vec<StatementFault> {
    let mut spoilt = statement(&answered(Some(true)), &words());
    let (above, name) = at.rsplit_once('/').unwrap();
    let parts = spoilt.pointer_mut(above).and_then(Value::as_object_mut).unwrap();
    match holds {
        Value::Null => drop(parts.remove(name).unwrap()),
        holds => drop(parts.insert(name.to_owned(), holds)),
    }
    statement_faults(&spoilt)
}

#[test]
fn every_fault_is_found_by_its_section() {
    use StatementFault::{Activity, Actor, Context, Empty, Id, Properties, Result, Timestamp, Verb};
    for (at, holds, found) in [
        ("/id", json!("7"), vec![Id]),
        ("/id", json!("00000000-0000-0000-0000-000000000000"), vec![Id]),
        ("/id", Value::Null, vec![Properties, Id]),
        ("/stored", json!("2026-11-23T01:00:00.000Z"), vec![Properties]),
        ("/actor/mbox", json!("mailto:a@b.example"), vec![Actor]),
        ("/actor/account/homePage", json!("chengxi"), vec![Actor]),
        ("/actor/account/name", json!(""), vec![Actor]),
        ("/verb/id", json!("answered"), vec![Verb]),
        ("/verb/display", json!("answered"), vec![Verb]),
        ("/verb/display", json!({}), vec![Empty]),
        ("/object/id", json!("https:///x"), vec![Activity]),
        ("/object/definition/interactionType", json!("choice"), vec![Activity]),
        ("/result/success", json!("yes"), vec![Result]),
        ("/result/duration", json!("PT1M"), vec![Result]),
        ("/result/duration", json!("PT.5S"), vec![Result]),
        ("/context/contextActivities/parent", json!([{ "id": "x" }]), vec![Context]),
        ("/context/contextActivities/around", json!([]), vec![Context]),
        ("/context/registration", json!("7"), vec![Context]),
        ("/context/extensions", json!({ "sessionid": "7" }), vec![Context]),
        ("/context/extensions", json!({ "https://w3id.org/x": 7 }), vec![Context]),
        ("/timestamp", json!("2026-11-23T09:00:00.000+08:00"), vec![Timestamp]),
        ("/timestamp", json!("yesterday"), vec![Timestamp]),
    ] {
        assert_eq!(spoilt(at, holds.clone()), found, "{at} {holds}");
    }
    let with_null = json!({ "id": null });
    assert!(statement_faults(&with_null).contains(&Empty));
    assert_eq!(statement_faults(&json!([])), [Properties]);
}

proptest! {
    #[test]
    fn whatever_was_done_is_told_without_a_fault(
        at in 0_i64..4_000_000_000_000, ms in 0_i64..1_000_000_000, exercise in 0_i32..200, id in any::<u128>(),
        response in ".{0,20}", title in ".{0,20}", is_right in any::<Option<bool>>(),
    ) {
        let unit = UnitId(uuid(id));
        let words = DeedWords { units: HashMap::from([(unit, title)]), ..words() };
        for kind in [
            DeedKind::Read { unit, fact: uuid(id), ms },
            DeedKind::Answered { unit, fact: uuid(id), exercise, response, is_right },
            DeedKind::HandedIn { unit, activity: ActivityId(uuid(id)) },
            DeedKind::CompletedUnit { unit },
            DeedKind::CompletedCourse,
        ] {
            let one = StudyDeed { at: Timestamp(at), ..deed(kind) };
            let faults = statement_faults(&statement(&one, &words));
            prop_assert!(faults.is_empty(), "{faults:?}");
        }
    }
}
