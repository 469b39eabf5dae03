//! Text messages by a gateway in the server's own network, which takes JSON and knows the templates.

use super::{OutgoingText, Sms, SmsFailure};
use crate::platform::{
    config::SmsGateway,
    error::{AppError, AppResult},
};
use futures::future::LocalBoxFuture;
use reqwest::{Client, StatusCode, redirect::Policy};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};
use uuid::Uuid;

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a whole request may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Letters that are kept of what the gateway calls a message.
const MAX_ID_CHARS: usize = 200;

/// Posts each message.
pub(super) struct HttpSms {
    client: Client,
    gateway: SmsGateway,
}

/// What is posted. The id is the same at each try, so that the gateway sends a message once.
#[derive(Serialize)]
struct Posted<'a> {
    id: Uuid,
    signature: &'a str,
    template: &'a str,
    phone: &'a str,
    parameters: &'a BTreeMap<String, String>,
}

/// What the gateway answers.
#[derive(Deserialize)]
struct Accepted {
    id: Option<String>,
}

impl HttpSms {
    pub(super) fn new(gateway: SmsGateway) -> AppResult<Self> {
        let client = Client::builder().connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
        // What is not configured here plays no part: neither a proxy of the environment nor another address.
        let client = client.no_proxy().redirect(Policy::none()).build().map_err(AppError::internal)?;
        Ok(Self { client, gateway })
    }

    async fn post(&self, text: &OutgoingText) -> Result<Option<String>, SmsFailure> {
        let unknown = || SmsFailure::Refused { reason: format!("no template for {}", text.kind) };
        let posted = Posted {
            id: text.id,
            signature: &self.gateway.signature,
            template: self.gateway.templates.get(&text.kind).ok_or_else(unknown)?,
            phone: text.phone.reveal(),
            parameters: &text.parameters,
        };
        let request = self.client.post(&self.gateway.url).bearer_auth(&self.gateway.secret.0).json(&posted);
        let response = request.send().await.map_err(|error| not_reached(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(not_taken(status));
        }
        let accepted = response.json::<Accepted>().await.ok().and_then(|accepted| accepted.id);
        Ok(accepted.map(|id| id.chars().take(MAX_ID_CHARS).collect()))
    }
}

impl Sms for HttpSms {
    fn send<'a>(&'a self, text: &'a OutgoingText) -> LocalBoxFuture<'a, Result<Option<String>, SmsFailure>> {
        Box::pin(self.post(text))
    }
}

/// What went wrong on the way, in a word: the error itself may hold an address.
fn not_reached(error: &reqwest::Error) -> SmsFailure {
    let reason = match (error.is_timeout(), error.is_connect()) {
        (true, _) => "it took too long",
        (false, true) => "no connection",
        (false, false) => "the connection broke",
    };
    SmsFailure::Unreachable { reason: reason.to_owned() }
}

/// Who is busy or broken may take it later; who finds it wrong never will.
fn not_taken(status: StatusCode) -> SmsFailure {
    let reason = format!("status {}", status.as_u16());
    let may_pass =
        status.is_server_error() || [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status);
    if may_pass { SmsFailure::Unreachable { reason } } else { SmsFailure::Refused { reason } }
}
