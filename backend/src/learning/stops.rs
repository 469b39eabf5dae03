//! In which units of a course learners stop. No name and no small number leaves the store.

use super::{
    authoring::AuthorCourse,
    catalogue, offers,
    standing::{Facts, units},
    store,
};
use crate::{
    access::Permit,
    platform::{Services, error::AppResult},
};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    learning::{CourseContent, LastStudied, STOPPED_AFTER_DAYS, UnitStop, unit_stops},
    time::Timestamp,
};
use std::sync::Arc;

/// Seconds of a day.
const DAY_S: i64 = 24 * 60 * 60;
/// Learners whose study of the last unit is looked at together.
const TOGETHER: u64 = 500;

/// The units of the newest version in which learners stop, in order; none before the first publication.
///
/// # Errors
/// `not-found` if there is no such course.
pub(super) async fn list(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<Vec<UnitStop>> {
    let id = *permit.target();
    catalogue::course(cx, id).await?;
    let newest = catalogue::newest_published(cx, &[id]).await?;
    let Some((version_id, _)) = newest.get(&id) else { return Ok(Vec::new()) };
    let content = catalogue::content(cx, *version_id).await?;
    let Some(end) = End::of(cx, id, &content).await? else { return Ok(Vec::new()) };
    let before = cx.clock.now().plus_s(-STOPPED_AFTER_DAYS * DAY_S);
    let counts = store::count_last_studied(cx.db.read(), (id, end.id), before).await?;
    let count = |(unit_id, learners): (UnitId, i64)| LastStudied {
        unit_id,
        is_through: false,
        learners: u64::try_from(learners).unwrap_or_default(),
    };
    let mut last_studied: Vec<_> = counts.into_iter().map(count).collect();
    last_studied.extend(end.opened_by(cx, before).await?);
    Ok(unit_stops(&content, &last_studied))
}

/// The last unit of a course.
struct End {
    course_id: CourseId,
    id: UnitId,
    /// Every version of the course: who completed the unit as it stood in one is through.
    versions: Vec<Arc<CourseContent>>,
}

impl End {
    /// The last unit of a content; `None` if it has no unit.
    async fn of(cx: &Services, course_id: CourseId, content: &CourseContent) -> AppResult<Option<Self>> {
        let Some(id) = units(content).last().map(|unit| unit.id) else { return Ok(None) };
        let mut versions = Vec::new();
        for (version_id, ..) in offers::published(cx, &[course_id]).await? {
            versions.push(catalogue::content(cx, version_id).await?);
        }
        Ok(Some(Self { course_id, id, versions }))
    }

    /// What those studied last who have opened it, and whether they completed it as the learner's page says.
    async fn opened_by(&self, cx: &Services, before: Timestamp) -> AppResult<Vec<LastStudied>> {
        let (of_unit, mut found, mut after) = ((self.course_id, self.id), Vec::new(), None);
        loop {
            let rows = store::list_last_studied(cx.db.read(), of_unit, before, after, TOGETHER).await?;
            let Some((last, _)) = rows.last() else { return Ok(found) };
            after = Some(*last);
            let accounts: Vec<AccountId> = rows.iter().map(|(account_id, _)| *account_id).collect();
            let facts = Facts::of_unit_each(cx, &accounts, of_unit, cx.clock.now()).await?;
            found.extend(rows.into_iter().map(|(account_id, unit_id)| {
                let is_through = facts.get(&account_id).is_some_and(|facts| self.is_complete(facts));
                LastStudied { unit_id, is_through, learners: 1 }
            }));
        }
    }

    fn is_complete(&self, facts: &Facts) -> bool {
        let mut as_it_stood = self.versions.iter().flat_map(|content| units(content)).filter(|unit| unit.id == self.id);
        as_it_stood.any(|unit| facts.progress(unit).is_complete)
    }
}
