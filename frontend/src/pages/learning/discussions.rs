//! 班级讨论: the topics of the learner's classes, on a page of their own, on the home and at the units that they are
//! about.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{discussion::TopicLine, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{Card, PageHeading, Paged, PagedView},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::UnitId,
    learning::{MyTopic, UnreadPosts},
    page::Page,
};

lazy_page! {
    /// The page.
    MyDiscussionsPage = MyDiscussions in study;
}

#[component]
fn MyDiscussions() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let topics = Paged::new(move |cursor| {
        let path = format!("/me/discussions?{}", query(&[("cursor", cursor)]));
        async move {
            let page: Outcome<Page<MyTopic>> = client::get(actor, &path).await;
            page
        }
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, discussion.title)) />
            <p class="muted">{t!(i18n, discussion.about)}</p>
            <PagedView paged=topics empty=words(|locale| td_string!(locale, discussion.none))>
                <ul class="rows card">
                    <For each=move || topics.rows().get() key=|told: &MyTopic| told.topic.id let:told>
                        <OwnTopic told />
                    </For>
                </ul>
            </PagedView>
        </main>
    }
}

/// One topic, with what is new in it.
#[component]
fn OwnTopic(told: MyTopic) -> impl IntoView {
    let i18n = use_i18n();
    let MyTopic { topic, unread } = told;
    let href = format!("/learn/discussions/{}", topic.id);
    view! { <TopicLine topic href news=Signal::derive(move || news(i18n.get_locale(), unread)) /> }
}

/// So many new posts, in words; empty if there is none.
fn news(locale: Locale, unread: u32) -> String {
    match unread {
        0 => String::new(),
        unread => td_string!(locale, discussion.unread, count = unread),
    }
}

/// The way from the home to the discussions; not there for whom no topic was opened.
#[component]
pub(super) fn NewPosts() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let known: LocalResource<Outcome<UnreadPosts>> =
        LocalResource::new(move || client::get(actor, "/me/discussions/unread"));
    move || {
        // The page is about the courses; without the discussions it says a little less.
        let UnreadPosts { topics, unread } = known.get()?.ok()?;
        let words = move || match unread {
            0 => t_string!(i18n, discussion.title).to_owned(),
            unread => t_string!(i18n, discussion.way_unread, count = unread),
        };
        (topics > 0).then(|| view! { <p class="lone"><A href="/learn/discussions">{words}</A></p> })
    }
}

/// The topics that are about a unit; nothing if there is none.
#[component]
pub(super) fn TopicsOfUnit(
    /// The unit.
    unit: UnitId,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let found: LocalResource<Outcome<Page<MyTopic>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/me/discussions?unit_id={unit}")).await });
    move || {
        // The page is about the lesson; without its topics it says a little less.
        let topics = found.get()?.ok()?.items;
        let line = |told: MyTopic| view! { <OwnTopic told /> };
        (!topics.is_empty()).then(|| {
            view! {
                <Card title=words(|locale| td_string!(locale, discussion.of_unit))>
                    <ul class="rows">{topics.into_iter().map(line).collect_view()}</ul>
                </Card>
            }
        })
    }
}
