//! The unified tests of a learner: what can be registered for, the ticket, the way in.

use super::{
    my_accommodations::MyAccommodations, my_incidents::MyIncidents, postpone::MyPutOff, rules::candidate_rules,
    state::office_name,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{delivery::prefetch::prefetch, organisation::words::words},
    platform::{actor::Actor, client, clock, deed::Deed, file, when},
    ui::{
        AsyncView, Button, ButtonLink, ConfirmDialog, DeedFailure, EmptyState, Icon, Look, Notice, PageHeading, QrCode,
        Symbol, Tag, Toasts, Tone, focus_on,
    },
};
use jiff::civil::Date;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    learning::Gate,
    sittings::{
        CalendarRefusal, ExamKind, ExamRules, ExamSessionState, MyExam, MySeat, MySitting, QualificationReview,
        ReviewOffice, may_register_on, may_withdraw,
    },
    time::Timestamp,
};
use std::time::Duration;

/// Candidates may enter this long before the start.
const ENTER_BEFORE_S: i64 = 1_800;
/// So often the page looks whether it is time to enter.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

lazy_page! {
    /// The page.
    MyExamsPage = MyExams in exam;
}

#[component]
fn MyExams() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let exams = LocalResource::new(move || client::get::<Vec<MyExam>>(actor, "/me/exams"));
    let reload = Callback::new(move |()| exams.refetch());
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, sittings.my_title).to_owned()) />
            <AsyncView resource=exams let:exams>
                {if exams.is_empty() {
                    let none = Signal::derive(move || t_string!(i18n, sittings.my_none).to_owned());
                    view! {
                        <EmptyState text=none symbol=Symbol::Pencil>
                            <ButtonLink href="/learn">{t!(i18n, sittings.my_to_learn)}</ButtonLink>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    exams.into_iter().map(|exam| view! { <Exam exam reload /> }).collect_view().into_any()
                }}
            </AsyncView>
            <MyIncidents />
            <MyAccommodations />
            <p class="no-print"><ButtonLink href="/results">{t!(i18n, sittings.my_results)}</ButtonLink></p>
        </main>
    }
}

/// Where a learner stands with one test.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// The course is not complete.
    Closed { missing: u16 },
    /// Registration is open to them.
    Open,
    /// It opens to them later.
    NotYet {
        /// When.
        opens_on: Date,
    },
    /// Registration is over, without them.
    Missed,
    /// Taken out after registration had ended.
    TakenOut {
        /// Why.
        reason: String,
    },
    /// Registered, no ticket yet.
    Registered {
        /// Whether that can still be taken back.
        may_withdraw: bool,
        /// For which office it waits, if for any.
        turn: Option<ReviewOffice>,
    },
    /// An office has refused the registration.
    Refused {
        /// Why.
        reason: String,
        /// Whether it can still be taken back, to register again.
        may_withdraw: bool,
    },
    /// Has a ticket.
    Ticket(MySitting),
    /// Submitted or closed.
    Submitted(MySitting),
    /// Results are out.
    Published,
    /// Called off.
    Cancelled {
        /// Why.
        reason: String,
    },
}

