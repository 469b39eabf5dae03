//! Incidents of a test: what somebody is said to have done against its rules, and how that is settled.
//!
//! By `MoE` Order 33 (2012-04-01), articles 5, 6 and 18 to 21, which the notice of a test refers to (DOMAIN §4.6): it is
//! recorded on the spot, a second person signs, the candidate is heard, a level above the site decides, and the
//! candidate may ask the next level to look at it again. What is found later (article 7) is not recorded here.

#[cfg(test)]
mod tests;

use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};

/// Days in which a candidate may ask for a decision to be looked at again (DOMAIN §4.6).
pub const APPEAL_DAYS: i64 = 15;
/// Days in which that is answered (DOMAIN §4.6).
pub const ANSWER_DAYS: i64 = 30;
/// Seconds of a day.
const DAY_S: i64 = 24 * 60 * 60;
/// Significant digits of the code of a province, and of a city.
const PROVINCE_DIGITS: usize = 2;
const CITY_DIGITS: usize = 4;

text_enum! {
    /// What somebody is said to have done: the items of articles 5 (违纪) and 6 (作弊), in their order.
    IncidentKind {
        /// 5.1: has what is not allowed in the room, or not where it belongs.
        ForbiddenThings = "forbidden_things",
        /// 5.2: does not sit at the seat on the ticket.
        WrongSeat = "wrong_seat",
        /// 5.3: answers before the start or after the end.
        OutOfTime = "out_of_time",
        /// 5.4: peeks, whispers or makes signs.
        Whispering = "whispering",
        /// 5.5: makes noise, smokes, or disturbs otherwise.
        Disturbance = "disturbance",
        /// 5.6: leaves without permission.
        LeavingRoom = "leaving_room",
        /// 5.7: takes papers out of the room.
        TakingPapers = "taking_papers",
        /// 5.8: writes with a wrong pen, or leaves marks on the script.
        MarkedScript = "marked_script",
        /// 5.9: something else of that gravity.
        OtherInfraction = "other_infraction",
        /// 6.1: carries material on the subject, or a device that stores it.
        CarryingMaterial = "carrying_material",
        /// 6.2: copies, or helps others to.
        Copying = "copying",
        /// 6.3: takes somebody's paper by force, theft or threat.
        SeizingPaper = "seizing_paper",
        /// 6.4: has a device that sends or receives.
        SendingDevice = "sending_device",
        /// 6.5: has somebody else sit the test.
        Substitute = "substitute",
        /// 6.6: destroys papers or scripts.
        DestroyingPaper = "destroying_paper",
        /// 6.7: gives a false name or number.
        FalseName = "false_name",
        /// 6.8: passes or swaps papers.
        SwappingPaper = "swapping_paper",
        /// 6.9: something else of that gravity.
        OtherCheating = "other_cheating",
    }
}

text_enum! {
    /// How grave it is.
    Breach {
        /// 违纪, article 5.
        Infraction = "infraction",
        /// 作弊, article 6.
        Cheating = "cheating",
    }
}

text_enum! {
    /// What follows if it is upheld.
    IncidentConsequence {
        /// The result of this subject is void.
        SubjectVoid = "subject_void",
        /// The results of all subjects that the candidate sits in this round are void.
        AllVoid = "all_void",
    }
}

text_enum! {
    /// Where an incident stands.
    IncidentState {
        /// One person has recorded it.
        Recorded = "recorded",
        /// A second person has signed.
        Signed = "signed",
        /// The candidate has made a statement, or would not.
        Heard = "heard",
        /// It was decided that it was so.
        Upheld = "upheld",
        /// It was decided that it was not so.
        Dismissed = "dismissed",
        /// The candidate asks the next level to look at it again.
        Appealed = "appealed",
        /// The next level finds the decision right.
        Confirmed = "confirmed",
        /// The next level takes the decision back.
        Lifted = "lifted",
    }
}

text_enum! {
    /// What is done about a recorded incident.
    IncidentStep {
        /// A second person signs.
        Sign = "sign",
        /// The candidate's statement is taken down, or that there will be none.
        Hear = "hear",
        /// Decide that it was so.
        Uphold = "uphold",
        /// Decide that it was not so, or that the record does not show it.
        Dismiss = "dismiss",
        /// The candidate asks for the decision to be looked at again.
        Appeal = "appeal",
        /// Find the decision right.
        Confirm = "confirm",
        /// Take the decision back.
        Lift = "lift",
    }
}

