//! What stands within a paragraph: letters, links, fields, notes and formulas.

use super::{
    formula,
    model::{Inline, Look, is_blank},
    package::Target,
    reader::{Notes, Reader, chosen},
    styles::is_on,
    xml::Element,
};
use shared::learning::DocxRemarkKind as Kind;

/// Fields that lie within each other.
const MAX_FIELDS: usize = 32;
/// Letters of a blank to fill in that is drawn by underlined spaces.
const BLANK_CHARS: std::ops::RangeInclusive<usize> = 4..=20;

/// A field: an instruction to the word processor, then what it made of it.
pub(super) struct Field {
    instruction: String,
    is_shown: bool,
}

impl Field {
    /// Whether the instruction is over and its result has begun.
    pub(super) const fn has_result(&self) -> bool {
        self.is_shown
    }

    fn name(&self) -> String {
        self.instruction.split_whitespace().next().unwrap_or_default().to_uppercase()
    }

    /// Where it leads, if it is a link.
    fn address(&self) -> Option<&str> {
        let (switches, address) = self.instruction.split_once('"')?;
        // With this switch it leads to another place of the document.
        let leads_away = self.name() == "HYPERLINK" && !switches.contains("\\l");
        address.split('"').next().filter(|_| leads_away)
    }
}

/// Whether a link leads to a page of the web.
fn is_of_the_web(address: &str) -> bool {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

impl Reader<'_> {
    /// Reads what stands one behind the other.
    pub(super) fn runs(&mut self, parent: &Element, out: &mut Vec<Inline>) {
        for element in parent.elements() {
            match element.name() {
                "w:r" => self.run(element, out),
                "w:hyperlink" => self.hyperlink(element, out),
                "w:ins" | "w:moveTo" => {
                    self.note(Kind::Insertion, &element.text());
                    self.runs(element, out);
                }
                "w:del" | "w:moveFrom" => self.note(Kind::Deletion, &removed(element)),
                "w:fldSimple" => {
                    let instruction = element.attribute("w:instr").unwrap_or_default().to_owned();
                    self.fields.push(Field { instruction, is_shown: true });
                    self.runs(element, out);
                    self.end_field();
                }
                "w:sdt" => element.child("w:sdtContent").into_iter().for_each(|content| self.runs(content, out)),
                "w:smartTag" | "w:customXml" | "w:bdo" | "w:dir" => self.runs(element, out),
                "mc:AlternateContent" => chosen(element).into_iter().for_each(|chosen| self.runs(chosen, out)),
                "m:oMath" => self.formulas(element, false, out),
                "m:oMathPara" => self.formulas(element, true, out),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, out: &mut Vec<Inline>) {
        let properties = run.child("w:rPr");
        let is_hidden = properties.is_some_and(|properties| is_on(properties, "w:vanish") == Some(true));
        if is_hidden && run.child("w:t").is_some() {
            return self.note(Kind::HiddenText, &run.text());
        }
        let look = self.parts.styles.look(properties);
        self.within_run(run, look, out);
    }

    fn within_run(&mut self, run: &Element, look: Look, out: &mut Vec<Inline>) {
        for element in run.elements() {
            match element.name() {
                "w:t" => self.letters(element.own_text(), look, out),
                "w:tab" | "w:ptab" => self.letters("\t", look, out),
                "w:noBreakHyphen" => self.letters("-", look, out),
                "w:cr" => self.push(Inline::Break, out),
                "w:br" if !matches!(element.attribute("w:type"), Some("page" | "column")) => {
                    self.push(Inline::Break, out);
                }
                "w:sym" => {
                    let part = |name| element.attribute(name).unwrap_or_default();
                    self.note(Kind::Symbol, &format!("{} {}", part("w:font"), part("w:char")));
                }
                "w:fldChar" => self.field_mark(element),
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.is_shown) {
                        field.instruction.push_str(element.own_text());
                    }
                }
                "w:drawing" => self.drawing(element, out),
                "w:pict" => self.drawing_of_old(element, out),
                "w:object" => self.object(element),
                "w:footnoteReference" => self.note_mark(element, true, out),
                "w:endnoteReference" => self.note_mark(element, false, out),
                "w:commentReference" => {
                    let comment = element.attribute("w:id").and_then(|id| self.parts.comments.notes.get(id));
                    let words = comment.map(Element::text).unwrap_or_default();
                    self.note(Kind::Comment, &words);
                }
                "w:ruby" => self.reading(element, look, out),
                "mc:AlternateContent" => {
                    chosen(element).into_iter().for_each(|chosen| self.within_run(chosen, look, out));
                }
                _ => {}
            }
        }
    }

    fn letters(&mut self, text: &str, look: Look, out: &mut Vec<Inline>) {
        if text.is_empty() {
            return;
        }
        let is_drawn = look.underlined && text.chars().all(char::is_whitespace);
        let inline = if is_drawn {
            let width = text.chars().count().clamp(*BLANK_CHARS.start(), *BLANK_CHARS.end());
            Inline::Text { text: "_".repeat(width), look: Look { underlined: false, ..look } }
        } else {
            Inline::Text { text: text.to_owned(), look }
        };
        self.push(inline, out);
    }

    /// Letters with their reading above: both, one behind the other.
    fn reading(&mut self, ruby: &Element, look: Look, out: &mut Vec<Inline>) {
        let part = |name: &str| ruby.child(name).map(Element::text).unwrap_or_default();
        let (letters, reading) = (part("w:rubyBase"), part("w:rt"));
        self.note(Kind::Reading, &letters);
        self.letters(&format!("{letters}({reading})"), look, out);
    }

    /// Adds something, unless a field keeps it to itself.
    pub(super) fn push(&mut self, inline: Inline, out: &mut Vec<Inline>) {
        if self.fields.iter().any(|field| !field.is_shown) {
            return;
        }
        if self.fields.iter().any(|field| field.name() == "TOC") {
            return self.note_first(Kind::ContentsTable, "");
        }
        let address = self.fields.iter().rev().find_map(Field::address);
        match address.filter(|address| is_of_the_web(address)) {
            Some(address) => out.push(Inline::Link { address: address.to_owned(), inlines: vec![inline] }),
            None => out.push(inline),
        }
    }

    fn field_mark(&mut self, mark: &Element) {
        match mark.attribute("w:fldCharType") {
            Some("begin") if self.fields.len() < MAX_FIELDS => {
                self.fields.push(Field { instruction: String::new(), is_shown: false });
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_shown = true;
                }
            }
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        // Fractions and roots of old are written this way; they have no result.
        if field.name() == "EQ" {
            self.note(Kind::Field, &field.instruction);
        } else if let Some(address) = field.address()
            && !is_of_the_web(address)
        {
            self.note(Kind::Link, address);
        }
    }

    fn hyperlink(&mut self, link: &Element, out: &mut Vec<Inline>) {
        let mut inlines = Vec::new();
        self.runs(link, &mut inlines);
        let relations = self.relations;
        let address = link.attribute("r:id").and_then(|id| match relations.get(id)? {
            Target::External(address) => Some(address.as_str()),
            Target::Part(_) => None,
        });
        match address {
            Some(address) if is_of_the_web(address) && !is_blank(&inlines) => {
                out.push(Inline::Link { address: address.to_owned(), inlines });
            }
            Some(address) => {
                self.note(Kind::Link, address);
                out.append(&mut inlines);
            }
            None => out.append(&mut inlines),
        }
    }

    /// A mark that names a note, which is read when it is named first.
    fn note_mark(&mut self, mark: &Element, is_foot: bool, out: &mut Vec<Inline>) {
        let Some(id) = mark.attribute("w:id").filter(|_| !self.is_in_note) else { return };
        let key = (is_foot, id.to_owned());
        if let Some(number) = self.known_notes.get(&key).copied() {
            return self.push(Inline::Note(number), out);
        }
        let parts = self.parts;
        let Notes { notes, relations } = if is_foot { &parts.footnotes } else { &parts.endnotes };
        let Some(note) = notes.get(id) else { return };
        let outer_fields = std::mem::take(&mut self.fields);
        let outer_relations = std::mem::replace(&mut self.relations, relations);
        self.is_in_note = true;
        let mut inlines = Vec::new();
        for paragraph in note.elements().filter(|element| element.name() == "w:p") {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            self.runs(paragraph, &mut inlines);
        }
        self.is_in_note = false;
        self.relations = outer_relations;
        self.fields = outer_fields;
        let number = self.document.notes.len();
        self.document.notes.push(inlines);
        self.known_notes.insert(key, number);
        self.push(Inline::Note(number), out);
    }

    /// A formula, or several of them on lines of their own.
    pub(super) fn formulas(&mut self, element: &Element, is_apart: bool, out: &mut Vec<Inline>) {
        if element.name() == "m:oMathPara" {
            for formula in element.elements().filter(|element| element.name() == "m:oMath") {
                self.formulas(formula, is_apart, out);
            }
            return;
        }
        let written = formula::latex(element);
        for part in &written.unknown {
            self.note(Kind::FormulaPart, part);
        }
        if !written.latex.is_empty() {
            self.push(Inline::Formula { latex: written.latex, is_apart }, out);
        }
    }
}

/// The words of a tracked deletion.
fn removed(deletion: &Element) -> String {
    let mut gone = Vec::new();
    deletion.find_all("w:delText", &mut gone);
    let words: String = gone.into_iter().map(Element::own_text).collect();
    if words.is_empty() { deletion.text() } else { words }
}
