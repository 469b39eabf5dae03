//! The marks by which the parts of an item are known: numbers, labels, hints, headings.

use super::words;
use crate::item_bank::{ItemKind, normalise::half_width};

/// How items are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.` and `1、`.
    Point,
    /// `(1)`.
    Parentheses,
    /// The number of an item in words.
    Ordinal,
}

/// A number at the beginning of a line.
pub(super) struct Numbering<'a> {
    pub(super) style: Style,
    pub(super) number: u32,
    /// The line without the number and the points that the item is worth.
    pub(super) rest: &'a str,
}

/// What the author says an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    Single,
    Multiple,
    TrueFalse,
    FillIn,
    ShortAnswer,
    /// A kind whose key is written in lines.
    Lines(ItemKind),
}

/// The names of each kind.
pub(super) const HINTS: &[(&[&str], Hint)] = &[
    (words::SINGLE, Hint::Single),
    (words::MULTIPLE, Hint::Multiple),
    (words::TRUE_FALSE, Hint::TrueFalse),
    (words::CORRECTION, Hint::Lines(ItemKind::Correction)),
    (words::FILL_IN, Hint::FillIn),
    (words::SHORT_ANSWER, Hint::ShortAnswer),
    (words::NUMERIC, Hint::Lines(ItemKind::Numeric)),
    (words::MATCHING, Hint::Lines(ItemKind::Matching)),
    (words::ORDERING, Hint::Lines(ItemKind::Ordering)),
    (words::INLINE_CHOICE, Hint::Lines(ItemKind::InlineChoice)),
    (words::MATRIX, Hint::Lines(ItemKind::Matrix)),
    (words::HOT_TEXT, Hint::Lines(ItemKind::HotText)),
    (words::ESSAY, Hint::Lines(ItemKind::Essay)),
    (words::CALCULATION, Hint::Lines(ItemKind::Calculation)),
    (words::COMPOSITE, Hint::Lines(ItemKind::Composite)),
];

/// A label and what follows it.
pub(super) struct Labelled<'a> {
    /// Where the label begins.
    pub(super) start: usize,
    /// What it labels: the rest of the line, or of the parentheses around both.
    pub(super) content: &'a str,
}

/// The number at the beginning of a line.
pub(super) fn numbering(line: &str) -> Option<Numbering<'_>> {
    let line = line.trim_start();
    let (style, digits) = match strip(line, |c| c == '(' || c == words::ORDINAL) {
        (Some('('), rest) => (Style::Parentheses, rest.trim_start()),
        (Some(_), rest) => (Style::Ordinal, rest.trim_start()),
        (None, rest) => (Style::Point, rest),
    };
    let end = digits.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(digits.len());
    let number = digits[..end].chars().map(half_width).collect::<String>();
    let number = number.parse().ok().filter(|_| number.len() <= 4)?;
    let after = digits[end..].trim_start();
    let rest = match style {
        Style::Parentheses => strip(after, |c| c == ')').1,
        Style::Ordinal => {
            let rest = after.strip_prefix(words::QUESTION)?;
            strip(rest, |c| matches!(c, '.' | ',' | ':')).1
        }
        Style::Point => {
            let decimal = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let list = after.starts_with(',') || after.starts_with('\u{ff0c}') || after.starts_with('\u{3002}');
            let (Some(_), rest) = strip(after, |c| matches!(c, '.' | ',')) else { return None };
            if decimal || list {
                return None;
            }
            rest
        }
    };
    let marked = after.len() > rest.len();
    marked.then(|| Numbering { style, number, rest: strip_points(rest) })
}

/// Takes the first character when its half-width form is wanted.
fn strip(text: &str, wanted: impl Fn(char) -> bool) -> (Option<char>, &str) {
    let mut chars = text.chars();
    match chars.next().map(half_width) {
        Some(c) if wanted(c) => (Some(c), chars.as_str()),
        _ => (None, text),
    }
}

/// Leaves out how many points the item is worth.
fn strip_points(text: &str) -> &str {
    let rest = text.trim_start();
    let Some(inner) = rest.strip_prefix(['(', '\u{ff08}']) else { return rest };
    match inner.split_once([')', '\u{ff09}']) {
        Some((points, after)) if is_points(points) => after.trim_start(),
        _ => rest,
    }
}

fn is_points(text: &str) -> bool {
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.' || c.is_whitespace());
    text.trim().strip_suffix(words::POINTS).is_some_and(|points| !points.trim().is_empty() && number(points))
}

/// What follows a label at the beginning of a text.
pub(super) fn label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (open, inner) = strip(text.trim_start(), |c| matches!(c, '[' | '('));
    let inner = inner.trim_start();
    let after = labels.iter().find_map(|word| inner.strip_prefix(word))?.trim_start();
    match open {
        Some('[') => {
            let (Some(_), rest) = strip(after, |c| c == ']') else { return None };
            Some(strip(rest, |c| c == ':').1)
        }
        open => {
            let (Some(_), rest) = strip(after, |c| c == ':') else { return None };
            match open {
                Some(_) => rest.rfind([')', '\u{ff09}']).map(|end| &rest[..end]),
                None => Some(rest),
            }
        }
    }
}

