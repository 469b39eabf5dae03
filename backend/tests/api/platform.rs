//! The edge: problems, headers, bad input; and the audit chain below.

use crate::support::{db_tests, send};
use backend::platform::db::verify_chain;
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

db_tests! {
    async fn bad_input_is_answered_in_chinese_with_its_field(app) {
        let problem = app.stranger().post("/api/v1/logins", &json!({ "name": 1, "password": "x" })).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/name");
        assert_eq!(problem["errors"][0]["detail"], "类型不对");
        let problem = app.stranger().post("/api/v1/logins", &json!({ "name": "x" })).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/password");
    }

    async fn a_client_may_ask_for_english(app) {
        let request = app.stranger().request(Method::GET, "/api/v1/me").header("accept-language", "en");
        assert_eq!(send(request).await.expect(401)["title"], "Please log in");
    }

    async fn a_body_of_ten_megabytes_is_refused(app) {
        let body = json!({ "name": "x".repeat(10 * 1024 * 1024), "password": "x" });
        assert_eq!(app.stranger().post("/api/v1/logins", &body).await.expect_problem(413), "too-large");
    }

    async fn an_unknown_path_of_the_api_is_a_problem(app) {
        assert_eq!(app.stranger().get("/api/v1/nothing").await.expect_problem(404), "not-found");
    }

    async fn every_response_carries_the_security_headers(app) {
        let reply = app.stranger().get("/healthz").await;
        let policy = reply.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"));
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
    }

    async fn the_server_is_ready_when_its_store_answers(app) {
        app.stranger().get("/readyz").await.expect(200);
    }

    async fn every_write_adds_a_link_to_the_audit_chain(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let before = verify_chain(app.cx.db.read()).await.unwrap().unwrap();
        app.log_in("wang").await;
        assert_eq!(verify_chain(app.cx.db.read()).await.unwrap(), Ok(before + 1));
    }

    async fn a_changed_audit_row_breaks_the_chain(app) {
        use sea_orm::ConnectionTrait;
        app.staff("wang", Role::Teacher, "33").await;
        app.cx.db.read().execute_unprepared("UPDATE audit_entry SET detail = 'x' WHERE seq = 2").await.unwrap();
        assert_eq!(verify_chain(app.cx.db.read()).await.unwrap(), Err(2));
    }
}
