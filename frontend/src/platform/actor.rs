//! Who is logged in, and the access token. The token lives in memory alone.

use super::{
    client::{self, ApiError, Outcome},
    clock, keep, store,
};
use futures::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use leptos::prelude::*;
use shared::{
    identity::{IdleFacts, LoginReply, LoginRequest, Me},
    ids::{AccountId, SittingId},
    problem::ProblemCode,
    rights::Role,
    sittings::TicketLogin,
    time::Timestamp,
};

/// Whose log-in this browser has, whose cookie can be renewed. No secret.
const HAS_LOGIN: &str = "has_login";

/// When the log-in was renewed the last time, by whichever page of this browser.
const RENEWED_AT: &str = "renewed_at";

/// Until when the log-in does not lie idle: a sitting is open in some page of this browser.
const BUSY_UNTIL: &str = "busy_until";

/// A renewal that is under way, for everybody who waits for it.
type Renewal = Shared<LocalBoxFuture<'static, Outcome<bool>>>;

/// The person at this browser. In every page: `expect_context::<Actor>()`.
#[derive(Clone, Copy)]
pub struct Actor {
    me: RwSignal<Option<Me>>,
    token: StoredValue<Option<String>>,
    renewal: StoredValue<Option<Renewal>, LocalStorage>,
    /// When this page renewed the log-in the last time, and after how many minutes without it ends.
    renewed: StoredValue<Option<(Timestamp, u32)>>,
}

impl Default for Actor {
    fn default() -> Self {
        Self::new()
    }
}

impl Actor {
    /// Nobody yet.
    pub fn new() -> Self {
        Self {
            me: RwSignal::new(None),
            token: StoredValue::new(None),
            renewal: StoredValue::new_local(None),
            renewed: StoredValue::new(None),
        }
    }

    /// Who is logged in, if anybody.
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The roles of whoever is logged in, each once.
    pub fn roles(self) -> Vec<Role> {
        let mut roles: Vec<_> = self.me.with(|me| me.iter().flat_map(|me| &me.roles).map(|held| held.role).collect());
        roles.sort();
        roles.dedup();
        roles
    }

    /// Whose log-in this browser has, known without a network. What is theirs on this device may
    /// be shown to them; the server decides about everything else.
    pub fn kept_account(self) -> Option<AccountId> {
        let known = self.me.with_untracked(|me| me.as_ref().map(|me| me.account_id));
        known.or_else(|| keep::get(HAS_LOGIN)?.parse().ok())
    }

    /// The access token.
    pub fn token(self) -> Option<String> {
        self.token.get_value()
    }

    /// How long the log-in lies unused, if there is one: this page was touched at `touched_at`.
    pub fn idle(self, touched_at: Timestamp) -> Option<IdleFacts> {
        let (here, idle_minutes) = self.renewed.get_value()?;
        let anywhere = [RENEWED_AT, BUSY_UNTIL].map(|name| keep::get(name).and_then(|kept| kept.parse().ok()));
        let renewed_at = anywhere.into_iter().flatten().map(Timestamp).fold(here, Ord::max);
        Some(IdleFacts { renewed_at, touched_at, idle_minutes })
    }

    /// A sitting was opened that goes on until then: no page of this browser ends the log-in before, and neither does
    /// the server.
    pub fn keep_busy(self, until: Timestamp) {
        keep::set(BUSY_UNTIL, Some(&until.0.to_string()));
    }

    /// Logs in.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn log_in(self, request: &LoginRequest) -> Outcome<()> {
        let reply: LoginReply = client::post_open("/logins", request).await?;
        self.remember(reply).await;
        Ok(())
    }

    /// Logs in by an admission ticket; the sitting that it is for.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn log_in_by_ticket(self, shown: &TicketLogin) -> Outcome<SittingId> {
        let reply: LoginReply = client::post_open("/ticket_logins", shown).await?;
        let sitting = reply.me.sitting.ok_or(ApiError::Unreadable)?;
        self.remember(reply).await;
        Ok(sitting)
    }

    /// Renews the log-in that this browser's cookie holds. False if there is none. However many
    /// calls wait for it, the server is asked once.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn renew(self) -> Outcome<bool> {
        let renewal = match self.renewal.get_value() {
            Some(under_way) => under_way,
            None => {
                let ask = async move {
                    let outcome = self.ask_for_renewal().await;
                    self.renewal.set_value(None);
                    outcome
                };
                let renewal = ask.boxed_local().shared();
                self.renewal.set_value(Some(renewal.clone()));
                renewal
            }
        };
        renewal.await
    }

    async fn ask_for_renewal(self) -> Outcome<bool> {
        if keep::get(HAS_LOGIN).is_none() {
            return Ok(false);
        }
        match client::post_open::<_, LoginReply>("/logins/refresh", &()).await {
            Ok(reply) => {
                self.remember(reply).await;
                Ok(true)
            }
            Err(error) if error.code() == Some(ProblemCode::Unauthenticated) => {
                self.forget().await;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Logs out here. The server ends the log-in first; if it cannot be reached, nothing changes,
    /// because the cookie would still open the account.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn log_out(self) -> Outcome<()> {
        match client::delete(self, "/logins/current").await {
            Err(error) if error.code() != Some(ProblemCode::Unauthenticated) => Err(error),
            _ => {
                self.forget().await;
                Ok(())
            }
        }
    }

    async fn remember(self, reply: LoginReply) {
        if self.kept_account() != Some(reply.me.account_id) {
            store::forget_persons().await;
        }
        let now = clock::now();
        self.renewed.set_value(Some((now, reply.idle_minutes)));
        keep::set(RENEWED_AT, Some(&now.0.to_string()));
        keep::set(HAS_LOGIN, Some(&reply.me.account_id.to_string()));
        self.token.set_value(Some(reply.access_token));
        if self.me.with_untracked(|me| me.as_ref() != Some(&reply.me)) {
            self.me.set(Some(reply.me));
        }
    }

    /// Logs out on every device, this one too.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn log_out_everywhere(self) -> Outcome<()> {
        client::delete(self, "/logins").await?;
        self.forget().await;
        Ok(())
    }

    /// Asks anew who this is: after something that had to be done first.
    ///
    /// # Errors
    /// If the server was not reached or refused.
    pub async fn ask_again(self) -> Outcome<()> {
        let me: Me = client::get(self, "/me").await?;
        self.me.set(Some(me));
        Ok(())
    }

    async fn forget(self) {
        keep::set(HAS_LOGIN, None);
        keep::set(BUSY_UNTIL, None);
        self.renewed.set_value(None);
        self.token.set_value(None);
        // Before the page changes: somebody may close it then.
        store::forget_persons().await;
        self.me.set(None);
    }
}
