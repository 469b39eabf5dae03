//! Plans an exam session.

use super::{
    plan_form::{Fields, Form, Preview},
    sealed_paper::SealedPapers,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{AsyncView, Button, DeedFailure, Look, PageHeading, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_query_map},
};
use shared::sittings::ExamSessionView;

lazy_page! {
    /// The form.
    NewExamSessionPage = Planning in office;
}

#[component]
fn Planning() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    // Another test of the day on which this one is sat.
    let after = use_query_map().with_untracked(|query| query.get("after"));
    let form = match after {
        None => view! { <NewPlan form=Form::new() /> }.into_any(),
        Some(id) => {
            let path = format!("/exam_sessions/{id}");
            let known = LocalResource::new(move || {
                let path = path.clone();
                async move { client::get::<ExamSessionView>(actor, &path).await }
            });
            view! { <AsyncView resource=known let:known><NewPlan form=Form::beside(&known) /></AsyncView> }.into_any()
        }
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/exam_sessions">{t!(i18n, sittings.back)}</A></p>
            <PageHeading text=Signal::derive(move || t_string!(i18n, sittings.new).to_owned()) />
            {form}
        </main>
    }
}

/// The form, which makes a new plan.
#[component]
fn NewPlan(
    /// What has been filled in.
    form: Form,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (navigate, deed) = (use_navigate(), Deed::new());
    let (papers, key) = (SealedPapers::of(actor, form.course), StoredValue::new(idempotency_key()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.was_sent.set(true);
        let Some(plan) = untrack(|| form.plan(papers)) else { return focus_first_wrong() };
        let (navigate, said) = (navigate.clone(), t_string!(i18n, sittings.created).to_owned());
        deed.run(
            async move { client::create::<_, ExamSessionView>(actor, "/exam_sessions", &key.get_value(), &plan).await },
            move |created| {
                toasts.done(said);
                navigate(&format!("/exam_sessions/{}", created.id), Default::default());
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
            <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>{t!(i18n, sittings.create)}</Button>
        </form>
        <Preview form />
    }
}
