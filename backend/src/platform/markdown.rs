//! Markdown with formulas to sanitised HTML with MathML.

mod xml;

pub use xml::as_xml;

use ammonia::Builder;
use comrak::{
    Arena, Options, format_html,
    nodes::{Node, NodeValue},
    parse_document,
};
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use sha2::{Digest, Sha256};
use shared::media::{
    picture_at, picture_path,
    recording::{RECORDINGS, RecordingName, ShownRecording, data_size, recording_at},
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Elements that play something.
const PLAYERS: [&str; 2] = ["video", "audio"];
/// Those that are only heard.
const SOUND_PLAYERS: [&str; 1] = ["audio"];
/// The class of a player with what is said of it.
const RECORDING: &str = "recording";
/// Letters of the digest of a text by which its footnotes are named.
const NOTE_DIGEST_CHARS: usize = 8;
/// Level of the heading of a page.
const PAGE_LEVEL: u8 = 1;
/// The lowest level of HTML.
const LOWEST_LEVEL: u8 = 6;

/// Elements of MathML Core that formulas are made of.
const MATHML: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "merror",
    "mpadded",
    "mphantom",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "semantics",
];
/// Attributes of MathML Core that formulas need.
const MATHML_ATTRIBUTES: &[&str] = &[
    "display",
    "displaystyle",
    "mathvariant",
    "stretchy",
    "fence",
    "separator",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "accent",
    "accentunder",
    "linethickness",
    "columnalign",
    "rowspan",
    "columnspan",
    "width",
    "height",
    "scriptlevel",
    "movablelimits",
    "largeop",
    "symmetric",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

/// The same, which leaves the players of lessons.
static SANITISER_OF_LESSONS: LazyLock<Builder<'static>> = LazyLock::new(|| with_players(&PLAYERS));

/// The same, which leaves the players of sound alone.
static SANITISER_OF_ITEMS: LazyLock<Builder<'static>> = LazyLock::new(|| with_players(&SOUND_PLAYERS));

/// What of ours is played.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Played {
    Nothing,
    Sound,
    Everything,
}

fn with_players(players: &'static [&'static str]) -> Builder<'static> {
    let mut builder = sanitiser();
    for &player in players {
        builder.add_tags([player]).add_tag_attributes(player, ["src", "poster", "aria-label"]);
        // Nothing of it is fetched before somebody asks for it.
        builder.set_tag_attribute_value(player, "preload", "none").set_tag_attribute_value(player, "controls", "");
        if player == "video" {
            builder.set_tag_attribute_value(player, "playsinline", "");
        }
    }
    builder.add_allowed_classes("span", [RECORDING]);
    builder
}

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::default();
    builder.add_tags(MATHML).add_generic_attributes(MATHML_ATTRIBUTES).add_tags(["u"]);
    builder.add_tag_attributes("a", ["id"]).add_tag_attributes("li", ["id"]);
    builder.url_schemes(HashSet::from(["https", "http", "mailto"])).link_rel(Some("noopener noreferrer"));
    builder.attribute_filter(|element, attribute, value| match (element, attribute) {
        ("img", "src") | ("video", "poster") => picture_at(value).map(|_| value.into()),
        ("video" | "audio", "src") => recording_named(value).map(|_| value.into()),
        (_, "id") => is_note_id(value).then(|| value.into()),
        _ => Some(value.into()),
    });
    builder.set_tag_attribute_value("img", "loading", "lazy");
    builder
}

/// Renders Markdown; whatever could act in a browser is taken out. Of pictures those are shown that are
/// ours; the words of the others stay, and so do those of video and sound.
#[must_use]
pub fn render(markdown: &str) -> String {
    draw(markdown, Played::Nothing)
}

/// Renders Markdown of an item as somebody answers it: as [`render`], with players for our sound.
#[must_use]
pub fn render_item(markdown: &str) -> String {
    draw(markdown, Played::Sound)
}

/// Renders Markdown of a lesson: as [`render`], with players for our video and sound.
#[must_use]
pub fn render_lesson(markdown: &str) -> String {
    draw(markdown, Played::Everything)
}

fn draw(markdown: &str, played: Played) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.render.r#unsafe = true; // raw HTML such as <u> passes on to the sanitiser
    let root = parse_document(&arena, markdown, &options);
    lower_headings(root);
    if played != Played::Nothing {
        show_recordings(root, played);
    }
    keep_the_words_of_foreign_pictures(root);
    name_footnotes(root, markdown);
    for node in root.descendants() {
        let formula = match &node.data.borrow().value {
            NodeValue::Math(math) => Some((math.literal.clone(), math.display_math)),
            _ => None,
        };
        if let Some((latex, display)) = formula {
            node.data.borrow_mut().value = NodeValue::Raw(mathml(&latex, display));
        }
    }
    let mut html = String::new();
    if format_html(root, &options, &mut html).is_err() {
        html = ammonia::clean_text(markdown);
    }
    let sanitiser = match played {
        Played::Nothing => &SANITISER,
        Played::Sound => &SANITISER_OF_ITEMS,
        Played::Everything => &SANITISER_OF_LESSONS,
    };
    sanitiser.clean(&html).to_string()
}

/// The hashes of the pictures in rendered Markdown.
pub fn pictures_in(html: &str) -> impl Iterator<Item = &str> {
    html.split('"').filter_map(picture_at)
}

