//! What the province says of divisions: a new one is founded, one gets another name, one is no more, be it that it goes
//! over into another. Whoever and whatever names a division that is gone still reads its name; nothing new lies in it.

use super::{
    division_merge::merge_division,
    divisions::{self, open_in},
    entity::{division, division_change},
    places::{Names, none_of},
    providers::catalogue,
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes, once},
    },
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Json, Path},
};
use jiff::civil::Date;
use shared::{
    organisation::{
        AbolishDivision, Division, DivisionChangeKind, DivisionChangeView, DivisionCode, DivisionRefusal, DivisionView,
        FoundDivision, RenameDivision, judge_abolition,
    },
    problem::Problem,
    time::{read_date, write_date},
};

actions! {
    /// Found, rename or abolish a division.
    EditDivision(String) = EditDivisions;
}

/// Adds the routes of what becomes of divisions.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(found_division).service(rename_division).service(abolish_division).service(merge_division);
}

/// Enters a new county or township.
#[utoipa::path(tag = "organisation", request_body = FoundDivision, responses(
    (status = 201, body = DivisionView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/divisions")]
async fn found_division(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<FoundDivision>,
) -> AppResult<HttpResponse> {
    let permit = permit(&actor, body.0.code.as_str())?;
    found(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(divisions::get(&cx, &actor, body.0.code.as_str()).await?))
}

/// Gives a division another name.
#[utoipa::path(tag = "organisation", params(("code" = String, Path)), request_body = RenameDivision, responses(
    (status = 200, body = DivisionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/divisions/{code}/rename")]
async fn rename_division(
    actor: Actor,
    cx: Data<Services>,
    code: Path<String>,
    body: Body<RenameDivision>,
) -> AppResult<Json<DivisionView>> {
    rename(&cx, &permit(&actor, &code)?, &body.0).await?;
    Ok(Json(divisions::get(&cx, &actor, &code).await?))
}

/// Says that a division is no more. It cannot be chosen from then on, and stays readable.
#[utoipa::path(tag = "organisation", params(("code" = String, Path)), request_body = AbolishDivision, responses(
    (status = 200, body = DivisionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/divisions/{code}/abolish")]
async fn abolish_division(
    actor: Actor,
    cx: Data<Services>,
    code: Path<String>,
    body: Body<AbolishDivision>,
) -> AppResult<Json<DivisionView>> {
    abolish(&cx, &permit(&actor, &code)?, &body.0).await?;
    Ok(Json(divisions::get(&cx, &actor, &code).await?))
}

/// The list of divisions is the province's.
pub(super) fn permit(actor: &Actor, code: &str) -> AppResult<Permit<EditDivision>> {
    authorize(actor, code.to_owned(), &catalogue())
}

async fn found(
    cx: &Services,
    permit: &Permit<EditDivision>,
    key: &IdempotencyKey,
    new: &FoundDivision,
) -> AppResult<()> {
    none_of(new.check(cx.clock.now().date_in_china()))?;
    let by = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, new, async || {
                let parent = new.code.parent().ok_or_else(|| AppError::field("/code", "division-level"))?;
                let parent = store::find_division(tx.conn(), parent).await?;
                if parent.is_none_or(|parent| parent.abolished_on.is_some()) {
                    return Err(AppError::field("/code", "not-found"));
                }
                if store::find_division(tx.conn(), new.code).await?.is_some() {
                    return Err(AppError::field("/code", "duplicate"));
                }
                let row = divisions::to_row(Division::new(new.code, new.name.trim()));
                store::upsert_divisions(tx.conn(), std::slice::from_ref(&row)).await?;
                let change =
                    Change { kind: DivisionChangeKind::Founded, former_name: None, other: None, on: new.effective_on };
                keep(cx, tx, permit, (&row, change, &new.reason)).await?;
                Ok(row.code)
            })
            .await
        })
        .await
        .map(drop)
}

async fn rename(cx: &Services, permit: &Permit<EditDivision>, to: &RenameDivision) -> AppResult<()> {
    none_of(to.check(cx.clock.now().date_in_china()))?;
    cx.db
        .write(permit, async |tx| {
            let before = there(tx, permit.target()).await?;
            let row = division::Model { name: to.name.trim().to_owned(), ..before.clone() };
            store::set_division(tx.conn(), &row).await?;
            let former_name = Some(before.name);
            let change = Change { kind: DivisionChangeKind::Renamed, former_name, other: None, on: to.effective_on };
            keep(cx, tx, permit, (&row, change, &to.reason)).await
        })
        .await
}

