//! A draft goes to somebody else before learners study it: submitted, then published, returned with remarks, or
//! taken back. While it is there nobody changes it.

pub(super) mod routes;

use super::{
    authoring::{AuthorCourse, PublishCourse, none_of, publish_draft, to_be_published},
    catalogue::parse,
    entity::{course_review, course_version},
    external, store,
};
use crate::{
    access::{Actor, Permit},
    identity, media, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId},
    learning::{
        CourseReview, DraftSaving, KeptDraft, ReturnDraft, ReviewCase, ReviewRefusal, ReviewState, ReviewStep,
        UnitRemark, WaitingReview, content_recordings, judge_draft, judge_review, lessons_without, links_without,
        may_submit, may_write,
    },
    problem::ProblemCode,
    rights::Right,
    work::{WorkKind, WorkLine},
};
use std::collections::HashMap;

/// What is known of a draft and of those who write it.
pub(super) struct Case {
    review: Option<course_review::Model>,
    authors: Vec<AccountId>,
}

impl Case {
    /// Reads it.
    pub(super) async fn of(conn: &impl ConnectionTrait, version_id: CourseVersionId) -> AppResult<Self> {
        let review = store::last_review(conn, version_id).await?;
        let writers = store::list_writers(conn, &[version_id]).await?;
        let mut authors: Vec<_> = writers.into_iter().map(|(_, writer)| writer).collect();
        authors.extend(review.iter().filter(|row| is_waiting(row)).map(|row| row.submitted_by));
        Ok(Self { review, authors })
    }

    /// As the rules see it.
    fn facts(&self) -> AppResult<ReviewCase<'_>> {
        let state = self.review.as_ref().map(state_of).transpose()?;
        Ok(ReviewCase { state, authors: &self.authors })
    }

    /// Whether somebody has a hand in it.
    pub(super) fn is_own(&self, account_id: AccountId) -> bool {
        self.authors.contains(&account_id)
    }

    /// As it is shown.
    pub(super) async fn view(self, cx: &Services) -> AppResult<Option<CourseReview>> {
        let Some(row) = self.review else { return Ok(None) };
        let people: Vec<_> = [Some(row.submitted_by), row.decided_by].into_iter().flatten().collect();
        let names = identity::names_of(cx, &people).await?;
        let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
        Ok(Some(CourseReview {
            state: state_of(&row)?,
            submitted_by_name: name(row.submitted_by),
            submitted_at: row.submitted_at,
            decided_by_name: row.decided_by.map(name),
            decided_at: row.decided_at,
            note: row.note,
            remarks: serde_json::from_str(&row.remarks).map_err(AppError::internal)?,
        }))
    }
}

fn state_of(row: &course_review::Model) -> AppResult<ReviewState> {
    ReviewState::parse(&row.state).ok_or_else(|| AppError::internal("a review in an unknown state"))
}

fn is_waiting(row: &course_review::Model) -> bool {
    row.state == ReviewState::Waiting.as_str()
}

/// The draft of a course; nobody else changes it until the write ends.
async fn locked(tx: &Tx, id: CourseId) -> AppResult<course_version::Model> {
    store::lock_draft(tx.conn(), id).await?.ok_or_else(AppError::not_found)
}

/// The same, if it is still what was seen.
async fn locked_at(tx: &Tx, id: CourseId, seen: i32) -> AppResult<course_version::Model> {
    let draft = locked(tx, id).await?;
    if draft.version == seen { Ok(draft) } else { Err(AppError::Problem(ProblemCode::Stale)) }
}

/// Saves a text as a draft that is locked, over the version that its author has seen; notes who has written it. What
/// they have saved already and send again changes nothing.
///
/// # Errors
/// `wrong-state` while it is in review; `stale` if somebody has saved since.
pub(super) async fn write_draft(
    tx: &Tx,
    by: AccountId,
    draft: &course_version::Model,
    seen: i32,
    text: String,
) -> AppResult<()> {
    let kept = KeptDraft { text: &draft.content, version: draft.version, edited_by: draft.edited_by };
    let saving = judge_draft(&kept, seen, &text, by);
    if saving == DraftSaving::Repeat {
        return Ok(());
    }
    may_write(&Case::of(tx.conn(), draft.id).await?.facts()?).map_err(AppError::refused)?;
    let is_saved =
        saving == DraftSaving::Replace && store::save_draft(tx.conn(), draft.id, seen, text, by, tx.now()).await?;
    if !is_saved {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    store::insert_writer(tx.conn(), draft.id, by).await
}

/// Submits the draft that was seen.
///
/// # Errors
/// The fields that are missing or wrong; `wrong-state` if it is in review, or nothing has changed since the last
/// publication; `stale` if somebody has saved since.
pub(super) async fn submit(cx: &Services, permit: &Permit<AuthorCourse>, seen: i32) -> AppResult<()> {
    let by = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let draft = locked_at(tx, *permit.target(), seen).await?;
            submit_draft(cx, tx, by, &draft).await
        })
        .await
}

