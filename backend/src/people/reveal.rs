//! Whole numbers, for a purpose that the audit log keeps.

use super::{
    fields::{kind_of, open_number, open_phone},
    store,
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::PersonId,
    people::{RevealPerson, RevealedPerson, StatedDocument, check_reason},
};

/// Persons whose numbers one account may see in a window: enough for a day of enrolment at the desk,
/// too few to carry a township away.
const REVEALS: u64 = 60;
/// Length of the window, in seconds.
const WINDOW_S: u32 = 3_600;

actions! {
    /// See a person's numbers whole.
    RevealNumbers(PersonId) = RevealPerson;
}

/// A person's document in force and phone, whole. Who looked, at whom and what for is audited.
///
/// # Errors
/// The field `/note`, `too-many`, or `not-found` if there is no such person.
pub(super) async fn reveal(
    cx: &Services,
    permit: &Permit<RevealNumbers>,
    wanted: &RevealPerson,
) -> AppResult<RevealedPerson> {
    let note = check_reason(&wanted.note, "/note").map_err(|error| AppError::Invalid(vec![error]))?;
    let account = permit.person()?;
    if cx.coordination.count(&format!("reveal:{account}"), WINDOW_S).await > REVEALS {
        return Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) });
    }
    let (id, keys) = (*permit.target(), &cx.keys.fields);
    cx.db
        .write(permit, async |tx| {
            tx.note("purpose", wanted.purpose.as_str());
            tx.note("note", note.clone());
            let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let document = store::find_in_force(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let number = open_number(keys, &document)?.reveal().to_owned();
            Ok(RevealedPerson {
                document: StatedDocument { kind: kind_of(&document)?, number },
                phone: open_phone(keys, &row)?.map(|phone| phone.reveal().to_owned()),
            })
        })
        .await
}
