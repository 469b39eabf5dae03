//! What is wrong with the plan of a test, and when each kind of candidate would end.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, when},
    ui::{Card, Column, Notice, Table, Tone},
};
use leptos::prelude::*;
use shared::{
    rights::Role,
    sittings::{ExamSessionState, ExamSessionView, PlanCheck, PlanFault, PlanFinding, RehearsedEnd},
};

/// What the server finds of a test that is not armed yet, for who plans it; fetched again when something changes.
#[component]
pub(super) fn Check(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let is_ahead = Memo::new(move |_| {
        let state = exam_session.with(|shown| shown.state);
        let states = [ExamSessionState::Draft, ExamSessionState::Registering, ExamSessionState::Arranged];
        states.contains(&state) && actor.roles().contains(&Role::ExamAdministrator)
    });
    view! {
        <Show when=move || is_ahead.get()>
            <Fetched exam_session />
        </Show>
    }
}

#[component]
fn Fetched(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let seen = Memo::new(move |_| exam_session.with(|shown| (shown.id, shown.version, shown.counts)));
    let fetched = LocalResource::new(move || {
        let path = format!("/exam_sessions/{}/check", seen.get().0);
        async move { client::get::<PlanCheck>(actor, &path).await }
    });
    // What was shown stays while it is fetched anew.
    let shown = Memo::new(move |before: Option<&Option<PlanCheck>>| {
        fetched.get().and_then(Result::ok).or_else(|| before.cloned().flatten())
    });
    move || shown.get().map(|check| view! { <Checked check=Signal::stored(check) /> })
}

/// The findings, and the ends of every kind of candidate.
#[component]
pub(super) fn Checked(
    /// What was found.
    check: Signal<PlanCheck>,
) -> impl IntoView {
    let i18n = use_i18n();
    let findings = move || check.with(|check| check.findings.clone());
    let is_sound = move || check.with(|check| check.findings.is_empty());
    let found = move |finding: PlanFinding| {
        let (tone, lead) = match finding.is_stopping {
            true => (Tone::Stop, td_string!(i18n.get_locale(), sittings.check_stops)),
            false => (Tone::Wait, td_string!(i18n.get_locale(), sittings.check_warns)),
        };
        let words = fault_name(i18n.get_locale(), finding);
        view! { <Notice tone><p><b>{lead}</b> " " {words}</p></Notice> }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.check))>
            <Show when=is_sound>
                <Notice tone=Tone::Ok>{t!(i18n, sittings.check_none)}</Notice>
            </Show>
            {move || findings().into_iter().map(found).collect_view()}
            <Rehearsal rows=Signal::derive(move || check.with(|check| check.rehearsal.clone())) />
        </Card>
    }
}

#[component]
fn Rehearsal(rows: Signal<Vec<RehearsedEnd>>) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_kind))),
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_ends))),
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_late_comer))),
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_closes))),
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_arrives))),
        Column::text(words(|locale| td_string!(locale, sittings.rehearsal_latest))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, sittings.rehearsal))
            columns
            rows
            key=|end| (end.extra_pct, end.ends_at.0, end.closes_at.0)
            row
        />
        <p class="muted small">{t!(i18n, sittings.rehearsal_lead)}</p>
    }
}

/// The cells of a kind of candidate.
fn row(end: RehearsedEnd) -> impl IntoView {
    let i18n = use_i18n();
    let kind = move || match end.extra_pct {
        0 => td_string!(i18n.get_locale(), sittings.rehearsal_usual).to_owned(),
        pct => td_string!(i18n.get_locale(), sittings.need_extra_pct, pct = pct),
    };
    let minutes = move || {
        let told = |minutes: u16| td_string!(i18n.get_locale(), sittings.rehearsal_minutes, minutes = minutes);
        end.late_comer_min.map_or_else(|| "—".to_owned(), told)
    };
    view! {
        <th scope="row">{kind}</th>
        <td class="num">{move || when::date_time(i18n.get_locale(), end.ends_at)}</td>
        <td class="num">{minutes}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), end.closes_at)}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), end.arrives_until)}</td>
        <td class="num">{move || when::date_time(i18n.get_locale(), end.ends_at_latest)}</td>
    }
}

/// What is wrong, in a sentence.
fn fault_name(locale: Locale, finding: PlanFinding) -> String {
    let PlanFinding { fault, count, right_at, .. } = finding;
    match fault {
        PlanFault::HardStop => {
            let at = right_at.map(|at| when::date_time(locale, at)).unwrap_or_default();
            td_string!(locale, sittings.fault_hard_stop, at = at)
        }
        PlanFault::PaperMissing => td_string!(locale, sittings.fault_paper_missing).to_owned(),
        PlanFault::PaperPractised => td_string!(locale, sittings.fault_paper_practised).to_owned(),
        PlanFault::Overlap => td_string!(locale, sittings.fault_overlap, count = count),
        PlanFault::OverlapRunning => td_string!(locale, sittings.fault_overlap_running, count = count),
        PlanFault::SameCourse => td_string!(locale, sittings.fault_same_course, count = count),
        PlanFault::SameTime => td_string!(locale, sittings.fault_same_time, count = count),
        PlanFault::SeatsMissing => td_string!(locale, sittings.fault_seats_missing, count = count),
        PlanFault::NoRooms => td_string!(locale, sittings.fault_no_rooms).to_owned(),
        PlanFault::NoSeatPlan => td_string!(locale, sittings.fault_no_seat_plan).to_owned(),
        PlanFault::Unseated => td_string!(locale, sittings.fault_unseated, count = count),
        PlanFault::NeedsUnmet => td_string!(locale, sittings.fault_needs_unmet, count = count),
        PlanFault::Crowded => td_string!(locale, sittings.fault_crowded, count = count),
        PlanFault::ShortNotice => td_string!(locale, sittings.fault_short_notice, count = count),
        PlanFault::CodeUnread => td_string!(locale, sittings.fault_code_unread).to_owned(),
        PlanFault::NobodyAdmits => td_string!(locale, sittings.fault_nobody_admits).to_owned(),
        PlanFault::NobodyWaives => td_string!(locale, sittings.fault_nobody_waives).to_owned(),
    }
}
