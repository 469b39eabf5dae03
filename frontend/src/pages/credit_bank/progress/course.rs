//! One course on the way to the diploma.

use super::stage::{STEPS, Stage};
use crate::{
    i18n::{t, use_i18n},
    ui::{ButtonLink, Stepper, Tag, Tone},
};
use leptos::prelude::*;
use shared::credit_bank::CourseTowardsDiploma;

/// The steps of the course, where it stands, and the way on.
#[component]
pub(super) fn CourseCard(
    /// The course.
    course: CourseTowardsDiploma,
    /// How far it has come.
    stage: Stage,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("course-{}", course.course_id);
    let labelled_by = heading.clone();
    let (position, way) = (stage.position(), stage.way(course.course_id));
    let steps = move || STEPS.map(|name| name(i18n.get_locale()).to_owned()).to_vec();
    let words = move || stage.sentence(i18n.get_locale());
    view! {
        <section class="card stack course-way" aria-labelledby=labelled_by>
            <div class="row spread">
                <h3 id=heading>{course.course_title}</h3>
                {course.is_counted.then(|| view! { <Tag tone=Tone::Credit>{t!(i18n, credit_bank.is_counted)}</Tag> })}
            </div>
            {position.map(|current| view! { <Stepper steps=Signal::derive(steps) current /> })}
            <p>{words}</p>
            {way.map(|(href, words)| view! { <ButtonLink href>{move || words(i18n.get_locale())}</ButtonLink> })}
        </section>
    }
}
