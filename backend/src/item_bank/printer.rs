//! Items on paper. What prints stands below the item bank: `app` brings the two together.

use crate::platform::error::AppResult;
use futures::future::LocalBoxFuture;
use shared::{
    ids::AccountId,
    item_bank::{Descriptor, Item},
};

/// An item on its way to paper.
pub struct PrintedItem {
    /// The item with its key.
    pub item: Item,
    /// What it is about and how hard it is, if that was said.
    pub descriptor: Option<Descriptor>,
}

/// Items on their way to paper, in their order.
pub struct PrintableItems {
    /// Title of their course.
    pub course_title: String,
    /// Who has them printed: every page says so.
    pub printed_by: AccountId,
    /// The items.
    pub items: Vec<PrintedItem>,
}

/// Prints items with their keys; `app` does, by the printer of certificates, and wires it.
pub trait ItemPrinter {
    /// The items as PDF.
    ///
    /// # Errors
    /// `unavailable` if the machine has no Chinese font, or none with a letter that is needed.
    fn print(&self, items: PrintableItems) -> LocalBoxFuture<'_, AppResult<Vec<u8>>>;
}
