//! Marking by persons, who see no identity; and what a sitting is worth.

use super::{entity::scored_response, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    papers,
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
    },
    sittings,
};
use shared::{
    ids::{ExamSessionId, SittingId},
    item_bank::{ItemBody, Response},
    marking::{MarkingTask, NewMark},
    points::Points,
    problem::ProblemCode,
    sittings::{ExamSessionRefusal, ExamSessionState},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Tasks that a marker gets at once.
const TASKS: u64 = 20;

actions! {
    /// See responses that wait for a marker.
    SeeResponses(ExamSessionId) = MarkResponse;
    /// Mark one response.
    MarkResponse(Uuid) = MarkResponse;
}

/// The next responses to mark, item by item, without a word of whose they are.
///
/// # Errors
/// If the store fails.
pub async fn tasks(cx: &Services, permit: &Permit<SeeResponses>) -> AppResult<Vec<MarkingTask>> {
    let exam_session = sittings::exam_session_facts(cx, *permit.target()).await?;
    if exam_session.state != ExamSessionState::Marking {
        return Ok(Vec::new());
    }
    let items = papers::sealed_items(cx, exam_session.paper_id).await?;
    let items: HashMap<_, _> = items.into_iter().map(|sealed| (sealed.item_id, sealed.item)).collect();
    let rows = store::list_open(cx.db.read(), exam_session.id, TASKS).await?;
    rows.into_iter()
        .map(|row| {
            let item =
                items.get(&row.item_id).ok_or_else(|| AppError::internal("a scored item is not on the paper"))?;
            let rubric = match &item.body {
                ItemBody::ShortAnswer { rubric } => rubric.as_str(),
                _ => "",
            };
            Ok(MarkingTask {
                id: row.id,
                stem_html: markdown::render(&item.stem),
                rubric_html: markdown::render(rubric),
                response: text_of(&row)?,
                max_points: row.max_points,
            })
        })
        .collect()
}

fn text_of(row: &scored_response::Model) -> AppResult<String> {
    match serde_json::from_str(&row.response).map_err(AppError::internal)? {
        Some(Response::Text(text)) => Ok(text),
        _ => Ok(String::new()),
    }
}

/// Lets the actor mark a response of an exam session at a place of theirs.
///
/// # Errors
/// `not-found` if they may not know of it, `forbidden` if they are no marker.
pub async fn permit_mark(cx: &Services, actor: &Actor, id: Uuid) -> AppResult<Permit<MarkResponse>> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = sittings::exam_session_facts(cx, row.exam_session_id).await?.place;
    if !sittings::may_see_exam_session(actor, &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Marks a response.
///
/// # Errors
/// `out-of-range` for points that it cannot be worth; `wrong-state` when it is marked already or
/// the results are out.
pub async fn mark(cx: &Services, permit: &Permit<MarkResponse>, new: &NewMark) -> AppResult<()> {
    let (id, marker) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if new.points < Points::ZERO || new.points > row.max_points {
                return Err(AppError::field("/points", "out-of-range"));
            }
            let state = sittings::lock_exam_session(tx, row.exam_session_id).await?.state;
            if state != ExamSessionState::Marking {
                let wanted = ExamSessionState::Marking;
                return Err(AppError::refused(ExamSessionRefusal::WrongState { state, wanted }));
            }
            if !store::mark(tx.conn(), id, new.points, marker, tx.now()).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            tx.note("points", new.points.0);
            sittings::take_marked(tx, row.exam_session_id).await
        })
        .await
}

/// What a sitting is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SittingScore {
    /// The points of all responses together.
    pub score: Points,
    /// What the paper is worth.
    pub max_score: Points,
}

/// What the sittings of an exam session are worth; `None` while a response waits for a marker.
/// Who was absent is not in it.
///
/// # Errors
/// If the store fails.
pub async fn scores_of(
    conn: &impl sea_orm::ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<HashMap<SittingId, SittingScore>>> {
    let mut scores: HashMap<SittingId, SittingScore> = HashMap::new();
    for (sitting_id, points, max_points) in store::list_points(conn, id).await? {
        let Some(points) = points else { return Ok(None) };
        let sum = scores.entry(sitting_id).or_insert(SittingScore { score: Points::ZERO, max_score: Points::ZERO });
        sum.score = [sum.score, points].into_iter().sum();
        sum.max_score = [sum.max_score, max_points].into_iter().sum();
    }
    Ok(Some(scores))
}
