//! The demo province: a small world in which every role has an account to try.
//!
//! Persons, courses and items lie in `backend/demo/`; they are original or made up. What has
//! happened in the province was done by its people through the services, on a clock of the past.

mod blueprints;
mod classes;
mod content;
mod discussions;
mod enrolments;
mod exams;
mod people;
mod pictures;
mod planned;
mod roster;
mod schools;
mod skills;
mod study;
mod today;
mod townsfolk;
mod world;

pub use people::{accounts, routes};

use crate::{
    delivery::Journal,
    platform::{
        Services,
        clock::{Clock, ManualClock},
        error::AppResult,
        jobs::Jobs,
    },
};
use people::Cast;
use shared::time::Timestamp;
use std::path::Path;
use world::World;

/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// When the story begins, in days before today.
const BEGAN: i64 = 100;

/// What tells the story: the services on a clock that can be set, and everybody in it.
struct Stage<'a> {
    cx: &'a Services,
    clock: &'a ManualClock,
    journal: Journal,
    jobs: &'a Jobs,
    cast: Cast,
    world: World,
    /// When the demo province is created.
    today: Timestamp,
}

impl Stage<'_> {
    /// Sets the clock to some days before today.
    fn days_ago(&self, days: i64) {
        self.clock.set(self.today.plus_s(-days * DAY_S));
    }
}

/// Creates the demo province; one that is there stays as it is, but that it gets a test of today again once the
/// last one is over. `cx` and `jobs` run on `clock`, which ends where it began.
///
/// # Errors
/// If the content below `folder` cannot be read, or the store fails.
pub async fn seed(cx: &Services, clock: &ManualClock, jobs: &Jobs, folder: &Path) -> AppResult<()> {
    let cast = tell(cx, clock, jobs, folder).await?;
    today::plan(cx, clock, &cast, folder).await
}

/// Creates the demo province but for its test of today, which `seed` adds: whoever makes many of one has each begin
/// anew.
///
/// # Errors
/// As of `seed`.
pub async fn seed_up_to_today(cx: &Services, clock: &ManualClock, jobs: &Jobs, folder: &Path) -> AppResult<()> {
    tell(cx, clock, jobs, folder).await.map(drop)
}

/// Tells what happened before today, once, and says who was in it.
async fn tell(cx: &Services, clock: &ManualClock, jobs: &Jobs, folder: &Path) -> AppResult<Cast> {
    let today = clock.now();
    tracing::info!(content = %folder.display(), "demo.seeding");
    clock.set(today.plus_s(-BEGAN * DAY_S));
    let mut cast = people::seed(cx).await?;
    if world::is_there(cx).await? {
        clock.set(today);
        return Ok(cast);
    }
    let world = world::create(cx, &cast, folder).await?;
    people::employ(cx, &mut cast, &world).await?;
    let mut stage = Stage { cx, clock, jobs, journal: Journal::start(cx.clone()), cast, world, today };
    stage.learners().await?;
    let townsfolk = stage.townsfolk().await?;
    stage.enrolments(&townsfolk).await?;
    stage.roster().await?;
    stage.classes().await?;
    stage.planned_classes().await?;
    stage.skills().await?;
    stage.study().await?;
    stage.blueprints().await?;
    stage.discussions().await?;
    stage.published_exam().await?;
    stage.marking_exam().await?;
    stage.registering_exam().await?;
    clock.set(today);
    Ok(stage.cast)
}
