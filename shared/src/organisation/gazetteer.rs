//! Finds a division as people write it: by code, by name, or by the names of all it lies in.

use super::{Division, DivisionCode, DivisionLevel};
use std::collections::{HashMap, HashSet};

/// Every division that we know, by all the names it is called. Built once, asked for each row.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    codes: HashSet<DivisionCode>,
    parents: HashSet<DivisionCode>,
    by_name: HashMap<String, Vec<DivisionCode>>,
    longest: usize,
}

/// What a text says of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Located<'a> {
    /// One division, and what of the text is not its name: a village, a house.
    At(DivisionCode, &'a str),
    /// The same, but not at the reader's place.
    Outside(DivisionCode, &'a str),
    /// Several divisions have this name.
    Several,
    /// None has.
    Unknown,
}

impl Gazetteer {
    /// A gazetteer of these divisions; one whose code is no code is left out.
    #[must_use]
    pub fn new(divisions: &[Division]) -> Self {
        let coded = || divisions.iter().filter_map(|division| Some((DivisionCode::parse(&division.code)?, division)));
        let names: HashMap<DivisionCode, &str> =
            coded().map(|(code, division)| (code, division.name.as_str())).collect();
        let mut gazetteer = Self {
            codes: names.keys().copied().collect(),
            parents: names.keys().filter_map(DivisionCode::parent).collect(),
            ..Self::default()
        };
        for (code, _) in coded() {
            let path: Vec<(DivisionLevel, &str)> =
                code.and_above().filter_map(|above| Some((above.level(), *names.get(&above)?))).collect();
            for name in ways_of_writing(&path) {
                gazetteer.longest = gazetteer.longest.max(name.chars().count());
                let known = gazetteer.by_name.entry(name).or_default();
                if !known.contains(&code) {
                    known.push(code);
                }
            }
        }
        gazetteer
    }

    /// Whether there is such a division.
    #[must_use]
    pub fn knows(&self, code: DivisionCode) -> bool {
        self.codes.contains(&code)
    }

    /// Whether nothing that we know lies in it: a township, or a county without any.
    #[must_use]
    pub fn is_innermost(&self, code: DivisionCode) -> bool {
        self.knows(code) && !self.parents.contains(&code)
    }

    /// What a text says, read by somebody whose place is `home`: a code, or the longest name that the
    /// text begins with. Of several divisions of one name, the one at home is meant.
    #[must_use]
    pub fn locate<'a>(&self, text: &'a str, home: DivisionCode) -> Located<'a> {
        let text = text.trim();
        if let Some(code) = DivisionCode::parse(text) {
            return match (self.knows(code), home.contains(&code)) {
                (false, _) => Located::Unknown,
                (true, true) => Located::At(code, ""),
                (true, false) => Located::Outside(code, ""),
            };
        }
        let Some((known, rest)) = self.longest_name(text) else { return Located::Unknown };
        let mut at_home = known.iter().filter(|code| home.contains(code));
        match (at_home.next(), at_home.next(), known) {
            (Some(code), None, _) => Located::At(*code, rest),
            (None, _, [code]) => Located::Outside(*code, rest),
            _ => Located::Several,
        }
    }

    fn longest_name<'a>(&self, text: &'a str) -> Option<(&[DivisionCode], &'a str)> {
        let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let ends: Vec<usize> = ends.take(self.longest).skip(1).collect();
        ends.into_iter().rev().find_map(|end| Some((self.by_name.get(&text[..end])?.as_slice(), text[end..].trim())))
    }
}

