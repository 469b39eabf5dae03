//! A candidate's own order of items and options: a pure function of the sitting's seed.
//!
//! The same on every machine and for ever, so that a paper can be rebuilt and a leaked photo
//! traced. Hence our own shuffle on whole 32-bit numbers, never on the machine's word size.

use crate::draw::shuffle;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

/// What random numbers are drawn for. Each purpose has its own stream of the one seed.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// The order of the items of one part; a paper without parts is the first.
    Part(usize),
    /// The wait at the start.
    StartJitter,
    /// The order of the options of one item.
    Options(usize),
    /// The wait before the sealed paper is fetched ahead.
    Prefetch,
}

pub(super) fn rng_for(seed: u64, purpose: Purpose) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(match purpose {
        Purpose::Part(0) => 0,
        // Far from the items, of which there are a few hundred.
        Purpose::Part(nth) => u64::MAX - nth as u64,
        Purpose::StartJitter => 1,
        Purpose::Options(item) => (item as u64).saturating_add(2),
        // Parts are numbered downwards from below it.
        Purpose::Prefetch => u64::MAX,
    });
    rng
}

pub(super) fn shuffled(mut rng: ChaCha8Rng, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    shuffle(&mut rng, &mut order);
    order
}

/// The order in which the candidate sees `n` items that are all shuffled: place → index on the paper.
#[must_use]
pub fn item_order(seed: u64, n: usize) -> Vec<usize> {
    shuffled(rng_for(seed, Purpose::Part(0)), n)
}

/// The order in which the candidate sees the `n` options, none of them pinned, of the item that is `item_index` on the
/// paper: place → index in the author's order.
#[must_use]
pub fn option_order(seed: u64, item_index: usize, n: usize) -> Vec<usize> {
    shuffled(rng_for(seed, Purpose::Options(item_index)), n)
}

#[cfg(test)]
mod tests;
