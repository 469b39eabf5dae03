//! What a picture is by the bytes of its file: whether it can be read is told where it is chosen, before it is sent.

use std::ops::Range;

/// Longest side of a picture that is read at all, in pixels.
pub const MAX_READ_SIDE: u32 = 12_000;

/// Why a file is no picture that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// It is of the kind that iPhones take and that hardly anything else reads.
    Heic,
    /// It is no JPEG, PNG or WebP.
    NoPicture,
    /// A part of it is missing, or does not make sense.
    Broken,
    /// It has more pixels than are read.
    TooWide,
}

impl PictureFault {
    /// Every fault.
    pub const ALL: [Self; 4] = [Self::Heic, Self::NoPicture, Self::Broken, Self::TooWide];

    /// The code of a field with such a file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Heic => "heic",
            Self::NoPicture => "not-a-picture",
            Self::Broken => "picture-broken",
            Self::TooWide => "picture-too-wide",
        }
    }
}

/// Why a file cannot be read, as far as its frame tells: of what kind it is, how wide, and whether it has its end.
#[must_use]
pub fn picture_fault(file: &[u8]) -> Option<PictureFault> {
    if is_heic(file) {
        return Some(PictureFault::Heic);
    }
    let sides = match file {
        [0xff, 0xd8, 0xff, ..] => jpeg_sides(file),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png_sides(file),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp_sides(file),
        _ => return Some(PictureFault::NoPicture),
    };
    match sides {
        None => Some(PictureFault::Broken),
        Some((width, height)) if width.max(height) > MAX_READ_SIDE => Some(PictureFault::TooWide),
        Some(_) => None,
    }
}

fn is_heic(file: &[u8]) -> bool {
    let brand = file.get(4..12).and_then(|start| start.strip_prefix(b"ftyp"));
    let brands: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    brand.is_some_and(|brand| brands.contains(&brand))
}

