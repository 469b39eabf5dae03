//! The days of one test, counted from the day on which it is sat, and on which of them learners register.

use super::ExamSessionState;
use crate::{
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::{Timestamp, write_date},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[cfg(test)]
mod tests;

/// Seconds of a day: China has no summer time.
const DAY_S: i64 = 86_400;

text_enum! {
    /// The days of a test, in the order in which they come.
    CalendarDay {
        /// The first day on which learners register.
        RegistrationOpens = "registration_opens_on",
        /// The last day on which learners register.
        RegistrationCloses = "registration_closes_on",
        /// Until then it is settled who may sit the test.
        Review = "reviewed_by",
        /// Until then the candidates have sittings.
        Arrangement = "arranged_by",
        /// Until then the candidates know their seats.
        Tickets = "tickets_by",
        /// The test itself.
        Test = "tested_on",
        /// Until then every response is marked.
        Marking = "marked_by",
        /// Until then the results are out.
        Release = "released_by",
        /// The last day on which a candidate may ask for a recheck.
        Recheck = "recheck_until",
    }
}

impl CalendarDay {
    /// Those that are planned; the test has its own time.
    pub const PLANNED: [Self; 8] = [
        Self::RegistrationOpens,
        Self::RegistrationCloses,
        Self::Review,
        Self::Arrangement,
        Self::Tickets,
        Self::Marking,
        Self::Release,
        Self::Recheck,
    ];

    /// How many days after the test it usually comes; before it, if negative ([D] DOMAIN §4.8).
    #[must_use]
    pub const fn usual_offset(self) -> i64 {
        match self {
            Self::RegistrationOpens => -45,
            Self::RegistrationCloses => -30,
            Self::Review => -22,
            Self::Arrangement => -15,
            Self::Tickets => -12,
            Self::Test => 0,
            Self::Marking => 10,
            Self::Release => 15,
            Self::Recheck => 29,
        }
    }

    /// JSON pointer to it in a plan.
    #[must_use]
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::RegistrationOpens => "/calendar/registration_opens_on",
            Self::RegistrationCloses => "/calendar/registration_closes_on",
            Self::Review => "/calendar/reviewed_by",
            Self::Arrangement => "/calendar/arranged_by",
            Self::Tickets => "/calendar/tickets_by",
            Self::Test => "/starts_at",
            Self::Marking => "/calendar/marked_by",
            Self::Release => "/calendar/released_by",
            Self::Recheck => "/calendar/recheck_until",
        }
    }

    /// The day until which somebody is to have taken the next step of an exam session in `state`; `None` where the clock
    /// takes it, or nobody.
    #[must_use]
    pub const fn due(state: ExamSessionState) -> Option<Self> {
        match state {
            ExamSessionState::Draft => Some(Self::RegistrationOpens),
            ExamSessionState::Registering => Some(Self::Arrangement),
            ExamSessionState::Arranged => Some(Self::Test),
            ExamSessionState::Marking => Some(Self::Release),
            ExamSessionState::Armed | ExamSessionState::Published | ExamSessionState::Cancelled => None,
        }
    }
}

/// The planned days of one test, in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamCalendar {
    /// The first day on which learners register.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub registration_opens_on: Date,
    /// The last day on which learners register.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub registration_closes_on: Date,
    /// Until then it is settled who may sit the test.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub reviewed_by: Date,
    /// Until then the candidates have sittings.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub arranged_by: Date,
    /// Until then the candidates know their seats.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub tickets_by: Date,
    /// Until then every response is marked.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub marked_by: Date,
    /// Until then the results are out.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub released_by: Date,
    /// The last day on which a candidate may ask for a recheck.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub recheck_until: Date,
}

impl ExamCalendar {
    /// The usual days of a test that is sat on `test_day` ([D] DOMAIN §4.8).
    #[must_use]
    pub fn usual(test_day: Date) -> Self {
        Self::by(|day| days_after(test_day, day.usual_offset()))
    }

    /// The calendar with these days.
    #[must_use]
    pub fn by(day: impl Fn(CalendarDay) -> Date) -> Self {
        Self {
            registration_opens_on: day(CalendarDay::RegistrationOpens),
            registration_closes_on: day(CalendarDay::RegistrationCloses),
            reviewed_by: day(CalendarDay::Review),
            arranged_by: day(CalendarDay::Arrangement),
            tickets_by: day(CalendarDay::Tickets),
            marked_by: day(CalendarDay::Marking),
            released_by: day(CalendarDay::Release),
            recheck_until: day(CalendarDay::Recheck),
        }
    }

