//! Log-ins by an admission ticket: good for the one sitting that it is for (ADR 43). Whether a ticket is what it says,
//! the caller finds out.

use super::{
    entity::login,
    logins::{Caller, Granted, Identity, insert_token, new_token},
    store,
    tries::{Counted, Tries},
};
use crate::{
    access::{JobName, Permit, actions},
    platform::error::{AppError, AppResult},
};
use shared::{
    ids::{AccountId, LoginId, SittingId},
    problem::Refusal,
    sittings::{TICKET_LOGIN_S, TicketLoginRefusal},
    time::Timestamp,
};

actions! {
    /// Begin a log-in by a ticket.
    LogInByTicket(LoginId) = ManageOwnLogins;
    /// Refuse a ticket whose tries are used up.
    RefuseTicket(String) = ManageOwnLogins;
}

/// Whose ticket was shown.
#[derive(Clone, Copy, Debug)]
pub struct TicketHolder {
    /// The candidate.
    pub account_id: AccountId,
    /// What they sit.
    pub sitting_id: SittingId,
}

/// Whether a log-in came of a ticket and is so old that it ends, whatever is done in it.
pub(super) fn is_over(login: &login::Model, now: Timestamp) -> bool {
    login.sitting_id.is_some() && now > login.created_at.plus_s(TICKET_LOGIN_S)
}

/// Whether what was shown proved nothing. A true ticket at a wrong time, or while the store fails, guesses nothing.
fn is_guess(error: &AppError) -> bool {
    let unknown = TicketLoginRefusal::Unknown.message_key();
    matches!(error, AppError::Refused(refusal) if refusal.message_key() == unknown)
}

impl Identity {
    /// Logs in the holder of a ticket, whom `shown` names if what was shown proves it: nothing is looked up for whom no
    /// try is left. Tries are counted for a ticket and a network as for a name, and the network's failures apart from
    /// those of passwords; the first that is one too many stands in the audit log.
    ///
    /// # Errors
    /// [`AppError::TooMany`]; as `shown` refuses; [`TicketLoginRefusal::Unknown`] for an account that is closed.
    pub async fn log_in_by_ticket(
        &self,
        ticket_number: &str,
        shown: impl Future<Output = AppResult<TicketHolder>>,
        caller: Caller,
    ) -> AppResult<Granted> {
        let tries = Tries::of_ticket(&self.cx, ticket_number, &caller.network);
        match tries.count().await? {
            Counted::Within => {}
            Counted::First => {
                self.note_lock_out(ticket_number).await?;
                return Err(Tries::used_up());
            }
            Counted::Further => return Err(Tries::used_up()),
        }
        let holder = match shown.await {
            Ok(holder) => holder,
            Err(error) => {
                if is_guess(&error) {
                    tries.failed().await;
                }
                return Err(error);
            }
        };
        let granted = self.open_ticket_login(holder, &caller).await?;
        tries.succeeded(holder.account_id).await;
        Ok(granted)
    }

    async fn note_lock_out(&self, ticket_number: &str) -> AppResult<()> {
        let permit = Permit::<RefuseTicket>::for_job(JobName::LogIn, ticket_number.to_owned());
        self.cx
            .db
            .write(&permit, async |tx| {
                tx.note("refused", "too-many");
                Ok(())
            })
            .await
    }

    async fn open_ticket_login(&self, holder: TicketHolder, caller: &Caller) -> AppResult<Granted> {
        let login_id: LoginId = self.cx.ids.new_id();
        let permit = Permit::<LogInByTicket>::for_job(JobName::LogIn, login_id);
        let refresh_token = new_token(&self.cx);
        let device: String = caller.agent.chars().take(200).collect();
        let (account, opened) = self
            .cx
            .db
            .write(&permit, async |tx| {
                let account = store::lock_account(tx.conn(), holder.account_id).await?;
                let account = account.filter(|account| account.closed_at.is_none());
                let account = account.ok_or_else(|| AppError::refused(TicketLoginRefusal::Unknown))?;
                tx.note("account", account.id.to_string());
                tx.note("sitting", holder.sitting_id.to_string());
                let row = login::Model {
                    id: login_id,
                    account_id: account.id,
                    device: device.clone(),
                    created_at: tx.now(),
                    last_used_at: tx.now(),
                    ended_at: None,
                    need: None,
                    is_kept: false,
                    busy_until: None,
                    sitting_id: Some(holder.sitting_id),
                };
                store::insert_login(tx.conn(), row.clone()).await?;
                insert_token(tx, login_id, &refresh_token).await?;
                Ok((account, row))
            })
            .await?;
        self.grant(account, &opened, None, refresh_token).await
    }
}