text_enum! {
    /// What an incident means for a result.
    ResultBar {
        /// It is not told until the incident is decided.
        Held = "held",
        /// It does not count.
        Void = "void",
    }
}

impl IncidentKind {
    /// Article and item of Order 33.
    #[must_use]
    pub fn article(self) -> (u8, u8) {
        let at = Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default();
        let item = u8::try_from(at % 9 + 1).unwrap_or_default();
        (if at < 9 { 5 } else { 6 }, item)
    }

    /// How grave it is.
    #[must_use]
    pub const fn breach(self) -> Breach {
        match self {
            Self::ForbiddenThings
            | Self::WrongSeat
            | Self::OutOfTime
            | Self::Whispering
            | Self::Disturbance
            | Self::LeavingRoom
            | Self::TakingPapers
            | Self::MarkedScript
            | Self::OtherInfraction => Breach::Infraction,
            Self::CarryingMaterial
            | Self::Copying
            | Self::SeizingPaper
            | Self::SendingDevice
            | Self::Substitute
            | Self::DestroyingPaper
            | Self::FalseName
            | Self::SwappingPaper
            | Self::OtherCheating => Breach::Cheating,
        }
    }
}

impl Breach {
    /// What follows if it is upheld.
    #[must_use]
    pub const fn consequence(self) -> IncidentConsequence {
        match self {
            Self::Infraction => IncidentConsequence::SubjectVoid,
            Self::Cheating => IncidentConsequence::AllVoid,
        }
    }
}

impl IncidentState {
    /// Where a step leads from here; nowhere if it is not its turn.
    ///
    /// A record that nobody signed, or whose candidate was not heard, may be dismissed, so that no result is held for
    /// ever; it is never upheld.
    #[must_use]
    pub const fn after(self, step: IncidentStep) -> Option<Self> {
        match (self, step) {
            (Self::Recorded, IncidentStep::Sign) => Some(Self::Signed),
            (Self::Signed, IncidentStep::Hear) => Some(Self::Heard),
            (Self::Heard, IncidentStep::Uphold) => Some(Self::Upheld),
            (Self::Recorded | Self::Signed | Self::Heard, IncidentStep::Dismiss) => Some(Self::Dismissed),
            (Self::Upheld, IncidentStep::Appeal) => Some(Self::Appealed),
            (Self::Appealed, IncidentStep::Confirm) => Some(Self::Confirmed),
            (Self::Appealed, IncidentStep::Lift) => Some(Self::Lifted),
            _ => None,
        }
    }

    /// What it means for the result. While it is looked at again, a decision stays in force.
    #[must_use]
    pub const fn bar(self) -> Option<ResultBar> {
        match self {
            Self::Recorded | Self::Signed | Self::Heard => Some(ResultBar::Held),
            Self::Upheld | Self::Appealed | Self::Confirmed => Some(ResultBar::Void),
            Self::Dismissed | Self::Lifted => None,
        }
    }
}

/// What bars a result of which several incidents speak: the gravest.
#[must_use]
pub fn gravest_bar(states: &[IncidentState]) -> Option<ResultBar> {
    states.iter().filter_map(|state| state.bar()).max()
}

/// When a candidate may ask for a decision of `decided_at` to be looked at again, for the last time: the end of the
/// fifteenth day after it, in China.
#[must_use]
pub fn appeal_until(decided_at: Timestamp) -> Timestamp {
    end_of_day_after(decided_at, APPEAL_DAYS)
}

/// When what was asked at `appealed_at` is to be answered.
#[must_use]
pub fn answer_until(appealed_at: Timestamp) -> Timestamp {
    end_of_day_after(appealed_at, ANSWER_DAYS)
}

fn end_of_day_after(at: Timestamp, days: i64) -> Timestamp {
    Timestamp::of_day_in_china(at.date_in_china()).plus_s((days + 1) * DAY_S)
}

/// Whether a decision of this breach may be made for the division with these significant digits: an infraction by a
/// city or the province, cheating by the province (DOMAIN §4.6).
#[must_use]
pub const fn may_decide_at(breach: Breach, division: &str) -> bool {
    match breach {
        Breach::Infraction => division.len() <= CITY_DIGITS,
        Breach::Cheating => division.len() <= PROVINCE_DIGITS,
    }
}

