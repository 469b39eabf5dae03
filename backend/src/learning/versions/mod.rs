//! The versions of a course, and what changed between them.

pub(super) mod routes;

use super::{
    authoring::AuthorCourse,
    catalogue::{content, parse},
    store,
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use actix_web::web::block;
use serde::Deserialize;
use shared::{
    ids::{CourseId, CourseVersionId},
    learning::{CourseContent, CourseDifference, CourseVersionView, course_difference},
    time::Timestamp,
};
use std::sync::Arc;

/// What is compared with what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct DifferenceQuery {
    /// Number of the version before; the one that was published before the other, unless told.
    from: Option<i32>,
    /// Number of the version after; the draft, unless told.
    to: Option<i32>,
}

/// A published version, without its content.
struct Publication {
    id: CourseVersionId,
    number: i32,
    at: Timestamp,
}

/// What is published of a course, the first version first.
async fn publications(cx: &Services, id: CourseId) -> AppResult<Vec<Publication>> {
    store::find_course(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_publications(cx.db.read(), &[id]).await?;
    Ok(rows.into_iter().map(|(id, _, number, at)| Publication { id, number, at }).collect())
}

/// The published versions of a course, the newest first.
async fn list(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<Vec<CourseVersionView>> {
    let published = publications(cx, *permit.target()).await?;
    let view = |one: &Publication| CourseVersionView { number: one.number, published_at: one.at };
    Ok(published.iter().rev().map(view).collect())
}

/// What changed from one version to another, or to the draft.
///
/// # Errors
/// `not-found` if there is no such version.
async fn difference(
    cx: &Services,
    permit: &Permit<AuthorCourse>,
    wanted: &DifferenceQuery,
) -> AppResult<CourseDifference> {
    let published = publications(cx, *permit.target()).await?;
    let numbered = |number: i32| published.iter().find(|one| one.number == number).ok_or_else(AppError::not_found);
    let to = wanted.to.map(numbered).transpose()?;
    let from = match wanted.from {
        Some(number) => Some(numbered(number)?),
        None => published.iter().rfind(|one| to.is_none_or(|to| one.number < to.number)),
    };
    let old = match from {
        Some(from) => content(cx, from.id).await?,
        None => Arc::new(CourseContent::default()),
    };
    let new = match to {
        Some(to) => content(cx, to.id).await?,
        None => {
            let row = store::find_draft(cx.db.read(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
            Arc::new(parse(&row.content)?)
        }
    };
    let (from, to) = (from.map(|one| one.number), to.map(|one| one.number));
    block(move || course_difference((from, &old), (to, &new))).await.map_err(AppError::internal)
}
