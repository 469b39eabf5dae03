//! Visits and calls: a log that a phone keeps at the door, and that joins the server's without loss by
//! [`device_log::merge`](crate::device_log::merge).

use super::{StudyRoute, UpgradeIntent};
use crate::{
    device_log::LogEntry,
    ids::{AccountId, VisitId},
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Characters of a reason or remark.
pub const MAX_REMARK_CHARS: usize = 300;

text_enum! {
    /// How somebody was asked.
    VisitChannel {
        /// 上门.
        Door = "door",
        /// 电话.
        Phone = "phone",
        /// 短信、微信.
        Message = "message",
        /// 来校.
        AtSchool = "at_school",
    }
}

/// What came of a visit. The empty braces make serde refuse unknown fields there, too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitOutcome {
    /// Met; nothing was said of studying.
    Met {},
    /// Said what they want.
    Stated {
        /// What.
        intent: UpgradeIntent,
        /// Which way, if they know.
        route: Option<StudyRoute>,
        /// Why; may be empty.
        reason: String,
    },
    /// Was told how to enrol, and is willing.
    Guided {},
    /// Not at home, no answer.
    Unreachable {},
    /// May not study here: too old, has the diploma, is in school.
    NotEligible {
        /// Why; not empty.
        reason: String,
    },
    /// Lives elsewhere now.
    MovedOut {},
    /// Has died.
    Deceased {},
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Made on the device, so that sending it twice is harmless.
    pub id: VisitId,
    /// When it was, by the device's clock.
    pub visited_at: Timestamp,
    /// Who asked.
    pub visitor: AccountId,
    /// How.
    pub channel: VisitChannel,
    /// What came of it.
    pub outcome: VisitOutcome,
    /// A remark; may be empty.
    pub note: String,
}

impl Visit {
    /// Everything that is wrong with an entry which reached the server at `now`.
    #[must_use]
    pub fn check(&self, now: Timestamp) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.is_ahead(now) {
            errors.push(FieldError::new("/visited_at", "date-in-future"));
        }
        let reason = match &self.outcome {
            VisitOutcome::Stated { reason, .. } => reason,
            VisitOutcome::NotEligible { reason } => {
                if reason.trim().is_empty() {
                    errors.push(FieldError::new("/outcome/reason", "required"));
                }
                reason
            }
            _ => "",
        };
        for (pointer, text) in [("/outcome/reason", reason), ("/note", self.note.as_str())] {
            if text.chars().count() > MAX_REMARK_CHARS {
                errors.push(FieldError::new(pointer, "too-long"));
            }
        }
        errors
    }
}

impl LogEntry for Visit {
    type Id = VisitId;

    fn id(&self) -> VisitId {
        self.id
    }

    fn at(&self) -> Timestamp {
        self.visited_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn visit(id: u128, at: i64, outcome: VisitOutcome) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(id)),
            visited_at: Timestamp(at),
            visitor: AccountId(Uuid::nil()),
            channel: VisitChannel::Door,
            outcome,
            note: String::new(),
        }
    }

    #[test]
    fn an_entry_is_checked_by_the_servers_clock() {
        let now = Timestamp(1_000_000);
        assert_eq!(visit(1, 1_000_000 + 300_000, VisitOutcome::Met {}).check(now), []);
        assert_eq!(
            visit(1, 1_300_001, VisitOutcome::Met {}).check(now),
            [FieldError::new("/visited_at", "date-in-future")]
        );
        let without = visit(1, 0, VisitOutcome::NotEligible { reason: " ".to_owned() });
        assert_eq!(without.check(now), [FieldError::new("/outcome/reason", "required")]);
        let long = Visit { note: "长".repeat(301), ..visit(1, 0, VisitOutcome::Met {}) };
        assert_eq!(long.check(now), [FieldError::new("/note", "too-long")]);
    }

    #[test]
    fn an_entry_has_its_form_on_the_wire() {
        let outcome =
            VisitOutcome::Stated { intent: UpgradeIntent::Senior, route: None, reason: "孩子上学了".to_owned() };
        let text = serde_json::to_string(&visit(1, 0, outcome.clone())).unwrap();
        assert!(text.contains(r#""outcome":{"kind":"stated","intent":"senior""#), "{text}");
        assert_eq!(serde_json::from_str::<Visit>(&text).unwrap().outcome, outcome);
        assert!(serde_json::from_str::<VisitOutcome>(r#"{"kind":"met","more":1}"#).is_err());
    }
}
