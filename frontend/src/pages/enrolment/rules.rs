//! The rules of enrolment, every version of them: one person of the office that keeps them proposes another for days
//! to come, a second one approves it, and it is withdrawn until it begins.

mod propose;

use self::propose::Propose;
use super::words::level_name;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        dated_rules::{
            decide::{Acts, Refuse},
            region_name,
            standing::{ProposalTag, RuleStandingTag},
        },
        organisation::words::words,
        roster::education::education_name,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock, when,
    },
    ui::{AsyncView, Button, Card, Column, Dialog, Look, PageHeading, Table},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    dated_rules::{RuleProposalState, rule_standing},
    enrolment::{EnrolmentRule, RuleBook, RuleProposal, RuleVersion},
};

lazy_page! {
    /// The page.
    EnrolmentRulesPage = Rules in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    versions: StoredValue<Vec<EnrolmentRule>>,
    again: Callback<()>,
}

fn ages(locale: Locale, rule: &EnrolmentRule) -> String {
    td_string!(locale, enrolment.rule_ages, youngest = rule.youngest, oldest = rule.oldest)
}

/// What must have been learnt before.
fn prior_name(locale: Locale, rule: &EnrolmentRule) -> String {
    let prior = education_name(locale, rule.prior.code());
    match rule.is_literacy_enough {
        true => td_string!(locale, enrolment.rule_or_literate, prior = prior),
        false => prior.to_owned(),
    }
}

#[component]
fn Rules() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book: LocalResource<Outcome<RuleBook>> =
        LocalResource::new(move || client::get(actor, "/enrolment_rules/versions"));
    let is_open = RwSignal::new(false);
    let again = Callback::new(move |()| book.refetch());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, enrolment.rules)) />
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.rule_propose)}
                </Button>
            </div>
            <p class="muted">{t!(i18n, enrolment.rules_about)}</p>
            <Dialog is_open title=words(|locale| td_string!(locale, enrolment.rule_propose))>
                <Propose is_open book proposed=again />
            </Dialog>
            <AsyncView resource=book let:book>
                <Book book again />
            </AsyncView>
        </main>
    }
}

#[component]
fn Book(book: RuleBook, again: Callback<()>) -> impl IntoView {
    let RuleBook { versions, proposals, .. } = book;
    let rules = versions.iter().map(|version| version.rule).collect();
    let around = Around { versions: StoredValue::new(rules), again };
    view! {
        <Provider value=around>
            <Versions versions />
            <Proposals proposals />
        </Provider>
    }
}

#[component]
fn Versions(versions: Vec<RuleVersion>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_region))),
        Column::text(words(|locale| td_string!(locale, enrolment.level))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_valid_from))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_age))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_prior))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.rule_history))>
            <Table
                caption=words(|locale| td_string!(locale, enrolment.rule_versions))
                columns
                rows=Signal::stored(versions)
                key=|version| (version.rule.region.to_string(), version.rule.level, version.rule.valid_from)
                row=version_row
            />
        </Card>
    }
}

fn version_row(version: RuleVersion) -> impl IntoView {
    let i18n = use_i18n();
    let Around { versions, .. } = expect_context::<Around>();
    let rule = version.rule;
    let standing = versions.with_value(|all| rule_standing(all, &rule, clock::now().date_in_china()));
    view! {
        <th scope="row">{move || region_name(i18n.get_locale(), rule.region, &version.region_name)}</th>
        <td>{move || level_name(i18n.get_locale(), rule.level)}</td>
        <td class="num">{move || when::day(i18n.get_locale(), rule.valid_from)}</td>
        <td class="num">{move || ages(i18n.get_locale(), &rule)}</td>
        <td>{move || prior_name(i18n.get_locale(), &rule)}</td>
        <td><RuleStandingTag standing /></td>
    }
}

#[component]
fn Proposals(proposals: Vec<RuleProposal>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_version))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_age))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_prior))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_proposed_by))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.rule_new))>
            <Table
                caption=words(|locale| td_string!(locale, enrolment.rule_proposals))
                columns
                rows=Signal::stored(proposals)
                key=|proposal| (proposal.id, proposal.state)
                row=proposal_row
                empty=words(|locale| td_string!(locale, enrolment.rule_no_proposals))
            />
        </Card>
    }
}

fn proposal_row(proposal: RuleProposal) -> impl IntoView {
    let i18n = use_i18n();
    let (state, proposed_at, rule) = (proposal.state, proposal.proposed_at, proposal.version.rule);
    let version = proposal.version.clone();
    let named = move || {
        let locale = i18n.get_locale();
        let region = region_name(locale, rule.region, &version.region_name);
        let level = level_name(locale, rule.level);
        format!("{region} {level} {}", when::day(locale, rule.valid_from))
    };
    let (reason, proposed_by_name) = (proposal.reason.clone(), proposal.proposed_by_name.clone());
    view! {
        <th scope="row">{named}</th>
        <td class="num">{move || ages(i18n.get_locale(), &rule)}</td>
        <td>{move || prior_name(i18n.get_locale(), &rule)}</td>
        <td>{reason}</td>
        <td>
            {proposed_by_name} " "
            <span class="num">{move || when::date(i18n.get_locale(), proposed_at)}</span>
        </td>
        <td><ProposalTag state /></td>
        <td><Next proposal /></td>
    }
}

/// What is done next with a proposal, or what was done with it.
#[component]
fn Next(proposal: RuleProposal) -> impl IntoView {
    let Around { again, .. } = expect_context::<Around>();
    let RuleProposal { id, version, state, proposed_by, decided_by_name, withdrawn_by_name, answer, .. } = proposal;
    let path = format!("/enrolment_rules/proposals/{id}");
    let approve_text = words(|locale| td_string!(locale, enrolment.rule_approve_text));
    let has_begun = version.rule.valid_from <= clock::now().date_in_china();
    match state {
        RuleProposalState::Proposed => view! { <Acts path proposed_by approve_text again /> }.into_any(),
        RuleProposalState::Approved => view! {
            <p>{decided_by_name}</p>
            {(!has_begun).then(|| view! { <Refuse path is_back=true again /> })}
        }
        .into_any(),
        RuleProposalState::Refused | RuleProposalState::Withdrawn => {
            let ended_by = if withdrawn_by_name.is_empty() { decided_by_name } else { withdrawn_by_name };
            view! { <p>{ended_by} " " {answer}</p> }.into_any()
        }
    }
}
