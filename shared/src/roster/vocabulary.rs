//! The words of survey lists: headers and values with their synonyms, from the two tables beside.

use super::RosterField;
use crate::person::{is_invisible, to_half_width};
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// Header synonyms with their field; none for columns that we know and do not need.
static HEADERS: LazyLock<HashMap<&'static str, Option<RosterField>>> = LazyLock::new(|| {
    let rows = include_str!("headers.csv").lines().filter_map(|line| line.split_once(','));
    rows.flat_map(|(field, words)| words.split('|').map(move |word| (word, RosterField::parse(field)))).collect()
});

/// For each field, synonyms with the value that they mean.
static VALUES: LazyLock<HashMap<RosterField, HashMap<&'static str, &'static str>>> = LazyLock::new(|| {
    let mut values: HashMap<RosterField, HashMap<_, _>> = HashMap::new();
    for line in include_str!("values.csv").lines() {
        let mut parts = line.splitn(3, ',');
        let (Some(field), Some(value), Some(words)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Some(field) = RosterField::parse(field) else { continue };
        let known = values.entry(field).or_default();
        known.insert(value, value);
        known.extend(words.split('|').map(|word| (word, value)));
    }
    values
});

/// What a header says.
pub(super) enum Header {
    /// A synonym of a field.
    Exact(RosterField),
    /// It ends with a synonym of one field, or contains one.
    Likely(RosterField),
    /// A column that is not needed: a running number, an age.
    Needless,
    /// Nothing that we know, or more than one thing.
    Unknown,
}

/// What a header says.
pub(super) fn read_header(text: &str) -> Header {
    let text = plain_header(text);
    match HEADERS.get(text.as_str()) {
        Some(Some(field)) => return Header::Exact(*field),
        Some(None) => return Header::Needless,
        None => {}
    }
    // The last word says what a header is about: an address on a card is an address.
    let at_the_end = likely_field(|word| text.ends_with(word));
    match at_the_end.or_else(|| likely_field(|word| text.contains(word))) {
        Some(field) => Header::Likely(field),
        None => Header::Unknown,
    }
}

/// The one field whose longest synonym of two characters or more fits.
fn likely_field(fits: impl Fn(&str) -> bool) -> Option<RosterField> {
    let fitting = || HEADERS.iter().filter(|(word, _)| word.chars().count() >= 2 && fits(word));
    let longest = fitting().map(|(word, _)| word.len()).max()?;
    let mut fields = fitting().filter(|(word, _)| word.len() == longest).map(|(_, field)| *field);
    let field = fields.next()??;
    fields.all(|other| other == Some(field)).then_some(field)
}

/// The value of a field that a text means, as it stands on the wire.
pub(super) fn read_value(field: RosterField, text: &str) -> Option<&'static str> {
    VALUES.get(&field)?.get(plain(text).as_ref()).copied()
}

/// Half width, lower case, no spaces, nothing invisible; borrowed where the text is so already.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_needless = |c: char| c.is_whitespace() || is_invisible(c);
    if !text.chars().any(|c| is_needless(c) || c.is_ascii_uppercase() || to_half_width(c) != c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_needless(*c)).map(|c| to_half_width(c).to_ascii_lowercase()).collect())
}

