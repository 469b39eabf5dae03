//! Choosing a service point among those at a place.

use crate::{
    i18n::td_string,
    pages::organisation::{
        steps::{latest, place_query},
        words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{identity::NamedPlace, ids::ServicePointId, organisation::ServicePointView, page::Page};

/// The open service points at a place, and the one that is chosen.
#[derive(Clone, Copy)]
pub(super) struct Points {
    /// Ids and names.
    known: Memo<Vec<(String, String)>>,
    chosen: RwSignal<String>,
}

impl Points {
    /// Those at the place that a picker holds, while they are wanted.
    pub(super) fn at(actor: Actor, place: RwSignal<String>, is_wanted: Signal<bool>) -> Self {
        let fetched = LocalResource::new(move || {
            let place = if is_wanted.get() { place.get() } else { String::new() };
            points(actor, place)
        });
        Self { known: latest(fetched), chosen: RwSignal::new(String::new()) }
    }

    /// The chosen one. Who has gone on to another place has chosen none of it yet.
    pub(super) fn place(self) -> Option<NamedPlace> {
        let chosen = self.chosen.get();
        let is_there = self.known.with(|known| known.iter().any(|(id, _)| *id == chosen));
        let id = chosen.parse::<ServicePointId>().ok().filter(|_| is_there)?;
        Some(NamedPlace::ServicePoint { id })
    }
}

async fn points(actor: Actor, place: String) -> Outcome<Vec<(String, String)>> {
    if place.is_empty() {
        return Ok(Vec::new());
    }
    let [division, school] = place_query(&place);
    let asked = query(&[division, school, ("state", Some("open".to_owned())), ("limit", Some("200".to_owned()))]);
    let page: Page<ServicePointView> = client::get(actor, &format!("/service_points?{asked}")).await?;
    Ok(page.items.into_iter().map(|point| (point.id.to_string(), point.name)).collect())
}

/// The list of them.
#[component]
pub(super) fn PointPicker(
    /// What there is.
    points: Points,
    /// What is wrong with the choice.
    #[prop(into)]
    error: Signal<String>,
) -> impl IntoView {
    view! {
        <Field
            id="point"
            label=words(|locale| td_string!(locale, rights.choose_point))
            hint=words(|locale| td_string!(locale, rights.choose_point_hint))
            error
        >
            <Select value=points.chosen options=points.known />
        </Field>
    }
}
