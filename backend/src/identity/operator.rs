//! What the operators of the server do about accounts: the first administrators, and those who lost
//! everything.

use super::{
    accounts::hash_for,
    entity::account,
    passwords::{self, FIRST_PASSWORD_S},
    roles::grant_role,
    staff::KeepAccount,
    store,
};
use crate::{
    access::{JobName, Permit},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    identity::{NamedPlace, NewStaffAccount},
    ids::AccountId,
    organisation::DivisionCode,
    rights::{Role, RoleAt},
};

/// Creates a security administrator of the whole province, and gives the password for the first log-in.
/// There must be two before a powerful role can be granted.
///
/// # Errors
/// The fields that are wrong.
pub async fn add_security_administrator(cx: &Services, login_name: &str, name: &str) -> AppResult<String> {
    let province = DivisionCode::ZHEJIANG;
    let new = NewStaffAccount {
        login_name: login_name.to_owned(),
        display_name: name.to_owned(),
        place: NamedPlace::Division { code: province },
    };
    let (login_name, display_name) = new.check().map_err(AppError::Invalid)?;
    let password = passwords::first_password(&*cx.ids);
    let password_hash = hash_for(cx, &password)?;
    let id: AccountId = cx.ids.new_id();
    let role = RoleAt { role: Role::SecurityAdministrator, place: province.place() };
    let permit = Permit::<KeepAccount>::for_job(JobName::KeepAccounts, id);
    cx.db
        .write(&permit, async |tx| {
            let row = account::Model {
                id,
                login_name: login_name.clone(),
                display_name: display_name.clone(),
                password_hash: password_hash.clone(),
                identity_verified_at: None,
                created_at: tx.now(),
                division: Some(province.to_string()),
                provider_id: None,
                first_password_until: Some(tx.now().plus_s(FIRST_PASSWORD_S)),
                closed_at: None,
                login_phone_index: None,
                password_set_at: None,
            };
            if !store::insert_account(tx.conn(), row).await? {
                return Err(AppError::field("/login_name", "duplicate"));
            }
            tx.note("role", role.role.as_str());
            grant_role(cx, tx, id, &role).await
        })
        .await?;
    Ok(password)
}

/// Gives an account a new password for the first log-in, and turns its second factor off.
///
/// # Errors
/// `not-found` if nobody logs in by this name.
pub async fn reset_account(cx: &Services, login_name: &str) -> AppResult<String> {
    let account = store::find_account_by_name(cx.db.read(), &login_name.to_lowercase()).await?;
    let id = account.ok_or_else(AppError::not_found)?.id;
    let password = passwords::first_password(&*cx.ids);
    let password_hash = hash_for(cx, &password)?;
    let permit = Permit::<KeepAccount>::for_job(JobName::KeepAccounts, id);
    cx.db
        .write(&permit, async |tx| {
            // First: it locks the account, as whoever logs in at the same moment does.
            passwords::set_first_password(tx, id, &password_hash).await?;
            store::delete_factor(tx.conn(), id).await
        })
        .await?;
    Ok(password)
}
