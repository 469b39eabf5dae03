//! XML as a tree, read within bounds. What it may ask to fetch or to unfold is refused: there is no document type, and
//! no entity but the five of XML itself.

use super::{ImportError, import::import_error};
use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
};

/// Elements that lie within each other.
pub(super) const MAX_DEPTH: usize = 100;
/// Elements and attributes of one text.
pub(super) const MAX_NODES: usize = 400_000;

/// Namespaces of other languages within items, each by a prefix for the names of its elements.
const FOREIGN: &[(&str, &str)] = &[
    ("http://www.w3.org/1998/Math/MathML", "m"),
    ("http://www.w3.org/2001/10/synthesis", "ssml"),
    ("http://www.w3.org/2010/10/synthesis", "ssml"),
    ("http://www.w3.org/2001/XInclude", "xi"),
    ("http://www.w3.org/2000/svg", "svg"),
];

/// One element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, with a prefix if it belongs to another language: `m:math`.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// What lies in it, in order.
    pub(super) nodes: Vec<Node>,
    /// The line on which it begins, from 1.
    pub(super) line: u32,
}

/// What lies in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements in it, in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name in it, in order.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The elements with one of these names in it, however deep, but not within another one of them.
    pub(super) fn find_all<'e>(&'e self, is_wanted: &dyn Fn(&str) -> bool, found: &mut Vec<&'e Self>) {
        for element in self.elements() {
            if is_wanted(&element.name) { found.push(element) } else { element.find_all(is_wanted, found) }
        }
    }

    /// The first element in it that is wanted, however deep.
    pub(super) fn find(&self, is_wanted: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|element| if is_wanted(element) { Some(element) } else { element.find(is_wanted) })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The text of it and of all in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.add_text(text),
                Node::Text(own) => text.push_str(own),
            }
        }
    }

    fn push_text(&mut self, more: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(text)) => text.push_str(more),
            _ => self.nodes.push(Node::Text(more.to_owned())),
        }
    }
}

/// Reads a text as a tree.
///
/// # Errors
/// `bad_xml` if it is broken, `xml_document_type` if it has one, `xml_too_large` if there is more than in any.
pub(super) fn parse(text: &str) -> Result<Element, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut lines = Lines { text, at: 0, line: 1 };
    let (mut open, mut nodes) = (vec![Element::default()], 0_usize);
    loop {
        let line = lines.at(reader.buffer_position());
        let fail = |code| import_error(line, code);
        let event = reader.read_event().map_err(|_| fail("bad_xml"))?;
        match event {
            Event::Start(start) => {
                let element = element(&reader, &start, line).ok_or_else(|| fail("bad_xml"))?;
                nodes += 1 + element.attributes.len();
                if nodes > MAX_NODES || open.len() > MAX_DEPTH {
                    return Err(fail("xml_too_large"));
                }
                open.push(element);
            }
            Event::End(_) => {
                let done = open.pop().ok_or_else(|| fail("bad_xml"))?;
                open.last_mut().ok_or_else(|| fail("bad_xml"))?.nodes.push(Node::Element(done));
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add(&mut open, &resolved(&reference).ok_or_else(|| fail("bad_xml"))?),
            Event::DocType(_) => return Err(fail("xml_document_type")),
            Event::Eof => return whole(open).ok_or_else(|| fail("bad_xml")),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The root of a text whose elements are all closed.
fn whole(mut open: Vec<Element>) -> Option<Element> {
    let outside = open.pop().filter(|_| open.is_empty())?;
    let mut roots = outside.nodes.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    roots.next().filter(|_| roots.next().is_none())
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of this byte, which is never before the one that was asked for last.
    fn at(&mut self, byte: u64) -> u32 {
        let end = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.at..end).unwrap_or_default();
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = self.at.max(end);
        self.line
    }
}

/// Adds text to the innermost element; what no text may hold is left out.
fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        let is_of_a_text = |character: &char| !character.is_control() || matches!(character, '\t' | '\n');
        element.push_text(&text.chars().filter(is_of_a_text).collect::<String>());
    }
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>, line: u32) -> Option<Element> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let local: &str = local.as_ref();
    let name = match prefix(&namespace) {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let (_, local) = reader.resolver().resolve_attribute(attribute.key);
        let local: &str = local.as_ref();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        attributes.push((local.to_owned(), value.chars().filter(|letter| !letter.is_control()).collect()));
    }
    Some(Element { name, attributes, nodes: Vec::new(), line })
}

fn prefix(namespace: &ResolveResult<'_>) -> Option<&'static str> {
    let ResolveResult::Bound(Namespace(address)) = namespace else { return None };
    FOREIGN.iter().find(|(known, _)| known == address).map(|(_, prefix)| *prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(text: &str, line: u32, code: &str) {
        assert_eq!(parse(text), Err(import_error(line, code)), "{text}");
    }

    #[test]
    fn a_tree_keeps_text_order_and_lines() {
        let tree = parse("\u{feff}<?xml version=\"1.0\"?>\n<a b=\"&lt;1\">x&amp;<![CDATA[<p>]]>\n<c/>y</a>").unwrap();
        assert_eq!((tree.name.as_str(), tree.line, tree.attribute("b")), ("a", 2, Some("<1")));
        assert_eq!((tree.text().as_str(), tree.child("c").unwrap().line), ("x&<p>\ny", 3));
    }

    #[test]
    fn a_namespace_counts_and_not_its_prefix() {
        let tree =
            parse("<q:a xmlns:q=\"urn:x\" xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi q:b=\"1\"/></q:a>").unwrap();
        let inner = tree.child("m:mi").unwrap();
        assert_eq!((tree.name.as_str(), inner.attribute("b")), ("a", Some("1")));
    }

    #[test]
    fn nothing_is_unfolded_or_fetched() {
        check_error("<!DOCTYPE p [<!ENTITY a \"aaaa\">]>\n<p>&a;</p>", 1, "xml_document_type");
        check_error("<p>\n&a;</p>", 2, "bad_xml");
        for text in ["<p a=\"&a;\"/>", "<p>", "</p>", "<p/><p/>", "", "no XML"] {
            assert_eq!(parse(text).map_err(|error| error.code), Err("bad_xml".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(parse(&deep(MAX_DEPTH)).is_ok());
        check_error(&deep(MAX_DEPTH + 1), 1, "xml_too_large");
    }
}
