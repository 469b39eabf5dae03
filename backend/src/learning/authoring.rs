//! Writing courses: one draft a course, saved over what its author has seen and published by somebody else
//! (`reviews`); published versions never change.

use super::{
    catalogue::parse,
    entity::{course, course_version},
    reviews, store,
};
use crate::{
    access::{Permit, actions},
    media,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, CourseId, CourseVersionId},
    learning::{
        CopyCourse, CourseContent, CourseDraft, CourseKind, NewCourse, content_pictures, heavy_lessons, validate_draft,
        validate_new_course, validate_publication,
    },
    problem::FieldError,
};

actions! {
    /// Write a course: create it, change its draft.
    AuthorCourse(CourseId) = AuthorCourse;
    /// Publish what somebody else has written of a course, or return it.
    PublishCourse(CourseId) = PublishCourse;
}

/// Nothing, if there are no errors.
///
/// # Errors
/// All of them.
pub(super) fn none_of(errors: Vec<FieldError>) -> AppResult<()> {
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// Creates a course with an empty draft.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<AuthorCourse>,
    key: &IdempotencyKey,
    new: &NewCourse,
) -> AppResult<CourseId> {
    let author = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, new, async || {
                insert(cx, tx, author, (*permit.target(), new), &CourseContent::default()).await.map(|(id, _)| id)
            })
            .await
        })
        .await
}

/// Creates a course with an empty draft, within a write.
///
/// # Errors
/// The fields that are wrong; `duplicate` if the code is taken.
pub async fn create_course(cx: &Services, tx: &Tx, by: AccountId, new: NewCourse) -> AppResult<CourseId> {
    insert(cx, tx, by, (cx.ids.new_id(), &new), &CourseContent::default()).await.map(|(id, _)| id)
}

