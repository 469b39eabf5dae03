//! A class as those see it who follow its learners.

use super::{
    catalogue,
    classes::place_of,
    offers::{self, Offers},
    standing::Facts,
    store,
};
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

/// The class with its learners, and where they stand in its courses, each in the version that they study.
///
/// # Errors
/// If the store fails.
pub(super) async fn follow(cx: &Services, permit: &Permit<FollowClass>) -> AppResult<ClassView> {
    let id = *permit.target();
    let class = store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_class_courses(cx.db.read(), &[id]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.course_id).collect();
    let published = offers::published(cx, &ids).await?;
    let mut studied = Vec::with_capacity(rows.len());
    for row in rows {
        let offers = Offers::since(&published, row.course_id, row.course_version_id);
        let contents = offers.contents(cx).await?;
        studied.push((catalogue::course(cx, row.course_id).await?, offers, contents));
    }
    studied.sort_by(|(one, ..), (other, ..)| one.code.cmp(&other.code));
    let members = store::list_members(cx.db.read(), id).await?;
    let names = identity::names_of(cx, &members).await?;
    let mut facts = Facts::of_each(cx, &members, &ids).await?;
    let mut learners = Vec::with_capacity(members.len());
    for account_id in members {
        let facts = facts.remove(&account_id).unwrap_or_default();
        let mut standings = Vec::with_capacity(studied.len());
        for (course, offers, contents) in &studied {
            let at_hand = offers.at_hand(contents, course.id, &facts).ok_or_else(AppError::not_found)?;
            let content = catalogue::content(cx, at_hand.id).await?;
            standings.push(facts.standing(course.id, &content, &class.division));
        }
        let display_name = names.get(&account_id).cloned().unwrap_or_default();
        learners.push(ClassLearner { account_id, display_name, standings });
    }
    learners.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    let courses =
        studied.into_iter().map(|(course, ..)| ClassCourse { id: course.id, code: course.code, title: course.title });
    Ok(ClassView { id, name: class.name, courses: courses.collect(), learners })
}
