//! What it means to the player that the server refused.

use super::Event;
use crate::problem::ProblemCode;
use serde_json::Value;

impl Event {
    /// What a refusal of answers, or of a submission, means for a player of epoch `epoch`; `None` if it should try
    /// again. `params` are the facts of the problem; `monotonic_ms` counts from the opening on this device.
    #[must_use]
    pub fn of_refusal(code: ProblemCode, params: &Value, epoch: u32, monotonic_ms: u64) -> Option<Self> {
        match code {
            ProblemCode::SittingTakenOver => Some(Self::TakenOver { current: winner(params, epoch) }),
            ProblemCode::SittingClosed | ProblemCode::TimeUp => Some(Self::ServerClosed),
            ProblemCode::AnswersMissing => Some(Self::AnswersMissing { monotonic_ms }),
            ProblemCode::IdempotencyConflict => number(params).map(|seq| Self::NumberTaken { seq, monotonic_ms }),
            ProblemCode::PartClosed => number(params).map(|seq| Self::PartClosed { seq }),
            _ => None,
        }
    }

    /// Whether device and server hold different things, so that the device asks what the server has before it goes on.
    #[must_use]
    pub const fn is_difference(&self) -> bool {
        matches!(self, Self::NumberTaken { .. } | Self::PartClosed { .. } | Self::AnswersMissing { .. })
    }

    /// What a refused opening means for a player of epoch `epoch` that has answers already; `None` if nothing.
    #[must_use]
    pub fn of_refused_opening(code: ProblemCode, params: &Value, epoch: u32) -> Option<Self> {
        match code {
            ProblemCode::SittingTakenOver => Some(Self::Overtaken { current: winner(params, epoch) }),
            ProblemCode::SittingClosed => Some(Self::ServerClosed),
            // What was written in time may still arrive.
            ProblemCode::TimeUp => Some(Self::TimeUp),
            _ => None,
        }
    }

    /// What a player of epoch `epoch` is told that begins without a network, on a device that has heard of epoch
    /// `newest`: what it writes after another device has continued counts only where that one answers nothing.
    #[must_use]
    pub const fn of_no_network(epoch: u32, newest: u32) -> Self {
        if newest > epoch { Self::Overtaken { current: newest } } else { Self::NetworkLost }
    }
}

/// The number of the entry that a refusal names.
fn number(params: &Value) -> Option<u64> {
    params.get("seq").and_then(Value::as_u64)
}

/// The epoch that may write, as the refusal names it.
fn winner(params: &Value, ours: u32) -> u32 {
    let current = params.get("current").and_then(Value::as_u64);
    current.and_then(|epoch| u32::try_from(epoch).ok()).unwrap_or(ours.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        delivery::{AnswerRefusal, ArrivalRefusal, SubmitRefusal},
        problem::Refusal,
        time::Timestamp,
    };

    fn answers(refusal: &impl Refusal) -> Option<Event> {
        Event::of_refusal(refusal.code(), &refusal.params(), 3, 70)
    }

    fn opening(refusal: &impl Refusal) -> Option<Event> {
        Event::of_refused_opening(refusal.code(), &refusal.params(), 3)
    }

    #[test]
    fn each_refusal_of_the_server_is_understood() {
        let taken = AnswerRefusal::TakenOver { current: 5 };
        assert_eq!(answers(&taken), Some(Event::TakenOver { current: 5 }));
        assert_eq!(opening(&taken), Some(Event::Overtaken { current: 5 }));
        assert_eq!(answers(&AnswerRefusal::SittingClosed), Some(Event::ServerClosed));
        assert_eq!(opening(&AnswerRefusal::SittingClosed), Some(Event::ServerClosed));
        let time_up = AnswerRefusal::TimeUp { closed_at: Timestamp(0) };
        assert_eq!(answers(&time_up), Some(Event::ServerClosed));
        assert_eq!(opening(&time_up), Some(Event::TimeUp));
        let missing = SubmitRefusal::AnswersMissing { last_seq_stored: 1, answered: 1, missing: vec![2] };
        assert_eq!(answers(&missing), Some(Event::AnswersMissing { monotonic_ms: 70 }));
        let taken = ArrivalRefusal::Conflict { seq: 4 };
        assert_eq!(answers(&taken), Some(Event::NumberTaken { seq: 4, monotonic_ms: 70 }));
        let closed = ArrivalRefusal::PartClosed { seq: 4, closed_at: Timestamp(0) };
        assert_eq!(answers(&closed), Some(Event::PartClosed { seq: 4 }));
        let differs = |refusal: Option<Event>| refusal.is_some_and(|event| event.is_difference());
        assert!(differs(answers(&missing)) && differs(answers(&taken)) && !differs(answers(&time_up)));
        assert!(differs(answers(&closed)));
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        let busy = Event::of_refusal(ProblemCode::Unavailable, &Value::Null, 3, 70);
        assert_eq!((busy, Event::of_refused_opening(ProblemCode::WrongState, &Value::Null, 3)), (None, None));
    }

    #[test]
    fn who_was_overtaken_is_so_without_a_network_too() {
        assert_eq!(Event::of_no_network(3, 5), Event::Overtaken { current: 5 });
        assert_eq!([2, 3].map(|newest| Event::of_no_network(3, newest)), [Event::NetworkLost, Event::NetworkLost]);
    }

    #[test]
    fn who_is_not_told_the_winner_knows_that_there_is_a_later_one() {
        let told = Event::of_refusal(ProblemCode::SittingTakenOver, &Value::Null, 3, 70);
        assert_eq!(told, Some(Event::TakenOver { current: 4 }));
    }
}
