//! One item as it is printed, of a paper or of the bank.

use super::{drawn, filled, text};
use crate::platform::words::word;
use serde_json::{Value, json};
use shared::{
    item_bank::{
        Dimension, EssayLength, Item, ItemBody, ItemView, MultipleRule, PartView, child_points, dimension_points,
        key_letters, rubric_of,
    },
    points::Points,
};

/// Characters of an essay that nobody says the length of, and of one line by hand.
const USUAL_LENGTH: u16 = 800;
const A_LINE: u16 = 20;
/// Lines beside those that an essay fills, and fewest and most of them.
const SPARE_LINES: u16 = 4;
const FEWEST_LINES: u16 = 12;
const MOST_LINES: u16 = 90;

/// One item, and what it is worth if a paper says so. What is printed for candidates holds no key, not even where nothing
/// is drawn of it.
pub(in crate::app) fn item_data(number: usize, (item, points): (&Item, Option<Points>), has_keys: bool) -> Value {
    let view = item.for_candidate(drawn);
    let said = points.map(|points| points.to_string()).unwrap_or_default();
    let worth = if said.is_empty() { String::new() } else { filled("print_worth", &[("points", said.clone())]) };
    let worth = worth + &length_words(view.length);
    let mut data = asked(view, worth);
    data["number"] = json!(number);
    data["points"] = json!(said);
    data["key"] = json!(if has_keys { key(item) } else { Vec::new() });
    data["rules"] = json!(if has_keys { rules(item, points) } else { Vec::new() });
    data
}

/// What is asked, with the questions on a material.
fn asked(view: ItemView, worth: String) -> Value {
    let mut words = view.options_html.iter().cloned();
    let menus: Vec<Vec<String>> =
        view.menus.iter().map(|count| words.by_ref().take(usize::from(*count)).collect()).collect();
    let part = |part: PartView| {
        let share = filled("print_share", &[("percent", part.percent.to_string())]) + &length_words(part.view.length);
        asked(part.view, share)
    };
    json!({
        "kind": view.kind,
        "worth": worth,
        "lines": lines(view.length),
        "stem": view.stem_html,
        "pieces": view.pieces_html,
        "options": if menus.is_empty() { view.options_html } else { Vec::new() },
        "menus": menus,
        "lefts": view.lefts_html,
        "blanks": view.blanks,
        "parts": view.parts.into_iter().map(part).collect::<Vec<_>>(),
    })
}

/// The key, a line each; where a person marks, it is in the marking scheme.
fn key(item: &Item) -> Vec<String> {
    match &item.body {
        ItemBody::TrueFalse { key } => vec![verdict(*key)],
        ItemBody::Correction { key, accepted } => {
            std::iter::once(verdict(*key)).chain(accepted.iter().map(|text| line(text))).collect()
        }
        ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. } => vec![text("print_see_scheme").to_owned()],
        ItemBody::SingleChoice { .. } | ItemBody::MultipleChoice { .. } => vec![key_letters(item).concat()],
        ItemBody::FillIn { .. }
        | ItemBody::Numeric { .. }
        | ItemBody::Matching { .. }
        | ItemBody::Ordering { .. }
        | ItemBody::InlineChoice { .. }
        | ItemBody::Matrix { .. }
        | ItemBody::HotText { .. }
        | ItemBody::Calculation { .. } => key_letters(item).iter().map(|text| line(text)).collect(),
        ItemBody::Composite { children } => {
            let keys = (1_u16..).zip(children).zip(key_letters(item));
            keys.map(|((number, child), key)| match child.body.is_marked_by_person() {
                true => format!("({number}) {}", text("print_see_scheme")),
                false => line(&key),
            })
            .collect()
        }
    }
}

/// How long an essay should be, in brackets; empty where nobody says.
fn length_words(length: EssayLength) -> String {
    let number = |bound: Option<u16>| bound.map_or_else(String::new, |bound| bound.to_string());
    let values = [("least", number(length.least)), ("most", number(length.most))];
    match (length.least, length.most) {
        (Some(_), Some(_)) => filled("print_between", &values),
        (Some(_), None) => filled("print_least", &values),
        (None, Some(_)) => filled("print_most", &values),
        (None, None) => String::new(),
    }
}

/// The lines that are printed for an essay.
fn lines(length: EssayLength) -> u16 {
    let longest = length.most.or(length.least).unwrap_or(USUAL_LENGTH);
    (longest / A_LINE + SPARE_LINES).clamp(FEWEST_LINES, MOST_LINES)
}

fn verdict(key: bool) -> String {
    text(if key { "print_right" } else { "print_wrong" }).to_owned()
}

/// A line, which is no block of Markdown, whatever it begins with.
fn line(markdown: &str) -> String {
    drawn(&format!("\u{200b}{markdown}"))
}

/// By what an item is marked beside its key.
fn rules(item: &Item, points: Option<Points>) -> Vec<Value> {
    let mut rules = Vec::new();
    let mut add = |label: &str, xml: String| {
        if !xml.trim().is_empty() {
            rules.push(json!({ "label": text(label), "text": xml }));
        }
    };
    match &item.body {
        body @ (ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. }) => {
            add("print_rubric", drawn(&looked_for(body, points)));
        }
        ItemBody::Composite { children } => {
            let worth = points.map(|points| child_points(children, points)).unwrap_or_default();
            for (at, child) in children.iter().enumerate().filter(|(_, child)| child.body.is_marked_by_person()) {
                let looked_for = looked_for(&child.body, worth.get(at).copied());
                add("print_rubric", drawn(&format!("\u{200b}({})\n\n{looked_for}", at + 1)));
            }
        }
        ItemBody::MultipleChoice { rule: MultipleRule::PartialNoWrong, .. }
        | ItemBody::HotText { rule: MultipleRule::PartialNoWrong, .. } => {
            add("print_rule", word("item_bank.rule_partial_no_wrong").to_owned());
        }
        _ => {}
    }
    add("print_explanation", drawn(&item.explanation));
    rules
}

/// What who marks looks for, in Markdown: the rubric, or the dimensions with what each is worth.
fn looked_for(body: &ItemBody, points: Option<Points>) -> String {
    match body {
        ItemBody::Essay { dimensions, .. } => {
            let dimensions = dimensions.iter().zip(worths(dimensions, points));
            let dimensions =
                dimensions.map(|(dimension, worth)| format!("\u{200b}{}{worth} {}", dimension.name, dimension.about));
            dimensions.collect::<Vec<_>>().join("\n\n")
        }
        body => rubric_of(body),
    }
}

/// What each dimension is worth, in brackets: points where a paper says so, else its share.
fn worths(dimensions: &[Dimension], points: Option<Points>) -> Vec<String> {
    let share = |dimension: &Dimension| filled("print_share", &[("percent", dimension.percent.to_string())]);
    let worth = |points: Points| filled("print_worth", &[("points", points.to_string())]);
    match points {
        Some(points) => dimension_points(dimensions, points).into_iter().map(worth).collect(),
        None => dimensions.iter().map(share).collect(),
    }
}
