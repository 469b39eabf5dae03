//! From points to a released result.

use super::{entity::result, measuring::RESULTS_RELEASED, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning::{self, KeptCourseRules},
    marking,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
    sittings::{self, ExamSessionFacts},
};
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, SittingId},
    points::Points,
    problem::ProblemCode,
    results::{Grade, GradeRules, MyResult, grade, has_passed},
    rights::Place,
    sittings::{ExamSessionState, ResultBar, may_move},
    time::Timestamp,
};
use std::collections::HashMap;

/// What incidents mean for results, by sitting; nothing of those that are free.
type Bars = HashMap<SittingId, ResultBar>;

actions! {
    /// Be one of the two persons who release results.
    ReleaseResults(ExamSessionId) = ReleaseResults;
    /// See one's own results.
    ReadOwnResults(AccountId) = ReadOwnRecord;
}

/// Releases the results of an exam session: the first person's call is noted, a second person's
/// writes one result a sitting and publishes them all.
///
/// # Errors
/// `wrong-state` unless it is in marking and no response waits for a marker;
/// `second-person-needed` if the first person calls again.
pub async fn release(cx: &Services, permit: &Permit<ReleaseResults>) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let exam_session = sittings::lock_exam_session(tx, id).await?;
            may_move(exam_session.state, ExamSessionState::Published).map_err(AppError::refused)?;
            let scores = marking::scores_of(tx.conn(), id).await?;
            let scores = scores.filter(|_| exam_session.scored_at.is_some());
            let scores = scores.ok_or(AppError::Problem(ProblemCode::WrongState))?;
            if !sittings::propose_release(tx, &exam_session, person).await? {
                tx.note("person", 1);
                return Ok(());
            }
            let sat = sittings::sittings_within(tx, id).await?;
            let scored = sat.iter().filter_map(|one| Some((one.id, one.account_id, *scores.get(&one.id)?)));
            let accounts: Vec<_> = sat.iter().map(|one| one.account_id).collect();
            let (courses, today) = ([exam_session.course_id], tx.now().date_in_china());
            let kept = learning::kept_course_rules(tx.conn(), &accounts, &courses, today).await?;
            let rows: Vec<_> = scored.map(|scored| row(&exam_session, scored, &kept, tx.now())).collect();
            publish(tx, &exam_session, &rows).await
        })
        .await
}

fn row(
    exam_session: &ExamSessionFacts,
    (sitting_id, account_id, sum): (SittingId, AccountId, marking::SittingScore),
    kept: &KeptCourseRules,
    released_at: Timestamp,
) -> result::Model {
    let rules = grade_rules(kept.pass_pct(account_id, exam_session.course_id));
    result::Model {
        sitting_id,
        exam_session_id: exam_session.id,
        account_id,
        course_id: exam_session.course_id,
        score: sum.score,
        max_score: sum.max_score,
        grade: grade(sum.score, sum.max_score, &rules).as_str().to_owned(),
        has_passed: exam_session.kind.counts() && has_passed(sum.score, sum.max_score, &rules),
        released_at,
    }
}

/// What counts, where the learner keeps a rule by which the test is passed from this per cent on.
pub(super) fn grade_rules(pass_pct: Option<u8>) -> GradeRules {
    let rules = GradeRules::zhejiang_2022();
    GradeRules { pass_pct: pass_pct.unwrap_or(rules.pass_pct), ..rules }
}

async fn publish(tx: &Tx, exam_session: &ExamSessionFacts, rows: &[result::Model]) -> AppResult<()> {
    store::insert(tx.conn(), rows).await?;
    tx.note("results", rows.len());
    // How an item did where people practised says nothing of it.
    if exam_session.kind.counts() {
        tx.emit(RESULTS_RELEASED, serde_json::json!({ "exam_session_id": exam_session.id }));
    }
    sittings::move_exam_session(tx, exam_session, ExamSessionState::Published).await
}

