//! Which share of the items is to be hard, medium and easy, and how many of each row that is (ADR 46).

use super::{BankSummary, Blueprint, Contradiction, ContradictionKind};
use crate::{item_bank::DifficultyBand, problem::FieldError};
use serde::{Deserialize, Serialize};

/// All shares together.
const WHOLE: u16 = 100;
/// How many bands there are.
pub const BANDS: usize = 3;

/// Shares of the items of a form in per cent, 100 together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DifficultyMix {
    /// Of hard items.
    pub hard: u16,
    /// Of medium ones.
    pub medium: u16,
    /// Of easy ones.
    pub easy: u16,
}

impl DifficultyMix {
    /// What is wrong with it: whether its shares are a whole.
    #[must_use]
    pub fn wrong(self) -> Option<FieldError> {
        let sum = self.shares().into_iter().fold(0, u16::saturating_add);
        (sum != WHOLE).then(|| FieldError::new("/mix", "out-of-range"))
    }

    /// In the order of [`DifficultyBand::ALL`].
    const fn shares(self) -> [u16; BANDS] {
        [self.hard, self.medium, self.easy]
    }

    /// How many items of each band each row gives. An item after another goes to the band that is owed most, the harder
    /// one of two; what a row cannot give exactly is owed by the next, so that the whole form has the shares to the nearest
    /// item, or nearly so.
    #[must_use]
    pub fn counts(self, rows: impl Iterator<Item = u16>) -> Vec<[u16; BANDS]> {
        let mut owed = [0_i64; BANDS];
        let of_row = |count: u16| {
            for (owed, share) in owed.iter_mut().zip(self.shares()) {
                *owed += i64::from(share) * i64::from(count);
            }
            let mut given = [0; BANDS];
            for _ in 0..count {
                let most = owed.iter().max().copied().unwrap_or_default();
                let band = owed.iter().position(|owed| *owed == most).unwrap_or_default();
                owed[band] -= i64::from(WHOLE);
                given[band] += 1;
            }
            given
        };
        rows.map(of_row).collect()
    }
}

impl DifficultyBand {
    /// Its place in [`DifficultyMix::counts`].
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::Hard => 0,
            Self::Medium => 1,
            Self::Easy => 2,
        }
    }
}

impl Blueprint {
    /// How many items of each band each row has, if a mix is wanted.
    #[must_use]
    pub fn mixed_counts(&self) -> Option<Vec<[u16; BANDS]>> {
        self.mix.map(|mix| mix.counts(self.rows.iter().map(|row| row.count)))
    }
}

/// Rows whose mix the bank cannot give, or their mandatory items do not leave.
pub(super) fn of_the_mix(blueprint: &Blueprint, bank: &BankSummary) -> Vec<Contradiction> {
    let Some(counts) = blueprint.mixed_counts() else { return Vec::new() };
    let (cap, mut found) = (blueprint.exposure_cap, Vec::new());
    let forms = if blueprint.shared_limit == 0 { blueprint.all_forms() } else { 1 };
    for (at, (row, counts)) in blueprint.rows.iter().zip(counts).enumerate() {
        let cell = row.cell();
        let (mut open, mut fixed) = (bank.below_of_bands(&cell, cap), [0; BANDS]);
        for item in bank.named.iter().filter(|item| !item.is_trial && item.cell == cell) {
            let band = DifficultyBand::of(item.difficulty).place();
            fixed[band] += usize::from(blueprint.mandatory.contains(&item.item_id));
            open[band] = open[band].saturating_sub(usize::from(cap.is_none_or(|cap| item.exposure < cap)));
        }
        let (mut wanted, mut there) = (0, 0);
        for ((count, fixed), open) in counts.into_iter().map(usize::from).zip(fixed).zip(open) {
            let drawn = count.saturating_sub(fixed) * forms;
            wanted += drawn + count.min(fixed);
            there += drawn.min(open) + count.min(fixed);
        }
        let is_too_much = fixed.iter().zip(counts).any(|(fixed, count)| *fixed > usize::from(count));
        if there < wanted || is_too_much {
            found.push(Contradiction::at(at, ContradictionKind::MixOutOfReach, wanted, there));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    const MIX: DifficultyMix = DifficultyMix { hard: 20, medium: 50, easy: 30 };

    #[test]
    fn rows_owe_each_other_what_they_cannot_give() {
        assert_eq!(MIX.counts([10].into_iter()), [[2, 5, 3]]);
        assert_eq!(MIX.counts([1, 1, 1, 1].into_iter()), [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]);
        assert_eq!(
            (MIX.wrong(), DifficultyMix { hard: 21, ..MIX }.wrong().map(|wrong| wrong.pointer)),
            (None, Some("/mix".to_owned()))
        );
    }

    proptest! {
        #[test]
        fn every_row_has_its_items_and_the_form_its_shares(
            (hard, rest) in (0_u16..=100).prop_flat_map(|hard| (Just(hard), 0..=100 - hard)),
            rows in vec(0_u16..9, 0..9),
        ) {
            let mix = DifficultyMix { hard, medium: rest, easy: 100 - hard - rest };
            let counts = mix.counts(rows.iter().copied());
            for (count, given) in rows.iter().zip(&counts) {
                prop_assert_eq!(given.iter().sum::<u16>(), *count);
            }
            let all: u16 = rows.iter().sum();
            for (band, share) in mix.shares().into_iter().enumerate() {
                let given: u16 = counts.iter().map(|given| given[band]).sum();
                let off = i64::from(given) * 100 - i64::from(share) * i64::from(all);
                prop_assert!(off.abs() < 200, "{off}");
            }
        }
    }
}
