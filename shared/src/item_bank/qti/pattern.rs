//! The regular expressions of XML Schema: they match all of a text or nothing. The places that a match may have reached
//! are followed all at once, so no expression runs away.

mod parser;

use parser::{Parser, Part, Repeated};
use std::collections::BTreeSet;

/// Places that are looked at for one answer.
const MAX_STEPS: usize = 50_000;
/// Longest expression, in bytes.
const MAX_BYTES: usize = 500;

/// Whether an expression matches a text; `None` if it is none, or would take too long.
pub(super) fn is_match(pattern: &str, text: &str) -> Option<bool> {
    if pattern.len() > MAX_BYTES {
        return None;
    }
    let alternatives = Parser::read(pattern)?;
    let letters: Vec<char> = text.chars().collect();
    let mut matcher = Matcher { letters: &letters, left: MAX_STEPS };
    let ends = matcher.group(&alternatives, &BTreeSet::from([0]))?;
    Some(ends.contains(&letters.len()))
}

struct Matcher<'t> {
    letters: &'t [char],
    /// Steps that may still be taken.
    left: usize,
}

impl Matcher<'_> {
    /// Where a group ends that begins at one of these places.
    fn group(&mut self, alternatives: &[Vec<Repeated>], starts: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        let mut ends = BTreeSet::new();
        for sequence in alternatives {
            self.left = self.left.checked_sub(starts.len() + 1)?;
            let mut places = starts.clone();
            for repeated in sequence {
                places = self.repeated(repeated, places)?;
            }
            ends.extend(places);
        }
        Some(ends)
    }

    fn repeated(&mut self, repeated: &Repeated, starts: BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        let mut places = starts;
        for _ in 0..repeated.least {
            places = self.once(&repeated.part, &places)?;
        }
        let (mut reached, mut times) = (places.clone(), repeated.least);
        while !places.is_empty() && repeated.most.is_none_or(|most| times < most) {
            places = self.once(&repeated.part, &places)?.difference(&reached).copied().collect();
            reached.extend(&places);
            times += 1;
        }
        Some(reached)
    }

    fn once(&mut self, part: &Part, starts: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        self.left = self.left.checked_sub(starts.len() + 1)?;
        match part {
            Part::Group(alternatives) => self.group(alternatives, starts),
            Part::Set(set) => {
                let is_next = |place: &&usize| self.letters.get(**place).is_some_and(|letter| set.holds(*letter));
                Some(starts.iter().filter(is_next).map(|place| place + 1).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, is_match};
    use proptest::prelude::*;

    #[test]
    fn all_of_a_text_is_matched() {
        for (pattern, text, expected) in [
            ("a|bc", "bc", true),
            ("a|bc", "abc", false),
            ("(ab)*c?", "ababc", true),
            ("[0-9]{2,3}", "1234", false),
            ("\\d+(\\.\\d{2})?", "12.50", true),
            ("[^a-c]+", "dé", true),
            ("[a-z-[aeiou]]+", "bcd", true),
            ("[a-z-[aeiou]]+", "bad", false),
            ("\\p{Lu}\\p{L}*", "Été", true),
            (".\\s\\S", "a b", true),
            ("", "", true),
            ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
            ("[甲-龥]+\\.", "题目.", true),
        ] {
            assert_eq!(is_match(pattern, text), Some(expected), "{pattern} {text}");
        }
    }

    #[test]
    fn what_is_no_expression_matches_nothing() {
        for pattern in ["(", "a)", "[a", "*", "a{", "a{3,2}", "\\q", "a{999999}"] {
            assert_eq!(is_match(pattern, "a"), None, "{pattern}");
        }
        assert_eq!(is_match(&"(".repeat(5_000), ""), None);
    }

    #[test]
    fn what_would_take_too_long_matches_nothing() {
        assert_eq!(is_match(&"a".repeat(MAX_BYTES), ""), Some(false));
        assert_eq!(is_match(&"a".repeat(MAX_BYTES + 1), ""), None);
        let alternatives = |count: usize| format!("a*({})", "|".repeat(count));
        assert_eq!(is_match(&alternatives(10), &"a".repeat(300)), Some(true));
        assert_eq!(is_match(&alternatives(200), &"a".repeat(300)), None);
    }

    proptest! {
        #[test]
        fn no_pattern_panics_or_runs_away(pattern in "[ab()\\[\\]\\\\^{}*+?|,0-9pLd.-]{0,40}", text in "[ab0]{0,40}") {
            is_match(&pattern, &text);
        }
    }
}
