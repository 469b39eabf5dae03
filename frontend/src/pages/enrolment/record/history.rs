//! What happened to a record, the newest first.

use super::super::words::step_name;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::when,
    ui::Card,
};
use leptos::prelude::*;
use shared::{
    enrolment::{RecordStep, StepView},
    time::Timestamp,
};

/// Every step with its reason, and who entered the record.
#[component]
pub(super) fn History(steps: Vec<StepView>, entered_by: String, entered_at: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    let step = move |step: StepView| {
        let is_back = matches!(step.step, RecordStep::Return | RecordStep::Withdraw);
        let (name, reason) = (step.step, Some(step.reason).filter(|reason| !reason.is_empty()));
        view! {
            <li class:is-back=is_back>
                <div>
                    <b>{move || step_name(i18n.get_locale(), name)}</b>
                    {reason.map(|reason| view! { <p>{reason}</p> })}
                    <By name=step.taken_by_name at=step.taken_at />
                </div>
            </li>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.history))>
            <ol class="history">
                {steps.into_iter().rev().map(step).collect_view()}
                <li>
                    <div>
                        <b>{t!(i18n, enrolment.entered)}</b>
                        <By name=entered_by at=entered_at />
                    </div>
                </li>
            </ol>
        </Card>
    }
}

/// Who did it, and when.
#[component]
fn By(name: String, at: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="muted small">
            {name} " " <span class="num">{move || when::date_time(i18n.get_locale(), at)}</span>
        </p>
    }
}
