//! Accommodations (考试便利): what somebody needs to sit a test as others do. They are applied for with a reason and a
//! paper, granted to the person and not for one test, and looked up in one place: where a sitting is made.

#[cfg(test)]
mod tests;

use crate::{
    ids::AccountId,
    learning::CourseLevel,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Shares of extra time that can be granted, in per cent of the working time; as at the national entrance examination
/// ([K] rules for candidates with disabilities, 2017, article 5).
pub const EXTRA_PCT: [u8; 3] = [0, 30, 50];

/// Photos that may be added to one application: the first, and better ones.
pub const MAX_ACCOMMODATION_PHOTOS: u64 = 10;

/// What somebody needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamNeeds {
    /// Extra time, in per cent of the working time: one of [`EXTRA_PCT`].
    pub extra_pct: u8,
    /// To sit apart from the others, in a room for such candidates.
    pub needs_separate_room: bool,
    /// Larger letters on the screen, from the first page on.
    pub needs_large_print: bool,
    /// A seat that a wheelchair reaches.
    pub needs_accessible: bool,
}

impl ExamNeeds {
    /// Whether anything is needed.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.extra_pct > 0 || self.needs_separate_room || self.needs_large_print || self.needs_accessible
    }

    /// What covers both: the larger share, and each thing that one of them has.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            extra_pct: self.extra_pct.max(other.extra_pct),
            needs_separate_room: self.needs_separate_room || other.needs_separate_room,
            needs_large_print: self.needs_large_print || other.needs_large_print,
            needs_accessible: self.needs_accessible || other.needs_accessible,
        }
    }

    /// Extra time in minutes for a test of `duration_min`; see [`extra_minutes`].
    #[must_use]
    pub fn extra_min(&self, duration_min: u16) -> u16 {
        extra_minutes(duration_min, self.extra_pct)
    }

    /// Whether it can be applied for.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(&self) -> Result<(), FieldError> {
        if !EXTRA_PCT.contains(&self.extra_pct) {
            return Err(FieldError::new("/needs/extra_pct", "out-of-range"));
        }
        if self.is_any() { Ok(()) } else { Err(FieldError::new("/needs", "required")) }
    }
}

/// A share of the working time in whole minutes, rounded up: nobody loses a part of a minute.
#[must_use]
pub fn extra_minutes(duration_min: u16, extra_pct: u8) -> u16 {
    let minutes = (u32::from(duration_min) * u32::from(extra_pct)).div_ceil(100);
    u16::try_from(minutes).unwrap_or(u16::MAX)
}

/// Something that was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantedNeeds {
    /// What.
    pub needs: ExamNeeds,
    /// The last day on which it counts; absent for good.
    pub until: Option<Date>,
}

/// What counts on the day of a test, of all that somebody was granted.
#[must_use]
pub fn needs_on(day: Date, granted: &[GrantedNeeds]) -> ExamNeeds {
    let counting = granted.iter().filter(|granted| granted.until.is_none_or(|until| day <= until));
    counting.map(|granted| granted.needs).fold(ExamNeeds::default(), ExamNeeds::with)
}

text_enum! {
    /// Where an accommodation stands.
    AccommodationState {
        /// Applied for; the county's turn.
        Applied = "applied",
        /// Found right by the county; the city's turn, at the senior level.
        Checked = "checked",
        /// Counts at every test from now on.
        Granted = "granted",
        /// Not granted.
        Refused = "refused",
        /// Taken back by who applied.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// Who decides about it. Tests of the junior level are the county's, those of the senior level the city's, after
    /// the county has looked (DOMAIN §1.4, §4.1).
    AccommodationOffice {
        /// The county's bureau.
        County = "county",
        /// The city's bureau.
        City = "city",
    }
}

impl AccommodationOffice {
    /// Whether it has a say about somebody who studies at this level. One that has none reads nothing of why somebody
    /// needs what: it may tell of an illness.
    #[must_use]
    pub const fn has_a_say(self, level: CourseLevel) -> bool {
        match self {
            Self::County => true,
            Self::City => matches!(level, CourseLevel::Senior),
        }
    }

    /// The turn in which it decides, from 1.
    #[must_use]
    pub const fn turn(self) -> u8 {
        match self {
            Self::County => 1,
            Self::City => 2,
        }
    }
}

impl AccommodationState {
    /// Whose turn it is.
    #[must_use]
    pub const fn turn(self) -> Option<AccommodationOffice> {
        match self {
            Self::Applied => Some(AccommodationOffice::County),
            Self::Checked => Some(AccommodationOffice::City),
            Self::Granted | Self::Refused | Self::Withdrawn => None,
        }
    }
}

/// What decides about an accommodation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccommodationFacts {
    /// Where it stands.
    pub state: AccommodationState,
    /// The level at which the candidate studies.
    pub level: CourseLevel,
    /// Who is to have it.
    pub candidate: AccountId,
    /// Whether a paper that shows the reason was added.
    pub has_paper: bool,
    /// Who decided for the county, if anybody has.
    pub checked_by: Option<AccountId>,
}

