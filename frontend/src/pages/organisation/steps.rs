//! Choosing a place step by step: from the largest that somebody knows down to a school, and back up.

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use leptos::prelude::*;
use shared::{
    identity::NamedPlace,
    ids::ProviderId,
    organisation::{Division, DivisionCode, DivisionLevel, DivisionRow, DivisionView, ProviderView},
    page::Page,
};

/// A place with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Choice {
    /// What tells it from the others: the code of a division, or the id of a school.
    value: String,
    name: String,
}

impl Choice {
    fn school(school: ProviderView) -> Self {
        Self { value: school.id.to_string(), name: school.name }
    }
}

impl From<Division> for Choice {
    fn from(division: Division) -> Self {
        Self { value: division.code, name: division.name }
    }
}

/// What can be chosen from where one stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) struct Steps {
    /// The places above, the largest first, and the one where one stands.
    pub(in crate::pages) way: Vec<Choice>,
    /// What it is made of, and the schools that lie in none of its parts.
    pub(in crate::pages) parts: Vec<Choice>,
}

impl Steps {
    /// The choices of a list: back up, here, and further down.
    pub(in crate::pages) fn options(&self) -> Vec<(String, String)> {
        self.way.iter().chain(&self.parts).map(|choice| (choice.value.clone(), choice.name.clone())).collect()
    }

    /// The chosen place in words, after what it lies in.
    fn path(&self, value: &str) -> String {
        let end = self.way.iter().position(|choice| choice.value == value).map_or(self.way.len(), |at| at + 1);
        let part = self.parts.iter().find(|choice| choice.value == value);
        let names = self.way.iter().take(end).chain(part).map(|choice| choice.name.as_str());
        names.collect::<Vec<_>>().join(" ")
    }
}

/// What a reader can choose of the places that they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Offer {
    /// Whether the place where they begin is a choice too; otherwise it is what no choice means.
    pub(in crate::pages) has_beginning: bool,
    /// Whether schools are.
    pub(in crate::pages) has_schools: bool,
}

/// A walk through the tree of places.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Walk {
    at: RwSignal<String>,
    known: Memo<Steps>,
}

impl Walk {
    /// A walk whose chosen place stands in `at`: the code of a division, the id of a school, or nothing.
    pub(in crate::pages) fn new(actor: Actor, at: RwSignal<String>, offer: Offer) -> Self {
        let fetched = LocalResource::new(move || steps(actor, at.get(), offer));
        Self { at, known: latest(fetched) }
    }

    /// The choices.
    pub(in crate::pages) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || self.known.with(Steps::options))
    }

    /// The chosen place in words.
    pub(in crate::pages) fn path(self) -> Signal<String> {
        Signal::derive(move || self.at.with(|at| self.known.with(|known| known.path(at))))
    }
}

/// What came last: it stays while the next one is on its way, and when that does not come.
pub(in crate::pages) fn latest<T>(fetched: LocalResource<Outcome<T>>) -> Memo<T>
where
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&T>| {
        fetched.get().and_then(Result::ok).or_else(|| before.cloned()).unwrap_or_default()
    })
}

/// The place that a value names.
pub(in crate::pages) fn named_place(value: &str) -> Option<NamedPlace> {
    let division = DivisionCode::parse(value).map(|code| NamedPlace::Division { code });
    division.or_else(|| value.parse::<ProviderId>().ok().map(|id| NamedPlace::Provider { id }))
}

/// The parameters that ask a list for what lies at a chosen place: `division` and `provider_id`.
pub(in crate::pages) fn place_query(value: &str) -> [(&'static str, Option<String>); 2] {
    let (division, school) = match named_place(value) {
        Some(NamedPlace::Division { code }) => (Some(code.to_string()), None),
        Some(NamedPlace::Provider { id }) => (None, Some(id.to_string())),
        Some(NamedPlace::ServicePoint { .. } | NamedPlace::Course { .. }) | None => (None, None),
    };
    [("division", division), ("provider_id", school)]
}

async fn steps(actor: Actor, at: String, offer: Offer) -> Outcome<Steps> {
    let roots = divisions(actor, "/divisions").await?;
    // Who has one place alone stands there without a choice.
    let implied = match roots.as_slice() {
        [root] if !offer.has_beginning => DivisionCode::parse(&root.code),
        _ => None,
    };
    let Some(here) = division_of(actor, &at).await? else {
        let parts = match implied {
            Some(root) => parts(actor, root, offer).await?,
            None => roots.into_iter().map(Choice::from).collect(),
        };
        return Ok(Steps { way: Vec::new(), parts });
    };
    let view: DivisionView = client::get(actor, &format!("/divisions/{here}")).await?;
    let is_known = |division: &Division| {
        let is_implied = implied.is_some_and(|root| root.as_str() == division.code);
        !is_implied && roots.iter().any(|root| division.code.starts_with(&root.code))
    };
    let way = view.above.into_iter().chain([view.division]).filter(is_known).map(Choice::from).collect();
    Ok(Steps { way, parts: parts(actor, here, offer).await? })
}

/// The division that a chosen place is or lies in.
async fn division_of(actor: Actor, value: &str) -> Outcome<Option<DivisionCode>> {
    Ok(match named_place(value) {
        Some(NamedPlace::ServicePoint { .. } | NamedPlace::Course { .. }) | None => None,
        Some(NamedPlace::Division { code }) => Some(code),
        Some(NamedPlace::Provider { id }) => {
            let school: ProviderView = client::get(actor, &format!("/providers/{id}")).await?;
            Some(school.division)
        }
    })
}

/// What can be chosen below a division: its parts, and the schools that lie in none of them.
async fn parts(actor: Actor, of: DivisionCode, offer: Offer) -> Outcome<Vec<Choice>> {
    let below = match of.level() {
        DivisionLevel::Township => Vec::new(),
        _ => divisions(actor, &format!("/divisions?parent={of}")).await?,
    };
    let mut below: Vec<Choice> = below.into_iter().map(Choice::from).collect();
    // Schools lie in counties and townships.
    if offer.has_schools && of.county().is_some() {
        // A list goes by division: a place's own schools stand before those of its parts.
        let schools: Page<ProviderView> = client::get(actor, &format!("/providers?limit=200&division={of}")).await?;
        below.extend(schools.items.into_iter().filter(|school| school.division == of).map(Choice::school));
    }
    Ok(below)
}

async fn divisions(actor: Actor, path: &str) -> Outcome<Vec<Division>> {
    let rows: Vec<DivisionRow> = client::get(actor, path).await?;
    // One that is gone is read, and not chosen.
    let standing = rows.into_iter().filter(|row| row.abolished_on.is_none());
    Ok(standing.map(|row| row.division).collect())
}
