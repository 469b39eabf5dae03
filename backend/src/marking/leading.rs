//! What the head of the marking does: follows it, reads what was marked, and has a response marked again.
//! Nobody's identity is in it, but the markers'.

use super::{
    claims::tasks,
    entity::{marking_reopening, scored_response},
    service::{facts_of, in_marking},
    store,
};
use crate::{
    access::{Permit, actions},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
    sittings,
};
use shared::{
    ids::{AccountId, ExamSessionId},
    marking::{
        MarkedResponse, MarkerProgress, MarkingProgress, MarkingTask, ReopenResponse, RubricView, judge_reopening,
    },
    page::{Page, PageQuery},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;

actions! {
    /// Follow the marking of an exam session.
    LeadMarking(ExamSessionId) = LeadMarking;
    /// Have a response marked again.
    Reopen(Uuid) = LeadMarking;
    /// See what the markers of a response look for.
    SeeRubric(Uuid) = LeadMarking;
}

/// How far the marking is, and who has done how much of it.
///
/// # Errors
/// If the store fails.
pub(super) async fn progress(cx: &Services, permit: &Permit<LeadMarking>) -> AppResult<MarkingProgress> {
    let (id, conn) = (*permit.target(), cx.db.read());
    let (mut left, mut marked) = (0, 0);
    let mut parts: BTreeMap<AccountId, (i64, i64)> = BTreeMap::new();
    for (marker, responses) in store::count_by_marker(conn, id).await? {
        match marker {
            Some(marker) => {
                marked += responses;
                parts.entry(marker).or_default().0 = responses;
            }
            None => left += responses,
        }
    }
    for (marker, responses) in store::count_held(conn, id, cx.clock.now()).await? {
        parts.entry(marker).or_default().1 = responses;
    }
    let names = identity::names_of(cx, &parts.keys().copied().collect::<Vec<_>>()).await?;
    let part = |(marker, (marked, held)): (AccountId, (i64, i64))| MarkerProgress {
        marker_name: names.get(&marker).cloned().unwrap_or_default(),
        marked: number(marked),
        held: number(held),
    };
    let mut markers: Vec<_> = parts.into_iter().map(part).collect();
    markers.sort_by(|one, other| one.marker_name.cmp(&other.marker_name));
    let reopened = store::count_reopened(conn, id).await?;
    Ok(MarkingProgress {
        left: number(left),
        marked: number(marked),
        reopened: u32::try_from(reopened).unwrap_or(u32::MAX),
        markers,
    })
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

/// What markers gave points, the newest response first, without what they look for: that is a part of the item's key.
///
/// # Errors
/// `wrong-state` unless the exam session is being marked.
pub(super) async fn marked(
    cx: &Services,
    permit: &Permit<LeadMarking>,
    query: &PageQuery,
) -> AppResult<Page<MarkedResponse>> {
    let exam_session = sittings::exam_session_facts(cx, *permit.target()).await?;
    in_marking(&exam_session)?;
    let after: Option<Uuid> = decode_cursor(query)?;
    let rows = store::list_marked(cx.db.read(), exam_session.id, after, query.rows() + 1).await?;
    let rows = page(rows, query, |row| row.id);
    let markers: Vec<AccountId> = rows.items.iter().filter_map(|row| row.marked_by).collect();
    let names = identity::names_of(cx, &markers).await?;
    let tasks = tasks(cx, &exam_session.papers, &rows.items).await?;
    let items = tasks.into_iter().zip(&rows.items).filter_map(|(task, row)| {
        let marker_name = names.get(&row.marked_by?).cloned().unwrap_or_default();
        let task = MarkingTask { rubric_html: String::new(), ..task };
        let dimension_points = match &row.dimension_points {
            Some(points) => serde_json::from_str(points).ok()?,
            None => Vec::new(),
        };
        Some(MarkedResponse { task, points: row.points?, dimension_points, marker_name, marked_at: row.marked_at? })
    });
    Ok(Page { items: items.collect(), next_cursor: rows.next_cursor })
}

/// What the markers of a response look for. Every look is in the audit log.
///
/// # Errors
/// `wrong-state` unless it is being marked.
pub(super) async fn see_rubric(cx: &Services, permit: &Permit<SeeRubric>) -> AppResult<RubricView> {
    let row = store::find(cx.db.read(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
    let exam_session = sittings::exam_session_facts(cx, row.exam_session_id).await?;
    in_marking(&exam_session)?;
    let task = tasks(cx, &exam_session.papers, std::slice::from_ref(&row)).await?.pop();
    cx.db
        .write(permit, async |tx| {
            tx.note("item", row.item_id.to_string());
            tx.note("version", row.item_version);
            Ok(())
        })
        .await?;
    Ok(RubricView { rubric_html: task.map(|task| task.rubric_html).unwrap_or_default() })
}

/// Takes the points of a response back; it waits for a marker again. What it was worth stays on record.
///
/// # Errors
/// `wrong-state` unless it is being marked and a marker has said, `second-person-needed` for one's own mark,
/// and a field error without reason.
pub(super) async fn reopen(cx: &Services, permit: &Permit<Reopen>, request: &ReopenResponse) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let reason = reason_of(request)?;
    let exam_session_id = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?.exam_session_id;
    cx.db
        .write(permit, async |tx| {
            in_marking(&sittings::lock_exam_session(tx, exam_session_id).await?)?;
            let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let taken = judge_reopening(&facts_of(&row, None), by).map_err(AppError::refused)?;
            let fact = marking_reopening::Model {
                id: cx.ids.uuid(),
                response_id: id,
                exam_session_id,
                points: taken.points,
                dimension_points: row.dimension_points.clone(),
                marked_by: taken.marked_by,
                marked_at: marked_at(&row)?,
                reason: reason.to_owned(),
                reopened_by: by,
                reopened_at: tx.now(),
            };
            store::insert_reopening(tx.conn(), fact).await?;
            store::unmark(tx.conn(), id).await?;
            tx.note("points", taken.points.0);
            sittings::give_back_marked(tx, exam_session_id).await
        })
        .await
}

fn marked_at(row: &scored_response::Model) -> AppResult<shared::time::Timestamp> {
    row.marked_at.ok_or_else(|| AppError::internal("a mark without its time"))
}

fn reason_of(request: &ReopenResponse) -> AppResult<&str> {
    match request.reason.trim() {
        "" => Err(AppError::field("/reason", "required")),
        long if long.chars().count() > REASON_CHARS => Err(AppError::field("/reason", "too-long")),
        reason => Ok(reason),
    }
}
