//! Import of item texts: everything or nothing unless items are chosen, with every error at its line.

use super::service::store_items;
use crate::{
    access::{Permit, actions},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, CourseId},
    item_bank::{
        ImportFormat, ImportItems, ImportReport, Item, ParsedItems, parse_aiken, parse_chinese_text, parse_gift,
        parse_moodle_xml, parse_qti,
    },
};

/// Characters of a text.
const TEXT_CHARS: usize = 1_000_000;
/// Items of a text.
const ITEMS: usize = 5_000;

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
) -> AppResult<ImportReport> {
    if new.text.chars().count() > TEXT_CHARS {
        return Err(AppError::field("/text", "too-long"));
    }
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    let ParsedItems { items, errors, losses } = read(new);
    if items.is_empty() && errors.is_empty() {
        return Err(AppError::field("/text", "no-items"));
    }
    if items.len() > ITEMS {
        return Err(AppError::field("/text", "too-long"));
    }
    let chosen = chosen(&items, new.only.as_deref())?;
    let waits_for_a_choice = new.only.is_none() && !errors.is_empty();
    if new.dry_run || waits_for_a_choice {
        return Ok(ImportReport { items, errors, losses, stored: Vec::new() });
    }
    let stored = cx
        .db
        .write(permit, async |tx| {
            once(tx, by, key, new, async || store_items(cx, tx, by, new.course_id, &chosen).await).await
        })
        .await?;
    Ok(ImportReport { items, errors, losses, stored })
}

/// The items at these places; all unless told.
///
/// # Errors
/// The place that is wrong, below `/only`.
fn chosen(items: &[Item], only: Option<&[u32]>) -> AppResult<Vec<Item>> {
    let Some(places) = only else { return Ok(items.to_vec()) };
    if places.is_empty() {
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

fn read(new: &ImportItems) -> ParsedItems {
    match new.format {
        ImportFormat::ChineseText => parse_chinese_text(&new.text),
        ImportFormat::Gift => parse_gift(&new.text),
        ImportFormat::Aiken => parse_aiken(&new.text),
        ImportFormat::MoodleXml => parse_moodle_xml(&new.text),
        ImportFormat::Qti => parse_qti(&new.text),
    }
}
