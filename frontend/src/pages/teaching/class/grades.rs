//! 成绩册: what came of each learner in each course, in one table whose names stay in sight.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{exports::Export, hand_ins::HandInTag, organisation::words::words, results::grade_name},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{Card, Column, Paged, PagedView, Table, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{AssignmentGrade, AssignmentTally, ExerciseTally, MarkedPoints, QuizTally},
    page::Page,
    results::{CourseGrades, Grade, GradebookRow, TestScore},
};

/// The part of the page.
#[component]
pub(super) fn Grades(
    /// The class.
    class_id: ClassId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let book = Paged::new(move |cursor| {
        let path = format!("/classes/{class_id}/gradebook?{}", query(&[("cursor", cursor)]));
        async move {
            let page: Outcome<Page<GradebookRow>> = client::get(actor, &path).await;
            page
        }
    });
    // Every row has the same courses.
    let titles = Memo::new(move |_| {
        let of_row = |row: &GradebookRow| -> Vec<String> {
            row.courses.iter().map(|course| course.course_title.clone()).collect()
        };
        book.rows().with(|rows| rows.first().map(of_row).unwrap_or_default())
    });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.gradebook))>
            <p class="muted small">{t!(i18n, classes.gradebook_about)}</p>
            <Export
                name=words(|locale| td_string!(locale, exports.list_gradebook))
                path=move |()| format!("/classes/{class_id}/gradebook/exports")
            />
            <PagedView paged=book empty=words(|locale| td_string!(locale, classes.no_members))>
                <div class="gradebook">{move || view! { <Book titles=titles.get() rows=book.rows() /> }}</div>
            </PagedView>
        </Card>
    }
}

/// The table, with a column for each of these courses.
#[component]
fn Book(titles: Vec<String>, rows: Signal<Vec<GradebookRow>>) -> impl IntoView {
    let name = Column::text(words(|locale| td_string!(locale, people.name)));
    let courses = titles.into_iter().map(|title| Column::text(Signal::stored(title)));
    let columns: Vec<_> = std::iter::once(name).chain(courses).collect();
    view! {
        <Table
            caption=words(|locale| td_string!(locale, exports.list_gradebook))
            columns
            rows
            key=|row| row.account_id
            row
        />
    }
}

fn row(learner: GradebookRow) -> impl IntoView {
    view! {
        <th scope="row">{learner.display_name}</th>
        {learner.courses.into_iter().map(|course| view! { <td><Cell course /></td> }).collect_view()}
    }
}

/// What came of a learner in one course.
#[component]
fn Cell(course: CourseGrades) -> impl IntoView {
    let i18n = use_i18n();
    let CourseGrades {
        exercises,
        assignments,
        quizzes,
        class_hours,
        online_class_hours,
        needed_hours,
        results,
        grade,
        ..
    } = course;
    let ExerciseTally { exercises, done, right_at_once } = exercises;
    let tests: Vec<_> = results.iter().map(score).collect();
    let result = move || match tests.join(t_string!(i18n, common.list_comma)) {
        none if none.is_empty() => t_string!(i18n, classes.no_result).to_owned(),
        tests => t_string!(i18n, classes.test_results, results = tests),
    };
    view! {
        <div class="grades num">
            <span>
                {move || t_string!(i18n, classes.exercises_of, done = done, all = exercises, right = right_at_once)}
            </span>
            <Assignments assignments />
            <Quizzes quizzes />
            <span>{move || t_string!(i18n, classes.hours_of, hours = class_hours, needed = needed_hours)}</span>
            {(online_class_hours > 0)
                .then(|| view! { <span>{t!(i18n, classes.hours_online, hours = online_class_hours)}</span> })}
            <span>{result}</span>
            {grade.map(|grade| view! {
                <Tag tone=tone(grade)>{move || grade_name(i18n.get_locale(), grade)}</Tag>
            })}
        </div>
    }
}

/// The assignments of a course together, and each of them for who asks. Nothing where there are none.
#[component]
fn Assignments(assignments: Vec<AssignmentGrade>) -> impl IntoView {
    let i18n = use_i18n();
    let tally = AssignmentTally::of(&assignments);
    let AssignmentTally { assignments: all, handed_in, .. } = tally;
    let counted = move || t_string!(i18n, classes.assignments_of, done = handed_in, all = all);
    let scored = tally.score();
    (all > 0).then(|| {
        view! {
            <details>
                <summary>
                    {counted}
                    {scored.map(|mark| view! { " " <Marked mark /> })}
                </summary>
                <ul class="stack">
                    {assignments.into_iter().map(|assignment| view! { <OneAssignment assignment /> }).collect_view()}
                </ul>
            </details>
        }
    })
}

/// The quizzes of a course together. Nothing where there are none.
#[component]
fn Quizzes(quizzes: QuizTally) -> impl IntoView {
    let i18n = use_i18n();
    let QuizTally { quizzes: all, done, .. } = quizzes;
    let scored = quizzes.score();
    (all > 0).then(|| {
        view! {
            <span>
                {move || t_string!(i18n, classes.quizzes_of, done = done, all = all)}
                {scored.map(|mark| view! { " " <Marked mark /> })}
            </span>
        }
    })
}

/// One assignment, and what came of it.
#[component]
fn OneAssignment(assignment: AssignmentGrade) -> impl IntoView {
    let i18n = use_i18n();
    let AssignmentGrade { title, state, mark, .. } = assignment;
    let stands = match (mark, state) {
        (Some(mark), _) => view! { <Marked mark /> }.into_any(),
        (None, Some(state)) => view! { <HandInTag state /> }.into_any(),
        (None, None) => view! { <span class="muted">{t!(i18n, learning.assignment_to_do)}</span> }.into_any(),
    };
    view! { <li>{title} " " {stands}</li> }
}

/// Points, of the most that there were.
#[component]
fn Marked(mark: MarkedPoints) -> impl IntoView {
    let i18n = use_i18n();
    let MarkedPoints { points, most } = mark;
    let words =
        move || t_string!(i18n, learning.assignment_score, points = points.to_string(), most = most.to_string());
    view! { <span>{words}</span> }
}

fn score(result: &TestScore) -> String {
    format!("{}/{}", result.score, result.max_score)
}

const fn tone(grade: Grade) -> Tone {
    match grade {
        Grade::A | Grade::B => Tone::Ok,
        Grade::C => Tone::Wait,
        Grade::D => Tone::Stop,
    }
}
