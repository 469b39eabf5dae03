//! A message on its way: whose turn it is, and what follows from a try that failed.

use super::MessageRefusal;
use crate::{jobs::retry_after_s, rights::text_enum, time::Timestamp};

/// Tries after which a message is given up: a gateway may be away for about half an hour.
pub const MAX_TRIES: u32 = 30;
/// How long what a message said is kept, in seconds: 30 days.
pub const KEEP_PARAMETERS_S: i64 = 30 * 86_400;

text_enum! {
    /// What a message is about. It names the template, too.
    MessageKind {
        /// The code by which a learner comes to their account.
        ActivationCode = "activation_code",
        /// A lesson takes place at another time or place.
        MeetingMoved = "meeting_moved",
        /// A lesson does not take place.
        MeetingCancelled = "meeting_cancelled",
        /// A learner has studied nothing for a while.
        StudyReminder = "study_reminder",
        /// A learner is stuck in a unit.
        StudyHelp = "study_help",
        /// A unified test begins later than it was to.
        ExamPostponed = "exam_postponed",
        /// A unified test does not take place.
        ExamCancelled = "exam_cancelled",
        /// A candidate sits elsewhere than they were told.
        ExamReseated = "exam_reseated",
        /// Somebody may not sit the test for which they registered.
        ExamRefused = "exam_refused",
        /// A recheck of a result is answered.
        RecheckAnswered = "recheck_answered",
        /// A diploma was issued.
        DiplomaIssued = "diploma_issued",
    }
}

impl MessageKind {
    /// Whether everybody concerned has to get it, however many they are: it does not count for who decided it.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        match self {
            Self::ExamPostponed
            | Self::ExamCancelled
            | Self::ExamReseated
            | Self::ExamRefused
            | Self::RecheckAnswered
            | Self::DiplomaIssued => true,
            Self::ActivationCode
            | Self::MeetingMoved
            | Self::MeetingCancelled
            | Self::StudyReminder
            | Self::StudyHelp => false,
        }
    }
}

text_enum! {
    /// Where a message stands.
    MessageState {
        /// It waits for its first or next try.
        Queued = "queued",
        /// It is being handed over; after a power cut nobody knows whether it was.
        Sending = "sending",
        /// The gateway has it.
        Sent = "sent",
        /// It is given up.
        Failed = "failed",
        /// It would come too late, or another took its place.
        Expired = "expired",
    }
}

text_enum! {
    /// Why a message was not sent, or not yet.
    MessageFailure {
        /// The gateway cannot be reached, or asks to come again.
        Unreachable = "unreachable",
        /// The gateway does not take it.
        Refused = "refused",
        /// Messages are not set up any more.
        NotOffered = "not_offered",
        /// The phone got as many as it may in a day.
        PhoneLimit = "phone_limit",
        /// The sender sent as many as they may in an hour.
        SenderLimit = "sender_limit",
    }
}

impl MessageFailure {
    /// Whether another try may bring more.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable)
    }

    /// What is noted of a message that a rule keeps back.
    #[must_use]
    pub const fn of(refusal: MessageRefusal) -> Self {
        match refusal {
            MessageRefusal::NotOffered | MessageRefusal::NoPhone => Self::NotOffered,
            MessageRefusal::PhoneLimit { .. } => Self::PhoneLimit,
            MessageRefusal::SenderLimit { .. } => Self::SenderLimit,
        }
    }
}

/// What is known of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageFacts {
    /// Where it stands.
    pub state: MessageState,
    /// Not before this moment.
    pub next_try_at: Timestamp,
    /// From this moment on it would come too late.
    pub expires_at: Timestamp,
}

/// What is to be done with a message now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Hand it over.
    Send,
    /// Nothing before this moment.
    Wait(Timestamp),
    /// It comes too late.
    Expire,
    /// It has been settled.
    Over,
}

/// What is to be done with a message at `now`. One that was being handed over when a node died is handed over
/// again, under the same id, by which a gateway tells repeats.
#[must_use]
pub fn judge_turn(message: &MessageFacts, now: Timestamp) -> Turn {
    match message.state {
        MessageState::Sent | MessageState::Failed | MessageState::Expired => Turn::Over,
        MessageState::Queued | MessageState::Sending if now >= message.expires_at => Turn::Expire,
        MessageState::Queued if now < message.next_try_at => Turn::Wait(message.next_try_at),
        MessageState::Queued | MessageState::Sending => Turn::Send,
    }
}

/// When a message is tried again after the last of `attempts` failed at `now`; never, if that brings nothing.
#[must_use]
pub fn next_try(failure: MessageFailure, attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let goes_on = failure.may_pass() && attempts < MAX_TRIES;
    goes_on.then(|| now.plus_s(retry_after_s(attempts)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUEUED: MessageFacts =
        MessageFacts { state: MessageState::Queued, next_try_at: Timestamp(10), expires_at: Timestamp(20) };

    #[test]
    fn a_message_is_sent_from_its_next_try_until_it_expires() {
        let at = |now: i64| judge_turn(&QUEUED, Timestamp(now));
        assert_eq!(at(9), Turn::Wait(Timestamp(10)));
        assert_eq!((at(10), at(19)), (Turn::Send, Turn::Send));
        assert_eq!(at(20), Turn::Expire);
    }

    #[test]
    fn what_a_dead_node_was_sending_is_sent_again_unless_it_is_too_late() {
        let sending = MessageFacts { state: MessageState::Sending, ..QUEUED };
        assert_eq!(judge_turn(&sending, Timestamp(1)), Turn::Send);
        assert_eq!(judge_turn(&sending, Timestamp(20)), Turn::Expire);
    }

    #[test]
    fn what_is_settled_stays_settled() {
        for state in [MessageState::Sent, MessageState::Failed, MessageState::Expired] {
            for now in [0, 15, 99] {
                assert_eq!(judge_turn(&MessageFacts { state, ..QUEUED }, Timestamp(now)), Turn::Over);
            }
        }
    }

    #[test]
    fn only_a_gateway_that_is_away_is_tried_again_and_not_for_ever() {
        let now = Timestamp(0);
        assert_eq!(next_try(MessageFailure::Unreachable, 1, now), Some(Timestamp(2_000)));
        assert_eq!(next_try(MessageFailure::Unreachable, MAX_TRIES - 1, now), Some(Timestamp(60_000)));
        assert_eq!(next_try(MessageFailure::Unreachable, MAX_TRIES, now), None);
        assert_eq!(next_try(MessageFailure::Refused, 1, now), None);
        assert_eq!(next_try(MessageFailure::NotOffered, 1, now), None);
    }

    proptest! {
        #[test]
        fn nothing_is_ever_sent_after_it_expired(
            state in proptest::sample::select(MessageState::ALL), next in 0..100_i64, expires in 0..100_i64, late in 0..100_i64,
        ) {
            let message = MessageFacts { state, next_try_at: Timestamp(next), expires_at: Timestamp(expires) };
            prop_assert_ne!(judge_turn(&message, Timestamp(expires + late)), Turn::Send);
        }
    }
}
