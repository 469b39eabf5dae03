//! What tools report: each score is a fact, and task points follow from it.

use super::{OwnLink, TakeScore};
use crate::{
    access::{JobName, Permit},
    learning::{
        catalogue,
        classes::{is_in_class, lock_class},
        entity::{external_score, external_tool},
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ActivityId, ExternalScoreId, ExternalToolId},
    learning::{
        ExternalScore, OwnExternalScore, OwnExternalSubject, ScoreMessage, ScoreVerdict, judge_score, may_change,
    },
};
use std::collections::HashMap;

/// Takes what a tool reports of a learner in an activity; a repeat changes nothing.
///
/// # Errors
/// The fields that are wrong; `not-found` if the learner does not study the activity, or it does not lie in this tool in
/// the version that they study; `wrong-state` if the class is over or the tool has reported a later score.
pub(super) async fn take(
    cx: &Services,
    tool: &external_tool::Model,
    activity_id: ActivityId,
    message: &ScoreMessage,
) -> AppResult<()> {
    let (subject_id, score) = message.check(cx.clock.now()).map_err(AppError::Invalid)?;
    let subject = store::find_external_subject(cx.db.read(), subject_id).await?;
    let subject = subject.filter(|subject| subject.tool_id == tool.id);
    let subject = subject.ok_or_else(|| AppError::field("/userId", "not-found"))?;
    let OwnLink { own, link, .. } = OwnLink::find(cx, subject.account_id, activity_id).await?;
    if link.tool_id != Some(tool.id) {
        return Err(AppError::not_found());
    }
    let (class_id, id): (_, ExternalScoreId) = (own.studied.class.id, cx.ids.new_id());
    let permit = Permit::<TakeScore>::for_job(JobName::ServeExternalTools, activity_id);
    cx.db
        .write(&permit, async |tx| {
            may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
            store::lock_learner(tx.conn(), subject.account_id).await?;
            if !is_in_class(tx.conn(), class_id, subject.account_id).await? {
                return Err(AppError::not_found());
            }
            let last = store::last_external_score(tx.conn(), subject.id, activity_id).await?;
            let verdict = judge_score(last.as_ref().map(score_of).as_ref(), &score).map_err(AppError::refused)?;
            tx.note("external_tool", tool.id.to_string());
            tx.note("subject", subject.id.to_string());
            tx.note("is_repeat", verdict == ScoreVerdict::Repeat);
            if verdict == ScoreVerdict::Repeat {
                return Ok(());
            }
            let row = external_score::Model {
                id,
                subject_id: subject.id,
                activity_id,
                course_id: own.studied.course_id,
                unit_id: own.unit().id,
                scored_at: score.scored_at,
                is_completed: score.is_completed,
                given: score.points.map(|(given, _)| given),
                most: score.points.map(|(_, most)| most),
                received_at: tx.now(),
            };
            store::insert_external_score(tx.conn(), row).await
        })
        .await
}

fn score_of(row: &external_score::Model) -> ExternalScore {
    ExternalScore { scored_at: row.scored_at, is_completed: row.is_completed, points: row.given.zip(row.most) }
}

/// As whom tools know a learner, and what they reported.
///
/// # Errors
/// If the store fails.
pub async fn external_subjects_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnExternalSubject>> {
    let conn = cx.db.read();
    let subjects = store::list_external_subjects(conn, account_id).await?;
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = subjects.iter().map(|subject| subject.id).collect();
    let scores = store::list_scores_of_subjects(conn, &ids).await?;
    let courses = catalogue::course_heads(cx, scores.iter().map(|score| score.course_id)).await?;
    let tools = store::list_external_tools(conn).await?;
    let titles: HashMap<ExternalToolId, String> = tools.into_iter().map(|tool| (tool.id, tool.title)).collect();
    let own = |score: &external_score::Model| OwnExternalScore {
        course_title: courses.get(&score.course_id).map(|course| course.title.clone()).unwrap_or_default(),
        is_completed: score.is_completed,
        given: score.given,
        most: score.most,
        received_at: score.received_at,
    };
    let told = subjects.iter().map(|subject| OwnExternalSubject {
        subject: subject.id,
        tool_title: titles.get(&subject.tool_id).cloned().unwrap_or_default(),
        scores: scores.iter().filter(|score| score.subject_id == subject.id).map(own).collect(),
    });
    Ok(told.collect())
}
