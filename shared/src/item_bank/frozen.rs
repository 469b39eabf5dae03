//! What an item asks is closed from the seal of a paper that holds it until candidates have sat it: a reader of the bank
//! is not to see the test of next week in it, and who composes papers sees it with a second person alone.

use super::ItemRefusal;

/// Who looks at an item, and where that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookFacts {
    /// Whether one of its versions stands in a sealed paper that nobody has sat yet. Then all are closed: a newer one may
    /// differ from what is sealed by no more than a word of its explanation.
    pub is_frozen: bool,
    /// Whether who looks wrote the item. They know it anyway, and are not to learn that a paper holds it.
    pub is_author: bool,
}

/// Lets somebody look at an item, which is noted.
///
/// # Errors
/// [`ItemRefusal::Frozen`] for who did not write what is frozen.
pub const fn judge_look(facts: LookFacts) -> Result<(), ItemRefusal> {
    if facts.is_frozen && !facts.is_author { Err(ItemRefusal::Frozen) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_frozen_is_seen_by_its_author_alone() {
        for is_author in [false, true] {
            assert_eq!(judge_look(LookFacts { is_frozen: false, is_author }), Ok(()));
        }
        assert_eq!(judge_look(LookFacts { is_frozen: true, is_author: true }), Ok(()));
        assert_eq!(judge_look(LookFacts { is_frozen: true, is_author: false }), Err(ItemRefusal::Frozen));
    }
}
