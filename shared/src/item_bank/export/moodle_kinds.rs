//! What each kind of item is in Moodle XML.

use super::{
    inline::{Desk, escaped},
    judge::plain_words,
    moodle::{CLOZE, PLACE, Question, files},
};
use crate::item_bank::{
    CalculationStep, ExportLossCode, NumericUnit, Tolerance, numeric::absolute, ordering::in_order,
    weights::percent_of_each,
};

/// Options with what each is worth; what is wrong takes everything where several may be chosen.
pub(super) fn choice(options: &[String], key: &[u16], is_single: bool, desk: &mut Desk<'_>) -> Question {
    let (each, wrong) = (percent_of_each(key.len()), if is_single { "0" } else { "-100" });
    let mut rest = format!(
        "<single>{is_single}</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>ABCD</answernumbering>\n"
    );
    for (place, option) in (0_u16..).zip(options) {
        let fraction = if key.contains(&place) { each.as_str() } else { wrong };
        rest.push_str(&answer(fraction, option, desk));
    }
    Question { kind: "multichoice", rest }
}

pub(super) fn statement(key: bool) -> Question {
    let fraction = |said: bool| if said == key { 100 } else { 0 };
    let answer = |said: bool| {
        format!("<answer fraction=\"{}\" format=\"moodle_auto_format\"><text>{said}</text></answer>\n", fraction(said))
    };
    Question { kind: "truefalse", rest: [true, false].map(answer).concat() }
}

/// One blank: any of these words, in which a star is no wildcard.
pub(super) fn words(accepted: &[String], desk: &mut Desk<'_>) -> Question {
    let answer = |text: &String| plain_answer(&text.replace('*', "\\*"), "");
    desk.places.push_back(PLACE.to_owned());
    Question {
        kind: "shortanswer",
        rest: format!("<usecase>0</usecase>\n{}", accepted.iter().map(answer).collect::<String>()),
    }
}

/// Several places within the text, each with what is right there and everything that is offered.
pub(super) fn cloze<'t>(places: impl Iterator<Item = (&'t [String], &'t [String])>, desk: &mut Desk<'_>) -> Question {
    for (right, offered) in places {
        // Where everything that is offered is right, it is written; otherwise it is chosen.
        let kind = if right.len() == offered.len() { "SHORTANSWER" } else { "MULTICHOICE_S" };
        let answers: Vec<String> = offered.iter().map(|text| in_cloze(text, right.contains(text))).collect();
        desk.places.push_back(escaped(&format!("{{1:{kind}:{}}}", answers.join("~"))));
    }
    Question { kind: CLOZE, rest: String::new() }
}

/// A number; `None` if its tolerance cannot be computed.
pub(super) fn number(key: &str, tolerance: &Tolerance, units: &[NumericUnit], desk: &mut Desk<'_>) -> Option<Question> {
    let by = format!("<tolerance>{}</tolerance>", off(key, tolerance, units, desk)?);
    Some(Question { kind: "numerical", rest: plain_answer(key, &by) })
}

/// Places for numbers behind what is computed, each with its share; `None` if a tolerance cannot be computed.
pub(super) fn calculation(steps: &[CalculationStep], desk: &mut Desk<'_>) -> Option<Question> {
    desk.tell(ExportLossCode::NotReadBack);
    for CalculationStep { label, percent, key, tolerance, units } in steps {
        let by = off(key, tolerance, units, desk)?;
        let label = desk.inline(label.trim());
        desk.places.push_back(format!("{label} {{{percent}:NUMERICAL:={key}:{by}}}"));
    }
    Some(Question { kind: CLOZE, rest: String::new() })
}

/// How far a number may be off; what is lost of it is told.
fn off(key: &str, tolerance: &Tolerance, units: &[NumericUnit], desk: &mut Desk<'_>) -> Option<String> {
    if !units.is_empty() {
        desk.tell(ExportLossCode::UnitsLeftOut);
    }
    if matches!(tolerance, Tolerance::Relative { .. }) {
        desk.tell(ExportLossCode::ToleranceAbsolute);
    }
    absolute(key, tolerance)
}

pub(super) fn matching(lefts: &[String], rights: &[String], key: &[u16], desk: &mut Desk<'_>) -> Question {
    let right = |place: u16| rights.get(usize::from(place)).map_or("", String::as_str);
    let alone = (0..).zip(rights).filter(|(place, _)| !key.contains(place)).map(|(_, right)| ("", right.as_str()));
    let pairs = lefts.iter().zip(key).map(|(left, place)| (left.as_str(), right(*place)));
    let mut rest = "<shuffleanswers>true</shuffleanswers>\n".to_owned();
    for (left, right) in pairs.chain(alone) {
        let (left, right) = (desk.words(left), plain_words(right, desk));
        let shown = files(&left, desk);
        rest.push_str(&format!(
            "<subquestion format=\"html\"><text>{}</text>{shown}<answer><text>{}</text></answer></subquestion>\n",
            escaped(&left),
            escaped(&right)
        ));
    }
    Question { kind: "matching", rest }
}

/// Lines in their right order; neighbours count there as here.
pub(super) fn ordering(lines: &[String], key: &[u16], desk: &mut Desk<'_>) -> Question {
    let mut rest = "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n\
         <gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>\n<showgrading>SHOW</showgrading>\n"
        .to_owned();
    for (place, line) in (1..).zip(in_order(lines, key)) {
        rest.push_str(&answer(&format!("{place}.0"), &line, desk));
    }
    Question { kind: "ordering", rest }
}

/// An answer in HTML.
fn answer(fraction: &str, markdown: &str, desk: &mut Desk<'_>) -> String {
    let html = desk.words(markdown);
    let shown = files(&html, desk);
    format!("<answer fraction=\"{fraction}\" format=\"html\"><text>{}</text>{shown}</answer>\n", escaped(&html))
}

/// A right answer that is compared.
fn plain_answer(text: &str, more: &str) -> String {
    let text = escaped(text);
    format!("<answer fraction=\"100\" format=\"moodle_auto_format\"><text>{text}</text>{more}</answer>\n")
}

/// An answer within the braces of a cloze. A wrong one that begins as a right one or a weight does has a weight, so that
/// it is not taken for it.
fn in_cloze(text: &str, is_right: bool) -> String {
    let text = text.trim();
    let mark = match is_right {
        true => "=",
        false if text.starts_with(['=', '%']) => "%0%",
        false => "",
    };
    let mut out = String::from(mark);
    for letter in text.chars() {
        if matches!(letter, '}' | '#' | '~' | '/' | '"' | '\\' | '*') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
