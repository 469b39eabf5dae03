//! In which units learners stop.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::{AsyncView, Card},
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::{FEWEST_TOLD, STOPPED_AFTER_DAYS, UnitStop},
};

/// The units, with how many stopped in each.
#[component]
pub(super) fn Stops(
    /// The course.
    id: CourseId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let stops = LocalResource::new(move || {
        let path = format!("/courses/{id}/stops");
        async move { client::get::<Vec<UnitStop>>(actor, &path).await }
    });
    let about = move || t_string!(i18n, learning.stops_about, days = STOPPED_AFTER_DAYS, fewest = FEWEST_TOLD);
    let row = |stop: UnitStop| view! { <StopRow stop /> };
    view! {
        <Card title=words(|locale| td_string!(locale, learning.stops))>
            <p class="muted small">{about}</p>
            <AsyncView
                resource=stops
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, learning.stops_none))
                let:stops
            >
                <ul class="differences">{stops.into_iter().map(row).collect_view()}</ul>
            </AsyncView>
        </Card>
    }
}

#[component]
fn StopRow(stop: UnitStop) -> impl IntoView {
    let i18n = use_i18n();
    let UnitStop { title, module_title, learners, .. } = stop;
    view! {
        <li>
            <span class="muted">{module_title} " ›"</span> " " <b>{title}</b> " "
            <span class="num">{t!(i18n, learning.stops_learners, count = learners)}</span>
        </li>
    }
}
