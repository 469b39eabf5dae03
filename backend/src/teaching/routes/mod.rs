//! What the feature answers to.

mod attendance;
mod notices;
mod photos;
mod skills;
mod timetable;

use crate::platform::http::Routes;

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    timetable::routes(cfg);
    attendance::routes(cfg);
    notices::routes(cfg);
    photos::routes(cfg);
    skills::routes(cfg);
}
