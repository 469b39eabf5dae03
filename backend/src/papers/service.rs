//! Composing papers.

use super::{
    entity::{paper, paper_item},
    key_ceremonies, opening,
    store::{self, PaperHead},
    tools::tools_of,
};
use crate::{
    access::{Actor, Permit, actions},
    identity, item_bank, learning, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use sea_orm::Condition;
use serde::Deserialize;
use shared::{
    ids::{AccountId, CourseId, ItemId, PaperId},
    page::{Page, PageQuery},
    papers::{
        NewPaper, PaperCase, PaperSection, PaperState, PaperStep, PaperView, next_paper_state, validate_new_paper,
    },
    points::Points,
    problem::{FieldError, ProblemCode},
    rights::Right,
    time::Timestamp,
    work::PaperWait,
};
use std::collections::HashMap;

actions! {
    /// Compose a paper from items.
    ComposePaper(PaperId) = ComposePaper;
}

/// One paper.
///
/// # Errors
/// `not-found` if there is none.
pub async fn paper(cx: &Services, id: PaperId) -> AppResult<PaperView> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok(views(cx, vec![row]).await?.swap_remove(0))
}

/// The newest sealed paper that tests a course, if there is one.
///
/// # Errors
/// If the store fails.
pub async fn newest_sealed(cx: &Services, course_id: CourseId) -> AppResult<Option<PaperId>> {
    let within = store::of_course(course_id).add(store::standing(PaperState::Sealed));
    Ok(store::list(cx.db.read(), within, None, 1).await?.pop().map(|row| row.id))
}

/// A few statements, however many papers there are.
async fn views(cx: &Services, rows: Vec<PaperHead>) -> AppResult<Vec<PaperView>> {
    let persons: Vec<_> = rows.iter().flat_map(|row| [row.proposed_by, row.sealed_by]).flatten().collect();
    let names = identity::names_of(cx, &persons).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut ceremonies = key_ceremonies::views(cx, &ids).await?;
    let mut openings = opening::views(cx, &ids).await?;
    let mut items: HashMap<PaperId, Vec<paper_item::Model>> = HashMap::new();
    for item in store::list_items_of(cx.db.read(), &ids).await? {
        items.entry(item.paper_id).or_default().push(item);
    }
    let item_ids: Vec<_> = items.values().flatten().map(|item| item.item_id).collect();
    let frozen = item_bank::frozen_among(cx, &item_ids).await?;
    let seen = |row: PaperHead| {
        let (items, key_ceremony) = (items.remove(&row.id).unwrap_or_default(), ceremonies.remove(&row.id));
        let is_closed = items.iter().any(|item| frozen.contains(&item.item_id));
        let opening = openings.remove(&row.id).filter(|_| is_closed);
        Ok(PaperView { key_ceremony, is_closed, opening, ..view(row, &items, &names)? })
    };
    rows.into_iter().map(seen).collect()
}

fn view(row: PaperHead, items: &[paper_item::Model], names: &HashMap<AccountId, String>) -> AppResult<PaperView> {
    let state = standing(row.sealed_at, row.discarded_at, row.proposed_by);
    let name = |person: Option<AccountId>| person.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Ok(PaperView {
        tools: tools_of(&row)?,
        id: row.id,
        course_id: row.course_id,
        title: row.title,
        items: u16::try_from(items.len()).unwrap_or(u16::MAX),
        trial_items: items.iter().map(|item| u16::from(item.trial_points.is_some())).sum(),
        points: items.iter().map(|item| item.points).sum(),
        state,
        proposed_by: row.proposed_by,
        proposed_by_name: name(row.proposed_by),
        sealed_by_name: name(row.sealed_by),
        sent_back_because: row.sent_back_because,
        discarded_because: row.discarded_because,
        sealed_at: row.sealed_at,
        package_sha256: row.package_sha256,
        key_ceremony: None,
        is_closed: false,
        opening: None,
    })
}

/// Where a paper stands.
pub(super) const fn state_of(row: &PaperHead) -> PaperState {
    standing(row.sealed_at, row.discarded_at, row.proposed_by)
}

const fn standing(
    sealed_at: Option<Timestamp>,
    discarded_at: Option<Timestamp>,
    proposed_by: Option<AccountId>,
) -> PaperState {
    match (sealed_at, discarded_at, proposed_by) {
        (Some(_), ..) => PaperState::Sealed,
        (None, Some(_), _) => PaperState::Discarded,
        (None, None, Some(_)) => PaperState::Proposed,
        (None, None, None) => PaperState::Open,
    }
}

/// A paper, as far as its steps go.
pub(super) const fn case_of(row: &PaperHead) -> PaperCase {
    PaperCase { state: state_of(row), proposed_by: row.proposed_by }
}

