//! Which video and sound of a module a phone takes along: what its learner agreed to, and what there is room for.

use super::recording::{MEGABYTE, RecordingName};
use std::collections::BTreeSet;

/// What a learner may agree to for one recording, in bytes, the smallest first: sound, a short video, a long one.
pub const KEEPING_LIMITS: [u64; 3] = [5 * MEGABYTE, 20 * MEGABYTE, 60 * MEGABYTE];
/// Of the room that a browser names, one part in so many is left to what it keeps besides.
const RESERVE: u64 = 10;

/// The limit that is named by its bytes; the smallest if none of them is.
#[must_use]
pub fn keeping_limit(named: &str) -> u64 {
    let known = |limit: &u64| named.parse::<u64>() == Ok(*limit);
    KEEPING_LIMITS.into_iter().find(known).unwrap_or(KEEPING_LIMITS[0])
}

/// What is taken along of some recordings, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakeAlong {
    /// What is fetched, the smallest first: if the network breaks off, most of it is there.
    pub fetched: Vec<RecordingName>,
    /// How many are larger than the learner agreed to.
    pub too_large: usize,
}

/// What is to be fetched of `all`, of which the phone has `here`, when no recording may have more than `most_bytes`.
#[must_use]
pub fn take_along(all: &BTreeSet<RecordingName>, here: &BTreeSet<RecordingName>, most_bytes: u64) -> TakeAlong {
    let (mut fetched, too_large): (Vec<_>, Vec<_>) =
        all.difference(here).cloned().partition(|name| name.bytes <= most_bytes);
    fetched.sort_by_key(|name| name.bytes);
    TakeAlong { fetched, too_large: too_large.len() }
}

/// What recordings weigh together, in bytes.
pub fn weight_of<'a>(names: impl IntoIterator<Item = &'a RecordingName>) -> u64 {
    names.into_iter().fold(0, |all: u64, name| all.saturating_add(name.bytes))
}

/// Whether a browser that names this `room`, in bytes, can take so many more. One that names none is tried.
#[must_use]
pub fn has_room(room: Option<u64>, bytes: u64) -> bool {
    room.is_none_or(|room| bytes <= room - room / RESERVE)
}

/// What no module needs any more after a change: what was needed `before` and is not `now`.
#[must_use]
pub fn left_over(before: &BTreeSet<RecordingName>, now: &BTreeSet<RecordingName>) -> Vec<RecordingName> {
    before.difference(now).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::recording::RecordingKind;
    use proptest::prelude::*;

    fn name(nth: u8, bytes: u64) -> RecordingName {
        RecordingName { sha256: format!("{nth:064x}"), bytes, kind: RecordingKind::Mp4 }
    }

    fn names(bytes: &[u64]) -> BTreeSet<RecordingName> {
        bytes.iter().enumerate().map(|(nth, bytes)| name(u8::try_from(nth).unwrap(), *bytes)).collect()
    }

    #[test]
    fn the_smallest_come_first_and_the_large_ones_stay() {
        let all = names(&[7 * MEGABYTE, 2 * MEGABYTE, 5 * MEGABYTE]);
        let taken = take_along(&all, &BTreeSet::new(), KEEPING_LIMITS[0]);
        assert_eq!((taken.fetched, taken.too_large), (vec![name(1, 2 * MEGABYTE), name(2, 5 * MEGABYTE)], 1));
        let here = BTreeSet::from([name(1, 2 * MEGABYTE)]);
        assert_eq!(take_along(&all, &here, KEEPING_LIMITS[0]).fetched, [name(2, 5 * MEGABYTE)]);
        assert_eq!(weight_of(&all), 14 * MEGABYTE);
    }

    #[test]
    fn a_limit_is_one_of_a_few() {
        assert_eq!(keeping_limit("20000000"), KEEPING_LIMITS[1]);
        assert_eq!(["", "1", "-5", "99999999999"].map(keeping_limit), [KEEPING_LIMITS[0]; 4]);
    }

    #[test]
    fn some_room_is_left() {
        assert!(has_room(None, u64::MAX), "a browser that says nothing is tried");
        assert!(has_room(Some(100), 90) && !has_room(Some(100), 91));
        assert!(has_room(Some(0), 0) && !has_room(Some(0), 1));
    }

    #[test]
    fn what_another_module_needs_stays() {
        let (a, b) = (name(0, 1), name(1, 1));
        let before = BTreeSet::from([a.clone(), b.clone()]);
        assert_eq!(left_over(&before, &BTreeSet::from([b])), [a]);
    }

    proptest! {
        #[test]
        fn nothing_is_fetched_that_is_larger_than_agreed_or_here(
            bytes in proptest::collection::vec(0_u64..100, 0..12), most in 0_u64..100, here in 0_usize..12,
        ) {
            let all = names(&bytes);
            let here: BTreeSet<_> = all.iter().take(here).cloned().collect();
            let taken = take_along(&all, &here, most);
            prop_assert!(taken.fetched.iter().all(|name| name.bytes <= most && !here.contains(name)));
            prop_assert_eq!(taken.fetched.len() + taken.too_large + here.len(), all.len());
        }
    }
}
