//! The exercises of a class's courses, of which a quiz takes some: those of the newest version that the class may study.

use super::QuizItem;
use crate::{
    learning::{
        catalogue,
        entity::class_course,
        offers::{self, Offers},
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{ClassId, CourseId},
    item_bank::Item,
    learning::{CourseContent, Module, QuizCourse, QuizExercise, QuizPick, QuizUnit, Unit, may_be_quizzed},
};
use std::sync::Arc;

/// What a quiz of the class can take, course by course.
pub(super) async fn exercises(cx: &Services, class_id: ClassId) -> AppResult<Vec<QuizCourse>> {
    let rows = store::list_class_courses(cx.db.read(), &[class_id]).await?;
    let mut heads = catalogue::course_heads(cx, rows.iter().map(|row| row.course_id)).await?;
    let mut courses = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(content) = newest(cx, row).await? else { continue };
        let title = heads.remove(&row.course_id).map(|head| head.title).unwrap_or_default();
        courses.push(QuizCourse { course_id: row.course_id, title, units: quiz_units(&content) });
    }
    courses.sort_by(|one, other| one.title.cmp(&other.title));
    Ok(courses)
}

/// What a course of the class holds; `None` if the class does not study it.
pub(super) async fn content(
    cx: &Services,
    class_id: ClassId,
    course_id: CourseId,
) -> AppResult<Option<Arc<CourseContent>>> {
    let rows = store::list_class_courses(cx.db.read(), &[class_id]).await?;
    match rows.iter().find(|row| row.course_id == course_id) {
        Some(row) => newest(cx, row).await,
        None => Ok(None),
    }
}

async fn newest(cx: &Services, row: &class_course::Model) -> AppResult<Option<Arc<CourseContent>>> {
    let published = offers::published(cx, &[row.course_id]).await?;
    let offers = Offers::since(&published, row.course_id, row.course_version_id);
    let newest = offers.newest_first().next();
    match newest {
        Some(offer) => Ok(Some(catalogue::content(cx, offer.id).await?)),
        None => Ok(None),
    }
}

/// The exercises that were picked, as they are.
///
/// # Errors
/// `not-found` or `wrong-type` at the field `/picks` if one of them is not there, or has to be read by a person.
pub(super) fn picked(content: &CourseContent, picks: &[QuizPick]) -> AppResult<Vec<QuizItem>> {
    let item = |pick: &QuizPick| -> AppResult<QuizItem> {
        let unit = content.modules.iter().flat_map(|module| &module.units).find(|unit| unit.id == pick.unit_id);
        let found = unit.and_then(|unit| Some((unit, unit.exercises.get(usize::from(pick.exercise))?)));
        let (unit, item) = found.ok_or_else(|| AppError::field("/picks", "not-found"))?;
        if !is_open(item) {
            return Err(AppError::field("/picks", "wrong-type"));
        }
        Ok(QuizItem { unit_id: unit.id, unit_title: unit.title.clone(), item: item.clone() })
    };
    picks.iter().map(item).collect()
}

fn is_open(item: &Item) -> bool {
    may_be_quizzed(&item.body)
}

fn quiz_units(content: &CourseContent) -> Vec<QuizUnit> {
    let units = content.modules.iter().flat_map(|module| module.units.iter().map(move |unit| (module, unit)));
    units.map(|(module, unit)| quiz_unit(module, unit)).filter(|unit| !unit.exercises.is_empty()).collect()
}

fn quiz_unit(module: &Module, unit: &Unit) -> QuizUnit {
    let exercises = (0..).zip(&unit.exercises).filter(|(_, item)| is_open(item));
    let exercise =
        |(exercise, item): (u16, &Item)| QuizExercise { exercise, kind: item.body.kind(), stem: item.stem.clone() };
    QuizUnit {
        unit_id: unit.id,
        module_title: module.title.clone(),
        title: unit.title.clone(),
        exercises: exercises.map(exercise).collect(),
    }
}
