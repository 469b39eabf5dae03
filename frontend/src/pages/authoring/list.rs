//! Every course of the catalogue, for those who write.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{Button, ButtonLink, Card, Field, Icon, Look, PageHeading, Paged, PagedView, Symbol, Tag, TextInput, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    learning::{CourseView, WaitingReview},
    page::Page,
};

lazy_page! {
    /// The page.
    CoursesPage = Courses in office;
}

#[component]
fn Courses() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let wanted = RwSignal::new(String::new());
    let courses = Paged::new(move |cursor| {
        let asked = query(&[("text", Some(wanted.get_untracked())), ("cursor", cursor)]);
        async move {
            let page: Outcome<Page<CourseView>> = client::get(actor, &format!("/courses?{asked}")).await;
            page
        }
    });
    Effect::watch(move || wanted.get(), move |_, _, _| courses.reload(), false);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=Signal::derive(move || t_string!(i18n, learning.author_title).to_owned()) />
                <ButtonLink href="/courses/new" look=Look::Primary>{t!(i18n, learning.author_new)}</ButtonLink>
            </div>
            <Waiting />
            <Search wanted />
            <PagedView
                paged=courses
                empty=Signal::derive(move || t_string!(i18n, learning.author_none).to_owned())
            >
                <ul class="card">
                    <For
                        each=move || courses.rows().get()
                        key=|course: &CourseView| (course.id, course.published_version)
                        let:course
                    >
                        <Row course />
                    </For>
                </ul>
            </PagedView>
        </main>
    }
}

/// Looks for words of a title or code when they are sent.
#[component]
fn Search(wanted: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wanted.set(typed.with_untracked(|typed| typed.trim().to_owned()));
    };
    view! {
        <form class="row search" role="search" novalidate on:submit=send>
            <Field id="text" label=Signal::derive(move || t_string!(i18n, catalogue.search_label).to_owned())>
                <TextInput value=typed kind="search" />
            </Field>
            <Button is_submit=true>
                <Icon symbol=Symbol::Search />
                {t!(i18n, catalogue.search)}
            </Button>
        </form>
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
