//! The boxes of an MP4 (ISO/IEC 14496-12): whether every phone plays it, and what in it is private.

use super::{
    RecordingKind,
    look::{PrivateBox, Recognised, RecordingFault, Source, Unrecognised},
};

/// Bytes that the header of a box has at most.
const HEADER: usize = 16;
/// Bytes of the index of a recording: one of several hours has less.
const MOST_OF_INDEX: u64 = 16 * 1024 * 1024;
/// Boxes side by side in a file: one in many pieces has some for each second.
const MOST_BOXES: usize = 50_000;
/// Boxes of the outermost level, of the index and of its tracks that tell of who took it.
const PRIVATE: [&[u8; 4]; 3] = [b"udta", b"meta", b"uuid"];
/// H.264, with what it needs before it or within.
const VIDEO: [&[u8; 4]; 2] = [b"avc1", b"avc3"];
/// AAC.
const SOUND: &[u8; 4] = b"mp4a";
/// Handlers of tracks of words: subtitles, texts, closed captions.
const WORDS: [&[u8; 4]; 4] = [b"sbtl", b"subt", b"text", b"clcp"];
/// What a file of `QuickTime` calls itself; browsers play some of them, and others not.
const QUICKTIME: &[u8] = b"qt  ";

/// Recognises an MP4 that begins with its `ftyp`.
pub(super) fn recognise<S: Source>(source: &mut S) -> Result<Recognised, Unrecognised<S::Error>> {
    let outline = outline(source)?;
    if outline.brand == QUICKTIME {
        return Err(RecordingFault::NotARecording.into());
    }
    let (Some(index), Some(data_at)) = (&outline.index, outline.data_at) else {
        return Err(RecordingFault::Broken.into());
    };
    let mut private = outline.private;
    let body = index.bytes.get(index.header..).ok_or(RecordingFault::Broken)?;
    let body_at = index.at + index.header as u64;
    let (mut has_video, mut has_sound, mut has_subtitles) = (false, false, false);
    for found in Boxes::of(body) {
        let found = found?;
        if PRIVATE.contains(&&found.kind) {
            private.push(found.private(body_at));
        } else if found.kind == *b"trak" {
            let track_at = body_at + found.at as u64 + found.header as u64;
            match track(found.body)? {
                Some(Track::Video) => has_video = true,
                Some(Track::Sound) => has_sound = true,
                Some(Track::Words) => {
                    has_subtitles = true;
                    private.push(found.private(body_at));
                    continue;
                }
                None => {
                    private.push(found.private(body_at));
                    continue;
                }
            }
            private.extend(private_of_track(found.body, track_at)?);
        }
    }
    let kind = match (has_video, has_sound) {
        (true, _) => RecordingKind::Mp4,
        (false, true) => RecordingKind::M4a,
        (false, false) => return Err(RecordingFault::NotARecording.into()),
    };
    Ok(Recognised { kind, begins_late: data_at < index.at, has_subtitles, private })
}

/// The outermost level of a file.
struct Outline {
    brand: Vec<u8>,
    index: Option<Index>,
    data_at: Option<u64>,
    private: Vec<PrivateBox>,
}

/// The box `moov`.
struct Index {
    at: u64,
    header: usize,
    bytes: Vec<u8>,
}

fn outline<S: Source>(source: &mut S) -> Result<Outline, Unrecognised<S::Error>> {
    let end = source.length();
    let brand = source.read(8, 4).map_err(Unrecognised::Source)?;
    let mut outline = Outline { brand, index: None, data_at: None, private: Vec::new() };
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        if at == end {
            return Ok(outline);
        }
        let start = source.read(at, HEADER).map_err(Unrecognised::Source)?;
        let found = Header::of(&start, end - at)?;
        match &found.kind {
            b"moov" if outline.index.is_some() => return Err(RecordingFault::Broken.into()),
            b"moov" => {
                let length = usize::try_from(found.bytes).ok().filter(|_| found.bytes <= MOST_OF_INDEX);
                let length = length.ok_or(RecordingFault::Broken)?;
                let bytes = source.read(at, length).map_err(Unrecognised::Source)?;
                outline.index = Some(Index { at, header: found.header, bytes });
            }
            b"mdat" => outline.data_at = outline.data_at.or(Some(at)),
            kind if PRIVATE.contains(&kind) => {
                outline.private.push(PrivateBox { at, header: found.header as u64, bytes: found.bytes });
            }
            _ => {}
        }
        at += found.bytes;
    }
    Err(RecordingFault::Broken.into())
}

/// The header of a box.
struct Header {
    kind: [u8; 4],
    /// Bytes of the header.
    header: usize,
    /// Bytes of the whole box.
    bytes: u64,
}

