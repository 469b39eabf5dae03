//! The places at which roles are held: divisions, providers and service points. Of courses nothing is known here.

use super::{has_division, places::Names, provider, service_points, store};
use crate::{
    access::PlaceBook,
    platform::{Services, db::Tx, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::{
    identity::NamedPlace,
    ids::{ProviderId, ServicePointId},
    organisation::DivisionCode,
    problem::ProblemCode,
    rights::Place,
};
use std::collections::HashMap;

/// Every place of the province.
pub struct Places(pub Services);

impl PlaceBook for Places {
    fn find<'a>(&'a self, named: &'a NamedPlace) -> LocalBoxFuture<'a, AppResult<Option<Place>>> {
        Box::pin(find(&self.0, named))
    }

    fn hold<'a>(&'a self, tx: &'a Tx, place: &'a Place) -> LocalBoxFuture<'a, AppResult<bool>> {
        Box::pin(hold(tx, place))
    }

    fn names<'a>(&'a self, places: &'a [Place]) -> LocalBoxFuture<'a, AppResult<HashMap<Place, String>>> {
        Box::pin(names(&self.0, places))
    }
}

async fn find(cx: &Services, named: &NamedPlace) -> AppResult<Option<Place>> {
    match named {
        NamedPlace::Division { code } => Ok(has_division(cx, code.as_str()).await?.then(|| code.place())),
        NamedPlace::Provider { id } => match provider(cx, *id).await {
            Ok(school) => Ok(Some(Place::Provider { id: school.id, division: school.division })),
            Err(error) if error.code() == ProblemCode::NotFound => Ok(None),
            Err(error) => Err(error),
        },
        NamedPlace::ServicePoint { id } => service_points::open_place(cx, *id).await,
        NamedPlace::Course { .. } => Ok(None),
    }
}

/// Roles end with the service point at which they are held, and with no other place.
async fn hold(tx: &Tx, place: &Place) -> AppResult<bool> {
    match place {
        Place::ServicePoint { id, .. } => service_points::hold_open(tx, *id).await,
        Place::Division { .. }
        | Place::Provider { .. }
        | Place::Class { .. }
        | Place::Course { .. }
        | Place::Own { .. } => Ok(true),
    }
}

/// A division after what it lies in; of a school or its class, the school's name; of a service point, its own.
async fn names(cx: &Services, places: &[Place]) -> AppResult<HashMap<Place, String>> {
    let codes = places.iter().filter_map(|place| match place {
        Place::Division { code } => Some(code.as_str()),
        _ => None,
    });
    let divisions = Names::of(cx, codes).await?;
    let schools: Vec<ProviderId> = places.iter().filter_map(school_of).collect();
    let schools: HashMap<_, _> =
        store::list_providers(cx.db.read(), &schools).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let points: Vec<ServicePointId> = places.iter().filter_map(point_of).collect();
    let points: HashMap<_, _> =
        store::list_service_points(cx.db.read(), &points).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let name = |place: &Place| match place {
        Place::Division { code } => DivisionCode::parse(code).map(|code| divisions.whole(code)),
        Place::ServicePoint { id, .. } => points.get(id).cloned(),
        other => schools.get(&school_of(other)?).cloned(),
    };
    Ok(places.iter().filter_map(|place| Some((place.clone(), name(place)?))).collect())
}

fn school_of(place: &Place) -> Option<ProviderId> {
    match place {
        Place::Provider { id, .. } | Place::Class { provider: id, .. } => Some(*id),
        Place::Division { .. } | Place::ServicePoint { .. } | Place::Course { .. } | Place::Own { .. } => None,
    }
}

fn point_of(place: &Place) -> Option<ServicePointId> {
    if let Place::ServicePoint { id, .. } = place { Some(*id) } else { None }
}
