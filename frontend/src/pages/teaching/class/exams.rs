//! The unified tests that the class can be registered for: all of it by one action, and who cannot be, with the reason.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, EmptyState, Look, Notice, Symbol, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    sittings::{ClassExam, ClassObstacle, ClassRegistration, NewClassRegistration, RefusedLearner, may_register_on},
};

/// The part of the page.
#[component]
pub(super) fn Exams(
    /// The class.
    class_id: ClassId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let exams: LocalResource<Outcome<Vec<ClassExam>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/exams")).await });
    // What came of the last registration; it stays while the numbers are fetched anew.
    let told = RwSignal::new(None::<ClassRegistration>);
    let reload = Callback::new(move |registration: ClassRegistration| {
        told.set(Some(registration));
        exams.refetch();
    });
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.class_exams))>
            <p class="muted small">{t!(i18n, sittings.class_exams_about)}</p>
            <div role="status">{move || told.get().map(|told| view! { <Told told /> })}</div>
            <AsyncView resource=exams let:exams>
                {if exams.is_empty() {
                    let none = words(|locale| td_string!(locale, sittings.class_exams_none));
                    view! { <EmptyState text=none symbol=Symbol::Calendar /> }.into_any()
                } else {
                    let rows = exams.into_iter().map(|exam| view! { <Exam class_id exam reload /> }).collect_view();
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                }}
            </AsyncView>
        </Card>
    }
}

/// One test, with the button that registers the class for it.
#[component]
fn Exam(class_id: ClassId, exam: ClassExam, reload: Callback<ClassRegistration>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, is_asking) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(false));
    let ClassExam { id, title, starts_at, registration, learners, registered } = exam;
    let may_register = may_register_on(registration, clock::now().date_in_china()).is_ok();
    let days = registration.map(|days| {
        let words = move || {
            let (locale, day) = (i18n.get_locale(), |day| when::day(i18n.get_locale(), day));
            td_string!(locale, sittings.my_registration, from = day(days.opens_on), until = day(days.closes_on))
        };
        view! { <p class="small num">{words}</p> }
    });
    let name = title.clone();
    let button = may_register.then(|| {
        view! {
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, sittings.class_register)}
                    <span class="visually-hidden">" " {name}</span>
                </Button>
            </div>
        }
    });
    let numbers = move || {
        td_string!(i18n.get_locale(), sittings.class_exam_numbers, registered = registered, learners = learners)
    };
    let register = move |()| {
        let path = format!("/classes/{class_id}/exam_registrations");
        let (key, body) = (idempotency_key(), NewClassRegistration { exam_session_id: id });
        let registering = async move { client::create(actor, &path, &key, &body).await };
        deed.run(registering, move |told: ClassRegistration| {
            // The button is drawn anew, and the focus must not go with it.
            focus_on("h1");
            reload.run(told);
        });
    };
    view! {
        <li>
            <div class="stack">
                <p><b>{title}</b></p>
                <p class="muted small num">
                    {move || when::date_time(i18n.get_locale(), starts_at)} " · " {numbers}
                </p>
                {days}
                <DeedFailure deed />
                {button}
                <ConfirmDialog
                    is_open=is_asking
                    title=words(|locale| td_string!(locale, sittings.class_register_ask))
                    text=words(|locale| td_string!(locale, sittings.class_register_about))
                    confirm=words(|locale| td_string!(locale, sittings.class_register))
                    on_confirm=register
                />
            </div>
        </li>
    }
}

/// How many are registered, and who cannot be.
#[component]
fn Told(told: ClassRegistration) -> impl IntoView {
    let i18n = use_i18n();
    let ClassRegistration { registered, already, refused } = told;
    let tone = if refused.is_empty() { Tone::Ok } else { Tone::Wait };
    let numbers =
        move || td_string!(i18n.get_locale(), sittings.class_registered, registered = registered, already = already);
    let one = move |learner: RefusedLearner| {
        let RefusedLearner { name, because, missing, .. } = learner;
        view! { <li>{name} " · " {move || reason(i18n.get_locale(), because, missing)}</li> }
    };
    let rest = (!refused.is_empty()).then(|| {
        let learners = refused.into_iter().map(one).collect_view();
        view! {
            <p>{t!(i18n, sittings.class_refused)}</p>
            <ul>{learners}</ul>
        }
    });
    view! {
        <Notice tone>
            <p>{numbers}</p>
            {rest}
        </Notice>
    }
}

/// Why a learner cannot be registered, and the way out.
fn reason(locale: Locale, because: ClassObstacle, missing: u16) -> String {
    match because {
        ClassObstacle::TaskPointsMissing => td_string!(locale, sittings.class_missing, missing = missing),
        ClassObstacle::NotEnrolled => td_string!(locale, sittings.class_not_enrolled).to_owned(),
        ClassObstacle::QuotaFull => td_string!(locale, sittings.class_quota_full).to_owned(),
        ClassObstacle::TakenBack => td_string!(locale, sittings.class_taken_back).to_owned(),
        ClassObstacle::SitsAnother => td_string!(locale, sittings.class_sits_another).to_owned(),
        ClassObstacle::Banned => td_string!(locale, sittings.class_banned).to_owned(),
    }
}
