//! 报名材料: photos of the papers that prove what a record says. They show whole numbers, so they are
//! kept sealed, and each look is audited.

use super::RecordState;
use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

/// Largest file that may be sent, in bytes: a photo as a phone takes it.
pub const MAX_ATTACHMENT_BYTES: usize = 12 * 1024 * 1024;
/// Longest side of what is kept, in pixels: small print can be read.
pub const MAX_ATTACHMENT_SIDE: u32 = 2_000;
/// Photos that one record may have.
pub const MAX_ATTACHMENTS: usize = 12;

/// Days for which a photo is kept once it has served its time, as the privacy notice promises: so long a review can be
/// asked about.
pub const PAPERS_KEPT_DAYS: i64 = 180;

text_enum! {
    /// What a photo shows.
    AttachmentKind {
        /// 身份证件, the side with the portrait or the other.
        IdCard = "id_card",
        /// 户口簿 or 居住证.
        Household = "household",
        /// 毕业证书 of the school before.
        Diploma = "diploma",
        /// 免冠照片.
        Portrait = "portrait",
        /// 报名登记表, signed and sealed.
        ApplicationForm = "application_form",
        /// 报名承诺书, signed.
        CommitmentLetter = "commitment_letter",
        /// What else there is.
        Other = "other",
    }
}

impl AttachmentKind {
    /// Whether a photo shows the number of a document: who does not agree to that shows the original.
    #[must_use]
    pub const fn shows_document(self) -> bool {
        matches!(self, Self::IdCard | Self::Household)
    }

    /// Whether a photo has served its time where the record stands: a proof, when its review is over; the portrait, which
    /// tickets and forms show, when the record is.
    #[must_use]
    pub const fn has_served(self, state: RecordState) -> bool {
        use RecordState::{Applied, CityFiled, CountyReview, SchoolReview};
        match self {
            Self::Portrait => !state.is_running(),
            _ => !matches!(state, Applied | SchoolReview | CountyReview | CityFiled),
        }
    }
}

/// Why the photos of a record do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentRefusal {
    /// Somebody has reviewed, or reviews, what they show.
    #[error("attachments are fixed while the record is {state}")]
    Fixed {
        /// Where the record stands.
        state: RecordState,
    },
    /// Whom they show does not agree to photos of their documents.
    #[error("the learner does not agree to photos of documents")]
    NotAgreed,
}

impl Refusal for AttachmentRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Fixed { .. } => "wrong-state.attachment-fixed",
            Self::NotAgreed => "wrong-state.attachment-not-agreed",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Fixed { state } => serde_json::json!({ "state": state }),
            Self::NotAgreed => serde_json::Value::Null,
        }
    }
}

/// Decides whether photos may be added to a record or taken away: while it is being filled in, so that
/// who approves it has seen them all.
///
/// # Errors
/// [`AttachmentRefusal::Fixed`].
pub const fn judge_attachment(state: RecordState) -> Result<(), AttachmentRefusal> {
    match state {
        RecordState::Applied => Ok(()),
        _ => Err(AttachmentRefusal::Fixed { state }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};

    #[test]
    fn photos_change_while_the_record_is_filled_in() {
        assert_eq!(judge_attachment(RecordState::Applied), Ok(()));
        let fixed = AttachmentRefusal::Fixed { state: RecordState::SchoolReview };
        assert_eq!(judge_attachment(RecordState::SchoolReview), Err(fixed));
        for refusal in [fixed, AttachmentRefusal::NotAgreed] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    #[test]
    fn a_proof_serves_until_its_review_is_over_and_a_portrait_as_long_as_the_record() {
        for state in RecordState::ALL {
            let is_reviewed = !matches!(state.as_str(), "applied" | "school_review" | "county_review" | "city_filed");
            assert_eq!(AttachmentKind::IdCard.has_served(*state), is_reviewed, "{state}");
            assert_eq!(AttachmentKind::Portrait.has_served(*state), !state.is_running(), "{state}");
        }
    }

    #[test]
    fn every_kind_has_its_name() {
        let keys: Vec<_> = AttachmentKind::ALL.iter().map(|kind| format!("attachment_{kind}")).collect();
        let files =
            [include_str!("../../locales/zh-CN/enrolment.json"), include_str!("../../locales/en/enrolment.json")];
        assert!(are_named(files, &keys));
    }
}
