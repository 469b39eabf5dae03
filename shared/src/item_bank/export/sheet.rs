//! An item as a row of the template that teachers fill in spreadsheet programs.

use crate::item_bank::{ExportLossCode, Item, ItemBody, MultipleRule, key_letters, key_lines};
use std::collections::BTreeSet;

/// What stands in the cells of a row beside what every item has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The options of a choice, in the author's order.
    pub options: Vec<String>,
    /// What is right: letters of options, or a line for each blank, pair, menu or line; a statement has none.
    pub answer: String,
    /// What no cell has a place for.
    pub told: BTreeSet<ExportLossCode>,
}

/// The row of an item.
#[must_use]
pub fn sheet_row(item: &Item) -> SheetRow {
    let mut told = BTreeSet::new();
    let (options, answer) = match &item.body {
        ItemBody::SingleChoice { options, .. } => (options.clone(), key_letters(item).concat()),
        ItemBody::MultipleChoice { options, rule, .. } => {
            if *rule != MultipleRule::AllOrNothing {
                told.insert(ExportLossCode::RuleLeftOut);
            }
            (options.clone(), key_letters(item).concat())
        }
        ItemBody::ShortAnswer { rubric } => (Vec::new(), rubric.clone()),
        body => (Vec::new(), key_lines(body).join("\n")),
    };
    let has_picture = |text: &String| text.contains("![");
    if options.iter().any(has_picture) || [&item.stem, &item.explanation, &answer].into_iter().any(has_picture) {
        told.insert(ExportLossCode::PictureLeftOut);
    }
    SheetRow { options, answer, told }
}
