//! The records at the reader's places.

mod onward;

use self::onward::{Onward, own_step};
use super::words::{StateTag, level_name, state_name};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        of_class::OfClass,
        organisation::{steps::place_query, within::Within, words::words},
        people::sought_name::{SoughtName, SoughtNameField},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{ButtonLink, Choices, Column, Field, Look, PageHeading, Paged, PagedView, Select, Table, with_count},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    enrolment::{EnrolmentCount, EnrolmentRow, RecordState},
    ids::StudentRecordId,
    learning::CourseLevel,
    page::Page,
    rights::{Right, places},
    work::RecordWait,
};
use std::collections::HashSet;

lazy_page! {
    /// The page; `?state=…` shows one state at first, `?waits=…` only what waits.
    EnrolmentsPage = Enrolments in school;
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    state: RwSignal<String>,
    level: RwSignal<String>,
    within: RwSignal<String>,
    class: RwSignal<String>,
    name: RwSignal<String>,
    /// What those wait for that are shown alone.
    waits: Memo<Option<String>>,
}

impl Filter {
    fn new(state: Option<RecordState>) -> Self {
        let state = state.map(RecordState::as_str).unwrap_or_default();
        Self {
            state: RwSignal::new(state.to_owned()),
            level: RwSignal::new(String::new()),
            within: RwSignal::new(String::new()),
            class: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            waits: waits(),
        }
    }

    /// What the counts are of.
    fn of_counts(self) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        query(&[division, school, ("level", Some(self.level.get()))])
    }

    /// What the rows are of.
    fn of_rows(self, cursor: Option<String>) -> String {
        let waits = self.waits.get();
        let state = Some(self.state.get()).filter(|_| waits.is_none());
        let name = self.name.get().trim().to_owned();
        let class = Some(self.class.get());
        let rest =
            query(&[("state", state), ("waits", waits), ("class_id", class), ("name", Some(name)), ("cursor", cursor)]);
        format!("{}&{rest}", self.of_counts())
    }
}

/// What the rows and the bar above them share.
#[derive(Clone, Copy)]
struct Around {
    /// The rows that came so far.
    rows: Signal<Vec<EnrolmentRow>>,
    /// The records that are chosen.
    chosen: RwSignal<HashSet<StudentRecordId>>,
}

#[component]
fn Enrolments() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_add = actor.me().is_some_and(|me| places(&me.roles, Right::KeepEnrolments).next().is_some());
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let filter = Filter::new(asked.as_deref().and_then(RecordState::parse));
    let records = Paged::new(move |cursor| {
        let path = format!("/enrolments?{}", untrack(|| filter.of_rows(cursor)));
        async move {
            let page: Outcome<Page<EnrolmentRow>> = client::get(actor, &path).await;
            page
        }
    });
    let around = Around { rows: records.rows(), chosen: RwSignal::new(HashSet::new()) };
    let begin_anew = move || {
        around.chosen.set(HashSet::new());
        records.reload();
    };
    Effect::watch(move || filter.of_rows(None), move |_, _, _| begin_anew(), false);
    let again = Callback::new(move |()| begin_anew());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, enrolment.title)) />
                {may_add.then(|| view! {
                    <ButtonLink href="/enrolments/new" look=Look::Primary>{t!(i18n, enrolment.add)}</ButtonLink>
                })}
            </div>
            {move || match filter.waits.get().as_deref().and_then(RecordWait::parse) {
                Some(wait) => {
                    let words = Signal::derive(move || wait_name(i18n.get_locale(), wait).to_owned());
                    view! { <OnlyWaiting words everything="/enrolments" /> }.into_any()
                }
                None => view! { <ByState filter /> }.into_any(),
            }}
            <Narrow filter />
            <Export
                name=words(|locale| td_string!(locale, exports.list_enrolments))
                path=move |()| format!("/enrolments/exports?{}", filter.of_rows(None))
            />
            <Provider value=around>
                <Onward again />
                <PagedView paged=records empty=words(|locale| td_string!(locale, enrolment.none))>
                    <Records records />
                </PagedView>
            </Provider>
        </main>
    }
}

