//! What one test allows its candidates: until when who is late is let in, from when they may hand in, and how long the
//! server waits for what they wrote.

use crate::{
    delivery::{DeliveryRules, FocusPolicy},
    problem::{FieldError, ProblemCode, Refusal},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest wait for the network after the end, in seconds.
const MAX_GRACE_S: u16 = 300;
/// Longest window in which a device may still bring what was written in time, in minutes: two days.
const MAX_LATE_WINDOW_MIN: u16 = 2_880;

/// The rules of one test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamRules {
    /// Minutes after the start until which who comes late is let in; absent if as long as the test runs.
    #[serde(default)]
    pub late_limit_min: Option<u16>,
    /// Minutes before the end of a candidate's working time from which they may hand in; absent if whenever they like.
    #[serde(default)]
    pub leave_before_end_min: Option<u16>,
    /// Seconds after the end of working time in which answers are taken as if in time: for the network only.
    pub grace_s: u16,
    /// Minutes after the end of working time in which answers are taken that prove to be written in time.
    pub late_window_min: u16,
    /// Whether a candidate types the entry code of the room (考场口令) before the paper opens.
    #[serde(default)]
    pub asks_entry_code: bool,
    /// Whether who has a seat begins only after they were let in to the room.
    #[serde(default)]
    pub needs_admission: bool,
    /// Whether the paper opens in Safe Exam Browser alone (ADR 40).
    #[serde(default)]
    pub needs_safe_browser: bool,
    /// What is done when a candidate leaves the paper's page.
    #[serde(default = "FocusPolicy::of_old")]
    pub focus_policy: FocusPolicy,
}

impl ExamRules {
    /// What is usual where a unified test is sat: 15 minutes late at most, and nobody leaves earlier than 30 minutes before
    /// the end (DOMAIN §4.2, Zhejiang). What a device wrote in time may come within a day: it may have to be carried to a
    /// network (RELIABILITY I8).
    #[must_use]
    pub const fn usual() -> Self {
        Self { late_limit_min: Some(15), leave_before_end_min: Some(30), late_window_min: 24 * 60, ..Self::lenient() }
    }

    /// The rules of a test of which nothing else was said: candidates come and hand in while it runs.
    #[must_use]
    pub const fn lenient() -> Self {
        Self {
            late_limit_min: None,
            leave_before_end_min: None,
            grace_s: 30,
            late_window_min: 10,
            asks_entry_code: false,
            needs_admission: false,
            needs_safe_browser: false,
            focus_policy: FocusPolicy::of_old(),
        }
    }

    /// Everything that is wrong with the rules of a test of so many minutes.
    #[must_use]
    pub fn check(&self, duration_min: u16) -> Vec<FieldError> {
        let is_over = |minutes: Option<u16>| minutes.is_some_and(|minutes| minutes > duration_min);
        // Who proves to have written in time has at least as long as who needs to prove nothing.
        let is_short = u32::from(self.late_window_min) * 60 < u32::from(self.grace_s);
        let judged = [
            ("/rules/late_limit_min", is_over(self.late_limit_min)),
            ("/rules/leave_before_end_min", is_over(self.leave_before_end_min)),
            ("/rules/grace_s", self.grace_s > MAX_GRACE_S),
            ("/rules/late_window_min", self.late_window_min > MAX_LATE_WINDOW_MIN || is_short),
        ];
        let wrong = judged.into_iter().filter(|(_, is_wrong)| *is_wrong);
        wrong.map(|(pointer, _)| FieldError::new(pointer, "out-of-range")).collect()
    }

    /// What the server judges answers by.
    #[must_use]
    pub fn delivery(&self) -> DeliveryRules {
        DeliveryRules { grace_s: i64::from(self.grace_s), late_window_s: i64::from(self.late_window_min) * 60 }
    }

    /// The last moment at which somebody may come to a test that begins at `starts_at`; `None` if as long as it runs. Of
    /// that, `returned_s` seconds stood still or were given back: they make nobody late.
    #[must_use]
    pub fn admits_until(&self, starts_at: Timestamp, returned_s: u32) -> Option<Timestamp> {
        self.late_limit_min.map(|minutes| starts_at.plus_s(i64::from(minutes) * 60 + i64::from(returned_s)))
    }

