//! The survey lists that were uploaded at the reader's places, the newest first.

use super::{may_anywhere, words::batch_state_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{ButtonLink, Choices, Column, Look, PageHeading, Paged, PagedView, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    page::Page,
    rights::Right,
    roster::{BatchState, BatchView},
    work::ListWait,
};

lazy_page! {
    /// The page; `?waits=…` shows only what waits.
    RosterListsPage = Lists in school;
}

#[component]
fn Lists() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let (within, state) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = move |cursor: Option<String>| {
        let [division, school] = within.with(|within| place_query(within));
        query(&[("waits", waits.get()), division, school, ("state", Some(state.get())), ("cursor", cursor)])
    };
    let lists = Paged::new(move |cursor: Option<String>| {
        let asked = untrack(|| asked(cursor));
        async move {
            let page: Outcome<Page<BatchView>> = client::get(actor, &format!("/roster/batches?{asked}")).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| lists.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &BatchState| (state.as_str().to_owned(), batch_state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(BatchState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let waiting = move || waits.get().as_deref().and_then(ListWait::parse);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, roster.file))),
        Column::text(words(|locale| td_string!(locale, roster.uploaded_at))),
        Column::number(words(|locale| td_string!(locale, roster.added))),
        Column::number(words(|locale| td_string!(locale, roster.already_there))),
        Column::number(words(|locale| td_string!(locale, roster.not_taken))),
        Column::text(words(|locale| td_string!(locale, roster.standing))),
    ]);
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, roster.lists_title)) />
                {may_anywhere(actor, Right::ImportRoster).then(|| view! {
                    <ButtonLink href="/roster/lists/new" look=Look::Primary>{t!(i18n, roster.upload)}</ButtonLink>
                })}
            </div>
            {move || waiting().map(|wait| {
                let words = words(match wait {
                    ListWait::Confirm => |locale| td_string!(locale, roster.waits_confirm),
                    ListWait::Correct => |locale| td_string!(locale, roster.waits_correct),
                });
                view! { <OnlyWaiting words everything="/roster/lists" /> }
            })}
            <Choices
                legend=words(|locale| td_string!(locale, roster.standing))
                value=state
                options=Signal::derive(states)
                on_choose=move |chosen| state.set(chosen)
            />
            <div class="row search"><Within value=within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_roster_batches))
                path=move |()| format!("/roster/batches/exports?{}", asked(None))
            />
            <PagedView paged=lists empty=words(|locale| td_string!(locale, roster.lists_none))>
                <Table
                    caption=words(|locale| td_string!(locale, roster.lists_title))
                    columns=columns.get_value()
                    rows=lists.rows()
                    key=|list| list.id
                    row
                />
            </PagedView>
        </main>
    }
}

fn row(list: BatchView) -> impl IntoView {
    let i18n = use_i18n();
    let (state, uploaded_at, report) = (list.state, list.uploaded_at, list.report);
    view! {
        <th scope="row"><A href=format!("/roster/lists/{}", list.id)>{list.file_name}</A></th>
        <td class="num">{move || when::date_time(i18n.get_locale(), uploaded_at)}</td>
        <td class="n">{report.added}</td>
        <td class="n">{report.already_there}</td>
        <td class="n">{report.faulty + report.kept_elsewhere}</td>
        <td><Tag tone=tone_of(state)>{move || batch_state_name(i18n.get_locale(), state)}</Tag></td>
    }
}

const fn tone_of(state: BatchState) -> Tone {
    match state {
        BatchState::Uploaded => Tone::Wait,
        BatchState::Importing => Tone::Plain,
        BatchState::Imported => Tone::Ok,
    }
}
