//! Video and sound of lessons: kept as they came, named by their content, their size and their kind, so that a page
//! says what they weigh before it fetches any of it.

mod look;
mod mp4;
mod sound;
mod webm;

pub use look::{PrivateBox, Recognised, RecordingFault, Source, Unrecognised, recognise};

use super::{is_hash, picture_at};
use crate::problem::{ProblemCode, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where recordings are served; the name follows.
pub const RECORDINGS: &str = "/api/v1/recordings/";
/// Bytes of a megabyte, as learners pay for them.
pub const MEGABYTE: u64 = 1_000_000;

/// What a recording is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordingKind {
    /// Video: H.264 with AAC.
    Mp4,
    /// Video: `WebM`.
    Webm,
    /// Sound: AAC.
    M4a,
    /// Sound: MPEG layer III.
    Mp3,
    /// Sound: Opus or Vorbis.
    Ogg,
}

impl RecordingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Mp4, Self::Webm, Self::M4a, Self::Mp3, Self::Ogg];

    /// How its name ends.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::M4a => "m4a",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
        }
    }

    /// What it is served as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::M4a => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
        }
    }

    /// Whether there is something to be seen.
    #[must_use]
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }

    /// The kind whose names end so.
    #[must_use]
    pub fn parse(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.extension() == extension)
    }
}

/// The name of a recording: `<sha256>-<bytes>.<extension>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordingName {
    /// SHA-256 of what is kept, as hexadecimal digits.
    pub sha256: String,
    /// What it weighs, in bytes.
    pub bytes: u64,
    /// What it is.
    pub kind: RecordingKind,
}

impl fmt::Display for RecordingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}.{}", self.sha256, self.bytes, self.kind.extension())
    }
}

impl RecordingName {
    /// The name that a text is; `None` if it is none, or not written as names are.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sha256, rest) = text.split_once('-')?;
        let (bytes, extension) = rest.split_once('.')?;
        let name =
            Self { sha256: sha256.to_owned(), bytes: bytes.parse().ok()?, kind: RecordingKind::parse(extension)? };
        (is_hash(sha256) && name.to_string() == text).then_some(name)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{RECORDINGS}{self}")
    }
}

/// A recording as a lesson shows it: in Markdown `![words](path)`, or `![words](path#path of the poster)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRecording {
    /// The recording.
    pub name: RecordingName,
    /// Hash of the picture that stands for a video until it plays.
    pub poster: Option<String>,
}

impl ShownRecording {
    /// How Markdown addresses it.
    #[must_use]
    pub fn address(&self) -> String {
        let poster = self.poster.as_deref().map(super::picture_path);
        poster.map_or_else(|| self.name.path(), |poster| format!("{}#{poster}", self.name.path()))
    }
}

/// The recording that an address of Markdown names; `None` if it names none of ours.
#[must_use]
pub fn recording_at(address: &str) -> Option<ShownRecording> {
    let named = address.strip_prefix(RECORDINGS)?;
    let (name, poster) = named.split_once('#').map_or((named, None), |(name, poster)| (name, Some(poster)));
    Some(ShownRecording { name: RecordingName::parse(name)?, poster: poster.and_then(picture_at).map(str::to_owned) })
}

/// The recordings that a text in Markdown or HTML names.
pub fn recordings_of(text: &str) -> impl Iterator<Item = RecordingName> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let after = text.split(RECORDINGS).skip(1);
    after.filter_map(move |after| RecordingName::parse(after.split(|c: char| !is_of_name(c)).next()?))
}

/// What learners pay for so many bytes: `12.3 MB`, and at least `0.1 MB`.
#[must_use]
pub fn data_size(bytes: u64) -> String {
    let tenths = bytes.div_ceil(MEGABYTE / 10).max(1);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// Reply of `POST /recordings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordingView {
    /// Where it is, for `![…](…)` in Markdown.
    pub path: String,
    /// What it weighs on the way to a learner, in bytes.
    pub bytes: u64,
    /// Whether there is something to be seen.
    pub is_video: bool,
    /// Whether what a player needs first stands at the end of the file, so that it begins later.
    pub begins_late: bool,
    /// Whether subtitles that were in the file are not kept.
    pub lost_subtitles: bool,
}

/// How large recordings may be, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordingLimits {
    /// Video.
    pub video_bytes: u64,
    /// Sound.
    pub sound_bytes: u64,
}

impl RecordingLimits {
    /// More than this nothing has.
    #[must_use]
    pub fn most(self) -> u64 {
        self.video_bytes.max(self.sound_bytes)
    }

    /// Whether a recording of this kind may be so large.
    ///
    /// # Errors
    /// How large it may be.
    pub fn check(self, kind: RecordingKind, bytes: u64) -> Result<(), RecordingTooLarge> {
        let most_bytes = if kind.is_video() { self.video_bytes } else { self.sound_bytes };
        if bytes > most_bytes { Err(RecordingTooLarge { most_bytes }) } else { Ok(()) }
    }
}

/// A recording is larger than the system takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a recording has more than {most_bytes} bytes")]
pub struct RecordingTooLarge {
    /// What it may have.
    pub most_bytes: u64,
}

impl Refusal for RecordingTooLarge {
    fn code(&self) -> ProblemCode {
        ProblemCode::TooLarge
    }

    fn message_key(&self) -> &'static str {
        "too-large.recording"
    }

    fn params(&self) -> serde_json::Value {
        serde_json::json!({ "most": data_size(self.most_bytes) })
    }
}

#[cfg(test)]
mod tests;
