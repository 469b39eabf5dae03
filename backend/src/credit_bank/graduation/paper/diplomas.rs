//! 毕业证书: the diplomas of a list on paper, for the bureau that issued them, which seals them.

use super::text;
use crate::{
    access::Permit,
    credit_bank::{
        entity::{diploma, graduation_batch},
        graduation::{PrintDiplomas, register, state_of},
        print::Printer,
        public::qr_of,
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        words::word,
    },
};
use serde_json::{Value, json};
use shared::{
    credit_bank::{DiplomaRefusal, GraduationRefusal, GraduationState, number_grouped},
    ids::DiplomaId,
    time::{Timestamp, write_date},
};
use std::{collections::HashSet, sync::Arc};

/// How a diploma is set.
const DIPLOMA: &str = include_str!("diploma.typ");

/// The diplomas of an approved list but those that were made void, as they stand in the register; that they were printed
/// is noted.
///
/// # Errors
/// `wrong-state` before the approval, or if all are void; `unavailable` if nothing is printed here.
pub(in crate::credit_bank::graduation) async fn print(
    cx: &Services,
    permit: &Permit<PrintDiplomas>,
    printer: Arc<Printer>,
    list: &graduation_batch::Model,
) -> AppResult<Vec<u8>> {
    let state = state_of(list)?;
    if state != GraduationState::Approved {
        return Err(AppError::refused(GraduationRefusal::WrongState { state }));
    }
    let rows = in_force(cx, list).await?;
    let first = rows.first().ok_or_else(|| AppError::refused(DiplomaRefusal::Revoked))?;
    let issuers = register::issuer_names(cx, [first.issuer.as_str()]).await?;
    let issuer = issuers.get(&first.issuer).cloned().unwrap_or_default();
    let (address, at) = (format!("{}/verify", cx.config.public_url), cx.clock.now());
    let files = vec![("/qr.svg", qr_of(&address)?.into_bytes())];
    let data = data(list, &rows, (&issuer, &address, at))?;
    let pdf = printer.set_with(DIPLOMA, data, files, format!("{} diplomas", list.id)).await?;
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", "diplomas");
            tx.note("diplomas", rows.len());
            Ok(())
        })
        .await?;
    Ok(pdf)
}

/// The diplomas of a list that are not void, in the order of the register.
async fn in_force(cx: &Services, list: &graduation_batch::Model) -> AppResult<Vec<diploma::Model>> {
    let mut rows = store::list_diplomas_of_batch(cx.db.read(), list.id).await?;
    let ids: Vec<DiplomaId> = rows.iter().map(|row| row.id).collect();
    let voidings = store::list_voidings(cx.db.read(), &ids).await?.into_iter();
    let void: HashSet<DiplomaId> =
        voidings.filter(|voiding| voiding.confirmed_by.is_some()).map(|voiding| voiding.diploma_id).collect();
    rows.retain(|row| !void.contains(&row.id));
    Ok(rows)
}

fn data(
    list: &graduation_batch::Model,
    rows: &[diploma::Model],
    (issuer, address, at): (&str, &str, Timestamp),
) -> AppResult<Value> {
    let date = at.date_in_china();
    let level = word(&format!("learning.author_{}", list.level));
    let diploma = |row: &diploma::Model| {
        let statement = text("diploma_statement")
            .replace("{name}", &row.holder_name)
            .replace("{learner_number}", &row.learner_number)
            .replace("{school}", &row.school)
            .replace("{level}", level);
        Ok(json!({
            "statement": statement,
            "number": text("diploma_number").replace("{number}", &number_grouped(&row.number)),
            "issued": write_date(register::issued_on(row)?),
        }))
    };
    Ok(json!({
        "title": text("diploma_title"),
        "level": level,
        "diplomas": rows.iter().map(diploma).collect::<AppResult<Vec<Value>>>()?,
        "note": text("diploma_note"),
        "address": address,
        "issuer": issuer,
        "seal": text("sheet_seal"),
        "date": [date.year(), date.month(), date.day()],
    }))
}
