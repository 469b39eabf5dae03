//! Files that are handed in: which ones are taken is told by what is in them, never by their names.

use super::HandInRefusal;
use crate::{ids::AssignmentPhotoId, rights::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a file is.
    HandInFileKind {
        /// A document as it is printed.
        Pdf = "pdf",
        /// A document of a word processor.
        Docx = "docx",
        /// A workbook.
        Xlsx = "xlsx",
        /// Slides.
        Pptx = "pptx",
    }
}

/// Largest file, in bytes.
pub const MAX_HAND_IN_FILE_BYTES: usize = 10 * 1024 * 1024;
/// Files of a hand-in at most.
pub const MAX_HAND_IN_FILES: u8 = 3;
/// Files that a learner may send for one assignment, handed in or not: those of a hand-in and of four corrections. Each
/// weighs as much as all the photos of a hand-in.
pub const MAX_ASSIGNMENT_FILES: u64 = 15;
/// What stands in documents that hold programs; these are not taken.
const PROGRAM: &[u8] = b"vbaProject.bin";

impl HandInFileKind {
    /// What a file is by its content; `None` if it is of no kind that is taken. Older formats may hold programs that
    /// nobody sees, and are not taken.
    #[must_use]
    pub fn of(file: &[u8]) -> Option<Self> {
        let has = |part: &[u8]| file.windows(part.len()).any(|there| there == part);
        match file {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] if !has(PROGRAM) => {
                [Self::Docx, Self::Xlsx, Self::Pptx].into_iter().find(|kind| kind.main_part().is_some_and(has))
            }
            _ => None,
        }
    }

    /// The part that every document of this kind has in its package; a PDF is no package.
    const fn main_part(self) -> Option<&'static [u8]> {
        match self {
            Self::Pdf => None,
            Self::Docx => Some(b"word/document.xml"),
            Self::Xlsx => Some(b"xl/workbook.xml"),
            Self::Pptx => Some(b"ppt/presentation.xml"),
        }
    }

    /// What it is served as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        }
    }
}

/// Whether another file may be sent for an assignment for which so many were.
///
/// # Errors
/// [`HandInRefusal::TooManyFiles`].
pub const fn may_send_file(sent: u64) -> Result<(), HandInRefusal> {
    if sent < MAX_ASSIGNMENT_FILES { Ok(()) } else { Err(HandInRefusal::TooManyFiles { most: MAX_ASSIGNMENT_FILES }) }
}

/// A file that was sent for an assignment, and lies beside its photos: reply of `POST /me/assignments/{id}/files`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandInFile {
    /// The file.
    pub id: AssignmentPhotoId,
    /// What it is.
    pub kind: HandInFileKind,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A package with a part of this name.
    fn package(part: &str) -> Vec<u8> {
        [&b"PK\x03\x04\0\0[Content_Types].xml"[..], part.as_bytes(), b"\0\0"].concat()
    }

    #[test]
    fn files_are_told_by_their_content() {
        assert_eq!(HandInFileKind::of(b"%PDF-1.7\n"), Some(HandInFileKind::Pdf));
        for (part, kind) in [
            ("word/document.xml", HandInFileKind::Docx),
            ("xl/workbook.xml", HandInFileKind::Xlsx),
            ("ppt/presentation.xml", HandInFileKind::Pptx),
        ] {
            assert_eq!(HandInFileKind::of(&package(part)), Some(kind));
        }
    }

    #[test]
    fn programs_and_whatever_may_hide_them_are_not_taken() {
        let with_program = [package("word/document.xml"), b"word/vbaProject.bin".to_vec()].concat();
        let older = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1word/document.xml".to_vec();
        for file in [with_program, older, package("a.exe"), b"MZ".to_vec(), Vec::new()] {
            assert_eq!(HandInFileKind::of(&file), None, "{file:?}");
        }
    }

    #[test]
    fn so_many_files_may_be_sent_and_no_more() {
        assert_eq!(may_send_file(MAX_ASSIGNMENT_FILES - 1), Ok(()));
        assert_eq!(may_send_file(MAX_ASSIGNMENT_FILES), Err(HandInRefusal::TooManyFiles { most: 15 }));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_judged(file in prop::collection::vec(any::<u8>(), 0..64)) {
            let is_known = file.starts_with(b"%PDF-") || file.starts_with(b"PK\x03\x04");
            prop_assert!(is_known || HandInFileKind::of(&file).is_none());
        }
    }
}
