//! The desk of the staff: what waits for them now, and the ways to their work.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::teaching::meeting_notices::MeetingNotices,
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
    credit_bank::CertificateState,
    enrolment::RecordState,
    item_bank::ItemState,
    learning::ClassState,
    rights::GrantState,
    sittings::AccommodationOffice,
    work::{
        CertificateWait, CheckWait, ExamWait, GraduationWait, IncidentWait, ListWait, RecordWait, WorkKind, WorkLine,
    },
};

lazy_page! {
    /// The page.
    DeskPage = Desk in desk;
}

/// The list that shows what is counted, and nothing else.
fn list_of(kind: WorkKind) -> String {
    let enrolments = |wait: RecordWait| format!("/enrolments?waits={wait}");
    let reviewed = |state: RecordState| format!("/enrolments?state={state}");
    let exam_sessions = |wait: ExamWait| format!("/exam_sessions?waits={wait}");
    let certificates = |state: CertificateState| format!("/certificates?state={state}");
    let graduations = |wait: GraduationWait| format!("/graduations?waits={wait}");
    let incidents = |wait: IncidentWait| format!("/incidents?waits={wait}");
    let accommodations = |office: AccommodationOffice| format!("/accommodations?waits={office}");
    match kind {
        WorkKind::RolesToConfirm => format!("/rights?state={}", GrantState::Proposed),
        WorkKind::ExamSessionsToConfirm => exam_sessions(ExamWait::Confirm),
        WorkKind::ExamSessionsToAdvance => exam_sessions(ExamWait::Advance),
        WorkKind::ExamSessionsOverdue => exam_sessions(ExamWait::Overdue),
        WorkKind::ResponsesToMark => "/marking".to_owned(),
        WorkKind::ListsToConfirm => format!("/roster/lists?waits={}", ListWait::Confirm),
        WorkKind::ListsToCorrect => format!("/roster/lists?waits={}", ListWait::Correct),
        WorkKind::RostersToCheck => format!("/roster/checks?waits={}", CheckWait::Check),
        WorkKind::RostersReturned => format!("/roster/checks?waits={}", CheckWait::Correct),
        WorkKind::PersonsToAssign => "/roster?unassigned=true".to_owned(),
        WorkKind::VisitsDue => "/visits".to_owned(),
        WorkKind::TransfersToAccept => "/transfers?waits=true".to_owned(),
        WorkKind::SchoolChangesToAccept => "/school_changes?waits=true".to_owned(),
        WorkKind::CorrectionsToAnswer => "/corrections".to_owned(),
        WorkKind::MergesToApprove => "/merges".to_owned(),
        WorkKind::EnrolmentRulesToApprove => "/enrolment_rules".to_owned(),
        WorkKind::AttendanceRulesToApprove => "/attendance_rules".to_owned(),
        WorkKind::CourseRulesToApprove => "/course_rules".to_owned(),
        WorkKind::ExternalToolsToApprove => "/external_tools".to_owned(),
        WorkKind::GraduationRulesToApprove => "/graduation_rules".to_owned(),
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
        WorkKind::AssignmentsToMark => "/hand_ins".to_owned(),
        WorkKind::PostsReported => "/discussion_reports".to_owned(),
        WorkKind::CoursesToReview => "/courses".to_owned(),
        WorkKind::TrainingsToCheck => "/skills?waits=true".to_owned(),
        WorkKind::CertificatesToCheck => "/skills?part=certificates&waits=true".to_owned(),
        WorkKind::ItemsToReview => "/item_reviews".to_owned(),
        WorkKind::ItemsReturned => format!("/items/mine?state={}", ItemState::Returned),
        WorkKind::PapersToSeal => "/papers?waits=sealing".to_owned(),
        WorkKind::PapersToOpen => "/papers?waits=opening".to_owned(),
        WorkKind::KeySharesToConfirm => "/key_shares".to_owned(),
        WorkKind::MarkingsToLead => "/marking_progress".to_owned(),
        WorkKind::ExamSessionsToday => "/watch".to_owned(),
        WorkKind::IncidentsToSign => incidents(IncidentWait::Sign),
        WorkKind::IncidentsToDecide => incidents(IncidentWait::Decide),
        WorkKind::IncidentsToReconsider => incidents(IncidentWait::Reconsider),
        WorkKind::RechecksToSettle => "/rechecks?waits=true".to_owned(),
        WorkKind::AccommodationsToCheck => accommodations(AccommodationOffice::County),
        WorkKind::AccommodationsToConfirm => accommodations(AccommodationOffice::City),
        WorkKind::RegistrationsToReview => "/qualification_reviews".to_owned(),
        WorkKind::CertificatesToAudit => certificates(CertificateState::Submitted),
        WorkKind::CertificatesReturned => certificates(CertificateState::Returned),
        WorkKind::CertificatesToSubmit => certificates(CertificateState::Issued),
        WorkKind::CertificatesToRevoke => format!("/certificates?waits={}", CertificateWait::Revocation),
        WorkKind::GraduationsToConfirm => graduations(GraduationWait::County),
        WorkKind::GraduationsToApprove => graduations(GraduationWait::City),
        WorkKind::GraduationsReturned => graduations(GraduationWait::Returned),
        WorkKind::DiplomasToRevoke => "/diplomas?waits=true".to_owned(),
    }
}

