//! Composing papers.

use super::{
    entity::{paper, paper_item},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    item_bank, learning, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, CourseId, ItemId, PaperId},
    papers::{NewPaper, PaperState, PaperView, validate_new_paper},
    problem::{FieldError, ProblemCode},
    rights::Right,
};

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
    view(cx, row).await
}

async fn view(cx: &Services, row: paper::Model) -> AppResult<PaperView> {
    let items = store::list_items(cx.db.read(), row.id).await?;
    let state = state_of(&row);
    Ok(PaperView {
        id: row.id,
        course_id: row.course_id,
        title: row.title,
        items: u16::try_from(items.len()).unwrap_or(u16::MAX),
        points: items.iter().map(|item| item.points).sum(),
        state,
        discarded_because: row.discarded_because,
        sealed_at: row.sealed_at,
        package_sha256: row.package_sha256,
    })
}

/// Where a paper stands.
pub(super) const fn state_of(row: &paper::Model) -> PaperState {
    match (row.sealed_at, row.discarded_at) {
        (Some(_), _) => PaperState::Sealed,
        (None, Some(_)) => PaperState::Discarded,
        (None, None) => PaperState::Open,
    }
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

/// Papers, the newest first: those of one course, and those in one state, if that is told.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    course_id: Option<CourseId>,
    state: Option<PaperState>,
) -> AppResult<Vec<PaperView>> {
    may_compose(actor)?;
    let mut views = Vec::new();
    for row in store::list(cx.db.read(), course_id, state).await? {
        views.push(view(cx, row).await?);
    }
    Ok(views)
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
    check(cx, new).await?;
    let person = permit.person()?;
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
    let row = paper::Model {
        id,
        course_id: new.course_id,
        title: new.title.trim().to_owned(),
        created_by,
        created_at: tx.now(),
        sealed_at: None,
        package_sha256: None,
        package: None,
        content_key: None,
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
        item_version: None,
        points: item.points,
    };
    (0..).zip(&new.items).map(item).collect()
}

/// Whether a paper can be composed so.
///
/// # Errors
/// The fields that are wrong.
pub(super) async fn check(cx: &Services, new: &NewPaper) -> AppResult<()> {
    let mut errors = validate_new_paper(new);
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    let ids: Vec<ItemId> = new.items.iter().map(|item| item.item_id).collect();
    let items = item_bank::heads_of(cx, &ids).await?;
    for (at, id) in ids.iter().enumerate() {
        let wrong = match items.get(id) {
            None => Some("not-found"),
            Some(item) if item.course_id != new.course_id => Some("other-course"),
            Some(item) => item.why_no_paper(),
        };
        errors.extend(wrong.map(|code| FieldError::new(format!("/items/{at}/item_id"), code)));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}
