//! The learner's layout: the page, and four ways at the bottom within reach of a thumb.

use super::{
    places::{Entry, LEARNER},
    read_aloud::ReadPage,
    still_there::StillThere,
    unsent::UnsentElsewhere,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Stands around a learner's page.
#[component]
pub(super) fn LearnerFrame(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="shell learner">
            <a class="skip button" href="#content">{t!(i18n, common.skip)}</a>
            <nav class="bottom-bar no-print" aria-label=move || t_string!(i18n, common.main_navigation)>
                {LEARNER.map(|entry| view! { <BarEntry entry /> }).collect_view()}
            </nav>
            <UnsentElsewhere />
            <ReadPage />
            <div id="content" class="content" tabindex="-1">{children()}</div>
            <StillThere />
        </div>
    }
}

/// One way; marked while one is there.
#[component]
pub(super) fn BarEntry(entry: Entry) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <A href=entry.path>
            <Icon symbol=entry.symbol />
            <span>{move || (entry.name)(i18n.get_locale())}</span>
        </A>
    }
}