fn standing(exam: &MyExam, today: Date) -> Standing {
    let on_day = may_register_on(exam.registration, today);
    match (&exam.sitting, exam.gate) {
        _ if exam.state == ExamSessionState::Cancelled => {
            Standing::Cancelled { reason: exam.cancelled_because.clone().unwrap_or_default() }
        }
        _ if exam.state == ExamSessionState::Published => Standing::Published,
        (Some(sitting), _) if sitting.is_closed => Standing::Submitted(sitting.clone()),
        (Some(sitting), _) => Standing::Ticket(sitting.clone()),
        (None, _) if exam.withdrawn_because.is_some() => {
            Standing::TakenOut { reason: exam.withdrawn_because.clone().unwrap_or_default() }
        }
        (None, _) if exam.is_registered => {
            let may_withdraw = may_withdraw(exam.state).is_ok() && on_day.is_ok();
            match exam.review {
                Some(QualificationReview::Refused) => {
                    Standing::Refused { reason: exam.review_reason.clone().unwrap_or_default(), may_withdraw }
                }
                review => Standing::Registered { may_withdraw, turn: review.and_then(QualificationReview::turn) },
            }
        }
        (None, _) if exam.state != ExamSessionState::Registering => Standing::Missed,
        (None, _) if matches!(on_day, Err(CalendarRefusal::Over { .. })) => Standing::Missed,
        (None, Gate::Open) => match on_day {
            Err(CalendarRefusal::NotYet { opens_on }) => Standing::NotYet { opens_on },
            _ => Standing::Open,
        },
        (None, Gate::TaskPointsMissing { missing }) => Standing::Closed { missing },
    }
}

#[component]
fn Exam(exam: MyExam, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (starts_at, ends_at) = (exam.starts_at, exam.ends_at);
    let standing = standing(&exam, clock::now().date_in_china());
    let heading = format!("exam-{}", exam.id);
    let labelled_by = heading.clone();
    let (tone, tag) = match &standing {
        Standing::Closed { .. } => (Tone::Plain, t!(i18n, sittings.my_state_closed).into_any()),
        Standing::Open => (Tone::Ok, t!(i18n, sittings.my_state_open).into_any()),
        Standing::NotYet { .. } => (Tone::Plain, t!(i18n, sittings.my_state_not_yet).into_any()),
        Standing::Missed => (Tone::Plain, t!(i18n, sittings.my_state_missed).into_any()),
        Standing::TakenOut { .. } => (Tone::Stop, t!(i18n, sittings.my_state_taken_out).into_any()),
        Standing::Registered { .. } => (Tone::Ok, t!(i18n, sittings.my_state_registered).into_any()),
        Standing::Refused { .. } => (Tone::Stop, t!(i18n, sittings.my_state_refused).into_any()),
        Standing::Ticket(_) => (Tone::Wait, t!(i18n, sittings.my_state_ready).into_any()),
        Standing::Submitted(_) => (Tone::Ok, t!(i18n, sittings.my_state_submitted).into_any()),
        Standing::Published => (Tone::Ok, t!(i18n, sittings.my_state_published).into_any()),
        Standing::Cancelled { .. } => (Tone::Stop, t!(i18n, sittings.my_state_cancelled).into_any()),
    };
    let (kind, own_time_min) = (exam.kind, exam.own_time_min);
    let practice = (kind == ExamKind::Mock).then(|| {
        let own_time =
            move || own_time_min.map(|minutes| td_string!(i18n.get_locale(), sittings.my_own_time, minutes = minutes));
        view! { <p>{t!(i18n, sittings.my_mock)} " " {own_time}</p> }
    });
    let is_ahead = matches!(standing, Standing::Registered { .. } | Standing::Ticket(_));
    let postponed = exam.postponed.clone().filter(|_| is_ahead).map(|postponed| view! { <MyPutOff postponed /> });
    let registration = exam.registration.filter(|_| exam.sitting.is_none()).map(|days| {
        let words = move || {
            let (locale, day) = (i18n.get_locale(), |day| when::day(i18n.get_locale(), day));
            td_string!(locale, sittings.my_registration, from = day(days.opens_on), until = day(days.closes_on))
        };
        view! { <p class="num">{words}</p> }
    });
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{exam.title.clone()}</h2>
                <Tag tone>{tag}</Tag>
            </div>
            <p class="num">
                {t!(i18n, sittings.my_starts)} " " {move || when::date_time(i18n.get_locale(), starts_at)} " · "
                {t!(i18n, sittings.my_ends)} " " {move || when::date_time(i18n.get_locale(), ends_at)}
            </p>
            {practice}
            {postponed}
            {registration}
            <WayOn exam standing reload />
        </section>
    }
}

