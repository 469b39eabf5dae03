//! Whole numbers, for a purpose that the audit log keeps.

use super::{
    fields::{birth_date_of, kind_of, open_number, open_phone},
    place::PersonPermit,
    store,
};
use crate::{
    access::{Action, Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Allowance,
    },
};
use shared::{
    ids::{AccountId, PersonId},
    people::{RevealPerson, RevealPurpose, RevealedPerson, StatedDocument, check_reason},
};

/// How often one account may see a person's numbers, or try one out, in a window: enough for a day of
/// enrolment at the desk, too few to carry a township away.
const LOOKS: Allowance = Allowance::hourly("reveal", 60);
/// How often one account may look for a number in a window: enough for everybody who comes to the desk,
/// too few to complete a masked number by trying.
const SEARCHES: Allowance = Allowance::hourly("find-person", 300);

actions! {
    /// See a person's numbers whole.
    RevealNumbers(PersonId) = RevealPerson;
}

/// Counts one more time that an account learns something of numbers.
///
/// # Errors
/// `too-many`.
pub(super) async fn count_look(cx: &Services, account: AccountId) -> AppResult<()> {
    LOOKS.take(cx, account).await
}

/// Counts one more time that an account looks for a number.
///
/// # Errors
/// `too-many`.
pub(super) async fn count_search(cx: &Services, account: AccountId) -> AppResult<()> {
    SEARCHES.take(cx, account).await
}

/// A person's document in force, phone and birth date, whole. Who looked, at whom and what for is
/// audited.
///
/// # Errors
/// The field `/note`, `too-many`, or `not-found` if the person has left the place of the permit.
pub(super) async fn reveal(
    cx: &Services,
    person: &PersonPermit<RevealNumbers>,
    wanted: &RevealPerson,
) -> AppResult<RevealedPerson> {
    let note = check_reason(&wanted.note, "/note").map_err(|error| AppError::Invalid(vec![error]))?;
    count_look(cx, person.permit.person()?).await?;
    let keys = &cx.keys.fields;
    cx.db
        .write(&person.permit, async |tx| {
            tx.note("purpose", wanted.purpose.as_str());
            tx.note("note", note.clone());
            let row = person.lock(tx).await?;
            let document = store::find_in_force(tx.conn(), row.id).await?.ok_or_else(AppError::not_found)?;
            let number = open_number(keys, &document)?.reveal().to_owned();
            Ok(RevealedPerson {
                document: StatedDocument { kind: kind_of(&document)?, number },
                phone: open_phone(keys, &row)?.map(|phone| phone.reveal().to_owned()),
                birth_date: birth_date_of(&row),
            })
        })
        .await
}

/// A person's phone, whole, for who calls them by a right that the permit is of. Who looked, at whom and what for is
/// audited.
///
/// # Errors
/// The field `/note`, `too-many`, or `not-found` if the record has become another's.
pub async fn reveal_phone<A: Action<Target = PersonId>>(
    cx: &Services,
    permit: &Permit<A>,
    note: &str,
) -> AppResult<Option<String>> {
    let note = check_reason(note, "/note").map_err(|error| AppError::Invalid(vec![error]))?;
    count_look(cx, permit.person()?).await?;
    cx.db
        .write(permit, async |tx| {
            tx.note("purpose", RevealPurpose::CallPerson.as_str());
            tx.note("note", note.clone());
            let row = store::lock(tx.conn(), *permit.target()).await?.filter(|row| row.merged_into.is_none());
            let phone = open_phone(&cx.keys.fields, &row.ok_or_else(AppError::not_found)?)?;
            Ok(phone.map(|phone| phone.reveal().to_owned()))
        })
        .await
}
