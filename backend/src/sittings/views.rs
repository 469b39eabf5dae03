//! Exam sessions as staff see them.

use super::{
    calendar::calendar_of,
    entity::exam_session,
    exam_rules::{exam_keys_of, rules_of},
    facts::{kind_of, state_of},
    forms::others_of,
    postponing::postponed,
    quotas, store,
    working_time::ends_at,
};
use crate::{
    access::Actor,
    learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ExamSessionId,
    rights::{Place, Right},
    sittings::{ExamSessionCounts, ExamSessionState, ExamSessionView, ReviewOffice},
};
use std::collections::{HashMap, hash_map::Entry};

/// One exam session, counted, as `reader` is told of it; no reader is the server itself.
///
/// # Errors
/// `not-found`.
pub async fn exam_session(cx: &Services, reader: Option<&Actor>, id: ExamSessionId) -> AppResult<ExamSessionView> {
    let row = store::find_exam_session(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, reader, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

pub(super) async fn views(
    cx: &Services,
    reader: Option<&Actor>,
    rows: Vec<exam_session::Model>,
) -> AppResult<Vec<ExamSessionView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let counts = store::count(cx.db.read(), &ids).await?;
    let incidents = store::count_open_incidents(cx.db.read(), &ids).await?;
    let to_review = store::count_to_review(cx.db.read(), &ids).await?;
    let mut postponed = postponed(cx.db.read(), &ids).await?;
    let divisions = organisation::division_names(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let mut titles = HashMap::new();
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        if let Entry::Vacant(title) = titles.entry(row.course_id) {
            title.insert(learning::course(cx, row.course_id).await?.title);
        }
        let [registered, sittings, started, closed] =
            counts.get(&row.id).copied().unwrap_or_default().map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        let to_mark = u32::try_from(row.to_mark).unwrap_or_default();
        let open_incidents = incidents.get(&row.id).copied().unwrap_or_default();
        let open_incidents = u32::try_from(open_incidents).unwrap_or(u32::MAX);
        let to_review = to_review.get(&row.id).copied().unwrap_or_default();
        let to_review = u32::try_from(to_review).unwrap_or(u32::MAX);
        let state = state_of(&row)?;
        views.push(ExamSessionView {
            id: row.id,
            version: row.version,
            division_name: divisions.get(&row.division).cloned().unwrap_or_default(),
            course_id: row.course_id,
            course_title: titles.get(&row.course_id).cloned().unwrap_or_default(),
            paper_id: row.paper_id,
            other_paper_ids: others_of(&row)?,
            starts_at: row.starts_at,
            kind: kind_of(&row)?,
            duration_min: u16::try_from(row.duration_min).map_err(AppError::internal)?,
            ends_at: ends_at(&row),
            closes_at: row.closes_at,
            hard_stop_at: row.hard_stop_at,
            calendar: calendar_of(&row)?,
            rules: rules_of(&row)?,
            quotas: quotas::views(cx, &row).await?,
            reviewed_up_to: row.reviewed_up_to.as_deref().and_then(ReviewOffice::parse),
            browser_exam_keys: told_keys(reader, &row)?,
            state,
            counts: ExamSessionCounts { registered, to_review, sittings, started, closed, to_mark, open_incidents },
            awaits_second_person: match state {
                ExamSessionState::Draft => row.opened_first_by.is_some(),
                ExamSessionState::Arranged => row.armed_first_by.is_some(),
                ExamSessionState::Marking => row.released_first_by.is_some(),
                _ => false,
            },
            postponed: postponed.remove(&row.id),
            cancelled_because: row.cancelled_because,
            exam_window_id: row.exam_window_id,
            title: row.title,
            division: row.division,
        });
    }
    Ok(views)
}

/// Browser Exam Keys are told to who plans the test, and to nobody else (ADR 40).
fn told_keys(reader: Option<&Actor>, row: &exam_session::Model) -> AppResult<Vec<String>> {
    let place = Place::division(&row.division);
    let plans = reader.is_some_and(|reader| reader.has_any(&[Right::PlanExamSession], &place));
    if plans { exam_keys_of(row) } else { Ok(Vec::new()) }
}
