//! Logs that several devices keep at once, some of them without a network: entries are made with an
//! id of their own, are never changed, and join in any order without loss.

use crate::{problem::FieldError, time::Timestamp};
use std::collections::{BTreeMap, btree_map::Entry};

/// How far a device's clock may run ahead, in seconds. Somebody whose phone lives in the future would
/// otherwise always have the last word.
pub const MAX_CLOCK_AHEAD_S: i64 = 300;

/// One entry of such a log. Who was wrong writes another entry.
pub trait LogEntry: Clone + Ord {
    /// Made on the device, so that sending an entry twice is harmless.
    type Id: Copy + Ord;

    /// The id.
    fn id(&self) -> Self::Id;

    /// When it was, by the device's clock.
    fn at(&self) -> Timestamp;

    /// Whether the entry, which reached the server at `now`, is of a time that has not come.
    fn is_ahead(&self, now: Timestamp) -> bool {
        self.at() > now.plus_s(MAX_CLOCK_AHEAD_S)
    }
}

/// Whether an entry was refused because of its time and for nothing else. A clock that runs ahead is no fault of what was
/// noted: the server takes it by its own clock, or later.
#[must_use]
pub fn is_only_ahead(errors: &[FieldError]) -> bool {
    !errors.is_empty() && errors.iter().all(|error| error.code == "date-in-future")
}

/// The time of such an entry by the server's clock, which says `now` and is `server_minus_wall_ms` ahead of the device's.
#[must_use]
pub fn by_server(at: Timestamp, server_minus_wall_ms: i64, now: Timestamp) -> Timestamp {
    at.plus_ms(server_minus_wall_ms).min(now)
}

/// The entry that counts: the latest by time, then by id.
#[must_use]
pub fn latest<'a, E: LogEntry + 'a>(entries: impl IntoIterator<Item = &'a E>) -> Option<&'a E> {
    entries.into_iter().max_by_key(|entry| (entry.at(), entry.id()))
}

/// Joins two logs: the union by id, in the order of time, then of id. Two entries of one id are the
/// same; if some device breaks that, the greater one stays, whoever sends first.
#[must_use]
pub fn merge<E: LogEntry>(ours: &[E], theirs: &[E]) -> Vec<E> {
    let mut by_id: BTreeMap<E::Id, &E> = BTreeMap::new();
    for entry in ours.iter().chain(theirs) {
        match by_id.entry(entry.id()) {
            Entry::Vacant(place) => {
                place.insert(entry);
            }
            Entry::Occupied(mut place) if *place.get() < entry => {
                place.insert(entry);
            }
            Entry::Occupied(_) => {}
        }
    }
    let mut merged: Vec<E> = by_id.into_values().cloned().collect();
    merged.sort_unstable_by_key(|entry| (entry.at(), entry.id()));
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Id, time, content.
    type Note = (u8, i64, u8);

    impl LogEntry for Note {
        type Id = u8;

        fn id(&self) -> u8 {
            self.0
        }

        fn at(&self) -> Timestamp {
            Timestamp(self.1)
        }
    }

    fn logs() -> impl Strategy<Value = Vec<Note>> {
        prop::collection::vec((0..12_u8, 0..6_i64, 0..3_u8), 0..10)
    }

    #[test]
    fn the_latest_counts_and_of_two_at_once_the_greater_id() {
        assert_eq!(latest(&[(9, 10, 0), (1, 20, 0), (2, 20, 0)]), Some(&(2, 20, 0)));
        assert_eq!(latest::<Note>(&[]), None);
    }

    #[test]
    fn a_clock_may_run_ahead_by_minutes_and_not_by_more() {
        assert!(!(1, 300_000, 0).is_ahead(Timestamp(0)) && (1, 300_001, 0).is_ahead(Timestamp(0)));
    }

    #[test]
    fn what_a_clock_alone_is_to_blame_for_is_taken_by_another() {
        let ahead = || FieldError::new("/noted_at", "date-in-future");
        assert!(is_only_ahead(&[ahead()]));
        assert!(!is_only_ahead(&[]) && !is_only_ahead(&[ahead(), FieldError::new("/reason", "required")]));
        // Noted at 400 s by a clock that is 360 s fast; the server has come to 100 s.
        assert_eq!(by_server(Timestamp(400_000), -360_000, Timestamp(100_000)), Timestamp(40_000));
        assert!(!(1, by_server(Timestamp(900_000), 0, Timestamp(0)).0, 0).is_ahead(Timestamp(0)), "never ahead again");
    }

    proptest! {
        #[test]
        fn no_order_of_arrival_and_no_repeat_makes_a_difference(one in logs(), two in logs(), three in logs()) {
            let merged = merge(&one, &two);
            prop_assert_eq!(&merge(&two, &one), &merged);
            prop_assert_eq!(&merge(&merged, &two), &merged);
            prop_assert_eq!(&merge(&merged, &merged), &merged);
            prop_assert_eq!(merge(&merged, &three), merge(&one, &merge(&two, &three)));
        }

        #[test]
        fn neither_side_loses_an_entry(one in logs(), two in logs()) {
            let merged = merge(&one, &two);
            for entry in one.iter().chain(&two) {
                prop_assert!(merged.iter().any(|kept| kept.0 == entry.0));
            }
            prop_assert_eq!(latest(&merged), merged.last());
        }
    }
}
