//! Documents of word processors (`.docx`) become units of a draft: first as a preview that changes nothing,
//! then in one write. Nothing of a file is believed or fetched (`package`, `xml`); what it says is understood
//! (`reader`), divided (`outline`) and written as a lesson (`markdown`), and what is lost is reported.

mod drawings;
mod formula;
mod markdown;
mod model;
mod outline;
mod package;
mod reader;
pub(super) mod routes;
mod runs;
mod styles;
mod text;
mod xml;

use super::{
    authoring::{AuthorCourse, to_text},
    catalogue, reviews, store,
};
use crate::{
    access::Permit,
    media::{self, AddPicture, SmallPicture},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use actix_web::web::{Bytes, block};
use model::Document;
use outline::Chapter;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::{
    ids::CourseId,
    learning::{
        CourseContent, DocxModule, DocxPreview, DocxRemarkKind, DocxSplit, DocxUnit, Module, Unit, lesson_minutes,
        validate_draft,
    },
};
use std::collections::{BTreeMap, BTreeSet};
pub use text::{DocxText, docx_text, docx_words};
use tokio::sync::Semaphore;

/// Documents that one process reads at a time: each may take the memory that reading is allowed.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);
/// Characters of the beginning of a lesson that a preview shows.
const BEGINNING_CHARS: usize = 120;
/// Characters of the name of a file that become a title.
const NAME_CHARS: usize = 100;
/// How a document's file ends.
const ENDING: &str = ".docx";

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum DocxError {
    #[error("not a document")]
    NotADocx,
    #[error("a document of an old format")]
    OldFormat,
    #[error("the document is locked by a password")]
    Encrypted,
    #[error("the document is too large when unpacked")]
    TooLarge,
}

impl DocxError {
    /// The code of the field error.
    const fn field_code(self) -> &'static str {
        match self {
            Self::NotADocx => "not-a-docx",
            Self::OldFormat => "docx-old-format",
            Self::Encrypted => "docx-encrypted",
            Self::TooLarge => "docx-too-large",
        }
    }
}

/// What stands beside the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct DocxQuery {
    /// What the highest headings become; modules unless told.
    split: Option<DocxSplit>,
    /// What the file is called: the title of what has none.
    file_name: Option<String>,
}

impl DocxQuery {
    fn split(&self) -> DocxSplit {
        self.split.unwrap_or(DocxSplit::Modules)
    }

    /// The name of the file without its ending.
    fn name(&self) -> String {
        let name = self.file_name.as_deref().unwrap_or_default().trim();
        let name = name.strip_suffix(ENDING).unwrap_or(name);
        let readable: String = name.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS).collect();
        if readable.trim().is_empty() { "docx".to_owned() } else { readable }
    }
}

/// A document as it would become part of a course.
struct Reading {
    modules: Vec<Module>,
    preview: DocxPreview,
    /// Its pictures, each once, by hash.
    pictures: BTreeMap<String, SmallPicture>,
}

