//! Ethnic groups, GB/T 3304.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ethnic group by its number: 1 to 56, 97 for others, 98 for naturalised citizens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EthnicGroup(u8);

impl EthnicGroup {
    /// Every group, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=56).chain([97, 98]).map(Self)
    }

    /// The group with this code of one or two digits.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let is_number = (1..=2).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        let number: u8 = code.parse().ok().filter(|_| is_number)?;
        Self::all().find(|group| group.0 == number)
    }

    /// The code, two digits.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }
}

impl Serialize for EthnicGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for EthnicGroup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("no ethnic group has this code"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for EthnicGroup {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for EthnicGroup {}

#[cfg(test)]
mod tests {
    use super::EthnicGroup;

    #[test]
    fn fifty_six_groups_and_two_more() {
        assert_eq!(EthnicGroup::all().count(), 58);
        for group in EthnicGroup::all() {
            assert_eq!(EthnicGroup::parse(&group.code()), Some(group));
        }
        assert_eq!(EthnicGroup::parse("1"), EthnicGroup::parse("01"));
        for code in ["", "00", "57", "99", "001", "+1"] {
            assert_eq!(EthnicGroup::parse(code), None, "{code}");
        }
    }
}
