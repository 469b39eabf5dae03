//! Log-in, its renewal and its end.

use super::{
    entity::{account, login, refresh_token},
    failures::Failures,
    login_names, privacy, second_factor, store,
    token::Tokens,
};
use crate::{
    access::{Actor, Entrant, JobName, Permit, actions, authorize},
    platform::{
        Services,
        crypto::{hash_password, password_matches},
        db::Tx,
        error::{AppError, AppResult},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use shared::{
    identity::{LoginName, LoginNeed, LoginReply, LoginRequest, LoginView, Me, check_lengths},
    ids::{AccountId, LoginId},
    problem::{ProblemCode, Refusal},
    rights::{Place, Role, RoleAt},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Tries from one network for one name before they must wait.
pub(super) const TRIES: u64 = 10;
/// How long they must wait.
pub(super) const TRIES_WINDOW_S: u32 = 900;
/// A refresh token may be used again for this long, for a reply that was lost.
const REPEAT_GRACE_S: i64 = 30;
/// A learner's log-in that is not used ends by itself; that of staff sooner, as the configuration says.
const LOGIN_IDLE_S: i64 = 14 * 86_400;
/// Password hashes computed at once.
const HASHES_AT_ONCE: usize = 2;

actions! {
    /// Begin, renew or end a log-in.
    KeepLogin(LoginId) = ManageOwnLogins;
    /// End all of one's own log-ins.
    EndAllLogins(AccountId) = ManageOwnLogins;
}

/// The password is right, and too old.
#[derive(Debug, thiserror::Error)]
#[error("the first password has expired")]
struct FirstPasswordExpired;

impl Refusal for FirstPasswordExpired {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongCredentials
    }

    fn message_key(&self) -> &'static str {
        "wrong-credentials.first-password-expired"
    }
}

/// The password is right, and the person has another account since two records of theirs became one.
#[derive(Debug, thiserror::Error)]
#[error("the account is closed")]
struct AccountClosed;

impl Refusal for AccountClosed {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongCredentials
    }

    fn message_key(&self) -> &'static str {
        "wrong-credentials.account-closed"
    }
}

/// Whether somebody holds any role but that of a learner.
pub(super) fn is_staff(roles: &[RoleAt]) -> bool {
    roles.iter().any(|held| held.role != Role::Learner)
}

/// Log-ins and the tokens that prove them.
pub struct Identity {
    pub(super) cx: Services,
    pub(super) tokens: Tokens,
    hashing: Arc<Semaphore>,
    /// Compared with when there is no such account, so that the answer takes as long.
    nobody: String,
}

/// A log-in's reply and its new refresh token.
pub struct Granted {
    /// The reply's body.
    pub reply: LoginReply,
    /// Goes into the cookie.
    pub refresh_token: String,
}

impl Identity {
    /// # Errors
    /// If the keys cannot be used.
    pub fn new(cx: Services) -> AppResult<Self> {
        let tokens = Tokens::new(&cx.keys.tokens)?;
        let nobody = hash_password("nobody", &[0; 16])?;
        Ok(Self { cx, tokens, hashing: Arc::new(Semaphore::new(HASHES_AT_ONCE)), nobody })
    }

    /// Logs in by name or phone and password, and by a code if the account has a second factor.
    ///
    /// Tries are counted for a name and a network until somebody is in: who has the password and no
    /// code learns little, and who guesses elsewhere keeps nobody out. What failed is counted for the
    /// network alone, too, whatever the name.
    ///
    /// # Errors
    /// [`ProblemCode::WrongCredentials`], the same for an unknown name; [`AppError::TooMany`];
    /// [`ProblemCode::SecondFactorNeeded`] and [`ProblemCode::WrongCode`]; [`AppError::Invalid`] for
    /// what nobody can have as a name or password.
    pub async fn log_in(&self, request: LoginRequest, device: String, network: &str) -> AppResult<Granted> {
        check_lengths(&request).map_err(AppError::Invalid)?;
        let name = LoginName::read(&request.name);
        let failures = Failures::of(&self.cx, network);
        failures.judge().await?;
        let throttle = login_names::throttle(&self.cx, &name, network);
        if self.cx.coordination.count(&throttle, TRIES_WINDOW_S).await > TRIES {
            return Err(AppError::TooMany { retry_after_s: u64::from(TRIES_WINDOW_S) });
        }
        let account = login_names::find(&self.cx, &name).await?;
        let account = self.with_password(account, request.password, &failures).await?;
        let factor = store::find_confirmed_factor(self.cx.db.read(), account.id).await?;
        let proof = match &factor {
            Some(factor) => Some(second_factor::judge(&self.cx, factor, request.code.as_deref()).await?),
            None => None,
        };
        let need = self.need(self.cx.db.read(), &account).await?;

        let login_id: LoginId = self.cx.ids.new_id();
        let permit = Permit::<KeepLogin>::for_job(JobName::LogIn, login_id);
        let refresh_token = self.new_refresh_token();
        self.cx
            .db
            .write(&permit, async |tx| {
                tx.note("account", account.id.to_string());
                if let Some(proof) = proof.clone() {
                    second_factor::use_up(tx, account.id, proof).await?;
                }
                let row = login::Model {
                    id: login_id,
                    account_id: account.id,
                    device: device.chars().take(200).collect(),
                    created_at: tx.now(),
                    last_used_at: tx.now(),
                    ended_at: None,
                    need: need.map(|need| need.as_str().to_owned()),
                };
                store::insert_login(tx.conn(), row).await?;
                insert_token(tx, login_id, &refresh_token).await
            })
            .await?;
        self.cx.coordination.forget(&throttle).await;
        if factor.is_some() {
            second_factor::forget_tries(&self.cx, account.id).await;
        }
        self.grant(account, login_id, need, refresh_token).await
    }

