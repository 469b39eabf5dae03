//! Tests that came with items: told to who makes papers, which stand below the bank.

use crate::platform::error::{AppError, AppResult};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{DraftPaper, DraftSection},
    points::Points,
};

/// Topic of the event that the items of a test were stored; its payload is an [`ImportedTest`].
pub const TEST_IMPORTED: &str = "item_bank.test_imported";

/// A test whose items were stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedTest {
    /// The course of the items.
    pub course_id: CourseId,
    /// Who brought it.
    pub imported_by: AccountId,
    /// What it is called.
    pub title: String,
    /// Its parts, which hold all items in their order.
    pub sections: Vec<DraftSection>,
    /// Its items, with what they are worth.
    pub items: Vec<(ItemId, Points)>,
}

impl ImportedTest {
    /// A paper whose items were stored under these ids.
    ///
    /// # Errors
    /// If one of its items was not.
    pub(super) fn of(
        paper: &DraftPaper,
        (course_id, imported_by): (CourseId, AccountId),
        stored: &[ItemId],
    ) -> AppResult<Self> {
        let mut items = Vec::with_capacity(paper.items.len());
        for item in &paper.items {
            let id = usize::try_from(item.place).ok().and_then(|place| stored.get(place));
            let id = id.ok_or_else(|| AppError::internal("an item of a test was not stored"))?;
            items.push((*id, item.points));
        }
        let (title, sections) = (paper.title.clone(), paper.sections.clone());
        Ok(Self { course_id, imported_by, title, sections, items })
    }
}
