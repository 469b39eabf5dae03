//! What a parser of item texts gives back.

use super::{
    Descriptor, ImportError, ImportFormat, Item, ItemBody, OPTION_COUNT, parse_aiken, parse_chinese_text, parse_gift,
    parse_moodle_xml, parse_own_items, parse_qti, validate_item,
};
use crate::problem::FieldError;
use std::collections::BTreeMap;

/// The items of a text and everything in it that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedItems {
    /// The items, in the order of the text.
    pub items: Vec<Item>,
    /// What could not be read, in the order of the text.
    pub errors: Vec<ImportError>,
    /// What lies in the items and is not taken, in the order of the text.
    pub losses: Vec<ImportError>,
    /// What is said of the items beside what they ask, by their places.
    pub descriptors: BTreeMap<usize, Descriptor>,
}

/// Reads the items of a text in a format.
#[must_use]
pub fn parse_items(format: ImportFormat, text: &str) -> ParsedItems {
    match format {
        ImportFormat::ChineseText => parse_chinese_text(text),
        ImportFormat::Gift => parse_gift(text),
        ImportFormat::Aiken => parse_aiken(text),
        ImportFormat::MoodleXml => parse_moodle_xml(text),
        ImportFormat::Qti => parse_qti(text),
        ImportFormat::Own => parse_own_items(text),
    }
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

/// Characters of a text that is told by its beginning.
const TOLD_CHARS: usize = 30;

/// What is told of a text that is not taken.
pub(super) fn left_out(line: u32, text: &str) -> ImportError {
    ImportError { name: beginning(text), ..import_error(line, "left_out") }
}

/// How a text begins, in a line.
pub(super) fn beginning(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(TOLD_CHARS) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text,
    }
}

/// An error whose text is filled in at the edge.
pub(super) fn import_error(line: u32, code: &str) -> ImportError {
    ImportError { line, code: code.to_owned(), name: String::new(), file: String::new(), detail: String::new() }
}

/// The item, or the code of the first thing that is wrong with it.
pub(super) fn checked(item: Item) -> Result<Item, &'static str> {
    match validate_item(&item).first() {
        None => Ok(item),
        Some(error) => Err(code_of(error, &item)),
    }
}

/// The code of an import for what is wrong with an item's document.
fn code_of(error: &FieldError, item: &Item) -> &'static str {
    match (error.pointer.as_str(), error.code.as_str()) {
        ("/stem", "required") => "empty_stem",
        ("/stem", "plain-stem") => "plain_stem",
        ("/stem", "plain-spots") => "plain_spots",
        (_, "spot-count") => "spot_count",
        (_, "child-count") => "child_count",
        (_, "child-sum") => "child_sum",
        (_, "child-kind") => "child_kind",
        (_, "child-written") => "child_written",
        (_, "step-count") => "step_count",
        (_, "step-sum") => "step_sum",
        (_, "dimension-count") => "dimension_count",
        (_, "dimension-sum") => "dimension_sum",
        (_, "bad-length") => "bad_length",
        (_, "correction-count") => "correction_count",
        (_, "option-count") if has_few_options(&item.body) => "too_few_options",
        (_, "option-count") => "too_many_options",
        (_, "duplicate") => "duplicate_option",
        (_, "blank-count" | "blank-mismatch") => "blank_count",
        (_, "accepted-count") => "too_many_answers",
        (_, "too-long") => "too_long",
        (_, "not-a-number") => "not_a_number",
        (_, "not-a-tolerance") => "not_a_tolerance",
        (_, "not-a-factor") => "not_a_factor",
        (_, "unit-count") => "unit_count",
        (_, "pair-count") => "pair_count",
        (_, "line-count") => "line_count",
        (_, "row-count") => "row_count",
        (_, "column-count") => "column_count",
        (_, "plain-words") => "plain_words",
        (_, "key-count") => "key_count",
        (_, "line-break") => "line_break",
        ("/body/key", _) => "no_key",
        (_, "required") => "empty_option",
        _ => "bad_answers",
    }
}

fn has_few_options(body: &ItemBody) -> bool {
    match body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => {
            options.len() < *OPTION_COUNT.start()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::problem::has_texts;

    #[test]
    fn each_reason_has_a_text() {
        let of_items = ["empty_stem", "too_few_options", "too_many_options", "duplicate_option", "empty_option"];
        let of_keys = ["no_key", "bad_key", "key_out_of_range", "option_gap", "blank_count", "bad_answers"];
        let of_numbers = ["not_a_number", "not_a_tolerance", "not_a_factor", "unit_count"];
        let of_lines = [
            "pair_count",
            "line_count",
            "row_count",
            "column_count",
            "plain_words",
            "key_count",
            "line_break",
            "plain_stem",
        ];
        let of_spots = ["spot_count", "plain_spots", "correction_count"];
        let of_steps = ["step_count", "step_sum", "child_count", "child_sum", "child_kind", "child_written"];
        let of_essays = ["dimension_count", "dimension_sum", "bad_length"];
        let others = ["too_many_answers", "too_long", "no_options"];
        for code in of_items
            .into_iter()
            .chain(of_keys)
            .chain(of_numbers)
            .chain(of_lines)
            .chain(of_spots)
            .chain(of_steps)
            .chain(of_essays)
            .chain(others)
        {
            assert!(has_texts(&format!("import.{code}")), "{code}");
        }
    }
}
