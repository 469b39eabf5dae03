//! Log-in by an admission ticket, on a device of the room: for who has no password at hand (DESIGN §5.2, ADR 43). It is
//! good for the one sitting that the ticket is for.

use super::{ticket::is_ticket_number, ticket_code::TicketCode};
use crate::{
    problem::{FieldError, ProblemCode, Refusal},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Digits of the log-in code that stands on a ticket: three groups of four, so that nobody guesses one among all the
/// tickets of a province.
const LOGIN_CODE_DIGITS: usize = 12;
/// How many codes there are.
const LOGIN_CODES: u64 = 1_000_000_000_000;
/// So long before the start a ticket lets somebody in, in seconds: devices of a room are made ready then.
const BEFORE_START_S: i64 = 4 * 3_600;
/// So long after it began such a log-in ends, whatever is done in it, in seconds.
pub const TICKET_LOGIN_S: i64 = 12 * 3_600;

/// The log-in code that bytes stand for which nobody can foresee, as it is printed: in groups of four.
#[must_use]
pub fn ticket_login_code_of(secret: &[u8; 32]) -> String {
    let number = secret.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let digits = format!("{:0width$}", number % LOGIN_CODES, width = LOGIN_CODE_DIGITS);
    digits.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// Body of `POST /ticket_logins`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TicketLogin {
    /// The number of the ticket, or all that its QR code says.
    pub ticket: String,
    /// The log-in code that stands on the ticket; who shows the QR code needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_code: Option<String>,
}

/// What somebody shows of their ticket.
#[derive(Clone, PartialEq, Eq)]
pub enum ShownTicket {
    /// Its QR code, with the signature in it.
    Scanned(TicketCode),
    /// What stands on it in digits.
    Typed {
        /// 准考证号.
        ticket_number: String,
        /// The log-in code, digits alone.
        login_code: String,
    },
}

impl ShownTicket {
    /// 准考证号.
    #[must_use]
    pub fn ticket_number(&self) -> &str {
        match self {
            Self::Scanned(code) => &code.ticket_number,
            Self::Typed { ticket_number, .. } => ticket_number,
        }
    }
}

impl TicketLogin {
    /// What is shown, however its digits were typed.
    ///
    /// # Errors
    /// A field error for what can be no ticket number and for what can be no log-in code.
    pub fn read(&self) -> Result<ShownTicket, Vec<FieldError>> {
        if let Some(code) = TicketCode::parse(&self.ticket) {
            return Ok(ShownTicket::Scanned(code));
        }
        let ticket_number = typed_digits(&self.ticket).filter(|digits| is_ticket_number(digits));
        let login_code = self.login_code.as_deref().and_then(typed_digits);
        match (ticket_number, login_code.filter(|digits| digits.len() == LOGIN_CODE_DIGITS)) {
            (Some(ticket_number), Some(login_code)) => Ok(ShownTicket::Typed { ticket_number, login_code }),
            (ticket_number, login_code) => {
                let no_number = ticket_number.is_none().then(|| FieldError::new("/ticket", "no-ticket-number"));
                let no_code = login_code.is_none().then(|| FieldError::new("/login_code", "no-login-code"));
                Err(no_number.into_iter().chain(no_code).collect())
            }
        }
    }
}

/// Digits as people type them, with spaces, hyphens and full-width digits; `None` if there is anything else.
fn typed_digits(typed: &str) -> Option<String> {
    const FULL_WIDTH_ZERO: u32 = 0xff10;
    let signs = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    let digit = |sign: char| {
        let value = sign.to_digit(10).or_else(|| u32::from(sign).checked_sub(FULL_WIDTH_ZERO));
        value.and_then(|value| char::from_digit(value, 10))
    };
    signs.map(digit).collect()
}

/// Whether what was typed as a log-in code is the one of the ticket, as that is printed.
#[must_use]
pub fn is_login_code(typed: &str, printed: &str) -> bool {
    typed_digits(printed).is_some_and(|digits| digits == typed)
}

/// Why a ticket lets nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketLoginRefusal {
    /// There is no such ticket, or what was shown with it is not its own: which of both, nobody is told.
    #[error("there is no such ticket, or its code is another one")]
    Unknown,
    /// The test is too far away.
    #[error("the ticket lets nobody in before {from}")]
    TooEarly {
        /// From when on it does.
        from: Timestamp,
    },
    /// No answer of this test is taken any more.
    #[error("the ticket let nobody in after {until}")]
    Over {
        /// Until when it did.
        until: Timestamp,
    },
}

