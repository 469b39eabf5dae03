//! The item bank: items with their keys, in versions that never change, each found right by somebody else.

mod alike;
mod attachments;
mod changing;
mod commenting;
mod comparing;
mod content;
mod creating;
mod describing;
#[cfg(test)]
mod edited;
mod entity;
mod export;
mod export_file;
mod file;
mod frozen;
mod history;
mod history_routes;
mod import;
mod imported;
mod package;
mod printer;
mod reach;
mod remarks;
mod review;
mod revising;
mod routes;
mod service;
mod source;
mod statistics;
mod store;
mod template;
mod unread;
mod views;
mod work;

pub use alike::{ITEMS_WITHOUT_TEXT, MakeTexts, TEXTS_AT_A_TIME};
pub use content::{OPEN_VERSIONS, SealVersions};
pub use describing::{DescribeOwn, DescribedItem, describe, described, titles_of};
pub use file::text_of_file;
pub use frozen::{freeze, frozen_among};
pub use import::{ImportIntoBank, import};
pub use imported::{ImportedTest, TEST_IMPORTED};
pub use package::count_in_package;
pub use printer::{ItemPrinter, PrintableItems, PrintedItem};
pub use remarks::{OPEN_REMARKS, SealRemarks};
pub use review::{ReviewItem, approve, review};
pub use routes::routes;
pub use service::{ItemHead, PinnedItem, heads_of, hold_heads_of, newest, pinned, store_items, written_by};
pub use source::{count_in_document, count_in_sheet};
pub use statistics::{note_statistics, note_uses};
pub use work::work;

use crate::platform::sealed::SealedColumn;

/// What versions of items say, texts that nobody here understood, what people say of items, and files beside them.
pub const SEALED: &[SealedColumn] = &[
    content::SEALED,
    unread::SEALED,
    remarks::SEALED_COMMENTS,
    remarks::SEALED_REASONS,
    attachments::SEALED_FILES,
    attachments::SEALED_NAMES,
];
