//! What a list of items is narrowed down to, beside its words, its state and its course.

use super::ItemKind;
use crate::rights::text_enum;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

text_enum! {
    /// How hard items are, in three bands (ADR 46).
    DifficultyBand {
        /// Fewer than 400 of a thousand points are earned.
        Hard = "hard",
        /// From 400 on, fewer than 700.
        Medium = "medium",
        /// From 700 on.
        Easy = "easy",
    }
}

text_enum! {
    #[derive(Default)]
    /// Which difficulty is meant.
    DifficultySource {
        #[default]
        /// The one in force: measured if enough candidates are counted, else stated.
        InForce = "in_force",
        /// What was said.
        Stated = "stated",
        /// What was measured, by however few candidates.
        Measured = "measured",
    }
}

text_enum! {
    /// How often candidates saw items in tests.
    ItemUsage {
        /// Never.
        Unused = "unused",
        /// In one test.
        UsedOnce = "used_once",
        /// In more than one.
        UsedOften = "used_often",
    }
}

impl DifficultyBand {
    /// The smallest and the largest difficulty of the band, in thousandths.
    #[must_use]
    pub const fn range(self) -> (u16, u16) {
        match self {
            Self::Hard => (0, 399),
            Self::Medium => (400, 699),
            Self::Easy => (700, 1_000),
        }
    }

    /// The band of a difficulty in thousandths.
    #[must_use]
    pub const fn of(difficulty: u16) -> Self {
        match difficulty {
            0..400 => Self::Hard,
            400..700 => Self::Medium,
            700.. => Self::Easy,
        }
    }
}

/// Traits of items; each that is missing may be any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ItemTraits {
    /// Their kind.
    pub kind: Option<ItemKind>,
    /// The point of knowledge that is said of them, as a whole.
    pub knowledge_point: Option<String>,
    /// How hard they are.
    pub band: Option<DifficultyBand>,
    /// Which difficulty is meant by that; the one in force unless told.
    pub source: Option<DifficultySource>,
    /// How often candidates saw them.
    pub usage: Option<ItemUsage>,
    /// The first day in China from which on no test held them.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(with = "crate::time::optional_date")]
    pub unused_since: Option<Date>,
    /// Whether the reader wrote them, or somebody else. Who else did is told to nobody.
    pub own: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difficulty_is_in_the_band_that_holds_it() {
        for difficulty in 0..=1_000 {
            let holding = DifficultyBand::ALL.iter().filter(|band| {
                let (hardest, easiest) = band.range();
                (hardest..=easiest).contains(&difficulty)
            });
            assert_eq!(holding.collect::<Vec<_>>(), [&DifficultyBand::of(difficulty)]);
        }
    }
}
