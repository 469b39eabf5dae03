//! A recording on its way in: it lies in a file without a name, so that whatever its length it takes no memory, and
//! nothing of it is left when the request is over.

use super::PART_BYTES;
use crate::platform::error::{AppError, AppResult};
use actix_web::{
    HttpRequest,
    http::header::CONTENT_LENGTH,
    web::{Payload, block},
};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use shared::media::recording::{
    PrivateBox, RecordingLimits, RecordingName, RecordingTooLarge, Source, Unrecognised, recognise,
};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    time::Duration,
};
use tokio::time::timeout;

/// The field that the file is.
const FIELD: &str = "/recording";
/// How long the next part of a body may be under way.
const IDLE: Duration = Duration::from_secs(60);
/// How long all of it may be: on a weak network 200 MB take half an hour.
const LONGEST: Duration = Duration::from_secs(45 * 60);
/// The kind of a box that says nothing.
const FREE: &[u8; 4] = b"free";
/// Where its kind stands in a box.
const KIND_AT: u64 = 4;

/// What was received.
pub(super) struct Spool {
    file: File,
    bytes: u64,
}

/// What is kept of it.
pub(super) struct Settled {
    /// To be read from its beginning.
    pub(super) file: File,
    pub(super) name: RecordingName,
    pub(super) begins_late: bool,
    /// Whether there were subtitles, which are emptied.
    pub(super) lost_subtitles: bool,
}

/// What came is not the whole.
fn broken_off(reason: &impl ToString) -> AppError {
    AppError::Malformed { pointer: FIELD.to_owned(), reason: reason.to_string() }
}

impl Spool {
    /// Receives a body part by part.
    ///
    /// # Errors
    /// `too-large`, as soon as that is clear, or `malformed` if it breaks off or nothing comes any more.
    pub(super) async fn receive(request: &HttpRequest, payload: Payload, limits: RecordingLimits) -> AppResult<Self> {
        timeout(LONGEST, Self::receive_all(request, payload, limits)).await.map_err(|late| broken_off(&late))?
    }

    async fn receive_all(request: &HttpRequest, mut payload: Payload, limits: RecordingLimits) -> AppResult<Self> {
        let most_bytes = limits.most();
        let check = |bytes: u64| match bytes > most_bytes {
            true => Err(AppError::refused(RecordingTooLarge { most_bytes })),
            false => Ok(()),
        };
        let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        check(announced.and_then(|length| length.parse().ok()).unwrap_or(0))?;
        let mut file = tempfile::tempfile().map_err(AppError::internal)?;
        let mut bytes = 0;
        while let Some(part) = timeout(IDLE, payload.next()).await.map_err(|stalled| broken_off(&stalled))? {
            let part = part.map_err(|error| broken_off(&error))?;
            bytes += part.len() as u64;
            check(bytes)?;
            let written = block(move || file.write_all(&part).map(|()| file)).await.map_err(AppError::internal)?;
            file = written.map_err(AppError::internal)?;
        }
        Ok(Self { file, bytes })
    }

    /// Says what it is, and empties what a camera wrote into it.
    ///
    /// # Errors
    /// The field with the reason, or `too-large`.
    pub(super) async fn settle(self, limits: RecordingLimits) -> AppResult<Settled> {
        let settled = block(move || self.look(limits)).await.map_err(AppError::internal)?;
        if let Err(error) = &settled {
            tracing::debug!(error = %error, "recording.refused");
        }
        settled
    }

    fn look(mut self, limits: RecordingLimits) -> AppResult<Settled> {
        let found = recognise(&mut self).map_err(|error| match error {
            Unrecognised::Fault(fault) => AppError::field(FIELD, fault.code()),
            Unrecognised::Source(error) => AppError::internal(error),
        })?;
        limits.check(found.kind, self.bytes).map_err(AppError::refused)?;
        for private in &found.private {
            empty(&mut self.file, private).map_err(AppError::internal)?;
        }
        let sha256 = hash(&mut self.file).map_err(AppError::internal)?;
        self.file.rewind().map_err(AppError::internal)?;
        let name = RecordingName { sha256, bytes: self.bytes, kind: found.kind };
        let (begins_late, lost_subtitles) = (found.begins_late, found.has_subtitles);
        Ok(Settled { file: self.file, name, begins_late, lost_subtitles })
    }
}

impl Source for Spool {
    type Error = io::Error;

    fn length(&self) -> u64 {
        self.bytes
    }

    fn read(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(at))?;
        read_up_to(&mut self.file, length as u64)
    }
}

/// Makes a box one that says nothing, where it stands.
fn empty(file: &mut File, private: &PrivateBox) -> io::Result<()> {
    file.seek(SeekFrom::Start(private.at + KIND_AT))?;
    file.write_all(FREE)?;
    file.seek(SeekFrom::Start(private.at + private.header))?;
    io::copy(&mut io::repeat(0).take(private.bytes - private.header), file)?;
    Ok(())
}

fn hash(file: &mut File) -> io::Result<String> {
    let mut hash = Sha256::new();
    file.rewind()?;
    loop {
        let part = read_up_to(file, PART_BYTES)?;
        if part.is_empty() {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&part);
    }
}

/// The next part of a file, and the file.
///
/// # Errors
/// If the machine fails.
pub(super) fn next_part(mut file: File) -> AppResult<(File, Vec<u8>)> {
    let part = read_up_to(&mut file, PART_BYTES).map_err(AppError::internal)?;
    Ok((file, part))
}

fn read_up_to(file: &mut File, bytes: u64) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.take(bytes).read_to_end(&mut part)?;
    Ok(part)
}
