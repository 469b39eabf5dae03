//! The receipt (回执) on paper: what its code says, and for whom the office prints one.

use super::Receipt;
use crate::{problem::FieldError, sittings::is_ticket_number};
use serde::{Deserialize, Serialize};

/// Body of `POST /exam_sessions/{id}/receipts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrintReceipt {
    /// 准考证号 of the candidate whose receipt it is.
    pub ticket_number: String,
}

impl PrintReceipt {
    /// The ticket number, without what was typed around it.
    ///
    /// # Errors
    /// The field, if nothing stands in it, or no ticket number.
    pub fn checked(&self) -> Result<&str, Vec<FieldError>> {
        let refused = |code: &str| Err(vec![FieldError::new("/ticket_number", code)]);
        match self.ticket_number.trim() {
            "" => refused("required"),
            number if is_ticket_number(number) => Ok(number),
            _ => refused("not-found"),
        }
    }
}

/// What the code on a printed receipt says: `CXR1.<ticket>.<sitting>.<millisecond>.<answered>.<entries>.<digest>`. Who
/// doubts a receipt has the office print it again: the two codes are the same, letter by letter (ADR 44).
#[must_use]
pub fn receipt_code(ticket_number: &str, receipt: &Receipt, entries: u64) -> String {
    let Receipt { sitting_id, closed_at, answered, digest, .. } = receipt;
    format!("CXR1.{ticket_number}.{sitting_id}.{}.{answered}.{entries}.{digest}", closed_at.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::SittingId, sittings::nth_ticket_number, time::Timestamp};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn receipt(closed_at: i64, answered: u16, digest: &str) -> Receipt {
        let (sitting_id, digest) = (SittingId(Uuid::from_u128(7)), digest.to_owned());
        Receipt { sitting_id, closed_at: Timestamp(closed_at), by_candidate: true, answered, digest }
    }

    #[test]
    fn a_ticket_number_is_asked_for() {
        let number = nth_ticket_number(26, "330106", 0).unwrap();
        let asked = |typed: &str| PrintReceipt { ticket_number: typed.to_owned() };
        assert_eq!(asked(&format!(" {number} ")).checked(), Ok(number.as_str()));
        let refused = |code: &str| Err(vec![FieldError::new("/ticket_number", code)]);
        assert_eq!(asked("  ").checked(), refused("required"));
        assert_eq!(asked("123").checked(), refused("not-found"));
    }

    #[test]
    fn the_code_holds_what_the_receipt_says() {
        let code = receipt_code("26010600101018", &receipt(90, 3, "ab"), 5);
        assert_eq!(code, "CXR1.26010600101018.00000000-0000-0000-0000-000000000007.90.3.5.ab");
    }

    proptest! {
        #[test]
        fn another_receipt_has_another_code(
            one in (0_i64..9, 0_u16..9, "[0-9a-f]{2}", 0_u64..9),
            other in (0_i64..9, 0_u16..9, "[0-9a-f]{2}", 0_u64..9),
        ) {
            let code = |(at, answered, digest, entries): &(i64, u16, String, u64)| {
                receipt_code("1", &receipt(*at, *answered, digest), *entries)
            };
            prop_assert_eq!(code(&one) == code(&other), one == other);
        }
    }
}
