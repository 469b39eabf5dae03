//! `/public/courses`: the published courses, for anybody. Neither drafts nor exercises, and of the lessons the
//! sample alone.

use super::{
    catalogue::{content, newest_published, searched},
    course_rules::kept::{CourseRules, rules_of},
    entity::course,
    standing::units,
    store::{self, CourseFilter},
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    http::{Query, Routes, decode_cursor, kept_by_caches, page},
    markdown,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use serde::Deserialize;
use shared::{
    dated_rules::DatedRule,
    ids::{CourseId, CourseVersionId},
    learning::{
        CatalogueCourse, CatalogueModule, CatalogueRow, CatalogueShelf, CatalogueUnit, CourseContent, CourseCredits,
        CourseKind, CourseLevel, CourseRole, CourseRule, LessonSample, Unit, course_rule_on,
    },
    media::picture_path,
    page::{Page, PageQuery},
    problem::Problem,
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_catalogue).service(get_catalogue_course);
}

/// Which courses are looked for.
#[derive(Deserialize, utoipa::IntoParams)]
struct CatalogueFilter {
    /// Where they stand.
    shelf: Option<CatalogueShelf>,
    /// Part of their title or code.
    text: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// The published courses, by code.
#[utoipa::path(tag = "learning", params(CatalogueFilter), responses(
    (status = 200, body = Page<CatalogueRow>), (status = 304), (status = 422, body = Problem)))]
#[get("/public/courses")]
async fn list_catalogue(
    request: HttpRequest,
    cx: Data<Services>,
    filter: Query<CatalogueFilter>,
) -> AppResult<HttpResponse> {
    kept_by_caches(&request, &list(&cx, filter.into_inner()).await?)
}

/// One published course: what it is about, its modules and units by title, and a sample if its author allows it.
#[utoipa::path(tag = "learning", params(("code" = String, Path)), responses(
    (status = 200, body = CatalogueCourse), (status = 304), (status = 404, body = Problem)))]
#[get("/public/courses/{code}")]
async fn get_catalogue_course(request: HttpRequest, cx: Data<Services>, code: Path<String>) -> AppResult<HttpResponse> {
    kept_by_caches(&request, &one(&cx, &code).await?)
}

/// The newest published version of a course.
struct Published {
    row: course::Model,
    number: i32,
    at: Timestamp,
    content: Arc<CourseContent>,
    /// What the course is today.
    rule: CourseRule,
}

async fn list(cx: &Services, wanted: CatalogueFilter) -> AppResult<Page<CatalogueRow>> {
    let of_page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let filter = CourseFilter {
        shelf: wanted.shelf,
        text: searched(wanted.text.as_deref())?,
        is_published: true,
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let rows = store::list_courses_by_code(cx.db.read(), filter).await?;
    let found = page(rows, &of_page, |row| row.code.clone());
    let items = published(cx, found.items).await?.into_iter().map(row).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

async fn one(cx: &Services, code: &str) -> AppResult<CatalogueCourse> {
    let found = store::find_course_by_code(cx.db.read(), code).await?.ok_or_else(AppError::not_found)?;
    let course = published(cx, vec![found]).await?.pop().ok_or_else(AppError::not_found)?;
    let content = course.content.clone();
    Ok(CatalogueCourse {
        course: row(course)?,
        goals_html: markdown::render(&content.about.goals),
        modules: modules(&content),
        sample: sample(&content),
    })
}

/// Those of the courses that are published.
async fn published(cx: &Services, rows: Vec<course::Model>) -> AppResult<Vec<Published>> {
    let ids: Vec<CourseId> = rows.iter().map(|row| row.id).collect();
    let newest = newest_published(cx, &ids).await?;
    let versions: Vec<CourseVersionId> = newest.values().map(|(version, _)| *version).collect();
    let dates: HashMap<_, _> = store::list_published_at(cx.db.read(), &versions).await?.into_iter().collect();
    let CourseRules { entered, approved, .. } = rules_of(cx.db.read(), &ids).await?;
    let (rules, today) = ([entered, approved].concat(), cx.clock.now().date_in_china());
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(rule) = course_rule_on(&rules, row.id, today).copied() else { continue };
        let Some((version, number)) = newest.get(&row.id).copied() else { continue };
        let Some(at) = dates.get(&version).copied().flatten() else { continue };
        found.push(Published { row, number, at, content: content(cx, version).await?, rule });
    }
    Ok(found)
}

fn row(course: Published) -> AppResult<CatalogueRow> {
    let Published { row, number, at, content, rule } = course;
    let level = CourseLevel::parse(&row.level).ok_or_else(|| AppError::internal("unknown level of a course"))?;
    let kind = CourseKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown kind of a course"))?;
    let goals = markdown::render(&content.about.goals);
    Ok(CatalogueRow {
        code: row.code,
        title: row.title,
        shelf: CatalogueShelf::of(level, kind),
        role: CourseRole::parse(&row.role).ok_or_else(|| AppError::internal("unknown role of a course"))?,
        class_hours: rule.class_hours,
        face_to_face_hours: rule.face_to_face_hours,
        credits: CourseCredits { credits: rule.credits, region: rule.region(), valid_from: rule.valid_from },
        summary: row.summary,
        picture: markdown::pictures_in(&goals).next().map(picture_path),
        textbook: content.about.textbook.clone(),
        standard_year: content.about.standard_year,
        version: number,
        published_at: at,
        task_points: count(units(&content).count()),
        exercises: count(units(&content).map(|unit| unit.exercises.len()).sum()),
    })
}

fn count(how_many: usize) -> u16 {
    u16::try_from(how_many).unwrap_or(u16::MAX)
}

fn modules(content: &CourseContent) -> Vec<CatalogueModule> {
    let unit = |unit: &Unit| CatalogueUnit {
        title: unit.title.clone(),
        minutes: unit.minutes,
        exercises: count(unit.exercises.len()),
    };
    let modules = content.modules.iter();
    modules
        .map(|module| CatalogueModule { title: module.title.clone(), units: module.units.iter().map(unit).collect() })
        .collect()
}

/// The first lesson, if anybody may read it.
fn sample(content: &CourseContent) -> Option<LessonSample> {
    let first = units(content).next().filter(|_| content.about.is_sample_open)?;
    Some(LessonSample { title: first.title.clone(), html: markdown::render_lesson(&first.body) })
}
