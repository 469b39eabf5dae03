//! Reads tests of QTI: which items stand in them, in which parts, and what a paper here has no place for.

use super::{names, package::path_beside};
use crate::{
    item_bank::{
        ImportError,
        import::import_error,
        markdown::Losses,
        xml::{self, Element},
    },
    papers::{INSTRUCTIONS_CHARS, ITEM_COUNT, ITEM_POINTS, MAX_SECTIONS, MAX_TITLE_CHARS, SECTION_TITLE_CHARS},
    points::Points,
};
use std::{
    collections::BTreeSet,
    mem::{replace, take},
};

/// What an item is worth of which the test says nothing.
const USUAL_POINTS: Points = Points::whole(1);
/// Characters of what was cut by which it is called in a report.
const TOLD_CHARS: usize = 20;

/// A test of a package, as far as a paper here can be one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QtiTest {
    /// What it is called.
    pub title: String,
    /// Its parts, none of them empty.
    pub sections: Vec<QtiSection>,
    /// What of it is not taken.
    pub losses: Vec<ImportError>,
}

/// A part of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QtiSection {
    /// What it is called.
    pub title: String,
    /// What candidates are told of it, as plain text.
    pub instructions: String,
    /// Whether each candidate has an own order of it.
    pub is_shuffled: bool,
    /// Its items, in order.
    pub items: Vec<QtiTestItem>,
}

/// An item of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QtiTestItem {
    /// Where its file lies in the package.
    pub path: String,
    /// The line that names it.
    pub line: u32,
    /// Whether it stays with the one before it.
    pub stays: bool,
    /// What it is worth.
    pub points: Points,
}

/// Reads a test that lies at `path` in its package.
///
/// # Errors
/// `not_qti_test` if it is none, `test_too_long` if it has more items than a paper, or why its XML cannot be read.
pub fn read_qti_test(text: &str, path: &str) -> Result<QtiTest, ImportError> {
    let root = names::as_in_2(xml::parse(text)?);
    if root.name != "assessmentTest" {
        return Err(import_error(root.line, "not_qti_test"));
    }
    let mut reader = Reader { path, losses: Losses::default(), sections: Vec::new(), known: BTreeSet::new() };
    reader.note_others(&root, &["testPart", "outcomeDeclaration", "contextDeclaration"]);
    for part in root.all("testPart") {
        reader.part(part);
    }
    if reader.known.len() > *ITEM_COUNT.end() {
        return Err(import_error(root.line, "test_too_long"));
    }
    reader.merge_rest(root.line);
    let title = [root.attribute("title"), root.attribute("identifier")];
    let title = title.into_iter().flatten().find(|title| !title.trim().is_empty()).unwrap_or(path);
    let title = reader.cut(title, MAX_TITLE_CHARS, root.line);
    Ok(QtiTest { title, sections: reader.sections, losses: reader.losses.in_order() })
}

/// What was read so far.
struct Reader<'p> {
    /// Where the test lies.
    path: &'p str,
    losses: Losses,
    sections: Vec<QtiSection>,
    /// The items that stand in it already.
    known: BTreeSet<String>,
}

