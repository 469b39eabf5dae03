//! 成绩册: exercises, assignments, quizzes, class hours, released results and grades of the learners of a class, page by
//! page; a few statements a page, whatever the size of the class.

use super::{
    entity::result,
    service::{bars_of, grade_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    exports::{self, Cell, Filter, List, Part},
    identity,
    learning::{self, CourseTally},
    platform::{
        Services,
        error::AppResult,
        http::{decode_cursor, page},
        words::{day, word},
    },
    teaching,
};
use actix_web::HttpResponse;
use shared::{
    ids::{AccountId, ClassId, CourseId},
    learning::{AssignmentTally, ExerciseTally, MarkedPoints},
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    results::{CourseGrades, GradebookRow, TestScore, course_grade},
    teaching::CourseHours,
};
use std::collections::HashMap;

/// Which list it is.
const LIST: &str = "gradebook";
/// The columns of each course.
const COLUMNS: [&str; 13] = [
    "exercises_done",
    "exercises",
    "right_at_once",
    "assignments_handed_in",
    "assignments",
    "assignment_points",
    "quizzes_done",
    "quizzes",
    "quiz_points",
    "hours",
    "hours_online",
    "test_results",
    "grade",
];

actions! {
    /// Read what came of the learners of a class.
    ReadGradebook(ClassId) = FollowClass;
}

/// Lets the actor read the gradebook of a class.
///
/// # Errors
/// `not-found`, or `forbidden` for who sees the class and does not follow it.
pub(super) async fn permit(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Permit<ReadGradebook>> {
    learning::permit_class(cx, actor, id).await
}

/// One page of the learners who are in a class, in the order in which they joined.
pub(super) async fn list(
    cx: &Services,
    permit: &Permit<ReadGradebook>,
    query: &PageQuery,
) -> AppResult<Page<GradebookRow>> {
    let id = *permit.target();
    let members = learning::learners_after(cx, id, decode_cursor(query)?, query.rows() + 1).await?;
    let found = page(members, query, |member| *member);
    let accounts: Vec<_> = found.items.iter().map(|(_, account_id)| *account_id).collect();
    Ok(Page { items: rows(cx, id, &accounts).await?, next_cursor: found.next_cursor })
}

/// Everything that is known of some learners, by learner and course.
struct Known {
    work: HashMap<(AccountId, CourseId), CourseTally>,
    hours: HashMap<AccountId, Vec<CourseHours>>,
    results: HashMap<(AccountId, CourseId), Vec<TestScore>>,
}

async fn rows(cx: &Services, id: ClassId, accounts: &[AccountId]) -> AppResult<Vec<GradebookRow>> {
    let courses = learning::taught_courses(cx, id).await?;
    let ids: Vec<_> = courses.iter().map(|(course_id, _)| *course_id).collect();
    let mut results: HashMap<_, Vec<TestScore>> = HashMap::new();
    let found = store::list_of_accounts(cx.db.read(), accounts, &ids).await?;
    let bars = bars_of(cx, &found).await?;
    for row in found.into_iter().filter(|row| !bars.contains_key(&row.sitting_id)) {
        results.entry((row.account_id, row.course_id)).or_default().push(score(&row)?);
    }
    let known = Known {
        work: learning::course_tallies(cx, id, accounts).await?,
        hours: teaching::hours_in_class(cx, id, accounts).await?,
        results,
    };
    let names = identity::names_of(cx, accounts).await?;
    let row = |account_id: &AccountId| GradebookRow {
        account_id: *account_id,
        display_name: names.get(account_id).cloned().unwrap_or_default(),
        courses: courses.iter().map(|course| grades(&known, *account_id, course)).collect(),
    };
    Ok(accounts.iter().map(row).collect())
}

fn score(row: &result::Model) -> AppResult<TestScore> {
    let (score, max_score, released_at) = (row.score, row.max_score, row.released_at);
    Ok(TestScore { score, max_score, grade: grade_of(row)?, released_at })
}

fn grades(known: &Known, account_id: AccountId, (course_id, title): &(CourseId, String)) -> CourseGrades {
    let hours = known.hours.get(&account_id).into_iter().flatten().find(|hours| hours.course_id == *course_id);
    let results = known.results.get(&(account_id, *course_id)).cloned().unwrap_or_default();
    let work = known.work.get(&(account_id, *course_id)).cloned().unwrap_or_default();
    let CourseTally { exercises, assignments, quizzes } = work;
    CourseGrades {
        course_id: *course_id,
        course_title: title.clone(),
        exercises,
        assignments,
        quizzes,
        class_hours: hours.map_or(0, |hours| hours.class_hours),
        online_class_hours: hours.map_or(0, |hours| hours.online_class_hours),
        needed_hours: hours.map_or(0, |hours| hours.needed),
        grade: course_grade(&results),
        results,
    }
}

/// The whole gradebook as a file.
///
/// # Errors
/// Those of [`permit`].
pub(super) async fn export(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<HttpResponse> {
    let permit = permit(cx, actor, id).await?;
    let class = Part { asked: id.to_string(), shown: learning::class(cx, id).await?.name };
    let mut list = List::new(LIST, &["name"], Filter::default().and("class", Some(class)));
    for (_, title) in learning::taught_courses(cx, id).await? {
        list.headers.extend(COLUMNS.map(|column| format!("{title} {}", word(&format!("exports.column_{column}")))));
    }
    exports::take(cx, &permit, list, async |cursor| {
        let query = PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) };
        let page = self::list(cx, &permit, &query).await?;
        Ok(Page { items: page.items.iter().map(cells).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn cells(row: &GradebookRow) -> Vec<Cell> {
    let of_course = |course: &CourseGrades| -> [Cell; 13] {
        let ExerciseTally { exercises, done, right_at_once } = course.exercises;
        let tally = AssignmentTally::of(&course.assignments);
        let in_points = |MarkedPoints { points, most }: MarkedPoints| format!("{points} / {most}");
        let results: Vec<_> = course.results.iter().map(in_words).collect();
        [
            u32::from(done).into(),
            u32::from(exercises).into(),
            u32::from(right_at_once).into(),
            u32::from(tally.handed_in).into(),
            u32::from(tally.assignments).into(),
            tally.score().map(in_points).into(),
            u32::from(course.quizzes.done).into(),
            u32::from(course.quizzes.quizzes).into(),
            course.quizzes.score().map(in_points).into(),
            course.class_hours.into(),
            course.online_class_hours.into(),
            results.join(" · ").into(),
            course.grade.map(|grade| word(&format!("credential.pdf.grade.{grade}"))).into(),
        ]
    };
    let courses = row.courses.iter().flat_map(of_course);
    std::iter::once(Cell::from(row.display_name.clone())).chain(courses).collect()
}

/// A result and the day of its release.
fn in_words(result: &TestScore) -> String {
    format!("{} / {} {}", result.score, result.max_score, day(result.released_at))
}
