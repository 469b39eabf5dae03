//! The head of a `WebM` file (RFC 8794, RFC 9559).

use super::look::RecordingFault;

/// How an EBML file begins.
pub(super) const MAGIC: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];
/// What follows the head.
const SEGMENT: [u8; 4] = [0x18, 0x53, 0x80, 0x67];
/// The element that names the format.
const DOC_TYPE: &[u8] = &[0x42, 0x82];

/// Whether a file that begins with [`MAGIC`] is `WebM`, and has something in it.
pub(super) fn check(head: &[u8]) -> Result<(), RecordingFault> {
    let (body, rest) = element(head.get(MAGIC.len()..).unwrap_or_default())?;
    if doc_type(body)? != b"webm" {
        return Err(RecordingFault::NotARecording);
    }
    if rest.starts_with(&SEGMENT) { Ok(()) } else { Err(RecordingFault::Broken) }
}

fn doc_type(mut body: &[u8]) -> Result<&[u8], RecordingFault> {
    while let Some(&first) = body.first() {
        let length = first.leading_zeros() as usize + 1;
        let (id, after) = body.split_at_checked(length).ok_or(RecordingFault::Broken)?;
        let (content, rest) = element(after)?;
        if id == DOC_TYPE {
            // It may be filled up with zeros.
            let end = content.iter().position(|byte| *byte == 0).unwrap_or(content.len());
            return Ok(&content[..end]);
        }
        body = rest;
    }
    Err(RecordingFault::Broken)
}

/// What an element holds, and what follows it: `bytes` begins with its size.
fn element(bytes: &[u8]) -> Result<(&[u8], &[u8]), RecordingFault> {
    let first = *bytes.first().ok_or(RecordingFault::Broken)?;
    let length = first.leading_zeros() as usize + 1;
    let (size, after) = bytes.split_at_checked(length).ok_or(RecordingFault::Broken)?;
    if length > 8 {
        return Err(RecordingFault::Broken);
    }
    // The bit that ends the zeros belongs to no size.
    let marked = size.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let size = usize::try_from(marked & !(1 << (7 * length))).map_err(|_| RecordingFault::Broken)?;
    after.split_at_checked(size).ok_or(RecordingFault::Broken)
}
