//! What topics of a class may be about: the units of its courses.

use crate::{
    learning::{
        catalogue,
        offers::{self, Offers},
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ClassId,
    learning::{ClassUnits, NewTopic, UnitName},
};

/// The units of a class, course by course, as the newest version of each has them.
pub(super) async fn list(cx: &Services, id: ClassId) -> AppResult<Vec<ClassUnits>> {
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.course_id).collect();
    let published = offers::published(cx, &ids).await?;
    let heads = catalogue::course_heads(cx, ids).await?;
    let mut courses = Vec::with_capacity(rows.len());
    for row in rows {
        let offers = Offers::since(&published, row.course_id, row.course_version_id);
        let newest = offers.newest_first().next().map_or(row.course_version_id, |offer| offer.id);
        let content = catalogue::content(cx, newest).await?;
        let units = content.modules.iter().flat_map(|module| &module.units);
        courses.push(ClassUnits {
            course_id: row.course_id,
            course_title: heads.get(&row.course_id).map(|head| head.title.clone()).unwrap_or_default(),
            units: units.map(UnitName::of).collect(),
        });
    }
    courses.sort_by(|one, other| one.course_title.cmp(&other.course_title));
    Ok(courses)
}

/// The title of the unit that a topic is about, if it is about one.
///
/// # Errors
/// The field `/course_id` if the class does not study it, `/unit_id` if the course does not have it.
pub(super) async fn title(cx: &Services, class_id: ClassId, topic: &NewTopic) -> AppResult<Option<String>> {
    let Some(course_id) = topic.course_id else { return Ok(None) };
    let courses = list(cx, class_id).await?;
    let course = courses.into_iter().find(|course| course.course_id == course_id);
    let course = course.ok_or_else(|| AppError::field("/course_id", "not-found"))?;
    let Some(unit_id) = topic.unit_id else { return Ok(None) };
    let unit = course.units.into_iter().find(|unit| unit.id == unit_id);
    unit.map(|unit| Some(unit.title)).ok_or_else(|| AppError::field("/unit_id", "not-found"))
}
