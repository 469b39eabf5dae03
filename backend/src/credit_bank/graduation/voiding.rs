//! Two persons make a diploma void. The entry of the register stays as it is; that it counts no more stands beside it.

use super::Keep;
use crate::{
    access::Permit,
    credit_bank::{audit::checked_reason, entity::diploma_revocation, store},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::credit_bank::DiplomaRefusal;

/// Proposes to make a diploma void, or confirms what another person proposed.
///
/// # Errors
/// [`DiplomaRefusal`], and a field error without reason.
pub(super) async fn revoke(cx: &Services, permit: &Permit<Keep>, reason: &str) -> AppResult<()> {
    let (id, person, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
    cx.db
        .write(permit, async |tx| {
            store::lock_diploma(tx.conn(), id).await?;
            match store::find_voiding(tx.conn(), id).await? {
                None => {
                    tx.note("proposed", reason);
                    let row = diploma_revocation::Model {
                        diploma_id: id,
                        proposed_by: person,
                        proposed_at: tx.now(),
                        reason: reason.to_owned(),
                        confirmed_by: None,
                        confirmed_at: None,
                    };
                    store::insert_voiding(tx.conn(), row).await
                }
                Some(voiding) if voiding.confirmed_by.is_some() => Err(AppError::refused(DiplomaRefusal::Revoked)),
                Some(voiding) if voiding.proposed_by == person => Err(AppError::refused(DiplomaRefusal::SamePerson)),
                Some(_) => {
                    tx.note("confirmed", reason);
                    store::confirm_voiding(tx.conn(), id, (person, tx.now())).await
                }
            }
        })
        .await
}

/// Takes back what was proposed: the diploma stays as it is. Repeating it changes nothing.
///
/// # Errors
/// [`DiplomaRefusal::Revoked`] if it is void already.
pub(super) async fn keep(cx: &Services, permit: &Permit<Keep>) -> AppResult<()> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            store::lock_diploma(tx.conn(), id).await?;
            match store::find_voiding(tx.conn(), id).await? {
                Some(voiding) if voiding.confirmed_by.is_some() => Err(AppError::refused(DiplomaRefusal::Revoked)),
                Some(voiding) => {
                    tx.note("kept", id.to_string());
                    tx.note("proposed_by", voiding.proposed_by.to_string());
                    store::delete_voiding(tx.conn(), id).await
                }
                None => Ok(()),
            }
        })
        .await
}
