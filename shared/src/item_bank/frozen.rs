//! What an item asks is closed from the seal of a paper that holds it until candidates have sat it: a reader of the bank
//! is not to see the test of next week in it.

use super::ItemRefusal;

/// Who looks at an item, and where that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookFacts {
    /// Whether one of its versions stands in a sealed paper that nobody has sat yet. Then all are closed: a newer one may
    /// differ from what is sealed by no more than a word of its explanation.
    pub is_frozen: bool,
    /// Whether who looks wrote the item. They know it anyway, and are not to learn that a paper holds it.
    pub is_author: bool,
    /// Whether who looks composes papers, and so sees what they hold; each look is noted.
    pub composes_papers: bool,
}

impl LookFacts {
    /// Whether the item is closed to this reader, but for a look that is noted.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.is_frozen && !self.is_author
    }
}

/// Lets somebody look at an item, which is noted.
///
/// # Errors
/// [`ItemRefusal::Frozen`] for who neither wrote the item nor composes papers.
pub const fn judge_look(facts: &LookFacts) -> Result<(), ItemRefusal> {
    if facts.is_closed() && !facts.composes_papers { Err(ItemRefusal::Frozen) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROZEN: LookFacts = LookFacts { is_frozen: true, is_author: false, composes_papers: false };
    const OPEN: LookFacts = LookFacts { is_frozen: false, ..FROZEN };

    #[test]
    fn only_its_author_and_who_composes_papers_look_at_it() {
        assert_eq!(judge_look(&FROZEN), Err(ItemRefusal::Frozen));
        assert_eq!(judge_look(&LookFacts { is_author: true, ..FROZEN }), Ok(()));
        assert_eq!(judge_look(&LookFacts { composes_papers: true, ..FROZEN }), Ok(()));
        assert_eq!(judge_look(&OPEN), Ok(()));
    }

    #[test]
    fn a_list_notes_nothing_and_shows_it_to_its_author_alone() {
        assert!(FROZEN.is_closed() && LookFacts { composes_papers: true, ..FROZEN }.is_closed());
        assert!(!LookFacts { is_author: true, ..FROZEN }.is_closed() && !OPEN.is_closed());
    }
}
