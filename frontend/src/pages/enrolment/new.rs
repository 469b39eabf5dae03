//! Enrolling somebody: from the street, from the list of persons (`?person=…`), or from the survey list
//! (`?entry=…`).

use super::{
    applicant::{InSchool, PersonFields, StudyFields},
    draft::Draft,
    verdict::{Verdict, is_kept_elsewhere},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{
            entry_form::Entering,
            schools::{SchoolField, schools},
            words::words,
        },
        people::{
            ask::{AskFor, AskingPlace},
            checked::{Checked, CheckedForm},
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, EmptyState, PageHeading, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_query_map},
};
use shared::{
    enrolment::{Applicant, EnrolmentRule, EnrolmentVerdict, EnrolmentView},
    ids::{PersonId, RosterEntryId},
    organisation::ProviderView,
    people::PersonView,
    rights::Right,
    roster::EntryView,
};

lazy_page! {
    /// The page.
    NewEnrolmentPage = NewOne in school;
}

/// Whom the address names.
#[derive(Clone, Copy)]
enum Named {
    Person(PersonId),
    Entry(RosterEntryId),
}

impl Named {
    fn of_address() -> Option<Self> {
        use_query_map().with_untracked(|query| {
            let person = query.get("person").and_then(|id| id.parse().ok()).map(Self::Person);
            person.or_else(|| query.get("entry").and_then(|id| id.parse().ok()).map(Self::Entry))
        })
    }

    const fn applicant(self) -> Applicant {
        match self {
            Self::Person(person_id) => Applicant::Known { person_id },
            Self::Entry(entry_id) => Applicant::Listed { entry_id },
        }
    }
}

/// What is known of somebody whom the address names.
#[derive(Clone, PartialEq)]
struct Summary {
    name: String,
    /// The number of the document, masked, if it may be seen.
    document: Option<String>,
    birth_year: Option<i16>,
    phone: Option<String>,
}

/// What the form needs before it is drawn.
#[derive(Clone, PartialEq)]
struct Start {
    schools: Vec<ProviderView>,
    summary: Option<Summary>,
}

impl Start {
    fn has_no_school(&self) -> bool {
        self.schools.is_empty()
    }
}

async fn summary(actor: Actor, named: Named) -> Outcome<Summary> {
    match named {
        Named::Person(id) => {
            let person: PersonView = client::get(actor, &format!("/people/{id}")).await?;
            let document = person.documents.into_iter().find(|document| document.ended_at.is_none());
            Ok(Summary {
                name: person.name,
                document: document.map(|document| document.number_masked),
                birth_year: person.birth_year,
                phone: person.phone_masked,
            })
        }
        Named::Entry(id) => {
            let EntryView { entry, .. } = client::get(actor, &format!("/roster/{id}")).await?;
            Ok(Summary { name: entry.name, document: None, birth_year: entry.birth_year, phone: None })
        }
    }
}

async fn start(actor: Actor, named: Option<Named>) -> Outcome<Start> {
    let schools = schools(actor, Right::KeepEnrolments).await?;
    let summary = match named {
        Some(named) => Some(summary(actor, named).await?),
        None => None,
    };
    Ok(Start { schools, summary })
}

#[component]
fn NewOne() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let named = Named::of_address();
    let fetched = LocalResource::new(move || start(actor, named));
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/enrolments">{t!(i18n, enrolment.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, enrolment.add)) />
            <AsyncView resource=fetched let:start>
                {if start.has_no_school() {
                    view! { <EmptyState text=words(|locale| td_string!(locale, enrolment.not_yours)) /> }.into_any()
                } else {
                    view! { <Form start named /> }.into_any()
                }}
            </AsyncView>
        </main>
    }
}

#[component]
fn Form(start: Start, named: Option<Named>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let Start { schools, summary } = start;
    let draft = Draft::new(schools, named.map(Named::applicant));
    let rules: LocalResource<Outcome<Vec<EnrolmentRule>>> = LocalResource::new(move || {
        let division = draft.school().map(|school| format!("?division={}", school.division)).unwrap_or_default();
        async move { client::get(actor, &format!("/enrolment_rules{division}")).await }
    });
    let answer = RwSignal::new(None::<Outcome<EnrolmentVerdict>>);
    let entering = Entering::new(actor, "/enrolments");
    let checked = Checked::over(entering.deed, entering.was_sent, move || draft.wrong());
    let send = Callback::new(move |()| {
        let navigate = navigate.clone();
        entering.send(untrack(|| draft.stated()), move |added: EnrolmentView| {
            toasts.done(t_string!(i18n, enrolment.added));
            navigate(&format!("/enrolments/{}", added.record.id), Default::default());
        });
    });
    view! {
        <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, enrolment.add_do)) send>
            <SchoolField
                schools=draft.schools.get_value()
                value=draft.school
                error=checked.error("/provider_id")
            />
            {match summary {
                Some(summary) => view! { <Known summary /> }.into_any(),
                None => view! { <PersonFields draft checked /> }.into_any(),
            }}
            <StudyFields draft checked />
            <InSchool draft />
            <Verdict draft rules answer />
        </CheckedForm>
        <Show when=move || answer.with(|answer| is_kept_elsewhere(answer.as_ref()))>
            <KeptElsewhere draft />
        </Show>
    }
}

/// The way to somebody whom another place keeps: it is asked.
#[component]
fn KeptElsewhere(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let to = Signal::derive(move || {
        let school = draft.school()?;
        let division = match draft.needs_residence() {
            true => draft.residence.get(),
            false => school.division.to_string(),
        };
        Some(AskingPlace { division, provider_id: Some(school.id) })
    });
    // Of whom the survey list names, the number does not stand in the form.
    let asks_document = draft.is_known();
    view! {
        <div class="card stack">
            <p>{t!(i18n, people.ask_kept_elsewhere)}</p>
            <div class="row"><AskFor named=String::new() document=draft.document asks_document to /></div>
        </div>
    }
}

/// Who it is, where that is known.
#[component]
fn Known(summary: Summary) -> impl IntoView {
    let i18n = use_i18n();
    let Summary { name, document, birth_year, phone } = summary;
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, people.name)}</dt><dd>{name}</dd></div>
            {document.map(|number| view! { <div><dt>{t!(i18n, people.document)}</dt><dd class="num">{number}</dd></div> })}
            {birth_year.map(|year| view! { <div><dt>{t!(i18n, people.birth_year)}</dt><dd class="num">{year}</dd></div> })}
            {phone.map(|phone| view! { <div><dt>{t!(i18n, people.phone)}</dt><dd class="num">{phone}</dd></div> })}
        </dl>
    }
}
