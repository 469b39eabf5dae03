//! The demo province that is kept from one day to the next.

use crate::support::{Client, Store, TestApp};
use backend::{demo, organisation};
use serde_json::{Value, json};
use shared::papers::{BlueprintView, contradictions};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

const DAY_S: i64 = 86_400;
/// Somebody whose account is offered.
const LEARNER: &str = "zhangxiuying";
/// Another of the same class.
const CLASSMATE: &str = "shenguoqiang";
/// Items of the course that the blueprint is for.
const DESCRIBED: u32 = 20;

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

async fn seed(app: &TestApp) {
    demo::seed(&app.cx, &app.clock, &app.jobs, &content()).await.unwrap();
}

async fn learner(app: &TestApp) -> Client {
    log_in(app, LEARNER).await
}

/// Somebody whose account is offered, by their account name.
async fn log_in(app: &TestApp, name: &str) -> Client {
    let account = demo::accounts().unwrap().into_iter().find(|account| account.login_name == name).unwrap();
    let body = json!({ "name": account.login_name, "password": account.password });
    let reply = app.stranger().post("/api/v1/logins", &body).await.expect(200);
    Client::new(app.address, Some(reply["access_token"].as_str().unwrap().to_owned()))
}

/// The sittings that she can open when their time comes.
async fn to_be_sat(app: &TestApp) -> Vec<String> {
    let exams = learner(app).await.get("/api/v1/me/exams").await.expect(200);
    let is_open = |exam: &&Value| exam["state"] == "armed" && exam["sitting"]["is_closed"] == false;
    let open = exams.as_array().unwrap().iter().filter(is_open);
    open.map(|exam| exam["sitting"]["id"].as_str().unwrap().to_owned()).collect()
}

/// It is said what the items are about, and the one blueprint asks for nothing that the bank of its course lacks.
async fn expect_blueprint(app: &TestApp) {
    let head = log_in(app, "paperhead").await;
    let listed = head.get("/api/v1/blueprints").await.expect(200)["items"].clone();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let path = format!("/api/v1/blueprints/{}", listed[0]["id"].as_str().unwrap());
    let view: BlueprintView = serde_json::from_value(head.get(&path).await.expect(200)).unwrap();
    assert_eq!(contradictions(&view.draft.blueprint, &view.bank), []);
    let described: u32 = view.bank.cells.iter().flat_map(|cell| &cell.by_exposure).sum();
    assert_eq!(described, DESCRIBED);
}

/// A class talks, and one of its learners has read everything.
async fn expect_discussion(app: &TestApp) {
    let page = log_in(app, CLASSMATE).await.get("/api/v1/me/discussions").await.expect(200);
    let topics = page["items"].as_array().unwrap();
    assert_eq!(topics.len(), 1);
    assert_eq!((&topics[0]["topic"]["posts"], &topics[0]["unread"]), (&json!(3), &json!(0)));
}

#[actix_web::test]
async fn a_demo_of_yesterday_has_a_test_of_today_and_only_one() {
    let app = TestApp::start(Store::sqlite().await).await;
    organisation::load_divisions(&app.cx).await.unwrap();
    demo::seed_up_to_today(&app.cx, &app.clock, &app.jobs, &content()).await.unwrap();
    assert_eq!(to_be_sat(&app).await, Vec::<String>::new(), "it is left out");
    app.clock.advance_s(1_200);
    seed(&app).await;
    let first = to_be_sat(&app).await;
    assert_eq!(first.len(), 1);
    seed(&app).await;
    assert_eq!(to_be_sat(&app).await, first, "it can still be sat");
    expect_blueprint(&app).await;
    expect_discussion(&app).await;

    app.clock.advance_s(DAY_S);
    app.jobs.run_due().await.unwrap();
    assert_eq!(to_be_sat(&app).await, Vec::<String>::new(), "it is over");
    seed(&app).await;
    let second = to_be_sat(&app).await;
    assert_eq!(second.len(), 1);
    seed(&app).await;
    assert_eq!(to_be_sat(&app).await, second);

    app.clock.advance_s(600);
    let body = json!({ "device": uuid::Uuid::from_u128(1), "take_over": false });
    learner(&app).await.post(&format!("/api/v1/sittings/{}/open", second[0]), &body).await.expect(200);
}

#[test]
fn a_province_that_is_served_is_not_created_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (scripts, data) = (folder.path().join("scripts"), folder.path().join("data"));
    fs::create_dir(&scripts).unwrap();
    fs::create_dir(&data).unwrap();
    for name in ["run.sh", "path.sh"] {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts").join(name);
        fs::copy(script, scripts.join(name)).unwrap();
    }
    let database = data.join("demo.sqlite");
    fs::write(&database, "").unwrap();
    let reset = || {
        let output = Command::new("bash").arg(scripts.join("run.sh")).arg("reset").output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };

    let served = File::create(data.join("demo.lock")).unwrap();
    served.lock_shared().unwrap();
    let said = reset();
    assert!(said.contains("a server serves this demo province"), "{said}");
    assert!(database.exists());
    drop(served);
    let said = reset();
    assert!(
        said.contains("setup.sh") && !said.contains("a server serves"),
        "it goes on, and nothing else is here: {said}"
    );
}
