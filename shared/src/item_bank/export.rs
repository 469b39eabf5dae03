//! Writes items in the formats of other systems. What a format has no place for is told, never dropped silently: what
//! was written is read again by the importer of its format, which is the judge.

mod blocks;
mod gift;
mod inline;
mod judge;
mod moodle;
mod moodle_kinds;
mod package;
mod qti;
mod qti_kinds;
mod qti_names;
mod qti_parts;
mod sheet;

use super::{ExportFormat, ExportLoss, ExportLossCode, Item, ItemBody, own_format, title::item_title};
use crate::{ids::ItemId, media::pictures_of};
use inline::Desk;
pub use sheet::{SheetRow, sheet_row};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of what an item is called in a report.
const TITLE_CHARS: usize = 40;

/// One item on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingItem {
    /// The item.
    pub id: ItemId,
    /// Its content with its key.
    pub item: Item,
}

/// A picture that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingPicture {
    /// `image/png`.
    pub media_type: String,
    /// The file.
    pub content: Vec<u8>,
}

/// The pictures that may go along, by their hashes.
pub type OutgoingPictures = BTreeMap<String, OutgoingPicture>;

/// The words of the two options that a statement becomes where no format knows statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruthWords {
    /// It is right.
    pub right: String,
    /// It is wrong.
    pub wrong: String,
}

/// Items as files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenItems {
    /// Paths and contents: one file, or all of a package with the manifest first.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many items are in them.
    pub items: u32,
    /// What is not in them, or is read otherwise here, in the order of the items.
    pub losses: Vec<ExportLoss>,
}

/// One item in a format.
struct Part {
    id: ItemId,
    text: String,
    /// The pictures that it shows, by hash.
    pictures: BTreeSet<String>,
}

/// Writes items in their order. A workbook is none of the formats: its rows are [`sheet_row`]; nor is paper.
#[must_use]
pub fn write_items(
    format: ExportFormat,
    items: &[OutgoingItem],
    pictures: &OutgoingPictures,
    words: &TruthWords,
) -> WrittenItems {
    let (mut parts, mut losses) = (Vec::new(), Vec::new());
    for (place, outgoing) in (1..).zip(items) {
        let mut desk = Desk::new(pictures, folder(format));
        match part(format, outgoing, &mut desk, words) {
            Some(text) => parts.push(Part { id: outgoing.id, text, pictures: desk.used }),
            None => desk.told = BTreeSet::from([ExportLossCode::KindLeftOut]),
        }
        losses.extend(desk.told.into_iter().map(|code| export_loss(place, outgoing, code)));
    }
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let files = match format {
        ExportFormat::Qti22 => package::files(&package::QTI_22, parts, pictures),
        ExportFormat::Qti30 => package::files(&package::QTI_30, parts, pictures),
        ExportFormat::Gift => whole("items.gift.txt", &gift::whole(&texts(parts))),
        ExportFormat::MoodleXml => whole("items.moodle.xml", &moodle::whole(&texts(parts))),
        ExportFormat::Own => whole("items.chengxi.jsonl", &own_format::whole(&texts(parts))),
        ExportFormat::Workbook | ExportFormat::Pdf => Vec::new(),
    };
    WrittenItems { files, items: count, losses }
}

/// The hashes of the pictures that items show, once for each time that one is shown.
#[must_use]
pub fn shown_pictures(items: &[OutgoingItem]) -> Vec<&str> {
    items.iter().flat_map(|outgoing| pictures_of_item(&outgoing.item)).collect()
}

/// The hashes of our pictures that an item shows, once for each time that one is shown.
#[must_use]
pub fn pictures_of_item(item: &Item) -> Vec<&str> {
    texts_of(item).into_iter().flat_map(pictures_of).collect()
}

fn texts_of(item: &Item) -> Vec<&str> {
    let mut texts = item.body.texts();
    texts.extend([item.stem.as_str(), item.explanation.as_str()]);
    match &item.body {
        ItemBody::ShortAnswer { rubric } => texts.push(rubric),
        ItemBody::Composite { children } => texts.extend(children.iter().filter_map(|child| match &child.body {
            ItemBody::ShortAnswer { rubric } => Some(rubric.as_str()),
            _ => None,
        })),
        _ => {}
    }
    texts
}

/// About how many bytes of pictures a file has, of which each weighs so much: a package has each once, and every text of
/// Moodle XML its own.
#[must_use]
pub fn picture_bytes(format: ExportFormat, items: &[OutgoingItem], weights: &BTreeMap<String, u64>) -> u64 {
    let mut shown = shown_pictures(items);
    if format != ExportFormat::MoodleXml {
        shown.sort_unstable();
        shown.dedup();
    }
    shown.into_iter().filter_map(|sha256| weights.get(sha256)).sum()
}

/// What one item loses, by the place that it has, from 1.
#[must_use]
pub fn export_loss(place: u32, outgoing: &OutgoingItem, code: ExportLossCode) -> ExportLoss {
    ExportLoss { place, item_id: outgoing.id, title: title(&outgoing.item.stem), code, detail: String::new() }
}

/// What an item is called in a file, and where it is told of.
fn title(stem: &str) -> String {
    item_title(stem, TITLE_CHARS)
}

/// An item in a format with what it loses; `None` if the format has no place for its kind.
fn part(format: ExportFormat, outgoing: &OutgoingItem, desk: &mut Desk<'_>, words: &TruthWords) -> Option<String> {
    let item = &outgoing.item;
    let text = match format {
        ExportFormat::Qti22 => qti::write(qti::Version::V22, outgoing, desk, words)?,
        ExportFormat::Qti30 => qti::write(qti::Version::V30, outgoing, desk, words)?,
        ExportFormat::Gift => gift::write(item, desk)?,
        ExportFormat::MoodleXml => moodle::write(item, desk)?,
        ExportFormat::Own => own_format::line(item)?,
        ExportFormat::Workbook | ExportFormat::Pdf => return None,
    };
    if !judge::is_read_as_told(format, &text, item, &desk.told) {
        desk.tell(ExportLossCode::ReadOtherwise);
    }
    Some(text)
}

/// Where a format looks for the pictures of an item.
const fn folder(format: ExportFormat) -> Option<&'static str> {
    match format {
        ExportFormat::Qti22 | ExportFormat::Qti30 => Some(package::PICTURES),
        ExportFormat::MoodleXml => Some(moodle::PICTURES),
        ExportFormat::Gift | ExportFormat::Own | ExportFormat::Workbook | ExportFormat::Pdf => None,
    }
}

fn texts(parts: Vec<Part>) -> Vec<String> {
    parts.into_iter().map(|part| part.text).collect()
}

fn whole(name: &str, text: &str) -> Vec<(String, Vec<u8>)> {
    vec![(name.to_owned(), text.as_bytes().to_vec())]
}

/// What a picture's file is called.
fn picture_name(sha256: &str, picture: &OutgoingPicture) -> String {
    let ending = picture.media_type.strip_prefix("image/").unwrap_or("bin");
    format!("{sha256}.{}", if ending == "jpeg" { "jpg" } else { ending })
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
