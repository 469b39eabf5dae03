//! Who may do what: the table is a snapshot, and every operation refuses a stranger.

use crate::support::{NO_ID, Operation, db_tests, send};
use reqwest::Method;
use shared::rights::{Right, Role, carries, is_everybodys};
use std::{fmt::Write, fs, path::Path};

/// Operations that anybody may call.
pub(crate) const OPEN: &[&str] = &[
    "log_in",
    "log_in_by_ticket",
    "refresh_login",
    "list_courses",
    "list_catalogue",
    "get_catalogue_course",
    "get_enrolment_places",
    "get_package",
    "get_released_key",
    "list_draws",
    "get_draw_record",
    "get_server_time",
    "get_safe_browser_config",
    "list_demo_accounts",
    "get_public_certificate",
    "get_certificate_qr",
    "check_diploma",
    "get_public_study_proof",
    "verify_credential",
    "get_status_list",
    "get_status_list_of_purpose",
    "get_picture",
    "get_recording",
    "activate_account",
    "get_current_privacy_notice",
    "get_privacy_notice",
];

fn table() -> String {
    let mut table = String::from("Rights (rows) and the roles that carry them; printed from shared/src/rights.rs.\n\n");
    for right in Right::ALL {
        if is_everybodys(*right) {
            writeln!(table, "{:22} everybody, over their own", right.as_str()).unwrap();
            continue;
        }
        let roles: Vec<_> = Role::ALL.iter().filter(|role| carries(**role, *right)).map(|role| role.as_str()).collect();
        let roles = if roles.is_empty() { "nobody; the system alone".to_owned() } else { roles.join(" ") };
        writeln!(table, "{:22} {roles}", right.as_str()).unwrap();
    }
    table
}

#[test]
fn the_permission_table_is_the_published_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.txt");
    if std::option_env!("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, table()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), table(), "rebuild with UPDATE_SNAPSHOTS=1 to accept");
}

#[test]
fn the_api_document_is_the_published_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let document = backend::app::openapi().to_pretty_json().unwrap() + "\n";
    if std::option_env!("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &document).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == document, "rebuild with UPDATE_SNAPSHOTS=1 to accept");
}

db_tests! {
    async fn every_operation_refuses_a_stranger(app) {
        for operation in Operation::all() {
            let (Operation { method, name, .. }, path) = (&operation, operation.path(NO_ID));
            let reply = send(app.stranger().request(method.clone(), &path).json(&serde_json::json!({}))).await;
            let is_refused = reply.status == 401;
            let is_open = OPEN.contains(&name.as_str());
            assert!(is_refused || is_open, "{method} {path} ({name}) answered {} to a stranger", reply.status);
        }
    }

    async fn nobody_without_a_role_gets_anything_done(app) {
        let nobody = app.person("nobody", &[]).await;
        for operation in Operation::all() {
            let (Operation { method, name, .. }, path) = (&operation, operation.path(NO_ID));
            if *method == Method::GET || OPEN.contains(&name.as_str()) || name.contains("login") {
                continue;
            }
            let request = nobody.request(method.clone(), &path).header("if-match", "\"1\"").json(&serde_json::json!({}));
            let status = send(request).await.status;
            assert!([403, 404, 409, 422].contains(&status), "{method} {path} ({name}) answered {status} to nobody");
        }
    }
}
