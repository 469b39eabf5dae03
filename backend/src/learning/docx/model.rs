//! A document as it is understood: what it says, and nothing of how it was written.

use shared::learning::{DocxRemark, DocxRemarkKind};
use std::collections::BTreeMap;

/// Remarks that a report has room for.
const MAX_REMARKS: usize = 500;
/// Characters of a text that a remark repeats.
const MAX_DETAIL_CHARS: usize = 60;

/// A whole document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What it calls itself, if it does.
    pub(super) title: Option<String>,
    pub(super) blocks: Vec<Block>,
    /// Footnotes and endnotes, in the order in which the text names them.
    pub(super) notes: Vec<Vec<Inline>>,
    /// Every place of a picture, in order.
    pub(super) pictures: Vec<Picture>,
    /// The files of the pictures, by the paths of their parts.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) report: Report,
}

/// A paragraph or a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading { level: u8, inlines: Vec<Inline> },
    Paragraph(Vec<Inline>),
    Item(Item),
    Table(Vec<Vec<Cell>>),
}

/// An item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Which list it belongs to.
    pub(super) list: String,
    /// From 0.
    pub(super) depth: usize,
    /// Its number; absent in a list of bullets.
    pub(super) number: Option<u32>,
    /// Whether its author sees the number as a letter.
    pub(super) is_lettered: bool,
    pub(super) inlines: Vec<Inline>,
}

/// A cell of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) inlines: Vec<Inline>,
    /// Columns that it spans.
    pub(super) columns: usize,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Text {
        text: String,
        look: Look,
    },
    /// A new line within the paragraph.
    Break,
    Link {
        address: String,
        inlines: Vec<Inline>,
    },
    /// One of the document's pictures.
    Picture(usize),
    Formula {
        latex: String,
        /// Whether it stands on a line of its own.
        is_apart: bool,
    },
    /// One of the document's notes.
    Note(usize),
}

/// How a text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
}

/// A place of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// The path of its file.
    pub(super) part: String,
    /// What is to be seen on it; empty if the author wrote nothing.
    pub(super) words: String,
    pub(super) place: Place,
}

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The heading above.
    pub(super) heading: String,
    /// From 1.
    pub(super) paragraph: u32,
}

/// What is to be known of a document.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) remarks: Vec<DocxRemark>,
    /// Those that had no room.
    pub(super) left_out: u32,
}

impl Report {
    /// Notes something, once for each place and detail.
    pub(super) fn note(&mut self, kind: DocxRemarkKind, place: &Place, detail: &str) {
        let (heading, paragraph) = (place.heading.clone(), place.paragraph);
        let remark = DocxRemark { kind, heading, paragraph, detail: shortened(detail, MAX_DETAIL_CHARS) };
        let same_paragraph = self.remarks.iter().rev().take_while(|earlier| earlier.paragraph == paragraph);
        if same_paragraph.take(MAX_REMARKS).any(|earlier| *earlier == remark) {
            return;
        }
        if self.remarks.len() < MAX_REMARKS {
            self.remarks.push(remark);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    /// Notes something once for the whole document: where it is met first.
    pub(super) fn note_first(&mut self, kind: DocxRemarkKind, place: &Place, detail: &str) {
        if self.remarks.iter().all(|earlier| earlier.kind != kind) {
            self.note(kind, place, detail);
        }
    }
}

/// A text on one line, of so many characters at most.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let mut short = String::new();
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            short.push(' ');
        }
        short.push_str(word);
        if short.len() > most * 4 {
            break;
        }
    }
    if short.chars().count() <= most {
        return short;
    }
    let mut cut: String = short.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// What parts of a paragraph say, without their looks.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text: own, .. } => text.push_str(own),
            Inline::Break => text.push(' '),
            Inline::Link { inlines, .. } => text.push_str(&plain(inlines)),
            Inline::Formula { latex, .. } => text.push_str(latex),
            Inline::Picture(_) | Inline::Note(_) => {}
        }
    }
    text
}

/// Whether there is nothing to be read or seen in parts of a paragraph.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text { text, .. } => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Link { inlines, .. } => is_blank(inlines),
        Inline::Picture(_) | Inline::Formula { .. } | Inline::Note(_) => false,
    })
}
