//! The beginnings of MP3 (ISO/IEC 11172-3, 13818-3) and Ogg (RFC 3533).

use super::look::{RecordingFault, Source, Unrecognised};

/// How a page of Ogg begins.
pub(super) const OGG_MAGIC: &[u8] = b"OggS";
/// Where a page of Ogg says how many sizes follow.
const OGG_SIZES: usize = 26;
/// Frames of an MP3 that must follow each other: one alone is found in any file.
const FRAMES: usize = 3;
/// Bytes of the tag before the frames, without what it holds.
const TAG: u64 = 10;
/// The bit of a tag that says that its head is repeated at its end.
const HAS_FOOT: u8 = 0x10;
/// Kilobits a second of MPEG-1 layer III, and of the later ones.
const RATES: [[u64; 14]; 2] = [
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/// Samples a second of MPEG-1.
const SAMPLES: [u64; 3] = [44_100, 48_000, 32_000];

/// Whether a file that begins with [`OGG_MAGIC`] is Opus or Vorbis.
pub(super) fn check_ogg(head: &[u8]) -> Result<(), RecordingFault> {
    let sizes = usize::from(*head.get(OGG_SIZES).ok_or(RecordingFault::Broken)?);
    let packet = head.get(OGG_SIZES + 1 + sizes..).ok_or(RecordingFault::Broken)?;
    let is_known = packet.starts_with(b"OpusHead") || packet.starts_with(b"\x01vorbis");
    if is_known { Ok(()) } else { Err(RecordingFault::SoundCodec) }
}

/// Whether a file is MP3.
pub(super) fn check_mp3<S: Source>(source: &mut S, head: &[u8]) -> Result<(), Unrecognised<S::Error>> {
    let mut at = tag_bytes(head);
    for frame in 0..FRAMES {
        if frame > 0 && at == source.length() {
            return Ok(());
        }
        let start = source.read(at, 4).map_err(Unrecognised::Source)?;
        at += frame_bytes(&start).ok_or(RecordingFault::NotARecording)?;
    }
    Ok(())
}

/// What stands before the frames (`ID3v2`).
fn tag_bytes(head: &[u8]) -> u64 {
    let Some([b'I', b'D', b'3', _, _, flags, size @ ..]) = head.get(..10) else { return 0 };
    let size = size.iter().fold(0, |sum, byte| (sum << 7) | u64::from(byte & 0x7f));
    TAG + size + if flags & HAS_FOOT == 0 { 0 } else { TAG }
}

/// Bytes of the frame with this header; `None` if it is none of layer III.
fn frame_bytes(header: &[u8]) -> Option<u64> {
    let &[0xff, second, third, _] = header else { return None };
    let is_layer_iii = second & 0xe6 == 0xe2;
    let halvings = match (second >> 3) & 3 {
        3 => 0,
        2 => 1,
        0 => 2,
        _ => return None,
    };
    let is_first = halvings == 0;
    let rate = usize::from(third >> 4).checked_sub(1)?;
    let rate = RATES[usize::from(!is_first)].get(rate)?;
    let samples = SAMPLES.get(usize::from((third >> 2) & 3))? >> halvings;
    let padding = u64::from((third >> 1) & 1);
    let per_rate = if is_first { 144_000 } else { 72_000 };
    is_layer_iii.then_some(per_rate * rate / samples + padding)
}
