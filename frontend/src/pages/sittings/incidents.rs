//! Incidents of tests: what was recorded, and where it stands.

use super::incident_words::{IncidentTag, state_name, whole_kind};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{Choices, Column, Notice, PageHeading, Paged, PagedView, Table, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    page::Page,
    sittings::{IncidentState, IncidentView},
    work::IncidentWait,
};

lazy_page! {
    /// The page; `?exam_session_id=…` shows those of one test.
    IncidentsPage = Incidents in office;
}

#[component]
fn Incidents() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let address = use_query_map();
    let of_test = Memo::new(move |_| address.with(|query| query.get("exam_session_id")));
    let (waits, state) = (waits(), RwSignal::new(String::new()));
    let waiting = move || waits.get().as_deref().and_then(IncidentWait::parse);
    let asked = move |cursor: Option<String>| {
        let (waits, state) = (waits.get(), Some(state.get()));
        query(&[("waits", waits), ("exam_session_id", of_test.get()), ("state", state), ("cursor", cursor)])
    };
    let incidents = Paged::new(move |cursor| {
        let path = format!("/incidents?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<IncidentView>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| incidents.reload(), false);
    let options = move || {
        let locale = i18n.get_locale();
        let option = |state: &IncidentState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(IncidentState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, sittings.incident_candidate))),
        Column::text(words(|locale| td_string!(locale, sittings.incident_test))),
        Column::text(words(|locale| td_string!(locale, sittings.incident_kind))),
        Column::text(words(|locale| td_string!(locale, sittings.incident_recorded_at))),
        Column::text(words(|locale| td_string!(locale, sittings.incident_standing))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, sittings.incidents)) />
            <p class="muted">{t!(i18n, sittings.incidents_lead)}</p>
            {move || of_test.get().map(|_| view! {
                <Notice tone=Tone::Wait>
                    <p>
                        {t!(i18n, sittings.incidents_of_test)} " "
                        <A href="/incidents">{t!(i18n, common.show_all)}</A>
                    </p>
                </Notice>
            })}
            {move || waiting().map(|wait| {
                let words = words(match wait {
                    IncidentWait::Sign => |locale| td_string!(locale, sittings.incidents_wait_sign),
                    IncidentWait::Decide => |locale| td_string!(locale, sittings.incidents_wait_decide),
                    IncidentWait::Reconsider => |locale| td_string!(locale, sittings.incidents_wait_reconsider),
                });
                view! { <OnlyWaiting words everything="/incidents" /> }
            })}
            <Choices
                legend=words(|locale| td_string!(locale, sittings.incident_standing))
                value=state
                options=Signal::derive(options)
                on_choose=move |chosen| state.set(chosen)
            />
            <PagedView paged=incidents empty=words(|locale| td_string!(locale, sittings.incidents_none))>
                <Table
                    caption=words(|locale| td_string!(locale, sittings.incidents))
                    columns=columns.get_value()
                    rows=incidents.rows()
                    key=|incident| (incident.id, incident.state)
                    row
                />
            </PagedView>
        </main>
    }
}

/// The cells of an incident.
fn row(incident: IncidentView) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, recorded_at) = (incident.kind, incident.recorded_at);
    view! {
        <th scope="row">
            <A href=format!("/incidents/{}", incident.id)>{incident.candidate_name}</A>
            " " <span class="num">{incident.ticket_number}</span>
        </th>
        <td>{incident.exam_session_title}</td>
        <td>{move || whole_kind(i18n.get_locale(), kind)}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), recorded_at)}</td>
        <td><IncidentTag state=incident.state /></td>
    }
}
