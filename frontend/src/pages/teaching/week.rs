//! A week of lessons: seven days side by side where there is room, else one below the other.

use super::words::{AttendanceTag, MeetingTag, hours, place_name, short_day, weekday_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{client::query, clock, when},
    ui::{Button, EmptyState, Icon, Symbol},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    teaching::{AttendanceState, Holiday, MeetingState, MeetingView, said_of},
    time::write_date,
};

/// What a lesson shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lesson {
    /// The lesson.
    pub(super) meeting: MeetingView,
    /// Whether the reader was there, if they learn in it.
    pub(super) attendance: Option<AttendanceState>,
    /// Whether it leads to its page.
    pub(super) has_page: bool,
    /// Whether the class is named, for who has several.
    pub(super) names_class: bool,
}

/// The Monday of the week in which a day lies.
pub(super) fn monday_of(day: Date) -> Date {
    (0..day.weekday().to_monday_zero_offset()).fold(day, |day, _| day.yesterday().unwrap_or(day))
}

/// The day so many days later, or earlier.
pub(super) fn days_later(day: Date, days: i32) -> Date {
    let step = |day: Date| if days < 0 { day.yesterday() } else { day.tomorrow() };
    (0..days.abs()).fold(day, |day, _| step(day).unwrap_or(day))
}

/// The week that begins on this Monday, as an address asks for it.
pub(super) fn week_query(monday: Date) -> String {
    let midnight = |day: Date| when::from_input(&format!("{}T00:00", write_date(day))).map(|at| at.to_string());
    query(&[("from", midnight(monday)), ("to", midnight(days_later(monday, 7)))])
}

/// Those of the week that begins on this Monday.
pub(super) fn in_week(monday: Date, holidays: Vec<Holiday>) -> Vec<Holiday> {
    holidays.into_iter().filter(|holiday| monday_of(holiday.day) == monday).collect()
}

/// The part of the day: morning, afternoon, evening.
fn part_of_day(meeting: &MeetingView) -> usize {
    match meeting.starts_at.in_china().hour() {
        ..12 => 0,
        12..18 => 1,
        18.. => 2,
    }
}

/// Leads to the weeks before and after.
#[component]
pub(super) fn WeekBar(monday: RwSignal<Date>) -> impl IntoView {
    let i18n = use_i18n();
    let this_week = monday_of(clock::now().date_in_china());
    let span = move || {
        let (locale, first) = (i18n.get_locale(), monday.get());
        format!("{} – {}", short_day(locale, first), short_day(locale, days_later(first, 6)))
    };
    let is_other = move || monday.get() != this_week;
    view! {
        <div class="week-bar row">
            <Button on_press=move |()| monday.update(|monday| *monday = days_later(*monday, -7))>
                <Icon symbol=Symbol::Back />
                <span class="visually-hidden">{t!(i18n, classes.week_before)}</span>
            </Button>
            <b class="num" role="status">{span}</b>
            <Button on_press=move |()| monday.update(|monday| *monday = days_later(*monday, 7))>
                <Icon symbol=Symbol::Forward />
                <span class="visually-hidden">{t!(i18n, classes.week_after)}</span>
            </Button>
            <Show when=is_other>
                <Button on_press=move |()| monday.set(this_week)>{t!(i18n, classes.this_week)}</Button>
            </Show>
        </div>
    }
}

/// The lessons of the week that begins on this Monday.
#[component]
pub(super) fn Week(monday: Date, lessons: Vec<Lesson>, holidays: Vec<Holiday>) -> impl IntoView {
    let i18n = use_i18n();
    if lessons.is_empty() && holidays.is_empty() {
        let nothing = Signal::derive(move || t_string!(i18n, classes.no_lessons).to_owned());
        return view! { <EmptyState text=nothing symbol=Symbol::Calendar /> }.into_any();
    }
    let days = (0..7).map(|at| days_later(monday, at));
    let day = move |day: Date| {
        let of_day = |lesson: &&Lesson| lesson.meeting.starts_at.date_in_china() == day;
        let lessons: Vec<_> = lessons.iter().filter(of_day).cloned().collect();
        let holiday = said_of(day, &holidays).cloned();
        view! { <Day day lessons holiday /> }
    };
    view! { <ol class="week">{days.map(day).collect_view()}</ol> }.into_any()
}

#[component]
fn Day(day: Date, lessons: Vec<Lesson>, holiday: Option<Holiday>) -> impl IntoView {
    let i18n = use_i18n();
    let is_today = day == clock::now().date_in_china();
    let is_empty = lessons.is_empty() && holiday.is_none();
    let part = |at: usize| {
        let of_part = lessons.iter().filter(|lesson| part_of_day(&lesson.meeting) == at).cloned();
        view! { <div class="half">{of_part.map(|lesson| view! { <LessonCard lesson /> }).collect_view()}</div> }
    };
    view! {
        <li class="day" class:is-today=is_today class:is-empty=is_empty aria-current=is_today.then_some("date")>
            <h3>
                {move || weekday_name(i18n.get_locale(), day.weekday())}
                <span class="muted small num">{move || short_day(i18n.get_locale(), day)}</span>
                {holiday.map(|holiday| view! { <span class="holiday small">{holiday.name}</span> })}
            </h3>
            {[0, 1, 2].map(part).collect_view()}
        </li>
    }
}

#[component]
fn LessonCard(lesson: Lesson) -> impl IntoView {
    let i18n = use_i18n();
    let Lesson { meeting, attendance, has_page, names_class } = lesson;
    let class = match meeting.state {
        MeetingState::Cancelled => "meeting is-cancelled",
        MeetingState::Planned if meeting.ends_at < clock::now() => "meeting is-held",
        MeetingState::Planned => "meeting",
    };
    let (href, place, shown) = (format!("/meetings/{}", meeting.id), meeting.place.clone(), meeting.clone());
    let place = move || place_name(i18n.get_locale(), place.as_ref());
    let content = view! {
        <span class="small num">{hours(meeting.starts_at, meeting.ends_at)}</span>
        <b>{meeting.course_title}</b>
        {names_class.then(|| view! { <span class="small">{meeting.class_name}</span> })}
        <span class="small">{place}</span>
        {meeting.teacher_name.map(|name| view! { <span class="small">{name}</span> })}
        <MeetingTag meeting=shown />
        {attendance.map(|state| view! { <AttendanceTag state /> })}
    };
    if has_page {
        view! { <A href attr:class=class>{content}</A> }.into_any()
    } else {
        view! { <div class=class>{content}</div> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_monday_over_the_end_of_a_year_too() {
        assert_eq!(monday_of(date(2026, 11, 25)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2026, 11, 23)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2027, 1, 3)), date(2026, 12, 28));
        assert_eq!(days_later(date(2026, 12, 28), 7), date(2027, 1, 4));
        assert_eq!(days_later(date(2027, 1, 4), -7), date(2026, 12, 28));
    }
}
