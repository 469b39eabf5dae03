//! The rules of graduation by their first days: one person of the office that keeps them proposes one for days to come,
//! a second one approves it, and it is withdrawn until it begins.

mod propose;

use self::propose::Propose;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        dated_rules::{
            decide::{Acts, Refuse},
            region_name,
            standing::{ProposalTag, RuleStandingTag},
        },
        enrolment::words::level_name,
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock, when,
    },
    ui::{AsyncView, Button, Card, Column, Dialog, Look, PageHeading, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    credit_bank::{GraduationRule, GraduationRuleBook, GraduationRuleProposal, GraduationRuleVersion},
    dated_rules::{RuleProposalState, rule_standing},
};

lazy_page! {
    /// The page.
    GraduationRulesPage = GraduationRules in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    rules: StoredValue<Vec<GraduationRule>>,
    again: Callback<()>,
}

/// How many credits are needed.
fn credits(locale: Locale, rule: &GraduationRule) -> String {
    match rule.credits {
        0 => td_string!(locale, graduation.rule_no_credits).to_owned(),
        credits => td_string!(locale, graduation.rule_credits_of, credits = credits),
    }
}

/// How many of each part count at most.
fn caps(locale: Locale, rule: &GraduationRule) -> String {
    td_string!(locale, graduation.rule_caps_of, culture = rule.culture_cap, skill = rule.skill_cap)
}

/// Whether a certificate of a skill is needed.
fn skill(locale: Locale, rule: &GraduationRule) -> &'static str {
    match rule.needs_skill_certificate {
        true => td_string!(locale, graduation.rule_skill_needed),
        false => td_string!(locale, graduation.rule_skill_not_needed),
    }
}

#[component]
fn GraduationRules() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book: LocalResource<Outcome<GraduationRuleBook>> =
        LocalResource::new(move || client::get(actor, "/graduation_rules"));
    let is_open = RwSignal::new(false);
    let again = Callback::new(move |()| book.refetch());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, graduation.rules)) />
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.rule_propose)}
                </Button>
            </div>
            <p class="muted">
                {t!(i18n, graduation.rules_about)} " "
                <A href="/course_rules">{t!(i18n, graduation.rule_course_rules)}</A>
            </p>
            <Dialog is_open title=words(|locale| td_string!(locale, enrolment.rule_propose))>
                <Propose is_open proposed=again />
            </Dialog>
            <AsyncView resource=book let:book>
                <Book book again />
            </AsyncView>
        </main>
    }
}

#[component]
fn Book(book: GraduationRuleBook, again: Callback<()>) -> impl IntoView {
    let GraduationRuleBook { versions, proposals } = book;
    let rules = versions.iter().map(|version| version.rule).collect();
    let around = Around { rules: StoredValue::new(rules), again };
    view! {
        <Provider value=around>
            <Versions versions />
            <Proposals proposals />
        </Provider>
    }
}

#[component]
fn Versions(versions: Vec<GraduationRuleVersion>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_region))),
        Column::text(words(|locale| td_string!(locale, enrolment.level))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_valid_from))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_credits))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_caps))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_skill))),
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

fn version_row(version: GraduationRuleVersion) -> impl IntoView {
    let i18n = use_i18n();
    let Around { rules, .. } = expect_context::<Around>();
    let rule = version.rule;
    let standing = rules.with_value(|all| rule_standing(all, &rule, clock::now().date_in_china()));
    view! {
        <th scope="row">{move || region_name(i18n.get_locale(), rule.region, &version.region_name)}</th>
        <td>{move || level_name(i18n.get_locale(), rule.level)}</td>
        <td class="num">{move || when::day(i18n.get_locale(), rule.valid_from)}</td>
        <td class="num">{move || credits(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || caps(i18n.get_locale(), &rule)}</td>
        <td>{move || skill(i18n.get_locale(), &rule)}</td>
        <td><RuleStandingTag standing /></td>
    }
}

#[component]
fn Proposals(proposals: Vec<GraduationRuleProposal>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_version))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_credits))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_caps))),
        Column::text(words(|locale| td_string!(locale, graduation.rule_skill))),
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

fn proposal_row(proposal: GraduationRuleProposal) -> impl IntoView {
    let i18n = use_i18n();
    let (state, proposed_at, rule) = (proposal.state, proposal.proposed_at, proposal.version.rule);
    let (reason, proposed_by_name) = (proposal.reason.clone(), proposal.proposed_by_name.clone());
    let version = proposal.version.clone();
    let named = move || {
        let locale = i18n.get_locale();
        let region = region_name(locale, rule.region, &version.region_name);
        format!("{region} {} {}", level_name(locale, rule.level), when::day(locale, rule.valid_from))
    };
    view! {
        <th scope="row">{named}</th>
        <td class="num">{move || credits(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || caps(i18n.get_locale(), &rule)}</td>
        <td>{move || skill(i18n.get_locale(), &rule)}</td>
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
fn Next(proposal: GraduationRuleProposal) -> impl IntoView {
    let Around { again, .. } = expect_context::<Around>();
    let GraduationRuleProposal { id, version, state, proposed_by, approved_by_name, ended_by_name, answer, .. } =
        proposal;
    let path = format!("/graduation_rules/proposals/{id}");
    let approve_text = words(|locale| td_string!(locale, graduation.rule_approve_text));
    let has_begun = version.rule.valid_from <= clock::now().date_in_china();
    match state {
        RuleProposalState::Proposed => view! { <Acts path proposed_by approve_text again /> }.into_any(),
        RuleProposalState::Approved => view! {
            <p>{approved_by_name}</p>
            {(!has_begun).then(|| view! { <Refuse path is_back=true again /> })}
        }
        .into_any(),
        RuleProposalState::Refused | RuleProposalState::Withdrawn => {
            view! { <p>{ended_by_name} " " {answer}</p> }.into_any()
        }
    }
}
