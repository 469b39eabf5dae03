//! Escapes and text formats of GIFT.

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Line breaks and runs of spaces are one space.
    Moodle,
    /// HTML, Markdown or plain text: line breaks stay.
    Kept,
}

impl Format {
    /// The text that the author meant.
    pub(super) fn read(self, raw: &str) -> String {
        match self {
            Self::Moodle => unescape(&raw.split_whitespace().collect::<Vec<_>>().join(" ")),
            Self::Kept => unescape(raw.trim()),
        }
    }
}

/// Takes the name of a format off a text.
pub(super) fn take_format(text: &str, inherited: Format) -> (Format, &str) {
    let text = text.trim_start();
    let names = [
        ("[moodle]", Format::Moodle),
        ("[html]", Format::Kept),
        ("[markdown]", Format::Kept),
        ("[plain]", Format::Kept),
    ];
    let named = names.iter().find_map(|&(name, format)| text.strip_prefix(name).map(|rest| (format, rest)));
    named.unwrap_or((inherited, text))
}

/// Where a pattern first stands without a backslash before it.
pub(super) fn find(text: &str, pattern: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let free = !escaped;
        escaped = free && c == '\\';
        (free && text[at..].starts_with(pattern)).then_some(at)
    })
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some('n') if c == '\\' => {
                out.push('\n');
                chars.next();
            }
            Some(&next @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\')) if c == '\\' => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}
