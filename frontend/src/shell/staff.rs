//! The staff's layout: a side bar grouped by work; above the page on a narrow screen.

use super::{learner::BarEntry, places, still_there::StillThere};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::actor::Actor,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Stands around a page of the staff.
#[component]
pub(super) fn StaffFrame(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let roles = Memo::new(move |_| actor.roles());
    let group = move |group: places::Group| {
        view! {
            {group.name.map(|name| view! { <p class="group">{move || name(i18n.get_locale())}</p> })}
            <ul>{group.entries.into_iter().map(|entry| view! { <li><BarEntry entry /></li> }).collect_view()}</ul>
        }
    };
    view! {
        <div class="shell staff">
            <a class="skip button" href="#content">{t!(i18n, common.skip)}</a>
            <nav class="side-bar no-print" aria-label=move || t_string!(i18n, common.main_navigation)>
                <A href="/" attr:class="brand">
                    <img src="/icon.svg" alt="" width="32" height="32" />
                    {t!(i18n, common.app_name)}
                </A>
                {move || places::side_bar(&roles.get()).into_iter().map(group).collect_view()}
            </nav>
            <div id="content" class="content" tabindex="-1">{children()}</div>
            <StillThere />
        </div>
    }
}
