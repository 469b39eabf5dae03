//! The diplomas of a list, the register sheet, to be signed by who takes one away, and extracts in the place of lost papers.

pub(super) mod diplomas;

use super::{Keep, PrintSheet, lists, permit, register};
use crate::{
    access::{Actor, Permit},
    credit_bank::{
        audit::checked_reason,
        entity::{diploma, diploma_extract},
        print::Printer,
        public::qr_of,
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        words::{day, moment, word},
    },
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::{
    credit_bank::{DiplomaRefusal, Graduate, GraduationRefusal, GraduationState, GraduationView, number_grouped},
    ids::{DiplomaId, GraduationBatchId},
    time::{Timestamp, write_date},
};
use std::sync::Arc;

/// How the sheet is set.
const SHEET: &str = include_str!("paper/sheet.typ");
/// How an extract is set.
const EXTRACT: &str = include_str!("paper/extract.typ");

fn text(key: &str) -> &'static str {
    word(&format!("diploma_sheet.{key}"))
}

/// The register sheet of an approved list; that it was printed is noted.
///
/// # Errors
/// `not-found` or `forbidden`; `wrong-state` before the approval, `unavailable` if nothing is printed here.
pub(super) async fn sheet(
    cx: &Services,
    actor: &Actor,
    printer: Arc<Printer>,
    id: GraduationBatchId,
) -> AppResult<Vec<u8>> {
    let permit: Permit<PrintSheet> = permit(cx, actor, id).await?;
    let view = lists::get(cx, actor, id).await?;
    let state = view.list.state;
    if state != GraduationState::Approved {
        return Err(AppError::refused(GraduationRefusal::WrongState { state }));
    }
    let at = cx.clock.now();
    let pdf = printer.set_document(SHEET, sheet_data(&view, at), format!("{id} {at}")).await?;
    cx.db
        .write(&permit, async |tx| {
            tx.note("printed", "register_sheet");
            Ok(())
        })
        .await?;
    Ok(pdf)
}

fn sheet_data(view: &GraduationView, at: Timestamp) -> Value {
    let date = at.date_in_china();
    let list = &view.list;
    let level = word(&format!("learning.author_{}", list.level));
    let line = |(nth, graduate): (usize, &Graduate)| {
        let number = graduate.diploma_number.as_deref().map(number_grouped).unwrap_or_default();
        json!([(nth + 1).to_string(), graduate.name, graduate.learner_number, number, "", ""])
    };
    json!({
        "title": text("sheet_title"),
        "about": format!("{} · {} · {level}", list.provider_name, list.class_name),
        "columns": [
            text("sheet_no"),
            word("graduation.name"),
            word("graduation.learner_number"),
            word("graduation.diploma_number"),
            text("sheet_signature"),
            text("sheet_date"),
        ],
        "rows": view.graduates.iter().enumerate().map(line).collect::<Vec<_>>(),
        "seal": text("sheet_seal"),
        "printed": format!("{} {}", text("sheet_printed"), moment(at)),
        "page": text("sheet_page"),
        "issuer": word("own_data.issuer"),
        "date": [date.year(), date.month(), date.day()],
    })
}

/// An extract of the register in the place of a paper that is lost or spoilt; a repeat with the same key gives the same.
/// None is entered that cannot be printed.
///
/// # Errors
/// [`DiplomaRefusal::Revoked`], a field error without reason, or `unavailable` if nothing is printed here.
pub(super) async fn extract(
    cx: &Services,
    permit: &Permit<Keep>,
    printer: Arc<Printer>,
    key: &IdempotencyKey,
    reason: &str,
) -> AppResult<Vec<u8>> {
    let (id, by, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
    let extract = Extract::of(cx, id).await?;
    let next = count_extracts(cx.db.read(), id).await? + 1;
    extract.print(printer.clone(), (next, cx.clock.now())).await?;
    let nth: i32 = cx
        .db
        .write(permit, async |tx| {
            once(tx, by, key, &(id, reason), async || {
                store::lock_diploma(tx.conn(), id).await?;
                let voiding = store::find_voiding(tx.conn(), id).await?;
                if voiding.is_some_and(|voiding| voiding.confirmed_by.is_some()) {
                    return Err(AppError::refused(DiplomaRefusal::Revoked));
                }
                let nth = count_extracts(tx.conn(), id).await? + 1;
                tx.note("extract", nth);
                let (reason, issued_at) = (reason.to_owned(), tx.now());
                let row = diploma_extract::Model { diploma_id: id, nth, reason, issued_by: by, issued_at };
                store::insert_extract(tx.conn(), row).await?;
                Ok(nth)
            })
            .await
        })
        .await?;
    let given = store::find_extract(cx.db.read(), id, nth).await?.ok_or_else(AppError::not_found)?;
    extract.print(printer, (nth, given.issued_at)).await
}

async fn count_extracts(conn: &impl ConnectionTrait, id: DiplomaId) -> AppResult<i32> {
    i32::try_from(store::list_extracts(conn, &[id]).await?.len()).map_err(AppError::internal)
}

/// What every extract of a diploma says.
struct Extract {
    row: diploma::Model,
    issuer: String,
    /// Where anybody checks the diploma.
    address: String,
}

impl Extract {
    async fn of(cx: &Services, id: DiplomaId) -> AppResult<Self> {
        let row = store::find_diploma(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
        let issuer = register::issuer_names(cx, [row.issuer.as_str()]).await?.remove(&row.issuer).unwrap_or_default();
        Ok(Self { row, issuer, address: format!("{}/verify", cx.config.public_url) })
    }

    /// The extract of this number, given at this instant.
    async fn print(&self, printer: Arc<Printer>, (nth, at): (i32, Timestamp)) -> AppResult<Vec<u8>> {
        let files = vec![("/qr.svg", qr_of(&self.address)?.into_bytes())];
        printer.set_with(EXTRACT, self.data(nth, at)?, files, format!("{} {nth}", self.row.number)).await
    }

    fn data(&self, nth: i32, at: Timestamp) -> AppResult<Value> {
        let (row, date) = (&self.row, at.date_in_china());
        let statement = text("extract_statement")
            .replace("{name}", &row.holder_name)
            .replace("{learner_number}", &row.learner_number)
            .replace("{school}", &row.school)
            .replace("{level}", word(&format!("learning.author_{}", row.level)))
            .replace("{day}", &write_date(register::issued_on(row)?))
            .replace("{number}", &number_grouped(&row.number));
        Ok(json!({
            "title": text("extract_title"),
            "nth": text("extract_nth").replace("{nth}", &nth.to_string()),
            "statement": statement,
            "note": text("extract_note"),
            "address": self.address,
            "issuer": self.issuer,
            "seal": text("sheet_seal"),
            "issued": format!("{} {}", text("extract_issued"), day(at)),
            "date": [date.year(), date.month(), date.day()],
        }))
    }
}
