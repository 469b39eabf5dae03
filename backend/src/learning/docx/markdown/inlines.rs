//! What stands within a paragraph, in Markdown.

use crate::learning::docx::model::{Document, Inline, Look};

/// Writes the paragraphs of one lesson.
pub(super) struct Writer<'d> {
    document: &'d Document,
    addresses: &'d [Option<String>],
    /// The notes that the lesson names, in order.
    notes: Vec<usize>,
    pictures: Vec<usize>,
}

impl<'d> Writer<'d> {
    pub(super) const fn new(document: &'d Document, addresses: &'d [Option<String>]) -> Self {
        Self { document, addresses, notes: Vec::new(), pictures: Vec::new() }
    }

    pub(super) fn into_pictures(self) -> Vec<usize> {
        self.pictures
    }

    /// A paragraph, on several lines if it breaks.
    pub(super) fn paragraph(&mut self, inlines: &[Inline]) -> String {
        let text = self.written(inlines);
        let lines = text.split('\n').map(|line| beginning(line.trim()));
        let lines: Vec<_> = lines.collect();
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
        let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        lines.get(first..end).unwrap_or_default().join("\\\n")
    }

    /// A paragraph that must stay on one line.
    pub(super) fn line(&mut self, inlines: &[Inline]) -> String {
        self.written(inlines).replace('\n', " ").trim().to_owned()
    }

    /// What stands in a cell of a table.
    pub(super) fn cell(&mut self, inlines: &[Inline]) -> String {
        let text = self.written(inlines);
        text.trim().replace('\n', "<br>").replace('|', "\\|")
    }

    /// The notes of the lesson. A note may name nothing but pictures, so there are no more in the end.
    pub(super) fn notes(&mut self) -> Vec<String> {
        let document = self.document;
        let mut lines = Vec::new();
        for (at, note) in self.notes.clone().into_iter().enumerate() {
            let words = document.notes.get(note).map(|note| self.line(note)).unwrap_or_default();
            lines.push(format!("[^{}]: {words}", at + 1));
        }
        lines
    }

    /// As it is written; new lines stand for breaks alone.
    fn written(&mut self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in joined(inlines) {
            self.add(&inline, &mut out);
        }
        out
    }

    fn add(&mut self, inline: &Inline, out: &mut String) {
        match inline {
            Inline::Text { text, look } => letters(text, *look, out),
            Inline::Break => out.push('\n'),
            Inline::Link { address, inlines } => {
                let words = self.written(inlines).replace('\n', " ");
                apart_from_exclamation(out);
                out.push_str(&format!("[{}](<{}>)", words.trim(), escaped_address(address)));
            }
            Inline::Picture(at) => {
                let document = self.document;
                let address = self.addresses.get(*at).and_then(Option::as_deref);
                let (Some(address), Some(picture)) = (address, document.pictures.get(*at)) else { return };
                let words = picture.words.replace(['[', ']'], "");
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push_str(&format!("![{}]({address})", escaped(&words)));
                self.pictures.push(*at);
            }
            Inline::Formula { latex, is_apart } => {
                apart_from_formula(out);
                let fence = if *is_apart { "$$" } else { "$" };
                out.push_str(&format!("{fence}{latex}{fence}"));
            }
            Inline::Note(note) => {
                let known = self.notes.iter().position(|known| known == note);
                let at = known.unwrap_or_else(|| {
                    self.notes.push(*note);
                    self.notes.len() - 1
                });
                apart_from_exclamation(out);
                out.push_str(&format!("[^{}]", at + 1));
            }
        }
    }
}

/// Word processors cut a text anywhere; what looks alike is one again.
fn joined(inlines: &[Inline]) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (joined.last_mut(), inline) {
            (Some(Inline::Text { text, look }), Inline::Text { text: more, look: other }) if *look == *other => {
                text.push_str(more);
            }
            (Some(Inline::Link { address, inlines }), Inline::Link { address: other, inlines: more })
                if *address == *other =>
            {
                inlines.extend_from_slice(more)
            }
            _ => joined.push(inline.clone()),
        }
    }
    joined
}

/// Adds a text with its look; spaces at its ends have none.
fn letters(text: &str, look: Look, out: &mut String) {
    let words = text.split(|letter: char| letter.is_whitespace() && letter != '\u{3000}');
    let inner = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let inner = inner.trim();
    if text.starts_with(char::is_whitespace) || inner.is_empty() {
        space(out);
    }
    if inner.is_empty() {
        return;
    }
    if inner.starts_with(|first: char| first.is_ascii_digit()) {
        apart_from_formula(out);
    }
    let dressed = dressed(escaped(inner), look, out);
    out.push_str(&dressed);
    if text.ends_with(char::is_whitespace) {
        space(out);
    }
}

/// A dollar that ends a formula must stand before neither a digit nor another dollar.
fn apart_from_formula(out: &mut String) {
    if out.ends_with('$') {
        out.push(' ');
    }
}

/// A bracket behind an exclamation mark would begin a picture.
fn apart_from_exclamation(out: &mut String) {
    if out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

/// A text in its look. Stars are not understood beside some signs; there the elements of HTML say the same.
fn dressed(text: String, look: Look, before: &str) -> String {
    let mut dressed = text;
    let tags = [(look.raised, "sup"), (look.lowered, "sub"), (look.struck, "s"), (look.underlined, "u")];
    for (is_so, tag) in tags {
        if is_so {
            dressed = format!("<{tag}>{dressed}</{tag}>");
        }
    }
    let is_plain = dressed.starts_with(char::is_alphanumeric) && dressed.ends_with(char::is_alphanumeric);
    let has_stars = is_plain && !before.ends_with('*');
    let marks = [(look.italic, "*", "i"), (look.bold, "**", "b")];
    for (is_so, stars, tag) in marks {
        if is_so {
            dressed = if has_stars { format!("{stars}{dressed}{stars}") } else { format!("<{tag}>{dressed}</{tag}>") };
        }
    }
    dressed
}

/// A text of which no letter means anything to Markdown, wherever it stands in a line but at its beginning.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
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
fn beginning(line: &str) -> String {
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

/// An address that ends where it ends.
fn escaped_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for letter in address.chars() {
        match letter {
            '<' | '>' | '\\' | '|' | ' ' | '`' => escaped.push_str(&format!("%{:02X}", u32::from(letter))),
            letter if letter.is_whitespace() || letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
