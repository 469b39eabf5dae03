//! The end of a unit: what is still missing, and the way on.

use super::reading::Reading;
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::learning::{standing::standing_sentence, unit_facts::still_to_do},
    platform::{actor::Actor, client},
    ui::{ButtonLink, Icon, Look, Notice, Symbol, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::{CourseId, UnitId},
    learning::{Gate, MyCourseMap},
};

/// What is left of the unit, and where to go from here.
#[component]
pub(super) fn Ending(
    /// The opened unit.
    reading: Reading,
    /// Its course.
    course_id: CourseId,
    /// The unit after this one.
    next: Option<UnitId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let progress = reading.progress();
    let is_complete = Memo::new(move |_| progress.with(|progress| progress.is_complete));
    view! {
        <section class="card stack" aria-labelledby="ending">
            <h2 id="ending">
                {move || if is_complete.get() {
                    t_string!(i18n, learning.unit_complete)
                } else {
                    t_string!(i18n, learning.still_title)
                }}
            </h2>
            <Show
                when=move || is_complete.get()
                fallback=move || view! {
                    <p>{move || progress.with(|progress| still_to_do(i18n.get_locale(), progress))}</p>
                }
            >
                <CourseNow course_id />
            </Show>
            <div class="row">
                {next.map(|next| view! {
                    <ButtonLink href=format!("/learn/units/{next}") look=Look::Primary>
                        {t!(i18n, learning.next_unit)}
                        <Icon symbol=Symbol::Forward />
                    </ButtonLink>
                })}
                <ButtonLink href=format!("/learn/courses/{course_id}")>{t!(i18n, learning.to_map)}</ButtonLink>
            </div>
        </section>
    }
}

/// Where the learner now stands in the course; with the way to the test if it is open.
#[component]
fn CourseNow(course_id: CourseId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let map = LocalResource::new(move || async move {
        client::get::<MyCourseMap>(actor, &format!("/me/courses/{course_id}")).await
    });
    // The unit is complete whether or not this can be fetched, and the map is one tap away.
    move || {
        let standing = map.get()?.ok()?.course.standing;
        let is_open = standing.gate == Gate::Open;
        let sentence = move || standing_sentence(i18n.get_locale(), &standing);
        Some(if is_open {
            view! {
                <Notice tone=Tone::Ok><p>{sentence}</p></Notice>
                <ButtonLink href="/exams">{t!(i18n, learning.register)}</ButtonLink>
            }
            .into_any()
        } else {
            view! { <p>{sentence}</p> }.into_any()
        })
    }
}
