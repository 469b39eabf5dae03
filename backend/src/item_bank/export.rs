//! Items that somebody takes away with their keys: chosen ones, or those that the list shows with the same filter. Every
//! file is in the audit log before a byte of it leaves.

use super::{
    content,
    entity::item,
    export_file::{self, Row},
    frozen::may_look,
    history,
    printer::{ItemPrinter, PrintableItems, PrintedItem},
    store::{self, ItemFilter, Said},
    views,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    media, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Allowance,
        words::word,
    },
};
use actix_web::{HttpResponse, web::block};
use sea_orm::Condition;
use shared::{
    exports::check_rows,
    ids::{CourseId, ItemId},
    item_bank::{
        ExportFormat, ExportItems, ExportLoss, ExportLossCode, ExportReport, ItemEventKind, MODULE_CHARS, OutgoingItem,
        OutgoingPicture, OutgoingPictures, TruthWords, WrittenItems, export_loss, picture_bytes, sheet_row,
        shown_pictures, write_items,
    },
    problem::ProblemCode,
    rights::Right,
};
use std::collections::{BTreeSet, HashMap};
use tokio::sync::Semaphore;

/// Files, and looks at what they would lose, that one node has in hand at the same time; more wait. Each holds all of its
/// items and pictures in memory.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Items of one file: a course's bank for a year.
const ITEMS: u32 = 500;
/// Bytes of the pictures of one file.
const PICTURE_BYTES: u64 = 20 * 1024 * 1024;
/// Files with keys that one account may take in a window.
const FILES: Allowance = Allowance::hourly("item_export", 60);

actions! {
    /// Take items of a course away with their keys.
    ExportAnyItems(CourseId) = ReadItem;
    /// Take items of one's own away with their keys.
    ExportOwnItems(CourseId) = AuthorItem;
}

/// What a file would have, and what would be lost.
///
/// # Errors
/// As of [`export`], but that no file is counted.
pub(super) async fn preview(cx: &Services, actor: &Actor, asked: &ExportItems) -> AppResult<ExportReport> {
    let _turn = TURNS.acquire().await.map_err(AppError::internal)?;
    let rows = wanted(cx, actor, asked).await?;
    let all = rows.len();
    let WrittenItems { items, mut losses, .. } = written(cx, asked.format, &rows).await?;
    // A look at what would be lost is not noted, so it tells no words that the list keeps.
    let closed: BTreeSet<ItemId> = rows.iter().filter(|row| row.row.title.is_empty()).map(|row| row.row.id).collect();
    losses.iter_mut().filter(|loss| closed.contains(&loss.item_id)).for_each(|loss| loss.title.clear());
    let left_out = u32::try_from(all).map_err(AppError::internal)?.saturating_sub(items);
    Ok(ExportReport { items, left_out, losses })
}

/// Items as a file. Who only writes items takes their own, and learns nothing of others.
///
/// # Errors
/// `forbidden`; `not-found` if an item that was named is not there or not theirs; `export-too-long`; `too-many`; the
/// field `/only` or `/format` if there is nothing to write.
pub(super) async fn export(
    cx: &Services,
    printer: &dyn ItemPrinter,
    actor: &Actor,
    asked: &ExportItems,
) -> AppResult<HttpResponse> {
    let place = organisation::catalogue_of(asked.course_id);
    if actor.has_any(&[Right::ReadItem], &place) {
        let permit: Permit<ExportAnyItems> = authorize(actor, asked.course_id, &place)?;
        return take((cx, printer), actor, &permit, asked).await;
    }
    let permit: Permit<ExportOwnItems> = authorize(actor, asked.course_id, &place)?;
    take((cx, printer), actor, &permit, asked).await
}

