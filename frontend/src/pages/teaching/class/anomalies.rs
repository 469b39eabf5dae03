//! What is unusual in the study of the class, with its facts, for who follows it to look into. It proves nothing.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        when,
    },
    ui::{AsyncView, Card, DialogButton, Field, Tag, TextInput, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{AnomalyKind, AnomalyLook, AnomalyView, NewAnomalyLook},
};

/// The part of the page.
#[component]
pub(super) fn Anomalies(class_id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let found: LocalResource<Outcome<Vec<AnomalyView>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/anomalies")).await });
    let reload = Callback::new(move |()| found.refetch());
    view! {
        <Card title=words(|locale| td_string!(locale, classes.anomalies))>
            <p class="muted small">{t!(i18n, classes.anomalies_about)}</p>
            <AsyncView
                resource=found
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.anomalies_none))
                let:rows
            >
                <ul class="rows">
                    {rows.into_iter().map(|row| view! { <Line class_id row reload /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// What was found, as a sentence without the learner's name.
fn sentence(locale: Locale, row: &AnomalyView) -> String {
    let (count, unit) = (row.count, row.unit_title.clone().unwrap_or_default());
    match row.kind {
        AnomalyKind::RapidRight => td_string!(locale, classes.anomaly_rapid_right, unit = unit, count = count),
        AnomalyKind::TwoPlaces => td_string!(locale, classes.anomaly_two_places, unit = unit, count = count),
        AnomalyKind::NightReading => td_string!(locale, classes.anomaly_night_reading, count = count),
        AnomalyKind::SilentReading => td_string!(locale, classes.anomaly_silent_reading, unit = unit, count = count),
        AnomalyKind::SameAnswers => {
            let other = row.other_name.clone().unwrap_or_default();
            td_string!(locale, classes.anomaly_same_answers, other = other, unit = unit, count = count)
        }
    }
}

#[component]
fn Line(class_id: ClassId, row: AnomalyView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (from, until, look, named) = (row.from, row.until, row.look.clone(), row.learner_name.clone());
    let said = row.clone();
    let span = move || {
        let at = |at| when::date_time(i18n.get_locale(), at);
        format!("{} – {}", at(from), at(until))
    };
    view! {
        <li>
            <div class="stack">
                <p>
                    <b>{named}</b> " "
                    {match look {
                        Some(_) => view! { <Tag tone=Tone::Ok>{t!(i18n, classes.anomaly_looked)}</Tag> }.into_any(),
                        None => view! { <Tag tone=Tone::Wait>{t!(i18n, classes.anomaly_new)}</Tag> }.into_any(),
                    }}
                </p>
                <p>{move || sentence(i18n.get_locale(), &said)}</p>
                <p class="muted small num">{span}</p>
                {match look {
                    Some(look) => view! { <Noted look /> }.into_any(),
                    None => view! { <Look class_id row reload /> }.into_any(),
                }}
            </div>
        </li>
    }
}

/// What somebody noted who has looked into it.
#[component]
fn Noted(look: AnomalyLook) -> impl IntoView {
    let i18n = use_i18n();
    let AnomalyLook { note, by_name, at } = look;
    view! {
        <p class="own-words">{note}</p>
        <p class="muted small num">{by_name} " · " {move || when::date_time(i18n.get_locale(), at)}</p>
    }
}

/// Asks what came of looking into it.
#[component]
fn Look(class_id: ClassId, row: AnomalyView, reload: Callback<()>) -> impl IntoView {
    let named = row.learner_name.clone();
    view! {
        <div class="row">
            <DialogButton verb=words(|locale| td_string!(locale, classes.anomaly_look)) named let:is_open>
                <LookForm class_id row=row.clone() is_open reload />
            </DialogButton>
        </div>
    }
}

#[component]
fn LookForm(class_id: ClassId, row: AnomalyView, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (kind, fact, with_fact) = (row.kind, row.fact, row.with_fact);
    let (note, key) = (RwSignal::new(String::new()), idempotency_key());
    let given = move |note: String| NewAnomalyLook { kind, fact, with_fact, note };
    let checked = Checked::new(move || given(note.get()).check().err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, key, look) =
            (format!("/classes/{class_id}/anomalies/looks"), key.clone(), given(note.get_untracked()));
        let noting = async move { client::create(actor, &path, &key, &look).await };
        checked.deed.run(noting, move |_: AnomalyView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            reload.run(());
        });
    });
    view! {
        <p>{move || sentence(i18n.get_locale(), &row)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.anomaly_save)) send>
            <Field
                id="anomaly-note"
                label=words(|locale| td_string!(locale, classes.anomaly_note))
                hint=words(|locale| td_string!(locale, classes.anomaly_note_hint))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}
