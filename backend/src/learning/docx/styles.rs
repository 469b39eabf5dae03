//! What paragraphs and letters are by their styles, and which lists there are.

use super::{model::Look, xml::Element};
use std::collections::HashMap;

/// Styles that rest on each other.
const MAX_STEPS: usize = 20;
/// The levels of an outline; the one after them is that of plain text.
const OUTLINE_LEVELS: u8 = 9;
/// Depths of a list.
const LIST_DEPTHS: usize = 9;

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the document.
    Title,
    /// A heading, from 1.
    Heading(u8),
    /// A line of the table of contents.
    Contents,
    Text,
}

/// The list that a paragraph belongs to, and how deep it lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Membership {
    pub(super) list: String,
    pub(super) depth: usize,
}

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number {
        first: u32,
        /// Whether it is written as 1, 2, 3.
        is_plain: bool,
        /// Whether it is written as A, B, C.
        is_lettered: bool,
    },
    /// By nothing.
    None,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    depth: Option<usize>,
    look: LookChange,
}

/// What a style says of the look of letters, if it says anything.
#[derive(Clone, Copy, Debug, Default)]
struct LookChange {
    bold: Option<bool>,
    italic: Option<bool>,
    underlined: Option<bool>,
    struck: Option<bool>,
    raised: Option<bool>,
    lowered: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(part: Option<&Element>) -> Self {
        let styles = part.into_iter().flat_map(Element::elements).filter(|element| element.name() == "w:style");
        Self(styles.filter_map(|style| Some((style.attribute("w:styleId")?.to_owned(), read_style(style)))).collect())
    }

    /// What a paragraph with these properties is for.
    pub(super) fn role(&self, properties: Option<&Element>) -> Role {
        let own = properties.and_then(outline);
        let style = || properties?.value_of("w:pStyle");
        for style in self.chain(style()) {
            let name = style.name.as_str();
            if name.starts_with("toc ") || name.starts_with("wpsoffice") {
                return Role::Contents;
            }
            if own.is_none() && name == "title" {
                return Role::Title;
            }
        }
        let named = |style: &Style| {
            style.outline.or_else(|| style.name.strip_prefix("heading ")?.parse::<u8>().ok()?.checked_sub(1))
        };
        let level = own.or_else(|| self.chain(style()).find_map(named));
        match level {
            Some(level) if level < OUTLINE_LEVELS => Role::Heading(level + 1),
            _ => Role::Text,
        }
    }

    /// The list that a paragraph with these properties belongs to, if any.
    pub(super) fn membership(&self, properties: Option<&Element>) -> Option<Membership> {
        let properties = properties?;
        let own = properties.child("w:numPr");
        let styles = || self.chain(properties.value_of("w:pStyle"));
        let list = own.and_then(|own| own.value_of("w:numId")).map(str::to_owned);
        let list = list.or_else(|| styles().find_map(|style| style.list.clone()))?;
        let depth = own.and_then(|own| own.value_of("w:ilvl")?.parse().ok());
        let depth: usize = depth.or_else(|| styles().find_map(|style| style.depth)).unwrap_or_default();
        (list != "0").then(|| Membership { list, depth: depth.min(LIST_DEPTHS - 1) })
    }

    /// How letters with these properties look.
    pub(super) fn look(&self, properties: Option<&Element>) -> Look {
        let Some(properties) = properties else { return Look::default() };
        let own = look_change(properties);
        let of_styles: Vec<_> = self.chain(properties.value_of("w:rStyle")).map(|style| style.look).collect();
        let said = |part: fn(&LookChange) -> Option<bool>| {
            part(&own).or_else(|| of_styles.iter().find_map(part)).unwrap_or_default()
        };
        Look {
            bold: said(|look| look.bold),
            italic: said(|look| look.italic),
            underlined: said(|look| look.underlined),
            struck: said(|look| look.struck),
            raised: said(|look| look.raised),
            lowered: said(|look| look.lowered),
        }
    }

    /// A style, the one it rests on, and so on.
    fn chain<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = &'s Style> + use<'s> {
        let first = id.and_then(|id| self.0.get(id));
        std::iter::successors(first, move |style| self.0.get(style.parent.as_deref()?)).take(MAX_STEPS)
    }
}

