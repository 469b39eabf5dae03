//! What an item asks is closed from the seal of a paper that holds it until candidates have sat it: a reader of the bank
//! is not to see the test of next week in it.

use super::ItemRefusal;

/// Who looks at a version of an item, and where that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookFacts {
    /// Number of the version, from 1.
    pub version: i32,
    /// The newest version in a sealed paper that nobody has sat yet, if there is one.
    pub frozen_version: Option<i32>,
    /// Whether who looks wrote the item. They know it anyway, and are not to learn that a paper holds it.
    pub is_author: bool,
    /// Whether who looks composes papers, and so sees what they hold; each look is noted.
    pub composes_papers: bool,
}

impl LookFacts {
    /// Whether the version is closed to this reader, but for a look that is noted.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        is_frozen(self.version, self.frozen_version) && !self.is_author
    }
}

/// Whether a version stands in a sealed paper that nobody has sat yet, or came before one that does. What was written
/// after the seal is another text, which waits for its review like any other.
#[must_use]
pub const fn is_frozen(version: i32, frozen_version: Option<i32>) -> bool {
    matches!(frozen_version, Some(frozen) if version <= frozen)
}

/// Lets somebody look at a version, which is noted.
///
/// # Errors
/// [`ItemRefusal::Frozen`] for who neither wrote the item nor composes papers.
pub const fn judge_look(facts: &LookFacts) -> Result<(), ItemRefusal> {
    if facts.is_closed() && !facts.composes_papers { Err(ItemRefusal::Frozen) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(version: i32, frozen_version: Option<i32>) -> LookFacts {
        LookFacts { version, frozen_version, is_author: false, composes_papers: false }
    }

    #[test]
    fn what_is_sealed_and_what_came_before_it_is_frozen() {
        for (version, frozen, expected) in
            [(1, None, false), (1, Some(1), true), (1, Some(2), true), (2, Some(2), true), (3, Some(2), false)]
        {
            assert_eq!(is_frozen(version, frozen), expected, "{version} {frozen:?}");
        }
    }

    #[test]
    fn only_its_author_and_who_composes_papers_look_at_it() {
        let frozen = facts(1, Some(1));
        assert_eq!(judge_look(&frozen), Err(ItemRefusal::Frozen));
        assert_eq!(judge_look(&LookFacts { is_author: true, ..frozen }), Ok(()));
        assert_eq!(judge_look(&LookFacts { composes_papers: true, ..frozen }), Ok(()));
        assert_eq!(judge_look(&facts(2, Some(1))), Ok(()));
        assert_eq!(judge_look(&facts(1, None)), Ok(()));
    }

    #[test]
    fn a_list_notes_nothing_and_shows_it_to_its_author_alone() {
        let frozen = facts(1, Some(1));
        assert!(frozen.is_closed() && LookFacts { composes_papers: true, ..frozen }.is_closed());
        assert!(!LookFacts { is_author: true, ..frozen }.is_closed() && !facts(1, None).is_closed());
    }
}