impl Reader<'_> {
    /// Notes every element in another one that is none of these.
    fn note_others(&mut self, element: &Element, known: &[&str]) {
        for other in element.elements().filter(|other| !known.contains(&other.name.as_str())) {
            self.losses.note(other.line, "left_out", &other.name);
        }
    }

    /// Notes an attribute that asks for what no paper here does.
    fn note_attribute(&mut self, element: &Element, name: &str, value: &str) {
        if element.attribute(name) == Some(value) {
            self.losses.note(element.line, "left_out", name);
        }
    }

    fn part(&mut self, part: &Element) {
        self.note_others(part, &["assessmentSection"]);
        self.note_attribute(part, "navigationMode", "linear");
        for section in part.all("assessmentSection") {
            self.section(section);
        }
    }

    /// A section, and those within it: parts of their own where it has one order for everybody, otherwise blocks.
    fn section(&mut self, element: &Element) {
        self.note_others(element, &["assessmentSection", "assessmentItemRef", "ordering", "rubricBlock"]);
        let mut own = self.headed(element);
        for child in element.elements() {
            match child.name.as_str() {
                "assessmentItemRef" => own.items.extend(self.item(child, false)),
                "assessmentSection" if own.is_shuffled => self.block(child, &mut own),
                "assessmentSection" => {
                    let going_on = QtiSection { title: own.title.clone(), ..QtiSection::default() };
                    let before = replace(&mut own, going_on);
                    self.close(before);
                    self.section(child);
                }
                _ => {}
            }
        }
        self.close(own);
    }

    /// A section with its title and instructions, without items.
    fn headed(&mut self, element: &Element) -> QtiSection {
        let number = (self.sections.len() + 1).to_string();
        let title = element.attribute("title").filter(|title| !title.trim().is_empty()).unwrap_or(&number);
        let title = self.cut(title, SECTION_TITLE_CHARS, element.line);
        let instructions = self.instructions(element);
        let is_shuffled = element.child("ordering").and_then(|order| order.attribute("shuffle")) == Some("true");
        QtiSection { title, instructions, is_shuffled, items: Vec::new() }
    }

    /// What candidates are told of a section.
    fn instructions(&mut self, element: &Element) -> String {
        let mut told = Vec::new();
        for rubric in element.all("rubricBlock") {
            let mut views = rubric.attribute("view").unwrap_or("candidate").split_whitespace();
            if views.any(|view| view == "candidate") {
                told.push(rubric.text());
            } else {
                self.losses.note(rubric.line, "left_out", "rubricBlock");
            }
        }
        self.cut(&told.join(" "), INSTRUCTIONS_CHARS, element.line)
    }

    /// A section within one whose order differs from candidate to candidate.
    fn block(&mut self, element: &Element, own: &mut QtiSection) {
        let mut items = Vec::new();
        self.gather(element, &mut items);
        let stays_together = element.attribute("keepTogether") != Some("false");
        for (at, item) in items.iter_mut().enumerate() {
            item.stays = at > 0 && stays_together;
        }
        own.items.extend(items);
        let told = [take(&mut own.instructions), self.instructions(element)].join(" ");
        own.instructions = self.cut(&told, INSTRUCTIONS_CHARS, element.line);
    }

    fn gather(&mut self, element: &Element, items: &mut Vec<QtiTestItem>) {
        self.note_others(element, &["assessmentSection", "assessmentItemRef", "rubricBlock"]);
        for child in element.elements() {
            match child.name.as_str() {
                "assessmentItemRef" => items.extend(self.item(child, false)),
                "assessmentSection" => self.gather(child, items),
                _ => {}
            }
        }
    }

    /// An item, unless it leads out of the package or stands in the test already.
    fn item(&mut self, element: &Element, stays: bool) -> Option<QtiTestItem> {
        self.note_others(element, &["weight"]);
        self.note_attribute(element, "fixed", "true");
        let href = element.attribute("href").unwrap_or_default();
        let Some(path) = path_beside(self.path, href) else {
            self.losses.note(element.line, "leads_out_of_package", href);
            return None;
        };
        if !self.known.insert(path.clone()) {
            self.losses.note(element.line, "item_twice", href);
            return None;
        }
        let points = self.points(element);
        Some(QtiTestItem { path, line: element.line, stays, points })
    }

    /// What an item is worth: by its only weight.
    fn points(&mut self, element: &Element) -> Points {
        let weights: Vec<_> = element.all("weight").filter_map(|weight| weight.attribute("value")).collect();
        let only = weights.first().filter(|_| weights.len() == 1);
        match only.and_then(|value| decimal(value)).filter(|points| ITEM_POINTS.contains(points)) {
            Some(points) => points,
            None => {
                let (code, name) = match weights.first() {
                    Some(value) => ("weight_left_out", *value),
                    None => ("points_assumed", element.attribute("href").unwrap_or_default()),
                };
                self.losses.note(element.line, code, name);
                USUAL_POINTS
            }
        }
    }

    fn close(&mut self, section: QtiSection) {
        if !section.items.is_empty() {
            self.sections.push(section);
        }
    }

    /// Puts what are more parts than a paper has into the last one.
    fn merge_rest(&mut self, line: u32) {
        if self.sections.len() <= MAX_SECTIONS {
            return;
        }
        let rest = self.sections.split_off(MAX_SECTIONS);
        self.losses.note(line, "sections_merged", "assessmentSection");
        if let Some(last) = self.sections.last_mut() {
            last.is_shuffled = false;
            last.items.extend(rest.into_iter().flat_map(|section| section.items));
        }
    }

    /// A text on one line, no longer than it may be.
    fn cut(&mut self, text: &str, most: usize, line: u32) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > most {
            self.losses.note(line, "text_cut", &text.chars().take(TOLD_CHARS).collect::<String>());
        }
        text.chars().take(most).collect()
    }
}