/// The first label in a line: at its beginning, after a space, or in brackets.
pub(super) fn find_label<'a>(line: &'a str, labels: &[&str]) -> Option<Labelled<'a>> {
    let mut free = true;
    for (start, c) in line.char_indices() {
        let may_begin = !c.is_whitespace() && (free || matches!(half_width(c), '[' | '('));
        if let Some(content) = may_begin.then(|| label(&line[start..], labels)).flatten() {
            let start = if line[..start].trim().is_empty() { 0 } else { start };
            return Some(Labelled { start, content });
        }
        free = c.is_whitespace();
    }
    None
}

/// The heading of a section.
pub(super) struct Heading<'a> {
    /// Its number, in Chinese digits.
    pub(super) mark: &'a str,
    /// The kind that it speaks of.
    pub(super) hint: Option<Hint>,
    /// Whether it says no more than what its items are, and behind that what they are worth. Another may as well be a line
    /// of an answer.
    pub(super) is_plain: bool,
}

/// A number in Chinese digits at the beginning of a line, and what follows it.
pub(super) fn in_words(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let digit = |c: char| c == '\u{5341}' || words::DIGITS.iter().any(|&(d, _)| d == c);
    let rest = line.trim_start_matches(digit);
    let (Some(_), after) = strip(rest, |c| matches!(c, '.' | ',')) else { return None };
    let (mark, _) = line.split_at(line.len() - rest.len());
    (!mark.is_empty()).then_some((mark, after))
}

/// What a line says as the heading of a section.
pub(super) fn heading(line: &str) -> Option<Heading<'_>> {
    let (mark, rest) = in_words(line).filter(|_| line.trim().chars().count() <= 80)?;
    let hint = match hints_in(rest).as_slice() {
        [hint] => Some(*hint),
        [] if !rest.contains(words::QUESTION) => return None,
        _ => None,
    };
    Some(Heading { mark, hint, is_plain: is_plain(rest.trim_start()) })
}

/// Whether a heading is the name of a kind of items, with nothing but remarks behind it.
fn is_plain(heading: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(half_width(c), '(' | '[' | ':' | '.');
    let name = &heading[..heading.find(ends).unwrap_or(heading.len())];
    let mut kinds = HINTS.iter().flat_map(|&(names, _)| names).chain(words::SECTIONS);
    match name.strip_suffix(words::QUESTION) {
        Some(name) => kinds.any(|kind| name.ends_with(kind)),
        None => kinds.any(|kind| name == *kind),
    }
}

/// The kinds that are named in a text. A name within a longer one names nothing.
fn hints_in(text: &str) -> Vec<Hint> {
    let names = HINTS.iter().flat_map(|&(names, hint)| names.iter().map(move |&name| (name, hint)));
    let names = names.filter(|(name, _)| !words::ESSAY.contains(name) && !words::COMPOSITE.contains(name));
    let found: Vec<(&str, Hint)> = names.filter(|(name, _)| text.contains(name)).collect();
    let is_part = |name: &str| found.iter().any(|(other, _)| other.len() > name.len() && other.contains(name));
    let mut hints: Vec<Hint> = found.iter().filter(|(name, _)| !is_part(name)).map(|(_, hint)| *hint).collect();
    hints.dedup();
    hints
}

/// Takes a hint in brackets out of a stem.
pub(super) fn take_hint(stem: &mut String) -> Option<Hint> {
    let (range, hint) = brackets(stem).find_map(|(range, content)| Some((range, hint_of(content)?)))?;
    stem.replace_range(range, "");
    *stem = stem.trim().to_owned();
    Some(hint)
}

/// Whether a text names a kind in brackets.
pub(super) fn names(text: &str, hint: Hint) -> bool {
    brackets(text).any(|(_, content)| hint_of(content) == Some(hint))
}

fn hint_of(content: &str) -> Option<Hint> {
    let mut found = None;
    for part in content.split([',', '\u{ff0c}', '\u{3001}', ';', '\u{ff1b}', ' ']).filter(|part| !part.is_empty()) {
        let name = part.strip_suffix(words::QUESTION).unwrap_or(part);
        match HINTS.iter().find(|(names, _)| names.contains(&name)) {
            Some(&(_, hint)) => found = Some(hint),
            None if is_points(part) => {}
            None => return None,
        }
    }
    found
}

/// The innermost brackets of a text with what stands in them.
pub(super) fn brackets(text: &str) -> impl DoubleEndedIterator<Item = (std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match half_width(c) {
            '(' | '[' => open = Some((at, at + c.len_utf8())),
            ')' | ']' => {
                if let Some((from, inner)) = open.take() {
                    found.push((from..at + c.len_utf8(), text[inner..at].trim()));
                }
            }
            _ => {}
        }
    }
    found.into_iter()
}

/// The letter of the option that a line begins with.
pub(super) fn option_at_line_start(line: &str) -> Option<char> {
    super::options::marks(line).first().filter(|mark| mark.at_line_start).map(|mark| mark.letter)
}
