//! Every path of the app. One line a page; every page but the log-in is lazy.

use crate::{
    pages::{
        authoring::{
            editor::CourseEditorPage, list::CoursesPage, new::NewCoursePage, review::CourseReviewPage,
            versions::CourseVersionsPage,
        },
        catalogue::{course::CatalogueCoursePage, list::CataloguePage},
        credit_bank::{
            certificate::CertificatePage,
            certificates::CertificatesPage,
            graduation::{
                candidates::GraduateCandidatesPage, diplomas::DiplomasPage, lists::GraduationsPage,
                rules::GraduationRulesPage,
            },
            progress::ProgressPage,
            verify::VerifyPage,
        },
        delivery::{page::SittingPage, sit::SitPage, try_out::TryOutPage},
        desk::DeskPage,
        enrolment::{
            activate::ActivatePage, class_slips::ClassSlipsPage, list::EnrolmentsPage, new::NewEnrolmentPage,
            record::EnrolmentPage, rules::EnrolmentRulesPage, school_changes::SchoolChangesPage,
        },
        identity::{
            account::AccountPage, asked::AskedPage, first_password::FirstPasswordPage, home::HomePage,
            login::LoginPage, notice::NoticePage, privacy::PrivacyPage, second_factor::SecondFactorPage,
        },
        item_bank::{
            history::ItemHistoryPage, import::ImportItemsPage, list::ItemsPage, mine::MyItemsPage, new::NewItemPage,
            review::ItemReviewsPage,
        },
        learning::{
            announcements::AnnouncementsPage, course_map::CourseMapPage, discussion::MyTopicPage,
            discussions::MyDiscussionsPage, downloads::DownloadsPage, home::LearnPage, inquiries::MyInquiriesPage,
            mistakes::MistakesPage, notes::NotesPage, quiz::MyQuizPage, quizzes::MyQuizzesPage, unit::UnitPage,
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
            draws::DrawsPage,
            key_shares::KeySharesPage,
            list::PapersPage,
            new::NewPaperPage,
            rehearsal::RehearsalPage,
        },
        people::{
            corrections::CorrectionsPage,
            list::PeoplePage,
            merging::{compare::ComparePage, duplicates::DuplicatesPage, list::MergesPage, namesakes::NamesakesPage},
            new::NewPersonPage,
            person::PersonPage,
            transfers::TransfersPage,
        },
        results::{ResultsPage, recheck::RecheckPage, rechecks::RechecksPage},
        rights::{accounts::AccountsPage, audit::AuditPage, grant::GrantPage, list::RightsPage, system::SystemPage},
        rooms::{day::ExamDayPage, list::RoomsPage, papers::PaperAnswersPage, room::RoomPage},
        roster::{
            add::AddToRosterPage, batch::RosterListPage, check::RosterCheckPage, checks::RosterChecksPage,
            entry::RosterEntryPage, list::RosterPage, lists::RosterListsPage, new::NewRosterListPage,
            rounds::RosterRoundsPage, sums::RosterSumsPage, visits::MyVisitsPage,
        },
        sittings::{
            accommodation::AccommodationPage, accommodations::AccommodationsPage, edit::EditExamSessionPage,
            incident::IncidentPage, incidents::IncidentsPage, leak_trace::LeakTracePage, list::ExamSessionsPage,
            my_exams::MyExamsPage, new::NewExamSessionPage, new_window::NewExamWindowPage,
            qualification_reviews::QualificationReviewsPage, record_incident::RecordIncidentPage,
            seat_plan::SeatPlanPage, seat_plans::SeatPlansPage, session::ExamSessionPage, sign_in::SignInPage,
            watch::WatchPage, window::ExamWindowPage,
        },
        teaching::{
            attendance_rules::AttendanceRulesPage, calls::CallsPage, check_in::CheckInPage, class::ClassPage,
            course_rules::CourseRulesPage, discussion::TopicPage, discussion_reports::ReportedPostsPage,
            edit::EditClassPage, external_tools::ExternalToolsPage, hand_in::HandInPage, hand_ins::HandInsPage,
            holidays::HolidaysPage, inquiries::InquiriesPage, list::ClassesPage, meeting::MeetingPage,
            new::NewClassPage, screen::ScreenPage, sheet::SheetPage, skill_record::SkillRecordPage, skills::SkillsPage,
            timetable::TimetablePage, without_roll::WithoutRollPage,
        },
    },
    shell::{Frame, OfflineFrame, PublicFrame, SignedIn, StudyFrame},
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    path,
};

