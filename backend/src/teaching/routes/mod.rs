//! What the feature answers to.

mod attendance;
mod notices;
mod photos;
mod skills;
mod timetable;

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    timetable::routes(cfg);
    attendance::routes(cfg);
    notices::routes(cfg);
    photos::routes(cfg);
    skills::routes(cfg);
}
