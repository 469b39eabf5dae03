//! The rechecks of results that candidates asked for, and where each stands.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
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
    ui::{Column, PageHeading, Paged, PagedView, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    page::Page,
    results::{RecheckHead, RecheckState},
};

lazy_page! {
    /// The page.
    RechecksPage = Rechecks in office;
}

#[component]
fn Rechecks() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let rechecks = Paged::new(move |cursor| {
        let path = format!("/rechecks?{}", query(&[("waits", waits.get_untracked()), ("cursor", cursor)]));
        async move {
            let page: Outcome<Page<RecheckHead>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || waits.get(), move |_, _, _| rechecks.reload(), false);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, results.recheck_ticket))),
        Column::text(words(|locale| td_string!(locale, results.recheck_test))),
        Column::text(words(|locale| td_string!(locale, results.recheck_asked_at))),
        Column::text(words(|locale| td_string!(locale, results.recheck_answer_by))),
        Column::text(words(|locale| td_string!(locale, results.recheck_standing))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, results.rechecks)) />
            <p class="muted">{t!(i18n, results.rechecks_lead)}</p>
            {move || waits.get().map(|_| view! {
                <OnlyWaiting
                    words=words(|locale| td_string!(locale, results.rechecks_waiting))
                    everything="/rechecks"
                />
            })}
            <PagedView paged=rechecks empty=words(|locale| td_string!(locale, results.rechecks_none))>
                <Table
                    caption=words(|locale| td_string!(locale, results.rechecks))
                    columns=columns.get_value()
                    rows=rechecks.rows()
                    key=|recheck| (recheck.id, recheck.state)
                    row
                />
            </PagedView>
        </main>
    }
}

/// The cells of a recheck.
fn row(recheck: RecheckHead) -> impl IntoView {
    let i18n = use_i18n();
    let (asked_at, answer_by) = (recheck.asked_at, recheck.answer_by);
    view! {
        <th scope="row">
            <A href=format!("/rechecks/{}", recheck.id)><span class="num">{recheck.ticket_number}</span></A>
        </th>
        <td>{recheck.exam_session_title}</td>
        <td class="num">{move || when::date(i18n.get_locale(), asked_at)}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), answer_by)}</td>
        <td><StateTag state=recheck.state /></td>
    }
}

/// Where it stands, in words.
fn state_name(locale: Locale, state: RecheckState) -> &'static str {
    match state {
        RecheckState::Asked => td_string!(locale, results.recheck_state_asked),
        RecheckState::Proposed => td_string!(locale, results.recheck_state_proposed),
        RecheckState::Unchanged => td_string!(locale, results.recheck_state_unchanged),
        RecheckState::Corrected => td_string!(locale, results.recheck_state_corrected),
    }
}

/// Where it stands.
#[component]
pub(super) fn StateTag(
    /// Where.
    state: RecheckState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        RecheckState::Asked | RecheckState::Proposed => Tone::Wait,
        RecheckState::Unchanged | RecheckState::Corrected => Tone::Ok,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}
