//! Levels of education, GB/T 4658 (DOMAIN §3.1), and what each proves.

use crate::rights::text_enum;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

text_enum! {
    /// Bands of schooling, ascending.
    EducationBand {
        /// None of the others.
        Other = "other",
        /// 小学.
        Primary = "primary",
        /// 初中.
        Junior = "junior",
        /// 高中, 中专, 职高, 技校.
        Senior = "senior",
        /// 大专.
        College = "college",
        /// 本科.
        Bachelor = "bachelor",
        /// 研究生.
        Graduate = "graduate",
    }
}

text_enum! {
    /// How schooling ended.
    EducationOutcome {
        /// A group of levels: how it ended is not said.
        Unsaid = "unsaid",
        /// 毕业.
        Graduated = "graduated",
        /// 结业: to the end, without the diploma.
        Completed = "completed",
        /// 肄业.
        Dropped = "dropped",
    }
}

/// One level, by its code. What it is called stands in the texts, under [`EducationLevel::name_key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EducationLevel(&'static EducationFacts);

/// What GB/T 4658 and our statistics say of a level.
#[derive(Debug, PartialEq, Eq, Hash)]
struct EducationFacts {
    code: &'static str,
    band: EducationBand,
    outcome: EducationOutcome,
}

const fn level(code: &'static str, band: EducationBand, outcome: EducationOutcome) -> EducationFacts {
    EducationFacts { code, band, outcome }
}

static LEVELS: [EducationFacts; 40] = {
    use EducationBand::{Bachelor, College, Graduate, Junior, Other, Primary, Senior};
    use EducationOutcome::{Completed, Dropped, Graduated, Unsaid};
    [
        level("10", Graduate, Unsaid),
        level("11", Graduate, Graduated),
        level("12", Graduate, Completed),
        level("13", Graduate, Dropped),
        level("14", Graduate, Graduated),
        level("15", Graduate, Completed),
        level("16", Graduate, Dropped),
        level("17", Graduate, Graduated),
        level("18", Graduate, Completed),
        level("19", Graduate, Dropped),
        level("20", Bachelor, Unsaid),
        level("21", Bachelor, Graduated),
        level("22", Bachelor, Completed),
        level("23", Bachelor, Dropped),
        level("28", Bachelor, Graduated),
        level("30", College, Unsaid),
        level("31", College, Graduated),
        level("32", College, Completed),
        level("33", College, Dropped),
        level("40", Senior, Unsaid),
        level("41", Senior, Graduated),
        level("42", Senior, Completed),
        level("43", Senior, Dropped),
        level("44", Senior, Graduated),
        level("45", Senior, Completed),
        level("46", Senior, Dropped),
        level("47", Senior, Graduated),
        level("48", Senior, Completed),
        level("49", Senior, Dropped),
        level("60", Senior, Unsaid),
        level("61", Senior, Graduated),
        level("62", Senior, Completed),
        level("63", Senior, Dropped),
        level("70", Junior, Unsaid),
        level("71", Junior, Graduated),
        level("73", Junior, Dropped),
        level("80", Primary, Unsaid),
        level("81", Primary, Graduated),
        level("83", Primary, Dropped),
        level("90", Other, Unsaid),
    ]
};

impl EducationLevel {
    /// 71, 初中毕业.
    pub const JUNIOR_GRADUATE: Self = Self(&LEVELS[34]);
    /// 81, 小学毕业.
    pub const PRIMARY_GRADUATE: Self = Self(&LEVELS[37]);

