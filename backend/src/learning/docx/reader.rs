//! From the parts of a document to what it says: paragraphs, lists and tables.

use super::{
    DocxError,
    model::{Block, Cell, Document, Inline, Item, Look, Place, is_blank, plain, shortened},
    package::{Package, Relations},
    runs::Field,
    styles::{Mark, Membership, Numbering, Role, Styles},
    xml::Element,
};
use shared::{learning::DocxRemarkKind as Kind, media::MAX_PICTURE_BYTES};
use std::collections::{BTreeSet, HashMap};

/// Where the text is, if a document does not say it.
const USUAL_BODY: &str = "word/document.xml";
/// Characters of a heading that a place repeats.
const PLACE_CHARS: usize = 60;
/// Columns that a table may have, as word processors have it.
const MAX_COLUMNS: usize = 63;
/// Cells that are merged are one matter if they are no farther from each other, in paragraphs.
const ROWS_APART: u32 = 64;

/// Everything that is looked up while the text is read.
pub(super) struct Parts {
    pub(super) styles: Styles,
    numbering: Numbering,
    pub(super) relations: Relations,
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
    pub(super) comments: Notes,
}

/// Notes by their ids, with what they speak of.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) notes: HashMap<String, Element>,
    pub(super) relations: Relations,
}

/// Reads a text; `relations` are those of the part that is being read.
pub(super) struct Reader<'p> {
    pub(super) parts: &'p Parts,
    pub(super) relations: &'p Relations,
    pub(super) document: Document,
    pub(super) place: Place,
    /// The fields that have begun and not ended.
    pub(super) fields: Vec<Field>,
    /// The notes that have been read, by their kind and id, each with its number.
    pub(super) known_notes: HashMap<(bool, String), usize>,
    pub(super) is_in_note: bool,
    /// How far each list has counted, by depth.
    counts: HashMap<String, Vec<u32>>,
}

/// Reads a document.
///
/// # Errors
/// If it is none, or larger than any.
pub(super) fn read(bytes: &[u8]) -> Result<Document, DocxError> {
    let mut package = Package::open(bytes)?;
    let root = package.relations("")?;
    let path = root.parts("officeDocument").first().copied().unwrap_or(USUAL_BODY).to_owned();
    let text = package.xml(&path)?.filter(|text| text.name() == "w:document").ok_or(DocxError::NotADocx)?;
    let body = text.child("w:body").ok_or(DocxError::NotADocx)?;
    let parts = parts(&mut package, &path)?;
    let mut reader = Reader {
        parts: &parts,
        relations: &parts.relations,
        document: Document::default(),
        place: Place::default(),
        fields: Vec::new(),
        known_notes: HashMap::new(),
        is_in_note: false,
        counts: HashMap::new(),
    };
    reader.blocks(body);
    let mut document = reader.document;
    note_margins(&mut package, &parts.relations, &mut document)?;
    take_files(&mut package, &mut document)?;
    Ok(document)
}

fn parts(package: &mut Package<'_>, path: &str) -> Result<Parts, DocxError> {
    let relations = package.relations(path)?;
    let only = |kind: &str| relations.parts(kind).first().map(|path| (*path).to_owned());
    let mut part = |kind: &str| only(kind).map(|path| package.xml(&path)).transpose().map(Option::flatten);
    let (styles, numbering) = (part("styles")?, part("numbering")?);
    Ok(Parts {
        styles: Styles::read(styles.as_ref()),
        numbering: Numbering::read(numbering.as_ref()),
        footnotes: notes(package, only("footnotes"))?,
        endnotes: notes(package, only("endnotes"))?,
        comments: notes(package, only("comments"))?,
        relations,
    })
}

fn notes(package: &mut Package<'_>, path: Option<String>) -> Result<Notes, DocxError> {
    let Some(path) = path else { return Ok(Notes::default()) };
    let Some(part) = package.xml(&path)? else { return Ok(Notes::default()) };
    let notes = part.into_elements().filter_map(|note| Some((note.attribute("w:id")?.to_owned(), note)));
    Ok(Notes { notes: notes.collect(), relations: package.relations(&path)? })
}