/// The ways to write a division whose own name comes first in `path`: alone, after any run of those
/// it lies in, and with the city left out, as 浙江省义乌市.
fn ways_of_writing(path: &[(DivisionLevel, &str)]) -> Vec<String> {
    let join = |parts: &[&str]| parts.iter().rev().copied().collect::<String>();
    let names: Vec<&str> = path.iter().map(|(_, name)| *name).collect();
    let without_city: Vec<&str> = path
        .iter()
        .enumerate()
        .filter(|(at, (level, _))| *at == 0 || *level != DivisionLevel::City)
        .map(|(_, (_, name))| *name)
        .collect();
    let mut ways: Vec<String> = (1..=names.len()).map(|length| join(&names[..length])).collect();
    ways.push(join(&without_city));
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{fs, path::Path};

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn gazetteer() -> Gazetteer {
        let rows = [
            ("33", "浙江省"),
            ("3301", "杭州市"),
            ("330102", "上城区"),
            ("330102001", "清波街道"),
            ("3307", "金华市"),
            ("330782", "义乌市"),
            ("330782101", "城关镇"),
            ("3310", "台州市"),
            ("331022", "三门县"),
            ("331022101", "城关镇"),
        ];
        let division = |(text, name): (&str, &str)| Division {
            code: text.to_owned(),
            name: name.to_owned(),
            level: code(text).level(),
            parent: code(text).parent().map(|parent| parent.to_string()),
        };
        Gazetteer::new(&rows.map(division))
    }

    #[test]
    fn a_place_is_found_however_it_is_written() {
        let known = gazetteer();
        for text in ["清波街道", "上城区清波街道", "浙江省杭州市上城区清波街道", "330102001", "330102001203"]
        {
            assert_eq!(known.locate(text, code("330102")), Located::At(code("330102001"), ""), "{text}");
        }
        assert!(known.is_innermost(code("330102001")) && !known.is_innermost(code("330102")));
        assert_eq!(known.locate("浙江省义乌市", code("33")), Located::At(code("330782"), ""));
        let village = known.locate(" 清波街道 清河坊社区2幢 ", code("33"));
        assert_eq!(village, Located::At(code("330102001"), "清河坊社区2幢"));
    }

    #[test]
    fn of_several_places_the_one_at_home_is_meant() {
        let known = gazetteer();
        assert_eq!(known.locate("城关镇", code("3307")), Located::At(code("330782101"), ""));
        assert_eq!(known.locate("城关镇", code("33")), Located::Several);
        assert_eq!(known.locate("城关镇", code("3301")), Located::Several);
        assert_eq!(known.locate("三门县城关镇", code("3301")), Located::Outside(code("331022101"), ""));
        assert_eq!(known.locate("330102001", code("3307")), Located::Outside(code("330102001"), ""));
        assert_eq!(known.locate("清河县", code("33")), Located::Unknown);
        assert_eq!(known.locate("999999", code("33")), Located::Unknown);
        assert_eq!(known.locate("", code("33")), Located::Unknown);
    }

    /// Every division of the province, from the public tables.
    fn zhejiang() -> Vec<Division> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
        let read = |file| fs::read_to_string(folder.join(file)).expect("shared/data beside the project");
        let text = read("zhejiang-divisions.csv") + &read("zhejiang-townships.csv");
        let division = |line: &str| {
            let mut parts = line.split(',');
            let code = DivisionCode::parse(parts.next()?)?;
            let name = parts.next()?.to_owned();
            let parent = code.parent().map(|parent| parent.to_string());
            Some(Division { code: code.to_string(), name, level: code.level(), parent })
        };
        text.lines().filter_map(division).collect()
    }

    #[test]
    fn every_township_of_the_province_is_found_from_its_county() {
        let divisions = zhejiang();
        let known = Gazetteer::new(&divisions);
        assert_eq!(divisions.len(), 1 + 11 + 90 + 1_387);
        let names: HashMap<&str, &str> = divisions.iter().map(|d| (d.code.as_str(), d.name.as_str())).collect();
        for township in divisions.iter().filter(|division| division.level == DivisionLevel::Township) {
            let at = code(&township.code);
            let county = at.parent().unwrap();
            assert_eq!(known.locate(&township.name, county), Located::At(at, ""), "{}", township.name);
            let path: Vec<&str> = at.and_above().map(|above| names[above.as_str()]).collect();
            let full: String = path.iter().rev().copied().collect();
            assert_eq!(known.locate(&full, code("33")), Located::At(at, ""), "{full}");
        }
        // 龙港市 has no townships; the tables give it one unit that stands for all of it.
        let inside = divisions.iter().filter(|division| division.parent.as_deref() == Some("330383"));
        assert_eq!(inside.map(|division| division.code.as_str()).collect::<Vec<_>>(), ["330383198"]);
    }

    proptest! {
        #[test]
        fn no_text_is_found_outside_home(text in "[清波街道城关镇上区三门县杭州市]{0,12}", home in "33(0[17]|10)") {
            if let Located::At(found, _) = gazetteer().locate(&text, code(&home)) {
                prop_assert!(code(&home).contains(&found));
            }
        }
    }
}
