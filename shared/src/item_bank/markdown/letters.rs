//! Letters of a line, of which none means anything to Markdown but blanks and formulas.

use crate::item_bank::blanks::BLANK;

/// How formulas begin and end where items come from, and whether they stand on lines of their own.
const FORMULAS: [(&str, &str, bool); 3] = [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", false)];

/// Adds a text as it is shown: every run of white space is one space.
pub(super) fn write(text: &str, out: &mut String) {
    let mut formulas = Formulas { text, next: FORMULAS.map(|(open, ..)| text.find(open)) };
    let mut from = 0;
    while let Some((at, (open, close, is_apart))) = formulas.next(from) {
        let begin = at + open.len();
        let Some(length) = text[begin..].find(close) else { break };
        words(&text[from..at], out);
        formula(&text[begin..begin + length], is_apart, out);
        from = begin + length + close.len();
    }
    words(&text[from..], out);
}

/// Where a formula of each kind begins next. A kind that is not found once is not looked for again.
struct Formulas<'t> {
    text: &'t str,
    next: [Option<usize>; FORMULAS.len()],
}

impl Formulas<'_> {
    /// Where the next formula begins from this place on, and its marks.
    fn next(&mut self, from: usize) -> Option<(usize, (&'static str, &'static str, bool))> {
        for (next, (open, ..)) in self.next.iter_mut().zip(FORMULAS) {
            if next.is_some_and(|at| at < from) {
                *next = self.text[from..].find(open).map(|at| at + from);
            }
        }
        let found = self.next.iter().zip(FORMULAS).filter_map(|(next, marks)| Some(((*next)?, marks)));
        found.min_by_key(|(at, _)| *at)
    }
}

fn formula(latex: &str, is_apart: bool, out: &mut String) {
    let latex = latex.split_whitespace().collect::<Vec<_>>().join(" ");
    if latex.is_empty() {
        return;
    }
    apart_from_formula(out);
    let fence = if is_apart { "$$" } else { "$" };
    out.push_str(&format!("{fence}{}{fence}", latex.replace('$', "\\$")));
}

fn words(text: &str, out: &mut String) {
    let inner = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if inner.is_empty() || text.starts_with(char::is_whitespace) {
        space(text, out);
    }
    if inner.is_empty() {
        return;
    }
    if inner.starts_with(|first: char| first.is_ascii_digit()) {
        apart_from_formula(out);
    }
    out.push_str(&escaped(&inner));
    if text.ends_with(char::is_whitespace) {
        space(text, out);
    }
}

fn space(text: &str, out: &mut String) {
    if !text.is_empty() && !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

/// A dollar that ends a formula must stand before neither a digit nor another dollar.
fn apart_from_formula(out: &mut String) {
    if out.ends_with('$') {
        out.push(' ');
    }
}

/// A text of which no letter means anything to Markdown but a blank.
pub(in crate::item_bank) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '_' && letters.peek() == Some(&'_') {
            while letters.next_if_eq(&'_').is_some() {}
            escaped.push_str(BLANK);
            continue;
        }
        let is_reference =
            letter == '&' && letters.peek().is_some_and(|next| *next == '#' || next.is_ascii_alphabetic());
        if is_reference || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '$' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A line that begins as it says, and not as a heading, an item or a quotation.
pub(super) fn beginning(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let rest = &line[digits..];
    let is_number = digits > 0 && rest.starts_with(['.', ')']);
    if is_number && !rest[1..].starts_with(|next: char| !next.is_whitespace()) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    let is_signed = line.starts_with(['+', '-']) && line[1..].starts_with(char::is_alphanumeric);
    let is_marked = line.starts_with(['#', '+', '-', '=', '>', '|', ':']);
    if is_marked && !is_signed { format!("\\{line}") } else { line.to_owned() }
}

/// Adds a text in its look. Stars are not understood beside some signs; there the element of HTML says the same.
pub(super) fn dressed(inner: &str, (stars, tag): (&str, &str), out: &mut String) {
    let text = inner.trim();
    if inner.starts_with(char::is_whitespace) || text.is_empty() {
        space(inner, out);
    }
    if text.is_empty() {
        return;
    }
    let is_plain = text.starts_with(char::is_alphanumeric) && text.ends_with(char::is_alphanumeric);
    if !stars.is_empty() && is_plain && !out.ends_with('*') && !text.contains('\n') {
        out.push_str(&format!("{stars}{text}{stars}"));
    } else {
        out.push_str(&format!("<{tag}>{text}</{tag}>"));
    }
    if inner.ends_with(char::is_whitespace) {
        space(inner, out);
    }
}

/// A text as it is, between fences that it does not hold.
pub(super) fn code(text: &str) -> String {
    let longest = text.lines().map(|line| line.len() - line.trim_start_matches('`').len()).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_matches('\n'))
}
