//! What a candidate does who did not come with Safe Exam Browser.

use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use shared::delivery::SAFE_BROWSER_CONFIG;

/// Under this name the settings are saved; by its end the device knows what opens them.
const FILE: &str = "chengxi.seb";

/// The way in, step by step, and who helps.
#[component]
pub(super) fn SafeBrowserSteps() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="stack">
            <p>{t!(i18n, delivery.safe_browser_text)}</p>
            <ul class="bullets stack">
                <li>{t!(i18n, delivery.safe_browser_step_install)}</li>
                <li>{t!(i18n, delivery.safe_browser_step_open)}</li>
                <li>{t!(i18n, delivery.safe_browser_step_enter)}</li>
            </ul>
            <p>
                <a class="button" href=SAFE_BROWSER_CONFIG download=FILE rel="external">
                    {t!(i18n, delivery.safe_browser_config)}
                </a>
            </p>
            <p class="muted">{t!(i18n, delivery.safe_browser_help)}</p>
        </div>
    }
}
