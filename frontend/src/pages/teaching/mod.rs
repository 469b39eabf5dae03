//! Classes: planned by a school, approved by the county, met week by week.

pub(crate) mod check_in;
pub(crate) mod class;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod meeting;
pub(crate) mod new;
pub(super) mod next_meeting;
pub(super) mod own_hours;
mod plan;
pub(crate) mod screen;
pub(crate) mod timetable;
mod week;
mod words;

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use shared::{
    learning::{ClassRow, ClassState},
    page::Page,
};

/// How many classes, among the newest, wait for the county to approve them.
pub(crate) async fn count_planned(actor: Actor) -> Outcome<usize> {
    let path = format!("/classes?limit=200&state={}", ClassState::Planned);
    client::get::<Page<ClassRow>>(actor, &path).await.map(|planned| planned.items.len())
}
