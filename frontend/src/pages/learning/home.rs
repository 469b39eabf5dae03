//! Where a learner begins: the one next step, then the news of their classes, then every course.

use super::{
    announcements::NewAnnouncements,
    discussions::NewPosts,
    offline::{Outbox, StudyStanding},
    quizzes::NewQuizzes,
    reminders::Reminders,
    standing::{StandingTag, percent_complete, standing_sentence},
    unit_facts::facts,
    ways::BesideLessons,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::{
        sittings::{called_off::CalledOff, incident_news::IncidentNews},
        teaching::{
            meeting_notices::MeetingNotices,
            next_meeting::{NextMeeting, own_lessons},
            week_plan::WeekPlan,
        },
    },
    platform::{actor::Actor, client, kept_modules},
    shell::places,
    ui::{AsyncView, Button, ButtonLink, Card, EmptyState, PageHeading, ProgressBar, ProgressRing, Symbol},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{Gate, MyCourse, UnitProgress};

lazy_page! {
    /// The learner's home.
    LearnPage = LearnersHome in home;
}

#[component]
fn LearnersHome() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let courses = LocalResource::new(move || client::get::<Vec<MyCourse>>(actor, "/me/courses"));
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let look_again = Callback::new(move |()| courses.refetch());
    let (outbox, lessons) = (Outbox::begin(actor), own_lessons(actor));
    Effect::watch(move || outbox.taken(), move |_, _, _| courses.refetch(), false);
    // However much news there is: what to do now is in sight without a move. While courses are fetched, or cannot be, the
    // list of them says so.
    let next_step_first = move || {
        let courses = courses.get()?.ok().filter(|courses| !courses.is_empty())?;
        Some(view! { <NextStep courses /> })
    };
    let has_downloads = actor.kept_account().is_some_and(kept_modules::has_any);
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || format!("{}{}", t_string!(i18n, identity.greeting), name())) />
            <StudyStanding outbox />
            {has_downloads.then(|| view! {
                <p class="lone"><A href=places::DOWNLOADS>{t!(i18n, learning.offline_downloads)}</A></p>
            })}
            <CalledOff />
            <IncidentNews />
            {next_step_first}
            <Reminders />
            <NewAnnouncements />
            <NewQuizzes />
            <NewPosts />
            <MeetingNotices />
            <NextMeeting lessons />
            <AsyncView resource=courses let:courses>
                {if courses.is_empty() {
                    view! { <NoClass look_again /> }.into_any()
                } else {
                    let units = next_units(&courses);
                    view! {
                        <WeekPlan lessons units />
                        <Courses courses />
                    }
                    .into_any()
                }}
            </AsyncView>
        </main>
    }
}

/// What to do while no class has taken the learner in.
#[component]
fn NoClass(look_again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Card>
            <EmptyState text=Signal::derive(move || t_string!(i18n, learning.no_class).to_owned()) symbol=Symbol::Book>
                <Button on_press=look_again>{t!(i18n, learning.look_again)}</Button>
            </EmptyState>
        </Card>
    }
}

/// What a learner does next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Studies a unit of a course.
    Study(String, UnitProgress),
    /// Registers for the unified test.
    Register,
    /// Waits for a course to be written.
    Wait,
}

/// The next unit of the first course that has one; else the test.
fn next_step(courses: Vec<MyCourse>) -> Step {
    let is_open = courses.iter().any(|course| course.standing.gate == Gate::Open);
    let unit = courses.into_iter().find_map(|course| Some((course.course.title, course.next_unit?)));
    match unit {
        Some((title, unit)) => Step::Study(title, unit),
        None if is_open => Step::Register,
        None => Step::Wait,
    }
}

/// The next unit of each course that has one, with the title of the course.
fn next_units(courses: &[MyCourse]) -> Vec<(String, UnitProgress)> {
    courses.iter().filter_map(|course| Some((course.course.title.clone(), course.next_unit.clone()?))).collect()
}

/// The one thing to do now.
#[component]
fn NextStep(courses: Vec<MyCourse>) -> impl IntoView {
    let i18n = use_i18n();
    match next_step(courses) {
        Step::Study(course, unit) => view! { <StudyStep course unit /> }.into_any(),
        Step::Register => view! {
            <section class="card hero next-step stack" aria-labelledby="next-step">
                <h2 id="next-step">{t!(i18n, learning.register_title)}</h2>
                <p>{t!(i18n, learning.register_text)}</p>
                <ButtonLink href="/exams">{t!(i18n, learning.register)}</ButtonLink>
            </section>
        }
        .into_any(),
        Step::Wait => view! {
            <section class="card stack" aria-labelledby="next-step">
                <h2 id="next-step">{t!(i18n, learning.wait_title)}</h2>
                <p class="muted">{t!(i18n, learning.wait_text)}</p>
            </section>
        }
        .into_any(),
    }
}

