//! One record: where it stands, what is to be done with it, its papers, and the learner's account.

mod account;
mod amend;
mod form;
mod history;
mod look;
mod papers;
mod school;
pub(super) mod slip;
mod steps;
mod texts;

use super::{
    way::RecordWay,
    words::{StateTag, level_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{may, words::words},
        roster::education::education_name,
        study_proof::StudyProofCard,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Card, Notice, PageHeading, Tone},
};
use account::AccountCard;
use amend::Amend;
use form::FormCard;
use history::History;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use papers::Papers;
use school::SchoolCard;
use shared::{
    enrolment::{EnrolmentRow, EnrolmentView, RecordStep},
    people::PersonView,
    rights::{Place, Right},
};
use steps::Steps;

lazy_page! {
    /// The page.
    EnrolmentPage = Record in school;
}

#[component]
fn Record() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let record = LocalResource::new(move || {
        let path = format!("/enrolments/{}", id.get());
        async move { client::get::<EnrolmentView>(actor, &path).await }
    });
    let title = Signal::derive(move || match record.get() {
        Some(Ok(view)) => view.record.name,
        _ => t_string!(i18n, enrolment.record).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/enrolments">{t!(i18n, enrolment.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=record let:view>
                <Known view reload=Callback::new(move |()| record.refetch()) />
            </AsyncView>
        </main>
    }
}

/// Where the record lies.
pub(super) fn place_of(record: &EnrolmentRow) -> Place {
    Place::Provider { id: record.provider_id, division: record.division.clone() }
}

/// The version to send back in `If-Match`.
pub(super) fn seen(record: &EnrolmentRow) -> String {
    format!("\"{}\"", record.version)
}

/// Brings in what a photo changes: the papers, and the steps that they open. The rest of the page stays as it is
/// drawn, and so does a dialog that stands open.
fn refreshing(latest: RwSignal<EnrolmentView>, reload: Callback<()>) -> Callback<()> {
    let actor = expect_context::<Actor>();
    let (path, version) =
        latest.with_untracked(|view| (format!("/enrolments/{}", view.record.id), view.record.version));
    Callback::new(move |()| {
        let path = path.clone();
        spawn_local(async move {
            let seen: Outcome<EnrolmentView> = client::get(actor, &path).await;
            match seen {
                // The page may be gone.
                _ if latest.is_disposed() => {}
                Ok(seen) if seen.record.version == version => latest.set(seen),
                // It has moved on meanwhile, or cannot be read: the page is drawn anew, and says so.
                _ => reload.run(()),
            }
        });
    })
}

#[component]
fn Known(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let EnrolmentRow { level, state, .. } = view.record;
    let keeps = may(actor, Right::KeepEnrolments, &place_of(&view.record));
    let prints = view.account_id.is_some() && keeps;
    let (facts, entered) = (view.clone(), view.clone());
    let latest = RwSignal::new(view.clone());
    let refresh = refreshing(latest, reload);
    view! {
        <ReturnedBecause view=view.clone() />
        <Card>
            <RecordWay level state />
            <Facts view=facts />
            <Amend view=entered reload />
            <Steps view=latest reload />
        </Card>
        <PersonCard person=view.person.clone() />
        <Papers view=latest reload=refresh />
        {keeps.then(|| view! { <FormCard id=view.record.id /> })}
        <AccountCard view=view.clone() reload />
        <SchoolCard view=view.clone() reload />
        {prints.then(|| view! { <StudyProofCard path=format!("/enrolments/{}/study_proofs", view.record.id) /> })}
        <History steps=view.steps entered_by=view.entered_by_name entered_at=view.entered_at />
    }
}

/// Why the record came back, while nobody has gone on with it.
#[component]
fn ReturnedBecause(view: EnrolmentView) -> impl IntoView {
    let i18n = use_i18n();
    // It still is what came back, however much of it was put right.
    let last = view.steps.into_iter().rfind(|step| step.step != RecordStep::Amend);
    last.filter(|step| step.step == RecordStep::Return).map(|step| {
        view! {
            <Notice tone=Tone::Stop>
                <b>{t!(i18n, enrolment.returned_because)}</b>
                <p>{step.reason}</p>
            </Notice>
        }
    })
}

#[component]
fn Facts(view: EnrolmentView) -> impl IntoView {
    let i18n = use_i18n();
    let EnrolmentView { record, age, education_level, is_literate, rule, .. } = view;
    let EnrolmentRow { level, state, enrolled_on, learner_number, provider_name, .. } = record;
    let number = move || learner_number.clone().unwrap_or_else(|| t_string!(i18n, enrolment.no_number).to_owned());
    let schooling = move || match education_level {
        Some(level) => education_name(i18n.get_locale(), level.code()),
        None if is_literate => t_string!(i18n, enrolment.literate),
        None => t_string!(i18n, people.unknown),
    };
    let since = move || t_string!(i18n, enrolment.rule_since, day = when::day(i18n.get_locale(), rule.valid_from));
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, enrolment.state)}</dt><dd><StateTag state /></dd></div>
            <div><dt>{t!(i18n, enrolment.learner_number)}</dt><dd class="num">{number}</dd></div>
            <div><dt>{t!(i18n, enrolment.level)}</dt><dd>{move || level_name(i18n.get_locale(), level)}</dd></div>
            <div><dt>{t!(i18n, enrolment.school)}</dt><dd>{provider_name}</dd></div>
            <div>
                <dt>{t!(i18n, enrolment.enrolled_on)}</dt>
                <dd class="num">{move || when::day(i18n.get_locale(), enrolled_on)}</dd>
            </div>
            <div><dt>{t!(i18n, enrolment.age)}</dt><dd class="num">{age}</dd></div>
            <div><dt>{t!(i18n, enrolment.schooling)}</dt><dd>{schooling}</dd></div>
            <div><dt>{t!(i18n, enrolment.rule)}</dt><dd class="num">{since}</dd></div>
        </dl>
    }
}

/// Who it is, every number masked; the whole ones are on the person's page, for a reason.
#[component]
fn PersonCard(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let unknown = move |text: Option<String>| text.unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned());
    let document = person.documents.into_iter().find(|document| document.ended_at.is_none());
    let document = document.map(|document| document.number_masked);
    let (born, phone) = (person.birth_year.map(|year| year.to_string()), person.phone_masked);
    view! {
        <Card title=words(|locale| td_string!(locale, people.person))>
            <dl class="facts">
                <div><dt>{t!(i18n, people.document)}</dt><dd class="num">{move || unknown(document.clone())}</dd></div>
                <div><dt>{t!(i18n, people.birth_year)}</dt><dd class="num">{move || unknown(born.clone())}</dd></div>
                <div><dt>{t!(i18n, people.phone)}</dt><dd class="num">{move || unknown(phone.clone())}</dd></div>
            </dl>
            <p><A href=format!("/people/{}", person.id)>{t!(i18n, enrolment.to_person)}</A></p>
        </Card>
    }
}
