//! The parts of a workbook, unpacked as they are read and no further: what a file says of its size need not be true.

use super::{super::SheetError, xml::Xml};
use std::{
    collections::HashMap,
    io::{self, BufReader, ErrorKind, Read, Seek},
};
use zip::{ZipArchive, read::ZipFile};

/// Parts that a workbook may have.
const MAX_PARTS: usize = 5_000;
/// Bytes that may be unpacked of the parts that are read, together.
const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of a part that may be read to see what comes next in it: more than the longest cell there is takes.
const MAX_STEP_BYTES: usize = 1024 * 1024;
/// Bytes that are unpacked at a time.
const AT_ONCE: usize = 64 * 1024;

/// A workbook as parts.
pub(super) struct Parts<S> {
    archive: ZipArchive<S>,
    /// Programs differ in the capitals of paths, and in their slashes.
    names: HashMap<String, String>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<S: Read + Seek> Parts<S> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// If it is none, or has more parts than any.
    pub(super) fn of(source: S) -> Result<Self, SheetError> {
        let archive = ZipArchive::new(source).map_err(|_| SheetError::NotASheet)?;
        if archive.len() > MAX_PARTS {
            return Err(SheetError::TooLarge);
        }
        let mut names = HashMap::with_capacity(archive.len());
        for name in archive.file_names() {
            let name = name.map_err(|_| SheetError::NotASheet)?.into_owned();
            names.insert(name.replace('\\', "/").to_ascii_lowercase(), name);
        }
        Ok(Self { archive, names, left: MAX_UNPACKED_BYTES })
    }

    /// A part from its beginning; `None` if there is none.
    ///
    /// # Errors
    /// If it is locked or broken, or says that it is larger than any.
    pub(super) fn open(&mut self, path: &str) -> Result<Option<Xml<Unpacked<'_, S>>>, SheetError> {
        let Some(name) = self.names.get(&path.to_ascii_lowercase()) else { return Ok(None) };
        let part = self.archive.by_name(name).map_err(|_| SheetError::NotASheet)?;
        if part.size() > self.left {
            return Err(SheetError::TooLarge);
        }
        let unpacked = Unpacked { part, left: &mut self.left, of_step: 0 };
        Ok(Some(Xml::of(BufReader::with_capacity(AT_ONCE, unpacked))))
    }
}

/// What is unpacked of a part, as long as there is room for it.
pub(super) struct Unpacked<'p, S: Read> {
    part: ZipFile<'p, S>,
    left: &'p mut u64,
    /// Bytes since the last step.
    of_step: usize,
}

/// What is read in steps, each of which may take so many bytes and no more.
pub(super) trait Stepped: Read {
    /// Begins the next step.
    fn step(&mut self);
}

impl<S: Read> Stepped for Unpacked<'_, S> {
    fn step(&mut self) {
        self.of_step = 0;
    }
}

impl<S: Read> Read for Unpacked<'_, S> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let too_large = || io::Error::from(ErrorKind::FileTooLarge);
        if self.of_step >= MAX_STEP_BYTES {
            return Err(too_large());
        }
        let read = self.part.read(to)?;
        self.of_step += read;
        *self.left = self.left.checked_sub(read as u64).ok_or_else(too_large)?;
        Ok(read)
    }
}