    /// The account, if the password is its own and neither has ended. It takes as long without one.
    async fn with_password(
        &self,
        account: Option<account::Model>,
        password: String,
        failures: &Failures<'_>,
    ) -> AppResult<account::Model> {
        let hash = account.as_ref().map_or_else(|| self.nobody.clone(), |account| account.password_hash.clone());
        let turn = self.hashing.acquire().await.map_err(AppError::internal)?;
        // Those who tried at the same time had their turns, and have been counted.
        failures.judge().await?;
        let matches = compare(password, hash).await?;
        let account = account.filter(|_| matches);
        if account.is_none() {
            failures.count().await;
        }
        drop(turn);
        let account = account.ok_or(AppError::Problem(ProblemCode::WrongCredentials))?;
        if account.closed_at.is_some() {
            return Err(AppError::refused(AccountClosed));
        }
        match account.first_password_until {
            Some(until) if until < self.cx.clock.now() => Err(AppError::refused(FirstPasswordExpired)),
            _ => Ok(account),
        }
    }

    /// What somebody has to do before anything else.
    async fn need(&self, conn: &impl ConnectionTrait, account: &account::Model) -> AppResult<Option<LoginNeed>> {
        match account.first_password_until {
            Some(_) => Ok(Some(LoginNeed::NewPassword)),
            None => self.need_after_password(conn, account.id).await,
        }
    }

    /// The same for somebody who has a password of their own.
    pub(super) async fn need_after_password(
        &self,
        conn: &impl ConnectionTrait,
        id: AccountId,
    ) -> AppResult<Option<LoginNeed>> {
        let is_staff = is_staff(&store::list_roles(conn, id).await?);
        let is_on = store::find_confirmed_factor(conn, id).await?.is_some();
        Ok(second_factor::need(self.cx.config.staff_totp, is_staff, is_on))
    }

    /// Hashes a password with a fresh salt, when it is its turn.
    pub(super) async fn hash(&self, password: String) -> AppResult<String> {
        let _turn = self.hashing.acquire().await.map_err(AppError::internal)?;
        let salt = self.cx.ids.secret();
        actix_web::web::block(move || hash_password(&password, &salt)).await.map_err(AppError::internal)?
    }

    pub(super) async fn matches(&self, password: String, hash: String) -> AppResult<bool> {
        let _turn = self.hashing.acquire().await.map_err(AppError::internal)?;
        compare(password, hash).await
    }

    /// Renews a log-in. The token is good once; again within the grace, for a lost reply; after
    /// that its use ends the log-in, for it was stolen.
    ///
    /// # Errors
    /// [`ProblemCode::Unauthenticated`].
    pub async fn refresh(&self, token: &str) -> AppResult<Granted> {
        let unauthenticated = || AppError::Problem(ProblemCode::Unauthenticated);
        let hash = token_hash(token);
        let now = self.cx.clock.now();
        let stored = store::find_refresh_token(self.cx.db.read(), &hash).await?.ok_or_else(unauthenticated)?;
        let permit = Permit::<KeepLogin>::for_job(JobName::LogIn, stored.login_id);
        let new_token = self.new_refresh_token();
        let opened = self
            .cx
            .db
            .write(&permit, async |tx| {
                let Some(login) = store::find_open_login(tx.conn(), stored.login_id).await? else { return Ok(None) };
                let stored = store::find_refresh_token(tx.conn(), &hash).await?;
                let replaced_at = stored.and_then(|stored| stored.replaced_at);
                let is_stolen = replaced_at.is_some_and(|at| now.ms_since(at) > REPEAT_GRACE_S * 1_000);
                let idle_s = self.idle_s(&store::list_roles(tx.conn(), login.account_id).await?);
                let is_idle = now.ms_since(login.last_used_at) > idle_s * 1_000;
                if is_stolen || is_idle {
                    tx.note("ended", if is_stolen { "reuse" } else { "idle" });
                    store::end_login(tx.conn(), login.id, tx.now()).await?;
                    return Ok(None);
                }
                store::replace_refresh_token(tx.conn(), &hash, tx.now()).await?;
                store::touch_login(tx.conn(), login.id, tx.now()).await?;
                insert_token(tx, login.id, &new_token).await?;
                Ok(Some(login))
            })
            .await?
            .ok_or_else(unauthenticated)?;
        let need = need_of(&opened)?;
        let account = store::find_account(self.cx.db.read(), opened.account_id).await?.ok_or_else(unauthenticated)?;
        self.grant(account, opened.id, need, new_token).await
    }

