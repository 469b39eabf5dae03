//! The server ends what candidates did not: sittings after deadline and grace, then the test.

use super::{rooms::papers, service::merged, store};
use crate::{
    access::{JobName, Permit, actions},
    platform::{Services, error::AppResult},
    sittings::{self, Closing, ExamSessionFacts, SittingFacts},
};
use shared::{
    delivery::digest,
    ids::{ExamSessionId, SittingId},
    sittings::ExamSessionState,
    time::Timestamp,
};

/// Sittings that one transaction closes.
const CHUNK: usize = 200;

actions! {
    /// Close sittings whose time is over, and end the test when all are closed.
    CloseSittings(ExamSessionId) = PlanExamSession;
}

/// Closes every sitting of an armed test whose deadline and grace have passed; how many. The test
/// moves to marking when all its sittings are closed and no late answer can come any more: late
/// answers are possible only in sittings that were opened and that the server closed. A paper that was
/// handed out in a room has been entered by then. Repeating it is harmless, on several nodes at once too.
///
/// # Errors
/// If the store fails.
pub async fn close_due(cx: &Services, exam_session: &ExamSessionFacts) -> AppResult<usize> {
    let now = cx.clock.now();
    let rules = exam_session.rules.delivery();
    let counts = sittings::exam_session(cx, None, exam_session.id).await?.counts;
    let is_running = now <= exam_session.ends_at.plus_s(rules.grace_s);
    let permit = Permit::<CloseSittings>::for_job(JobName::CloseSittings, exam_session.id);
    if is_running && (counts.sittings == 0 || counts.closed < counts.sittings) {
        if !exam_session.has_own_time {
            return Ok(0);
        }
        // Such a test is open for weeks, and is looked at all the time: only those are read who are at work.
        let at_work = sittings::at_work(cx, exam_session.id).await?;
        return close_each(cx, &permit, &at_work, now).await;
    }
    let all = sittings::sittings_of(cx, exam_session.id).await?;
    let closed = close_each(cx, &permit, &all, now).await?;
    let all = sittings::sittings_of(cx, exam_session.id).await?;
    // Who began by a key that was read out may be heard of for the first time.
    let is_read_out = store::find_reading(cx.db.read(), exam_session.id, None).await?.is_some();
    let may_change = |sitting: &SittingFacts| {
        let is_over = now > sitting.deadline.plus_s(rules.late_window_s);
        let is_expected = takes_late_answers(sitting) || (is_read_out && sitting.epoch == 0);
        sitting.closed_at.is_none() || (is_expected && !is_over)
    };
    if !all.iter().any(may_change) && !papers::are_any_open(cx.db.read(), exam_session.id).await? {
        let late: Vec<_> = all.iter().filter(|sitting| takes_late_answers(sitting)).map(|sitting| sitting.id).collect();
        finish(cx, &permit, &late).await?;
    }
    Ok(closed)
}

/// Closes those whose time is over; how many.
async fn close_each(
    cx: &Services,
    permit: &Permit<CloseSittings>,
    among: &[SittingFacts],
    now: Timestamp,
) -> AppResult<usize> {
    let due: Vec<_> = among.iter().filter(|sitting| is_due(sitting, now)).map(|sitting| sitting.id).collect();
    let mut closed = 0;
    for ids in due.chunks(CHUNK) {
        closed += close(cx, permit, ids).await?;
    }
    Ok(closed)
}

/// Whether time is over for somebody who has not handed in.
fn is_due(sitting: &SittingFacts, now: Timestamp) -> bool {
    let grace_s = sitting.rules.delivery().grace_s;
    sitting.closed_at.is_none() && now > sitting.told_deadline(now).plus_s(grace_s)
}

fn takes_late_answers(sitting: &SittingFacts) -> bool {
    sitting.closed_at.is_some() && !sitting.by_candidate && sitting.epoch > 0
}

async fn close(cx: &Services, permit: &Permit<CloseSittings>, ids: &[SittingId]) -> AppResult<usize> {
    cx.db
        .write(permit, async |tx| {
            let sittings = sittings::lock_sittings(tx.conn(), ids).await?;
            let mut answers = merged(tx.conn(), ids).await?;
            let mut closed = 0;
            // Time may have been given back since they were found.
            for sitting in sittings.iter().filter(|sitting| is_due(sitting, tx.now())) {
                let answers = answers.remove(&sitting.id).unwrap_or_default();
                let (answered, digest) = (answers.answered(), digest(&answers));
                let closing = Closing { closed_at: tx.now(), by_candidate: false, answered, digest };
                closed += usize::from(sittings::close_sitting(tx, sitting.id, &closing).await?);
            }
            tx.note("closed", closed);
            Ok(closed)
        })
        .await
}

/// Counts late arrivals in, and ends the test.
async fn finish(cx: &Services, permit: &Permit<CloseSittings>, late: &[SittingId]) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            let exam_session = sittings::lock_exam_session(tx, *permit.target()).await?;
            if exam_session.state != ExamSessionState::Armed {
                return Ok(());
            }
            for ids in late.chunks(CHUNK) {
                let mut answers = merged(tx.conn(), ids).await?;
                for id in ids {
                    let answers = answers.remove(id).unwrap_or_default();
                    sittings::restate_closing(tx, *id, answers.answered(), &digest(&answers)).await?;
                }
            }
            sittings::move_exam_session(tx, &exam_session, ExamSessionState::Marking).await
        })
        .await
}