/// A header without what stands in brackets, stars, colons and other signs.
pub(super) fn plain_header(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        match letter {
            '(' | '[' | '\u{3010}' => depth += 1,
            ')' | ']' | '\u{3011}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && (letter.is_alphanumeric() || letter == '#') => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        person::{DocumentType, EducationLevel, EthnicGroup, Sex},
        roster::{EmploymentState, GroupTag, StudyMode, StudyRoute, UpgradeIntent},
    };

    #[test]
    fn every_field_has_a_header_and_no_synonym_has_two() {
        let words = || include_str!("headers.csv").lines().flat_map(|line| line.split_once(',').unwrap().1.split('|'));
        assert_eq!(words().count(), HEADERS.len(), "a synonym stands twice");
        for field in RosterField::ALL {
            assert!(HEADERS.values().any(|other| *other == Some(*field)), "{field}");
        }
        for word in words() {
            assert_eq!(plain_header(word), word, "it would never be found");
        }
    }

    #[test]
    fn every_value_of_the_table_is_one_and_every_value_is_in_the_table() {
        fn parses(field: RosterField, value: &str) -> bool {
            match field {
                RosterField::Sex => Sex::parse(value).is_some(),
                RosterField::DocumentType => DocumentType::parse(value).is_some(),
                RosterField::EducationLevel => EducationLevel::parse(value).is_some(),
                RosterField::EthnicGroup => EthnicGroup::parse(value).is_some(),
                RosterField::EmploymentState => EmploymentState::parse(value).is_some(),
                RosterField::GroupTags => GroupTag::parse(value).is_some(),
                RosterField::UpgradeIntent => UpgradeIntent::parse(value).is_some(),
                RosterField::StudyRoute => StudyRoute::parse(value).is_some(),
                RosterField::StudyMode => StudyMode::parse(value).is_some(),
                _ => false,
            }
        }
        let mut seen = std::collections::HashSet::new();
        for line in include_str!("values.csv").lines() {
            let parts: Vec<_> = line.splitn(3, ',').collect();
            let field = RosterField::parse(parts[0]).unwrap();
            assert!(parses(field, parts[1]), "{line}");
            for word in parts[2].split('|') {
                assert!(seen.insert((field, word)), "{word} means two things as {field}");
                assert_eq!(plain(word), word, "it would never be found");
            }
        }
        let count = |field| VALUES[&field].values().collect::<std::collections::HashSet<_>>().len();
        assert_eq!(count(RosterField::EducationLevel), EducationLevel::all().count());
        assert_eq!(count(RosterField::EthnicGroup), EthnicGroup::all().count());
        assert_eq!(count(RosterField::GroupTags), GroupTag::ALL.len());
        assert_eq!(count(RosterField::StudyRoute), StudyRoute::ALL.len());
        assert_eq!(count(RosterField::DocumentType), DocumentType::ALL.len());
    }

    #[test]
    fn values_are_known_by_their_synonyms() {
        assert_eq!(read_value(RosterField::Sex, " 男 "), Some("male"));
        assert_eq!(read_value(RosterField::EducationLevel, "初中 毕业"), Some("71"));
        assert_eq!(read_value(RosterField::EducationLevel, "７１"), Some("71"));
        assert_eq!(read_value(RosterField::EthnicGroup, "畲族"), Some("22"));
        assert_eq!(read_value(RosterField::Sex, "不详"), None);
        assert_eq!(read_value(RosterField::Name, "男"), None);
    }

    /// The texts of the roster in Chinese, which templates are written in.
    fn texts() -> HashMap<String, String> {
        let [chinese, english] =
            [include_str!("../../locales/zh-CN/roster.json"), include_str!("../../locales/en/roster.json")]
                .map(|file| serde_json::from_str::<HashMap<String, String>>(file).unwrap());
        assert!(chinese.keys().all(|key| english.contains_key(key)) && chinese.len() == english.len());
        chinese
    }

    #[test]
    fn what_a_template_says_is_understood_again() {
        let texts = texts();
        for field in RosterField::ALL {
            let header = read_header(&texts[&format!("field_{field}")]);
            assert!(matches!(header, Header::Exact(found) if found == *field), "{field}");
        }
        for (prefix, field) in [
            ("sex_", RosterField::Sex),
            ("document_", RosterField::DocumentType),
            ("education_", RosterField::EducationLevel),
            ("employment_", RosterField::EmploymentState),
            ("group_", RosterField::GroupTags),
            ("intent_", RosterField::UpgradeIntent),
            ("route_", RosterField::StudyRoute),
            ("mode_", RosterField::StudyMode),
        ] {
            let named = texts.iter().filter_map(|(key, text)| Some((key.strip_prefix(prefix)?, text)));
            let named: Vec<_> = named.collect();
            for (value, text) in &named {
                assert_eq!(read_value(field, text), Some(*value), "{text}");
            }
            let values: std::collections::HashSet<_> = VALUES[&field].values().collect();
            assert_eq!(named.len(), values.len(), "{field}");
        }
    }
}
