//! What there is to mark.

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use shared::{
    ids::ExamSessionId,
    marking::MarkingWork,
    page::Page,
    problem::ProblemCode,
    sittings::{ExamSessionState, ExamSessionView},
};

/// One exam session with responses that wait for a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// The exam session.
    pub(super) id: ExamSessionId,
    /// Its title.
    pub(super) title: String,
}

/// The work of one exam session, and where there is more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Work {
    /// Every exam session with responses that wait.
    pub(super) waiting: Vec<Waiting>,
    /// The one that is being marked.
    pub(super) chosen: Waiting,
    /// Its responses that are this marker's, and how many others there are.
    pub(super) claimed: MarkingWork,
}

/// What a marker finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Responses to mark.
    Work(Work),
    /// Nothing; so many responses are with other markers.
    Rest {
        /// How many.
        with_others: u32,
    },
}

/// Claims the next responses of the exam session that was chosen, or of the first that has any.
///
/// # Errors
/// If the server was not reached or refused.
pub(super) async fn next_work(actor: Actor, chosen: Option<ExamSessionId>) -> Outcome<Next> {
    let known: Page<ExamSessionView> = client::get(actor, "/exam_sessions?waits=mark&limit=200").await?;
    let waiting = waiting_in(known.items);
    let mut in_order = waiting.clone();
    in_order.sort_by_key(|waiting| Some(waiting.id) != chosen);
    let mut with_others = 0;
    for chosen in in_order {
        let Some(claimed) = claim(actor, chosen.id).await? else { continue };
        if !claimed.tasks.is_empty() {
            return Ok(Next::Work(Work { waiting, chosen, claimed }));
        }
        with_others += claimed.with_others;
    }
    Ok(Next::Rest { with_others })
}

/// Claims responses; `None` when the exam session is not marked any more.
async fn claim(actor: Actor, id: ExamSessionId) -> Outcome<Option<MarkingWork>> {
    match client::post(actor, &format!("/exam_sessions/{id}/marking_claims"), &()).await {
        Ok(claimed) => Ok(Some(claimed)),
        Err(refused) if refused.code() == Some(ProblemCode::WrongState) => Ok(None),
        Err(other) => Err(other),
    }
}

fn waiting_in(known: Vec<ExamSessionView>) -> Vec<Waiting> {
    let waits = |known: &ExamSessionView| known.state == ExamSessionState::Marking && known.counts.to_mark > 0;
    known.into_iter().filter(waits).map(|known| Waiting { id: known.id, title: known.title }).collect()
}
