//! The editor of one course: outline, unit, publication.

use super::{
    about::About,
    docx::ImportDocx,
    draft::{Draft, Place, Saving},
    outline::Outline,
    unit::UnitEditor,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Versioned},
        deed::Deed,
    },
    ui::{AsyncView, Button, ConfirmDialog, DeedFailure, FailureNotice, Look, Notice, PageHeading, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    learning::{CourseDraft, CourseView},
    problem::FieldError,
};

lazy_page! {
    /// The page.
    CourseEditorPage = CourseEditor in office;
}

#[component]
fn CourseEditor() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let draft = LocalResource::new(move || {
        let path = format!("/courses/{}/draft", id.get());
        async move { client::get_versioned::<CourseDraft>(actor, &path).await }
    });
    let reload = Callback::new(move |()| draft.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/courses">{t!(i18n, learning.author_back)}</A></p>
            <AsyncView resource=draft let:draft><Editor draft reload /></AsyncView>
        </main>
    }
}

#[component]
fn Editor(draft: Versioned<CourseDraft>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let course = draft.value.course.clone();
    let (title, id) = (course.title.clone(), course.id.to_string());
    let draft = Draft::new(expect_context::<Actor>(), draft);
    let chosen = RwSignal::new(None::<Place>);
    let warning = window_event_listener(leptos::ev::beforeunload, move |event| {
        if draft.saving.get_untracked() != Saving::Saved {
            event.prevent_default();
        }
    });
    on_cleanup(move || warning.remove());
    view! {
        <PageHeading text=title />
        <SavingLine draft reload />
        <Publish draft id />
        <div class="row">
            <Button on_press=move |()| chosen.set(None)>{t!(i18n, learning.author_about)}</Button>
            <ImportDocx draft />
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
    let has_conflict = move || draft.saving.get() == Saving::Conflict;
    let has_failed = move || draft.saving.get() == Saving::Failed;
    view! {
        <p role="status" class="muted">{words}</p>
        <Show when=has_conflict>
            <Notice tone=Tone::Stop>
                <Button on_press=move |()| reload.run(())>{t!(i18n, learning.author_reload)}</Button>
            </Notice>
        </Show>
        <Show when=has_failed>
            {move || draft.failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <Button on_press=move |()| draft.save()>{t!(i18n, learning.author_save)}</Button>
        </Show>
    }
}

/// Publishes what is saved; names what is missing.
#[component]
fn Publish(draft: Draft, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let missing = RwSignal::new(Vec::<FieldError>::new());
    let publish = move |()| {
        let path = format!("/courses/{id}/publish");
        missing.set(draft.content.with_untracked(shared::learning::validate_publication));
        if missing.with_untracked(|missing| !missing.is_empty()) {
            return;
        }
        // The server publishes what it has; the button waits until that is what the page shows.
        if draft.saving.get_untracked() != Saving::Saved {
            return;
        }
        deed.run(async move { client::post::<_, CourseView>(actor, &path, &serde_json::json!({})).await }, move |_| {
            toasts.done(t_string!(i18n, learning.author_published));
            draft.reload_version();
        });
    };
    let is_waiting = Signal::derive(move || deed.is_busy().get() || draft.saving.get() != Saving::Saved);
    let place = move |error: FieldError| view! { <li>{place_words(draft, &error.pointer)}</li> };
    view! {
        <div class="row">
            <Button look=Look::Primary is_busy=is_waiting on_press=move |()| is_asking.set(true)>
                {t!(i18n, learning.author_publish)}
            </Button>
        </div>
        <DeedFailure deed />
        <Show when=move || missing.with(|missing| !missing.is_empty())>
            <Notice tone=Tone::Stop>
                <p>{t!(i18n, learning.author_fix)}</p>
                <ul>{move || missing.get().into_iter().map(place).collect_view()}</ul>
            </Notice>
        </Show>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, learning.author_publish_ask).to_owned())
            text=Signal::derive(move || t_string!(i18n, learning.author_publish_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, learning.author_publish).to_owned())
            on_confirm=publish
        />
    }
}

/// The titles on the way to a JSON pointer, then what it names: `模块 › 单元 › body`.
fn place_words(draft: Draft, pointer: &str) -> String {
    let parts: Vec<_> = pointer.split('/').skip(1).collect();
    let at = |nth: usize| parts.get(nth).and_then(|part| part.parse::<usize>().ok());
    draft.content.with_untracked(|content| {
        let module = at(1).and_then(|at| content.modules.get(at));
        let unit = module.zip(at(3)).and_then(|(module, at)| module.units.get(at));
        let titles = [module.map(|module| module.title.clone()), unit.map(|unit| unit.title.clone())];
        let last = parts.last().map(|last| (*last).to_owned());
        titles.into_iter().flatten().chain(last).collect::<Vec<_>>().join(" › ")
    })
}
