//! The port by which text messages leave the system, and who may stand behind it.

mod file;
mod gateway;

use super::{
    config::{Config, SmsConfig},
    crypto::Plain,
    error::AppResult,
};
use file::FileSms;
use futures::future::LocalBoxFuture;
use gateway::HttpSms;
use shared::messages::MessageKind;
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// A message on its way out. It holds a phone and perhaps a code, so it has no `Debug`.
pub struct OutgoingText {
    /// The message; the same each time that it is handed over.
    pub id: Uuid,
    /// What it is about, which names the template.
    pub kind: MessageKind,
    /// To whom.
    pub phone: Plain,
    /// What the template does not say.
    pub parameters: BTreeMap<String, String>,
    /// The whole text, for a carrier that knows no templates.
    pub text: String,
}

/// Why a message was not handed over. It says nothing of the message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmsFailure {
    /// Another try may bring more.
    #[error("not reached: {reason}")]
    Unreachable {
        /// What happened; for the log.
        reason: String,
    },
    /// It will not be taken.
    #[error("refused: {reason}")]
    Refused {
        /// What happened; for the log.
        reason: String,
    },
}

/// Carries text messages.
pub trait Sms: Send + Sync {
    /// Hands a message over; what the carrier calls it, if it says so.
    fn send<'a>(&'a self, text: &'a OutgoingText) -> LocalBoxFuture<'a, Result<Option<String>, SmsFailure>>;
}

/// Who carries the messages of this system; nobody unless it is configured.
///
/// # Errors
/// If what was configured cannot be used.
pub fn carrier(config: &Config) -> AppResult<Option<Arc<dyn Sms>>> {
    Ok(match &config.sms {
        None => None,
        Some(SmsConfig::File(path)) => Some(Arc::new(FileSms::new(path.clone()))),
        Some(SmsConfig::Http(gateway)) => Some(Arc::new(HttpSms::new(gateway.clone())?)),
    })
}
