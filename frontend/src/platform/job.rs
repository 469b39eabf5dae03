//! Long work on the server, followed until it is finished.

use super::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    timing::sleep,
};
use serde::de::DeserializeOwned;
use shared::jobs::{JobState, JobView};
use std::time::Duration;

/// How often a page asks how far the work is.
const EVERY: Duration = Duration::from_secs(1);

/// Asks how far `job` is until it is finished, and shows each answer to `seen`; what it brought. The
/// work goes on without network: then this asks again.
///
/// # Errors
/// [`ApiError`] says why the work was given up, or why it can be followed no more.
pub async fn follow<T: DeserializeOwned>(actor: Actor, job: JobView, seen: impl Fn(&JobView)) -> Outcome<T> {
    let (path, mut job) = (format!("/jobs/{}", job.id), job);
    loop {
        seen(&job);
        match job.state {
            JobState::Done => {
                return serde_json::from_value(job.result.unwrap_or_default()).map_err(|_| ApiError::Unreadable);
            }
            JobState::Failed => {
                return Err(job.problem.map_or(ApiError::Unreadable, |why| ApiError::Problem(Box::new(why))));
            }
            JobState::Waiting | JobState::Running => sleep(EVERY).await,
        }
        match client::get(actor, &path).await {
            Err(ApiError::Network) => {}
            answer => job = answer?,
        }
    }
}
