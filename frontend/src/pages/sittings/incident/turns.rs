//! What the reader does about an incident: only what is their turn, as the server says.

use super::super::incident_words::turn_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        when,
    },
    ui::{
        Button, Card, Choices, ConfirmDialog, DeedFailure, Field, Look, Notice, Select, TextArea, TextInput, Toasts,
        Tone, focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    ids::IncidentId,
    people::check_reason,
    problem::FieldError,
    sittings::{
        Hearing, IncidentDecision, IncidentKind, IncidentStep, IncidentView, MAX_BAN_YEARS, appeal_answer_due,
        may_be_banned,
    },
};

/// The way in which a candidate is heard.
const SAYS: &str = "says";
/// The other way: they will say and sign nothing.
const REFUSES: &str = "refuses";
/// That it was so.
const UPHELD: &str = "upheld";
/// That it was not, or that the record does not show it.
const NOT_UPHELD: &str = "not_upheld";

/// A form for each; whose turn it is where it is another's.
#[component]
pub(super) fn Turns(
    /// The incident.
    incident: IncidentView,
    /// Fetches it again.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, state, kind) = (incident.id, incident.state, incident.kind);
    let breach = kind.breach();
    let others = incident.open_steps.is_empty().then_some(move || {
        turn_name(i18n.get_locale(), state, breach).map(|turn| view! { <Notice tone=Tone::Wait>{turn}</Notice> })
    });
    let due = appeal_answer_due(state, &incident.steps).map(|until| {
        let until = move || when::date_time(i18n.get_locale(), until);
        view! { <p>{t!(i18n, sittings.incident_answer_by, until = until)}</p> }
    });
    let may = |step: IncidentStep| incident.open_steps.contains(&step);
    let may_uphold = may(IncidentStep::Uphold);
    view! {
        {due}
        {others}
        {may(IncidentStep::Sign).then(|| view! { <Sign id again /> })}
        {may(IncidentStep::Hear).then(|| view! { <Hear id again /> })}
        {may(IncidentStep::Dismiss).then(|| view! { <Decide id kind may_uphold is_again=false again /> })}
        {may(IncidentStep::Confirm).then(|| view! { <Decide id kind may_uphold=true is_again=true again /> })}
    }
}

/// What comes after a step: it is said, and the page is drawn anew.
fn done(toasts: Toasts, said: &'static str, again: Callback<()>) {
    toasts.done(said);
    // The form goes away, and the focus must not go with it.
    focus_on("h1");
    again.run(());
}

/// Signs as the second person.
#[component]
fn Sign(id: IncidentId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking, key) = (Deed::new(), RwSignal::new(false), StoredValue::new(idempotency_key()));
    let sign = move |()| {
        let path = format!("/incidents/{id}/sign");
        let signing = async move { client::create(actor, &path, &key.get_value(), &serde_json::json!({})).await };
        deed.run(signing, move |_: IncidentView| done(toasts, t_string!(i18n, sittings.incident_signed), again));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.do_sign))>
            <p>{t!(i18n, sittings.about_sign)}</p>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, sittings.do_sign)}
                </Button>
            </div>
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, sittings.ask_sign))
                text=words(|locale| td_string!(locale, sittings.about_sign))
                confirm=words(|locale| td_string!(locale, sittings.do_sign))
                on_confirm=sign
            />
        </Card>
    }
}

/// Takes down what the candidate says, or who saw that they would say nothing.
#[component]
fn Hear(id: IncidentId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (way, key) = (RwSignal::new(SAYS.to_owned()), StoredValue::new(idempotency_key()));
    let (statement, witness) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let says = Memo::new(move |_| way.with(|way| way == SAYS));
    let hearing = move || match says.get() {
        true => Hearing { statement: Some(statement.get()), witness: None },
        false => Hearing { statement: None, witness: Some(witness.get()) },
    };
    let wrong = move || {
        let found = hearing().checked().err();
        // The rule asks for a statement first; who refuses has a witness to name.
        let pointer = if says.get() { "/statement" } else { "/witness" };
        found.map(|error| FieldError::new(pointer, error.code)).into_iter().collect::<Vec<_>>()
    };
    let checked = Checked::new(wrong);
    let send = Callback::new(move |()| {
        let (path, body) = (format!("/incidents/{id}/hearing"), untrack(hearing));
        let hearing = async move { client::create(actor, &path, &key.get_value(), &body).await };
        checked.deed.run(hearing, move |_: IncidentView| done(toasts, t_string!(i18n, sittings.incident_heard), again));
    });
    let ways = move || {
        vec![
            (SAYS.to_owned(), t_string!(i18n, sittings.hear_says).to_owned()),
            (REFUSES.to_owned(), t_string!(i18n, sittings.hear_refuses).to_owned()),
        ]
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.do_hear))>
            <p>{t!(i18n, sittings.about_hear)}</p>
            <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.hear_save)) send>
                <Choices
                    legend=words(|locale| td_string!(locale, sittings.hear_way))
                    value=way
                    options=Signal::derive(ways)
                    on_choose=move |chosen| way.set(chosen)
                />
                <Show when=move || says.get()>
                    <Field
                        id="statement"
                        label=words(|locale| td_string!(locale, sittings.hear_statement))
                        error=checked.error("/statement")
                    >
                        <TextArea value=statement />
                    </Field>
                </Show>
                <Show when=move || !says.get()>
                    <Field
                        id="witness"
                        label=words(|locale| td_string!(locale, sittings.hear_witness))
                        error=checked.error("/witness")
                    >
                        <TextInput value=witness />
                    </Field>
                </Show>
            </CheckedForm>
        </Card>
    }
}

