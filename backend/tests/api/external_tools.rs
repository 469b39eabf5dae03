//! 外部课程: a tool of others is registered by two persons, a learner goes there, and what it reports counts. The tool is
//! played by the test: what it signs and reads is what LTI 1.3 and AGS 2.0 say.

use crate::{
    exam_world::school,
    people::audited,
    support::{Client, Reply, TestApp, db_tests, send, serve},
    work::waiting,
};
use backend::{
    access::{Action, JobName, Permit},
    app::{self, State},
    learning, organisation,
    platform::{
        Services,
        crypto::{Keys, ToolKey},
    },
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use reqwest::{Method, Url};
use serde_json::{Value, json};
use shared::{
    ids::{ActivityId, ExternalToolId, UnitId},
    learning::{
        Activity, ActivityBody, ClassForm, CourseContent, CourseKind, CourseLevel, CourseRole, ExternalLink, Module,
        NewCourse, Unit,
    },
    rights::{Right, Role},
};
use std::{collections::HashMap, fs, path::PathBuf, sync::Arc};
use uuid::Uuid;

const TOOLS: &str = "/api/v1/external_tools";
const ACTIVITY: ActivityId = ActivityId(Uuid::from_u128(19));
const TOKEN_URL: &str = "http://127.0.0.1:8080/lti/token";
const SCOPE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";
const LAUNCH_URL: &str = "https://tool.example/launch";

struct SetUp;

impl Action for SetUp {
    type Target = String;
    const RIGHT: Right = Right::AuthorCourse;
}

/// A key that was made for these tests.
fn pem(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/api/external_tools/{name}.pem"))
}

fn key(name: &str) -> ToolKey {
    ToolKey::read(&pem(name)).unwrap().unwrap()
}

/// What the tool hands in about its key.
pub(crate) fn key_set() -> String {
    json!({ "keys": [key("tool").public_jwk()] }).to_string()
}

/// The same system with a key by which tools believe it, as another node.
async fn with_key(app: TestApp) -> TestApp {
    let folder = app.cx.config.key_dir.clone();
    fs::copy(pem("platform"), folder.join("external_tools.pem")).unwrap();
    let cx = Services { keys: Arc::new(Keys::load(&folder).unwrap()), ..app.cx.clone() };
    let state = State::new(cx.clone()).unwrap();
    let draining = state.draining.clone();
    TestApp { jobs: app::jobs(cx.clone()), draining, address: serve(state), cx, ..app }
}

fn registration() -> Value {
    json!({ "title": "电工仿真", "login_url": "https://tool.example/login?from=lti",
        "redirect_urls": [LAUNCH_URL], "keys": key_set(), "reason": "省厅采购的课程" })
}

async fn decide(client: &Client, id: &Value, verb: &str) -> Reply {
    client.post(&format!("{TOOLS}/{}/{verb}", id.as_str().unwrap()), &json!({ "reason": "合同到期" })).await
}

/// A class whose only unit needs what lies in a tool.
struct Class {
    province: [Client; 2],
    tool: Value,
    learner: Client,
    unit: UnitId,
}

impl Class {
    async fn open(app: &TestApp) -> Self {
        let one = app.staff("sheng-one", Role::ProvinceOffice, "33").await;
        let province = [one, app.staff("sheng-two", Role::ProvinceOffice, "33").await];
        let tool = province[0].post(TOOLS, &registration()).await.expect(201)["id"].clone();
        decide(&province[1], &tool, "approve").await.expect(200);
        let tool_id: ExternalToolId = tool.as_str().unwrap().parse().unwrap();
        let (account, learner) = app.learner("xueyuan").await;
        let (cx, permit) = (&app.cx, Permit::<SetUp>::for_job(JobName::SeedDemo, "class".to_owned()));
        let (provider, unit) = (cx.ids.new_id(), cx.ids.new_id());
        let (author, reviewer) = (cx.ids.new_id(), cx.ids.new_id());
        let content = content(unit, tool_id);
        cx.db
            .write(&permit, async |tx| {
                organisation::create_provider(tx, provider, &school("330502")).await?;
                let course = learning::create_course(cx, tx, author, course()).await?;
                learning::save_and_publish(cx, tx, (author, reviewer), course, content.clone()).await?;
                let class = learning::open_class(cx, tx, provider, "Class", ClassForm::Village, &[course]).await?;
                learning::join_class(tx, class, account).await
            })
            .await
            .unwrap();
        Self { province, tool, learner, unit }
    }

    async fn launch(&self) -> Reply {
        self.learner.post(&format!("/api/v1/me/activities/{ACTIVITY}/launches"), &json!({})).await
    }

    /// What the tool reads in the address to which the learner was sent, and the cookie that their browser got.
    async fn launched(&self) -> (HashMap<String, String>, String) {
        let reply = self.launch().await;
        let cookie = reply.headers["set-cookie"].to_str().unwrap().to_owned();
        let launch = reply.expect(200);
        let url = Url::parse(launch["url"].as_str().unwrap()).unwrap();
        assert_eq!((url.host_str(), url.path()), (Some("tool.example"), "/login"));
        (url.query_pairs().into_owned().collect(), cookie)
    }

    /// What the tool asks then, and the cookie of the learner's browser.
    async fn question(&self) -> (HashMap<&'static str, String>, String) {
        let (told, cookie) = self.launched().await;
        let mut asked: HashMap<_, _> =
            ["login_hint", "lti_message_hint", "client_id"].map(|name| (name, told[name].clone())).into();
        let fixed = [
            ("scope", "openid"),
            ("response_type", "id_token"),
            ("response_mode", "form_post"),
            ("prompt", "none"),
            ("redirect_uri", LAUNCH_URL),
            ("state", "state-<1>"),
            ("nonce", "nonce-1"),
        ];
        asked.extend(fixed.map(|(name, value)| (name, value.to_owned())));
        (asked, cookie)
    }

    async fn progress(&self) -> Value {
        self.learner.get(&format!("/api/v1/me/units/{}", self.unit)).await.expect(200)["progress"].clone()
    }
}

fn content(unit: UnitId, tool_id: ExternalToolId) -> CourseContent {
    let link = ExternalLink {
        tool_id: Some(tool_id),
        tool_title: "电工仿真".to_owned(),
        target_url: "https://tool.example/course/7".to_owned(),
        about: "接一次线。".to_owned(),
        parameters: "level=2".to_owned(),
        needs_pct: 60,
    };
    let body = ActivityBody::External { link };
    let activity = Activity { id: ACTIVITY, title: "接线仿真".to_owned(), is_required: true, body };
    let unit = Unit {
        id: unit,
        title: "U".to_owned(),
        minutes: 5,
        body: "Text".to_owned(),
        exercises: Vec::new(),
        activities: vec![activity],
    };
    let modules = vec![Module { title: "M".to_owned(), units: vec![unit] }];
    CourseContent { modules, ..CourseContent::default() }
}

fn course() -> NewCourse {
    NewCourse {
        code: "GYW01".to_owned(),
        title: "Course".to_owned(),
        level: CourseLevel::Senior,
        role: CourseRole::Required,
        kind: CourseKind::Culture,
        class_hours: 100,
        face_to_face_hours: 10,
        summary: "Summary".to_owned(),
    }
}

/// The browser asks what the tool asked, from our own page.
async fn authorize(app: &TestApp, asked: &HashMap<&'static str, String>, cookie: &str) -> Reply {
    let held = cookie.split(';').next().unwrap();
    send(app.stranger().request(Method::POST, "/lti/answer").header("cookie", held).form(asked)).await
}

/// The value of a field of the form on a page; none if there is no such field.
fn field(page: &Reply, name: &str) -> Option<String> {
    let html = String::from_utf8(page.bytes.clone()).unwrap();
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split('"').next().unwrap().to_owned())
}

