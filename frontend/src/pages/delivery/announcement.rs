//! Pages that say why the paper is not on the screen, and what to do.

use super::{safe_browser::SafeBrowserSteps, visit::Trouble, way_out::WayOut};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonLink, ConfirmDialog, FailureNotice, Look, Notice, PageHeading, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::problem::ProblemCode;

/// Another tab of this browser has the sitting.
#[component]
pub(super) fn OtherTab() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, delivery.other_tab_title).to_owned()) />
            <p>{t!(i18n, delivery.other_tab_text)}</p>
        </main>
    }
}

/// Another device has the sitting.
#[component]
pub(super) fn Elsewhere(
    /// Goes the way again; true takes the sitting over.
    begin: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, delivery.elsewhere_title).to_owned()) />
            <p>{t!(i18n, delivery.elsewhere_text)}</p>
            <div class="row">
                <TakeOver begin />
                <WayOut />
            </div>
        </main>
    }
}

/// Continues the sitting on this device, after the candidate was told what that does.
#[component]
pub(super) fn TakeOver(
    /// Goes the way again; true takes the sitting over.
    begin: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    view! {
        <Button look=Look::Primary on_press=move |()| is_asking.set(true)>{t!(i18n, delivery.take_over)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, delivery.take_over_title).to_owned())
            text=Signal::derive(move || t_string!(i18n, delivery.take_over_text).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, delivery.take_over_confirm).to_owned())
            on_confirm=move |()| begin.run(true)
        />
    }
}

/// The way ended.
#[component]
pub(super) fn Failed(
    /// Why.
    trouble: Trouble,
    /// Goes the way again.
    begin: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let code = match &trouble {
        Trouble::Api(failure) => failure.code(),
        Trouble::Store | Trouble::NoCrypto | Trouble::Package | Trouble::OutsideSafeBrowser => None,
    };
    let needs_login = code == Some(ProblemCode::Unauthenticated);
    // Who waited for the invigilator has said already that they want to go on here.
    let takes_over = code == Some(ProblemCode::TakeOverConsentNeeded);
    let log_in = format!("/login?next={}", use_location().pathname.get_untracked());
    let is_outside = trouble == Trouble::OutsideSafeBrowser;
    let title = move || match is_outside {
        true => t_string!(i18n, delivery.safe_browser_title).to_owned(),
        false => t_string!(i18n, delivery.failed_title).to_owned(),
    };
    let words = match trouble {
        Trouble::Api(failure) => view! { <FailureNotice failure /> }.into_any(),
        Trouble::Store => said(t!(i18n, delivery.trouble_store)),
        Trouble::NoCrypto => said(t!(i18n, delivery.trouble_crypto)),
        Trouble::Package => said(t!(i18n, delivery.trouble_package)),
        Trouble::OutsideSafeBrowser => view! { <SafeBrowserSteps /> }.into_any(),
    };
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(title) />
            <div role="alert">{words}</div>
            <div class="row">
                {if needs_login {
                    view! { <ButtonLink href=log_in look=Look::Primary>{t!(i18n, delivery.log_in)}</ButtonLink> }
                        .into_any()
                } else {
                    view! {
                        <Button look=Look::Primary on_press=move |()| begin.run(takes_over)>
                            {t!(i18n, common.retry)}
                        </Button>
                    }
                    .into_any()
                }}
                <WayOut />
            </div>
        </main>
    }
}

fn said(words: impl IntoView + 'static) -> AnyView {
    view! { <Notice tone=Tone::Stop>{words}</Notice> }.into_any()
}
