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

/// The class hours of one course in a line, those of lessons online apart; nothing for a course without either.
#[component]
pub(in crate::pages) fn OwnCourseHours(course_id: CourseId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let hours = LocalResource::new(move || client::get::<Vec<CourseHours>>(actor, "/me/class_hours"));
    move || {
        // The page is about the units; without the hours it says a little less.
        let hours = hours.get()?.ok()?;
        let of_course = hours.into_iter().find(|hours| hours.course_id == course_id)?;
        let CourseHours { class_hours, online_class_hours, needed, .. } = of_course;
        (needed > 0 || online_class_hours > 0).then(|| {
            view! {
                <p class="muted small num">
                    {(needed > 0)
                        .then(|| view! {
                            <span>{t!(i18n, classes.face_to_face, hours = class_hours, needed = needed)}</span>
                        })}
                    " "
                    {(online_class_hours > 0)
                        .then(|| view! {
                            <span>{t!(i18n, classes.hours_online, hours = online_class_hours)}</span>
                        })}
                </p>
            }
        })
    }
}
