//! Tokens that are not ours, or not good now. Each differs in one thing from a token that is.

use super::{ACCESS_TOKEN_S, LEEWAY_S, Tokens};
use crate::platform::crypto::TokenKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, LoginId, SittingId},
    time::Timestamp,
};
use uuid::Uuid;

/// When the good token is issued, in seconds.
const NOW_S: i64 = 1_795_395_600;

fn own_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn tokens() -> Tokens {
    Tokens::new(&[TokenKey { begins_at: Timestamp::default(), key: own_key() }]).unwrap()
}

fn account() -> AccountId {
    AccountId(Uuid::from_u128(1))
}

fn login() -> LoginId {
    LoginId(Uuid::from_u128(2))
}

/// The header of a good token.
fn header() -> Value {
    json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": tokens().keys[0].id })
}

/// What a good token says.
fn claims() -> Value {
    json!({
        "iss": "chengxi",
        "aud": "chengxi-api",
        "sub": account(),
        "sid": login(),
        "iat": NOW_S,
        "exp": NOW_S + ACCESS_TOKEN_S,
    })
}

/// The same object, where a member has another value, or is missing.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    let members = object.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    object
}

/// What is signed.
fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

fn signed_by(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let text = unsigned(header, claims);
    let signature = URL_SAFE_NO_PAD.encode(key.sign(text.as_bytes()).to_bytes());
    format!("{text}.{signature}")
}

fn signed(header: &Value, claims: &Value) -> String {
    signed_by(&own_key(), header, claims)
}

fn is_read_at(token: &str, now_s: i64) -> bool {
    tokens().read(token, Timestamp(now_s * 1_000)).is_ok()
}

#[track_caller]
fn check_refused(what: &str, token: &str) {
    assert!(!is_read_at(token, NOW_S), "{what}: {token}");
}

/// Without it the refusals below would prove nothing.
#[test]
fn a_good_token_is_read_whoever_put_it_together() {
    assert!(is_read_at(&signed(&header(), &claims()), NOW_S));
    let (token, expires_at) = tokens().sign(account(), (login(), None), Timestamp(NOW_S * 1_000)).unwrap();
    assert_eq!(expires_at, Timestamp((NOW_S + ACCESS_TOKEN_S) * 1_000));
    let claims = tokens().read(&token, Timestamp(NOW_S * 1_000)).unwrap();
    assert_eq!((claims.sub, claims.sid), (account(), login()));
}

#[test]
fn a_token_of_a_ticket_names_its_sitting_and_every_other_names_none() {
    let now = Timestamp(NOW_S * 1_000);
    for sitting in [None, Some(SittingId(Uuid::from_u128(3)))] {
        let (token, _) = tokens().sign(account(), (login(), sitting), now).unwrap();
        assert_eq!(tokens().read(&token, now).unwrap().sitting, sitting);
    }
    assert_eq!(tokens().read(&signed(&header(), &claims()), now).unwrap().sitting, None);
}

#[test]
fn no_algorithm_but_ours_is_taken() {
    for algorithm in ["none", "None", "NONE"] {
        let text = unsigned(&with(header(), "alg", json!(algorithm)), &claims());
        check_refused(algorithm, &format!("{text}."));
        check_refused(algorithm, &text);
    }
    // A reader that lets the header choose would take our public key for a secret that both know.
    let public = own_key().verifying_key().to_bytes();
    let der_prefix = hex::decode("302a300506032b6570032100").unwrap();
    for secret in [public.to_vec(), [der_prefix, public.to_vec()].concat(), URL_SAFE_NO_PAD.encode(public).into()] {
        let text = unsigned(&with(header(), "alg", json!("HS256")), &claims());
        let signature = sign(text.as_bytes(), &EncodingKey::from_secret(&secret), Algorithm::HS256).unwrap();
        check_refused("HS256 by the public key", &format!("{text}.{signature}"));
    }
    for algorithm in [json!("HS256"), json!("ES256"), json!("RS256"), Value::Null] {
        check_refused("another name over our signature", &signed(&with(header(), "alg", algorithm), &claims()));
    }
}

#[test]
fn a_token_names_our_key_and_its_kind() {
    for kid in [Value::Null, json!(""), json!("0123456789abcdef"), json!("../../dev/null")] {
        check_refused("kid", &signed(&with(header(), "kid", kid), &claims()));
    }
    for kind in [Value::Null, json!("JWT"), json!("jwt"), json!("vc+jwt"), json!("AT+JWT ")] {
        check_refused("typ", &signed(&with(header(), "typ", kind), &claims()));
    }
}

