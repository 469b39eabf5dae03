//! Issuing for a whole exam session, as a job: tens of thousands may have sat it.

use super::issue::{Batch, IssueForExamSession, passed};
use crate::{
    access::Permit,
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        jobs::{self, Run, Step, Work},
    },
    results, sittings,
};
use shared::{
    credit_bank::{IssueCertificates, IssueReport},
    ids::JobId,
    problem::ProblemCode,
    sittings::ExamSessionState,
};

/// Learners whom one transaction judges, and whose certificates it issues: others wait as long for a turn to write.
const CHUNK: usize = 20;

/// Issues a certificate to everybody in an exam session who qualifies and has none. What it brings
/// is an [`IssueReport`].
pub struct IssueForEverybody;

/// Asks for [`IssueForEverybody`]. Repeating it issues what is missing.
///
/// # Errors
/// `wrong-state` unless the results are published.
pub async fn ask_to_issue(
    cx: &Services,
    permit: &Permit<IssueForExamSession>,
    key: &IdempotencyKey,
) -> AppResult<JobId> {
    let (officer, exam_session_id) = (permit.person()?, *permit.target());
    if sittings::exam_session_facts(cx, exam_session_id).await?.state != ExamSessionState::Published {
        return Err(AppError::Problem(ProblemCode::WrongState));
    }
    let id = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            let ask =
                async || jobs::ask::<IssueForEverybody>(tx, id, permit, &IssueCertificates { exam_session_id }).await;
            once(tx, officer, key, &exam_session_id, ask).await
        })
        .await
}

impl Work for IssueForEverybody {
    type Input = IssueCertificates;
    const KIND: &'static str = "issue_certificates";

    async fn run(cx: Services, run: Run, input: IssueCertificates) -> AppResult<Step> {
        let permit = Permit::<IssueForExamSession>::of_asker(&run, input.exam_session_id)?;
        let exam_session = sittings::exam_session_facts(&cx, input.exam_session_id).await?;
        let course = learning::course(&cx, exam_session.course_id).await?;
        let batch = Batch { cx: &cx, officer: permit.person()?, exam_session, course };
        let released = results::released_in(&cx, input.exam_session_id).await?;
        let total = count(released.len());
        let (mut done, mut report): (u32, IssueReport) = run.saved()?;
        cx.db.write(&permit, async |tx| run.save(tx, done, total, &report).await).await?;
        while let Some(rest) = released.get(done as usize..).filter(|rest| !rest.is_empty()) {
            let chunk = &rest[..rest.len().min(CHUNK)];
            let passed = passed(&cx, &batch.exam_session, chunk).await?;
            let next = done + count(chunk.len());
            report = cx
                .db
                .write(&permit, async |tx| {
                    let (issued, already) = batch.issue_missing(tx, &passed).await?;
                    let report = IssueReport {
                        issued: report.issued + count(issued),
                        already: report.already + count(already),
                        not_eligible: report.not_eligible + count(chunk.len() - issued - already),
                    };
                    run.save(tx, next, total, &report).await?;
                    Ok(report)
                })
                .await?;
            done = next;
        }
        Ok(Step::Done)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