/// Creates a course with the draft of another. Its units and their activities are its own; what they hold is the same,
/// and pictures are the same by their names.
///
/// # Errors
/// `not-found` if there is no such course; the fields that are wrong, `duplicate` if the code is taken.
pub(super) async fn copy(
    cx: &Services,
    permit: &Permit<AuthorCourse>,
    key: &IdempotencyKey,
    wanted: &CopyCourse,
) -> AppResult<CourseId> {
    let (author, source) = (permit.person()?, *permit.target());
    let known = super::course(cx, source).await?;
    let row = store::find_course(cx.db.read(), source).await?.ok_or_else(AppError::not_found)?;
    let kind = CourseKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown kind of a course"))?;
    let new = NewCourse {
        code: wanted.code.clone(),
        title: wanted.title.clone(),
        level: known.level,
        role: known.role,
        kind,
        class_hours: known.class_hours,
        face_to_face_hours: known.face_to_face_hours,
        summary: known.summary,
    };
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, &(source, wanted), async || {
                let row = store::find_draft(tx.conn(), source).await?.ok_or_else(AppError::not_found)?;
                let mut content = parse(&row.content)?;
                for unit in content.modules.iter_mut().flat_map(|module| &mut module.units) {
                    unit.id = cx.ids.new_id();
                    for activity in &mut unit.activities {
                        activity.id = cx.ids.new_id();
                    }
                }
                let (id, version_id) = insert(cx, tx, author, (cx.ids.new_id(), &new), &content).await?;
                // Who wrote a word of it has written it here, too.
                let writers = store::list_writers(tx.conn(), &[row.id]).await?;
                for writer in writers.into_iter().map(|(_, writer)| writer).chain([author]) {
                    store::insert_writer(tx.conn(), version_id, writer).await?;
                }
                tx.note("copy", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// The course and its draft.
async fn insert(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    (id, new): (CourseId, &NewCourse),
    content: &CourseContent,
) -> AppResult<(CourseId, CourseVersionId)> {
    none_of(validate_new_course(new))?;
    let row = course::Model {
        id,
        code: new.code.trim().to_owned(),
        title: new.title.trim().to_owned(),
        level: new.level.as_str().to_owned(),
        role: new.role.as_str().to_owned(),
        kind: new.kind.as_str().to_owned(),
        class_hours: i32::from(new.class_hours),
        face_to_face_hours: i32::from(new.face_to_face_hours),
        summary: new.summary.trim().to_owned(),
        created_by: by,
        created_at: tx.now(),
    };
    if !store::insert_course(tx.conn(), row).await? {
        return Err(AppError::field("/code", "duplicate"));
    }
    Ok((id, insert_draft(cx, tx, by, (id, 1), content).await?))
}

async fn insert_draft(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    (course_id, number): (CourseId, i32),
    content: &CourseContent,
) -> AppResult<CourseVersionId> {
    let id = cx.ids.new_id();
    let row = course_version::Model {
        id,
        course_id,
        number,
        version: 1,
        content: to_text(content)?,
        edited_by: by,
        edited_at: tx.now(),
        published_at: None,
    };
    store::insert_version(tx.conn(), row).await?;
    Ok(id)
}

pub(super) fn to_text(content: &CourseContent) -> AppResult<String> {
    serde_json::to_string(content).map_err(AppError::internal)
}

/// The draft of a course, as an author or a reviewer reads it.
pub(super) async fn draft(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<CourseDraft> {
    let id = *permit.target();
    let row = store::find_draft(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let course = super::course(cx, id).await?;
    let content = parse(&row.content)?;
    let pictures: Vec<String> = content_pictures(&content).into_iter().map(str::to_owned).collect();
    let weights = media::weights(cx, &pictures).await?;
    let heavy = heavy_lessons(&content, |sha256| weights.get(sha256).copied().unwrap_or_default());
    let case = reviews::Case::of(cx.db.read(), row.id).await?;
    Ok(CourseDraft {
        id: row.id,
        course,
        version: row.version,
        content,
        heavy,
        recording_limits: cx.config.recordings,
        is_own: case.is_own(permit.person()?),
        review: case.view(cx).await?,
    })
}

/// Saves a draft over the version that the author has seen; a repeat changes nothing.
///
/// # Errors
/// The fields that are wrong; `wrong-state` while it is in review; `stale` if somebody else has saved since.
pub(super) async fn save(
    cx: &Services,
    permit: &Permit<AuthorCourse>,
    seen: i32,
    content: &CourseContent,
) -> AppResult<()> {
    none_of(validate_draft(content))?;
    let (author, text) = (permit.person()?, to_text(content)?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_draft(tx.conn(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
            reviews::write_draft(tx, author, &row, seen, text.clone()).await?;
            tx.note("version", seen + 1);
            Ok(())
        })
        .await
}

/// The content of a draft, if nothing stands between it and its publication.
///
/// # Errors
/// The fields that are missing or wrong.
pub(super) fn to_be_published(draft: &course_version::Model) -> AppResult<CourseContent> {
    let content = parse(&draft.content)?;
    none_of(validate_publication(&content))?;
    Ok(content)
}

/// Publishes a draft that is locked and was approved; the next draft begins with it.
pub(super) async fn publish_draft(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    draft: &course_version::Model,
) -> AppResult<CourseVersionId> {
    let content = to_be_published(draft)?;
    store::set_published(tx.conn(), draft.id, tx.now()).await?;
    insert_draft(cx, tx, by, (draft.course_id, draft.number + 1), &content).await?;
    tx.note("number", draft.number);
    tx.note("sha256", hex::encode(Sha256::digest(&draft.content)));
    Ok(draft.id)
}

/// Saves a content as the draft and publishes it, within a write: one person writes it, another approves it.
///
/// # Errors
/// The fields that are missing or wrong; `second-person-needed` if they are the same.
pub async fn save_and_publish(
    cx: &Services,
    tx: &Tx,
    (by, reviewer): (AccountId, AccountId),
    id: CourseId,
    content: CourseContent,
) -> AppResult<CourseVersionId> {
    let row = store::lock_draft(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    reviews::write_draft(tx, by, &row, row.version, to_text(&content)?).await?;
    let row = store::lock_draft(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    reviews::submit_draft(cx, tx, by, &row).await?;
    reviews::approve_draft(cx, tx, reviewer, &row).await
}
