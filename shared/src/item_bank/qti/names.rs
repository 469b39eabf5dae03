//! QTI 3 writes the names of 2.x with hyphens: `qti-simple-choice` is `simpleChoice`, and `max-choices` is `maxChoices`.

use crate::item_bank::xml::{Element, Node};

/// How the names of elements of QTI 3 begin.
const MARK: &str = "qti-";

/// The same tree with the names of 2.x.
pub(super) fn as_in_2(element: Element) -> Element {
    let Element { name, attributes, nodes, line } = element;
    let nodes = nodes.into_iter().map(|node| match node {
        Node::Element(element) => Node::Element(as_in_2(element)),
        Node::Text(text) => Node::Text(text),
    });
    let nodes = nodes.collect();
    match name.strip_prefix(MARK) {
        Some(short) => {
            let attributes = attributes.into_iter().map(|(name, value)| (joined(&name), value)).collect();
            Element { name: renamed(&joined(short)), attributes, nodes, line }
        }
        None => Element { name, attributes, nodes, line },
    }
}

/// A name without hyphens.
fn joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    for (at, part) in name.split('-').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if at > 0 => joined.extend(first.to_uppercase().chain(letters)),
            _ => joined.push_str(part),
        }
    }
    joined
}

/// The few names that differ in more than their hyphens.
fn renamed(name: &str) -> String {
    match name {
        "durationLt" => "durationLT".to_owned(),
        "durationGte" => "durationGTE".to_owned(),
        "incorrectResponse" => "incorrect".to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::xml;

    #[test]
    fn names_of_qti_3_are_those_of_2() {
        let tree =
            xml::parse("<qti-simple-choice show-hide='x'><p data-a-b='y'/><qti-duration-lt/></qti-simple-choice>");
        let tree = as_in_2(tree.unwrap());
        assert_eq!((tree.name.as_str(), tree.attribute("showHide")), ("simpleChoice", Some("x")));
        assert_eq!(tree.child("p").unwrap().attribute("data-a-b"), Some("y"));
        assert!(tree.child("durationLT").is_some());
    }
}
