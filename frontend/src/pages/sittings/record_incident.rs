//! Records what a candidate is said to have done: on a phone, in the room.

use super::incident_words::{consequence_name, whole_kind};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
    },
    ui::{AsyncView, Card, Field, PageHeading, Select, TextArea, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    problem::FieldError,
    sittings::{IncidentKind, IncidentView, NewIncident, SignInList},
};

lazy_page! {
    /// The form.
    RecordIncidentPage = RecordIncident in office;
}

#[component]
fn RecordIncident() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let list: LocalResource<Outcome<SignInList>> = LocalResource::new(move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        async move { client::get(actor, &format!("/exam_sessions/{id}/sign_in_list")).await }
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/watch">{t!(i18n, sittings.watch_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.incident_record)) />
            <p class="muted">{t!(i18n, sittings.incident_record_lead)}</p>
            <AsyncView resource=list let:list>
                <RecordForm list />
            </AsyncView>
        </main>
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    ticket: RwSignal<String>,
    kind: RwSignal<String>,
    story: RwSignal<String>,
    seized: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { ticket: empty(), kind: empty(), story: empty(), seized: empty() }
    }

    /// The record of what is chosen; nothing while nothing is.
    fn stated(self) -> Option<NewIncident> {
        Some(self.stated_as(IncidentKind::parse(&self.kind.get())?))
    }

    fn stated_as(self, kind: IncidentKind) -> NewIncident {
        NewIncident {
            ticket_number: self.ticket.get(),
            kind,
            what_happened: self.story.get(),
            seized: Some(self.seized.get()).filter(|seized| !seized.trim().is_empty()),
        }
    }

    /// Everything that is wrong at once, also while no kind is chosen: what is wrong with the rest does not hang on it.
    fn wrong(self) -> Vec<FieldError> {
        let kind = IncidentKind::parse(&self.kind.get());
        let of_kind = kind.is_none().then(|| FieldError::new("/kind", "required"));
        let stated = self.stated_as(kind.unwrap_or(IncidentKind::OtherInfraction));
        of_kind.into_iter().chain(stated.checked().err().unwrap_or_default()).collect()
    }
}

#[component]
fn RecordForm(list: SignInList) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let (draft, key) = (Draft::new(), StoredValue::new(idempotency_key()));
    let checked = Checked::new(move || draft.wrong());
    let path = format!("/exam_sessions/{}/incidents", list.exam_session.exam_session_id);
    let title = list.exam_session.exam_session_title.clone();
    let candidates: Vec<(String, String)> = list
        .candidates
        .into_iter()
        .map(|row| (row.ticket_number.clone(), format!("{} · {}", row.candidate_name, row.ticket_number)))
        .collect();
    let kinds = move || {
        let locale = i18n.get_locale();
        let option = |kind: &IncidentKind| (kind.as_str().to_owned(), whole_kind(locale, *kind));
        IncidentKind::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let consequence = move || {
        let kind = IncidentKind::parse(&draft.kind.get())?;
        Some(consequence_name(i18n.get_locale(), kind.breach()))
    };
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let (navigate, path) = (navigate.clone(), path.clone());
        let recording = async move { client::create(actor, &path, &key.get_value(), &stated).await };
        checked.deed.run(recording, move |recorded: IncidentView| {
            toasts.done(t_string!(i18n, sittings.incident_recorded));
            navigate(&format!("/incidents/{}", recorded.id), Default::default());
        });
    });
    view! {
        <Card title=Signal::stored(title)>
            <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.incident_record)) send>
                <Field
                    id="ticket_number"
                    label=words(|locale| td_string!(locale, sittings.incident_candidate))
                    error=checked.error("/ticket_number")
                >
                    <Select value=draft.ticket options=Signal::stored(candidates) />
                </Field>
                <Field
                    id="kind"
                    label=words(|locale| td_string!(locale, sittings.incident_kind))
                    error=checked.error("/kind")
                >
                    <Select value=draft.kind options=Signal::derive(kinds) />
                </Field>
                <p class="muted small" role="status">{consequence}</p>
                <Field
                    id="what_happened"
                    label=words(|locale| td_string!(locale, sittings.incident_story))
                    hint=words(|locale| td_string!(locale, sittings.incident_story_hint))
                    error=checked.error("/what_happened")
                >
                    <TextArea value=draft.story />
                </Field>
                <Field
                    id="seized"
                    label=words(|locale| td_string!(locale, sittings.incident_seized))
                    hint=words(|locale| td_string!(locale, sittings.incident_seized_hint))
                    error=checked.error("/seized")
                >
                    <TextInput value=draft.seized />
                </Field>
            </CheckedForm>
        </Card>
    }
}
