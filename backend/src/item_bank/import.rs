//! Import of items out of texts and packages: everything or nothing unless items are chosen, with every error at its
//! line.

use super::{
    history,
    imported::{ImportedTest, TEST_IMPORTED},
    package::{PackageContent, not_understood},
    service::store_described,
    source::{self, SourceContent},
    unread::{self, UnreadFile},
};
use crate::{
    access::{Permit, actions},
    learning,
    media::{self, AddPicture, SmallPicture},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use actix_web::web::{Bytes, block};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, CourseId},
    item_bank::{
        Descriptor, DraftPaper, ImportFormat, ImportItems, Item, ItemEventKind, ItemImportReport, ParsedItems,
        ReadDescriptor, parse_items, pictures_of_item,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a text.
const TEXT_CHARS: usize = 1_000_000;
/// Items of a text or a package.
pub(super) const ITEMS: usize = 5_000;

actions! {
    /// Bring items of a course into the bank.
    ImportIntoBank(CourseId) = AuthorItem;
}

/// Reads a text, and stores the items that were chosen; without a choice all, unless something could not be read.
/// Nothing is stored if only a look was asked for. `by` is whose items they are.
///
/// # Errors
/// The field that is wrong; `/course_id` if there is no such course.
pub async fn import(
    cx: &Services,
    permit: &Permit<ImportIntoBank>,
    by: AccountId,
    key: &IdempotencyKey,
    new: &ImportItems,
) -> AppResult<ItemImportReport> {
    if new.text.chars().count() > TEXT_CHARS {
        return Err(AppError::field("/text", "too-long"));
    }
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    let wish = Wish { by, key, field: "/text", dry_run: new.dry_run, only: new.only.as_deref() };
    let (format, text) = (new.format, new.text.clone());
    let parsed = block(move || parse_items(format, &text)).await.map_err(AppError::internal)?;
    let unread = alone(new, &parsed);
    take(cx, permit, &wish, new, (PackageContent { unread, ..parsed.into() }, None)).await
}

/// Reads a package, a document or a sheet, and takes of it what is wished, as [`import`] does of a text. The pictures of a
/// document come along with the items that show them.
///
/// # Errors
/// `not-found` if there is no such course; the field `/file` if it is none that can be read.
pub async fn import_package(
    cx: &Services,
    (permit, adding): (&Permit<ImportIntoBank>, &Permit<AddPicture>),
    by: AccountId,
    key: &IdempotencyKey,
    query: &PackageQuery,
    bytes: Bytes,
) -> AppResult<ItemImportReport> {
    let course_id = *permit.target();
    learning::course(cx, course_id).await?;
    let (only, dry_run) = (query.only()?, query.dry_run.unwrap_or_default());
    let digest = hex::encode(Sha256::digest(&bytes));
    let SourceContent { content, pictures } = source::read(bytes).await?;
    let wish = Wish { by, key, field: "/file", dry_run, only: only.as_deref() };
    take(cx, permit, &wish, &(course_id, digest, &only), (content, Some((adding, pictures)))).await
}

/// What stands beside a package.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct PackageQuery {
    /// Only look: store nothing.
    dry_run: Option<bool>,
    /// Which of the items that were read are taken, by their places from 0, ascending, with commas between. Unless
    /// told, all are, and none if something could not be read.
    only: Option<String>,
}

impl PackageQuery {
    fn only(&self) -> AppResult<Option<Vec<u32>>> {
        let Some(text) = &self.only else { return Ok(None) };
        let places = text.split(',').filter(|place| !place.is_empty()).map(str::parse::<u32>);
        places.collect::<Result<Vec<_>, _>>().map(Some).map_err(|_| AppError::field("/only", "out-of-range"))
    }
}

/// Pictures that came along, and the leave to keep them.
type Pictures<'p> = (&'p Permit<AddPicture>, Vec<SmallPicture>);

/// Keeps within a write the pictures that items show.
async fn keep_shown(tx: &Tx, pictures: Option<&Pictures<'_>>, items: &[Item]) -> AppResult<()> {
    let Some((adding, pictures)) = pictures else { return Ok(()) };
    let shown: BTreeSet<&str> = items.iter().flat_map(pictures_of_item).collect();
    let shown = pictures.iter().filter(|picture| shown.contains(picture.view().sha256.as_str()));
    let shown: Vec<&SmallPicture> = shown.collect();
    for picture in &shown {
        media::keep(tx, adding, picture).await?;
    }
    if !shown.is_empty() {
        tx.note("pictures", shown.iter().map(|picture| picture.view().sha256.clone()).collect::<Vec<_>>());
    }
    Ok(())
}

/// Whose items they become, and which.
struct Wish<'w> {
    by: AccountId,
    key: &'w IdempotencyKey,
    /// Where they come from.
    field: &'static str,
    dry_run: bool,
    only: Option<&'w [u32]>,
}

