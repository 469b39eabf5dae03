//! A survey list that comes in part by part.

use super::MAX_LIST_BYTES;
use serde::{Deserialize, Serialize};

/// Bytes of a part, but for the last one. A line of 200 kbit/s carries one in twenty seconds.
pub const LIST_PART_BYTES: usize = 512 * 1024;
/// Parts of the largest list.
pub const MAX_LIST_PARTS: u16 = 64;

/// A part that is kept for a day: reply of `POST /roster/uploads/{id}?part=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadedPart {
    /// Its place in the file, from 0.
    pub part: u16,
}

/// In how many parts a file of so many bytes is sent; in one piece if it is no longer than a part.
#[must_use]
pub const fn list_parts(bytes: usize) -> usize {
    bytes.div_ceil(LIST_PART_BYTES)
}

/// The bytes of a part: from the first on, up to the one before the last.
#[must_use]
pub fn bytes_of_part(part: usize, bytes: usize) -> (usize, usize) {
    let from = (part * LIST_PART_BYTES).min(bytes);
    (from, (from + LIST_PART_BYTES).min(bytes))
}

const _: () = assert!(list_parts(MAX_LIST_BYTES) == MAX_LIST_PARTS as usize, "the largest list has so many parts");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_of_a_part_is_sent_in_one_piece() {
        assert_eq!((list_parts(0), list_parts(1), list_parts(LIST_PART_BYTES)), (0, 1, 1));
        assert_eq!(list_parts(LIST_PART_BYTES + 1), 2);
        assert_eq!(bytes_of_part(1, LIST_PART_BYTES + 7), (LIST_PART_BYTES, LIST_PART_BYTES + 7));
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole_and_none_is_too_long(bytes in 0..=MAX_LIST_BYTES) {
            let mut at = 0;
            for part in 0..list_parts(bytes) {
                let (from, to) = bytes_of_part(part, bytes);
                prop_assert!(from == at && to > from && to - from <= LIST_PART_BYTES);
                at = to;
            }
            prop_assert_eq!(at, bytes);
        }
    }
}