async fn take<A: Action<Target = CourseId>>(
    (cx, printer): (&Services, &dyn ItemPrinter),
    actor: &Actor,
    permit: &Permit<A>,
    asked: &ExportItems,
) -> AppResult<HttpResponse> {
    let _turn = TURNS.acquire().await.map_err(AppError::internal)?;
    let rows = wanted(cx, actor, asked).await?;
    if asked.format == ExportFormat::Workbook {
        return export_file::workbook(cx, permit, asked, &rows).await;
    }
    FILES.take(cx, permit.person()?).await?;
    let WrittenItems { files, items, losses } = written(cx, asked.format, &rows).await?;
    if items == 0 {
        return Err(AppError::field("/format", "no-items"));
    }
    let format = asked.format;
    let left_out = left_out(&losses);
    let taken = rows.iter().map(|row| (row.row.id, row.row.version)).filter(|(id, _)| !left_out.contains(id));
    let taken: Vec<(ItemId, i32)> = taken.collect();
    let ids: Vec<String> = taken.iter().map(|(id, _)| id.to_string()).collect();
    let person = permit.person()?;
    let file = match format {
        ExportFormat::Pdf => printer.print(printable(actor, &rows)).await?,
        _ => block(move || export_file::packed(format, files)).await.map_err(AppError::internal)??,
    };
    cx.db
        .write(permit, async |tx| {
            tx.note("exported", "items");
            tx.note("format", format.as_str());
            tx.note("rows", items);
            tx.note("items", ids.clone());
            tx.note("losses", losses.len());
            history::note((cx, tx), ItemEventKind::Exported, person, &taken).await
        })
        .await?;
    Ok(export_file::answer(format, items, file))
}

/// Items as they are printed.
fn printable(actor: &Actor, rows: &[Row]) -> PrintableItems {
    let printed = |row: &Row| PrintedItem { item: row.outgoing.item.clone(), descriptor: row.row.descriptor.clone() };
    PrintableItems {
        course_title: rows.first().map(|row| row.row.course_title.clone()).unwrap_or_default(),
        printed_by: actor.account_id,
        items: rows.iter().map(printed).collect(),
    }
}

/// The rows that are asked for, in the order of the list or as they were named. Of a list what stands in sealed papers
/// stays out for who may not see it.
///
/// # Errors
/// `wrong-state` if such an item was named; otherwise as [`export`].
async fn wanted(cx: &Services, actor: &Actor, asked: &ExportItems) -> AppResult<Vec<Row>> {
    let within = views::seen(actor, asked.traits.own)?;
    if !actor.has_any(&[Right::ReadItem, Right::AuthorItem], &organisation::catalogue_of(asked.course_id)) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let mut items = match &asked.only {
        Some(ids) => named(cx, actor, asked.course_id, ids).await?,
        None => listed(cx, actor, within, asked).await?,
    };
    check_rows(u32::try_from(items.len()).map_err(AppError::internal)?, ITEMS).map_err(AppError::refused)?;
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let versions = store::list_versions(cx.db.read(), &ids).await?.into_iter();
    let newest: HashMap<_, _> = versions.map(|version| (version.item_id, version)).collect();
    if asked.only.is_some() {
        items.iter().try_for_each(|item| may_look(actor, item))?;
    }
    items.retain(|item| may_look(actor, item).is_ok());
    if items.is_empty() {
        return Err(AppError::field("/course_id", "no-items"));
    }
    let rows = views::rows(cx, actor.account_id, &items).await?.into_iter();
    let with_content = rows.filter_map(|row| Some((newest.get(&row.id)?, row)));
    let opened = with_content.map(|(version, row)| {
        Ok(Row { outgoing: OutgoingItem { id: row.id, item: content::open(cx, version)? }, row })
    });
    opened.collect()
}

/// The items that the list shows with the same filter.
async fn listed(cx: &Services, actor: &Actor, within: Condition, asked: &ExportItems) -> AppResult<Vec<item::Model>> {
    if asked.module.as_ref().is_some_and(|module| module.chars().count() > MODULE_CHARS) {
        return Err(AppError::field("/module", "too-long"));
    }
    let said = Said { module: asked.module.as_deref(), ability: asked.ability };
    let filter = ItemFilter {
        within,
        waits: None,
        course_id: Some(asked.course_id),
        state: asked.state,
        traits: views::traits(cx, said, (&asked.traits, "/traits/knowledge_point"))?,
        found: views::found_by(cx, actor, asked.text.as_deref(), asked.alike).await?,
        after: None,
        rows: u64::from(ITEMS) + 1,
    };
    store::list_items(cx.db.read(), filter).await
}

