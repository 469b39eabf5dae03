//! The list as a table.

use super::{
    Steps,
    approve_many::Chosen,
    step_dialog::Wish,
    steps::{keep, may, offered, step_look, step_name},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::{credit_bank::state::StateTag, results::grade_name},
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{Button, Column, DeedFailure, Icon, Look, Symbol, Table},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{CertificateStep, CertificateView},
    ids::CertificateId,
    rights::Right,
};

/// Certificates, one a row.
#[component]
pub(super) fn CertificateTable(
    /// The certificates.
    rows: Signal<Vec<CertificateView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(Signal::derive(move || t_string!(i18n, credit_bank.holder).to_owned())),
        Column::text(Signal::derive(move || t_string!(i18n, credit_bank.course).to_owned())),
        Column::number(Signal::derive(move || t_string!(i18n, credit_bank.score).to_owned())),
        Column::text(Signal::derive(move || t_string!(i18n, credit_bank.number).to_owned())),
        Column::text(Signal::derive(move || t_string!(i18n, credit_bank.state).to_owned())),
        Column::text(Signal::derive(move || t_string!(i18n, credit_bank.deeds).to_owned())),
    ];
    view! {
        <Table
            caption=Signal::derive(move || t_string!(i18n, credit_bank.certificates_title).to_owned())
            columns
            rows
            key=|row| (row.id, row.state, row.revocation_because.is_some())
            row=|certificate| view! { <Cells certificate /> }
        />
    }
}

/// The element that names a row.
pub(super) fn row_id(id: CertificateId) -> String {
    format!("certificate-{id}")
}

#[component]
fn Cells(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let (grade, issued_at, number) = (certificate.grade, certificate.issued_at, certificate.number.clone());
    let verification = format!("/verify/{number}");
    view! {
        <th scope="row" id=row_id(certificate.id) tabindex="-1" class="holder">
            {certificate.holder_name.clone()}
            {certificate.is_sharing_declined.then(|| view! {
                <p class="small muted">{t!(i18n, credit_bank.sharing_declined)}</p>
            })}
        </th>
        <td>
            {certificate.course_title.clone()}
            <p class="small muted">{certificate.exam_session_title.clone()}</p>
        </td>
        <td class="n">
            {certificate.score.to_string()}
            <p class="small muted">{move || grade_name(i18n.get_locale(), grade)}</p>
        </td>
        <td class="num">
            <a class="verification" href=verification target="_blank" rel="noopener">
                {number}
                <span class="visually-hidden">" " {t!(i18n, credit_bank.opens_verification)}</span>
            </a>
            <p class="small muted">{move || when::date(i18n.get_locale(), issued_at)}</p>
            <Pdf id=certificate.id number=certificate.number.clone() />
        </td>
        <td>
            <StateTag state=certificate.state />
            <p class="small muted">{certificate.reason.clone()}</p>
            {certificate.revocation_because.clone().map(|why| view! { <Proposed id=certificate.id why /> })}
        </td>
        <td><Offers certificate /></td>
    }
}

/// Saves the certificate as PDF.
#[component]
fn Pdf(id: CertificateId, number: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let save = move |()| {
        let (path, name) = (format!("/certificates/{id}/pdf"), format!("{number}.pdf"));
        deed.run(async move { client::get_bytes(actor, &path).await }, move |bytes| {
            file::save_bytes(&name, "application/pdf", &bytes);
        });
    };
    view! {
        <Button look=Look::Quiet is_busy=deed.is_busy() on_press=save>
            <Icon symbol=Symbol::Download />
            {t!(i18n, credit_bank.download_pdf)}
        </Button>
        <DeedFailure deed />
    }
}

/// That somebody proposes to make it void and why; an officer may let it be.
#[component]
fn Proposed(id: CertificateId, why: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, steps, deed) = (expect_context::<Actor>(), expect_context::<Steps>(), Deed::new());
    let is_officer = may(&actor.roles(), Right::IssueCertificate);
    let let_be = move |()| deed.run(keep(actor, id), move |certificate| steps.show.run(certificate));
    view! {
        <p class="small">{move || t_string!(i18n, credit_bank.revocation_proposed, why = why.clone())}</p>
        {is_officer.then(|| view! {
            <Button look=Look::Quiet is_busy=deed.is_busy() on_press=let_be>{t!(i18n, credit_bank.keep)}</Button>
            <DeedFailure deed />
        })}
    }
}

/// A button for each step that is offered.
#[component]
fn Offers(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, steps) = (expect_context::<Actor>(), expect_context::<Steps>());
    let (id, name, state) = (certificate.id, certificate.holder_name.clone(), certificate.state);
    let steps_now = offered(&actor.roles(), state);
    let may_pick = steps_now.contains(&CertificateStep::Approve);
    let is_busy = Signal::derive(move || steps.busy_with.get() == Some(id));
    let button = move |step: CertificateStep| {
        let certificate = certificate.clone();
        let press = move |()| steps.begin.run(Wish { certificate: certificate.clone(), step });
        view! {
            <Button look=step_look(step) is_busy on_press=press>
                {move || step_name(i18n.get_locale(), step)}
            </Button>
        }
    };
    view! {
        <div class="row tight offers">
            {may_pick.then(|| view! { <Pick id name /> })}
            {steps_now.into_iter().map(button).collect_view()}
        </div>
    }
}

/// Marks a certificate that is to be approved with others.
#[component]
fn Pick(id: CertificateId, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = expect_context::<Chosen>();
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=move || chosen.has(id)
                on:change:target=move |event| chosen.put(id, event.target().checked())
            />
            <span>{t!(i18n, credit_bank.pick)}<span class="visually-hidden">" " {name}</span></span>
        </label>
    }
}
