use super::*;
use crate::{
    ids::{AccountId, ActivityId, CourseId, ExternalLaunchId, ExternalSubjectId, ExternalToolId, UnitId},
    learning::{Activity, ActivityBody, CourseContent, Module, Unit},
    points::Points,
    problem::{Refusal, has_texts},
    time::Timestamp,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_395_600_000);

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

fn modulus(bytes: usize) -> String {
    URL_SAFE_NO_PAD.encode(vec![0xC5_u8; bytes])
}

fn key_set(n: &str) -> String {
    json!({ "keys": [{ "kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": n, "e": "AQAB" }] }).to_string()
}

fn tool() -> NewExternalTool {
    NewExternalTool {
        title: " 电工仿真 ".to_owned(),
        login_url: "https://tool.example/login?x=1".to_owned(),
        redirect_urls: vec!["https://tool.example/launch".to_owned()],
        keys: key_set(&modulus(256)),
        reason: "省厅采购的课程".to_owned(),
    }
}

#[test]
fn learners_are_sent_to_encrypted_addresses_alone() {
    for right in ["https://a.example", "https://a.example:8443/x?y=1", "https://[2001:db8::1]/x"] {
        assert!(is_web_address(right), "{right}");
    }
    for wrong in [
        "http://a.example",
        "https://",
        "https://user@a.example/",
        "https://a.example/#x",
        "https://a.example/ x",
        "javascript:alert(1)",
        "https://甲.example/",
        "https://a.example/\"x",
    ] {
        assert!(!is_web_address(wrong), "{wrong}");
    }
}

#[test]
fn a_tool_is_registered_with_public_keys_alone() {
    let checked = tool().check().unwrap();
    assert_eq!((checked.title.as_str(), checked.keys[0].kid.as_str()), ("电工仿真", "1"));
    let private = json!({ "keys": [{ "kty": "RSA", "kid": "1", "n": modulus(256), "e": "AQAB", "d": "x" }] });
    let named = json!({ "kty": "RSA", "kid": "1", "n": modulus(256), "e": "AQAB" });
    assert!(NewExternalTool { keys: key_set(&modulus(384)), ..tool() }.check().is_ok());
    for (keys, code) in [
        (String::new(), "required"),
        ("{}".to_owned(), "key-set"),
        (json!({ "keys": [] }).to_string(), "key-set"),
        (key_set(&modulus(128)), "key-set"),
        (key_set("?"), "key-set"),
        (json!({ "keys": [named, named] }).to_string(), "key-set"),
        (private.to_string(), "private-key"),
        (" x".repeat(MAX_KEY_SET_CHARS), "too-long"),
    ] {
        let errors = NewExternalTool { keys, ..tool() }.check().unwrap_err();
        assert_eq!((errors[0].pointer.as_str(), errors[0].code.as_str(), errors.len()), ("/keys", code, 1));
        assert!(has_texts(&format!("field.{code}")), "{code}");
    }
}

#[test]
fn every_field_of_a_tool_that_is_wrong_is_named() {
    let nothing = NewExternalTool {
        title: String::new(),
        login_url: "ftp://x".to_owned(),
        redirect_urls: Vec::new(),
        keys: String::new(),
        reason: String::new(),
    };
    let pointers: Vec<_> = nothing.check().unwrap_err().into_iter().map(|error| error.pointer).collect();
    assert_eq!(pointers, ["/title", "/login_url", "/redirect_urls", "/keys", "/reason"]);
}

#[test]
fn another_person_approves_a_tool_and_anyone_of_them_switches_it_off() {
    use ExternalToolState::{Active, Ended, Proposed, Refused};
    let (one, other): (AccountId, AccountId) = (id(1), id(2));
    let next = |state, step, by| next_external_tool_state(&ExternalToolCase { state, proposed_by: one }, step, by);
    let second = Err(ExternalToolRefusal::SecondPersonNeeded);
    assert_eq!(next(Proposed, ExternalToolStep::Approve, one), second);
    assert_eq!(next(Proposed, ExternalToolStep::Approve, other), Ok(Active));
    assert_eq!(next(Proposed, ExternalToolStep::End, one), Ok(Refused));
    assert_eq!(next(Active, ExternalToolStep::End, one), Ok(Ended));
    for state in [Refused, Ended] {
        for step in [ExternalToolStep::Approve, ExternalToolStep::End] {
            assert_eq!(next(state, step, other), Err(ExternalToolRefusal::Closed { state }));
        }
    }
    assert_eq!(next(Active, ExternalToolStep::Approve, other), Err(ExternalToolRefusal::Closed { state: Active }));
}

