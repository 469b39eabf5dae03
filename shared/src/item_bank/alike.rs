//! Items that ask the same in nearly the same words.
//!
//! Two texts resemble each other by the pairs of neighbouring letters that both have, as a share of those that either
//! has (Broder, "On the resemblance and containment of documents", 1997). So that not every item is held against every
//! other, each has a signature: the least of its pairs under 48 orders, in 12 bands of four. Items that share a band are
//! compared; of two that resemble each other by 0.8 all but 2 in 1000 do, by 0.3 one in ten (Leskovec, Rajaraman and
//! Ullman, "Mining of Massive Datasets", 3.4).

use std::collections::BTreeSet;

/// The version of these rules; what an older one said of an item is found anew.
pub const ALIKE_RULE: i32 = 1;
/// From this resemblance on, in thousandths, items are told to be alike.
pub const ALIKE_FROM: u16 = 750;
/// Resemblance of equal texts.
const EQUAL: usize = 1_000;
/// Bands of a signature, and orders of a band.
const BANDS: u64 = 12;
const ORDERS: u64 = 4;
/// A stem of fewer letters asks nothing without what can be chosen: "Which of these is right?".
const SHORT_STEM: usize = 20;

/// A text that is held against many others: its pairs, ascending and each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedText(Vec<u64>);

impl ComparedText {
    /// By a [searched text](super::searched_text).
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(pairs(text).into_iter().collect())
    }

    /// How much two items resemble each other: thousandths, 0 if either has no letters.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> u16 {
        let both = self.common(other);
        let either = self.0.len() + other.0.len() - both;
        let share = (both * EQUAL).checked_div(either).unwrap_or_default();
        u16::try_from(share).unwrap_or_default()
    }

    /// How many pairs both have.
    fn common(&self, other: &Self) -> usize {
        let (mut own, mut others, mut both) = (self.0.as_slice(), other.0.as_slice(), 0);
        while let ([one, own_rest @ ..], [two, others_rest @ ..]) = (own, others) {
            both += usize::from(one == two);
            if one <= two {
                own = own_rest;
            }
            if two <= one {
                others = others_rest;
            }
        }
        both
    }
}

/// The bands of an item's signature, by its searched text; none if it has no letters.
#[must_use]
pub fn alike_bands(text: &str) -> Vec<i64> {
    let pairs = pairs(text);
    if pairs.is_empty() {
        return Vec::new();
    }
    let least = |order: u64| pairs.iter().map(|pair| mixed(pair ^ mixed(order))).min().unwrap_or_default();
    let band = |band: u64| {
        let orders = (0..ORDERS).map(|order| least(band * ORDERS + order));
        orders.fold(mixed(band), |key, least| mixed(key ^ least)).cast_signed()
    };
    (0..BANDS).map(band).collect()
}

/// The pairs of neighbouring letters of what is compared. A line of one letter is a pair of its own.
fn pairs(text: &str) -> BTreeSet<u64> {
    let mut lines = text.lines();
    let stem = lines.next().unwrap_or_default();
    let is_short = stem.chars().count() < SHORT_STEM;
    let compared = std::iter::once(stem).chain(lines.filter(|_| is_short));
    compared.flat_map(pairs_of_line).collect()
}

fn pairs_of_line(line: &str) -> Vec<u64> {
    let letters: Vec<u64> = line.chars().map(|letter| u64::from(u32::from(letter))).collect();
    match letters.as_slice() {
        [one] => vec![*one],
        several => several.windows(2).map(|pair| (pair[0] << 32) | pair[1]).collect(),
    }
}

