//! The learner's way to the diploma.

mod course;
mod diploma;
mod stage;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        enrolment::own::OwnRecords,
        study_proof::StudyProofCard,
        teaching::{own_hours::OwnHours, own_skills::OwnSkills},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, ButtonLink, PageHeading, ProgressRing},
};
use course::CourseCard;
use diploma::{DiplomaCard, DiplomaWay};
use leptos::prelude::*;
use shared::{
    credit_bank::{CourseTowardsDiploma, GraduationProgress},
    learning::CourseRole,
    sittings::MyExam,
};
use stage::Stage;

lazy_page! {
    /// The page.
    ProgressPage = Progress in study;
}

/// A course, and how far it has come.
type Staged = (CourseTowardsDiploma, Stage);

/// What the page shows.
#[derive(Clone)]
struct WayToDiploma {
    counted: u16,
    needed: u16,
    courses: Vec<Staged>,
    diploma: DiplomaWay,
}

impl WayToDiploma {
    fn new(progress: GraduationProgress, exams: &[MyExam]) -> Self {
        let GraduationProgress { courses, counted, needed, gaps, listed, diploma } = progress;
        let stages: Vec<_> = courses.iter().map(|course| Stage::of(course, &courses, exams)).collect();
        let diploma = DiplomaWay { gaps, listed, diploma };
        Self { counted, needed, courses: courses.into_iter().zip(stages).collect(), diploma }
    }

    fn is_empty(&self) -> bool {
        self.courses.is_empty()
    }

    /// The first course in which the learner has something to do now.
    fn next(&self) -> Option<&Staged> {
        self.courses.iter().find(|(_, stage)| stage.is_the_learners_turn())
    }
}

async fn fetch(actor: Actor) -> Outcome<WayToDiploma> {
    let (progress, exams) =
        futures::join!(client::get(actor, "/me/graduation"), client::get::<Vec<MyExam>>(actor, "/me/exams"));
    // Without the exams the page says a little less.
    Ok(WayToDiploma::new(progress?, &exams.unwrap_or_default()))
}

#[component]
fn Progress() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let way = LocalResource::new(move || fetch(actor));
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.progress_title).to_owned()) />
            <OwnRecords />
            <OwnHours />
            <AsyncView
                resource=way
                is_empty=WayToDiploma::is_empty
                empty=Signal::derive(move || t_string!(i18n, credit_bank.no_courses).to_owned())
                let:way
            >
                <Overview way=way.clone() />
                <DiplomaCard way=way.diploma.clone() />
                {GROUPS.map(|role| view! { <Group role courses=of_role(&way, role) /> }).collect_view()}
            </AsyncView>
            <OwnSkills />
            <StudyProofCard path="/me/study_proofs" />
        </main>
    }
}

/// How many courses count, and the one next step.
#[component]
fn Overview(way: WayToDiploma) -> impl IntoView {
    let i18n = use_i18n();
    let WayToDiploma { counted, needed, .. } = way;
    let percent = u8::try_from(u32::from(counted) * 100 / u32::from(needed.max(1))).unwrap_or(100).min(100);
    let left = needed.saturating_sub(counted);
    let headline = move || match left {
        0 => t_string!(i18n, credit_bank.all_counted).to_owned(),
        left => t_string!(i18n, credit_bank.courses_left, left = left),
    };
    view! {
        <section class="card hero stack diploma">
            <div class="diploma-ring">
                <ProgressRing
                    percent
                    label=Signal::derive(move || t_string!(i18n, credit_bank.counted_label).to_owned())
                >
                    {counted} "/" {needed}
                </ProgressRing>
                <div>
                    <h2>{headline}</h2>
                    <p>{t!(i18n, credit_bank.counted, counted = counted, needed = needed)}</p>
                </div>
            </div>
            {(left == 0).then(|| view! { <p>{t!(i18n, credit_bank.all_counted_next)}</p> })}
            {(left > 0).then(|| view! { <NextStep next=way.next().cloned() /> })}
        </section>
    }
}

#[component]
fn NextStep(next: Option<Staged>) -> impl IntoView {
    let i18n = use_i18n();
    let Some((course, stage)) = next else {
        return view! { <p>{t!(i18n, credit_bank.others_turn)}</p> }.into_any();
    };
    let title = course.course_title.clone();
    let way = stage.way(course.course_id);
    view! {
        <p>{move || t_string!(i18n, credit_bank.next_step, course = title.clone())}</p>
        {way.map(|(href, words)| view! { <ButtonLink href>{move || words(i18n.get_locale())}</ButtonLink> })}
    }
    .into_any()
}

/// The groups, in order.
const GROUPS: [CourseRole; 3] = [CourseRole::Required, CourseRole::ChooseOne, CourseRole::Elective];

fn of_role(way: &WayToDiploma, role: CourseRole) -> Vec<Staged> {
    way.courses.iter().filter(|(course, _)| course.role == role).cloned().collect()
}

fn group_name(locale: Locale, role: CourseRole) -> &'static str {
    match role {
        CourseRole::Required => td_string!(locale, credit_bank.role_required),
        CourseRole::ChooseOne => td_string!(locale, credit_bank.role_choose_one),
        CourseRole::Elective => td_string!(locale, credit_bank.role_elective),
    }
}

/// Courses that count in the same way; nothing where there are none.
#[component]
fn Group(role: CourseRole, courses: Vec<Staged>) -> impl IntoView {
    let i18n = use_i18n();
    (!courses.is_empty()).then(|| {
        let cards = courses.into_iter().map(|(course, stage)| view! { <CourseCard course stage /> }).collect_view();
        view! {
            <h2 class="group-name">{move || group_name(i18n.get_locale(), role)}</h2>
            {cards}
        }
    })
}
