//! Log-in by an admission ticket, at a device of the room (ADR 43).

use crate::{
    identity::{Caller, Granted, Identity, TicketHolder},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings,
};
use shared::sittings::{ShownTicket, TicketLogin, judge_ticket_login, may_be_sat};

/// Lets in whoever shows a ticket, to the sitting that it is for.
///
/// # Errors
/// [`AppError::Invalid`] for what can be no ticket; `ticket-refused` for one that is unknown or not of this time,
/// `exam-cancelled` if the test was called off; [`AppError::TooMany`].
pub(super) async fn log_in(
    cx: &Services,
    identity: &Identity,
    request: &TicketLogin,
    caller: Caller,
) -> AppResult<Granted> {
    let shown = request.read().map_err(AppError::Invalid)?;
    identity.log_in_by_ticket(shown.ticket_number(), holder(cx, &shown), caller).await
}

/// Whose ticket is shown, if it lets them in now.
async fn holder(cx: &Services, shown: &ShownTicket) -> AppResult<TicketHolder> {
    let sitting = sittings::sitting_of_ticket(cx, shown).await?;
    may_be_sat(sitting.state).map_err(AppError::refused)?;
    let now = cx.clock.now();
    let answers_until = sitting.told_deadline(now).plus_s(sitting.rules.delivery().late_window_s);
    judge_ticket_login(sitting.starts_at, answers_until, now).map_err(AppError::refused)?;
    Ok(TicketHolder { account_id: sitting.account_id, sitting_id: sitting.id })
}
