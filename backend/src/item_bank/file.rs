//! Files of items, in the encodings that programs here write.

use encoding_rs::Encoding;
use shared::item_bank::encodings_of;
use std::borrow::Cow;

/// The text of a file; `None` if it is none.
#[must_use]
pub fn text_of_file(bytes: &[u8]) -> Option<String> {
    encodings_of(bytes).iter().find_map(|name| {
        let encoding = Encoding::for_label(name.as_bytes())?;
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::text_of_file;
    use encoding_rs::GB18030;

    const TEXT: &str = "::a:: 我国的首都是？ {=北京 ~上海}\n";

    fn in_two_bytes(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_is_read_in_whatever_it_was_written() {
        let marked = format!("\u{feff}{TEXT}");
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            GB18030.encode(TEXT).0.into_owned(),
            in_two_bytes(&marked, u16::to_le_bytes),
            in_two_bytes(&marked, u16::to_be_bytes),
            in_two_bytes(TEXT, u16::to_le_bytes),
            in_two_bytes(TEXT, u16::to_be_bytes),
        ] {
            assert_eq!(text_of_file(&bytes).unwrap().trim_start_matches('\u{feff}'), TEXT);
        }
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        assert_eq!(text_of_file(&[0x89, 0xff, 0xfe, 0x80, 0xff]), None);
        assert_eq!(text_of_file(&[0xff, 0xfe, 0x00]), None, "half a character");
        assert_eq!(text_of_file(b"").as_deref(), Some(""));
    }
}
