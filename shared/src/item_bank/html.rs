//! Reads HTML as people and their programs write it: nothing in it is wrong, only closed too late or not at all.

use super::{
    ImportError,
    import::import_error,
    xml::{Element, MAX_DEPTH, MAX_NODES, Node},
};

/// Elements that hold nothing.
const VOID: [&str; 11] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "source", "wbr"];
/// Elements that end where the next one of them begins.
const CLOSED_BY_THEIR_LIKE: [&str; 7] = ["li", "p", "td", "th", "tr", "dd", "dt"];
/// Elements whose content is not for people.
const HIDDEN: [&str; 2] = ["script", "style"];
/// Longest name of a character, in bytes.
const ENTITY_BYTES: usize = 12;
/// Characters that have names.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("minus", '−'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("deg", '°'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("infin", '∞'),
    ("radic", '√'),
    ("sum", '∑'),
    ("int", '∫'),
    ("isin", '∈'),
    ("cap", '∩'),
    ("cup", '∪'),
    ("sub", '⊂'),
    ("perp", '⊥'),
    ("ang", '∠'),
    ("rarr", '→'),
    ("larr", '←'),
    ("hArr", '⇔'),
    ("rArr", '⇒'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("Delta", 'Δ'),
    ("theta", 'θ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("phi", 'φ'),
    ("omega", 'ω'),
    ("Omega", 'Ω'),
    ("yen", '¥'),
    ("copy", '©'),
];

/// The content of a text that begins on this line.
///
/// # Errors
/// `xml_too_large` if there is more in it than in any.
pub(super) fn parse(text: &str, line: u32) -> Result<Vec<Node>, ImportError> {
    let quotes = vec![b'"', b'\''];
    let mut reader = Reader { rest: text, line, open: vec![Element::default()], quotes, has_ends: true, nodes: 0 };
    while !reader.rest.is_empty() {
        reader.step();
        if reader.nodes > MAX_NODES {
            return Err(import_error(reader.line, "xml_too_large"));
        }
    }
    while reader.open.len() > 1 {
        reader.close();
    }
    Ok(reader.open.pop().map(|outside| outside.nodes).unwrap_or_default())
}

struct Reader<'t> {
    rest: &'t str,
    line: u32,
    /// The elements that are open; the first stands for all of the text.
    open: Vec<Element>,
    /// The quotes that are closed somewhere in the rest, as far as is known.
    quotes: Vec<u8>,
    /// Whether a tag may still end in the rest, as far as is known.
    has_ends: bool,
    /// Texts, elements and attributes so far.
    nodes: usize,
}

impl<'t> Reader<'t> {
    /// Reads a tag, a comment or the text before the next of them.
    fn step(&mut self) {
        let next = self.rest.chars().nth(1).unwrap_or(' ');
        let begins = self.rest.starts_with('<') && (next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if self.rest.starts_with("<!--") {
            let end = self.rest.find("-->").map_or(self.rest.len(), |at| at + 3);
            self.pass(end);
        } else if begins && let Some(inner) = self.pass_tag() {
            self.tag(inner.trim_start_matches('<').trim_end_matches('>'));
        } else {
            let from = self.rest.chars().next().map_or(0, char::len_utf8);
            let end = self.rest[from..].find('<').map_or(self.rest.len(), |at| at + from);
            let text = self.pass(end);
            self.nodes += 1;
            self.push(Node::Text(decoded(text)));
        }
    }

    /// Goes on by so many bytes, and gives them.
    fn pass(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        let breaks = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.rest = rest;
        passed
    }

    /// Goes on behind the tag that begins here, and gives it; `None` if it ends nowhere, and so is none.
    fn pass_tag(&mut self) -> Option<&'t str> {
        if !self.has_ends {
            return None;
        }
        let mut quote = None;
        let mut end = None;
        for (at, byte) in self.rest.bytes().enumerate() {
            match quote {
                Some(open) if open == byte => quote = None,
                Some(_) => {}
                None if byte == b'>' => {
                    end = Some(at + 1);
                    break;
                }
                None if self.quotes.contains(&byte) => quote = Some(byte),
                None => {}
            }
        }
        if let (None, Some(open)) = (end, quote) {
            // A quote that is never closed is none.
            self.quotes.retain(|quote| *quote != open);
            end = self.rest.find('>').map(|at| at + 1);
        }
        self.has_ends = end.is_some();
        end.map(|end| self.pass(end))
    }

