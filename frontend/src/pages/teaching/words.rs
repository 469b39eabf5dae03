//! Forms, states and times of classes in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use shared::{
    learning::{ClassForm, ClassSeason, ClassState},
    teaching::{AttendanceState, ClashKind, MeetingMode, MeetingState, MeetingView, SeriesTemplate},
    time::Timestamp,
};

/// Who a class is for.
pub(super) fn form_name(locale: Locale, form: ClassForm) -> &'static str {
    match form {
        ClassForm::Village => td_string!(locale, classes.form_village),
        ClassForm::Factory => td_string!(locale, classes.form_factory),
        ClassForm::Evening => td_string!(locale, classes.form_evening),
        ClassForm::Retake => td_string!(locale, classes.form_retake),
        ClassForm::Online => td_string!(locale, classes.form_online),
    }
}

/// When in the year a class begins.
pub(super) fn season_name(locale: Locale, season: ClassSeason) -> &'static str {
    match season {
        ClassSeason::Spring => td_string!(locale, classes.season_spring),
        ClassSeason::Autumn => td_string!(locale, classes.season_autumn),
    }
}

/// How a meeting is held.
pub(super) fn mode_name(locale: Locale, mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::FaceToFace => td_string!(locale, classes.mode_face_to_face),
        MeetingMode::Live => td_string!(locale, classes.mode_live),
        MeetingMode::Recorded => td_string!(locale, classes.mode_recorded),
        MeetingMode::Practice => td_string!(locale, classes.mode_practice),
    }
}

/// A usual series.
pub(super) fn template_name(locale: Locale, template: SeriesTemplate) -> &'static str {
    match template {
        SeriesTemplate::Evening => td_string!(locale, classes.template_evening),
        SeriesTemplate::Weekend => td_string!(locale, classes.template_weekend),
    }
}

/// Where a class stands.
pub(in crate::pages) fn state_name(locale: Locale, state: ClassState) -> &'static str {
    match state {
        ClassState::Planned => td_string!(locale, classes.state_planned),
        ClassState::Approved => td_string!(locale, classes.state_approved),
        ClassState::Enrolling => td_string!(locale, classes.state_enrolling),
        ClassState::Running => td_string!(locale, classes.state_running),
        ClassState::Finished => td_string!(locale, classes.state_finished),
        ClassState::Archived => td_string!(locale, classes.state_archived),
    }
}

/// The same as a label.
#[component]
pub(super) fn StateTag(state: ClassState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        ClassState::Planned => Tone::Wait,
        ClassState::Approved | ClassState::Enrolling | ClassState::Running => Tone::Ok,
        ClassState::Finished | ClassState::Archived => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// What brings a class to this state, on a button.
pub(super) fn step_name(locale: Locale, wanted: ClassState) -> &'static str {
    match wanted {
        ClassState::Planned => td_string!(locale, classes.state_planned),
        ClassState::Approved => td_string!(locale, classes.step_approve),
        ClassState::Enrolling => td_string!(locale, classes.step_enrol),
        ClassState::Running => td_string!(locale, classes.step_start),
        ClassState::Finished => td_string!(locale, classes.step_finish),
        ClassState::Archived => td_string!(locale, classes.step_archive),
    }
}

/// What that will do.
pub(super) fn step_effect(locale: Locale, wanted: ClassState) -> &'static str {
    match wanted {
        ClassState::Planned | ClassState::Approved => td_string!(locale, classes.approve_about),
        ClassState::Enrolling => td_string!(locale, classes.enrol_about),
        ClassState::Running => td_string!(locale, classes.start_about),
        ClassState::Finished => td_string!(locale, classes.finish_about),
        ClassState::Archived => td_string!(locale, classes.archive_about),
    }
}

/// Whether somebody was there.
pub(super) fn attendance_name(locale: Locale, state: AttendanceState) -> &'static str {
    match state {
        AttendanceState::Present => td_string!(locale, classes.attendance_present),
        AttendanceState::Late => td_string!(locale, classes.attendance_late),
        AttendanceState::Leave => td_string!(locale, classes.attendance_leave),
        AttendanceState::Absent => td_string!(locale, classes.attendance_absent),
    }
}

/// The same as a label.
#[component]
pub(super) fn AttendanceTag(state: AttendanceState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        AttendanceState::Present => Tone::Ok,
        AttendanceState::Late => Tone::Wait,
        AttendanceState::Leave => Tone::Credit,
        AttendanceState::Absent => Tone::Stop,
    };
    view! { <Tag tone>{move || attendance_name(i18n.get_locale(), state)}</Tag> }
}

/// What is needed twice.
pub(super) fn clash_name(locale: Locale, kind: ClashKind) -> &'static str {
    match kind {
        ClashKind::Teacher => td_string!(locale, classes.clash_teacher),
        ClashKind::Room => td_string!(locale, classes.clash_room),
        ClashKind::Class => td_string!(locale, classes.clash_class),
    }
}

/// A day of the week.
pub(super) fn weekday_name(locale: Locale, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => td_string!(locale, classes.monday),
        Weekday::Tuesday => td_string!(locale, classes.tuesday),
        Weekday::Wednesday => td_string!(locale, classes.wednesday),
        Weekday::Thursday => td_string!(locale, classes.thursday),
        Weekday::Friday => td_string!(locale, classes.friday),
        Weekday::Saturday => td_string!(locale, classes.saturday),
        Weekday::Sunday => td_string!(locale, classes.sunday),
    }
}

/// A day without its year.
pub(super) fn short_day(locale: Locale, day: Date) -> String {
    td_string!(locale, classes.short_day, month = day.month(), day = day.day())
}

/// Hour and minute in China.
fn clock(at: Timestamp) -> String {
    let at = at.in_china();
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// From when until when, on one day.
pub(super) fn hours(starts_at: Timestamp, ends_at: Timestamp) -> String {
    format!("{}–{}", clock(starts_at), clock(ends_at))
}

/// Day and hours of a meeting: `周三 11月25日 18:30–20:00`.
pub(super) fn when_it_is(locale: Locale, starts_at: Timestamp, ends_at: Timestamp) -> String {
    let day = starts_at.date_in_china();
    format!("{} {} {}", weekday_name(locale, day.weekday()), short_day(locale, day), hours(starts_at, ends_at))
}

/// Where a meeting is.
pub(super) fn place_name(locale: Locale, place: Option<&String>) -> String {
    place.cloned().unwrap_or_else(|| td_string!(locale, classes.online).to_owned())
}

/// What is out of the ordinary with a meeting.
#[component]
pub(super) fn MeetingTag(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    match meeting.state {
        MeetingState::Cancelled => Some(
            view! { <Tag tone=Tone::Stop>{move || td_string!(i18n.get_locale(), classes.meeting_cancelled)}</Tag> }
                .into_any(),
        ),
        MeetingState::Planned if !meeting.changes.is_empty() => Some(
            view! { <Tag tone=Tone::Wait>{move || td_string!(i18n.get_locale(), classes.rescheduled)}</Tag> }
                .into_any(),
        ),
        MeetingState::Planned => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_those_of_china() {
        // 2026-11-25 10:30 and 12:00 UTC.
        assert_eq!(hours(Timestamp(1_795_602_600_000), Timestamp(1_795_608_000_000)), "18:30–20:00");
    }
}
