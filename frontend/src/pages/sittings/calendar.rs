//! The days around a test: planned from the day of the test, and shown with the one that is overdue.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{deed::Deed, when},
    ui::{Button, Card, Field, Tag, TextInput, Tone, focus_on},
};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::{
    sittings::{CalendarDay, ExamCalendar, ExamSessionView, may_end_registration},
    time::{Timestamp, read_date, write_date},
};

/// The planned days as they are typed, in their order.
#[derive(Clone, Copy)]
pub(super) struct CalendarDraft {
    days: [RwSignal<String>; CalendarDay::PLANNED.len()],
}

impl CalendarDraft {
    /// What was planned before, or nothing.
    pub(super) fn of(known: Option<ExamCalendar>) -> Self {
        let draft = Self { days: CalendarDay::PLANNED.map(|_| RwSignal::new(String::new())) };
        draft.fill(known);
        draft
    }

    fn text(self, which: CalendarDay) -> RwSignal<String> {
        let at = CalendarDay::PLANNED.iter().position(|planned| *planned == which);
        self.days[at.unwrap_or_default()]
    }

    fn fill(self, calendar: Option<ExamCalendar>) {
        for which in CalendarDay::PLANNED {
            // The day of the test is none of these.
            let day = calendar.map(|calendar| calendar.day(which, calendar.tickets_by));
            self.text(which).set(day.map(write_date).unwrap_or_default());
        }
    }

    fn is_empty(self) -> bool {
        self.days.iter().all(|day| day.with(|text| text.trim().is_empty()))
    }

    fn day(self, which: CalendarDay) -> Option<Date> {
        self.text(which).with(|text| read_date(text.trim()))
    }

    /// The calendar: none at all is right, too. `None` if a day of it cannot be read.
    pub(super) fn read(self) -> Option<Option<ExamCalendar>> {
        if self.is_empty() {
            return Some(None);
        }
        let is_readable = CalendarDay::PLANNED.into_iter().all(|which| self.day(which).is_some());
        is_readable.then(|| Some(ExamCalendar::by(|which| self.day(which).unwrap_or_default())))
    }
}

/// Fills the days in from the day of the test, and lets them be changed.
#[component]
pub(super) fn CalendarFields(
    /// The days as they are typed.
    draft: CalendarDraft,
    /// When candidates may begin, if that can be read.
    #[prop(into)]
    starts_at: Signal<Option<Timestamp>>,
    /// Whether the form was sent.
    was_sent: RwSignal<bool>,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_planned = Memo::new(move |_| !draft.is_empty());
    let plan = move |()| match starts_at.get_untracked() {
        Some(at) => draft.fill(Some(ExamCalendar::usual(at.date_in_china()))),
        // Nothing is counted from a day that is not there.
        None => focus_on("#starts_at"),
    };
    let leave_out = move |()| {
        draft.fill(None);
        focus_on("#plan-days");
    };
    let field = move |which: CalendarDay| {
        let error = Signal::derive(move || {
            if was_sent.get() && draft.day(which).is_none() {
                t_string!(i18n, common.required).to_owned()
            } else {
                deed.field(which.pointer()).get()
            }
        });
        view! {
            <Field
                id=which.as_str()
                label=Signal::derive(move || day_name(i18n.get_locale(), which).to_owned())
                error
            >
                <TextInput value=draft.text(which) kind="date" />
            </Field>
        }
    };
    view! {
        <fieldset class="stack">
            <legend>{t!(i18n, sittings.calendar)}</legend>
            <p class="hint">{t!(i18n, sittings.calendar_hint)}</p>
            <div class="row" id="plan-days" tabindex="-1">
                <Button on_press=plan>{t!(i18n, sittings.calendar_fill)}</Button>
                <Show when=move || is_planned.get()>
                    <Button on_press=leave_out>{t!(i18n, sittings.calendar_clear)}</Button>
                </Show>
            </div>
            <Show when=move || is_planned.get()>{CalendarDay::PLANNED.map(field).collect_view()}</Show>
        </fieldset>
    }
}

/// The days of a test, if they are planned; the one until which its next step is due says so when it is over.
#[component]
pub(super) fn Calendar(exam_session: Signal<ExamSessionView>, now: RwSignal<Timestamp>) -> impl IntoView {
    let i18n = use_i18n();
    let calendar = Memo::new(move |_| exam_session.with(|shown| shown.calendar));
    let test_day = Memo::new(move |_| exam_session.with(|shown| shown.starts_at.date_in_china()));
    let late = Memo::new(move |_| exam_session.with(|shown| overdue(shown, now.get().date_in_china())));
    let row = move |calendar: ExamCalendar, which: CalendarDay| {
        view! {
            <div>
                <dt>{move || day_name(i18n.get_locale(), which)}</dt>
                <dd class="num">
                    {move || when::day(i18n.get_locale(), calendar.day(which, test_day.get()))}
                    <Show when=move || late.get() == Some(which)>
                        " " <Tag tone=Tone::Wait>{t!(i18n, sittings.calendar_late)}</Tag>
                    </Show>
                </dd>
            </div>
        }
    };
    move || {
        calendar.get().map(|calendar| {
            let rows = CalendarDay::ALL.iter().map(|which| row(calendar, *which)).collect_view();
            view! {
                <Card title=words(|locale| td_string!(locale, sittings.calendar))>
                    <dl class="facts">{rows}</dl>
                </Card>
            }
        })
    }
}

/// The day that is over and whose step has not been taken.
fn overdue(exam_session: &ExamSessionView, today: Date) -> Option<CalendarDay> {
    let test_day = exam_session.starts_at.date_in_china();
    let calendar = exam_session.calendar.filter(|known| known.is_overdue(exam_session.state, (test_day, today)));
    calendar.and_then(|_| CalendarDay::due(exam_session.state))
}

/// Until when learners register who were told that they can, if that is not over.
pub(super) fn open_until(exam_session: &ExamSessionView, today: Date) -> Option<Date> {
    let days = exam_session.calendar.map(|calendar| calendar.registration());
    may_end_registration(days, today).is_err().then(|| days.map(|days| days.closes_on)).flatten()
}

fn day_name(locale: Locale, which: CalendarDay) -> &'static str {
    match which {
        CalendarDay::RegistrationOpens => td_string!(locale, sittings.day_registration_opens),
        CalendarDay::RegistrationCloses => td_string!(locale, sittings.day_registration_closes),
        CalendarDay::Review => td_string!(locale, sittings.day_review),
        CalendarDay::Arrangement => td_string!(locale, sittings.day_arrangement),
        CalendarDay::Tickets => td_string!(locale, sittings.day_tickets),
        CalendarDay::Test => td_string!(locale, sittings.day_test),
        CalendarDay::Marking => td_string!(locale, sittings.day_marking),
        CalendarDay::Release => td_string!(locale, sittings.day_release),
        CalendarDay::Recheck => td_string!(locale, sittings.day_recheck),
    }
}
