//! Files that authors keep beside an item: the document or the scan that it was taken from. No candidate sees them.

use crate::{ids::ItemAttachmentId, learning::HandInFileKind, problem::FieldError, rights::text_enum, time::Timestamp};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a file beside an item is: told by what is in it, never by its name.
    ItemAttachmentKind {
        /// A document as it is printed.
        Pdf = "pdf",
        /// A document of a word processor.
        Docx = "docx",
        /// A workbook.
        Xlsx = "xlsx",
        /// Slides.
        Pptx = "pptx",
        /// A photo or a scan.
        Jpeg = "jpg",
        /// A picture without loss.
        Png = "png",
        /// A picture as browsers make it.
        Webp = "webp",
    }
}

/// Largest file, in bytes.
pub const MAX_ATTACHMENT_BYTES: usize = 10 * 1024 * 1024;
/// Files beside one item at most: none is taken away again, for they say where it came from.
pub const MAX_ATTACHMENTS: u64 = 10;
/// Characters of a file's name.
pub const ATTACHMENT_NAME_CHARS: usize = 120;

impl ItemAttachmentKind {
    /// What a file is by its content; `None` if it is of no kind that is taken.
    #[must_use]
    pub fn of(file: &[u8]) -> Option<Self> {
        match file {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            other => HandInFileKind::of(other).map(Self::from),
        }
    }

    /// What it is served as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => HandInFileKind::Pdf.media_type(),
            Self::Docx => HandInFileKind::Docx.media_type(),
            Self::Xlsx => HandInFileKind::Xlsx.media_type(),
            Self::Pptx => HandInFileKind::Pptx.media_type(),
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

impl From<HandInFileKind> for ItemAttachmentKind {
    fn from(kind: HandInFileKind) -> Self {
        match kind {
            HandInFileKind::Pdf => Self::Pdf,
            HandInFileKind::Docx => Self::Docx,
            HandInFileKind::Xlsx => Self::Xlsx,
            HandInFileKind::Pptx => Self::Pptx,
        }
    }
}

/// The name of a file without the folders in which it lay.
///
/// # Errors
/// The field `/name` if there is none, or it is too long.
pub fn check_attachment_name(name: &str) -> Result<String, FieldError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    match name.trim() {
        "" => Err(FieldError::new("/name", "required")),
        long if long.chars().count() > ATTACHMENT_NAME_CHARS => Err(FieldError::new("/name", "too-long")),
        name => Ok(name.to_owned()),
    }
}

/// A file beside an item: one of the rows of `GET /items/{id}/attachments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemAttachment {
    /// The file.
    pub id: ItemAttachmentId,
    /// What it is called; empty while the item is closed to the reader.
    pub name: String,
    /// What it is.
    pub kind: ItemAttachmentKind,
    /// How many bytes it has.
    pub bytes: u32,
    /// The version that was the newest when it came.
    pub version: i32,
    /// When it came.
    pub added_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_content() {
        let known: [(&[u8], ItemAttachmentKind); 7] = [
            (b"\xff\xd8\xff\xe0", ItemAttachmentKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n\0", ItemAttachmentKind::Png),
            (b"RIFF\x01\0\0\0WEBPVP8 ", ItemAttachmentKind::Webp),
            (b"%PDF-1.7", ItemAttachmentKind::Pdf),
            (b"PK\x03\x04\0word/document.xml", ItemAttachmentKind::Docx),
            (b"PK\x03\x04\0xl/workbook.xml", ItemAttachmentKind::Xlsx),
            (b"PK\x03\x04\0ppt/presentation.xml", ItemAttachmentKind::Pptx),
        ];
        for (file, kind) in known {
            assert_eq!(ItemAttachmentKind::of(file), Some(kind));
        }
        for other in [&b""[..], b"RIFF\x01\0\0\0WAVE", b"MZ", b"<svg/>", b"PK\x03\x04word/document.xml vbaProject.bin"]
        {
            assert_eq!(ItemAttachmentKind::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_name_is_that_of_the_file_alone() {
        for (given, name) in [
            ("期末卷.docx", "期末卷.docx"),
            (" C:\\命题\\卷 一.pdf ", "卷 一.pdf"),
            ("/home/a/b.png", "b.png"),
            ("a\n\u{0}b", "ab"),
        ] {
            assert_eq!(check_attachment_name(given), Ok(name.to_owned()));
        }
        assert!(check_attachment_name(&"长".repeat(ATTACHMENT_NAME_CHARS)).is_ok());
        let long = "长".repeat(ATTACHMENT_NAME_CHARS + 1);
        for (wrong, code) in [("", "required"), ("a/", "required"), (long.as_str(), "too-long")] {
            assert_eq!(check_attachment_name(wrong), Err(FieldError::new("/name", code)));
        }
    }
}
