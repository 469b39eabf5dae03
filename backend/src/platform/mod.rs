//! What every feature stands on: configuration, clock, ids, store, keys, HTTP.

pub mod clock;
pub mod config;
pub mod coordination;
pub mod crypto;
pub mod db;
pub mod error;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod markdown;
pub mod sealed;
pub mod sms;
pub mod telemetry;
pub mod texts;
pub mod words;

use std::sync::Arc;

/// Everything that a service may use, passed explicitly.
#[derive(Clone)]
pub struct Services {
    /// The only clock.
    pub clock: Arc<dyn clock::Clock>,
    /// The only source of ids, seeds and secrets.
    pub ids: Arc<dyn ids::IdSource>,
    /// The store.
    pub db: db::Db,
    /// Rate limits and the like.
    pub coordination: Arc<dyn coordination::Coordination>,
    /// Who carries text messages; without a carrier none are offered.
    pub sms: Option<Arc<dyn sms::Sms>>,
    /// Keys for signing and for encryption at rest.
    pub keys: Arc<crypto::Keys>,
    /// The configuration.
    pub config: Arc<config::Config>,
}
