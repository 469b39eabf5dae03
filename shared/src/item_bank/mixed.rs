//! The order in which texts are kept that must not tell what belongs together, or in which order.

use sha2::{Digest, Sha256};

/// The texts in an order that follows from nothing but each of them: no key can be read out of it.
///
/// An alphabetical order would often be the right order of what begins with a year or a number.
pub(super) fn mixed(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_by_cached_key(|text| place(text));
    texts.dedup();
    texts
}

/// Whether texts stand in that order.
pub(super) fn is_mixed(texts: &[String]) -> bool {
    texts.is_sorted_by_key(|text| place(text))
}

/// The index of a text; `None` if it is not there.
pub(super) fn index_of(texts: &[String], text: &str) -> Option<u16> {
    texts.iter().position(|other| other == text).and_then(|index| u16::try_from(index).ok())
}

/// The text at an index; empty beyond the last.
pub(super) fn text_at(texts: &[String], index: u16) -> &str {
    texts.get(usize::from(index)).map_or("", String::as_str)
}

fn place(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_says_nothing_of_how_it_was_written(texts in prop::collection::vec("[a-d]{1,2}", 0..9)) {
            let mut reversed = texts.clone();
            reversed.reverse();
            let mixed_texts = mixed(texts);
            prop_assert!(is_mixed(&mixed_texts));
            prop_assert_eq!(mixed_texts, mixed(reversed));
        }
    }

    #[test]
    fn years_do_not_stand_in_their_order() {
        let years = ["1840", "1911", "1919", "1949", "1978"].map(str::to_owned);
        assert_ne!(mixed(years.to_vec()), years);
        assert!(!is_mixed(&years));
    }
}