#[test]
fn a_token_is_from_us_and_for_us() {
    for issuer in [Value::Null, json!(""), json!("chengxi2"), json!("https://example.org")] {
        check_refused("iss", &signed(&header(), &with(claims(), "iss", issuer)));
    }
    for audience in [Value::Null, json!(""), json!("chengxi"), json!(["other"]), json!("chengxi-api ")] {
        check_refused("aud", &signed(&header(), &with(claims(), "aud", audience)));
    }
}

#[test]
fn nothing_that_a_token_says_may_be_missing_or_of_another_kind() {
    for name in ["iss", "aud", "sub", "sid", "iat", "exp"] {
        check_refused(name, &signed(&header(), &with(claims(), name, Value::Null)));
        check_refused(name, &signed(&header(), &with(claims(), name, json!({}))));
    }
    for name in ["iat", "exp"] {
        check_refused(name, &signed(&header(), &with(claims(), name, json!("tomorrow"))));
    }
    for name in ["sub", "sid"] {
        check_refused(name, &signed(&header(), &with(claims(), name, json!("1 OR 1=1"))));
    }
}

#[test]
fn a_token_is_good_in_its_time_and_five_seconds_around_it() {
    let token = signed(&header(), &claims());
    let end_s = NOW_S + ACCESS_TOKEN_S;
    for (now_s, expected) in [
        (NOW_S - LEEWAY_S - 1, false),
        (NOW_S - LEEWAY_S, true),
        (end_s, true),
        (end_s + LEEWAY_S - 1, true),
        (end_s + LEEWAY_S, false),
        (end_s + 86_400, false),
    ] {
        assert_eq!(is_read_at(&token, now_s), expected, "{now_s}");
    }
    check_refused("future iat", &signed(&header(), &with(claims(), "iat", json!(NOW_S + LEEWAY_S + 1))));
    check_refused("past exp", &signed(&header(), &with(claims(), "exp", json!(NOW_S - LEEWAY_S))));
}

/// A signature that was good once is remembered; the time is looked at each time.
#[test]
fn a_token_that_was_read_before_expires_too() {
    let (tokens, token) = (tokens(), signed(&header(), &claims()));
    assert!(tokens.read(&token, Timestamp(NOW_S * 1_000)).is_ok());
    assert!(tokens.read(&token, Timestamp((NOW_S + ACCESS_TOKEN_S + LEEWAY_S) * 1_000)).is_err());
}

#[test]
fn nobody_else_signs_and_nothing_changes_afterwards() {
    let stranger = SigningKey::from_bytes(&[8; 32]);
    check_refused("a foreign signature", &signed_by(&stranger, &header(), &claims()));

    let token = signed(&header(), &claims());
    let (text, signature) = token.rsplit_once('.').unwrap();
    let other = with(claims(), "sub", json!(Uuid::from_u128(9)));
    check_refused("an altered payload", &format!("{}.{signature}", unsigned(&header(), &other)));
    let other = with(header(), "cty", json!("JWT"));
    check_refused("an altered header", &format!("{}.{signature}", unsigned(&other, &claims())));
    check_refused("no signature", &format!("{text}."));
    check_refused("half a signature", &format!("{text}.{}", &signature[..signature.len() / 2]));
    let of_another = signed(&header(), &with(claims(), "exp", json!(NOW_S + 1)));
    let (_, of_another) = of_another.rsplit_once('.').unwrap();
    check_refused("the signature of another token", &format!("{text}.{of_another}"));

    for wrong in ["", ".", "..", "...", "a.b.c", text] {
        check_refused("no token at all", wrong);
    }
    check_refused("something after it", &format!("{token}.{signature}"));
}

#[test]
fn a_newer_key_signs_from_its_moment_on_and_the_older_verifies_until_its_last_token_has_ended() {
    let at = |seconds: i64| Timestamp((NOW_S + seconds) * 1_000);
    let newer = TokenKey { begins_at: at(0), key: SigningKey::from_bytes(&[9; 32]) };
    let both = Tokens::new(&[TokenKey { begins_at: Timestamp::default(), key: own_key() }, newer]).unwrap();
    let signed_at = |tokens: &Tokens, now| tokens.sign(account(), (login(), None), now).unwrap().0;
    let (last, first) = (signed_at(&both, at(-1)), signed_at(&both, at(0)));
    assert!(tokens().read(&last, at(0)).is_ok(), "signed by the older key");
    assert!(tokens().read(&first, at(0)).is_err(), "signed by the newer key");
    for token in [&last, &first] {
        assert!(both.read(token, at(ACCESS_TOKEN_S - 1)).is_ok());
    }
    // Whoever has the older key makes no token any more.
    let late = at(ACCESS_TOKEN_S + 2 * LEEWAY_S + 1);
    assert!(tokens().read(&signed_at(&tokens(), late), late).is_ok());
    assert!(both.read(&signed_at(&tokens(), late), late).is_err());
}