/// Width and height of a JPEG that came as a whole; decoders paint what is missing grey and say nothing.
fn jpeg_sides(jpeg: &[u8]) -> Option<(u32, u32)> {
    const START_OF_SCAN: u8 = 0xda;
    const FILL: u8 = 0xff;
    const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
    let (mut at, mut sides) = (2, None);
    // The small picture that a camera puts before the large one has an end, too: it lies in a segment.
    while let Some(&[0xff, marker, high, low]) = jpeg.get(at..at + 4) {
        match marker {
            START_OF_SCAN => return sides.filter(|_| jpeg[at..].windows(2).any(|pair| pair == END_OF_IMAGE)),
            FILL => at += 1,
            _ => {
                if is_frame(marker) {
                    sides = Some((big_endian(jpeg, at + 7..at + 9)?, big_endian(jpeg, at + 5..at + 7)?));
                }
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
    None
}

/// Whether a segment of a JPEG says how wide and how high it is.
const fn is_frame(marker: u8) -> bool {
    // Of this row, three hold tables.
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Width and height of a PNG that came as a whole.
fn png_sides(png: &[u8]) -> Option<(u32, u32)> {
    let sides = (big_endian(png, 16..20)?, big_endian(png, 20..24)?);
    let mut chunk = png.get(8..)?;
    while chunk.get(4..8)? != b"IEND" {
        let length = usize::try_from(big_endian(chunk, 0..4)?).ok()?;
        chunk = chunk.get(12..)?.get(length..)?;
    }
    let has_its_end = chunk.len() >= 12;
    has_its_end.then_some(sides)
}

/// Width and height of a WebP that came as a whole.
fn webp_sides(webp: &[u8]) -> Option<(u32, u32)> {
    let length = usize::try_from(little_endian(webp, 4..8)?).ok()?;
    match webp.get(8..)?.get(..length)?.get(4..8)? {
        b"VP8X" => Some((little_endian(webp, 24..27)? + 1, little_endian(webp, 27..30)? + 1)),
        b"VP8L" => {
            let sides = little_endian(webp, 21..25)?;
            Some(((sides & 0x3fff) + 1, ((sides >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((little_endian(webp, 26..28)? & 0x3fff, little_endian(webp, 28..30)? & 0x3fff)),
        _ => None,
    }
}

fn big_endian(file: &[u8], place: Range<usize>) -> Option<u32> {
    Some(file.get(place)?.iter().fold(0, |number, byte| (number << 8) | u32::from(*byte)))
}

fn little_endian(file: &[u8], place: Range<usize>) -> Option<u32> {
    Some(file.get(place)?.iter().rev().fold(0, |number, byte| (number << 8) | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use PictureFault::{Broken, Heic, NoPicture, TooWide};
    use proptest::prelude::*;

    /// A JPEG of one frame of these sides, whose scan is two bytes.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let frame = [&[0xff, 0xc0, 0, 9, 8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[3, 0]].concat();
        [&[0xff, 0xd8][..], &frame[..], &[0xff, 0xda, 0, 2, 7, 7], &[0xff, 0xd9]].concat()
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0], &[0; 4]].concat();
        [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &header[..], b"\0\0\0\0IEND\0\0\0\0"].concat()
    }

    fn webp(chunk: &[u8]) -> Vec<u8> {
        let length = u32::try_from(chunk.len() + 4).unwrap().to_le_bytes();
        [&b"RIFF"[..], &length, b"WEBP", chunk].concat()
    }

    #[test]
    fn what_can_be_read_has_no_fault() {
        let lossless = [&b"VP8L\x05\0\0\0\x2f"[..], &((300 << 14) | 400_u32).to_le_bytes()].concat();
        for file in [jpeg(4_000, 3_000), png(4_000, 3_000), webp(&lossless)] {
            assert_eq!(picture_fault(&file), None, "{file:x?}");
            assert_eq!(picture_fault(&file[..file.len() - 3]), Some(Broken), "{file:x?}");
        }
        let lossy = b"VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x01";
        assert_eq!(picture_fault(&webp(lossy)), None);
    }

    #[test]
    fn what_a_phone_cannot_hand_over_is_told_by_its_kind() {
        assert_eq!(picture_fault(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Some(Heic));
        assert_eq!(picture_fault(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), Some(Heic));
        for other in [&b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"[..], b"%PDF-1.7", b"<svg/>", b""] {
            assert_eq!(picture_fault(other), Some(NoPicture), "{other:x?}");
        }
    }

    #[test]
    fn sides_may_be_long_and_not_longer() {
        assert_eq!((picture_fault(&jpeg(12_000, 1)), picture_fault(&jpeg(1, 12_001))), (None, Some(TooWide)));
        assert_eq!((picture_fault(&png(1, 12_000)), picture_fault(&png(u32::MAX, 1))), (None, Some(TooWide)));
        let canvas = webp(b"VP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\0\0\0");
        assert_eq!(picture_fault(&canvas), Some(TooWide));
    }

    #[test]
    fn the_small_picture_of_a_camera_is_not_the_end() {
        let small = jpeg(160, 120);
        let segment = [&[0xff, 0xe1][..], &u16::try_from(small.len() + 2).unwrap().to_be_bytes(), &small[..]].concat();
        let mut half = jpeg(4_000, 3_000);
        half.splice(2..2, segment);
        assert_eq!(picture_fault(&half), None);
        half.truncate(half.len() - 2);
        assert_eq!(picture_fault(&half), Some(Broken));
    }

    #[test]
    fn every_fault_is_told_in_words() {
        for fault in PictureFault::ALL {
            assert!(has_texts(&format!("field.{}", fault.code())), "{fault:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_it_is_judged(start in 0..4_usize, rest in prop::collection::vec(any::<u8>(), 0..64)) {
            let starts: [&[u8]; 4] = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBP"];
            let file = [starts[start], &rest[..]].concat();
            prop_assert!(start == 0 || picture_fault(&file) != Some(NoPicture));
        }
    }
}
