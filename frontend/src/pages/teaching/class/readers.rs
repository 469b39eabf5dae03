//! 对接系统: systems of others that read what the class does. Who keeps the class lets them, and ends it.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, ConfirmDialog, DeedFailure, Dialog, Field, Look, Tag, TextInput, Toasts, Tone,
        focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    ids::{ClassId, StatementReaderId},
    learning::{GivenStatementReader, StatementReaderEntry, StatementReaderState, StatementReaderView},
    problem::FieldError,
    time::{read_date, write_date},
};

/// How long a system reads unless told otherwise, in seconds.
const USUAL_S: i64 = 180 * 86_400;

/// The part of the page.
#[component]
pub(super) fn Readers(
    /// The class.
    class_id: ClassId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let readers: LocalResource<Outcome<Vec<StatementReaderView>>> = LocalResource::new(move || async move {
        client::get(actor, &format!("/classes/{class_id}/statement_readers")).await
    });
    let again = Callback::new(move |()| readers.refetch());
    let is_open = RwSignal::new(false);
    view! {
        <Card title=words(|locale| td_string!(locale, classes.readers))>
            <p class="muted small">{t!(i18n, classes.readers_about)}</p>
            <div class="row">
                <Button on_press=move |()| is_open.set(true)>{t!(i18n, classes.reader_add)}</Button>
            </div>
            <Dialog is_open title=words(|locale| td_string!(locale, classes.reader_add))>
                <New class_id again />
            </Dialog>
            <AsyncView
                resource=readers
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.readers_none))
                let:readers
            >
                <ul class="rows">
                    {readers.into_iter().map(|reader| view! { <Row reader again /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// Whether a system may read, in words.
fn state_name(locale: Locale, state: StatementReaderState) -> &'static str {
    match state {
        StatementReaderState::Open => td_string!(locale, classes.reader_open),
        StatementReaderState::Over => td_string!(locale, classes.reader_over),
        StatementReaderState::Ended => td_string!(locale, classes.reader_ended),
    }
}

/// One system, with what can be done about it.
#[component]
fn Row(reader: StatementReaderView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let StatementReaderView { id, name, until, state, by_name, given_at } = reader;
    let is_reading = state == StatementReaderState::Open;
    let tone = if is_reading { Tone::Ok } else { Tone::Plain };
    let line = move || {
        let (day, at) = (when::day(i18n.get_locale(), until), when::date_time(i18n.get_locale(), given_at));
        t_string!(i18n, classes.reader_line, day = day, by = by_name.clone(), at = at)
    };
    let named = name.clone();
    view! {
        <li>
            <div class="stack">
                <p><b>{name}</b> " " <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag></p>
                <p class="muted small num">{line}</p>
                {is_reading.then(|| view! { <div class="row"><End id named again /></div> })}
            </div>
        </li>
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    until: RwSignal<String>,
}

impl Draft {
    fn empty() -> Self {
        let until = write_date(clock::now().plus_s(USUAL_S).date_in_china());
        Self { name: RwSignal::new(String::new()), until: RwSignal::new(until) }
    }

    /// Who would be let, or what is wrong with it.
    fn entry(self) -> Result<StatementReaderEntry, Vec<FieldError>> {
        let until = read_date(&self.until.get()).ok_or_else(|| vec![FieldError::new("/until", "required")])?;
        StatementReaderEntry { name: self.name.get(), until }.check(clock::now().date_in_china())
    }
}

/// The form, and then what is handed to the system.
#[component]
fn New(class_id: ClassId, again: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (draft, given) = (Draft::empty(), RwSignal::new(None::<GivenStatementReader>));
    let checked = Checked::new(move || draft.entry().err().unwrap_or_default());
    let send = Callback::new(move |()| {
        let Ok(entry) = untrack(|| draft.entry()) else { return };
        let path = format!("/classes/{class_id}/statement_readers");
        let letting = async move { client::post(actor, &path, &entry).await };
        checked.deed.run(letting, move |new: GivenStatementReader| {
            given.set(Some(new));
            // The form goes away, and the focus must not go with it.
            focus_on("dialog[open] .given");
            again.run(());
        });
    });
    move || match given.get() {
        Some(given) => view! { <Given given /> }.into_any(),
        None => view! {
            <CheckedForm checked verb=words(|locale| td_string!(locale, classes.reader_send)) send>
                <Field
                    id="reader_name"
                    label=words(|locale| td_string!(locale, classes.reader_name))
                    hint=words(|locale| td_string!(locale, classes.reader_name_hint))
                    error=checked.error("/name")
                >
                    <TextInput value=draft.name />
                </Field>
                <Field
                    id="reader_until"
                    label=words(|locale| td_string!(locale, classes.reader_until))
                    hint=words(|locale| td_string!(locale, classes.reader_until_hint))
                    error=checked.error("/until")
                >
                    <TextInput value=draft.until kind="date" />
                </Field>
            </CheckedForm>
        }
        .into_any(),
    }
}

/// What the system needs; its secret is shown this once.
#[component]
fn Given(given: GivenStatementReader) -> impl IntoView {
    let i18n = use_i18n();
    let GivenStatementReader { reader, address, secret } = given;
    view! {
        <div class="stack given" tabindex="-1">
            <p>{t!(i18n, classes.reader_given)}</p>
            <dl class="facts">
                <div class="whole"><dt>{t!(i18n, classes.reader_address)}</dt><dd><code class="secret">{address}</code></dd></div>
                <div class="whole">
                    <dt>{t!(i18n, classes.reader_id)}</dt>
                    <dd><code class="secret">{reader.id.to_string()}</code></dd>
                </div>
                <div class="whole"><dt>{t!(i18n, classes.reader_secret)}</dt><dd><code class="secret">{secret}</code></dd></div>
            </dl>
        </div>
    }
}

#[component]
fn End(id: StatementReaderId, named: String, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let end = move |()| {
        let path = format!("/statement_readers/{id}/end");
        let ending = async move { client::ask(actor, &path).await };
        deed.run(ending, move |_: StatementReaderView| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <Button look=Look::Danger is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, classes.reader_end)}
            <span class="visually-hidden">" " {named}</span>
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, classes.reader_end))
            text=words(|locale| td_string!(locale, classes.reader_end_about))
            confirm=words(|locale| td_string!(locale, classes.reader_end))
            on_confirm=end
        />
    }
}
