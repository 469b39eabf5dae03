//! What changes of a person: a document takes another's place, a phone a new number, and what was wrong is right.

use super::{
    entity::{person, person_document},
    fields::{NUMBER, PHONE, document_index, kind_of, open_number},
    place::PersonPermit,
    reveal::count_look,
    store,
};
use crate::{
    access::actions,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use serde_json::json;
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId},
    people::{ChangePhone, CorrectDocument, PersonState, check_document, check_phone, check_reason},
    person::{IdentityDocument, Sex},
    problem::ProblemCode,
};

/// A person has another name, birth date or sex from now on; the payload names the person.
pub const PERSON_RENAMED: &str = "person_renamed";

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
    let actor = person.permit.person()?;
    count_look(cx, actor).await?;
    let replaced = cx
        .db
        .write(&person.permit, async |tx| {
            let kept = person.lock(tx).await?;
            if kept.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let replaced = replace_document(cx, tx, &kept, &document, (actor, &reason)).await?;
            match replaced {
                Replaced::Same => return Err(AppError::field("/document/number", "duplicate")),
                Replaced::Done => tx.note("reason", reason.clone()),
                Replaced::InUse => {}
            }
            Ok(replaced)
        })
        .await?;
    if replaced == Replaced::InUse { Err(AppError::Problem(ProblemCode::DocumentInUse)) } else { Ok(()) }
}

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replaced {
    /// What is right holds now.
    Done,
    /// It stood there already.
    Same,
    /// Another person holds the document; nothing has changed.
    InUse,
}

/// Puts a document in the place of the one in force, within the write that has locked the person.
pub(super) async fn replace_document(
    cx: &Services,
    tx: &Tx,
    kept: &person::Model,
    document: &IdentityDocument,
    (actor, reason): (AccountId, &str),
) -> AppResult<Replaced> {
    let (keys, id): (_, PersonDocumentId) = (&cx.keys.fields, cx.ids.new_id());
    let former = store::find_in_force(tx.conn(), kept.id).await?.ok_or_else(AppError::not_found)?;
    let index = document_index(keys, document);
    if former.number_index == index {
        return Ok(Replaced::Same);
    }
    let row = person_document::Model {
        id,
        person_id: kept.id,
        kind: document.kind().as_str().to_owned(),
        number: keys.seal(NUMBER.of(id.0), document.reveal(), &*cx.ids)?,
        number_index: index,
        recorded_by: Some(actor),
        recorded_at: tx.now(),
        ended_by: None,
        ended_at: None,
        ended_because: None,
        is_further: false,
    };
    // Before anything changes: if somebody holds it, the audit row is all that this write leaves.
    if store::insert_documents(tx.conn(), &[&row]).await? == 0 {
        tx.note("in_use", true);
        return Ok(Replaced::InUse);
    }
    store::end_document(tx.conn(), former.id, actor, tx.now(), reason).await?;
    if !store::set_told(tx.conn(), kept.id, kept.version, document.birth_date(), document.sex()).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    tx.note("document", id.to_string());
    tx.note("in_place_of", former.id.to_string());
    tell(tx, kept.id);
    Ok(Replaced::Done)
}

/// Tells that a person is described otherwise, so that what repeats it follows.
fn tell(tx: &Tx, id: PersonId) {
    tx.emit(PERSON_RENAMED, json!({ "person_id": id }));
}

/// Gives a person the right name, within the write that has locked them. What repeats the name follows by
/// [`PERSON_RENAMED`].
pub(super) async fn rename(tx: &Tx, kept: &person::Model, name: &str) -> AppResult<Replaced> {
    if kept.name == name {
        return Ok(Replaced::Same);
    }
    if !store::set_name(tx.conn(), kept.id, kept.version, name).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    tx.note("name", "changed");
    tell(tx, kept.id);
    Ok(Replaced::Done)
}

/// Refuses, in the field at `pointer`, what the number of a person's document tells otherwise.
///
/// # Errors
/// The field.
pub(super) async fn check_told(
    cx: &Services,
    tx: &Tx,
    kept: &person::Model,
    (birth_date, sex): (Option<Date>, Option<Sex>),
    pointer: &str,
) -> AppResult<()> {
    let row = store::find_in_force(tx.conn(), kept.id).await?.ok_or_else(AppError::not_found)?;
    let number = open_number(&cx.keys.fields, &row)?;
    match IdentityDocument::parse(kind_of(&row)?, number.reveal(), tx.now().date_in_china()) {
        Ok(document) => {
            let told = document.agrees_with(birth_date, sex);
            told.map_err(|refusal| AppError::field(pointer, refusal.field_code()))
        }
        // A number that is not of its kind any more tells nothing.
        Err(_) => Ok(()),
    }
}

/// Gives a person the right birth date or sex, within the write that has locked them.
///
/// # Errors
/// The field, if the number of the document tells it otherwise.
pub(super) async fn set_told(
    cx: &Services,
    tx: &Tx,
    kept: &person::Model,
    (birth_date, sex): (Option<Date>, Option<Sex>),
) -> AppResult<Replaced> {
    let pointer = if sex.is_some() { "/stated/sex" } else { "/stated/birth_date" };
    check_told(cx, tx, kept, (birth_date, sex), pointer).await?;
    if !store::set_told(tx.conn(), kept.id, kept.version, birth_date, sex).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    tell(tx, kept.id);
    Ok(Replaced::Done)
}

/// Gives a person the right registered residence, within the write that has locked them.
pub(super) async fn set_household(tx: &Tx, kept: &person::Model, code: &str) -> AppResult<Replaced> {
    match store::set_household(tx.conn(), kept.id, kept.version, code).await? {
        true => Ok(Replaced::Done),
        false => Err(AppError::Problem(ProblemCode::Stale)),
    }
}

/// Gives a person another phone, or none, within the write that has locked them.
pub(super) async fn replace_phone(
    cx: &Services,
    tx: &Tx,
    kept: &person::Model,
    phone: Option<&str>,
) -> AppResult<Replaced> {
    let (keys, id) = (&cx.keys.fields, kept.id);
    let sealed = phone.map(|phone| keys.seal(PHONE.of(id.0), phone, &*cx.ids)).transpose()?;
    let index = phone.map(|phone| keys.blind_index(PHONE, phone));
    tx.note("phone", if sealed.is_some() { "changed" } else { "removed" });
    match store::set_phone(tx.conn(), id, kept.version, sealed, index).await? {
        true => Ok(Replaced::Done),
        false => Err(AppError::Problem(ProblemCode::Stale)),
    }
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
    cx.db
        .write(&person.permit, async |tx| {
            let kept = person.lock(tx).await?;
            if kept.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            replace_phone(cx, tx, &kept, phone.as_deref()).await.map(drop)
        })
        .await
}

/// Says how far a person has come, within the write that moves one of their records.
///
/// # Errors
/// If the store fails.
pub async fn note_state(tx: &Tx, id: PersonId, state: PersonState) -> AppResult<()> {
    store::set_state(tx.conn(), id, state).await
}
