//! Who sees a closed paper. From the seal on until candidates have sat it nobody does alone: one person says why they have
//! to, another opens it for both, and after a while it is closed again.

use super::PaperRefusal;
use crate::{ids::AccountId, time::Timestamp};

/// How long a proposal to open a paper waits for a second person, in seconds.
pub const OPENING_WAITS_S: i64 = 24 * 3_600;
/// How long a paper stays open once a second person has opened it, in seconds.
pub const OPEN_FOR_S: i64 = 2 * 3_600;

/// A proposal to open a closed paper, and whether somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperOpening {
    /// Who has to see it.
    pub proposed_by: AccountId,
    /// Since when they ask.
    pub proposed_at: Timestamp,
    /// Who opened it, and when.
    pub opened: Option<(AccountId, Timestamp)>,
}

impl PaperOpening {
    /// When the proposal lapses, or the paper is closed again.
    #[must_use]
    pub const fn ends_at(&self) -> Timestamp {
        match self.opened {
            Some((_, at)) => at.plus_s(OPEN_FOR_S),
            None => self.proposed_at.plus_s(OPENING_WAITS_S),
        }
    }

    /// Whether nothing comes of it any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at() <= now
    }

    /// Whether `person` is one of the two for whom the paper is open by now.
    #[must_use]
    pub fn lets_see(&self, person: AccountId, now: Timestamp) -> bool {
        let is_of_the_two = |(opened_by, _)| [opened_by, self.proposed_by].contains(&person);
        !self.is_over(now) && self.opened.is_some_and(is_of_the_two)
    }
}

/// Whether somebody can propose to open a paper, of which `newest` is the newest opening.
///
/// # Errors
/// [`PaperRefusal::NotClosed`] if anybody who composes papers sees it; [`PaperRefusal::OpeningStands`] while an earlier one
/// waits or lasts.
pub fn judge_opening_proposal(
    is_closed: bool,
    newest: Option<&PaperOpening>,
    now: Timestamp,
) -> Result<(), PaperRefusal> {
    if !is_closed {
        return Err(PaperRefusal::NotClosed);
    }
    if newest.is_some_and(|opening| !opening.is_over(now)) { Err(PaperRefusal::OpeningStands) } else { Ok(()) }
}

/// Whether `person` opens a paper now; `false` if they have, so that a repeat is harmless.
///
/// # Errors
/// [`PaperRefusal::OpeningNotProposed`] if nobody asks for it any more; [`PaperRefusal::OpenedByAnother`] for who asks;
/// [`PaperRefusal::OpeningStands`] if a third person opened it.
pub fn judge_opening(newest: Option<&PaperOpening>, person: AccountId, now: Timestamp) -> Result<bool, PaperRefusal> {
    let standing = newest.filter(|opening| !opening.is_over(now)).ok_or(PaperRefusal::OpeningNotProposed)?;
    match standing.opened {
        Some((opened_by, _)) if opened_by == person => Ok(false),
        None if standing.proposed_by != person => Ok(true),
        _ if standing.proposed_by == person => Err(PaperRefusal::OpenedByAnother),
        _ => Err(PaperRefusal::OpeningStands),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const THIRD: AccountId = AccountId(Uuid::from_u128(3));
    const PERSONS: &[AccountId] = &[ONE, OTHER, THIRD];
    const BEGAN: Timestamp = Timestamp(1_000);
    const WAITS: PaperOpening = PaperOpening { proposed_by: ONE, proposed_at: BEGAN, opened: None };
    const OPEN: PaperOpening = PaperOpening { opened: Some((OTHER, BEGAN)), ..WAITS };

    #[test]
    fn one_person_asks_and_another_opens() {
        assert_eq!(judge_opening_proposal(true, None, BEGAN), Ok(()));
        assert_eq!(judge_opening_proposal(false, None, BEGAN), Err(PaperRefusal::NotClosed));
        assert_eq!(judge_opening_proposal(true, Some(&WAITS), BEGAN), Err(PaperRefusal::OpeningStands));
        assert_eq!(judge_opening(None, OTHER, BEGAN), Err(PaperRefusal::OpeningNotProposed));
        assert_eq!(judge_opening(Some(&WAITS), ONE, BEGAN), Err(PaperRefusal::OpenedByAnother));
        assert_eq!(judge_opening(Some(&WAITS), OTHER, BEGAN), Ok(true));
        assert_eq!(judge_opening(Some(&OPEN), OTHER, BEGAN), Ok(false));
        assert_eq!(judge_opening(Some(&OPEN), ONE, BEGAN), Err(PaperRefusal::OpenedByAnother));
        assert_eq!(judge_opening(Some(&OPEN), THIRD, BEGAN), Err(PaperRefusal::OpeningStands));
    }

    #[test]
    fn what_is_over_is_proposed_anew() {
        for (opening, lasts_s) in [(WAITS, OPENING_WAITS_S), (OPEN, OPEN_FOR_S)] {
            let (last, end) = (BEGAN.plus_s(lasts_s).plus_ms(-1), BEGAN.plus_s(lasts_s));
            assert!(!opening.is_over(last) && opening.is_over(end));
            assert_eq!(judge_opening_proposal(true, Some(&opening), end), Ok(()));
            assert_eq!(judge_opening(Some(&opening), OTHER, end), Err(PaperRefusal::OpeningNotProposed));
            assert!(!opening.lets_see(ONE, end));
        }
    }

    proptest! {
        /// Whatever three persons do at whatever times, who sees a paper was let by another, a short while ago.
        #[test]
        fn nobody_sees_a_paper_alone(
            steps in prop::collection::vec((prop::sample::select(PERSONS), any::<bool>(), 0..40_000_i64), 1..40)
        ) {
            let (mut newest, mut now) = (None::<PaperOpening>, BEGAN);
            for (person, proposes, later_s) in steps {
                now = now.plus_s(later_s);
                if proposes && judge_opening_proposal(true, newest.as_ref(), now).is_ok() {
                    newest = Some(PaperOpening { proposed_by: person, proposed_at: now, opened: None });
                } else if !proposes && judge_opening(newest.as_ref(), person, now) == Ok(true) {
                    newest = newest.map(|opening| PaperOpening { opened: Some((person, now)), ..opening });
                }
                let sees = |person: &&AccountId| newest.is_some_and(|opening| opening.lets_see(**person, now));
                let seeing = PERSONS.iter().filter(sees).count();
                prop_assert!([0, 2].contains(&seeing), "{seeing} see it");
                let opened_at = newest.and_then(|opening| opening.opened).map(|(_, at)| at);
                prop_assert!(seeing == 0 || opened_at.is_some_and(|at| now.ms_since(at) < OPEN_FOR_S * 1_000));
            }
        }
    }
}
