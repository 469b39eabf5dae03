//! An item as a row of the template that teachers fill in spreadsheet programs.

use crate::{
    exports::{fits_cell, harmless},
    item_bank::{ExportLossCode, Item, ItemBody, MultipleRule, key_letters, key_lines},
};
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
        ItemBody::HotText { rule, .. } => {
            if *rule != MultipleRule::AllOrNothing {
                told.insert(ExportLossCode::RuleLeftOut);
            }
            (Vec::new(), key_lines(&item.body).concat())
        }
        ItemBody::ShortAnswer { rubric } => (Vec::new(), rubric.clone()),
        body => (Vec::new(), key_lines(body).join("\n")),
    };
    for text in options.iter().chain([&item.stem, &item.explanation, &answer]) {
        told.extend(lost_in_cell(text));
    }
    SheetRow { options, answer, told }
}

/// What a cell has no place for, and what it says otherwise so that nobody's program runs it.
fn lost_in_cell(text: &str) -> impl Iterator<Item = ExportLossCode> {
    let written = harmless(text);
    let lost = [
        (text.contains("!["), ExportLossCode::PictureLeftOut),
        (*written != *text, ExportLossCode::ApostropheAdded),
        (fits_cell(&written).len() < written.len(), ExportLossCode::TextCut),
    ];
    lost.into_iter().filter(|(is_lost, _)| *is_lost).map(|(_, code)| code)
}