/// Notes what stands in the margins of each page.
fn note_margins(package: &mut Package<'_>, relations: &Relations, document: &mut Document) -> Result<(), DocxError> {
    let mut seen = BTreeSet::new();
    for kind in ["header", "footer"] {
        for path in relations.parts(kind) {
            let text = package.xml(path)?.map(|part| part.text()).unwrap_or_default();
            // The number of the page alone is no loss.
            if text.chars().any(char::is_alphabetic) && seen.insert(text.clone()) {
                document.report.note(Kind::HeaderFooter, &Place::default(), &text);
            }
        }
    }
    Ok(())
}

/// Unpacks each picture once.
fn take_files(package: &mut Package<'_>, document: &mut Document) -> Result<(), DocxError> {
    let most = u64::try_from(MAX_PICTURE_BYTES).unwrap_or(u64::MAX);
    let wanted: BTreeSet<String> = document.pictures.iter().map(|picture| picture.part.clone()).collect();
    for path in wanted {
        let file = match package.part(&path, most) {
            Ok(file) => file,
            // This picture is too large, or broken; the rest of the document need not be.
            Err(DocxError::TooLarge | DocxError::NotADocx) => None,
            Err(error) => return Err(error),
        };
        if let Some(file) = file {
            document.files.insert(path, file);
        }
    }
    Ok(())
}

/// Of the ways in which something is written, the one that says most.
pub(super) fn chosen(alternatives: &Element) -> Option<&Element> {
    alternatives.child("mc:Choice").or_else(|| alternatives.child("mc:Fallback"))
}

