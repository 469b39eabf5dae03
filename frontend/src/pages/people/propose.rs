//! Proposing a person to another township, anywhere in the province, or to a school there; and choosing such a place.

use super::{
    changes::Change,
    checked::{Checked, CheckedForm},
    reason::ReasonField,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::{
        steps::{Choice, Steps, latest},
        words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key, query},
    },
    ui::{Dialog, Field, Select, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::ProviderId,
    organisation::{Division, DivisionCode},
    people::{ProposeTransfer, TransferPlaces, TransferView, check_reason},
    problem::FieldError,
};

/// The dialog, for a person who is kept at `from`.
#[component]
pub(super) fn ProposeDialog(change: Change, from: DivisionCode) -> impl IntoView {
    view! {
        <Dialog is_open=change.is_open title=words(|locale| td_string!(locale, people.propose))>
            <Propose change from />
        </Dialog>
    }
}

/// Where the person is to go, as far as it is chosen.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Destination {
    division: RwSignal<String>,
    school: RwSignal<String>,
    /// What came last for a chosen division.
    places: Memo<Option<TransferPlaces>>,
}

impl Destination {
    /// At first the county that the person is in: most stay there.
    pub(in crate::pages) fn new(actor: Actor, from: DivisionCode) -> Self {
        let division = RwSignal::new(from.county().unwrap_or(from).to_string());
        let places = latest(LocalResource::new(move || fetch(actor, division.get())));
        Self { division, school: RwSignal::new(String::new()), places }
    }

    /// The choices: back up, here, and further down.
    fn divisions(self) -> Vec<(String, String)> {
        let Some(places) = self.places.get() else { return Vec::new() };
        let choices = |divisions: Vec<Division>| -> Vec<Choice> { divisions.into_iter().map(Choice::from).collect() };
        Steps { way: choices(places.way), parts: choices(places.parts) }.options()
    }

    /// What there is in the chosen division, if it has come.
    fn inside(self) -> Option<TransferPlaces> {
        let is_chosen = |places: &TransferPlaces| {
            places.way.last().is_some_and(|last| self.division.with(|division| *division == last.code))
        };
        self.places.get().filter(is_chosen)
    }

    /// The schools that may take the person.
    fn schools(self) -> Vec<(String, String)> {
        let schools = self.inside().map(|places| places.schools).unwrap_or_default();
        schools.into_iter().map(|school| (school.id.to_string(), school.name)).collect()
    }

    /// What is wrong with the division.
    fn wrong(self) -> Option<FieldError> {
        if self.division.with(String::is_empty) {
            return Some(FieldError::new("/division", "required"));
        }
        let is_wide = self.inside().is_some_and(|places| !places.parts.is_empty());
        is_wide.then(|| FieldError::new("/division", "division-too-wide"))
    }

    /// What is wrong where a school must be chosen.
    pub(in crate::pages) fn wrong_school(self) -> Option<FieldError> {
        self.wrong().or_else(|| match self.chosen_school() {
            Some(_) => None,
            None if self.inside().is_some() && self.schools().is_empty() => {
                Some(FieldError::new("/division", "no-school"))
            }
            None => Some(FieldError::new("/provider_id", "required")),
        })
    }

    /// The chosen school, if it still is among those.
    pub(in crate::pages) fn chosen_school(self) -> Option<ProviderId> {
        let school = self.school.get();
        let is_there = self.schools().iter().any(|(id, _)| *id == school);
        school.parse().ok().filter(|_| is_there)
    }
}

async fn fetch(actor: Actor, division: String) -> Outcome<Option<TransferPlaces>> {
    let places: TransferPlaces =
        client::get(actor, &format!("/transfer_places?{}", query(&[("division", Some(division))]))).await?;
    Ok(Some(places))
}

#[component]
fn Propose(change: Change, from: DivisionCode) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (to, reason) = (Destination::new(actor, from), RwSignal::new(String::new()));
    let checked = Checked::new(move || {
        let reason = reason.with(|reason| check_reason(reason, "/reason").err());
        to.wrong().into_iter().chain(reason).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let proposal = ProposeTransfer {
            division: to.division.get_untracked(),
            provider_id: untrack(|| to.chosen_school()),
            reason: reason.get_untracked(),
        };
        let (path, key) = (format!("/people/{}/transfers", change.id), key.get_value());
        let sending = async move { client::create(actor, &path, &key, &proposal).await };
        checked.deed.run(sending, move |_: TransferView| {
            change.is_open.set(false);
            toasts.done(t_string!(i18n, people.proposed));
        });
    });
    view! {
        <p>{t!(i18n, people.propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.propose_do)) send>
            <WhereTo to checked />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// The township, one step of the tree at a time, and the school, if one is to keep the person.
#[component]
pub(in crate::pages) fn WhereTo(
    /// What is chosen.
    to: Destination,
    /// What judges it.
    checked: Checked,
    /// Whether a school must be chosen.
    #[prop(optional)]
    needs_school: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let no_school = Signal::derive(move || match needs_school {
        true => t_string!(i18n, common.choose).to_owned(),
        false => t_string!(i18n, people.no_school).to_owned(),
    });
    let anywhere = Signal::derive(move || match to.division.with(String::is_empty) {
        true => t_string!(i18n, common.choose).to_owned(),
        false => t_string!(i18n, people.other_city).to_owned(),
    });
    let schools = Memo::new(move |_| to.schools());
    view! {
        <Field
            id="to"
            label=words(|locale| td_string!(locale, people.to))
            hint=words(|locale| td_string!(locale, people.to_hint))
            error=checked.error("/division")
        >
            <Select value=to.division options=Signal::derive(move || to.divisions()) empty=anywhere />
        </Field>
        <Show when=move || schools.with(|schools| !schools.is_empty())>
            <Field
                id="to_school"
                label=words(|locale| td_string!(locale, people.to_school))
                error=checked.error("/provider_id")
            >
                <Select value=to.school options=schools empty=no_school />
            </Field>
        </Show>
    }
}