const fn symbol_of(kind: WorkKind) -> Symbol {
    match kind {
        WorkKind::RolesToConfirm | WorkKind::ExamSessionsToConfirm => Symbol::Person,
        WorkKind::ExamSessionsToAdvance | WorkKind::ExamSessionsOverdue => Symbol::Calendar,
        WorkKind::CertificatesToAudit
        | WorkKind::RechecksToSettle
        | WorkKind::RostersToCheck
        | WorkKind::EnrolmentRulesToApprove
        | WorkKind::AttendanceRulesToApprove
        | WorkKind::CourseRulesToApprove
        | WorkKind::ExternalToolsToApprove
        | WorkKind::GraduationRulesToApprove => Symbol::Scale,
        WorkKind::ListsToConfirm | WorkKind::ListsToCorrect | WorkKind::RostersReturned | WorkKind::PersonsToAssign => {
            Symbol::Clipboard
        }
        WorkKind::VisitsDue => Symbol::Door,
        WorkKind::RegistrationsToReview => Symbol::Clipboard,
        WorkKind::AccommodationsToCheck | WorkKind::AccommodationsToConfirm => Symbol::Person,
        WorkKind::TransfersToAccept => Symbol::Exchange,
        WorkKind::SchoolChangesToAccept => Symbol::NextSchool,
        WorkKind::CorrectionsToAnswer
        | WorkKind::InquiriesToAnswer
        | WorkKind::ResponsesToMark
        | WorkKind::AssignmentsToMark => Symbol::Pencil,
        WorkKind::PostsReported
        | WorkKind::IncidentsToSign
        | WorkKind::IncidentsToDecide
        | WorkKind::IncidentsToReconsider => Symbol::Flag,
        WorkKind::MergesToApprove => Symbol::Sheets,
        WorkKind::CoursesToReview => Symbol::Book,
        WorkKind::RecordsReturned
        | WorkKind::RecordsWithoutPapers
        | WorkKind::RecordsToSubmit
        | WorkKind::RecordsAtSchool
        | WorkKind::RecordsAtCounty
        | WorkKind::RecordsAtCity => Symbol::Form,
        WorkKind::ClassesToApprove | WorkKind::ClassesToOpen | WorkKind::MeetingsWithoutRoll => Symbol::Board,
        WorkKind::TrainingsToCheck
        | WorkKind::CertificatesToCheck
        | WorkKind::CertificatesReturned
        | WorkKind::CertificatesToSubmit
        | WorkKind::CertificatesToRevoke
        | WorkKind::GraduationsToConfirm
        | WorkKind::GraduationsToApprove
        | WorkKind::GraduationsReturned
        | WorkKind::DiplomasToRevoke => Symbol::Medal,
        WorkKind::ItemsToReview | WorkKind::ItemsReturned => Symbol::Sheets,
        WorkKind::PapersToSeal | WorkKind::PapersToOpen | WorkKind::KeySharesToConfirm => Symbol::Lock,
        WorkKind::MarkingsToLead => Symbol::Scale,
        WorkKind::ExamSessionsToday => Symbol::Clock,
    }
}

