//! What there is to mark.

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use shared::{
    ids::ExamSessionId,
    marking::MarkingTask,
    page::Page,
    sittings::{ExamSessionState, ExamSessionView},
};

/// One exam session with responses that wait for a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// The exam session.
    pub(super) id: ExamSessionId,
    /// Its title.
    pub(super) title: String,
    /// How many responses wait.
    pub(super) left: u32,
}

/// The work of one exam session, and where there is more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Work {
    /// Every exam session with responses that wait.
    pub(super) waiting: Vec<Waiting>,
    /// The one that is being marked.
    pub(super) chosen: Waiting,
    /// Its next responses; more come after them if `chosen.left` says so.
    pub(super) tasks: Vec<MarkingTask>,
}

/// Fetches the next responses of the exam session that was chosen, or of the first that has any;
/// `None` when everything is marked.
///
/// # Errors
/// If the server was not reached or refused.
pub(super) async fn next_work(actor: Actor, chosen: Option<ExamSessionId>) -> Outcome<Option<Work>> {
    let known: Page<ExamSessionView> = client::get(actor, "/exam_sessions?limit=200").await?;
    let waiting = waiting_in(known.items);
    let mut in_order = waiting.clone();
    in_order.sort_by_key(|waiting| Some(waiting.id) != chosen);
    for chosen in in_order {
        let path = format!("/marking_tasks?exam_session_id={}", chosen.id);
        let tasks: Vec<MarkingTask> = client::get(actor, &path).await?;
        if !tasks.is_empty() {
            return Ok(Some(Work { waiting, chosen, tasks }));
        }
    }
    Ok(None)
}

fn waiting_in(known: Vec<ExamSessionView>) -> Vec<Waiting> {
    let in_marking = known.into_iter().filter(|known| known.state == ExamSessionState::Marking);
    let waiting = in_marking.map(|known| Waiting { id: known.id, title: known.title, left: known.counts.to_mark });
    waiting.filter(|waiting| waiting.left > 0).collect()
}
