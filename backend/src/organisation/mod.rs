//! Divisions and the providers of education in them.

mod entity;
mod service;
mod store;

pub use service::{ProviderFacts, catalogue, create_divisions, create_provider, provider};
