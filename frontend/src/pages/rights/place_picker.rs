//! Choosing a place: from the largest that the reader keeps down to a school.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{Button, Field, Look, Select},
};
use leptos::prelude::*;
use shared::{
    identity::NamedPlace,
    organisation::{DivisionCode, DivisionLevel, DivisionRow, ProviderView},
    page::Page,
};

/// A place with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    place: NamedPlace,
    name: String,
}

impl Choice {
    fn division(row: DivisionRow) -> Option<Self> {
        let code = DivisionCode::parse(&row.division.code)?;
        Some(Self { place: NamedPlace::Division { code }, name: row.division.name })
    }

    fn school(school: ProviderView) -> Self {
        Self { place: NamedPlace::Provider { id: school.id }, name: school.name }
    }

    /// What tells it from the others in a list.
    fn value(&self) -> String {
        match &self.place {
            NamedPlace::Division { code } => code.to_string(),
            NamedPlace::Provider { id } => id.to_string(),
        }
    }
}

/// What can be chosen below a place: its parts, and the schools that lie in none of them.
async fn parts(actor: Actor, of: Option<NamedPlace>) -> Outcome<Vec<Choice>> {
    let code = match of {
        None => return divisions(actor, "/divisions").await,
        Some(NamedPlace::Provider { .. }) => return Ok(Vec::new()),
        Some(NamedPlace::Division { code }) => code,
    };
    let mut below = match code.level() {
        DivisionLevel::Township => Vec::new(),
        _ => divisions(actor, &format!("/divisions?parent={code}")).await?,
    };
    // A list goes by division: a place's own schools stand before those of its parts.
    let schools: Page<ProviderView> = client::get(actor, &format!("/providers?limit=200&division={code}")).await?;
    below.extend(schools.items.into_iter().filter(|school| school.division == code).map(Choice::school));
    Ok(below)
}

async fn divisions(actor: Actor, path: &str) -> Outcome<Vec<Choice>> {
    let rows: Vec<DivisionRow> = client::get(actor, path).await?;
    Ok(rows.into_iter().filter_map(Choice::division).collect())
}

/// A list that leads one step down at a time, and the way back up.
#[component]
pub(super) fn PlacePicker(
    /// The chosen place.
    place: RwSignal<Option<NamedPlace>>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let trail = RwSignal::new(Vec::<Choice>::new());
    let below =
        LocalResource::new(move || parts(actor, trail.with(|trail| trail.last().map(|last| last.place.clone()))));
    let choices = move || below.get().and_then(Result::ok).unwrap_or_default();
    let next = RwSignal::new(String::new());
    let go = move |change: &dyn Fn(&mut Vec<Choice>)| {
        trail.update(|trail| change(trail));
        place.set(trail.with_untracked(|trail| trail.last().map(|last| last.place.clone())));
    };
    Effect::watch(
        move || next.get(),
        move |value, _, _| {
            let chosen = untrack(choices).into_iter().find(|choice| choice.value() == *value);
            if let Some(chosen) = chosen {
                go(&|trail| trail.push(chosen.clone()));
                next.set(String::new());
            }
        },
        false,
    );
    let options = move || choices().into_iter().map(|choice| (choice.value(), choice.name)).collect::<Vec<_>>();
    let path = move || {
        let names = trail.with(|trail| trail.iter().map(|choice| choice.name.clone()).collect::<Vec<_>>().join(" "));
        if names.is_empty() { t_string!(i18n, rights.no_place).to_owned() } else { names }
    };
    view! {
        <p role="status">{t!(i18n, rights.chosen_place)} <b>{path}</b></p>
        <Field id="place" label=words(|locale| td_string!(locale, rights.choose_part)) error>
            <Select value=next options=Signal::derive(options) />
        </Field>
        <Show when=move || trail.with(|trail| !trail.is_empty())>
            <div class="row">
                <Button look=Look::Quiet on_press=move |()| go(&|trail| drop(trail.pop()))>{t!(i18n, rights.up)}</Button>
            </div>
        </Show>
    }
}
