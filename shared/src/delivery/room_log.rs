//! What the acts of a room make of one seat.

use super::RoomActKind;
use crate::{ids::AccountId, sittings::Coming, time::Timestamp};

/// One act at a seat, in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatAct {
    /// What was done.
    pub kind: RoomActKind,
    /// The epoch that a consent is about.
    pub epoch: Option<u32>,
    /// Whether document and photo were found right.
    pub is_identity_right: Option<bool>,
    /// Who did it.
    pub acted_by: AccountId,
    /// When.
    pub acted_at: Timestamp,
}

/// What was found when somebody was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityFound {
    /// When.
    pub admitted_at: Timestamp,
    /// Whether document and photo were right.
    pub is_right: bool,
}

/// What they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatLog {
    /// When the candidate was let in, and what was found then; the last time counts.
    pub admitted: Option<IdentityFound>,
    /// How the candidate came: when they were let in first, and whether although they were late.
    pub coming: Coming,
    /// Who found it right that they begin although they are late.
    pub late_proposed_by: Option<AccountId>,
    /// The epoch over which another device was consented to last.
    pub consented_epoch: Option<u32>,
    /// Who found that the sitting has to end now.
    pub submit_proposed_by: Option<AccountId>,
    /// Whether a paper was handed out that is not back.
    pub has_paper: bool,
    /// Whether a paper was ever handed out.
    pub was_on_paper: bool,
    /// Whether the candidate sits the test without Safe Exam Browser.
    pub is_safe_browser_waived: bool,
}

impl SeatLog {
    /// What these acts come to.
    #[must_use]
    pub fn of(acts: impl IntoIterator<Item = SeatAct>) -> Self {
        acts.into_iter().fold(Self::default(), Self::after)
    }

    /// What one more act makes of it.
    #[must_use]
    pub fn after(self, act: SeatAct) -> Self {
        match act.kind {
            RoomActKind::Admit => {
                let is_right = act.is_identity_right.unwrap_or_default();
                let coming = Coming { admitted_at: self.coming.admitted_at.or(Some(act.acted_at)), ..self.coming };
                Self { admitted: Some(IdentityFound { admitted_at: act.acted_at, is_right }), coming, ..self }
            }
            RoomActKind::AdmitLate => self.after_late_admission(act.acted_by),
            // At another seat stands another device.
            RoomActKind::ConsentTakeOver | RoomActKind::ChangeSeat => Self { consented_epoch: act.epoch, ..self },
            RoomActKind::ProposeSubmit => Self { submit_proposed_by: Some(act.acted_by), ..self },
            RoomActKind::HandOutPaper => Self { has_paper: true, was_on_paper: true, ..self },
            RoomActKind::CollectPaper => Self { has_paper: false, ..self },
            RoomActKind::WaiveSafeBrowser => Self { is_safe_browser_waived: true, ..self },
            RoomActKind::Pause
            | RoomActKind::Resume
            | RoomActKind::ReturnTime
            | RoomActKind::ForceSubmit
            | RoomActKind::Announce
            | RoomActKind::ReadOutKey => self,
        }
    }

    /// One person proposes, another one lets the candidate in.
    fn after_late_admission(self, acted_by: AccountId) -> Self {
        match self.late_proposed_by {
            None => Self { late_proposed_by: Some(acted_by), ..self },
            Some(first) if first == acted_by => self,
            Some(_) => Self { coming: Coming { is_admitted_late: true, ..self.coming }, ..self },
        }
    }

    /// Whether another device may take over from `epoch`: a consent is good for once.
    #[must_use]
    pub fn consents_to(&self, epoch: u32) -> bool {
        epoch > 0 && self.consented_epoch == Some(epoch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn act(kind: RoomActKind, at: i64) -> SeatAct {
        let (acted_by, acted_at) = (AccountId(Uuid::from_u128(at.unsigned_abs().into())), Timestamp(at));
        SeatAct { kind, epoch: Some(2), is_identity_right: Some(at > 1), acted_by, acted_at }
    }

    #[test]
    fn the_last_look_at_a_document_counts() {
        let log = SeatLog::of([act(RoomActKind::Admit, 1), act(RoomActKind::Admit, 2)]);
        assert_eq!(log.admitted, Some(IdentityFound { admitted_at: Timestamp(2), is_right: true }));
        assert_eq!(log.coming.admitted_at, Some(Timestamp(1)), "nobody comes later for being looked at again");
    }

    #[test]
    fn who_is_late_is_let_in_by_two_persons_and_not_twice_by_one() {
        let by = |at| act(RoomActKind::AdmitLate, at);
        let is_in = |acts: &[SeatAct]| SeatLog::of(acts.iter().copied()).coming.is_admitted_late;
        assert_eq!([is_in(&[by(1)]), is_in(&[by(1), by(1)]), is_in(&[by(1), by(2)])], [false, false, true]);
        assert_eq!(SeatLog::of([by(1), by(2)]).late_proposed_by, Some(by(1).acted_by));
    }

    #[test]
    fn a_consent_is_good_for_the_device_that_is_there_and_no_later_one() {
        let log = SeatLog::of([act(RoomActKind::ConsentTakeOver, 1)]);
        assert_eq!([0, 1, 2, 3].map(|epoch| log.consents_to(epoch)), [false, false, true, false]);
        assert!(!SeatLog::default().consents_to(0));
    }

    #[test]
    fn what_was_waived_stays_so() {
        let log = SeatLog::of([act(RoomActKind::WaiveSafeBrowser, 1), act(RoomActKind::Admit, 2)]);
        assert!(log.is_safe_browser_waived && !SeatLog::default().is_safe_browser_waived);
    }

    #[test]
    fn who_is_moved_goes_on_at_the_device_that_stands_there() {
        let log = SeatLog::of([act(RoomActKind::ChangeSeat, 4), act(RoomActKind::Pause, 5)]);
        assert_eq!([1, 2, 3].map(|epoch| log.consents_to(epoch)), [false, true, false]);
    }

    #[test]
    fn a_paper_that_is_back_was_there() {
        let out = SeatLog::of([act(RoomActKind::HandOutPaper, 1)]);
        let back = SeatLog::of([act(RoomActKind::HandOutPaper, 1), act(RoomActKind::CollectPaper, 2)]);
        assert_eq!((out.has_paper, back.has_paper, back.was_on_paper), (true, false, true));
        assert_eq!(
            SeatLog::of([act(RoomActKind::ProposeSubmit, 7)]).submit_proposed_by,
            Some(act(RoomActKind::Pause, 7).acted_by)
        );
    }
}
