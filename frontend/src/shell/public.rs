//! The frame of pages that need no log-in.

use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

/// Stands around every public route.
#[component]
pub(crate) fn PublicFrame() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="shell public">
            <a class="skip button" href="#content">{t!(i18n, common.skip)}</a>
            <header class="masthead no-print">
                <A href="/" attr:class="brand">
                    <img src="/icon.svg" alt="" width="32" height="32" />
                    {t!(i18n, common.app_name)}
                </A>
            </header>
            <div id="content" class="content" tabindex="-1"><Outlet /></div>
            <footer class="colophon no-print">
                <p>{t!(i18n, common.colophon)}</p>
                <A href="/verify">{t!(i18n, credit_bank.link)}</A>
                <A href="/draws">{t!(i18n, papers.draws)}</A>
                <A href="/privacy">{t!(i18n, privacy.notice_page)}</A>
            </footer>
        </div>
    }
}