fn read_style(style: &Element) -> Style {
    let paragraph = style.child("w:pPr");
    let list = paragraph.and_then(|properties| properties.child("w:numPr"));
    Style {
        name: style.value_of("w:name").unwrap_or_default().trim().to_lowercase(),
        parent: style.value_of("w:basedOn").map(str::to_owned),
        outline: paragraph.and_then(outline),
        list: list.and_then(|list| list.value_of("w:numId")).map(str::to_owned),
        depth: list.and_then(|list| list.value_of("w:ilvl")?.parse().ok()),
        look: style.child("w:rPr").map(look_change).unwrap_or_default(),
    }
}

fn outline(properties: &Element) -> Option<u8> {
    properties.value_of("w:outlineLvl")?.parse().ok()
}

fn look_change(properties: &Element) -> LookChange {
    let at = |wanted: &'static str| properties.value_of("w:vertAlign").map(|place| place == wanted);
    LookChange {
        bold: is_on(properties, "w:b"),
        italic: is_on(properties, "w:i"),
        underlined: properties.child("w:u").map(|line| line.attribute("w:val").is_some_and(|kind| kind != "none")),
        struck: is_on(properties, "w:strike").or_else(|| is_on(properties, "w:dstrike")),
        raised: at("superscript"),
        lowered: at("subscript"),
    }
}

/// What properties say of something that is on or off; `None` if they say nothing.
pub(super) fn is_on(properties: &Element, name: &str) -> Option<bool> {
    let said = properties.child(name)?.attribute("w:val");
    Some(!matches!(said, Some("0" | "false" | "off" | "none")))
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Of each kind of list, the marks by depth.
    kinds: HashMap<String, Vec<(usize, Mark)>>,
    /// Of each list, its kind and where it begins otherwise.
    lists: HashMap<String, (String, Vec<(usize, u32)>)>,
}

impl Numbering {
    pub(super) fn read(part: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        for element in part.into_iter().flat_map(Element::elements) {
            match element.name() {
                "w:abstractNum" => {
                    let Some(id) = element.attribute("w:abstractNumId") else { continue };
                    let levels = element.elements().filter(|level| level.name() == "w:lvl");
                    let marks = levels.filter_map(|level| Some((depth_of(level)?, mark(level)))).collect();
                    numbering.kinds.insert(id.to_owned(), marks);
                }
                "w:num" => {
                    let kind = element.value_of("w:abstractNumId");
                    let (Some(id), Some(kind)) = (element.attribute("w:numId"), kind) else { continue };
                    let others = element.elements().filter(|other| other.name() == "w:lvlOverride");
                    let first = |other: &Element| other.value_of("w:startOverride")?.parse().ok();
                    let firsts = others.filter_map(|other| Some((depth_of(other)?, first(other)?))).collect();
                    numbering.lists.insert(id.to_owned(), (kind.to_owned(), firsts));
                }
                _ => {}
            }
        }
        numbering
    }

    /// How an item is marked. A list of which nothing is known has bullets.
    pub(super) fn mark(&self, member: &Membership) -> Mark {
        let Some((kind, firsts)) = self.lists.get(&member.list) else { return Mark::Bullet };
        let marks = self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
        let mark = marks.iter().find(|(depth, _)| *depth == member.depth).map_or(Mark::Bullet, |(_, mark)| *mark);
        match (mark, firsts.iter().find(|(depth, _)| *depth == member.depth)) {
            (Mark::Number { is_plain, is_lettered, .. }, Some((_, first))) => {
                Mark::Number { first: *first, is_plain, is_lettered }
            }
            _ => mark,
        }
    }
}

fn depth_of(level: &Element) -> Option<usize> {
    level.attribute("w:ilvl")?.parse().ok()
}

fn mark(level: &Element) -> Mark {
    let first = level.value_of("w:start").and_then(|first| first.parse().ok()).unwrap_or(1);
    match level.value_of("w:numFmt") {
        Some("bullet") => Mark::Bullet,
        Some("none") => Mark::None,
        Some("decimal") | None => Mark::Number { first, is_plain: true, is_lettered: false },
        Some(format) => Mark::Number { first, is_plain: false, is_lettered: format == "upperLetter" },
    }
}
