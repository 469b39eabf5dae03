//! What anybody may know of the schools of a place: where they are, never who is there.

use super::{
    divisions::{Surroundings, surroundings},
    entity::{provider, service_point, teaching_point},
    places::{self, Names},
    store,
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use shared::{
    ids::ProviderId,
    organisation::{DivisionCode, EnrolmentPlaces, ProviderKind, PublicPoint, PublicProvider},
};
use std::collections::HashMap;

/// Points, by whose they are.
type Points = HashMap<ProviderId, Vec<PublicPoint>>;

/// Where to enrol in a division. Above the county only the way down is told.
///
/// # Errors
/// `not-found` if there is no such division.
pub(super) async fn places(cx: &Services, code: DivisionCode) -> AppResult<EnrolmentPlaces> {
    let Surroundings { way, parts } = surroundings(cx, code).await?;
    let providers = match code.county() {
        Some(_) => providers(cx, code).await?,
        None => Vec::new(),
    };
    Ok(EnrolmentPlaces { way, parts, providers })
}

async fn providers(cx: &Services, code: DivisionCode) -> AppResult<Vec<PublicProvider>> {
    let conn = cx.db.read();
    let rows = store::list_open_providers_around(conn, code).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut teaching = Points::new();
    for row in store::list_open_of::<teaching_point::Entity>(conn, &ids).await? {
        let teaching_point::Model { provider_id, name, address, phone, .. } = row;
        let point = PublicPoint { name, address, phone, opening_hours: None };
        teaching.entry(provider_id).or_default().push(point);
    }
    let mut serving = Points::new();
    for row in store::list_open_of::<service_point::Entity>(conn, &ids).await? {
        let service_point::Model { provider_id, name, address, phone, opening_hours, .. } = row;
        let point = PublicPoint { name, address, phone, opening_hours: Some(opening_hours) };
        serving.entry(provider_id).or_default().push(point);
    }
    let names = Names::of(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let view = |row: provider::Model| {
        Ok(PublicProvider {
            kind: ProviderKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown kind of a provider"))?,
            division_name: names.path(places::code(&row.division)?),
            teaching_points: teaching.remove(&row.id).unwrap_or_default(),
            service_points: serving.remove(&row.id).unwrap_or_default(),
            name: row.name,
        })
    };
    rows.into_iter().map(view).collect()
}
