//! A document as lines of text, for who reads items out of it: the numbers and letters of its lists stand before their
//! lines, as its author sees them.

use super::{
    AT_A_TIME, addresses,
    model::{Block, Document, Inline, Item},
    reader, small_pictures,
};
use crate::{
    media::SmallPicture,
    platform::error::{AppError, AppResult},
};
use actix_web::web::{Bytes, block};
use shared::learning::DocxRemarkKind;

/// What is between the cells of a row.
const BETWEEN_CELLS: &str = "    ";

/// A document as text.
#[derive(Debug, Default)]
pub struct DocxText {
    /// Its lines; pictures stand in them as Markdown.
    pub text: String,
    /// What of it is not in them, with the line or the paragraph where it was.
    pub losses: Vec<(u32, String)>,
    /// The pictures that are not, in the same way.
    pub lost_pictures: Vec<(u32, String)>,
    /// The pictures that are, and of which nobody has written what is to be seen.
    pub wordless_pictures: Vec<(u32, String)>,
    /// The pictures that are, each once. They are not kept yet.
    pub pictures: Vec<SmallPicture>,
}

/// Reads a document.
///
/// # Errors
/// The field `/file` if it is none that can be read.
pub async fn docx_text(bytes: Bytes) -> AppResult<DocxText> {
    let _turn = AT_A_TIME.acquire().await.map_err(AppError::internal)?;
    let read = block(move || reader::read(&bytes)).await.map_err(AppError::internal)?;
    let mut document = read.map_err(|error| AppError::field("/file", error.field_code()))?;
    let small = small_pictures(&mut document).await?;
    let addresses = addresses(&document, &small);
    let text = block(move || written(&document, &addresses)).await.map_err(AppError::internal)?;
    Ok(DocxText { pictures: small.into_values().collect(), ..text })
}

/// The text of a document without its pictures, if it is one: for who tries the reader with whatever there may be.
#[must_use]
pub fn docx_words(bytes: &[u8]) -> Option<String> {
    let document = reader::read(bytes).ok()?;
    let addresses = vec![None; document.pictures.len()];
    Some(written(&document, &addresses).text)
}

fn written(document: &Document, addresses: &[Option<String>]) -> DocxText {
    let mut writer = Writer { document, addresses, lines: 0, written: DocxText::default() };
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
    // How lists are numbered is in the lines; pictures are told at theirs.
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
    /// Where its pictures are going to be.
    addresses: &'d [Option<String>],
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
                Inline::Picture(at) => words.push_str(&self.picture(*at)),
                Inline::Note(_) => self.written.losses.push((self.lines.saturating_add(1), "footnote".to_owned())),
            }
        }
        words
    }

    /// A picture as Markdown; nothing where it cannot be taken, which is told.
    fn picture(&mut self, at: usize) -> String {
        let Some(picture) = self.document.pictures.get(at) else { return String::new() };
        let name = picture.part.rsplit('/').next().unwrap_or_default();
        let told = (self.lines.saturating_add(1), name.to_owned());
        let Some(address) = self.addresses.get(at).and_then(Option::as_deref) else {
            self.written.lost_pictures.push(told);
            return String::new();
        };
        let words = picture.words.replace(['[', ']'], "");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            self.written.wordless_pictures.push(told);
        }
        format!("![{words}]({address})")
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::model::{Look, Picture, Place},
        *,
    };

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text { text: words.to_owned(), look: Look::default() }]
    }

    fn picture(words: &str) -> Picture {
        Picture { part: "word/media/image1.png".to_owned(), words: words.to_owned(), place: Place::default() }
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
        assert_eq!(written(&document, &[]).text, expected);
    }

    #[test]
    fn formulas_are_taken_and_what_is_not_is_told_at_its_line() {
        let mut inlines = text("若 ");
        inlines.push(Inline::Formula { latex: "x^2".to_owned(), is_apart: false });
        inlines.extend([Inline::Break, Inline::Picture(0), Inline::Note(0)]);
        let blocks = vec![Block::Paragraph(text("首行")), Block::Paragraph(inlines)];
        let read = written(&Document { blocks, pictures: vec![picture("")], ..Document::default() }, &[None]);
        assert_eq!(read.text, "首行\n若 $x^2$\n");
        assert_eq!(read.lost_pictures, [(2, "image1.png".to_owned())]);
        assert_eq!((read.wordless_pictures, read.losses), (Vec::new(), vec![(2, "footnote".to_owned())]));
    }

    #[test]
    fn pictures_stand_where_they_stood_and_those_without_words_are_told() {
        let blocks = vec![
            Block::Paragraph(text("1. 看图").into_iter().chain([Inline::Picture(0)]).collect()),
            item(0, Some(1), true, "两个"),
            Block::Paragraph(vec![Inline::Picture(1)]),
        ];
        let document =
            Document {
                blocks, pictures: vec![picture(" 两个[相交]的\n圆 "), picture("")], ..Document::default()
            };
        let read = written(&document, &[Some("/a".to_owned()), Some("/b".to_owned())]);
        assert_eq!(read.text, "1. 看图![两个相交的 圆](/a)\nA. 两个\n![](/b)\n");
        assert_eq!((read.lost_pictures, read.wordless_pictures), (Vec::new(), vec![(3, "image1.png".to_owned())]));
    }
}
