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
use shared::media::{
    picture_at, picture_path,
    recording::{RECORDINGS, RecordingName, ShownRecording, data_size, recording_at},
};
use std::{collections::HashSet, sync::LazyLock};

/// Elements that play something.
const PLAYERS: [&str; 2] = ["video", "audio"];
/// The class of a player with what is said of it.
const RECORDING: &str = "recording";
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
static SANITISER_OF_LESSONS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = sanitiser();
    for player in PLAYERS {
        builder.add_tags([player]).add_tag_attributes(player, ["src", "poster", "aria-label"]);
        // Nothing of it is fetched before somebody asks for it.
        builder.set_tag_attribute_value(player, "preload", "none").set_tag_attribute_value(player, "controls", "");
    }
    builder.set_tag_attribute_value("video", "playsinline", "").add_allowed_classes("span", [RECORDING]);
    builder
});

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::default();
    builder.add_tags(MATHML).add_generic_attributes(MATHML_ATTRIBUTES).add_tags(["u"]);
    builder.url_schemes(HashSet::from(["https", "http", "mailto"])).link_rel(Some("noopener noreferrer"));
    builder.attribute_filter(|element, attribute, value| match (element, attribute) {
        ("img", "src") | ("video", "poster") => picture_at(value).map(|_| value.into()),
        ("video" | "audio", "src") => is_recording(value).then(|| value.into()),
        _ => Some(value.into()),
    });
    builder.set_tag_attribute_value("img", "loading", "lazy");
    builder
}

/// Renders Markdown; whatever could act in a browser is taken out. Of pictures those are shown that are
/// ours; the words of the others stay, and so do those of video and sound.
#[must_use]
pub fn render(markdown: &str) -> String {
    draw(markdown, false)
}

/// Renders Markdown of a lesson: as [`render`], with players for our video and sound.
#[must_use]
pub fn render_lesson(markdown: &str) -> String {
    draw(markdown, true)
}

fn draw(markdown: &str, has_players: bool) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.render.r#unsafe = true; // raw HTML such as <u> passes on to the sanitiser
    let root = parse_document(&arena, markdown, &options);
    lower_headings(root);
    if has_players {
        show_recordings(root);
    }
    keep_the_words_of_foreign_pictures(root);
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
    let sanitiser = if has_players { &SANITISER_OF_LESSONS } else { &SANITISER };
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

/// Whether an address is of a recording of ours, and of nothing beside.
fn is_recording(address: &str) -> bool {
    address.strip_prefix(RECORDINGS).and_then(RecordingName::parse).is_some()
}

/// Makes players of the pictures that are none.
fn show_recordings<'a>(root: Node<'a>) {
    let shown = |node: &Node<'a>| match &node.data.borrow().value {
        NodeValue::Image(picture) => recording_at(&picture.url),
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
mod tests {
    use super::{pictures_in, render, render_lesson, with_pictures};
    use shared::media::{
        picture_path,
        recording::{RecordingKind, RecordingName, ShownRecording},
    };

    #[test]
    fn formulas_become_mathml() {
        let html = render("若 $x^2 = 4$，则");
        assert!(html.contains("<msup>") && html.contains("<math"), "{html}");
    }

    #[test]
    fn what_stands_behind_a_sign_without_width_begins_no_block() {
        for (text, html) in [(">", "&gt;"), ("- 3", "- 3"), ("1. 甲", "1. 甲"), ("# 乙", "# 乙"), ("---", "---")] {
            assert_eq!(render(&format!("\u{200b}{text}")).trim(), format!("<p>\u{200b}{html}</p>"));
        }
    }

    #[test]
    fn headings_begin_below_that_of_the_page() {
        let html = render("### 一\n\n#### 二\n\n### 三");
        assert!(html.contains("<h2>一</h2>") && html.contains("<h3>二</h3>") && html.contains("<h2>三</h2>"), "{html}");
        assert!(render("# 一").contains("<h2>一</h2>"));
    }

    #[test]
    fn nothing_that_acts_survives() {
        let html = render(
            "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1))\n\n<b>好</b>",
        );
        assert!(!html.contains("script") && !html.contains("onerror") && html.contains("<b>好</b>"), "{html}");
    }

    #[test]
    fn only_our_pictures_are_shown() {
        let ours = picture_path(&"0123456789abcdef".repeat(4));
        let html = render(&format!("![两个圆]({ours})"));
        assert!(html.contains(&format!("src=\"{ours}\"")) && html.contains("alt=\"两个圆\""), "{html}");
        let html = render("前 ![图](https://example.org/x.png) 后 <img src=\"https://example.org/y.png\" alt=\"z\">");
        assert!(!html.contains("example.org") && html.contains("前 图 后"), "{html}");
    }

    #[test]
    fn pictures_travel_within_the_text() {
        let hash = "0123456789abcdef".repeat(4);
        let html = render(&format!("![a]({})", picture_path(&hash)));
        assert_eq!(pictures_in(&html).collect::<Vec<_>>(), [hash.as_str()]);
        let html = with_pictures(&html, |found| (found == hash).then(|| "data:x".to_owned()));
        assert!(html.contains("src=\"data:x\"") && pictures_in(&html).next().is_none(), "{html}");
    }

    fn recording(kind: RecordingKind, poster: Option<String>) -> ShownRecording {
        ShownRecording { name: RecordingName { sha256: "a1".repeat(32), bytes: 12_345_678, kind }, poster }
    }

    #[test]
    fn a_lesson_has_players_that_fetch_nothing_by_themselves() {
        let poster = "b2".repeat(32);
        let video = recording(RecordingKind::Mp4, Some(poster.clone()));
        let html = render_lesson(&format!("![怎样\"接\"线]({})", video.address()));
        for part in [
            format!("src=\"{}\"", video.name.path()),
            format!("poster=\"{}\"", picture_path(&poster)),
            "preload=\"none\"".to_owned(),
            "controls=\"\"".to_owned(),
            "playsinline=\"\"".to_owned(),
            "<span class=\"recording\">".to_owned(),
            "12.4 MB</small>".to_owned(),
        ] {
            assert!(html.contains(&part), "{part} is not in {html}");
        }
        assert!(html.contains("aria-label=\"怎样&quot;接&quot;线\""), "{html}");
        let html = render_lesson(&format!("![课文]({})", recording(RecordingKind::Mp3, None).address()));
        assert!(html.contains("<audio") && html.contains("preload=\"none\"") && !html.contains("poster"), "{html}");
    }

    #[test]
    fn elsewhere_the_words_of_a_recording_stay() {
        let video = recording(RecordingKind::Mp4, None);
        let html = render(&format!("![怎样接线]({}) <video src=\"{}\"></video>", video.address(), video.name.path()));
        assert_eq!(html.trim(), "<p>怎样接线 </p>");
    }

    #[test]
    fn only_our_recordings_play_and_never_by_themselves() {
        let ours = recording(RecordingKind::Webm, None).name.path();
        let html = render_lesson(&format!(
            "![片]({ours}x) <video src=\"https://example.org/x.mp4\" autoplay loop></video> \
             <video src=\"{ours}\" autoplay preload=\"auto\"></video><track src=\"/x\">"
        ));
        assert!(!html.contains("example.org") && !html.contains("autoplay") && !html.contains("auto\""), "{html}");
        assert!(!html.contains("track") && html.matches(&ours).count() == 1, "{html}");
    }

    #[test]
    fn a_formula_that_cannot_be_read_stays_visible() {
        assert!(render(r"$\frac{1}$").contains("frac"));
    }
}
