//! What the schools of the reader's places recorded of anybody's skills.

use super::skill_words::{SkillTag, has, kind_and_level, state_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        of_class::OfClass,
        organisation::{steps::place_query, within::Within, words::words},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{Column, EmptyState, Field, PageHeading, Paged, PagedView, Select, Symbol, Table},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    page::Page,
    rights::Right,
    teaching::{SkillCertificateRow, SkillState, SkillTrainingRow},
};

lazy_page! {
    /// The page; `?part=certificates` shows certificates, `?state=…` one state at first, `?waits=true` only what the reader
    /// is to check.
    SkillsPage = Skills in school;
}

/// The part that is shown unless trainings are.
const CERTIFICATES: &str = "certificates";

#[component]
fn Skills() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let asked = use_query_map();
    let is_certificates = Memo::new(move |_| asked.with(|query| query.get("part").as_deref() == Some(CERTIFICATES)));
    let state = asked.with_untracked(|query| query.get("state")).and_then(|state| SkillState::parse(&state));
    let filter = Filter::new(state);
    let may_read = has(actor, Right::KeepSkills) || has(actor, Right::CheckSkills);
    let way = move |certificates: bool| {
        let is_here = move || (is_certificates.get() == certificates).then_some("page");
        let href = if certificates { "/skills?part=certificates" } else { "/skills" };
        let name = move || match certificates {
            true => t_string!(i18n, classes.skill_certificates),
            false => t_string!(i18n, classes.skill_trainings),
        };
        view! { <a href=href aria-current=is_here data-noscroll="true">{name}</a> }
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.skills)) />
            {if may_read {
                view! {
                    <p class="muted">{t!(i18n, classes.skills_lead)}</p>
                    <nav class="parts-bar" aria-label=move || t_string!(i18n, classes.skills)>{way(false)} {way(true)}</nav>
                    <Show when=move || filter.waits.get().is_some()>
                        <OnlyWaiting words=words(|locale| td_string!(locale, classes.waits_check)) everything="/skills" />
                    </Show>
                    <Narrow filter />
                    {move || match is_certificates.get() {
                        true => view! { <Certificates filter /> }.into_any(),
                        false => view! { <Trainings filter /> }.into_any(),
                    }}
                }
                .into_any()
            } else {
                view! { <EmptyState text=words(|locale| td_string!(locale, classes.skills_not_yours)) symbol=Symbol::Medal /> }
                    .into_any()
            }}
        </main>
    }
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    state: RwSignal<String>,
    within: RwSignal<String>,
    class: RwSignal<String>,
    waits: Memo<Option<String>>,
}

impl Filter {
    fn new(state: Option<SkillState>) -> Self {
        let state = state.map(SkillState::as_str).unwrap_or_default();
        Self {
            state: RwSignal::new(state.to_owned()),
            within: RwSignal::new(String::new()),
            class: RwSignal::new(String::new()),
            waits: waits(),
        }
    }

    fn query(self, cursor: Option<String>) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        let (state, class) = (Some(self.state.get()), Some(self.class.get()));
        let waits = self.waits.get();
        query(&[division, school, ("class_id", class), ("state", state), ("waits", waits), ("cursor", cursor)])
    }
}

/// Place, class and state.
#[component]
fn Narrow(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        let option = |state: &SkillState| (state.as_str().to_owned(), state_name(i18n.get_locale(), *state).to_owned());
        SkillState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div class="row search">
            <Within value=filter.within has_schools=true />
            <OfClass value=filter.class within=filter.within />
            <Field id="state" label=words(|locale| td_string!(locale, classes.state))>
                <Select value=filter.state options=Signal::derive(options) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        </div>
    }
}

