//! What becomes of a text that an author saves as the draft of a course, over the version that they have seen.

use crate::ids::AccountId;

/// The draft of a course, as it stands in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptDraft<'a> {
    /// What was saved last, as it is stored.
    pub text: &'a str,
    /// Changes at every save.
    pub version: i32,
    /// Who saved it last.
    pub edited_by: AccountId,
}

/// What becomes of a text that is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSaving {
    /// It takes the place of the text before.
    Replace,
    /// The same author has saved it already, and the reply was lost.
    Repeat,
    /// Somebody has saved since.
    Stale,
}

/// Judges a text that `by` saves over the version `seen`.
#[must_use]
pub fn judge_draft(kept: &KeptDraft<'_>, seen: i32, text: &str, by: AccountId) -> DraftSaving {
    if kept.version == seen {
        return DraftSaving::Replace;
    }
    let is_next = seen.checked_add(1) == Some(kept.version);
    if is_next && kept.edited_by == by && kept.text == text { DraftSaving::Repeat } else { DraftSaving::Stale }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    fn judged(seen: i32, text: &str, by: AccountId) -> DraftSaving {
        judge_draft(&KeptDraft { text: "甲", version: 3, edited_by: ONE }, seen, text, by)
    }

    #[test]
    fn nobody_writes_over_what_they_have_not_seen() {
        assert_eq!(judged(3, "乙", OTHER), DraftSaving::Replace);
        assert_eq!(judged(3, "甲", ONE), DraftSaving::Replace);
        for seen in [i32::MIN, 1, 2, 4, i32::MAX] {
            assert_eq!(judged(seen, "乙", ONE), DraftSaving::Stale, "{seen}");
        }
    }

    #[test]
    fn what_somebody_has_saved_they_may_send_again() {
        assert_eq!(judged(2, "甲", ONE), DraftSaving::Repeat);
        assert_eq!(judged(1, "甲", ONE), DraftSaving::Stale, "it was saved over another version");
        assert_eq!(judged(2, "甲", OTHER), DraftSaving::Stale, "somebody else has written the same");
    }
}
