//! Every path of the app. One line a page; a page that learners do not need at once is lazy.

use crate::{
    pages::{
        authoring::{
            editor::CourseEditorPage, list::CoursesPage, new::NewCoursePage, review::CourseReviewPage,
            versions::CourseVersionsPage,
        },
        catalogue::{course::CatalogueCoursePage, list::CataloguePage},
        credit_bank::{
            certificate::CertificatePage, certificates::CertificatesPage, progress::ProgressPage, verify::VerifyPage,
        },
        delivery::page::SittingPage,
        desk::DeskPage,
        enrolment::{
            activate::ActivatePage, class_slips::ClassSlipsPage, list::EnrolmentsPage, new::NewEnrolmentPage,
            record::EnrolmentPage, rules::EnrolmentRulesPage, school_changes::SchoolChangesPage,
        },
        identity::{
            account::AccountPage, asked::AskedPage, first_password::FirstPasswordPage, home::HomePage,
            login::LoginPage, notice::NoticePage, privacy::PrivacyPage, second_factor::SecondFactorPage,
        },
        item_bank::{import::ImportItemsPage, list::ItemsPage, mine::MyItemsPage, review::ItemReviewsPage},
        learning::{
            announcements::AnnouncementsPage, course_map::CourseMapPage, discussion::MyTopicPage,
            discussions::MyDiscussionsPage, downloads::DownloadsPage, home::LearnPage, inquiries::MyInquiriesPage,
            mistakes::MistakesPage, notes::NotesPage, unit::UnitPage,
        },
        marking::{MarkingPage, lead::MarkingProgressPage},
        not_found::NotFoundPage,
        organisation::{
            exam_rooms::ExamRoomsPage,
            exam_site::{ExamSitePage, NewExamSitePage},
            provider::{NewProviderPage, ProviderPage},
            service_point::{NewServicePointPage, ServicePointPage},
            teaching_point::{NewTeachingPointPage, TeachingPointPage},
            tree::OrganisationPage,
        },
        papers::{
            assembly::AssemblyPage,
            blueprint::{BlueprintPage, NewBlueprintPage},
            blueprints::BlueprintsPage,
            key_shares::KeySharesPage,
            list::PapersPage,
            new::NewPaperPage,
            rehearsal::RehearsalPage,
        },
        people::{
            corrections::CorrectionsPage,
            list::PeoplePage,
            merging::{compare::ComparePage, duplicates::DuplicatesPage, list::MergesPage},
            new::NewPersonPage,
            person::PersonPage,
            transfers::TransfersPage,
        },
        results::ResultsPage,
        rights::{accounts::AccountsPage, audit::AuditPage, grant::GrantPage, list::RightsPage, system::SystemPage},
        rooms::{day::ExamDayPage, list::RoomsPage, papers::PaperAnswersPage, room::RoomPage},
        roster::{
            add::AddToRosterPage, batch::RosterListPage, check::RosterCheckPage, checks::RosterChecksPage,
            entry::RosterEntryPage, list::RosterPage, lists::RosterListsPage, new::NewRosterListPage,
            visits::MyVisitsPage,
        },
        sittings::{
            accommodation::AccommodationPage, accommodations::AccommodationsPage, edit::EditExamSessionPage,
            incident::IncidentPage, incidents::IncidentsPage, leak_trace::LeakTracePage, list::ExamSessionsPage,
            my_exams::MyExamsPage, new::NewExamSessionPage, qualification_reviews::QualificationReviewsPage,
            record_incident::RecordIncidentPage, seat_plan::SeatPlanPage, seat_plans::SeatPlansPage,
            session::ExamSessionPage, sign_in::SignInPage, watch::WatchPage,
        },
        teaching::{
            attendance_rules::AttendanceRulesPage, calls::CallsPage, check_in::CheckInPage, class::ClassPage,
            discussion::TopicPage, discussion_reports::ReportedPostsPage, edit::EditClassPage, hand_in::HandInPage,
            hand_ins::HandInsPage, holidays::HolidaysPage, inquiries::InquiriesPage, list::ClassesPage,
            meeting::MeetingPage, new::NewClassPage, screen::ScreenPage, sheet::SheetPage,
            skill_record::SkillRecordPage, skills::SkillsPage, timetable::TimetablePage, without_roll::WithoutRollPage,
        },
    },
    shell::{Frame, OfflineFrame, PublicFrame, SignedIn, StudyFrame},
};
use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{ParentRoute, Route, Routes},
    path,
};

