//! The desk of the staff: what waits for them now, and the ways to their work.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::sittings::Step,
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
    enrolment::RecordState,
    item_bank::ItemState,
    learning::ClassState,
    page::Page,
    rights::{GrantState, Place, Right, RoleAt, carries},
    sittings::{ExamSessionState, ExamSessionView},
    teaching::SkillState,
    work::{ListWait, RecordWait, WorkKind, WorkLine},
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
    /// What is counted.
    Counted(WorkLine),
}

/// The list that shows what is counted, and nothing else.
fn list_of(kind: WorkKind) -> String {
    let enrolments = |wait: RecordWait| format!("/enrolments?waits={wait}");
    let reviewed = |state: RecordState| format!("/enrolments?state={state}");
    match kind {
        WorkKind::RolesToConfirm => format!("/rights?state={}", GrantState::Proposed),
        WorkKind::ListsToConfirm => format!("/roster/lists?waits={}", ListWait::Confirm),
        WorkKind::ListsToCorrect => format!("/roster/lists?waits={}", ListWait::Correct),
        WorkKind::PersonsToAssign => "/roster?unassigned=true".to_owned(),
        WorkKind::VisitsDue => "/visits".to_owned(),
        WorkKind::TransfersToAccept => "/transfers?waits=true".to_owned(),
        WorkKind::SchoolChangesToAccept => "/school_changes?waits=true".to_owned(),
        WorkKind::CorrectionsToAnswer => "/corrections".to_owned(),
        WorkKind::MergesToApprove => "/merges".to_owned(),
        WorkKind::RecordsReturned => enrolments(RecordWait::Returned),
        WorkKind::RecordsWithoutPapers => enrolments(RecordWait::Papers),
        WorkKind::RecordsToSubmit => enrolments(RecordWait::Submission),
        WorkKind::RecordsAtSchool => reviewed(RecordState::SchoolReview),
        WorkKind::RecordsAtCounty => reviewed(RecordState::CountyReview),
        WorkKind::RecordsAtCity => reviewed(RecordState::CityFiled),
        WorkKind::ClassesToApprove => format!("/classes?state={}", ClassState::Planned),
        WorkKind::ClassesToOpen => format!("/classes?state={}", ClassState::Approved),
        WorkKind::MeetingsWithoutRoll => "/roll_calls".to_owned(),
        WorkKind::InquiriesToAnswer => "/inquiries".to_owned(),
        WorkKind::CoursesToReview => "/courses".to_owned(),
        WorkKind::TrainingsToCheck => format!("/skills?state={}", SkillState::Claimed),
        WorkKind::CertificatesToCheck => format!("/skills?part=certificates&state={}", SkillState::Claimed),
        WorkKind::ItemsToReview => "/item_reviews".to_owned(),
        WorkKind::ItemsReturned => format!("/items/mine?state={}", ItemState::Returned),
        WorkKind::PapersToSeal => "/papers?waits=sealing".to_owned(),
        WorkKind::MarkingsToLead => "/marking_progress".to_owned(),
        WorkKind::ExamSessionsToday => "/watch".to_owned(),
    }
}

const fn symbol_of(kind: WorkKind) -> Symbol {
    match kind {
        WorkKind::RolesToConfirm => Symbol::Person,
        WorkKind::ListsToConfirm | WorkKind::ListsToCorrect | WorkKind::PersonsToAssign => Symbol::Clipboard,
        WorkKind::VisitsDue => Symbol::Door,
        WorkKind::TransfersToAccept | WorkKind::SchoolChangesToAccept => Symbol::Exchange,
        WorkKind::CorrectionsToAnswer | WorkKind::InquiriesToAnswer => Symbol::Pencil,
        WorkKind::MergesToApprove => Symbol::Sheets,
        WorkKind::CoursesToReview => Symbol::Book,
        WorkKind::RecordsReturned
        | WorkKind::RecordsWithoutPapers
        | WorkKind::RecordsToSubmit
        | WorkKind::RecordsAtSchool
        | WorkKind::RecordsAtCounty
        | WorkKind::RecordsAtCity => Symbol::Form,
        WorkKind::ClassesToApprove | WorkKind::ClassesToOpen | WorkKind::MeetingsWithoutRoll => Symbol::Board,
        WorkKind::TrainingsToCheck | WorkKind::CertificatesToCheck => Symbol::Medal,
        WorkKind::ItemsToReview | WorkKind::ItemsReturned => Symbol::Sheets,
        WorkKind::PapersToSeal => Symbol::Lock,
        WorkKind::MarkingsToLead => Symbol::Scale,
        WorkKind::ExamSessionsToday => Symbol::Clock,
    }
}

