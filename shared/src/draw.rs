//! Numbers drawn from a stored seed: the same on every machine and for ever, hence on whole 32-bit numbers and never on
//! the machine's word size.

use rand_chacha::{ChaCha8Rng, rand_core::Rng};

/// An even number below `bound`, which is not 0: draws again where the remainder would favour some.
pub(crate) fn below(rng: &mut ChaCha8Rng, bound: u32) -> u32 {
    let unfair = u32::MAX - (u32::MAX % bound + 1) % bound;
    loop {
        let drawn = rng.next_u32();
        if drawn <= unfair {
            return drawn % bound;
        }
    }
}

/// Fisher and Yates.
pub(crate) fn shuffle<T>(rng: &mut ChaCha8Rng, list: &mut [T]) {
    for last in (1..list.len()).rev() {
        let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
        list.swap(last, below(rng, bound) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn numbers_below_a_bound_are_even() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut counts = [0u32; 3];
        for _ in 0..30_000 {
            counts[below(&mut rng, 3) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }

    #[test]
    fn a_shuffled_list_holds_what_it_held() {
        let mut list: Vec<u8> = (0..50).collect();
        shuffle(&mut ChaCha8Rng::seed_from_u64(2), &mut list);
        assert!(!list.is_sorted());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }
}
