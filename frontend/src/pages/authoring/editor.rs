//! The editor of one course: outline, unit, and the way to a reviewer.

use super::{
    about::About,
    copy::CopyOf,
    docx::ImportDocx,
    draft::{Draft, Place},
    left::LeftDrafts,
    outline::Outline,
    phone::OnPhone,
    saving::Saving,
    stops::Stops,
    submission::{InReview, Remarks, Submit},
    unit::UnitEditor,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Versioned},
    },
    ui::{AsyncView, Button, ButtonLink, FailureNotice, Notice, PageHeading, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::learning::{CourseDraft, ReviewState};

lazy_page! {
    /// The page.
    CourseEditorPage = CourseEditor in office;
}

#[component]
fn CourseEditor() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, left) = (expect_context::<Actor>(), expect_context::<LeftDrafts>());
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let draft = LocalResource::new(move || {
        let path = format!("/courses/{}/draft", id.get());
        async move {
            let waited = left.count();
            let read = client::get_versioned::<CourseDraft>(actor, &path).await;
            // What was left has arrived meanwhile: this may be what stood there before.
            if left.count() < waited { client::get_versioned(actor, &path).await } else { read }
        }
    });
    let reload = Callback::new(move |()| draft.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/courses">{t!(i18n, learning.author_back)}</A></p>
            <AsyncView resource=draft let:draft><Editor draft reload /></AsyncView>
        </main>
    }
}

/// The draft under its author's hands, or under those of a reviewer.
#[component]
fn Editor(draft: Versioned<CourseDraft>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let CourseDraft { course, is_own, review, .. } = draft.value.clone();
    let (id, title, is_published) = (course.id, course.title, course.published_version.is_some());
    let state = review.as_ref().map(|review| review.state);
    let way = match review {
        Some(review) if state == Some(ReviewState::Waiting) => {
            view! { <InReview id review is_own reload /> }.into_any()
        }
        _ => view! { <Writing draft reload /> }.into_any(),
    };
    view! {
        <PageHeading text=title />
        <div class="row">
            <ButtonLink href=format!("/courses/{id}/versions")>{t!(i18n, learning.versions)}</ButtonLink>
            <CopyOf id />
        </div>
        {way}
        {is_published.then(|| view! { <Stops id /> })}
    }
}

#[component]
fn Writing(draft: Versioned<CourseDraft>, reload: Callback<()>) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), expect_context::<Toasts>());
    let (review, title) = (draft.value.review.clone(), draft.value.course.title.clone());
    let draft = Draft::new(expect_context::<Actor>(), expect_context::<LeftDrafts>(), draft);
    let chosen = RwSignal::new(None::<Place>);
    let warning = window_event_listener(leptos::ev::beforeunload, move |event| {
        if draft.saving.get_untracked() != Saving::Saved {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        warning.remove();
        draft.leave(move || toasts.warn(t_string!(i18n, learning.author_left, title = title)));
    });
    view! {
        {review.map(|review| view! { <Remarks draft chosen review /> })}
        <SavingLine draft reload />
        <Submit draft reload />
        <div class="row">
            <Button on_press=move |()| chosen.set(None)>{t!(i18n, learning.author_about)}</Button>
            <ImportDocx draft />
            <OnPhone content=draft.content first=chosen />
        </div>
        <div class="editor">
            <Outline draft chosen />
            {move || match chosen.get() {
                Some(place) => view! { <UnitEditor draft place /> }.into_any(),
                None => view! { <About draft /> }.into_any(),
            }}
        </div>
    }
}

/// Where the draft stands, and what to do when it cannot be saved.
#[component]
fn SavingLine(draft: Draft, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match draft.saving.get() {
        Saving::Saved => t_string!(i18n, learning.author_saved),
        Saving::Unsaved => t_string!(i18n, learning.author_unsaved),
        Saving::Under => t_string!(i18n, learning.author_saving),
        Saving::Failed => t_string!(i18n, learning.author_failed),
        Saving::Conflict => t_string!(i18n, learning.author_conflict),
    };
    let take_theirs = move |()| {
        draft.give_up();
        reload.run(());
    };
    let has_conflict = move || draft.saving.get() == Saving::Conflict;
    let has_failed = move || draft.saving.get() == Saving::Failed;
    view! {
        <p role="status" class="muted">{words}</p>
        <Show when=has_conflict>
            <Notice tone=Tone::Stop>
                <div class="row">
                    <Button on_press=take_theirs>{t!(i18n, learning.author_take_theirs)}</Button>
                    <Button on_press=move |()| draft.insist()>{t!(i18n, learning.author_keep_mine)}</Button>
                </div>
            </Notice>
            {move || draft.failure.get().map(|failure| view! { <FailureNotice failure /> })}
        </Show>
        <Show when=has_failed>
            {move || draft.failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <Button on_press=move |()| draft.save()>{t!(i18n, learning.author_save)}</Button>
        </Show>
    }
}
