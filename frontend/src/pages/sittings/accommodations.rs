//! What candidates need at tests: what the bureau may see, and what waits for it.

use super::accommodation_words::{AccommodationTag, needs_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{Column, PageHeading, Paged, PagedView, Table},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{page::Page, sittings::AccommodationView};

lazy_page! {
    /// The page.
    AccommodationsPage = Accommodations in office;
}

#[component]
fn Accommodations() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let asked = move |cursor: Option<String>| query(&[("waits", waits.get()), ("cursor", cursor)]);
    let accommodations = Paged::new(move |cursor| {
        let path = format!("/accommodations?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<AccommodationView>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| accommodations.reload(), false);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, sittings.accommodation_candidate))),
        Column::text(words(|locale| td_string!(locale, sittings.accommodation_school))),
        Column::text(words(|locale| td_string!(locale, sittings.accommodation_needs))),
        Column::text(words(|locale| td_string!(locale, sittings.accommodation_applied_at))),
        Column::text(words(|locale| td_string!(locale, sittings.accommodation_standing))),
    ]);
    let is_waiting = move || waits.with(Option::is_some);
    let only = move || {
        let words = words(|locale| td_string!(locale, sittings.accommodations_wait));
        is_waiting().then(|| view! { <OnlyWaiting words everything="/accommodations" /> })
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, sittings.accommodations)) />
            <p class="muted">{t!(i18n, sittings.accommodations_lead)}</p>
            {only}
            <PagedView paged=accommodations empty=words(|locale| td_string!(locale, sittings.accommodations_none))>
                <Table
                    caption=words(|locale| td_string!(locale, sittings.accommodations))
                    columns=columns.get_value()
                    rows=accommodations.rows()
                    key=|accommodation| (accommodation.id, accommodation.state)
                    row
                />
            </PagedView>
        </main>
    }
}

/// The cells of an accommodation.
fn row(accommodation: AccommodationView) -> impl IntoView {
    let i18n = use_i18n();
    let (needs, applied_at) = (accommodation.needs, accommodation.applied_at);
    view! {
        <th scope="row">
            <A href=format!("/accommodations/{}", accommodation.id)>{accommodation.candidate_name}</A>
        </th>
        <td>{accommodation.provider_name}</td>
        <td>{move || needs_name(i18n.get_locale(), needs)}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), applied_at)}</td>
        <td><AccommodationTag state=accommodation.state /></td>
    }
}
