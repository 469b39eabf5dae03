//! The seats of an exam session at all its sites: when they are planned, and when a plan may hold.

use super::{
    ExamSessionRefusal, ExamSessionState, PlannedRoom, PlannedSite, SeatPlan, SeatPlanOutcome, SeatingCandidate,
    SeatingRoom, Unseated, UnseatedReason, plan_seats,
};
use crate::{
    ids::{ExamSiteId, SittingId},
    organisation::{DivisionCode, ExamRoomView},
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Sites of a plan at most.
pub const MAX_PLAN_SITES: usize = 200;
/// Divisions that a site of a plan serves at most.
pub const MAX_SERVED_DIVISIONS: usize = 200;

/// Why seats are not planned, or a plan does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeatPlanRefusal {
    /// There are no candidates yet, or the test is over.
    #[error(transparent)]
    State(#[from] ExamSessionRefusal),
    /// The test has begun: everybody sits.
    #[error("the test has begun")]
    HasBegun,
    /// Not everybody has a seat.
    #[error("{unseated} candidates have no seat")]
    Unseated {
        /// How many.
        unseated: usize,
    },
    /// Another plan holds, or none: it is not to be printed.
    #[error("the plan does not hold")]
    DoesNotHold,
    /// Candidates, sites or rooms are others than those that were planned with.
    #[error("candidates, sites or rooms have changed since")]
    Outdated,
}

impl Refusal for SeatPlanRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::State(refusal) => refusal.code(),
            Self::HasBegun | Self::Unseated { .. } | Self::DoesNotHold | Self::Outdated => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::State(refusal) => refusal.message_key(),
            Self::HasBegun => "wrong-state.seats-begun",
            Self::Unseated { .. } => "wrong-state.seats-missing",
            Self::DoesNotHold => "wrong-state.seats-not-held",
            Self::Outdated => "wrong-state.seats-outdated",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::State(refusal) => refusal.params(),
            Self::Unseated { unseated } => json!({ "unseated": unseated }),
            Self::HasBegun | Self::DoesNotHold | Self::Outdated => serde_json::Value::Null,
        }
    }
}

