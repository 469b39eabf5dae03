//! Every course of the catalogue, for those who write.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, Look, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::CourseView;

lazy_page! {
    /// The page.
    CoursesPage = Courses in office;
}

#[component]
fn Courses() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let courses = LocalResource::new(move || client::get::<Vec<CourseView>>(actor, "/courses"));
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=Signal::derive(move || t_string!(i18n, learning.author_title).to_owned()) />
                <ButtonLink href="/courses/new" look=Look::Primary>{t!(i18n, learning.author_new)}</ButtonLink>
            </div>
            <AsyncView
                resource=courses
                is_empty=Vec::is_empty
                empty=Signal::derive(move || t_string!(i18n, learning.author_none).to_owned())
                let:courses
            >
                <ul class="card">{courses.into_iter().map(|course| view! { <Row course /> }).collect_view()}</ul>
            </AsyncView>
        </main>
    }
}

#[component]
fn Row(course: CourseView) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="course-row">
            <span class="num muted">{course.code}</span>
            <div>
                <A href=format!("/courses/{}", course.id) attr:class="row-link">{course.title}</A>
                <p class="muted small">{course.summary}</p>
            </div>
            {match course.published_version {
                Some(version) => {
                    view! { <Tag tone=Tone::Ok>{t!(i18n, learning.author_version)} " " {version}</Tag> }.into_any()
                }
                None => view! { <Tag>{t!(i18n, learning.author_unpublished)}</Tag> }.into_any(),
            }}
        </li>
    }
}
