//! Ways from the learner's home and from the map of a course to what they keep beside the lessons.

use crate::{
    i18n::{t, use_i18n},
    ui::{Icon, Symbol},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::ids::CourseId;

/// The way to the wrong-answer book; nothing while it is empty.
#[component]
pub(super) fn MistakesWay(
    /// How many exercises are in it.
    count: u32,
    /// The course whose part of it is shown; without one, all of it.
    #[prop(optional)]
    course: Option<CourseId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let href = course.map_or_else(|| "/learn/mistakes".to_owned(), |id| format!("/learn/mistakes?course={id}"));
    (count > 0).then(|| {
        view! {
            <ul class="ways">
                <li>
                    <A href>
                        <Icon symbol=Symbol::Flag />
                        <span class="num">{t!(i18n, learning.mistakes_way, count = count)}</span>
                    </A>
                </li>
            </ul>
        }
    })
}
