//! How far each learner is, course by course: who needs a word from the tutor stands out.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card, ProgressBar, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{ClassLearner, ClassView, CourseStanding, Gate},
};

/// The part of the page.
#[component]
pub(super) fn Progress(class_id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let class: LocalResource<Outcome<ClassView>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}")).await });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.progress))>
            <p class="muted small">{t!(i18n, classes.progress_about)}</p>
            <AsyncView
                resource=class
                is_empty=|class: &ClassView| class.learners.is_empty()
                empty=words(|locale| td_string!(locale, classes.no_members))
                let:class
            >
                <ul class="rows">
                    {in_courses(class).into_iter().map(|(name, courses)| view! { <Learner name courses /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// The name of each learner, and how far they are in each course by its title.
fn in_courses(class: ClassView) -> Vec<(String, Vec<(String, CourseStanding)>)> {
    let titles: Vec<_> = class.courses.into_iter().map(|course| course.title).collect();
    let line = |learner: ClassLearner| (learner.display_name, titles.iter().cloned().zip(learner.standings).collect());
    class.learners.into_iter().map(line).collect()
}

#[component]
fn Learner(name: String, courses: Vec<(String, CourseStanding)>) -> impl IntoView {
    view! {
        <li>
            <b>{name}</b>
            <div class="hours">
                {courses.into_iter().map(|(title, standing)| view! { <Line title standing /> }).collect_view()}
            </div>
        </li>
    }
}

/// How far one learner is in one course.
#[component]
fn Line(title: String, standing: CourseStanding) -> impl IntoView {
    let i18n = use_i18n();
    let CourseStanding { task_points, completed, studied_minutes, gate } = standing;
    let percent = u8::try_from(u32::from(completed) * 100 / u32::from(task_points.max(1))).unwrap_or(100).min(100);
    let label = title.clone();
    view! {
        <div class="hours-line">
            <span class="small">{title}</span>
            <span class="small num">
                {move || t_string!(i18n, learning.task_points, completed = completed, all = task_points)}
                " · "
                {move || t_string!(i18n, learning.studied_minutes, minutes = studied_minutes)}
                {(gate == Gate::Open).then(|| view! { " " <Tag tone=Tone::Ok>{t!(i18n, classes.studied)}</Tag> })}
            </span>
            <ProgressBar percent label=Signal::stored(label) />
        </div>
    }
}
