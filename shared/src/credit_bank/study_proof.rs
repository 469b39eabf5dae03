//! 学习记录证明: a print of what somebody has studied. Its number has the form of a certificate's; what is kept of it
//! is that number, the digest of the file, and the day.

use super::{CertificateNumber, CertificateNumberParts};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What stands in the number where a certificate has its level.
const MARK: u8 = 9;
/// Where it stands.
const MARK_AT: usize = 8;
/// Serials of one course within a certificate number.
const SERIALS: u64 = 1_000_000;
/// Courses within a certificate number.
const COURSES: u64 = 100;

/// The number of a print, of which `random` makes the last digits: nobody guesses the number of another one. `None` if
/// a part has too many digits.
#[must_use]
pub fn study_proof_number(year: u16, division: u16, random: u64) -> Option<CertificateNumber> {
    let course = u8::try_from(random / SERIALS % COURSES).ok()?;
    let serial = u32::try_from(random % SERIALS).ok()?;
    CertificateNumber::build(&CertificateNumberParts { year, division, level: MARK, course, serial })
}

/// Whether a number is that of a print of study records, and of no certificate.
#[must_use]
pub fn is_study_proof(number: &CertificateNumber) -> bool {
    number.as_str().as_bytes().get(MARK_AT) == Some(&(b'0' + MARK))
}

/// What anybody may know of a print: `GET /public/study_proofs/{number}`. Nothing of whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicStudyProof {
    /// The number.
    pub number: String,
    /// SHA-256 of the file, in hex.
    pub digest: String,
    /// When it was printed.
    pub issued_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_print_is_told_from_a_certificate_by_its_number() {
        let proof = study_proof_number(2026, 3305, 12_345_678_901).unwrap();
        assert!(proof.as_str().starts_with("20263305945678901"), "{proof}");
        assert!(is_study_proof(&proof));
        for level in [1, 2] {
            let parts = CertificateNumberParts { year: 2026, division: 3305, level, course: 99, serial: 999_999 };
            assert!(!is_study_proof(&CertificateNumber::build(&parts).unwrap()));
        }
        assert_eq!(study_proof_number(10_000, 3305, 0), None);
    }

    proptest! {
        #[test]
        fn every_number_is_read_again(year in 2000..10_000u16, division in 0..10_000u16, random in any::<u64>()) {
            let number = study_proof_number(year, division, random).unwrap();
            prop_assert_eq!(CertificateNumber::parse(number.as_str()), Some(number.clone()));
            prop_assert!(is_study_proof(&number));
        }
    }
}