/// Spreads a number evenly (the finaliser of `SplitMix64`).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::searched_letters;
    use proptest::prelude::*;

    const STEM: &str = "中华人民共和国成立的时间是哪一年，请从下面选出正确的一项";

    fn resemblance(one: &str, other: &str) -> u16 {
        ComparedText::of(one).resemblance(&ComparedText::of(other))
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: u16) {
        assert_eq!(resemblance(one, other), expected);
        assert_eq!(resemblance(other, one), expected, "the other way round");
    }

    fn share_a_band(one: &str, other: &str) -> bool {
        let other = alike_bands(other);
        alike_bands(one).iter().zip(&other).any(|(one, other)| one == other)
    }

    #[test]
    fn the_share_of_common_pairs_is_the_resemblance() {
        check("abcd", "abcd", 1_000);
        // ab bc cd beside ab bc ce: two of four.
        check("abcd", "abce", 500);
        check("abcd", "wxyz", 0);
        check("", "", 0);
        check("", "abcd", 0);
    }

    #[test]
    fn one_letter_more_or_less_is_nearly_the_same() {
        let stem = searched_letters(STEM);
        let other = searched_letters(&STEM.replace("请从", "从"));
        assert!(resemblance(&stem, &other) >= ALIKE_FROM && share_a_band(&stem, &other));
        let other = searched_letters("浙江省的省会是哪一座城市，请写出它的名称和它所在的流域");
        assert!(resemblance(&stem, &other) < ALIKE_FROM);
    }

    #[test]
    fn a_stem_that_asks_nothing_by_itself_is_told_by_its_options() {
        let same = "下列说法正确的是\n水在一百度沸腾\n冰比水重";
        check(same, "下列说法正确的是\n冰比水重\n水在一百度沸腾", 1_000);
        assert!(resemblance(same, "下列说法正确的是\n地球绕着太阳转\n月球会自己发光") < ALIKE_FROM);
        let long = searched_letters(STEM);
        check(&format!("{long}\n甲\n乙"), &format!("{long}\n丙\n丁"), 1_000);
    }

    #[test]
    fn other_numbers_in_a_short_sum_are_another_item() {
        assert!(resemblance(&searched_letters("计算：3 + 5"), &searched_letters("计算：3 - 5")) < ALIKE_FROM);
    }

    #[test]
    fn a_signature_stays_what_it_is() {
        assert!(alike_bands("").is_empty());
        assert_eq!(alike_bands("abcd"), alike_bands("abcd"));
        assert_eq!(alike_bands("abcd").len(), 12);
        assert!(!share_a_band("abcd", "wxyz"));
    }

    proptest! {
        #[test]
        fn what_both_have_is_a_share_of_what_either_has(one in "[abc]{0,12}", other in "[abc]{0,12}") {
            let (first, second) = (pairs(&one), pairs(&other));
            let (both, either) = (first.intersection(&second).count(), first.union(&second).count());
            let share = (both * 1_000).checked_div(either).unwrap_or_default();
            prop_assert_eq!(usize::from(resemblance(&one, &other)), share);
        }

        #[test]
        fn nothing_resembles_anything_by_more_than_all(one in "\\PC{0,40}", other in "\\PC{0,40}") {
            let both = resemblance(&one, &other);
            prop_assert!(both <= 1_000);
            prop_assert_eq!(both, resemblance(&other, &one));
        }

        #[test]
        fn a_text_resembles_itself(text in "[a-z]{1,40}") {
            prop_assert_eq!(resemblance(&text, &text), 1_000);
        }
    }

    /// Of a thousand long stems in which one letter is another, nearly all share a band with what they were.
    #[test]
    fn what_is_nearly_the_same_is_nearly_always_found() {
        let letter = |seed: u64, at: u64| {
            char::from_u32(0x4e00 + u32::try_from(mixed(seed * 100 + at) % 2_000).unwrap()).unwrap()
        };
        let found = (0..1_000).filter(|seed| {
            let stem: String = (0..30).map(|at| letter(*seed, at)).collect();
            let other: String = stem.chars().enumerate().map(|(at, own)| if at == 15 { 'x' } else { own }).collect();
            share_a_band(&stem, &other)
        });
        assert!(found.count() >= 990);
    }
}
