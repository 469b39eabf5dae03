//! What a file is, told by its content and never by its name.

use super::{RecordingKind, mp4, sound, webm};

/// Bytes at the beginning of a file that tell its format.
const HEAD: usize = 4_096;

/// A file that is looked at here and there, so that nobody holds it as a whole.
pub trait Source {
    /// Why it cannot be read.
    type Error;

    /// How many bytes it has.
    fn length(&self) -> u64;

    /// So many bytes from `at` on; fewer where the file ends.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read(&mut self, at: u64, length: usize) -> Result<Vec<u8>, Self::Error>;
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingFault {
    /// None of the formats that are taken.
    NotARecording,
    /// A part is missing, or cannot be read.
    Broken,
    /// The picture is coded in a way that not every phone plays.
    VideoCodec,
    /// So is the sound.
    SoundCodec,
}

impl RecordingFault {
    /// The code of the field that is wrong.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotARecording => "not-a-recording",
            Self::Broken => "recording-broken",
            Self::VideoCodec => "video-codec",
            Self::SoundCodec => "sound-codec",
        }
    }
}

/// Why nothing was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unrecognised<E> {
    /// The file is not taken.
    Fault(RecordingFault),
    /// The file cannot be read.
    Source(E),
}

impl<E> From<RecordingFault> for Unrecognised<E> {
    fn from(fault: RecordingFault) -> Self {
        Self::Fault(fault)
    }
}

/// A box of an MP4 that says where, when and with what it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrivateBox {
    /// Where it begins.
    pub at: u64,
    /// Bytes of its header; the four of its kind end at the eighth.
    pub header: u64,
    /// Bytes of all of it.
    pub bytes: u64,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Its kind.
    pub kind: RecordingKind,
    /// Whether what a player needs first stands behind what it plays.
    pub begins_late: bool,
    /// Whether it has subtitles or other texts along its time. They are emptied with what is private: some cameras write
    /// there where they were, and few browsers show them.
    pub has_subtitles: bool,
    /// What nobody needs to know: to be emptied where it stands, which moves nothing.
    pub private: Vec<PrivateBox>,
}

impl Recognised {
    const fn plain(kind: RecordingKind) -> Self {
        Self { kind, begins_late: false, has_subtitles: false, private: Vec::new() }
    }
}

/// Recognises MP4 (H.264 with AAC), `WebM`, M4A, MP3 and Ogg.
///
/// # Errors
/// Why the file is not taken, or cannot be read.
pub fn recognise<S: Source>(source: &mut S) -> Result<Recognised, Unrecognised<S::Error>> {
    let head = source.read(0, HEAD).map_err(Unrecognised::Source)?;
    if head.get(4..8) == Some(b"ftyp".as_slice()) {
        mp4::recognise(source)
    } else if head.starts_with(&webm::MAGIC) {
        webm::check(&head)?;
        Ok(Recognised::plain(RecordingKind::Webm))
    } else if head.starts_with(sound::OGG_MAGIC) {
        sound::check_ogg(&head)?;
        Ok(Recognised::plain(RecordingKind::Ogg))
    } else {
        sound::check_mp3(source, &head)?;
        Ok(Recognised::plain(RecordingKind::Mp3))
    }
}
