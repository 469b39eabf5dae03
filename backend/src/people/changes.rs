//! What changes of a person: a document takes another's place, a phone a new number.

use super::{
    entity::person_document,
    fields::{NUMBER, PHONE, document_index},
    place::PersonPermit,
    reveal::count_look,
    store,
};
use crate::{
    access::actions,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use shared::{
    ids::{PersonDocumentId, PersonId},
    people::{ChangePhone, CorrectDocument, check_document, check_phone, check_reason},
    person::IdentityDocument,
    problem::ProblemCode,
};

actions! {
    /// Correct what is known of a person.
    CorrectPerson(PersonId) = KeepPeople;
}

/// Puts the right document in the place of the one in force, which is kept with its end. What the new
/// number tells of birth date and sex holds from then on.
///
/// The answer tells whether somebody holds a number. So each try counts like a look at one, and is in
/// the audit log even when nothing changes.
///
/// # Errors
/// The fields that are wrong; `stale` if the person changed since `seen`; `document-in-use` if
/// somebody else holds the document; `too-many`.
pub(super) async fn correct_document(
    cx: &Services,
    person: &PersonPermit<CorrectPerson>,
    seen: i32,
    correction: &CorrectDocument,
) -> AppResult<()> {
    let (document, reason) = check(correction, cx.clock.now().date_in_china())?;
    let (keys, person_id, actor) = (&cx.keys.fields, *person.permit.target(), person.permit.person()?);
    count_look(cx, actor).await?;
    let index = document_index(keys, &document);
    let id: PersonDocumentId = cx.ids.new_id();
    let number = keys.seal(NUMBER.of(id.0), document.reveal(), &*cx.ids)?;
    let is_corrected = cx
        .db
        .write(&person.permit, async |tx| {
            if person.lock(tx).await?.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let former = store::find_in_force(tx.conn(), person_id).await?.ok_or_else(AppError::not_found)?;
            if former.number_index == index {
                return Err(AppError::field("/document/number", "duplicate"));
            }
            let row = person_document::Model {
                id,
                person_id,
                kind: document.kind().as_str().to_owned(),
                number: number.clone(),
                number_index: index.clone(),
                recorded_by: Some(actor),
                recorded_at: tx.now(),
                ended_by: None,
                ended_at: None,
                ended_because: None,
            };
            // Before anything changes: if somebody holds it, the audit row is all that this write leaves.
            if store::insert_documents(tx.conn(), [row]).await? == 0 {
                tx.note("in_use", true);
                return Ok(false);
            }
            store::end_document(tx.conn(), former.id, actor, tx.now(), &reason).await?;
            if !store::set_told(tx.conn(), person_id, seen, document.birth_date(), document.sex()).await? {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            tx.note("document", id.to_string());
            tx.note("in_place_of", former.id.to_string());
            tx.note("reason", reason.clone());
            Ok(true)
        })
        .await?;
    if is_corrected { Ok(()) } else { Err(AppError::Problem(ProblemCode::DocumentInUse)) }
}

/// What is stated, checked; all wrong fields at once.
fn check(correction: &CorrectDocument, today: Date) -> AppResult<(IdentityDocument, String)> {
    match (check_document(&correction.document, "/document", today), check_reason(&correction.reason, "/reason")) {
        (Ok(document), Ok(reason)) => Ok((document, reason)),
        (document, reason) => Err(AppError::Invalid(document.err().into_iter().chain(reason.err()).collect())),
    }
}

/// Gives a person another phone, or none.
///
/// # Errors
/// The field `/phone`; `stale` if the person changed since `seen`; `not-found` if they have left the
/// place of the permit.
pub(super) async fn change_phone(
    cx: &Services,
    person: &PersonPermit<CorrectPerson>,
    seen: i32,
    change: &ChangePhone,
) -> AppResult<()> {
    let phone = check_phone(change.phone.as_deref()).map_err(|error| AppError::Invalid(vec![error]))?;
    let (keys, id) = (&cx.keys.fields, *person.permit.target());
    let sealed = phone.as_deref().map(|phone| keys.seal(PHONE.of(id.0), phone, &*cx.ids)).transpose()?;
    let index = phone.as_deref().map(|phone| keys.blind_index(PHONE, phone));
    cx.db
        .write(&person.permit, async |tx| {
            person.lock(tx).await?;
            tx.note("phone", if sealed.is_some() { "changed" } else { "removed" });
            let is_set = store::set_phone(tx.conn(), id, seen, sealed.clone(), index.clone()).await?;
            if is_set { Ok(()) } else { Err(AppError::Problem(ProblemCode::Stale)) }
        })
        .await
}
