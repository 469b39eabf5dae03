//! XML as a tree, read within bounds. What it may ask to fetch or to unfold is refused: there is no document
//! type, and no entity but the five of XML itself.

use super::DocxError;
use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
    name::{LocalName, Namespace, ResolveResult},
};

/// Elements that lie within each other.
const MAX_DEPTH: usize = 160;
/// Elements and attributes of one part.
const MAX_NODES: usize = 1_500_000;

/// The namespaces that are known, each by the prefix that word processors give it; first as most write them,
/// then as strict documents do.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("http://purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("http://schemas.microsoft.com/office/drawing/2014/chartex", "c"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("http://purl.oclc.org/ooxml/drawingml/diagram", "dgm"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
];
/// Stands for every other namespace.
const OTHER: &str = "other";
/// Elements whose text counts; between the others there are only line breaks.
const WITH_TEXT: [&str; 4] = ["w:t", "m:t", "w:delText", "w:instrText"];

/// One element.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Self>,
    text: String,
}

impl Element {
    /// Its name with the prefix of its namespace: `w:p`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The elements in it, in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// The elements in it, in order, without it.
    pub(super) fn into_elements(self) -> impl Iterator<Item = Self> {
        self.children.into_iter()
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first element of this name in it, however deep.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// Every element of this name in it, however deep, but not within another one of them.
    pub(super) fn find_all<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for child in &self.children {
            if child.name == name { found.push(child) } else { child.find_all(name, found) }
        }
    }

    /// An attribute by its name with the prefix of its namespace: `w:val`.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// What the first element of this name in it says as its value.
    pub(super) fn value_of(&self, child: &str) -> Option<&str> {
        let child = self.child(child)?;
        child.attribute("w:val").or_else(|| child.attribute("m:val"))
    }

    /// The text of this element and of all in it, as far as it is shown.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    /// The text of this element alone.
    pub(super) fn own_text(&self) -> &str {
        &self.text
    }

    fn add_text(&self, text: &mut String) {
        match self.name.as_str() {
            "w:tab" | "w:br" | "w:cr" => text.push(' '),
            "w:t" | "m:t" => text.push_str(&self.text),
            _ => self.children.iter().for_each(|child| child.add_text(text)),
        }
    }
}

/// Reads a part as a tree.
///
/// # Errors
/// If it is broken, asks for something, or is larger than any document.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, DocxError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DocxError::NotADocx)?;
    let mut reader = NsReader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut nodes) = (vec![Element::default()], 0_usize);
    loop {
        match reader.read_event().map_err(|_| DocxError::NotADocx)? {
            Event::Start(start) => {
                let element = element(&reader, &start)?;
                nodes += 1 + element.attributes.len();
                if nodes > MAX_NODES || open.len() > MAX_DEPTH {
                    return Err(DocxError::TooLarge);
                }
                open.push(element);
            }
            Event::End(_) => {
                let done = open.pop().ok_or(DocxError::NotADocx)?;
                open.last_mut().ok_or(DocxError::NotADocx)?.children.push(done);
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add(&mut open, &resolved(&reference).ok_or(DocxError::NotADocx)?),
            Event::DocType(_) => return Err(DocxError::NotADocx),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    match open.pop() {
        Some(mut whole) if open.is_empty() && whole.children.len() == 1 => {
            whole.children.pop().ok_or(DocxError::NotADocx)
        }
        _ => Err(DocxError::NotADocx),
    }
}

/// Adds text to the innermost element; what no text may hold is left out.
fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut()
        && WITH_TEXT.contains(&element.name.as_str())
    {
        let is_of_a_text = |character: &char| !character.is_control() || matches!(character, '\t' | '\n');
        element.text.extend(text.chars().filter(is_of_a_text));
    }
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, DocxError> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let name = named(prefix(&namespace).unwrap_or(OTHER), local);
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| DocxError::NotADocx)?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let name = match (&namespace, prefix(&namespace)) {
            (ResolveResult::Unbound, _) => local.as_ref().to_owned(),
            (_, Some(prefix)) => named(prefix, local),
            // What nobody asks for is not kept.
            _ => continue,
        };
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| DocxError::NotADocx)?;
        if !name.starts_with("w:rsid") {
            attributes.push((name, value.chars().filter(|character| !character.is_control()).collect()));
        }
    }
    Ok(Element { name, attributes, ..Element::default() })
}

fn prefix(namespace: &ResolveResult<'_>) -> Option<&'static str> {
    let ResolveResult::Bound(Namespace(address)) = namespace else { return None };
    NAMESPACES.iter().find(|(known, _)| known == address).map(|(_, prefix)| *prefix)
}

fn named(prefix: &str, local: LocalName<'_>) -> String {
    format!("{prefix}:{}", local.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn of(inner: &str) -> Result<Element, DocxError> {
        parse(format!(r#"<?xml version="1.0"?><w:p xmlns:w="{W}">{inner}</w:p>"#).as_bytes())
    }

    #[test]
    fn text_is_kept_where_it_counts() {
        let paragraph = of("\n <w:r><w:t xml:space=\"preserve\"> a &lt;&#x4E2D;</w:t><w:tab/></w:r>\n").unwrap();
        assert_eq!((paragraph.name(), paragraph.text()), ("w:p", " a <中 ".to_owned()));
    }

    #[test]
    fn a_namespace_counts_and_not_its_prefix() {
        let strict = r#"<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" x:val="1" x:rsidR="2" y="3"/>"#;
        let paragraph = parse(strict.as_bytes()).unwrap();
        assert_eq!(
            (paragraph.name(), paragraph.attribute("w:val"), paragraph.attribute("y")),
            ("w:p", Some("1"), Some("3"))
        );
        assert_eq!(paragraph.attribute("w:rsidR"), None);
    }

    #[test]
    fn nothing_is_unfolded_or_fetched() {
        let with_type = format!(r#"<!DOCTYPE p [<!ENTITY a "aaaa">]><w:p xmlns:w="{W}">&a;</w:p>"#);
        for bytes in [with_type.as_str(), "<p>&a;</p>", "<p a=\"&a;\"/>", "<p>", "</p>", "<p/><p/>", "", "no XML"] {
            assert!(matches!(parse(bytes.as_bytes()), Err(DocxError::NotADocx)), "{bytes}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused() {
        let deep = |depth: usize| of(&format!("{}{}", "<w:r>".repeat(depth), "</w:r>".repeat(depth)));
        assert!(deep(MAX_DEPTH - 1).is_ok());
        assert!(matches!(deep(MAX_DEPTH), Err(DocxError::TooLarge)));
    }
}
