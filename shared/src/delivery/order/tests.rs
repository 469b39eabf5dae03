use super::*;
use proptest::prelude::*;

#[test]
fn orders_stay_the_same_for_ever() {
    assert_eq!(item_order(42, 10), [1, 4, 9, 6, 8, 2, 5, 0, 3, 7]);
    assert_eq!(option_order(42, 0, 4), [2, 0, 1, 3]);
    assert_eq!(option_order(42, 1, 4), [3, 2, 0, 1]);
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
