//! What happened to an item, as one list.

use crate::{rights::text_enum, time::Timestamp};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What happened to an item.
    ItemEventKind {
        /// A version was written.
        Written = "written",
        /// It came in out of a text or a file.
        Imported = "imported",
        /// It was said what it is about.
        Described = "described",
        /// It was changed together with others.
        ChangedTogether = "changed_together",
        /// Somebody else found that the version is to be tried first.
        Tried = "tried",
        /// Somebody else found the version right.
        Approved = "approved",
        /// Somebody else sent the version back.
        Returned = "returned",
        /// Something was said about it.
        Commented = "commented",
        /// A file was put beside it.
        Attached = "attached",
        /// Somebody looked at the version with its key.
        Looked = "looked",
        /// Somebody took the version away with its key.
        Exported = "exported",
        /// Candidates saw the version in a test.
        Used = "used",
        /// It was measured how the version did in a test.
        Measured = "measured",
        /// No new paper takes it any more.
        Retired = "retired",
    }
}

text_enum! {
    /// Who did something to an item. Nobody is told by name.
    ItemHand {
        /// The reader.
        Own = "own",
        /// The author.
        Author = "author",
        /// Somebody else.
        Other = "other",
        /// Nobody: it came of a test.
        Test = "test",
    }
}

impl ItemEventKind {
    /// Whether it tells that others are busy with an item. Authors do not learn of it: they could tell from it which of
    /// their items a paper is going to hold.
    #[must_use]
    pub const fn is_look(self) -> bool {
        matches!(self, Self::Looked | Self::Exported)
    }
}

/// One thing that happened to an item: one of the rows of `GET /items/{id}/history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemEvent {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: ItemEventKind,
    /// Number of the version that was the newest then; of a look, a review or a test, the one that it was about.
    pub version: i32,
    /// Who did it.
    pub hand: ItemHand,
    /// The reason, the comment, or what is said of it; empty if there are no words.
    pub words: String,
}

/// Where an event stands in its list: when it was, and its place among those of the same instant.
pub type ItemEventKey = (Timestamp, u32);

/// Events of an item in whatever order, the newest first, each with its place; those before `before` alone.
#[must_use]
pub fn ordered_events(mut events: Vec<ItemEvent>, before: Option<ItemEventKey>) -> Vec<(ItemEventKey, ItemEvent)> {
    events.sort_by_key(|event| (event.at, event.kind, event.version));
    let mut keyed: Vec<(ItemEventKey, ItemEvent)> = Vec::with_capacity(events.len());
    for event in events {
        let place = keyed.last().filter(|((at, _), _)| *at == event.at).map_or(0, |((_, place), _)| place + 1);
        keyed.push(((event.at, place), event));
    }
    keyed.retain(|(key, _)| before.is_none_or(|before| *key < before));
    keyed.reverse();
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(at: i64, kind: ItemEventKind) -> ItemEvent {
        ItemEvent { at: Timestamp(at), kind, version: 1, hand: ItemHand::Other, words: String::new() }
    }

    #[test]
    fn the_newest_comes_first_and_of_one_instant_what_comes_of_the_other() {
        use ItemEventKind::{Imported, Looked, Written};
        let events = vec![event(5, Looked), event(1, Imported), event(1, Written)];
        let kinds: Vec<_> = ordered_events(events, None).into_iter().map(|(_, event)| event.kind).collect();
        assert_eq!(kinds, [Looked, Imported, Written]);
    }

    #[test]
    fn authors_learn_of_no_looks() {
        let looks: Vec<_> = ItemEventKind::ALL.iter().filter(|kind| kind.is_look()).collect();
        assert_eq!(looks, [&ItemEventKind::Looked, &ItemEventKind::Exported]);
    }

    proptest! {
        #[test]
        fn pages_together_are_the_list(ats in proptest::collection::vec(0_i64..4, 0..20), rows in 1_usize..5) {
            let events: Vec<_> = ats.iter().map(|at| event(*at, ItemEventKind::Looked)).collect();
            let whole = ordered_events(events.clone(), None);
            let (mut pages, mut before) = (Vec::new(), None);
            loop {
                let mut page = ordered_events(events.clone(), before);
                page.truncate(rows);
                let Some((last, _)) = page.last() else { break };
                before = Some(*last);
                pages.extend(page);
            }
            prop_assert_eq!(pages, whole);
        }
    }
}