/// Whether a step of a paper is still to be done: who repeats one waits for nothing that it needs, and is told of nothing
/// that is wrong with it since. It is judged again when the paper is held.
///
/// # Errors
/// `not-found` if there is none; the refusal of the step.
pub(super) async fn is_to_do(cx: &Services, id: PaperId, step: PaperStep, person: AccountId) -> AppResult<bool> {
    let paper = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let state = next_paper_state(&case_of(&paper), step, person).map_err(AppError::refused)?;
    Ok(state != state_of(&paper))
}

/// The parts of a paper.
pub(super) fn sections_of(row: &PaperHead) -> AppResult<Vec<PaperSection>> {
    let sections = row.sections.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(sections.unwrap_or_default())
}

/// Refuses who composes no papers.
///
/// # Errors
/// `forbidden`.
pub(super) fn may_compose(actor: &Actor) -> AppResult<()> {
    if actor.has_any(&[Right::ComposePaper], &organisation::catalogue()) {
        Ok(())
    } else {
        Err(AppError::Problem(ProblemCode::Forbidden))
    }
}

/// Which papers are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct PaperQuery {
    /// The course that they test; all unless told.
    course_id: Option<CourseId>,
    /// Where they stand; anywhere unless told.
    state: Option<PaperState>,
    /// What they wait for the reader for; also those that do not, unless told.
    waits: Option<PaperWait>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// One page of the papers, the newest first.
pub(super) async fn list(cx: &Services, actor: &Actor, of: PaperQuery) -> AppResult<Page<PaperView>> {
    may_compose(actor)?;
    let awaiting = of.waits.map(|waits| match waits {
        PaperWait::Sealing => store::awaiting_seal(actor.account_id),
        PaperWait::Opening => store::awaiting_opening(actor.account_id, cx.clock.now()),
    });
    let within = [of.course_id.map(store::of_course), of.state.map(store::standing), awaiting];
    let within = within.into_iter().flatten().fold(Condition::all(), Condition::add);
    let of_page = PageQuery { cursor: of.cursor, limit: of.limit };
    let rows = store::list(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// Composes a paper.
///
/// # Errors
/// The fields that are wrong.
pub async fn compose(
    cx: &Services,
    permit: &Permit<ComposePaper>,
    key: &IdempotencyKey,
    new: &NewPaper,
) -> AppResult<PaperId> {
    let person = permit.person()?;
    check(cx, person, new).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, new, async || {
                let id = *permit.target();
                insert(tx, (id, person), new).await?;
                Ok(id)
            })
            .await
        })
        .await
}

/// Stores a paper that was judged, within a write.
pub(super) async fn insert(tx: &Tx, (id, created_by): (PaperId, AccountId), new: &NewPaper) -> AppResult<()> {
    let sections = (!new.sections.is_empty()).then(|| serde_json::to_string(&new.sections));
    let row = paper::Model {
        id,
        course_id: new.course_id,
        title: new.title.trim().to_owned(),
        sections: sections.transpose().map_err(AppError::internal)?,
        tools: None,
        created_by,
        created_at: tx.now(),
        proposed_by: None,
        proposed_at: None,
        sent_back_because: None,
        sealed_by: None,
        sealed_at: None,
        package_sha256: None,
        package: None,
        content_key: None,
        spoken_key: None,
        discarded_by: None,
        discarded_at: None,
        discarded_because: None,
    };
    store::insert(tx.conn(), row, items(id, new)).await
}

fn items(paper_id: PaperId, new: &NewPaper) -> Vec<paper_item::Model> {
    let item = |(position, item): (i32, &shared::papers::PaperItem)| paper_item::Model {
        paper_id,
        position,
        item_id: item.item_id,
        proposed_version: None,
        item_version: None,
        scorer_version: None,
        pinned_options: None,
        pinned_parts: None,
        points: if item.is_trial { Points::ZERO } else { item.points },
        trial_points: item.is_trial.then_some(item.points),
    };
    (0..).zip(&new.items).map(item).collect()
}

/// Whether a paper can be composed so. Who writes an item sees no paper that it stands on.
///
/// # Errors
/// The fields that are wrong.
pub(super) async fn check(cx: &Services, composer: AccountId, new: &NewPaper) -> AppResult<()> {
    let mut errors = validate_new_paper(new);
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    let ids: Vec<ItemId> = new.items.iter().map(|item| item.item_id).collect();
    let items = item_bank::heads_of(cx, &ids).await?;
    for (at, chosen) in new.items.iter().enumerate() {
        let wrong = match items.get(&chosen.item_id) {
            None => Some("not-found"),
            Some(item) if item.course_id != new.course_id => Some("other-course"),
            Some(item) if item.written_by == composer => Some("own-item"),
            Some(item) => item.why_no_paper(chosen.is_trial),
        };
        errors.extend(wrong.map(|code| FieldError::new(format!("/items/{at}/item_id"), code)));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}
