//! Plans tests of several courses at once: what they have in common, and one after another the tests themselves.

use super::{
    calendar::{CalendarDraft, CalendarFields},
    owner::OwnerField,
    rules::{RulesDraft, RulesFields},
    state::office_name,
    window_test::{AddTest, PlannedTest},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError},
        creation::CreationKey,
        deed::Deed,
        when,
    },
    ui::{Button, Card, DeedFailure, Field, Look, PageHeading, Select, TextInput, Toasts, focus_first_wrong, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    organisation::DivisionCode,
    sittings::{ExamRules, ExamWindowView, NewExamWindow, ReviewOffice},
    time::Timestamp,
};

lazy_page! {
    /// The form.
    NewExamWindowPage = NewWindow in office;
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    title: RwSignal<String>,
    /// Code of the division that runs them; empty for the planner's own.
    owner: RwSignal<String>,
    calendar: CalendarDraft,
    rules: RulesDraft,
    /// The last office that reviews registrations; empty if none does.
    reviewed_up_to: RwSignal<String>,
    tests: RwSignal<Vec<PlannedTest>>,
    was_sent: RwSignal<bool>,
}

impl Draft {
    /// Nothing yet.
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            title: text(),
            owner: text(),
            calendar: CalendarDraft::of(None),
            rules: RulesDraft::of(ExamRules::usual()),
            reviewed_up_to: text(),
            tests: RwSignal::new(Vec::new()),
            was_sent: RwSignal::new(false),
        }
    }

    /// When the first test begins.
    fn first(self) -> Option<Timestamp> {
        self.tests.with(|tests| tests.iter().map(|planned| planned.test.starts_at).min())
    }

    /// The plan, if everything can be read and there is a test; the server judges the rest.
    fn plan(self) -> Option<NewExamWindow> {
        let tests = self.tests.with(|tests| tests.iter().map(|planned| planned.test.clone()).collect::<Vec<_>>());
        let plan = NewExamWindow {
            title: Some(self.title.get()).filter(|title| !title.trim().is_empty())?,
            division: self.owner.with(|code| DivisionCode::parse(code)),
            calendar: self.calendar.read()?,
            rules: Some(self.rules.read()?),
            reviewed_up_to: self.reviewed_up_to.with(|typed| ReviewOffice::parse(typed)),
            tests,
        };
        Some(plan).filter(|plan| !plan.tests.is_empty())
    }
}

#[component]
fn NewWindow() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (navigate, deed, key, draft) = (use_navigate(), Deed::new(), CreationKey::new(), Draft::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        draft.was_sent.set(true);
        let Some(plan) = untrack(|| draft.plan()) else { return focus_first_wrong() };
        let (navigate, said) = (navigate.clone(), t_string!(i18n, sittings.window_created).to_owned());
        let creating = key.create(move |key| async move { client::create(actor, "/exam_windows", &key, &plan).await });
        deed.run(creating, move |window: ExamWindowView| {
            toasts.done(said);
            if let Some(first) = window.tests.first() {
                navigate(&format!("/exam_sessions/{}/window", first.id), Default::default());
            }
        });
    };
    Effect::new(move |_| {
        if deed.failure().is_some() {
            focus_first_wrong();
        }
    });
    let title_error = Signal::derive(move || {
        if draft.was_sent.get() && draft.title.with(|title| title.trim().is_empty()) {
            t_string!(i18n, common.required).to_owned()
        } else {
            deed.field("/title").get()
        }
    });
    let offices = move || {
        let office = |office: &ReviewOffice| (office.to_string(), office_name(i18n.get_locale(), *office).to_owned());
        ReviewOffice::ALL.iter().map(office).collect::<Vec<_>>()
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/exam_sessions">{t!(i18n, sittings.back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.window_new)) />
            <p class="muted">{t!(i18n, sittings.window_lead)}</p>
            <form class="card stack" novalidate on:submit=submit>
                <Field
                    id="title"
                    label=words(|locale| td_string!(locale, sittings.window_name))
                    hint=words(|locale| td_string!(locale, sittings.window_name_hint))
                    error=title_error
                >
                    <TextInput value=draft.title />
                </Field>
                <OwnerField value=draft.owner deed />
                <Tests draft deed />
                <AddTest tests=draft.tests />
                <Field
                    id="reviewed_up_to"
                    label=words(|locale| td_string!(locale, sittings.reviewed_up_to))
                    hint=words(|locale| td_string!(locale, sittings.reviewed_up_to_hint))
                    error=deed.field("/reviewed_up_to")
                >
                    <Select
                        value=draft.reviewed_up_to
                        options=Signal::derive(offices)
                        empty=words(|locale| td_string!(locale, sittings.no_review))
                    />
                </Field>
                <RulesFields draft=draft.rules was_sent=draft.was_sent deed />
                <CalendarFields
                    draft=draft.calendar
                    starts_at=Signal::derive(move || draft.first())
                    was_sent=draft.was_sent
                    deed
                />
                <p class="hint">{t!(i18n, sittings.window_calendar_hint)}</p>
                <DeedFailure deed />
                <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>
                    {t!(i18n, sittings.window_create)}
                </Button>
            </form>
        </main>
    }
}

/// The tests that were added, each with what the server finds wrong with it.
#[component]
fn Tests(draft: Draft, deed: Deed) -> impl IntoView {
    let i18n = use_i18n();
    let lacks_any = move || draft.was_sent.get() && draft.tests.with(Vec::is_empty);
    let row = move |(nth, planned): (usize, PlannedTest)| {
        let wrong = move || {
            let found = deed.failure().and_then(|failure: ApiError| failure.field_below(&format!("/tests/{nth}/")));
            found.map(|detail| view! { <div class="field"><p class="error" role="alert">{detail}</p></div> })
        };
        let course_id = planned.test.course_id;
        let remove = move |()| {
            draft.tests.update(|tests| tests.retain(|planned| planned.test.course_id != course_id));
            focus_on("#course");
        };
        let (starts_at, minutes) = (planned.test.starts_at, planned.test.duration_min);
        let time = move || {
            let locale = i18n.get_locale();
            format!("{} · {}", when::date_time(locale, starts_at), td_string!(locale, rooms.minutes, minutes = minutes))
        };
        let named = planned.title.clone();
        view! {
            <li class="row spread">
                <span><b>{planned.title}</b> " " <span class="num">{time}</span></span>
                {wrong}
                <Button look=Look::Quiet on_press=remove>
                    {t!(i18n, sittings.window_remove)} <span class="visually-hidden">" " {named}</span>
                </Button>
            </li>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.window_tests))>
            <Show when=lacks_any>
                <div class="field"><p class="error" role="alert">{t!(i18n, sittings.window_none)}</p></div>
            </Show>
            <ul class="stack">{move || draft.tests.get().into_iter().enumerate().map(row).collect_view()}</ul>
        </Card>
    }
}
