//! Import of item texts: everything or nothing, with every error at its line.

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
    item_bank::{ImportError, ImportFormat, ImportItems, ImportReport, Item, parse_chinese_text, parse_gift},
};

/// Characters of a text.
const TEXT_CHARS: usize = 1_000_000;
/// Items of a text.
const ITEMS: usize = 5_000;

actions! {
    /// Bring items of a course into the bank.
    ImportIntoBank(CourseId) = AuthorItem;
}

/// Reads a text, and stores its items unless something could not be read or only a look was asked
/// for. `by` is whose items they are.
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
    let (items, errors) = read(new);
    if items.is_empty() && errors.is_empty() {
        return Err(AppError::field("/text", "no-items"));
    }
    if items.len() > ITEMS {
        return Err(AppError::field("/text", "too-long"));
    }
    if new.dry_run || !errors.is_empty() {
        return Ok(ImportReport { items, errors, stored: Vec::new() });
    }
    let stored = cx
        .db
        .write(permit, async |tx| {
            once(tx, by, key, new, async || store_items(cx, tx, by, new.course_id, &items).await).await
        })
        .await?;
    Ok(ImportReport { items, errors, stored })
}

fn read(new: &ImportItems) -> (Vec<Item>, Vec<ImportError>) {
    let parsed = match new.format {
        ImportFormat::Gift => parse_gift(&new.text),
        ImportFormat::ChineseText => parse_chinese_text(&new.text),
    };
    (parsed.items, parsed.errors)
}