/// Whether two tests are of one round: run for the same division on one day in China, as the subjects of a round are
/// (DOMAIN §4.2).
#[must_use]
pub fn is_same_round(one: (&str, Timestamp), other: (&str, Timestamp)) -> bool {
    one.0 == other.0 && one.1.date_in_china() == other.1.date_in_china()
}

/// What decides about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentFacts {
    /// Where it stands.
    pub state: IncidentState,
    /// What is said to have been done.
    pub kind: IncidentKind,
    /// Of whom it is said.
    pub candidate: AccountId,
    /// Who recorded it.
    pub recorded_by: AccountId,
    /// Who signed, if anybody has.
    pub signed_by: Option<AccountId>,
    /// Who upheld it and when, if it was.
    pub upheld: Option<(AccountId, Timestamp)>,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncidentRefusal {
    /// It is not the step's turn.
    #[error("incident is {state}, no turn to {step}")]
    WrongState {
        /// Where it stands.
        state: IncidentState,
        /// What was wanted.
        step: IncidentStep,
    },
    /// Who recorded it cannot be the second who signs, who signed does not decide, and who did any of that does not
    /// look again; of oneself nobody settles anything.
    #[error("somebody else is needed")]
    SomebodyElseNeeded,
    /// A level above is to decide it.
    #[error("a level above decides {breach}")]
    DecidedAbove {
        /// How grave it is.
        breach: Breach,
    },
    /// The days are over in which the candidate could ask.
    #[error("could be asked until {until}")]
    TooLate {
        /// The end of these days.
        until: Timestamp,
    },
}

impl Refusal for IncidentRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } | Self::DecidedAbove { .. } | Self::TooLate { .. } => ProblemCode::WrongState,
            Self::SomebodyElseNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { state: IncidentState::Recorded | IncidentState::Signed, step: IncidentStep::Uphold } => {
                "wrong-state.incident-not-heard"
            }
            Self::WrongState { .. } => "wrong-state.incident",
            Self::DecidedAbove { breach: Breach::Infraction } => "wrong-state.infraction-above",
            Self::DecidedAbove { breach: Breach::Cheating } => "wrong-state.cheating-above",
            Self::TooLate { .. } => "wrong-state.appeal-late",
            Self::SomebodyElseNeeded => "second-person-needed.incident",
        }
    }
}

/// Where a step of `person` at `now` leads. `division` is the one for which they act, as wide as they may.
///
/// # Errors
/// See [`IncidentRefusal`].
pub fn judge_step(
    facts: &IncidentFacts,
    step: IncidentStep,
    (person, division): (AccountId, &str),
    now: Timestamp,
) -> Result<IncidentState, IncidentRefusal> {
    let state = facts.state;
    let next = state.after(step).ok_or(IncidentRefusal::WrongState { state, step })?;
    let breach = facts.kind.breach();
    match step {
        _ if is_too_near(facts, step, person) => Err(IncidentRefusal::SomebodyElseNeeded),
        IncidentStep::Uphold | IncidentStep::Dismiss if !may_decide_at(breach, division) => {
            Err(IncidentRefusal::DecidedAbove { breach })
        }
        IncidentStep::Appeal => match facts.upheld.map(|(_, at)| appeal_until(at)) {
            Some(until) if now >= until => Err(IncidentRefusal::TooLate { until }),
            _ => Ok(next),
        },
        _ => Ok(next),
    }
}

/// Whether a step is for somebody else than `person`, whatever roles they hold.
fn is_too_near(facts: &IncidentFacts, step: IncidentStep, person: AccountId) -> bool {
    let is_party = person == facts.recorded_by || facts.signed_by == Some(person);
    let has_upheld = facts.upheld.is_some_and(|(by, _)| by == person);
    match step {
        IncidentStep::Appeal => false,
        IncidentStep::Hear => person == facts.candidate,
        IncidentStep::Sign | IncidentStep::Uphold | IncidentStep::Dismiss => person == facts.candidate || is_party,
        IncidentStep::Confirm | IncidentStep::Lift => person == facts.candidate || is_party || has_upheld,
    }
}
