//! What was recorded of the learner in a test, in plain words: what it means for the result, and what to do.

use super::{
    incident::{Ban, Taken},
    incident_words::{IncidentTag, whole_kind},
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        when,
    },
    ui::{Button, Card, Dialog, FailureNotice, Notice, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::IncidentId,
    people::check_reason,
    sittings::{Breach, IncidentAppeal, IncidentState, MyIncident},
};

/// A card for each; nothing for who has none.
#[component]
pub(super) fn MyIncidents() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<Vec<MyIncident>>> =
        LocalResource::new(move || client::get(actor, "/me/incidents"));
    let again = Callback::new(move |()| fetched.refetch());
    move || match fetched.get()? {
        Ok(incidents) => {
            Some(incidents.into_iter().map(|incident| view! { <One incident again /> }).collect_view().into_any())
        }
        Err(failure) => Some(view! { <FailureNotice failure /> }.into_any()),
    }
}

/// Says on the page of results that some are missing there, and where it stands why; nothing where none are.
#[component]
pub(in crate::pages) fn BarredResults() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<Vec<MyIncident>>> =
        LocalResource::new(move || client::get(actor, "/me/incidents"));
    let bars = |incident: &MyIncident| incident.state.bar().is_some();
    let is_barred = Memo::new(move |_| matches!(fetched.get(), Some(Ok(incidents)) if incidents.iter().any(bars)));
    view! {
        <Show when=move || is_barred.get()>
            <Notice tone=Tone::Wait>{t!(i18n, sittings.my_incident_results)}</Notice>
        </Show>
    }
}

/// What it means for the learner now.
fn meaning(locale: Locale, state: IncidentState, breach: Breach) -> &'static str {
    match (state, breach) {
        (IncidentState::Recorded | IncidentState::Signed | IncidentState::Heard, _) => {
            td_string!(locale, sittings.my_incident_open)
        }
        (IncidentState::Upheld, Breach::Infraction) => td_string!(locale, sittings.my_incident_subject_void),
        (IncidentState::Upheld, Breach::Cheating) => td_string!(locale, sittings.my_incident_all_void),
        (IncidentState::Appealed, _) => td_string!(locale, sittings.my_incident_appealed),
        (IncidentState::Confirmed, _) => td_string!(locale, sittings.my_incident_confirmed),
        (IncidentState::Dismissed | IncidentState::Lifted, _) => td_string!(locale, sittings.my_incident_free),
    }
}

/// Whether the days are over in which the learner could ask for another look.
fn is_too_late(incident: &MyIncident) -> bool {
    incident.state == IncidentState::Upheld && incident.appeal_until.is_none()
}

#[component]
fn One(incident: MyIncident, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, kind, state) = (incident.id, incident.kind, incident.state);
    let tone = if state.bar().is_some() { Tone::Stop } else { Tone::Ok };
    let over = is_too_late(&incident).then(|| view! { <p>{t!(i18n, sittings.my_incident_over)}</p> });
    let until = incident.appeal_until.map(|until| {
        let until = move || when::date_time(i18n.get_locale(), until);
        view! {
            <p>{t!(i18n, sittings.my_incident_until, until = until)}</p>
            <Appeal id again />
        }
    });
    let answer = incident.answer_until.map(|until| {
        let until = move || when::date_time(i18n.get_locale(), until);
        view! { <p>{t!(i18n, sittings.my_incident_answer, until = until)}</p> }
    });
    let of_test = incident.exam_session_title;
    let title = Signal::derive(move || format!("{} · {of_test}", td_string!(i18n.get_locale(), sittings.my_incident)));
    view! {
        <Card title>
            <p class="row"><IncidentTag state /></p>
            <p>{move || whole_kind(i18n.get_locale(), kind)}</p>
            <p>{incident.what_happened}</p>
            {incident.seized.map(|seized| view! { <p>{t!(i18n, sittings.incident_was_seized, seized = seized)}</p> })}
            <Notice tone>{move || meaning(i18n.get_locale(), state, kind.breach())}</Notice>
            {incident.banned_until.map(|until| view! { <Ban until /> })}
            <ol class="rows">
                {incident.steps.into_iter().map(|taken| view! { <Taken taken /> }).collect_view()}
            </ol>
            {until}
            {over}
            {answer}
        </Card>
    }
}

/// Asks for the decision to be looked at again.
#[component]
fn Appeal(id: IncidentId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, sittings.do_appeal)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, sittings.do_appeal))>
            <AppealForm id is_open again />
        </Dialog>
    }
}

#[component]
fn AppealForm(id: IncidentId, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (reason, key) = (RwSignal::new(String::new()), StoredValue::new(idempotency_key()));
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, body) = (format!("/me/incidents/{id}/appeal"), IncidentAppeal { reason: reason.get_untracked() });
        let said = td_string!(i18n.get_locale_untracked(), sittings.my_incident_asked);
        let asking = async move { client::create(actor, &path, &key.get_value(), &body).await };
        checked.deed.run(asking, move |_: Vec<MyIncident>| {
            is_open.set(false);
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    });
    view! {
        <p>{t!(i18n, sittings.about_appeal)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.do_appeal)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{sittings::IncidentKind, time::Timestamp};

    #[test]
    fn only_who_could_have_asked_is_told_that_it_is_too_late() {
        let incident = |state, appeal_until| MyIncident {
            id: IncidentId(uuid::Uuid::nil()),
            exam_session_title: String::new(),
            kind: IncidentKind::Whispering,
            what_happened: String::new(),
            seized: None,
            state,
            recorded_at: Timestamp(0),
            steps: Vec::new(),
            appeal_until,
            answer_until: None,
            banned_until: None,
        };
        assert!(is_too_late(&incident(IncidentState::Upheld, None)));
        assert!(!is_too_late(&incident(IncidentState::Upheld, Some(Timestamp(1)))));
        for state in [IncidentState::Heard, IncidentState::Appealed, IncidentState::Confirmed, IncidentState::Lifted] {
            assert!(!is_too_late(&incident(state, None)), "{state}");
        }
    }
}
