//! What people agree to, each purpose for itself. The server refuses nobody a service for the want of it: the pages show
//! the notice to who has not agreed, but in the middle of a test to nobody. What a consent was for ends with it (ADR 60).

use super::{entity::consent_entry, store};
use crate::{
    access::{Actor, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use shared::{
    identity::{ConsentPurpose, ConsentView, NOTICE_VERSION, PrivacyView, StateConsent, consents_of, is_notice_due},
    ids::AccountId,
    rights::Place,
};
use std::collections::HashSet;

actions! {
    /// Give or withdraw one's own consent.
    KeepConsent(AccountId) = KeepOwnConsents;
}

/// Somebody said no to a purpose, be it after a yes; the payload names the account and the purpose.
pub const CONSENT_DECLINED: &str = "consent_declined";

/// Whether somebody's last word on a purpose is no. Who was never asked has not said it.
///
/// # Errors
/// If the store fails.
pub async fn declines(conn: &impl ConnectionTrait, account_id: AccountId, purpose: ConsentPurpose) -> AppResult<bool> {
    let consents = standing(conn, account_id).await?;
    Ok(consents.iter().any(|consent| consent.purpose == purpose && consent.at.is_some() && !consent.is_given))
}

/// Those of these accounts whose last word on a purpose is no.
///
/// # Errors
/// If the store fails.
pub async fn declining(
    cx: &Services,
    purpose: ConsentPurpose,
    account_ids: &[AccountId],
) -> AppResult<HashSet<AccountId>> {
    let mut declining = HashSet::new();
    for row in store::list_consents_to(cx.db.read(), purpose.as_str(), account_ids).await? {
        if row.is_given {
            declining.remove(&row.account_id);
        } else {
            declining.insert(row.account_id);
        }
    }
    Ok(declining)
}

/// Somebody's consents.
///
/// # Errors
/// If the store fails.
pub async fn consents(cx: &Services, account_id: AccountId) -> AppResult<PrivacyView> {
    Ok(PrivacyView { notice_version: NOTICE_VERSION, consents: standing(cx.db.read(), account_id).await? })
}

/// Whether somebody is to be shown the notice in force.
pub(super) async fn is_due(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<bool> {
    Ok(is_notice_due(&standing(conn, account_id).await?))
}

async fn standing(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<Vec<ConsentView>> {
    let rows = store::list_consents(conn, account_id).await?;
    Ok(consents_of(&rows.into_iter().map(view).collect::<AppResult<Vec<_>>>()?))
}

fn view(row: consent_entry::Model) -> AppResult<ConsentView> {
    let unknown = || AppError::internal(format!("consent to {}", row.purpose));
    let purpose = ConsentPurpose::parse(&row.purpose).ok_or_else(unknown)?;
    let notice_version = u16::try_from(row.notice_version).map_err(AppError::internal)?;
    Ok(ConsentView { purpose, is_given: row.is_given, notice_version: Some(notice_version), at: Some(row.at) })
}

/// Adds what the actor says. Who says the same of the same notice again changes nothing.
///
/// # Errors
/// The field `/notice_version`.
pub async fn state(cx: &Services, actor: &Actor, stated: &StateConsent) -> AppResult<PrivacyView> {
    stated.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let id = actor.account_id;
    let permit = authorize::<KeepConsent>(actor, id, &Place::Own { account: id })?;
    cx.db
        .write(&permit, async |tx| {
            store::lock_account(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let is_said = |consent: &ConsentView| {
                let is_of_notice = !stated.is_given || consent.notice_version == Some(stated.notice_version);
                consent.purpose == stated.purpose && consent.is_given == stated.is_given && is_of_notice
            };
            if standing(tx.conn(), id).await?.iter().any(is_said) {
                return Ok(());
            }
            let row = consent_entry::Model {
                id: cx.ids.uuid(),
                account_id: id,
                purpose: stated.purpose.as_str().to_owned(),
                is_given: stated.is_given,
                notice_version: i32::from(stated.notice_version),
                at: tx.now(),
            };
            tx.note("purpose", stated.purpose.as_str());
            tx.note("is_given", stated.is_given);
            if !stated.is_given {
                tx.emit(CONSENT_DECLINED, json!({ "account_id": id, "purpose": stated.purpose }));
            }
            store::insert_consent(tx.conn(), row).await
        })
        .await?;
    consents(cx, id).await
}
