//! Pictures: small enough for a weak network, named by their content. Video and sound: `recording`.

pub mod keeping;
pub mod recording;

mod file;

pub use file::{MAX_READ_SIDE, PictureFault, picture_fault};

use serde::{Deserialize, Serialize};

/// Largest file that may be sent, in bytes: a photo as a phone takes it.
pub const MAX_PICTURE_BYTES: usize = 12 * 1024 * 1024;
/// Longest side of what is kept, in pixels: sharp on a phone, and on the page of a laptop.
pub const MAX_PICTURE_SIDE: u32 = 1_280;
/// Where pictures are served; the hash follows.
pub const PICTURES: &str = "/api/v1/pictures/";
/// Hexadecimal digits of a hash.
const HASH_DIGITS: usize = 64;

/// One picture: reply of `POST /pictures`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PictureView {
    /// SHA-256 of what is kept, as hexadecimal digits.
    pub sha256: String,
    /// Where it is, for `![…](…)` in Markdown.
    pub path: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What it weighs on the way to a learner, in bytes.
    pub bytes: u32,
}

/// Where the picture with this hash is.
#[must_use]
pub fn picture_path(sha256: &str) -> String {
    format!("{PICTURES}{sha256}")
}

/// The hash of the picture that an address names; `None` if it names none of ours.
#[must_use]
pub fn picture_at(address: &str) -> Option<&str> {
    address.strip_prefix(PICTURES).filter(|sha256| is_hash(sha256))
}

fn is_hash(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == HASH_DIGITS && text.bytes().all(is_digit)
}

/// The hashes of our pictures that a text in Markdown names.
pub fn pictures_of(markdown: &str) -> impl Iterator<Item = &str> {
    let after = markdown.split(PICTURES).skip(1);
    after.filter_map(|after| after.get(..HASH_DIGITS)).filter(|sha256| is_hash(sha256))
}

/// Whether a text in Markdown has a picture without words for those who cannot see it (WCAG 1.1.1).
#[must_use]
pub fn has_wordless_picture(markdown: &str) -> bool {
    let mut rest = markdown;
    while let Some((_, after)) = rest.split_once("![") {
        let Some((words, address)) = after.split_once(']') else { return false };
        if words.trim().is_empty() && address.starts_with('(') {
            return true;
        }
        rest = address;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{has_wordless_picture, picture_at, picture_path, pictures_of};

    #[test]
    fn only_hashes_name_pictures() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(picture_at(&picture_path(&hash)), Some(hash.as_str()));
        for address in [
            "https://example.org/x.png".to_owned(),
            picture_path(&hash[1..]),
            picture_path(&hash.to_uppercase()),
            picture_path(&format!("../{}", &hash[3..])),
            format!("https://example.org{}", picture_path(&hash)),
        ] {
            assert_eq!(picture_at(&address), None, "{address}");
        }
    }

    #[test]
    fn pictures_are_found_in_a_text() {
        let hash = "0123456789abcdef".repeat(4);
        let text = format!("看图：![甲]({})，![乙](/x) ![丙]({}", picture_path(&hash), picture_path("短"));
        assert!(pictures_of(&text).eq([hash.as_str()]));
    }

    #[test]
    fn a_picture_needs_words() {
        assert!(has_wordless_picture("看图：![](/x)"));
        assert!(has_wordless_picture("![好](/x) ![ ](/y)"));
        assert!(!has_wordless_picture("![两个圆](/x)，数组 a![] 不是图"));
        assert!(!has_wordless_picture("![没有写完"));
    }
}