fn words_of(locale: Locale, WorkLine { kind, count }: WorkLine) -> String {
    match kind {
        WorkKind::RolesToConfirm => td_string!(locale, common.work_roles_to_confirm, count = count),
        WorkKind::ExamSessionsToConfirm => td_string!(locale, common.work_exam_sessions_to_confirm, count = count),
        WorkKind::ExamSessionsToAdvance => td_string!(locale, common.work_exam_sessions_to_advance, count = count),
        WorkKind::ExamSessionsOverdue => td_string!(locale, common.work_exam_sessions_overdue, count = count),
        WorkKind::ResponsesToMark => td_string!(locale, common.work_responses_to_mark, count = count),
        WorkKind::ListsToConfirm => td_string!(locale, common.work_lists_to_confirm, count = count),
        WorkKind::ListsToCorrect => td_string!(locale, common.work_lists_to_correct, count = count),
        WorkKind::RostersToCheck => td_string!(locale, common.work_rosters_to_check, count = count),
        WorkKind::RostersReturned => td_string!(locale, common.work_rosters_returned, count = count),
        WorkKind::PersonsToAssign => td_string!(locale, common.work_persons_to_assign, count = count),
        WorkKind::VisitsDue => td_string!(locale, common.work_visits_due, count = count),
        WorkKind::TransfersToAccept => td_string!(locale, common.work_transfers_to_accept, count = count),
        WorkKind::SchoolChangesToAccept => td_string!(locale, common.work_school_changes_to_accept, count = count),
        WorkKind::CorrectionsToAnswer => td_string!(locale, common.work_corrections_to_answer, count = count),
        WorkKind::MergesToApprove => td_string!(locale, common.work_merges_to_approve, count = count),
        WorkKind::EnrolmentRulesToApprove => td_string!(locale, common.work_enrolment_rules_to_approve, count = count),
        WorkKind::AttendanceRulesToApprove => {
            td_string!(locale, common.work_attendance_rules_to_approve, count = count)
        }
        WorkKind::CourseRulesToApprove => td_string!(locale, common.work_course_rules_to_approve, count = count),
        WorkKind::ExternalToolsToApprove => td_string!(locale, common.work_external_tools_to_approve, count = count),
        WorkKind::GraduationRulesToApprove => {
            td_string!(locale, common.work_graduation_rules_to_approve, count = count)
        }
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
        WorkKind::AssignmentsToMark => td_string!(locale, common.work_assignments_to_mark, count = count),
        WorkKind::PostsReported => td_string!(locale, common.work_posts_reported, count = count),
        WorkKind::CoursesToReview => td_string!(locale, common.work_courses_to_review, count = count),
        WorkKind::TrainingsToCheck => td_string!(locale, common.work_trainings_to_check, count = count),
        WorkKind::CertificatesToCheck => td_string!(locale, common.work_certificates_to_check, count = count),
        WorkKind::ItemsToReview => td_string!(locale, common.work_items_to_review, count = count),
        WorkKind::ItemsReturned => td_string!(locale, common.work_items_returned, count = count),
        WorkKind::PapersToSeal => td_string!(locale, common.work_papers_to_seal, count = count),
        WorkKind::PapersToOpen => td_string!(locale, common.work_papers_to_open, count = count),
        WorkKind::KeySharesToConfirm => td_string!(locale, common.work_key_shares_to_confirm, count = count),
        WorkKind::MarkingsToLead => td_string!(locale, common.work_markings_to_lead, count = count),
        WorkKind::ExamSessionsToday => td_string!(locale, common.work_exam_sessions_today, count = count),
        WorkKind::IncidentsToSign => td_string!(locale, common.work_incidents_to_sign, count = count),
        WorkKind::IncidentsToDecide => td_string!(locale, common.work_incidents_to_decide, count = count),
        WorkKind::IncidentsToReconsider => td_string!(locale, common.work_incidents_to_reconsider, count = count),
        WorkKind::RechecksToSettle => td_string!(locale, common.work_rechecks_to_settle, count = count),
        WorkKind::AccommodationsToCheck => td_string!(locale, common.work_accommodations_to_check, count = count),
        WorkKind::AccommodationsToConfirm => td_string!(locale, common.work_accommodations_to_confirm, count = count),
        WorkKind::RegistrationsToReview => td_string!(locale, common.work_registrations_to_review, count = count),
        WorkKind::CertificatesToAudit => td_string!(locale, common.work_certificates_to_audit, count = count),
        WorkKind::CertificatesReturned => td_string!(locale, common.work_certificates_returned, count = count),
        WorkKind::CertificatesToSubmit => td_string!(locale, common.work_certificates_to_submit, count = count),
        WorkKind::CertificatesToRevoke => td_string!(locale, common.work_certificates_to_revoke, count = count),
        WorkKind::GraduationsToConfirm => td_string!(locale, common.work_graduations_to_confirm, count = count),
        WorkKind::GraduationsToApprove => td_string!(locale, common.work_graduations_to_approve, count = count),
        WorkKind::GraduationsReturned => td_string!(locale, common.work_graduations_returned, count = count),
        WorkKind::DiplomasToRevoke => td_string!(locale, common.work_diplomas_to_revoke, count = count),
    }
}

#[component]
fn Desk() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let work: LocalResource<Outcome<Vec<WorkLine>>> = LocalResource::new(move || {
        // Who gets another role finds what waits for it.
        actor.me();
        client::get(actor, "/me/work")
    });
    let nothing = Signal::derive(move || match actor.roles().is_empty() {
        true => t_string!(i18n, common.no_role_yet).to_owned(),
        false => t_string!(i18n, common.nothing_waits).to_owned(),
    });
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || format!("{}{}", t_string!(i18n, identity.greeting), name())) />
            <MeetingNotices />
            <Card title=Signal::derive(move || t_string!(i18n, common.work_list).to_owned())>
                <AsyncView resource=work let:work>
                    {if work.is_empty() {
                        view! { <EmptyState text=nothing symbol=Symbol::Check /> }.into_any()
                    } else {
                        let rows = work.into_iter().map(|line| view! { <Row line /> }).collect_view();
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
fn Row(line: WorkLine) -> impl IntoView {
    let i18n = use_i18n();
    let (path, symbol) = (list_of(line.kind), symbol_of(line.kind));
    let words = move || words_of(i18n.get_locale(), line);
    view! { <li><A href=path><Icon symbol /><span>{words}</span></A></li> }
}
