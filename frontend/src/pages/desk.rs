//! The desk of the staff: what waits for them now, and the ways to their work.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::{enrolment, people, rights, sittings::Step, teaching},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    shell::places,
    ui::{AsyncView, Card, EmptyState, Icon, PageHeading, Symbol},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    credit_bank::{CertificateState, CertificateView},
    enrolment::{EnrolmentCount, RecordState},
    learning::ClassState,
    page::Page,
    rights::{Place, Right, RoleAt, carries, places},
    sittings::{ExamSessionState, ExamSessionView},
};

lazy_page! {
    /// The page.
    DeskPage = Desk in desk;
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Waiting {
    /// A second person must confirm.
    SecondPerson { path: String, title: String },
    /// The next deed of an exam session.
    Deed { path: String, title: String, step: Step },
    /// Responses to mark.
    Marking { count: u32 },
    /// Certificates to submit to the city.
    Submit,
    /// Certificates that the city sent back.
    Returned,
    /// Certificates to audit.
    Audit,
    /// Records that are to be approved or returned.
    Review { count: u64, state: RecordState },
    /// Records that are being filled in, also after a return.
    FillIn { count: u64 },
    /// Classes that the county is to approve.
    Classes { count: usize },
    /// Persons whom other townships propose.
    Transfers { count: usize },
    /// Merges of persons that wait for approval.
    Merges { count: usize },
    /// Roles that a second person must confirm.
    Roles { count: usize },
}

impl Waiting {
    /// What an administrator has to do with an exam session, if anything.
    fn for_administrator(exam_session: &ExamSessionView) -> Option<Self> {
        let (path, title) = (format!("/exam_sessions/{}", exam_session.id), exam_session.title.clone());
        match Step::next(exam_session)? {
            _ if exam_session.awaits_second_person => Some(Self::SecondPerson { path, title }),
            step => Some(Self::Deed { path, title, step }),
        }
    }

    fn path(&self) -> String {
        match self {
            Self::SecondPerson { path, .. } | Self::Deed { path, .. } => path.clone(),
            Self::Marking { .. } => "/marking".to_owned(),
            Self::Submit => certificates_in(CertificateState::Issued),
            Self::Returned => certificates_in(CertificateState::Returned),
            Self::Audit => certificates_in(CertificateState::Submitted),
            Self::Review { state, .. } => format!("/enrolments?state={state}"),
            Self::FillIn { .. } => format!("/enrolments?state={}", RecordState::Applied),
            Self::Classes { .. } => format!("/classes?state={}", ClassState::Planned),
            Self::Transfers { .. } => "/transfers".to_owned(),
            Self::Merges { .. } => "/merges".to_owned(),
            Self::Roles { .. } => "/rights".to_owned(),
        }
    }

    const fn symbol(&self) -> Symbol {
        match self {
            Self::SecondPerson { .. } | Self::Roles { .. } => Symbol::Person,
            Self::Deed { .. } => Symbol::Calendar,
            Self::Marking { .. } => Symbol::Pencil,
            Self::Submit | Self::Returned => Symbol::Medal,
            Self::Audit => Symbol::Scale,
            Self::Review { .. } | Self::FillIn { .. } => Symbol::Form,
            Self::Classes { .. } => Symbol::Board,
            Self::Transfers { .. } => Symbol::Exchange,
            Self::Merges { .. } => Symbol::Sheets,
        }
    }
}

/// The list of certificates, with those in this state in sight.
fn certificates_in(state: CertificateState) -> String {
    format!("/certificates?state={state}")
}

/// Whether a role in some division carries the right; elsewhere the lists are closed.
fn may(roles: &[RoleAt], right: Right) -> bool {
    roles.iter().any(|held| matches!(held.place, Place::Division { .. }) && carries(held.role, right))
}

/// Whether a role carries the right somewhere.
fn has(roles: &[RoleAt], right: Right) -> bool {
    places(roles, right).next().is_some()
}

/// Asks only for what the roles allow. What waits for a second person comes first.
async fn waiting(actor: Actor, roles: Vec<RoleAt>) -> Outcome<Vec<Waiting>> {
    let mut waiting = Vec::new();
    let (may_plan, may_mark) = (may(&roles, Right::PlanExamSession), may(&roles, Right::MarkResponse));
    if may_plan || may_mark {
        let known: Page<ExamSessionView> = client::get(actor, "/exam_sessions?limit=200").await?;
        if may_plan {
            waiting.extend(known.items.iter().filter_map(Waiting::for_administrator));
            waiting.sort_by_key(|waiting| !matches!(waiting, Waiting::SecondPerson { .. }));
        }
        let in_marking = known.items.iter().filter(|known| known.state == ExamSessionState::Marking);
        let count = in_marking.map(|known| known.counts.to_mark).sum();
        if may_mark && count > 0 {
            waiting.push(Waiting::Marking { count });
        }
    }
    if has(&roles, Right::ReadEnrolments) {
        waiting.extend(enrolments(&roles, &enrolment::counts(actor).await?));
    }
    if has(&roles, Right::ApproveClass) {
        let count = teaching::count_planned(actor).await?;
        waiting.extend((count > 0).then_some(Waiting::Classes { count }));
    }
    if may(&roles, Right::TransferPeople) {
        let count = people::count_incoming(actor).await?;
        waiting.extend((count > 0).then_some(Waiting::Transfers { count }));
    }
    if may(&roles, Right::ApproveMerge) {
        let count = people::merging::count_waiting(actor).await?;
        waiting.extend((count > 0).then_some(Waiting::Merges { count }));
    }
    if may(&roles, Right::GrantRole) {
        let count = rights::count_waiting(actor).await?;
        waiting.extend((count > 0).then_some(Waiting::Roles { count }));
    }
    if may(&roles, Right::AuditCertificate) && has_any(actor, CertificateState::Submitted).await? {
        waiting.push(Waiting::Audit);
    }
    if may(&roles, Right::IssueCertificate) {
        if has_any(actor, CertificateState::Returned).await? {
            waiting.push(Waiting::Returned);
        }
        if has_any(actor, CertificateState::Issued).await? {
            waiting.push(Waiting::Submit);
        }
    }
    Ok(waiting)
}

/// Whose turn it is in each state of a record.
const REVIEWS: [(Right, RecordState); 3] = [
    (Right::ReviewEnrolment, RecordState::SchoolReview),
    (Right::ApproveEnrolment, RecordState::CountyReview),
    (Right::FileEnrolment, RecordState::CityFiled),
];

/// The records that wait for these roles.
fn enrolments(roles: &[RoleAt], counts: &[EnrolmentCount]) -> Vec<Waiting> {
    let reviews = REVIEWS.iter().filter(|(right, _)| has(roles, *right));
    let review = |(_, state): &(Right, RecordState)| {
        Some((enrolment::count_in(counts, *state), *state)).filter(|(count, _)| *count > 0)
    };
    let review = reviews.filter_map(review).map(|(count, state)| Waiting::Review { count, state });
    let filled_in = Some(enrolment::count_in(counts, RecordState::Applied));
    let filled_in = filled_in.filter(|count| *count > 0 && has(roles, Right::KeepEnrolments));
    review.chain(filled_in.map(|count| Waiting::FillIn { count })).collect()
}

/// Whether there is a certificate in this state.
async fn has_any(actor: Actor, state: CertificateState) -> Outcome<bool> {
    let path = format!("/certificates?limit=1&state={}", state.as_str());
    client::get::<Page<CertificateView>>(actor, &path).await.map(|found| !found.items.is_empty())
}

#[component]
fn Desk() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let work = LocalResource::new(move || waiting(actor, actor.me().map(|me| me.roles).unwrap_or_default()));
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
    let (path, symbol) = (waiting.path(), waiting.symbol());
    let words = move || match &waiting {
        Waiting::SecondPerson { title, .. } => t_string!(i18n, common.waits_second, title = title.clone()),
        Waiting::Deed { title, step, .. } => {
            let deed = step.name(i18n.get_locale());
            t_string!(i18n, common.waits_deed, title = title.clone(), deed = deed)
        }
        Waiting::Marking { count } => t_string!(i18n, common.waits_marking, count = *count),
        Waiting::Submit => t_string!(i18n, common.waits_submit).to_owned(),
        Waiting::Returned => t_string!(i18n, common.waits_returned).to_owned(),
        Waiting::Audit => t_string!(i18n, common.waits_audit).to_owned(),
        Waiting::Review { count, .. } => t_string!(i18n, common.waits_review, count = *count),
        Waiting::FillIn { count } => t_string!(i18n, common.waits_fill_in, count = *count),
        Waiting::Classes { count } => t_string!(i18n, common.waits_classes, count = *count),
        Waiting::Transfers { count } => t_string!(i18n, common.waits_transfers, count = *count),
        Waiting::Merges { count } => t_string!(i18n, merges.waiting, count = *count),
        Waiting::Roles { count } => t_string!(i18n, common.waits_role, count = *count),
    };
    view! { <li><A href=path><Icon symbol /><span>{words}</span></A></li> }
}
