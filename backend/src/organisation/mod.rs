//! Divisions, the providers of education in them, and where these teach, serve and test.

mod closing;
mod division_book;
mod division_changes;
mod division_merge;
mod divisions;
mod entity;
mod exam_rooms;
mod exam_sites;
mod place_book;
mod places;
mod providers;
mod public;
mod routes;
mod service_points;
mod store;
mod teaching_points;

pub use division_book::{DivisionBook, DivisionColumn, DivisionKeeper, DivisionWay, PlainDivisions};
pub use division_changes::hold_division;
pub use division_merge::former_divisions;
pub use divisions::{
    Surroundings, division_names, gazetteer, has_division, is_innermost, load_divisions, surroundings,
};
pub use exam_rooms::{ExamSiteInUse, exam_sites_in, exam_sites_in_use};
pub use exam_sites::{create_exam_site, list as exam_sites_within};
pub use place_book::Places;
pub use places::{OfProvider, PlaceFilter};
pub use providers::{
    OfKind, ProviderFacts, catalogue, catalogue_for, catalogue_of, create_provider, hold_provider,
    list as providers_within, names as provider_names, of_open_provider, open_around, provider, provider_within,
};
pub use routes::routes;
pub use service_points::{create_service_point, list as service_points_within, places_to_serve};
pub use teaching_points::{
    TeachingPointFacts, create_teaching_point, hold_teaching_point, list as teaching_points_within, teaching_point,
    teaching_points,
};
