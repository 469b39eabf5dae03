//! What lets somebody in turns up nowhere: a world of log-ins, codes and messages goes through the program, and then
//! none of it is in a log at its finest level, in an address, in a refusal or in the store.

use crate::{
    architecture::sources,
    enrolment::Desk,
    people::{canary::dump, number},
    rights::second_factor::Phone,
    support::{Client, PASSWORD, Program, Reply, TestApp, db_tests, execute, send},
    teaching::taught,
};
use backend::platform::clock::{Clock, SystemClock};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{cell::RefCell, fs, path::Path};

const LOGINS: &str = "/api/v1/logins";
const ACTIVATIONS: &str = "/api/v1/activations";
const SECOND_FACTOR: &str = "/api/v1/me/second_factor";
/// A secret of so few letters is found by trying all, if its hash is known.
const SHORT: usize = 20;
/// The phone that the school recorded of everybody.
const PHONE: &str = "19900009137";
/// What a learner chooses.
const CHOSEN: &str = "Xue-2026-xi";
/// What somebody guesses.
const GUESSED: &str = "cai-yi-cai-kan";

/// Types that hold a secret of the demo, which stands on the log-in page.
const PUBLIC: &[&str] = &["DemoAccount"];

/// The fields of a type that hold plainly what lets somebody in.
fn plain_secrets(fields: &str) -> Vec<&str> {
    let fields = fields.lines().filter_map(|line| {
        let (name, held) = line.trim().split_once(": ")?;
        Some((name.rsplit(' ').next()?, held))
    });
    let secret =
        |name: &str| ["password", "access_token", "refresh_token", "proof"].contains(&name) || name.ends_with("secret");
    let plain =
        |held: &str| ["String", "Option<String>", "Vec<String>", "Vec<u8>"].contains(&held.trim_end_matches(','));
    fields.filter(|&(name, held)| secret(name) && plain(held)).map(|(name, _)| name).collect()
}

#[test]
fn what_lets_somebody_in_is_plain_in_no_type_that_can_be_printed() {
    for source in ["shared/src", "backend/src"].into_iter().flat_map(sources) {
        for part in source.code().split("#[derive(").skip(1) {
            let (derived, rest) = part.split_once(")]").unwrap_or_default();
            let (head, fields) = rest.split_once('{').unwrap_or_default();
            let name = head.split("struct ").nth(1).unwrap_or_default().trim();
            if name.is_empty() || head.contains(';') || PUBLIC.contains(&name) || !derived.contains("Debug") {
                continue;
            }
            let found = plain_secrets(fields.split("\n}").next().unwrap_or_default());
            let path = &source.path;
            assert!(found.is_empty(), "{path}: {name} can be printed with {found:?}: derive no Debug, or wrap it");
        }
    }
}

/// Who talks to the program, and alone knows the secrets.
struct Witness {
    program: Program,
    /// What each is, and the secret itself.
    secrets: RefCell<Vec<(&'static str, String)>>,
    /// The addresses that were asked, the headers of all replies, and the refusals.
    heard: RefCell<Vec<String>>,
}

impl Witness {
    fn keep(&self, what: &'static str, secret: &str) {
        self.secrets.borrow_mut().push((what, secret.to_owned()));
    }

    fn device(&self, token: Option<String>) -> Client {
        Client::new(self.program.address, token)
    }

    async fn ask(&self, request: RequestBuilder) -> Reply {
        let mut heard = vec![request.try_clone().unwrap().build().unwrap().url().to_string()];
        let reply = send(request).await;
        let headers = reply.headers.iter().filter(|(name, _)| name.as_str() != "set-cookie");
        heard.extend(headers.map(|(name, value)| format!("{name}: {value:?}")));
        if reply.status >= 400 {
            heard.push(String::from_utf8_lossy(&reply.bytes).into_owned());
        }
        self.heard.borrow_mut().extend(heard);
        reply
    }

    async fn post(&self, client: &Client, path: &str, body: &Value) -> Reply {
        self.ask(client.request(Method::POST, path).json(body)).await
    }

    /// Nobody yet, who sends what may let them in.
    async fn try_in(&self, path: &str, body: &Value) -> Reply {
        self.post(&self.device(None), path, body).await
    }

    /// The token and the cookie of a reply that lets somebody in.
    fn admitted(&self, reply: Reply) -> (String, String) {
        let cookies = reply.headers.get_all("set-cookie").iter();
        let cookies = cookies.map(|header| header.to_str().unwrap().split(';').next().unwrap().to_owned());
        let cookies: Vec<String> = cookies.collect();
        let token = reply.expect(200)["access_token"].as_str().unwrap().to_owned();
        for cookie in &cookies {
            self.keep("a cookie", cookie.split_once('=').unwrap().1);
        }
        let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("chengxi_refresh=")).unwrap();
        self.keep("an access token", &token);
        (token, cookie)
    }