    /// Whether a candidate whose working time ends at `deadline` may hand in at `now`.
    ///
    /// # Errors
    /// [`ExamRuleRefusal::TooEarly`].
    pub fn may_hand_in(&self, deadline: Timestamp, now: Timestamp) -> Result<(), ExamRuleRefusal> {
        match hands_in_from(deadline, self.leave_before_end_min) {
            Some(from) if now < from => Err(ExamRuleRefusal::TooEarly { from }),
            Some(_) | None => Ok(()),
        }
    }
}

/// How a candidate came to the room of their test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coming {
    /// When they were let in first, if they were.
    pub admitted_at: Option<Timestamp>,
    /// Whether two persons of the room let them begin although they are late.
    pub is_admitted_late: bool,
}

/// Whether a candidate may begin at `now` a test to which they may come until `admits_until`. Who was let in to the room
/// in time is there, whatever keeps their device (ADR 49).
///
/// # Errors
/// [`ExamRuleRefusal::TooLate`].
pub fn may_begin(admits_until: Option<Timestamp>, coming: Coming, now: Timestamp) -> Result<(), ExamRuleRefusal> {
    let came_at = coming.admitted_at.unwrap_or(now);
    match admits_until {
        Some(until) if until < came_at && !coming.is_admitted_late => Err(ExamRuleRefusal::TooLate { until }),
        Some(_) | None => Ok(()),
    }
}

/// From when a candidate whose working time ends at `deadline` may hand in; `None` if whenever they like.
#[must_use]
pub fn hands_in_from(deadline: Timestamp, leave_before_end_min: Option<u16>) -> Option<Timestamp> {
    leave_before_end_min.map(|minutes| deadline.plus_s(-i64::from(minutes) * 60))
}

/// The time of day in China of a moment on the day of a test, as it is told.
#[must_use]
pub fn time_of_day(at: Timestamp) -> String {
    let at = at.in_china();
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// What the rules of a test forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExamRuleRefusal {
    /// Who comes so late is not let in any more.
    #[error("candidates are let in until {until}")]
    TooLate {
        /// Until when they were.
        until: Timestamp,
    },
    /// Nobody hands in so early.
    #[error("candidates hand in from {from}")]
    TooEarly {
        /// From when on they may.
        from: Timestamp,
    },
}