/// Whether seats of an exam session in `state` that begins at `starts_at` may be planned, and a plan be exchanged for
/// another: from when its candidates are known until it begins. A site may fail on the very morning.
///
/// # Errors
/// [`SeatPlanRefusal::State`] before and afterwards, [`SeatPlanRefusal::HasBegun`] while it runs.
pub fn may_plan_seats(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Result<(), SeatPlanRefusal> {
    match state {
        ExamSessionState::Arranged => Ok(()),
        ExamSessionState::Armed if now < starts_at => Ok(()),
        ExamSessionState::Armed => Err(SeatPlanRefusal::HasBegun),
        ExamSessionState::Cancelled => Err(ExamSessionRefusal::Cancelled.into()),
        ExamSessionState::Draft
        | ExamSessionState::Registering
        | ExamSessionState::Marking
        | ExamSessionState::Published => {
            Err(ExamSessionRefusal::WrongState { state, wanted: ExamSessionState::Arranged }.into())
        }
    }
}

/// Whether two tests are sat at the same time: each from its start until its end.
#[must_use]
pub fn are_at_once(one: (Timestamp, Timestamp), other: (Timestamp, Timestamp)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Whether a plan may hold for those who have a sitting now, at the sites that are in use now: everybody has a seat,
/// nobody else has, and where they are sent to is as it was, in words too: what candidates are told hangs on the doors.
///
/// # Errors
/// [`SeatPlanRefusal::Unseated`] or [`SeatPlanRefusal::Outdated`].
pub fn may_hold(
    outcome: &SeatPlanOutcome,
    sittings: &BTreeSet<SittingId>,
    sites: &[SeatingSite],
) -> Result<(), SeatPlanRefusal> {
    if !outcome.unseated.is_empty() {
        return Err(SeatPlanRefusal::Unseated { unseated: outcome.unseated.len() });
    }
    let rooms = outcome.sites.iter().flat_map(|site| &site.rooms);
    let seated: BTreeSet<_> = rooms.flat_map(|room| &room.seats).map(|seat| seat.sitting_id).collect();
    let is_as_it_was = |planned: &PlannedSite| {
        let site = sites.iter().find(|site| site.id == planned.exam_site_id);
        planned.rooms.is_empty() || site.is_some_and(|site| site.is_as(planned))
    };
    if seated == *sittings && outcome.sites.iter().all(is_as_it_was) { Ok(()) } else { Err(SeatPlanRefusal::Outdated) }
}

impl From<&ExamRoomView> for SeatingRoom {
    fn from(room: &ExamRoomView) -> Self {
        Self {
            id: room.id,
            rows: room.rows,
            columns: room.columns,
            capacity: room.takes(),
            accessible_seats: room.accessible_seats.clone(),
            has_extra_time: room.has_extra_time,
        }
    }
}

/// A site as the plan needs it.
#[derive(Clone, Debug)]
pub struct SeatingSite {
    /// The site.
    pub id: ExamSiteId,
    /// Its name.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// How many candidates can sit there at once, whatever its rooms hold.
    pub capacity: u32,
    /// Whose candidates sit there.
    pub serves: Vec<DivisionCode>,
    /// Its rooms in use, by number.
    pub rooms: Vec<ExamRoomView>,
}

impl SeatingSite {
    fn takes(&self, division: Option<DivisionCode>) -> bool {
        division.is_some_and(|division| self.serves.iter().any(|served| served.contains(&division)))
    }

    /// Leaves to another test, which is sat at the same time, the rooms in which somebody sits for that one.
    pub fn leave_to(&mut self, other: &PlannedSite) {
        let held: usize = other.rooms.iter().map(|room| room.seats.len()).sum();
        self.capacity = self.capacity.saturating_sub(u32::try_from(held).unwrap_or(u32::MAX));
        self.rooms.retain(|room| other.rooms.iter().all(|used| used.room.id != room.id));
    }

    /// Whether it takes and is called what it did when it was planned with, and so do the rooms that are used.
    fn is_as(&self, planned: &PlannedSite) -> bool {
        let held: usize = planned.rooms.iter().map(|room| room.seats.len()).sum();
        let is_room_as = |PlannedRoom { room: planned, seats }: &PlannedRoom| {
            let room = self.rooms.iter().find(|room| room.id == planned.id);
            // A device that fails is none of anybody's business as long as there are enough of them.
            let as_planned = |room: &ExamRoomView| {
                let (version, devices) = (planned.version, planned.devices);
                ExamRoomView { version, devices, ..room.clone() } == *planned
            };
            room.is_some_and(|room| as_planned(room) && seats.len() <= usize::from(room.takes()))
        };
        held <= self.capacity as usize
            && (&self.name, &self.address) == (&planned.name, &planned.address)
            && planned.rooms.iter().all(is_room_as)
    }

    /// The site with what was planned for its rooms.
    fn planned(&self, seats: &SeatPlan) -> PlannedSite {
        let room = |room: &ExamRoomView| {
            let of_room = seats.seats.iter().filter(|seat| seat.room_id == room.id);
            PlannedRoom { room: room.clone(), seats: of_room.copied().collect() }
        };
        let rooms = self.rooms.iter().map(room).filter(|room| !room.seats.is_empty()).collect();
        PlannedSite { exam_site_id: self.id, name: self.name.clone(), address: self.address.clone(), rooms }
    }
}

/// Seats each candidate, with where they come from, at the first of the sites that serves that place and has a seat for
/// them; where seats are few, those first whom no later site takes. `forms` is the number of forms of the paper.
#[must_use]
pub fn plan_sites(
    sites: &[SeatingSite],
    candidates: &[(Option<DivisionCode>, SeatingCandidate)],
    forms: u8,
    seed: u64,
) -> SeatPlanOutcome {
    let mut outcome = SeatPlanOutcome { sites: Vec::new(), unseated: Vec::new(), same_class: 0, same_employer: 0 };
    let mut reasons = BTreeMap::new();
    let last = last_sites(sites, candidates);
    let mut waiting: Vec<_> = candidates.iter().collect();
    for (site, nth) in sites.iter().zip(0..) {
        let (here, elsewhere): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(division, _)| site.takes(*division));
        let rooms: Vec<_> = site.rooms.iter().map(SeatingRoom::from).collect();
        let of_site = |(division, candidate): &&(Option<DivisionCode>, SeatingCandidate)| SeatingCandidate {
            has_elsewhere: division.is_some_and(|division| last.get(&division).is_some_and(|last| nth < *last)),
            ..candidate.clone()
        };
        let of_site: Vec<_> = here.iter().map(of_site).collect();
        let plan = plan_seats((&rooms, site.capacity), &of_site, forms, seed.wrapping_add(nth));
        let unseated: BTreeMap<_, _> = plan.unseated.iter().map(|one| (one.sitting_id, one.because)).collect();
        waiting = elsewhere;
        waiting.extend(here.into_iter().filter(|(_, candidate)| unseated.contains_key(&candidate.sitting_id)));
        reasons.extend(unseated);
        outcome.same_class += plan.same_class;
        outcome.same_employer += plan.same_employer;
        outcome.sites.push(site.planned(&plan));
    }
    let because = |id: &SittingId| reasons.get(id).copied().unwrap_or(UnseatedReason::NoSite);
    let without = waiting.into_iter().map(|(_, candidate)| candidate.sitting_id);
    outcome.unseated = without.map(|sitting_id| Unseated { sitting_id, because: because(&sitting_id) }).collect();
    outcome.unseated.sort_by_key(|unseated| unseated.sitting_id);
    outcome
}

/// The last of the sites that takes those who come from a place, by place.
fn last_sites(
    sites: &[SeatingSite],
    candidates: &[(Option<DivisionCode>, SeatingCandidate)],
) -> BTreeMap<DivisionCode, u64> {
    let divisions: BTreeSet<_> = candidates.iter().filter_map(|(division, _)| *division).collect();
    let last = |division: DivisionCode| {
        let taking = sites.iter().zip(0..).filter(|(site, _)| site.takes(Some(division)));
        Some((division, taking.last()?.1))
    };
    divisions.into_iter().filter_map(last).collect()
}

#[cfg(test)]
mod tests;
