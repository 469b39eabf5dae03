//! The learners of a class and their class hours, as a file.

use super::hours;
use crate::{
    access::{Actor, actions},
    exports::{self, Cell, Filter, List, Part},
    learning,
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    ids::{AccountId, ClassId},
    learning::MemberState,
    page::Page,
    teaching::{CourseHours, LearnerHours},
    time::Timestamp,
};
use std::collections::HashMap;

/// Which list it is.
const LIST: &str = "class_hours";

actions! {
    /// Take the class hours of a class away as a file.
    ExportClassHours(ClassId) = TakeAttendance;
}

/// Those who are in a class by name, with the hours of each in each course.
///
/// # Errors
/// `not-found` if the actor may not see the class, `forbidden` if they may but not its attendance.
pub(super) async fn export(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<HttpResponse> {
    let permit = learning::permit_class::<ExportClassHours>(cx, actor, id).await?;
    let learners = hours::of_class(cx, actor, id).await?;
    let members = learning::class_members(cx, id, Some(MemberState::In)).await?;
    let joined: HashMap<AccountId, Timestamp> =
        members.into_iter().map(|member| (member.account_id, member.joined_at)).collect();
    let class = Part { asked: id.to_string(), shown: learning::class(cx, id).await?.name };
    let mut list = List::new(LIST, &["name", "joined_on"], Filter::default().and("class", Some(class)));
    list.headers.extend(headers(&learners));
    let rows: Vec<_> = learners.iter().map(|learner| row(learner, &joined)).collect();
    exports::take(cx, &permit, list, async |_| Ok(Page { items: rows.clone(), next_cursor: None })).await
}

/// Four columns a course, which every learner of a class has in the same order.
fn headers(learners: &[LearnerHours]) -> Vec<String> {
    let courses = learners.first().map(|learner| learner.courses.as_slice()).unwrap_or_default();
    let of_course = |title: &str| {
        ["hours", "needed", "hours_online", "needed_together"].map(|column| format!("{title} {}", column_name(column)))
    };
    courses.iter().flat_map(|course| of_course(&course.course_title)).collect()
}

fn column_name(column: &str) -> &'static str {
    word(&format!("exports.column_{column}"))
}

fn row(learner: &LearnerHours, joined: &HashMap<AccountId, Timestamp>) -> Vec<Cell> {
    let joined_on = joined.get(&learner.account_id).map(|at| day(*at));
    let of_course = |course: &CourseHours| {
        [course.class_hours, course.needed.into(), course.online_class_hours, course.needed_together.into()]
    };
    let hours = learner.courses.iter().flat_map(of_course);
    [learner.display_name.clone().into(), joined_on.into()].into_iter().chain(hours.map(Cell::from)).collect()
}