    async fn log_in(&self, name: &str, password: &str) -> (String, String) {
        self.admitted(self.try_in(LOGINS, &json!({ "name": name, "password": password })).await)
    }

    async fn person(&self, name: &str) -> Client {
        self.device(Some(self.log_in(name, PASSWORD).await.0))
    }

    #[track_caller]
    fn assert_silent(&self, text: &str, place: &str) {
        let text = text.to_lowercase();
        for (what, secret) in self.secrets.borrow().iter() {
            for form in forms(secret) {
                assert!(!holds(&text, &form), "{what} is in {place}: {form}");
            }
        }
    }
}

/// A secret as it may not be found: as it is shown, without what groups it, as bytes in hexadecimal, and, if it is
/// short, as a plain hash.
fn forms(secret: &str) -> Vec<String> {
    let bare: String = secret.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let mut forms = Vec::new();
    for shown in [secret, bare.as_str()] {
        forms.extend([shown.to_lowercase(), hex::encode(shown)]);
        if shown.len() <= SHORT {
            forms.push(hex::encode(Sha256::digest(shown)));
        }
    }
    forms
}

/// Whether a text holds this. Digits are meant alone: any few stand within some longer number.
fn holds(text: &str, form: &str) -> bool {
    let is_number = form.bytes().all(|byte| byte.is_ascii_digit());
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    text.match_indices(form).any(|(at, _)| {
        let (before, after) = text.as_bytes().split_at(at);
        !is_number || !(is_digit(before.last()) || is_digit(after.get(form.len())))
    })
}

/// Passwords and tokens, right, wrong and out of place. The clerk of a school is logged in then.
async fn log_ins(witness: &Witness) -> Client {
    for secret in [PASSWORD, GUESSED, CHOSEN] {
        witness.keep("a password", secret);
    }
    witness.try_in(LOGINS, &json!({ "name": "clerk", "password": GUESSED })).await.expect(401);
    let wrong = witness.try_in(LOGINS, &json!({ "name": "clerk", "password": [PASSWORD] })).await;
    assert!(wrong.status >= 400);
    let (token, cookie) = witness.log_in("clerk", PASSWORD).await;
    let refresh = |cookie: &str| {
        witness.device(None).request(Method::POST, &format!("{LOGINS}/refresh")).header("cookie", cookie.to_owned())
    };
    let (renewed, _) = witness.admitted(witness.ask(refresh(&cookie)).await);
    witness.ask(refresh(&format!("{cookie}x"))).await.expect(401);
    let forged = witness.device(Some(format!("{token}x")));
    witness.ask(forged.request(Method::GET, "/api/v1/me")).await.expect(401);
    witness.device(Some(renewed))
}

async fn activate(witness: &Witness, code: &Value, proof: &str) -> Reply {
    let body = json!({ "code": code, "proof": proof, "login_name": null, "password": CHOSEN });
    witness.try_in(ACTIVATIONS, &body).await
}

/// A code on paper and a code by text, each of which opens an account; the texts that leave are in `texts`.
async fn activations(witness: &Witness, clerk: &Client, records: &[Value; 2], texts: &Path) {
    let path = |record: &Value| format!("/api/v1/enrolments/{}", record["record"]["id"].as_str().unwrap());
    let proof = |n: u32| number(n)[14..].to_lowercase();
    let issued = format!("{}/activation_codes", path(&records[0]));
    let code = witness.post(clerk, &issued, &json!({})).await.expect(201)["code"].clone();
    witness.keep("an activation code", code.as_str().unwrap());
    assert!(activate(witness, &json!([code]), &proof(2)).await.status >= 400);
    activate(witness, &code, &proof(4)).await.expect(409);
    activate(witness, &code, &proof(2)).await.expect(204);
    activate(witness, &code, &proof(2)).await.expect(409);

    witness.post(clerk, &format!("{}/activation_texts", path(&records[1])), &json!({})).await.expect(201);
    witness.program.log_until("text.sent").await;
    let sent: Value = serde_json::from_str(fs::read_to_string(texts).unwrap().lines().next().unwrap()).unwrap();
    let code = &sent["parameters"]["code"];
    witness.keep("a code that was texted", code.as_str().unwrap());
    activate(witness, code, PHONE).await.expect(409);
    activate(witness, code, &proof(4)).await.expect(204);
    witness.log_in(records[1]["record"]["learner_number"].as_str().unwrap(), CHOSEN).await;
}

