//! The forms of a test, and who sits which.

use super::{
    entity::{exam_session, sitting},
    store,
};
use crate::{
    papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{PaperId, SittingId},
    sittings::{ExamSessionState, NewExamSession, SeatPlanOutcome, check_forms},
};
use std::collections::{BTreeMap, HashMap};

/// What is stored of the other forms.
pub(super) fn text_of(others: &[PaperId]) -> AppResult<Option<String>> {
    let text = (!others.is_empty()).then(|| serde_json::to_string(others));
    text.transpose().map_err(AppError::internal)
}

/// The forms beside the first.
pub(super) fn others_of(row: &exam_session::Model) -> AppResult<Vec<PaperId>> {
    let others = row.other_papers.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(others.unwrap_or_default())
}

/// All forms of a test, the one first that it is named by.
pub(super) fn papers_of(row: &exam_session::Model) -> AppResult<Vec<PaperId>> {
    Ok([row.paper_id].into_iter().chain(others_of(row)?).collect())
}

/// Refuses forms that cannot be sat beside each other.
///
/// # Errors
/// The fields of papers that are none of the course, not sealed, or worth something else than the first.
pub(super) async fn check(cx: &Services, new: &NewExamSession) -> AppResult<()> {
    let wrong = check_forms(new.paper_id, &new.other_paper_ids);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let first = judge(cx, new, (new.paper_id, "/paper_id")).await?;
    for (nth, id) in new.other_paper_ids.iter().enumerate() {
        let pointer = format!("/other_paper_ids/{nth}");
        if judge(cx, new, (*id, &pointer)).await? != first {
            return Err(AppError::field(&pointer, "other-points"));
        }
    }
    Ok(())
}

/// What a paper is worth that may be sat.
async fn judge(
    cx: &Services,
    new: &NewExamSession,
    (id, pointer): (PaperId, &str),
) -> AppResult<shared::points::Points> {
    let paper = papers::paper(cx, id).await.map_err(|error| error.at_field(pointer))?;
    if paper.course_id != new.course_id {
        return Err(AppError::field(pointer, "other-course"));
    }
    if paper.sealed_at.is_none() {
        return Err(AppError::field(pointer, "not-sealed"));
    }
    Ok(paper.points)
}

/// The forms that candidates have for good, by sitting, where the test has several: once its key is armed, devices have
/// fetched what they sit, and a new plan of seats does not change it.
pub(super) fn held(state: ExamSessionState, papers: &[PaperId], sittings: &[sitting::Model]) -> HashMap<SittingId, u8> {
    use ExamSessionState::{Armed, Marking, Published};
    if papers.len() < 2 || !matches!(state, Armed | Marking | Published) {
        return HashMap::new();
    }
    let form = |sitting: &sitting::Model| {
        let nth = papers.iter().position(|paper| *paper == sitting.paper_id)?;
        Some((sitting.id, u8::try_from(nth).ok()?))
    };
    sittings.iter().filter_map(form).collect()
}

/// Lets each candidate sit the form that a plan puts on their seat.
pub(super) async fn hand_out(tx: &Tx, exam_session: &exam_session::Model, outcome: &SeatPlanOutcome) -> AppResult<()> {
    let papers = papers_of(exam_session)?;
    let mut by_form: BTreeMap<u8, Vec<SittingId>> = BTreeMap::new();
    for seat in outcome.sites.iter().flat_map(|site| &site.rooms).flat_map(|room| &room.seats) {
        by_form.entry(seat.form).or_default().push(seat.sitting_id);
    }
    for (form, sittings) in by_form {
        let paper = papers.get(usize::from(form)).ok_or_else(|| AppError::internal("a seat has no form"))?;
        store::set_paper(tx.conn(), &sittings, *paper).await?;
    }
    Ok(())
}
