//! In which units of a course learners stop. No name and no small number leaves the store.

use super::{authoring::AuthorCourse, catalogue, store};
use crate::{
    access::Permit,
    platform::{Services, error::AppResult},
};
use shared::learning::{LastStudied, STOPPED_AFTER_DAYS, StudyRules, UnitStop, unit_stops};

/// Seconds of a day.
const DAY_S: i64 = 24 * 60 * 60;

/// The units of the newest version in which learners stop, in order; none before the first publication.
///
/// # Errors
/// `not-found` if there is no such course.
pub(super) async fn list(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<Vec<UnitStop>> {
    let id = *permit.target();
    catalogue::course(cx, id).await?;
    let newest = catalogue::newest_published(cx, &[id]).await?;
    let Some((version_id, _)) = newest.get(&id) else { return Ok(Vec::new()) };
    let before = cx.clock.now().plus_s(-STOPPED_AFTER_DAYS * DAY_S);
    let enough = i32::from(StudyRules::zhejiang_2022().read_enough_pct);
    let mut last_studied = Vec::new();
    for is_read in [false, true] {
        let counts = store::count_last_studied(cx.db.read(), id, before, (enough, is_read)).await?;
        last_studied.extend(counts.into_iter().map(|(unit_id, learners)| LastStudied {
            unit_id,
            is_read,
            learners: u64::try_from(learners).unwrap_or_default(),
        }));
    }
    Ok(unit_stops(&*catalogue::content(cx, *version_id).await?, &last_studied))
}
