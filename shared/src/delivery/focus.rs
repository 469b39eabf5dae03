//! What a test does when a candidate leaves the paper's page (切屏). It is evidence for people and never a verdict: nobody
//! loses a point or a minute by it (DESIGN §5.10, DOMAIN §4.7: warn at first, tell from the third time on).

use crate::rights::text_enum;

/// From so many times on those who watch the room are told.
pub const TELLS_FROM: u32 = 3;

text_enum! {
    /// What a test does when a candidate leaves the paper's page.
    FocusPolicy {
        /// It is recorded, for people to look at.
        Record = "record",
        /// The candidate is told each time, too.
        Warn = "warn",
        /// And from the third time on those who watch the room are.
        Tell = "tell",
    }
}

impl FocusPolicy {
    /// What held before tests had a policy.
    #[must_use]
    pub const fn of_old() -> Self {
        Self::Record
    }

    /// Whether candidates are told that it was recorded.
    #[must_use]
    pub const fn warns(self) -> bool {
        matches!(self, Self::Warn | Self::Tell)
    }

    /// Whether those who watch the room are told of a candidate who left so often.
    #[must_use]
    pub const fn tells(self, losses: u32) -> bool {
        matches!(self, Self::Tell) && losses >= TELLS_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_watches_is_told_from_the_third_time_on_and_only_where_the_test_says_so() {
        let told = |policy: FocusPolicy| (0..5).filter(|losses| policy.tells(*losses)).collect::<Vec<u32>>();
        assert_eq!(told(FocusPolicy::Tell), [3, 4]);
        assert_eq!(told(FocusPolicy::Warn), [] as [u32; 0]);
        assert_eq!(told(FocusPolicy::Record), [] as [u32; 0]);
    }

    #[test]
    fn whom_others_are_told_of_was_warned_before() {
        for policy in FocusPolicy::ALL {
            assert!(policy.warns() || !policy.tells(u32::MAX), "{policy}");
        }
    }
}
