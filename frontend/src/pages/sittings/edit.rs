//! Changes the plan of an exam session that is a draft.

use super::{
    plan_form::{Fields, Form, Preview},
    sealed_paper::SealedPapers,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Versioned},
        deed::Deed,
    },
    ui::{AsyncView, Button, DeedFailure, Look, Notice, PageHeading, Toasts, Tone, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::sittings::{ExamSessionView, may_change_plan};

lazy_page! {
    /// The form.
    EditExamSessionPage = Changing in office;
}

#[component]
fn Changing() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let there = format!("/exam_sessions/{id}");
    let path = there.clone();
    let known = LocalResource::new(move || {
        let path = path.clone();
        async move { client::get_versioned::<ExamSessionView>(actor, &path).await }
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href=there>{t!(i18n, sittings.back_to_session)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.change)) />
            <AsyncView resource=known let:known>
                {if may_change_plan(known.value.state).is_ok() {
                    view! { <Plan known /> }.into_any()
                } else {
                    view! { <Notice tone=Tone::Wait>{t!(i18n, sittings.no_draft)}</Notice> }.into_any()
                }}
            </AsyncView>
        </main>
    }
}

/// The form, over the version that was read.
#[component]
fn Plan(known: Versioned<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (navigate, form, deed) = (use_navigate(), Form::of(&known.value), Deed::new());
    let papers = SealedPapers::of(actor, form.course);
    let (there, version) = (format!("/exam_sessions/{}", known.value.id), known.version);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.was_sent.set(true);
        let Some(plan) = untrack(|| form.plan(papers)) else { return focus_first_wrong() };
        let (navigate, said) = (navigate.clone(), t_string!(i18n, sittings.changed).to_owned());
        let (path, version, there) = (there.clone(), version.clone(), there.clone());
        deed.run(
            async move { client::replace::<_, ExamSessionView>(actor, &path, &version, &plan).await },
            move |_| {
                toasts.done(said);
                navigate(&there, Default::default());
            },
        );
    };
    Effect::new(move |_| {
        if deed.failure().is_some() {
            focus_first_wrong();
        }
    });
    view! {
        <form class="card stack" novalidate on:submit=submit>
            <Fields form papers deed />
            <DeedFailure deed />
            <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>{t!(i18n, sittings.save)}</Button>
        </form>
        <Preview form />
    }
}
