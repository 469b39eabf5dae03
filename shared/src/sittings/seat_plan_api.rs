//! Requests and responses of `/exam_sessions/{id}/seat_plans` and `/seat_plans`.

use super::{PlannedSeat, SeatMove, Unseated, seat_position};
use crate::{
    ids::{ExamSessionId, ExamSiteId, SeatPlanId, SittingId},
    organisation::{DivisionCode, ExamRoomView},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Body of `POST /exam_sessions/{id}/seat_plans`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSeatPlan {
    /// The sites, in the order in which they are filled.
    pub sites: Vec<NewSeatPlanSite>,
    /// The ticket numbers of candidates who need a seat that a wheelchair reaches.
    pub accessible: Vec<String>,
    /// Draws an earlier plan again; without it the server takes a new one.
    pub seed: Option<u32>,
}

/// One site of a plan that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSeatPlanSite {
    /// The site.
    pub exam_site_id: ExamSiteId,
    /// Whose candidates sit there; those of its county where nothing is named.
    pub serves: Vec<DivisionCode>,
}

/// Body of `POST /seat_plans/{id}/sheets`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrintSeatSheets {
    /// The site whose rooms are wanted: each prints its own, and all at once are thousands of pages.
    pub exam_site_id: ExamSiteId,
}

/// What came of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatPlanOutcome {
    /// The sites with the rooms that are used, in the order in which they were filled.
    pub sites: Vec<PlannedSite>,
    /// Who has no seat, by sitting.
    pub unseated: Vec<Unseated>,
    /// Pairs of neighbours from one class that could not be parted.
    pub same_class: u32,
    /// Pairs of neighbours from one employer that could not be parted.
    pub same_employer: u32,
}

impl SeatPlanOutcome {
    /// Whether another form than the first lies on any seat.
    #[must_use]
    pub fn has_forms(&self) -> bool {
        let mut seats = self.sites.iter().flat_map(|site| &site.rooms).flat_map(|room| &room.seats);
        seats.any(|seat| seat.form > 0)
    }

    /// The plan with the forms that candidates have already; who has none keeps the one that lies on the seat.
    #[must_use]
    pub fn with_forms(mut self, held: &HashMap<SittingId, u8>) -> Self {
        for seat in self.sites.iter_mut().flat_map(|site| &mut site.rooms).flat_map(|room| &mut room.seats) {
            seat.form = held.get(&seat.sitting_id).copied().unwrap_or(seat.form);
        }
        self
    }

    /// How many pairs of neighbours sit the same form, where there are several.
    #[must_use]
    pub fn same_form(&self) -> u32 {
        if !self.has_forms() {
            return 0;
        }
        self.sites.iter().flat_map(|site| &site.rooms).map(PlannedRoom::same_form).sum()
    }
}

/// One site of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedSite {
    /// The site.
    pub exam_site_id: ExamSiteId,
    /// Its name.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// The rooms in which somebody sits, by number.
    pub rooms: Vec<PlannedRoom>,
}

/// One room of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedRoom {
    /// The room as it was when the plan was made.
    pub room: ExamRoomView,
    /// Who sits there, by the number of the seat.
    pub seats: Vec<PlannedSeat>,
}

impl PlannedRoom {
    /// How many pairs of neighbours sit the same form.
    fn same_form(&self) -> u32 {
        let place = |seat: &PlannedSeat| (seat_position(self.room.rows, seat.seat), seat.form);
        let forms: HashMap<(u8, u8), u8> = self.seats.iter().map(place).collect();
        let is_same = |row: u8, column: u8, form: u8| u32::from(forms.get(&(row, column)) == Some(&form));
        let with_next = |(&(row, column), &form): (&(u8, u8), &u8)| {
            is_same(row.saturating_add(1), column, form) + is_same(row, column.saturating_add(1), form)
        };
        forms.iter().map(with_next).sum()
    }
}

/// One plan among those of an exam session: `GET /exam_sessions/{id}/seat_plans`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatPlanHead {
    /// The plan.
    pub id: SeatPlanId,
    /// Whether it is the one that holds.
    pub is_in_force: bool,
    /// How many have a seat.
    pub seated: u32,
    /// How many have none.
    pub unseated: u32,
    /// When it was made.
    pub planned_at: Timestamp,
    /// What was asked for: the next plan begins with it, so that nobody who needs something of a seat is forgotten.
    pub wanted: NewSeatPlan,
}

/// One plan of the seats of an exam session: `GET /seat_plans/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatPlanView {
    /// The plan.
    pub id: SeatPlanId,
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// Whether it is the one that holds.
    pub is_in_force: bool,
    /// Whether candidates, sites or rooms are others by now than those that it was drawn for, before the test is over.
    pub is_outdated: bool,
    /// What was asked for.
    pub wanted: NewSeatPlan,
    /// What it was drawn by; with the same rooms and candidates it gives the same plan again.
    pub seed: u32,
    /// The version of the algorithm.
    pub algorithm: u16,
    /// When it was made.
    pub planned_at: Timestamp,
    /// What came of it.
    pub outcome: SeatPlanOutcome,
    /// The ticket numbers of all candidates, by sitting.
    pub candidates: Vec<SeatPlanCandidate>,
    /// Who goes on at another seat by now, if the plan holds.
    #[serde(default)]
    pub moved: Vec<MovedCandidate>,
}

/// A candidate of a plan who goes on at another seat of their room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedCandidate {
    /// The sitting.
    pub sitting_id: SittingId,
    /// From where to where.
    pub seats: SeatMove,
}

/// One candidate of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatPlanCandidate {
    /// Their sitting.
    pub sitting_id: SittingId,
    /// 准考证号.
    pub ticket_number: String,
}
