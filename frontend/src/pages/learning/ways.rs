//! Ways from the learner's home and from the map of a course to what they keep beside the lessons.

use crate::{
    i18n::{t, use_i18n},
    ui::{Icon, Symbol},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::ids::CourseId;

/// The wrong-answer book, if anything is in it, and the notes.
#[component]
pub(super) fn BesideLessons(
    /// How many exercises are in the book.
    mistakes: u32,
    /// The course whose part of it is shown; without one, all of it.
    #[prop(optional)]
    course: Option<CourseId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let of_course = course.map_or_else(String::new, |id| format!("?course={id}"));
    let book = format!("/learn/mistakes{of_course}");
    view! {
        <ul class="ways">
            {(mistakes > 0).then(|| view! {
                <li>
                    <A href=book>
                        <Icon symbol=Symbol::Flag />
                        <span class="num">{t!(i18n, learning.mistakes_way, count = mistakes)}</span>
                    </A>
                </li>
            })}
            <li>
                <A href=format!("/learn/notes{of_course}")>
                    <Icon symbol=Symbol::Form />
                    <span>{t!(i18n, learning.notes)}</span>
                </A>
            </li>
        </ul>
    }
}
