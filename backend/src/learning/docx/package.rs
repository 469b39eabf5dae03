//! The parts of a document, unpacked within bounds, and what they name each other by.

use super::{
    DocxError,
    xml::{self, Element},
};
use std::{
    collections::HashMap,
    io::{Cursor, Read},
};
use zip::{ZipArchive, result::ZipError};

/// Parts of a document.
const MAX_PARTS: usize = 5_000;
/// Bytes that a document may have when it is unpacked, by what it says and by what it is.
const MAX_UNPACKED_BYTES: u64 = 200 * 1024 * 1024;
/// Bytes of a part that is read as XML.
const MAX_XML_BYTES: u64 = 24 * 1024 * 1024;
/// A part that is larger than this …
const SUSPECT_BYTES: u64 = 8 * 1024 * 1024;
/// … is not unpacked if it is so many times as large as it lies in the document.
const MAX_RATIO: u64 = 200;
/// How a file of the old formats begins, and one that is locked by a password.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// What the one that is locked holds.
const LOCKED: &str = "EncryptedPackage";
/// Where the relations of a part lie, beside it.
const RELATIONS: &str = "_rels";

/// A document as parts.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// What the parts that a part speaks of are called in it.
#[derive(Debug, Default)]
pub(super) struct Relations(HashMap<String, Relation>);

/// Something that a part speaks of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// What kind of thing it is: `image`, `hyperlink`.
    pub(super) kind: String,
    pub(super) target: Target,
}

/// Where it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The path of a part.
    Part(String),
    /// An address elsewhere; it is never fetched.
    External(String),
}

impl Relations {
    pub(super) fn get(&self, id: &str) -> Option<&Target> {
        self.0.get(id).map(|relation| &relation.target)
    }

    /// The paths of the parts of this kind, in order.
    pub(super) fn parts(&self, kind: &str) -> Vec<&str> {
        let mut paths = Vec::new();
        for relation in self.0.values().filter(|relation| relation.kind == kind) {
            if let Target::Part(path) = &relation.target {
                paths.push(path.as_str());
            }
        }
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

impl<'b> Package<'b> {
    /// Opens a document.
    ///
    /// # Errors
    /// If it is none, is locked, or claims to be larger than any.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocxError> {
        if bytes.starts_with(&COMPOUND) {
            let locked: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_locked = bytes.windows(locked.len()).any(|window| window == locked);
            return Err(if is_locked { DocxError::Encrypted } else { DocxError::OldFormat });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxError::NotADocx)?;
        if archive.len() > MAX_PARTS {
            return Err(DocxError::TooLarge);
        }
        let mut declared = 0_u64;
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(|_| DocxError::NotADocx)?;
            if part.encrypted() {
                return Err(DocxError::Encrypted);
            }
            let (size, packed) = (part.size(), part.compressed_size().max(1));
            declared = declared.saturating_add(size);
            if declared > MAX_UNPACKED_BYTES || (size > SUSPECT_BYTES && size / packed > MAX_RATIO) {
                return Err(DocxError::TooLarge);
            }
        }
        Ok(Self { archive, left: MAX_UNPACKED_BYTES })
    }

    /// A part of at most `most` bytes; `None` if there is none.
    ///
    /// # Errors
    /// If it is larger, locked or broken.
    pub(super) fn part(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, DocxError> {
        let Some(at) = self.archive.index_for_name(path) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => DocxError::Encrypted,
            _ => DocxError::NotADocx,
        })?;
        let (most, mut content) = (most.min(self.left), Vec::new());
        // What a part says of its size need not be true.
        part.take(most.saturating_add(1)).read_to_end(&mut content).map_err(|_| DocxError::NotADocx)?;
        let size = u64::try_from(content.len()).map_err(|_| DocxError::TooLarge)?;
        if size > most {
            return Err(DocxError::TooLarge);
        }
        self.left -= size;
        Ok(Some(content))
    }

    /// A part as XML; `None` if there is none.
    ///
    /// # Errors
    /// If it is too large or broken.
    pub(super) fn xml(&mut self, path: &str) -> Result<Option<Element>, DocxError> {
        self.part(path, MAX_XML_BYTES)?.map(|content| xml::parse(&content)).transpose()
    }

    /// What a part speaks of; the document as a whole has the empty path.
    ///
    /// # Errors
    /// If it is too large or broken.
    pub(super) fn relations(&mut self, path: &str) -> Result<Relations, DocxError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(listed) = self.xml(&format!("{beside}{RELATIONS}/{name}.rels"))? else {
            return Ok(Relations::default());
        };
        let relations = listed.elements().filter_map(|relation| {
            let (id, target) = (relation.attribute("Id")?, relation.attribute("Target")?);
            let kind = relation.attribute("Type")?.rsplit('/').next()?.to_owned();
            let target = match relation.attribute("TargetMode") {
                Some("External") => Target::External(target.to_owned()),
                _ => Target::Part(within(folder, target)?),
            };
            Some((id.to_owned(), Relation { kind, target }))
        });
        Ok(Relations(relations.collect()))
    }
}

/// The path that a target in this folder names; `None` if it leads out of the document.
fn within(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default().replace('\\', "/");
    if target.contains(':') {
        return None;
    }
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop().filter(|step| !step.is_empty())?),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    (!path.is_empty()).then(|| path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_target_stays_within_the_document() {
        assert_eq!(within("word", "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(within("word", "/word/media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(within("word", "../customXml/item1.xml").as_deref(), Some("customXml/item1.xml"));
        assert_eq!(within("", "word/document.xml").as_deref(), Some("word/document.xml"));
        assert_eq!(within("word", r"media\a.png").as_deref(), Some("word/media/a.png"));
        for target in ["../../etc/passwd", "/../a", "..", "c:/a", "file:///etc/passwd", ""] {
            assert_eq!(within("word", target).as_deref().filter(|path| *path != "word"), None, "{target}");
        }
    }
}
