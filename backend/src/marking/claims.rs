//! Work for markers: each response is with one of them at a time.

use super::{
    entity::{marking_claim, scored_response},
    service::{claim_of, in_marking},
    store::{self, Asker},
};
use crate::{
    access::{Permit, actions},
    papers,
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
    },
    sittings,
};
use shared::{
    ids::{ExamSessionId, ItemId, PaperId},
    item_bank::{EssayLength, Item, ItemBody, Response, dimension_points, part_of, rubric_of},
    marking::{Claim, ClaimRules, MarkingDimension, MarkingTask, MarkingWork, OpenResponse, share_out},
    points::Points,
};
use std::collections::{BTreeSet, HashMap};

actions! {
    /// Claim responses that wait for a marker.
    ClaimResponses(ExamSessionId) = MarkResponse;
}

/// What a marker holds after a claim.
struct Claimed {
    responses: Vec<scored_response::Model>,
    left: u64,
    with_others: u64,
}

/// Gives the marker responses that nobody else has, without a word of whose they are. Asking again
/// gives the same ones, for longer, and new ones for those that are marked.
///
/// # Errors
/// `wrong-state` unless the exam session is being marked.
pub async fn claim(cx: &Services, permit: &Permit<ClaimResponses>) -> AppResult<MarkingWork> {
    let (id, marker, rules) = (*permit.target(), permit.person()?, ClaimRules::zhejiang_2026());
    let own_sitting = sittings::sitting_of(cx, id, marker).await?;
    let papers = sittings::exam_session_facts(cx, id).await?.papers;
    let claimed = cx
        .db
        .write(permit, async |tx| {
            in_marking(&sittings::lock_exam_session(tx, id).await?)?;
            let asker = Asker { marker, own_sitting, now: tx.now() };
            let mut free = store::list_free(tx.conn(), id, &asker, rules.at_once).await?;
            let open: Vec<_> = free.iter().map(|(row, claim)| open_response(row, claim.as_ref(), &asker)).collect();
            let chosen = share_out(&open, marker, asker.now, &rules);
            let lease_until = Claim::renewed(marker, asker.now, &rules).until;
            let rows = chosen.iter().map(|response| marking_claim::Model {
                response_id: *response,
                exam_session_id: id,
                marker_id: marker,
                lease_until,
            });
            if store::claim(tx.conn(), rows.collect(), marker, asker.now).await? != chosen.len() as u64 {
                return Err(AppError::internal("a response of a locked exam session was taken"));
            }
            tx.note("claimed", chosen.len());
            free.retain(|(row, _)| chosen.contains(&row.id));
            // Whoever marks sees what the items look for.
            let items: BTreeSet<_> = free.iter().map(|(row, _)| row.item_id.to_string()).collect();
            tx.note("items", items.into_iter().collect::<Vec<_>>());
            Ok(Claimed {
                responses: free.into_iter().map(|(row, _)| row).collect(),
                left: store::count_open(tx.conn(), id).await?,
                with_others: store::count_with_others(tx.conn(), id, &asker).await?,
            })
        })
        .await?;
    Ok(MarkingWork {
        tasks: tasks(cx, &papers, &claimed.responses).await?,
        left: u32::try_from(claimed.left).map_err(AppError::internal)?,
        with_others: u32::try_from(claimed.with_others).map_err(AppError::internal)?,
    })
}

fn open_response(row: &scored_response::Model, claim: Option<&marking_claim::Model>, asker: &Asker) -> OpenResponse {
    OpenResponse { id: row.id, is_own: Some(row.sitting_id) == asker.own_sitting, claim: claim.map(claim_of) }
}

/// Responses as markers see them: without a word of whose they are. `forms` are the papers of the test.
pub(super) async fn tasks(
    cx: &Services,
    forms: &[PaperId],
    rows: &[scored_response::Model],
) -> AppResult<Vec<MarkingTask>> {
    let items = items_of(cx, forms).await?;
    rows.iter()
        .map(|row| {
            let (item, asked) = (item_of(&items, row)?, asked_of(&items, row)?);
            let length = match &asked.body {
                ItemBody::Essay { length, .. } => *length,
                _ => EssayLength::default(),
            };
            Ok(MarkingTask {
                id: row.id,
                material_html: if row.part == 0 { String::new() } else { markdown::render(&item.stem) },
                stem_html: markdown::render(&asked.stem),
                rubric_html: markdown::render(&rubric_of(&asked.body)),
                response: text_of(row)?,
                max_points: row.max_points,
                dimensions: dimensions(&asked, row.max_points),
                length,
            })
        })
        .collect()
}

/// The items of these papers, each in the version that was sealed.
async fn items_of(cx: &Services, forms: &[PaperId]) -> AppResult<HashMap<(ItemId, i32), Item>> {
    let mut items = HashMap::new();
    for paper_id in forms {
        let sealed = papers::sealed_items(cx, *paper_id).await?;
        items.extend(sealed.into_iter().map(|sealed| ((sealed.item_id, sealed.item_version), sealed.item)));
    }
    Ok(items)
}

fn item_of<'a>(items: &'a HashMap<(ItemId, i32), Item>, row: &scored_response::Model) -> AppResult<&'a Item> {
    let item = items.get(&(row.item_id, row.item_version));
    item.ok_or_else(|| AppError::internal("a scored item is not on the paper"))
}

/// What a response is to: its item, or a question on the material that its item is.
fn asked_of(items: &HashMap<(ItemId, i32), Item>, row: &scored_response::Model) -> AppResult<Item> {
    let part = u16::try_from(row.part).map_err(AppError::internal)?;
    part_of(item_of(items, row)?, part).ok_or_else(|| AppError::internal("a scored question is not on the paper"))
}

/// By what a response is marked that is worth so much at most.
fn dimensions(item: &Item, max: Points) -> Vec<MarkingDimension> {
    let ItemBody::Essay { dimensions, .. } = &item.body else { return Vec::new() };
    let named = dimensions.iter().map(|dimension| dimension.name.clone()).zip(dimension_points(dimensions, max));
    named.map(|(name, max_points)| MarkingDimension { name, max_points }).collect()
}

/// The most that each dimension of a response can be worth; none where it is marked as a whole.
pub(super) async fn most_of_each(cx: &Services, row: &scored_response::Model) -> AppResult<Vec<Points>> {
    let forms = sittings::exam_session_facts(cx, row.exam_session_id).await?.papers;
    let items = items_of(cx, &forms).await?;
    let dimensions = dimensions(&asked_of(&items, row)?, row.max_points);
    Ok(dimensions.into_iter().map(|dimension| dimension.max_points).collect())
}

fn text_of(row: &scored_response::Model) -> AppResult<String> {
    match serde_json::from_str(&row.response).map_err(AppError::internal)? {
        Some(Response::Text(text)) => Ok(text),
        _ => Ok(String::new()),
    }
}
