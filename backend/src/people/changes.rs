//! What changes of a person: a document takes another's place, a phone a new number.

use super::{
    entity::person_document,
    fields::{NUMBER, PHONE, document_index},
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
    ids::{PersonDocumentId, PersonId},
    people::{ChangePhone, CorrectDocument, check_document, check_phone, check_reason},
    problem::ProblemCode,
};

actions! {
    /// Correct what is known of a person.
    CorrectPerson(PersonId) = KeepPeople;
}

/// Puts the right document in the place of the one in force, which is kept with its end. What the new
/// number tells of birth date and sex holds from then on.
///
/// # Errors
/// The fields that are wrong; `stale` if the person changed since `seen`; `document-in-use` if
/// somebody else holds the document.
pub(super) async fn correct_document(
    cx: &Services,
    permit: &Permit<CorrectPerson>,
    seen: i32,
    correction: &CorrectDocument,
) -> AppResult<()> {
    let today = cx.clock.now().date_in_china();
    let (document, reason) =
        match (check_document(&correction.document, "/document", today), check_reason(&correction.reason, "/reason")) {
            (Ok(document), Ok(reason)) => (document, reason),
            (document, reason) => {
                return Err(AppError::Invalid(document.err().into_iter().chain(reason.err()).collect()));
            }
        };
    let (keys, person_id, actor) = (&cx.keys.fields, *permit.target(), permit.person()?);
    let index = document_index(keys, &document);
    let id: PersonDocumentId = cx.ids.new_id();
    let number = keys.seal(NUMBER.of(id.0), document.reveal(), &*cx.ids)?;
    cx.db
        .write(permit, async |tx| {
            let former = store::find_in_force(tx.conn(), person_id).await?.ok_or_else(AppError::not_found)?;
            if former.number_index == index {
                return Err(AppError::field("/document/number", "duplicate"));
            }
            if !store::set_told(tx.conn(), person_id, seen, document.birth_date(), document.sex()).await? {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            store::end_document(tx.conn(), former.id, actor, tx.now(), &reason).await?;
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
            if store::insert_documents(tx.conn(), [row]).await? == 0 {
                return Err(AppError::Problem(ProblemCode::DocumentInUse));
            }
            tx.note("document", id.to_string());
            tx.note("in_place_of", former.id.to_string());
            tx.note("reason", reason.clone());
            Ok(())
        })
        .await
}

/// Gives a person another phone, or none.
///
/// # Errors
/// The field `/phone`; `stale` if the person changed since `seen`.
pub(super) async fn change_phone(
    cx: &Services,
    permit: &Permit<CorrectPerson>,
    seen: i32,
    change: &ChangePhone,
) -> AppResult<()> {
    let phone = check_phone(change.phone.as_deref()).map_err(|error| AppError::Invalid(vec![error]))?;
    let (keys, id) = (&cx.keys.fields, *permit.target());
    let sealed = phone.as_deref().map(|phone| keys.seal(PHONE.of(id.0), phone, &*cx.ids)).transpose()?;
    let index = phone.as_deref().map(|phone| keys.blind_index(PHONE, phone));
    cx.db
        .write(permit, async |tx| {
            tx.note("phone", if sealed.is_some() { "changed" } else { "removed" });
            let is_set = store::set_phone(tx.conn(), id, seen, sealed.clone(), index.clone()).await?;
            if is_set { Ok(()) } else { Err(AppError::Problem(ProblemCode::Stale)) }
        })
        .await
}