/// The rows at this path that the filter shows.
fn paged<T>(actor: Actor, path: &'static str, filter: Filter) -> Paged<T>
where
    T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static,
{
    let rows = Paged::new(move |cursor: Option<String>| {
        let asked = untrack(|| filter.query(cursor));
        async move {
            let page: Outcome<Page<T>> = client::get(actor, &format!("{path}?{asked}")).await;
            page
        }
    });
    Effect::watch(move || filter.query(None), move |_, _, _| rows.reload(), false);
    rows
}

#[component]
fn Trainings(filter: Filter) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let rows = paged::<SkillTrainingRow>(actor, "/skill_trainings", filter);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, classes.occupation))),
        Column::text(words(|locale| td_string!(locale, classes.organiser))),
        Column::number(words(|locale| td_string!(locale, classes.class_hours))),
        Column::text(words(|locale| td_string!(locale, classes.days))),
        Column::text(words(|locale| td_string!(locale, enrolment.school))),
        Column::text(words(|locale| td_string!(locale, classes.state))),
    ]);
    view! {
        <Export
            name=words(|locale| td_string!(locale, exports.list_skill_trainings))
            path=move |()| format!("/skill_trainings/exports?{}", filter.query(None))
        />
        <PagedView paged=rows empty=words(|locale| td_string!(locale, classes.no_trainings))>
            <Table
                caption=words(|locale| td_string!(locale, classes.skill_trainings))
                columns=columns.get_value()
                rows=rows.rows()
                key=|row| (row.training.id, row.training.state)
                row=training_row
            />
        </PagedView>
    }
}

fn training_row(row: SkillTrainingRow) -> impl IntoView {
    let i18n = use_i18n();
    let SkillTrainingRow { display_name, school_name, training } = row;
    let (state, entry) = (training.state, training.entry);
    let (first, last) = (entry.starts_on, entry.ends_on);
    let days = move || format!("{} – {}", when::day(i18n.get_locale(), first), when::day(i18n.get_locale(), last));
    view! {
        <th scope="row"><A href=format!("/skill_records/{}", entry.learner)>{display_name}</A></th>
        <td>{entry.occupation}</td>
        <td>{entry.organiser}</td>
        <td class="n">{entry.hours}</td>
        <td class="num">{days}</td>
        <td>{school_name}</td>
        <td><SkillTag state /></td>
    }
}

#[component]
fn Certificates(filter: Filter) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let rows = paged::<SkillCertificateRow>(actor, "/skill_certificates", filter);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, classes.occupation))),
        Column::text(words(|locale| td_string!(locale, classes.certificate_kind))),
        Column::text(words(|locale| td_string!(locale, classes.issuer))),
        Column::text(words(|locale| td_string!(locale, classes.issued_on))),
        Column::text(words(|locale| td_string!(locale, enrolment.school))),
        Column::text(words(|locale| td_string!(locale, classes.state))),
    ]);
    view! {
        <Export
            name=words(|locale| td_string!(locale, exports.list_skill_certificates))
            path=move |()| format!("/skill_certificates/exports?{}", filter.query(None))
        />
        <PagedView paged=rows empty=words(|locale| td_string!(locale, classes.no_certificates))>
            <Table
                caption=words(|locale| td_string!(locale, classes.skill_certificates))
                columns=columns.get_value()
                rows=rows.rows()
                key=|row| (row.certificate.id, row.certificate.state)
                row=certificate_row
            />
        </PagedView>
    }
}

fn certificate_row(row: SkillCertificateRow) -> impl IntoView {
    let i18n = use_i18n();
    let SkillCertificateRow { display_name, school_name, certificate } = row;
    let (state, entry) = (certificate.state, certificate.entry);
    let (issued_on, shown) = (entry.issued_on, entry.clone());
    view! {
        <th scope="row"><A href=format!("/skill_records/{}", entry.learner)>{display_name}</A></th>
        <td>{entry.occupation}</td>
        <td>{move || kind_and_level(i18n.get_locale(), &shown)}</td>
        <td>{entry.issuer}</td>
        <td class="num">{move || when::day(i18n.get_locale(), issued_on)}</td>
        <td>{school_name}</td>
        <td><SkillTag state /></td>
    }
}
