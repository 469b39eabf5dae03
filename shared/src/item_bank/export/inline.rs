//! One line of an item's Markdown as XHTML, and what is gathered while an item is written.

use super::{OutgoingPicture, OutgoingPictures, picture_name};
use crate::{
    item_bank::{
        ExportLossCode,
        blanks::{BLANK, closing_dollar},
        hot_text::{MARKS, closing},
    },
    media::picture_at,
};
use std::collections::{BTreeSet, VecDeque};

/// Elements of HTML that stand in Markdown, and what they are written as.
const TAGS: [(&str, &str); 11] = [
    ("b", "strong"),
    ("strong", "strong"),
    ("i", "em"),
    ("em", "em"),
    ("u", "u"),
    ("s", "s"),
    ("del", "s"),
    ("sub", "sub"),
    ("sup", "sup"),
    ("code", "code"),
    ("kbd", "code"),
];
/// How a break stands in Markdown.
const BREAKS: [&str; 5] = ["\\\n", "  \n", "<br>", "<br/>", "<br />"];

/// What is gathered while one item is written.
pub(super) struct Desk<'d> {
    pictures: &'d OutgoingPictures,
    /// Where the format looks for pictures; `None` if it has none.
    folder: Option<&'static str>,
    /// The pictures that were written, by hash.
    pub(super) used: BTreeSet<String>,
    /// What is lost.
    pub(super) told: BTreeSet<ExportLossCode>,
    /// What stands at the next blanks; where nothing is left, a blank stays one.
    pub(super) places: VecDeque<String>,
    /// The index of the next words that can be chosen in a text; `None` where none can.
    pub(super) next_spot: Option<u16>,
}

impl<'d> Desk<'d> {
    pub(super) fn new(pictures: &'d OutgoingPictures, folder: Option<&'static str>) -> Self {
        Self {
            pictures,
            folder,
            used: BTreeSet::new(),
            told: BTreeSet::new(),
            places: VecDeque::new(),
            next_spot: None,
        }
    }

    pub(super) fn tell(&mut self, code: ExportLossCode) {
        self.told.insert(code);
    }

    /// The pictures that were written, with the names of their files.
    pub(super) fn shown(&self) -> impl Iterator<Item = (String, &OutgoingPicture)> {
        self.used.iter().filter_map(|sha256| {
            let picture = self.pictures.get(sha256)?;
            Some((picture_name(sha256, picture), picture))
        })
    }

    /// Writes a line.
    pub(super) fn inline(&mut self, text: &str) -> String {
        let (mut out, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(letter) = rest.chars().next() {
            let passed = self.mark(rest, &mut out).unwrap_or_else(|| {
                push(letter, &mut out);
                letter.len_utf8()
            });
            rest = &rest[passed..];
        }
        out
    }

    /// Writes what a mark at the beginning means, and says how many bytes it takes; `None` if there is none.
    fn mark(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        if let Some(found) = BREAKS.iter().find(|written| rest.starts_with(**written)) {
            out.push_str("<br/>");
            return Some(found.len());
        }
        match rest.as_bytes().first()? {
            b'\\' => {
                let letter = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
                push(letter, out);
                Some(2)
            }
            b'$' => formula(rest, out),
            b'`' => code(rest, out),
            b'!' => self.picture(rest, out),
            b'*' => self.stars(rest, out),
            b'<' => self.tag(rest, out),
            b'_' => self.blank(rest, out),
            b'[' => self.spot(rest, out),
            _ => None,
        }
    }

    fn blank(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let length = rest.len() - rest.trim_start_matches('_').len();
        if length < 2 {
            return None;
        }
        out.push_str(self.places.pop_front().as_deref().unwrap_or(BLANK));
        Some(length)
    }

    /// Words that can be chosen where they stand.
    fn spot(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let place = self.next_spot?;
        let inner = rest.strip_prefix(MARKS.0)?;
        let inner = &inner[..closing(inner)?];
        if inner.trim().is_empty() || inner.contains('\n') {
            return None;
        }
        self.next_spot = Some(place + 1);
        let written = self.inline(inner.trim());
        out.push_str(&format!("<hottext identifier=\"{}\">{written}</hottext>", spot_name(place)));
        Some(MARKS.0.len() + inner.len() + MARKS.1.len())
    }

    fn stars(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let (mark, tag) = if rest.starts_with("**") { ("**", "strong") } else { ("*", "em") };
        let inner = &rest[mark.len()..];
        let inner = &inner[..find(inner, mark)?];
        if inner.is_empty() || inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace) {
            return None;
        }
        let written = self.inline(inner);
        out.push_str(&format!("<{tag}>{written}</{tag}>"));
        Some(inner.len() + 2 * mark.len())
    }

