//! The rules of attendance by their first days: one person of the office that keeps them proposes one for days to come,
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
use shared::{
    dated_rules::{RuleProposalState, rule_standing},
    learning::{AttendanceRule, AttendanceRuleBook, AttendanceRuleProposal, AttendanceRuleVersion},
};

lazy_page! {
    /// The page.
    AttendanceRulesPage = AttendanceRules in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    rules: StoredValue<Vec<AttendanceRule>>,
    again: Callback<()>,
}

fn late(locale: Locale, rule: &AttendanceRule) -> String {
    td_string!(locale, classes.attendance_rule_late_of, minutes = rule.late_min)
}

fn class_hour(locale: Locale, rule: &AttendanceRule) -> String {
    td_string!(locale, classes.attendance_rule_hour_of, minutes = rule.class_hour_min)
}

fn face_to_face(locale: Locale, rule: &AttendanceRule) -> String {
    td_string!(locale, classes.attendance_rule_face_of, percent = rule.face_min_pct)
}

#[component]
fn AttendanceRules() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book: LocalResource<Outcome<AttendanceRuleBook>> =
        LocalResource::new(move || client::get(actor, "/attendance_rules"));
    let is_open = RwSignal::new(false);
    let again = Callback::new(move |()| book.refetch());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, classes.attendance_rules)) />
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.rule_propose)}
                </Button>
            </div>
            <p class="muted">{t!(i18n, classes.attendance_rules_about)}</p>
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
fn Book(book: AttendanceRuleBook, again: Callback<()>) -> impl IntoView {
    let AttendanceRuleBook { versions, proposals } = book;
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
fn Versions(versions: Vec<AttendanceRuleVersion>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_valid_from))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_region))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_late))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_hour))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_face))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.rule_history))>
            <Table
                caption=words(|locale| td_string!(locale, enrolment.rule_versions))
                columns
                rows=Signal::stored(versions)
                key=|version| (version.rule.region.to_string(), version.rule.valid_from)
                row=version_row
            />
        </Card>
    }
}

fn version_row(version: AttendanceRuleVersion) -> impl IntoView {
    let i18n = use_i18n();
    let Around { rules, .. } = expect_context::<Around>();
    let rule = version.rule;
    let standing = rules.with_value(|all| rule_standing(all, &rule, clock::now().date_in_china()));
    view! {
        <th scope="row" class="num">{move || when::day(i18n.get_locale(), rule.valid_from)}</th>
        <td>{move || region_name(i18n.get_locale(), rule.region, &version.region_name)}</td>
        <td class="num">{move || late(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || class_hour(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || face_to_face(i18n.get_locale(), &rule)}</td>
        <td><RuleStandingTag standing /></td>
    }
}

#[component]
fn Proposals(proposals: Vec<AttendanceRuleProposal>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_version))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_late))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_hour))),
        Column::text(words(|locale| td_string!(locale, classes.attendance_rule_face))),
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

fn proposal_row(proposal: AttendanceRuleProposal) -> impl IntoView {
    let i18n = use_i18n();
    let (state, proposed_at, rule) = (proposal.state, proposal.proposed_at, proposal.version.rule);
    let (reason, proposed_by_name) = (proposal.reason.clone(), proposal.proposed_by_name.clone());
    let version = proposal.version.clone();
    let named = move || {
        let locale = i18n.get_locale();
        format!("{} {}", region_name(locale, rule.region, &version.region_name), when::day(locale, rule.valid_from))
    };
    view! {
        <th scope="row">{named}</th>
        <td class="num">{move || late(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || class_hour(i18n.get_locale(), &rule)}</td>
        <td class="num">{move || face_to_face(i18n.get_locale(), &rule)}</td>
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
fn Next(proposal: AttendanceRuleProposal) -> impl IntoView {
    let Around { again, .. } = expect_context::<Around>();
    let AttendanceRuleProposal { id, version, state, proposed_by, approved_by_name, ended_by_name, answer, .. } =
        proposal;
    let path = format!("/attendance_rules/proposals/{id}");
    let approve_text = words(|locale| td_string!(locale, classes.attendance_rule_approve_text));
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
