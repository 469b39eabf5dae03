//! Lines to be put in order: how they are kept, and what an order is worth.

use super::{
    ItemBody,
    mixed::{index_of, mixed, text_at},
};

/// The item whose right order is that of these lines, the empty ones left out.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let right: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let lines = mixed(right.clone());
    let key = right.iter().map(|line| index_of(&lines, line)).collect::<Option<_>>()?;
    Some(ItemBody::Ordering { lines, key })
}

/// The lines in the right order.
pub(super) fn in_order(lines: &[String], key: &[u16]) -> Vec<String> {
    key.iter().map(|&index| text_at(lines, index).to_owned()).collect()
}

/// For each two lines that follow each other in the key, whether they do so in an answer.
///
/// None do where a line is missing or stands there twice: such an answer would try several orders at once.
pub(super) fn neighbours(key: &[u16], given: &[u16]) -> Vec<bool> {
    let is_whole = {
        let (mut wanted, mut found) = (key.to_vec(), given.to_vec());
        wanted.sort_unstable();
        found.sort_unstable();
        wanted == found
    };
    key.windows(2).map(|pair| is_whole && given.windows(2).any(|other| other == pair)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_mixed_and_written_in_their_order() {
        let body = of_lines("1911\n\n 1919 \n1949").unwrap();
        let ItemBody::Ordering { lines, key } = &body else { panic!("{body:?}") };
        assert_eq!(lines, &mixed(vec!["1949".to_owned(), "1911".to_owned(), "1919".to_owned()]));
        assert_eq!(in_order(lines, key), ["1911", "1919", "1949"]);
    }

    #[test]
    fn neighbours_stay_neighbours_wherever_they_stand() {
        let key = [2, 0, 1, 3];
        assert_eq!(neighbours(&key, &[2, 0, 1, 3]), [true, true, true]);
        assert_eq!(neighbours(&key, &[3, 2, 0, 1]), [true, true, false]);
        assert_eq!(neighbours(&key, &[3, 1, 0, 2]), [false, false, false]);
        for not_whole in [&[2, 0, 1][..], &[2, 0, 2, 0], &[2, 0, 1, 3, 3], &[]] {
            assert_eq!(neighbours(&key, not_whole), [false, false, false], "{not_whole:?}");
        }
    }
}