    fn tag(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        TAGS.iter().find_map(|(own, written_as)| {
            let inner = rest.strip_prefix(&format!("<{own}>"))?;
            let end = format!("</{own}>");
            let inner = &inner[..inner.find(&end)?];
            let written = self.inline(inner);
            out.push_str(&format!("<{written_as}>{written}</{written_as}>"));
            Some(own.len() + 2 + inner.len() + end.len())
        })
    }

    /// A picture of ours goes along where the format has a place for it. Another one is told by its words.
    fn picture(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let inner = rest.strip_prefix("![")?;
        let (words, after) = inner.split_at(find(inner, "](")?);
        let address = &after[2..];
        let address = &address[..address.find(')')?];
        let words: String = words.replace('\\', "");
        let name = |sha256| Some((sha256, picture_name(sha256, self.pictures.get(sha256)?)));
        let name = picture_at(address).and_then(name);
        match (self.folder, name) {
            (Some(folder), Some((sha256, name))) => {
                self.used.insert(sha256.to_owned());
                self.tell(ExportLossCode::PictureNotReadBack);
                out.push_str(&format!("<img src=\"{folder}{name}\" alt=\"{}\"/>", escaped(&words)));
            }
            _ => {
                self.tell(ExportLossCode::PictureLeftOut);
                out.push_str(&escaped(&words));
            }
        }
        Some(rest.len() - after.len() + 2 + address.len() + 1)
    }
}

/// What words that can be chosen in a text are called in QTI.
pub(super) fn spot_name(place: u16) -> String {
    format!("H{place}")
}

/// A formula between the marks that other systems know.
fn formula(rest: &str, out: &mut String) -> Option<usize> {
    let (fence, open, close) = if rest.starts_with("$$") { ("$$", "\\[", "\\]") } else { ("$", "\\(", "\\)") };
    let inner = &rest[fence.len()..];
    let found = if fence.len() == 2 { inner.find(fence) } else { closing_dollar(inner) };
    let end = found?;
    let latex = inner[..end].trim().replace("\\$", "$");
    if latex.is_empty() {
        return None;
    }
    out.push_str(&format!("{open}{}{close}", escaped(&latex)));
    Some(end + 2 * fence.len())
}

fn code(rest: &str, out: &mut String) -> Option<usize> {
    let inner = rest.trim_start_matches('`');
    let fence = &rest[..rest.len() - inner.len()];
    let inner = &inner[..inner.find(fence)?];
    out.push_str(&format!("<code>{}</code>", escaped(inner.trim())));
    Some(inner.len() + 2 * fence.len())
}

/// Where a mark stands that no backslash takes its meaning from.
fn find(text: &str, mark: &str) -> Option<usize> {
    let is_free = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0;
    text.match_indices(mark).map(|(at, _)| at).find(|at| is_free(*at))
}

fn push(letter: char, out: &mut String) {
    match letter {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\t' | '\n' => out.push(letter),
        letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
        letter => out.push(letter),
    }
}

/// A text in XML, without what no text there may hold.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| push(letter, &mut out));
    out
}
