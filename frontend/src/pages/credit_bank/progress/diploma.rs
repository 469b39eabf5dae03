//! The end of the way: the diploma, or what is missing for it.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        credit_bank::graduation::{Gaps, state_name},
        organisation::words::words,
    },
    platform::when,
    ui::{Card, Notice, Tone},
};
use leptos::prelude::*;
use shared::credit_bank::{GraduationGap, GraduationState, OwnDiploma, number_grouped};

/// What is known of the diploma.
#[derive(Clone)]
pub(super) struct DiplomaWay {
    /// What is missing.
    pub(super) gaps: Vec<GraduationGap>,
    /// Where the list stands that the learner is on.
    pub(super) listed: Option<GraduationState>,
    /// The diploma.
    pub(super) diploma: Option<OwnDiploma>,
}

/// The diploma; else how far the proposal is, and what is missing.
#[component]
pub(super) fn DiplomaCard(way: DiplomaWay) -> impl IntoView {
    let i18n = use_i18n();
    let DiplomaWay { gaps, listed, diploma } = way;
    if let Some(diploma) = diploma {
        return view! { <Own diploma /> }.into_any();
    }
    if let Some(state) = listed {
        return view! {
            <Notice tone=Tone::Wait>
                <p>{move || t_string!(i18n, graduation.own_listed, state = state_name(i18n.get_locale(), state))}</p>
            </Notice>
        }
        .into_any();
    }
    (!gaps.is_empty())
        .then(|| {
            view! {
                <Card title=words(|locale| td_string!(locale, graduation.own_gaps))><Gaps gaps /></Card>
            }
        })
        .into_any()
}

#[component]
fn Own(diploma: OwnDiploma) -> impl IntoView {
    let i18n = use_i18n();
    let OwnDiploma { number, issuer, issued_on, is_revoked, .. } = diploma;
    let about = move || match is_revoked {
        true => t_string!(i18n, graduation.own_revoked),
        false => t_string!(i18n, graduation.own_diploma_text),
    };
    view! {
        <Card title=words(|locale| td_string!(locale, graduation.own_diploma))>
            <dl class="facts">
                <div class="whole">
                    <dt>{t!(i18n, graduation.diploma_number)}</dt>
                    <dd class="num">{number_grouped(&number)}</dd>
                </div>
                <div><dt>{t!(i18n, graduation.issuer)}</dt><dd>{issuer}</dd></div>
                <div>
                    <dt>{t!(i18n, graduation.issued_on)}</dt>
                    <dd class="num">{move || when::day(i18n.get_locale(), issued_on)}</dd>
                </div>
            </dl>
            <p>{about}</p>
        </Card>
    }
}
