//! Recovery codes: shown once, and replaced.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, DeedForm, Dialog, Field, TextInput},
};
use leptos::prelude::*;
use shared::identity::{RecoveryCodes, SecondFactorCode};

/// The codes, this once.
#[component]
pub(super) fn Codes(codes: RecoveryCodes) -> impl IntoView {
    let i18n = use_i18n();
    let code = |code: String| view! { <li><code>{code}</code></li> };
    view! {
        <h2>{t!(i18n, identity.recovery_title)}</h2>
        <p>{t!(i18n, identity.recovery_text)}</p>
        <ul class="codes">{codes.codes.into_iter().map(code).collect_view()}</ul>
    }
}

/// New codes in the place of the old ones.
#[component]
pub(super) fn RenewCodes() -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, identity.recovery_renew)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, identity.recovery_renew))>
            <Renew />
        </Dialog>
    }
}

#[component]
fn Renew() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, code) = (Deed::new(), RwSignal::new(String::new()));
    let codes = RwSignal::new(None::<RecoveryCodes>);
    let send = Callback::new(move |()| {
        let given = SecondFactorCode { code: code.get_untracked() };
        let renewing = async move { client::post(actor, "/me/second_factor/recovery_codes", &given).await };
        deed.run(renewing, move |given: RecoveryCodes| codes.set(Some(given)));
    });
    move || match codes.get() {
        Some(codes) => view! { <Codes codes /> }.into_any(),
        None => view! {
            <p>{t!(i18n, identity.recovery_renew_text)}</p>
            <DeedForm deed verb=words(|locale| td_string!(locale, identity.recovery_renew)) send>
                <Field
                    id="code"
                    label=words(|locale| td_string!(locale, identity.code))
                    error=deed.field("/code")
                >
                    <TextInput value=code autocomplete="one-time-code" />
                </Field>
            </DeedForm>
        }
        .into_any(),
    }
}
