//! Adding a person.

use super::{
    birth::{BirthDraft, BirthPointers, Untold},
    checked::{Checked, CheckedForm},
    division_of,
    document::{DocumentDraft, DocumentFields, Pointers, Told},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{
        division_field::{DivisionSelect, Lies, named},
        entry_form::Entering,
        words::words,
    },
    platform::{actor::Actor, clock},
    ui::{AsyncView, Choices, EmptyState, Field, PageHeading, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_query_map},
};
use shared::{
    ids::ProviderId,
    people::{NewPerson, PersonView},
    problem::FieldError,
    rights::{Place, Right, places},
};

lazy_page! {
    /// The page.
    NewPersonPage = NewOne in school;
}

/// Registered where they live.
const SAME: &str = "same";
/// Registered elsewhere.
const ELSEWHERE: &str = "elsewhere";

#[component]
fn NewOne() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let home = actor.me().and_then(|me| places(&me.roles, Right::KeepPeople).next().cloned());
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/people">{t!(i18n, people.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, people.add)) />
            {match home {
                Some(home) => view! { <At home /> }.into_any(),
                None => view! { <EmptyState text=words(|locale| td_string!(locale, people.not_yours)) /> }.into_any(),
            }}
        </main>
    }
}

/// The form for the place that is to keep the person.
#[component]
fn At(home: Place) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let code = division_of(&home).unwrap_or_default().to_owned();
    let provider_id = match home {
        Place::Provider { id, .. } => Some(id),
        _ => None,
    };
    let here = LocalResource::new(move || named(actor, code.clone()));
    view! {
        <AsyncView resource=here let:here>
            <Form here provider_id />
        </AsyncView>
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    document: DocumentDraft,
    birth: BirthDraft,
    phone: RwSignal<String>,
    residence: RwSignal<String>,
    registered: RwSignal<String>,
    household: RwSignal<String>,
    provider_id: Option<ProviderId>,
}

impl Draft {
    fn new(here: &Lies, provider_id: Option<ProviderId>) -> Self {
        let empty = || RwSignal::new(String::new());
        let document = DocumentDraft::new();
        Self {
            name: empty(),
            document,
            birth: BirthDraft::new(document),
            phone: empty(),
            residence: RwSignal::new(here.code.to_string()),
            registered: RwSignal::new(SAME.to_owned()),
            household: empty(),
            provider_id,
        }
    }

    /// What is stated; absent while no kind of document is chosen.
    fn stated(self) -> Option<NewPerson> {
        let residence_division = self.residence.get();
        let is_elsewhere = self.registered.with(|registered| registered == ELSEWHERE);
        let household_division = if is_elsewhere { self.household.get() } else { residence_division.clone() };
        Some(NewPerson {
            name: self.name.get(),
            document: self.document.stated()?,
            birth_date: self.birth.date(),
            sex: self.birth.sex(),
            phone: Some(self.phone.get()).filter(|phone| !phone.trim().is_empty()),
            household_division,
            residence_division,
            provider_id: self.provider_id,
        })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            None => self.document.wrong("/document"),
            Some(new) => new.check(clock::now().date_in_china()).err().unwrap_or_default(),
        }
    }
}

#[component]
fn Form(here: Lies, provider_id: Option<ProviderId>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    // Who is met and on no list is registered on the way to the roster.
    let to_roster = use_query_map().with_untracked(|query| query.get("to")).as_deref() == Some("roster");
    let draft = Draft::new(&here, provider_id);
    let entering = Entering::new(actor, "/people");
    let checked = Checked::over(entering.deed, entering.was_sent, move || draft.wrong());
    let send = Callback::new(move |()| {
        let navigate = navigate.clone();
        entering.send(untrack(|| draft.stated()), move |added: PersonView| {
            toasts.done(t_string!(i18n, common.done));
            let further =
                if to_roster { format!("/roster/new?person={}", added.id) } else { format!("/people/{}", added.id) };
            navigate(&further, Default::default());
        });
    });
    view! {
        <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, people.save)) send>
            <Field id="name" label=words(|locale| td_string!(locale, people.name)) error=checked.error("/name")>
                <TextInput value=draft.name />
            </Field>
            <DocumentFields draft=draft.document checked pointers=Pointers::PART />
            <Told draft=draft.document />
            <Untold birth=draft.birth checked pointers=BirthPointers::WHOLE />
            <Field
                id="phone"
                label=words(|locale| td_string!(locale, people.phone))
                hint=words(|locale: Locale| td_string!(locale, people.phone_hint))
                error=checked.error("/phone")
            >
                <TextInput value=draft.phone keyboard="tel" />
            </Field>
            <Field
                id="residence"
                label=words(|locale| td_string!(locale, people.residence))
                error=checked.error("/residence_division")
            >
                <DivisionSelect here value=draft.residence />
            </Field>
            <Household draft checked />
        </CheckedForm>
    }
}

/// Where the person is registered: where they live, or at a place with a code.
#[component]
fn Household(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let is_elsewhere = Memo::new(move |_| draft.registered.with(|registered| registered == ELSEWHERE));
    let choices = move || {
        vec![
            (SAME.to_owned(), t_string!(i18n, people.household_same).to_owned()),
            (ELSEWHERE.to_owned(), t_string!(i18n, people.household_elsewhere).to_owned()),
        ]
    };
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, people.household))
            value=draft.registered
            options=Signal::derive(choices)
            on_choose=move |chosen| draft.registered.set(chosen)
        />
        <Show when=move || is_elsewhere.get()>
            <Field
                id="household"
                label=words(|locale| td_string!(locale, people.household_code))
                hint=words(|locale: Locale| td_string!(locale, people.household_code_hint))
                error=checked.error("/household_division")
            >
                <TextInput value=draft.household keyboard="numeric" />
            </Field>
        </Show>
    }
}