    /// Every level, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        LEVELS.iter().map(Self)
    }

    /// The level with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|level| level.code() == code)
    }

    /// The code, two digits.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// Key of its name in the texts of `roster`: `education_71`.
    #[must_use]
    pub fn name_key(self) -> String {
        format!("education_{}", self.code())
    }

    /// The band that statistics count it in; 肄业 keeps the band.
    #[must_use]
    pub const fn band(self) -> EducationBand {
        self.0.band
    }

    /// How it ended.
    #[must_use]
    pub const fn outcome(self) -> EducationOutcome {
        self.0.outcome
    }

    /// Years of schooling for statistics, by band.
    #[must_use]
    pub const fn years(self) -> u8 {
        match self.band() {
            EducationBand::Other => 0,
            EducationBand::Primary => 6,
            EducationBand::Junior => 9,
            EducationBand::Senior => 12,
            EducationBand::College => 15,
            EducationBand::Bachelor => 16,
            EducationBand::Graduate => 19,
        }
    }

    /// The highest band that this level proves to be finished: only 毕业 proves its own, everything
    /// else the band that leads to it. A bachelor's course is entered from a senior school.
    #[must_use]
    pub const fn proven(self) -> EducationBand {
        match (self.outcome(), self.band()) {
            (EducationOutcome::Graduated, band) => band,
            (_, EducationBand::Other | EducationBand::Primary) => EducationBand::Other,
            (_, EducationBand::Junior) => EducationBand::Primary,
            (_, EducationBand::Senior) => EducationBand::Junior,
            (_, EducationBand::College | EducationBand::Bachelor) => EducationBand::Senior,
            (_, EducationBand::Graduate) => EducationBand::Bachelor,
        }
    }

    /// The highest band that may be finished: it is above the proven one while nobody has said how the
    /// schooling ended.
    #[must_use]
    pub const fn possible(self) -> EducationBand {
        match self.outcome() {
            EducationOutcome::Unsaid => self.band(),
            _ => self.proven(),
        }
    }
}

impl Serialize for EducationLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for EducationLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("no level of education has this code"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for EducationLevel {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let codes = Self::all().map(Self::code);
        let schema = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String);
        schema.enum_values(Some(codes)).build().into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for EducationLevel {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    fn level(code: &str) -> EducationLevel {
        EducationLevel::parse(code).unwrap()
    }

    #[test]
    fn codes_are_ascending_and_read_again() {
        let codes: Vec<_> = EducationLevel::all().map(EducationLevel::code).collect();
        assert!(codes.is_sorted() && codes.len() == 40);
        for level in EducationLevel::all() {
            let text = serde_json::to_string(&level).unwrap();
            assert_eq!(serde_json::from_str::<EducationLevel>(&text).unwrap(), level);
        }
        assert!(serde_json::from_str::<EducationLevel>("\"72\"").is_err());
    }

    #[test]
    fn the_levels_are_those_of_the_standard() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/education-levels.csv");
        let text = fs::read_to_string(path).expect("shared/data beside the project");
        let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        let expected: Vec<_> =
            rows.map(|row| [row[0], row[2], row[3], row[4]].join(",").replace("group", "unsaid")).collect();
        let line =
            |level: EducationLevel| format!("{},{},{},{}", level.code(), level.band(), level.years(), level.outcome());
        assert_eq!(EducationLevel::all().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_levels_that_rules_name_are_right() {
        assert_eq!((EducationLevel::JUNIOR_GRADUATE, EducationLevel::PRIMARY_GRADUATE), (level("71"), level("81")));
    }

    #[test]
    fn only_a_diploma_proves_its_own_band() {
        assert_eq!(level("71").proven(), EducationBand::Junior);
        assert_eq!(level("73").proven(), EducationBand::Primary, "初中肄业");
        assert_eq!(level("63").proven(), EducationBand::Junior, "高中肄业 began after 初中");
        assert_eq!(level("62").proven(), EducationBand::Junior, "高中结业 has no diploma");
        assert_eq!(level("73").band(), EducationBand::Junior);
        assert_eq!((level("71").years(), level("73").years(), level("90").years()), (9, 9, 0));
    }

    #[test]
    fn what_nobody_said_may_be_more_than_what_is_proven() {
        assert_eq!((level("70").proven(), level("70").possible()), (EducationBand::Primary, EducationBand::Junior));
        for level in EducationLevel::all() {
            assert!(level.proven() <= level.possible() && level.possible() <= level.band());
        }
    }
}
