//! Writes HTML as the Markdown of items. Whatever a letter would mean there, it says itself; what has no place in an
//! item is reported by its name.

pub(super) mod letters;

use super::{
    ImportError,
    import::import_error,
    xml::{Element, Node},
};
use crate::media::picture_at;
use letters::{beginning, code, dressed, escaped};

/// Reports that one text may have.
const MAX_LOSSES: usize = 500;
/// Cells of a table once all of its rows are as wide as the widest.
const MAX_CELLS: usize = 10_000;
/// Elements that only hold others, those of QTI first.
const HOLDERS: &[&str] = &[
    "choiceInteraction",
    "extendedTextInteraction",
    "matchInteraction",
    "rubricBlock",
    "feedbackBlock",
    "contentBody",
    "prompt",
    "article",
    "aside",
    "body",
    "center",
    "div",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "figure",
    "figcaption",
    "footer",
    "form",
    "header",
    "html",
    "main",
    "nav",
    "p",
    "section",
    "address",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "tr",
    "td",
    "th",
    "li",
];
/// Elements that stand on lines of their own and are more than holders.
const BLOCKS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "hr"];
/// Elements within a line that say nothing of their own.
const PLAIN: &[&str] = &[
    "a", "abbr", "big", "cite", "dfn", "label", "small", "tt", "var", "bdi", "bdo", "wbr", "q", "ruby", "rb", "rt",
    "rp", "head", "title", "nobr", "col", "colgroup",
];

/// What is not taken of a text.
#[derive(Debug, Default)]
pub(super) struct Losses(pub(super) Vec<ImportError>);

impl Losses {
    /// Notes that something of this name is not taken, once a line.
    pub(super) fn note(&mut self, line: u32, code: &str, name: &str) {
        let is_known = |loss: &ImportError| loss.line == line && loss.code == code && loss.name == name;
        if self.0.len() > MAX_LOSSES || self.0.iter().rev().take_while(|loss| loss.line == line).any(is_known) {
            return;
        }
        let code = if self.0.len() == MAX_LOSSES { "more_left_out" } else { code };
        self.0.push(ImportError { name: name.to_owned(), ..import_error(line, code) });
    }

    /// All of them, in the order of the text.
    pub(super) fn in_order(mut self) -> Vec<ImportError> {
        self.0.sort_by_key(|loss| loss.line);
        self.0
    }
}

/// What an element becomes that the format of the items knows; `None` leaves it to the writer.
pub(super) type Known<'k> = dyn FnMut(&Element, &mut Losses) -> Option<String> + 'k;

/// The Markdown of what lies in an element.
pub(super) fn markdown(nodes: &[Node], losses: &mut Losses, known: &mut Known<'_>) -> String {
    Writer { losses, known }.blocks(nodes).join("\n\n")
}

/// The first element of MathML, which has no Markdown; what is said only as feedback is not looked at.
pub(super) fn math(nodes: &[Node]) -> Option<&Element> {
    let elements = nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    let mut elements = elements.filter(|element| !matches!(element.name.as_str(), "feedbackBlock" | "feedbackInline"));
    elements.find_map(|element| {
        let is_math = element.name == "math" || element.name.starts_with("m:");
        if is_math { Some(element) } else { math(&element.nodes) }
    })
}

struct Writer<'w, 'k> {
    losses: &'w mut Losses,
    known: &'w mut Known<'k>,
}

impl Writer<'_, '_> {
    /// The blocks of a text, without the blank lines between them.
    fn blocks(&mut self, nodes: &[Node]) -> Vec<String> {
        let (mut blocks, mut line) = (Vec::new(), String::new());
        for node in nodes {
            match node {
                Node::Element(element) if is_block(element) => {
                    end_paragraph(&mut line, &mut blocks);
                    self.block(element, &mut blocks);
                }
                node => self.inline(node, &mut line),
            }
        }
        end_paragraph(&mut line, &mut blocks);
        blocks
    }

