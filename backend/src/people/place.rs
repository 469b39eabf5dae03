//! Which place keeps a person, and who may know of them.

use super::{entity::person, store};
use crate::{
    access::{Action, Actor, Permit, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{PersonId, ProviderId},
    problem::ProblemCode,
    rights::{self, Place, Right},
};
use std::collections::HashMap;

/// The places at which somebody has a right.
pub(super) struct Reach {
    /// Divisions, by the digits that everything in them begins with.
    pub(super) divisions: Vec<String>,
    pub(super) providers: Vec<ProviderId>,
}

impl Reach {
    /// Where the actor has `right`.
    ///
    /// # Errors
    /// `forbidden` if that is nowhere.
    pub(super) fn of(actor: &Actor, right: Right) -> AppResult<Self> {
        let mut reach = Self { divisions: Vec::new(), providers: Vec::new() };
        for held in rights::places(&actor.roles, right) {
            match held {
                Place::Division { code } => reach.divisions.push(code.clone()),
                Place::Provider { id, .. } => reach.providers.push(*id),
                Place::Class { .. } | Place::Own { .. } => {}
            }
        }
        let is_nowhere = reach.divisions.is_empty() && reach.providers.is_empty();
        if is_nowhere { Err(AppError::Problem(ProblemCode::Forbidden)) } else { Ok(reach) }
    }
}

/// The first code of equal length that does not lie in this division: `34` after `33`.
pub(super) fn next_code(code: &str) -> String {
    code.parse::<u64>().map_or_else(|_| code.to_owned(), |number| (number + 1).to_string())
}

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
        Place::Class { .. } | Place::Own { .. } => {
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
    let row = store::find(cx.db.read(), id).await?;
    row.filter(|row| actor.has_any(&[Right::ReadPeople], &place_of(row))).ok_or_else(AppError::not_found)
}

/// Lets the actor do `A` to a person.
///
/// # Errors
/// `not-found` if the actor may not know of the person, `forbidden` if they may but lack the right.
pub(super) async fn permit<A: Action<Target = PersonId>>(
    cx: &Services,
    actor: &Actor,
    id: PersonId,
) -> AppResult<Permit<A>> {
    let row = visible(cx, actor, id).await?;
    authorize(actor, id, &place_of(&row))
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
