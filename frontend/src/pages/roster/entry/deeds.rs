//! What the reader may do with somebody on the roster.

use super::{
    super::{may_anywhere, may_still_enrol, words::step_name},
    correct::CorrectDialog,
    is_closed,
    step::StepDialog,
    visit::VisitDialog,
};
use crate::{
    i18n::{t, use_i18n},
    pages::{organisation::may, people::place},
    platform::actor::Actor,
    ui::{Button, ButtonLink, Icon, Look, Symbol},
};
use leptos::prelude::*;
use shared::{
    rights::Right,
    roster::{EntryRow, EntryView, open_roster_step},
};

/// The buttons, each with its dialog.
#[component]
pub(super) fn Deeds(entry: EntryView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let is_closed = is_closed(&entry);
    let known = entry.clone();
    let entry: EntryRow = entry.entry;
    let here = place(&entry.division, entry.provider_id);
    let (id, person_id, state) = (entry.id, entry.person_id, entry.state);
    let visits = (may(actor, Right::SurveyRoster, &here) && !is_closed).then(|| RwSignal::new(false));
    let enrols = may_anywhere(actor, Right::KeepEnrolments) && may_still_enrol(state);
    let step = open_roster_step(state, is_closed).filter(|_| may(actor, Right::AssignRoster, &here));
    let step = step.map(|step| (step, RwSignal::new(false)));
    let corrects = may(actor, Right::ImportRoster, &here).then(|| RwSignal::new(false));
    let (visited, stepped) = (entry.name.clone(), entry);
    view! {
        <div class="row">
            {visits.map(|is_open| view! {
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    <Icon symbol=Symbol::Pencil />
                    {t!(i18n, roster.visit_do)}
                </Button>
                <VisitDialog id name=visited is_open reload />
            })}
            {enrols.then(|| view! {
                <ButtonLink href=format!("/enrolments/new?entry={id}")>{t!(i18n, enrolment.enrol)}</ButtonLink>
            })}
            <ButtonLink href=format!("/people/{person_id}")>{t!(i18n, enrolment.to_person)}</ButtonLink>
            {corrects.map(|is_open| view! {
                <Button on_press=move |()| is_open.set(true)>{t!(i18n, roster.correct_do)}</Button>
                <CorrectDialog entry=known is_open reload />
            })}
            {step.map(|(step, is_open)| view! {
                <Button on_press=move |()| is_open.set(true)>{move || step_name(i18n.get_locale(), step)}</Button>
                <StepDialog entry=stepped step is_open reload />
            })}
        </div>
    }
}
