//! What stands on a record's printed form, and that it was printed.

use super::{list, place};
use crate::{
    access::{Actor, Permit, actions},
    platform::{Services, error::AppResult},
};
use shared::{enrolment::EnrolmentView, ids::StudentRecordId};

actions! {
    /// Print the application form of a record.
    PrintForm(StudentRecordId) = KeepEnrolments;
}

/// Lets the actor print a record's form: the record, every number masked.
///
/// # Errors
/// `not-found` or `forbidden`.
pub async fn printable(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
) -> AppResult<(Permit<PrintForm>, EnrolmentView)> {
    let (permit, _) = place::permit(cx, actor, id).await?;
    Ok((permit, list::get(cx, actor, id).await?))
}

/// Notes that it was printed.
///
/// # Errors
/// If the store fails.
pub async fn note_print(cx: &Services, permit: &Permit<PrintForm>) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", "application_form");
            Ok(())
        })
        .await
}
