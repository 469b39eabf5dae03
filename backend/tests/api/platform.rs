//! The edge: problems, headers, bad input; and the audit chain below.

use crate::support::{db_tests, execute, send};
use backend::{
    access::{Action, JobName, Permit},
    platform::{
        db::{AuditFilter, list_entries, verify_chain},
        http::{safe_methods_only_read, small_as_it_is},
    },
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use shared::{
    ids::AccountId,
    rights::{Right, Role},
};

struct Probe;

impl Action for Probe {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

db_tests! {
    async fn requests_are_counted_by_operation_and_answer(app) {
        app.stranger().get("/api/v1/me").await.expect(401);
        app.stranger().get("/api/v1/certificates/00000000-0000-0000-0000-000000000000").await;
        let shown = app.stranger().request(Method::GET, "/metrics").send().await.unwrap().text().await.unwrap();
        let counted = |line: &str| line.starts_with("http_requests") && line.contains(r#"route="/api/v1/me""#)
            && line.contains(r#"method="GET""#) && line.contains(r#"status="401""#) && line.ends_with(" 1");
        assert!(shown.lines().any(counted), "{shown}");
        assert!(shown.contains("http_seconds"), "{shown}");
        assert!(!shown.contains("00000000-0000"), "labels hold no ids");
    }

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

    async fn a_character_of_number_0_is_refused_wherever_it_stands(app) {
        let office = app.staff("office", Role::CountyBureau, "330502").await;
        assert_eq!(office.get("/api/v1/providers?name=%00").await.expect_problem(400), "malformed");
        assert_eq!(office.get("/api/v1/divisions/%00").await.expect_problem(400), "malformed");
        let entry = json!({ "kind": "adult_school", "name": "a\0b", "division": "330502", "state": "open" });
        let problem = office.post("/api/v1/providers", &entry).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/name"), &json!("has-control")));
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
        let reply = app.stranger().get("/api/v1/time").await;
        assert!(reply.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
    }

    async fn who_is_reached_by_tls_is_not_reached_without_it_again(app) {
        let header = "strict-transport-security";
        assert!(!app.stranger().get("/api/v1/time").await.headers.contains_key(header), "the demo has no TLS");
        let app = app.configured(|config| config.public_url = "https://chengxi.example".to_owned());
        for path in ["/api/v1/time", "/healthz", "/api/v1/me"] {
            let said = app.stranger().get(path).await.headers[header].to_str().unwrap().to_owned();
            let age: u32 = said.trim_start_matches("max-age=").parse().unwrap();
            assert!(age >= 31_536_000, "{path}: {said}");
        }
    }

    async fn every_reply_names_its_request(app) {
        let reply = app.stranger().get("/api/v1/me").await;
        let id = reply.headers["x-request-id"].to_str().unwrap().to_owned();
        assert!(!id.is_empty());
        assert_eq!(reply.expect(401)["instance"], json!(id));
        let again = app.stranger().get("/api/v1/me").await;
        assert_ne!(again.headers["x-request-id"].to_str().unwrap(), id);
    }

    async fn the_name_that_a_proxy_gave_a_request_leads_to_the_audit(app) {
        let office = app.staff("office", Role::CountyBureau, "330502").await;
        let log_out = office.request(Method::DELETE, "/api/v1/logins/current").header("x-request-id", "lb-1.7f3a");
        let reply = send(log_out).await;
        assert_eq!((reply.status, reply.headers["x-request-id"].to_str().unwrap()), (204, "lb-1.7f3a"));
        let last = list_entries(app.cx.db.read(), &AuditFilter::default(), None, 1).await.unwrap();
        assert_eq!(last[0].request_id, "lb-1.7f3a");
        for odd in ["two words", &"x".repeat(65)] {
            let reply = send(app.stranger().request(Method::GET, "/healthz").header("x-request-id", odd)).await;
            assert_ne!(reply.headers["x-request-id"].to_str().unwrap(), odd, "what cannot stand in a log is replaced");
        }
    }

    async fn the_document_of_the_api_is_served(app) {
        let document = app.stranger().get("/api/v1/openapi.json").await.expect(200);
        assert_eq!(document["openapi"], "3.1.0");
        assert!(document["paths"]["/api/v1/logins"]["post"].is_object());
    }

    async fn a_small_reply_is_not_compressed_and_a_large_one_is(app) {
        let ask = |path| app.stranger().request(Method::GET, path).header("accept-encoding", "br");
        assert!(!send(ask("/api/v1/time")).await.headers.contains_key("content-encoding"));
        let document = ask("/api/v1/openapi.json").send().await.unwrap();
        assert_eq!(document.headers()["content-encoding"], "br");
    }

    async fn a_small_file_that_is_compressed_already_stays_so(_app) {
        use actix_web::{App, HttpResponse, middleware::from_fn, test, web};
        let file = || async { HttpResponse::Ok().insert_header(("content-encoding", "br")).body("small") };
        let served = App::new().wrap(from_fn(small_as_it_is)).default_service(web::to(file));
        let served = test::init_service(served).await;
        let reply = test::call_service(&served, test::TestRequest::default().to_request()).await;
        assert_eq!(reply.headers().get("content-encoding").unwrap(), "br");
    }

    async fn the_server_is_ready_when_its_store_answers(app) {
        app.stranger().get("/readyz").await.expect(200);
    }

    async fn a_server_that_is_about_to_stop_says_so_and_lets_its_clients_go(app) {
        assert!(!app.stranger().get("/healthz").await.headers.contains_key("connection"));
        app.draining.begin();
        app.stranger().get("/readyz").await.expect(503);
        let answered = app.stranger().get("/healthz").await;
        assert_eq!((answered.status, answered.headers["connection"].to_str().unwrap()), (200, "close"));
    }

    async fn every_write_adds_a_link_to_the_audit_chain(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let before = verify_chain(app.cx.db.read()).await.unwrap().unwrap();
        app.log_in("wang").await;
        assert_eq!(verify_chain(app.cx.db.read()).await.unwrap(), Ok(before + 1));
    }

    async fn a_get_cannot_write_whatever_its_handler_calls(app) {
        use actix_web::{App, http::Method, middleware::from_fn, test, web};
        let (audited, journal) = (app.cx.clone(), app.cx.clone());
        let audited = move || {
            let cx = audited.clone();
            async move {
                let permit = Permit::<Probe>::for_job(JobName::SeedDemo, AccountId::from(uuid::Uuid::nil()));
                cx.db.write(&permit, async |_| Ok(())).await.map(|()| "written")
            }
        };
        let journal = move || {
            let cx = journal.clone();
            async move { cx.db.write_journal(async |_| Ok(())).await.map(|()| "written") }
        };
        let served = App::new().wrap(from_fn(safe_methods_only_read));
        let served = served.route("/journal", web::to(journal)).default_service(web::to(audited));
        let served = test::init_service(served).await;
        for path in ["/", "/journal"] {
            for (method, status) in [(Method::GET, 500), (Method::HEAD, 500), (Method::POST, 200)] {
                let request = test::TestRequest::with_uri(path).method(method.clone()).to_request();
                assert_eq!(test::call_service(&served, request).await.status().as_u16(), status, "{method} {path}");
            }
        }
    }

    async fn what_reads_can_change_nothing(app) {
        let conn = app.cx.db.read();
        let changes = [
            "UPDATE division SET name = 'x'",
            "DELETE FROM division",
            "DELETE FROM division RETURNING code",
            "WITH gone AS (DELETE FROM division RETURNING code) SELECT code FROM gone",
            "WITH one AS (SELECT 1) DELETE FROM division RETURNING code",
        ];
        for change in changes {
            let statement = || Statement::from_string(conn.get_database_backend(), change);
            assert!(conn.execute_unprepared(change).await.is_err(), "{change}");
            assert!(conn.execute_raw(statement()).await.is_err(), "{change}");
            assert!(conn.query_one_raw(statement()).await.is_err(), "{change}");
            assert!(conn.query_all_raw(statement()).await.is_err(), "{change}");
        }
        let asked = Statement::from_string(conn.get_database_backend(), "SELECT 1");
        assert!(conn.query_one_raw(asked).await.unwrap().is_some());
    }

    async fn a_changed_audit_row_breaks_the_chain(app) {
        app.staff("wang", Role::Teacher, "33").await;
        execute(&app, "UPDATE audit_entry SET detail = 'x' WHERE seq = 2").await;
        assert_eq!(verify_chain(app.cx.db.read()).await.unwrap(), Err(2));
    }
}
