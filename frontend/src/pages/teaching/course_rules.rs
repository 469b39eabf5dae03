//! What the courses of the catalogue are, by course and first day: one person of the province's office proposes a rule
//! for days to come, a second one approves it, and it is withdrawn until it begins.

mod propose;

use self::propose::Propose;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        dated_rules::{
            decide::{Acts, Refuse},
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
    learning::{CourseRule, CourseRuleBook, CourseRuleProposal, CourseRuleVersion},
};

lazy_page! {
    /// The page.
    CourseRulesPage = CourseRules in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    rules: StoredValue<Vec<CourseRule>>,
    again: Callback<()>,
}

fn hours(locale: Locale, rule: &CourseRule) -> String {
    td_string!(locale, classes.course_rule_hours_of, hours = rule.class_hours, face = rule.face_to_face_hours)
}

fn percent(locale: Locale, percent: u16) -> String {
    td_string!(locale, classes.course_rule_percent, percent = percent)
}

#[component]
fn CourseRules() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book: LocalResource<Outcome<CourseRuleBook>> = LocalResource::new(move || client::get(actor, "/course_rules"));
    let is_open = RwSignal::new(false);
    let again = Callback::new(move |()| book.refetch());
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, classes.course_rules)) />
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.rule_propose)}
                </Button>
            </div>
            <p class="muted">{t!(i18n, classes.course_rules_about)}</p>
            <AsyncView resource=book let:book>
                <Book book is_open again />
            </AsyncView>
        </main>
    }
}

#[component]
fn Book(book: CourseRuleBook, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let CourseRuleBook { versions, proposals } = book;
    let rules = versions.iter().map(|version| version.rule).collect();
    let around = Around { rules: StoredValue::new(rules), again };
    let known = versions.clone();
    view! {
        <Provider value=around>
            <Dialog is_open title=words(|locale| td_string!(locale, enrolment.rule_propose))>
                <Propose is_open known=known.clone() proposed=again />
            </Dialog>
            <Versions versions />
            <Proposals proposals />
        </Provider>
    }
}

#[component]
fn Versions(versions: Vec<CourseRuleVersion>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.course_rule_course))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_valid_from))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_hours))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_credits))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_pass))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_gate))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.rule_history))>
            <Table
                caption=words(|locale| td_string!(locale, enrolment.rule_versions))
                columns
                rows=Signal::stored(versions)
                key=|version| (version.rule.course_id, version.rule.valid_from)
                row=version_row
            />
        </Card>
    }
}

fn version_row(version: CourseRuleVersion) -> impl IntoView {
    let i18n = use_i18n();
    let Around { rules, .. } = expect_context::<Around>();
    let rule = version.rule;
    let standing = rules.with_value(|all| rule_standing(all, &rule, clock::now().date_in_china()));
    view! {
        <th scope="row">{version.course_code} " " {version.course_title}</th>
        <td class="num">{move || when::day(i18n.get_locale(), rule.valid_from)}</td>
        <td class="num">{move || hours(i18n.get_locale(), &rule)}</td>
        <td class="num">{rule.credits}</td>
        <td class="num">{move || percent(i18n.get_locale(), rule.pass_pct)}</td>
        <td class="num">{move || percent(i18n.get_locale(), rule.gate_task_pct)}</td>
        <td><RuleStandingTag standing /></td>
    }
}

#[component]
fn Proposals(proposals: Vec<CourseRuleProposal>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, enrolment.rule_version))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_hours))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_credits))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_pass))),
        Column::text(words(|locale| td_string!(locale, classes.course_rule_gate))),
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

fn proposal_row(proposal: CourseRuleProposal) -> impl IntoView {
    let i18n = use_i18n();
    let (state, proposed_at, rule) = (proposal.state, proposal.proposed_at, proposal.version.rule);
    let (reason, proposed_by_name) = (proposal.reason.clone(), proposal.proposed_by_name.clone());
    let title = proposal.version.course_title.clone();
    let named = move || format!("{title} {}", when::day(i18n.get_locale(), rule.valid_from));
    view! {
        <th scope="row">{named}</th>
        <td class="num">{move || hours(i18n.get_locale(), &rule)}</td>
        <td class="num">{rule.credits}</td>
        <td class="num">{move || percent(i18n.get_locale(), rule.pass_pct)}</td>
        <td class="num">{move || percent(i18n.get_locale(), rule.gate_task_pct)}</td>
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
fn Next(proposal: CourseRuleProposal) -> impl IntoView {
    let Around { again, .. } = expect_context::<Around>();
    let CourseRuleProposal { id, version, state, proposed_by, approved_by_name, ended_by_name, answer, .. } = proposal;
    let path = format!("/course_rules/proposals/{id}");
    let approve_text = words(|locale| td_string!(locale, classes.course_rule_approve_text));
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
