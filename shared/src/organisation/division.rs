//! Divisions and their codes: GB/T 2260 down to the county, GB/T 10114 below it.

use crate::rights::{Place, text_enum};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

text_enum! {
    /// The levels of GB/T 2260 and GB/T 10114.
    DivisionLevel {
        /// 省.
        Province = "province",
        /// 设区市.
        City = "city",
        /// 县、市、区.
        County = "county",
        /// 乡镇、街道.
        Township = "township",
    }
}

/// One division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Division {
    /// Significant digits of its code: `33`, `3305`, `330502`, `330502104`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: DivisionLevel,
    /// Code of the division that it lies in.
    pub parent: Option<String>,
}

impl Division {
    /// The division with this code and name; all else follows from the code.
    #[must_use]
    pub fn new(code: DivisionCode, name: &str) -> Self {
        let parent = code.parent().map(|parent| parent.to_string());
        Self { code: code.to_string(), name: name.to_owned(), level: code.level(), parent }
    }
}

/// The significant digits of a division's code. A code contains every code that begins with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode {
    digits: [u8; 9],
    length: u8,
}

impl DivisionCode {
    /// 浙江省.
    pub const ZHEJIANG: Self = Self { digits: *b"33\0\0\0\0\0\0\0", length: 2 };

    /// Reads a code with or without its trailing zeros: `3305` and `330500` are one. Of the twelve
    /// digits of a village, the township is kept.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let given = text.as_bytes();
        if !matches!(given.len(), 2 | 4 | 6 | 9 | 12) || !given.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let given = &given[..given.len().min(9)];
        let significant = given.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        let length = match significant {
            0 => return None,
            1..=2 => 2,
            3..=4 => 4,
            5..=6 => 6,
            _ => 9,
        };
        let mut digits = [0; 9];
        digits[..length].copy_from_slice(given.get(..length)?);
        Some(Self { digits, length: u8::try_from(length).ok()? })
    }

    /// The significant digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The level.
    #[must_use]
    pub const fn level(&self) -> DivisionLevel {
        match self.length {
            2 => DivisionLevel::Province,
            4 => DivisionLevel::City,
            6 => DivisionLevel::County,
            _ => DivisionLevel::Township,
        }
    }

    /// The division that this one lies in.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let length = match self.level() {
            DivisionLevel::Province => return None,
            DivisionLevel::City => 2,
            DivisionLevel::County => 4,
            DivisionLevel::Township => 6,
        };
        let mut digits = [0; 9];
        digits[..length].copy_from_slice(&self.digits[..length]);
        Some(Self { digits, length: u8::try_from(length).ok()? })
    }

    /// Itself, then everything that it lies in, up to the province.
    pub fn and_above(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), Self::parent)
    }

    /// The county that it is or lies in; `None` for what is larger.
    #[must_use]
    pub fn county(self) -> Option<Self> {
        self.and_above().find(|code| code.level() == DivisionLevel::County)
    }

    /// The first digits after those of everything in it: the codes in `3309` go from `3309` up to,
    /// and not including, `3310`.
    #[must_use]
    pub fn end(&self) -> String {
        let next = self.as_str().parse::<u64>().unwrap_or_default() + 1;
        format!("{next:0width$}", width = usize::from(self.length))
    }

    /// Whether `other` is this division or lies in it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.as_str().starts_with(self.as_str())
    }

    /// The place of its rights.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::Division { code: self.as_str().to_owned() }
    }
}

impl std::fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for DivisionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DivisionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a division's code"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for DivisionCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for DivisionCode {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn trailing_zeros_make_no_difference() {
        assert_eq!((code("330000"), DivisionCode::ZHEJIANG), (code("33"), code("33")));
        assert_eq!(code("331000"), code("3310"), "台州市 ends in a zero of its own");
        assert_eq!(code("330110").level(), DivisionLevel::County, "余杭区 too");
        assert_eq!(code("330106010").level(), DivisionLevel::Township);
        assert_eq!(code("330106010203"), code("330106010"), "a village is known by its township");
        for text in ["", "3", "330", "33010600", "0000", "33x1", "三三"] {
            assert_eq!(DivisionCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_township_knows_what_it_lies_in() {
        let above: Vec<_> = code("330106010").and_above().map(|code| code.to_string()).collect();
        assert_eq!(above, ["330106010", "330106", "3301", "33"]);
        assert!(code("3301").contains(&code("330106010")) && !code("3301").contains(&code("3302")));
        assert!(!code("330106010").contains(&code("330106")));
    }

    #[test]
    fn a_division_has_an_end_and_a_county() {
        for (text, end) in [("33", "34"), ("3309", "3310"), ("330502", "330503"), ("330502999", "330503000")] {
            assert_eq!(code(text).end(), end);
        }
        let (from, to) = (code("3305"), code("3305").end());
        assert!(from.as_str() < to.as_str() && "330599999" < to.as_str() && "3306" >= to.as_str());
        assert_eq!(code("330502104").county(), Some(code("330502")));
        assert_eq!((code("330502").county(), code("3305").county()), (Some(code("330502")), None));
    }

    proptest! {
        #[test]
        fn a_code_is_read_again_and_lies_in_everything_above(text in "[1-9][0-9]([0-9]{2}){0,2}([0-9]{3})?") {
            if let Some(code) = DivisionCode::parse(&text) {
                prop_assert_eq!(DivisionCode::parse(code.as_str()), Some(code));
                prop_assert!(code.and_above().all(|above| above.contains(&code)));
                prop_assert_eq!(Place::division(&text), code.place());
            }
        }
    }
}