/// What the tool reads in the token, by the keys that the platform publishes.
async fn claims(app: &TestApp, tool: &Value, id_token: &str) -> Value {
    let keys = app.stranger().get("/lti/keys.json").await.expect(200);
    let part = |name: &str| keys["keys"][0][name].as_str().unwrap().to_owned();
    let key = DecodingKey::from_rsa_components(&part("n"), &part("e")).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[tool.as_str().unwrap()]);
    validation.validate_exp = false;
    decode::<Value>(id_token, &key, &validation).unwrap().claims
}

/// What the tool signs to get a token.
fn assertion(app: &TestApp, tool: &Value, jti: &str) -> Value {
    let now = app.cx.clock.now().0 / 1_000;
    json!({ "iss": tool, "sub": tool, "aud": TOKEN_URL, "iat": now, "exp": now + 60, "jti": jti })
}

async fn ask_token(app: &TestApp, signer: &str, assertion: &Value) -> Reply {
    let form = [
        ("grant_type", "client_credentials".to_owned()),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned()),
        ("client_assertion", key(signer).sign(assertion).unwrap()),
        ("scope", SCOPE.to_owned()),
    ];
    send(app.stranger().request(Method::POST, "/lti/token").form(&form)).await
}

async fn token(app: &TestApp, tool: &Value, jti: &str) -> String {
    let given = ask_token(app, "tool", &assertion(app, tool, jti)).await.expect(200);
    assert_eq!((&given["token_type"], &given["scope"]), (&json!("Bearer"), &json!(SCOPE)));
    given["access_token"].as_str().unwrap().to_owned()
}

