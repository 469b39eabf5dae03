//! 学习提醒: who studies nothing for a while, or is stuck, is told a word by who keeps or teaches the class, and not
//! twice by mistake; and called, where a message is not enough.

use super::{StudyReason, StudyState};
use crate::{
    ids::{AccountId, ClassReminderId},
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Days within which nobody is reminded again.
pub const REMINDER_PAUSE_DAYS: i64 = 3;
/// How long the text that goes with a reminder may wait for its gateway, in seconds.
pub const REMINDER_TEXT_S: i64 = 86_400;

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReminderCause {
    /// The learner has studied nothing.
    Away {
        /// For so many days.
        days: u32,
    },
    /// The learner studies, and is stuck.
    Stuck {
        /// In this unit.
        unit_title: String,
    },
}

/// Why somebody is not reminded, or not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReminderRefusal {
    /// They have studied of late and are not stuck, or have completed everything.
    #[error("the learner is neither away nor stuck")]
    NotNeeded,
    /// Somebody has reminded them of late.
    #[error("the learner was reminded within {days} days")]
    Lately {
        /// Within so many days.
        days: i64,
    },
    /// No phone of theirs is recorded.
    #[error("the learner has no phone")]
    NoPhone,
}

impl Refusal for ReminderRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotNeeded => "wrong-state.learner-not-away",
            Self::Lately { .. } => "wrong-state.reminded-lately",
            Self::NoPhone => "wrong-state.learner-no-phone",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Lately { days } => serde_json::json!({ "days": days }),
            Self::NotNeeded | Self::NoPhone => serde_json::Value::Null,
        }
    }
}

/// Whether a learner who is away or stuck, and was reminded at `last_at` the last time, may be reminded at `now`.
///
/// # Errors
/// [`ReminderRefusal::Lately`].
pub fn may_remind(last_at: Option<Timestamp>, now: Timestamp) -> Result<(), ReminderRefusal> {
    match last_at {
        Some(last) if now < last.plus_s(REMINDER_PAUSE_DAYS * 86_400) => {
            Err(ReminderRefusal::Lately { days: REMINDER_PAUSE_DAYS })
        }
        _ => Ok(()),
    }
}

/// Body of `POST /classes/{id}/reminders` (with `Idempotency-Key`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReminders {
    /// Who is reminded, being away or stuck; without it, everybody who is away and was not reminded of late.
    #[serde(default)]
    pub learner: Option<AccountId>,
}

/// Reply of `POST /classes/{id}/reminders`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindersSent {
    /// Learners who find a reminder at their next log-in.
    pub reminded: u32,
    /// Of these, learners to whom a text message goes as well.
    pub texted: u32,
    /// Learners who are away, and were left out because somebody has reminded them of late.
    pub lately: u32,
}

/// The last reminder of a learner in a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastReminder {
    /// When it was sent.
    pub at: Timestamp,
    /// Name of who sent it.
    pub by_name: String,
    /// When the learner has read it.
    pub read_at: Option<Timestamp>,
}

/// A reminder as the learner sees it: one of `GET /me/reminders`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnReminder {
    /// The reminder.
    pub id: ClassReminderId,
    /// Name of the class.
    pub class_name: String,
    /// Name of who sent it.
    pub by_name: String,
    /// For how many days the learner had studied nothing then; 0 if they were stuck.
    pub days: u32,
    /// Title of the unit in which they were stuck; absent if they were away.
    pub unit_title: Option<String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When the learner has read it.
    pub read_at: Option<Timestamp>,
}

/// Somebody to call: one of `GET /classes/{id}/call_list?state=`, who needs help first comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallRow {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Their phone, masked; absent if none is recorded.
    pub phone_masked: Option<String>,
    /// Where they are in the course in which they need help most.
    pub state: StudyState,
    /// Title of that course.
    pub course_title: String,
    /// Why.
    pub reason: StudyReason,
    /// The last reminder of them.
    pub last_reminder: Option<LastReminder>,
}

/// Body of `POST /classes/{id}/learners/{learner}/phone_reveals`: somebody wants to call a learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealPhone {
    /// What for, in one's own words; it stands in the audit log, so no number belongs into it.
    pub note: String,
}

/// What it shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedPhone {
    /// The phone.
    pub phone: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    #[test]
    fn nobody_is_reminded_twice_within_three_days() {
        let (last, days) = (Timestamp(0), REMINDER_PAUSE_DAYS);
        let after = |seconds| may_remind(Some(last), last.plus_s(seconds));
        assert_eq!(may_remind(None, last), Ok(()));
        assert_eq!(after(0), Err(ReminderRefusal::Lately { days }));
        assert_eq!(after(days * 86_400 - 1), Err(ReminderRefusal::Lately { days }));
        assert_eq!(after(days * 86_400), Ok(()));
    }

    #[test]
    fn every_refusal_has_its_text() {
        for refusal in [ReminderRefusal::NotNeeded, ReminderRefusal::Lately { days: 3 }, ReminderRefusal::NoPhone] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }
}