/// One released result, as other features need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedResult {
    /// The learner.
    pub account_id: AccountId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// The course.
    pub course_id: CourseId,
    /// The score.
    pub score: Points,
    /// What the paper was worth.
    pub max_score: Points,
    /// The grade.
    pub grade: Grade,
    /// Whether it is enough for a certificate; never while an incident holds it or makes it void.
    pub has_passed: bool,
    /// When it was released.
    pub released_at: Timestamp,
}

pub(super) fn grade_of(row: &result::Model) -> AppResult<Grade> {
    Grade::parse(&row.grade).ok_or_else(|| AppError::internal(format!("grade {}", row.grade)))
}

fn released_result(row: result::Model) -> AppResult<ReleasedResult> {
    let grade = grade_of(&row)?;
    Ok(ReleasedResult {
        account_id: row.account_id,
        sitting_id: row.sitting_id,
        exam_session_id: row.exam_session_id,
        course_id: row.course_id,
        score: row.score,
        max_score: row.max_score,
        grade,
        has_passed: row.has_passed,
        released_at: row.released_at,
    })
}

/// The released results of an exam session.
///
/// # Errors
/// If the store fails.
pub async fn released_in(cx: &Services, id: ExamSessionId) -> AppResult<Vec<ReleasedResult>> {
    let rows = store::list_of_exam_session(cx.db.read(), id).await?;
    let bars = bars_of(cx, &rows).await?;
    rows.into_iter().map(|row| counting(row, &bars)).collect()
}

/// What incidents mean for these results.
pub(super) async fn bars_of(cx: &Services, rows: &[result::Model]) -> AppResult<Bars> {
    let ids: Vec<_> = rows.iter().map(|row| row.sitting_id).collect();
    sittings::bars_of(cx.db.read(), &ids).await
}

/// A result that is passed only if nothing bars it.
fn counting(row: result::Model, bars: &Bars) -> AppResult<ReleasedResult> {
    let is_free = !bars.contains_key(&row.sitting_id);
    let result = released_result(row)?;
    Ok(ReleasedResult { has_passed: result.has_passed && is_free, ..result })
}

/// The released result of a sitting, if there is one. Nobody changes it, and no incident begins to bar it, until the
/// write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_released_for(tx: &Tx, id: SittingId) -> AppResult<Option<ReleasedResult>> {
    let Some(row) = store::lock(tx.conn(), id).await? else { return Ok(None) };
    let bars = sittings::hold_bar(tx, id).await?.map(|bar| (id, bar)).into_iter().collect();
    counting(row, &bars).map(Some)
}

/// A learner's released results, the latest first; those that an incident holds or makes void are not told.
///
/// # Errors
/// If the store fails.
pub async fn released(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyResult>> {
    let rows = store::list_of_account(cx.db.read(), account_id).await?;
    let (bars, mut results) = (bars_of(cx, &rows).await?, Vec::new());
    for row in rows.into_iter().filter(|row| !bars.contains_key(&row.sitting_id)) {
        let row = released_result(row)?;
        let exam_session = sittings::exam_session_facts(cx, row.exam_session_id).await?;
        results.push(MyResult {
            sitting_id: row.sitting_id,
            exam_session_id: row.exam_session_id,
            title: exam_session.title,
            kind: exam_session.kind,
            course_id: row.course_id,
            course_title: learning::course(cx, row.course_id).await?.title,
            score: row.score,
            max_score: row.max_score,
            grade: row.grade,
            has_passed: row.has_passed,
            released_at: row.released_at,
        });
    }
    Ok(results)
}

/// The actor's own released results.
///
/// # Errors
/// `forbidden` for who is no learner.
pub(super) async fn list_own(cx: &Services, actor: &Actor) -> AppResult<Vec<MyResult>> {
    let account = actor.account_id;
    let _: Permit<ReadOwnResults> = authorize(actor, account, &Place::Own { account })?;
    released(cx, account).await
}
