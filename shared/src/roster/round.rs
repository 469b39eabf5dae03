//! 排摸轮次: the survey of one season, so that who was visited last year is visited anew this year.

use super::{UpgradeIntent, Visit, VisitOutcome};
use crate::{
    device_log::latest,
    ids::{ProviderId, RosterRoundId},
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days that a round may have.
pub const MAX_ROUND_DAYS: i64 = 366;
/// Days before today on which a round may have begun when it is opened: visits since then count.
pub const MAX_ROUND_DAYS_BACK: i64 = 31;
/// Characters of a round's name.
pub const MAX_ROUND_NAME_CHARS: usize = 40;

const DAY_MS: i64 = 86_400_000;

text_enum! {
    /// What a round has brought of one person.
    RoundStanding {
        /// Nobody was there in this round.
        Unvisited = "unvisited",
        /// Somebody was there, and never reached them.
        Unreached = "unreached",
        /// They were met, and have not decided.
        Undecided = "undecided",
        /// They want to learn, or were told how to enrol.
        Willing = "willing",
        /// They do not want to.
        Unwilling = "unwilling",
        /// There is nothing to ask them: not eligible, moved out, deceased.
        LeftOut = "left_out",
    }
}

/// From which day to which a round goes, in China; both belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundSpan {
    /// The first day.
    pub begins_on: Date,
    /// The last one.
    pub ends_on: Date,
}

impl RoundSpan {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn holds(self, at: Timestamp) -> bool {
        let day = at.date_in_china();
        self.begins_on <= day && day <= self.ends_on
    }

    /// Whether both have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.begins_on <= other.ends_on && other.begins_on <= self.ends_on
    }
}

/// Days from one to another.
fn days(from: Date, to: Date) -> i64 {
    Timestamp::of_day_in_china(to).ms_since(Timestamp::of_day_in_china(from)) / DAY_MS
}

/// From when to when a round goes that somebody wants to open today, where these are already.
///
/// # Errors
/// The fields that are wrong.
pub fn check_round(wanted: &OpenRound, today: Date, others: &[RoundSpan]) -> Result<RoundSpan, Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = wanted.name.trim();
    if name.is_empty() {
        errors.push(FieldError::new("/name", "required"));
    } else if name.chars().count() > MAX_ROUND_NAME_CHARS {
        errors.push(FieldError::new("/name", "too-long"));
    }
    let span = RoundSpan { begins_on: wanted.begins_on, ends_on: wanted.ends_on };
    if days(span.begins_on, today) > MAX_ROUND_DAYS_BACK {
        errors.push(FieldError::new("/begins_on", "round-too-early"));
    }
    let length = days(span.begins_on, span.ends_on);
    if !(0..MAX_ROUND_DAYS).contains(&length) || span.ends_on < today {
        errors.push(FieldError::new("/ends_on", "round-length"));
    } else if others.iter().any(|other| other.overlaps(span)) {
        errors.push(FieldError::new("/begins_on", "round-overlaps"));
    }
    if errors.is_empty() { Ok(span) } else { Err(errors) }
}

/// What a round has brought of a person, by the visits to them, in any order. Who was reached once is reached, whoever
/// stood before a closed door later.
#[must_use]
pub fn round_standing(visits: &[Visit], span: RoundSpan) -> RoundStanding {
    let within = move || visits.iter().filter(move |visit| span.holds(visit.visited_at));
    let reached = within().filter(|visit| !matches!(visit.outcome, VisitOutcome::Unreachable {}));
    match latest(reached) {
        Some(visit) => brought(&visit.outcome),
        None if within().next().is_some() => RoundStanding::Unreached,
        None => RoundStanding::Unvisited,
    }
}

const fn brought(outcome: &VisitOutcome) -> RoundStanding {
    match outcome {
        VisitOutcome::Unreachable {} => RoundStanding::Unreached,
        VisitOutcome::Met {} | VisitOutcome::Stated { intent: UpgradeIntent::Undecided, .. } => {
            RoundStanding::Undecided
        }
        VisitOutcome::Stated { intent: UpgradeIntent::Unwilling, .. } => RoundStanding::Unwilling,
        VisitOutcome::Stated { .. } | VisitOutcome::Guided {} => RoundStanding::Willing,
        VisitOutcome::NotEligible { .. } | VisitOutcome::MovedOut {} | VisitOutcome::Deceased {} => {
            RoundStanding::LeftOut
        }
    }
}

/// Body of `POST /roster/rounds`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenRound {
    /// Code of the division whose roster it is, if no school's.
    pub division: Option<String>,
    /// The school whose roster it is.
    pub provider_id: Option<ProviderId>,
    /// What it is called.
    pub name: String,
    /// The first day, in China.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub begins_on: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub ends_on: Date,
}

/// One round, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundView {
    /// The round.
    pub id: RosterRoundId,
    /// Significant digits of the division whose roster it is, or that the school lies in.
    pub division: String,
    /// The school whose roster it is, if it is one's.
    pub provider_id: Option<ProviderId>,
    /// What the place is called.
    pub place_name: String,
    /// What the round is called.
    pub name: String,
    /// The first day, in China.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub begins_on: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub ends_on: Date,
    /// Whether today is a day of it.
    pub is_running: bool,
    /// How far it is.
    pub sums: RoundSums,
}

/// The persons on a roster by what a round has brought of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundSums {
    /// All who are on the roster now.
    pub persons: u64,
    /// Nobody was there in this round.
    pub unvisited: u64,
    /// Somebody was there, and never reached them.
    pub unreached: u64,
    /// They were met, and have not decided.
    pub undecided: u64,
    /// They want to learn, or were told how to enrol.
    pub willing: u64,
    /// They do not want to.
    pub unwilling: u64,
    /// There is nothing to ask them.
    pub left_out: u64,
}

impl RoundSums {
    /// Counts so many persons more who stand there.
    pub const fn count(&mut self, standing: RoundStanding, persons: u64) {
        self.persons += persons;
        *self.figure_of(standing) += persons;
    }

    const fn figure_of(&mut self, standing: RoundStanding) -> &mut u64 {
        match standing {
            RoundStanding::Unvisited => &mut self.unvisited,
            RoundStanding::Unreached => &mut self.unreached,
            RoundStanding::Undecided => &mut self.undecided,
            RoundStanding::Willing => &mut self.willing,
            RoundStanding::Unwilling => &mut self.unwilling,
            RoundStanding::LeftOut => &mut self.left_out,
        }
    }

    /// Those at whom somebody was.
    #[must_use]
    pub const fn visited(&self) -> u64 {
        self.persons - self.unvisited
    }

    /// Those who were reached.
    #[must_use]
    pub const fn reached(&self) -> u64 {
        self.visited() - self.unreached
    }

    /// How many of a hundred were visited, rounded down; nothing where nobody is on the roster.
    #[must_use]
    pub const fn visited_pct(&self) -> Option<u64> {
        (100 * self.visited()).checked_div(self.persons)
    }
}

#[cfg(test)]
mod tests;