/// Why an accommodation does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccommodationRefusal {
    /// It stands elsewhere by now.
    #[error("accommodation is {state}")]
    WrongState {
        /// Where it stands.
        state: AccommodationState,
    },
    /// Nothing shows that the reason is so.
    #[error("no paper was added")]
    NoPaper,
    /// Nobody decides about themselves, or for both offices.
    #[error("somebody else is needed")]
    SomebodyElseNeeded,
    /// No school keeps a record of the learner, so no bureau is theirs.
    #[error("the learner has no record")]
    NoRecord,
    /// Another application of theirs waits.
    #[error("another application waits")]
    AnotherWaits,
    /// Very many photos were added to it.
    #[error("very many photos were added")]
    TooManyPhotos,
}

impl Refusal for AccommodationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SomebodyElseNeeded => ProblemCode::SecondPersonNeeded,
            Self::WrongState { .. } | Self::NoPaper | Self::NoRecord | Self::AnotherWaits | Self::TooManyPhotos => {
                ProblemCode::WrongState
            }
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state.accommodation",
            Self::NoPaper => "wrong-state.accommodation-no-paper",
            Self::SomebodyElseNeeded => "second-person-needed.accommodation",
            Self::NoRecord => "wrong-state.accommodation-no-record",
            Self::AnotherWaits => "wrong-state.accommodation-waits",
            Self::TooManyPhotos => "wrong-state.accommodation-photos",
        }
    }
}

/// Where a decision of `person` for `office` leads.
///
/// # Errors
/// See [`AccommodationRefusal`].
pub fn judge_accommodation(
    facts: &AccommodationFacts,
    office: AccommodationOffice,
    is_granted: bool,
    person: AccountId,
) -> Result<AccommodationState, AccommodationRefusal> {
    if facts.state.turn() != Some(office) {
        return Err(AccommodationRefusal::WrongState { state: facts.state });
    }
    if person == facts.candidate || facts.checked_by == Some(person) {
        return Err(AccommodationRefusal::SomebodyElseNeeded);
    }
    match (is_granted, office, facts.level) {
        (false, _, _) => Ok(AccommodationState::Refused),
        (true, _, _) if !facts.has_paper => Err(AccommodationRefusal::NoPaper),
        (true, AccommodationOffice::County, CourseLevel::Senior) => Ok(AccommodationState::Checked),
        (true, _, _) => Ok(AccommodationState::Granted),
    }
}

/// Whether who applied may add a paper, or put another in its place: until somebody has decided by it.
///
/// # Errors
/// [`AccommodationRefusal::WrongState`] afterwards.
pub const fn may_add_paper(state: AccommodationState) -> Result<(), AccommodationRefusal> {
    match state {
        AccommodationState::Applied => Ok(()),
        _ => Err(AccommodationRefusal::WrongState { state }),
    }
}

/// Whether another photo may be added to an application to which so many were: all of them are kept.
///
/// # Errors
/// [`AccommodationRefusal::TooManyPhotos`].
pub const fn may_add_photo(added: u64) -> Result<(), AccommodationRefusal> {
    if added < MAX_ACCOMMODATION_PHOTOS { Ok(()) } else { Err(AccommodationRefusal::TooManyPhotos) }
}

/// Whether who applied may take it back. What was granted ends with that; sittings that were made before keep it.
///
/// # Errors
/// [`AccommodationRefusal::WrongState`] if it never counted and never will.
pub const fn may_take_back(state: AccommodationState) -> Result<(), AccommodationRefusal> {
    match state {
        AccommodationState::Applied | AccommodationState::Checked | AccommodationState::Granted => Ok(()),
        AccommodationState::Refused | AccommodationState::Withdrawn => Err(AccommodationRefusal::WrongState { state }),
    }
}