impl Refusal for ExamRuleRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            // Waiting helps who is early; who is late, two persons of the room.
            Self::TooLate { .. } => ProblemCode::ExamTooLate,
            Self::TooEarly { .. } => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::TooLate { .. } => self.code().as_str(),
            Self::TooEarly { .. } => "wrong-state.hand-in-early",
        }
    }

    fn params(&self) -> serde_json::Value {
        let (Self::TooLate { until: at } | Self::TooEarly { from: at }) = self;
        json!({ "time": time_of_day(*at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use proptest::prelude::*;

    /// 09:00 in China.
    const STARTS_AT: Timestamp = Timestamp(1_795_395_600_000);
    const MINUTES: u16 = 75;

    fn minute(minutes: i64) -> Timestamp {
        STARTS_AT.plus_s(minutes * 60)
    }

    #[test]
    fn who_is_late_is_let_in_until_the_limit_and_not_a_millisecond_longer() {
        let begin = |rules: ExamRules, now| may_begin(rules.admits_until(STARTS_AT, 0), Coming::default(), now);
        let (usual, until) = (ExamRules::usual(), minute(15));
        assert_eq!(begin(usual, until), Ok(()));
        let refused = begin(usual, until.plus_ms(1));
        assert_eq!(refused, Err(ExamRuleRefusal::TooLate { until }));
        assert_eq!(refused.unwrap_err().params(), json!({ "time": "09:15" }));
        assert_eq!(begin(ExamRules::lenient(), minute(74)), Ok(()));
    }

    #[test]
    fn who_is_in_the_room_in_time_or_let_in_by_two_is_not_too_late() {
        let until = ExamRules::usual().admits_until(STARTS_AT, 0);
        let begin = |coming| may_begin(until, coming, minute(20));
        let at = |admitted_at| Coming { admitted_at: Some(admitted_at), is_admitted_late: false };
        assert_eq!((begin(at(minute(-10))), begin(at(minute(15)))), (Ok(()), Ok(())));
        assert!(begin(at(minute(16))).is_err() && begin(Coming::default()).is_err());
        assert_eq!(begin(Coming { is_admitted_late: true, ..Coming::default() }), Ok(()));
        let given_back = ExamRules::usual().admits_until(STARTS_AT, 20 * 60);
        assert_eq!(may_begin(given_back, Coming::default(), minute(35)), Ok(()), "a power failure makes nobody late");
    }

    #[test]
    fn nobody_hands_in_before_the_end_is_near() {
        let (rules, deadline) = (ExamRules::usual(), minute(75));
        let from = minute(45);
        assert_eq!(rules.may_hand_in(deadline, from.plus_ms(-1)), Err(ExamRuleRefusal::TooEarly { from }));
        assert_eq!(rules.may_hand_in(deadline, from), Ok(()));
        // Who has extra time stays longer, too.
        assert!(rules.may_hand_in(minute(98), from).is_err());
        assert_eq!(ExamRules::lenient().may_hand_in(deadline, STARTS_AT), Ok(()));
    }

    #[test]
    fn rules_that_cannot_be_kept_are_named() {
        let wrong =
            |rules: ExamRules| -> Vec<String> { rules.check(MINUTES).into_iter().map(|error| error.pointer).collect() };
        let usual = ExamRules::usual();
        assert_eq!(usual.delivery().late_window_s, 86_400, "a file may have to be carried");
        assert_eq!(wrong(usual), [] as [String; 0]);
        assert_eq!(wrong(ExamRules::lenient()), [] as [String; 0]);
        assert_eq!(wrong(ExamRules { late_limit_min: Some(76), ..usual }), ["/rules/late_limit_min"]);
        assert_eq!(wrong(ExamRules { leave_before_end_min: Some(76), ..usual }), ["/rules/leave_before_end_min"]);
        assert_eq!(wrong(ExamRules { grace_s: 301, ..usual }), ["/rules/grace_s"]);
        assert_eq!(wrong(ExamRules { late_window_min: 0, ..usual }), ["/rules/late_window_min"]);
        assert_eq!(wrong(ExamRules { late_window_min: 2_881, ..usual }), ["/rules/late_window_min"]);
    }

    #[test]
    fn without_a_word_the_server_judges_as_it_always_has() {
        assert_eq!(ExamRules::lenient().delivery(), DeliveryRules::unified_test());
    }

    #[test]
    fn rules_of_before_ask_for_nothing_and_only_record() {
        let rules: ExamRules = serde_json::from_str(r#"{ "grace_s": 30, "late_window_min": 10 }"#).unwrap();
        assert_eq!(rules, ExamRules::lenient());
    }

    #[test]
    fn every_refusal_has_its_words() {
        for refusal in [ExamRuleRefusal::TooLate { until: STARTS_AT }, ExamRuleRefusal::TooEarly { from: STARTS_AT }] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        /// However late a device is, whom the room let in within the limit begins; and time given back shuts nobody out.
        #[test]
        fn who_came_in_time_begins_at_any_time(
            limit in 0..=300u16, came in -3_600..=18_000i64, later_s in 0..20_000i64, returned_s in 0..=1_800u32,
        ) {
            let rules = ExamRules { late_limit_min: Some(limit), ..ExamRules::lenient() };
            let came_at = STARTS_AT.plus_s(came.min(i64::from(limit) * 60));
            let now = came_at.plus_s(later_s);
            let (planned, moved) = (rules.admits_until(STARTS_AT, 0), rules.admits_until(STARTS_AT, returned_s));
            let admitted = Coming { admitted_at: Some(came_at), is_admitted_late: false };
            prop_assert_eq!(may_begin(planned, admitted, now), Ok(()));
            let is_shut_out = may_begin(planned, Coming::default(), now).is_ok()
                && may_begin(moved, Coming::default(), now).is_err();
            prop_assert!(!is_shut_out);
        }

        #[test]
        fn who_waits_to_the_end_may_always_hand_in(leave in 0..=300u16, before_ms in 0..1_000i64) {
            let rules = ExamRules { leave_before_end_min: Some(leave), ..ExamRules::lenient() };
            let deadline = minute(i64::from(MINUTES));
            prop_assert_eq!(rules.may_hand_in(deadline, deadline.plus_ms(before_ms)), Ok(()));
        }
    }
}
