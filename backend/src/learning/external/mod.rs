//! 外部课程: tools of others that learners are sent to and that report back. We are the platform of LTI 1.3 and its
//! Assignment and Grade Services (ADR 61); what tools speak lies under `/lti`, beside the API.

mod browser;
mod facts;
mod launch;
mod pages;
mod protocol;
pub(super) mod routes;
mod scores;
mod tokens;
mod tools;

pub(super) use facts::ExternalScores;
pub use protocol::serve_tools;
pub use scores::external_subjects_of;
pub(super) use tools::{active_tools, work};

use super::{entity::external_tool, store, study::OwnUnit};
use crate::{
    access::actions,
    platform::{
        Services,
        db::Permission,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ActivityId, ExternalLaunchId, ExternalToolId},
    learning::{ExternalLink, ExternalToolState, Unit, activity_of},
};

/// How long it is remembered that a learner was sent to a tool, in seconds.
const LAUNCH_KEPT_S: i64 = 86_400;

actions! {
    /// Tell a tool who was sent to it.
    AnswerLaunch(ExternalLaunchId) = ServeExternalTools;
    /// Give a tool a token.
    GiveToolToken(ExternalToolId) = ServeExternalTools;
    /// Take what a tool reports of somebody in an activity.
    TakeScore(ActivityId) = ServeExternalTools;
}

/// An activity of a unit that a learner studies, which lies in a tool.
struct OwnLink {
    own: OwnUnit,
    id: ActivityId,
    link: ExternalLink,
}

impl OwnLink {
    /// Finds an activity among the courses of a learner, as [`OwnUnit`] finds units.
    ///
    /// # Errors
    /// `not-found` if no class of the learner studies it, or it lies in no tool.
    async fn find(cx: &Services, account_id: AccountId, id: ActivityId) -> AppResult<Self> {
        let own = OwnUnit::find_where(cx, account_id, None, |unit| link_of(unit, id).is_some()).await?;
        let link = link_of(own.unit(), id).cloned().ok_or_else(AppError::not_found)?;
        Ok(Self { own, id, link })
    }

    /// The title of the activity.
    fn title(&self) -> &str {
        activity_of(self.own.unit(), self.id).map(|activity| activity.title.as_str()).unwrap_or_default()
    }
}

fn link_of(unit: &Unit, id: ActivityId) -> Option<&ExternalLink> {
    activity_of(unit, id).and_then(|activity| activity.body.external())
}

fn state_of(row: &external_tool::Model) -> AppResult<ExternalToolState> {
    let unknown = || AppError::internal(format!("a tool in {}", row.state));
    ExternalToolState::parse(&row.state).ok_or_else(unknown)
}

/// A tool that learners are sent to.
async fn find_active(cx: &Services, id: ExternalToolId) -> AppResult<Option<external_tool::Model>> {
    let found = store::find_external_tool(cx.db.read(), id).await?;
    Ok(found.filter(|row| row.state == ExternalToolState::Active.as_str()))
}

/// Forgets launches that are over, the oldest, about as many as `rows`; how many.
///
/// # Errors
/// If the store fails.
pub async fn forget_launches(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let before = cx.clock.now().plus_s(-LAUNCH_KEPT_S);
    let Some(until) = store::oldest_launches_until(cx.db.read(), before, rows).await? else { return Ok(0) };
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_launches_until(tx.conn(), until).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}

/// Forgets what tools signed and is good no more, the oldest, about as many as `rows`; how many.
///
/// # Errors
/// If the store fails.
pub async fn forget_assertions(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let now = cx.clock.now();
    let Some(until) = store::oldest_assertions_until(cx.db.read(), now, rows).await? else { return Ok(0) };
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_assertions_until(tx.conn(), until).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}
