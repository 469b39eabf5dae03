//! What an admission ticket says on paper, for the candidate who prints it.

use super::{
    facts::{SittingFacts, sitting_facts},
    seat_plans,
    ticket_codes::{ticket_code, ticket_login_code},
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::SittingId,
    problem::ProblemCode,
    rights::Place,
    sittings::{MySeat, may_be_sat},
};

actions! {
    /// Print one's own admission ticket.
    PrintOwnTicket(SittingId) = AnswerOwnSitting;
}

/// One ticket.
#[derive(Clone, Debug)]
pub struct TicketSheet {
    /// The sitting, with what candidates are allowed.
    pub sitting: SittingFacts,
    /// Title of the course that is tested.
    pub course_title: String,
    /// What the code on it says.
    pub ticket_code: String,
    /// The log-in code that stands on it.
    pub login_code: String,
    /// Where the candidate sits, once a plan of seats holds.
    pub seat: Option<MySeat>,
}

/// The candidate's own ticket, as long as there is a way into the test.
///
/// # Errors
/// `not-found` for everybody else, `exam-cancelled` if the test was called off, `wrong-state` once the sitting is over.
pub async fn own_ticket(
    cx: &Services,
    actor: &Actor,
    id: SittingId,
) -> AppResult<(Permit<PrintOwnTicket>, TicketSheet)> {
    let sitting = sitting_facts(cx, id).await?;
    let permit = authorize(actor, id, &Place::Own { account: sitting.account_id });
    let permit = permit.map_err(|_| AppError::not_found())?;
    may_be_sat(sitting.state).map_err(AppError::refused)?;
    if sitting.closed_at.is_some() {
        return Err(AppError::Problem(ProblemCode::WrongState));
    }
    let sheet = TicketSheet {
        course_title: learning::course(cx, sitting.course_id).await?.title,
        ticket_code: ticket_code(cx, sitting.exam_session_id, &sitting.ticket_number),
        login_code: ticket_login_code(cx, sitting.exam_session_id, &sitting.ticket_number)?,
        seat: seat_plans::own_seat(cx, &sitting).await?,
        sitting,
    };
    Ok((permit, sheet))
}

/// Notes that a ticket was printed.
///
/// # Errors
/// If the store fails.
pub async fn note_ticket(cx: &Services, permit: &Permit<PrintOwnTicket>) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", "admission_ticket");
            Ok(())
        })
        .await
}
