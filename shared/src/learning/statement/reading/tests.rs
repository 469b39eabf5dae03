use super::*;
use crate::{
    ids::{ActivityId, CourseId, UnitId},
    learning::{DeedKind, in_sessions},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const HOME: &str = "https://chengxi.example";

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn deed(learner: u128, at_s: i64, kind: DeedKind) -> StudyDeed {
    let (learner, course_id) = (AccountId(uuid(learner)), CourseId(uuid(2)));
    StudyDeed { learner, course_id, at: Timestamp(at_s * 1_000), kind, session: None }
}

/// What two learners did in a unit: learner 1 is there from the beginning, learner 9 since second 500.
fn readable() -> ReadableStatements {
    let unit = UnitId(uuid(3));
    let of = |learner: u128| {
        vec![
            deed(learner, 60, DeedKind::Read { unit, fact: uuid(learner + 100), ms: 20_000 }),
            deed(learner, 60, DeedKind::HandedIn { unit, activity: ActivityId(uuid(4)) }),
            deed(learner, 60, DeedKind::CompletedUnit { unit }),
            deed(learner, 60, DeedKind::CompletedCourse),
        ]
    };
    let deeds = in_sessions([of(1), of(9)].concat(), Timestamp(1_000_000), IntervalRules::default());
    let words = DeedWords { home: HOME.to_owned(), ..DeedWords::default() };
    let since = HashMap::from([(AccountId(uuid(1)), Timestamp(0)), (AccountId(uuid(9)), Timestamp(500_000))]);
    ReadableStatements { deeds, words, since }
}

fn asked(parameters: &[(&str, &str)]) -> StatementPage {
    readable().page(&StatementQuestion::read(parameters.iter().copied()).unwrap())
}

fn count(parameters: &[(&str, &str)]) -> usize {
    asked(parameters).statements.len()
}

fn verbs(page: &StatementPage) -> Vec<&str> {
    page.statements.iter().map(|one| one["verb"]["display"]["en-US"].as_str().unwrap()).collect()
}

/// The id of an account of the system, as an agent.
fn agent(name: &str) -> String {
    json!({ "account": { "homePage": HOME, "name": name } }).to_string()
}

#[test]
fn the_last_comes_first_unless_the_first_is_to() {
    let in_order = ["launched", "initialized", "experienced", "submitted", "completed", "completed", "terminated"];
    let ascending = asked(&[("ascending", "true")]);
    // Learner 9 brought theirs along: they came after those of learner 1, although they were done at the same time.
    assert_eq!(ascending.statements.len(), 14);
    let mut first = verbs(&ascending)[..7].to_vec();
    first[2..4].sort_unstable();
    assert_eq!(first, in_order);
    let by: Vec<_> = ascending.statements.iter().map(|one| one["actor"]["account"]["name"].clone()).collect();
    assert!(by[..7].iter().all(|name| *name == json!(uuid(1))) && by[7..].iter().all(|name| *name == json!(uuid(9))));
    let mut descending = asked(&[]).statements;
    descending.reverse();
    assert_eq!(descending, ascending.statements);
}

#[test]
fn what_does_not_fit_is_left_out() {
    let learner = uuid(1).to_string();
    let registration = readable().deeds[0].registration().to_string();
    for (parameters, expected) in [
        (vec![("agent", agent(&learner))], 7),
        (vec![("agent", agent("nobody"))], 0),
        (vec![("agent", r#"{"mbox":"mailto:a@b.example"}"#.to_owned())], 0),
        (vec![("agent", agent(AUTHORITY))], 0),
        (vec![("agent", agent(AUTHORITY)), ("related_agents", "true".to_owned())], 14),
        (vec![("verb", "http://adlnet.gov/expapi/verbs/completed".to_owned())], 4),
        (vec![("registration", registration)], 7),
        (vec![("registration", uuid(7).to_string())], 0),
        (vec![("activity", format!("{HOME}/learn/units/{}", uuid(3)))], 10),
        (vec![("activity", format!("{HOME}/learn/courses/{}", uuid(2)))], 2),
        (
            vec![("activity", format!("{HOME}/learn/courses/{}", uuid(2))), ("related_activities", "true".to_owned())],
            14,
        ),
        (vec![("since", "1970-01-01T00:01:00Z".to_owned())], 7),
        (vec![("since", "1970-01-01T00:00:59Z".to_owned())], 12),
        (vec![("until", "1970-01-01T00:01:00Z".to_owned())], 7),
        (vec![("until", "1970-01-01T00:00:59Z".to_owned())], 2),
        (vec![("until", "1970-01-01T00:08:20Z".to_owned()), ("since", "1970-01-01T00:01:00Z".to_owned())], 7),
    ] {
        let asked: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(count(&asked), expected, "{asked:?}");
    }
}

#[test]
fn one_is_found_by_its_id() {
    let all = readable();
    let id: Uuid = asked(&[]).statements[0]["id"].as_str().unwrap().parse().unwrap();
    let (stored, found) = all.find(id, StatementFormat::Exact).unwrap();
    assert_eq!((stored, &found["id"]), (Timestamp(500_000), &json!(id)));
    assert_eq!(all.find(uuid(77), StatementFormat::Exact), None);
}

#[test]
fn a_statement_says_when_it_came_by_whom_and_in_which_version() {
    let page = asked(&[("ascending", "true"), ("limit", "1")]);
    let one = &page.statements[0];
    let authority = json!({ "objectType": "Agent", "account": { "homePage": HOME, "name": "chengxi" } });
    assert_eq!((&one["authority"], &one["version"]), (&authority, &json!("1.0.3")));
    assert_eq!((&one["stored"], &one["timestamp"]), (&json!(Timestamp(40_000)), &json!(Timestamp(40_000))));
}

#[test]
fn by_ids_alone_nothing_else_is_told_of_things() {
    let exact = asked(&[]);
    assert_eq!(asked(&[("format", "exact")]), exact);
    assert_eq!(asked(&[("format", "canonical")]), exact, "every word has one language");
    for (one, exact) in asked(&[("format", "ids")]).statements.iter().zip(&exact.statements) {
        assert_eq!((&one["id"], &one["actor"]), (&exact["id"], &exact["actor"]));
        assert_eq!(one["object"], json!({ "id": exact["object"]["id"] }));
        assert_eq!(one["verb"], json!({ "id": exact["verb"]["id"] }));
        let around = one["context"]["contextActivities"].as_object().into_iter().flatten();
        for activity in around.flat_map(|(_, list)| list.as_array().unwrap()) {
            assert_eq!(activity.as_object().unwrap().keys().collect::<Vec<_>>(), ["id"]);
        }
    }
}

#[test]
fn what_a_phone_hands_in_later_is_younger_than_what_a_reader_has_whole() {
    let (now, offline, intervals) = (Timestamp(100_000_000_000), OfflineRules::default(), IntervalRules::default());
    let through = consistent_through(now, offline, intervals);
    assert_eq!(now.ms_since(through), (30 * 86_400 + 40) * 1_000);
}

proptest! {
    #[test]
    fn page_by_page_everything_is_read_once(limit in 1_usize..20, is_ascending in any::<bool>()) {
        let (limit, ascending) = (limit.to_string(), is_ascending.to_string());
        let asked_for = [("limit", limit.as_str()), ("ascending", ascending.as_str())];
        let (mut read, mut after) = (Vec::new(), None::<String>);
        loop {
            let next = after.as_deref().map(|after| ("after", after));
            let page = asked(&asked_for.iter().copied().chain(next).collect::<Vec<_>>());
            prop_assert!(page.statements.len() <= limit.parse::<usize>().unwrap());
            read.extend(page.statements);
            match page.next {
                Some(next) => after = Some(next.to_string()),
                None => break,
            }
        }
        prop_assert_eq!(&read, &asked(&[("ascending", ascending.as_str())]).statements);
        let ids: BTreeSet<_> = read.iter().map(|one| one["id"].to_string()).collect();
        prop_assert_eq!(ids.len(), 14);
    }
}
