//! The code on an admission ticket (准考证): its number, the test that it is for, and the system's signature over both.
//! Whoever knows the public key sees without a network whether a ticket was made here (FEATURES §8 b, ADR 31).

use super::ticket::is_ticket_number;
use crate::ids::ExamSessionId;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use uuid::Uuid;

/// The form of the code; another form has another name.
const FORM: &str = "CX1";
/// Bytes of an Ed25519 signature.
const SIGNATURE_BYTES: usize = 64;
/// Bytes of an Ed25519 public key.
const KEY_BYTES: usize = 32;

/// What the code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketCode {
    /// The test.
    pub exam_session_id: ExamSessionId,
    /// 准考证号.
    pub ticket_number: String,
    /// The Ed25519 signature of [`TicketCode::signed_text`].
    pub signature: Vec<u8>,
}

impl TicketCode {
    /// What is signed. It begins as nothing else does that this system signs.
    #[must_use]
    pub fn signed_text(exam_session_id: ExamSessionId, ticket_number: &str) -> String {
        format!("chengxi admission ticket 1\n{}\n{ticket_number}", exam_session_id.0.simple())
    }

    /// Reads what a camera saw, or a hand scanner typed; `None` if it is no such code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('.').collect();
        let [FORM, ticket_number, exam_session_id, signature] = parts.as_slice() else { return None };
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let exam_session_id = ExamSessionId(Uuid::try_parse(exam_session_id).ok()?);
        let is_whole = is_ticket_number(ticket_number) && signature.len() == SIGNATURE_BYTES;
        is_whole.then(|| Self { exam_session_id, ticket_number: (*ticket_number).to_owned(), signature })
    }
}

/// The public key in [`crate::delivery::WatchedRoom::ticket_verifier`]; `None` if it cannot be read.
#[must_use]
pub fn ticket_verifier_bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok().filter(|key| key.len() == KEY_BYTES)
}

impl fmt::Display for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, signature) = (self.exam_session_id.0.simple(), URL_SAFE_NO_PAD.encode(&self.signature));
        write!(f, "{FORM}.{}.{id}.{signature}", self.ticket_number)
    }
}

/// What a ticket's code shows at the door. It judges the paper, never the person: who they are, document and face say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketFinding {
    /// Made here, for this test.
    Genuine,
    /// Made here, for another test.
    OtherTest,
    /// Not made here, or changed since.
    Forged,
    /// This device cannot check signatures.
    Unchecked,
}

/// What the code of a ticket shows at the door of a test. `is_signed` is what the signature's check said, if there was one.
#[must_use]
pub fn judge_ticket_code(code: &TicketCode, at: ExamSessionId, is_signed: Option<bool>) -> TicketFinding {
    match is_signed {
        Some(false) => TicketFinding::Forged,
        _ if code.exam_session_id != at => TicketFinding::OtherTest,
        Some(true) => TicketFinding::Genuine,
        None => TicketFinding::Unchecked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sittings::{nth_ticket_number, ticket_in};

    const HERE: ExamSessionId = ExamSessionId(Uuid::from_u128(7));
    const ELSEWHERE: ExamSessionId = ExamSessionId(Uuid::from_u128(8));

    fn code() -> TicketCode {
        let ticket_number = nth_ticket_number(26, "330106", 0).unwrap();
        TicketCode { exam_session_id: HERE, ticket_number, signature: vec![9; SIGNATURE_BYTES] }
    }

    #[test]
    fn a_code_is_read_as_it_was_written() {
        let text = code().to_string();
        assert_eq!(TicketCode::parse(&format!(" {text}\n")), Some(code()));
        assert_eq!(ticket_in(&text), Some(code().ticket_number), "who only wants the number finds it, too");
    }

    #[test]
    fn what_is_no_whole_code_is_none() {
        let text = code().to_string();
        let number = code().ticket_number;
        for wrong in [
            number.clone(),
            text.replacen("CX1", "CX2", 1),
            text.replacen('6', "7", 1),
            text[..text.len() - 4].to_owned(),
            format!("{text}.1"),
            format!("CX1.{number}.9f3a"),
        ] {
            assert_eq!(TicketCode::parse(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_signature_is_of_the_number_and_the_test() {
        let number = code().ticket_number;
        let signed = TicketCode::signed_text(HERE, &number);
        assert_ne!(signed, TicketCode::signed_text(ELSEWHERE, &number));
        assert_ne!(signed, TicketCode::signed_text(HERE, "26010601012304"));
    }

    #[test]
    fn a_forged_ticket_is_forged_for_whatever_test_it_is() {
        for at in [HERE, ELSEWHERE] {
            assert_eq!(judge_ticket_code(&code(), at, Some(false)), TicketFinding::Forged);
        }
        assert_eq!(judge_ticket_code(&code(), ELSEWHERE, Some(true)), TicketFinding::OtherTest);
        assert_eq!(judge_ticket_code(&code(), ELSEWHERE, None), TicketFinding::OtherTest);
        assert_eq!(judge_ticket_code(&code(), HERE, Some(true)), TicketFinding::Genuine);
        assert_eq!(judge_ticket_code(&code(), HERE, None), TicketFinding::Unchecked, "nothing is claimed unchecked");
    }
}
