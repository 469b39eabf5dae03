//! The tests that were planned at once, by time, and where two of them need the same learners, rooms or persons.

use super::state::StateTags;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client, when},
    ui::{AsyncView, Column, Notice, PageHeading, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::sittings::{ExamClashKind, ExamSessionView, ExamWindowView, WindowClash};

lazy_page! {
    /// The page.
    ExamWindowPage = AnyWindow in office;
}

#[component]
fn AnyWindow() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let fetched = LocalResource::new(move || {
        let path = format!("/exam_sessions/{}/window", id.get());
        async move { client::get::<ExamWindowView>(actor, &path).await }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back">
                <A href=move || format!("/exam_sessions/{}", id.get())>{t!(i18n, sittings.window_back)}</A>
            </p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.window_title)) />
            <AsyncView resource=fetched let:window><Window window /></AsyncView>
        </main>
    }
}

/// A test, and what it takes from others.
#[derive(Clone)]
struct GridRow {
    test: ExamSessionView,
    /// What, and from which.
    clashes: Vec<(WindowClash, String)>,
}

/// The rows of the grid: a clash stands at both tests.
fn grid(window: ExamWindowView) -> Vec<GridRow> {
    let titles: Vec<_> = window.tests.iter().map(|test| (test.id, test.title.clone())).collect();
    let other_of = |clash: &WindowClash, test: &ExamSessionView| {
        let other = if clash.one == test.id { clash.other } else { clash.one };
        titles.iter().find(|(id, _)| *id == other).map(|(_, title)| title.clone()).unwrap_or_default()
    };
    let row = |test: ExamSessionView| {
        let own = window.clashes.iter().filter(|clash| [clash.one, clash.other].contains(&test.id));
        let clashes = own.map(|clash| (clash.clone(), other_of(clash, &test))).collect();
        GridRow { test, clashes }
    };
    window.tests.iter().cloned().map(row).collect()
}

#[component]
fn Window(window: ExamWindowView) -> impl IntoView {
    let i18n = use_i18n();
    let (title, has_clashes) = (window.title.clone(), !window.clashes.is_empty());
    let is_alone = title.is_none();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, sittings.session_title))),
        Column::text(words(|locale| td_string!(locale, sittings.starts_at))),
        Column::number(words(|locale| td_string!(locale, sittings.window_forms))),
        Column::number(words(|locale| td_string!(locale, sittings.registered))),
        Column::text(words(|locale| td_string!(locale, sittings.state))),
        Column::text(words(|locale| td_string!(locale, sittings.window_clashes))),
    ];
    view! {
        {title.map(|title| view! { <p><b>{title}</b></p> })}
        {is_alone.then(|| view! { <p class="muted">{t!(i18n, sittings.window_alone)}</p> })}
        {has_clashes.then(|| view! { <Notice tone=Tone::Stop><p>{t!(i18n, sittings.window_clash_hint)}</p></Notice> })}
        <Table
            caption=words(|locale| td_string!(locale, sittings.window_title))
            columns
            rows=Signal::stored(grid(window))
            key=|row| row.test.id
            row=grid_row
        />
    }
}

fn grid_row(row: GridRow) -> impl IntoView {
    let i18n = use_i18n();
    let GridRow { test, clashes } = row;
    let (starts_at, ends_at, title) = (test.starts_at, test.ends_at, test.title.clone());
    let (path, forms, registered) =
        (format!("/exam_sessions/{}", test.id), test.other_paper_ids.len() + 1, test.counts.registered);
    let time = move || {
        let locale = i18n.get_locale();
        format!("{} – {}", when::date_time(locale, starts_at), when::date_time(locale, ends_at))
    };
    let is_free = clashes.is_empty();
    let clashes = clashes.into_iter().map(|(clash, other)| {
        let said = move || said(i18n.get_locale(), &clash, &other);
        view! { <li>{said}</li> }
    });
    view! {
        <th scope="row"><A href=path>{title}</A></th>
        <td class="num">{time}</td>
        <td class="n">{forms}</td>
        <td class="n">{registered}</td>
        <td><StateTags exam_session=test /></td>
        <td>
            {is_free.then(|| view! { <Tag tone=Tone::Ok>{t!(i18n, sittings.window_no_clash)}</Tag> })}
            {(!is_free).then(|| view! { <ul>{clashes.collect_view()}</ul> })}
        </td>
    }
}

/// A clash in words.
fn said(locale: Locale, clash: &WindowClash, other: &str) -> String {
    let (count, other) = (clash.count, other.to_owned());
    let words = match clash.kind {
        ExamClashKind::Learners => td_string!(locale, sittings.clash_learners, count = count, other = other),
        ExamClashKind::Rooms => td_string!(locale, sittings.clash_rooms, count = count, other = other),
        ExamClashKind::Staff => td_string!(locale, sittings.clash_staff, count = count, other = other),
    };
    if clash.names.is_empty() { words } else { format!("{words} ({})", clash.names.join(", ")) }
}
