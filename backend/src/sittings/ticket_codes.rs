//! The codes on admission tickets are signed, so that one that was made elsewhere is told at the door (ADR 31).

use crate::platform::Services;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use shared::{ids::ExamSessionId, sittings::TicketCode};

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
