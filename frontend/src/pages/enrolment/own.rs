//! A learner's own records: where each stands, its number, and what is waited for.

use super::{
    school_changes::ChangeTag,
    way::RecordWay,
    words::{StateTag, level_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, when},
    ui::{Card, Notice, Tone},
};
use leptos::prelude::*;
use shared::enrolment::{OwnEnrolment, OwnSchoolChange, RecordState, RecordStep};

/// A card for each record; nothing for who has none.
#[component]
pub(in crate::pages) fn OwnRecords() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let records = LocalResource::new(move || client::get::<Vec<OwnEnrolment>>(actor, "/me/enrolments"));
    move || {
        // The page is about something else; without them it says a little less.
        let records = records.get()?.ok()?;
        Some(records.into_iter().map(|record| view! { <OwnRecord record /> }).collect_view())
    }
}

#[component]
fn OwnRecord(record: OwnEnrolment) -> impl IntoView {
    let i18n = use_i18n();
    let OwnEnrolment { provider_name, level, state, learner_number, enrolled_on, steps, school_changes, .. } = record;
    let number = move || learner_number.clone().unwrap_or_else(|| t_string!(i18n, enrolment.no_number).to_owned());
    let last = steps.iter().rfind(|step| step.step != RecordStep::Amend);
    let back = last.filter(|step| step.step == RecordStep::Return).map(|step| step.reason.clone());
    let news = move || match state {
        RecordState::Applied | RecordState::SchoolReview => Some(t_string!(i18n, enrolment.own_at_school)),
        RecordState::CountyReview | RecordState::CityFiled => Some(t_string!(i18n, enrolment.own_in_review)),
        RecordState::Registered => Some(t_string!(i18n, enrolment.own_registered)),
        RecordState::Suspended => Some(t_string!(i18n, enrolment.own_suspended)),
        _ => None,
    };
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.own))>
            <RecordWay level state />
            {back.map(|reason| view! {
                <Notice tone=Tone::Stop><b>{t!(i18n, enrolment.returned_because)}</b> <p>{reason}</p></Notice>
            })}
            {move || news().map(|news| view! { <p>{news}</p> })}
            <dl class="facts">
                <div><dt>{t!(i18n, enrolment.state)}</dt><dd><StateTag state /></dd></div>
                <div><dt>{t!(i18n, enrolment.learner_number)}</dt><dd class="num">{number}</dd></div>
                <div><dt>{t!(i18n, enrolment.level)}</dt><dd>{move || level_name(i18n.get_locale(), level)}</dd></div>
                <div><dt>{t!(i18n, enrolment.school)}</dt><dd>{provider_name}</dd></div>
                <div>
                    <dt>{t!(i18n, enrolment.enrolled_on)}</dt>
                    <dd class="num">{move || when::day(i18n.get_locale(), enrolled_on)}</dd>
                </div>
            </dl>
            {school_changes.into_iter().map(|change| view! { <OwnChange change /> }).collect_view()}
        </Card>
    }
}

/// A change of school: from where to where, where it stands, and why.
#[component]
fn OwnChange(change: OwnSchoolChange) -> impl IntoView {
    let i18n = use_i18n();
    let OwnSchoolChange { from_name, to_name, state, reason, proposed_at, answer, .. } = change;
    let moved = move || t_string!(i18n, enrolment.school_change_moved, from = from_name.clone(), to = to_name.clone());
    view! {
        <div>
            <p><b>{t!(i18n, enrolment.step_change_school)}</b> " " {moved} " " <ChangeTag state /></p>
            <p>{reason}</p>
            {answer.map(|answer| view! { <p>{answer}</p> })}
            <p class="muted small num">{move || when::date_time(i18n.get_locale(), proposed_at)}</p>
        </div>
    }
}
