//! Log-in, its renewal and its end; accounts and roles.

use super::{
    entity::{account, login, refresh_token},
    store,
    token::Tokens,
};
use crate::{
    access::{Actor, ActorSource, JobName, Permit, actions, authorize},
    platform::{
        Services,
        crypto::{hash_password, password_matches},
        db::Tx,
        error::{AppError, AppResult},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::future::LocalBoxFuture;
use sha2::{Digest, Sha256};
use shared::{
    identity::{LoginReply, LoginRequest, LoginView, Me, check_lengths},
    ids::{AccountId, LoginId},
    organisation::DivisionCode,
    problem::ProblemCode,
    rights::{self, Place, Right, Role, RoleAt},
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Semaphore;

/// Tries from one address for one name before they must wait.
const TRIES: u64 = 10;
/// How long they must wait.
const TRIES_WINDOW_S: u32 = 900;
/// A refresh token may be used again for this long, for a reply that was lost.
const REPEAT_GRACE_S: i64 = 30;
/// A log-in that is not used ends by itself.
const LOGIN_IDLE_S: i64 = 14 * 86_400;
/// Password hashes computed at once.
const HASHES_AT_ONCE: usize = 2;

actions! {
    /// Begin, renew or end a log-in.
    KeepLogin(LoginId) = ManageOwnLogins;
}

/// Log-ins and the tokens that prove them.
pub struct Identity {
    cx: Services,
    tokens: Tokens,
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
        let tokens = Tokens::new(&cx.keys)?;
        let nobody = hash_password("nobody", &[0; 16])?;
        Ok(Self { cx, tokens, hashing: Arc::new(Semaphore::new(HASHES_AT_ONCE)), nobody })
    }

    /// Logs in by name and password.
    ///
    /// # Errors
    /// [`ProblemCode::WrongCredentials`], the same for an unknown name; [`AppError::TooMany`];
    /// [`AppError::Invalid`] for what nobody can have as a name or password.
    pub async fn log_in(&self, request: LoginRequest, device: String, address: &str) -> AppResult<Granted> {
        check_lengths(&request).map_err(AppError::Invalid)?;
        let name = request.name.trim().to_lowercase();
        let throttle = format!("login:{name}:{address}");
        if self.cx.coordination.count(&throttle, TRIES_WINDOW_S).await > TRIES {
            return Err(AppError::TooMany { retry_after_s: u64::from(TRIES_WINDOW_S) });
        }
        let account = store::find_account_by_name(self.cx.db.read(), &name).await?;
        let hash = account.as_ref().map_or_else(|| self.nobody.clone(), |account| account.password_hash.clone());
        let matches = self.matches(request.password, hash).await?;
        let account = account.filter(|_| matches).ok_or(AppError::Problem(ProblemCode::WrongCredentials))?;
        self.cx.coordination.forget(&throttle).await;

        let login_id: LoginId = self.cx.ids.new_id();
        let permit = Permit::<KeepLogin>::for_job(JobName::LogIn, login_id);
        let refresh_token = self.new_refresh_token();
        self.cx
            .db
            .write(&permit, async |tx| {
                tx.note("account", account.id.to_string());
                let row = login::Model {
                    id: login_id,
                    account_id: account.id,
                    device: device.chars().take(200).collect(),
                    created_at: tx.now(),
                    last_used_at: tx.now(),
                    ended_at: None,
                };
                store::insert_login(tx.conn(), row).await?;
                insert_token(tx, login_id, &refresh_token).await
            })
            .await?;
        self.grant(account, login_id, refresh_token).await
    }

    async fn matches(&self, password: String, hash: String) -> AppResult<bool> {
        let _turn = self.hashing.acquire().await.map_err(AppError::internal)?;
        actix_web::web::block(move || password_matches(&password, &hash)).await.map_err(AppError::internal)
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
        let account_id = self
            .cx
            .db
            .write(&permit, async |tx| {
                let Some(login) = store::find_open_login(tx.conn(), stored.login_id).await? else { return Ok(None) };
                let stored = store::find_refresh_token(tx.conn(), &hash).await?;
                let replaced_at = stored.and_then(|stored| stored.replaced_at);
                let is_stolen = replaced_at.is_some_and(|at| now.ms_since(at) > REPEAT_GRACE_S * 1_000);
                let is_idle = now.ms_since(login.last_used_at) > LOGIN_IDLE_S * 1_000;
                if is_stolen || is_idle {
                    tx.note("ended", if is_stolen { "reuse" } else { "idle" });
                    store::end_login(tx.conn(), login.id, tx.now()).await?;
                    return Ok(None);
                }
                store::replace_refresh_token(tx.conn(), &hash, tx.now()).await?;
                store::touch_login(tx.conn(), login.id, tx.now()).await?;
                insert_token(tx, login.id, &new_token).await?;
                Ok(Some(login.account_id))
            })
            .await?
            .ok_or_else(unauthenticated)?;
        let account = store::find_account(self.cx.db.read(), account_id).await?.ok_or_else(unauthenticated)?;
        self.grant(account, stored.login_id, new_token).await
    }

    async fn grant(&self, account: account::Model, login_id: LoginId, refresh_token: String) -> AppResult<Granted> {
        let (access_token, expires_at) = self.tokens.sign(account.id, login_id, self.cx.clock.now())?;
        let me = self.me_of(account).await?;
        Ok(Granted { reply: LoginReply { access_token, expires_at, me }, refresh_token })
    }

    /// Who the actor is.
    ///
    /// # Errors
    /// If the account is gone.
    pub async fn me(&self, actor: &Actor) -> AppResult<Me> {
        let account = store::find_account(self.cx.db.read(), actor.account_id).await?;
        self.me_of(account.ok_or_else(AppError::not_found)?).await
    }

    async fn me_of(&self, account: account::Model) -> AppResult<Me> {
        let roles = store::list_roles(self.cx.db.read(), account.id).await?;
        Ok(Me { account_id: account.id, display_name: account.display_name, login_name: account.login_name, roles })
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

    fn new_refresh_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.cx.ids.secret::<32>())
    }
}

async fn insert_token(tx: &Tx, login_id: LoginId, token: &str) -> AppResult<()> {
    let row = refresh_token::Model { token_hash: token_hash(token), login_id, issued_at: tx.now(), replaced_at: None };
    store::insert_refresh_token(tx.conn(), row).await
}

fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

impl ActorSource for Identity {
    fn actor<'a>(&'a self, token: &'a str, request_id: String) -> LocalBoxFuture<'a, AppResult<Actor>> {
        Box::pin(async move {
            let claims = self.tokens.read(token, self.cx.clock.now())?;
            let conn = self.cx.db.read();
            let login = store::find_open_login(conn, claims.sid).await?;
            if login.is_none_or(|login| login.account_id != claims.sub) {
                return Err(AppError::Problem(ProblemCode::Unauthenticated));
            }
            let roles = store::list_roles(conn, claims.sub).await?;
            Ok(Actor { account_id: claims.sub, login_id: claims.sid, roles, request_id })
        })
    }

    fn holder(&self, token: &str) -> AppResult<AccountId> {
        Ok(self.tokens.read(token, self.cx.clock.now())?.sub)
    }
}

/// A person who is to have an account.
pub struct NewAccount {
    /// The account.
    pub id: AccountId,
    /// Phone number or account name, lower case.
    pub login_name: String,
    /// The person's name.
    pub display_name: String,
    /// Made by [`hash_for`].
    pub password_hash: String,
    /// When the person's identity was verified, if it was.
    pub identity_verified_at: Option<Timestamp>,
}

/// Hashes a password with a fresh salt.
///
/// # Errors
/// If hashing fails.
pub fn hash_for(cx: &Services, password: &str) -> AppResult<String> {
    hash_password(password, &cx.ids.secret())
}

/// Creates an account within a running write.
///
/// # Errors
/// If the store fails.
pub async fn create_account(tx: &Tx, new: NewAccount) -> AppResult<()> {
    let row = account::Model {
        id: new.id,
        login_name: new.login_name,
        display_name: new.display_name,
        password_hash: new.password_hash,
        identity_verified_at: new.identity_verified_at,
        created_at: tx.now(),
    };
    store::insert_account(tx.conn(), row).await
}

/// Grants a role within a running write.
///
/// # Errors
/// If the store fails.
pub async fn grant_role(cx: &Services, tx: &Tx, account_id: AccountId, held: &RoleAt) -> AppResult<()> {
    store::insert_role(tx.conn(), cx.ids.new_id(), account_id, held, tx.now()).await
}

/// Ends a role within a running write; one that is not held stays so.
///
/// # Errors
/// If the store fails.
pub async fn end_role(tx: &Tx, by: AccountId, account_id: AccountId, held: &RoleAt) -> AppResult<()> {
    tx.note("ended", serde_json::json!({ "account": account_id, "role": held.role, "by": by }));
    store::delete_role(tx.conn(), account_id, held).await
}

/// Everybody who holds a role with `right` at one of these places itself, not only above it.
///
/// # Errors
/// If the store fails.
pub async fn who_may_at(cx: &Services, right: Right, places: &[Place]) -> AppResult<Vec<AccountId>> {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| rights::carries(*role, right)).collect();
    store::list_holders(cx.db.read(), &roles, places).await
}

