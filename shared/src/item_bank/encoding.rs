//! In what a file of items may be written.

/// The encodings to try for the bytes of a file, by the names that browsers know, the likeliest first.
///
/// A mark at the beginning decides. Without one, bytes of 0 are half of a two-byte character: in which half they stand
/// tells which it is. Everything else is UTF-8 if it can be, and otherwise what older programs here write.
#[must_use]
pub fn encodings_of(bytes: &[u8]) -> &'static [&'static str] {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => &["utf-8"],
        [0xff, 0xfe, ..] => &["utf-16le"],
        [0xfe, 0xff, ..] => &["utf-16be"],
        _ => match (zeros(bytes, 0), zeros(bytes, 1)) {
            (0, 0) => &["utf-8", "gb18030"],
            (first, second) if first > second => &["utf-16be"],
            _ => &["utf-16le"],
        },
    }
}

/// How many bytes of 0 stand at every second place.
fn zeros(bytes: &[u8], from: usize) -> usize {
    bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count()
}

#[cfg(test)]
mod tests {
    use super::encodings_of;

    #[test]
    fn the_mark_decides_then_the_zeros_then_utf_8_comes_first() {
        for (bytes, expected) in [
            (&b"\xef\xbb\xbfa"[..], &["utf-8"][..]),
            (b"\xff\xfea\0", &["utf-16le"]),
            (b"\xfe\xff\0a", &["utf-16be"]),
            (b"a\0b\0", &["utf-16le"]),
            (b"\0a\0b", &["utf-16be"]),
            (b"a", &["utf-8", "gb18030"]),
            (b"", &["utf-8", "gb18030"]),
        ] {
            assert_eq!(encodings_of(bytes), expected, "{bytes:?}");
        }
    }
}
