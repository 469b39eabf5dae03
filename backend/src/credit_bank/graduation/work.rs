//! Lists of graduates and diplomas that wait for somebody.

use super::lists::{right_of, within};
use crate::{
    access::{Actor, Scope},
    credit_bank::{entity::diploma::Column, store},
    platform::{Services, error::AppResult},
};
use sea_orm::Condition;
use shared::{
    rights::Right,
    work::{GraduationWait, WorkKind, WorkLine},
};

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
    // The bureau that issued a diploma keeps it, or one above.
    if let Ok(scope) = Scope::above_classes(actor, Right::KeepDiplomas) {
        let held = scope.within(Column::Issuer, None);
        let wanted = Condition::all().add(held).add(store::awaiting_void(actor.account_id));
        lines.extend(WorkLine::some(WorkKind::DiplomasToRevoke, store::count_diplomas(conn, wanted).await?));
    }
    Ok(lines)
}