/// The items that were named, each once.
async fn named(cx: &Services, actor: &Actor, course_id: CourseId, ids: &[ItemId]) -> AppResult<Vec<item::Model>> {
    let wanted: BTreeSet<ItemId> = ids.iter().copied().collect();
    if wanted.is_empty() || wanted.len() < ids.len() {
        return Err(AppError::field("/only", if ids.is_empty() { "required" } else { "duplicate" }));
    }
    check_rows(u32::try_from(ids.len()).map_err(AppError::internal)?, ITEMS).map_err(AppError::refused)?;
    let reads_any = actor.has_any(&[Right::ReadItem], &organisation::catalogue_of(course_id));
    let is_theirs = |item: &item::Model| reads_any || item.created_by == actor.account_id;
    let found = store::list(cx.db.read(), ids).await?.into_iter();
    let found = found.filter(|item| item.course_id == course_id && is_theirs(item));
    let mut found: HashMap<ItemId, item::Model> = found.map(|item| (item.id, item)).collect();
    ids.iter().map(|id| found.remove(id).ok_or_else(AppError::not_found)).collect()
}

/// The items that are not in a file.
fn left_out(losses: &[ExportLoss]) -> BTreeSet<ItemId> {
    losses.iter().filter(|loss| loss.code == ExportLossCode::KindLeftOut).map(|loss| loss.item_id).collect()
}

/// The items in a format, with everything that is lost: but for paper, no format has a place for all that is said of an
/// item.
async fn written(cx: &Services, format: ExportFormat, rows: &[Row]) -> AppResult<WrittenItems> {
    let mut written = content(cx, format, rows).await?;
    let left_out = left_out(&written.losses);
    let has_place = format == ExportFormat::Pdf;
    let is_cut = |row: &Row| !has_place && row.row.descriptor.is_some() && !left_out.contains(&row.outgoing.id);
    let told = (1..).zip(rows).filter(|(_, row)| is_cut(row));
    let told = told.map(|(place, row)| export_loss(place, &row.outgoing, ExportLossCode::DescriptorLeftOut));
    written.losses.extend(told);
    written.losses.sort_by_key(|loss| loss.place);
    Ok(written)
}

/// The items in a format. Of a workbook and of paper there are no files, but what would be lost.
async fn content(cx: &Services, format: ExportFormat, rows: &[Row]) -> AppResult<WrittenItems> {
    let items: Vec<OutgoingItem> = rows.iter().map(|row| row.outgoing.clone()).collect();
    if format == ExportFormat::Workbook {
        let told = (1..).zip(&items).flat_map(|(place, outgoing)| {
            sheet_row(&outgoing.item).told.into_iter().map(move |code| export_loss(place, outgoing, code))
        });
        let losses = told.collect();
        let items = u32::try_from(items.len()).map_err(AppError::internal)?;
        return Ok(WrittenItems { files: Vec::new(), items, losses });
    }
    if format == ExportFormat::Pdf {
        check_pictures(cx, format, &items).await?;
        let items = u32::try_from(items.len()).map_err(AppError::internal)?;
        return Ok(WrittenItems { items, ..WrittenItems::default() });
    }
    let pictures = match format {
        ExportFormat::Gift | ExportFormat::Own | ExportFormat::Workbook | ExportFormat::Pdf => OutgoingPictures::new(),
        ExportFormat::Qti22 | ExportFormat::Qti30 | ExportFormat::MoodleXml => pictures(cx, format, &items).await?,
    };
    let words =
        TruthWords { right: word("item_bank.is_true").to_owned(), wrong: word("item_bank.is_false").to_owned() };
    block(move || write_items(format, &items, &pictures, &words)).await.map_err(AppError::internal)
}

/// The pictures that items show.
///
/// # Errors
/// The field `/format` if all of them are more than one file may have.
async fn pictures(cx: &Services, format: ExportFormat, items: &[OutgoingItem]) -> AppResult<OutgoingPictures> {
    let shown = check_pictures(cx, format, items).await?;
    let found = media::contents(cx, &shown).await?.into_iter();
    Ok(found.map(|(sha256, (media_type, content))| (sha256, OutgoingPicture { media_type, content })).collect())
}

/// The hashes of the pictures that items show, each once.
///
/// # Errors
/// The field `/format` if all of them are more than one file may have.
async fn check_pictures(cx: &Services, format: ExportFormat, items: &[OutgoingItem]) -> AppResult<Vec<String>> {
    let shown: BTreeSet<&str> = shown_pictures(items).into_iter().collect();
    let shown: Vec<String> = shown.into_iter().map(str::to_owned).collect();
    if picture_bytes(format, items, &media::weights(cx, &shown).await?) > PICTURE_BYTES {
        return Err(AppError::field("/format", "pictures-too-large"));
    }
    Ok(shown)
}