/// Rendered Markdown whose pictures travel within it: each address of a hash is replaced by what
/// `content` gives for it.
#[must_use]
pub fn with_pictures(html: &str, content: impl Fn(&str) -> Option<String>) -> String {
    let part = |part| picture_at(part).and_then(&content).unwrap_or_else(|| String::from(part));
    html.split('"').map(part).collect::<Vec<_>>().join("\"")
}

/// The recordings that rendered Markdown plays.
pub fn recordings_in(html: &str) -> impl Iterator<Item = RecordingName> {
    html.split('"').filter_map(recording_named)
}

/// Rendered Markdown whose recordings travel within it, as its pictures do: by the address of each.
#[must_use]
pub fn with_recordings(html: &str, content: impl Fn(&str) -> Option<String>) -> String {
    let part = |part: &str| {
        let held = recording_named(part).and_then(|_| content(part));
        held.unwrap_or_else(|| String::from(part))
    };
    html.split('"').map(part).collect::<Vec<_>>().join("\"")
}

/// The recording of ours that is at an address, and nothing beside.
fn recording_named(address: &str) -> Option<RecordingName> {
    address.strip_prefix(RECORDINGS).and_then(RecordingName::parse)
}

/// Makes players of the pictures that are none.
fn show_recordings<'a>(root: Node<'a>, played: Played) {
    let is_played = |shown: &ShownRecording| played == Played::Everything || !shown.name.kind.is_video();
    let shown = |node: &Node<'a>| match &node.data.borrow().value {
        NodeValue::Image(picture) => recording_at(&picture.url).filter(is_played),
        _ => None,
    };
    let found: Vec<_> = root.descendants().filter_map(|node| Some((node, shown(&node)?))).collect();
    for (node, recording) in found {
        let html = player(&recording, &words_in(node));
        for word in node.children().collect::<Vec<_>>() {
            word.detach();
        }
        node.data.borrow_mut().value = NodeValue::Raw(html);
    }
}

/// The words of a picture.
fn words_in<'a>(picture: Node<'a>) -> String {
    let word = |node: Node<'a>| match &node.data.borrow().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
        _ => String::new(),
    };
    picture.descendants().map(word).collect()
}

/// A player, with its words and what playing it weighs.
fn player(recording: &ShownRecording, words: &str) -> String {
    let (name, words) = (&recording.name, ammonia::clean_text(words));
    let element = if name.kind.is_video() { "video" } else { "audio" };
    let poster = recording.poster.as_deref().map(|sha256| format!(" poster=\"{}\"", picture_path(sha256)));
    format!(
        "<span class=\"{RECORDING}\"><{element} src=\"{}\"{} aria-label=\"{words}\"></{element}>\
         <small>{words} · {}</small></span>",
        name.path(),
        poster.unwrap_or_default(),
        data_size(name.bytes),
    )
}

/// A browser may load nothing from elsewhere.
fn keep_the_words_of_foreign_pictures<'a>(root: Node<'a>) {
    let is_foreign = |node: &Node<'a>| match &node.data.borrow().value {
        NodeValue::Image(picture) => picture_at(&picture.url).is_none(),
        _ => false,
    };
    let foreign: Vec<_> = root.descendants().filter(is_foreign).collect();
    for picture in foreign {
        let words: Vec<_> = picture.children().collect();
        for word in words {
            picture.insert_before(word);
        }
        picture.detach();
    }
}

/// Headings begin below that of the page, whatever level the author began with.
fn lower_headings<'a>(root: Node<'a>) {
    let level = |node: Node<'a>| match &node.data.borrow().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let Some(highest) = root.descendants().filter_map(level).min() else { return };
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data.borrow_mut().value {
            heading.level = (heading.level - highest + PAGE_LEVEL + 1).min(LOWEST_LEVEL);
        }
    }
}

/// Names footnotes by the text that they belong to and by their number, so that their links lead to them and to nothing
/// else on the page, whatever their author called them.
fn name_footnotes<'a>(root: Node<'a>, markdown: &str) {
    let reference = |node: Node<'a>| match &node.data.borrow().value {
        NodeValue::FootnoteReference(reference) => Some((reference.name.clone(), reference.ix)),
        _ => None,
    };
    let numbers: HashMap<String, u32> = root.descendants().filter_map(reference).collect();
    if numbers.is_empty() {
        return;
    }
    let mut text = hex::encode(Sha256::digest(markdown));
    text.truncate(NOTE_DIGEST_CHARS);
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        let name = match &mut data.value {
            NodeValue::FootnoteReference(reference) => &mut reference.name,
            NodeValue::FootnoteDefinition(definition) => &mut definition.name,
            _ => continue,
        };
        if let Some(number) = numbers.get(name.as_str()) {
            *name = format!("{text}-{number}");
        }
    }
}

/// Whether an id is that of a footnote, or of where one is referred to, as [`name_footnotes`] names them.
fn is_note_id(id: &str) -> bool {
    let name = id.strip_prefix("fnref-").or_else(|| id.strip_prefix("fn-")).unwrap_or_default();
    let (text, numbers) = name.split_once('-').unwrap_or_default();
    let is_text = text.len() == NOTE_DIGEST_CHARS && text.bytes().all(|letter| letter.is_ascii_hexdigit());
    is_text && numbers.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-')
}

/// One formula; one that cannot be read stays visible as it was written.
fn mathml(latex: &str, display: bool) -> String {
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let converter = LatexToMathML::new(MathCoreConfig::default());
    match converter.map(|converter| converter.convert_with_local_state(latex, display)) {
        Ok(Ok(formula)) => formula.mathml,
        _ => format!("<code>{}</code>", ammonia::clean_text(latex)),
    }
}

#[cfg(test)]
mod tests;
