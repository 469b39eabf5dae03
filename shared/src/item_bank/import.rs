//! What a parser of item texts gives back.

use super::{ImportError, Item};

/// The items of a text and everything in it that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedItems {
    /// The items, in the order of the text.
    pub items: Vec<Item>,
    /// What could not be read, in the order of the text.
    pub errors: Vec<ImportError>,
}

impl ParsedItems {
    /// Takes one more item, or why it is none.
    pub(super) fn push(&mut self, parsed: Result<Item, ImportError>) {
        match parsed {
            Ok(item) => self.items.push(item),
            Err(error) => self.errors.push(error),
        }
    }
}

/// An error whose text is filled in at the edge.
pub(super) fn import_error(line: u32, code: &str) -> ImportError {
    ImportError { line, code: code.to_owned(), detail: String::new() }
}