/// The one thing to do with a test now.
#[component]
fn WayOn(exam: MyExam, standing: Standing, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    match standing {
        Standing::Closed { missing } => view! {
            <p>{t!(i18n, sittings.my_missing, missing = missing)}</p>
            <ButtonLink href="/learn">{t!(i18n, sittings.my_to_learn)}</ButtonLink>
        }
        .into_any(),
        Standing::Open => view! { <Register id=exam.id.to_string() reload /> }.into_any(),
        Standing::NotYet { opens_on } => {
            let words = move || {
                let locale = i18n.get_locale();
                td_string!(locale, sittings.my_not_yet, day = when::day(locale, opens_on))
            };
            view! { <p>{words}</p> }.into_any()
        }
        Standing::Missed => view! { <p>{t!(i18n, sittings.my_missed)}</p> }.into_any(),
        Standing::TakenOut { reason } => {
            view! { <Notice tone=Tone::Stop>{t!(i18n, sittings.my_taken_out, reason = reason)}</Notice> }.into_any()
        }
        Standing::Refused { reason, may_withdraw } => view! {
            <Notice tone=Tone::Stop>{t!(i18n, sittings.my_refused, reason = reason)}</Notice>
            {may_withdraw.then(|| view! { <Withdraw id=exam.id.to_string() reload /> })}
        }
        .into_any(),
        Standing::Registered { may_withdraw, turn } => view! {
            <p>
                {move || match turn {
                    None => t_string!(i18n, sittings.my_registered).to_owned(),
                    Some(office) => {
                        let locale = i18n.get_locale();
                        td_string!(locale, sittings.my_in_review, office = office_name(locale, office))
                    }
                }}
            </p>
            <ButtonLink href="/try">{t!(i18n, delivery.try_link)}</ButtonLink>
            {may_withdraw.then(|| view! { <Withdraw id=exam.id.to_string() reload /> })}
        }
        .into_any(),
        Standing::Ticket(sitting) => view! { <Ticket sitting starts_at=exam.starts_at rules=exam.rules /> }.into_any(),
        Standing::Submitted(sitting) => view! {
            <p>{t!(i18n, sittings.my_over)}</p>
            <ButtonLink href=format!("/sittings/{}", sitting.id)>{t!(i18n, sittings.my_receipt)}</ButtonLink>
        }
        .into_any(),
        Standing::Published => {
            view! { <ButtonLink href="/results" look=Look::Primary>{t!(i18n, sittings.my_results)}</ButtonLink> }
                .into_any()
        }
        Standing::Cancelled { reason } => {
            view! { <Notice tone=Tone::Stop>{t!(i18n, sittings.my_cancelled, reason = reason)}</Notice> }.into_any()
        }
    }
}

/// Takes the registration back.
#[component]
fn Withdraw(id: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let withdraw = move |()| {
        let path = format!("/exam_sessions/{id}/registrations/withdraw");
        let said = t_string!(i18n, sittings.my_withdrawn_toast).to_owned();
        deed.run(async move { client::post::<_, MyExam>(actor, &path, &serde_json::json!({})).await }, move |_| {
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, sittings.my_withdraw)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, sittings.my_withdraw_ask).to_owned())
            text=Signal::derive(move || t_string!(i18n, sittings.my_withdraw_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, sittings.my_withdraw).to_owned())
            on_confirm=withdraw
        />
    }
}

