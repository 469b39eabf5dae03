//! Hand-ins as who keeps or teaches the class sees them.

use super::{
    mark::{self, MarkHandIn},
    state_of,
    views::{deciders, files_of, photos_of, rubric_in, task_of, titles, view},
};
use crate::{
    access::Actor,
    identity,
    learning::{
        catalogue,
        classes::classes_within,
        store::{self, HandIn, HandInFilter},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
        markdown,
    },
};
use serde::Deserialize;
use shared::{
    ids::{ClassId, HandInId},
    learning::{Criterion, HandInRow, HandInSheet, HandInState, excerpt},
    page::{Page, PageQuery},
    rights::Right,
};
use std::collections::HashMap;

/// Which hand-ins of their classes teachers ask for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct HandInQuery {
    /// Of one class.
    class_id: Option<ClassId>,
    /// Where they stand.
    state: Option<HandInState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// One page of the hand-ins of the classes whose assignments the actor marks, but none of their own: those that wait
/// in the order in which they came in, all others the last first.
///
/// # Errors
/// `forbidden` if they mark nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: HandInQuery) -> AppResult<Page<HandInRow>> {
    let within = classes_within(actor, Right::MarkAssignment)?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = HandInFilter {
        within,
        reader: actor.account_id,
        class_id: query.class_id,
        state: query.state,
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let found = page(store::list_hand_ins(cx.db.read(), filter).await?, &of_page, |(row, _)| row.id);
    Ok(Page { items: rows(cx, &found.items).await?, next_cursor: found.next_cursor })
}

/// One hand-in with all that it takes to mark it.
///
/// # Errors
/// `not-found` for who does not mark there.
pub(super) async fn get(cx: &Services, actor: &Actor, id: HandInId) -> AppResult<HandInSheet> {
    let id = *mark::permit::<MarkHandIn>(cx, actor, id).await?.target();
    let (row, _) = found(cx, id).await?;
    let all = store::list_own_hand_ins(cx.db.read(), row.account_id, Some(&[row.activity_id])).await?;
    let all: Vec<_> = all.into_iter().filter(|(one, _)| one.class_id == row.class_id).collect();
    let names = deciders(cx, &all).await?;
    let (mut hand_in, mut earlier) = (None, Vec::new());
    for one in all.iter().filter(|(one, _)| (one.handed_in_at, one.id) <= (row.handed_in_at, row.id)) {
        match one.0.id == id {
            true => hand_in = Some(one),
            false => earlier.push(view(cx, one, &names).await?),
        }
    }
    let hand_in = hand_in.ok_or_else(AppError::not_found)?;
    let content = catalogue::content(cx, row.course_version_id).await?;
    let mut shown = rows(cx, std::slice::from_ref(hand_in)).await?;
    Ok(HandInSheet {
        row: shown.pop().ok_or_else(AppError::not_found)?,
        task_html: markdown::render(task_of(&content, &row)),
        hand_in: view(cx, hand_in, &names).await?,
        earlier,
        is_own: row.account_id == actor.account_id,
        may_return: mark::is_returnable(cx, &row).await?,
        next: next(cx, actor, id).await?,
    })
}

/// By what a hand-in is marked: as the learner read it.
pub(super) async fn rubric(cx: &Services, id: HandInId) -> AppResult<Vec<Criterion>> {
    let (row, _) = found(cx, id).await?;
    let content = catalogue::content(cx, row.course_version_id).await?;
    Ok(rubric_in(&content, &row))
}

async fn found(cx: &Services, id: HandInId) -> AppResult<HandIn> {
    store::find_hand_in(cx.db.read(), id).await?.ok_or_else(AppError::not_found)
}

/// The hand-in to which the actor goes from this one: that which came in next and waits, else the one that has waited
/// longest. Who leaves some for later comes to every other.
async fn next(cx: &Services, actor: &Actor, this: HandInId) -> AppResult<Option<HandInId>> {
    for after in [Some(this), None] {
        let filter = HandInFilter {
            within: classes_within(actor, Right::MarkAssignment)?,
            reader: actor.account_id,
            class_id: None,
            state: Some(HandInState::Waiting),
            after,
            rows: 1,
        };
        let first = store::list_hand_ins(cx.db.read(), filter).await?.pop();
        if let Some((row, _)) = first.filter(|(row, _)| row.id != this) {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

async fn rows(cx: &Services, found: &[HandIn]) -> AppResult<Vec<HandInRow>> {
    let learners: Vec<_> = found.iter().map(|(row, _)| row.account_id).collect();
    let classes: Vec<_> = found.iter().map(|(row, _)| row.class_id).collect();
    let names = identity::names_of(cx, &learners).await?;
    let class_rows = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    let class_names: HashMap<_, _> = class_rows.into_iter().map(|class| (class.id, class.name)).collect();
    let courses = catalogue::course_heads(cx, found.iter().map(|(row, _)| row.course_id)).await?;
    let mut rows = Vec::with_capacity(found.len());
    for (row, mark) in found {
        let content = catalogue::content(cx, row.course_version_id).await?;
        let (unit_title, title) = titles(&content, row);
        rows.push(HandInRow {
            id: row.id,
            class_id: row.class_id,
            class_name: class_names.get(&row.class_id).cloned().unwrap_or_default(),
            learner_name: names.get(&row.account_id).cloned().unwrap_or_default(),
            course_title: courses.get(&row.course_id).map(|course| course.title.clone()).unwrap_or_default(),
            unit_id: row.unit_id,
            unit_title,
            title,
            excerpt: excerpt(&row.text),
            photos: u8::try_from(photos_of(row)?.len()).unwrap_or(u8::MAX),
            files: u8::try_from(files_of(row)?.len()).unwrap_or(u8::MAX),
            state: state_of(mark.as_ref()),
            handed_in_at: row.handed_in_at,
        });
    }
    Ok(rows)
}
