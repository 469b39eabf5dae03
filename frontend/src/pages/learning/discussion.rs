//! One topic, as a learner of the class reads it and writes in it.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::{
        discussion::{Door, Talk, TopicShown},
        not_found::NotFoundPage,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, PageHeading},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::DiscussionTopicId,
    learning::{MyTopic, ReadTopic},
};

lazy_page! {
    /// The page.
    MyTopicPage = AnyTopic in study;
}

/// The topic of the address, anew for each.
#[component]
fn AnyTopic() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<DiscussionTopicId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneTopic id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneTopic(id: DiscussionTopicId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let topic: LocalResource<Outcome<MyTopic>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/me/discussions/{id}")).await });
    let title = Signal::derive(move || match topic.get() {
        Some(Ok(told)) => told.topic.title,
        _ => t_string!(i18n, discussion.topic).to_owned(),
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn/discussions">{t!(i18n, discussion.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=topic let:told>
                <Known told />
            </AsyncView>
        </main>
    }
}

/// The topic, which is read from now on.
#[component]
fn Known(told: MyTopic) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let MyTopic { topic, unread } = told;
    let (topic_id, is_closed) = (topic.id, topic.is_closed);
    let unit_href = topic.unit_id.map(|unit| format!("/learn/units/{unit}"));
    let seen = Callback::new(move |upto: u32| {
        if unread > 0 {
            note_read(actor, topic_id, upto);
        }
    });
    view! {
        <TopicShown topic unit_href />
        <Talk topic_id is_closed door=Door::Learner seen />
    }
}

/// Tells the server how far the topic is read by now.
fn note_read(actor: Actor, topic_id: DiscussionTopicId, upto: u32) {
    let path = format!("/me/discussions/{topic_id}/read");
    spawn_local(async move {
        // Without a network it is told the next time.
        let _: Outcome<MyTopic> = client::post(actor, &path, &ReadTopic { upto }).await;
    });
}
