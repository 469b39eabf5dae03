//! The codes on admission tickets are signed, so that one that was made elsewhere is told at the door (ADR 31).

use super::{
    facts::{SittingFacts, join},
    store,
};
use crate::platform::{
    Services,
    crypto::derive_key,
    error::{AppError, AppResult},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use shared::{
    ids::ExamSessionId,
    sittings::{ShownTicket, TicketCode, TicketLoginRefusal, is_login_code, ticket_login_code_of},
};

/// What the code on a ticket says.
pub(super) fn ticket_code(cx: &Services, exam_session_id: ExamSessionId, ticket_number: &str) -> String {
    let signature = cx.keys.tickets.sign(TicketCode::signed_text(exam_session_id, ticket_number).as_bytes());
    let ticket_number = ticket_number.to_owned();
    TicketCode { exam_session_id, ticket_number, signature: signature.to_bytes().to_vec() }.to_string()
}

/// What tells whether such a code was signed here: the public key in base64url.
#[must_use]
pub fn ticket_verifier(cx: &Services) -> String {
    URL_SAFE_NO_PAD.encode(cx.keys.tickets.verifying_key().as_bytes())
}

/// The log-in code of a ticket, as it is printed (ADR 43). It follows from a key, the test and the number, so it is kept
/// nowhere, and every node knows it.
pub(super) fn ticket_login_code(
    cx: &Services,
    exam_session_id: ExamSessionId,
    ticket_number: &str,
) -> AppResult<String> {
    let secret = derive_key(&cx.keys.entry_codes, &format!("ticket log-in {exam_session_id} {ticket_number}"))?;
    Ok(ticket_login_code_of(&secret))
}

/// The sitting whose ticket is shown, if that is proven by its signature or its log-in code.
///
/// # Errors
/// [`TicketLoginRefusal::Unknown`], also for a candidate who was taken out.
pub async fn sitting_of_ticket(cx: &Services, shown: &ShownTicket) -> AppResult<SittingFacts> {
    let unknown = || AppError::refused(TicketLoginRefusal::Unknown);
    let rows = store::list_of_ticket(cx.db.read(), shown.ticket_number()).await?;
    let sitting = join(cx.db.read(), rows).await?.pop().ok_or_else(unknown)?;
    if is_proven(cx, &sitting, shown)? { Ok(sitting) } else { Err(unknown()) }
}

/// A signature of Ed25519 is the same each time, so the code on a ticket is what we would print now.
fn is_proven(cx: &Services, sitting: &SittingFacts, shown: &ShownTicket) -> AppResult<bool> {
    let (id, number) = (sitting.exam_session_id, sitting.ticket_number.as_str());
    Ok(match shown {
        ShownTicket::Scanned(code) => code.to_string() == ticket_code(cx, id, number),
        ShownTicket::Typed { login_code, .. } => is_login_code(login_code, &ticket_login_code(cx, id, number)?),
    })
}
