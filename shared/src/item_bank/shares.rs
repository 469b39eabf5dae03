//! Points that are shared out in per cent.

use crate::points::Points;

/// The points of parts that are worth so many per cent each: rounded down to a hundredth; hundredths that remain go to
/// the first, one each, so that parts which are a hundred per cent together are all of the points.
pub(super) fn shares_of(percents: impl Iterator<Item = u16>, max: Points) -> Vec<Points> {
    let shares: Vec<i64> = percents.map(|percent| i64::from(max.0) * i64::from(percent) / 100).collect();
    let left = i64::from(max.0) - shares.iter().sum::<i64>();
    let points =
        |(place, share): (i64, i64)| Points(i32::try_from(share + i64::from(place < left)).unwrap_or(i32::MAX));
    (0..).zip(shares).map(points).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hundredths_that_remain_go_to_the_first() {
        let thirds = |max| shares_of([33, 33, 34].into_iter(), Points(max));
        assert_eq!(thirds(1_001), [331, 330, 340].map(Points));
        assert_eq!(thirds(1_000), [330, 330, 340].map(Points));
        assert_eq!(shares_of(std::iter::empty(), Points(1_000)), []);
    }

    proptest! {
        #[test]
        fn the_parts_are_everything_together(cut in 0_u16..=100, other in 0_u16..=100, max in 0..100_000_i32) {
            let (low, high) = (cut.min(other), cut.max(other));
            let shares = shares_of([low, high - low, 100 - high].into_iter(), Points(max));
            prop_assert_eq!(shares.iter().copied().sum::<Points>(), Points(max));
            prop_assert!(shares.iter().all(|points| *points >= Points::ZERO));
        }
    }
}
