//! Who is to come to a test at the reader's place, and who has; with room for signatures on paper.

use super::watch::Numbers;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Button, Card, Column, PageHeading, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::sittings::{SignInList, SignInRow};

lazy_page! {
    /// The page.
    SignInPage = SignIn in office;
}

#[component]
fn SignIn() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let list: LocalResource<Outcome<SignInList>> = LocalResource::new(move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        async move { client::get(actor, &format!("/exam_sessions/{id}/sign_in_list")).await }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/watch">{t!(i18n, sittings.watch_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.watch_list)) />
            <AsyncView resource=list let:list>
                <List list />
            </AsyncView>
        </main>
    }
}

#[component]
fn List(list: SignInList) -> impl IntoView {
    let i18n = use_i18n();
    let SignInList { exam_session, candidates } = list;
    let title = exam_session.exam_session_title.clone();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, sittings.my_ticket))),
        Column::text(words(|locale| td_string!(locale, sittings.watch_name))),
        Column::text(words(|locale| td_string!(locale, sittings.watch_class))),
        Column::text(words(|locale| td_string!(locale, sittings.watch_started_at))),
        Column::text(words(|locale| td_string!(locale, sittings.watch_signature))),
    ];
    view! {
        <Card title=Signal::stored(title)>
            <Numbers watched=exam_session />
            <Button on_press=move |()| drop(window().print())>{t!(i18n, sittings.watch_print)}</Button>
        </Card>
        <Table
            caption=words(|locale| td_string!(locale, sittings.watch_list))
            columns
            rows=Signal::stored(candidates)
            key=|row| row.ticket_number.clone()
            row
            empty=words(|locale| td_string!(locale, sittings.watch_nobody))
        />
    }
}

fn row(candidate: SignInRow) -> impl IntoView {
    let i18n = use_i18n();
    let (started_at, is_closed) = (candidate.started_at, candidate.is_closed);
    let came = move || match started_at {
        Some(at) => when::date_time(i18n.get_locale(), at),
        None => t_string!(i18n, sittings.watch_not_yet).to_owned(),
    };
    let extra_min = candidate.extra_min;
    let extra = move || {
        let words = td_string!(i18n.get_locale(), sittings.watch_extra, minutes = extra_min);
        (extra_min > 0).then(|| view! { <Tag tone=Tone::Wait>{words}</Tag> })
    };
    let moved = candidate.moved.map(|seats| {
        let words = move || td_string!(i18n.get_locale(), sittings.seat_moved, from = seats.from, to = seats.to);
        view! { <Tag>{words}</Tag> " " }
    });
    let closed = move || is_closed.then(|| t_string!(i18n, sittings.watch_closed));
    view! {
        <th scope="row" class="num">{candidate.ticket_number}</th>
        <td>{candidate.candidate_name} " " {moved} {extra}</td>
        <td>{candidate.class_name}</td>
        <td class="num">{came} " " {closed}</td>
        <td></td>
    }
}
