//! The survey lists that were uploaded at the reader's places, the newest first.

use super::{may_anywhere, words::batch_state_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{ButtonLink, Column, Look, PageHeading, Paged, PagedView, Table, Tag, Tone},
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
    let lists = Paged::new(move |cursor: Option<String>| {
        let asked = query(&[("waits", waits.get_untracked()), ("cursor", cursor)]);
        async move {
            let page: Outcome<Page<BatchView>> = client::get(actor, &format!("/roster/batches?{asked}")).await;
            page
        }
    });
    Effect::watch(move || waits.get(), move |_, _, _| lists.reload(), false);
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
