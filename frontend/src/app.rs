//! What every page finds: the actor, the voice, the language, the router.

use crate::{
    i18n::{I18nContextProvider, use_i18n},
    lazy::PartsUnderWay,
    pages::authoring::left::LeftDrafts,
    platform::{actor::Actor, locale, theme},
    routes::AppRoutes,
    ui::{ToastRegion, Toasts},
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Actor::new());
    provide_context(Toasts::new());
    provide_context(LeftDrafts::new());
    provide_context(PartsUnderWay::new());
    theme::apply_kept();
    view! {
        <I18nContextProvider enable_cookie=false>
            <Speaking />
        </I18nContextProvider>
    }
}

#[component]
fn Speaking() -> impl IntoView {
    let i18n = use_i18n();
    locale::apply_kept(i18n);
    // Once more after the library, which sets the browser's language when it starts.
    Effect::new(move |_| untrack(|| locale::apply_kept(i18n)));
    let parts = expect_context::<PartsUnderWay>();
    view! {
        <div class="opening-bar no-print" class:under-way=move || parts.any() aria-hidden="true"></div>
        <Router>
            <AppRoutes />
        </Router>
        <ToastRegion />
    }
}
