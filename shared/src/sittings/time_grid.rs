//! The times at which the tests of one day begin, so that who sits several has a pause between them.

use crate::time::Timestamp;

/// Minutes after midnight in China at which tests begin on one day: 09:00–10:15, 10:45–12:00, 13:30–14:45, 15:00–16:15
/// ([D] DOMAIN §4.2).
const BEGINNINGS: [i64; 4] = [9 * 60, 10 * 60 + 45, 13 * 60 + 30, 15 * 60];
/// Shortest pause between two tests, in seconds.
const PAUSE_S: i64 = 15 * 60;

/// When the next test of the day may begin, if the one before ends at `ends_at`; `None` if the day is over.
#[must_use]
pub fn next_slot(ends_at: Timestamp) -> Option<Timestamp> {
    let midnight = Timestamp::of_day_in_china(ends_at.date_in_china());
    let beginnings = BEGINNINGS.iter().map(|minutes| midnight.plus_s(minutes * 60));
    beginnings.into_iter().find(|beginning| ends_at.plus_s(PAUSE_S) <= *beginning)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Midnight in China.
    const DAY: Timestamp = Timestamp(1_795_363_200_000);

    fn at(hour: i64, minute: i64) -> Timestamp {
        DAY.plus_s((hour * 60 + minute) * 60)
    }

    #[test]
    fn each_test_of_the_day_is_followed_by_the_next_after_a_pause() {
        assert_eq!(DAY, Timestamp::of_day_in_china(DAY.date_in_china()));
        for (ends_at, next) in [
            (at(8, 45), Some(at(9, 0))),
            (at(10, 15), Some(at(10, 45))),
            (at(10, 31), Some(at(13, 30))),
            (at(12, 0), Some(at(13, 30))),
            (at(14, 45), Some(at(15, 0))),
            (at(14, 46), None),
            (at(16, 15), None),
        ] {
            assert_eq!(next_slot(ends_at), next, "{ends_at}");
        }
    }
}