async fn abolish(cx: &Services, permit: &Permit<EditDivision>, end: &AbolishDivision) -> AppResult<()> {
    none_of(end.check(cx.clock.now().date_in_china()))?;
    cx.db
        .write(permit, async |tx| {
            let before = there(tx, permit.target()).await?;
            let code = DivisionCode::parse(&before.code).ok_or_else(AppError::not_found)?;
            let parts = store::list_standing_parts(tx.conn(), code).await?.len();
            let open = open_in(tx.conn(), code).await?;
            judge_abolition(before.abolished_on.is_some(), parts, open).map_err(AppError::refused)?;
            let row = division::Model { abolished_on: Some(write_date(end.effective_on)), ..before };
            store::set_division(tx.conn(), &row).await?;
            let change =
                Change { kind: DivisionChangeKind::Abolished, former_name: None, other: None, on: end.effective_on };
            keep(cx, tx, permit, (&row, change, &end.reason)).await
        })
        .await
}

/// Refuses, within a write, a division that is gone; nobody abolishes it until the write ends.
///
/// # Errors
/// `not-found` if there is none, `wrong-state` if it is gone.
pub async fn hold_division(tx: &Tx, code: &str) -> AppResult<()> {
    there(tx, code).await.map(drop)
}

/// A division that is not gone; nobody else changes it until the write ends.
async fn there(tx: &Tx, code: &str) -> AppResult<division::Model> {
    let code = DivisionCode::parse(code).ok_or_else(AppError::not_found)?;
    let row = store::lock_division(tx.conn(), code).await?.ok_or_else(AppError::not_found)?;
    if row.abolished_on.is_some() { Err(AppError::refused(DivisionRefusal::Gone)) } else { Ok(row) }
}

/// What becomes of a division.
pub(super) struct Change {
    pub(super) kind: DivisionChangeKind,
    pub(super) former_name: Option<String>,
    /// The other division of a merger, by its significant digits.
    pub(super) other: Option<String>,
    pub(super) on: Date,
}

/// Keeps a change, and tells the audit log.
pub(super) async fn keep(
    cx: &Services,
    tx: &Tx,
    permit: &Permit<EditDivision>,
    (row, change, reason): (&division::Model, Change, &str),
) -> AppResult<()> {
    tx.note("division", row.code.clone());
    tx.note("change", change.kind.as_str());
    tx.note("name", row.name.clone());
    write_down(cx, tx, permit, (row, change, reason)).await
}

/// Keeps a change.
pub(super) async fn write_down(
    cx: &Services,
    tx: &Tx,
    permit: &Permit<EditDivision>,
    (row, change, reason): (&division::Model, Change, &str),
) -> AppResult<()> {
    let change = division_change::Model {
        id: cx.ids.uuid(),
        code: row.code.clone(),
        kind: change.kind.as_str().to_owned(),
        name: row.name.clone(),
        former_name: change.former_name,
        other: change.other,
        effective_on: write_date(change.on),
        reason: reason.trim().to_owned(),
        entered_by: permit.person()?,
        entered_at: tx.now(),
    };
    store::insert_division_change(tx.conn(), change).await
}

/// What was changed of a division, the last change first.
pub(super) async fn changes(cx: &Services, code: DivisionCode) -> AppResult<Vec<DivisionChangeView>> {
    let rows = store::list_division_changes(cx.db.read(), code).await?;
    let hands: Vec<_> = rows.iter().map(|row| row.entered_by).collect();
    let names = identity::names_of(cx, &hands).await?;
    let others = Names::of(cx, rows.iter().filter_map(|row| row.other.as_deref())).await?;
    let view = |row: division_change::Model| {
        let kind = DivisionChangeKind::parse(&row.kind);
        let effective_on = read_date(&row.effective_on);
        Ok(DivisionChangeView {
            kind: kind.ok_or_else(|| AppError::internal("a division changed in an unknown way"))?,
            effective_on: effective_on.ok_or_else(|| AppError::internal("a division changed on no day"))?,
            entered_by_name: names.get(&row.entered_by).cloned().unwrap_or_default(),
            name: row.name,
            former_name: row.former_name,
            other_name: row.other.as_deref().and_then(DivisionCode::parse).map(|code| others.path(code)),
            reason: row.reason,
            entered_at: row.entered_at,
        })
    };
    rows.into_iter().map(view).collect()
}
