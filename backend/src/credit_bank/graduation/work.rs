//! Lists of graduates and diplomas that wait for somebody.

use super::{
    lists::{right_of, within},
    register::awaiting,
    rules,
};
use crate::{
    access::Actor,
    credit_bank::store,
    platform::{Services, error::AppResult},
};
use sea_orm::Condition;
use shared::work::{GraduationWait, WorkKind, WorkLine};

/// What waits, and how it is called.
const WAITS: [(GraduationWait, WorkKind); 3] = [
    (GraduationWait::County, WorkKind::GraduationsToConfirm),
    (GraduationWait::City, WorkKind::GraduationsToApprove),
    (GraduationWait::Returned, WorkKind::GraduationsReturned),
];

/// What waits for the actor.
///
/// # Errors
/// If the store fails.
pub(in crate::credit_bank) async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    for (wait, kind) in WAITS {
        if let Ok(held) = within(actor, right_of(wait)) {
            let wanted = Condition::all().add(held).add(store::waits_for(wait));
            lines.extend(WorkLine::some(kind, store::count_batches(conn, wanted).await?));
        }
    }
    lines.extend(rules::work(cx, actor).await?);
    if let Ok(wanted) = awaiting(actor) {
        lines.extend(WorkLine::some(WorkKind::DiplomasToRevoke, store::count_diplomas(conn, wanted).await?));
    }
    Ok(lines)
}
