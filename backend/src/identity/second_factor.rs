//! The second factor of staff: codes by time, and recovery codes for who lost their phone.

use super::{
    entity::{recovery_code, second_factor},
    logins::is_staff,
    passwords::random_symbols,
    store,
};
use crate::{
    access::{Actor, actions, authorize},
    platform::{
        Services,
        config::StaffTotp,
        crypto::{BlindIndex, Column, KeyId, TOTP_SECRET_BYTES, base_32, totp_step},
        db::Tx,
        error::{AppError, AppResult},
    },
};
use qrcode::{EcLevel, QrCode, render::svg};
use sea_orm::ConnectionTrait;
use shared::{
    identity::{
        GivenCode, LoginNeed, RECOVERY_CODE_CHARS, RECOVERY_CODES, RecoveryCodes, SecondFactorSecret, SecondFactorView,
    },
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::Place,
};

/// Secrets of authenticator apps.
const SECRET: Column = Column { table: "second_factor", name: "secret" };
/// Recovery codes are kept as blind indexes alone.
const RECOVERY: Column = Column { table: "recovery_code", name: "code_index" };
/// Wrong codes for one account, from wherever, before all must wait: six digits are few.
const CODE_TRIES: u64 = 20;
/// How long they wait.
const CODE_TRIES_WINDOW_S: u32 = 900;
/// Edge of the QR code in the page's pixels.
const QR_EDGE: u32 = 232;
/// Who the authenticator app says that the code is for.
const ISSUER: &str = "Chengxi";

actions! {
    /// Set up one's own second factor.
    SetUp(AccountId) = ManageOwnLogins;
}

/// Why a second factor is not set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum SetUpRefusal {
    #[error("it is on already")]
    IsOn,
    #[error("it is not on")]
    IsOff,
}

impl Refusal for SetUpRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::IsOn => "wrong-state.second-factor-on",
            Self::IsOff => "wrong-state.second-factor-off",
        }
    }
}

/// What shows that somebody has their second factor. It is used up by the write that it opens.
#[derive(Clone)]
pub(super) enum CodeProof {
    /// The code of this step.
    Step(i64),
    /// A recovery code.
    Recovery(BlindIndex),
}

/// Judges what somebody gave as their second factor.
///
/// # Errors
/// [`ProblemCode::SecondFactorNeeded`] if nothing, [`ProblemCode::WrongCode`] if it is wrong,
/// [`AppError::TooMany`].
pub(super) async fn judge(cx: &Services, factor: &second_factor::Model, given: Option<&str>) -> AppResult<CodeProof> {
    let given = given.filter(|given| !given.trim().is_empty());
    let given = given.ok_or(AppError::Problem(ProblemCode::SecondFactorNeeded))?;
    let throttle = format!("code:{}", factor.account_id);
    if cx.coordination.count(&throttle, CODE_TRIES_WINDOW_S).await > CODE_TRIES {
        return Err(AppError::TooMany { retry_after_s: u64::from(CODE_TRIES_WINDOW_S) });
    }
    let proof = match GivenCode::read(given) {
        Some(GivenCode::Timed(code)) => totp_step(&secret(cx, factor)?, &code, cx.clock.now()).map(CodeProof::Step),
        Some(GivenCode::Recovery(code)) => Some(CodeProof::Recovery(recovery_index(cx, factor.account_id, &code))),
        None => None,
    };
    proof.ok_or(AppError::Problem(ProblemCode::WrongCode))
}

/// Refuses a log-in that was judged by another second factor than there is now, or by none. The account is locked by
/// then, and whoever sets up or takes away a factor locks it first.
///
/// # Errors
/// [`ProblemCode::WrongCredentials`].
pub(super) async fn hold_unchanged(
    tx: &Tx,
    account_id: AccountId,
    judged: Option<&second_factor::Model>,
) -> AppResult<()> {
    let now = store::find_confirmed_factor(tx.conn(), account_id).await?;
    // Its secret may be sealed anew meanwhile, and another code of it be used up.
    let born = |factor: &second_factor::Model| (factor.created_at, factor.confirmed_at);
    match now.as_ref().map(born) == judged.map(born) {
        true => Ok(()),
        false => Err(AppError::Problem(ProblemCode::WrongCredentials)),
    }
}

