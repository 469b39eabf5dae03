//! Ways from the learner's home and from the map of a course to what they keep beside the lessons.

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Icon, Symbol},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{ids::CourseId, learning::UnitToCorrect};

/// What teachers returned to be corrected; the answers that the learner has not read, or all that they asked; the wrong-answer book, if anything is in it; and
/// the notes.
#[component]
pub(super) fn BesideLessons(
    /// How many exercises are in the book.
    mistakes: u32,
    /// How many answers of teachers wait to be read.
    answers: u32,
    /// Units with assignments that teachers returned.
    to_correct: Vec<UnitToCorrect>,
    /// The course whose part of it is shown; without one, all of it.
    #[prop(optional)]
    course: Option<CourseId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let of_course = course.map_or_else(String::new, |id| format!("?course={id}"));
    let (book, asked) = (format!("/learn/mistakes{of_course}"), format!("/learn/inquiries{of_course}"));
    let asked_words = move || match answers {
        0 => t_string!(i18n, learning.inquiries).to_owned(),
        answers => t_string!(i18n, learning.answers_way, count = answers),
    };
    let correction = move |UnitToCorrect { id, title }: UnitToCorrect| {
        view! {
            <li>
                <A href=format!("/learn/units/{id}")>
                    <Icon symbol=Symbol::Warning />
                    <span>{move || t_string!(i18n, learning.to_correct_way, unit = title.clone())}</span>
                </A>
            </li>
        }
    };
    let asked_symbol = if answers > 0 { Symbol::Check } else { Symbol::Pencil };
    view! {
        <ul class="ways">
            {to_correct.into_iter().map(correction).collect_view()}
            <li>
                <A href=asked>
                    <Icon symbol=asked_symbol />
                    <span class="num">{asked_words}</span>
                </A>
            </li>
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