/// The routes, each in its frame.
#[component]
pub(crate) fn AppRoutes() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=|| view! { <SignedIn><HomePage /></SignedIn> } />
            <Route path=path!("/sittings/:id") view=SittingPage />
            <Route path=path!("/first_password") view=FirstPasswordPage />
            <Route path=path!("/second_factor") view=SecondFactorPage />
            <Route path=path!("/notice") view=AskedPage />
            <ParentRoute path=path!("") view=PublicFrame>
                <Route path=path!("/login") view=LoginPage />
                <Route path=path!("/activate") view=ActivatePage />
                <Route path=path!("/sit") view=SitPage />
                <Route path=path!("/try") view=TryOutPage />
                <Route path=path!("/verify") view=VerifyPage />
                <Route path=path!("/verify/:number") view=VerifyPage />
                <Route path=path!("/catalogue") view=CataloguePage />
                <Route path=path!("/catalogue/:code") view=CatalogueCoursePage />
                <Route path=path!("/draws") view=DrawsPage />
                <Route path=path!("/privacy") view=NoticePage />
                <Route path=path!("/privacy/:version") view=NoticePage />
            </ParentRoute>
            <ParentRoute path=path!("") view=Frame>
                <Route path=path!("/learn") view=LearnPage />
                <Route path=path!("/learn/announcements") view=AnnouncementsPage />
                <Route path=path!("/learn/quizzes") view=MyQuizzesPage />
                <Route path=path!("/learn/quizzes/:id") view=MyQuizPage />
                <Route path=path!("/learn/discussions") view=MyDiscussionsPage />
                <Route path=path!("/learn/discussions/:id") view=MyTopicPage />
                <Route path=path!("/learn/inquiries") view=MyInquiriesPage />
                <Route path=path!("/learn/notes") view=NotesPage />
                <Route path=path!("/learn/mistakes") view=MistakesPage />
                <Route path=path!("/me") view=AccountPage />
                <Route path=path!("/me/privacy") view=PrivacyPage />
                <Route path=path!("/exams") view=MyExamsPage />
                <Route path=path!("/results") view=ResultsPage />
                <Route path=path!("/progress") view=ProgressPage />
                <Route path=path!("/me/certificates/:id") view=CertificatePage />
                <Route path=path!("/desk") view=DeskPage />
                <Route path=path!("/courses") view=CoursesPage />
                <Route path=path!("/courses/new") view=NewCoursePage />
                <Route path=path!("/courses/:id") view=CourseEditorPage />
                <Route path=path!("/courses/:id/review") view=CourseReviewPage />
                <Route path=path!("/courses/:id/versions") view=CourseVersionsPage />
                <Route path=path!("/items") view=ItemsPage />
                <Route path=path!("/items/import") view=ImportItemsPage />
                <Route path=path!("/items/mine") view=MyItemsPage />
                <Route path=path!("/items/new") view=NewItemPage />
                <Route path=path!("/items/:id/history") view=ItemHistoryPage />
                <Route path=path!("/item_reviews") view=ItemReviewsPage />
                <Route path=path!("/papers") view=PapersPage />
                <Route path=path!("/key_shares") view=KeySharesPage />
                <Route path=path!("/papers/new") view=NewPaperPage />
                <Route path=path!("/papers/:id/rehearsal") view=RehearsalPage />
                <Route path=path!("/blueprints") view=BlueprintsPage />
                <Route path=path!("/blueprints/new") view=NewBlueprintPage />
                <Route path=path!("/blueprints/:id") view=BlueprintPage />
                <Route path=path!("/assemblies/:id") view=AssemblyPage />
                <Route path=path!("/exam_sessions") view=ExamSessionsPage />
                <Route path=path!("/exam_sessions/new") view=NewExamSessionPage />
                <Route path=path!("/exam_sessions/new_window") view=NewExamWindowPage />
                <Route path=path!("/exam_sessions/:id") view=ExamSessionPage />
                <Route path=path!("/exam_sessions/:id/window") view=ExamWindowPage />
                <Route path=path!("/exam_sessions/:id/edit") view=EditExamSessionPage />
                <Route path=path!("/exam_sessions/:id/leak_trace") view=LeakTracePage />
                <Route path=path!("/exam_sessions/:id/paper_answers") view=PaperAnswersPage />
                <Route path=path!("/exam_sessions/:id/day") view=ExamDayPage />
                <Route path=path!("/exam_sessions/:id/seats") view=SeatPlansPage />
                <Route path=path!("/seat_plans/:id") view=SeatPlanPage />
                <Route path=path!("/marking") view=MarkingPage />
                <Route path=path!("/marking_progress") view=MarkingProgressPage />
                <Route path=path!("/watch") view=WatchPage />
                <Route path=path!("/watch/:id") view=SignInPage />
                <Route path=path!("/watch/:id/rooms") view=RoomsPage />
                <Route path=path!("/watch/:id/rooms/:room") view=RoomPage />
                <Route path=path!("/watch/:id/incident") view=RecordIncidentPage />
                <Route path=path!("/incidents") view=IncidentsPage />
                <Route path=path!("/qualification_reviews") view=QualificationReviewsPage />
                <Route path=path!("/accommodations") view=AccommodationsPage />
                <Route path=path!("/accommodations/:id") view=AccommodationPage />
                <Route path=path!("/incidents/:id") view=IncidentPage />
                <Route path=path!("/rechecks") view=RechecksPage />
                <Route path=path!("/rechecks/:id") view=RecheckPage />
                <Route path=path!("/organisation") view=OrganisationPage />
                <Route path=path!("/organisation/:code") view=OrganisationPage />
                <Route path=path!("/providers/new") view=NewProviderPage />
                <Route path=path!("/providers/:id") view=ProviderPage />
                <Route path=path!("/teaching_points/new") view=NewTeachingPointPage />
                <Route path=path!("/teaching_points/:id") view=TeachingPointPage />
                <Route path=path!("/service_points/new") view=NewServicePointPage />
                <Route path=path!("/service_points/:id") view=ServicePointPage />
                <Route path=path!("/exam_sites/new") view=NewExamSitePage />
                <Route path=path!("/exam_sites/:id") view=ExamSitePage />
                <Route path=path!("/exam_sites/:id/rooms") view=ExamRoomsPage />
                <Route path=path!("/people") view=PeoplePage />
                <Route path=path!("/people/new") view=NewPersonPage />
                <Route path=path!("/people/:id") view=PersonPage />
                <Route path=path!("/people/:id/duplicates") view=DuplicatesPage />
                <Route path=path!("/people/:id/merge/:other") view=ComparePage />
                <Route path=path!("/merges") view=MergesPage />
                <Route path=path!("/namesakes") view=NamesakesPage />
                <Route path=path!("/enrolments") view=EnrolmentsPage />
                <Route path=path!("/enrolments/new") view=NewEnrolmentPage />
                <Route path=path!("/enrolments/:id") view=EnrolmentPage />
                <Route path=path!("/enrolment_rules") view=EnrolmentRulesPage />
                <Route path=path!("/school_changes") view=SchoolChangesPage />
                <Route path=path!("/transfers") view=TransfersPage />
                <Route path=path!("/corrections") view=CorrectionsPage />
                <Route path=path!("/roster") view=RosterPage />
                <Route path=path!("/roster/new") view=AddToRosterPage />
                <Route path=path!("/roster/checks") view=RosterChecksPage />
                <Route path=path!("/roster/checks/:id") view=RosterCheckPage />
                <Route path=path!("/roster/sums") view=RosterSumsPage />
                <Route path=path!("/roster/rounds") view=RosterRoundsPage />
                <Route path=path!("/roster/lists") view=RosterListsPage />
                <Route path=path!("/roster/lists/new") view=NewRosterListPage />
                <Route path=path!("/roster/lists/:id") view=RosterListPage />
                <Route path=path!("/roster/:id") view=RosterEntryPage />
                <Route path=path!("/classes") view=ClassesPage />
                <Route path=path!("/classes/new") view=NewClassPage />
                <Route path=path!("/classes/:id") view=ClassPage />
                <Route path=path!("/classes/:id/edit") view=EditClassPage />
                <Route path=path!("/classes/:id/slips") view=ClassSlipsPage />
                <Route path=path!("/classes/:id/calls") view=CallsPage />
                <Route path=path!("/discussions/:id") view=TopicPage />
                <Route path=path!("/discussion_reports") view=ReportedPostsPage />
                <Route path=path!("/inquiries") view=InquiriesPage />
                <Route path=path!("/hand_ins") view=HandInsPage />
                <Route path=path!("/hand_ins/:id") view=HandInPage />
                <Route path=path!("/meetings/:id/code") view=ScreenPage />
                <Route path=path!("/meetings/:id/sheet") view=SheetPage />
                <Route path=path!("/timetable") view=TimetablePage />
                <Route path=path!("/holidays") view=HolidaysPage />
                <Route path=path!("/attendance_rules") view=AttendanceRulesPage />
                <Route path=path!("/course_rules") view=CourseRulesPage />
                <Route path=path!("/external_tools") view=ExternalToolsPage />
                <Route path=path!("/graduation_rules") view=GraduationRulesPage />
                <Route path=path!("/roll_calls") view=WithoutRollPage />
                <Route path=path!("/skills") view=SkillsPage />
                <Route path=path!("/skill_records/:id") view=SkillRecordPage />
                <Route path=path!("/check_in/:id") view=CheckInPage />
                <Route path=path!("/certificates") view=CertificatesPage />
                <Route path=path!("/classes/:id/graduates") view=GraduateCandidatesPage />
                <Route path=path!("/graduations") view=GraduationsPage />
                <Route path=path!("/diplomas") view=DiplomasPage />
                <Route path=path!("/rights") view=RightsPage />
                <Route path=path!("/rights/new") view=GrantPage />
                <Route path=path!("/accounts") view=AccountsPage />
                <Route path=path!("/audit") view=AuditPage />
                <Route path=path!("/system") view=SystemPage />
            </ParentRoute>
            <ParentRoute path=path!("") view=StudyFrame>
                <Route path=path!("/learn/courses/:id") view=CourseMapPage />
                <Route path=path!("/learn/units/:id") view=UnitPage />
                <Route path=path!("/learn/downloads") view=DownloadsPage />
            </ParentRoute>
            <ParentRoute path=path!("") view=OfflineFrame>
                <Route path=path!("/visits") view=MyVisitsPage />
                <Route path=path!("/meetings/:id") view=MeetingPage />
            </ParentRoute>
        </Routes>
    }
}