/// What a document would become. Changes nothing.
///
/// # Errors
/// `not-found` if there is no such course; the field `/file` if it is no document that can be taken.
async fn preview(cx: &Services, id: CourseId, query: &DocxQuery, bytes: Bytes) -> AppResult<DocxPreview> {
    store::find_draft(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok(read(cx, query, bytes).await?.preview)
}

/// Adds what a document says to the end of a draft, over the version that the author has seen.
///
/// # Errors
/// As for [`preview`]; `wrong-state` while the draft is in review, `stale` if somebody has saved since.
async fn import(
    cx: &Services,
    permit: &Permit<AuthorCourse>,
    adding: &Permit<AddPicture>,
    (seen, key): (i32, &IdempotencyKey),
    query: &DocxQuery,
    bytes: Bytes,
) -> AppResult<()> {
    let author = permit.person()?;
    store::find_draft(cx.db.read(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
    let digest = hex::encode(Sha256::digest(&bytes));
    let request = (*permit.target(), query.split(), query.name(), digest.clone());
    let reading = read(cx, query, bytes).await?;
    cx.db
        .write(permit, async |tx| {
            let version = once(tx, author, key, &request, async || append(tx, permit, seen, &reading).await).await?;
            for picture in reading.pictures.values() {
                media::keep(tx, adding, picture).await?;
            }
            tx.note("version", version);
            tx.note("docx", digest.clone());
            tx.note("pictures", reading.pictures.keys().cloned().collect::<Vec<_>>());
            Ok(())
        })
        .await
}

/// Adds the modules to the draft; its version then.
async fn append(tx: &Tx, permit: &Permit<AuthorCourse>, seen: i32, reading: &Reading) -> AppResult<i32> {
    let row = store::lock_draft(tx.conn(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
    let mut content = catalogue::parse(&row.content)?;
    content.modules.extend(reading.modules.iter().cloned());
    fits(&content)?;
    let text = to_text(&content)?;
    reviews::write_draft(tx, permit.person()?, &row, seen, text).await?;
    Ok(seen + 1)
}

/// Whether a draft can hold this.
fn fits(content: &CourseContent) -> AppResult<()> {
    if validate_draft(content).is_empty() { Ok(()) } else { Err(AppError::field("/file", "docx-too-long")) }
}

/// Reads a document, and makes its pictures small.
async fn read(cx: &Services, query: &DocxQuery, bytes: Bytes) -> AppResult<Reading> {
    let (split, name) = (query.split(), query.name());
    let turn = AT_A_TIME.acquire().await.map_err(AppError::internal)?;
    let work = move || {
        let mut document = reader::read(&bytes)?;
        let chapters = outline::divide(&mut document, split, &name);
        Ok::<_, DocxError>((document, chapters))
    };
    let read = block(work).await.map_err(AppError::internal)?;
    let (mut document, chapters) = read.map_err(|error| AppError::field("/file", error.field_code()))?;
    if chapters.is_empty() {
        return Err(AppError::field("/file", "docx-empty"));
    }
    let small = pictures(&mut document).await?;
    let work = move || write(&document, chapters, small);
    let mut reading = block(work).await.map_err(AppError::internal)?;
    drop(turn);
    for unit in reading.modules.iter_mut().flat_map(|module| &mut module.units) {
        unit.id = cx.ids.new_id();
    }
    fits(&CourseContent { modules: reading.modules.clone(), ..CourseContent::default() })?;
    Ok(reading)
}

/// The pictures of a document made small, by the paths of their parts; those that cannot be read are left out.
async fn small_pictures(document: &mut Document) -> AppResult<BTreeMap<String, SmallPicture>> {
    let mut small = BTreeMap::new();
    for (path, file) in std::mem::take(&mut document.files) {
        if let Ok(picture) = media::make_small(file).await? {
            small.insert(path, picture);
        }
    }
    Ok(small)
}

/// Where the pictures of a document are going to be, in their order.
fn addresses(document: &Document, small: &BTreeMap<String, SmallPicture>) -> Vec<Option<String>> {
    let path_of = |part: &String| small.get(part).map(|picture| picture.view().path.clone());
    document.pictures.iter().map(|picture| path_of(&picture.part)).collect()
}

/// The same as [`small_pictures`]; those that cannot be read are reported.
async fn pictures(document: &mut Document) -> AppResult<BTreeMap<String, SmallPicture>> {
    let small = small_pictures(document).await?;
    for picture in document.pictures.iter().filter(|picture| !small.contains_key(&picture.part)) {
        let name = picture.part.rsplit('/').next().unwrap_or_default();
        document.report.note(DocxRemarkKind::PictureUnreadable, &picture.place, name);
    }
    Ok(small)
}

/// Writes the lessons. The units have no ids yet.
fn write(document: &Document, chapters: Vec<Chapter>, small: BTreeMap<String, SmallPicture>) -> Reading {
    let addresses = addresses(document, &small);
    let (mut modules, mut shown, mut bytes) = (Vec::new(), Vec::new(), 0_u64);
    let mut used = BTreeSet::new();
    for chapter in chapters {
        let (mut units, mut shown_units) = (Vec::new(), Vec::new());
        for section in chapter.sections {
            let lesson = markdown::lesson(&section.blocks, section.level, document, &addresses);
            let parts: BTreeSet<&String> =
                lesson.pictures.iter().filter_map(|at| Some(&document.pictures.get(*at)?.part)).collect();
            let weights = parts.iter().filter_map(|part| Some(u64::from(small.get(*part)?.view().bytes)));
            let text_bytes = u64::try_from(lesson.markdown.len()).unwrap_or(u64::MAX);
            let minutes = lesson_minutes(lesson.markdown.chars().count());
            let unit = DocxUnit {
                title: section.title.clone(),
                minutes,
                beginning: outline::first_words(&section.blocks, BEGINNING_CHARS),
                pictures: u32::try_from(parts.len()).unwrap_or(u32::MAX),
                bytes: text_bytes.saturating_add(weights.sum()),
            };
            bytes = bytes.saturating_add(unit.bytes);
            used.extend(parts);
            shown_units.push(unit);
            let id = uuid::Uuid::nil().into();
            units.push(Unit {
                id,
                title: section.title,
                minutes,
                body: lesson.markdown,
                exercises: Vec::new(),
                activities: Vec::new(),
            });
        }
        shown.push(DocxModule { title: chapter.title.clone(), units: shown_units });
        modules.push(Module { title: chapter.title, units });
    }
    let mut report = document.report.remarks.clone();
    report.sort_by_key(|remark| remark.paragraph);
    let preview = DocxPreview {
        modules: shown,
        pictures: u32::try_from(used.len()).unwrap_or(u32::MAX),
        bytes,
        report,
        left_out: document.report.left_out,
    };
    let pictures = small.into_values().map(|picture| (picture.view().sha256.clone(), picture)).collect();
    Reading { modules, preview, pictures }
}

#[cfg(test)]
mod tests;
