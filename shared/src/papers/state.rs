//! What can become of a paper: it is sealed, or discarded, and either is for good.

use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where a paper stands.
    PaperState {
        /// Composed; its items follow their newest versions, which are to be approved when it is sealed.
        Open = "open",
        /// Sealed: it never changes, and exam sessions may use it.
        Sealed = "sealed",
        /// Discarded before it was sealed.
        Discarded = "discarded",
    }
}

/// Why a paper stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefusal {
    /// What was sealed is kept.
    #[error("the paper is sealed")]
    Sealed,
    /// What was discarded is not sealed.
    #[error("the paper was discarded")]
    Discarded,
    /// Papers are made of an assembly once.
    #[error("papers were made of these forms")]
    FormsUsed,
}

impl Refusal for PaperRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Sealed => "wrong-state.paper-sealed",
            Self::Discarded => "wrong-state.paper-discarded",
            Self::FormsUsed => "wrong-state.forms-used",
        }
    }
}

/// The state that follows when a paper in `state` is to be sealed or discarded. What it is already, it stays.
///
/// # Errors
/// [`PaperRefusal`] if it is the other one.
pub fn next_paper_state(state: PaperState, wanted: PaperState) -> Result<PaperState, PaperRefusal> {
    match state {
        PaperState::Open => Ok(wanted),
        _ if state == wanted => Ok(state),
        PaperState::Sealed => Err(PaperRefusal::Sealed),
        PaperState::Discarded => Err(PaperRefusal::Discarded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_and_discarded_are_for_good() {
        let (open, sealed, discarded) = (PaperState::Open, PaperState::Sealed, PaperState::Discarded);
        assert_eq!(next_paper_state(open, sealed), Ok(sealed));
        assert_eq!(next_paper_state(open, discarded), Ok(discarded));
        assert_eq!(next_paper_state(sealed, sealed), Ok(sealed));
        assert_eq!(next_paper_state(discarded, discarded), Ok(discarded));
        assert_eq!(next_paper_state(sealed, discarded), Err(PaperRefusal::Sealed));
        assert_eq!(next_paper_state(discarded, sealed), Err(PaperRefusal::Discarded));
        for refusal in [PaperRefusal::Sealed, PaperRefusal::Discarded, PaperRefusal::FormsUsed] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
        assert!(crate::problem::has_texts("field.changed-since"));
    }
}
