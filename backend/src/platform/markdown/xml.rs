//! Sanitised HTML as XML, which whoever sets documents on paper can read.

/// Elements that have no end in HTML.
const VOID: [&str; 6] = ["img", "br", "hr", "wbr", "col", "area"];

/// Rendered Markdown as XML. Signs without width are left out: they keep lines from being read as Markdown, and no font
/// needs to have them.
#[must_use]
pub fn as_xml(html: &str) -> String {
    let html = html.replace("&nbsp;", "\u{a0}").replace('\u{200b}', "");
    let (mut xml, mut rest) = (String::with_capacity(html.len()), html.as_str());
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(tag_len(tag));
        xml.push_str(text);
        xml.push_str(&closed(tag));
        rest = after;
    }
    xml.push_str(rest);
    xml
}

/// Bytes of the tag with which a text begins: up to the first `>` that stands in no attribute.
fn tag_len(text: &str) -> usize {
    let mut is_quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A tag with its end where XML wants one, and without a `<` in its attributes.
fn closed(tag: &str) -> String {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let name = inner.split(' ').next().unwrap_or_default();
    let end = if VOID.contains(&name) { "/>" } else { ">" };
    format!("<{}{end}", inner.replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::markdown::render;
    use quick_xml::{Reader, events::Event};

    /// Markdown as XML, after somebody else has read it to its end.
    #[track_caller]
    fn xml(markdown: &str) -> String {
        let xml = as_xml(&render(markdown));
        let mut reader = Reader::from_str(&xml);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => return xml,
                Ok(_) => {}
                Err(error) => panic!("{error}: {xml}"),
            }
        }
    }

    #[test]
    fn what_is_rendered_is_xml() {
        assert_eq!(xml("\u{200b}甲").trim(), "<p>甲</p>");
        assert!(xml(r"若 $x^2 = 4$，则 $\frac{a < b}{c}$").contains("<msup>"));
        let breaks = xml("第一行  \n第二行&nbsp;& 完\n\n---\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |");
        assert!(breaks.contains("<br/>") && breaks.contains("<hr/>") && breaks.contains("\u{a0}"), "{breaks}");
    }

    #[test]
    fn a_picture_is_closed_whatever_is_said_of_it() {
        let address = shared::media::picture_path(&"0123456789abcdef".repeat(4));
        let xml = xml(&format!("![a<b>c \"d\"]({address})"));
        assert!(xml.contains("<img ") && xml.contains("/>"), "{xml}");
        assert_eq!(closed(r#"<img alt="a<b">"#), r#"<img alt="a&lt;b"/>"#);
        assert_eq!(as_xml(r#"<p title="1>0">x</p>"#), r#"<p title="1>0">x</p>"#);
    }
}