    fn push(&mut self, node: Node) {
        if let Some(element) = self.open.last_mut() {
            element.nodes.push(node);
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            self.push(Node::Element(element));
        }
    }

    fn tag(&mut self, inner: &str) {
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let end = inner.find(|letter: char| letter.is_whitespace() || letter == '/').unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        if name.starts_with(['!', '?']) || name.is_empty() {
            return;
        }
        let place = self.open.iter().skip(1).rposition(|element| element.name == name);
        if is_end {
            if let Some(place) = place {
                self.close_to(place + 1);
            }
            return;
        }
        let is_last = place.is_some_and(|place| place + 2 == self.open.len());
        if is_last && CLOSED_BY_THEIR_LIKE.contains(&name.as_str()) {
            self.close();
        }
        let rest = &inner[end..];
        let is_void = VOID.contains(&name.as_str()) || rest.ends_with('/');
        let is_hidden = HIDDEN.contains(&name.as_str());
        let element = Element { attributes: attributes(rest), name, nodes: Vec::new(), line: self.line };
        self.nodes += 1 + element.attributes.len();
        if is_hidden && !is_void {
            self.pass(end_of_hidden(self.rest, &element.name));
        }
        // What lies too deep stands beside what it lies in.
        if is_void || self.open.len() > MAX_DEPTH {
            self.push(Node::Element(element));
        } else {
            self.open.push(element);
        }
    }

    /// Closes all elements from this place on.
    fn close_to(&mut self, place: usize) {
        while self.open.len() > place {
            self.close();
        }
    }
}

/// Where the content of an element that is not for people ends.
fn end_of_hidden(text: &str, name: &str) -> usize {
    let is_end = |at: usize| text[at + 2..].get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    text.match_indices("</").find(|(at, _)| is_end(*at)).map_or(text.len(), |(at, _)| at)
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quoted = after.strip_prefix(['"', '\'']).and_then(|inner| {
                let quote = &after[..1];
                inner.split_once(quote)
            });
            (value, rest) =
                quoted.unwrap_or_else(|| after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())));
        }
        if !name.is_empty() {
            found.push((name, decoded(value)));
        }
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
    }
    found
}

/// A text without references to characters.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(ENTITY_BYTES).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(own, _)| *own == name).map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|character| !character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(text: &str) -> Element {
        Element { nodes: parse(text, 1).unwrap(), ..Element::default() }
    }

    #[test]
    fn what_is_not_closed_is_closed_where_it_must_end() {
        let tree = whole("<ul><li>a<li>b</ul><P Class='x>y'>c<br>d");
        assert_eq!(tree.child("ul").unwrap().all("li").map(Element::text).collect::<Vec<_>>(), ["a", "b"]);
        let paragraph = tree.child("p").unwrap();
        assert_eq!((paragraph.attribute("class"), paragraph.text().as_str()), (Some("x>y"), "cd"));
    }

    #[test]
    fn characters_have_names_and_numbers() {
        assert_eq!(whole("1 &lt; 2&nbsp;&#20013;&#x4E2D; &unknown; & <3").text(), "1 < 2 中中 &unknown; & <3");
    }

    #[test]
    fn scripts_and_comments_say_nothing_and_lines_are_counted() {
        let tree = whole("a<!-- b\n -->\n<script>if (a < b) {}</SCRIPT><i title=\"never closed>c</i>");
        assert_eq!((tree.text().trim(), tree.child("i").map(|element| element.line)), ("a\nc", Some(3)));
    }

    #[test]
    fn a_tag_that_ends_nowhere_is_text() {
        assert_eq!(whole("<b>a</b> if a<b and c</b").text(), "a if a<b and c</b");
        assert_eq!(whole("1 <p \"2>3\"").text(), "1 <p \"2>3\"");
    }

    #[test]
    fn more_than_in_any_text_is_refused() {
        let many = "<b>".repeat(MAX_NODES);
        assert!(parse(&many, 1).is_ok());
        assert_eq!(parse(&format!("{many}<b>"), 1), Err(import_error(1, "xml_too_large")));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(<|>|/|!--|--|p|li|br|script|&|;|#x|\"|'|=| |a|甲|\n){0,60}") {
            drop(parse(&text, 1));
        }
    }
}