/// What records wait for.
fn wait_name(locale: Locale, wait: RecordWait) -> &'static str {
    match wait {
        RecordWait::Returned => td_string!(locale, enrolment.waits_returned),
        RecordWait::Papers => td_string!(locale, enrolment.waits_papers),
        RecordWait::Submission => td_string!(locale, enrolment.waits_submission),
    }
}

/// Chooses a state; each says how many records are in it.
#[component]
fn ByState(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let counts = LocalResource::new(move || {
        let path = format!("/enrolments/counts?{}", filter.of_counts());
        async move { client::get::<Vec<EnrolmentCount>>(actor, &path).await }
    });
    let options = move || {
        let locale = i18n.get_locale();
        // Without the counts every state can still be chosen.
        let known = counts.get().and_then(Result::ok);
        let chosen = filter.state.get();
        let count = |state: RecordState| known.as_ref().map(|counts| super::count_in(counts, state));
        let all = known.as_ref().map(|counts| counts.iter().map(|count| count.records).sum());
        let everything = (String::new(), with_count(t_string!(i18n, common.all), all));
        let is_shown = |state: &&RecordState| count(**state) != Some(0) || state.as_str() == chosen;
        let option =
            |state: &RecordState| (state.as_str().to_owned(), with_count(state_name(locale, *state), count(*state)));
        std::iter::once(everything).chain(RecordState::ALL.iter().filter(is_shown).map(option)).collect::<Vec<_>>()
    };
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, enrolment.by_state))
            value=filter.state
            options=Signal::derive(options)
            on_choose=move |chosen| filter.state.set(chosen)
        />
    }
}

/// Place, class, level and name.
#[component]
fn Narrow(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let sought = SoughtName::of(filter.name);
    let levels = move || {
        let option =
            |level: &CourseLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        CourseLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sought.search();
    };
    view! {
        <form class="row search" role="search" on:submit=search>
            <Within value=filter.within has_schools=true />
            <OfClass value=filter.class within=filter.within />
            <Field id="level" label=words(|locale| td_string!(locale, enrolment.level))>
                <Select value=filter.level options=Signal::derive(levels) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
            <SoughtNameField
                id="name_begins"
                label=words(|locale| td_string!(locale, enrolment.name_begins))
                sought
            />
        </form>
    }
}

#[component]
fn Records(records: Paged<EnrolmentRow>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
        Column::text(words(|locale| td_string!(locale, enrolment.level))),
        Column::text(words(|locale| td_string!(locale, enrolment.school))),
        Column::text(words(|locale| td_string!(locale, enrolment.learner_number))),
        Column::text(words(|locale| td_string!(locale, enrolment.enrolled_on))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, enrolment.list))
            columns
            rows=records.rows()
            key=|record| (record.id, record.version)
            row
        />
    }
}

fn row(record: EnrolmentRow) -> impl IntoView {
    let i18n = use_i18n();
    let is_own = own_step(expect_context::<Actor>(), &record).is_some();
    let EnrolmentRow { level, enrolled_on, learner_number, .. } = record;
    let number = move || learner_number.clone().unwrap_or_else(|| t_string!(i18n, enrolment.no_number).to_owned());
    view! {
        <th scope="row">
            <span class="chosen">
                {is_own.then(|| view! { <Choose id=record.id name=record.name.clone() /> })}
                <A href=format!("/enrolments/{}", record.id)>{record.name}</A>
            </span>
        </th>
        <td><StateTag state=record.state /></td>
        <td>{move || level_name(i18n.get_locale(), level)}</td>
        <td>{record.provider_name}</td>
        <td class="num">{number}</td>
        <td class="num">{move || when::day(i18n.get_locale(), enrolled_on)}</td>
    }
}

/// Chooses one record.
#[component]
fn Choose(id: StudentRecordId, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let Around { chosen, .. } = expect_context::<Around>();
    let choose = move |event: leptos::ev::Event| {
        let is_chosen = event_target_checked(&event);
        chosen.update(|chosen| {
            if is_chosen {
                chosen.insert(id)
            } else {
                chosen.remove(&id)
            };
        });
    };
    view! {
        <input
            type="checkbox"
            aria-label=move || t_string!(i18n, enrolment.onward_choose, name = name.clone())
            prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
            on:change=choose
        />
    }
}