/// The code on the screen of a meeting, by which a learner checks in.
async fn check_in(witness: &Witness, meeting: &Value) {
    let (teacher, learner) = (witness.person("school-teacher").await, witness.person("zhang").await);
    let path = format!("/api/v1/meetings/{}", meeting["id"].as_str().unwrap());
    let shown = witness.ask(teacher.request(Method::GET, &format!("{path}/check_in_code"))).await;
    let code = shown.expect(200)["code"].clone();
    witness.keep("a check-in code", code.as_str().unwrap());
    let check_ins = format!("{path}/check_ins");
    witness.post(&learner, &check_ins, &json!({ "code": format!("{}0", code.as_str().unwrap()) })).await.expect(409);
    assert!(witness.post(&learner, &check_ins, &json!({ "code": [code] })).await.status >= 400);
    witness.post(&learner, &check_ins, &json!({ "code": code })).await.expect(200);
}

/// A second factor with its recovery codes; at last its secret does not open any more.
async fn second_factor(app: &TestApp, witness: &Witness, clerk: &Client) {
    let offered = witness.post(clerk, SECOND_FACTOR, &json!({})).await.expect(200);
    let phone = Phone::scan(&offered);
    witness.keep("a secret of a second factor", offered["secret"].as_str().unwrap());
    witness.keep("a secret of a second factor", &hex::encode(phone.0));
    let confirm = format!("{SECOND_FACTOR}/confirm");
    witness.post(clerk, &confirm, &json!({ "code": "000000" })).await.expect(422);
    app.clock.set(SystemClock.now());
    let confirmed = witness.post(clerk, &confirm, &json!({ "code": phone.code(app, 0) })).await.expect(200);
    let codes = confirmed["codes"].as_array().unwrap();
    for code in codes {
        witness.keep("a recovery code", code.as_str().unwrap());
    }
    let with = |code: &Value| json!({ "name": "clerk", "password": PASSWORD, "code": code });
    witness.try_in(LOGINS, &json!({ "name": "clerk", "password": PASSWORD })).await.expect(401);
    witness.admitted(witness.try_in(LOGINS, &with(&codes[0])).await);
    witness.try_in(LOGINS, &with(&codes[0])).await.expect(401);
    // What breaks is logged with its chain of errors.
    let other = "SELECT phone FROM person WHERE phone IS NOT NULL LIMIT 1";
    execute(app, &format!("UPDATE second_factor SET secret = ({other})")).await;
    app.clock.set(SystemClock.now());
    let broken = witness.try_in(LOGINS, &with(&json!(phone.code(app, 1)))).await;
    assert_eq!(broken.expect_problem(500), "internal");
}

db_tests! {
    async fn what_lets_somebody_in_is_in_no_log_address_refusal_or_column(app) {
        let taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        let desk = Desk::open(&app).await;
        let records = [desk.register(&desk.enrol(2).await).await, desk.register(&desk.enrol(4).await).await];
        // The program has a clock of its own, by which people meet now.
        let now = SystemClock.now();
        let (starts_at, ends_at) = (now.plus_s(-600).0, now.plus_s(3_600).0);
        execute(&app, &format!("UPDATE meeting SET starts_at = {starts_at}, ends_at = {ends_at}")).await;
        let file = app.store.folder().join("texts.jsonl");
        let settings =
            [("CHENGXI_LOG", "trace"), ("CHENGXI_SMS", "file"), ("CHENGXI_SMS_FILE", file.to_str().unwrap())];
        let program = Program::start_with(&app.store, &settings).await;
        let mut witness = Witness { program, secrets: RefCell::default(), heard: RefCell::default() };
        witness.keep("a phone", PHONE);
        witness.keep("a number", &number(2));

        let clerk = log_ins(&witness).await;
        activations(&witness, &clerk, &records, &file).await;
        check_in(&witness, &meeting).await;
        second_factor(&app, &witness, &clerk).await;
        let metrics = witness.ask(witness.device(None).request(Method::GET, "/metrics")).await;
        witness.assert_silent(&String::from_utf8_lossy(&metrics.bytes), "the metrics");

        witness.program.stop().await;
        let log = witness.program.log_until("server.stopped").await;
        assert!(log.contains("TRACE") && log.contains("does not open"), "the log tells of everything: {log}");
        witness.assert_silent(&log, "the log");
        let heard = witness.heard.borrow().join("\n");
        assert!(heard.contains("/api/v1/logins/refresh") && heard.contains("application/problem+json"), "{heard}");
        witness.assert_silent(&heard, "an address, a header or a refusal");
        let dump = dump(&app).await;
        assert!(dump.contains("张秀英2"), "the dump holds what was written");
        witness.assert_silent(&dump, "the store");
    }
}

#[test]
fn a_secret_is_found_in_each_of_its_forms() {
    let forms = forms("1234 5678");
    assert_eq!(forms[..2], ["1234 5678".to_owned(), hex::encode("1234 5678")]);
    assert!(holds("code=12345678;", "12345678") && holds("12345678", "12345678"));
    assert!(!holds("1795123456780", "12345678"), "a moment is no code");
    assert!(holds("xabcdx", "abcd"));
    assert!(forms.contains(&hex::encode(Sha256::digest("12345678"))));
}
