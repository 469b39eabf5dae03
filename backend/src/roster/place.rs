//! The place that a roster belongs to: a school, or a township whose office keeps the list itself.

use super::entity::{roster_batch, roster_check, roster_entry, roster_round};
use crate::{
    access::{Actor, Scope},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::ProviderId,
    organisation::DivisionCode,
    problem::ProblemCode,
    rights::{Place, Right},
};

/// The columns of a place.
pub(super) fn columns(place: &Place) -> AppResult<(DivisionCode, Option<ProviderId>)> {
    let (code, provider_id) = match place {
        Place::Division { code } => (code, None),
        Place::Provider { id, division } => (division, Some(*id)),
        Place::Class { .. } | Place::ServicePoint { .. } | Place::Course { .. } | Place::Own { .. } => {
            return Err(AppError::internal("a roster is a division's or a school's"));
        }
    };
    let code = DivisionCode::parse(code).ok_or_else(|| AppError::internal("a place without a division"))?;
    Ok((code, provider_id))
}

fn place(division: &str, provider_id: Option<ProviderId>) -> Place {
    match provider_id {
        Some(id) => Place::Provider { id, division: division.to_owned() },
        None => Place::Division { code: division.to_owned() },
    }
}

pub(super) fn place_of_batch(row: &roster_batch::Model) -> Place {
    place(&row.division, row.provider_id)
}

pub(super) fn place_of_check(row: &roster_check::Model) -> Place {
    place(&row.division, row.provider_id)
}

pub(super) fn place_of_round(row: &roster_round::Model) -> Place {
    place(&row.division, row.provider_id)
}

pub(super) fn place_of_entry(row: &roster_entry::Model) -> Place {
    place(&row.division, row.provider_id)
}

/// The place with these fields of a request.
///
/// # Errors
/// The field that names none.
pub(super) async fn stated(cx: &Services, division: Option<&str>, provider_id: Option<ProviderId>) -> AppResult<Place> {
    if let Some(id) = provider_id {
        let provider = organisation::provider(cx, id).await.map_err(|error| error.at_field("/provider_id"))?;
        return Ok(Place::Provider { id, division: provider.division });
    }
    let code = division.ok_or_else(|| AppError::field("/division", "required"))?;
    let code = DivisionCode::parse(code).ok_or_else(|| AppError::field("/division", "division-malformed"))?;
    if organisation::has_division(cx, code.as_str()).await? {
        Ok(code.place())
    } else {
        Err(AppError::field("/division", "not-found"))
    }
}

/// What lies where the actor has `right`; the ranges of divisions are for the indexes.
///
/// # Errors
/// `forbidden` if that is nowhere.
pub(super) fn within<C: ColumnTrait>(actor: &Actor, right: Right, division: C, provider: C) -> AppResult<Condition> {
    let scope = Scope::of(actor, right)?;
    let roots = scope.roots();
    let ranges = roots.into_iter().fold(Condition::any(), |any, root| any.add(crate::access::lies_in(division, root)));
    Ok(Condition::all().add(ranges).add(scope.within(division, Some(provider))))
}

/// Refuses to say anything of what the actor may not see.
pub(super) fn seen<T>(actor: &Actor, row: Option<T>, place: impl Fn(&T) -> Place) -> AppResult<T> {
    let row = row.filter(|row| actor.has_any(&[Right::ReadRoster], &place(row)));
    row.ok_or(AppError::Problem(ProblemCode::NotFound))
}