/// A unit to go on with.
#[component]
fn StudyStep(course: String, unit: UnitProgress) -> impl IntoView {
    let i18n = use_i18n();
    let (href, read_pct, is_begun) = (format!("/learn/units/{}", unit.id), unit.read_pct, unit.is_begun());
    let title = unit.title.clone();
    view! {
        <section class="card hero next-step stack" aria-labelledby="next-step">
            <p class="small">{t!(i18n, learning.next_step)} " · " {course}</p>
            <h2 id="next-step">{title}</h2>
            <p class="num">{move || facts(i18n.get_locale(), &unit)}</p>
            <ProgressBar
                percent=read_pct
                label=Signal::derive(move || t_string!(i18n, learning.reading_progress).to_owned())
            />
            <ButtonLink href>
                {move || if is_begun { t_string!(i18n, learning.go_on) } else { t_string!(i18n, learning.begin) }}
            </ButtonLink>
        </section>
    }
}

/// Every course, with its standing.
#[component]
fn Courses(courses: Vec<MyCourse>) -> impl IntoView {
    let i18n = use_i18n();
    let sum = |count: fn(&MyCourse) -> u16| courses.iter().map(|course| u32::from(count(course))).sum::<u32>();
    let (mistakes, answers) = (sum(|course| course.mistakes), sum(|course| course.answers));
    let to_correct: Vec<_> = courses.iter().flat_map(|course| course.to_correct.clone()).collect();
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, learning.my_courses).to_owned())>
            <ul class="course-list">
                {courses.into_iter().map(|course| view! { <CourseRow course /> }).collect_view()}
            </ul>
            <BesideLessons mistakes answers to_correct />
        </Card>
    }
}

/// One course; the whole row leads to its map.
#[component]
fn CourseRow(course: MyCourse) -> impl IntoView {
    let i18n = use_i18n();
    let MyCourse { course, class_name, standing, .. } = course;
    let percent = percent_complete(&standing);
    let sentence = {
        let standing = standing.clone();
        move || standing_sentence(i18n.get_locale(), &standing)
    };
    view! {
        <li class="course-row">
            <ProgressRing
                percent
                label=Signal::derive(move || t_string!(i18n, learning.course_progress).to_owned())
            />
            <div>
                <A href=format!("/learn/courses/{}", course.id) attr:class="row-link">{course.title}</A>
                <p class="small">{sentence}</p>
                <p class="muted small">{class_name}</p>
            </div>
            <StandingTag standing />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{ClassId, CourseId, UnitId},
        learning::{CourseLevel, CourseRole, CourseStanding, CourseView},
    };
    use uuid::Uuid;

    fn course(title: &str, gate: Gate, next_unit: Option<UnitProgress>) -> MyCourse {
        let course = CourseView {
            id: CourseId(Uuid::nil()),
            code: String::new(),
            title: title.to_owned(),
            level: CourseLevel::Senior,
            role: CourseRole::Required,
            class_hours: 60,
            face_to_face_hours: 20,
            summary: String::new(),
            published_version: Some(1),
            modules: Vec::new(),
        };
        let standing = CourseStanding { task_points: 4, completed: 0, studied_minutes: 0, gate };
        let class_id = ClassId(Uuid::nil());
        MyCourse {
            course,
            class_id,
            class_name: String::new(),
            standing,
            version: 1,
            next_unit,
            mistakes: 0,
            answers: 0,
            to_correct: Vec::new(),
        }
    }

    fn unit() -> UnitProgress {
        UnitProgress {
            id: UnitId(Uuid::nil()),
            title: String::new(),
            minutes: 20,
            read_pct: 0,
            reading_left_s: 0,
            exercises: 0,
            exercises_done: 0,
            activities: 0,
            activities_done: 0,
            is_complete: false,
        }
    }

    #[test]
    fn the_first_unfinished_course_comes_next_then_the_test() {
        let missing = Gate::TaskPointsMissing { missing: 4 };
        let (done, going) = (course("a", Gate::Open, None), course("b", missing, Some(unit())));
        assert_eq!(next_step(vec![done.clone(), going]), Step::Study("b".to_owned(), unit()));
        assert_eq!(next_step(vec![course("c", missing, None), done]), Step::Register);
        assert_eq!(next_step(vec![course("c", missing, None)]), Step::Wait);
    }

    #[test]
    fn the_plan_has_the_next_unit_of_each_course() {
        let missing = Gate::TaskPointsMissing { missing: 4 };
        let courses =
            [course("a", Gate::Open, None), course("b", missing, Some(unit())), course("c", missing, Some(unit()))];
        assert_eq!(next_units(&courses), [("b".to_owned(), unit()), ("c".to_owned(), unit())]);
    }
}
