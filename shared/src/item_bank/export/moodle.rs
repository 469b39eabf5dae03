//! Writes Moodle XML. Texts are HTML; their pictures lie in them.

use super::{
    OutgoingPicture,
    inline::{Desk, escaped},
    judge::plain_words,
    moodle_kinds::{calculation, choice, cloze, matching, number, ordering, statement, words},
};
use crate::item_bank::{ExportLossCode, Item, ItemBody, MultipleRule, moodle::PLUGIN_FILES, rubric_of};
use base64::{Engine, engine::general_purpose::STANDARD};

/// How pictures within a text are named.
pub(super) const PICTURES: &str = PLUGIN_FILES;
/// Where Moodle draws the place to write in a text.
pub(super) const PLACE: &str = "_____";

/// The kind whose places stand within its text.
pub(super) const CLOZE: &str = "cloze";

/// All items as one text.
pub(super) fn whole(items: &[String]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{}</quiz>\n", items.concat())
}

/// The parts of a question that differ from kind to kind.
pub(super) struct Question {
    /// The name of the kind.
    pub(super) kind: &'static str,
    /// What stands behind the text.
    pub(super) rest: String,
}

/// An item as a question; `None` if a tolerance cannot be computed, or Moodle itself has no such kind.
pub(super) fn write(item: &Item, desk: &mut Desk<'_>) -> Option<String> {
    let question = question(&item.body, desk)?;
    let mut stem = desk.blocks(&item.stem);
    // Where a stem has no blanks, its places stand below; Moodle itself draws the only one.
    let left = std::mem::take(&mut desk.places);
    if question.kind == CLOZE {
        stem.extend(left.into_iter().map(|place| format!("<p>{place}</p>")));
    }
    let stem = element("questiontext", &stem, desk);
    let explanation = formatted("generalfeedback", &item.explanation, desk);
    let name = escaped(&super::title(&item.stem));
    let Question { kind, rest } = question;
    Some(format!(
        "<question type=\"{kind}\">\n<name><text>{name}</text></name>\n{stem}{explanation}\
         <defaultgrade>1</defaultgrade>\n{rest}</question>\n"
    ))
}

fn question(body: &ItemBody, desk: &mut Desk<'_>) -> Option<Question> {
    Some(match body {
        ItemBody::SingleChoice { options, key } => choice(options, &[*key], true, desk),
        ItemBody::MultipleChoice { options, key, rule } => {
            desk.tell(ExportLossCode::ScoredOtherwise);
            if *rule != MultipleRule::AllOrNothing {
                desk.tell(ExportLossCode::RuleLeftOut);
            }
            choice(options, key, false, desk)
        }
        ItemBody::TrueFalse { key } => statement(*key),
        ItemBody::Correction { key, .. } => {
            desk.tell(ExportLossCode::CorrectionLeftOut);
            statement(*key)
        }
        ItemBody::FillIn { blanks, groups } => {
            if !groups.is_empty() {
                desk.tell(ExportLossCode::AnyOrderLeftOut);
            }
            match blanks.as_slice() {
                [accepted] => words(accepted, desk),
                _ => cloze(blanks.iter().map(|accepted| (accepted.as_slice(), accepted.as_slice())), desk),
            }
        }
        body @ ItemBody::Essay { .. } => {
            desk.tell(ExportLossCode::DimensionsAsRubric);
            Question { kind: "essay", rest: formatted("graderinfo", &rubric_of(body), desk) }
        }
        ItemBody::ShortAnswer { rubric } => Question { kind: "essay", rest: formatted("graderinfo", rubric, desk) },
        ItemBody::Numeric { key, tolerance, units } => number(key, tolerance, units, desk)?,
        ItemBody::Matching { lefts, rights, key } => matching(lefts, rights, key, desk),
        ItemBody::Matrix { rows, columns, key } => {
            desk.tell(ExportLossCode::TableAsPairs);
            matching(rows, columns, key, desk)
        }
        ItemBody::Ordering { lines, key } => ordering(lines, key, desk),
        ItemBody::HotText { .. } | ItemBody::Composite { .. } => return None,
        ItemBody::Calculation { steps } => calculation(steps, desk)?,
        ItemBody::InlineChoice { menus, key } => {
            let menus: Vec<Vec<String>> =
                menus.iter().map(|menu| menu.iter().map(|text| plain_words(text, desk)).collect()).collect();
            let right = |(menu, place): (&Vec<String>, &u16)| menu.get(usize::from(*place)).cloned();
            let rights: Vec<Vec<String>> =
                menus.iter().zip(key).map(|pair| right(pair).into_iter().collect()).collect();
            cloze(rights.iter().zip(&menus).map(|(right, menu)| (right.as_slice(), menu.as_slice())), desk)
        }
    })
}

/// A text in Markdown as an element of this name; nothing if it is empty.
pub(super) fn formatted(name: &str, markdown: &str, desk: &mut Desk<'_>) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    let html = desk.blocks(markdown);
    element(name, &html, desk)
}

/// HTML as an element of this name, with the pictures that it shows.
fn element(name: &str, html: &str, desk: &Desk<'_>) -> String {
    format!("<{name} format=\"html\"><text>{}</text>{}</{name}>\n", escaped(html), files(html, desk))
}

/// The pictures that a text shows, as Moodle keeps them.
pub(super) fn files(html: &str, desk: &Desk<'_>) -> String {
    let shown = desk.shown().filter(|(name, _)| html.contains(name.as_str()));
    let file = |(name, picture): (String, &OutgoingPicture)| {
        format!("<file name=\"{name}\" path=\"/\" encoding=\"base64\">{}</file>", STANDARD.encode(&picture.content))
    };
    shown.map(file).collect()
}
