//! Scoring by rule: every response of an exam session, once its sittings are closed.

use super::{entity::scored_response, store};
use crate::{
    access::{JobName, Permit, actions},
    delivery, item_bank, papers,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings,
};
use shared::{
    delivery::AnswersInForce,
    ids::{ExamSessionId, SittingId},
    item_bank::{Scored, ScoredPart, response_to},
    points::Points,
    sittings::ExamSessionState,
};
use std::collections::{BTreeSet, HashMap};

/// Sittings that one transaction scores.
const CHUNK: usize = 50;

actions! {
    /// Score the responses of an exam session by rule.
    ScoreResponses(ExamSessionId) = MarkResponse;
}

/// Scores every response of an exam session whose sittings are closed. Who never opened the sitting
/// was absent: nothing is scored. A response that only a person can mark waits for a marker.
/// Repeating it changes nothing.
///
/// # Errors
/// `wrong-state` unless it is being marked.
pub async fn score_exam_session(cx: &Services, id: ExamSessionId) -> AppResult<()> {
    let exam_session = sittings::exam_session_facts(cx, id).await?;
    if exam_session.state != ExamSessionState::Marking {
        return Err(AppError::Problem(shared::problem::ProblemCode::WrongState));
    }
    let permit = Permit::<ScoreResponses>::for_job(JobName::ScoreResponses, id);
    let sat = sittings::sittings_of(cx, id).await?.into_iter().filter(|sitting| sitting.opened_at.is_some());
    let sat: Vec<_> = sat.map(|sitting| (sitting.paper_id, sitting.id)).collect();
    let mut seen = BTreeSet::new();
    for paper_id in &exam_session.papers {
        let of_form = sat.iter().filter(|(paper, _)| paper == paper_id);
        let of_form: Vec<_> = of_form.map(|(_, sitting)| *sitting).collect();
        // Where nobody came, nobody saw an item.
        if !of_form.is_empty() {
            let items = papers::sealed_items(cx, *paper_id).await?;
            score_form(cx, &permit, &of_form, &items).await?;
            seen.extend(items.iter().map(|item| (item.item_id, item.item_version)));
        }
    }
    let seen: Vec<_> = seen.into_iter().collect();
    cx.db
        .write(&permit, async |tx| {
            if sittings::lock_exam_session(tx, id).await?.scored_at.is_none() {
                let open = store::count_open(tx.conn(), id).await?;
                tx.note("to_mark", open);
                item_bank::note_uses(tx, (id, exam_session.starts_at), &seen).await?;
                sittings::set_scored(tx, id, open).await?;
            }
            Ok(())
        })
        .await
}

/// Scores the sittings of one form.
async fn score_form(
    cx: &Services,
    permit: &Permit<ScoreResponses>,
    sat: &[SittingId],
    items: &[papers::SealedItem],
) -> AppResult<()> {
    for ids in sat.chunks(CHUNK) {
        let mut answers = delivery::answers_of(cx, ids).await?;
        let rows = score_sittings(cx, *permit.target(), ids, items, &mut answers)?;
        cx.db
            .write(permit, async |tx| {
                tx.note("sittings", ids.len());
                store::insert(tx.conn(), &rows).await
            })
            .await?;
    }
    Ok(())
}

fn score_sittings(
    cx: &Services,
    exam_session_id: ExamSessionId,
    ids: &[SittingId],
    items: &[papers::SealedItem],
    answers: &mut HashMap<SittingId, AnswersInForce>,
) -> AppResult<Vec<scored_response::Model>> {
    let mut rows = Vec::with_capacity(ids.len() * items.len());
    for sitting_id in ids {
        let answers = answers.remove(sitting_id).unwrap_or_default();
        for sealed in items {
            let response = answers.response(sealed.item_id);
            for ScoredPart { part, max, scored } in sealed.score_parts(response)? {
                let points: Option<Points> = match scored {
                    Scored::Points(points) => Some(points),
                    Scored::NeedsPerson => None,
                };
                let response = response_to(response, part);
                rows.push(scored_response::Model {
                    id: cx.ids.uuid(),
                    exam_session_id,
                    sitting_id: *sitting_id,
                    item_id: sealed.item_id,
                    item_version: sealed.item_version,
                    part: i32::from(part),
                    response: serde_json::to_string(&response).map_err(AppError::internal)?,
                    max_points: max,
                    points,
                    dimension_points: None,
                    scorer_version: points.map(|_| i32::from(sealed.scorer_version)),
                    marked_by: None,
                    marked_at: None,
                });
            }
        }
    }
    Ok(rows)
}
