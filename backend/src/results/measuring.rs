//! How the items of a test did, once its results are released.

use super::{service::bars_of, store};
use crate::{
    access::{JobName, Permit, actions},
    item_bank, marking, papers,
    platform::{
        Services,
        error::AppResult,
        jobs::{Run, Step, Work},
    },
    sittings::{self, ExamSessionFacts},
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{ExamSessionId, ItemId, SittingId},
    item_bank::{Attempt, ItemStatistic, Response, difficulty, discrimination, option_counts, unanswered},
    points::Points,
};
use std::collections::{HashMap, HashSet};

/// The results of an exam session were released.
pub const RESULTS_RELEASED: &str = "results.released";

actions! {
    /// Measure how the items of a test did.
    MeasureExam(ExamSessionId) = ReleaseResults;
}

/// Measures the items of one exam session, one after another: tens of thousands may have sat it.
pub struct MeasureItems;

/// What [`MeasureItems`] is about: the payload of [`RESULTS_RELEASED`].
#[derive(Serialize, Deserialize)]
pub struct ReleasedExam {
    exam_session_id: ExamSessionId,
}

impl Work for MeasureItems {
    type Input = ReleasedExam;
    const KIND: &'static str = "measure_items";

    async fn run(cx: Services, _: Run, input: ReleasedExam) -> AppResult<Step> {
        let exam_session = sittings::exam_session_facts(&cx, input.exam_session_id).await?;
        let totals = totals(&cx, exam_session.id).await?;
        let mut measured = Vec::new();
        // An item may stand in several forms; it is measured once, by all who saw it.
        let mut seen = HashSet::new();
        for paper_id in &exam_session.papers {
            for sealed in papers::sealed_items(&cx, *paper_id).await? {
                if seen.insert(sealed.item_id) {
                    measured.extend(measure(&cx, &exam_session, &sealed, &totals).await?);
                }
            }
        }
        let permit = Permit::<MeasureExam>::for_job(JobName::MeasureItems, exam_session.id);
        cx.db.write(&permit, async |tx| item_bank::note_statistics(tx, exam_session.id, &measured).await).await?;
        Ok(Step::Done)
    }
}

/// What each sitting that counts is worth: those whose result an incident holds or makes void say nothing of an item.
async fn totals(cx: &Services, id: ExamSessionId) -> AppResult<HashMap<SittingId, Points>> {
    let rows = store::list_of_exam_session(cx.db.read(), id).await?;
    let bars = bars_of(cx, &rows).await?;
    let free = rows.into_iter().filter(|row| !bars.contains_key(&row.sitting_id));
    Ok(free.map(|row| (row.sitting_id, row.score)).collect())
}

/// How one item did; nothing if nobody counts.
async fn measure(
    cx: &Services,
    exam_session: &ExamSessionFacts,
    sealed: &papers::SealedItem,
    totals: &HashMap<SittingId, Points>,
) -> AppResult<Option<(ItemId, ItemStatistic)>> {
    let scored = marking::scored_responses(cx, exam_session.id, sealed.item_id).await?;
    let (mut attempts, mut responses) = (Vec::with_capacity(scored.len()), Vec::with_capacity(scored.len()));
    for one in scored {
        if let Some(total) = totals.get(&one.sitting_id) {
            attempts.push(attempt(sealed, (one.points, *total), one.response.as_ref())?);
            responses.push(one.response);
        }
    }
    let given = || responses.iter().map(Option::as_ref);
    let statistic = difficulty(&attempts, sealed.shown_points()).map(|difficulty| ItemStatistic {
        version: sealed.item_version,
        held_at: exam_session.starts_at,
        candidates: u32::try_from(attempts.len()).unwrap_or(u32::MAX),
        difficulty,
        discrimination: discrimination(&attempts),
        options: option_counts(&sealed.item.body, given()),
        unanswered: unanswered(given()),
    });
    Ok(statistic.map(|statistic| (sealed.item_id, statistic)))
}

/// What a candidate got. What is tried counts nothing, and is measured as if it did.
fn attempt(
    sealed: &papers::SealedItem,
    (points, total): (Points, Points),
    response: Option<&Response>,
) -> AppResult<Attempt> {
    Ok(match sealed.try_score(response)? {
        Some(tried) => Attempt { points: tried, total: Points(total.0 + tried.0) },
        None => Attempt { points, total },
    })
}
