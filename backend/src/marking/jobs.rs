//! An armed exam session takes its course: it is closed when its time is over, then scored by rule.

use super::scoring::score_exam_session;
use crate::{
    delivery,
    platform::{
        Services,
        error::AppResult,
        jobs::{Run, Step, Work},
    },
    sittings,
};
use serde::{Deserialize, Serialize};
use shared::{ids::ExamSessionId, sittings::ExamSessionState};

/// How often a running test is looked at, in seconds; so long after the last candidate it may end.
const LOOK_EVERY_S: i64 = 5;

/// Closes and scores one exam session.
pub struct SettleExamSession;

/// What [`SettleExamSession`] is about: the payload of [`sittings::EXAM_SESSION_ARMED`].
#[derive(Serialize, Deserialize)]
pub struct ArmedExamSession {
    exam_session_id: ExamSessionId,
}

impl Work for SettleExamSession {
    type Input = ArmedExamSession;
    const KIND: &'static str = "settle_exam_session";
    /// A test that is over must be closed, however long the store fails.
    const MAX_FAILURES: u32 = u32::MAX;

    async fn run(cx: Services, _: Run, input: ArmedExamSession) -> AppResult<Step> {
        let id = input.exam_session_id;
        let exam_session = sittings::exam_session_facts(&cx, id).await?;
        let now = cx.clock.now();
        if exam_session.state == ExamSessionState::Armed {
            if now < exam_session.starts_at {
                return Ok(Step::Later(exam_session.starts_at));
            }
            delivery::close_due(&cx, &exam_session).await?;
        }
        let exam_session = sittings::exam_session_facts(&cx, id).await?;
        match exam_session.state {
            ExamSessionState::Armed => Ok(Step::Later(now.plus_s(LOOK_EVERY_S))),
            ExamSessionState::Marking if exam_session.scored_at.is_none() => {
                score_exam_session(&cx, id).await?;
                Ok(Step::Done)
            }
            _ => Ok(Step::Done),
        }
    }
}
