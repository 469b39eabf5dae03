use super::*;
use proptest::prelude::*;

const ID: &str = "0190a1b2-0000-5000-8000-000000000001";

fn read(parameters: &[(&str, &str)]) -> Result<StatementQuestion, StatementQuestionFault> {
    StatementQuestion::read(parameters.iter().copied())
}

fn filter(name: &str, value: &str) -> StatementFilter {
    read(&[(name, value)]).unwrap().filter
}

#[test]
fn each_parameter_is_read() {
    assert_eq!(read(&[]), Ok(StatementQuestion::default()));
    assert_eq!(read(&[("statementId", ID)]).unwrap().statement_id, ID.parse().ok());
    assert_eq!(read(&[("voidedStatementId", ID)]).unwrap().voided_statement_id, ID.parse().ok());
    let account = r#"{"objectType":"Agent","account":{"homePage":"https://a.example","name":"1"}}"#;
    let known = AskedAgent::Account { home_page: "https://a.example".to_owned(), name: "1".to_owned() };
    assert_eq!(filter("agent", account).agent, Some(known));
    for other in [
        r#"{"mbox":"mailto:a@b.example"}"#,
        r#"{"objectType":"Group","mbox_sha1sum":"0123456789012345678901234567890123456789","member":[]}"#,
        r#"{"openid":"https://a.example/1","name":"A"}"#,
    ] {
        assert_eq!(filter("agent", other).agent, Some(AskedAgent::Other), "{other}");
    }
    assert_eq!(filter("verb", "http://a.example/did").verb.as_deref(), Some("http://a.example/did"));
    assert_eq!(filter("activity", "urn:x:1").activity.as_deref(), Some("urn:x:1"));
    assert_eq!(filter("registration", ID).registration, ID.parse().ok());
    assert!(filter("related_agents", "true").has_related_agents);
    assert!(!filter("related_activities", "false").has_related_activities);
    assert_eq!(filter("since", "1970-01-01T00:00:01Z").since, Some(Timestamp(1_000)));
    assert_eq!(filter("until", "1970-01-01T08:00:02+08:00").until, Some(Timestamp(2_000)));
    for (name, format) in
        [("ids", StatementFormat::Ids), ("exact", StatementFormat::Exact), ("canonical", StatementFormat::Canonical)]
    {
        assert_eq!(read(&[("format", name)]).unwrap().format, format);
    }
    assert!(read(&[("attachments", "true"), ("ascending", "true")]).unwrap().is_ascending);
}

#[test]
fn a_page_is_as_long_as_is_asked_for_and_never_longer_than_it_may_be() {
    for (limit, rows) in [("1", 1), ("200", 200), ("0", 200), ("201", 200), ("99999999", 200)] {
        assert_eq!(read(&[("limit", limit)]).unwrap().rows(), rows, "{limit}");
    }
    assert_eq!(StatementQuestion::default().rows(), MAX_STATEMENTS);
}

#[test]
fn what_is_not_known_or_has_another_form_is_named() {
    for (name, value) in [
        ("statementId", "7"),
        ("statementId", "0190a1b2000050008000000000000001"),
        ("registration", "x"),
        ("agent", "a@b.example"),
        ("agent", "{}"),
        ("agent", r#"{"mbox":"a@b.example"}"#),
        ("agent", r#"{"mbox":"mailto:a@b.example","openid":"https://a.example"}"#),
        ("agent", r#"{"account":{"name":"1"}}"#),
        ("agent", r#"{"account":{"homePage":"https://a.example","name":"1","x":1}}"#),
        ("agent", r#"{"objectType":"Person","mbox":"mailto:a@b.example"}"#),
        ("agent", r#"{"mbox":"mailto:a@b.example","member":[]}"#),
        ("agent", r#"{"mbox":"mailto:a@b.example","name":1}"#),
        ("agent", r#"{"mbox_sha1sum":"0123"}"#),
        ("verb", "not an address"),
        ("activity", "did"),
        ("activity", "9:did"),
        ("since", "yesterday"),
        ("until", "2026-11-23"),
        ("limit", "-1"),
        ("limit", "many"),
        ("format", "short"),
        ("attachments", "yes"),
        ("ascending", "TRUE"),
        ("related_agents", "1"),
        ("after", "1.2.3"),
    ] {
        assert_eq!(read(&[(name, value)]), Err(StatementQuestionFault::Wrong(name.to_owned())), "{name}={value}");
    }
    for name in ["statementid", "Agent", "cursor", ""] {
        assert_eq!(read(&[(name, "x")]), Err(StatementQuestionFault::Unknown(name.to_owned())));
    }
    let twice = read(&[("limit", "1"), ("limit", "2")]);
    assert_eq!(twice.unwrap_err().parameter(), "limit");
}

#[test]
fn one_statement_is_asked_for_alone() {
    for id in ["statementId", "voidedStatementId"] {
        assert!(read(&[(id, ID), ("format", "ids"), ("attachments", "true")]).is_ok());
        for (name, value) in [
            ("agent", r#"{"mbox":"mailto:a@b.example"}"#),
            ("verb", "http://a.example/did"),
            ("activity", "http://a.example/1"),
            ("registration", ID),
            ("related_activities", "true"),
            ("related_agents", "true"),
            ("since", "1970-01-01T00:00:00Z"),
            ("until", "1970-01-01T00:00:00Z"),
            ("limit", "1"),
            ("ascending", "true"),
        ] {
            let fault = StatementQuestionFault::NotBesideAnId(name.to_owned());
            assert_eq!(read(&[(id, ID), (name, value)]), Err(fault.clone()));
            assert_eq!(read(&[(name, value), (id, ID)]), Err(fault));
        }
    }
    let both = read(&[("statementId", ID), ("voidedStatementId", ID)]);
    assert_eq!(both, Err(StatementQuestionFault::NotBesideAnId("voidedStatementId".to_owned())));
}

#[test]
fn versions_of_one_and_its_corrections_are_known() {
    for known in ["1.0", "1.0.0", "1.0.3", "1.0.9"] {
        assert!(is_known_xapi_version(known), "{known}");
    }
    for unknown in ["", "1", "0.95", "1.1.0", "1.0.", "1.0.x", "2.0.0", "1.00"] {
        assert!(!is_known_xapi_version(unknown), "{unknown}");
    }
}

proptest! {
    #[test]
    fn where_a_page_ended_is_read_as_it_was_written(
        stored in any::<i64>(), at in any::<i64>(), rank in any::<u8>(), id in any::<u128>(),
    ) {
        let key = StatementKey { stored: Timestamp(stored), at: Timestamp(at), rank, id: Uuid::from_u128(id) };
        prop_assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn nothing_that_is_asked_breaks_the_reading(name in "[a-zA-Z_]{0,20}", value in ".{0,60}") {
        let _ = read(&[(name.as_str(), value.as_str()), ("agent", value.as_str())]);
    }
}
