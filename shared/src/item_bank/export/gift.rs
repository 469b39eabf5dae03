//! Writes GIFT. Texts stay Markdown, which Moodle knows by the mark before them.

use super::inline::Desk;
use crate::item_bank::{
    ExportLossCode, Item, ItemBody, MultipleRule, Tolerance, inline_choice::one_line, numeric::absolute,
    weights::percent_of_each,
};

/// All items as one text: blank lines stand between them.
pub(super) fn whole(items: &[String]) -> String {
    items.iter().map(|item| format!("{item}\n\n")).collect()
}

/// An item on one line; `None` if GIFT has no such kind.
pub(super) fn write(item: &Item, desk: &mut Desk<'_>) -> Option<String> {
    let answers = answers(&item.body, desk)?;
    let mut texts = item.body.texts();
    texts.extend([item.stem.as_str(), item.explanation.as_str()]);
    if texts.iter().any(|text| text.contains("![")) {
        desk.tell(ExportLossCode::PictureLeftOut);
    }
    let explanation = if item.explanation.trim().is_empty() { String::new() } else { escaped(&item.explanation) };
    let mark = if explanation.is_empty() { "" } else { "####" };
    Some(format!("[markdown]{} {{{answers}{mark}{explanation}}}", escaped(&item.stem)))
}

fn answers(body: &ItemBody, desk: &mut Desk<'_>) -> Option<String> {
    Some(match body {
        ItemBody::SingleChoice { options, key } => {
            let signs = (0..).map(|place: u16| if place == *key { Sign::Right } else { Sign::Wrong });
            options.iter().zip(signs).map(|(option, sign)| answer(sign, &chosen(option))).collect()
        }
        ItemBody::MultipleChoice { options, key, rule } => {
            desk.tell(ExportLossCode::ScoredOtherwise);
            if *rule != MultipleRule::AllOrNothing {
                desk.tell(ExportLossCode::RuleLeftOut);
            }
            let each = percent_of_each(key.len());
            let weight = (0..).map(|place: u16| if key.contains(&place) { each.clone() } else { "-100".to_owned() });
            let weighed = options.iter().zip(weight);
            weighed.map(|(option, weight)| format!("~%{weight}%{} ", escaped(&chosen(option)))).collect()
        }
        ItemBody::TrueFalse { key } => verdict(*key),
        ItemBody::Correction { key, .. } => {
            desk.tell(ExportLossCode::CorrectionLeftOut);
            verdict(*key)
        }
        ItemBody::FillIn { blanks, .. } => match blanks.as_slice() {
            [accepted] => accepted.iter().map(|text| answer(Sign::Right, text).replace('*', "\\*")).collect(),
            _ => return None,
        },
        ItemBody::Essay { .. } => {
            desk.tell(ExportLossCode::DimensionsAsRubric);
            desk.tell(ExportLossCode::RubricLeftOut);
            String::new()
        }
        ItemBody::ShortAnswer { rubric } => {
            if !rubric.trim().is_empty() {
                desk.tell(ExportLossCode::RubricLeftOut);
            }
            String::new()
        }
        ItemBody::Numeric { key, tolerance, units } => {
            if !units.is_empty() {
                desk.tell(ExportLossCode::UnitsLeftOut);
            }
            if matches!(tolerance, Tolerance::Relative { .. }) {
                desk.tell(ExportLossCode::ToleranceAbsolute);
            }
            format!("#{key}:{}", absolute(key, tolerance)?)
        }
        ItemBody::Matching { lefts, rights, key } => matching(lefts, rights, key),
        ItemBody::Matrix { rows, columns, key } => {
            desk.tell(ExportLossCode::TableAsPairs);
            matching(rows, columns, key)
        }
        ItemBody::Ordering { .. }
        | ItemBody::InlineChoice { .. }
        | ItemBody::HotText { .. }
        | ItemBody::Calculation { .. }
        | ItemBody::Composite { .. } => return None,
    })
}

fn verdict(key: bool) -> String {
    String::from(if key { "T" } else { "F" })
}

/// The pairs, and behind them what belongs to none.
fn matching(lefts: &[String], rights: &[String], key: &[u16]) -> String {
    let right = |place: u16| rights.get(usize::from(place)).map_or("", String::as_str);
    let pairs = lefts.iter().zip(key).map(|(left, place)| format!("={} -> {} ", escaped(left), escaped(right(*place))));
    let alone = (0..).zip(rights).filter(|(place, _)| !key.contains(place));
    pairs.chain(alone.map(|(_, right)| format!("= -> {} ", escaped(right)))).collect()
}

/// Whether an answer is right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Right,
    Wrong,
}

/// One answer. A text that begins as a weight does has one, so that it is not taken for it.
fn answer(sign: Sign, text: &str) -> String {
    let (mark, weight) = if sign == Sign::Right { ('=', "%100%") } else { ('~', "%0%") };
    let weight = if text.trim_start().starts_with('%') { weight } else { "" };
    format!("{mark}{weight}{} ", escaped(text))
}

/// What can be chosen, in Markdown: a first sign that would begin a block there has a backslash.
fn chosen(text: &str) -> String {
    let text = text.trim();
    let at = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, rest) = text.split_at(at);
    // Of the signs that are drawn here alone, those that Moodle's Markdown knows.
    let begins = one_line(text) != text && rest.starts_with(['>', '#', '*', '-', '+', '.', ')']);
    if begins { format!("{number}\\{rest}") } else { text.to_owned() }
}

/// A text of which no sign means anything to GIFT, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