/// Points as other programs write them: `2`, `2.50`.
fn decimal(text: &str) -> Option<Points> {
    let text = text.trim();
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    Points::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    fn test_of(sections: &str) -> QtiTest {
        let text = format!(
            "<qti-assessment-test identifier='T' title=' Mid  term '>\n<qti-test-part navigation-mode='nonlinear'>{sections}\
             </qti-test-part></qti-assessment-test>"
        );
        read_qti_test(&text, "tests/t.xml").unwrap()
    }

    fn paths(section: &QtiSection) -> Vec<&str> {
        section.items.iter().map(|item| item.path.as_str()).collect()
    }

    fn told(test: &QtiTest) -> Vec<(&str, &str)> {
        test.losses.iter().map(|loss| (loss.code.as_str(), loss.name.as_str())).collect()
    }

    #[test]
    fn sections_within_others_are_parts_of_their_own() {
        let test = test_of(
            "<qti-assessment-section title='One'><qti-rubric-block view='candidate'><p>Read \n well.</p></qti-rubric-block>\
             <qti-assessment-item-ref href='../items/a.xml'><qti-weight value='2.50'/></qti-assessment-item-ref>\
             <qti-assessment-section title='Two'><qti-assessment-item-ref href='b.xml'><qti-weight value='1'/>\
             </qti-assessment-item-ref></qti-assessment-section>\
             <qti-assessment-item-ref href='c.xml'><qti-weight value='3'/></qti-assessment-item-ref>\
             </qti-assessment-section>",
        );
        assert_eq!(test.title, "Mid term");
        let shown: Vec<_> = test.sections.iter().map(|section| (section.title.as_str(), paths(section))).collect();
        let expected = [("One", vec!["items/a.xml"]), ("Two", vec!["tests/b.xml"]), ("One", vec!["tests/c.xml"])];
        assert_eq!(shown, expected);
        assert_eq!(test.sections[0].instructions, "Read well.");
        assert_eq!((test.sections[0].items[0].points, told(&test)), (Points(250), Vec::new()));
    }

    #[test]
    fn what_stays_together_is_a_block_of_a_shuffled_part() {
        let item = |name: &str| {
            format!("<qti-assessment-item-ref href='{name}'><qti-weight value='1'/></qti-assessment-item-ref>")
        };
        let [a, b, c, d] = ["a", "b", "c", "d"].map(item);
        let test = test_of(&format!(
            "<qti-assessment-section title='S'><qti-ordering shuffle='true'/>{a}<qti-assessment-section title='Material'>{b}{c}\
             </qti-assessment-section><qti-assessment-section keep-together='false'>{d}</qti-assessment-section>\
             </qti-assessment-section>"
        ));
        let [only] = test.sections.as_slice() else { panic!("one part") };
        let stays: Vec<_> = only.items.iter().map(|item| item.stays).collect();
        assert_eq!((only.is_shuffled, stays), (true, vec![false, false, true, false]));
    }

    #[test]
    fn what_a_paper_has_no_place_for_is_told() {
        let test = test_of(
            "<qti-time-limits max-time='60'/><qti-assessment-section title='S'><qti-selection select='1'/>\
             <qti-rubric-block view='scorer'>x</qti-rubric-block><qti-assessment-item-ref href='a.xml' fixed='true'>\
             <qti-branch-rule/><qti-weight value='0'/></qti-assessment-item-ref><qti-assessment-item-ref href='a.xml'/>\
             <qti-assessment-item-ref href='../../a.xml'/><qti-assessment-item-ref href='b.xml'/></qti-assessment-section>",
        );
        let expected = [
            ("left_out", "timeLimits"),
            ("left_out", "selection"),
            ("left_out", "rubricBlock"),
            ("left_out", "branchRule"),
            ("left_out", "fixed"),
            ("weight_left_out", "0"),
            ("item_twice", "a.xml"),
            ("leads_out_of_package", "../../a.xml"),
            ("points_assumed", "b.xml"),
        ];
        assert_eq!(told(&test), expected);
        assert!(expected.iter().all(|(code, _)| has_texts(&format!("import.{code}"))));
    }

    #[test]
    fn a_test_is_no_larger_than_a_paper() {
        let items =
            |count: usize| (0..count).map(|n| format!("<assessmentItemRef href='{n}.xml'/>")).collect::<String>();
        let whole = |inner: &str| format!("<assessmentTest title='T'><testPart>{inner}</testPart></assessmentTest>");
        let one = |inner: &str| format!("<assessmentSection title='S'>{inner}</assessmentSection>");
        let most = *ITEM_COUNT.end();
        assert_eq!(read_qti_test(&whole(&one(&items(most))), "t.xml").unwrap().sections[0].items.len(), most);
        let too_long = read_qti_test(&whole(&one(&items(most + 1))), "t.xml").unwrap_err();
        assert_eq!(too_long.code, "test_too_long");
        let parts: String =
            (0..MAX_SECTIONS + 5).map(|n| one(&format!("<assessmentItemRef href='{n}.xml'/>"))).collect();
        let merged = read_qti_test(&whole(&parts), "t.xml").unwrap();
        assert_eq!((merged.sections.len(), merged.sections[MAX_SECTIONS - 1].items.len()), (MAX_SECTIONS, 6));
        assert!(told(&merged).contains(&("sections_merged", "assessmentSection")));
        let long = whole(&format!(
            "<assessmentSection title='{}'><assessmentItemRef href='a'/></assessmentSection>",
            "长".repeat(41)
        ));
        let cut = read_qti_test(&long, "t.xml").unwrap();
        assert_eq!((cut.sections[0].title.chars().count(), told(&cut)[0].0), (SECTION_TITLE_CHARS, "text_cut"));
        assert_eq!(read_qti_test("<assessmentItem/>", "t.xml").unwrap_err().code, "not_qti_test");
        let codes = ["test_too_long", "sections_merged", "text_cut", "not_qti_test", "test_item_missing", "test_empty"];
        assert!(codes.iter().all(|code| has_texts(&format!("import.{code}"))));
    }
}
