//! Certificates at the places of an officer or an auditor.

mod approve_many;
mod filter;
mod issue;
mod row;
mod step_dialog;
mod steps;
mod submit_all;

use super::state::state_name;
use crate::{
    i18n::{t_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Choices, DeedFailure, PageHeading, Paged, PagedView, Toasts},
};
use approve_many::{ApproveMany, Chosen};
use filter::{Filter, Narrow, TO_REVOKE};
use issue::Issue;
use leptos::{context::Provider, prelude::*, wasm_bindgen::JsCast};
use leptos_router::hooks::use_query_map;
use row::{CertificateTable, row_id};
use shared::{
    credit_bank::{CertificateState, CertificateStep, CertificateView},
    ids::CertificateId,
    page::Page,
    rights::Right,
};
use step_dialog::{StepDialog, Wish};
use steps::{may, step_news, take};
use submit_all::SubmitAll;

lazy_page! {
    /// The page.
    CertificatesPage = Certificates in office;
}

/// How a row begins a step.
#[derive(Clone, Copy)]
struct Steps {
    /// The certificate with which one is under way.
    busy_with: Signal<Option<CertificateId>>,
    /// Begins one.
    begin: Callback<Wish>,
    /// Shows a certificate as it is now.
    show: Callback<CertificateView>,
}

#[component]
fn Certificates() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let wanted = use_query_map().with_untracked(|query| query.get("waits").or_else(|| query.get("state")));
    let is_known = |wanted: &String| wanted == TO_REVOKE || CertificateState::parse(wanted).is_some();
    let (filter, chosen) = (Filter::new(wanted.filter(is_known).unwrap_or_default()), Chosen::new());
    provide_context(chosen);
    let certificates = Paged::new(move |cursor| {
        let path = untrack(|| filter.path(cursor));
        async move { client::get::<Page<CertificateView>>(actor, &path).await }
    });
    Effect::watch(
        move || filter.path(None),
        move |_, _, _| {
            // What is out of sight is not approved unseen.
            chosen.clear();
            certificates.reload();
        },
        false,
    );
    let is_officer = move || may(&actor.roles(), Right::IssueCertificate);
    let is_auditor = move || may(&actor.roles(), Right::AuditCertificate);
    let reload = Callback::new(move |()| certificates.reload());
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.certificates_title).to_owned()) />
            <Show when=is_officer><Issue reload /></Show>
            <StateFilter state=filter.state.into() choose=Callback::new(move |state| filter.state.set(state)) />
            <Narrow filter rows=certificates.rows() />
            <Show when=is_officer><SubmitAll certificates /></Show>
            <Show when=is_auditor><ApproveMany filter chosen reload /></Show>
            <List certificates />
        </main>
    }
}

#[component]
fn StateFilter(state: Signal<String>, choose: Callback<String>) -> impl IntoView {
    let i18n = use_i18n();
    let states = move || {
        let locale = i18n.get_locale();
        let all = (String::new(), t_string!(i18n, credit_bank.all_states).to_owned());
        let option = |state: &CertificateState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let to_revoke = (TO_REVOKE.to_owned(), t_string!(i18n, credit_bank.to_revoke).to_owned());
        let states = CertificateState::ALL.iter().map(option);
        std::iter::once(all).chain(states).chain([to_revoke]).collect::<Vec<_>>()
    };
    view! {
        <Choices
            legend=Signal::derive(move || t_string!(i18n, credit_bank.filter).to_owned())
            value=state
            options=Signal::derive(states)
            on_choose=choose
        />
    }
}

/// The list, and the one dialog that asks before a step.
#[component]
fn List(certificates: Paged<CertificateView>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking, wish) = (Deed::new(), RwSignal::new(false), RwSignal::new(None::<Wish>));
    // A submission is done at once: the city can return it. What else there is, is asked about first.
    let is_asked = Signal::derive(move || {
        wish.with(|wish| wish.as_ref().is_some_and(|wish| wish.step != CertificateStep::Submit))
    });
    let show = Callback::new(move |certificate: CertificateView| {
        let id = certificate.id;
        show_row(certificates, certificate);
        focus_row(id);
    });
    let go = Callback::new(move |reason: String| {
        let Some(Wish { certificate, step }) = wish.get_untracked() else { return };
        deed.run(take(actor, certificate.id, step, reason), move |certificate| {
            is_asking.set(false);
            toasts.done(step_news(i18n.get_locale_untracked(), step, &certificate));
            show.run(certificate);
        });
    });
    let is_busy = deed.is_busy();
    let busy_with = Signal::derive(move || wish.get().filter(|_| is_busy.get()).map(|wish| wish.certificate.id));
    let begin = Callback::new(move |wanted: Wish| {
        // Another step is under way: its dialog, or its button, says so.
        if is_busy.get_untracked() {
            return;
        }
        deed.forget_failure();
        wish.set(Some(wanted));
        if is_asked.get_untracked() { is_asking.set(true) } else { go.run(String::new()) }
    });
    view! {
        <Show when=move || !is_asked.get()><DeedFailure deed /></Show>
        <Provider value=Steps { busy_with, begin, show }>
            <PagedView
                paged=certificates
                empty=Signal::derive(move || t_string!(i18n, credit_bank.none_here).to_owned())
            >
                <CertificateTable rows=certificates.rows() />
            </PagedView>
        </Provider>
        <StepDialog is_open=is_asking wish=wish.into() deed go />
    }
}

/// Shows a certificate as it is now, where it stands in the list; a new one with all the others.
fn show_row(certificates: Paged<CertificateView>, now: CertificateView) {
    if !certificates.rows().with_untracked(|rows| rows.iter().any(|row| row.id == now.id)) {
        certificates.reload();
        return;
    }
    certificates.amend(|rows| {
        if let Some(row) = rows.iter_mut().find(|row| row.id == now.id) {
            *row = now;
        }
    });
}

/// Moves the focus to the row, whose buttons have changed.
fn focus_row(id: CertificateId) {
    request_animation_frame(move || {
        let head = document().get_element_by_id(&row_id(id));
        if let Some(head) = head.and_then(|head| head.dyn_into::<web_sys::HtmlElement>().ok()) {
            drop(head.focus());
        }
    });
}
