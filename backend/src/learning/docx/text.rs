//! A document as lines of text, for who reads items out of it: the numbers and letters of its lists stand before their
//! lines, as its author sees them.

use super::{
    AT_A_TIME,
    model::{Block, Document, Inline, Item},
    reader,
};
use crate::platform::error::{AppError, AppResult};
use actix_web::web::{Bytes, block};
use shared::learning::DocxRemarkKind;

/// What is between the cells of a row.
const BETWEEN_CELLS: &str = "    ";

/// A document as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocxText {
    /// Its lines.
    pub text: String,
    /// What of it is not in them, with the line or the paragraph where it was.
    pub losses: Vec<(u32, String)>,
    /// The pictures that are not, in the same way.
    pub pictures: Vec<(u32, String)>,
}

/// Reads a document.
///
/// # Errors
/// The field `/file` if it is none that can be read.
pub async fn docx_text(bytes: Bytes) -> AppResult<DocxText> {
    let _turn = AT_A_TIME.acquire().await.map_err(AppError::internal)?;
    let read =
        block(move || reader::read(&bytes).map(|document| written(&document))).await.map_err(AppError::internal)?;
    read.map_err(|error| AppError::field("/file", error.field_code()))
}

fn written(document: &Document) -> DocxText {
    let mut writer = Writer { document, lines: 0, written: DocxText::default() };
    for block in &document.blocks {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph(inlines) => writer.add("", inlines),
            Block::Item(item) => writer.add(&mark(item), &item.inlines),
            Block::Table(rows) => {
                for row in rows {
                    let cells: Vec<_> = row.iter().map(|cell| writer.words(&cell.inlines)).collect();
                    writer.line(cells.join(BETWEEN_CELLS).trim_end());
                }
            }
        }
    }
    // How lists are numbered is in the lines; pictures are told where they stand.
    let is_told = |kind: DocxRemarkKind| {
        !matches!(kind, DocxRemarkKind::Numbering | DocxRemarkKind::PictureWithoutWords | DocxRemarkKind::Insertion)
    };
    for remark in document.report.remarks.iter().filter(|remark| is_told(remark.kind)) {
        let what = if remark.detail.is_empty() { remark.kind.as_str() } else { &remark.detail };
        writer.written.losses.push((remark.paragraph.max(1), what.to_owned()));
    }
    writer.written
}

/// What stands before an item of a list.
fn mark(item: &Item) -> String {
    let letter =
        |number: u32| Some(char::from(b'A' + u8::try_from(number.checked_sub(1)?).ok().filter(|at| *at < 26)?));
    match item.number {
        None => String::new(),
        Some(number) if item.is_lettered => letter(number).map(|letter| format!("{letter}. ")).unwrap_or_default(),
        Some(number) if item.depth == 0 => format!("{number}. "),
        Some(number) => format!("({number}) "),
    }
}

struct Writer<'d> {
    document: &'d Document,
    /// Lines so far.
    lines: u32,
    written: DocxText,
}

impl Writer<'_> {
    fn add(&mut self, mark: &str, inlines: &[Inline]) {
        let words = self.words(inlines);
        for line in format!("{mark}{words}").lines() {
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        self.written.text.push_str(line);
        self.written.text.push('\n');
        self.lines = self.lines.saturating_add(1);
    }

    /// What parts of a paragraph say; formulas as LaTeX.
    fn words(&mut self, inlines: &[Inline]) -> String {
        let mut words = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => words.push_str(text),
                Inline::Break => words.push('\n'),
                Inline::Link { inlines, .. } => words.push_str(&self.words(inlines)),
                Inline::Formula { latex, .. } => words.push_str(&format!("${latex}$")),
                Inline::Picture(at) => {
                    let part = self.document.pictures.get(*at).map_or("", |picture| picture.part.as_str());
                    let name = part.rsplit('/').next().unwrap_or_default().to_owned();
                    self.written.pictures.push((self.lines.saturating_add(1), name));
                }
                Inline::Note(_) => self.written.losses.push((self.lines.saturating_add(1), "footnote".to_owned())),
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::Look, *};

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text { text: words.to_owned(), look: Look::default() }]
    }

    fn item(depth: usize, number: Option<u32>, is_lettered: bool, words: &str) -> Block {
        Block::Item(Item { list: "1".to_owned(), depth, number, is_lettered, inlines: text(words) })
    }

    #[test]
    fn lists_are_numbered_and_lettered_as_their_author_sees_them() {
        let document = Document {
            blocks: vec![
                item(0, Some(7), false, "我国的首都是（　）"),
                item(0, Some(1), true, "上海"),
                item(1, Some(2), true, "北京"),
                Block::Paragraph(text("答案：B")),
                item(1, Some(3), false, "小题"),
                item(0, None, false, "点"),
                item(0, Some(27), true, "太多"),
            ],
            ..Document::default()
        };
        let expected = "7. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n(3) 小题\n点\n太多\n";
        assert_eq!(written(&document).text, expected);
    }

    #[test]
    fn formulas_are_taken_and_what_is_not_is_told_at_its_line() {
        let mut inlines = text("若 ");
        inlines.push(Inline::Formula { latex: "x^2".to_owned(), is_apart: false });
        inlines.extend([Inline::Break, Inline::Picture(0), Inline::Note(0)]);
        let blocks = vec![Block::Paragraph(text("首行")), Block::Paragraph(inlines)];
        let read = written(&Document { blocks, ..Document::default() });
        assert_eq!(read.text, "首行\n若 $x^2$\n");
        assert_eq!((read.pictures, read.losses), (vec![(2, String::new())], vec![(2, "footnote".to_owned())]));
    }
}
