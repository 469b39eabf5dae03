//! Visits and calls: a log that a phone keeps at the door, and that joins the server's without loss by
//! [`device_log::merge`](crate::device_log::merge).

use super::{MAX_TEXT_CHARS, StudyMode, StudyRoute, UpgradeIntent};
use crate::{
    device_log::LogEntry,
    ids::{AccountId, VisitId},
    person::mask_numbers,
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
        /// When they could study; empty if nothing was said of it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        preferred_time: String,
        /// Where; empty if nothing was said of it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        preferred_place: String,
        /// How they would like to be taught, if they said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        study_mode: Option<StudyMode>,
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
        let (reason, time, place) = match &self.outcome {
            VisitOutcome::Stated { reason, preferred_time, preferred_place, .. } => {
                (reason.as_str(), preferred_time.as_str(), preferred_place.as_str())
            }
            VisitOutcome::NotEligible { reason } => {
                if reason.trim().is_empty() {
                    errors.push(FieldError::new("/outcome/reason", "required"));
                }
                (reason.as_str(), "", "")
            }
            _ => ("", "", ""),
        };
        for (pointer, text, most) in [
            ("/outcome/reason", reason, MAX_REMARK_CHARS),
            ("/outcome/preferred_time", time, MAX_TEXT_CHARS),
            ("/outcome/preferred_place", place, MAX_TEXT_CHARS),
            ("/note", self.note.as_str(), MAX_REMARK_CHARS),
        ] {
            if text.chars().count() > most {
                errors.push(FieldError::new(pointer, "too-long"));
            }
        }
        errors
    }

    /// The same, with every number masked that somebody wrote into it.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.note = mask_numbers(&self.note);
        match &mut self.outcome {
            VisitOutcome::Stated { reason, preferred_time, preferred_place, .. } => {
                for text in [reason, preferred_time, preferred_place] {
                    *text = mask_numbers(text);
                }
            }
            VisitOutcome::NotEligible { reason } => *reason = mask_numbers(reason),
            _ => {}
        }
        self
    }
}

/// When, where and how a person would like to study. What is empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// When.
    pub time: String,
    /// Where.
    pub place: String,
    /// How.
    pub mode: Option<StudyMode>,
}

impl Wishes {
    /// The same after these visits, which may be in any order: of each wish what was said last counts. A visit
    /// that leaves one empty says nothing of it.
    #[must_use]
    pub fn after(mut self, visits: &[Visit]) -> Self {
        let mut visits: Vec<&Visit> = visits.iter().collect();
        visits.sort_unstable_by_key(|visit| (visit.visited_at, visit.id));
        for visit in visits {
            let VisitOutcome::Stated { preferred_time, preferred_place, study_mode, .. } = &visit.outcome else {
                continue;
            };
            for (known, said) in [(&mut self.time, preferred_time), (&mut self.place, preferred_place)] {
                if !said.trim().is_empty() {
                    said.clone_into(known);
                }
            }
            self.mode = study_mode.or(self.mode);
        }
        self
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

    fn wish(time: &str, place: &str, study_mode: Option<StudyMode>) -> VisitOutcome {
        let (preferred_time, preferred_place) = (time.to_owned(), place.to_owned());
        let (intent, route, reason) = (UpgradeIntent::Senior, None, String::new());
        VisitOutcome::Stated { intent, route, reason, preferred_time, preferred_place, study_mode }
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
        assert_eq!(visit(1, 0, wish(&"长".repeat(100), &"远".repeat(100), None)).check(now), []);
        let long = visit(1, 0, wish(&"长".repeat(101), &"远".repeat(101), None)).check(now);
        let too_long = |field: &str| FieldError::new(format!("/outcome/{field}"), "too-long");
        assert_eq!(long, [too_long("preferred_time"), too_long("preferred_place")]);
    }

    #[test]
    fn of_each_wish_what_was_said_last_counts() {
        let listed = Wishes { time: "晚上".to_owned(), place: "村部".to_owned(), mode: None };
        let log = [
            visit(3, 30, wish("周末", "", None)),
            visit(1, 10, wish("早上", "学校", Some(StudyMode::Online))),
            visit(4, 40, VisitOutcome::Unreachable {}),
            visit(2, 20, wish(" ", "", Some(StudyMode::Blended))),
        ];
        let wishes = Wishes { time: "周末".to_owned(), place: "学校".to_owned(), mode: Some(StudyMode::Blended) };
        assert_eq!(listed.clone().after(&log), wishes);
        assert_eq!(listed.clone().after(&log[2..3]), listed);
    }

    #[test]
    fn no_number_is_shown_whole_wherever_it_was_written() {
        let phone = "19900009137";
        let mut stated = visit(1, 0, wish(phone, phone, None));
        stated.note = phone.to_owned();
        for visit in [stated, visit(2, 0, VisitOutcome::NotEligible { reason: phone.to_owned() })] {
            let shown = serde_json::to_string(&visit.masked()).unwrap();
            assert!(!shown.contains(phone), "{shown}");
        }
    }

    #[test]
    fn an_entry_that_was_kept_before_there_were_wishes_is_read() {
        let kept = r#"{"kind":"stated","intent":"senior","route":null,"reason":""}"#;
        let outcome = serde_json::from_str::<VisitOutcome>(kept).unwrap();
        assert_eq!(outcome, wish("", "", None));
        assert_eq!(serde_json::to_string(&outcome).unwrap(), kept, "and is written as it was");
    }

    #[test]
    fn an_entry_has_its_form_on_the_wire() {
        let outcome = wish("晚上", "村部", Some(StudyMode::FaceToFace));
        let text = serde_json::to_string(&visit(1, 0, outcome.clone())).unwrap();
        assert!(text.contains(r#""outcome":{"kind":"stated","intent":"senior""#), "{text}");
        assert_eq!(serde_json::from_str::<Visit>(&text).unwrap().outcome, outcome);
        assert!(serde_json::from_str::<VisitOutcome>(r#"{"kind":"met","more":1}"#).is_err());
    }
}