impl Refusal for TicketLoginRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::TicketRefused
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Unknown => self.code().as_str(),
            Self::TooEarly { .. } => "ticket-refused.too-early",
            Self::Over { .. } => "ticket-refused.over",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Unknown => serde_json::Value::Null,
            Self::TooEarly { from } => json!({ "from": from }),
            Self::Over { until } => json!({ "until": until }),
        }
    }
}

/// Whether a ticket lets its candidate in at `now`: from some hours before the start on, and as long as an answer may
/// still arrive.
///
/// # Errors
/// [`TicketLoginRefusal::TooEarly`] and [`TicketLoginRefusal::Over`].
pub fn judge_ticket_login(
    starts_at: Timestamp,
    answers_until: Timestamp,
    now: Timestamp,
) -> Result<(), TicketLoginRefusal> {
    let from = starts_at.plus_s(-BEFORE_START_S);
    match now {
        now if now < from => Err(TicketLoginRefusal::TooEarly { from }),
        now if now > answers_until => Err(TicketLoginRefusal::Over { until: answers_until }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::ExamSessionId, problem::has_texts, sittings::nth_ticket_number};
    use proptest::prelude::*;
    use uuid::Uuid;

    const HOUR_MS: i64 = 3_600_000;

    fn number() -> String {
        nth_ticket_number(26, "330106", 0).unwrap()
    }

    fn typed(ticket: &str, login_code: Option<&str>) -> TicketLogin {
        TicketLogin { ticket: ticket.to_owned(), login_code: login_code.map(str::to_owned) }
    }

    #[track_caller]
    fn check_wrong(login: &TicketLogin, pointers: &[&str]) {
        let errors = login.read().err().unwrap();
        assert_eq!(errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), pointers);
        assert!(errors.iter().all(|error| has_texts(&format!("field.{}", error.code))));
    }

    #[test]
    fn digits_are_read_as_people_type_them() {
        let shown = ShownTicket::Typed { ticket_number: number(), login_code: "012345678901".to_owned() };
        for code in ["0123 4567 8901", "0123-4567-8901", "012345678901", "０１２３ ４５６７ ８９０１"] {
            assert!(typed(&format!(" {} ", number()), Some(code)).read().ok() == Some(shown.clone()), "{code}");
        }
    }

    #[test]
    fn what_can_be_no_ticket_is_told_by_its_field() {
        check_wrong(&typed("1", None), &["/ticket", "/login_code"]);
        check_wrong(&typed(&number().replacen('6', "7", 1), Some("0123 4567 8901")), &["/ticket"]);
        for code in [None, Some(""), Some("0123 4567 890"), Some("0123 4567 890x")] {
            check_wrong(&typed(&number(), code), &["/login_code"]);
        }
    }

    #[test]
    fn who_shows_the_signed_code_types_nothing() {
        let exam_session_id = ExamSessionId(Uuid::from_u128(7));
        let code = TicketCode { exam_session_id, ticket_number: number(), signature: vec![9; 64] };
        let shown = typed(&code.to_string(), None).read().ok().unwrap();
        assert_eq!(shown.ticket_number(), number());
        assert!(shown == ShownTicket::Scanned(code));
    }

    #[test]
    fn a_ticket_lets_in_from_four_hours_before_until_no_answer_is_taken() {
        let (starts_at, until) = (Timestamp(9 * HOUR_MS), Timestamp(11 * HOUR_MS));
        let judged = |now| judge_ticket_login(starts_at, until, Timestamp(now));
        let from = Timestamp(5 * HOUR_MS);
        assert_eq!(judged(from.0 - 1), Err(TicketLoginRefusal::TooEarly { from }));
        assert_eq!((judged(from.0), judged(until.0)), (Ok(()), Ok(())));
        assert_eq!(judged(until.0 + 1), Err(TicketLoginRefusal::Over { until }));
    }

    #[test]
    fn every_refusal_has_its_words() {
        let at = Timestamp(0);
        for refusal in [
            TicketLoginRefusal::Unknown,
            TicketLoginRefusal::TooEarly { from: at },
            TicketLoginRefusal::Over { until: at },
        ] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn every_code_is_read_as_it_is_printed(secret: [u8; 32]) {
            let printed = ticket_login_code_of(&secret);
            let shown = typed(&number(), Some(&printed)).read().ok().unwrap();
            let ShownTicket::Typed { login_code, .. } = shown else { panic!("it was typed") };
            prop_assert!(is_login_code(&login_code, &printed) && !is_login_code("000000000000x", &printed));
        }
    }
}
