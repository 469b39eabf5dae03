//! Files that lie within a quiz: each is written out in the element whose text shows it, and named there.

use crate::{
    item_bank::{
        markdown::Losses,
        percent::percent_decoded,
        xml::{self, Element, Node},
    },
    media::MAX_PICTURE_BYTES,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;

/// How a text names a file that lies beside it.
pub(in crate::item_bank) const PLUGIN_FILES: &str = "@@PLUGINFILE@@/";
/// The element that holds a file.
const FILE: &str = "file";

/// Where pictures of a quiz are going to be, by their places among the files in it, from 0.
pub type MoodlePictures = BTreeMap<usize, String>;

/// Whether a text is a quiz that brings files along.
#[must_use]
pub fn has_moodle_files(text: &str) -> bool {
    text.contains("<quiz") && text.contains("encoding=\"base64\"")
}

/// The files in a quiz that may be pictures, each with its place among all; none if it is no quiz.
#[must_use]
pub fn moodle_files(text: &str) -> Vec<(usize, Vec<u8>)> {
    let Ok(quiz) = xml::parse(text) else { return Vec::new() };
    let mut files = Vec::new();
    quiz.find_all(&|name| name == FILE, &mut files);
    files.into_iter().enumerate().filter_map(|(place, file)| Some((place, content(file)?))).collect()
}

/// What a file holds; `None` if it is written in another way, or larger than any picture.
fn content(file: &Element) -> Option<Vec<u8>> {
    let written: String = file.text().split_whitespace().collect();
    let content = STANDARD.decode(written).ok()?;
    (content.len() <= MAX_PICTURE_BYTES).then_some(content)
}

/// Puts in the place of each file where it is going to be; nothing, where it does not come along.
pub(super) fn place(element: &mut Element, pictures: &MoodlePictures) {
    place_from(element, pictures, &mut 0);
}

fn place_from(element: &mut Element, pictures: &MoodlePictures, next: &mut usize) {
    for node in &mut element.nodes {
        let Node::Element(inner) = node else { continue };
        if inner.name == FILE {
            inner.nodes = pictures.get(&*next).map(|address| Node::Text(address.clone())).into_iter().collect();
            *next += 1;
        } else {
            place_from(inner, pictures, next);
        }
    }
}

/// The files that came along with a text, by the names under which it shows them.
pub(super) struct Shown(BTreeMap<String, String>);

impl Shown {
    /// Those that lie in an element.
    pub(super) fn within(element: &Element) -> Self {
        let named = element.all(FILE).filter_map(|file| {
            let (address, name) = (file.text(), file.attribute("name")?);
            let folder = file.attribute("path").unwrap_or_default().trim_start_matches('/');
            (!address.is_empty()).then(|| (format!("{folder}{name}"), address))
        });
        Self(named.collect())
    }

    /// Lets the pictures of a text in HTML show the files that came along. One without words is told.
    pub(super) fn in_html(&self, nodes: &mut [Node], losses: &mut Losses) {
        for node in nodes {
            let Node::Element(element) = node else { continue };
            if element.name == "img" {
                self.in_picture(element, losses);
            }
            self.in_html(&mut element.nodes, losses);
        }
    }

    fn in_picture(&self, picture: &mut Element, losses: &mut Losses) {
        let is_silent = picture.attribute("alt").is_none_or(|words| words.trim().is_empty());
        let source = picture.attributes.iter_mut().find(|(name, _)| name == "src");
        let Some((_, source)) = source else { return };
        let name = source.strip_prefix(PLUGIN_FILES).and_then(percent_decoded);
        let Some((name, address)) = name.and_then(|name| self.0.get_key_value(&name)) else { return };
        source.clone_from(address);
        if is_silent {
            losses.note(picture.line, "picture_without_words", name);
        }
    }

    /// A text in Markdown that shows the files that came along.
    pub(super) fn in_markdown(&self, text: &str) -> String {
        let mut pieces = text.split(PLUGIN_FILES);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let end = piece.find([')', ' ', '"']).unwrap_or(piece.len());
            let (name, rest) = piece.split_at(end);
            match percent_decoded(name).and_then(|name| self.0.get(&name)) {
                Some(address) => out.push_str(address),
                None => out.extend([PLUGIN_FILES, name]),
            }
            out.push_str(rest);
        }
        out
    }
}
