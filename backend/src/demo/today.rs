//! Today's test: however old the demo province is, there is one to sit.

use super::{
    exams::{self, ADMINISTRATORS, OFFERED},
    people::{self, Cast},
    schools,
    world::exam_title,
};
use crate::{
    access::Actor,
    learning, papers,
    platform::{
        Services,
        clock::{Clock, ManualClock},
        error::{AppError, AppResult},
    },
    sittings::{self, SittingFacts},
};
use shared::{
    ids::{CourseId, ExamSessionId},
    sittings::{ExamKind, ExamSessionState, NewExamSession},
    time::Timestamp,
};
use std::path::Path;

/// Its course.
const COURSE: &str = "GSX01";
/// Its working time, so that there is time to try it.
const DURATION_MIN: u16 = 300;
/// It begins so many seconds from now.
const IN_S: i64 = 120;
/// A test of which less is left is none of today any more, in seconds.
const LEAST_LEFT_S: i64 = 3_600;

/// Plans today's test, unless somebody whose account is offered can still sit one: the first with the newest paper of
/// its course and as if that was done yesterday, later ones with the paper of the last. A second call changes nothing.
pub(super) async fn plan(cx: &Services, clock: &ManualClock, cast: &Cast, folder: &Path) -> AppResult<()> {
    let course = learning::courses(cx).await?.into_iter().find(|course| course.code == COURSE);
    let Some(course) = course else { return Ok(()) };
    let now = clock.now();
    let tests = tests_of(cx, course.id).await?;
    if tests.iter().any(|test| can_be_sat(test, now)) {
        return Ok(());
    }
    let last = tests.into_iter().max_by_key(|test| test.starts_at);
    let paper_id = match &last {
        Some(last) => Some(last.paper_id),
        None => papers::newest_sealed(cx, course.id).await?,
    };
    let Some(paper_id) = paper_id else { return Ok(()) };
    let starts_at = now.plus_s(IN_S);
    let plan = schools::plan(&folder.join("schools.toml")).map_err(AppError::internal)?;
    let new = NewExamSession {
        title: exam_title(&plan.exam_title, &course.title, starts_at),
        course_id: course.id,
        paper_id,
        starts_at,
        duration_min: DURATION_MIN,
        hard_stop_at: None,
        kind: ExamKind::Unified,
        division: None,
        closes_at: None,
        other_paper_ids: Vec::new(),
        calendar: None,
        rules: None,
        quotas: Vec::new(),
        reviewed_up_to: None,
        browser_exam_keys: Vec::new(),
    };
    if last.is_none() {
        clock.set(now.plus_s(-super::DAY_S));
    }
    let id = exams::create(cx, cast, &new).await?;
    enter(cx, cast, id).await?;
    clock.set(now);
    tracing::info!(exam_session.id = %id, "demo.test_planned");
    Ok(())
}

/// The tests of a course that those whose accounts are offered were to sit, each by its sittings.
async fn tests_of(cx: &Services, course: CourseId) -> AppResult<Vec<SittingFacts>> {
    let mut tests = Vec::new();
    for learner in learners(cx, &OFFERED.map(str::to_owned)).await? {
        tests.extend(sittings::sittings_of_account(cx, learner.account_id).await?);
    }
    tests.retain(|test| test.course_id == course);
    Ok(tests)
}

fn can_be_sat(test: &SittingFacts, now: Timestamp) -> bool {
    test.state == ExamSessionState::Armed && test.closed_at.is_none() && test.deadline > now.plus_s(LEAST_LEFT_S)
}

async fn learners(cx: &Services, names: &[String]) -> AppResult<Vec<Actor>> {
    let mut learners = Vec::new();
    for name in names {
        learners.extend(people::known_learner(cx, name).await?);
    }
    Ok(learners)
}

/// Everybody registers who may: what was done in the demo may have closed somebody's way.
async fn enter(cx: &Services, cast: &Cast, id: ExamSessionId) -> AppResult<()> {
    exams::open_registration(cx, cast, id).await?;
    for learner in learners(cx, &exams::everybody()?).await? {
        match exams::register(cx, &learner, id).await {
            Ok(()) | Err(AppError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let planning = sittings::authorize_exam_session(cx, cast.actor(ADMINISTRATORS[0])?, id).await?;
    sittings::arrange(cx, &planning).await?;
    exams::arm(cx, cast, id).await
}
