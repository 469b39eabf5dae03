//! Which device may open a sitting, and with which epoch.

use super::{AnswerRefusal, ClosedBy, JournalEntry, OpenedSitting};
use crate::{
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

/// What the decision must know of the sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningFacts {
    /// Whether two persons armed the test and it has not been ended.
    pub is_armed: bool,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends.
    pub deadline: Timestamp,
    /// The epoch that may write; 0 before the first opening.
    pub epoch: u32,
    /// The device of that epoch.
    pub device: Option<Uuid>,
    /// Who ended the sitting, if anybody has.
    pub closed: Option<ClosedBy>,
    /// Whether an invigilator watches the room who has not consented to another device.
    pub lacks_consent: bool,
    /// Whether the test asks for the entry code of the room, and this opening does not bring it.
    pub lacks_entry_code: bool,
    /// Whether the test wants candidates let in to their room first, and nobody has let this one in.
    pub lacks_admission: bool,
    /// Whether the test opens in Safe Exam Browser alone, and this opening does not prove to come from it.
    pub lacks_safe_browser: bool,
}

/// What an opening does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The device goes on in its own epoch.
    Keep,
    /// The device begins this epoch; an older one writes no more.
    Begin {
        /// The new epoch.
        epoch: u32,
    },
}

/// Why a sitting is not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpeningRefusal {
    /// The test is not armed, or has not begun.
    #[error("the test begins at {starts_at}")]
    NotYet {
        /// When it begins.
        starts_at: Timestamp,
    },
    /// The invigilator has not consented to another device.
    #[error("the invigilator has not consented")]
    ConsentNeeded,
    /// The entry code of the room is another one.
    #[error("the entry code is another one")]
    EntryCodeWrong,
    /// Nobody has let the candidate in to the room.
    #[error("the candidate was not let in to the room")]
    AdmissionNeeded,
    /// It is not Safe Exam Browser, or not by our settings.
    #[error("the test opens in Safe Exam Browser alone")]
    SafeBrowserNeeded,
    /// Another device has the sitting, it is closed, or time is up.
    #[error(transparent)]
    Answer(#[from] AnswerRefusal),
}

impl Refusal for OpeningRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::NotYet { .. } => ProblemCode::WrongState,
            Self::ConsentNeeded => ProblemCode::TakeOverConsentNeeded,
            Self::EntryCodeWrong => ProblemCode::EntryCodeWrong,
            Self::AdmissionNeeded => ProblemCode::AdmissionNeeded,
            Self::SafeBrowserNeeded => ProblemCode::SafeBrowserNeeded,
            Self::Answer(refusal) => refusal.code(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::NotYet { starts_at } => json!({ "starts_at": starts_at }),
            Self::ConsentNeeded | Self::EntryCodeWrong | Self::AdmissionNeeded | Self::SafeBrowserNeeded => {
                serde_json::Value::Null
            }
            Self::Answer(refusal) => refusal.params(),
        }
    }
}

/// Decides what becomes of an opening by `device` at `now`.
///
/// # Errors
/// [`OpeningRefusal`]: a sitting that is over stays over, and another device's epoch ends only by
/// consent.
pub fn judge_opening(
    sitting: &OpeningFacts,
    device: Uuid,
    take_over: bool,
    now: Timestamp,
) -> Result<Opening, OpeningRefusal> {
    match sitting.closed {
        Some(ClosedBy::Candidate) => return Err(AnswerRefusal::SittingClosed.into()),
        Some(ClosedBy::Server) => return Err(AnswerRefusal::TimeUp { closed_at: sitting.deadline }.into()),
        None => {}
    }
    if !sitting.is_armed || now < sitting.starts_at {
        return Err(OpeningRefusal::NotYet { starts_at: sitting.starts_at });
    }
    if now > sitting.deadline {
        return Err(AnswerRefusal::TimeUp { closed_at: sitting.deadline }.into());
    }
    if sitting.lacks_safe_browser {
        return Err(OpeningRefusal::SafeBrowserNeeded);
    }
    match sitting.device {
        Some(current) if current == device => Ok(Opening::Keep),
        Some(_) if !take_over => Err(AnswerRefusal::TakenOver { current: sitting.epoch }.into()),
        Some(_) if sitting.lacks_consent => Err(OpeningRefusal::ConsentNeeded),
        // Who has begun was in the room; another device is for the invigilator to consent to.
        None if sitting.lacks_admission => Err(OpeningRefusal::AdmissionNeeded),
        None if sitting.lacks_entry_code => Err(OpeningRefusal::EntryCodeWrong),
        _ => Ok(Opening::Begin { epoch: sitting.epoch + 1 }),
    }
}

