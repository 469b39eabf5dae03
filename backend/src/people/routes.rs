//! `/people`, `/person_transfers`, `/transfer_requests` and `/transfer_places`.

use super::{
    add::{AddPerson, Added, add_one, place_of_new, seal},
    changes, corrections, export,
    merge::{self, FactBook},
    place, reveal,
    transfer_places::{self, TransferPlaceQuery},
    transfers::{self, TransferQuery},
    views::{self, PeopleQuery},
};
use crate::{
    access::{Actor, ClassBook, Permit, Scope, authorize, roll_of},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post, put,
    web::{Data, Json, Path},
};
use shared::{
    ids::{PersonId, PersonTransferId},
    page::Page,
    people::{
        ChangePhone, CorrectDocument, NewPerson, PersonView, ProposeTransfer, RefuseTransfer, RequestTransfer,
        RevealPerson, RevealedPerson, StatedDocument, TransferPlaces, TransferStep, TransferView, check_document,
    },
    problem::{Problem, ProblemCode},
    rights::Right,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(add_person).service(list_people).service(export_people).service(find_person).service(get_person);
    cfg.service(reveal_person).service(correct_document).service(change_phone);
    cfg.service(list_transfer_places)
        .service(propose_transfer)
        .service(request_transfer)
        .service(list_transfers)
        .service(export_transfers)
        .service(accept_transfer);
    cfg.service(refuse_transfer).service(withdraw_transfer);
    corrections::routes::routes(cfg);
    merge::routes(cfg);
}

/// Adds a person at the place of their residence, or at a school. If somebody at the actor's places
/// has the document already, the answer is that person (200).
#[utoipa::path(tag = "people", request_body = NewPerson, responses(
    (status = 201, body = PersonView), (status = 200, body = PersonView), (status = 403, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/people")]
async fn add_person(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewPerson>,
) -> AppResult<HttpResponse> {
    Scope::above_classes(&actor, Right::KeepPeople)?;
    let now = cx.clock.now();
    let checked = body.0.check(now.date_in_china()).map_err(AppError::Invalid)?;
    let place = place_of_new(&cx, &checked.residence_division, body.0.provider_id).await?;
    let permit: Permit<AddPerson> = authorize(&actor, checked.residence_division.clone(), &place)?;
    let sealed = seal(&cx, &checked, &place, Some(actor.account_id), now)?;
    let (mut response, id) = match add_one(&cx, &actor, &permit, &key, &body.0, &sealed).await? {
        Added::New(id) => (HttpResponse::Created(), id),
        Added::AlreadyHere(id) => (HttpResponse::Ok(), id),
        Added::KeptElsewhere => return Err(AppError::Problem(ProblemCode::DocumentInUse)),
    };
    Ok(response.json(views::get(&cx, &actor, id).await?))
}

/// Persons at the places of the actor's roles, by division.
#[utoipa::path(tag = "people", params(PeopleQuery), responses(
    (status = 200, body = Page<PersonView>), (status = 403, body = Problem)))]
#[get("/people")]
async fn list_people(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<PeopleQuery>,
) -> AppResult<Json<Page<PersonView>>> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    Ok(Json(views::list(&cx, &actor, query.into_inner(), class.as_ref()).await?))
}

/// The same persons as a file (.xlsx); numbers are masked. A POST, because who took it is audited.
#[utoipa::path(tag = "people", params(PeopleQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/people/exports")]
async fn export_people(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<PeopleQuery>,
) -> AppResult<HttpResponse> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    export::export(&cx, &actor, &query, class.as_ref()).await
}

/// The person with this document, if they are at a place of the actor's roles. A POST, because no
/// number stands in an address.
#[utoipa::path(tag = "people", request_body = StatedDocument, responses(
    (status = 200, body = PersonView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/people/find")]
async fn find_person(actor: Actor, cx: Data<Services>, body: Body<StatedDocument>) -> AppResult<HttpResponse> {
    Scope::above_classes(&actor, Right::ReadPeople)?;
    reveal::count_search(&cx, actor.account_id).await?;
    let document = check_document(&body.0, "", cx.clock.now().date_in_china());
    let document = document.map_err(|error| AppError::Invalid(vec![error]))?;
    let found = views::get_by_document(&cx, &actor, &document).await?;
    Ok(with_etag(&found, found.version))
}

/// A person with all documents they ever had, every number masked.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), responses(
    (status = 200, body = PersonView), (status = 404, body = Problem)))]
#[get("/people/{id}")]
async fn get_person(actor: Actor, cx: Data<Services>, id: Path<PersonId>) -> AppResult<HttpResponse> {
    let found = views::get(&cx, &actor, *id).await?;
    Ok(with_etag(&found, found.version))
}

/// Shows a person's document, phone and birth date whole. Who asked, and what for, is audited.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = RevealPerson, responses(
    (status = 200, body = RevealedPerson), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/people/{id}/reveal")]
async fn reveal_person(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PersonId>,
    body: Body<RevealPerson>,
) -> AppResult<HttpResponse> {
    let person = place::permit(&cx, &actor, *id).await?;
    let revealed = reveal::reveal(&cx, &person, &body.0).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(revealed))
}

