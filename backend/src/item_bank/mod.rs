//! The item bank: items with their keys, in versions that never change.

mod entity;
mod import;
mod revising;
mod routes;
mod service;
mod store;

pub use import::{ImportIntoBank, import};
pub use routes::routes;
pub use service::{PinnedItem, courses_of, newest, pinned, retired, store_items};
