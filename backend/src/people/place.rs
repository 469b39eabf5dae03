//! Which place keeps a person, and who may know of them.

use super::{entity::person, store};
use crate::{
    access::{Action, Actor, Permit, authorize},
    organisation::{self, ProviderFacts},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{PersonId, ProviderId},
    organisation::OpenState,
    rights::{Place, Right},
};
use std::collections::HashMap;

/// The place with these columns.
pub(super) fn place(division: &str, provider_id: Option<ProviderId>) -> Place {
    match provider_id {
        Some(id) => Place::Provider { id, division: division.to_owned() },
        None => Place::Division { code: division.to_owned() },
    }
}

/// The columns of a place.
pub(super) fn columns(place: &Place) -> AppResult<(String, Option<ProviderId>)> {
    match place {
        Place::Division { code } => Ok((code.clone(), None)),
        Place::Provider { id, division } => Ok((division.clone(), Some(*id))),
        Place::Class { .. } | Place::ServicePoint { .. } | Place::Course { .. } | Place::Own { .. } => {
            Err(AppError::internal("a person is kept by a division or a school"))
        }
    }
}

pub(super) fn place_of(row: &person::Model) -> Place {
    place(&row.division, row.provider_id)
}

/// A person of whom the actor may know.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn visible(cx: &Services, actor: &Actor, id: PersonId) -> AppResult<person::Model> {
    let row = store::find(cx.db.read(), id).await?.filter(|row| row.merged_into.is_none());
    row.filter(|row| actor.has_any(&[Right::ReadPeople], &place_of(row))).ok_or_else(AppError::not_found)
}

/// A permit for a person, and the place where it was given.
pub struct PersonPermit<A: Action> {
    pub(super) permit: Permit<A>,
    place: Place,
}

impl<A: Action<Target = PersonId>> PersonPermit<A> {
    /// The person's row; nobody else changes it until the write ends.
    ///
    /// # Errors
    /// `not-found` if they have gone to another place, or into another record, since the permit was given.
    pub(super) async fn lock(&self, tx: &Tx) -> AppResult<person::Model> {
        let row = store::lock(tx.conn(), *self.permit.target()).await?.filter(|row| row.merged_into.is_none());
        row.filter(|row| place_of(row) == self.place).ok_or_else(AppError::not_found)
    }
}

/// Lets the actor do `A` to a person.
///
/// # Errors
/// `not-found` if the actor may not know of the person, `forbidden` if they may but lack the right.
pub async fn permit<A: Action<Target = PersonId>>(
    cx: &Services,
    actor: &Actor,
    id: PersonId,
) -> AppResult<PersonPermit<A>> {
    let place = place_of(&visible(cx, actor, id).await?);
    Ok(PersonPermit { permit: authorize(actor, id, &place)?, place })
}

/// Keeps a person where they are until the write ends.
///
/// # Errors
/// `not-found` if they have gone to another place, or into another record.
pub async fn hold(tx: &Tx, id: PersonId, place: &Place) -> AppResult<()> {
    let row = store::lock(tx.conn(), id).await?.filter(|row| row.merged_into.is_none());
    row.filter(|row| place_of(row) == *place).map(drop).ok_or_else(AppError::not_found)
}

/// Refuses, in the field at `pointer`, a division that there is not or in which nobody lives but in
/// its parts.
pub(super) async fn check_township(cx: &Services, code: &str, pointer: &str) -> AppResult<()> {
    if organisation::is_innermost(cx, code).await? {
        return Ok(());
    }
    let refusal = if organisation::has_division(cx, code).await? { "division-too-wide" } else { "not-found" };
    Err(AppError::field(pointer, refusal))
}

/// The school that is to keep somebody.
///
/// # Errors
/// The field `/provider_id` if there is none, or it is closed.
pub(super) async fn open_school(cx: &Services, id: ProviderId) -> AppResult<ProviderFacts> {
    let school = organisation::provider(cx, id).await.map_err(|error| error.at_field("/provider_id"))?;
    match school.state {
        OpenState::Open => Ok(school),
        OpenState::Closed => Err(AppError::field("/provider_id", "provider-closed")),
    }
}

/// The place that keeps a person.
///
/// # Errors
/// `not-found` if there is no such person.
pub async fn person_place(cx: &Services, id: PersonId) -> AppResult<Place> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok(place_of(&row))
}

/// The places that keep these persons.
///
/// # Errors
/// If the store fails.
pub async fn person_places(cx: &Services, ids: &[PersonId]) -> AppResult<HashMap<PersonId, Place>> {
    let rows = store::list_by_ids(cx.db.read(), ids).await?;
    Ok(rows.iter().map(|row| (row.id, place_of(row))).collect())
}
