//! What providers, points and sites have in common: how they are listed, named and checked.

use super::store::{self, PlaceTable, Wanted};
use crate::{
    access::{Actor, Scope},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use sea_orm::{Condition, Value};
use serde::Deserialize;
use shared::{
    ids::ProviderId,
    organisation::{DivisionCode, DivisionLevel, OpenState},
    page::{Page, PageQuery},
    problem::FieldError,
    rights::{Place, Right},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Which places are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct PlaceFilter {
    /// The division that they lie in, at any level.
    #[param(value_type = Option<String>)]
    pub division: Option<DivisionCode>,
    /// Whether they are in use.
    pub state: Option<OpenState>,
    /// Part of their name.
    pub name: Option<String>,
}

/// Which points are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct OfProvider {
    /// Whose they are.
    pub provider_id: Option<ProviderId>,
}

/// One page of the places that the actor may see, by division.
pub(super) async fn list<E: PlaceTable>(
    cx: &Services,
    actor: &Actor,
    (filter, query): (&PlaceFilter, &PageQuery),
    also: Condition,
    key: fn(&E::Model) -> (String, Uuid),
) -> AppResult<Page<E::Model>> {
    let scope = Scope::of(actor, Right::ReadOrganisation)?;
    let wanted = Wanted {
        scope: &scope,
        division: filter.division,
        state: filter.state,
        name: filter.name.as_deref().map(str::trim).filter(|name| !name.is_empty()),
        also,
        after: decode_cursor(query)?,
        rows: query.rows() + 1,
    };
    let rows = store::list::<E>(cx.db.read(), wanted).await?;
    Ok(page(rows, query, key))
}

/// A place that the actor may see; to others it is not there.
pub(super) async fn seen<E: PlaceTable>(
    cx: &Services,
    actor: &Actor,
    id: impl Into<Value>,
    place: fn(&E::Model) -> Place,
) -> AppResult<E::Model> {
    let scope = Scope::of(actor, Right::ReadOrganisation)?;
    let row = store::find::<E>(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if scope.contains(&place(&row)) { Ok(row) } else { Err(AppError::not_found()) }
}

/// Where something of a provider lies.
pub(super) fn of_provider(id: ProviderId, division: impl Into<String>) -> Place {
    Place::Provider { id, division: division.into() }
}

/// Refuses wrong fields.
pub(super) fn none_of(errors: Vec<FieldError>) -> AppResult<()> {
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// Refuses a division that there is not, or not any more.
pub(super) async fn check_division(tx: &Tx, code: DivisionCode) -> AppResult<()> {
    match store::find_standing_division(tx.conn(), code).await? {
        Some(_) => Ok(()),
        None => Err(AppError::field("/division", "not-found")),
    }
}

/// A division as it stands in the store.
pub(super) fn code(text: &str) -> AppResult<DivisionCode> {
    DivisionCode::parse(text).ok_or_else(|| AppError::internal("a place without a division"))
}

/// A state as it stands in the store.
pub(super) fn state(text: &str) -> AppResult<OpenState> {
    OpenState::parse(text).ok_or_else(|| AppError::internal("a place in an unknown state"))
}

/// The names of divisions.
pub(super) struct Names(HashMap<DivisionCode, String>);

impl Names {
    /// Of these, and of what they lie in.
    pub(super) async fn of<'a>(cx: &Services, codes: impl Iterator<Item = &'a str>) -> AppResult<Self> {
        let codes: BTreeSet<_> = codes.filter_map(DivisionCode::parse).flat_map(DivisionCode::and_above).collect();
        let rows = store::list_divisions(cx.db.read(), &codes.into_iter().collect::<Vec<_>>()).await?;
        let named = |row: super::entity::division::Model| Some((DivisionCode::parse(&row.code)?, row.name));
        Ok(Self(rows.into_iter().filter_map(named).collect()))
    }

    /// The names of a division and of what it lies in, below the province.
    pub(super) fn path(&self, code: DivisionCode) -> String {
        let path: Vec<_> = code.and_above().filter(|code| code.level() != DivisionLevel::Province).collect();
        let names = path.into_iter().rev().filter_map(|code| self.0.get(&code));
        names.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The same; the province by its own name.
    pub(super) fn whole(&self, code: DivisionCode) -> String {
        match code.level() {
            DivisionLevel::Province => self.0.get(&code).cloned().unwrap_or_default(),
            _ => self.path(code),
        }
    }
}
