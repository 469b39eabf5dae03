//! The catalogue of courses, and the contents of their published versions.

use super::{
    entity::course,
    store::{self, CourseFilter},
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    http::{decode_cursor, page},
};
use serde::Deserialize;
use shared::{
    ids::{CourseId, CourseVersionId},
    learning::{CourseContent, CourseLevel, CourseRole, CourseView, MAX_TITLE_CHARS},
    page::{Page, PageQuery},
};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Contents kept in memory at most.
const KEPT: usize = 200;

/// Contents of published versions. They never change, so a kept one is never wrong.
static CONTENTS: LazyLock<Mutex<HashMap<CourseVersionId, Arc<CourseContent>>>> = LazyLock::new(Mutex::default);

/// One course.
///
/// # Errors
/// `not-found` if there is none.
pub async fn course(cx: &Services, id: CourseId) -> AppResult<CourseView> {
    let row = store::find_course(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// Every course, by code; those without a published version too.
///
/// # Errors
/// If the store fails.
pub async fn courses(cx: &Services) -> AppResult<Vec<CourseView>> {
    views(cx, store::list_courses(cx.db.read()).await?).await
}

/// Which courses are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct CourseQuery {
    /// Part of their code or title.
    text: Option<String>,
    /// `true` for those with a published version alone.
    published: Option<bool>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// One page of the courses, by code; those without a published version for authors alone.
pub(super) async fn list(cx: &Services, query: CourseQuery, is_author: bool) -> AppResult<Page<CourseView>> {
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = CourseFilter {
        shelf: None,
        text: searched(query.text.as_deref())?,
        is_published: !is_author || query.published == Some(true),
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let rows = store::list_courses_by_code(cx.db.read(), filter).await?;
    let found = page(rows, &of_page, |row| row.code.clone());
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// What is looked for in codes and titles; `None` if nothing is.
///
/// # Errors
/// `too-long`.
pub(super) fn searched(text: Option<&str>) -> AppResult<Option<&str>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > MAX_TITLE_CHARS) {
        return Err(AppError::field("/text", "too-long"));
    }
    Ok(text)
}

/// A course, as other features know it.
#[derive(Clone, Debug)]
pub struct CourseHead {
    /// The course.
    pub id: CourseId,
    /// The title.
    pub title: String,
    /// Class hours that it has face to face.
    pub face_to_face_hours: u16,
}

/// These courses.
///
/// # Errors
/// If the store fails.
pub async fn course_heads(
    cx: &Services,
    ids: impl IntoIterator<Item = CourseId>,
) -> AppResult<HashMap<CourseId, CourseHead>> {
    let ids: Vec<_> = ids.into_iter().collect();
    let head = |row: course::Model| {
        let face_to_face_hours = u16::try_from(row.face_to_face_hours).unwrap_or_default();
        (row.id, CourseHead { id: row.id, title: row.title, face_to_face_hours })
    };
    Ok(store::list_courses_by_ids(cx.db.read(), &ids).await?.into_iter().map(head).collect())
}

async fn views(cx: &Services, rows: Vec<course::Model>) -> AppResult<Vec<CourseView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let newest = newest_published(cx, &ids).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let published = newest.get(&row.id);
        let modules = match published {
            Some((version, _)) => {
                content(cx, *version).await?.modules.iter().map(|module| module.title.clone()).collect()
            }
            None => Vec::new(),
        };
        views.push(view(row, published.map(|(_, number)| *number), modules)?);
    }
    Ok(views)
}

fn view(row: course::Model, published_version: Option<i32>, modules: Vec<String>) -> AppResult<CourseView> {
    Ok(CourseView {
        id: row.id,
        code: row.code,
        title: row.title,
        level: CourseLevel::parse(&row.level).ok_or_else(|| AppError::internal("unknown level of a course"))?,
        role: CourseRole::parse(&row.role).ok_or_else(|| AppError::internal("unknown role of a course"))?,
        class_hours: u16::try_from(row.class_hours).unwrap_or_default(),
        face_to_face_hours: u16::try_from(row.face_to_face_hours).unwrap_or_default(),
        summary: row.summary,
        published_version,
        modules,
    })
}

/// The newest published version of each of these courses, with its number.
pub(super) async fn newest_published(
    cx: &Services,
    courses: &[CourseId],
) -> AppResult<HashMap<CourseId, (CourseVersionId, i32)>> {
    let versions = store::list_published(cx.db.read(), courses).await?;
    Ok(versions.into_iter().map(|(id, course_id, number)| (course_id, (id, number))).collect())
}

/// The content of a published version.
pub(super) async fn content(cx: &Services, id: CourseVersionId) -> AppResult<Arc<CourseContent>> {
    if let Some(content) = CONTENTS.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(content.clone());
    }
    let text = store::find_content(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let content = Arc::new(parse(&text)?);
    let mut kept = CONTENTS.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(id, content.clone());
    Ok(content)
}

/// A content as it stands in the store.
pub(super) fn parse(text: &str) -> AppResult<CourseContent> {
    serde_json::from_str(text).map_err(AppError::internal)
}