/// Uses a code up.
///
/// # Errors
/// [`ProblemCode::WrongCode`] if it, or a later one, has been used.
pub(super) async fn use_up(tx: &Tx, account_id: AccountId, proof: CodeProof) -> AppResult<()> {
    let is_good = match proof {
        CodeProof::Step(step) => store::use_step(tx.conn(), account_id, step).await?,
        CodeProof::Recovery(index) => {
            tx.note("second_factor", "recovery_code");
            store::use_recovery_code(tx.conn(), account_id, index, tx.now()).await?
        }
    };
    if is_good { Ok(()) } else { Err(AppError::Problem(ProblemCode::WrongCode)) }
}

/// Forgets the tries of somebody who gave the right code.
pub(super) async fn forget_tries(cx: &Services, account_id: AccountId) {
    cx.coordination.forget(&format!("code:{account_id}")).await;
}

fn secret(cx: &Services, factor: &second_factor::Model) -> AppResult<[u8; TOTP_SECRET_BYTES]> {
    let text = cx.keys.fields.open(SECRET.of(factor.account_id.0), &factor.secret)?;
    let bytes = hex::decode(text.reveal()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| AppError::internal("a second factor has no secret"))
}

fn recovery_index(cx: &Services, account_id: AccountId, code: &str) -> BlindIndex {
    cx.keys.fields.blind_index(RECOVERY, &format!("{account_id}:{code}"))
}

/// The actor's own second factor.
///
/// # Errors
/// If the store fails.
pub(super) async fn view(cx: &Services, actor: &Actor) -> AppResult<SecondFactorView> {
    let factor = store::find_confirmed_factor(cx.db.read(), actor.account_id).await?;
    let left = store::count_recovery_codes(cx.db.read(), actor.account_id).await?;
    let (policy, is_staff) = (cx.config.staff_totp, is_staff(&actor.roles));
    Ok(SecondFactorView {
        is_offered: is_staff && policy != StaffTotp::Off,
        is_required: is_staff && policy == StaffTotp::Required,
        is_on: factor.is_some(),
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
    })
}

/// Begins: a new secret, which takes the place of one that was never confirmed.
///
/// # Errors
/// `wrong-state` if the second factor is on, `forbidden` if none is offered to the actor.
pub(super) async fn begin(cx: &Services, actor: &Actor) -> AppResult<SecondFactorSecret> {
    if !view(cx, actor).await?.is_offered {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let id = actor.account_id;
    let account = store::find_account(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let secret: [u8; TOTP_SECRET_BYTES] = cx.ids.secret();
    let sealed = cx.keys.fields.seal(SECRET.of(id.0), &hex::encode(secret), &*cx.ids)?;
    let permit = authorize::<SetUp>(actor, id, &Place::Own { account: id })?;
    cx.db
        .write(&permit, async |tx| {
            tx.note("second_factor", "begun");
            match store::put_secret(tx.conn(), id, sealed.clone(), tx.now()).await? {
                true => Ok(()),
                false => Err(AppError::refused(SetUpRefusal::IsOn)),
            }
        })
        .await?;
    let text = base_32(&secret);
    let address = format!("otpauth://totp/{ISSUER}:{}?secret={text}&issuer={ISSUER}", account.login_name);
    let groups: Vec<_> = text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(SecondFactorSecret { secret: groups.join(" "), qr_svg: qr(&address)? })
}

fn qr(text: &str) -> AppResult<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(AppError::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(QR_EDGE, QR_EDGE).build())
}

/// Turns it on by the first code, and gives recovery codes.
///
/// # Errors
/// `wrong-state` if it is on or was not begun, `wrong-code`, [`AppError::TooMany`].
pub(super) async fn confirm(cx: &Services, actor: &Actor, code: &str) -> AppResult<RecoveryCodes> {
    let id = actor.account_id;
    let factor = store::find_second_factor(cx.db.read(), id).await?;
    let factor = factor.ok_or_else(|| AppError::refused(SetUpRefusal::IsOff))?;
    if factor.confirmed_at.is_some() {
        return Err(AppError::refused(SetUpRefusal::IsOn));
    }
    let CodeProof::Step(step) = judge_own(cx, &factor, code).await? else {
        return Err(AppError::field("/code", "code-wrong"));
    };
    let permit = authorize::<SetUp>(actor, id, &Place::Own { account: id })?;
    let codes = new_codes(cx);
    cx.db
        .write(&permit, async |tx| {
            // First: whoever logs in without a code at the same moment waits for this, or is ended by what follows.
            store::lock_account(tx.conn(), id).await?;
            if !store::confirm_factor(tx.conn(), &factor, step, tx.now()).await? {
                return Err(AppError::refused(SetUpRefusal::IsOn));
            }
            put_codes(cx, tx, id, &codes).await?;
            store::set_need(tx.conn(), actor.login_id, None).await?;
            store::end_logins(tx.conn(), id, Some(actor.login_id), tx.now()).await?;
            tx.note("second_factor", "on");
            Ok(())
        })
        .await?;
    forget_tries(cx, id).await;
    Ok(shown(codes))
}

/// Puts new recovery codes in the place of all that there were.
///
/// # Errors
/// `wrong-state` if the second factor is off, `wrong-code`, [`AppError::TooMany`].
pub(super) async fn renew_codes(cx: &Services, actor: &Actor, code: &str) -> AppResult<RecoveryCodes> {
    let id = actor.account_id;
    let factor = store::find_confirmed_factor(cx.db.read(), id).await?;
    let factor = factor.ok_or_else(|| AppError::refused(SetUpRefusal::IsOff))?;
    let proof = judge_own(cx, &factor, code).await?;
    let permit = authorize::<SetUp>(actor, id, &Place::Own { account: id })?;
    let codes = new_codes(cx);
    cx.db
        .write(&permit, async |tx| {
            use_up(tx, id, proof.clone()).await.map_err(at_code)?;
            put_codes(cx, tx, id, &codes).await?;
            tx.note("second_factor", "new_recovery_codes");
            Ok(())
        })
        .await?;
    forget_tries(cx, id).await;
    Ok(shown(codes))
}

/// Judges the code of somebody who is logged in: a wrong one is a wrong field.
async fn judge_own(cx: &Services, factor: &second_factor::Model, code: &str) -> AppResult<CodeProof> {
    judge(cx, factor, Some(code)).await.map_err(at_code)
}

fn at_code(error: AppError) -> AppError {
    match error {
        AppError::Problem(ProblemCode::SecondFactorNeeded) => AppError::field("/code", "required"),
        AppError::Problem(ProblemCode::WrongCode) => AppError::field("/code", "code-wrong"),
        other => other,
    }
}

fn new_codes(cx: &Services) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| random_symbols(&*cx.ids, RECOVERY_CODE_CHARS)).collect()
}

