//! What learners keep beside the lessons.

mod anomalies;
mod assignments;
mod inquiries;
mod last;
mod mistakes;
mod notes;
mod offline;
mod proofs;

use crate::support::TestApp;
use shared::rights::Role;

/// The audit log, as who keeps it reads it.
async fn log(app: &TestApp) -> String {
    let keeper = app.staff("log", Role::AuditAdministrator, "33").await;
    keeper.get("/api/v1/audit_entries?limit=200").await.expect(200).to_string()
}
