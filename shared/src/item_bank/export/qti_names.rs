//! The names of QTI 3: `qti-simple-choice` for `simpleChoice`, and `max-choices` for `maxChoices`.

use super::inline::escaped;
use crate::item_bank::xml::{self, Element, Node};

/// Elements of HTML, which keep their names.
const HTML: [&str; 27] = [
    "p",
    "br",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "code",
    "img",
    "ul",
    "ol",
    "li",
    "table",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "pre",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// The content of an item with the names of 3; `None` if it is no XML.
pub(super) fn as_in_3(content: &str) -> Option<String> {
    let root = xml::parse(&format!("<x>{content}</x>")).ok()?;
    let mut out = String::with_capacity(content.len() * 2);
    root.nodes.iter().for_each(|node| write(node, &mut out));
    Some(out)
}

fn write(node: &Node, out: &mut String) {
    let element = match node {
        Node::Text(text) => return out.push_str(&escaped(text)),
        Node::Element(element) => element,
    };
    let is_html = HTML.contains(&element.name.as_str());
    let name = if is_html { element.name.clone() } else { format!("qti-{}", hyphened(&element.name)) };
    out.push_str(&format!("<{name}{}", attributes(element, is_html)));
    if element.nodes.is_empty() {
        return out.push_str("/>");
    }
    out.push('>');
    element.nodes.iter().for_each(|node| write(node, out));
    out.push_str(&format!("</{name}>"));
}

fn attributes(element: &Element, is_html: bool) -> String {
    let written = element.attributes.iter().map(|(name, value)| {
        let name = if is_html { name.clone() } else { hyphened(name) };
        format!(" {name}=\"{}\"", escaped(value))
    });
    written.collect()
}

/// `maxChoices` as `max-choices`.
fn hyphened(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