/// A score of so many points of ten, at this second.
fn score(subject: &str, points: f64, second: u32) -> Value {
    json!({ "userId": subject, "timestamp": format!("2026-11-23T01:00:{second:02}.000Z"), "scoreGiven": points,
        "scoreMaximum": 10, "activityProgress": "Completed", "gradingProgress": "FullyGraded", "comment": "好" })
}

async fn report(app: &TestApp, token: &str, score: &Value) -> Reply {
    let path = format!("/lti/line_items/{ACTIVITY}/scores");
    let request = app.stranger().request(Method::POST, &path).bearer_auth(token);
    let request = request.header("content-type", "application/vnd.ims.lis.v1.score+json");
    send(request.body(score.to_string())).await
}

db_tests! {
    async fn a_learner_goes_to_a_tool_and_what_it_reports_completes_the_task_point(app) {
        let app = with_key(app).await;
        let class = Class::open(&app).await;
        let heartbeat = json!({ "stream": Uuid::from_u128(3), "read_pct": 100 });
        class.learner.post(&format!("/api/v1/me/units/{}/heartbeats", class.unit), &heartbeat).await.expect(200);
        let progress = class.progress().await;
        assert_eq!((&progress["activities"], &progress["activities_done"]), (&json!(1), &json!(0)));

        // The browser comes back with the tool's question, and asks it again by POST from our own page.
        let (asked, cookie) = class.question().await;
        for part in ["HttpOnly", "SameSite=Lax", "Path=/lti/answer", "Max-Age=300"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let query: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = send(app.stranger().request(Method::GET, "/lti/authorize").query(&query)).await;
        assert_eq!((page.status, field(&page, "nonce").as_deref()), (200, Some("nonce-1")));
        assert_eq!(field(&page, "state").as_deref(), Some("state-&lt;1&gt;"));
        let policy = page.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'sha256-"), "{policy}");
        let posted = send(app.stranger().request(Method::POST, "/lti/authorize").form(&asked)).await;
        assert_eq!((posted.status, posted.bytes == page.bytes), (200, true), "a tool may ask by POST as well");
        assert_eq!(field(&posted, "id_token"), None, "a form of another site brings no cookie");
        let page = authorize(&app, &asked, &cookie).await;
        assert_eq!(page.status, 200, "{}", String::from_utf8_lossy(&page.bytes));
        let told = claims(&app, &class.tool, &field(&page, "id_token").unwrap()).await;
        assert_eq!((&told["iss"], &told["nonce"]), (&json!("http://127.0.0.1:8080"), &json!("nonce-1")));
        let lti = |name: &str| told[format!("https://purl.imsglobal.org/spec/lti/claim/{name}")].clone();
        assert_eq!((lti("resource_link")["id"].clone(), lti("custom")), (json!(ACTIVITY), json!({ "level": "2" })));
        let subject = told["sub"].as_str().unwrap().to_owned();
        let me = class.learner.get("/api/v1/me").await.expect(200);
        assert!(!told.to_string().contains("xueyuan") && me["account_id"] != told["sub"], "{told}");
        assert_eq!(class.launched().await.0["login_hint"], subject, "the same learner is the same to the tool");

        let token = token(&app, &class.tool, "one").await;
        assert_eq!(report(&app, &token, &score(&subject, 5.0, 1)).await.status, 204);
        assert_eq!(class.progress().await["activities_done"], 0, "its author asks for more");
        assert_eq!(report(&app, &token, &score(&subject, 8.5, 2)).await.status, 204);
        let progress = class.progress().await;
        assert_eq!((&progress["activities_done"], &progress["is_complete"]), (&json!(1), &json!(true)));
        let courses = class.learner.get("/api/v1/me/courses").await.expect(200);
        assert_eq!(courses[0]["standing"]["gate"]["state"], "open", "at once");
        assert_eq!(report(&app, &token, &score(&subject, 8.5, 2)).await.status, 204, "a repeat");
        assert_eq!(report(&app, &token, &score(&subject, 1.0, 3)).await.status, 204);
        assert_eq!(class.progress().await["is_complete"], true, "what was done stays done");
        assert_eq!(report(&app, &token, &score(&subject, 9.0, 2)).await.expect_problem(409), "wrong-state");

        let own = class.learner.get("/api/v1/me/data").await.expect(200)["external_subjects"][0].clone();
        assert_eq!((&own["subject"], &own["tool_title"]), (&json!(subject), &json!("电工仿真")));
        assert_eq!((own["scores"].as_array().unwrap().len(), &own["scores"][0]["given"]), (3, &json!(100)));
        let noted = audited(&app, "serve_external_tools").await;
        assert_eq!((noted.len(), &noted[4]["is_repeat"]), (6, &json!(true)), "an answer, a token and four scores");
    }

    async fn whoever_asks_wrongly_is_told_nothing(app) {
        let (app, without_key) = {
            let address = app.address;
            (with_key(app).await, address)
        };
        let class = Class::open(&app).await;
        let [one, other] = &class.province;
        let waits = one.post(TOOLS, &registration()).await.expect(201);
        let kind = "external_tools_to_approve";
        assert_eq!((waiting(one, kind).await, waiting(other, kind).await), (0, 1), "for the other of them");
        assert_eq!(decide(one, &waits["id"], "approve").await.expect_problem(409), "second-person-needed");
        let author = app.staff("author", Role::Teacher, "33").await;
        let choices = author.get("/api/v1/external_tool_choices").await.expect(200);
        assert_eq!((choices.as_array().unwrap().len(), &choices[0]["id"]), (1, &class.tool), "those in use");
        let mut private = registration();
        private["keys"] = json!(json!({ "keys": [{ "kty": "RSA", "kid": "1", "d": "x" }] }).to_string());
        assert_eq!(one.post(TOOLS, &private).await.expect(422)["errors"][0]["code"], "private-key");
        let launch = format!("/api/v1/me/activities/{ACTIVITY}/launches");
        assert_eq!(class.learner.at(without_key).post(&launch, &json!({})).await.expect_problem(409), "wrong-state");
        let (_, outsider) = app.learner("outsider").await;
        assert_eq!(outsider.post(&launch, &json!({})).await.expect_problem(404), "not-found");

        // Launches.
        let refused = async |change: &[(&'static str, &str)]| {
            let (mut asked, cookie) = class.question().await;
            asked.extend(change.iter().map(|(name, value)| (*name, (*value).to_owned())));
            let page = authorize(&app, &asked, &cookie).await;
            assert_eq!(field(&page, "id_token"), None, "{change:?}");
            page.status
        };
        let unknown = Uuid::from_u128(7).to_string();
        assert_eq!(refused(&[("redirect_uri", "https://other.example/launch")]).await, 409);
        assert_eq!(refused(&[("client_id", waits["id"].as_str().unwrap())]).await, 409);
        assert_eq!(refused(&[("login_hint", unknown.as_str())]).await, 409);
        assert_eq!(refused(&[("lti_message_hint", unknown.as_str())]).await, 409);
        assert_eq!(refused(&[("nonce", "")]).await, 400);
        // Who came by the address in another browser: with nothing, with a launch of their own, or with its secret.
        let ((asked, cookie), (_, beside)) = (class.question().await, class.question().await);
        let secret = beside.split_once('=').unwrap().1;
        let forged = format!("{}={secret}", cookie.split('=').next().unwrap());
        for held in ["", beside.as_str(), forged.as_str()] {
            let page = authorize(&app, &asked, held).await;
            assert_eq!((page.status, field(&page, "id_token")), (409, None), "{held}");
            assert!(String::from_utf8_lossy(&page.bytes).contains("不是在这个浏览器里点的"), "{held}");
        }
        assert_eq!(authorize(&app, &asked, &cookie).await.status, 200, "the learner is not held up by that");
        assert_eq!(authorize(&app, &asked, &cookie).await.status, 409, "once");
        let (late, cookie) = class.question().await;
        app.clock.advance_s(301);
        assert_eq!(authorize(&app, &late, &cookie).await.status, 409);

        // Tokens.
        let fault = async |signer: &str, assertion: Value| {
            ask_token(&app, signer, &assertion).await.expect(401)["error"].as_str().unwrap().to_owned()
        };
        let right = |jti: &str| assertion(&app, &class.tool, jti);
        assert_eq!(fault("other", right("a")).await, "invalid_client", "it is not its key");
        let mut elsewhere = right("b");
        elsewhere["aud"] = json!("https://other.example/token");
        assert_eq!(fault("tool", elsewhere).await, "invalid_client");
        assert_eq!(fault("tool", assertion(&app, &waits["id"], "c")).await, "invalid_client", "nobody approved it");
        let token = token(&app, &class.tool, "d").await;
        assert_eq!(fault("tool", right("d")).await, "invalid_client", "once");

        // Scores.
        let subject = asked["login_hint"].clone();
        assert_eq!(report(&app, "x.y.z", &score(&subject, 9.0, 1)).await.expect_problem(401), "unauthenticated");
        let nobody = report(&app, &token, &score(&unknown, 9.0, 1)).await.expect(422);
        assert_eq!(nobody["errors"][0]["pointer"], "/userId");
        let mut ahead = score(&subject, 9.0, 1);
        ahead["timestamp"] = json!("2027-01-01T00:00:00Z");
        let refused = report(&app, &token, &ahead).await.expect(422)["errors"][0].clone();
        assert_eq!((&refused["pointer"], &refused["code"]), (&json!("/timestamp"), &json!("clock-ahead")));
        assert_eq!(report(&app, &token, &json!({})).await.expect_problem(422), "invalid");
        let path = format!("/lti/line_items/{unknown}/scores");
        let foreign = app.stranger().request(Method::POST, &path).bearer_auth(&token).json(&score(&subject, 9.0, 1));
        assert_eq!(send(foreign).await.expect_problem(404), "not-found");
        assert_eq!(decide(one, &class.tool, "refuse").await.expect(200)["state"], "ended", "by one person, at once");
        assert_eq!(class.launch().await.expect_problem(409), "wrong-state");
        assert_eq!(report(&app, &token, &score(&subject, 9.0, 1)).await.expect_problem(401), "unauthenticated");
        assert_eq!(class.progress().await["activities_done"], 0);
        assert_eq!(decide(other, &class.tool, "approve").await.expect_problem(409), "wrong-state", "it does not come back");
    }
}
