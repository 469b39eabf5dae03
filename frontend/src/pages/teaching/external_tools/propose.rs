//! A tool is proposed, to which learners are to be sent.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Field, TextArea, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::learning::{ExternalTool, NewExternalTool};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    title: RwSignal<String>,
    login_url: RwSignal<String>,
    /// An address a line.
    redirect_urls: RwSignal<String>,
    keys: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { title: empty(), login_url: empty(), redirect_urls: empty(), keys: empty(), reason: empty() }
    }

    fn stated(self) -> NewExternalTool {
        let lines = self.redirect_urls.get();
        let redirect_urls = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        NewExternalTool {
            title: self.title.get(),
            login_url: self.login_url.get().trim().to_owned(),
            redirect_urls: redirect_urls.collect(),
            keys: self.keys.get(),
            reason: self.reason.get(),
        }
    }
}

/// The form in its dialog.
#[component]
pub(super) fn Propose(is_open: RwSignal<bool>, proposed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || draft.stated().check().err().unwrap_or_default());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let (stated, key) = (untrack(|| draft.stated()), key.get_value());
        let sending = async move { client::create(actor, "/external_tools", &key, &stated).await };
        checked.deed.run(sending, move |_: ExternalTool| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.rule_was_proposed));
            proposed.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, classes.tool_propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.rule_propose_do)) send>
            <Field
                id="tool_title"
                label=words(|locale: Locale| td_string!(locale, classes.tool_title))
                error=checked.error("/title")
            >
                <TextInput value=draft.title />
            </Field>
            <Field
                id="tool_login_url"
                label=words(|locale: Locale| td_string!(locale, classes.tool_login_url))
                error=checked.error("/login_url")
            >
                <TextInput value=draft.login_url kind="url" />
            </Field>
            <Field
                id="tool_redirect_urls"
                label=words(|locale: Locale| td_string!(locale, classes.tool_redirect_urls))
                hint=words(|locale: Locale| td_string!(locale, classes.tool_redirect_urls_hint))
                error=checked.error("/redirect_urls")
            >
                <TextArea value=draft.redirect_urls rows=2 />
            </Field>
            <Field
                id="tool_keys"
                label=words(|locale: Locale| td_string!(locale, classes.tool_keys))
                hint=words(|locale: Locale| td_string!(locale, classes.tool_keys_hint))
                error=checked.error("/keys")
            >
                <TextArea value=draft.keys rows=6 />
            </Field>
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}
