//! A class as those see it who follow its learners.

use super::{catalogue, classes::place_of, standing::Facts, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ClassId,
    learning::{ClassCourse, ClassLearner, ClassView},
    rights::Right,
};

actions! {
    /// Follow the learners of a class.
    FollowClass(ClassId) = FollowClass;
}

/// Lets the actor follow a class that lies at a place of theirs.
///
/// # Errors
/// `not-found` for everybody else.
pub(super) async fn permit_follow(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Permit<FollowClass>> {
    let class = store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::FollowClass], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// The class with its learners, and where they stand in its courses.
///
/// # Errors
/// If the store fails.
pub(super) async fn follow(cx: &Services, permit: &Permit<FollowClass>) -> AppResult<ClassView> {
    let id = *permit.target();
    let class = store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let (mut courses, mut contents) = (Vec::new(), Vec::new());
    for row in store::list_class_courses(cx.db.read(), &[id]).await? {
        courses.push(catalogue::course(cx, row.course_id).await?);
        contents.push((row.course_id, catalogue::content(cx, row.course_version_id).await?));
    }
    courses.sort_by(|one, other| one.code.cmp(&other.code));
    contents.sort_by_key(|(id, _)| courses.iter().position(|course| course.id == *id));
    let ids: Vec<_> = courses.iter().map(|course| course.id).collect();
    let members = store::list_members(cx.db.read(), id).await?;
    let names = identity::names_of(cx, &members).await?;
    let mut facts = Facts::of_each(cx, &members, &ids).await?;
    let mut learners: Vec<_> = members
        .into_iter()
        .map(|account_id| {
            let facts = facts.remove(&account_id).unwrap_or_default();
            ClassLearner {
                account_id,
                display_name: names.get(&account_id).cloned().unwrap_or_default(),
                standings: contents
                    .iter()
                    .map(|(course, content)| facts.standing(*course, content, &class.division))
                    .collect(),
            }
        })
        .collect();
    learners.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    let courses =
        courses.into_iter().map(|course| ClassCourse { id: course.id, code: course.code, title: course.title });
    Ok(ClassView { id, name: class.name, courses: courses.collect(), learners })
}