/// Stores what is wished of what was read; `request` is what a repeat must be equal to.
async fn take(
    cx: &Services,
    permit: &Permit<ImportIntoBank>,
    wish: &Wish<'_>,
    request: &impl Serialize,
    (content, pictures): (PackageContent, Option<Pictures<'_>>),
) -> AppResult<ItemImportReport> {
    let PackageContent { parsed: ParsedItems { items, errors, losses, descriptors: said }, papers, unread } = content;
    let unread = unread::kept(unread);
    let kept = u32::try_from(unread.len()).map_err(AppError::internal)?;
    if items.is_empty() && errors.is_empty() {
        return Err(AppError::field(wish.field, "no-items"));
    }
    if items.len() > ITEMS {
        return Err(AppError::field(wish.field, "too-long"));
    }
    let chosen = chosen(&items, wish.only, kept > 0)?;
    let waits_for_a_choice = wish.only.is_none() && !errors.is_empty();
    if wish.dry_run || waits_for_a_choice {
        let descriptors = told(said)?;
        let (stored, alike) = (Vec::new(), Vec::new());
        return Ok(ItemImportReport { items, errors, losses, stored, alike, descriptors, papers, kept });
    }
    let (by, course_id) = (wish.by, *permit.target());
    let of_chosen = said_of(&said, wish.only);
    let tests = of_taken(&papers, wish.only);
    let stored = cx
        .db
        .write(permit, async |tx| {
            once(tx, by, wish.key, request, async || {
                keep_shown(tx, pictures.as_ref(), &chosen).await?;
                unread::keep(cx, tx, (by, course_id), &unread).await?;
                let stored = store_described(cx, tx, (by, course_id), &chosen, &of_chosen).await?;
                let versions: Vec<_> = stored.iter().map(|id| (*id, 1)).collect();
                history::note((cx, tx), ItemEventKind::Imported, by, &versions).await?;
                for paper in &tests {
                    let test = ImportedTest::of(paper, (course_id, by), &stored)?;
                    tx.emit(TEST_IMPORTED, serde_json::to_value(test).map_err(AppError::internal)?);
                }
                Ok(stored)
            })
            .await
        })
        .await?;
    let (descriptors, alike) = (told(said)?, Vec::new());
    Ok(ItemImportReport { items, errors, losses, stored, alike, descriptors, papers, kept })
}

/// What is said of items, for who brings them.
fn told(said: BTreeMap<usize, Descriptor>) -> AppResult<Vec<ReadDescriptor>> {
    let one = |(place, descriptor): (usize, Descriptor)| {
        let place = u32::try_from(place).map_err(AppError::internal)?;
        Ok(ReadDescriptor { place, descriptor })
    };
    said.into_iter().map(one).collect()
}

/// What is said of the items that are taken, by their places among these.
fn said_of(said: &BTreeMap<usize, Descriptor>, only: Option<&[u32]>) -> BTreeMap<usize, Descriptor> {
    let Some(only) = only else { return said.clone() };
    let of_place = |place: &u32| usize::try_from(*place).ok().and_then(|place| said.get(&place)).cloned();
    only.iter().enumerate().filter_map(|(at, place)| Some((at, of_place(place)?))).collect()
}

/// The papers of those items alone that are taken.
fn of_taken(papers: &[DraftPaper], only: Option<&[u32]>) -> Vec<DraftPaper> {
    match only {
        None => papers.to_vec(),
        Some(places) => papers.iter().filter_map(|paper| paper.with_only(places)).collect(),
    }
}

/// A text that holds an item of QTI, and none here.
fn alone(new: &ImportItems, parsed: &ParsedItems) -> Vec<UnreadFile> {
    let name = not_understood(parsed).filter(|_| new.format == ImportFormat::Qti);
    name.map(|name| UnreadFile { file: String::new(), name, text: new.text.clone() }).into_iter().collect()
}

/// The items at these places; all unless told. None of them is chosen only where something else is kept.
///
/// # Errors
/// The place that is wrong, below `/only`.
fn chosen(items: &[Item], only: Option<&[u32]>, may_be_none: bool) -> AppResult<Vec<Item>> {
    let Some(places) = only else { return Ok(items.to_vec()) };
    if places.is_empty() && !may_be_none {
        return Err(AppError::field("/only", "required"));
    }
    if !places.is_sorted_by(|a, b| a < b) {
        return Err(AppError::field("/only", "not-ascending"));
    }
    let at = |place: &u32| usize::try_from(*place).ok().and_then(|place| items.get(place)).cloned();
    let chosen = places
        .iter()
        .zip(0..)
        .map(|(place, index)| at(place).ok_or_else(|| AppError::field(&format!("/only/{index}"), "out-of-range")));
    chosen.collect()
}