/// Decides, or looks again at a decision.
#[component]
fn Decide(id: IncidentId, kind: IncidentKind, may_uphold: bool, is_again: bool, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    // Where there are two ways, nothing is chosen beforehand.
    let first = if may_uphold { "" } else { NOT_UPHELD };
    let (choice, key) = (RwSignal::new(first.to_owned()), StoredValue::new(idempotency_key()));
    let (reason, ban) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let may_ban = move || !is_again && may_be_banned(kind) && choice.with(|choice| choice == UPHELD);
    let checked = Checked::new(move || {
        let undecided = choice.with(String::is_empty).then(|| FieldError::new("/is_upheld", "required"));
        undecided.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let send = Callback::new(move |()| {
        let verb = if is_again { "reconsider" } else { "decide" };
        let path = format!("/incidents/{id}/{verb}");
        let is_upheld = choice.with_untracked(|choice| choice == UPHELD);
        let ban_years = ban.with_untracked(|years| years.parse().ok()).filter(|_| untrack(may_ban));
        let body = IncidentDecision { is_upheld, reason: reason.get_untracked(), ban_years };
        let deciding = async move { client::create(actor, &path, &key.get_value(), &body).await };
        checked
            .deed
            .run(deciding, move |_: IncidentView| done(toasts, t_string!(i18n, sittings.incident_decided), again));
    });
    let options = move || {
        let (upheld, not_upheld) = match is_again {
            true => (t_string!(i18n, sittings.step_confirm), t_string!(i18n, sittings.step_lift)),
            false => (t_string!(i18n, sittings.step_uphold), t_string!(i18n, sittings.step_dismiss)),
        };
        let upheld = may_uphold.then(|| (UPHELD.to_owned(), upheld.to_owned()));
        upheld.into_iter().chain([(NOT_UPHELD.to_owned(), not_upheld.to_owned())]).collect::<Vec<_>>()
    };
    let ban_options = move || {
        let years = |years: u8| (years.to_string(), t_string!(i18n, sittings.ban_years, years = years));
        (1..=MAX_BAN_YEARS).map(years).collect::<Vec<_>>()
    };
    let title = move || match is_again {
        true => t_string!(i18n, sittings.do_reconsider).to_owned(),
        false => t_string!(i18n, sittings.do_decide).to_owned(),
    };
    view! {
        <Card title=Signal::derive(title)>
            <p>{move || match may_uphold {
                true => t_string!(i18n, sittings.about_decide),
                false => t_string!(i18n, sittings.about_dismiss),
            }}</p>
            <CheckedForm checked look=Look::Danger verb=Signal::derive(title) send>
                <div>
                    <Choices
                        legend=words(|locale| td_string!(locale, sittings.decision))
                        value=choice
                        options=Signal::derive(options)
                        on_choose=move |chosen| choice.set(chosen)
                    />
                    <GroupError text=checked.error("/is_upheld") />
                </div>
                <Show when=may_ban>
                    <Field
                        id="ban_years"
                        label=words(|locale| td_string!(locale, sittings.ban))
                        hint=words(|locale| td_string!(locale, sittings.ban_hint))
                        error=checked.error("/ban_years")
                    >
                        <Select
                            value=ban
                            options=Signal::derive(ban_options)
                            empty=words(|locale| td_string!(locale, sittings.no_ban))
                        />
                    </Field>
                </Show>
                <ReasonField value=reason checked />
            </CheckedForm>
        </Card>
    }
}
