//! Addresses in which letters are written as bytes: `%E5%9B%BE`.

/// An address in letters; `None` if what is encoded is no text.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let encoded = after.get(..2).filter(|_| *first == b'%').and_then(|digits| hex::decode(digits).ok());
        match encoded {
            Some(byte) => {
                bytes.extend(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn bytes_become_letters_and_what_is_none_stays() {
        for (address, expected) in
            [("%E5%9B%BE.png", Some("图.png")), ("a b%20c", Some("a b c")), ("100%", Some("100%")), ("%E5", None)]
        {
            assert_eq!(percent_decoded(address).as_deref(), expected, "{address}");
        }
    }
}
