//! How many messages one phone gets, and one member of staff sends: a mistake or a misuse ends here.

use crate::problem::{ProblemCode, Refusal};

/// How far back the messages to a phone are counted, in seconds.
pub const PHONE_WINDOW_S: i64 = 86_400;
/// How far back the messages of a sender are counted, in seconds.
pub const SENDER_WINDOW_S: i64 = 3_600;

/// How many messages there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageLimits {
    /// To one phone in a day.
    pub to_phone: u64,
    /// By one sender in an hour.
    pub by_sender: u64,
}

impl MessageLimits {
    /// Ten a day are enough for codes and lessons; three hundred an hour for a school that moves the lessons
    /// of several classes.
    pub const USUAL: Self = Self { to_phone: 10, by_sender: 300 };
}

/// How many messages there have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageCounts {
    /// To the phone, within [`PHONE_WINDOW_S`].
    pub to_phone: u64,
    /// By the sender, within [`SENDER_WINDOW_S`].
    pub by_sender: u64,
}

/// Why no message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    /// This system sends none.
    #[error("text messages are not set up")]
    NotOffered,
    /// No phone is recorded of the person.
    #[error("the person has no phone")]
    NoPhone,
    /// The phone got as many as it may in a day.
    #[error("the phone has its messages of the day")]
    PhoneLimit {
        /// How many that are.
        most: u64,
    },
    /// The sender sent as many as they may in an hour.
    #[error("the sender has their messages of the hour")]
    SenderLimit {
        /// How many that are.
        most: u64,
    },
}

impl Refusal for MessageRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotOffered => "wrong-state.text-not-offered",
            Self::NoPhone => "wrong-state.text-no-phone",
            Self::PhoneLimit { .. } => "wrong-state.text-phone-limit",
            Self::SenderLimit { .. } => "wrong-state.text-sender-limit",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::NotOffered | Self::NoPhone => serde_json::Value::Null,
            Self::PhoneLimit { most } | Self::SenderLimit { most } => serde_json::json!({ "most": most }),
        }
    }
}

/// Whether one more message may be sent after so many.
///
/// # Errors
/// [`MessageRefusal::PhoneLimit`] or [`MessageRefusal::SenderLimit`].
pub const fn judge_limits(counts: MessageCounts, limits: &MessageLimits) -> Result<(), MessageRefusal> {
    if counts.to_phone >= limits.to_phone {
        return Err(MessageRefusal::PhoneLimit { most: limits.to_phone });
    }
    if counts.by_sender >= limits.by_sender {
        return Err(MessageRefusal::SenderLimit { most: limits.by_sender });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    const LIMITS: MessageLimits = MessageLimits { to_phone: 2, by_sender: 5 };

    fn judge(to_phone: u64, by_sender: u64) -> Result<(), MessageRefusal> {
        judge_limits(MessageCounts { to_phone, by_sender }, &LIMITS)
    }

    #[test]
    fn the_last_message_within_a_limit_is_sent_and_the_next_is_not() {
        assert_eq!(judge(1, 4), Ok(()));
        assert_eq!(judge(2, 4), Err(MessageRefusal::PhoneLimit { most: 2 }));
        assert_eq!(judge(1, 5), Err(MessageRefusal::SenderLimit { most: 5 }));
        assert_eq!(judge(9, 9), Err(MessageRefusal::PhoneLimit { most: 2 }));
    }

    #[test]
    fn every_refusal_has_its_text() {
        for refusal in [
            MessageRefusal::NotOffered,
            MessageRefusal::NoPhone,
            MessageRefusal::PhoneLimit { most: 2 },
            MessageRefusal::SenderLimit { most: 5 },
        ] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }
}
