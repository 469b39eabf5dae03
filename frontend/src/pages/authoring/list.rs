//! Every course of the catalogue, for those who write.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client, when},
    ui::{AsyncView, ButtonLink, Card, Look, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{CourseView, WaitingReview};

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
            <Waiting />
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

/// The drafts that wait for a reviewer; nothing while none does.
#[component]
fn Waiting() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let reviews = LocalResource::new(move || client::get::<Vec<WaitingReview>>(actor, "/course_reviews"));
    let row = |review: WaitingReview| view! { <WaitingRow review /> };
    move || {
        let waiting = reviews.get().and_then(Result::ok).filter(|waiting| !waiting.is_empty())?;
        Some(view! {
            <Card title=Signal::derive(move || t_string!(i18n, learning.reviews_waiting).to_owned())>
                <ul>{waiting.into_iter().map(row).collect_view()}</ul>
            </Card>
        })
    }
}

#[component]
fn WaitingRow(review: WaitingReview) -> impl IntoView {
    let i18n = use_i18n();
    let WaitingReview { course_id, code, title, submitted_by_name, submitted_at, is_own } = review;
    let submitted = move || {
        let time = when::date_time(i18n.get_locale(), submitted_at);
        t_string!(i18n, learning.review_waiting, name = submitted_by_name.clone(), time = time)
    };
    let href = if is_own { format!("/courses/{course_id}") } else { format!("/courses/{course_id}/review") };
    view! {
        <li class="course-row">
            <span class="num muted">{code}</span>
            <div>
                <A href attr:class="row-link">{title}</A>
                <p class="muted small">{submitted}</p>
            </div>
            {match is_own {
                true => view! { <Tag>{t!(i18n, learning.review_mine)}</Tag> }.into_any(),
                false => view! { <Tag tone=Tone::Wait>{t!(i18n, learning.review_begin)}</Tag> }.into_any(),
            }}
        </li>
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
