use super::*;
use proptest::prelude::*;

#[test]
fn orders_stay_the_same_for_ever() {
    assert_eq!(item_order(42, 10), [1, 4, 9, 6, 8, 2, 5, 0, 3, 7]);
    assert_eq!(option_order(42, 0, 4), [2, 0, 1, 3]);
    assert_eq!(option_order(42, 1, 4), [3, 2, 0, 1]);
}

#[test]
fn numbers_below_a_bound_are_even() {
    let mut rng = rng_for(1, Purpose::Items);
    let mut counts = [0u32; 3];
    for _ in 0..30_000 {
        counts[below(&mut rng, 3) as usize] += 1;
    }
    assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
}

proptest! {
    #[test]
    fn an_order_holds_each_index_once(seed: u64, item in 0..200usize, n in 0..120usize) {
        for mut order in [item_order(seed, n), option_order(seed, item, n)] {
            order.sort_unstable();
            prop_assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
    }
}