/// The account with this name.
///
/// # Errors
/// If the store fails.
pub async fn find_by_name(cx: &Services, login_name: &str) -> AppResult<Option<AccountId>> {
    Ok(store::find_account_by_name(cx.db.read(), login_name).await?.map(|account| account.id))
}

/// The names of these persons.
///
/// # Errors
/// If the store fails.
pub async fn names_of(cx: &Services, ids: &[AccountId]) -> AppResult<HashMap<AccountId, String>> {
    let rows = store::list_accounts(cx.db.read(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// The name of one person.
///
/// # Errors
/// `not-found` if there is no such account.
pub async fn name_of(cx: &Services, id: AccountId) -> AppResult<String> {
    let account = store::find_account(cx.db.read(), id).await?;
    account.map(|account| account.display_name).ok_or_else(AppError::not_found)
}

/// Whether the person's identity has been verified.
///
/// # Errors
/// If the store fails.
pub async fn identity_is_verified(cx: &Services, id: AccountId) -> AppResult<bool> {
    let account = store::find_account(cx.db.read(), id).await?;
    Ok(account.is_some_and(|account| account.identity_verified_at.is_some()))
}

/// Who may use `right` at `place`, with their names.
///
/// # Errors
/// If the store fails.
pub async fn who_may(cx: &Services, right: Right, place: &Place) -> AppResult<HashMap<AccountId, String>> {
    let roles: Vec<_> = Role::ALL.iter().copied().filter(|role| rights::carries(*role, right)).collect();
    let mut holders = Vec::new();
    for id in store::list_holders(cx.db.read(), &roles, &around(place)).await? {
        if !holders.contains(&id) && may(cx, id, right, place).await? {
            holders.push(id);
        }
    }
    names_of(cx, &holders).await
}

/// A place, and every division that it lies in.
fn around(place: &Place) -> Vec<Place> {
    let (own, division) = match place {
        Place::Division { code } => (None, Some(code)),
        Place::Provider { division, .. } | Place::Class { division, .. } => (Some(place.clone()), Some(division)),
        Place::Own { .. } => (Some(place.clone()), None),
    };
    let divisions = division.and_then(|code| DivisionCode::parse(code)).into_iter().flat_map(DivisionCode::and_above);
    own.into_iter().chain(divisions.map(|code| code.place())).collect()
}

/// Whether somebody's roles let them use `right` at `place`.
///
/// # Errors
/// If the store fails.
pub async fn may(cx: &Services, id: AccountId, right: Right, place: &Place) -> AppResult<bool> {
    let roles = store::list_roles(cx.db.read(), id).await?;
    Ok(rights::allows(id, &roles, right, place))
}
