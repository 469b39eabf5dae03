//! How a paper is put into a candidate's own order: part by part, with what stays where its author put it.

use super::order::{Purpose, option_order, rng_for, shuffled};
use std::ops::Range;

/// One part of a paper. The parts follow each other as its author put them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartShape {
    /// How many items each block has. Those of a block stay together, in the author's order.
    pub blocks: Vec<usize>,
    /// Whether the blocks are shuffled.
    pub is_shuffled: bool,
}

/// What of a paper is shuffled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperShape {
    /// Its parts.
    pub parts: Vec<PartShape>,
    /// For each item the indices of the options that stay at their places; what is missing has none.
    pub pinned: Vec<Vec<u16>>,
}

impl PaperShape {
    /// A paper whose items and options are all shuffled, in one part.
    #[must_use]
    pub fn plain(items: usize) -> Self {
        Self { parts: vec![PartShape { blocks: vec![1; items], is_shuffled: true }], pinned: Vec::new() }
    }

    /// The order in which the candidate sees the items: place → index on the paper. That of a plain paper is
    /// [`super::item_order`].
    #[must_use]
    pub fn item_order(&self, seed: u64) -> Vec<usize> {
        let mut order = Vec::new();
        for (nth, (part, blocks)) in self.parts.iter().zip(self.blocks()).enumerate() {
            let places = if part.is_shuffled {
                shuffled(rng_for(seed, Purpose::Part(nth)), blocks.len())
            } else {
                (0..blocks.len()).collect()
            };
            order.extend(places.into_iter().filter_map(|block| blocks.get(block).cloned()).flatten());
        }
        order
    }

    /// The order in which the candidate sees the `n` options of the item that is `item` on the paper: place → index in
    /// the author's order. Where none is pinned, it is [`option_order`].
    #[must_use]
    pub fn option_order(&self, seed: u64, item: usize, n: usize) -> Vec<usize> {
        let free: Vec<_> = (0..n).filter(|option| !self.is_pinned(item, *option)).collect();
        let moved = option_order(seed, item, free.len());
        let mut moved = moved.into_iter().filter_map(|at| free.get(at).copied());
        let at = |place| if self.is_pinned(item, place) { Some(place) } else { moved.next() };
        (0..n).filter_map(at).collect()
    }

    /// Whether an option of an item stays at its place.
    #[must_use]
    pub fn is_pinned(&self, item: usize, option: usize) -> bool {
        self.pinned.get(item).is_some_and(|pinned| pinned.iter().any(|pinned| usize::from(*pinned) == option))
    }

    /// The part and the block that an item stands in, and how many places the block can take; `None` where it takes but
    /// one, and beyond the paper.
    #[must_use]
    pub fn block_of(&self, item: usize) -> Option<(usize, usize, usize)> {
        let parts = self.parts.iter().zip(self.blocks()).enumerate();
        let mut moving = parts.filter(|(_, (part, blocks))| part.is_shuffled && blocks.len() > 1);
        moving.find_map(|(nth, (_, blocks))| {
            let block = blocks.iter().position(|block| block.contains(&item))?;
            Some((nth, block, blocks.len()))
        })
    }

