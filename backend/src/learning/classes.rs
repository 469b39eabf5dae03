//! Classes: a provider, some courses at one version each, and learners.

use super::{
    entity::{class, class_course, class_member},
    store,
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{
    ids::{AccountId, ClassId, CourseId, CourseVersionId, ProviderId},
    learning::CourseContent,
};
use std::sync::Arc;

/// Opens a class of a provider that studies the newest published versions of these courses.
///
/// # Errors
/// `wrong-state` if one of them has none.
pub async fn open_class(
    cx: &Services,
    tx: &Tx,
    provider_id: ProviderId,
    name: &str,
    form: &str,
    courses: &[CourseId],
) -> AppResult<ClassId> {
    let id: ClassId = cx.ids.new_id();
    let row = class::Model { id, provider_id, name: name.to_owned(), form: form.to_owned(), created_at: tx.now() };
    store::insert_class(tx.conn(), row).await?;
    for course_id in courses {
        let versions = store::list_published(tx.conn(), &[*course_id]).await?;
        let (course_version_id, ..) =
            versions.last().ok_or(AppError::Problem(shared::problem::ProblemCode::WrongState))?;
        let row = class_course::Model { class_id: id, course_id: *course_id, course_version_id: *course_version_id };
        store::insert_class_course(tx.conn(), row).await?;
    }
    Ok(id)
}

/// Adds a learner to a class. Repeating it changes nothing.
///
/// # Errors
/// If the store fails.
pub async fn join_class(tx: &Tx, class_id: ClassId, account_id: AccountId) -> AppResult<()> {
    store::insert_member(tx.conn(), class_member::Model { class_id, account_id, joined_at: tx.now() }).await
}

/// The provider in whose class a learner studies a course.
///
/// # Errors
/// If the store fails.
pub async fn provider_of(cx: &Services, account_id: AccountId, course_id: CourseId) -> AppResult<Option<ProviderId>> {
    let studied = studied(cx, account_id).await?;
    Ok(studied.into_iter().find(|studied| studied.course_id == course_id).map(|studied| studied.class.provider_id))
}

/// A course that a learner studies.
pub(super) struct Studied {
    /// The course.
    pub(super) course_id: CourseId,
    /// The version that the class studies.
    pub(super) version_id: CourseVersionId,
    /// The class.
    pub(super) class: class::Model,
}

impl Studied {
    /// What is studied.
    pub(super) async fn content(&self, cx: &Services) -> AppResult<Arc<CourseContent>> {
        super::catalogue::content(cx, self.version_id).await
    }
}

/// The courses that a learner studies; one that several classes study, in the class joined first.
pub(super) async fn studied(cx: &Services, account_id: AccountId) -> AppResult<Vec<Studied>> {
    let classes = store::list_classes_of(cx.db.read(), account_id).await?;
    let ids: Vec<_> = classes.iter().map(|class| class.id).collect();
    let courses = store::list_class_courses(cx.db.read(), &ids).await?;
    let mut studied: Vec<Studied> = Vec::with_capacity(courses.len());
    for class in classes {
        for row in courses.iter().filter(|row| row.class_id == class.id) {
            if studied.iter().all(|earlier| earlier.course_id != row.course_id) {
                let (course_id, version_id) = (row.course_id, row.course_version_id);
                studied.push(Studied { course_id, version_id, class: class.clone() });
            }
        }
    }
    Ok(studied)
}
