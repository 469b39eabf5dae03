//! Tools of others to which learners are sent: one person of the province's office proposes one, a second one approves it,
//! and anyone of them switches it off.

mod propose;

use self::propose::Propose;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        dated_rules::decide::{Acts, Refuse},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Button, Card, Column, Dialog, Look, Notice, PageHeading, Table, Tag, Tone},
};
use leptos::prelude::*;
use shared::learning::{ExternalPlatform, ExternalTool, ExternalToolBook, ExternalToolState};

lazy_page! {
    /// The page.
    ExternalToolsPage = ExternalTools in school;
}

/// Reads the page anew.
#[derive(Clone, Copy)]
struct Again(Callback<()>);

#[component]
fn ExternalTools() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book: LocalResource<Outcome<ExternalToolBook>> =
        LocalResource::new(move || client::get(actor, "/external_tools"));
    let is_open = RwSignal::new(false);
    let again = Callback::new(move |()| book.refetch());
    provide_context(Again(again));
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, classes.tools)) />
                <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                    {t!(i18n, classes.tool_propose)}
                </Button>
            </div>
            <p class="muted">{t!(i18n, classes.tools_about)}</p>
            <Dialog is_open title=words(|locale| td_string!(locale, classes.tool_propose))>
                <Propose is_open proposed=again />
            </Dialog>
            <AsyncView resource=book let:book>
                <Tools tools=book.tools />
                <Platform platform=book.platform />
            </AsyncView>
        </main>
    }
}

#[component]
fn Tools(tools: Vec<ExternalTool>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.tool_title))),
        Column::text(words(|locale| td_string!(locale, classes.tool_client_id))),
        Column::text(words(|locale| td_string!(locale, classes.tool_addresses))),
        Column::text(words(|locale| td_string!(locale, classes.tool_key_ids))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
        Column::text(words(|locale| td_string!(locale, enrolment.rule_proposed_by))),
        Column::text(words(|locale| td_string!(locale, enrolment.state))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, classes.tools_registered))>
            <Table
                caption=words(|locale| td_string!(locale, classes.tools))
                columns
                rows=Signal::stored(tools)
                key=|tool| (tool.id, tool.state)
                row=tool_row
                empty=words(|locale| td_string!(locale, classes.tools_none))
            />
        </Card>
    }
}

fn tool_row(tool: ExternalTool) -> impl IntoView {
    let i18n = use_i18n();
    let (state, proposed_at) = (tool.state, tool.proposed_at);
    let addresses = std::iter::once(&tool.login_url).chain(&tool.redirect_urls);
    let addresses = addresses.map(|url| view! { <div><code>{url.clone()}</code></div> }).collect_view();
    let key_ids = tool.key_ids.join(" · ");
    view! {
        <th scope="row">{tool.title.clone()}</th>
        <td><code>{tool.id.to_string()}</code></td>
        <td>{addresses}</td>
        <td><code>{key_ids}</code></td>
        <td>{tool.reason.clone()}</td>
        <td>
            {tool.proposed_by_name.clone()} " "
            <span class="num">{move || when::date(i18n.get_locale(), proposed_at)}</span>
        </td>
        <td><Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag></td>
        <td><Next tool /></td>
    }
}

const fn tone_of(state: ExternalToolState) -> Tone {
    match state {
        ExternalToolState::Proposed => Tone::Wait,
        ExternalToolState::Active => Tone::Ok,
        ExternalToolState::Refused => Tone::Stop,
        ExternalToolState::Ended => Tone::Plain,
    }
}

fn state_name(locale: Locale, state: ExternalToolState) -> &'static str {
    match state {
        ExternalToolState::Proposed => td_string!(locale, classes.tool_proposed),
        ExternalToolState::Active => td_string!(locale, classes.tool_active),
        ExternalToolState::Refused => td_string!(locale, classes.tool_refused),
        ExternalToolState::Ended => td_string!(locale, classes.tool_ended),
    }
}

/// What is done next with a tool, or what was done with it.
#[component]
fn Next(tool: ExternalTool) -> impl IntoView {
    let Again(again) = expect_context::<Again>();
    let ExternalTool { id, state, proposed_by, approved_by_name, ended_by_name, answer, .. } = tool;
    let path = format!("/external_tools/{id}");
    let approve_text = words(|locale| td_string!(locale, classes.tool_approve_text));
    match state {
        ExternalToolState::Proposed => view! { <Acts path proposed_by approve_text again /> }.into_any(),
        ExternalToolState::Active => view! {
            <p>{approved_by_name}</p>
            <Refuse path is_back=true again />
        }
        .into_any(),
        ExternalToolState::Refused | ExternalToolState::Ended => {
            view! { <p>{ended_by_name} " " {answer}</p> }.into_any()
        }
    }
}

/// What the operator of a tool enters there.
#[component]
fn Platform(platform: ExternalPlatform) -> impl IntoView {
    let i18n = use_i18n();
    let ExternalPlatform { issuer, authorization_url, token_url, keys_url, deployment_id, has_key } = platform;
    let one = |name: Signal<String>, value: String| {
        view! {
            <div>
                <dt>{move || name.get()}</dt>
                <dd><code>{value}</code></dd>
            </div>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, classes.tools_platform))>
            <p class="muted">{t!(i18n, classes.tools_platform_about)}</p>
            {(!has_key).then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, classes.tools_no_key)}</Notice> })}
            <dl class="facts">
                {one(words(|locale| td_string!(locale, classes.tools_issuer)), issuer)}
                {one(words(|locale| td_string!(locale, classes.tools_authorization)), authorization_url)}
                {one(words(|locale| td_string!(locale, classes.tools_token)), token_url)}
                {one(words(|locale| td_string!(locale, classes.tools_keys)), keys_url)}
                {one(words(|locale| td_string!(locale, classes.tools_deployment)), deployment_id)}
            </dl>
        </Card>
    }
}
