//! The versions of a course that learners of a class may study, and which of them each one does (`version_at_hand`).

use super::{catalogue, standing::Facts, store};
use crate::platform::{Services, error::AppResult};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{CourseId, CourseVersionId},
    learning::{CourseContent, OfferedVersion, Unit, version_at_hand},
    time::Timestamp,
};
use std::sync::Arc;

/// A published version: its id, its course, its number, and when it was published.
pub(super) type Published = (CourseVersionId, CourseId, i32, Timestamp);

/// What is published of these courses, ascending by number.
pub(super) async fn published(cx: &Services, courses: &[CourseId]) -> AppResult<Vec<Published>> {
    published_in(cx.db.read(), courses).await
}

/// The same as `conn` sees it.
pub(super) async fn published_in(conn: &impl ConnectionTrait, courses: &[CourseId]) -> AppResult<Vec<Published>> {
    store::list_publications(conn, courses).await
}

/// A version that learners may study.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    pub(super) id: CourseVersionId,
    pub(super) number: i32,
    published_at: Timestamp,
}

/// The versions of one course that learners of a class may study: the one with which it began, and all newer ones.
pub(super) struct Offers(Vec<Offer>);

impl Offers {
    /// Of what is published of a course, from the version with which the class began.
    pub(super) fn since(published: &[Published], course_id: CourseId, begun_with: CourseVersionId) -> Self {
        let of_course = published.iter().filter(|(_, course, ..)| *course == course_id);
        let since = of_course.skip_while(|(id, ..)| *id != begun_with);
        Self(since.map(|(id, _, number, at)| Offer { id: *id, number: *number, published_at: *at }).collect())
    }

    /// Whether there is anything to choose.
    pub(super) fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The first: the one with which the class began.
    pub(super) fn first(&self) -> Option<Offer> {
        self.0.first().copied()
    }

    /// All of them, the newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = Offer> {
        self.0.iter().rev().copied()
    }

    /// What they hold.
    pub(super) async fn contents(&self, cx: &Services) -> AppResult<Vec<Arc<CourseContent>>> {
        let mut contents = Vec::with_capacity(self.0.len());
        for offer in &self.0 {
            contents.push(catalogue::content(cx, offer.id).await?);
        }
        Ok(contents)
    }

    /// The one that a learner with these facts studies, of these `contents`.
    pub(super) fn at_hand(&self, contents: &[Arc<CourseContent>], course_id: CourseId, facts: &Facts) -> Option<Offer> {
        self.0.get(self.place_at_hand(contents, course_id, facts)).copied()
    }

    /// What it holds.
    pub(super) fn content_at_hand<'a>(
        &self,
        contents: &'a [Arc<CourseContent>],
        course_id: CourseId,
        facts: &Facts,
    ) -> Option<&'a CourseContent> {
        contents.get(self.place_at_hand(contents, course_id, facts)).map(|content| &**content)
    }

    fn place_at_hand(&self, contents: &[Arc<CourseContent>], course_id: CourseId, facts: &Facts) -> usize {
        let offered = self.0.iter().zip(contents);
        let offered: Vec<_> =
            offered.map(|(offer, content)| OfferedVersion { published_at: offer.published_at, content }).collect();
        let completed_at = |unit: &Unit| facts.completed_at(unit);
        version_at_hand(&offered, facts.begun(course_id), completed_at, &facts.study_rules(course_id))
    }
}