#[component]
fn Register(id: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let register = move |()| {
        let (path, said) =
            (format!("/exam_sessions/{id}/registrations"), t_string!(i18n, sittings.my_registered_toast).to_owned());
        deed.run(async move { client::post::<_, MyExam>(actor, &path, &serde_json::json!({})).await }, move |_| {
            toasts.done(said);
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=register>{t!(i18n, sittings.my_register)}</Button>
    }
}

/// Where the learner sits.
#[component]
fn Seat(seat: MySeat) -> impl IntoView {
    let i18n = use_i18n();
    let number = seat.room_number;
    view! {
        <div><dt>{t!(i18n, sittings.my_site)}</dt><dd>{seat.site_name} " " {seat.address}</dd></div>
        <div>
            <dt>{t!(i18n, sittings.my_room)}</dt>
            <dd>{t!(i18n, sittings.seat_room, number = number)} " " {seat.room_name}</dd>
        </div>
        <div>
            <dt>{t!(i18n, sittings.my_seat)}</dt>
            <dd>
                <span class="num">{seat.seat}</span> " "
                <span class="muted small">{t!(i18n, sittings.my_seat_not_by_ticket)}</span>
            </dd>
        </div>
    }
}

/// The admission ticket and the way into the test.
#[component]
fn Ticket(sitting: MySitting, starts_at: Timestamp, rules: ExamRules) -> impl IntoView {
    let i18n = use_i18n();
    let id = sitting.id;
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name);
    let now = RwSignal::new(clock::now());
    if let Ok(timer) = set_interval_with_handle(move || now.set(clock::now()), LOOK_AGAIN) {
        on_cleanup(move || timer.clear());
    }
    // Also after the end: a device may still have answers to send.
    let may_enter = Memo::new(move |_| now.get() >= starts_at.plus_s(-ENTER_BEFORE_S));
    let is_fetched = RwSignal::new(false);
    spawn_local(prefetch(actor, (id, starts_at), is_fetched));
    let print = move |()| drop(window().print());
    let deed = Deed::new();
    let save = move |()| {
        let name = format!("{}.pdf", t_string!(i18n, sittings.my_ticket_title));
        let path = format!("/sittings/{id}/ticket");
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    let code_label = words(|locale| td_string!(locale, sittings.my_ticket_code));
    let has_changed = sitting.seat.as_ref().is_some_and(|seat| seat.has_changed);
    view! {
        {has_changed.then(|| view! {
            <div class="no-print"><Notice tone=Tone::Wait>{t!(i18n, sittings.my_seat_changed)}</Notice></div>
        })}
        <dl class="facts ticket">
            <div><dt>{t!(i18n, sittings.my_ticket)}</dt><dd class="num">{sitting.ticket_number}</dd></div>
            <div><dt>{t!(i18n, sittings.my_login_code)}</dt><dd class="num">{sitting.login_code}</dd></div>
            <div><dt>{t!(i18n, sittings.my_name)}</dt><dd>{name}</dd></div>
            {sitting.seat.map(|seat| view! { <Seat seat /> })}
        </dl>
        <div class="ticket-code"><QrCode text=sitting.ticket_code label=code_label /></div>
        <ul class="small">
            {move || {
                let rules = candidate_rules(i18n.get_locale(), rules).into_iter();
                rules.map(|rule| view! { <li>{rule}</li> }).collect_view()
            }}
        </ul>
        <Show when=move || is_fetched.get()>
            <p class="no-print"><Tag tone=Tone::Ok>{t!(i18n, sittings.my_paper_fetched)}</Tag></p>
        </Show>
        <div class="row no-print">
            <Show when=move || may_enter.get() fallback=move || view! { <p>{t!(i18n, sittings.my_waiting)}</p> }>
                <ButtonLink href=format!("/sittings/{id}") look=Look::Primary>{t!(i18n, sittings.my_enter)}</ButtonLink>
            </Show>
            <ButtonLink href="/try">{t!(i18n, delivery.try_link)}</ButtonLink>
            <Button on_press=print><Icon symbol=Symbol::Print />{t!(i18n, sittings.my_print)}</Button>
            <Button is_busy=deed.is_busy() on_press=save>
                <Icon symbol=Symbol::Download />
                {t!(i18n, sittings.ticket_download)}
            </Button>
        </div>
        <DeedFailure deed />
    }
}