impl Header {
    /// The header at the beginning of `start`, where `left` bytes are left to the end.
    fn of(start: &[u8], left: u64) -> Result<Self, RecordingFault> {
        let short = number(start, 0)?;
        let kind = start.get(4..8).and_then(|kind| kind.try_into().ok()).ok_or(RecordingFault::Broken)?;
        let (header, bytes) = match short {
            0 => (8, left),
            1 => (16, (number(start, 8)? << 32) | number(start, 12)?),
            short => (8, short),
        };
        let is_whole = (header as u64..=left).contains(&bytes);
        if is_whole { Ok(Self { kind, header, bytes }) } else { Err(RecordingFault::Broken) }
    }
}

fn number(bytes: &[u8], at: usize) -> Result<u64, RecordingFault> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).ok_or(RecordingFault::Broken)?;
    Ok(u64::from(u32::from_be_bytes(four)))
}

/// A box within another.
struct Inner<'a> {
    kind: [u8; 4],
    /// Where it begins in the body of the other.
    at: usize,
    header: usize,
    body: &'a [u8],
}

impl Inner<'_> {
    /// The same, where the body of the other begins at `body_at`.
    fn private(&self, body_at: u64) -> PrivateBox {
        let header = self.header as u64;
        PrivateBox { at: body_at + self.at as u64, header, bytes: header + self.body.len() as u64 }
    }
}

/// The boxes in the body of another, one after the other.
struct Boxes<'a> {
    body: &'a [u8],
    at: usize,
}

impl<'a> Boxes<'a> {
    const fn of(body: &'a [u8]) -> Self {
        Self { body, at: 0 }
    }

    fn read(&mut self) -> Result<Inner<'a>, RecordingFault> {
        let (at, rest) = (self.at, &self.body[self.at..]);
        // What is broken is the last that is read.
        self.at = self.body.len();
        let found = Header::of(rest, rest.len() as u64)?;
        let length = usize::try_from(found.bytes).map_err(|_| RecordingFault::Broken)?;
        let body = rest.get(found.header..length).ok_or(RecordingFault::Broken)?;
        self.at = at + length;
        Ok(Inner { kind: found.kind, at, header: found.header, body })
    }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<Inner<'a>, RecordingFault>;

    fn next(&mut self) -> Option<Self::Item> {
        // Some writers end a container with four bytes of nothing.
        (self.body.len() - self.at >= 8).then(|| self.read())
    }
}

/// The body of the first box of this kind.
fn need<'a>(body: &'a [u8], kind: &[u8; 4]) -> Result<&'a [u8], RecordingFault> {
    for found in Boxes::of(body) {
        let found = found?;
        if found.kind == *kind {
            return Ok(found.body);
        }
    }
    Err(RecordingFault::Broken)
}

enum Track {
    Video,
    Sound,
    Words,
}

/// What a track is; `None` for what is neither seen, heard nor read, such as the places where it was taken.
fn track(body: &[u8]) -> Result<Option<Track>, RecordingFault> {
    let media = need(body, b"mdia")?;
    match need(media, b"hdlr")?.get(8..12) {
        Some(b"vide") => match is_coded(media, &VIDEO)? {
            true => Ok(Some(Track::Video)),
            false => Err(RecordingFault::VideoCodec),
        },
        Some(b"soun") => match is_coded(media, &[SOUND])? {
            true => Ok(Some(Track::Sound)),
            false => Err(RecordingFault::SoundCodec),
        },
        Some(handler) => Ok(WORDS.iter().any(|words| words[..] == *handler).then_some(Track::Words)),
        None => Err(RecordingFault::Broken),
    }
}

/// Whether all samples of a track are coded in one of these ways.
fn is_coded(media: &[u8], ways: &[&[u8; 4]]) -> Result<bool, RecordingFault> {
    let table = need(need(media, b"minf")?, b"stbl")?;
    // A version, flags and how many there are stand before the descriptions.
    let descriptions = need(table, b"stsd")?.get(8..).ok_or(RecordingFault::Broken)?;
    let mut any = false;
    for description in Boxes::of(descriptions) {
        any = true;
        let kind = description?.kind;
        if !ways.iter().any(|way| **way == kind) {
            return Ok(false);
        }
    }
    if any { Ok(true) } else { Err(RecordingFault::Broken) }
}

fn private_of_track(body: &[u8], body_at: u64) -> Result<Vec<PrivateBox>, RecordingFault> {
    let mut private = Vec::new();
    for found in Boxes::of(body) {
        let found = found?;
        if PRIVATE.contains(&&found.kind) {
            private.push(found.private(body_at));
        }
    }
    Ok(private)
}
