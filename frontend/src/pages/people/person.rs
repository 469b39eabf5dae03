//! One person: what is known, masked, and what can be done.

use super::{
    changes::{Change, CorrectDialog, PhoneDialog, PutRightDialog},
    names::Names,
    place,
    propose::ProposeDialog,
    reveal::RevealDialog,
    words::{kind_name, sex_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{may, words::words},
    platform::{actor::Actor, client, when},
    ui::{AsyncView, Button, ButtonLink, Card, Column, PageHeading, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    organisation::DivisionCode,
    people::{DocumentView, PersonView},
    rights::{Right, places},
};

lazy_page! {
    /// The page.
    PersonPage = Person in school;
}

#[component]
fn Person() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let person = LocalResource::new(move || {
        let path = format!("/people/{}", id.get());
        async move { client::get::<PersonView>(actor, &path).await }
    });
    let title = Signal::derive(move || match person.get() {
        Some(Ok(person)) => person.name,
        _ => t_string!(i18n, people.person).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/people">{t!(i18n, people.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=person let:person_view>
                <Known person=person_view reload=Callback::new(move |()| person.refetch()) />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let documents = person.documents.clone();
    view! {
        <Card>
            <Facts person=person.clone() />
            <Deeds person reload />
        </Card>
        <Documents documents />
    }
}

/// What is known.
#[component]
fn Facts(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let names = Names::new(expect_context::<Actor>());
    let (sex, born, phone, created_at) = (person.sex, person.birth_year, person.phone_masked, person.created_at);
    let document = person.documents.into_iter().find(|document| document.ended_at.is_none() && !document.is_further);
    let document = document.map(|document| {
        let kind = document.kind;
        view! {
            <div>
                <dt>{move || kind_name(i18n.get_locale(), kind)}</dt>
                <dd class="num">{document.number_masked}</dd>
            </div>
        }
    });
    let [household, residence, kept] =
        [person.household_division, person.residence_division, person.division].map(|code| names.of(&code));
    let or_unknown = move |text: Option<String>| text.unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned());
    let sex = move || or_unknown(sex.map(|sex| sex_name(i18n.get_locale(), sex).to_owned()));
    let born = move || or_unknown(born.map(|year| year.to_string()));
    let phone = move || or_unknown(phone.clone());
    view! {
        <dl class="facts">
            {document}
            <div><dt>{t!(i18n, people.sex)}</dt><dd>{sex}</dd></div>
            <div><dt>{t!(i18n, people.birth_year)}</dt><dd class="num">{born}</dd></div>
            <div><dt>{t!(i18n, people.phone)}</dt><dd class="num">{phone}</dd></div>
            <div><dt>{t!(i18n, people.household)}</dt><dd>{move || household.get()}</dd></div>
            <div><dt>{t!(i18n, people.residence)}</dt><dd>{move || residence.get()}</dd></div>
            <div><dt>{t!(i18n, people.kept_at)}</dt><dd>{move || kept.get()}</dd></div>
            <div>
                <dt>{t!(i18n, people.created_at)}</dt>
                <dd class="num">{move || when::date(i18n.get_locale(), created_at)}</dd>
            </div>
        </dl>
    }
}

/// The deeds that the reader may do, each with its dialog.
#[component]
fn Deeds(person: PersonView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let here = place(&person.division, person.provider_id);
    let (id, version) = (person.id, person.version);
    let change = move || Change { id, version, is_open: RwSignal::new(false), reload };
    let reveal = may(actor, Right::RevealPerson, &here).then(|| RwSignal::new(false));
    let keeps = may(actor, Right::KeepPeople, &here);
    let [right, correct, phone] = [(); 3].map(|()| keeps.then(change));
    let from = DivisionCode::parse(&person.division).filter(|_| may(actor, Right::TransferPeople, &here));
    let enrols = actor.me().is_some_and(|me| places(&me.roles, Right::KeepEnrolments).next().is_some());
    let propose = from.map(|from| (change(), from));
    let merges = may(actor, Right::ProposeMerge, &here);
    view! {
        <div class="row">
            {enrols.then(|| view! {
                <ButtonLink href=format!("/enrolments/new?person={id}")>{t!(i18n, enrolment.add)}</ButtonLink>
            })}
            {reveal.map(|is_open| view! {
                <Button on_press=move |()| is_open.set(true)>{t!(i18n, people.reveal)}</Button>
                <RevealDialog id is_open />
            })}
            {right.map(|change| view! {
                <Button on_press=move |()| change.is_open.set(true)>{t!(i18n, people.put_right)}</Button>
                <PutRightDialog change />
            })}
            {correct.map(|change| view! {
                <Button on_press=move |()| change.is_open.set(true)>{t!(i18n, people.correct)}</Button>
                <CorrectDialog change />
            })}
            {phone.map(|change| view! {
                <Button on_press=move |()| change.is_open.set(true)>{t!(i18n, people.change_phone)}</Button>
                <PhoneDialog change />
            })}
            {propose.map(|(change, from)| view! {
                <Button on_press=move |()| change.is_open.set(true)>{t!(i18n, people.propose)}</Button>
                <ProposeDialog change from />
            })}
            {merges.then(|| view! {
                <ButtonLink href=format!("/people/{id}/duplicates")>{t!(i18n, merges.open)}</ButtonLink>
            })}
        </div>
    }
}

/// Every document that the person had, the newest first.
#[component]
fn Documents(documents: Vec<DocumentView>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, people.document_number))),
        Column::text(words(|locale| td_string!(locale, people.document_kind))),
        Column::text(words(|locale| td_string!(locale, people.recorded_at))),
        Column::text(words(|locale| td_string!(locale, people.state))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, people.documents))>
            <Table
                caption=words(|locale| td_string!(locale, people.document_list))
                columns
                rows=Signal::stored(documents)
                key=|document| document.id
                row
            />
        </Card>
    }
}

fn row(document: DocumentView) -> impl IntoView {
    let i18n = use_i18n();
    let DocumentView { kind, number_masked, recorded_at, is_further, ended_at, ended_because, .. } = document;
    let tone = if ended_at.is_none() { Tone::Ok } else { Tone::Plain };
    let state = move || match ended_at {
        None if is_further => t_string!(i18n, merges.further).to_owned(),
        None => t_string!(i18n, people.in_force).to_owned(),
        Some(at) => td_string!(i18n.get_locale(), people.ended, at = when::date(i18n.get_locale(), at)),
    };
    view! {
        <th scope="row" class="num">{number_masked}</th>
        <td>{move || kind_name(i18n.get_locale(), kind)}</td>
        <td class="num">{move || when::date(i18n.get_locale(), recorded_at)}</td>
        <td><Tag tone>{state}</Tag></td>
        <td>{ended_because}</td>
    }
}
