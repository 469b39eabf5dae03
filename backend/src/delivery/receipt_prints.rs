//! What a receipt says on paper, for its candidate and for who runs the day. It holds no answer.

use super::{
    rooms::RunExamDay,
    service::{AnswerOwnSitting, permit_candidate, receipt},
    store,
};
use crate::{
    access::{Actor, Candidate, Permit},
    identity, learning,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
    sittings::{self, SittingFacts},
};
use shared::{
    delivery::{PrintReceipt, Receipt},
    ids::{ExamSessionId, SittingId},
    problem::ProblemCode,
};

/// One receipt.
#[derive(Clone, Debug)]
pub struct ReceiptSheet {
    /// Title of the exam session.
    pub title: String,
    /// Title of the course that was tested.
    pub course_title: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// 准考证号.
    pub ticket_number: String,
    /// The receipt.
    pub receipt: Receipt,
    /// Entries of the answer journal that are stored.
    pub entries: u64,
}

/// Who prints a receipt.
pub enum ReceiptPermit {
    /// The candidate.
    Candidate(Permit<AnswerOwnSitting>),
    /// Somebody who runs the day.
    Office(Permit<RunExamDay>),
}

/// The candidate's own receipt.
///
/// # Errors
/// `not-found` for everybody else, `wrong-state` before the sitting is over.
pub async fn own_receipt(
    cx: &Services,
    candidate: &Candidate,
    id: SittingId,
) -> AppResult<(ReceiptPermit, ReceiptSheet)> {
    let (permit, sitting) = permit_candidate(cx, candidate, id).await?;
    Ok((ReceiptPermit::Candidate(permit), sheet(cx, sitting).await?))
}

/// The receipt of the candidate with this ticket, for who runs the day of the test.
///
/// # Errors
/// `not-found` or `forbidden` as for the test; the field, if nobody sits it with that ticket; `wrong-state` before the
/// sitting is over.
pub async fn candidate_receipt(
    cx: &Services,
    actor: &Actor,
    id: ExamSessionId,
    asked: &PrintReceipt,
) -> AppResult<(ReceiptPermit, ReceiptSheet)> {
    let permit: Permit<RunExamDay> = sittings::authorize_exam_session(cx, actor, id).await?;
    let ticket_number = asked.checked().map_err(AppError::Invalid)?;
    let found = sittings::sitting_by_ticket(cx.db.read(), id, ticket_number).await?;
    let sitting_id = found.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
    let sitting = sittings::sitting_facts(cx, sitting_id).await?;
    Ok((ReceiptPermit::Office(permit), sheet(cx, sitting).await?))
}

async fn sheet(cx: &Services, sitting: SittingFacts) -> AppResult<ReceiptSheet> {
    let receipt = receipt(&sitting).ok_or(AppError::Problem(ProblemCode::WrongState))?;
    Ok(ReceiptSheet {
        course_title: learning::course(cx, sitting.course_id).await?.title,
        candidate_name: identity::name_of(cx, sitting.account_id).await?,
        entries: store::count_entries(cx.db.read(), sitting.id).await?,
        title: sitting.title,
        ticket_number: sitting.ticket_number,
        receipt,
    })
}

/// Notes that a receipt was printed.
///
/// # Errors
/// If the store fails.
pub async fn note_receipt(cx: &Services, permit: &ReceiptPermit, id: SittingId) -> AppResult<()> {
    match permit {
        ReceiptPermit::Candidate(permit) => cx.db.write(permit, async |tx| note(tx, id)).await,
        ReceiptPermit::Office(permit) => cx.db.write(permit, async |tx| note(tx, id)).await,
    }
}

fn note(tx: &Tx, id: SittingId) -> AppResult<()> {
    tx.note("printed", "receipt");
    tx.note("sitting", id.to_string());
    Ok(())
}
