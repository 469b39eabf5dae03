//! Where a version of dated rules stands, and where a proposal does.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::dated_rules::{RuleProposalState, RuleStanding};

/// What a version is today.
#[component]
pub(in crate::pages) fn RuleStandingTag(standing: RuleStanding) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match standing {
        RuleStanding::Coming => Tone::Wait,
        RuleStanding::InForce => Tone::Ok,
        RuleStanding::Former => Tone::Plain,
    };
    view! { <Tag tone>{move || standing_name(i18n.get_locale(), standing)}</Tag> }
}

fn standing_name(locale: Locale, standing: RuleStanding) -> &'static str {
    match standing {
        RuleStanding::Coming => td_string!(locale, enrolment.rule_coming),
        RuleStanding::InForce => td_string!(locale, enrolment.rule_in_force),
        RuleStanding::Former => td_string!(locale, enrolment.rule_former),
    }
}

/// Where a proposal stands.
#[component]
pub(in crate::pages) fn ProposalTag(state: RuleProposalState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        RuleProposalState::Proposed => Tone::Wait,
        RuleProposalState::Approved => Tone::Ok,
        RuleProposalState::Refused => Tone::Stop,
        RuleProposalState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

fn state_name(locale: Locale, state: RuleProposalState) -> &'static str {
    match state {
        RuleProposalState::Proposed => td_string!(locale, enrolment.rule_proposed),
        RuleProposalState::Approved => td_string!(locale, enrolment.rule_approved),
        RuleProposalState::Refused => td_string!(locale, enrolment.rule_refused),
        RuleProposalState::Withdrawn => td_string!(locale, enrolment.rule_withdrawn),
    }
}
