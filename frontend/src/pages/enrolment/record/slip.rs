//! The slip that a learner takes home: what to open, and the code.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
    ui::QrCode,
};
use leptos::prelude::*;
use shared::enrolment::ActivationSlip;

/// The slip, on the screen as on paper.
#[component]
pub(in crate::pages::enrolment) fn Slip(
    /// What it says.
    issued: ActivationSlip,
    /// Names it on its page, where it is the only one.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ActivationSlip { code, expires_at, name, learner_number, provider_name } = issued;
    let origin = window().location().origin().unwrap_or_default();
    let address = format!("{origin}/activate");
    let shown = address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned());
    let until = move || t_string!(i18n, enrolment.slip_until, at = when::date_time(i18n.get_locale(), expires_at));
    // Several stand on one page.
    let whose = name.clone();
    let label = move || format!("{} {whose}", t_string!(i18n, enrolment.slip));
    view! {
        <section id=id class="slip" tabindex="-1" aria-label=label>
            <p class="slip-title">{t!(i18n, enrolment.slip)}</p>
            <p><b>{name}</b> <br /> <span class="small">{provider_name}</span></p>
            <p class="slip-code num">{code}</p>
            <div class="slip-way">
                <QrCode text=address label=Signal::derive(move || t_string!(i18n, enrolment.slip_scan).to_owned()) />
                <ol class="slip-steps">
                    <li>{t!(i18n, enrolment.slip_open)} " " <b class="num">{shown}</b></li>
                    <li>{t!(i18n, enrolment.slip_fill_in)}</li>
                    <li>{t!(i18n, enrolment.slip_password)}</li>
                </ol>
            </div>
            <p class="small">
                {t!(i18n, enrolment.learner_number)} " " <span class="num">{learner_number}</span>
                <br />
                <span class="num">{until}</span>
            </p>
        </section>
    }
}
