//! The places at which roles are held: those of the organisation, and the courses of the catalogue.

use crate::{
    access::PlaceBook,
    learning, organisation,
    platform::{Services, db::Tx, error::AppResult, words::word},
};
use futures::future::LocalBoxFuture;
use shared::{identity::NamedPlace, ids::CourseId, problem::ProblemCode, rights::Place};
use std::collections::{BTreeSet, HashMap};

/// Every place of the province, and every course.
pub(super) struct AllPlaces {
    cx: Services,
    organisation: organisation::Places,
}

impl AllPlaces {
    pub(super) fn new(cx: Services) -> Self {
        Self { organisation: organisation::Places(cx.clone()), cx }
    }
}

impl PlaceBook for AllPlaces {
    fn find<'a>(&'a self, named: &'a NamedPlace) -> LocalBoxFuture<'a, AppResult<Option<Place>>> {
        match named {
            NamedPlace::Course { id } => Box::pin(find_course(&self.cx, *id)),
            _ => self.organisation.find(named),
        }
    }

    /// No course is ever deleted.
    fn hold<'a>(&'a self, tx: &'a Tx, place: &'a Place) -> LocalBoxFuture<'a, AppResult<bool>> {
        self.organisation.hold(tx, place)
    }

    fn names<'a>(&'a self, places: &'a [Place]) -> LocalBoxFuture<'a, AppResult<HashMap<Place, String>>> {
        Box::pin(async move {
            let mut names = self.organisation.names(places).await?;
            let course = |place: &Place| if let Place::Course { id, .. } = place { Some(*id) } else { None };
            for id in places.iter().filter_map(course).collect::<BTreeSet<CourseId>>() {
                let title = learning::course(&self.cx, id).await?.title;
                names.insert(organisation::catalogue_of(id), format!("{}: {title}", word("rights.course")));
            }
            Ok(names)
        })
    }
}

async fn find_course(cx: &Services, id: CourseId) -> AppResult<Option<Place>> {
    match learning::course(cx, id).await {
        Ok(course) => Ok(Some(organisation::catalogue_of(course.id))),
        Err(error) if error.code() == ProblemCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
