//! Lists of graduates, and where each stands.

use super::{StateTag, list::Graduation, state_name};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        enrolment::words::level_name,
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{Choices, Column, PageHeading, Paged, PagedView, Table},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    credit_bank::{GraduationRow, GraduationState},
    page::Page,
    work::GraduationWait,
};

lazy_page! {
    /// The page; `?id=…` shows one list.
    GraduationsPage = Graduations in office;
}

#[component]
fn Graduations() -> impl IntoView {
    let asked = use_query_map();
    let id = Memo::new(move |_| asked.with(|query| query.get("id")));
    let shown = move || match id.get() {
        Some(id) => view! { <Graduation id /> }.into_any(),
        None => view! { <Lists /> }.into_any(),
    };
    view! { <main class="page wide stack">{shown}</main> }
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    waits: Memo<Option<String>>,
    within: RwSignal<String>,
    state: RwSignal<String>,
}

impl Filter {
    fn query(self, cursor: Option<String>) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        query(&[("waits", self.waits.get()), division, school, ("state", Some(self.state.get())), ("cursor", cursor)])
    }
}

#[component]
fn Lists() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let filter = Filter { waits, within: RwSignal::new(String::new()), state: RwSignal::new(String::new()) };
    let lists = Paged::new(move |cursor: Option<String>| {
        let path = format!("/graduations?{}", untrack(|| filter.query(cursor)));
        async move {
            let page: Outcome<Page<GraduationRow>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || filter.query(None), move |_, _, _| lists.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &GraduationState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(GraduationState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, graduation.class))),
        Column::text(words(|locale| td_string!(locale, graduation.school))),
        Column::text(words(|locale| td_string!(locale, graduation.level))),
        Column::number(words(|locale| td_string!(locale, graduation.learners))),
        Column::text(words(|locale| td_string!(locale, graduation.proposed_at))),
        Column::text(words(|locale| td_string!(locale, graduation.state))),
    ]);
    let what_waits = |wait: &str| match GraduationWait::parse(wait) {
        Some(GraduationWait::City) => words(|locale| td_string!(locale, graduation.waits_city)),
        Some(GraduationWait::Returned) => words(|locale| td_string!(locale, graduation.waits_returned)),
        Some(GraduationWait::County) | None => words(|locale| td_string!(locale, graduation.waits_county)),
    };
    view! {
        <PageHeading text=words(|locale| td_string!(locale, graduation.lists)) />
        {move || waits.get().map(|wait| view! { <OnlyWaiting words=what_waits(&wait) everything="/graduations" /> })}
        <Choices
            legend=words(|locale| td_string!(locale, graduation.state))
            value=filter.state
            options=Signal::derive(states)
            on_choose=move |chosen| filter.state.set(chosen)
        />
        <div class="row search"><Within value=filter.within has_schools=true /></div>
        <Export
            name=words(|locale| td_string!(locale, exports.list_graduations))
            path=move |()| format!("/graduations/exports?{}", untrack(|| filter.query(None)))
        />
        <PagedView paged=lists empty=words(|locale| td_string!(locale, graduation.lists_none))>
            <Table
                caption=words(|locale| td_string!(locale, graduation.lists))
                columns=columns.get_value()
                rows=lists.rows()
                key=|list| (list.id, list.state)
                row
            />
        </PagedView>
    }
}

/// The cells of a list.
fn row(list: GraduationRow) -> impl IntoView {
    let i18n = use_i18n();
    let (level, proposed_at) = (list.level, list.proposed_at);
    view! {
        <th scope="row"><A href=format!("/graduations?id={}", list.id)>{list.class_name}</A></th>
        <td>{list.provider_name}</td>
        <td>{move || level_name(i18n.get_locale(), level)}</td>
        <td class="n">{list.learners}</td>
        <td class="num">{move || when::date(i18n.get_locale(), proposed_at)}</td>
        <td><StateTag state=list.state /></td>
    }
}