#[test]
fn parameters_are_lines_with_a_name_each() {
    let custom = |parameters: &str| ExternalLink { parameters: parameters.to_owned(), ..link(0) }.custom();
    let read = custom("level = 2\n\n chapter=a=b ").unwrap();
    assert_eq!(read.into_iter().collect::<Vec<_>>(), [("chapter", "a=b"), ("level", "2")].map(owned));
    assert_eq!(custom(""), Some(std::collections::BTreeMap::new()));
    for wrong in ["level", "=2", "le vel=2", "a=1\na=2"] {
        assert_eq!(custom(wrong), None, "{wrong}");
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn link(needs_pct: u8) -> ExternalLink {
    ExternalLink {
        tool_id: Some(id(3)),
        target_url: "https://tool.example/course/7".to_owned(),
        parameters: "level=2".to_owned(),
        needs_pct,
        ..ExternalLink::default()
    }
}

#[test]
fn a_draft_is_not_submitted_with_a_tool_that_is_not_in_use() {
    let activity = |n: u128, link: ExternalLink| Activity {
        id: id(n),
        title: "A".to_owned(),
        is_required: true,
        body: ActivityBody::External { link },
    };
    let unit = Unit {
        id: id::<UnitId>(1),
        title: "U".to_owned(),
        minutes: 5,
        body: "Text".to_owned(),
        exercises: Vec::new(),
        activities: vec![activity(1, ExternalLink::default()), activity(2, link(0))],
    };
    let modules = vec![Module { title: "M".to_owned(), units: vec![unit] }];
    let content = CourseContent { modules, ..CourseContent::default() };
    assert_eq!(links_without(&content, &std::collections::BTreeSet::from([id(3)])), []);
    let errors = links_without(&content, &std::collections::BTreeSet::from([id(9)]));
    assert_eq!(errors.len(), 1, "what has no tool yet is told by others");
    assert_eq!(errors[0].pointer, "/modules/0/units/0/activities/1/body/link/tool_id");
}

/// A request of the tool 3 about the subject 4 of the launch 5.
fn asked() -> AuthorizationRequest {
    let text = str::to_owned;
    AuthorizationRequest {
        scope: text("openid"),
        response_type: text("id_token"),
        response_mode: text("form_post"),
        prompt: text("none"),
        client_id: id::<ExternalToolId>(3).to_string(),
        redirect_uri: text("https://tool.example/launch"),
        login_hint: id::<ExternalSubjectId>(4).to_string(),
        lti_message_hint: id::<ExternalLaunchId>(5).to_string(),
        state: text("s"),
        nonce: text("n"),
    }
}

#[test]
fn a_tool_is_answered_once_in_time_and_where_it_is_registered() {
    let urls = [String::from("https://tool.example/launch")];
    let launch = KnownLaunch {
        id: id(5),
        tool_id: id(3),
        is_active: true,
        redirect_urls: &urls,
        subject: id(4),
        made_at: NOW,
        is_answered: false,
        is_same_browser: true,
    };
    let check = |asked: &AuthorizationRequest| check_authorization(asked, &launch, NOW.plus_s(LAUNCH_S));
    assert_eq!(check(&asked()), Ok(()));
    assert_eq!(check_authorization(&asked(), &launch, NOW.plus_s(LAUNCH_S + 1)), Err(LaunchRefusal::Over));
    assert_eq!(check_authorization(&asked(), &launch, NOW.plus_s(-1)), Err(LaunchRefusal::Over));
    let answered = KnownLaunch { is_answered: true, ..launch };
    assert_eq!(check_authorization(&asked(), &answered, NOW), Err(LaunchRefusal::Answered));
    let stranger = KnownLaunch { is_same_browser: false, ..launch };
    assert_eq!(check_authorization(&asked(), &stranger, NOW), Err(LaunchRefusal::OtherBrowser));
    let over = check_authorization(&asked(), &stranger, NOW.plus_s(LAUNCH_S + 1));
    assert_eq!(over, Err(LaunchRefusal::Over), "the cookie went with it");
    let off = KnownLaunch { is_active: false, ..launch };
    assert_eq!(check_authorization(&asked(), &off, NOW), Err(LaunchRefusal::ToolOff));
    let other = || Uuid::from_u128(9).to_string();
    for foreign in [
        AuthorizationRequest { client_id: other(), ..asked() },
        AuthorizationRequest { login_hint: other(), ..asked() },
        AuthorizationRequest { lti_message_hint: other(), ..asked() },
    ] {
        assert_eq!(check(&foreign), Err(LaunchRefusal::Foreign));
    }
    let elsewhere = AuthorizationRequest { redirect_uri: "https://tool.example/launch/".to_owned(), ..asked() };
    assert_eq!(check(&elsewhere), Err(LaunchRefusal::UnknownAddress));
    for (wrong, field) in [
        (AuthorizationRequest { scope: "profile".to_owned(), ..asked() }, "scope"),
        (AuthorizationRequest { response_type: "code".to_owned(), ..asked() }, "response_type"),
        (AuthorizationRequest { response_mode: "query".to_owned(), ..asked() }, "response_mode"),
        (AuthorizationRequest { prompt: "login".to_owned(), ..asked() }, "prompt"),
        (AuthorizationRequest { nonce: String::new(), ..asked() }, "nonce"),
    ] {
        assert_eq!(check(&wrong), Err(LaunchRefusal::Unreadable { field }));
    }
}

#[test]
fn a_tool_learns_no_more_of_a_learner_than_that_they_are_one() {
    let link = link(0);
    let launched = Launched {
        issuer: "https://school.example",
        tool_id: id(3),
        subject: id(4),
        activity_id: id::<ActivityId>(6),
        title: "A",
        link: &link,
        course_id: id::<CourseId>(7),
        course_title: "C",
    };
    let claims = serde_json::to_value(launched.claims("n", NOW)).unwrap();
    let lti = |name: &str| claims[format!("https://purl.imsglobal.org/spec/lti/claim/{name}")].clone();
    assert_eq!((claims["sub"].clone(), claims["nonce"].clone()), (json!(id::<ExternalSubjectId>(4)), json!("n")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), ID_TOKEN_S);
    assert_eq!((lti("message_type"), lti("version")), (json!("LtiResourceLinkRequest"), json!("1.3.0")));
    assert_eq!(lti("target_link_uri"), "https://tool.example/course/7");
    assert_eq!(lti("resource_link")["id"], json!(id::<ActivityId>(6)));
    assert_eq!(lti("custom"), json!({ "level": "2" }));
    let ags = &claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"];
    assert_eq!(ags["lineitem"], json!(line_item("https://school.example", id(6))));
    for personal in ["name", "given_name", "family_name", "email", "picture", "phone_number"] {
        assert!(claims.get(personal).is_none(), "{personal}");
    }
}

#[test]
fn a_tool_says_who_it_is_once_and_to_us() {
    let now_s = NOW.0 / 1_000;
    let right = AssertionClaims {
        iss: "3".to_owned(),
        sub: "3".to_owned(),
        aud: Audience::One("https://school.example/lti/token".to_owned()),
        iat: now_s,
        exp: now_s + 300,
        jti: "j".to_owned(),
    };
    let check = |claims: &AssertionClaims| check_assertion(claims, "3", "https://school.example/lti/token", NOW);
    assert_eq!(check(&right), Ok(NOW.plus_s(360)));
    let several = Audience::Several(vec!["x".to_owned(), "https://school.example/lti/token".to_owned()]);
    assert!(check(&AssertionClaims { aud: several, ..right.clone() }).is_ok());
    for wrong in [
        AssertionClaims { iss: "4".to_owned(), ..right.clone() },
        AssertionClaims { sub: "4".to_owned(), ..right.clone() },
        AssertionClaims { aud: Audience::One("https://other.example".to_owned()), ..right.clone() },
        AssertionClaims { iat: now_s + 61, ..right.clone() },
        AssertionClaims { exp: now_s - 60, ..right.clone() },
        AssertionClaims { exp: now_s + 3_661, ..right.clone() },
        AssertionClaims { exp: i64::MAX, ..right.clone() },
        AssertionClaims { jti: String::new(), ..right.clone() },
        AssertionClaims { jti: "j\0".to_owned(), ..right.clone() },
    ] {
        assert_eq!(check(&wrong), Err(TokenRefusal::InvalidClient), "{wrong:?}");
    }
}

fn message(given: Option<f64>, maximum: Option<f64>) -> ScoreMessage {
    ScoreMessage {
        user_id: id::<ExternalSubjectId>(4).to_string(),
        timestamp: "2026-11-23T09:00:00.125+08:00".to_owned(),
        activity_progress: ActivityProgress::Completed,
        grading_progress: GradingProgress::FullyGraded,
        score_given: given,
        score_maximum: maximum,
    }
}

#[test]
fn a_score_is_read_as_ags_writes_it() {
    let sent = json!({ "userId": id::<ExternalSubjectId>(4), "timestamp": "2026-11-23T01:00:00Z", "scoreGiven": 8.5,
        "scoreMaximum": 10, "activityProgress": "Completed", "gradingProgress": "FullyGraded", "comment": "C" });
    let (subject, score) = serde_json::from_value::<ScoreMessage>(sent).unwrap().check(NOW).unwrap();
    assert_eq!((subject, score.points), (id(4), Some((Points(850), Points(1_000)))));
    assert_eq!(score.scored_at, NOW);
    let pending = ScoreMessage { grading_progress: GradingProgress::Pending, ..message(Some(1.0), Some(1.0)) };
    assert_eq!(pending.check(NOW).unwrap().1.points, None, "it does not stand yet");
}

#[test]
fn what_is_wrong_with_a_score_is_named() {
    let wrong = |message: ScoreMessage| message.check(NOW).unwrap_err()[0].pointer.clone();
    assert_eq!(wrong(message(Some(1.0), None)), "/scoreMaximum");
    assert_eq!(wrong(message(Some(-1.0), Some(1.0))), "/scoreGiven");
    assert_eq!(wrong(message(Some(1.0), Some(0.0))), "/scoreMaximum");
    assert_eq!(wrong(message(Some(1e12), Some(1e12))), "/scoreGiven");
    assert_eq!(wrong(ScoreMessage { user_id: "x".to_owned(), ..message(None, None) }), "/userId");
    assert_eq!(wrong(ScoreMessage { timestamp: "now".to_owned(), ..message(None, None) }), "/timestamp");
}

#[test]
fn a_score_is_of_no_time_to_come() {
    // The tool's clock says 125 ms past `NOW`.
    let of = |now: Timestamp| message(None, None).check(now);
    assert!(of(NOW.plus_s(-299)).is_ok());
    let errors = of(NOW.plus_s(-300)).unwrap_err();
    assert_eq!((errors[0].pointer.as_str(), errors[0].code.as_str(), errors.len()), ("/timestamp", "clock-ahead", 1));
    assert!(of(NOW.plus_s(1_000_000)).is_ok(), "one that was held up is taken");
}

fn score(at: i64, given: i32) -> ExternalScore {
    ExternalScore { scored_at: Timestamp(at), is_completed: true, points: Some((Points(given), Points(1_000))) }
}

#[test]
fn a_score_is_taken_once_and_never_after_a_later_one() {
    let last = score(5, 600);
    assert_eq!(judge_score(None, &last), Ok(ScoreVerdict::New));
    assert_eq!(judge_score(Some(&last), &score(6, 600)), Ok(ScoreVerdict::New));
    assert_eq!(judge_score(Some(&last), &last), Ok(ScoreVerdict::Repeat));
    assert_eq!(judge_score(Some(&last), &score(5, 700)), Err(ScoreRefusal::Outdated));
    assert_eq!(judge_score(Some(&last), &score(4, 600)), Err(ScoreRefusal::Outdated));
}

#[test]
fn an_activity_is_done_as_its_author_asks() {
    assert!(score_completes(&score(1, 600), &link(60)));
    assert!(!score_completes(&score(1, 599), &link(60)));
    assert!(score_completes(&score(1, 0), &link(0)));
    assert!(score_completes(&ExternalScore { points: None, ..score(1, 0) }, &link(0)));
    assert!(!score_completes(&ExternalScore { points: None, ..score(1, 0) }, &link(1)));
    assert!(!score_completes(&ExternalScore { is_completed: false, ..score(1, 1_000) }, &link(0)));
}

#[test]
fn every_refusal_has_its_texts() {
    let of_launch = [
        LaunchRefusal::NoKey,
        LaunchRefusal::ToolOff,
        LaunchRefusal::Unreadable { field: "scope" },
        LaunchRefusal::Foreign,
        LaunchRefusal::Over,
        LaunchRefusal::OtherBrowser,
    ];
    let keys = of_launch.iter().map(Refusal::message_key).chain([ScoreRefusal::Outdated.message_key()]);
    for key in keys {
        assert!(has_texts(&format!("{key}.detail")), "{key}");
    }
    for code in ["web-address", "custom-parameters", "key-set", "private-key", "tool-off", "clock-ahead"] {
        assert!(has_texts(&format!("field.{code}")), "{code}");
    }
}

proptest! {
    #[test]
    fn a_higher_score_never_completes_less(given in 0..2_000_i32, more in 0..1_000_i32, needs in 0..=100_u8) {
        let (lower, higher) = (score(1, given), score(1, given + more));
        prop_assert!(!score_completes(&lower, &link(needs)) || score_completes(&higher, &link(needs)));
    }

    #[test]
    fn of_scores_in_any_order_each_is_kept_once_and_time_only_goes_on(times in prop::collection::vec(0..8_i64, 0..20)) {
        let mut kept: Vec<ExternalScore> = Vec::new();
        for at in times {
            let new = score(at, 500);
            if judge_score(kept.last(), &new) == Ok(ScoreVerdict::New) {
                kept.push(new);
            }
        }
        prop_assert!(kept.is_sorted_by(|one, next| one.scored_at < next.scored_at));
    }
}