/// Whether a device that does not know a sitting has opened it before and lost what it wrote: it was given the very
/// epoch that the server named before, `epoch_before`, and has no entry of it in `journal`. Then the browser has thrown
/// its journal away, but not the device's name. It goes on under a new name: in the old epoch one number might come to
/// hold two contents. A device that still has entries goes on in their epoch, for in another one they would never count.
#[must_use]
pub fn has_lost_its_journal(epoch_before: u32, opened: &OpenedSitting, journal: &[JournalEntry]) -> bool {
    epoch_before > 0 && epoch_before == opened.epoch && journal.iter().all(|entry| entry.epoch != opened.epoch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::ItemId, item_bank::Response};

    const ONE: Uuid = Uuid::from_u128(1);
    const TWO: Uuid = Uuid::from_u128(2);
    const FACTS: OpeningFacts = OpeningFacts {
        is_armed: true,
        starts_at: Timestamp(1_000),
        deadline: Timestamp(9_000),
        epoch: 3,
        device: Some(ONE),
        closed: None,
        lacks_consent: false,
        lacks_entry_code: false,
        lacks_admission: false,
        lacks_safe_browser: false,
    };

    fn opened(epoch: u32) -> OpenedSitting {
        let (server_time, deadline) = (Timestamp(2_000), Timestamp(9_000));
        OpenedSitting { epoch, server_time, deadline, acked_through: 0, answers: Vec::new() }
    }

    fn entry(epoch: u32) -> JournalEntry {
        let (item_id, response) = (ItemId(ONE), Response::Single(0));
        JournalEntry { epoch, seq: 1, item_id, response, monotonic_ms: 0, previous_hash: String::new() }
    }

    #[test]
    fn the_same_device_keeps_its_epoch() {
        assert_eq!(judge_opening(&FACTS, ONE, false, Timestamp(1_000)), Ok(Opening::Keep));
        assert_eq!(judge_opening(&FACTS, ONE, true, Timestamp(9_000)), Ok(Opening::Keep));
    }

    #[test]
    fn another_device_takes_over_only_by_consent() {
        let taken = OpeningRefusal::Answer(AnswerRefusal::TakenOver { current: 3 });
        assert_eq!(judge_opening(&FACTS, TWO, false, Timestamp(2_000)), Err(taken));
        assert_eq!(judge_opening(&FACTS, TWO, true, Timestamp(2_000)), Ok(Opening::Begin { epoch: 4 }));
        let watched = OpeningFacts { lacks_consent: true, ..FACTS };
        assert_eq!(judge_opening(&watched, TWO, true, Timestamp(2_000)), Err(OpeningRefusal::ConsentNeeded));
        assert_eq!(judge_opening(&watched, ONE, false, Timestamp(2_000)), Ok(Opening::Keep), "it is no other device");
        let fresh = OpeningFacts { epoch: 0, device: None, ..watched };
        assert_eq!(judge_opening(&fresh, TWO, false, Timestamp(2_000)), Ok(Opening::Begin { epoch: 1 }));
    }

    #[test]
    fn who_begins_types_the_code_and_who_has_begun_needs_none() {
        let fresh = OpeningFacts { epoch: 0, device: None, lacks_entry_code: true, ..FACTS };
        assert_eq!(judge_opening(&fresh, ONE, false, Timestamp(2_000)), Err(OpeningRefusal::EntryCodeWrong));
        let begun = OpeningFacts { lacks_entry_code: true, ..FACTS };
        assert_eq!(judge_opening(&begun, ONE, false, Timestamp(2_000)), Ok(Opening::Keep));
        assert_eq!(judge_opening(&begun, TWO, true, Timestamp(2_000)), Ok(Opening::Begin { epoch: 4 }));
        let early = judge_opening(&fresh, ONE, false, Timestamp(999));
        assert_eq!(early, Err(OpeningRefusal::NotYet { starts_at: Timestamp(1_000) }), "a code opens nothing early");
    }

    #[test]
    fn who_begins_was_let_in_and_who_has_begun_was() {
        let fresh = OpeningFacts { epoch: 0, device: None, lacks_admission: true, lacks_entry_code: true, ..FACTS };
        assert_eq!(judge_opening(&fresh, ONE, false, Timestamp(2_000)), Err(OpeningRefusal::AdmissionNeeded));
        let begun = OpeningFacts { lacks_admission: true, ..FACTS };
        assert_eq!(judge_opening(&begun, ONE, false, Timestamp(2_000)), Ok(Opening::Keep));
        assert_eq!(judge_opening(&begun, TWO, true, Timestamp(2_000)), Ok(Opening::Begin { epoch: 4 }));
    }

    #[test]
    fn where_the_safe_browser_is_needed_nobody_begins_or_goes_on_in_another_one() {
        let outside = OpeningFacts { lacks_safe_browser: true, ..FACTS };
        let fresh = OpeningFacts { epoch: 0, device: None, ..outside };
        for (sitting, device, take_over) in [(&fresh, ONE, false), (&outside, ONE, false), (&outside, TWO, true)] {
            let refused = judge_opening(sitting, device, take_over, Timestamp(2_000));
            assert_eq!(refused, Err(OpeningRefusal::SafeBrowserNeeded));
        }
        let over = OpeningFacts { closed: Some(ClosedBy::Candidate), ..outside };
        assert_eq!(judge_opening(&over, ONE, false, Timestamp(2_000)), Err(AnswerRefusal::SittingClosed.into()));
    }

    #[test]
    fn nobody_opens_before_the_start_or_after_the_end() {
        let not_yet = Err(OpeningRefusal::NotYet { starts_at: Timestamp(1_000) });
        assert_eq!(judge_opening(&FACTS, ONE, true, Timestamp(999)), not_yet);
        let unarmed = OpeningFacts { is_armed: false, ..FACTS };
        assert_eq!(judge_opening(&unarmed, ONE, true, Timestamp(2_000)), not_yet);
        let time_up = Err(AnswerRefusal::TimeUp { closed_at: Timestamp(9_000) }.into());
        assert_eq!(judge_opening(&FACTS, ONE, true, Timestamp(9_001)), time_up);
        let submitted = OpeningFacts { closed: Some(ClosedBy::Candidate), ..FACTS };
        assert_eq!(judge_opening(&submitted, ONE, true, Timestamp(2_000)), Err(AnswerRefusal::SittingClosed.into()));
    }

    #[test]
    fn who_is_given_the_epoch_that_was_there_has_opened_it_before() {
        assert!(has_lost_its_journal(3, &opened(3), &[]));
        assert!(!has_lost_its_journal(0, &opened(1), &[]), "the first opening of all");
        assert!(!has_lost_its_journal(3, &opened(4), &[]), "another device had it");
    }

    #[test]
    fn who_has_entries_of_the_epoch_goes_on_in_it() {
        assert!(!has_lost_its_journal(3, &opened(3), &[entry(2), entry(3)]));
        assert!(has_lost_its_journal(3, &opened(3), &[entry(2)]), "of an older epoch alone");
    }
}