    /// The items of each block of each part, by their indices on the paper.
    fn blocks(&self) -> Vec<Vec<Range<usize>>> {
        let mut next = 0;
        let mut range = |count: &usize| {
            let first = next;
            next += count;
            first..next
        };
        self.parts.iter().map(|part| part.blocks.iter().map(&mut range).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::item_order;
    use proptest::prelude::*;

    fn part(blocks: &[usize], is_shuffled: bool) -> PartShape {
        PartShape { blocks: blocks.to_vec(), is_shuffled }
    }

    fn shape(parts: Vec<PartShape>) -> PaperShape {
        PaperShape { parts, pinned: Vec::new() }
    }

    /// Golden: what was sealed once is shown so for ever.
    #[test]
    fn orders_stay_the_same_for_ever() {
        assert_eq!(PaperShape::plain(10).item_order(42), [1, 4, 9, 6, 8, 2, 5, 0, 3, 7]);
        assert_eq!(PaperShape::plain(10).option_order(42, 0, 4), [2, 0, 1, 3]);
        assert_eq!(PaperShape::plain(10).option_order(42, 1, 4), [3, 2, 0, 1]);
        let paper = shape(vec![part(&[1; 4], true), part(&[1, 1], false), part(&[2, 1, 3, 1], true)]);
        assert_eq!(paper.item_order(42), [3, 2, 0, 1, 4, 5, 6, 7, 9, 10, 11, 8, 12]);
        assert_eq!(paper.item_order(7), [1, 2, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        let pinned = PaperShape { pinned: vec![vec![3], vec![4]], ..paper };
        assert_eq!(pinned.option_order(42, 0, 4), [1, 0, 2, 3]);
        assert_eq!(pinned.option_order(42, 1, 5), [3, 2, 0, 1, 4]);
        assert_eq!(pinned.option_order(7, 0, 4), [1, 2, 0, 3]);
    }

    #[test]
    fn what_is_pinned_stays_and_the_others_move_around_it() {
        let pinned = PaperShape { pinned: vec![vec![3], vec![0, 1, 2, 3]], ..PaperShape::plain(2) };
        let orders: Vec<_> = (0..50).map(|seed| pinned.option_order(seed, 0, 4)).collect();
        assert!(orders.iter().all(|order| order[3] == 3));
        assert!((0..3).all(|first| orders.iter().any(|order| order[0] == first)), "the others move");
        assert_eq!(pinned.option_order(7, 1, 4), [0, 1, 2, 3]);
    }

    #[test]
    fn parts_follow_each_other_and_blocks_stay_together() {
        let paper = shape(vec![part(&[1, 1, 1], true), part(&[1, 1], false), part(&[2, 1, 3], true)]);
        let mut firsts = Vec::new();
        for seed in 0..50 {
            let order = paper.item_order(seed);
            assert_eq!(order.len(), 11);
            assert!(order[..3].iter().all(|item| *item < 3), "the first part comes first: {order:?}");
            assert_eq!(order[3..5], [3, 4], "what is not shuffled stays");
            for block in [[5, 6].as_slice(), &[8, 9, 10]] {
                assert!(order.windows(block.len()).any(|window| window == block), "{block:?} stay together: {order:?}");
            }
            firsts.push((order[0], order[5]));
        }
        for (one, other) in [(0, 5), (1, 7), (2, 8)] {
            assert!(firsts.iter().any(|(first, _)| *first == one) && firsts.iter().any(|(_, first)| *first == other));
        }
    }

    #[test]
    fn parts_are_shuffled_independently() {
        let paper = shape(vec![part(&[1; 6], true), part(&[1; 6], true)]);
        let is_alike = |seed: &u64| {
            let order = paper.item_order(*seed);
            order[..6].iter().zip(&order[6..]).all(|(one, other)| one + 6 == *other)
        };
        assert!((0..100).filter(is_alike).count() < 5);
    }

    #[test]
    fn where_a_block_can_stand_is_told() {
        let paper = shape(vec![part(&[1, 2, 1], true), part(&[1, 1], false), part(&[3], true)]);
        let told: Vec<_> = (0..10).map(|item| paper.block_of(item)).collect();
        let first = |block| Some((0, block, 3));
        assert_eq!(told[..4], [first(0), first(1), first(1), first(2)]);
        assert!(told[4..].iter().all(Option::is_none), "one place, or none");
    }

    proptest! {
        #[test]
        fn a_plain_paper_has_the_orders_that_papers_always_had(seed: u64, items in 0..120_usize, n in 0..30_usize) {
            let plain = PaperShape::plain(items);
            prop_assert_eq!(plain.item_order(seed), item_order(seed, items));
            for item in 0..items.min(5) {
                prop_assert_eq!(plain.option_order(seed, item, n), option_order(seed, item, n));
            }
        }

        #[test]
        fn every_item_and_option_has_one_place(
            seed: u64,
            parts in prop::collection::vec((prop::collection::vec(1..4_usize, 1..6), any::<bool>()), 1..4),
            pinned in prop::collection::vec(0..8_u16, 0..8),
        ) {
            let parts: Vec<_> = parts.iter().map(|(blocks, is_shuffled)| part(blocks, *is_shuffled)).collect();
            let items: usize = parts.iter().flat_map(|part| &part.blocks).sum();
            let paper = PaperShape { parts, pinned: vec![pinned] };
            let mut order = paper.item_order(seed);
            order.sort_unstable();
            prop_assert_eq!(order, (0..items).collect::<Vec<_>>());
            let mut order = paper.option_order(seed, 0, 8);
            order.sort_unstable();
            prop_assert_eq!(order, (0..8).collect::<Vec<_>>());
        }
    }
}
