//! What a document says, as the Markdown of a lesson. Whatever a letter would mean there, it says itself.

mod inlines;
mod lists;

use super::model::{Block, Cell, Document};
use inlines::Writer;
use lists::Lists;

/// Levels of headings.
const LEVELS: std::ops::RangeInclusive<u8> = 2..=6;

/// A lesson as it is written.
pub(super) struct Lesson {
    pub(super) markdown: String,
    /// The document's pictures in it.
    pub(super) pictures: Vec<usize>,
}

/// Writes a lesson. `level` is that of the heading that became its title, and `addresses` say where the
/// document's pictures are; those without an address are left out.
pub(super) fn lesson(blocks: &[Block], level: u8, document: &Document, addresses: &[Option<String>]) -> Lesson {
    let mut writer = Writer::new(document, addresses);
    let (mut lists, mut lines) = (Lists::default(), Vec::<String>::new());
    for block in blocks {
        if !matches!(block, Block::Item(_)) {
            lists.end();
        }
        let text = match block {
            Block::Heading { level: own, inlines } => {
                let depth = own.saturating_sub(level).saturating_add(1).clamp(*LEVELS.start(), *LEVELS.end());
                let words = writer.line(inlines);
                format!("{} {words}", "#".repeat(usize::from(depth)))
            }
            Block::Paragraph(inlines) => writer.paragraph(inlines),
            Block::Item(item) => {
                let words = writer.paragraph(&item.inlines);
                let item = lists.item(item, &words);
                // Items follow each other closely, so that they stay one list.
                if let Some(last) = lines.last_mut().filter(|_| lists.goes_on()) {
                    last.push('\n');
                    last.push_str(&item);
                    continue;
                }
                item
            }
            Block::Table(rows) => table(rows, &mut writer),
        };
        if !text.trim().is_empty() {
            lines.push(text);
        }
    }
    lines.extend(writer.notes());
    Lesson { markdown: lines.join("\n\n"), pictures: writer.into_pictures() }
}

/// A table, whose first row is its header.
fn table(rows: &[Vec<Cell>], writer: &mut Writer<'_>) -> String {
    let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    let columns = rows.iter().map(width).max().unwrap_or_default();
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::from("|");
        for cell in row {
            line.push(' ');
            line.push_str(&writer.cell(&cell.inlines));
            line.push_str(&" |".repeat(cell.columns));
        }
        if at == 0 {
            line.push_str(&" |".repeat(columns.saturating_sub(width(row))));
        }
        lines.push(line);
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
