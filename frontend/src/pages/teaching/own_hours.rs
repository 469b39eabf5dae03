//! The class hours that a learner has, course by course.

use super::class::CourseLine;
use crate::{
    i18n::td_string,
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::Card,
};
use leptos::prelude::*;
use shared::teaching::CourseHours;

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