/// Puts the right document in the place of the one in force, which is kept with its end.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = CorrectDocument, responses(
    (status = 200, body = PersonView), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem),
    (status = 429, body = Problem)))]
#[post("/people/{id}/documents")]
async fn correct_document(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PersonId>,
    seen: IfMatch,
    body: Body<CorrectDocument>,
) -> AppResult<HttpResponse> {
    let person = place::permit(&cx, &actor, *id).await?;
    changes::correct_document(&cx, &person, seen.0, &body.0).await?;
    let changed = views::get(&cx, &actor, *id).await?;
    Ok(with_etag(&changed, changed.version))
}

/// Gives a person another phone, or none.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = ChangePhone, responses(
    (status = 200, body = PersonView), (status = 404, body = Problem), (status = 412, body = Problem),
    (status = 422, body = Problem), (status = 428, body = Problem)))]
#[put("/people/{id}/phone")]
async fn change_phone(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PersonId>,
    seen: IfMatch,
    body: Body<ChangePhone>,
) -> AppResult<HttpResponse> {
    let person = place::permit(&cx, &actor, *id).await?;
    changes::change_phone(&cx, &person, seen.0, &body.0).await?;
    let changed = views::get(&cx, &actor, *id).await?;
    Ok(with_etag(&changed, changed.version))
}

/// Where a person may be proposed to, one step of the tree of divisions at a time, for who transfers people.
#[utoipa::path(tag = "people", params(TransferPlaceQuery), responses(
    (status = 200, body = TransferPlaces), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/transfer_places")]
async fn list_transfer_places(
    actor: Actor,
    cx: Data<Services>,
    query: Query<TransferPlaceQuery>,
) -> AppResult<Json<TransferPlaces>> {
    Ok(Json(transfer_places::list(&cx, &actor, &query).await?))
}

/// Proposes a person to another place. Until it accepts, the person stays where they are.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = ProposeTransfer, responses(
    (status = 201, body = TransferView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/people/{id}/transfers")]
async fn propose_transfer(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PersonId>,
    key: IdempotencyKey,
    body: Body<ProposeTransfer>,
) -> AppResult<HttpResponse> {
    let person = place::permit(&cx, &actor, *id).await?;
    let transfer = transfers::propose(&cx, &person, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(transfers::get(&cx, &actor, transfer).await?))
}

/// Asks for a person whom another place keeps, by their document. Only who keeps them sees of whom it is; the place that
/// asks is told when they accept.
#[utoipa::path(tag = "people", request_body = RequestTransfer, responses(
    (status = 201, body = TransferView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/transfer_requests")]
async fn request_transfer(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<RequestTransfer>,
) -> AppResult<HttpResponse> {
    let transfer = transfers::request(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(transfers::get(&cx, &actor, transfer).await?))
}

/// Transfers from and to the places of the actor's roles, the newest first.
#[utoipa::path(tag = "people", params(TransferQuery), responses(
    (status = 200, body = Page<TransferView>), (status = 403, body = Problem)))]
#[get("/person_transfers")]
async fn list_transfers(
    actor: Actor,
    cx: Data<Services>,
    query: Query<TransferQuery>,
) -> AppResult<Json<Page<TransferView>>> {
    Ok(Json(transfers::list(&cx, &actor, query.into_inner()).await?))
}

/// The same transfers as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "people", params(TransferQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/person_transfers/exports")]
async fn export_transfers(actor: Actor, cx: Data<Services>, query: Query<TransferQuery>) -> AppResult<HttpResponse> {
    transfers::export(&cx, &actor, &query).await
}

/// Takes the person, or lets go whom another place asks for; another than the proposer does.
#[utoipa::path(tag = "people", params(("id" = PersonTransferId, Path)), responses(
    (status = 200, body = TransferView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/person_transfers/{id}/accept")]
async fn accept_transfer(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonTransferId>,
) -> AppResult<Json<TransferView>> {
    take_step(&cx, &book, &actor, *id, TransferStep::Accept, None).await
}

/// Does not take the person, or does not let them go, and says why.
#[utoipa::path(tag = "people", params(("id" = PersonTransferId, Path)), request_body = RefuseTransfer, responses(
    (status = 200, body = TransferView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/person_transfers/{id}/refuse")]
async fn refuse_transfer(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonTransferId>,
    body: Body<RefuseTransfer>,
) -> AppResult<Json<TransferView>> {
    take_step(&cx, &book, &actor, *id, TransferStep::Refuse, Some(&body.0.reason)).await
}

/// Takes a proposal or a request back.
#[utoipa::path(tag = "people", params(("id" = PersonTransferId, Path)), responses(
    (status = 200, body = TransferView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/person_transfers/{id}/withdraw")]
async fn withdraw_transfer(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonTransferId>,
) -> AppResult<Json<TransferView>> {
    take_step(&cx, &book, &actor, *id, TransferStep::Withdraw, None).await
}

async fn take_step(
    cx: &Services,
    book: &FactBook,
    actor: &Actor,
    id: PersonTransferId,
    step: TransferStep,
    answer: Option<&str>,
) -> AppResult<Json<TransferView>> {
    let permit = transfers::permit(cx, actor, id, step).await?;
    transfers::settle(cx, book, &permit, step, answer).await?;
    Ok(Json(transfers::get(cx, actor, id).await?))
}
