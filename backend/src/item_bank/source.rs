//! Files that items come in: packages of QTI, quizzes of Moodle, documents of word processors, and sheets in the shape of
//! the template. The content says which a file is, not its name.

use super::{
    file::text_of_file,
    package::{self, MAX_PICTURES, PackageContent, PackageError},
    template,
};
use crate::{
    learning::{self, DocxText},
    media::{self, SmallPicture},
    platform::error::{AppError, AppResult},
};
use actix_web::web::{Bytes, block};
use shared::item_bank::{
    ImportError, MoodlePictures, ParsedItems, QtiPictures, moodle_files, parse_chinese_text, parse_moodle_quiz,
};
use std::io::Cursor;
use tokio::sync::Semaphore;
use zip::ZipArchive;

/// Packages that one process reads at a time: each holds its pictures in memory.
static PACKAGES: Semaphore = Semaphore::const_new(2);
/// How a file of the old formats begins.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// What an old sheet holds.
const OLD_SHEET: &str = "Workbook";

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Package,
    Quiz,
    Document,
    Sheet,
}

/// What was read of a file.
#[derive(Debug, Default)]
pub(super) struct SourceContent {
    /// Its items, and what stands beside them.
    pub(super) content: PackageContent,
    /// The pictures that these show. They are not kept yet.
    pub(super) pictures: Vec<SmallPicture>,
}

/// Reads the items of a file.
///
/// # Errors
/// The field `/file` if it is none that can be read.
pub(super) async fn read(bytes: Bytes) -> AppResult<SourceContent> {
    match kind_of(&bytes) {
        FileKind::Document => document(bytes).await,
        FileKind::Sheet => {
            let parsed = block(move || template::read(&bytes)).await.map_err(AppError::internal)?;
            let parsed = parsed.map_err(|code| AppError::field("/file", code))?;
            Ok(SourceContent { content: parsed.into(), ..SourceContent::default() })
        }
        FileKind::Quiz => quiz(bytes).await,
        FileKind::Package => of_package(bytes).await,
    }
}

fn kind_of(bytes: &[u8]) -> FileKind {
    if bytes.starts_with(&COMPOUND) {
        let sheet: Vec<u8> = OLD_SHEET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_sheet = bytes.windows(sheet.len()).any(|window| window == sheet);
        return if is_sheet { FileKind::Sheet } else { FileKind::Document };
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii_start().starts_with(b"<") {
        return FileKind::Quiz;
    }
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return FileKind::Package };
    let has = |path: &str| archive.index_for_name(path).is_some();
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, _) => FileKind::Document,
        (false, true) => FileKind::Sheet,
        (false, false) => FileKind::Package,
    }
}

/// Reads a package: its pictures first, so that its items can say where each is going to be.
async fn of_package(bytes: Bytes) -> AppResult<SourceContent> {
    let _turn = PACKAGES.acquire().await.map_err(AppError::internal)?;
    let refused = |error: PackageError| AppError::field("/file", error.field_code());
    let whole = bytes.clone();
    let files = block(move || package::pictures(&whole)).await.map_err(AppError::internal)?.map_err(refused)?;
    let (mut addresses, mut pictures) = (QtiPictures::new(), Vec::new());
    for (path, file) in files {
        if let Ok(small) = media::make_small(file).await? {
            addresses.insert(path, small.view().path.clone());
            pictures.push(small);
        }
    }
    let read = block(move || package::read(&bytes, &addresses)).await.map_err(AppError::internal)?;
    Ok(SourceContent { content: read.map_err(refused)?, pictures })
}

/// Reads a quiz: the files in it first, so that its items can say where each picture is going to be.
async fn quiz(bytes: Bytes) -> AppResult<SourceContent> {
    let _turn = PACKAGES.acquire().await.map_err(AppError::internal)?;
    let read = block(move || {
        let text = text_of_file(&bytes).unwrap_or_default();
        let files = moodle_files(&text);
        (text, files)
    });
    let (text, files) = read.await.map_err(AppError::internal)?;
    let (mut addresses, mut pictures) = (MoodlePictures::new(), Vec::new());
    for (place, file) in files.into_iter().take(MAX_PICTURES) {
        if let Ok(small) = media::make_small(file).await? {
            addresses.insert(place, small.view().path.clone());
            pictures.push(small);
        }
    }
    let parsed = block(move || parse_moodle_quiz(&text, &addresses)).await.map_err(AppError::internal)?;
    Ok(SourceContent { content: parsed.into(), pictures })
}

/// Reads a document as the text that its author sees.
async fn document(bytes: Bytes) -> AppResult<SourceContent> {
    let read = learning::docx_text(bytes).await?;
    let DocxText { text, losses, lost_pictures, wordless_pictures, pictures } = read;
    let mut parsed = block(move || parse_chinese_text(&text)).await.map_err(AppError::internal)?;
    parsed.losses.extend(lost_pictures.into_iter().map(|lost| told("picture_left_out", lost)));
    parsed.losses.extend(wordless_pictures.into_iter().map(|taken| told("picture_without_words", taken)));
    parsed.losses.extend(losses.into_iter().map(|lost| told("left_out", lost)));
    parsed.losses.sort_by_key(|loss| loss.line);
    Ok(SourceContent { content: parsed.into(), pictures })
}

/// How many items of a document can be read, if it is one: for who tries the reader with whatever there may be.
#[must_use]
pub fn count_in_document(bytes: &[u8]) -> Option<usize> {
    learning::docx_words(bytes).map(|text| parse_chinese_text(&text).items.len())
}

/// The same of a sheet in the shape of the template.
#[must_use]
pub fn count_in_sheet(bytes: &[u8]) -> Option<usize> {
    template::read(bytes).ok().map(|parsed| parsed.items.len())
}

fn told(code: &str, (line, name): (u32, String)) -> ImportError {
    ImportError { line, code: code.to_owned(), name, file: String::new(), detail: String::new() }
}

impl From<ParsedItems> for PackageContent {
    fn from(parsed: ParsedItems) -> Self {
        Self { parsed, ..Self::default() }
    }
}

#[cfg(test)]
mod replay;
#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn packed(path: &str) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(path, SimpleFileOptions::default()).unwrap();
        archive.write_all(b"x").unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn the_content_says_what_a_file_is() {
        assert_eq!(kind_of(&packed("word/document.xml")), FileKind::Document);
        assert_eq!(kind_of(&packed("xl/workbook.xml")), FileKind::Sheet);
        assert_eq!(kind_of(&packed("imsmanifest.xml")), FileKind::Package);
        assert_eq!(kind_of(b"no file"), FileKind::Package);
        assert_eq!(kind_of(b"\xef\xbb\xbf\n<?xml version='1.0'?><quiz/>"), FileKind::Quiz);
        assert_eq!(kind_of(&COMPOUND), FileKind::Document);
        let name: Vec<u8> = OLD_SHEET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind_of(&[COMPOUND.as_slice(), &name].concat()), FileKind::Sheet);
    }
}