/// Submits a draft that is locked, within a write.
pub(super) async fn submit_draft(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    draft: &course_version::Model,
) -> AppResult<()> {
    let has_changed = draft.number == 1 || draft.version > 1;
    may_submit(&Case::of(tx.conn(), draft.id).await?.facts()?, has_changed).map_err(AppError::refused)?;
    let content = to_be_published(draft)?;
    let missing = media::missing_recordings(tx, &content_recordings(&content)).await?;
    none_of(lessons_without(&content, &missing))?;
    none_of(links_without(&content, &external::active_tools(tx.conn()).await?))?;
    let row = course_review::Model {
        id: cx.ids.uuid(),
        course_version_id: draft.id,
        state: ReviewState::Waiting.as_str().to_owned(),
        submitted_by: by,
        submitted_at: tx.now(),
        decided_by: None,
        decided_at: None,
        note: String::new(),
        remarks: "[]".to_owned(),
    };
    tx.note("number", draft.number);
    tx.note("state", ReviewState::Waiting.as_str());
    store::insert_review(tx.conn(), row).await
}

/// Takes the draft back from review.
///
/// # Errors
/// `wrong-state` if it is not in review.
pub(super) async fn take_back(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<()> {
    let by = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let draft = locked(tx, *permit.target()).await?;
            settle(tx, by, &draft, ReviewStep::TakeBack, None).await
        })
        .await
}

/// Sends the draft that was seen back to its authors.
///
/// # Errors
/// The fields that are wrong; `wrong-state` if it is not in review, `second-person-needed` if the reviewer has
/// written it, `stale` if it is not what was seen.
pub(super) async fn send_back(
    cx: &Services,
    permit: &Permit<PublishCourse>,
    seen: i32,
    returned: &ReturnDraft,
) -> AppResult<()> {
    let by = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let draft = locked_at(tx, *permit.target(), seen).await?;
            let errors = returned.check(&parse(&draft.content)?);
            if !errors.is_empty() {
                return Err(AppError::Invalid(errors));
            }
            settle(tx, by, &draft, ReviewStep::Return, Some(returned)).await
        })
        .await
}

/// Publishes the draft that was seen; what was published stays as it is, and the next draft begins with it.
///
/// # Errors
/// As for [`send_back`].
pub(super) async fn approve(cx: &Services, permit: &Permit<PublishCourse>, seen: i32) -> AppResult<()> {
    let by = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let draft = locked_at(tx, *permit.target(), seen).await?;
            approve_draft(cx, tx, by, &draft).await.map(drop)
        })
        .await
}

/// Publishes a draft that is locked, within a write.
pub(super) async fn approve_draft(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    draft: &course_version::Model,
) -> AppResult<CourseVersionId> {
    settle(tx, by, draft, ReviewStep::Approve, None).await?;
    publish_draft(cx, tx, by, draft).await
}

/// Says what becomes of a draft that is locked.
async fn settle(
    tx: &Tx,
    by: AccountId,
    draft: &course_version::Model,
    step: ReviewStep,
    returned: Option<&ReturnDraft>,
) -> AppResult<()> {
    let case = Case::of(tx.conn(), draft.id).await?;
    let state = judge_review(&case.facts()?, step, by).map_err(AppError::refused)?;
    let row = case.review.ok_or_else(|| AppError::refused(ReviewRefusal::NotInReview))?;
    let (note, remarks) = match returned {
        Some(returned) => (returned.note.trim(), returned.remarks.as_slice()),
        None => ("", <&[UnitRemark]>::default()),
    };
    let remarks = serde_json::to_string(remarks).map_err(AppError::internal)?;
    tx.note("state", state.as_str());
    store::decide_review(tx.conn(), row.id, state, (by, tx.now()), (note.to_owned(), remarks)).await
}

/// The drafts that wait for a reviewer, the first submitted first.
pub(super) async fn waiting(cx: &Services, reader: AccountId) -> AppResult<Vec<WaitingReview>> {
    let rows = store::list_waiting_reviews(cx.db.read()).await?;
    let versions: Vec<_> = rows.iter().map(|row| row.course_version_id).collect();
    let courses: HashMap<_, _> = store::list_courses_of_versions(cx.db.read(), &versions).await?.into_iter().collect();
    let ids: Vec<_> = courses.values().copied().collect();
    let found = store::list_courses_by_ids(cx.db.read(), &ids).await?;
    let people: Vec<_> = rows.iter().map(|row| row.submitted_by).collect();
    let names = identity::names_of(cx, &people).await?;
    let writers = store::list_writers(cx.db.read(), &versions).await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for row in rows {
        let id = courses.get(&row.course_version_id);
        let course = found.iter().find(|course| Some(&course.id) == id).ok_or_else(AppError::not_found)?;
        waiting.push(WaitingReview {
            course_id: course.id,
            code: course.code.clone(),
            title: course.title.clone(),
            submitted_by_name: names.get(&row.submitted_by).cloned().unwrap_or_default(),
            submitted_at: row.submitted_at,
            is_own: row.submitted_by == reader || writers.contains(&(row.course_version_id, reader)),
        });
    }
    Ok(waiting)
}

/// How many of them the actor may decide.
pub(super) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    if !actor.has_any(&[Right::PublishCourse], &organisation::catalogue()) {
        return Ok(None);
    }
    let count = store::count_reviews_for(cx.db.read(), actor.account_id).await?;
    Ok(WorkLine::some(WorkKind::CoursesToReview, count))
}
