//! The desk of the staff: what waits for them now, and the ways to their work.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    shell::places,
    ui::{AsyncView, Card, EmptyState, Icon, PageHeading, Symbol},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, components::A, lazy_route};
use shared::{
    credit_bank::{CertificateState, CertificateView},
    page::Page,
    rights::Role,
    sittings::{ExamSessionState, ExamSessionView},
};

/// The page.
pub(crate) struct DeskPage;

#[lazy_route]
impl LazyRoute for DeskPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Desk /> }.into_any()
    }
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Waiting {
    /// A second person must confirm.
    SecondPerson { path: String, title: String },
    /// Responses to mark.
    Marking { count: u32 },
    /// Certificates to audit.
    Audit,
}

impl Waiting {
    fn path(&self) -> String {
        match self {
            Self::SecondPerson { path, .. } => path.clone(),
            Self::Marking { .. } => "/marking".to_owned(),
            Self::Audit => "/certificates".to_owned(),
        }
    }
}

/// Asks only for what the roles allow.
async fn waiting(actor: Actor, roles: Vec<Role>) -> Outcome<Vec<Waiting>> {
    let mut waiting = Vec::new();
    if roles.contains(&Role::ExamAdministrator) || roles.contains(&Role::Marker) {
        let sessions: Page<ExamSessionView> = client::get(actor, "/exam_sessions?limit=200").await?;
        if roles.contains(&Role::ExamAdministrator) {
            let unconfirmed = sessions.items.iter().filter(|session| session.awaits_second_person);
            waiting.extend(unconfirmed.map(|session| Waiting::SecondPerson {
                path: format!("/exam_sessions/{}", session.id),
                title: session.title.clone(),
            }));
        }
        let in_marking = sessions.items.iter().filter(|session| session.state == ExamSessionState::Marking);
        let count = in_marking.map(|session| session.counts.to_mark).sum();
        if roles.contains(&Role::Marker) && count > 0 {
            waiting.push(Waiting::Marking { count });
        }
    }
    if roles.contains(&Role::CityAuditor) {
        let path = format!("/certificates?limit=1&state={}", CertificateState::Submitted.as_str());
        let submitted: Page<CertificateView> = client::get(actor, &path).await?;
        if !submitted.items.is_empty() {
            waiting.push(Waiting::Audit);
        }
    }
    Ok(waiting)
}

#[component]
fn Desk() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let work = LocalResource::new(move || waiting(actor, actor.roles()));
    let nothing = Signal::derive(move || t_string!(i18n, common.nothing_waits).to_owned());
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || format!("{}{}", t_string!(i18n, identity.greeting), name())) />
            <Card title=Signal::derive(move || t_string!(i18n, common.work_list).to_owned())>
                <AsyncView resource=work let:work>
                    {if work.is_empty() {
                        view! { <EmptyState text=nothing symbol=Symbol::Check /> }.into_any()
                    } else {
                        let rows = work.into_iter().map(|waiting| view! { <Row waiting /> }).collect_view();
                        view! { <ul class="ways">{rows}</ul> }.into_any()
                    }}
                </AsyncView>
            </Card>
            <Card title=Signal::derive(move || t_string!(i18n, common.ways).to_owned())>
                <ul class="ways">
                    {move || places::all_work(&actor.roles()).into_iter().map(|entry| view! {
                        <li>
                            <A href=entry.path>
                                <Icon symbol=entry.symbol />
                                <span>{move || (entry.name)(i18n.get_locale())}</span>
                            </A>
                        </li>
                    }).collect_view()}
                    <li>
                        <A href="/me"><Icon symbol=Symbol::Person /><span>{t!(i18n, identity.account_title)}</span></A>
                    </li>
                </ul>
            </Card>
        </main>
    }
}

#[component]
fn Row(waiting: Waiting) -> impl IntoView {
    let i18n = use_i18n();
    let path = waiting.path();
    let words = move || match &waiting {
        Waiting::SecondPerson { title, .. } => t_string!(i18n, common.waits_second, title = title.clone()),
        Waiting::Marking { count } => t_string!(i18n, common.waits_marking, count = *count),
        Waiting::Audit => t_string!(i18n, common.waits_audit).to_owned(),
    };
    view! { <li><A href=path><Icon symbol=Symbol::Forward /><span>{words}</span></A></li> }
}
