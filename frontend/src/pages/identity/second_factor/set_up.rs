//! Setting up the second factor: scan, confirm by a code, keep the recovery codes.

use super::recovery::Codes;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{AsyncView, Button, ButtonLink, DeedFailure, DeedForm, Field, Look, PageHeading, TextInput},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::identity::{RecoveryCodes, SecondFactorCode, SecondFactorSecret};

/// The page within.
#[component]
pub(super) fn SetUp() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let must = actor.me().is_some_and(|me| me.need.is_some());
    let secret = LocalResource::new(move || client::ask::<SecondFactorSecret>(actor, "/me/second_factor"));
    let codes = RwSignal::new(None::<RecoveryCodes>);
    view! {
        <main class="page narrow stack">
            <PageHeading text=words(|locale| td_string!(locale, identity.factor_page_title)) />
            {must.then(|| view! { <p class="muted">{t!(i18n, identity.factor_required)}</p> })}
            {move || match codes.get() {
                Some(codes) => view! { <Keep codes /> }.into_any(),
                None => view! {
                    <AsyncView resource=secret let:secret>
                        <Scan secret />
                        <Confirm codes />
                    </AsyncView>
                    {(!must).then(|| view! { <ButtonLink href="/me">{t!(i18n, common.cancel)}</ButtonLink> })}
                }
                .into_any(),
            }}
        </main>
    }
}

/// What the authenticator app has to know.
#[component]
fn Scan(secret: SecondFactorSecret) -> impl IntoView {
    let i18n = use_i18n();
    let svg = js_sys::encode_uri_component(&secret.qr_svg);
    view! {
        <section class="card stack">
            <p>{t!(i18n, identity.factor_step_scan)}</p>
            <img
                class="qr"
                src=format!("data:image/svg+xml,{svg}")
                alt=move || t_string!(i18n, identity.factor_qr)
                width="232"
                height="232"
            />
            <p class="small">
                {t!(i18n, identity.factor_step_type)}
                <code class="secret">{secret.secret}</code>
            </p>
        </section>
    }
}

/// The first code turns it on.
#[component]
fn Confirm(codes: RwSignal<Option<RecoveryCodes>>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (deed, code) = (Deed::new(), RwSignal::new(String::new()));
    let send = move |()| {
        let given = SecondFactorCode { code: code.get_untracked() };
        let confirming = async move { client::post(actor, "/me/second_factor/confirm", &given).await };
        deed.run(confirming, move |given: RecoveryCodes| codes.set(Some(given)));
    };
    view! {
        <section class="card stack">
            <DeedForm deed verb=words(|locale| td_string!(locale, identity.factor_turn_on)) send>
                <Field
                    id="code"
                    label=words(|locale| td_string!(locale, identity.factor_step_code))
                    error=deed.field("/code")
                >
                    <TextInput value=code keyboard="numeric" autocomplete="one-time-code" />
                </Field>
            </DeedForm>
        </section>
    }
}

/// The recovery codes, and the way on.
#[component]
fn Keep(codes: RecoveryCodes) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let deed = Deed::new();
    let go_on = move |()| {
        let navigate = navigate.clone();
        deed.run(actor.ask_again(), move |()| {
            navigate("/me", NavigateOptions { replace: true, ..Default::default() });
        });
    };
    view! {
        <section class="card stack">
            <Codes codes />
            <DeedFailure deed />
            <div class="row no-print">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=go_on>{t!(i18n, identity.recovery_done)}</Button>
            </div>
        </section>
    }
}