    /// One of the days of a test that is sat on `test_day`.
    #[must_use]
    pub const fn day(&self, which: CalendarDay, test_day: Date) -> Date {
        match which {
            CalendarDay::RegistrationOpens => self.registration_opens_on,
            CalendarDay::RegistrationCloses => self.registration_closes_on,
            CalendarDay::Review => self.reviewed_by,
            CalendarDay::Arrangement => self.arranged_by,
            CalendarDay::Tickets => self.tickets_by,
            CalendarDay::Test => test_day,
            CalendarDay::Marking => self.marked_by,
            CalendarDay::Release => self.released_by,
            CalendarDay::Recheck => self.recheck_until,
        }
    }

    /// The days that come before one that should come first; two may be the same.
    #[must_use]
    pub fn check(&self, test_day: Date) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        for pair in CalendarDay::ALL.windows(2) {
            let [before, after] = [pair[0], pair[1]];
            if self.day(before, test_day) > self.day(after, test_day) {
                let which = if after == CalendarDay::Test { before } else { after };
                wrong.push(FieldError::new(which.pointer(), "calendar-order"));
            }
        }
        wrong.dedup();
        wrong
    }

    /// The days on which learners register.
    #[must_use]
    pub const fn registration(&self) -> RegistrationDays {
        RegistrationDays { opens_on: self.registration_opens_on, closes_on: self.registration_closes_on }
    }

    /// Whether the next step of an exam session in `state` should have been taken before `today`.
    #[must_use]
    pub fn is_overdue(&self, state: ExamSessionState, (test_day, today): (Date, Date)) -> bool {
        CalendarDay::due(state).is_some_and(|due| match due {
            // The key is armed before that day comes.
            CalendarDay::Test => test_day <= today,
            due => self.day(due, test_day) < today,
        })
    }

    /// The same days for a test that is sat so many days later, or earlier; those that are over by `today` stay.
    #[must_use]
    pub fn moved(&self, days: i64, today: Date) -> Self {
        Self::by(|which| {
            let day = self.day(which, today);
            if day < today { day } else { days_after(day, days).max(today) }
        })
    }
}

/// The day so many days after another; before it, if negative.
fn days_after(day: Date, days: i64) -> Date {
    Timestamp::of_day_in_china(day).plus_s(days * DAY_S).date_in_china()
}

/// The days on which learners register for a test, the first and the last among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationDays {
    /// The first.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub opens_on: Date,
    /// The last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub closes_on: Date,
}

/// Why something is not done on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarRefusal {
    /// Registration begins later.
    #[error("registration opens on {opens_on}")]
    NotYet {
        /// When.
        opens_on: Date,
    },
    /// Registration is over.
    #[error("registration closed on {closed_on}")]
    Over {
        /// Since the end of this day.
        closed_on: Date,
    },
    /// Learners still register, as they were told.
    #[error("registration closes on {closes_on}")]
    StillOpen {
        /// Until the end of this day.
        closes_on: Date,
    },
}

impl Refusal for CalendarRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotYet { .. } => "wrong-state.registration-not-yet",
            Self::Over { .. } => "wrong-state.registration-over",
            Self::StillOpen { .. } => "wrong-state.registration-open",
        }
    }

    fn params(&self) -> serde_json::Value {
        let (Self::NotYet { opens_on: day } | Self::Over { closed_on: day } | Self::StillOpen { closes_on: day }) =
            self;
        json!({ "day": write_date(*day) })
    }
}

/// Whether learners register on `today`, or take that back; on any day where none are planned.
///
/// # Errors
/// [`CalendarRefusal::NotYet`] or [`CalendarRefusal::Over`].
pub fn may_register_on(days: Option<RegistrationDays>, today: Date) -> Result<(), CalendarRefusal> {
    match days {
        Some(RegistrationDays { opens_on, .. }) if today < opens_on => Err(CalendarRefusal::NotYet { opens_on }),
        Some(RegistrationDays { closes_on, .. }) if closes_on < today => {
            Err(CalendarRefusal::Over { closed_on: closes_on })
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether registration may be ended on `today`: not while those may still come who were told that they can.
///
/// # Errors
/// [`CalendarRefusal::StillOpen`].
pub fn may_end_registration(days: Option<RegistrationDays>, today: Date) -> Result<(), CalendarRefusal> {
    match days {
        Some(RegistrationDays { closes_on, .. }) if today <= closes_on => Err(CalendarRefusal::StillOpen { closes_on }),
        Some(_) | None => Ok(()),
    }
}
