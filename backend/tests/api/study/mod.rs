//! What learners keep beside the lessons.

mod anomalies;
mod assignments;
mod inquiries;
mod last;
mod mistakes;
mod notes;
mod offline;
mod proofs;
mod reading_check;

use crate::support::TestApp;
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

/// Seconds between two heartbeats; the longest that still count as one stretch.
const BEAT_S: i64 = 40;
/// So many heartbeats come by one log-in: it does not last for all of them.
const BEATS: i64 = 10;

/// The audit log, as who keeps it reads it.
async fn log(app: &TestApp) -> String {
    let keeper = app.staff("log", Role::AuditAdministrator, "33").await;
    keeper.get("/api/v1/audit_entries?limit=200").await.expect(200).to_string()
}

/// Somebody reads a unit on for so long, on one page; what they are told at each heartbeat.
async fn read(app: &TestApp, name: &str, unit: &str, seconds: i64) -> Vec<Value> {
    let (path, mut reader) = (format!("/api/v1/me/units/{unit}/heartbeats"), app.log_in(name).await);
    let mut told = Vec::new();
    for beat in 1..=seconds / BEAT_S {
        app.clock.advance_s(BEAT_S);
        if beat % BEATS == 0 {
            reader = app.log_in(name).await;
        }
        let body = json!({ "stream": Uuid::from_u128(5), "read_pct": 10 });
        told.push(reader.post(&path, &body).await.expect(200));
    }
    told
}
