//! Reads what was written again, by the importer of its format, and holds it against the item.

use super::{gift, inline::Desk, moodle};
use crate::item_bank::{
    ExportFormat, ExportLossCode as Loss, Item, ItemBody, MultipleRule, ParsedItems, Tolerance, normalise_answer,
    own_format, parse_gift, parse_moodle_xml, parse_own_items, parse_qti, rubric_of, xml,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    slice::from_ref,
};

/// Whether a text is read as its item without what was told to be lost.
pub(super) fn is_read_as_told(format: ExportFormat, text: &str, item: &Item, told: &BTreeSet<Loss>) -> bool {
    let Some(expected) = as_told(item, told) else { return true };
    let read = match format {
        ExportFormat::Qti22 | ExportFormat::Qti30 => parse_qti(text),
        ExportFormat::Gift => parse_gift(&gift::whole(from_ref(&text.to_owned()))),
        ExportFormat::MoodleXml => parse_moodle_xml(&moodle::whole(from_ref(&text.to_owned()))),
        ExportFormat::Own => parse_own_items(&own_format::whole(from_ref(&text.to_owned()))),
        ExportFormat::Workbook | ExportFormat::Pdf => ParsedItems::default(),
    };
    read.errors.is_empty() && matches!(read.items.as_slice(), [read] if is_same(read, &expected))
}

/// Whether two items say the same, however their texts are typed.
pub(super) fn is_same(own: &Item, other: &Item) -> bool {
    drawn(own) == drawn(other)
}

/// An item without what was told to be lost; `None` if nobody can say what is read of it.
pub(super) fn as_told(item: &Item, told: &BTreeSet<Loss>) -> Option<Item> {
    let mut left = item.clone();
    if let ItemBody::Composite { children } = &mut left.body {
        for child in children {
            child.body = as_told(&child.as_item(), told)?.body;
        }
    }
    for code in told {
        match (code, &mut left.body) {
            (
                Loss::KindLeftOut
                | Loss::NotReadBack
                | Loss::StatementAsChoice
                | Loss::TableAsPairs
                | Loss::ToleranceAbsolute
                | Loss::PictureLeftOut
                | Loss::LooksLeftOut
                | Loss::PictureNotReadBack
                | Loss::ReadOtherwise,
                _,
            ) => return None,
            (
                Loss::RuleLeftOut | Loss::RuleNotReadBack,
                ItemBody::MultipleChoice { rule, .. } | ItemBody::HotText { rule, .. },
            ) => {
                *rule = MultipleRule::default();
            }
            (Loss::AnyOrderLeftOut, ItemBody::FillIn { groups, .. }) => groups.clear(),
            (Loss::UnitsLeftOut, ItemBody::Numeric { units, .. }) => units.clear(),
            (Loss::UnitsLeftOut, ItemBody::Calculation { steps }) => {
                steps.iter_mut().for_each(|step| step.units.clear());
            }
            (Loss::RubricLeftOut, ItemBody::ShortAnswer { rubric }) => rubric.clear(),
            (Loss::DimensionsAsRubric, body @ ItemBody::Essay { .. }) => {
                *body = ItemBody::ShortAnswer { rubric: rubric_of(body) };
            }
            (Loss::CorrectionLeftOut, body) => {
                if let ItemBody::Correction { key, .. } = *body {
                    *body = ItemBody::TrueFalse { key };
                }
            }
            (Loss::ExplanationNotReadBack, _) => left.explanation.clear(),
            _ => {}
        }
    }
    Some(left)
}

/// What is shown of a text that can be chosen, as plain words; what they cannot say is told.
pub(super) fn plain_words(markdown: &str, desk: &mut Desk<'_>) -> String {
    let pictures = BTreeMap::new();
    let mut bare = Desk::new(&pictures, None);
    let html = bare.words(markdown);
    desk.told.extend(bare.told);
    let line = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(&html);
    if line.contains('<') {
        desk.tell(Loss::LooksLeftOut);
    }
    xml::parse(&format!("<x>{html}</x>")).map_or_else(|_| markdown.to_owned(), |root| root.text())
}

/// An item whose texts are as they are drawn.
fn drawn(item: &Item) -> Item {
    let mut item = item.clone();
    draw(&mut item.stem);
    draw(&mut item.explanation);
    match &mut item.body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => {
            options.iter_mut().for_each(draw_words);
        }
        ItemBody::FillIn { blanks, .. } => blanks.iter_mut().flatten().for_each(squeeze),
        ItemBody::ShortAnswer { rubric } => draw(rubric),
        ItemBody::Numeric { key, tolerance, .. } => {
            *key = normalise_answer(key);
            match tolerance {
                Tolerance::Absolute { by: number } | Tolerance::Relative { percent: number } => {
                    *number = normalise_answer(number);
                }
            }
        }
        ItemBody::Matching { lefts, rights, .. } => lefts.iter_mut().chain(rights).for_each(draw_words),
        ItemBody::Matrix { rows, columns, .. } => rows.iter_mut().chain(columns).for_each(draw_words),
        ItemBody::Ordering { lines, .. } => lines.iter_mut().for_each(draw_words),
        ItemBody::InlineChoice { menus, .. } => menus.iter_mut().flatten().for_each(draw_words),
        ItemBody::Correction { accepted, .. } => accepted.iter_mut().for_each(squeeze),
        ItemBody::Calculation { steps } => steps.iter_mut().for_each(|step| draw_words(&mut step.label)),
        ItemBody::Composite { children } => {
            for child in children {
                let Item { stem, body, .. } = drawn(&child.as_item());
                (child.stem, child.body) = (stem, body);
            }
        }
        ItemBody::TrueFalse { .. } | ItemBody::HotText { .. } | ItemBody::Essay { .. } => {}
    }
    item
}

fn draw(text: &mut String) {
    *text = Desk::new(&BTreeMap::new(), None).blocks(text);
    tidy(text);
}

fn draw_words(text: &mut String) {
    *text = Desk::new(&BTreeMap::new(), None).words(text);
    tidy(text);
}

/// A space behind a formula is none: importers need one before a digit.
fn tidy(text: &mut String) {
    squeeze(text);
    *text = text.replace("\\) ", "\\)");
}

/// Every run of white space is one space.
fn squeeze(text: &mut String) {
    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
}
