//! When and where a lesson is, and how it was before it was changed.

use super::super::{
    class::HolidayNotice,
    words::{MeetingTag, mode_name, place_name, when_it_is},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
};
use leptos::prelude::*;
use shared::teaching::{MeetingChange, MeetingView};

/// What is known of it.
#[component]
pub(super) fn Facts(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    let tagged = meeting.clone();
    let MeetingView { starts_at, ends_at, class_name, topic, place, mode, teacher_name, holiday, changes, .. } =
        meeting;
    let place = move || place_name(i18n.get_locale(), place.as_ref());
    let teacher = move || teacher_name.clone().unwrap_or_else(|| t_string!(i18n, classes.no_teacher).to_owned());
    view! {
        <dl class="facts">
            <div class="whole">
                <dt>{t!(i18n, classes.time)}</dt>
                <dd class="num">{move || when_it_is(i18n.get_locale(), starts_at, ends_at)} " " <MeetingTag meeting=tagged /></dd>
            </div>
            <div><dt>{t!(i18n, classes.place)}</dt><dd>{place}</dd></div>
            <div><dt>{t!(i18n, classes.mode)}</dt><dd>{move || mode_name(i18n.get_locale(), mode)}</dd></div>
            <div><dt>{t!(i18n, classes.teacher)}</dt><dd>{teacher}</dd></div>
            <div><dt>{t!(i18n, classes.class)}</dt><dd>{class_name}</dd></div>
            {(!topic.is_empty()).then(|| view! { <div><dt>{t!(i18n, classes.topic)}</dt><dd>{topic}</dd></div> })}
        </dl>
        {holiday.map(|holiday| view! { <HolidayNotice holiday /> })}
        {(!changes.is_empty()).then(|| view! {
            <ol class="history">{changes.into_iter().rev().map(|change| view! { <Change change /> }).collect_view()}</ol>
        })}
    }
}

/// One change.
#[component]
fn Change(change: MeetingChange) -> impl IntoView {
    let i18n = use_i18n();
    let MeetingChange { starts_at, ends_at, place, reason, changed_at } = change;
    let before = move || {
        let locale = i18n.get_locale();
        let before = format!("{} {}", when_it_is(locale, starts_at, ends_at), place_name(locale, place.as_ref()));
        t_string!(i18n, classes.changed_from, before = before)
    };
    view! {
        <li>
            <div>
                <b>{reason}</b>
                <p class="small num">{before}</p>
                <p class="muted small num">{move || when::date_time(i18n.get_locale(), changed_at)}</p>
            </div>
        </li>
    }
}
