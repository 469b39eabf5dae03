//! Reads Aiken: a stem, options `A.` or `A)`, and `ANSWER: B`. Each item has one right option.

use super::{
    ImportError, Item, ItemBody,
    blanks::unify,
    import::{ParsedItems, checked, import_error},
    validate::ITEM_SCHEMA_VERSION,
};

/// How the line with the key begins.
const ANSWER: &str = "ANSWER";

/// Reads every item of a text; an item that cannot be read is reported and does not stop the others.
#[must_use]
pub fn parse_aiken(text: &str) -> ParsedItems {
    let mut parsed = ParsedItems::default();
    let mut draft = Draft::default();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim();
        if let Some(key) = answer(line) {
            parsed.push(std::mem::take(&mut draft).finish(number, Some(key)));
        } else if let Some((letter, text)) = option(line).filter(|_| draft.has_begun()) {
            draft.options.push((letter, text.to_owned()));
        } else if !line.is_empty() {
            // A stem begins while the key of the item before it is still missing.
            if !draft.options.is_empty() {
                parsed.push(std::mem::take(&mut draft).finish(number, None));
            }
            draft.line.get_or_insert(number);
            draft.stem.push(line.to_owned());
        }
    }
    if let Some(line) = draft.line {
        parsed.push(draft.finish(line, None));
    }
    parsed
}

/// An item of which the key is not known yet.
#[derive(Default)]
struct Draft {
    /// Where it began.
    line: Option<u32>,
    stem: Vec<String>,
    /// The options with their letters.
    options: Vec<(char, String)>,
}

impl Draft {
    const fn has_begun(&self) -> bool {
        self.line.is_some()
    }

    /// The item; `line` is that of its key.
    fn finish(self, line: u32, key: Option<&str>) -> Result<Item, ImportError> {
        let at = self.line.unwrap_or(line);
        self.item(key).map_err(|(is_of_key, code)| import_error(if is_of_key { line } else { at }, code))
    }

    /// The item, or what is wrong and whether that is its key.
    fn item(self, key: Option<&str>) -> Result<Item, (bool, &'static str)> {
        let wrong = |code| (false, code);
        if self.stem.is_empty() {
            return Err(wrong("empty_stem"));
        }
        if self.options.is_empty() {
            return Err(wrong("no_options"));
        }
        let Some(key) = key else { return Err(wrong("no_key")) };
        if self.options.len() > ('A'..='Z').count() {
            return Err(wrong("too_many_options"));
        }
        if !('A'..='Z').zip(&self.options).all(|(expected, (letter, _))| expected == *letter) {
            return Err(wrong("option_gap"));
        }
        let mut letters = key.chars();
        let (Some(letter @ 'A'..='Z'), None) = (letters.next(), letters.next()) else { return Err((true, "bad_key")) };
        let place = self.options.iter().position(|(own, _)| *own == letter);
        let key = place.and_then(|place| u16::try_from(place).ok()).ok_or((true, "key_out_of_range"))?;
        let options = self.options.into_iter().map(|(_, text)| text).collect();
        checked(Item {
            schema_version: ITEM_SCHEMA_VERSION,
            stem: unify(&self.stem.join("\n")),
            body: ItemBody::SingleChoice { options, key },
            explanation: String::new(),
        })
        .map_err(wrong)
    }
}

/// The key of a line that tells it.
fn answer(line: &str) -> Option<&str> {
    line.strip_prefix(ANSWER)?.trim_start().strip_prefix(':').map(str::trim)
}

/// The letter and the text of a line that is an option; the space between them may be missing.
fn option(line: &str) -> Option<(char, &str)> {
    let mut letters = line.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    let rest = letters.as_str().strip_prefix(['.', ')'])?;
    Some((letter, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::validate_item;
    use proptest::prelude::*;

    const TWO: &str = "\u{feff}我国的首都是 __\nA) 上海\nB)北京\nANSWER: B\n\n\nTwo lines\nof a stem?\nA. a\nB. b\nC. c\nANSWER : A\n";

    #[track_caller]
    fn check_errors(text: &str, expected: &[(u32, &str)]) {
        let parsed = parse_aiken(text);
        let found: Vec<_> = parsed.errors.iter().map(|error| (error.line, error.code.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn items_are_read_in_both_ways_of_writing_options() {
        let parsed = parse_aiken(TWO);
        assert_eq!((parsed.errors.len(), parsed.items.len()), (0, 2));
        assert_eq!(parsed.items[0].stem, "我国的首都是 ____");
        let options = vec!["上海".to_owned(), "北京".to_owned()];
        assert_eq!(parsed.items[0].body, ItemBody::SingleChoice { options, key: 1 });
        assert_eq!(parsed.items[1].stem, "Two lines\nof a stem?");
    }

    #[test]
    fn what_is_no_item_is_told_with_its_line() {
        check_errors("ANSWER: A", &[(1, "empty_stem")]);
        check_errors("\nStem\nANSWER: A", &[(2, "no_options")]);
        check_errors("Stem\nA. a\nANSWER: A", &[(1, "too_few_options")]);
        check_errors("Stem\nA. a\nB. b\nANSWER: C", &[(4, "key_out_of_range")]);
        check_errors("Stem\nA. a\nB. b\nANSWER: AB", &[(4, "bad_key")]);
        check_errors("Stem\nA. a\nC. b\nANSWER: A", &[(1, "option_gap")]);
        check_errors("Stem\nA. a\nB. a\nANSWER: A", &[(1, "duplicate_option")]);
        check_errors("Stem\nA. a\nB.\nANSWER: A", &[(1, "empty_option")]);
        check_errors("Stem\nA. a\nB. b\n", &[(1, "no_key")]);
        let all: String = ('A'..='Z').map(|letter| format!("{letter}. {letter}\n")).collect();
        check_errors(&format!("Stem\n{all}A. more\nANSWER: A"), &[(1, "too_many_options")]);
    }

    #[test]
    fn an_unfinished_item_does_not_swallow_the_next() {
        let text = "Broken\nA. a\nB. b\n\nWhole\nA. a\nB. b\nANSWER: B";
        check_errors(text, &[(1, "no_key")]);
        assert_eq!(parse_aiken(text).items.len(), 1);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(ANSWER|[A-Da :.)_甲\n]){0,80}") {
            for item in parse_aiken(&text).items {
                prop_assert_eq!(validate_item(&item), []);
            }
        }

        #[test]
        fn a_changed_file_never_panics(at in 0..60_usize, by in any::<char>()) {
            let text: String = TWO.chars().enumerate().map(|(place, own)| if place == at { by } else { own }).collect();
            for item in parse_aiken(&text).items {
                prop_assert_eq!(validate_item(&item), []);
            }
        }
    }
}
