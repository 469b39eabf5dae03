//! Every exam session that the reader may know of.

use super::state::StateTags;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::waits::{OnlyWaiting, waits},
    platform::{
        actor::Actor,
        client::{self, query},
        when,
    },
    ui::{ButtonLink, Column, Look, PageHeading, Paged, PagedView, Table},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{page::Page, rights::Role, sittings::ExamSessionView, work::ExamWait};

lazy_page! {
    /// The list; `?waits=…` shows only what waits.
    ExamSessionsPage = ExamSessions in office;
}

/// What the list shows, where it shows only what waits.
fn waits_text(locale: Locale, waits: &str) -> &'static str {
    match ExamWait::parse(waits) {
        Some(ExamWait::Confirm) => td_string!(locale, sittings.waits_confirm),
        Some(ExamWait::Mark | ExamWait::Lead) => td_string!(locale, sittings.waits_mark),
        Some(ExamWait::Overdue) => td_string!(locale, sittings.waits_overdue),
        Some(ExamWait::Advance) | None => td_string!(locale, sittings.waits_advance),
    }
}

#[component]
fn ExamSessions() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let exam_sessions = Paged::new(move |cursor: Option<String>| {
        let asked = query(&[("waits", waits.get_untracked()), ("cursor", cursor)]);
        async move { client::get::<Page<ExamSessionView>>(actor, &format!("/exam_sessions?{asked}")).await }
    });
    Effect::watch(move || waits.get(), move |_, _, _| exam_sessions.reload(), false);
    let only = Signal::derive(move || {
        waits.with(|waits| waits_text(i18n.get_locale(), waits.as_deref().unwrap_or_default()).to_owned())
    });
    let columns = move || {
        vec![
            Column::text(Signal::derive(move || t_string!(i18n, sittings.session_title).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, sittings.course).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, sittings.starts_at).to_owned())),
            Column::text(Signal::derive(move || t_string!(i18n, sittings.state).to_owned())),
            Column::number(Signal::derive(move || t_string!(i18n, sittings.registered).to_owned())),
            Column::number(Signal::derive(move || t_string!(i18n, sittings.closed).to_owned())),
            Column::number(Signal::derive(move || t_string!(i18n, sittings.to_mark).to_owned())),
        ]
    };
    let may_plan = move || actor.roles().contains(&Role::ExamAdministrator);
    let title = Signal::derive(move || t_string!(i18n, sittings.title).to_owned());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=title />
                <Show when=may_plan>
                    <ButtonLink href="/exam_sessions/new" look=Look::Primary>{t!(i18n, sittings.new)}</ButtonLink>
                    <ButtonLink href="/exam_sessions/new_window">{t!(i18n, sittings.window_new)}</ButtonLink>
                </Show>
            </div>
            <Show when=move || waits.get().is_some()>
                <OnlyWaiting words=only everything="/exam_sessions" />
            </Show>
            <PagedView paged=exam_sessions empty=Signal::derive(move || t_string!(i18n, sittings.none).to_owned())>
                <Table caption=title columns=columns() rows=exam_sessions.rows() key=|row| row.id row />
            </PagedView>
        </main>
    }
}

fn row(exam_session: ExamSessionView) -> impl IntoView {
    let i18n = use_i18n();
    let (title, course_title) = (exam_session.title.clone(), exam_session.course_title.clone());
    let (path, counts, starts_at) =
        (format!("/exam_sessions/{}", exam_session.id), exam_session.counts, exam_session.starts_at);
    view! {
        <th scope="row"><A href=path>{title}</A></th>
        <td>{course_title}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), starts_at)}</td>
        <td><StateTags exam_session /></td>
        <td class="n">{counts.registered}</td>
        <td class="n">{counts.closed}</td>
        <td class="n">{counts.to_mark}</td>
    }
}
