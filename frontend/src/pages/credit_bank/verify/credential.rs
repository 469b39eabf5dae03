//! Verification of the credential itself: a file, or its text.

use super::finding::{Finding, FindingSheet};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        client::{self, Outcome},
        file,
    },
    ui::{AsyncView, Button, Card, Field, TextArea, focus_on},
};
use leptos::{prelude::*, task::spawn_local};
use shared::credit_bank::{Verification, parse_strict};

/// More than any credential has, in bytes.
const MOST_BYTES: f64 = 1_000_000.0;

/// Where what was handed over came from: an error stands beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    File,
    Text,
}

impl Source {
    /// Its input, as a CSS selector.
    const fn input(self) -> &'static str {
        match self {
            Self::File => "#credential",
            Self::Text => "#credential_text",
        }
    }
}

/// Verifies the credential that a learner handed over.
#[component]
pub(super) fn ByCredential() -> impl IntoView {
    let i18n = use_i18n();
    let (document, unreadable) = (RwSignal::new(None::<String>), RwSignal::new(None::<Source>));
    let judge = Callback::new(move |(source, text): (Source, Option<String>)| {
        let text = text.filter(|text| parse_strict(text).is_ok_and(|document| document.is_object()));
        unreadable.set(text.is_none().then_some(source));
        if text.is_none() {
            focus_on(source.input());
        }
        document.set(text);
    });
    let error = move |source| {
        Signal::derive(move || {
            let is_wrong = unreadable.get() == Some(source);
            if is_wrong { t_string!(i18n, credit_bank.file_unreadable).to_owned() } else { String::new() }
        })
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, credit_bank.verify_file).to_owned())>
            <FromFile error=error(Source::File) judge=Callback::new(move |text| judge.run((Source::File, text))) />
            <FromText
                error=error(Source::Text)
                judge=Callback::new(move |text| judge.run((Source::Text, Some(text))))
            />
        </Card>
        {move || document.get().map(|text| view! { <Judged text /> })}
    }
}

/// What the credit bank says of one document.
#[component]
fn Judged(text: String) -> impl IntoView {
    let verification = LocalResource::new(move || verify(text.clone()));
    view! {
        <AsyncView resource=verification let:verification>
            <FindingSheet finding=Finding::of_presented(&verification) certificate=verification.certificate />
        </AsyncView>
    }
}

async fn verify(text: String) -> Outcome<Verification> {
    client::post_open_text("/public/verifications", text).await
}

/// Takes a file, and hands on its text; nothing if it cannot be a credential.
#[component]
fn FromFile(error: Signal<String>, judge: Callback<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(size) = file::chosen_size(&input) else { return };
        spawn_local(async move {
            let text = if size > MOST_BYTES { None } else { file::chosen_text(&input).await };
            // The page may be gone.
            let _: Option<()> = judge.try_run(text);
        });
    };
    let is_wrong = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <div class="field">
            <label for="credential">{t!(i18n, credit_bank.verify_file_hint)}</label>
            <input
                id="credential"
                type="file"
                accept=".json,application/json,application/vc"
                // The same file can be chosen again, after it was changed.
                on:click:target=|event| event.target().set_value("")
                on:change=choose
                aria-invalid=move || is_wrong.get().then_some("true")
                aria-describedby=move || is_wrong.get().then_some("credential-error")
            />
            <Show when=move || is_wrong.get()>
                <p class="error" id="credential-error">{move || error.get()}</p>
            </Show>
        </div>
    }
}

/// Takes the text itself, as it comes in a message.
#[component]
fn FromText(error: Signal<String>, judge: Callback<String>) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        judge.run(text.get_untracked());
    };
    view! {
        <details class="more">
            <summary>{t!(i18n, credit_bank.verify_paste)}</summary>
            <form class="stack" novalidate on:submit=submit>
                <Field
                    id="credential_text"
                    label=Signal::derive(move || t_string!(i18n, credit_bank.verify_text).to_owned())
                    error
                >
                    <TextArea value=text rows=6 />
                </Field>
                <Button is_submit=true>{t!(i18n, credit_bank.verify_text_go)}</Button>
            </form>
        </details>
    }
}