fn words_of(locale: Locale, WorkLine { kind, count }: WorkLine) -> String {
    match kind {
        WorkKind::RolesToConfirm => td_string!(locale, common.work_roles_to_confirm, count = count),
        WorkKind::ListsToConfirm => td_string!(locale, common.work_lists_to_confirm, count = count),
        WorkKind::ListsToCorrect => td_string!(locale, common.work_lists_to_correct, count = count),
        WorkKind::PersonsToAssign => td_string!(locale, common.work_persons_to_assign, count = count),
        WorkKind::VisitsDue => td_string!(locale, common.work_visits_due, count = count),
        WorkKind::TransfersToAccept => td_string!(locale, common.work_transfers_to_accept, count = count),
        WorkKind::SchoolChangesToAccept => td_string!(locale, common.work_school_changes_to_accept, count = count),
        WorkKind::CorrectionsToAnswer => td_string!(locale, common.work_corrections_to_answer, count = count),
        WorkKind::MergesToApprove => td_string!(locale, common.work_merges_to_approve, count = count),
        WorkKind::RecordsReturned => td_string!(locale, common.work_records_returned, count = count),
        WorkKind::RecordsWithoutPapers => td_string!(locale, common.work_records_without_papers, count = count),
        WorkKind::RecordsToSubmit => td_string!(locale, common.work_records_to_submit, count = count),
        WorkKind::RecordsAtSchool => td_string!(locale, common.work_records_at_school, count = count),
        WorkKind::RecordsAtCounty => td_string!(locale, common.work_records_at_county, count = count),
        WorkKind::RecordsAtCity => td_string!(locale, common.work_records_at_city, count = count),
        WorkKind::ClassesToApprove => td_string!(locale, common.work_classes_to_approve, count = count),
        WorkKind::ClassesToOpen => td_string!(locale, common.work_classes_to_open, count = count),
        WorkKind::MeetingsWithoutRoll => td_string!(locale, common.work_meetings_without_roll, count = count),
        WorkKind::InquiriesToAnswer => td_string!(locale, common.work_inquiries_to_answer, count = count),
        WorkKind::CoursesToReview => td_string!(locale, common.work_courses_to_review, count = count),
        WorkKind::TrainingsToCheck => td_string!(locale, common.work_trainings_to_check, count = count),
        WorkKind::CertificatesToCheck => td_string!(locale, common.work_certificates_to_check, count = count),
        WorkKind::ItemsToReview => td_string!(locale, common.work_items_to_review, count = count),
        WorkKind::ItemsReturned => td_string!(locale, common.work_items_returned, count = count),
        WorkKind::PapersToSeal => td_string!(locale, common.work_papers_to_seal, count = count),
        WorkKind::MarkingsToLead => td_string!(locale, common.work_markings_to_lead, count = count),
        WorkKind::ExamSessionsToday => td_string!(locale, common.work_exam_sessions_today, count = count),
    }
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
            Self::Counted(line) => list_of(line.kind),
        }
    }

    const fn symbol(&self) -> Symbol {
        match self {
            Self::SecondPerson { .. } => Symbol::Person,
            Self::Deed { .. } => Symbol::Calendar,
            Self::Marking { .. } => Symbol::Pencil,
            Self::Submit | Self::Returned => Symbol::Medal,
            Self::Audit => Symbol::Scale,
            Self::Counted(line) => symbol_of(line.kind),
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
    let counted: Vec<WorkLine> = client::get(actor, "/me/work").await?;
    waiting.extend(counted.into_iter().map(Waiting::Counted));
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
    let nothing = Signal::derive(move || match actor.roles().is_empty() {
        true => t_string!(i18n, common.no_role_yet).to_owned(),
        false => t_string!(i18n, common.nothing_waits).to_owned(),
    });
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
        Waiting::Counted(line) => words_of(i18n.get_locale(), *line),
    };
    view! { <li><A href=path><Icon symbol /><span>{words}</span></A></li> }
}
