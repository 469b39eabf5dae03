//! Who is logged in, and the access token. The token lives in memory alone.

use super::{client, keep};
use leptos::prelude::*;
use shared::{
    identity::{LoginReply, LoginRequest, Me},
    problem::ProblemCode,
};

/// Says that this browser has a log-in whose cookie can be renewed. No secret.
const HAS_LOGIN: &str = "has_login";

/// The person at this browser.
#[derive(Clone, Copy)]
pub(crate) struct Actor {
    me: RwSignal<Option<Me>>,
    token: StoredValue<Option<String>>,
}

impl Actor {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self { me: RwSignal::new(None), token: StoredValue::new(None) }
    }

    /// Who is logged in, if anybody.
    pub(crate) fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The access token.
    pub(crate) fn token(self) -> Option<String> {
        self.token.get_value()
    }

    /// Logs in.
    pub(crate) async fn log_in(self, request: &LoginRequest) -> client::Outcome<()> {
        let reply: LoginReply = client::post_as(None, "/logins", request).await?;
        self.remember(reply);
        Ok(())
    }

    /// Renews the log-in that this browser's cookie holds. False if there is none.
    pub(crate) async fn renew(self) -> client::Outcome<bool> {
        if keep::get(HAS_LOGIN).is_none() {
            return Ok(false);
        }
        match client::post_as::<(), LoginReply>(None, "/logins/refresh", &()).await {
            Ok(reply) => {
                self.remember(reply);
                Ok(true)
            }
            Err(client::Failure::Problem(problem)) if problem.code == ProblemCode::Unauthenticated => {
                self.forget();
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Logs out here; the server's side ends if it can be reached.
    pub(crate) async fn log_out(self) {
        drop(client::delete(self, "/logins/current").await);
        self.forget();
    }

    fn remember(self, reply: LoginReply) {
        keep::set(HAS_LOGIN, Some("yes"));
        self.token.set_value(Some(reply.access_token));
        self.me.set(Some(reply.me));
    }

    fn forget(self) {
        keep::set(HAS_LOGIN, None);
        self.token.set_value(None);
        self.me.set(None);
    }
}
