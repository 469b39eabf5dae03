//! The frame of every page and the routes.

use crate::{
    i18n::{I18nContextProvider, t, t_string, use_i18n},
    pages::{
        identity::{account::AccountPage, home::HomePage, login::LoginPage},
        not_found::NotFoundPage,
    },
    platform::{actor::Actor, theme},
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{A, Route, Router, Routes},
    path,
};

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Actor::new());
    theme::apply_kept();
    view! {
        <I18nContextProvider enable_cookie=false>
            <Router>
                <Shell />
            </Router>
        </I18nContextProvider>
    }
}

#[component]
fn Shell() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    view! {
        <div class="shell">
            <a class="skip button" href="#content">{t!(i18n, common.skip)}</a>
            <header class="masthead no-print">
                <A href="/" attr:class="brand">
                    <img src="/icon.svg" alt="" width="32" height="32" />
                    {t!(i18n, common.app_name)}
                </A>
                <Show when=move || actor.me().is_some()>
                    <nav aria-label=move || t_string!(i18n, common.main_navigation)>
                        <A href="/" exact=true>{t!(i18n, common.home)}</A>
                        <A href="/me">{t!(i18n, common.account)}</A>
                    </nav>
                </Show>
            </header>
            <div id="content" tabindex="-1">
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/login") view=LoginPage />
                    <Route path=path!("/me") view=AccountPage />
                </Routes>
            </div>
            <footer class="colophon">{t!(i18n, common.colophon)}</footer>
        </div>
    }
}
