//! Items of lists, each below the one that it belongs to.

use crate::learning::docx::model::Item;

/// Numbers have so many digits at most in Markdown.
const MAX_NUMBER: u32 = 999_999_999;

/// The lists that are open, the outermost first.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    has_begun: bool,
}

struct Open {
    depth: usize,
    list: String,
    /// Columns before its marks.
    indent: usize,
    /// Columns before what belongs to its last item.
    inner: usize,
    /// Whether it has the other mark: two lists in a row would else be one.
    is_other: bool,
}

impl Lists {
    /// Something else comes.
    pub(super) fn end(&mut self) {
        self.open.clear();
        self.has_begun = false;
    }

    /// Whether the last item follows another one.
    pub(super) const fn goes_on(&self) -> bool {
        self.has_begun
    }

    /// One item as it is written.
    pub(super) fn item(&mut self, item: &Item, words: &str) -> String {
        self.has_begun = !self.open.is_empty();
        while self.open.last().is_some_and(|open| open.depth > item.depth) {
            self.open.pop();
        }
        let is_deeper = self.open.last().is_none_or(|open| open.depth < item.depth);
        if is_deeper {
            let indent = self.open.last().map_or(0, |open| open.inner);
            let list = item.list.clone();
            self.open.push(Open { depth: item.depth, list, indent, inner: indent, is_other: false });
        }
        let Some(open) = self.open.last_mut() else { return words.to_owned() };
        if open.list != item.list {
            open.list.clone_from(&item.list);
            open.is_other = !open.is_other;
        }
        let mark = match (item.number, open.is_other) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(number), false) => format!("{}. ", number.min(MAX_NUMBER)),
            (Some(number), true) => format!("{}) ", number.min(MAX_NUMBER)),
        };
        open.inner = open.indent + mark.len();
        let words = words.replace('\n', &format!("\n{}", " ".repeat(open.inner)));
        format!("{}{mark}{words}", " ".repeat(open.indent))
    }
}
