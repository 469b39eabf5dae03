//! One incident: what was recorded, what was done about it, and what the reader does next.

mod turns;

use super::incident_words::{IncidentTag, breach_name, consequence_name, kind_name, step_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{not_found::NotFoundPage, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Card, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::IncidentId,
    sittings::{IncidentView, TakenIncidentStep},
    time::Timestamp,
};
use turns::Turns;

lazy_page! {
    /// The page.
    IncidentPage = Incident in office;
}

#[component]
fn Incident() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<IncidentId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneIncident id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneIncident(id: IncidentId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<IncidentView>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/incidents/{id}")).await });
    let again = Callback::new(move |()| fetched.refetch());
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/incidents">{t!(i18n, sittings.incidents)}</A></p>
            <AsyncView resource=fetched let:incident>
                <Facts incident=incident.clone() />
                <Steps incident=incident.clone() />
                <Turns incident again />
            </AsyncView>
        </main>
    }
}

/// Of whom, in which test, and what was seen.
#[component]
fn Facts(incident: IncidentView) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, name) = (incident.kind, incident.candidate_name.clone());
    let (article, item) = kind.article();
    let heading = Signal::derive(move || format!("{name} · {}", kind_name(i18n.get_locale(), kind)));
    let regulation = move || t_string!(i18n, sittings.incident_article, article = article, item = item);
    view! {
        <div class="row spread">
            <PageHeading text=heading />
            <IncidentTag state=incident.state />
        </div>
        <Card title=words(|locale| td_string!(locale, sittings.incident_facts))>
            <dl class="facts">
                <div><dt>{t!(i18n, sittings.incident_test)}</dt><dd>{incident.exam_session_title}</dd></div>
                <div><dt>{t!(i18n, sittings.my_ticket)}</dt><dd class="num">{incident.ticket_number}</dd></div>
                <div>
                    <dt>{move || breach_name(i18n.get_locale(), kind.breach())}</dt>
                    <dd>{regulation}</dd>
                </div>
                <div>
                    <dt>{t!(i18n, sittings.incident_consequence)}</dt>
                    <dd>{move || consequence_name(i18n.get_locale(), kind.breach())}</dd>
                </div>
            </dl>
            <p>{incident.what_happened}</p>
            {incident.seized.map(|seized| view! { <p>{t!(i18n, sittings.incident_was_seized, seized = seized)}</p> })}
            {incident.banned_until.map(|until| view! { <Ban until /> })}
        </Card>
    }
}

/// Until when the candidate sits no test.
#[component]
pub(super) fn Ban(
    /// The end of it.
    until: Timestamp,
) -> impl IntoView {
    let i18n = use_i18n();
    let until = move || when::date_time(i18n.get_locale(), until);
    view! { <p><b>{t!(i18n, sittings.banned_until, until = until)}</b></p> }
}

/// What was done, in order, by whom and when.
#[component]
fn Steps(incident: IncidentView) -> impl IntoView {
    let i18n = use_i18n();
    let recorded_at = incident.recorded_at;
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.incident_steps))>
            <ol class="rows">
                <li>
                    <div>
                        <p><b>{t!(i18n, sittings.step_record)}</b></p>
                        <p class="muted small num">
                            {incident.recorded_by_name} " "
                            {move || when::date_time(i18n.get_locale(), recorded_at)}
                        </p>
                    </div>
                </li>
                {incident.steps.into_iter().map(|taken| view! { <Taken taken /> }).collect_view()}
            </ol>
        </Card>
    }
}

/// One step.
#[component]
pub(super) fn Taken(
    /// The step.
    taken: TakenIncidentStep,
) -> impl IntoView {
    let i18n = use_i18n();
    let TakenIncidentStep { step, taken_at, by_name, text, witness } = taken;
    let refused = witness.map(|witness| view! { <p>{t!(i18n, sittings.incident_refused, witness = witness)}</p> });
    view! {
        <li>
            <div>
                <p><b>{move || step_name(i18n.get_locale(), step)}</b></p>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
                {refused}
                <p class="muted small num">
                    {by_name} " " {move || when::date_time(i18n.get_locale(), taken_at)}
                </p>
            </div>
        </li>
    }
}
