//! Where a document is divided: its headings become modules and units.

use super::model::{Block, Document, Inline, Place, plain, shortened};
use shared::learning::{DocxRemarkKind as Kind, DocxSplit, MAX_TITLE_CHARS};
use std::mem;

/// A module to be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chapter {
    pub(super) title: String,
    pub(super) sections: Vec<Section>,
}

/// A unit to be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) title: String,
    /// The level of the heading that it begins with.
    pub(super) level: u8,
    pub(super) blocks: Vec<Block>,
}

/// Divides a document. `name` is what its file is called, and the title of what no heading has a title for.
pub(super) fn divide(document: &mut Document, split: DocxSplit, name: &str) -> Vec<Chapter> {
    let title = document.title.take().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| name.to_owned());
    let blocks = mem::take(&mut document.blocks);
    let (chapter_level, section_level) = levels(&blocks, split);
    if chapter_level.is_none() && section_level.is_none() {
        document.report.note_first(Kind::NoHeadings, &Place::default(), "");
    }
    let mut chapters = vec![Chapter { title: titled(document, &title), sections: Vec::new() }];
    for block in blocks {
        match block {
            Block::Heading { level, inlines } if Some(level) == chapter_level => {
                let title = titled(document, &plain(&inlines));
                let sections =
                    unsaid(inlines).map(|block| Section { title: title.clone(), level, blocks: vec![block] });
                chapters.push(Chapter { title, sections: sections.into_iter().collect() });
            }
            Block::Heading { level, inlines } if Some(level) == section_level => {
                let title = titled(document, &plain(&inlines));
                let section = Section { title, level, blocks: unsaid(inlines).into_iter().collect() };
                if let Some(chapter) = chapters.last_mut() {
                    chapter.sections.push(section);
                }
            }
            block => {
                // What stands before the first heading of its kind has the title of the whole.
                let level = section_level.or(chapter_level).unwrap_or(1);
                if let Some(section) = chapters.last_mut().map(|chapter| last_section(chapter, level)) {
                    section.blocks.push(block);
                }
            }
        }
    }
    if chapters.first().is_some_and(|first| first.sections.is_empty()) {
        chapters.remove(0);
    }
    chapters
}

/// The unit that is being filled.
fn last_section(chapter: &mut Chapter, level: u8) -> &mut Section {
    if chapter.sections.is_empty() {
        let section = Section { title: chapter.title.clone(), level, blocks: Vec::new() };
        chapter.sections.push(section);
    }
    let last = chapter.sections.len() - 1;
    &mut chapter.sections[last]
}

/// The levels of the headings that become modules and units.
fn levels(blocks: &[Block], split: DocxSplit) -> (Option<u8>, Option<u8>) {
    let of = |block: &Block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let highest = blocks.iter().filter_map(of).min();
    let next = blocks.iter().filter_map(of).filter(|level| Some(*level) > highest).min();
    match split {
        DocxSplit::Modules => (highest, next),
        DocxSplit::Units => (None, highest),
    }
}

/// A title, no longer than titles are.
fn titled(document: &mut Document, words: &str) -> String {
    let title = shortened(words, MAX_TITLE_CHARS);
    if title.ends_with('…') && !words.trim_end().ends_with('…') {
        document.report.note(Kind::TitleShortened, &Place::default(), words);
    }
    title
}

/// What of a heading a title cannot hold: it stands at the beginning of the text then.
fn unsaid(inlines: Vec<Inline>) -> Option<Block> {
    let is_more = |inline: &Inline| !matches!(inline, Inline::Text { .. } | Inline::Break | Inline::Link { .. });
    inlines.iter().any(is_more).then_some(Block::Paragraph(inlines))
}

/// The first words of a text.
pub(super) fn first_words(blocks: &[Block], most: usize) -> String {
    let mut words = String::new();
    for block in blocks {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph(inlines) => words.push_str(&plain(inlines)),
            Block::Item(item) => words.push_str(&plain(&item.inlines)),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    words.push_str(&plain(&cell.inlines));
                    words.push(' ');
                }
            }
        }
        words.push(' ');
        if words.chars().count() > most {
            break;
        }
    }
    shortened(&words, most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::docx::model::Look;

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text { text: words.to_owned(), look: Look::default() }]
    }

    fn heading(level: u8, words: &str) -> Block {
        Block::Heading { level, inlines: text(words) }
    }

    fn said(words: &str) -> Block {
        Block::Paragraph(text(words))
    }

    #[track_caller]
    fn check(blocks: Vec<Block>, split: DocxSplit, expected: &[(&str, &[(&str, usize)])]) {
        let mut document = Document { blocks, ..Document::default() };
        let chapters = divide(&mut document, split, "File");
        let found: Vec<(&str, Vec<(&str, usize)>)> = chapters
            .iter()
            .map(|chapter| {
                let sections = chapter.sections.iter();
                (
                    chapter.title.as_str(),
                    sections.map(|section| (section.title.as_str(), section.blocks.len())).collect(),
                )
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(title, sections)| (*title, sections.to_vec())).collect();
        assert_eq!(found, expected);
    }

    fn book() -> Vec<Block> {
        vec![
            said("preface"),
            heading(1, "A"),
            said("before"),
            heading(2, "A1"),
            said("x"),
            heading(3, "deep"),
            said("y"),
            heading(1, "B"),
            heading(2, "B1"),
            said("z"),
        ]
    }

    #[test]
    fn the_highest_headings_become_modules_or_units_as_one_chooses() {
        check(
            book(),
            DocxSplit::Modules,
            &[("File", &[("File", 1)]), ("A", &[("A", 1), ("A1", 3)]), ("B", &[("B1", 1)])],
        );
        check(book(), DocxSplit::Units, &[("File", &[("File", 1), ("A", 5), ("B", 2)])]);
    }

    #[test]
    fn headings_count_by_their_order_and_not_by_their_numbers() {
        let blocks = vec![heading(3, "A"), heading(6, "A1"), said("x")];
        check(blocks, DocxSplit::Modules, &[("A", &[("A1", 1)])]);
    }

    #[test]
    fn a_document_without_headings_becomes_one_unit() {
        check(vec![said("x"), said("y")], DocxSplit::Modules, &[("File", &[("File", 2)])]);
        check(Vec::new(), DocxSplit::Units, &[]);
    }

    #[test]
    fn a_module_without_a_text_is_there() {
        check(vec![heading(1, "A"), heading(1, "B"), said("x")], DocxSplit::Modules, &[("A", &[]), ("B", &[("B", 1)])]);
    }

    #[test]
    fn a_formula_in_a_heading_is_not_lost() {
        let formula = Inline::Formula { latex: "x^2".to_owned(), is_apart: false };
        let blocks = vec![Block::Heading { level: 1, inlines: vec![formula] }, said("x")];
        check(blocks, DocxSplit::Units, &[("File", &[("x^2", 2)])]);
    }
}