async fn put_codes(cx: &Services, tx: &Tx, account_id: AccountId, codes: &[String]) -> AppResult<()> {
    let row = |code: &String| recovery_code::Model {
        id: cx.ids.uuid(),
        account_id,
        code_index: recovery_index(cx, account_id, code),
        created_at: tx.now(),
        used_at: None,
    };
    store::delete_recovery_codes(tx.conn(), account_id).await?;
    store::insert_recovery_codes(tx.conn(), codes.iter().map(row).collect()).await
}

/// Codes in two halves, as they are copied.
fn shown(codes: Vec<String>) -> RecoveryCodes {
    let halves = |code: String| {
        let (first, second) = code.split_at(RECOVERY_CODE_CHARS / 2);
        format!("{first}-{second}")
    };
    RecoveryCodes { codes: codes.into_iter().map(halves).collect() }
}

/// What somebody who logs in has to do first about their second factor.
pub(super) const fn need(policy: StaffTotp, is_staff: bool, is_on: bool) -> Option<LoginNeed> {
    match policy {
        StaffTotp::Required if is_staff && !is_on => Some(LoginNeed::SecondFactor),
        _ => None,
    }
}

/// Seals the secrets after `after` by the newest key: how many it sealed anew, and the last account it
/// looked at.
///
/// # Errors
/// If one does not open, or the store fails.
pub async fn renew_secrets(
    cx: &Services,
    conn: &impl ConnectionTrait,
    after: AccountId,
    rows: u64,
) -> AppResult<(u64, Option<AccountId>)> {
    let rows = store::list_factors_after(conn, after, rows).await?;
    let mut renewed = 0;
    for row in &rows {
        if let Some(secret) = cx.keys.fields.renew(SECRET.of(row.account_id.0), &row.secret, &*cx.ids)? {
            store::renew_secret(conn, row, secret).await?;
            renewed += 1;
        }
    }
    Ok((renewed, rows.last().map(|row| row.account_id)))
}

/// The keys that the secrets after `after` are sealed by, and the last account that was looked at.
///
/// # Errors
/// If the store fails.
pub async fn keys_of_secrets(cx: &Services, after: AccountId, rows: u64) -> AppResult<(Vec<KeyId>, Option<AccountId>)> {
    let rows = store::list_factors_after(cx.db.read(), after, rows).await?;
    let keys = rows.iter().map(|row| row.secret.key()).collect::<AppResult<_>>()?;
    Ok((keys, rows.last().map(|row| row.account_id)))
}
