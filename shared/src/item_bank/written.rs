//! Keys as their authors write them: a line for each thing, in forms, in pasted texts and for readers.

use super::{
    ItemBody, ItemKind, calculation,
    chinese_text::{children_lines, children_of_lines},
    correction, essay, fill_in, hot_text, inline_choice, matching, matrix, numeric, ordering,
};

/// The key of an item with everything that its author gave beside it, a line each; empty for the kinds whose key needs
/// no lines.
#[must_use]
pub fn key_lines(body: &ItemBody) -> Vec<String> {
    match body {
        ItemBody::Numeric { key, tolerance, units } => numeric::lines(key, tolerance, units),
        ItemBody::Matching { lefts, rights, key } => matching::lines(lefts, rights, key),
        ItemBody::InlineChoice { menus, key } => inline_choice::lines(menus, key),
        ItemBody::Matrix { rows, columns, key } => matrix::lines(rows, columns, key),
        ItemBody::Correction { key, accepted } => vec![correction::line(*key, accepted)],
        ItemBody::Composite { children } => children_lines(children),
        ItemBody::Calculation { steps } => calculation::lines(steps),
        ItemBody::Essay { dimensions, length } => essay::lines(dimensions, *length),
        ItemBody::HotText { key, .. } => vec![hot_text::line(key)],
        ItemBody::Ordering { lines, key } => ordering::in_order(lines, key),
        ItemBody::FillIn { blanks, groups } => fill_in::lines(blanks, groups),
        ItemBody::SingleChoice { .. }
        | ItemBody::MultipleChoice { .. }
        | ItemBody::TrueFalse { .. }
        | ItemBody::ShortAnswer { .. } => Vec::new(),
    }
}

/// Reads what [`key_lines`] wrote; `None` if it cannot be read, or the kind has no such lines.
#[must_use]
pub fn body_of_lines(kind: ItemKind, text: &str) -> Option<ItemBody> {
    match kind {
        ItemKind::Numeric => {
            let (key, tolerance, units) = numeric::of_lines(text)?;
            Some(ItemBody::Numeric { key, tolerance, units })
        }
        ItemKind::FillIn => Some(fill_in::of_lines(text)),
        ItemKind::Matching => matching::of_lines(text),
        ItemKind::InlineChoice => inline_choice::of_lines(text),
        ItemKind::Matrix => matrix::of_lines(text),
        ItemKind::Correction => correction::of_lines(text),
        ItemKind::Composite => {
            let children = children_of_lines(text).filter(|children| !children.is_empty())?;
            Some(ItemBody::Composite { children })
        }
        ItemKind::Calculation => calculation::of_lines(text),
        ItemKind::Essay => essay::of_lines(text),
        ItemKind::HotText => hot_text::of_lines(text),
        ItemKind::Ordering => ordering::of_lines(text),
        ItemKind::SingleChoice | ItemKind::MultipleChoice | ItemKind::TrueFalse | ItemKind::ShortAnswer => None,
    }
}
