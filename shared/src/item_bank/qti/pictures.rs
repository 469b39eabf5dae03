//! Pictures that lie beside items in a package: each is named by where it is going to be before its item is read.

use super::package::path_beside;
use crate::item_bank::xml::{Element, Node};
use std::collections::BTreeMap;

/// Where pictures of a package are going to be, by their paths in it.
pub type QtiPictures = BTreeMap<String, String>;

/// Names the pictures in the file at `path` by where they are going to be; those of which nothing is known stay as they
/// are.
pub(super) fn placed(element: Element, path: &str, pictures: &QtiPictures) -> Element {
    let Element { name, attributes, nodes, line } = element;
    let is_picture = name == "img";
    let address = |source: String| {
        let known = path_beside(path, &source).and_then(|path| pictures.get(&path));
        known.cloned().unwrap_or(source)
    };
    let attribute = |(key, value): (String, String)| match is_picture && key == "src" {
        true => (key, address(value)),
        false => (key, value),
    };
    let node = |node| match node {
        Node::Element(element) => Node::Element(placed(element, path, pictures)),
        Node::Text(text) => Node::Text(text),
    };
    let attributes = attributes.into_iter().map(attribute).collect();
    Element { name, attributes, nodes: nodes.into_iter().map(node).collect(), line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        item_bank::{QtiStimuli, parse_qti_of_package},
        media::picture_path,
    };

    fn item(picture: &str) -> String {
        format!(
            "<qti-assessment-item identifier='i'><qti-assessment-stimulus-ref identifier='s' href='../s.xml'/>\
             <qti-item-body><p>{picture}</p><qti-extended-text-interaction response-identifier='R'><qti-prompt>Why?\
             </qti-prompt></qti-extended-text-interaction></qti-item-body></qti-assessment-item>"
        )
    }

    #[test]
    fn a_picture_stands_where_it_stood_if_it_came_along() {
        let (own, shared) = (picture_path(&"0a".repeat(32)), picture_path(&"0b".repeat(32)));
        let pictures = QtiPictures::from([
            ("items/media/a.png".to_owned(), own.clone()),
            ("media/s.png".to_owned(), shared.clone()),
        ]);
        let text = "<qti-assessment-stimulus><qti-stimulus-body><p><img src='media/s.png' alt='s'/></p>\
            </qti-stimulus-body></qti-assessment-stimulus>";
        let stimuli = QtiStimuli::from([("s.xml".to_owned(), text.to_owned())]);
        let read = |picture: &str| parse_qti_of_package(&item(picture), "items/a.xml", &stimuli, &pictures);
        let parsed = read("<img src='media/a.png' alt=' two ] circles '/>");
        assert_eq!(parsed.errors, []);
        let stem = format!("![s]({shared})\n\n![two \\] circles]({own})\n\nWhy?");
        assert_eq!(parsed.items[0].stem, stem);
        assert!(parsed.losses.iter().all(|loss| loss.code != "picture_left_out"), "{:?}", parsed.losses);
        for elsewhere in ["a.png", "../../a.png", "https://example.org/media/a.png"] {
            let parsed = read(&format!("<img src='{elsewhere}' alt='a'/>"));
            assert!(parsed.losses.iter().any(|loss| loss.code == "picture_left_out"), "{elsewhere}");
        }
    }
}
