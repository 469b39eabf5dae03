//! A text of an item, written in Markdown, as XHTML: paragraphs, headings, lists, quotations, tables and listings.

use super::inline::{Desk, escaped};
use crate::item_bank::inline_choice::one_line;

/// How deep lists and quotations lie in each other; what lies deeper is a paragraph.
const MAX_DEPTH: usize = 8;

impl Desk<'_> {
    /// Writes a text.
    pub(super) fn blocks(&mut self, markdown: &str) -> String {
        let lines: Vec<&str> = markdown.trim().lines().collect();
        self.lines(&lines, 0)
    }

    /// Writes what can be chosen. As here, its first sign is drawn where it would begin a block: of `>` nothing else
    /// would be left.
    pub(super) fn words(&mut self, markdown: &str) -> String {
        let text = markdown.trim();
        if one_line(text) == text { self.blocks(text) } else { format!("<p>{}</p>", self.inline(text)) }
    }

    fn lines(&mut self, lines: &[&str], depth: usize) -> String {
        let (mut out, mut paragraph, mut at) = (String::new(), Vec::new(), 0);
        while let Some(line) = lines.get(at) {
            let block = if line.trim().is_empty() { Some((1, String::new())) } else { self.block(&lines[at..], depth) };
            match block {
                Some((taken, written)) => {
                    self.end_paragraph(&mut paragraph, &mut out);
                    out.push_str(&written);
                    at += taken;
                }
                None => {
                    paragraph.push(*line);
                    at += 1;
                }
            }
        }
        self.end_paragraph(&mut paragraph, &mut out);
        out
    }

    fn end_paragraph(&mut self, paragraph: &mut Vec<&str>, out: &mut String) {
        if paragraph.is_empty() {
            return;
        }
        let lines: Vec<&str> = std::mem::take(paragraph).into_iter().map(str::trim_start).collect();
        let written = self.inline(lines.join("\n").trim_end());
        out.push_str(&format!("<p>{written}</p>"));
    }

    /// The block that begins here behind the number of its lines; `None` if a paragraph goes on.
    fn block(&mut self, lines: &[&str], depth: usize) -> Option<(usize, String)> {
        let line = *lines.first()?;
        let level = line.len() - line.trim_start_matches('#').len();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') {
            let words = self.inline(line[level..].trim());
            return Some((1, format!("<h{level}>{words}</h{level}>")));
        }
        if line.trim() == "---" {
            return Some((1, "<hr/>".to_owned()));
        }
        if line.starts_with("```") {
            return listing(lines);
        }
        if line.starts_with('|') && lines.get(1).is_some_and(|next| is_rule(next)) {
            return Some(self.table(lines));
        }
        if depth >= MAX_DEPTH {
            return None;
        }
        if line.starts_with('>') {
            return Some(self.quotation(lines, depth));
        }
        // A number but 1 would be another one in a list.
        let first = Marker::of(line).filter(|marker| !marker.is_numbered || line.starts_with("1. "))?;
        Some(self.list(lines, first, depth))
    }

    fn quotation(&mut self, lines: &[&str], depth: usize) -> (usize, String) {
        let quoted: Vec<&str> = lines.iter().map_while(|line| line.strip_prefix('>')).collect();
        let inner: Vec<&str> = quoted.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        (quoted.len(), format!("<blockquote>{}</blockquote>", self.lines(&inner, depth + 1)))
    }

    /// A list: what is indented behind a mark belongs to its entry.
    fn list(&mut self, lines: &[&str], first: Marker, depth: usize) -> (usize, String) {
        let (mut entries, mut taken): (Vec<Vec<&str>>, usize) = (Vec::new(), 0);
        let mut indent = first.width;
        while let Some(line) = lines.get(taken) {
            if let Some(marker) = Marker::of(line).filter(|marker| marker.is_like(first)) {
                indent = marker.width;
                entries.push(vec![&line[indent..]]);
            } else {
                let Some(entry) = entries.last_mut() else { break };
                match line.strip_prefix(&" ".repeat(indent)) {
                    Some(inner) => entry.push(inner),
                    None if line.trim().is_empty() && goes_on(&lines[taken..], indent, first) => entry.push(""),
                    None => break,
                }
            }
            taken += 1;
        }
        let entries: Vec<String> =
            entries.iter().map(|entry| format!("<li>{}</li>", self.lines(entry, depth + 1))).collect();
        let tag = if first.is_numbered { "ol" } else { "ul" };
        (taken, format!("<{tag}>{}</{tag}>", entries.concat()))
    }

    fn table(&mut self, lines: &[&str]) -> (usize, String) {
        let rows: Vec<&str> = lines.iter().take_while(|line| line.starts_with('|')).copied().collect();
        let mut out = String::from("<table><tbody>");
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| *at != 1) {
            let tag = if at == 0 { "th" } else { "td" };
            out.push_str("<tr>");
            for cell in cells(row) {
                let written = self.inline(&cell);
                out.push_str(&format!("<{tag}>{written}</{tag}>"));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        (rows.len(), out)
    }
}

/// How an entry of a list begins.
#[derive(Clone, Copy)]
struct Marker {
    is_numbered: bool,
    /// Bytes of the mark and the space behind it.
    width: usize,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        if line.starts_with("- ") {
            return Some(Self { is_numbered: false, width: 2 });
        }
        let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let is_numbered = (1..=9).contains(&digits) && line[digits..].starts_with(". ");
        is_numbered.then_some(Self { is_numbered, width: digits + 2 })
    }

    const fn is_like(self, other: Self) -> bool {
        self.is_numbered == other.is_numbered
    }
}

/// Whether behind blank lines the same list goes on.
fn goes_on(lines: &[&str], indent: usize, first: Marker) -> bool {
    let next = lines.iter().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| {
        Marker::of(line).is_some_and(|marker| marker.is_like(first)) || line.starts_with(&" ".repeat(indent))
    })
}

/// A text as it is, up to its closing fence.
fn listing(lines: &[&str]) -> Option<(usize, String)> {
    let (first, rest) = lines.split_first()?;
    let fence = &first[..first.len() - first.trim_start_matches('`').len()];
    let length = rest.iter().position(|line| line.trim_end() == fence)?;
    Some((length + 2, format!("<pre>{}</pre>", escaped(&rest[..length].join("\n")))))
}

/// Whether a line stands between the head of a table and its rows.
fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains("---") && line.chars().all(|letter| "|-: ".contains(letter))
}

/// The cells of a row; a bar behind a backslash belongs to its cell.
fn cells(row: &str) -> Vec<String> {
    const BAR: char = '\u{e000}';
    let row = row.replace("\\|", &BAR.to_string());
    let inner = row.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().replace(BAR, "|")).collect()
}