impl Reader<'_> {
    /// Notes something of this place.
    pub(super) fn note(&mut self, kind: Kind, detail: &str) {
        self.document.report.note(kind, &self.place, detail);
    }

    pub(super) fn note_first(&mut self, kind: Kind, detail: &str) {
        self.document.report.note_first(kind, &self.place, detail);
    }

    /// Reads what stands one below the other.
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name() {
                "w:p" => self.paragraph(element),
                "w:tbl" => self.table(element),
                "w:sdt" => self.framed(element),
                "w:customXml" | "w:ins" | "w:moveTo" => self.blocks(element),
                "w:del" | "w:moveFrom" => self.note(Kind::Deletion, &element.text()),
                "mc:AlternateContent" => chosen(element).into_iter().for_each(|chosen| self.blocks(chosen)),
                "w:altChunk" => self.note(Kind::SubDocument, ""),
                "m:oMathPara" | "m:oMath" => {
                    let mut inlines = Vec::new();
                    self.formulas(element, true, &mut inlines);
                    self.document.blocks.push(Block::Paragraph(inlines));
                }
                _ => {}
            }
        }
    }

    /// Reads what stands in a frame of its own, such as the table of contents.
    fn framed(&mut self, frame: &Element) {
        let gallery = frame.child("w:sdtPr").and_then(|properties| properties.find("w:docPartGallery"));
        if gallery.and_then(|gallery| gallery.attribute("w:val")) == Some("Table of Contents") {
            self.note_first(Kind::ContentsTable, "");
        } else if let Some(content) = frame.child("w:sdtContent") {
            self.blocks(content);
        }
    }

    fn paragraph(&mut self, element: &Element) {
        self.place.paragraph = self.place.paragraph.saturating_add(1);
        let properties = element.child("w:pPr");
        let role = self.parts.styles.role(properties);
        if role == Role::Contents {
            return self.note_first(Kind::ContentsTable, "");
        }
        let membership = self.parts.styles.membership(properties);
        if let Role::Heading(_) = role {
            // A field that was never ended must not swallow the rest.
            self.fields.clear();
            let words = shortened(&element.text(), PLACE_CHARS);
            if !words.is_empty() {
                self.place.heading = words;
            }
        }
        let mut inlines = Vec::new();
        self.runs(element, &mut inlines);
        self.fields.retain(Field::has_result);
        if is_blank(&inlines) {
            return;
        }
        let is_titled = self.document.title.is_some() || !self.document.blocks.is_empty();
        match role {
            Role::Title if !is_titled => self.document.title = Some(plain(&inlines)),
            Role::Heading(level) if !plain(&inlines).trim().is_empty() => {
                if membership.is_some() {
                    self.note_first(Kind::HeadingNumbers, "");
                }
                self.document.blocks.push(Block::Heading { level, inlines });
            }
            _ => {
                let block = self.item_or_paragraph(membership, inlines);
                self.document.blocks.push(block);
            }
        }
    }

    fn item_or_paragraph(&mut self, membership: Option<Membership>, inlines: Vec<Inline>) -> Block {
        let Some(member) = membership else { return Block::Paragraph(inlines) };
        let mark = self.parts.numbering.mark(&member);
        let before = self.count(&member);
        let (number, is_lettered) = match mark {
            Mark::None => return Block::Paragraph(inlines),
            Mark::Bullet => (None, false),
            Mark::Number { first, is_plain, is_lettered } => {
                if !is_plain {
                    self.note_first(Kind::Numbering, &plain(&inlines));
                }
                (Some(first.saturating_add(before)), is_lettered)
            }
        };
        Block::Item(Item { list: member.list, depth: member.depth, number, is_lettered, inlines })
    }

    /// How many items of this list stand before this one; those that lie deeper begin anew.
    fn count(&mut self, member: &Membership) -> u32 {
        let counts = self.counts.entry(member.list.clone()).or_default();
        counts.truncate(member.depth + 1);
        counts.resize(member.depth + 1, 0);
        let count = &mut counts[member.depth];
        *count = count.saturating_add(1);
        *count - 1
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        gather(table, "w:tr", &mut rows);
        let mut cells_of_rows = Vec::with_capacity(rows.len());
        for row in rows {
            let properties = row.child("w:trPr");
            if properties.is_some_and(|properties| properties.child("w:del").is_some()) {
                self.note(Kind::Deletion, &row.text());
                continue;
            }
            let mut cells = Vec::new();
            gather(row, "w:tc", &mut cells);
            cells_of_rows.push(cells);
        }
        // A frame around text: what is in it stays what it is.
        if let [cells] = cells_of_rows.as_slice()
            && let [cell] = cells.as_slice()
        {
            return self.blocks(cell);
        }
        let rows: Vec<Vec<Cell>> =
            cells_of_rows.iter().map(|cells| cells.iter().map(|cell| self.cell(cell)).collect()).collect();
        if rows.iter().flatten().any(|cell| !is_blank(&cell.inlines)) {
            self.document.blocks.push(Block::Table(rows));
        }
    }

    fn cell(&mut self, cell: &Element) -> Cell {
        let properties = cell.child("w:tcPr");
        let columns = properties.and_then(|properties| properties.value_of("w:gridSpan")?.parse().ok());
        let columns = columns.map_or(1, |columns: usize| columns.clamp(1, MAX_COLUMNS));
        let is_merged = properties.is_some_and(|properties| properties.child("w:vMerge").is_some());
        if columns > 1 || is_merged {
            self.note_first_here(Kind::MergedCells);
        }
        let outside = std::mem::take(&mut self.document.blocks);
        self.blocks(cell);
        let inside = std::mem::replace(&mut self.document.blocks, outside);
        Cell { inlines: self.flattened(inside), columns }
    }

    /// Notes something once in a row of cells.
    fn note_first_here(&mut self, kind: Kind) {
        let heading = &self.place.heading;
        let last = self.document.report.remarks.iter().rev().find(|remark| remark.kind == kind);
        let is_noted = last
            .is_some_and(|last| last.heading == *heading && last.paragraph.abs_diff(self.place.paragraph) < ROWS_APART);
        if !is_noted {
            self.note(kind, "");
        }
    }

    /// Blocks as the lines of one cell.
    fn flattened(&mut self, blocks: Vec<Block>) -> Vec<Inline> {
        let mut lines = Vec::new();
        for block in blocks {
            if !lines.is_empty() {
                lines.push(Inline::Break);
            }
            match block {
                Block::Paragraph(inlines) | Block::Heading { inlines, .. } => lines.extend(inlines),
                Block::Item(item) => {
                    let mark = item.number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
                    lines.push(Inline::Text { text: mark, look: Look::default() });
                    lines.extend(item.inlines);
                }
                Block::Table(rows) => {
                    self.note(Kind::NestedTable, "");
                    for (at, cell) in rows.into_iter().flatten().enumerate() {
                        if at > 0 {
                            lines.push(Inline::Break);
                        }
                        lines.extend(cell.inlines);
                    }
                }
            }
        }
        lines
    }
}

/// The elements of this name in a table or row, also within what frames them.
fn gather<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name() {
            own if own == name => found.push(element),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => gather(element, name, found),
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    gather(chosen, name, found);
                }
            }
            _ => {}
        }
    }
}
