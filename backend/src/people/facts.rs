//! What other features may know of a person: who they are, without any number.

use super::{
    entity::person,
    fields::{birth_date_of, open_number, open_phone, sex_of},
    place::{place_of, visible},
    store,
};
use crate::{
    access::Actor,
    platform::{Services, crypto::Plain, error::AppResult},
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    identity::holds_own_number,
    ids::PersonId,
    person::{Sex, normalise_phone},
    rights::Place,
};
use std::collections::HashMap;

/// So many last characters of a document's number prove that somebody has it at hand.
const TAIL: usize = 4;

/// A person without their numbers.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The sex, if it is known.
    pub sex: Option<Sex>,
    /// The birth date, if it is known.
    pub birth_date: Option<Date>,
    /// Significant digits of the actual residence's code.
    pub residence_division: String,
    /// The place that keeps the person.
    pub place: Place,
}

impl From<person::Model> for PersonFacts {
    fn from(row: person::Model) -> Self {
        let (sex, birth_date, place) = (sex_of(&row), birth_date_of(&row), place_of(&row));
        Self { id: row.id, sex, birth_date, place, name: row.name, residence_division: row.residence_division }
    }
}

/// A person, wherever they are kept. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn facts(cx: &Services, id: PersonId) -> AppResult<Option<PersonFacts>> {
    Ok(store::find(cx.db.read(), id).await?.map(PersonFacts::from))
}

/// Who each of these persons is by now, as `conn` sees it: of who was merged, whoever stays.
///
/// # Errors
/// If the store fails.
pub async fn survivors(conn: &impl ConnectionTrait, ids: &[PersonId]) -> AppResult<HashMap<PersonId, PersonFacts>> {
    let mut found = HashMap::new();
    for id in ids {
        let mut row = store::find(conn, *id).await?;
        while let Some(next) = row.as_ref().and_then(|row| row.merged_into) {
            row = store::find(conn, next).await?;
        }
        found.extend(row.map(|row| (*id, PersonFacts::from(row))));
    }
    Ok(found)
}

/// A person of whom the actor may know.
///
/// # Errors
/// `not-found` if there is none.
pub async fn visible_facts(cx: &Services, actor: &Actor, id: PersonId) -> AppResult<PersonFacts> {
    Ok(visible(cx, actor, id).await?.into())
}

/// Whether somebody knows what a person carries with them: the last four characters of the document in
/// force, or the phone. The caller counts the tries.
///
/// # Errors
/// If the store fails.
pub async fn is_proven_by(cx: &Services, id: PersonId, proof: &str) -> AppResult<bool> {
    Ok(has_document_tail(cx, id, proof).await? || has_phone(cx, id, proof).await?)
}

/// Whether these are the last four characters of a person's document in force. The caller counts the tries.
///
/// # Errors
/// If the store fails.
pub async fn has_document_tail(cx: &Services, id: PersonId, proof: &str) -> AppResult<bool> {
    let Some(document) = store::find_in_force(cx.db.read(), id).await? else { return Ok(false) };
    Ok(proof.chars().count() == TAIL && open_number(&cx.keys.fields, &document)?.reveal().ends_with(proof))
}

/// Whether a text holds a part of a person's own document number or phone: it would make a bad password. The caller
/// counts the tries.
///
/// # Errors
/// If the store fails.
pub async fn holds_number_of(cx: &Services, id: PersonId, text: &str) -> AppResult<bool> {
    let keys = &cx.keys.fields;
    let document = store::find_in_force(cx.db.read(), id).await?;
    let number = document.map(|document| open_number(keys, &document)).transpose()?;
    let person = store::find(cx.db.read(), id).await?;
    let phone = person.map(|person| open_phone(keys, &person)).transpose()?.flatten();
    Ok(number.into_iter().chain(phone).any(|own| holds_own_number(text, own.reveal())))
}

/// The phones of these persons, to send them something; those without one are left out, and those whose one does
/// not open: what is told by text is no reason to stop.
///
/// # Errors
/// If the store fails.
pub async fn phones(cx: &Services, ids: &[PersonId]) -> AppResult<HashMap<PersonId, Plain>> {
    let mut phones = HashMap::new();
    for row in store::list_by_ids(cx.db.read(), ids).await? {
        if let Ok(Some(phone)) = open_phone(&cx.keys.fields, &row) {
            phones.insert(row.id, phone);
        }
    }
    Ok(phones)
}

/// Whether a phone that somebody states is the one that is recorded of a person. The caller counts the tries.
///
/// # Errors
/// If the store fails.
pub async fn has_phone(cx: &Services, id: PersonId, stated: &str) -> AppResult<bool> {
    let Some(stated) = normalise_phone(stated) else { return Ok(false) };
    let Some(row) = store::find(cx.db.read(), id).await? else { return Ok(false) };
    Ok(open_phone(&cx.keys.fields, &row)?.is_some_and(|phone| phone.reveal() == stated))
}
