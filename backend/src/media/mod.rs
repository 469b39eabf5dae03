//! Pictures for lessons and items: made small, freed of what a camera writes into them, named by
//! their content (ADR 10). Video and sound for lessons (ADR 18), sound for items (ADR 30).

mod entity;
mod photo;
mod recordings;
mod routes;
mod service;
mod store;

pub use photo::{Photo, photo};
pub use recordings::{held_recordings, missing_recordings};
pub use routes::routes;
pub use service::{AddPicture, SmallPicture, add, contents, data_urls, keep, make_small, weights};
