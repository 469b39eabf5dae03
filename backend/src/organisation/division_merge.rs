//! A township goes over into another of its county, by the province's word: its schools, points, persons, lists, classes
//! and records are the successor's from then on, in the one write that says so. Who holds a role at a school holds it
//! on; a role at the township itself gives nobody anything at the successor (ADR 59).

use super::{
    division_book::{DivisionBook, DivisionWay},
    division_changes::{Change, EditDivision, keep, permit, write_down},
    divisions,
    entity::division,
    places::{Names, none_of},
    store,
};
use crate::{
    access::{Actor, Permit},
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::Body,
    },
};
use actix_web::{
    post,
    web::{Data, Json, Path},
};
use shared::{
    organisation::{DivisionChangeKind, DivisionCode, DivisionRefusal, DivisionView, FormerDivision, MergeDivision},
    problem::Problem,
    time::{read_date, write_date},
};
use std::collections::{BTreeSet, HashMap};

/// Says that a township is no more and which one of its county has everything that lay in it.
#[utoipa::path(tag = "organisation", params(("code" = String, Path)), request_body = MergeDivision, responses(
    (status = 200, body = DivisionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/divisions/{code}/merge")]
pub(super) async fn merge_division(
    actor: Actor,
    cx: Data<Services>,
    book: Data<DivisionBook>,
    code: Path<String>,
    body: Body<MergeDivision>,
) -> AppResult<Json<DivisionView>> {
    merge(&cx, &book, &permit(&actor, &code)?, &body.0).await?;
    Ok(Json(divisions::get(&cx, &actor, &code).await?))
}

async fn merge(
    cx: &Services,
    book: &DivisionBook,
    permit: &Permit<EditDivision>,
    into: &MergeDivision,
) -> AppResult<()> {
    let from = DivisionCode::parse(permit.target()).ok_or_else(AppError::not_found)?;
    none_of(into.check(from, cx.clock.now().date_in_china()))?;
    let way = DivisionWay { from, to: into.successor };
    cx.db
        .write(permit, async |tx| {
            let (before, successor) = both(tx, &way).await?;
            let moved = book.take_over(cx, tx, &way).await?;
            let roles = identity::move_roles_of_schools(tx, way.from, way.to).await?;
            let row = division::Model { abolished_on: Some(write_date(into.effective_on)), ..before };
            store::set_division(tx.conn(), &row).await?;
            let change = |kind, other: DivisionCode| Change {
                kind,
                former_name: None,
                other: Some(other.to_string()),
                on: into.effective_on,
            };
            let absorbed = change(DivisionChangeKind::Absorbed, way.from);
            write_down(cx, tx, permit, (&successor, absorbed, &into.reason)).await?;
            keep(cx, tx, permit, (&row, change(DivisionChangeKind::Merged, way.to), &into.reason)).await?;
            tx.note("successor", successor.code);
            tx.note("moved", moved);
            tx.note("roles", roles);
            Ok(())
        })
        .await
}

/// Both townships, neither of them gone; nobody else changes them until the write ends.
async fn both(tx: &Tx, way: &DivisionWay) -> AppResult<(division::Model, division::Model)> {
    let is_first = way.from < way.to;
    // Whoever locks both does it in this order.
    let (first, second) = if is_first { (way.from, way.to) } else { (way.to, way.from) };
    let first = store::lock_division(tx.conn(), first).await?;
    let second = store::lock_division(tx.conn(), second).await?;
    let (gone, successor) = if is_first { (first, second) } else { (second, first) };
    let gone = gone.ok_or_else(AppError::not_found)?;
    if gone.abolished_on.is_some() {
        return Err(AppError::refused(DivisionRefusal::Gone));
    }
    let successor = successor.filter(|row| row.abolished_on.is_none());
    Ok((gone, successor.ok_or_else(|| AppError::field("/successor", "not-found"))?))
}

/// What is told of the townships of these codes to who looks at something that lay there; by code.
///
/// # Errors
/// If the store fails.
pub async fn former_divisions<'a>(
    cx: &Services,
    codes: impl Iterator<Item = &'a str>,
) -> AppResult<HashMap<String, FormerDivision>> {
    let codes: BTreeSet<DivisionCode> = codes.filter_map(DivisionCode::parse).collect();
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let names = Names::of(cx, codes.iter().map(DivisionCode::as_str)).await?;
    let codes: Vec<DivisionCode> = codes.into_iter().collect();
    let rows = store::list_divisions(cx.db.read(), &codes).await?;
    let former = |row: division::Model| {
        let until = read_date(row.abolished_on.as_deref()?)?;
        let name = names.path(DivisionCode::parse(&row.code)?);
        Some((row.code.clone(), FormerDivision { code: row.code, name, until }))
    };
    Ok(rows.into_iter().filter_map(former).collect())
}
