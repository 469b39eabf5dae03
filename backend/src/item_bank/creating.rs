//! An item that its author writes here, and not in a file.

use super::{service::store_items, views};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes, once},
    },
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Path},
};
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{Item, ItemRow, validate_item},
    problem::Problem,
};

actions! {
    /// Write an item of a course.
    WriteItem(CourseId) = AuthorItem;
}

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(create_item);
}

/// Writes an item of a course. It is a draft until somebody else has approved it.
#[utoipa::path(tag = "item_bank", params(("id" = CourseId, Path)), request_body = Item, responses(
    (status = 201, body = ItemRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/courses/{id}/items")]
async fn create_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    key: IdempotencyKey,
    body: Body<Item>,
) -> AppResult<HttpResponse> {
    let permit: Permit<WriteItem> = authorize(&actor, *id, &organisation::catalogue_of(*id))?;
    let item_id = create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(views::row(&cx, actor.account_id, item_id).await?))
}

/// Stores an item of the person's own.
///
/// # Errors
/// `not-found` if there is no such course; the fields that are wrong.
async fn create(cx: &Services, permit: &Permit<WriteItem>, key: &IdempotencyKey, item: &Item) -> AppResult<ItemId> {
    let (course_id, person) = (*permit.target(), permit.person()?);
    learning::course(cx, course_id).await?;
    let wrong = validate_item(item);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(course_id, item), async || {
                let stored = store_items(cx, tx, person, course_id, std::slice::from_ref(item)).await?;
                stored.first().copied().ok_or_else(|| AppError::internal("an item was not stored"))
            })
            .await
        })
        .await
}
