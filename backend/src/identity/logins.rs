//! Log-in, its renewal and its end.

use super::{
    devices::{self, Device},
    entity::{account, login, refresh_token},
    hashing::{Hashing, Turn, compare},
    login_names, second_factor, store,
    token::Tokens,
    tries::Tries,
};
use crate::{
    access::{Actor, JobName, Permit, actions, authorize},
    platform::{
        Services,
        crypto::NOBODYS_HASH,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use shared::{
    identity::{
        AccountFacts, LoginName, LoginNeed, LoginReply, LoginRequest, LoginView, StaffAccountRules, check_lengths,
        judge_account, needs_new_password,
    },
    ids::{AccountId, LoginId},
    problem::ProblemCode,
    rights::{Place, Role, RoleAt},
    time::Timestamp,
};

/// A learner's log-in on a device of their own ends when it is not used for so long; any other sooner, as the
/// configuration says.
const KEPT_IDLE_S: i64 = 14 * 86_400;

actions! {
    /// Begin, renew or end a log-in.
    KeepLogin(LoginId) = ManageOwnLogins;
    /// End all of one's own log-ins.
    EndAllLogins(AccountId) = ManageOwnLogins;
}

/// Whether somebody holds any role but that of a learner.
pub(super) fn is_staff(roles: &[RoleAt]) -> bool {
    roles.iter().any(|held| held.role != Role::Learner)
}

/// Log-ins and the tokens that prove them.
pub struct Identity {
    pub(super) cx: Services,
    pub(super) tokens: Tokens,
    hashing: Hashing,
}

/// Where somebody logs in.
pub struct Caller {
    /// Browser and device, as the browser names itself.
    pub agent: String,
    /// The network that they come from.
    pub network: String,
    /// What the cookie of the device holds, if it has one.
    pub device_cookie: Option<String>,
}

/// A log-in's reply and what goes into cookies.
pub struct Granted {
    /// The reply's body.
    pub reply: LoginReply,
    /// The new refresh token.
    pub refresh_token: String,
    /// By what the device is known from now on; nothing new when a log-in is renewed.
    pub device_token: Option<String>,
}

impl Identity {
    /// # Errors
    /// If the keys cannot be used.
    pub fn new(cx: Services) -> AppResult<Self> {
        let tokens = Tokens::new(&cx.keys.tokens)?;
        let hashing = Hashing::new(cx.config.password_queue);
        Ok(Self { cx, tokens, hashing })
    }

    /// Logs in by name or phone and password, and by a code if the account has a second factor.
    ///
    /// Tries are counted for a name and a network until somebody is in: who has the password and no
    /// code learns little, and who guesses elsewhere keeps nobody out. What failed is counted for the
    /// network alone, too, whatever the name. On a device that the account knows its tries are counted for
    /// themselves: who guesses beside its owner does not keep them out either.
    ///
    /// # Errors
    /// [`ProblemCode::WrongCredentials`], the same for an unknown name; [`AppError::TooMany`];
    /// [`ProblemCode::SecondFactorNeeded`] and [`ProblemCode::WrongCode`]; [`AppError::Invalid`] for
    /// what nobody can have as a name or password; [`AppError::Unavailable`] if too many log in at once.
    pub async fn log_in(&self, request: LoginRequest, caller: Caller) -> AppResult<Granted> {
        check_lengths(&request).map_err(AppError::Invalid)?;
        let name = LoginName::read(&request.name);
        let account = login_names::find(&self.cx, &name).await?;
        let device = Device::of(&self.cx, caller.device_cookie, account.as_ref()).await?;
        let tries = Tries::of(&self.cx, &name, &caller.network, &device);
        // Who finds no room has not tried.
        let place = self.hashing.place()?;
        tries.begin().await?;
        let turn = self.hashing.turn(place).await?;
        let account = self.with_password(account, request.password, &tries, turn).await?;
        let roles = store::list_roles(self.cx.db.read(), account.id).await?;
        let must_renew = self.judge(&account, &roles).await?;
        let factor = store::find_confirmed_factor(self.cx.db.read(), account.id).await?;
        let proof = match &factor {
            Some(factor) => Some(second_factor::judge(&self.cx, factor, request.code.as_deref()).await?),
            None => None,
        };
        let factor_need = second_factor::need(self.cx.config.staff_totp, is_staff(&roles), factor.is_some());
        let need = if must_renew { Some(LoginNeed::NewPassword) } else { factor_need };

        let login_id: LoginId = self.cx.ids.new_id();
        let permit = Permit::<KeepLogin>::for_job(JobName::LogIn, login_id);
        let (refresh_token, device_token) = (new_token(&self.cx), device.token(&self.cx).await?);
        let (agent, is_kept): (String, bool) = (caller.agent.chars().take(200).collect(), request.is_own_device);
        let opened = self
            .cx
            .db
            .write(&permit, async |tx| {
                hold_unchanged(tx, &account, &roles).await?;
                second_factor::hold_unchanged(tx, account.id, factor.as_ref()).await?;
                tx.note("account", account.id.to_string());
                if let Some(proof) = proof.clone() {
                    second_factor::use_up(tx, account.id, proof).await?;
                }
                let row = login::Model {
                    id: login_id,
                    account_id: account.id,
                    device: agent.clone(),
                    created_at: tx.now(),
                    last_used_at: tx.now(),
                    ended_at: None,
                    need: need.map(|need| need.as_str().to_owned()),
                    is_kept,
                    busy_until: None,
                    sitting_id: None,
                };
                store::insert_login(tx.conn(), row.clone()).await?;
                insert_token(tx, login_id, &refresh_token).await?;
                devices::remember(tx, &device_token, account.id).await?;
                Ok(row)
            })
            .await?;
        tries.succeeded(account.id).await;
        if factor.is_some() {
            second_factor::forget_tries(&self.cx, account.id).await;
        }
        let granted = self.grant(account, &opened, need, refresh_token).await?;
        Ok(Granted { device_token: Some(device_token), ..granted })
    }

    /// The account, if the password is its own. It takes as long without one.
    async fn with_password(
        &self,
        account: Option<account::Model>,
        password: String,
        tries: &Tries<'_>,
        turn: Turn,
    ) -> AppResult<account::Model> {
        let hash = account.as_ref().map_or(NOBODYS_HASH.to_owned(), |account| account.password_hash.clone());
        // Those who tried at the same time had their turns, and have been counted.
        tries.judge().await?;
        let (turn, matches) = compare(turn, password, hash).await?;
        let account = account.filter(|_| matches);
        if account.is_none() {
            tries.failed().await;
        }
        drop(turn);
        account.ok_or(AppError::Problem(ProblemCode::WrongCredentials))
    }

    /// Whether whoever knows the password comes in, and then whether they must choose another first.
    async fn judge(&self, account: &account::Model, roles: &[RoleAt]) -> AppResult<bool> {
        let facts = AccountFacts {
            is_staff: is_staff(roles),
            is_closed: account.closed_at.is_some(),
            first_password_until: account.first_password_until,
            password_set_at: account.password_set_at.unwrap_or(account.created_at),
            last_used_at: store::last_login_use(self.cx.db.read(), account.id).await?,
        };
        let rules = StaffAccountRules {
            password_days: self.cx.config.staff_password_days,
            dormant_days: self.cx.config.staff_dormant_days,
        };
        let now = self.cx.clock.now();
        judge_account(&facts, &rules, now).map_err(AppError::refused)?;
        Ok(needs_new_password(&facts, &rules, now))
    }

    /// What somebody who has just chosen a password has to do before anything else.
    pub(super) async fn need_after_password(
        &self,
        conn: &impl ConnectionTrait,
        id: AccountId,
    ) -> AppResult<Option<LoginNeed>> {
        let is_staff = is_staff(&store::list_roles(conn, id).await?);
        let is_on = store::find_confirmed_factor(conn, id).await?.is_some();
        Ok(second_factor::need(self.cx.config.staff_totp, is_staff, is_on))
    }

    /// Where passwords are hashed.
    pub const fn hashing(&self) -> &Hashing {
        &self.hashing
    }

    /// Hashes a password with a fresh salt, when it is its turn.
    pub(super) async fn hash(&self, password: String) -> AppResult<String> {
        self.hashing.hash(password, self.cx.ids.secret()).await
    }

    pub(super) async fn matches(&self, password: String, hash: String) -> AppResult<bool> {
        self.hashing.matches(password, hash).await
    }

    /// How long a log-in may lie unused.
    pub(super) fn idle_s(&self, login: &login::Model, roles: &[RoleAt]) -> i64 {
        match is_staff(roles) && login.sitting_id.is_none() {
            true => i64::from(self.cx.config.staff_idle_minutes) * 60,
            false if login.is_kept => KEPT_IDLE_S,
            false => i64::from(self.cx.config.learner_idle_minutes) * 60,
        }
    }

    /// The reply of whoever is in, and the token by which they renew it.
    pub(super) async fn grant(
        &self,
        account: account::Model,
        login: &login::Model,
        need: Option<LoginNeed>,
        refresh_token: String,
    ) -> AppResult<Granted> {
        let what_for = (login.id, login.sitting_id);
        let (access_token, expires_at) = self.tokens.sign(account.id, what_for, self.cx.clock.now())?;
        let me = self.me_of(account, need, login.sitting_id).await?;
        let idle_minutes = u32::try_from(self.idle_s(login, &me.roles) / 60).unwrap_or(u32::MAX);
        let reply = LoginReply { access_token, expires_at, idle_minutes, me };
        Ok(Granted { reply, refresh_token, device_token: None })
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

    /// Ends all of the actor's own log-ins, on every device, this one too. Their account knows none of them then.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn end_all_logins(&self, actor: &Actor) -> AppResult<()> {
        let id = actor.account_id;
        let permit = authorize::<EndAllLogins>(actor, id, &Place::Own { account: id })?;
        self.cx
            .db
            .write(&permit, async |tx| {
                // First: whoever logs in at the same moment waits for this, or is ended by what follows.
                store::lock_account(tx.conn(), id).await?;
                store::forget_devices(tx.conn(), id, None).await?;
                store::end_logins(tx.conn(), id, None, tx.now()).await
            })
            .await
    }
}

/// A log-in that opened a sitting does not lie idle until this moment, within a running write.
///
/// # Errors
/// If the store fails.
pub async fn keep_busy(tx: &Tx, id: LoginId, until: Timestamp) -> AppResult<()> {
    store::set_busy(tx.conn(), id, until).await
}

/// A secret that fits into a cookie.
pub(super) fn new_token(cx: &Services) -> String {
    URL_SAFE_NO_PAD.encode(cx.ids.secret::<32>())
}

/// What has to be done in this log-in before anything else; nothing before a test, for whom a ticket let in.
pub(super) fn need_of(login: &login::Model) -> AppResult<Option<LoginNeed>> {
    if login.sitting_id.is_some() {
        return Ok(None);
    }
    let known = |need: &String| LoginNeed::parse(need).ok_or_else(|| AppError::internal(format!("need {need}")));
    login.need.as_ref().map(known).transpose()
}

/// Refuses a log-in to an account whose password was changed, that was closed, or whose owner became staff or ceased to
/// be, after that was judged. Nobody changes the account until the write ends, and whoever does then ends this log-in
/// with the others, or says what it has to do first.
async fn hold_unchanged(tx: &Tx, seen: &account::Model, roles: &[RoleAt]) -> AppResult<()> {
    let now = store::lock_account(tx.conn(), seen.id).await?;
    let is_same = now.is_some_and(|now| now.password_hash == seen.password_hash && now.closed_at == seen.closed_at);
    let roles_now = store::list_roles(tx.conn(), seen.id).await?;
    match is_same && is_staff(&roles_now) == is_staff(roles) {
        true => Ok(()),
        false => Err(AppError::Problem(ProblemCode::WrongCredentials)),
    }
}

/// Keeps a refresh token by its hash; one that is there stays.
pub(super) async fn insert_token(tx: &Tx, login_id: LoginId, token: &str) -> AppResult<()> {
    let row = refresh_token::Model { token_hash: token_hash(token), login_id, issued_at: tx.now(), replaced_at: None };
    store::insert_refresh_token(tx.conn(), row).await
}

/// Under what a secret of a cookie is kept.
pub(super) fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
