//! Long work that goes on when the request that asked for it is answered: `GET /jobs/{id}`.

use crate::{ids::JobId, problem::Problem, rights::text_enum, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Longest pause between two tries, in seconds.
const LONGEST_PAUSE_S: i64 = 60;

text_enum! {
    /// Where a job stands.
    JobState {
        /// Nobody works on it: it was just asked for, or waits for its time or its next try.
        Waiting = "waiting",
        /// A node works on it.
        Running = "running",
        /// All of it is done.
        Done = "done",
        /// It was given up; the problem says why.
        Failed = "failed",
    }
}

/// One job, as who asked for it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    /// The job.
    pub id: JobId,
    /// What is done, such as `issue_certificates`.
    pub kind: String,
    /// Where it stands.
    pub state: JobState,
    /// Steps that are done and will not be done again.
    pub done: u32,
    /// All steps; 0 as long as nobody has counted them.
    pub total: u32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it was done or given up.
    pub finished_at: Option<Timestamp>,
    /// What it brought, as far as it is done; its shape belongs to the kind.
    pub result: Option<serde_json::Value>,
    /// Why it was given up.
    pub problem: Option<Problem>,
}

/// What is known of a job, of which its state is derived.
#[derive(Clone, Copy, Debug)]
pub struct JobFacts {
    /// Until when a node holds it, unless the node renews that.
    pub lease_until: Option<Timestamp>,
    /// When it was done or given up.
    pub finished_at: Option<Timestamp>,
    /// Whether it was given up.
    pub has_problem: bool,
}

/// Where a job stands at `now`. A job whose node has died waits for another.
#[must_use]
pub fn job_state(facts: JobFacts, now: Timestamp) -> JobState {
    match (facts.finished_at, facts.has_problem) {
        (Some(_), true) => JobState::Failed,
        (Some(_), false) => JobState::Done,
        (None, _) if facts.lease_until.is_some_and(|until| until > now) => JobState::Running,
        (None, _) => JobState::Waiting,
    }
}

/// Seconds to wait after so many failures in a row: 2, 4, 8 … but never longer than a minute.
#[must_use]
pub fn retry_after_s(failures: u32) -> i64 {
    2_i64.checked_pow(failures).map_or(LONGEST_PAUSE_S, |pause| pause.min(LONGEST_PAUSE_S))
}

#[cfg(test)]
mod tests {
    use super::{JobFacts, JobState, job_state, retry_after_s};
    use crate::time::Timestamp;

    #[test]
    fn a_job_runs_as_long_as_its_lease() {
        let facts = JobFacts { lease_until: Some(Timestamp(10)), finished_at: None, has_problem: false };
        assert_eq!(job_state(facts, Timestamp(9)), JobState::Running);
        assert_eq!(job_state(facts, Timestamp(10)), JobState::Waiting);
        let finished = JobFacts { finished_at: Some(Timestamp(9)), ..facts };
        assert_eq!(job_state(finished, Timestamp(9)), JobState::Done);
        assert_eq!(job_state(JobFacts { has_problem: true, ..finished }, Timestamp(9)), JobState::Failed);
    }

    #[test]
    fn pauses_double_up_to_a_minute() {
        assert_eq!([0, 1, 2, 5, 6, 63, 64, u32::MAX].map(retry_after_s), [1, 2, 4, 32, 60, 60, 60, 60]);
    }
}