    /// How long a log-in may lie unused.
    fn idle_s(&self, roles: &[RoleAt]) -> i64 {
        if is_staff(roles) { i64::from(self.cx.config.staff_idle_minutes) * 60 } else { LOGIN_IDLE_S }
    }

    async fn grant(
        &self,
        account: account::Model,
        login_id: LoginId,
        need: Option<LoginNeed>,
        refresh_token: String,
    ) -> AppResult<Granted> {
        let (access_token, expires_at) = self.tokens.sign(account.id, login_id, self.cx.clock.now())?;
        let me = self.me_of(account, need).await?;
        let idle_minutes = u32::try_from(self.idle_s(&me.roles) / 60).unwrap_or(u32::MAX);
        Ok(Granted { reply: LoginReply { access_token, expires_at, idle_minutes, me }, refresh_token })
    }

    /// Who the actor is.
    ///
    /// # Errors
    /// If the account is gone.
    pub async fn me(&self, entrant: &Entrant) -> AppResult<Me> {
        let account = store::find_account(self.cx.db.read(), entrant.actor.account_id).await?;
        self.me_of(account.ok_or_else(AppError::not_found)?, entrant.need).await
    }

    async fn me_of(&self, account: account::Model, need: Option<LoginNeed>) -> AppResult<Me> {
        let roles = store::list_roles(self.cx.db.read(), account.id).await?;
        let is_notice_due = privacy::is_due(self.cx.db.read(), account.id).await?;
        let account::Model { id, display_name, login_name, .. } = account;
        Ok(Me { account_id: id, display_name, login_name, roles, need, is_notice_due })
    }

    /// The actor's own log-ins, the last used first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn logins(&self, actor: &Actor) -> AppResult<Vec<LoginView>> {
        let rows = store::list_open_logins(self.cx.db.read(), actor.account_id).await?;
        let view = |row: login::Model| LoginView {
            id: row.id,
            device: row.device,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            is_current: row.id == actor.login_id,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends one of the actor's own log-ins; ending it again is harmless.
    ///
    /// # Errors
    /// `not-found` if it is somebody else's.
    pub async fn end_login(&self, actor: &Actor, id: LoginId) -> AppResult<()> {
        let Some(login) = store::find_open_login(self.cx.db.read(), id).await? else { return Ok(()) };
        if login.account_id != actor.account_id {
            return Err(AppError::not_found());
        }
        let own = Place::Own { account: actor.account_id };
        let permit = authorize::<KeepLogin>(actor, id, &own)?;
        self.cx.db.write(&permit, async |tx| store::end_login(tx.conn(), id, tx.now()).await).await
    }

    /// Ends all of the actor's own log-ins, on every device, this one too.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn end_all_logins(&self, actor: &Actor) -> AppResult<()> {
        let id = actor.account_id;
        let permit = authorize::<EndAllLogins>(actor, id, &Place::Own { account: id })?;
        self.cx.db.write(&permit, async |tx| store::end_logins(tx.conn(), id, None, tx.now()).await).await
    }

    fn new_refresh_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.cx.ids.secret::<32>())
    }
}

async fn compare(password: String, hash: String) -> AppResult<bool> {
    actix_web::web::block(move || password_matches(&password, &hash)).await.map_err(AppError::internal)
}

/// What has to be done in this log-in before anything else.
pub(super) fn need_of(login: &login::Model) -> AppResult<Option<LoginNeed>> {
    let known = |need: &String| LoginNeed::parse(need).ok_or_else(|| AppError::internal(format!("need {need}")));
    login.need.as_ref().map(known).transpose()
}

async fn insert_token(tx: &Tx, login_id: LoginId, token: &str) -> AppResult<()> {
    let row = refresh_token::Model { token_hash: token_hash(token), login_id, issued_at: tx.now(), replaced_at: None };
    store::insert_refresh_token(tx.conn(), row).await
}

fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
