//! The class hours that a learner has, course by course.

use super::class::CourseLine;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::Card,
};
use leptos::prelude::*;
use shared::{ids::CourseId, teaching::CourseHours};

/// The card; nothing for who studies nothing face to face.
#[component]
pub(in crate::pages) fn OwnHours() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let hours = LocalResource::new(move || client::get::<Vec<CourseHours>>(actor, "/me/class_hours"));
    move || {
        // The page is about the diploma; without the hours it says a little less.
        let hours = hours.get()?.ok().filter(|hours| !hours.is_empty())?;
        Some(view! {
            <Card title=words(|locale| td_string!(locale, classes.own_hours))>
                <div class="hours">
                    {hours.into_iter().map(|course| view! { <CourseLine course /> }).collect_view()}
                </div>
            </Card>
        })
    }
}

/// The class hours of one course in a line; nothing for a course that has none face to face.
#[component]
pub(in crate::pages) fn OwnCourseHours(course_id: CourseId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let hours = LocalResource::new(move || client::get::<Vec<CourseHours>>(actor, "/me/class_hours"));
    move || {
        // The page is about the units; without the hours it says a little less.
        let hours = hours.get()?.ok()?;
        let CourseHours { class_hours, needed, .. } = hours.into_iter().find(|hours| hours.course_id == course_id)?;
        (needed > 0).then(|| {
            view! {
                <p class="muted small num">{t!(i18n, classes.face_to_face, hours = class_hours, needed = needed)}</p>
            }
        })
    }
}
