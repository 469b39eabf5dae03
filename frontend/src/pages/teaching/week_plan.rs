//! 这一周的安排: the lessons of the coming days, and the units that are next in each course.

use super::{
    next_meeting::Lessons,
    words::{hours, place_name, short_day, weekday_name},
};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::clock,
    ui::Card,
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    learning::UnitProgress,
    teaching::{MeetingView, PlannedDay, week_ahead},
};

/// The plan; nothing for who has neither lessons nor units before them.
#[component]
pub(in crate::pages) fn WeekPlan(
    /// The learner's lessons.
    lessons: Lessons,
    /// The next unit of each course that is not complete, with the title of the course.
    units: Vec<(String, UnitProgress)>,
) -> impl IntoView {
    move || {
        // Until the lessons are known the plan says nothing of them.
        let days = lessons.get().and_then(Result::ok).map(|lessons| week_ahead(&lessons, clock::now()));
        let has_lessons = days.as_ref().is_some_and(|days| !days.is_empty());
        (has_lessons || !units.is_empty()).then(|| view! { <Plan days units=units.clone() /> })
    }
}

#[component]
fn Plan(days: Option<Vec<PlannedDay>>, units: Vec<(String, UnitProgress)>) -> impl IntoView {
    let i18n = use_i18n();
    let (day, unit) = (|day: PlannedDay| view! { <Day day /> }, |unit: (String, UnitProgress)| view! { <Unit unit /> });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.week_ahead))>
            {days.map(|days| match days.is_empty() {
                true => view! { <p class="muted">{t!(i18n, classes.week_no_lessons)}</p> }.into_any(),
                false => view! { <ul class="rows">{days.into_iter().map(day).collect_view()}</ul> }.into_any(),
            })}
            {(!units.is_empty()).then(|| view! {
                <h3>{t!(i18n, learning.week_units)}</h3>
                <ul class="rows">{units.into_iter().map(unit).collect_view()}</ul>
            })}
        </Card>
    }
}

/// One day with its lessons.
#[component]
fn Day(day: PlannedDay) -> impl IntoView {
    let i18n = use_i18n();
    let PlannedDay { day, lessons } = day;
    let name = move || {
        let locale = i18n.get_locale();
        format!("{} {}", weekday_name(locale, day.weekday()), short_day(locale, day))
    };
    let lesson = move |MeetingView { starts_at, ends_at, course_title, place, .. }: MeetingView| {
        let place = move || place_name(i18n.get_locale(), place.as_ref());
        view! { <p class="num">{hours(starts_at, ends_at)} " " {course_title} " · " {place}</p> }
    };
    view! {
        <li>
            <b class="num">{name}</b>
            <div>{lessons.into_iter().map(lesson).collect_view()}</div>
        </li>
    }
}

/// A unit to study online.
#[component]
fn Unit(unit: (String, UnitProgress)) -> impl IntoView {
    let i18n = use_i18n();
    let (course, UnitProgress { id, title, minutes, .. }) = unit;
    view! {
        <li>
            <div class="lone"><A href=format!("/learn/units/{id}")>{title}</A></div>
            <span class="muted small num">
                {course} " · " {t!(i18n, learning.week_minutes, minutes = minutes)}
            </span>
        </li>
    }
}