    fn block(&mut self, element: &Element, blocks: &mut Vec<String>) {
        if let Some(text) = (self.known)(element, self.losses) {
            blocks.extend((!text.is_empty()).then_some(text));
            return;
        }
        match element.name.as_str() {
            "ul" => blocks.extend(self.list(element, |_| "- ".to_owned())),
            "ol" => blocks.extend(self.list(element, |number| format!("{number}. "))),
            "blockquote" => {
                let inner = self.blocks(&element.nodes).join("\n\n");
                blocks.push(
                    inner.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n"),
                );
            }
            "pre" => blocks.push(code(&element.text())),
            "table" => blocks.extend(self.table(element)),
            "hr" => blocks.push("---".to_owned()),
            name => match name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok()) {
                Some(level) if BLOCKS.contains(&name) => {
                    let words = self.line(&element.nodes);
                    blocks.extend((!words.is_empty()).then(|| format!("{} {words}", "#".repeat(level))));
                }
                _ => blocks.extend(self.blocks(&element.nodes)),
            },
        }
    }

    fn list(&mut self, list: &Element, mark: impl Fn(usize) -> String) -> Option<String> {
        let mut lines = Vec::new();
        for element in list.elements() {
            let mark = mark(lines.len() + 1);
            let indent = " ".repeat(mark.len());
            let inner = self.blocks(&element.nodes).join("\n\n");
            let inner = inner.lines().enumerate().map(|(at, line)| match (at, line.is_empty()) {
                (0, _) => format!("{mark}{line}"),
                (_, true) => String::new(),
                (_, false) => format!("{indent}{line}"),
            });
            let item: Vec<String> = inner.collect();
            lines.push(if item.is_empty() { mark.trim_end().to_owned() } else { item.join("\n") });
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// A table behind what stands over it; of one that is too large only what its cells say.
    fn table(&mut self, table: &Element) -> Vec<String> {
        let mut blocks = Vec::new();
        for part in table.elements() {
            match part.name.as_str() {
                "caption" => blocks.extend(self.blocks(&part.nodes)),
                "tr" | "thead" | "tbody" | "tfoot" | "col" | "colgroup" => {}
                name => self.losses.note(part.line, "left_out", name),
            }
        }
        let mut rows = Vec::new();
        table.find_all(&|name| name == "tr", &mut rows);
        let columns = rows.iter().map(|row| cells(row).count()).max().unwrap_or_default();
        if columns.saturating_mul(rows.len()) > MAX_CELLS {
            self.losses.note(table.line, "left_out", "table");
            for cell in rows.into_iter().flat_map(cells) {
                blocks.extend(self.blocks(&cell.nodes));
            }
        } else if columns > 0 {
            blocks.push(self.rows(&rows, columns));
        }
        blocks
    }

    /// The rows of a table, of which the first is its header.
    fn rows(&mut self, rows: &[&Element], columns: usize) -> String {
        let mut lines = Vec::new();
        for row in rows {
            let mut line = String::from("|");
            for cell in cells(row) {
                for span in ["colspan", "rowspan"] {
                    if cell.attribute(span).is_some_and(|span| span.trim() != "1") {
                        self.losses.note(cell.line, "left_out", span);
                    }
                }
                let words = self.line(&cell.nodes).replace('|', "\\|");
                line.push_str(&format!(" {words} |"));
            }
            line.push_str(&" |".repeat(columns - cells(row).count()));
            lines.push(line);
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines.join("\n")
    }

    /// What must stay on one line.
    fn line(&mut self, nodes: &[Node]) -> String {
        self.blocks(nodes).join(" ").replace("\\\n", " ").replace('\n', " ")
    }

    fn inline(&mut self, node: &Node, out: &mut String) {
        let element = match node {
            Node::Text(text) => return letters::write(text, out),
            Node::Element(element) => element,
        };
        if let Some(text) = (self.known)(element, self.losses) {
            return out.push_str(&text);
        }
        match element.name.as_str() {
            "br" => out.push('\n'),
            "b" | "strong" => self.dressed(element, ("**", "b"), out),
            "i" | "em" => self.dressed(element, ("*", "i"), out),
            "sub" | "sup" | "u" | "s" => self.dressed(element, ("", &element.name), out),
            "del" | "strike" => self.dressed(element, ("", "s"), out),
            "ins" => self.dressed(element, ("", "u"), out),
            "code" | "kbd" | "samp" => self.dressed(element, ("", "code"), out),
            "img" => self.picture(element, out),
            "span" | "font" => self.span(element, out),
            "a" if element.attribute("href").is_some() => {
                let address = element.attribute("href").unwrap_or_default();
                self.losses.note(element.line, "link_left_out", address);
                self.inlines(&element.nodes, out);
            }
            name => {
                if !PLAIN.contains(&name) {
                    self.losses.note(element.line, "left_out", name);
                }
                self.inlines(&element.nodes, out);
            }
        }
    }

    /// A part of a line that may be underlined or struck out by its style.
    fn span(&mut self, span: &Element, out: &mut String) {
        let style = span.attribute("style").unwrap_or_default().to_ascii_lowercase();
        let lines: Vec<&str> = style.split(';').filter(|rule| rule.trim().starts_with("text-decoration")).collect();
        let has = |line: &str| lines.iter().any(|rule| rule.contains(line));
        if has("line-through") {
            return self.dressed(span, ("", "s"), out);
        }
        if has("underline") {
            return self.dressed(span, ("", "u"), out);
        }
        if has("overline") {
            self.losses.note(span.line, "left_out", "style");
        }
        self.inlines(&span.nodes, out);
    }

    fn inlines(&mut self, nodes: &[Node], out: &mut String) {
        for node in nodes {
            self.inline(node, out);
        }
    }

    fn dressed(&mut self, element: &Element, look: (&str, &str), out: &mut String) {
        let mut inner = String::new();
        self.inlines(&element.nodes, &mut inner);
        dressed(&inner, look, out);
    }

    /// A picture that came along is shown. Another one is told by its words; its file is not taken.
    fn picture(&mut self, picture: &Element, out: &mut String) {
        let file = picture.attribute("src").unwrap_or_default();
        let words = picture.attribute("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if picture_at(file).is_some() {
            out.push_str(&format!("![{}]({file})", escaped(&words)));
            return;
        }
        let name = if file.starts_with("data:") { "data:" } else { file.rsplit('/').next().unwrap_or(file) };
        self.losses.note(picture.line, "picture_left_out", name);
        out.push_str(&escaped(&words));
    }
}

/// The cells of a row.
fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
}

/// Whether an element stands on lines of its own, or holds one that does.
fn is_block(element: &Element) -> bool {
    let name = element.name.as_str();
    HOLDERS.contains(&name) || BLOCKS.contains(&name) || element.elements().any(is_block)
}

/// Ends the paragraph that is being written.
fn end_paragraph(line: &mut String, blocks: &mut Vec<String>) {
    let text = std::mem::take(line);
    let lines: Vec<String> = text.split('\n').map(|line| beginning(line.trim())).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let kept = lines.get(first..end).unwrap_or_default();
    if !kept.is_empty() {
        blocks.push(kept.join("\\\n"));
    }
}

#[cfg(test)]
mod tests;
