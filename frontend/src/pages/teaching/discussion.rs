//! One topic, as its teachers keep it and who follows the class reads it.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        discussion::{Door, Talk, TopicShown},
        not_found::NotFoundPage,
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{AsyncView, Button, ConfirmDialog, DeedFailure, PageHeading, Toasts, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::DiscussionTopicId,
    learning::{ClassTopic, StepTopic, TopicStep},
};

/// Something to read, in the language of who reads.
type Words = fn(Locale) -> &'static str;

lazy_page! {
    /// The page.
    TopicPage = AnyTopic in school;
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
    let topic: LocalResource<Outcome<ClassTopic>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/discussions/{id}")).await });
    let again = Callback::new(move |()| topic.refetch());
    let title = Signal::derive(move || match topic.get() {
        Some(Ok(told)) => told.topic.title,
        _ => t_string!(i18n, discussion.topic).to_owned(),
    });
    let way_back = move || {
        let class = topic.get().and_then(Result::ok).map(|told| told.topic.class_id);
        class.map(|id| view! { <A href=format!("/classes/{id}?part=discussions")>{t!(i18n, discussion.title)}</A> })
    };
    view! {
        <main class="page stack">
            <p class="way-back">{way_back}</p>
            <PageHeading text=title />
            <AsyncView resource=topic let:told>
                <Known topic=told again />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(topic: ClassTopic, again: Callback<()>) -> impl IntoView {
    let ClassTopic { topic, may_lead, .. } = topic;
    let (topic_id, is_closed) = (topic.id, topic.is_closed);
    let door = if may_lead { Door::Teacher } else { Door::Reader };
    view! {
        <TopicShown topic unit_href=None />
        {may_lead.then(|| view! { <Step topic_id is_closed again /> })}
        <Talk topic_id is_closed door />
    }
}

/// Closes the topic, or opens it again.
#[component]
fn Step(topic_id: DiscussionTopicId, is_closed: bool, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let step = if is_closed { TopicStep::Reopen } else { TopicStep::Close };
    let go = move |()| {
        let path = format!("/discussions/{topic_id}/steps");
        let stepping = async move { client::post(actor, &path, &StepTopic { step }).await };
        deed.run(stepping, move |_: ClassTopic| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    let (name, about): (Words, Words) = match step {
        TopicStep::Close => {
            (|locale| td_string!(locale, discussion.close), |locale| td_string!(locale, discussion.close_about))
        }
        TopicStep::Reopen => {
            (|locale| td_string!(locale, discussion.reopen), |locale| td_string!(locale, discussion.reopen_about))
        }
    };
    view! {
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {move || name(i18n.get_locale())}
            </Button>
            <DeedFailure deed />
            <ConfirmDialog is_open=is_asking title=words(name) text=words(about) confirm=words(name) on_confirm=go />
        </div>
    }
}