/// The routes, each in its frame.
#[component]
pub(crate) fn AppRoutes() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=|| view! { <SignedIn><HomePage /></SignedIn> } />
            <Route path=path!("/sittings/:id") view={Lazy::<SittingPage>::new()} />
            <Route path=path!("/first_password") view={Lazy::<FirstPasswordPage>::new()} />
            <Route path=path!("/second_factor") view={Lazy::<SecondFactorPage>::new()} />
            <Route path=path!("/notice") view={Lazy::<AskedPage>::new()} />
            <ParentRoute path=path!("") view=PublicFrame>
                <Route path=path!("/login") view=LoginPage />
                <Route path=path!("/activate") view={Lazy::<ActivatePage>::new()} />
                <Route path=path!("/verify") view={Lazy::<VerifyPage>::new()} />
                <Route path=path!("/verify/:number") view={Lazy::<VerifyPage>::new()} />
                <Route path=path!("/catalogue") view={Lazy::<CataloguePage>::new()} />
                <Route path=path!("/catalogue/:code") view={Lazy::<CatalogueCoursePage>::new()} />
                <Route path=path!("/privacy") view={Lazy::<NoticePage>::new()} />
                <Route path=path!("/privacy/:version") view={Lazy::<NoticePage>::new()} />
            </ParentRoute>
            <ParentRoute path=path!("") view=Frame>
                <Route path=path!("/learn") view=LearnPage />
                <Route path=path!("/learn/announcements") view={Lazy::<AnnouncementsPage>::new()} />
                <Route path=path!("/learn/discussions") view={Lazy::<MyDiscussionsPage>::new()} />
                <Route path=path!("/learn/discussions/:id") view={Lazy::<MyTopicPage>::new()} />
                <Route path=path!("/learn/inquiries") view={Lazy::<MyInquiriesPage>::new()} />
                <Route path=path!("/learn/notes") view={Lazy::<NotesPage>::new()} />
                <Route path=path!("/learn/mistakes") view={Lazy::<MistakesPage>::new()} />
                <Route path=path!("/me") view={Lazy::<AccountPage>::new()} />
                <Route path=path!("/me/privacy") view={Lazy::<PrivacyPage>::new()} />
                <Route path=path!("/exams") view={Lazy::<MyExamsPage>::new()} />
                <Route path=path!("/results") view={Lazy::<ResultsPage>::new()} />
                <Route path=path!("/progress") view={Lazy::<ProgressPage>::new()} />
                <Route path=path!("/me/certificates/:id") view={Lazy::<CertificatePage>::new()} />
                <Route path=path!("/desk") view={Lazy::<DeskPage>::new()} />
                <Route path=path!("/courses") view={Lazy::<CoursesPage>::new()} />
                <Route path=path!("/courses/new") view={Lazy::<NewCoursePage>::new()} />
                <Route path=path!("/courses/:id") view={Lazy::<CourseEditorPage>::new()} />
                <Route path=path!("/courses/:id/review") view={Lazy::<CourseReviewPage>::new()} />
                <Route path=path!("/courses/:id/versions") view={Lazy::<CourseVersionsPage>::new()} />
                <Route path=path!("/items") view={Lazy::<ItemsPage>::new()} />
                <Route path=path!("/items/import") view={Lazy::<ImportItemsPage>::new()} />
                <Route path=path!("/items/mine") view={Lazy::<MyItemsPage>::new()} />
                <Route path=path!("/item_reviews") view={Lazy::<ItemReviewsPage>::new()} />
                <Route path=path!("/papers") view={Lazy::<PapersPage>::new()} />
                <Route path=path!("/key_shares") view={Lazy::<KeySharesPage>::new()} />
                <Route path=path!("/papers/new") view={Lazy::<NewPaperPage>::new()} />
                <Route path=path!("/papers/:id/rehearsal") view={Lazy::<RehearsalPage>::new()} />
                <Route path=path!("/blueprints") view={Lazy::<BlueprintsPage>::new()} />
                <Route path=path!("/blueprints/new") view={Lazy::<NewBlueprintPage>::new()} />
                <Route path=path!("/blueprints/:id") view={Lazy::<BlueprintPage>::new()} />
                <Route path=path!("/assemblies/:id") view={Lazy::<AssemblyPage>::new()} />
                <Route path=path!("/exam_sessions") view={Lazy::<ExamSessionsPage>::new()} />
                <Route path=path!("/exam_sessions/new") view={Lazy::<NewExamSessionPage>::new()} />
                <Route path=path!("/exam_sessions/:id") view={Lazy::<ExamSessionPage>::new()} />
                <Route path=path!("/exam_sessions/:id/edit") view={Lazy::<EditExamSessionPage>::new()} />
                <Route path=path!("/exam_sessions/:id/leak_trace") view={Lazy::<LeakTracePage>::new()} />
                <Route path=path!("/exam_sessions/:id/paper_answers") view={Lazy::<PaperAnswersPage>::new()} />
                <Route path=path!("/exam_sessions/:id/day") view={Lazy::<ExamDayPage>::new()} />
                <Route path=path!("/exam_sessions/:id/seats") view={Lazy::<SeatPlansPage>::new()} />
                <Route path=path!("/seat_plans/:id") view={Lazy::<SeatPlanPage>::new()} />
                <Route path=path!("/marking") view={Lazy::<MarkingPage>::new()} />
                <Route path=path!("/marking_progress") view={Lazy::<MarkingProgressPage>::new()} />
                <Route path=path!("/watch") view={Lazy::<WatchPage>::new()} />
                <Route path=path!("/watch/:id") view={Lazy::<SignInPage>::new()} />
                <Route path=path!("/watch/:id/rooms") view={Lazy::<RoomsPage>::new()} />
                <Route path=path!("/watch/:id/rooms/:room") view={Lazy::<RoomPage>::new()} />
                <Route path=path!("/watch/:id/incident") view={Lazy::<RecordIncidentPage>::new()} />
                <Route path=path!("/incidents") view={Lazy::<IncidentsPage>::new()} />
                <Route path=path!("/qualification_reviews") view={Lazy::<QualificationReviewsPage>::new()} />
                <Route path=path!("/accommodations") view={Lazy::<AccommodationsPage>::new()} />
                <Route path=path!("/accommodations/:id") view={Lazy::<AccommodationPage>::new()} />
                <Route path=path!("/incidents/:id") view={Lazy::<IncidentPage>::new()} />
                <Route path=path!("/organisation") view={Lazy::<OrganisationPage>::new()} />
                <Route path=path!("/organisation/:code") view={Lazy::<OrganisationPage>::new()} />
                <Route path=path!("/providers/new") view={Lazy::<NewProviderPage>::new()} />
                <Route path=path!("/providers/:id") view={Lazy::<ProviderPage>::new()} />
                <Route path=path!("/teaching_points/new") view={Lazy::<NewTeachingPointPage>::new()} />
                <Route path=path!("/teaching_points/:id") view={Lazy::<TeachingPointPage>::new()} />
                <Route path=path!("/service_points/new") view={Lazy::<NewServicePointPage>::new()} />
                <Route path=path!("/service_points/:id") view={Lazy::<ServicePointPage>::new()} />
                <Route path=path!("/exam_sites/new") view={Lazy::<NewExamSitePage>::new()} />
                <Route path=path!("/exam_sites/:id") view={Lazy::<ExamSitePage>::new()} />
                <Route path=path!("/exam_sites/:id/rooms") view={Lazy::<ExamRoomsPage>::new()} />
                <Route path=path!("/people") view={Lazy::<PeoplePage>::new()} />
                <Route path=path!("/people/new") view={Lazy::<NewPersonPage>::new()} />
                <Route path=path!("/people/:id") view={Lazy::<PersonPage>::new()} />
                <Route path=path!("/people/:id/duplicates") view={Lazy::<DuplicatesPage>::new()} />
                <Route path=path!("/people/:id/merge/:other") view={Lazy::<ComparePage>::new()} />
                <Route path=path!("/merges") view={Lazy::<MergesPage>::new()} />
                <Route path=path!("/enrolments") view={Lazy::<EnrolmentsPage>::new()} />
                <Route path=path!("/enrolments/new") view={Lazy::<NewEnrolmentPage>::new()} />
                <Route path=path!("/enrolments/:id") view={Lazy::<EnrolmentPage>::new()} />
                <Route path=path!("/enrolment_rules") view={Lazy::<EnrolmentRulesPage>::new()} />
                <Route path=path!("/school_changes") view={Lazy::<SchoolChangesPage>::new()} />
                <Route path=path!("/transfers") view={Lazy::<TransfersPage>::new()} />
                <Route path=path!("/corrections") view={Lazy::<CorrectionsPage>::new()} />
                <Route path=path!("/roster") view={Lazy::<RosterPage>::new()} />
                <Route path=path!("/roster/new") view={Lazy::<AddToRosterPage>::new()} />
                <Route path=path!("/roster/checks") view={Lazy::<RosterChecksPage>::new()} />
                <Route path=path!("/roster/checks/:id") view={Lazy::<RosterCheckPage>::new()} />
                <Route path=path!("/roster/lists") view={Lazy::<RosterListsPage>::new()} />
                <Route path=path!("/roster/lists/new") view={Lazy::<NewRosterListPage>::new()} />
                <Route path=path!("/roster/lists/:id") view={Lazy::<RosterListPage>::new()} />
                <Route path=path!("/roster/:id") view={Lazy::<RosterEntryPage>::new()} />
                <Route path=path!("/classes") view={Lazy::<ClassesPage>::new()} />
                <Route path=path!("/classes/new") view={Lazy::<NewClassPage>::new()} />
                <Route path=path!("/classes/:id") view={Lazy::<ClassPage>::new()} />
                <Route path=path!("/classes/:id/edit") view={Lazy::<EditClassPage>::new()} />
                <Route path=path!("/classes/:id/slips") view={Lazy::<ClassSlipsPage>::new()} />
                <Route path=path!("/classes/:id/calls") view={Lazy::<CallsPage>::new()} />
                <Route path=path!("/discussions/:id") view={Lazy::<TopicPage>::new()} />
                <Route path=path!("/discussion_reports") view={Lazy::<ReportedPostsPage>::new()} />
                <Route path=path!("/inquiries") view={Lazy::<InquiriesPage>::new()} />
                <Route path=path!("/hand_ins") view={Lazy::<HandInsPage>::new()} />
                <Route path=path!("/hand_ins/:id") view={Lazy::<HandInPage>::new()} />
                <Route path=path!("/meetings/:id/code") view={Lazy::<ScreenPage>::new()} />
                <Route path=path!("/meetings/:id/sheet") view={Lazy::<SheetPage>::new()} />
                <Route path=path!("/timetable") view={Lazy::<TimetablePage>::new()} />
                <Route path=path!("/holidays") view={Lazy::<HolidaysPage>::new()} />
                <Route path=path!("/attendance_rules") view={Lazy::<AttendanceRulesPage>::new()} />
                <Route path=path!("/roll_calls") view={Lazy::<WithoutRollPage>::new()} />
                <Route path=path!("/skills") view={Lazy::<SkillsPage>::new()} />
                <Route path=path!("/skill_records/:id") view={Lazy::<SkillRecordPage>::new()} />
                <Route path=path!("/check_in/:id") view={Lazy::<CheckInPage>::new()} />
                <Route path=path!("/certificates") view={Lazy::<CertificatesPage>::new()} />
                <Route path=path!("/rights") view={Lazy::<RightsPage>::new()} />
                <Route path=path!("/rights/new") view={Lazy::<GrantPage>::new()} />
                <Route path=path!("/accounts") view={Lazy::<AccountsPage>::new()} />
                <Route path=path!("/audit") view={Lazy::<AuditPage>::new()} />
                <Route path=path!("/system") view={Lazy::<SystemPage>::new()} />
            </ParentRoute>
            <ParentRoute path=path!("") view=StudyFrame>
                <Route path=path!("/learn/courses/:id") view={Lazy::<CourseMapPage>::new()} />
                <Route path=path!("/learn/units/:id") view={Lazy::<UnitPage>::new()} />
                <Route path=path!("/learn/downloads") view={Lazy::<DownloadsPage>::new()} />
            </ParentRoute>
            <ParentRoute path=path!("") view=OfflineFrame>
                <Route path=path!("/visits") view={Lazy::<MyVisitsPage>::new()} />
                <Route path=path!("/meetings/:id") view={Lazy::<MeetingPage>::new()} />
            </ParentRoute>
        </Routes>
    }
}
