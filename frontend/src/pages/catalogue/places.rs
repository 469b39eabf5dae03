//! How to enrol: the schools of a place, chosen from the city down.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::{kind_name, words},
    platform::client::{self, Outcome},
    ui::{AsyncView, Button, Card, Field, Select},
};
use leptos::prelude::*;
use shared::organisation::{Division, DivisionLevel, EnrolmentPlaces, PublicPoint, PublicProvider};

/// Stands between the names of divisions.
const INTO: &str = " › ";

/// The card.
#[component]
pub(super) fn HowToEnrol() -> impl IntoView {
    let i18n = use_i18n();
    let place = RwSignal::new(String::new());
    let found = LocalResource::new(move || find(place.get()));
    let known = move || found.get().and_then(Result::ok).flatten();
    let parts = move || {
        let part = |part: Division| (part.code, part.name);
        known().map(|places| places.parts.into_iter().map(part).collect::<Vec<_>>()).unwrap_or_default()
    };
    let here = move || {
        let way = known().map(|places| way_words(&places.way)).filter(|way| !way.is_empty())?;
        Some(t_string!(i18n, catalogue.here, way = way))
    };
    view! {
        <Card title=words(|locale| td_string!(locale, catalogue.enrol))>
            <p>{t!(i18n, catalogue.enrol_text)}</p>
            <Field id="place" label=words(|locale| td_string!(locale, catalogue.place))>
                <Select value=place options=Signal::derive(parts) />
            </Field>
            <p role="status">{here}</p>
            <Show when=move || place.with(|place| !place.is_empty())>
                <Button on_press=move |()| place.set(String::new())>{t!(i18n, catalogue.place_again)}</Button>
            </Show>
            <AsyncView resource=found let:found>{found.map(|places| view! { <Schools places /> })}</AsyncView>
        </Card>
    }
}

async fn find(place: String) -> Outcome<Option<EnrolmentPlaces>> {
    let asked = client::query(&[("division", Some(place))]);
    let path = if asked.is_empty() { "/public/places".to_owned() } else { format!("/public/places?{asked}") };
    client::get_open(&path).await
}

/// The names of the divisions on the way, below the province.
fn way_words(way: &[Division]) -> String {
    let below = way.iter().filter(|division| division.level != DivisionLevel::Province);
    below.map(|division| division.name.as_str()).collect::<Vec<_>>().join(INTO)
}

/// The schools, once a county is chosen.
#[component]
fn Schools(places: EnrolmentPlaces) -> impl IntoView {
    let i18n = use_i18n();
    let is_near = places.way.iter().any(|division| division.level == DivisionLevel::County);
    if !is_near {
        return ().into_any();
    }
    if places.providers.is_empty() {
        return view! { <p>{t!(i18n, catalogue.no_school)}</p> }.into_any();
    }
    let row = |provider: PublicProvider| view! { <li><School provider /></li> };
    view! { <ul class="rows">{places.providers.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// A school and its points.
#[component]
fn School(provider: PublicProvider) -> impl IntoView {
    let i18n = use_i18n();
    let PublicProvider { name, kind, division_name, teaching_points, service_points } = provider;
    let teaching = move |point: PublicPoint| {
        view! { <Point point kind=words(|locale| td_string!(locale, catalogue.teaching_point)) /> }
    };
    let serving = move |point: PublicPoint| {
        view! { <Point point kind=words(|locale| td_string!(locale, catalogue.service_point)) /> }
    };
    view! {
        <div class="stack">
            <h3>{name}</h3>
            <p class="muted small">{move || kind_name(i18n.get_locale(), kind)} " · " {division_name}</p>
            {teaching_points.into_iter().map(teaching).collect_view()}
            {service_points.into_iter().map(serving).collect_view()}
        </div>
    }
}

/// Where to go, and when.
#[component]
fn Point(point: PublicPoint, kind: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let PublicPoint { name, address, phone, opening_hours } = point;
    let open_at = opening_hours.map(|hours| {
        let words = move || t_string!(i18n, catalogue.open_at, hours = hours.clone());
        view! { <p>{words}</p> }
    });
    view! {
        <div>
            <p><b>{move || kind.get()}</b> " " {name}</p>
            <p>{address}</p>
            <p class="num">{move || t_string!(i18n, catalogue.phone, phone = phone.clone())}</p>
            {open_at}
        </div>
    }
}
