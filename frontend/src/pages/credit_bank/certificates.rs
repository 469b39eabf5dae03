//! Certificates at the places of an officer or an auditor.

use super::{
    decide::Deeds,
    issue::Issue,
    state::{StateTag, state_name},
};
use crate::{
    i18n::{t_string, use_i18n},
    platform::{actor::Actor, client},
    ui::{Column, Field, PageHeading, Paged, PagedView, Select, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{LazyRoute, lazy_route};
use shared::{
    credit_bank::{CertificateState, CertificateView},
    page::Page,
    rights::Role,
};

/// The page.
pub(crate) struct CertificatesPage;

#[lazy_route]
impl LazyRoute for CertificatesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Certificates /> }.into_any()
    }
}

/// Fetches the list again, after a deed.
#[derive(Clone, Copy)]
pub(super) struct Reload(pub(super) Callback<()>);

fn path(state: &str, cursor: Option<String>) -> String {
    let state = if state.is_empty() { String::new() } else { format!("&state={state}") };
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    format!("/certificates?limit=50{state}{cursor}")
}

#[component]
fn Certificates() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let state = RwSignal::new(String::new());
    let certificates = Paged::new(move |cursor| {
        let path = path(&state.get_untracked(), cursor);
        async move { client::get::<Page<CertificateView>>(actor, &path).await }
    });
    Effect::watch(move || state.get(), move |_, _, _| certificates.reload(), false);
    let reload = Callback::new(move |()| certificates.reload());
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &CertificateState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        CertificateState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let is_officer = move || actor.roles().contains(&Role::CreditBankOfficer);
    let title = Signal::derive(move || t_string!(i18n, credit_bank.certificates_title).to_owned());
    let columns = move || {
        vec![
            Column::text(Signal::derive(move || t_string!(i18n, credit_bank.holder).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, credit_bank.course).to_owned())),
            Column::number(Signal::derive(move || t_string!(i18n, credit_bank.score).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, credit_bank.number).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, credit_bank.state).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, credit_bank.deeds).to_owned())),
        ]
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=title />
            <Show when=is_officer><Issue reload /></Show>
            <Field id="state" label=Signal::derive(move || t_string!(i18n, credit_bank.filter).to_owned())>
                <Select value=state options=Signal::derive(states) />
            </Field>
            <Provider value=Reload(reload)>
                <PagedView
                    paged=certificates
                    empty=Signal::derive(move || t_string!(i18n, credit_bank.none).to_owned())
                >
                    <Table
                        caption=title
                        columns=columns()
                        rows=certificates.rows()
                        key=|row| (row.id, row.state)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

fn row(certificate: CertificateView) -> impl IntoView {
    let reason = certificate.reason.clone();
    view! {
        <th scope="row">{certificate.holder_name.clone()}</th>
        <td>{certificate.course_title.clone()}</td>
        <td class="n">{certificate.score.to_string()}</td>
        <td class="num">{certificate.number.clone()}</td>
        <td><StateTag state=certificate.state /> " " <span class="small muted">{reason}</span></td>
        <td><Deeds id=certificate.id state=certificate.state /></td>
    }
}
