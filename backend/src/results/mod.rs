//! Scores and their release.

mod division_columns;
mod entity;
mod gradebook;
mod measuring;
mod person_facts;
mod rechecks;
mod routes;
mod service;
mod store;
mod work;

pub use division_columns::division_columns;
pub use measuring::{MeasureItems, RESULTS_RELEASED};
pub use person_facts::person_facts;
pub use rechecks::{RESULT_CORRECTED, rechecks_of};
pub use routes::routes;
pub use service::{ReleaseResults, ReleasedResult, hold_released_for, release, released, released_in};
pub use work::work;
